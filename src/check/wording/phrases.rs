//! Many short phrases, found in texts in one pass.
//!
//! An automaton for thousands of phrases takes a step for each byte and fits into no cache. Texts have few places
//! where any phrase can begin: two characters in a row tell, and what is known of all pairs fits into the cache
//! nearest to the processor. Only from such a place on the phrases are followed, character by character.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// A bit for each value that a pair of characters is mapped to.
const PAIRS: usize = 1 << 16;
/// A node where no phrase ends.
const NONE: u32 = u32::MAX;

/// What a character counts as: characters of one symbol are the same.
pub type Symbol = u32;

/// Phrases as a tree of symbols.
#[derive(Debug)]
pub struct Phrases {
    /// A bit for pairs with which a phrase may begin.
    beginnings: Vec<u64>,
    /// Whether there are phrases of one symbol, which no pair tells of.
    has_single: bool,
    /// From a node, by symbol, to the next.
    edges: FxHashMap<(u32, Symbol), u32>,
    /// By node: the phrase that ends there.
    ends: Vec<u32>,
}

impl Phrases {
    /// Of phrases in the order of their numbers; of two that are the same the first counts. Empty ones are
    /// never found.
    pub fn new<P: IntoIterator<Item = Symbol>>(phrases: impl IntoIterator<Item = P>) -> Self {
        let mut new = Self {
            beginnings: vec![0; PAIRS / 64],
            has_single: false,
            edges: FxHashMap::default(),
            ends: vec![NONE],
        };
        for (number, phrase) in (0..).zip(phrases) {
            new.add(number, phrase.into_iter());
        }
        new
    }

    fn add(&mut self, number: u32, phrase: impl Iterator<Item = Symbol>) {
        let (mut node, mut length, mut last) = (0, 0, 0);
        for symbol in phrase {
            let next = u32::try_from(self.ends.len()).unwrap_or(NONE);
            node = *self.edges.entry((node, symbol)).or_insert(next);
            if node == next {
                self.ends.push(NONE);
            }
            length += 1;
            if length == 2 {
                let bit = bit_of(last, symbol);
                self.beginnings[bit / 64] |= 1 << (bit % 64);
            }
            last = symbol;
        }
        self.has_single |= length == 1;
        let end = &mut self.ends[node as usize];
        if length > 0 && *end == NONE {
            *end = number;
        }
    }

    /// All phrases in a text, with the symbols that its characters count as: those that begin first come first,
    /// the shorter ones before the longer.
    pub fn overlapping(&self, text: &str, symbol: impl Fn(char) -> Symbol, mut found: impl FnMut(usize, Range<usize>)) {
        self.each_beginning(text, &symbol, |start| {
            self.at(text, start, &symbol, &mut found);
            start
        });
    }

    /// The longest phrase at each place in a text, none within another.
    pub fn longest(&self, text: &str, symbol: impl Fn(char) -> Symbol, mut found: impl FnMut(usize, Range<usize>)) {
        self.each_beginning(text, &symbol, |start| {
            let mut longest = None;
            self.at(text, start, &symbol, &mut |phrase, range: Range<usize>| {
                longest = Some((phrase, range));
            });
            longest.map_or(start, |(phrase, range)| {
                let end = range.end;
                found(phrase, range);
                end
            })
        });
    }

    /// Calls for each place where a phrase may begin, but for those before what the last call returned.
    fn each_beginning(&self, text: &str, symbol: &impl Fn(char) -> Symbol, mut call: impl FnMut(usize) -> usize) {
        let mut letters = text.char_indices().map(|(at, letter)| (at, symbol(letter)));
        let Some((mut at, mut first)) = letters.next() else {
            return;
        };
        let mut from = 0;
        for (next, second) in letters {
            let bit = bit_of(first, second);
            let may_begin = self.beginnings[bit / 64] >> (bit % 64) & 1 == 1 || self.has_single;
            if may_begin && at >= from {
                from = call(at);
            }
            (at, first) = (next, second);
        }
        if self.has_single && at >= from {
            call(at);
        }
    }

    fn at(
        &self,
        text: &str,
        start: usize,
        symbol: &impl Fn(char) -> Symbol,
        found: &mut impl FnMut(usize, Range<usize>),
    ) {
        let mut node = 0;
        for (at, letter) in text[start..].char_indices() {
            let Some(next) = self.edges.get(&(node, symbol(letter))) else {
                return;
            };
            node = *next;
            let phrase = self.ends[node as usize];
            if phrase != NONE {
                found(phrase as usize, start..start + at + letter.len_utf8());
            }
        }
    }
}

/// The bit of a pair of symbols, spread so that pairs of neighbouring symbols have bits far apart.
fn bit_of(first: Symbol, second: Symbol) -> usize {
    let mixed = first.wrapping_mul(0x9e37_79b1) ^ second.wrapping_mul(0x85eb_ca6b);
    (mixed >> 16) as usize
}

/// Each character counts as itself.
pub fn itself(letter: char) -> Symbol {
    u32::from(letter)
}

#[cfg(test)]
mod tests {
    use aho_corasick::{AhoCorasick, MatchKind};
    use proptest::prelude::*;

    use super::*;

    fn of(phrases: &[String]) -> Phrases {
        Phrases::new(phrases.iter().map(|phrase| phrase.chars().map(itself)))
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_an_automaton_finds(
            phrases in proptest::collection::btree_set("[党建联盟a]{1,5}", 0..12),
            text in "[党建联盟a，]{0,40}",
        ) {
            let phrases: Vec<String> = phrases.into_iter().collect();
            let own = of(&phrases);
            let automaton = |kind| AhoCorasick::builder().match_kind(kind).build(&phrases).unwrap();
            let mut longest = Vec::new();
            own.longest(&text, itself, |phrase, range| longest.push((phrase, range)));
            let expected: Vec<_> = automaton(MatchKind::LeftmostLongest)
                .find_iter(&text)
                .map(|hit| (hit.pattern().as_usize(), hit.range()))
                .collect();
            prop_assert_eq!(longest, expected);
            let mut overlapping = Vec::new();
            own.overlapping(&text, itself, |phrase, range| overlapping.push((phrase, range)));
            let mut expected: Vec<_> = automaton(MatchKind::Standard)
                .find_overlapping_iter(&text)
                .map(|hit| (hit.pattern().as_usize(), hit.range()))
                .collect();
            expected.sort_by_key(|(_, range)| (range.start, range.end));
            prop_assert_eq!(overlapping, expected);
        }
    }

    #[test]
    fn characters_of_one_symbol_are_the_same() {
        let phrases = Phrases::new(["ab"].map(|phrase| phrase.chars().map(itself)));
        let mut found = Vec::new();
        let symbol = |letter: char| itself(letter.to_ascii_lowercase());
        phrases.overlapping("xAbaB", symbol, |_, range| found.push(range));
        assert_eq!(found, [1..3, 3..5]);
    }

    #[test]
    fn nothing_is_found_without_phrases() {
        for phrases in [vec![], vec![String::new()]] {
            of(&phrases).longest("党建", itself, |_, _| panic!("nothing to find"));
        }
    }
}
