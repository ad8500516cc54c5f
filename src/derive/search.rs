//! What the search over the whole portal knows: the pages, newest first, and which pages contain
//! which runs of letters ([`grams`]). Of the texts only the letters are kept, as search compares them; who
//! shows a text makes it again from the library, page by page.
//!
//! [`index`] makes all of it from nothing. After an edit, [`updated`] makes the same from the index before,
//! which may have been kept as bytes, and from the pages that may be others.

pub mod cutting;
pub mod folding;
pub mod gram_parts;
pub mod grams;
mod kept;
pub mod key;
pub mod letters;
pub mod page_lists;
pub mod suggestions;
mod trees;
mod update;
pub mod visible_text;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Index;
use crate::read::{Entry, EntryId, Library};
use folding::Folding;
use gram_parts::Part;
use key::{Key, KeyMaker};
use letters::{Numbering, RUN, Run, Texts};
use suggestions::Suggestions;
use update::NewTexts;

/// What the search knows.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct SearchIndex {
    /// All shown entries, the newest first, then those without a date. A page's number is its place.
    pub pages: Vec<SearchPage>,
    /// What the index was made from.
    pub texts: Texts,
    /// The stored runs of letters, in the order of their texts.
    pub grams: Vec<Arc<Part>>,
    /// Traditional characters that a query may have, each with the letter of the index that it is.
    pub folds: Vec<(char, char)>,
    /// What the script guesses misspelt words from.
    pub suggestions: Arc<Suggestions>,
}

/// A page that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPage {
    /// The entry.
    pub id: EntryId,
    /// Where its page is published.
    pub path: String,
    /// How many letters it has.
    pub length: usize,
    /// What all that search shows of it is known by: where it is, its title, its day, its texts.
    pub key: Key,
}

/// Indexes all shown entries.
pub fn index(library: &Library, index: &Index) -> SearchIndex {
    let ids = page_ids(library, index);
    let folding = Folding::new();
    let (runs, pages): (Vec<_>, Vec<_>) = ids
        .par_chunks(RUN)
        .enumerate()
        .map(|(number, run)| {
            let reader = PageReader { library, index };
            let entries = run.iter().map(|id| library.entry(*id));
            reader.read(&folding, number * RUN, entries)
        })
        .unzip();
    let pages = pages.concat();
    let texts = letters::joined(runs);
    let grams = grams::stored(&texts, u32::try_from(pages.len()).unwrap_or(u32::MAX));
    SearchIndex {
        folds: folds(&folding, &grams),
        suggestions: Arc::new(suggestions::suggestions(&grams, None)),
        pages,
        texts,
        grams,
    }
}

/// The index after the pages of these entries may have other texts, from the one before. None if it has to be
/// made anew, because the pages or their order are not the same. All that is published of it is the same as if it
/// were made anew; only the numbers of letters may be others.
///
/// A page has the text of its own entry and the titles of its park, its alliance, its stops and its tags. To
/// name entries whose pages are as they were is no error, and takes as long as to read their texts.
pub fn updated(
    previous: &SearchIndex,
    library: &Library,
    index: &Index,
    changed: &BTreeSet<EntryId>,
) -> Option<SearchIndex> {
    let ids = page_ids(library, index);
    let paths = previous.pages.iter().map(|page| page.path.as_str());
    if !paths.eq(ids.iter().map(|id| library.entry(*id).path.as_str())) {
        return None;
    }
    let mut pages = previous.pages.clone();
    let mut texts = Vec::new();
    let folding = Folding::new();
    let reader = PageReader { library, index };
    for ((number, page), id) in (0..).zip(&mut pages).zip(ids) {
        page.id = id;
        if !changed.contains(&id) {
            continue;
        }
        let (new, known) = reader.read(&folding, number, std::iter::once(library.entry(id)));
        if let Some(known) = known.into_iter().find(|known| known.key != page.key) {
            *page = known;
            texts.push(NewTexts {
                page: u32::try_from(number).unwrap_or(u32::MAX),
                texts: new,
            });
        }
    }
    update::update(previous, pages, texts)
}

impl SearchIndex {
    /// What another run needs to make its index from this one.
    pub fn to_bytes(&self) -> Vec<u8> {
        kept::to_bytes(self)
    }

    /// The index that another run had. None if these are no such bytes, or if a page is no more; whatever else
    /// has changed meanwhile is for [`updated`].
    pub fn from_bytes(bytes: &[u8], library: &Library) -> Option<Self> {
        let ids: FxHashMap<&str, EntryId> = library.shown().map(|entry| (entry.path.as_str(), entry.id)).collect();
        kept::from_bytes(bytes, |path| ids.get(path).copied())
    }
}

/// All shown entries, in the order of their pages' numbers.
fn page_ids(library: &Library, index: &Index) -> Vec<EntryId> {
    let dated: BTreeSet<EntryId> = index.newest.iter().copied().collect();
    let undated = library.shown().map(|entry| entry.id).filter(|id| !dated.contains(id));
    index.newest.iter().copied().chain(undated).collect()
}

/// The folds that lead to a letter of the index.
fn folds(folding: &Folding, grams: &[Arc<Part>]) -> Vec<(char, char)> {
    let letters = grams.iter().flat_map(|part| part.texts()).filter_map(|text| {
        let mut letters = text.chars();
        letters.next().filter(|_| letters.next().is_none())
    });
    folding.needed_for(&letters.collect())
}

/// Reads what search covers of pages.
#[derive(Clone, Copy)]
struct PageReader<'a> {
    library: &'a Library,
    index: &'a Index,
}

impl PageReader<'_> {
    /// The texts of pages, which have numbers from this one on, and what else is known of them.
    fn read<'e>(
        self,
        folding: &Folding,
        first: usize,
        entries: impl Iterator<Item = &'e Entry>,
    ) -> ((Run, Vec<char>), Vec<SearchPage>) {
        let mut numbering = Numbering::new(folding);
        let mut key = KeyMaker::default();
        let mut pages = Vec::with_capacity(RUN);
        for (number, entry) in (first..).zip(entries) {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            key.add(entry.path.as_bytes());
            key.add(entry.common.title.as_bytes());
            let day = entry.common.date.map(|date| date.day_only().to_string());
            key.add(day.as_deref().unwrap_or("").as_bytes());
            let mut length = 0;
            visible_text::tell(self.library, self.index, entry, &mut |passage| {
                length += numbering.add(number, passage.class, passage.text);
                key.add_number(u32::from(passage.class));
                key.add(passage.anchor.unwrap_or("").as_bytes());
                key.add(passage.text.as_bytes());
            });
            pages.push(SearchPage {
                id: entry.id,
                path: entry.path.clone(),
                length,
                key: key.finish(),
            });
        }
        (numbering.finish(), pages)
    }
}
