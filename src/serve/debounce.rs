//! When to begin: a save is several events, and several saves may be one deed.

use std::time::{Duration, Instant};

use crate::read::changed::Changed;

/// After so long without another event, what was going on is over.
const QUIET: Duration = Duration::from_millis(10);
/// Whoever writes without a pause gets a look after this time all the same.
const LONGEST: Duration = Duration::from_millis(100);
/// A folder that has just come may have got files before it was watched: it is looked at twice.
const SECOND_LOOK: Duration = Duration::from_millis(300);

/// What changed and was not looked at yet.
#[derive(Debug, Default)]
pub struct Pending {
    waiting: Option<Waiting>,
    second_look: Option<Instant>,
    /// Whatever is next, everything is looked at.
    everything: bool,
}

#[derive(Debug)]
struct Waiting {
    changed: Changed,
    first: Instant,
    last: Instant,
}

impl Pending {
    /// Everything is to be looked at, now.
    pub fn everything(now: Instant) -> Self {
        let mut pending = Self::default();
        pending.note(Changed::Anything, now);
        pending
    }

    /// Takes in an event.
    pub fn note(&mut self, changed: Changed, now: Instant) {
        self.waiting = Some(match self.waiting.take() {
            None => Waiting {
                changed,
                first: now,
                last: now,
            },
            Some(waiting) => Waiting {
                changed: waiting.changed.and(changed),
                first: waiting.first,
                last: now,
            },
        });
    }

    /// Takes in that folders came or went.
    pub fn note_folders(&mut self, now: Instant) {
        self.note(Changed::Anything, now);
        self.second_look = Some(now + SECOND_LOOK);
    }

    /// What was made of the last change came to nothing: the next look has to be at everything, at this time
    /// if nothing happens before.
    pub fn everything_again(&mut self, at: Option<Instant>) {
        self.everything = true;
        self.second_look = at;
    }

    /// Whether something happened that was not looked at.
    pub fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// When there will be something to look at, if nothing else happens.
    pub fn due(&self) -> Option<Instant> {
        let waiting = self.waiting.as_ref();
        let waiting = waiting.map(|waiting| (waiting.last + QUIET).min(waiting.first + LONGEST));
        match (waiting, self.second_look) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        }
    }

    /// What there is to look at, if it is time.
    pub fn take(&mut self, now: Instant) -> Option<Changed> {
        if self.due().is_none_or(|due| due > now) {
            return None;
        }
        let is_second_look = self.second_look.is_some_and(|at| at <= now);
        if is_second_look {
            self.second_look = None;
        }
        let everything = std::mem::take(&mut self.everything) || is_second_look;
        let waiting = self.waiting.take().filter(|_| !everything);
        Some(waiting.map_or(Changed::Anything, |waiting| waiting.changed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    fn files(names: &[&str]) -> Changed {
        Changed::Files(names.iter().map(PathBuf::from).collect())
    }

    /// What is looked at, and when, if these events come at these milliseconds.
    fn looks(events: &[(u64, &[&str])]) -> Vec<(u64, Changed)> {
        let start = Instant::now();
        let at = |millisecond| start + Duration::from_millis(millisecond);
        let mut pending = Pending::default();
        let mut looks = Vec::new();
        let mut events = events.iter().peekable();
        for millisecond in 0..1000 {
            while let Some((_, names)) = events.next_if(|(time, _)| *time == millisecond) {
                if names.is_empty() {
                    pending.note_folders(at(millisecond));
                } else {
                    pending.note(files(names), at(millisecond));
                }
            }
            looks.extend(pending.take(at(millisecond)).map(|changed| (millisecond, changed)));
        }
        looks
    }

    #[test]
    fn a_save_in_pieces_is_looked_at_once() {
        let seen = looks(&[(0, &["a.md"]), (4, &["a.md"]), (9, &["b.md"])]);
        assert_eq!(seen, [(19, files(&["a.md", "b.md"]))]);
    }

    #[test]
    fn deeds_that_are_apart_are_looked_at_apart() {
        let seen = looks(&[(0, &["a.md"]), (50, &["b.md"])]);
        assert_eq!(seen, [(10, files(&["a.md"])), (60, files(&["b.md"]))]);
    }

    #[test]
    fn whoever_writes_without_a_pause_does_not_stop_the_clock() {
        let events: Vec<(u64, &[&str])> = (0..25).map(|count| (count * 8, &["a.md"] as &[&str])).collect();
        let seen: Vec<u64> = looks(&events).into_iter().map(|(time, _)| time).collect();
        assert_eq!(seen, [100, 202]);
    }

    #[test]
    fn folders_are_looked_at_twice() {
        let seen = looks(&[(0, &[]), (100, &["a.md"])]);
        let expected = [
            (10, Changed::Anything),
            (110, files(&["a.md"])),
            (300, Changed::Anything),
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn after_a_failure_everything_is_looked_at_again() {
        let start = Instant::now();
        let later = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut pending = Pending::default();
        pending.everything_again(Some(later(500)));
        assert_eq!((pending.take(later(499)), pending.is_waiting()), (None, false));
        assert_eq!(pending.take(later(500)), Some(Changed::Anything));
        assert_eq!(pending.due(), None);
        pending.everything_again(None);
        pending.note(files(&["a.md"]), later(600));
        assert_eq!(pending.take(later(610)), Some(Changed::Anything));
        pending.note(files(&["a.md"]), later(700));
        assert_eq!(pending.take(later(710)), Some(files(&["a.md"])));
    }

    #[test]
    fn a_folder_among_files_makes_it_everything() {
        let changed = files(&["a.md"]).and(files(&["b.md"]));
        assert_eq!(changed, files(&["a.md", "b.md"]));
        assert_eq!(changed.and(Changed::Anything), Changed::Anything);
        assert_eq!(Changed::Files(BTreeSet::new()).and(files(&["a.md"])), files(&["a.md"]));
    }
}
