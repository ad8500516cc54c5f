//! Half-width marks in Chinese text.
//!
//! Never by NFKC, which would take ㎡ and ① apart as well: only these marks, and only where a Chinese
//! character stands on one side.

use std::ops::Range;

use super::letters::HALF_MARK;
use super::signs::MARK_BESIDE_HAN;
use super::words::{Origin, Page, Words, and_more, mend_together};
use crate::diagnostic::{Diagnostic, rule};

/// Keys with numbers and signs in them that no text is made of.
const SHORT_KEYS: &[&str] = &["unit", "region", "role", "tier", "category", "type"];

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for words in page.words.iter().filter(|words| words.signs.shows(MARK_BESIDE_HAN)) {
        if matches!(words.origin, Origin::Key(name) if SHORT_KEYS.contains(&name)) {
            continue;
        }
        let parts = narrow_marks(page, words);
        let Some((first, wide)) = parts.first() else { continue };
        let shown = &words.text()[first.start..=first.start];
        let and_more = and_more("这一段", parts.len());
        let message = format!("中文里用了半角的“{shown}”{and_more}");
        let diagnostic = words
            .problem(rule::HALF_WIDTH, first.clone(), message)
            .help(format!("换成全角的“{wide}”；hongtu fix 可以一次换好"));
        found.push(mend_together(page, words, diagnostic, &parts));
    }
}

/// Each mark with the space behind it, and its full-width form.
fn narrow_marks(page: &Page<'_>, words: &Words) -> Vec<(Range<usize>, String)> {
    let text = words.text();
    let brackets = brackets(page, text);
    let mut parts = Vec::new();
    for (at, mark) in text
        .char_indices()
        .filter(|(_, letter)| page.letters.of(*letter) & HALF_MARK != 0)
    {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        let is_wide = match mark {
            '(' | ')' => brackets.contains(&at),
            _ => is_chinese_mark(page, (before, mark, after)),
        };
        if !is_wide || page.is_escaped(words, at) || is_in_address(text, at) || ends_entity(&text[..at], mark) {
            continue;
        }
        let full = wide(mark);
        // The space belongs to the narrow mark.
        let has_space = mark != '(' && after == Some(' ') && !text[at + 1..].starts_with("  ");
        let end = at + 1 + usize::from(has_space);
        parts.push((at..end, full.to_string()));
    }
    parts
}

/// The full-width form of a mark.
pub fn wide(mark: char) -> char {
    char::from_u32(u32::from(mark) + 0xfee0).unwrap_or(mark)
}

fn is_chinese_mark(page: &Page<'_>, (before, mark, after): (Option<char>, char, Option<char>)) -> bool {
    let is_han = |side: Option<char>| side.is_some_and(|side| page.letters.is_han(side) || "”》）】".contains(side));
    let is_digit = |side: Option<char>| side.is_some_and(|side| side.is_ascii_digit());
    match mark {
        // 9:00, 1:50, 1,000 have digits on both sides; `Q1:` and `APP:` belong to what follows.
        ':' | ',' if is_digit(before) && is_digit(after) => false,
        '?' | '!' => is_han(before),
        // A face.
        ':' | ';' if matches!(after, Some(')' | '(' | '-')) => false,
        ':' if after == Some('/') => false,
        _ => is_han(before) || is_han(after),
    }
}

/// Brackets with Chinese in them, or Chinese before and behind them; not those around Latin words alone.
fn brackets(page: &Page<'_>, text: &str) -> Vec<usize> {
    let mut open = Vec::new();
    let mut found = Vec::new();
    for (at, mark) in text.char_indices() {
        match mark {
            '(' => open.push(at),
            ')' => {
                let Some(start) = open.pop() else { continue };
                if text[start..at].contains(|letter| page.letters.is_han(letter)) {
                    found.extend([start, at]);
                }
            }
            '（' => open.push(usize::MAX),
            '）' => {
                // A narrow bracket that a wide one closes.
                if let Some(start) = open.pop().filter(|start| *start != usize::MAX) {
                    found.push(start);
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether a mark ends the name of a character: `&nbsp;`.
fn ends_entity(before: &str, mark: char) -> bool {
    let name = before.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '#');
    mark == ';' && (name.ends_with('&') || name.ends_with("&amp;"))
}

/// Whether a mark stands in an address of the web or of mail that is written as text.
fn is_in_address(text: &str, at: usize) -> bool {
    let is_of_it = |letter: char| letter.is_ascii() && !letter.is_whitespace();
    let start = text[..at].rfind(|letter| !is_of_it(letter)).map_or(0, |place| {
        place + text[place..].chars().next().map_or(0, char::len_utf8)
    });
    let before = &text[start..at];
    let has_more = text[at + 1..].starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '/');
    (before.contains("://") || before.starts_with("www.")) && has_more
}
