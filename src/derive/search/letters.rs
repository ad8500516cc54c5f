//! All texts as numbers of letters.
//!
//! Words end at white space; but some writers put a space between Han and Latin letters (`5G 基站`) or
//! figures and some don't, so white space beside a Han character is as if it were not there.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::folding::Folding;
use super::grams::{Class, LONGEST_GRAM};

/// So many pages make a run.
pub const RUN: usize = 256;
/// The number that stands behind every passage, and is no letter's.
pub const END: u16 = 0;
/// Stands for all letters of a site that has more of them than there are numbers, which none has.
const OTHER: char = '\u{fffd}';
/// So many letters have numbers.
const MOST: usize = u16::MAX as usize - 1;

/// A run of text on a page that a query may lie in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// The number of the page.
    pub page: u32,
    /// [`IN_TITLE`](super::grams::IN_TITLE), [`IN_NAMES`](super::grams::IN_NAMES) or
    /// [`IN_TEXT`](super::grams::IN_TEXT).
    pub class: Class,
    /// Where the mark behind it stands; it begins behind the mark of the passage before.
    pub end: u32,
}

/// The texts of some pages that follow one another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// Passage by passage, each with [`END`] behind it, and a few more of them at the end, so that a gram
    /// may be read at any letter.
    pub letters: Vec<u16>,
    /// All passages, in order.
    pub passages: Vec<Passage>,
}

/// The texts of all pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// The letter of each number; that of [`END`] is no letter.
    pub alphabet: Vec<char>,
    /// All pages, in order.
    pub runs: Vec<Arc<Run>>,
}

impl Run {
    /// The number of its first page.
    pub fn first_page(&self) -> u32 {
        self.passages.first().map_or(0, |passage| passage.page)
    }

    /// How often each letter stands there, of letters below this number.
    pub fn counts(&self, letters: usize) -> Vec<u32> {
        let mut counts = vec![0; letters];
        for letter in &self.letters {
            counts[usize::from(*letter)] += 1;
        }
        counts[usize::from(END)] = 0;
        counts
    }

    /// The passages of a page: class and letters.
    fn words_of(&self, page: u32) -> impl Iterator<Item = (Class, &[u16])> {
        let first = self.passages.partition_point(|passage| passage.page < page);
        let own = self.passages[first..]
            .iter()
            .take_while(move |passage| passage.page == page);
        let mut start = self.start_of(first);
        own.map(move |passage| {
            let letters = &self.letters[start..passage.end as usize];
            start = passage.end as usize + 1;
            (passage.class, letters)
        })
    }

    /// Where a passage begins.
    fn start_of(&self, passage: usize) -> usize {
        passage
            .checked_sub(1)
            .map_or(0, |before| self.passages[before].end as usize + 1)
    }

    /// This run with other passages for a page.
    fn with(&self, page: u32, new: &Self) -> Self {
        let first = self.passages.partition_point(|passage| passage.page < page);
        let last = self.passages.partition_point(|passage| passage.page <= page);
        let (from, to) = (self.start_of(first), self.start_of(last));
        let own = &new.letters[..new.letters.len() - LONGEST_GRAM];
        let moved = |passages: &[Passage], from: usize, to: usize| -> Vec<Passage> {
            let end = |passage: &Passage| u32::try_from(passage.end as usize - from + to).unwrap_or(u32::MAX);
            let moved = passages.iter().map(|passage| Passage {
                end: end(passage),
                ..*passage
            });
            moved.collect()
        };
        Self {
            letters: [&self.letters[..from], own, &self.letters[to..]].concat(),
            passages: [
                self.passages[..first].to_vec(),
                moved(&new.passages, 0, from),
                moved(&self.passages[last..], to, from + own.len()),
            ]
            .concat(),
        }
    }

    /// The letters of each passage.
    pub fn words(&self) -> impl Iterator<Item = (&Passage, &[u16])> {
        let mut start = 0;
        self.passages.iter().map(move |passage| {
            let letters = &self.letters[start..passage.end as usize];
            start = passage.end as usize + 1;
            (passage, letters)
        })
    }
}

impl Texts {
    /// The passages of a page: class and letters.
    pub fn words_of(&self, page: u32) -> impl Iterator<Item = (Class, &[u16])> {
        let run = self.runs.get(page as usize / RUN).map(Arc::as_ref);
        run.into_iter().flat_map(move |run| run.words_of(page))
    }

    /// These texts, with others for some pages, whose letters have numbers of their own. New letters get the
    /// next numbers; none if there are no more.
    pub fn with(&self, pages: impl Iterator<Item = (u32, (Run, Vec<char>))>) -> Option<Self> {
        let mut texts = self.clone();
        if texts.alphabet.is_empty() {
            texts.alphabet.push('\0');
        }
        let mut numbers: FxHashMap<char, u16> = FxHashMap::default();
        for (letter, number) in texts.alphabet.iter().zip(0..) {
            numbers.insert(*letter, number);
        }
        for (page, (mut new, letters)) in pages {
            for letter in &letters {
                let next = texts.alphabet.len();
                if !numbers.contains_key(letter) {
                    numbers.insert(*letter, u16::try_from(next).ok().filter(|_| next < MOST)?);
                    texts.alphabet.push(*letter);
                }
            }
            for letter in &mut new.letters {
                *letter = numbers[&letters[usize::from(*letter)]];
            }
            let run = texts.runs.get_mut(page as usize / RUN)?;
            *run = Arc::new(run.with(page, &new));
        }
        Some(texts)
    }
}

/// Whether a letter is a Han character, of any block of Unicode that has them.
pub fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// What is known of a letter as it is written.
const UNKNOWN: u16 = 0;
const SPACE: u16 = u16::MAX;

/// Gives the letters of a run their numbers, in the order in which they are met.
pub struct Numbering<'a> {
    folding: &'a Folding,
    /// Behind a place for [`END`].
    alphabet: Vec<char>,
    /// By folded letter.
    numbers: FxHashMap<char, u16>,
    /// By letter as it is written, for those of the first plane: its number, [`SPACE`], or [`UNKNOWN`].
    known: Vec<u16>,
    run: Run,
}

impl<'a> Numbering<'a> {
    /// Without any text yet.
    pub fn new(folding: &'a Folding) -> Self {
        Self {
            folding,
            alphabet: vec!['\0'],
            numbers: FxHashMap::default(),
            known: vec![UNKNOWN; 1 << 16],
            run: Run::default(),
        }
    }

    /// Adds a text of a page, and says how many letters it has. Pages come in their order.
    pub fn add(&mut self, page: u32, class: Class, text: &str) -> usize {
        let before = self.run.letters.len();
        let (mut marks, mut start) = (0, before);
        let mut follows_space = false;
        for letter in text.chars() {
            let number = match self.known.get(letter as usize) {
                Some(&number) if number != UNKNOWN => number,
                // A browser drops the character of number zero.
                _ if letter == '\0' => continue,
                _ => self.number(letter),
            };
            if number == SPACE {
                follows_space = true;
                continue;
            }
            if follows_space {
                follows_space = false;
                if self.run.letters.len() > start && !self.joins(number) {
                    self.end(page, class);
                    marks += 1;
                    start = self.run.letters.len();
                }
            }
            self.run.letters.push(number);
        }
        if self.run.letters.len() > start {
            self.end(page, class);
            marks += 1;
        }
        self.run.letters.len() - before - marks
    }

    /// Whether a letter and the one before it belong together over white space.
    fn joins(&self, next: u16) -> bool {
        let is_han = |number: u16| is_han(self.alphabet[usize::from(number)]);
        self.run.letters.last().is_some_and(|last| is_han(*last)) || is_han(next)
    }

    fn end(&mut self, page: u32, class: Class) {
        let end = u32::try_from(self.run.letters.len()).unwrap_or(u32::MAX);
        self.run.passages.push(Passage { page, class, end });
        self.run.letters.push(END);
    }

    /// The number of a letter that was not met yet, or is none of the first plane.
    fn number(&mut self, letter: char) -> u16 {
        let folded = self.folding.fold(letter);
        let number = if folded == ' ' { SPACE } else { self.number_of(folded) };
        if let Some(known) = self.known.get_mut(letter as usize) {
            *known = number;
        }
        number
    }

    fn number_of(&mut self, folded: char) -> u16 {
        let next = self.alphabet.len();
        let folded = if next < MOST { folded } else { OTHER };
        *self.numbers.entry(folded).or_insert_with(|| {
            self.alphabet.push(folded);
            u16::try_from(next).unwrap_or(u16::MAX - 1)
        })
    }

    /// The texts, and the letters of the numbers.
    pub fn finish(mut self) -> (Run, Vec<char>) {
        self.run.letters.extend([END; LONGEST_GRAM]);
        (self.run, self.alphabet)
    }
}

/// The texts of all runs, whose letters had numbers of their own; now they are in the order of the letters.
pub fn joined(runs: Vec<(Run, Vec<char>)>) -> Texts {
    let mut alphabet: Vec<char> = runs.iter().flat_map(|(_, letters)| letters.iter().copied()).collect();
    alphabet.push('\0');
    alphabet.sort_unstable();
    alphabet.dedup();
    if alphabet.len() > MOST {
        alphabet.retain(|letter| *letter != OTHER);
        alphabet.truncate(MOST - 1);
        let place = alphabet.partition_point(|letter| *letter < OTHER);
        alphabet.insert(place, OTHER);
    }
    let runs = runs.into_par_iter().map(|(mut run, letters)| {
        let numbers: Vec<u16> = letters.iter().map(|letter| number_in(&alphabet, *letter)).collect();
        for letter in &mut run.letters {
            *letter = numbers[usize::from(*letter)];
        }
        Arc::new(run)
    });
    Texts {
        runs: runs.collect(),
        alphabet,
    }
}

fn number_in(sorted: &[char], letter: char) -> u16 {
    let place = sorted
        .binary_search(&letter)
        .or_else(|_| sorted.binary_search(&OTHER))
        .unwrap_or(0);
    u16::try_from(place).unwrap_or(END)
}

#[cfg(test)]
mod tests {
    use super::super::folding::Folding;
    use super::super::grams::IN_TEXT;
    use super::{Numbering, joined};

    /// The words of a text, with `|` between them.
    fn words(text: &str) -> String {
        let folding = Folding::new();
        let mut numbering = Numbering::new(&folding);
        let count = numbering.add(0, IN_TEXT, text);
        let texts = joined(vec![numbering.finish()]);
        let words = texts.runs[0].words().map(|(_, letters)| {
            letters
                .iter()
                .map(|letter| texts.alphabet[usize::from(*letter)])
                .collect::<String>()
        });
        let words: Vec<String> = words.collect();
        let letters: usize = words.iter().map(|word| word.chars().count()).sum();
        assert_eq!(count, letters);
        words.join("|")
    }

    #[test]
    fn white_space_ends_words_but_not_beside_han_characters() {
        assert_eq!(words("用 5G 基站 与 R&D Center"), "用5g基站与r&d|center");
        assert_eq!(words(" Open  Source "), "open|source");
        assert_eq!(words("一　二\n三 , 四"), "一二三,四");
        assert_eq!(words("\u{200b} "), "\u{200b}");
        assert_eq!(words("a\0b \0 c 𠮷"), "ab|c𠮷");
    }

    #[test]
    fn numbers_are_in_the_order_of_letters_whatever_was_met_first() {
        let folding = Folding::new();
        let run = |text: &str| {
            let mut numbering = Numbering::new(&folding);
            numbering.add(0, IN_TEXT, text);
            numbering.finish()
        };
        let texts = joined(vec![run("园区b"), run("a区")]);
        assert_eq!(texts.alphabet, ['\0', 'a', 'b', '区', '园']);
        assert_eq!(texts.runs[0].letters[..4], [4, 3, 2, 0]);
        assert_eq!(texts.runs[1].letters[..3], [1, 3, 0]);
    }
}
