//! One part of the texts: whole pages, which one thread works on.

use std::ops::Range;

use super::numbers::Numbers;
use super::pages::{Packed, PartPages};
use super::surroundings::{Reach, Surroundings};
use super::{NONE, number};
use crate::derive::search::grams::{LONGEST_GRAM, Letters, Passage};

/// The texts are cut into no part that is smaller than this.
const LEAST_LETTERS: usize = 1 << 15;
/// Marks a number that only the part knows.
const OWN: u32 = 1 << 31;

/// What is known of one part of the texts.
pub(super) struct Part {
    passages: Range<usize>,
    letters: Range<usize>,
    /// By position: the number of the gram that begins there; none if it need not be followed.
    numbers: Vec<u32>,
    /// By position: how far that number goes.
    reaches: Vec<Reach>,
    /// By length, less one.
    pages: Vec<PartPages>,
}

/// The new grams of one length in one part, before those of all parts have their numbers.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) grams: Vec<DraftGram>,
    /// By gram: what is looked at wherever the gram is met, close together.
    states: Vec<State>,
    /// In the order of pages, each with the number of its gram within the part.
    postings: Vec<(u32, Packed)>,
}

/// A new gram of one part.
pub(super) struct DraftGram {
    /// The numbers of the gram without its last letter, and of that without its first.
    pub(super) halves: (u32, u32),
    /// The last letter.
    pub(super) letter: u16,
    /// Where it was met first.
    pub(super) position: usize,
}

/// What changes wherever a gram is met.
#[repr(align(32))]
struct State {
    last: Packed,
    /// On how many pages it stands.
    count: u32,
    surroundings: Surroundings,
}

/// Cuts the texts into parts.
pub(super) fn cut(texts: &Letters) -> Vec<Part> {
    // Two for each thread: while the last ones are worked on, nobody waits long.
    let most = 2 * rayon::current_num_threads();
    let enough = (texts.letters.len() / most).max(LEAST_LETTERS);
    let mut parts = Vec::new();
    let (mut first, mut start, mut end) = (0, 0, 0);
    for (number, passage) in texts.passages.iter().enumerate() {
        let is_next_page = number > first && texts.passages[number - 1].page != passage.page;
        if is_next_page && end - start >= enough {
            parts.push(Part::of_letters(texts, first..number, start..end));
            (first, start) = (number, end);
        }
        end = passage.end;
    }
    parts.push(Part::of_letters(texts, first..texts.passages.len(), start..end));
    parts
}

impl Part {
    /// Before anything is known of a gram, its number is that of its first letter.
    fn of_letters(texts: &Letters, passages: Range<usize>, letters: Range<usize>) -> Self {
        let numbers = texts.letters[letters.clone()].iter().map(|letter| u32::from(*letter));
        Self {
            numbers: numbers.collect(),
            reaches: vec![Reach { until: 0, before: 0 }; letters.len()],
            passages,
            letters,
            pages: Vec::new(),
        }
    }

    /// Numbers the new grams of one length, and lists their pages.
    pub(super) fn draft(&mut self, texts: &Letters, length: usize, mut known: Numbers) -> Draft {
        let mut draft = Draft::default();
        let mut start = 0;
        for passage in &texts.passages[self.passages.clone()] {
            let end = passage.end - self.letters.start;
            let letters = &texts.letters[self.letters.start + start..passage.end];
            for place in 0..letters.len() {
                let at = start + place;
                if usize::from(self.reaches[at].until) >= length {
                    continue;
                }
                let head = self.numbers[at];
                let tail = match length {
                    1 => head,
                    _ if place + length > letters.len() => NONE,
                    _ => self.numbers[at + 1],
                };
                if tail == NONE {
                    (self.numbers[at], self.reaches[at]) = (NONE, Reach::END);
                } else if length > 1 && self.reaches[at + 1].before > 0 {
                    // It stands wherever its second half stands.
                    let Reach { until, before } = self.reaches[at + 1];
                    self.numbers[at] = tail;
                    self.reaches[at] = Reach {
                        until: until + 1,
                        before: before - 1,
                    };
                } else {
                    let letter = letters[place + length - 1];
                    let own = known.of((if length == 1 { 0 } else { head }, letter), draft.grams.len());
                    if own == draft.grams.len() {
                        draft.grams.push(DraftGram {
                            halves: (head, tail),
                            letter,
                            position: self.letters.start + at,
                        });
                    }
                    draft.meet(own, passage, (letters, place, length));
                    self.numbers[at] = OWN | number(own);
                }
            }
            start = end;
        }
        draft.finish()
    }

    /// Keeps the pages of a draft, each of whose grams is this one of all grams of the length, which are
    /// followed by these numbers and reaches.
    pub(super) fn keep(&mut self, draft: &Draft, globals: &[u32], followed: &[(u32, Reach)]) {
        let counts = draft.states.iter().map(|state| state.count);
        let pages = PartPages::new(&draft.postings, counts.zip(globals.iter().copied()), followed.len());
        self.pages.push(pages);
        let own: Vec<(u32, Reach)> = globals.iter().map(|global| followed[*global as usize]).collect();
        for (number, reach) in self.numbers.iter_mut().zip(&mut self.reaches) {
            if *number & OWN != 0 && *number != NONE {
                (*number, *reach) = own[(*number & !OWN) as usize];
            }
        }
    }

    /// The pages of a gram of a length, counted from the first one of that length.
    pub(super) fn pages(&self, length: usize, gram: usize) -> &[Packed] {
        self.pages.get(length - 1).map_or(&[], |pages| pages.of(gram))
    }
}

impl Draft {
    /// Notes that a gram stands at a place of a passage.
    fn meet(&mut self, gram: usize, passage: &Passage, (letters, place, length): (&[u16], usize, usize)) {
        let after = || letters[place + length..].iter().copied();
        let before = || letters[..place].iter().rev().copied();
        let here = Packed::new(passage.page, passage.class);
        let Some(state) = self.states.get_mut(gram) else {
            // The script must find every pair, so it's known where a letter stands, and no more.
            let most = if length == 1 { 0 } else { LONGEST_GRAM - length };
            self.states.push(State {
                last: here,
                count: 1,
                surroundings: Surroundings::new(after(), before(), most),
            });
            return;
        };
        state.surroundings.narrow(after(), before());
        if state.last.page() == passage.page {
            state.last = state.last.met_again(passage.class);
        } else {
            self.postings.push((number(gram), state.last));
            state.last = here;
            state.count += 1;
        }
    }

    /// With the last posting of each gram.
    fn finish(mut self) -> Self {
        let last = (0..).zip(&self.states).map(|(gram, state)| (gram, state.last));
        self.postings.extend(last);
        self
    }

    /// On how many pages a gram stands, and among which letters.
    pub(super) fn met(&self) -> impl Iterator<Item = (&DraftGram, u32, &Surroundings)> {
        let states = self.states.iter().map(|state| (state.count, &state.surroundings));
        self.grams
            .iter()
            .zip(states)
            .map(|(gram, (count, surroundings))| (gram, count, surroundings))
    }
}
