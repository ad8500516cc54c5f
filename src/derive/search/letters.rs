//! All texts as numbers of letters.
//!
//! Words end at white space; but some writers put a space between Han and Latin letters (`5G 基站`) or
//! figures and some don't, so white space beside a Han character is as if it were not there.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::folding::Folding;
use super::grams::{Class, Letters, Passage};

/// Stands for all letters of a site that has more of them than there are numbers, which none has.
const OTHER: char = '\u{fffd}';

/// Whether a letter is a Han character, of any block of Unicode that has them.
pub fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Letters and their numbers, in the order in which they were met.
#[derive(Default)]
struct Alphabet {
    letters: Vec<char>,
    numbers: FxHashMap<char, u16>,
}

impl Alphabet {
    fn number(&mut self, letter: char) -> u16 {
        if let Some(number) = self.numbers.get(&letter) {
            return *number;
        }
        let number = u16::try_from(self.letters.len()).unwrap_or(u16::MAX);
        if number < u16::MAX {
            self.letters.push(letter);
            self.numbers.insert(letter, number);
        } else if self.letters.len() == usize::from(u16::MAX) {
            self.letters.push(OTHER);
        }
        number
    }
}

/// Gives letters their numbers, text after text.
pub struct Numbering<'a> {
    folding: &'a Folding,
    alphabet: Alphabet,
    /// By letter as it is written: its number, none for white space.
    numbers: FxHashMap<char, Option<u16>>,
    letters: Vec<u16>,
    passages: Vec<Passage>,
}

impl<'a> Numbering<'a> {
    /// Without any text yet.
    pub fn new(folding: &'a Folding) -> Self {
        Self {
            folding,
            alphabet: Alphabet::default(),
            numbers: FxHashMap::default(),
            letters: Vec::new(),
            passages: Vec::new(),
        }
    }

    /// Adds a text of a page. Pages come in their order.
    pub fn add(&mut self, page: u32, class: Class, text: &str) {
        let mut follows_space = false;
        for letter in text.chars() {
            let Some(number) = self.number(letter) else {
                follows_space = true;
                continue;
            };
            if std::mem::take(&mut follows_space) && !self.joins(number) {
                self.end(page, class);
            }
            self.letters.push(number);
        }
        self.end(page, class);
    }

    /// Whether a letter and the one before it belong together over white space.
    fn joins(&self, next: u16) -> bool {
        let is_han = |number: u16| {
            let letter = self.alphabet.letters.get(usize::from(number));
            letter.is_some_and(|letter| is_han(*letter))
        };
        self.letters.last().is_some_and(|last| is_han(*last)) || is_han(next)
    }

    fn end(&mut self, page: u32, class: Class) {
        let start = self.passages.last().map_or(0, |last| last.end);
        let end = self.letters.len();
        if end > start {
            self.passages.push(Passage { page, class, end });
        }
    }

    /// The number of a letter; none for white space.
    fn number(&mut self, letter: char) -> Option<u16> {
        if let Some(number) = self.numbers.get(&letter) {
            return *number;
        }
        let folded = self.folding.fold(letter);
        let number = (folded != ' ').then(|| self.alphabet.number(folded));
        self.numbers.insert(letter, number);
        number
    }

    /// How many letters there are so far.
    pub fn letters(&self) -> usize {
        self.letters.len()
    }

    /// All texts.
    pub fn finish(self) -> Letters {
        Letters {
            alphabet: self.alphabet.letters,
            letters: self.letters,
            passages: self.passages,
        }
    }
}

/// One list of the texts of several runs of pages, which had numbers of their own.
pub fn joined(runs: Vec<Letters>) -> Letters {
    let mut alphabet = Alphabet::default();
    let numbers: Vec<Vec<u16>> = runs
        .iter()
        .map(|run| run.alphabet.iter().map(|letter| alphabet.number(*letter)).collect())
        .collect();
    let mut letters = Vec::with_capacity(runs.iter().map(|run| run.letters.len()).sum());
    let mut passages = Vec::with_capacity(runs.iter().map(|run| run.passages.len()).sum());
    for (run, numbers) in runs.into_iter().zip(numbers) {
        let start = letters.len();
        passages.extend(run.passages.into_iter().map(|passage| Passage {
            end: start + passage.end,
            ..passage
        }));
        letters.par_extend(run.letters.par_iter().map(|letter| numbers[usize::from(*letter)]));
    }
    Letters {
        alphabet: alphabet.letters,
        letters,
        passages,
    }
}

#[cfg(test)]
mod tests {
    use super::super::folding::Folding;
    use super::super::grams::IN_TEXT;
    use super::Numbering;

    /// The words of a text, with `|` between them.
    fn words(text: &str) -> String {
        let folding = Folding::new();
        let mut numbering = Numbering::new(&folding);
        numbering.add(0, IN_TEXT, text);
        let texts = numbering.finish();
        let mut start = 0;
        let words = texts.passages.iter().map(|passage| {
            let letters = &texts.letters[start..passage.end];
            start = passage.end;
            letters
                .iter()
                .map(|letter| texts.alphabet[usize::from(*letter)])
                .collect::<String>()
        });
        words.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn white_space_ends_words_but_not_beside_han_characters() {
        assert_eq!(words("用 5G 基站 与 R&D Center"), "用5g基站与r&d|center");
        assert_eq!(words(" Open  Source "), "open|source");
        assert_eq!(words("一　二\n三 , 四"), "一二三,四");
        assert_eq!(words("\u{200b} "), "\u{200b}");
    }
}
