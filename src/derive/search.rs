//! What the search over the whole portal knows: the pages, newest first, and which pages contain
//! which runs of letters ([`grams`]). The texts themselves are not kept: whoever needs them makes
//! them again from the library, page by page.

pub mod folding;
pub mod grams;
pub mod letters;
mod levels;
pub mod page_lists;
pub mod suggestions;
pub mod visible_text;

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::Index;
use crate::read::{EntryId, Library};
use folding::Folding;
use grams::Gram;
use letters::Numbering;
use suggestions::Suggestions;

/// So many pages' texts are made at a time.
const BATCH: usize = 512;

/// What the search knows.
#[derive(Debug, Default)]
pub struct SearchIndex {
    /// All shown entries, the newest first, then those without a date. A page's number is its place.
    pub pages: Vec<EntryId>,
    /// By page: how many letters it has.
    pub lengths: Vec<usize>,
    /// The stored runs of letters, in the order of their texts.
    pub grams: Vec<Gram>,
    /// Traditional characters that a query may have, each with the letter of the index that it is.
    pub folds: Vec<(char, char)>,
    /// What the script guesses misspelt words from.
    pub suggestions: Suggestions,
}

/// Indexes all shown entries.
pub fn index(library: &Library, index: &Index) -> SearchIndex {
    let dated: BTreeSet<EntryId> = index.newest.iter().copied().collect();
    let undated = library.shown().map(|entry| entry.id).filter(|id| !dated.contains(id));
    let pages: Vec<EntryId> = index.newest.iter().copied().chain(undated).collect();
    let folding = Folding::new();
    let mut numbering = Numbering::new(&folding);
    let mut lengths = Vec::with_capacity(pages.len());
    for (number, batch) in (0_usize..).zip(pages.chunks(BATCH)) {
        let texts: Vec<_> = batch
            .par_iter()
            .map(|id| visible_text::passages(library, index, library.entry(*id)))
            .collect();
        for (place, passages) in (0..).zip(texts) {
            let page = u32::try_from(number * BATCH + place).unwrap_or(u32::MAX);
            let before = numbering.letters();
            for passage in passages {
                numbering.add(page, passage.class, &passage.text);
            }
            lengths.push(numbering.letters() - before);
        }
    }
    let texts = numbering.finish();
    let letters: BTreeSet<char> = texts.alphabet.iter().copied().collect();
    SearchIndex {
        folds: folding.needed_for(&letters),
        grams: grams::stored(&texts, u32::try_from(pages.len()).unwrap_or(u32::MAX)),
        suggestions: suggestions::suggestions(&texts),
        pages,
        lengths,
    }
}
