//! On which pages a gram stands, from an index that has no list for most grams.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::gram_key::GramKey;
use crate::derive::search::grams::{Class, IN_TEXT, OFTEN, Posting, TO_VERIFY};
use crate::derive::search::{SearchIndex, gram_parts, page_lists};

/// Pages, a bit each.
#[derive(Debug, Clone)]
pub(super) struct PageBits(Rc<[u64]>);

impl PageBits {
    fn of(pages: impl Iterator<Item = u32>, total: usize) -> Self {
        let mut bits = vec![0; total.div_ceil(64)];
        for page in pages {
            bits[page as usize / 64] |= 1 << (page % 64);
        }
        Self(bits.into())
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// How many pages are among others too.
    pub(super) fn count_shared(&self, other: &Self) -> usize {
        let both = self.0.iter().zip(other.0.iter());
        both.map(|(one, other)| (one & other).count_ones() as usize).sum()
    }

    fn shared(&self, other: &Self) -> Self {
        Self(
            self.0
                .iter()
                .zip(other.0.iter())
                .map(|(one, other)| one & other)
                .collect(),
        )
    }

    fn has(&self, page: u32) -> bool {
        self.0[page as usize / 64] >> (page % 64) & 1 == 1
    }

    /// With one page, or without it.
    pub(super) fn with(self, page: u32, is_there: bool) -> Self {
        if self.has(page) == is_there {
            return self;
        }
        let mut bits = self.0.to_vec();
        bits[page as usize / 64] ^= 1 << (page % 64);
        Self(bits.into())
    }

    fn pages(&self) -> impl Iterator<Item = u32> + '_ {
        (0..).zip(self.0.iter()).flat_map(|(word, bits)| {
            let mut left = *bits;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(word * 64 + bit)
            })
        })
    }
}

/// Finds the pages of grams.
pub(super) struct KnownPages<'a> {
    index: &'a SearchIndex,
    /// The letters of the index, and maybe more behind them.
    alphabet: &'a [char],
    /// What was found.
    pages: FxHashMap<GramKey, PageBits>,
    lists: FxHashMap<GramKey, Option<&'a str>>,
}

impl<'a> KnownPages<'a> {
    pub(super) fn new(index: &'a SearchIndex, alphabet: &'a [char]) -> Self {
        Self {
            index,
            alphabet,
            pages: FxHashMap::default(),
            lists: FxHashMap::default(),
        }
    }

    /// The letters of a gram.
    pub(super) fn text(&self, gram: GramKey) -> String {
        let letters = gram.letters().map(|letter| self.alphabet[usize::from(letter)]);
        letters.collect()
    }

    /// The list of a gram, if it's stored.
    pub(super) fn list(&mut self, gram: GramKey) -> Option<&'a str> {
        if let Some(known) = self.lists.get(&gram) {
            return *known;
        }
        let list = gram_parts::find(&self.index.grams, &self.text(gram)).map(|gram| gram.list);
        self.lists.insert(gram, list);
        list
    }

    /// The pages of a gram.
    pub(super) fn pages(&mut self, gram: GramKey) -> PageBits {
        if let Some(known) = self.pages.get(&gram) {
            return known.clone();
        }
        let found = self.found(gram);
        self.pages.insert(gram, found.clone());
        found
    }

    fn total(&self) -> usize {
        self.index.pages.len()
    }

    fn found(&mut self, gram: GramKey) -> PageBits {
        if let Some(list) = self.list(gram) {
            let total = u32::try_from(self.total()).unwrap_or(u32::MAX);
            let postings = page_lists::postings(list, total);
            return PageBits::of(postings.iter().map(|posting| posting.page), self.total());
        }
        let none = || PageBits::of(std::iter::empty(), self.total());
        if gram.len() < 3 {
            return none();
        }
        // A gram that is not stored stands wherever both halves stand, unless that is on few pages or it
        // stands nowhere.
        let shared = self.pages(gram.head()).shared(&self.pages(gram.tail()));
        if shared.count() < TO_VERIFY {
            let stands = shared.pages().filter(|page| self.class_on(*page, gram).is_some());
            return PageBits::of(stands, self.total());
        }
        let first = shared.pages().next();
        if first.is_some_and(|first| self.class_on(first, gram).is_some()) {
            shared
        } else {
            PageBits::of(std::iter::empty(), self.total())
        }
    }

    /// The pages of a gram, but for some, with its classes there.
    pub(super) fn postings(&mut self, gram: GramKey, is_wanted: impl Fn(u32) -> bool) -> Vec<Posting> {
        let total = u32::try_from(self.total()).unwrap_or(u32::MAX);
        if let Some(list) = self.list(gram) {
            let mut postings = page_lists::postings(list, total);
            postings.retain(|posting| is_wanted(posting.page));
            return postings;
        }
        let pages = self.pages(gram);
        let wanted = pages.pages().filter(|page| is_wanted(*page));
        wanted
            .filter_map(|page| {
                let class = self.class_on(page, gram)?;
                Some(Posting { page, class })
            })
            .collect()
    }

    /// The class of a gram on a page, if it stands there: one look into its texts.
    fn class_on(&self, page: u32, gram: GramKey) -> Option<Class> {
        let letters: Vec<u16> = gram.letters().collect();
        let mut best = None;
        let mut times = 0;
        for (class, text) in self.index.texts.words_of(page) {
            let here = text.windows(letters.len()).filter(|window| *window == letters).count();
            if here > 0 {
                times += here;
                best = Some(best.map_or(class, |best: Class| best.min(class)));
            }
        }
        let is_often = best == Some(IN_TEXT) && times > 2;
        if is_often { Some(OFTEN) } else { best }
    }
}
