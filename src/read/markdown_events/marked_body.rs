//! The copy of a body that the parser reads instead of the body: with sentinels beside Chinese emphasis, and
//! with stand-ins for the stars of masks.

use std::ops::RangeInclusive;

use super::chinese_emphasis::sentinel_places;
use super::masks::masks;

/// Punctuation of scripts that are no longer written, every one punctuation to the parser and none
/// CJK. There are many so that one is left even for a page about such a script.
const SENTINELS: [RangeInclusive<char>; 6] = [
    '\u{10A7F}'..='\u{10A7F}', // Old South Arabian
    '\u{10A50}'..='\u{10A58}', // Kharoshthi
    '\u{10AF0}'..='\u{10AF6}', // Manichaean
    '\u{10B39}'..='\u{10B3F}', // Avestan
    '\u{10B99}'..='\u{10B9C}', // Psalter Pahlavi
    '\u{12470}'..='\u{12474}', // Cuneiform
];

/// Characters that stand for a star without being one. Each is one byte, as a star is, so that no place moves;
/// and none means anything to the parser.
const STAND_INS: RangeInclusive<char> = '\u{1}'..='\u{8}';

/// A body with sentinels and stand-ins, for the parser to read, and what is needed to take them out again.
#[derive(Debug)]
pub(super) struct MarkedBody<'body> {
    pub(super) body: &'body str,
    pub(super) text: String,
    pub(super) sentinel: char,
    /// What stands for the star of a mask, where there is a mask.
    pub(super) stand_in: Option<char>,
    /// Where the sentinels begin in `text`, ascending.
    pub(super) sentinel_starts: Vec<usize>,
}

impl<'body> MarkedBody<'body> {
    /// The body with its sentinels and stand-ins, or nothing if it needs none.
    ///
    /// Where the body uses every single character that could serve as one, it is read by the rules of plain
    /// `CommonMark`.
    pub(super) fn new(body: &'body str) -> Option<Self> {
        let covered = Covered::new(body);
        let places = sentinel_places(body);
        if places.is_empty() && covered.is_none() {
            return None;
        }
        let sentinel = unused(SENTINELS.into_iter().flatten(), body)?;
        let (before, stand_in) = match &covered {
            None => (body, None),
            Some(covered) => (covered.text.as_str(), Some(covered.stand_in)),
        };
        let mut text = String::with_capacity(body.len() + places.len() * sentinel.len_utf8());
        let mut sentinel_starts = Vec::with_capacity(places.len());
        let mut copied = 0;
        for place in places {
            text.push_str(&before[copied..place]);
            sentinel_starts.push(text.len());
            text.push(sentinel);
            copied = place;
        }
        text.push_str(&before[copied..]);
        Some(Self {
            body,
            text,
            sentinel,
            stand_in,
            sentinel_starts,
        })
    }

    /// What the parser is to read.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A string that the parser made, as it would have made it of the body.
    pub(super) fn restored(&self, string: &str) -> Option<String> {
        let stand_in = self.stand_in.filter(|stand_in| string.contains(*stand_in));
        if stand_in.is_none() && !string.contains(self.sentinel) {
            return None;
        }
        let string = string.replace(self.sentinel, "");
        Some(match stand_in {
            None => string,
            Some(stand_in) => string.replace(stand_in, "*"),
        })
    }
}

/// A body whose masks have no stars; of the same length, byte for byte.
struct Covered {
    text: String,
    stand_in: char,
}

impl Covered {
    fn new(body: &str) -> Option<Self> {
        let mut text = String::new();
        let mut stand_in = None;
        let mut copied = 0;
        for mask in masks(body) {
            let stand_in = *stand_in.get_or_insert(unused(STAND_INS, body)?);
            text.push_str(&body[copied..mask.start]);
            text.extend(std::iter::repeat_n(stand_in, mask.len()));
            copied = mask.end;
        }
        let stand_in = stand_in?;
        text.push_str(&body[copied..]);
        Some(Self { text, stand_in })
    }
}

/// A character that the body holds neither as it stands nor as a numeric reference (`&#68223;`).
fn unused(mut candidates: impl Iterator<Item = char>, body: &str) -> Option<char> {
    candidates.find(|&candidate| !body.contains(candidate) && !has_numeric_reference(body, candidate))
}

fn has_numeric_reference(body: &str, wanted: char) -> bool {
    // Hardly any body holds a reference at all, and this is found out fastest.
    body.contains('&')
        && body.match_indices("&#").any(|(start, prefix)| {
            referenced_number(&body.as_bytes()[start + prefix.len()..]) == Some(u32::from(wanted))
        })
}

/// The number of a reference, given what follows its `&#`.
fn referenced_number(rest: &[u8]) -> Option<u32> {
    let (digits, radix) = match rest {
        [b'x' | b'X', hexadecimal @ ..] => (hexadecimal, 16),
        decimal => (decimal, 10),
    };
    // The parser accepts at most seven digits.
    let end = digits.iter().take(8).position(|&byte| byte == b';')?;
    let digits = std::str::from_utf8(&digits[..end]).ok()?;
    u32::from_str_radix(digits, radix).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::markdown_events::chinese_characters::{is_cjk, is_punctuation};

    #[test]
    fn every_sentinel_is_punctuation_to_the_parser_and_not_chinese() {
        for sentinel in SENTINELS.into_iter().flatten() {
            assert!(is_punctuation(sentinel), "{sentinel:?}");
            assert!(!is_cjk(sentinel), "{sentinel:?}");
        }
    }

    #[test]
    fn the_sentinel_is_one_that_the_body_does_not_hold() {
        let sentinel = |rest: &str| MarkedBody::new(&format!("党*《{rest}")).map(|marked| marked.sentinel);
        assert_eq!(sentinel(""), Some('\u{10A7F}'));
        assert_eq!(sentinel("&amp; &# &#x; &#xyz; &#99999999;"), Some('\u{10A7F}'));
        for taken in ["\u{10A7F}", "&#x10a7f;", "&#X010A7F;", "&#68223;", "&#0068223;"] {
            assert_eq!(sentinel(taken), Some('\u{10A50}'), "{taken}");
        }
        let every_one: String = SENTINELS.into_iter().flatten().collect();
        assert_eq!(sentinel(&every_one), None);
    }

    #[test]
    fn the_stand_in_is_one_that_the_body_does_not_hold() {
        let text = |body: &str| MarkedBody::new(body).map(|marked| marked.text);
        assert_eq!(text("138****1234").as_deref(), Some("138\u{1}\u{1}\u{1}\u{1}1234"));
        assert_eq!(text("1***2 &#1;").as_deref(), Some("1\u{2}\u{2}\u{2}2 &#1;"));
        let every_one: String = STAND_INS.collect();
        assert_eq!(text(&format!("1***2{every_one}")), None);
    }
}
