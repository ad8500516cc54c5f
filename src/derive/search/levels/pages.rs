//! The pages of grams in one part of the texts.

use super::NONE;
use crate::derive::search::grams::{Class, IN_TEXT, OFTEN, Posting};

/// A page, the best class, and how often the gram was met there, less one, two at most.
#[derive(Clone, Copy)]
pub(super) struct Packed(u32);

impl Packed {
    pub(super) fn new(page: u32, class: Class) -> Self {
        Self(page << 4 | u32::from(class) << 2)
    }

    pub(super) fn page(self) -> u32 {
        self.0 >> 4
    }

    pub(super) fn met_again(self, class: Class) -> Self {
        let (best, times) = ((self.0 >> 2 & 3).min(u32::from(class)), (self.0 & 3).min(1) + 1);
        Self(self.page() << 4 | best << 2 | times)
    }

    pub(super) fn posting(self) -> Posting {
        let class = if self.0 >> 2 & 3 == u32::from(IN_TEXT) && self.0 & 3 == 2 {
            OFTEN
        } else {
            // Two bits.
            (self.0 >> 2 & 3) as Class
        };
        Posting {
            page: self.page(),
            class,
        }
    }
}

/// The pages of the new grams of one length in one part.
pub(super) struct PartPages {
    /// By gram, from the first one of the length: its number within the part.
    own: Vec<u32>,
    /// By that number: where its postings begin; they end where the next ones begin.
    starts: Vec<u32>,
    postings: Vec<Packed>,
}

impl PartPages {
    /// Of postings in the order of pages, each with the number of its gram within the part. Each gram of the
    /// part has so many postings, and is this one of the `all` grams of the length.
    pub(super) fn new(postings: &[(u32, Packed)], grams: impl Iterator<Item = (u32, u32)>, all: usize) -> Self {
        let mut own = vec![NONE; all];
        let mut starts = vec![0];
        let mut sum = 0;
        for (number, (count, gram)) in (0..).zip(grams) {
            own[gram as usize] = number;
            sum += count;
            starts.push(sum);
        }
        let mut next = starts.clone();
        let mut sorted = vec![Packed(0); sum as usize];
        for (gram, packed) in postings {
            let next = &mut next[*gram as usize];
            sorted[*next as usize] = *packed;
            *next += 1;
        }
        Self {
            own,
            starts,
            postings: sorted,
        }
    }

    /// The pages of a gram, counted from the first one of the length.
    pub(super) fn of(&self, gram: usize) -> &[Packed] {
        match self.own[gram] {
            NONE => &[],
            own => &self.postings[self.starts[own as usize] as usize..self.starts[own as usize + 1] as usize],
        }
    }
}
