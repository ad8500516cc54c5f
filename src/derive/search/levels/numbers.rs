//! Numbers for pairs of a number and a letter, in the order in which the pairs are met.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::{NONE, number};

/// Up to so many possible pairs are found by their place in a table instead of by hashing.
const LARGEST_TABLE: usize = 1 << 22;

/// From pairs to numbers.
pub(super) struct Numbers {
    letters: u64,
    place: Place,
}

enum Place {
    Table(Vec<u32>),
    Hashed(FxHashMap<u64, u32>),
}

impl Numbers {
    /// For pairs of numbers and letters below these.
    pub(super) fn below((numbers, letters): (usize, usize)) -> Self {
        let place = match numbers.checked_mul(letters) {
            Some(size) if size <= LARGEST_TABLE => Place::Table(vec![NONE; size]),
            _ => Place::Hashed(FxHashMap::default()),
        };
        Self {
            letters: letters as u64,
            place,
        }
    }

    /// The number of a pair, which is `next` if it was not met before.
    pub(super) fn of(&mut self, (before, letter): (u32, u16), next: usize) -> usize {
        let key = u64::from(before) * self.letters + u64::from(letter);
        let next = number(next);
        let found = match &mut self.place {
            Place::Table(table) => {
                let number = &mut table[usize::try_from(key).unwrap_or(usize::MAX)];
                if *number == NONE {
                    *number = next;
                }
                *number
            }
            Place::Hashed(map) => match map.entry(key) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => *new.insert(next),
            },
        };
        found as usize
    }
}
