//! How likely characters are to follow one another: what tells words from damage, and one repair from another.
//!
//! The counts come from three sources: the portal's own texts, which know its names; a small table of pairs,
//! counted in the demonstration portal's texts; and the words of `OpenCC`'s dictionary (Apache-2.0). They are
//! made when the first damage is looked into. Clean portals never need them.

use std::collections::HashMap;
use std::sync::OnceLock;

use hanconv::RawDictionary;

use super::letters::{COMMON, HAN, Letters, ODD};
use crate::read::Library;

/// Pairs of characters of the demonstration portal's texts. A line holds a weight and pairs without anything
/// between them; `benches/damage/pairs.mjs` makes it.
const PAIRS: &str = include_str!("language_pairs.txt");

/// So many characters of a portal say enough of its words; they are taken from all over it.
const ENOUGH: usize = 1_000_000;

/// What a pair of the portal's own texts weighs, and one of a dictionary's word.
const OWN: f32 = 4.0;
const WORD: f32 = 1.0;

/// The counts, made when they are needed.
pub struct Language<'a> {
    library: Option<&'a Library>,
    letters: &'a Letters,
    counts: OnceLock<Counts>,
}

/// What was counted. A text in traditional characters counts as its simplified form, and a line begins and ends
/// with `\n`.
#[derive(Debug, Default)]
struct Counts {
    triples: HashMap<u64, f32>,
    pairs: HashMap<u64, f32>,
    /// How often a character is the first of a pair.
    firsts: HashMap<char, f32>,
    all: f32,
}

/// A few characters as one number.
fn key(letters: &[char]) -> u64 {
    letters.iter().fold(0, |key, letter| key << 21 | u64::from(*letter))
}

impl<'a> Language<'a> {
    /// The language of a portal.
    pub fn of(library: &'a Library, letters: &'a Letters) -> Self {
        Self {
            library: Some(library),
            letters,
            counts: OnceLock::new(),
        }
    }

    /// A language of these texts and of the dictionary, without the table of pairs.
    #[cfg(test)]
    pub fn of_texts<'t>(texts: impl Iterator<Item = &'t str>, letters: &'a Letters) -> Self {
        let mut counts = Counts::default();
        counts.add_dictionary(letters);
        texts.for_each(|text| counts.add(text, letters, OWN));
        let language = Self {
            library: None,
            letters,
            counts: OnceLock::new(),
        };
        language.counts.get_or_init(|| counts);
        language
    }

    /// The logarithm of how likely the third character is to follow the two before it.
    pub fn follows(&self, [before, first, second]: [char; 3]) -> f32 {
        let counts = self.counts.get_or_init(|| self.count());
        let (before, first, second) = (self.plain(before), self.plain(first), self.plain(second));
        let of = |table: &HashMap<u64, f32>, letters: &[char]| table.get(&key(letters)).copied().unwrap_or(0.0);
        let of_char = |letter: char| counts.firsts.get(&letter).copied().unwrap_or(0.0);
        let share = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
        let alone = of_char(second) / counts.all.max(1.0) + self.least(second);
        // What was met often says more than what is rare itself.
        let of_first = of_char(first);
        let trust = 0.9 * of_first / (of_first + 10.0);
        let in_pair = trust * share(of(&counts.pairs, &[first, second]), of_first) + (1.0 - trust) * alone;
        let of_before = of(&counts.pairs, &[before, first]);
        let trust = 0.8 * of_before / (of_before + 8.0);
        let in_triple = share(of(&counts.triples, &[before, first, second]), of_before);
        (trust * in_triple + (1.0 - trust) * in_pair).ln()
    }

    /// The logarithm of how likely a row of characters is behind two others.
    pub fn likelihood(&self, before: [char; 2], row: impl Iterator<Item = char>) -> f32 {
        let mut sum = 0.0;
        row.fold(before, |[before, first], second| {
            sum += self.follows([before, first, second]);
            [first, second]
        });
        sum
    }

    fn plain(&self, letter: char) -> char {
        self.letters.simplified(letter)
    }

    /// How likely a character is that was never met.
    fn least(&self, letter: char) -> f32 {
        let class = self.letters.of(letter);
        if class & ODD != 0 {
            1e-9
        } else if class & (HAN | COMMON) == HAN | COMMON {
            1e-5
        } else if class & HAN != 0 {
            2e-7
        } else if letter.is_ascii_digit() || "，。、；：“”（）？！".contains(letter) {
            1e-3
        } else {
            1e-6
        }
    }

    fn count(&self) -> Counts {
        let mut counts = Counts::default();
        counts.add_dictionary(self.letters);
        for line in PAIRS.lines() {
            let Some((weight, pairs)) = line.split_once(' ') else {
                continue;
            };
            let weight: f32 = weight.parse().unwrap_or(1.0);
            let mut letters = pairs.chars();
            while let (Some(first), Some(second)) = (letters.next(), letters.next()) {
                counts.add_pair([first, second], weight);
            }
        }
        let Some(library) = self.library else { return counts };
        let length: usize = library.entries.iter().map(|entry| entry.body.range().len()).sum();
        let step = (length / 3 / ENOUGH).max(1);
        for entry in library.entries.iter().step_by(step) {
            counts.add(library.sources.text(entry.body), self.letters, OWN);
        }
        counts
    }
}

impl Counts {
    fn add_dictionary(&mut self, letters: &Letters) {
        let words = RawDictionary::TSPhrases.iter().map(|(_, word)| word);
        for word in words.chain(RawDictionary::STPhrases.iter().map(|(word, _)| word)) {
            let row: Vec<char> = word.chars().map(|letter| letters.simplified(letter)).collect();
            row.windows(2).for_each(|pair| self.add_pair([pair[0], pair[1]], WORD));
            for triple in row.windows(3) {
                *self.triples.entry(key(triple)).or_default() += WORD;
            }
        }
    }

    /// Counts the lines of a text that are not damaged themselves.
    fn add(&mut self, text: &str, letters: &Letters, weight: f32) {
        for line in text.lines() {
            let signs = super::signs::Signs::of(line, letters);
            if signs.has(ODD) || signs.shows(super::signs::DENSE | super::signs::LONE_LETTER) {
                continue;
            }
            let row = line.trim().chars().map(|letter| letters.simplified(letter));
            row.chain(Some('\n')).fold(['\n', '\n'], |[before, first], second| {
                if !first.is_ascii() || !second.is_ascii() {
                    self.add_pair([first, second], weight);
                    *self.triples.entry(key(&[before, first, second])).or_default() += weight;
                }
                [first, second]
            });
        }
    }

    fn add_pair(&mut self, pair: [char; 2], weight: f32) {
        *self.pairs.entry(key(&pair)).or_default() += weight;
        *self.firsts.entry(pair[0]).or_default() += weight;
        self.all += weight;
    }
}
