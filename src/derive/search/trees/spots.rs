//! Where each letter stands in a run of texts, and what follows it there.
//!
//! Whoever looks up the letters behind a place, letter by letter of the alphabet, waits for the memory at
//! every place. So they are written down while the texts are read from one end to the other.

use std::ops::Range;

use crate::derive::search::grams::LONGEST_GRAM;
use crate::derive::search::letters::Run;

/// A place of a letter: its page, counted from the first one of the run, times four, and the class of the
/// passage; and the letters that follow. Those behind the end of the passage mean nothing.
pub(super) type Spot = [u16; LONGEST_GRAM];

/// The places of some letters in a run, by letter, each in order.
#[derive(Debug)]
pub(super) struct Spots {
    /// The first letter.
    first: usize,
    /// By letter, from the first one on: where its places begin; they end where those of the next begin.
    starts: Vec<u32>,
    all: Vec<Spot>,
}

/// Where the next place of a letter goes.
#[derive(Clone, Copy)]
struct Next {
    goes: u32,
    /// None for letters that are not looked for, whose places all go behind the others.
    step: u32,
}

impl Spots {
    /// Of these letters in a run; `counts` says how often each letter stands there.
    pub(super) fn of(run: &Run, counts: &[u32], letters: Range<usize>) -> Self {
        let mut starts = Vec::with_capacity(letters.len() + 1);
        let mut sum = 0;
        for count in &counts[letters.clone()] {
            starts.push(sum);
            sum += count;
        }
        starts.push(sum);
        let mut next = vec![Next { goes: sum, step: 0 }; counts.len()];
        for (letter, start) in letters.clone().zip(&starts) {
            next[letter] = Next { goes: *start, step: 1 };
        }
        let mut spots = vec![Spot::default(); sum as usize + 1];
        let first_page = run.first_page();
        let mut at = 0;
        for passage in &run.passages {
            let here = (passage.page - first_page) << 2 | u32::from(passage.class);
            for window in run.letters[at..passage.end as usize + LONGEST_GRAM - 1].windows(LONGEST_GRAM) {
                let next = &mut next[usize::from(window[0])];
                let spot = &mut spots[next.goes as usize];
                spot.copy_from_slice(window);
                spot[0] = (here & 0xffff) as u16;
                next.goes += next.step;
            }
            at = passage.end as usize + 1;
        }
        Self {
            first: letters.start,
            starts,
            all: spots,
        }
    }

    /// The places of a letter.
    pub(super) fn of_letter(&self, letter: usize) -> &[Spot] {
        let place = letter - self.first;
        &self.all[self.starts[place] as usize..self.starts[place + 1] as usize]
    }
}
