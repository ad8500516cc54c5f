//! The index as bytes, so that another run need not make it from nothing.
//!
//! Numbers are little-endian; small ones take seven bits a byte, the lowest first, the highest bit of a byte
//! saying that more follow. A text has its length before it. What was damaged is noticed by a checksum, and
//! what is not as it should be is none at all.

use std::sync::Arc;

use super::folding::Folding;
use super::gram_parts::Part;
use super::grams::LONGEST_GRAM;
use super::key::Key;
use super::letters::{END, Passage, RUN, Run, Texts};
use super::suggestions::Suggestions;
use super::{SearchIndex, SearchPage, folds};
use crate::read::EntryId;

/// What the bytes begin with; the number grows when they are written in another way.
const MARK: &[u8; 16] = b"hongtu-search  1";

/// The bytes of the checksum, which follows.
const SUM: usize = 8;

/// The bytes of an index.
pub(super) fn to_bytes(index: &SearchIndex) -> Vec<u8> {
    let mut bytes = Writer(Vec::with_capacity(likely_size(index)));
    bytes.0.extend(MARK);
    bytes.0.extend([0; SUM]);
    bytes.small(index.pages.len());
    for page in &index.pages {
        bytes.text(&page.path);
        bytes.small(page.length);
        bytes.0.extend(page.key.0.to_le_bytes());
    }
    bytes.text(&index.texts.alphabet.iter().collect::<String>());
    bytes.small(index.texts.runs.len());
    for run in &index.texts.runs {
        bytes.run(run);
    }
    bytes.small(index.grams.len());
    for part in &index.grams {
        bytes.part(part);
    }
    bytes.suggestions(&index.suggestions);
    let mut bytes = bytes.0;
    let body = MARK.len() + SUM;
    let sum = checksum(&bytes[body..]);
    bytes[MARK.len()..body].copy_from_slice(&sum.to_le_bytes());
    bytes
}

/// About how many bytes an index has, and rather more.
fn likely_size(index: &SearchIndex) -> usize {
    let texts = index
        .texts
        .runs
        .iter()
        .map(|run| run.letters.len() * 2 + run.passages.len() * 3);
    let grams = index
        .grams
        .iter()
        .map(|part| part.texts.len() + part.lists.len() + part.len() * 4 + 32);
    texts.sum::<usize>() + grams.sum::<usize>() + index.pages.len() * 64 + (1 << 18)
}

/// The index of some bytes, whose pages get their entries from the paths where they are published. None if
/// these are no such bytes.
pub(super) fn from_bytes(bytes: &[u8], id_of: impl Fn(&str) -> Option<EntryId>) -> Option<SearchIndex> {
    let (sum, body) = bytes.strip_prefix(MARK)?.split_first_chunk::<SUM>()?;
    if u64::from_le_bytes(*sum) != checksum(body) {
        return None;
    }
    index_of(body, id_of)
}

fn index_of(body: &[u8], id_of: impl Fn(&str) -> Option<EntryId>) -> Option<SearchIndex> {
    let mut bytes = Reader(body);
    let pages = bytes.many(|bytes| {
        let path = bytes.text()?.to_owned();
        Some(SearchPage {
            id: id_of(&path)?,
            path,
            length: bytes.small()?,
            key: bytes.key()?,
        })
    })?;
    let alphabet: Vec<char> = bytes.text()?.chars().collect();
    let mut first_page = 0;
    let runs = bytes.many(|bytes| {
        let run = bytes.run(first_page, alphabet.len())?;
        first_page += RUN;
        Some(Arc::new(run))
    })?;
    if runs.len() != pages.len().div_ceil(RUN) {
        return None;
    }
    let grams = bytes.many(|bytes| Some(Arc::new(bytes.part()?)))?;
    let suggestions = bytes.suggestions()?;
    bytes.0.is_empty().then(|| SearchIndex {
        folds: folds(&Folding::new(), &grams),
        suggestions: Arc::new(suggestions),
        pages,
        texts: Texts { alphabet, runs },
        grams,
    })
}

/// A number that is another one for other bytes, but for very rare ones. Four lanes are quicker than one.
fn checksum(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut lanes = [1_u64, 2, 3, 4];
    let mut blocks = bytes.chunks_exact(32);
    let mut mix = |block: &[u8]| {
        for (lane, word) in lanes.iter_mut().zip(block.chunks_exact(8)) {
            let word = word.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
            *lane = (*lane ^ word).wrapping_mul(FACTOR).rotate_left(29);
        }
    };
    for block in &mut blocks {
        mix(block);
    }
    let mut last = [0; 32];
    last[..blocks.remainder().len()].copy_from_slice(blocks.remainder());
    mix(&last);
    let whole = |sum: u64, lane: &u64| (sum ^ lane).wrapping_mul(FACTOR).rotate_left(29);
    lanes.iter().fold(bytes.len() as u64, whole)
}

struct Writer(Vec<u8>);

impl Writer {
    fn small(&mut self, number: usize) {
        let mut rest = number;
        while rest > 0x7f {
            self.0.push(0x80 | seven(rest));
            rest >>= 7;
        }
        self.0.push(seven(rest));
    }

    fn text(&mut self, text: &str) {
        self.small(text.len());
        self.0.extend(text.as_bytes());
    }

    fn run(&mut self, run: &Run) {
        self.small(run.letters.len());
        let start = self.0.len();
        self.0.resize(start + run.letters.len() * 2, 0);
        for (two, letter) in self.0[start..].chunks_exact_mut(2).zip(&run.letters) {
            two.copy_from_slice(&letter.to_le_bytes());
        }
        self.small(run.passages.len());
        let mut page = run.first_page();
        self.small(page as usize % RUN);
        let mut start = 0;
        for passage in &run.passages {
            self.small((passage.page - page) as usize * 4 + usize::from(passage.class));
            self.small((passage.end - start) as usize);
            (page, start) = (passage.page, passage.end + 1);
        }
    }

    fn part(&mut self, part: &Part) {
        self.0.extend(part.key.0.to_le_bytes());
        self.text(&part.texts);
        self.text(&part.lists);
        self.small(part.text_ends.len());
        let mut last = (0, 0);
        for ends in part.text_ends.iter().zip(&part.list_ends) {
            self.small((ends.0 - last.0) as usize);
            self.small((ends.1 - last.1) as usize);
            last = (*ends.0, *ends.1);
        }
    }

    fn suggestions(&mut self, suggestions: &Suggestions) {
        self.small(suggestions.readings.len());
        for (syllable, characters) in &suggestions.readings {
            self.text(syllable);
            self.text(&characters.iter().collect::<String>());
        }
        self.small(suggestions.pairs.len());
        for (first, seconds) in &suggestions.pairs {
            self.text(&std::iter::once(first).chain(seconds).collect::<String>());
        }
    }
}

/// The lowest bits of a number.
fn seven(number: usize) -> u8 {
    u8::try_from(number & 0x7f).unwrap_or(0)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn small(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= usize::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number that is smaller than those which count texts.
    fn less(&mut self) -> Option<u32> {
        u32::try_from(self.small()?)
            .ok()
            .filter(|number| *number <= u32::MAX / 2)
    }

    fn key(&mut self) -> Option<Key> {
        let bytes = self.take(8)?.try_into().ok()?;
        Some(Key(u64::from_le_bytes(bytes)))
    }

    fn text(&mut self) -> Option<&'a str> {
        let count = self.small()?;
        std::str::from_utf8(self.take(count)?).ok()
    }

    /// Things with their number before them, each of which has a byte at least.
    fn many<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.small().filter(|count| *count <= self.0.len())?;
        let mut many = Vec::with_capacity(count.min(1 << 16));
        for _ in 0..count {
            many.push(one(self)?);
        }
        Some(many)
    }

    /// A run whose letters are below a number.
    fn run(&mut self, first_page: usize, alphabet: usize) -> Option<Run> {
        let count = self.less()? as usize;
        let letters = self.take(count.checked_mul(2)?)?.chunks_exact(2);
        let letters: Vec<u16> = letters.map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        if letters.iter().max().is_some_and(|most| usize::from(*most) >= alphabet) {
            return None;
        }
        let count = self.small()?;
        let mut page = first_page + self.less()? as usize;
        let last_page = first_page + RUN - 1;
        let mut start = 0_u32;
        let mut passages = Vec::with_capacity(count.min(letters.len()));
        for _ in 0..count {
            let number = self.less()? as usize;
            page = (page + number / 4).min(last_page + 1);
            let end = start.checked_add(self.less()?)?;
            start = end + 1;
            passages.push(Passage {
                page: u32::try_from(page).ok().filter(|_| page <= last_page)?,
                class: [0, 1, 2, 3][number & 3],
                end: Some(end).filter(|end| letters.get(*end as usize) == Some(&END))?,
            });
        }
        let is_ended = letters[start as usize..] == [END; LONGEST_GRAM];
        is_ended.then_some(Run { letters, passages })
    }

    fn part(&mut self) -> Option<Part> {
        let key = self.key()?;
        let (texts, lists) = (self.text()?, self.text()?);
        let mut ends = (0_u32, 0_u32);
        let pairs = self.many(|bytes| {
            ends.0 = ends.0.checked_add(bytes.less()?)?;
            ends.1 = ends.1.checked_add(bytes.less()?)?;
            texts.is_char_boundary(ends.0 as usize).then_some(ends)
        })?;
        let (text_ends, list_ends): (Vec<u32>, Vec<u32>) = pairs.into_iter().unzip();
        // A comma stands between two lists.
        let is_apart = list_ends.windows(2).all(|pair| pair[0] < pair[1]);
        let is_whole = ends == (u32::try_from(texts.len()).ok()?, u32::try_from(lists.len()).ok()?);
        (is_apart && is_whole && lists.is_ascii()).then(|| Part {
            texts: texts.to_owned(),
            text_ends,
            lists: lists.to_owned(),
            list_ends,
            key,
        })
    }

    fn suggestions(&mut self) -> Option<Suggestions> {
        let readings = self.many(|bytes| Some((bytes.text()?.to_owned(), bytes.text()?.chars().collect())))?;
        let pairs = self.many(|bytes| {
            let mut characters = bytes.text()?.chars();
            Some((characters.next()?, characters.collect()))
        })?;
        Some(Suggestions {
            readings: readings.into_iter().collect(),
            pairs: pairs.into_iter().collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{MARK, SUM, from_bytes, index_of, to_bytes};
    use crate::derive::search::SearchIndex;
    use crate::derive::search::grams::{IN_NAMES, IN_TEXT};
    use crate::derive::search::update::tests::index_of as index_of_texts;
    use crate::read::EntryId;

    fn index(words: &[String]) -> SearchIndex {
        let pages: Vec<_> = words
            .iter()
            .map(|word| vec![(IN_NAMES, word.clone()), (IN_TEXT, format!("{word} 党建 ab"))])
            .collect();
        index_of_texts(&pages)
    }

    /// In these tests an entry's path is its number.
    fn id_of(path: &str) -> Option<EntryId> {
        path.parse().ok().map(EntryId::new)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn what_was_kept_is_the_same(words in proptest::collection::vec("[a-c党建]{0,6}", 0..300)) {
            let index = index(&words);
            prop_assert_eq!(from_bytes(&to_bytes(&index), id_of), Some(index));
        }

        #[test]
        fn damaged_bytes_are_none(
            words in proptest::collection::vec("[a-c]{0,6}", 0..40),
            damage in any::<prop::sample::Index>(),
            bit in 0..8_u32,
        ) {
            let mut bytes = to_bytes(&index(&words));
            let place = damage.index(bytes.len());
            bytes[place] ^= 1 << bit;
            prop_assert_eq!(from_bytes(&bytes, id_of), None);
            bytes.truncate(place);
            prop_assert_eq!(from_bytes(&bytes, id_of), None);
        }

        /// Also where the checksum would say nothing.
        #[test]
        fn no_bytes_end_the_program(
            words in proptest::collection::vec("[a-c]{0,6}", 0..40),
            damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        ) {
            let mut bytes = to_bytes(&index(&words));
            let body = &mut bytes[MARK.len() + SUM..];
            for (place, byte) in damage {
                body[place.index(body.len())] = byte;
            }
            if let Some(index) = index_of(body, id_of) {
                let letters: usize = index.texts.runs.iter().flat_map(|run| run.words()).map(|(_, word)| word.len()).sum();
                let lists: usize = index.grams.iter().flat_map(|part| part.grams()).map(|gram| gram.list.len()).sum();
                prop_assert!(letters + lists < bytes.len());
            }
        }
    }

    #[test]
    fn pages_that_are_gone_are_noticed() {
        let bytes = to_bytes(&index(&["a".into(), "b".into()]));
        assert_eq!(from_bytes(&bytes, |path| id_of(path).filter(|_| path != "1")), None);
    }
}
