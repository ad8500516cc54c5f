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
const OWN: f64 = 4.0;
const WORD: f64 = 1.0;

/// The counts, made when they are needed.
pub struct Language<'a> {
    library: Option<&'a Library>,
    letters: &'a Letters,
    counts: OnceLock<Counts>,
}

/// What was counted. A text in traditional characters counts as its simplified form.
#[derive(Debug, Default)]
struct Counts {
    pairs: HashMap<(char, char), f64>,
    /// How often a character is the first of a pair.
    firsts: HashMap<char, f64>,
    all: f64,
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

    /// The logarithm of how likely `second` is to follow `first`.
    pub fn follows(&self, first: char, second: char) -> f64 {
        let counts = self.counts.get_or_init(|| self.count());
        let (first, second) = (self.plain(first), self.plain(second));
        let of_pair = counts.pairs.get(&(first, second)).copied().unwrap_or(0.0);
        let of_first = counts.firsts.get(&first).copied().unwrap_or(0.0);
        let of_second = counts.firsts.get(&second).copied().unwrap_or(0.0);
        let alone = of_second / counts.all.max(1.0) + self.least(second);
        // A pair that was met often says more than one of a character that is rare itself.
        let trust = of_first / (of_first + 30.0);
        let together = if of_first > 0.0 { of_pair / of_first } else { 0.0 };
        (trust * 0.8 * together + (1.0 - trust * 0.8) * alone).ln()
    }

    /// The logarithm of how likely a row of characters is behind another character.
    pub fn likelihood(&self, before: char, row: impl Iterator<Item = char>) -> f64 {
        let mut sum = 0.0;
        row.fold(before, |first, second| {
            sum += self.follows(first, second);
            second
        });
        sum
    }

    fn plain(&self, letter: char) -> char {
        self.letters.simplified(letter)
    }

    /// How likely a character is that was never met.
    fn least(&self, letter: char) -> f64 {
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
            let weight: f64 = weight.parse().unwrap_or(1.0);
            let mut letters = pairs.chars();
            while let (Some(first), Some(second)) = (letters.next(), letters.next()) {
                counts.add_pair(first, second, weight);
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
        for (_, word) in RawDictionary::TSPhrases.iter() {
            self.add(word, letters, WORD);
        }
        for (word, _) in RawDictionary::STPhrases.iter() {
            self.add(word, letters, WORD);
        }
    }

    /// Counts the lines of a text that are not damaged themselves.
    fn add(&mut self, text: &str, letters: &Letters, weight: f64) {
        for line in text.lines() {
            let signs = super::signs::Signs::of(line, letters);
            if signs.has(ODD) || signs.shows(super::signs::DENSE | super::signs::LONE_LETTER) {
                continue;
            }
            let mut row = line.chars().map(|letter| letters.simplified(letter));
            let Some(mut first) = row.next() else { continue };
            for second in row {
                if !first.is_ascii() || !second.is_ascii() {
                    self.add_pair(first, second, weight);
                }
                first = second;
            }
        }
    }

    fn add_pair(&mut self, first: char, second: char, weight: f64) {
        *self.pairs.entry((first, second)).or_default() += weight;
        *self.firsts.entry(first).or_default() += weight;
        self.all += weight;
    }
}
