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
use grams::{Gram, Letters};
use letters::Numbering;
use suggestions::Suggestions;
use visible_text::SearchPassage;

/// The texts of so many pages are made one after the other.
const RUN: usize = 256;

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
    let runs: Vec<(Letters, Vec<usize>)> = (0..)
        .zip(pages.chunks(RUN))
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(number, run)| {
            let entries = run.iter().map(|id| library.entry(*id));
            let texts = entries.map(|entry| visible_text::passages(library, index, entry));
            numbered(&folding, number * RUN, texts)
        })
        .collect();
    let (runs, lengths): (Vec<_>, Vec<_>) = runs.into_iter().unzip();
    let texts = letters::joined(runs);
    let letters: BTreeSet<char> = texts.alphabet.iter().copied().collect();
    SearchIndex {
        folds: folding.needed_for(&letters),
        grams: grams::stored(&texts, u32::try_from(pages.len()).unwrap_or(u32::MAX)),
        suggestions: suggestions::suggestions(&texts),
        pages,
        lengths: lengths.concat(),
    }
}

/// The texts of a run of pages as numbers of letters, and how many letters each page has.
fn numbered(folding: &Folding, first: usize, texts: impl Iterator<Item = Vec<SearchPassage>>) -> (Letters, Vec<usize>) {
    let mut numbering = Numbering::new(folding);
    let mut lengths = Vec::with_capacity(RUN);
    for (page, passages) in (first..).zip(texts) {
        let before = numbering.letters();
        for passage in passages {
            numbering.add(u32::try_from(page).unwrap_or(u32::MAX), passage.class, &passage.text);
        }
        lengths.push(numbering.letters() - before);
    }
    (numbering.finish(), lengths)
}
