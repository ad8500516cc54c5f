//! Watching folders: by what the system tells, or, where it tells nothing, by looking again and again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::touched::{Roots, Touched};
use super::{Event, Folder};
use crate::read::drives;
use crate::read::stamps::Stamps;

/// Between two looks at all files there is this time at least,
const PAUSE: Duration = Duration::from_millis(300);
/// and so many times as long as a look takes: on a slow drive looking must not be all that happens.
const PAUSES: u32 = 3;

/// How folders are to be watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// By what the system tells, if it does.
    AsTold,
    /// By looking again and again.
    Polling,
}

/// Why folders are looked at again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyPolling {
    /// It was asked for.
    Wanted,
    /// They lie on a drive on the network, or on one that a virtual machine was lent.
    Drive,
    /// The system refuses to tell, for this reason.
    Refused(String),
}

/// Folders that are watched as long as this lives.
pub struct Watch {
    folders: Vec<Folder>,
    events: Sender<Event>,
    means: Means,
}

enum Means {
    /// Kept for its end, which ends the watching.
    #[expect(dead_code, reason = "it is kept so that it lives")]
    Told(RecommendedWatcher),
    /// The thread ends when the other end of this channel is gone.
    #[expect(dead_code, reason = "it is kept so that it lives")]
    Polled(Sender<()>),
}

impl Watch {
    /// Begins to watch. What changes from now on is sent, and nothing gets lost until it is asked for.
    pub fn start(folders: &[Folder], watching: Watching, events: Sender<Event>) -> (Self, Option<WhyPolling>) {
        let silent = || folders.iter().any(|folder| drives::is_silent(&folder.absolute));
        let (means, why) = match watching {
            Watching::Polling => (poll(folders, &events), Some(WhyPolling::Wanted)),
            Watching::AsTold if silent() => (poll(folders, &events), Some(WhyPolling::Drive)),
            Watching::AsTold => match listen(folders, &events) {
                Ok(watcher) => (Means::Told(watcher), None),
                Err(error) => {
                    let why = WhyPolling::Refused(in_words(&error));
                    (poll(folders, &events), Some(why))
                }
            },
        };
        let watch = Self {
            folders: folders.to_vec(),
            events,
            means,
        };
        (watch, why)
    }

    /// Watches anew what may be another folder of the same name by now.
    pub fn renew(&mut self) -> Option<WhyPolling> {
        if matches!(self.means, Means::Polled(_)) {
            return None;
        }
        match listen(&self.folders, &self.events) {
            Ok(watcher) => {
                self.means = Means::Told(watcher);
                None
            }
            Err(error) => Some(self.poll_instead(in_words(&error))),
        }
    }

    /// Looks again and again from now on, since the system does not tell any more.
    pub fn poll_instead(&mut self, reason: String) -> WhyPolling {
        self.means = poll(&self.folders, &self.events);
        WhyPolling::Refused(reason)
    }
}

/// Has the system tell. The folders that the folders lie in are watched, too, but not what is below them:
/// there it shows that a folder comes, goes or is replaced.
fn listen(folders: &[Folder], events: &Sender<Event>) -> notify::Result<RecommendedWatcher> {
    let roots = Roots::new(folders);
    let given = given(folders);
    let sender = events.clone();
    let mut known = None;
    let handler = move |told: notify::Result<notify::Event>| {
        let event = match told {
            Ok(event) if event.need_rescan() => missed(&mut known, &given).map(Event::Touched),
            Ok(event) => roots.touched(&event, Path::is_dir).map(Event::Touched),
            Err(error) => Some(Event::WatchFailed(in_words(&error))),
        };
        if let Some(event) = event {
            // Nobody listens any more when the program is about to end.
            let _ = sender.send(event);
        }
    };
    let mut watcher = notify::recommended_watcher(handler)?;
    let parents: BTreeSet<&Path> = folders.iter().filter_map(|folder| folder.absolute.parent()).collect();
    for parent in parents.into_iter().filter(|parent| parent.is_dir()) {
        watcher.watch(parent, RecursiveMode::NonRecursive)?;
    }
    for folder in folders.iter().filter(|folder| folder.absolute.is_dir()) {
        match watcher.watch(&folder.absolute, RecursiveMode::Recursive) {
            // It went in between, and its parent tells when it comes back.
            Err(_) if !folder.absolute.is_dir() => {}
            result => result?,
        }
    }
    Ok(watcher)
}

/// What was touched when the system told less than happened. It does so when too much happens at once, and
/// everything that is read happens, too: a portal of very many files would be made anew for ever because it was.
/// So from the second time on it is the files that differ since the time before.
fn missed(known: &mut Option<Stamps>, folders: &[PathBuf]) -> Option<Touched> {
    let now = Stamps::of(folders);
    let differing = known.as_ref().map(|known| now.differing(known));
    *known = Some(now);
    match differing {
        None => Some(Touched::Folders),
        Some(files) => (!files.is_empty()).then_some(Touched::Files(files)),
    }
}

fn given(folders: &[Folder]) -> Vec<PathBuf> {
    folders.iter().map(|folder| folder.given.clone()).collect()
}

/// What keeps the system from telling, for people.
fn in_words(error: &notify::Error) -> String {
    match error.kind {
        notify::ErrorKind::MaxFilesWatch => "系统允许监视的文件夹不够多".to_owned(),
        _ => error.to_string(),
    }
}

fn poll(folders: &[Folder], events: &Sender<Event>) -> Means {
    let given = given(folders);
    let (keep, kept) = channel();
    let sender = events.clone();
    // What changes while the thread begins has to show, so the first look is taken here.
    let first = Stamps::of(&given);
    thread::spawn(move || look_again_and_again(&given, first, &sender, &kept));
    Means::Polled(keep)
}

fn look_again_and_again(folders: &[PathBuf], first: Stamps, events: &Sender<Event>, kept: &Receiver<()>) {
    let mut last = first;
    let mut pause = PAUSE;
    // Nothing is ever sent; that the other end is gone is what ends it.
    while matches!(
        kept.recv_timeout(pause),
        Err(std::sync::mpsc::RecvTimeoutError::Timeout)
    ) {
        let start = Instant::now();
        let now = Stamps::of(folders);
        pause = PAUSE.max(start.elapsed() * PAUSES);
        let differing = now.differing(&last);
        last = now;
        if !differing.is_empty() && events.send(Event::Touched(Touched::Files(differing))).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_was_missed_is_looked_for_and_nothing_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "甲").unwrap();
        let folders = [folder.path().to_owned()];
        let mut known = None;
        assert_eq!(missed(&mut known, &folders), Some(Touched::Folders));
        assert_eq!(missed(&mut known, &folders), None);
        fs::write(&path, "甲乙").unwrap();
        let touched = Touched::Files(BTreeSet::from([path]));
        assert_eq!(missed(&mut known, &folders), Some(touched));
        assert_eq!(missed(&mut known, &folders), None);
    }
}
