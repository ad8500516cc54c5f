//! All texts as numbers of letters.
//!
//! Words end at white space; but some writers put a space between Han and Latin letters (`5G 基站`) or
//! figures and some don't, so white space beside a Han character is as if it were not there.

use rustc_hash::FxHashMap;

use super::folding::Folding;
use super::grams::{Class, Letters, Passage};

/// Whether a letter is a Han character, of any block of Unicode that has them.
pub fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

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
            self.texts.letters.push(number);
        }
        self.end(page, class);
    }

    /// Whether a letter and the one before it belong together over white space.
    fn joins(&self, next: u16) -> bool {
        let last = self.texts.letters.last();
        let is_han = |number: u16| {
            self.texts
                .alphabet
                .get(usize::from(number))
                .is_some_and(|letter| is_han(*letter))
        };
        last.is_some_and(|last| is_han(*last)) || is_han(next)
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
