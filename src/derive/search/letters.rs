//! All texts as numbers of letters.

use rustc_hash::FxHashMap;

use super::folding::Folding;
use super::grams::{Class, Letters, Passage};

/// Gives letters their numbers, text after text.
pub struct Numbering<'a> {
    folding: &'a Folding,
    /// By letter as it is written: its number, none for one too many.
    numbers: FxHashMap<char, Option<u16>>,
    /// By folded letter: its number.
    folded: FxHashMap<char, u16>,
    texts: Letters,
}

impl<'a> Numbering<'a> {
    /// Without any text yet.
    pub fn new(folding: &'a Folding) -> Self {
        Self {
            folding,
            numbers: FxHashMap::default(),
            folded: FxHashMap::default(),
            texts: Letters::default(),
        }
    }

    /// Adds a text of a page. Pages come in their order. Words end at white space, and so does what
    /// a query can find.
    pub fn add(&mut self, page: u32, class: Class, text: &str) {
        for letter in text.chars() {
            match self.number(letter) {
                Some(number) => self.texts.letters.push(number),
                None => self.end(page, class),
            }
        }
        self.end(page, class);
    }

    fn end(&mut self, page: u32, class: Class) {
        let start = self.texts.passages.last().map_or(0, |last| last.end);
        let end = self.texts.letters.len();
        if end > start {
            self.texts.passages.push(Passage { page, class, end });
        }
    }

    /// The number of a letter; none for white space, and for more letters than any site has.
    fn number(&mut self, letter: char) -> Option<u16> {
        if let Some(number) = self.numbers.get(&letter) {
            return *number;
        }
        let folded = self.folding.fold(letter);
        let number = (folded != ' ').then(|| self.number_of_folded(folded)).flatten();
        self.numbers.insert(letter, number);
        number
    }

    fn number_of_folded(&mut self, folded: char) -> Option<u16> {
        if let Some(number) = self.folded.get(&folded) {
            return Some(*number);
        }
        let number = u16::try_from(self.texts.alphabet.len()).ok()?;
        self.texts.alphabet.push(folded);
        self.folded.insert(folded, number);
        Some(number)
    }

    /// How many letters there are so far.
    pub fn letters(&self) -> usize {
        self.texts.letters.len()
    }

    /// All texts.
    pub fn finish(self) -> Letters {
        self.texts
    }
}
