//! The index after some pages have other texts, from the one before: the same as if it were made anew.
//!
//! A gram whose pages or classes are others stands on one of the changed pages, before or after. Whether a
//! gram `g` has to be stored is decided by the pages of `g` and by those that its two halves share
//! ([`grams`](super::grams)). So it may change for grams on a changed page, and for those of which one half
//! came to the page or went from it and the other half is there: all of them can be told from the page's
//! own grams. Their pages follow from the lists that there are and from the texts of a few pages.

mod gram_key;
mod known_pages;
mod page_change;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::gram_parts::{self, Edit};
use super::grams::{Posting, TO_VERIFY};
use super::letters::{Run, Texts};
use super::{SearchIndex, SearchPage, folding::Folding, folds, page_lists, suggestions};
use gram_key::GramKey;
use known_pages::{KnownPages, PageBits};
use page_change::PageChange;

/// The texts of one page, with letters of their own.
pub(super) struct NewTexts {
    /// The number of the page.
    pub(super) page: u32,
    /// Its texts, and the letters of their numbers.
    pub(super) texts: (Run, Vec<char>),
}

/// The index with other texts for some pages; `pages` are all of them, the same as before and in the same
/// order. None if there are more letters than can be counted.
pub(super) fn update(previous: &SearchIndex, pages: Vec<SearchPage>, new: Vec<NewTexts>) -> Option<SearchIndex> {
    let numbers: Vec<u32> = new.iter().map(|new| new.page).collect();
    let texts = previous.texts.with(new.into_iter().map(|new| (new.page, new.texts)))?;
    let changes = numbers
        .iter()
        .map(|page| PageChange::between(*page, &previous.texts, &texts))
        .collect();
    let edits = Decision::new(previous, &texts, changes).edits();
    let grams = gram_parts::edited(&previous.grams, &edits);
    let touches = |is_touched: &dyn Fn(&Edit) -> bool| edits.iter().any(is_touched);
    let folds = if touches(&|edit| edit.text.chars().nth(1).is_none()) {
        folds(&Folding::new(), &grams)
    } else {
        previous.folds.clone()
    };
    let suggestions = if touches(&|edit| suggestions::may_touch(&edit.text)) {
        Arc::new(suggestions::suggestions(&grams, Some(&previous.suggestions)))
    } else {
        Arc::clone(&previous.suggestions)
    };
    Some(SearchIndex {
        pages,
        texts,
        grams,
        folds,
        suggestions,
    })
}

/// Decides what becomes of the stored grams.
struct Decision<'a> {
    known: KnownPages<'a>,
    changes: Vec<PageChange>,
    total: u32,
}

impl<'a> Decision<'a> {
    fn new(previous: &'a SearchIndex, texts: &'a Texts, changes: Vec<PageChange>) -> Self {
        Self {
            known: KnownPages::new(previous, &texts.alphabet),
            changes,
            total: u32::try_from(previous.pages.len()).unwrap_or(u32::MAX),
        }
    }

    /// All changes of stored grams, in the order of their texts.
    fn edits(mut self) -> Vec<Edit> {
        let concerned: BTreeSet<GramKey> = self.changes.iter().flat_map(PageChange::concerned).collect();
        let mut edits: Vec<Edit> = concerned.into_iter().filter_map(|gram| self.edit(gram)).collect();
        edits.sort_unstable_by(|one, other| one.text.cmp(&other.text));
        edits
    }

    fn edit(&mut self, gram: GramKey) -> Option<Edit> {
        let before = self.known.list(gram);
        let list = if !self.has_to_be_stored(gram) {
            None
        } else if before.is_some() && !self.changes.iter().any(|change| change.differs(gram)) {
            return None;
        } else {
            Some(page_lists::text_of(&self.postings(gram), self.total))
        };
        (list.as_deref() != before).then(|| Edit {
            text: self.known.text(gram),
            list,
        })
    }

    /// As [`grams`](super::grams) says, after the change.
    fn has_to_be_stored(&mut self, gram: GramKey) -> bool {
        if gram.len() < 3 {
            return self.pages(gram).count() > 0;
        }
        let (head, tail) = (self.pages(gram.head()), self.pages(gram.tail()));
        let shared = head.count_shared(&tail);
        shared >= TO_VERIFY && {
            let own = self.pages(gram).count();
            own > 0 && shared > own
        }
    }

    /// The pages of a gram after the change.
    fn pages(&mut self, gram: GramKey) -> PageBits {
        let mut pages = self.known.pages(gram);
        for change in &self.changes {
            pages = pages.with(change.page, change.after(gram).is_some());
        }
        pages
    }

    /// The pages of a gram after the change, with their classes.
    fn postings(&mut self, gram: GramKey) -> Vec<Posting> {
        let is_same = |changes: &[PageChange], page: u32| changes.iter().all(|change| change.page != page);
        let mut postings = self.known.postings(gram, |page| is_same(&self.changes, page));
        postings.extend(self.changes.iter().filter_map(|change| {
            let (page, class) = (change.page, change.after(gram)?);
            Some(Posting { page, class })
        }));
        postings.sort_unstable_by_key(|posting| posting.page);
        postings
    }
}

#[cfg(test)]
pub(super) mod tests;
