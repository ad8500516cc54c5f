//! What is in a piece of text at all, noted in one pass over its characters.

use super::letters::{COMMON, HALF_MARK, HAN, LATIN_1, Letters, ODD, SIMPLIFIED, TRADITIONAL};

/// A half-width mark beside a Chinese character.
pub const MARK_BESIDE_HAN: u16 = 1;
/// A full stop between two Chinese characters.
pub const DOT_BETWEEN_HAN: u16 = 1 << 1;
/// A bracket behind a Chinese character, and a letter in it.
pub const BRACKETED_LETTER: u16 = 1 << 2;
/// A question mark with a Chinese character, a mark or a letter behind it.
pub const QUESTION: u16 = 1 << 3;
/// A single letter or sign between two Chinese characters, where half of a character could be.
pub const LONE_LETTER: u16 = 1 << 4;
/// Several characters close together that are not usual.
pub const DENSE: u16 = 1 << 5;
/// U+FFFD.
pub const REPLACEMENT: u16 = 1 << 6;
/// At least four letters in a row that are Latin with accents, or signs beside them.
pub const LATIN_RUN: u16 = 1 << 7;
/// Chinese characters with spaces between them.
pub const SPACED: u16 = 1 << 8;

/// Two characters close together that are not usual.
pub const UNUSUAL_PAIR: u16 = 1 << 9;

/// How many characters are looked at together for [`DENSE`], and how many of them must not be usual.
const WINDOW: u32 = 8;
const DENSE_FROM: u32 = 3;

/// What is in a piece of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs {
    /// All classes of all characters.
    pub classes: u16,
    /// What stands beside what.
    pub patterns: u16,
    /// Characters that are traditional only.
    pub traditional: usize,
    /// Characters that are simplified only.
    pub simplified: usize,
}

impl Signs {
    /// Looks at a text.
    pub fn of(text: &str, letters: &Letters) -> Self {
        let mut signs = Self::default();
        let mut before = ('\n', 0_u16);
        let mut before_that = ('\n', 0_u16);
        let mut unusual = 0_u32;
        let mut latin = 0_u32;
        for letter in text.chars() {
            let class = letters.of(letter);
            signs.classes |= class;
            if class & TRADITIONAL != 0 {
                signs.traditional += 1;
            } else if class & SIMPLIFIED != 0 {
                signs.simplified += 1;
            }
            if !letter.is_ascii() {
                let is_unusual = class & ODD != 0 || class & (HAN | COMMON) == HAN;
                unusual = (unusual << 1 | u32::from(is_unusual)) & ((1 << WINDOW) - 1);
                if is_unusual && unusual.count_ones() >= 2 {
                    signs.patterns |= UNUSUAL_PAIR;
                }
                if is_unusual && unusual.count_ones() >= DENSE_FROM {
                    signs.patterns |= DENSE;
                }
            }
            latin = if class & LATIN_1 == 0 { 0 } else { latin + 1 };
            if latin >= 4 {
                signs.patterns |= LATIN_RUN;
            }
            signs.patterns |= pattern(before_that, before, (letter, class));
            before_that = before;
            before = (letter, class);
        }
        // A mark at the end has only the one side.
        if before.1 & HALF_MARK != 0 && before_that.1 & HAN != 0 {
            signs.patterns |= MARK_BESIDE_HAN;
        }
        signs
    }

    /// Whether one of these classes is in it.
    pub fn has(&self, classes: u16) -> bool {
        self.classes & classes != 0
    }

    /// Whether one of these patterns is in it.
    pub fn shows(&self, patterns: u16) -> bool {
        self.patterns & patterns != 0
    }
}

/// What three characters in a row show.
fn pattern(first: (char, u16), second: (char, u16), third: (char, u16)) -> u16 {
    let is_han = |of: (char, u16)| of.1 & HAN != 0;
    let mut found = 0;
    if second.1 & HALF_MARK != 0 && (is_han(first) || is_han(third)) {
        found |= MARK_BESIDE_HAN;
    }
    if third.0 == '\u{fffd}' {
        found |= REPLACEMENT;
    }
    if second.0 == '?' && third.0 != ' ' && third.0 != '\n' {
        found |= QUESTION;
    }
    if is_han(first) && matches!(second.0, '(' | '（') && third.0.is_alphabetic() && !is_han(third) {
        found |= BRACKETED_LETTER;
    }
    if is_han(first) && is_han(third) {
        found |= match second.0 {
            '.' => DOT_BETWEEN_HAN,
            ' ' => SPACED,
            'a'..='z' | '_' | '@' | '[' | ']' | '^' | '`' | '{' | '|' | '}' | '~' => LONE_LETTER,
            _ => 0,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_damage() {
        let letters = Letters::new();
        let signs = |text: &str| Signs::of(text, &letters);
        assert_eq!(signs("党建引领园区发展，服务企业312家。").patterns, 0);
        for (text, pattern) in [
            ("党建,联盟", MARK_BESIDE_HAN),
            ("为什么?", MARK_BESIDE_HAN),
            ("党的组.织", DOT_BETWEEN_HAN),
            ("長(zhǎng)", BRACKETED_LETTER),
            ("活?；的", QUESTION),
            ("半p培", LONE_LETTER),
            ("棣栭〉缃戠珯", DENSE),
            ("党\u{fffd}", REPLACEMENT),
            ("µ³½¨", LATIN_RUN),
            ("党 的", SPACED),
        ] {
            assert!(signs(text).shows(pattern), "{text}");
        }
        assert!(!signs("发布App和APP，第3条(a)，12:30").shows(LONE_LETTER | DENSE | DOT_BETWEEN_HAN));
    }
}
