//! Letters and figures of full width, and spaces of full width that indent paragraphs: what input methods and
//! office programs leave.

use std::ops::Range;

use super::letters::FULL_WIDTH;
use super::words::{Origin, Page, Words, and_more, mend_together};
use crate::diagnostic::{Diagnostic, rule};

/// The space that is as wide as a Chinese character.
const WIDE_SPACE: char = '\u{3000}';

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for words in &page.words {
        if words.signs.has(FULL_WIDTH) {
            letters_and_figures(page, words, found);
        }
        if words.origin == Origin::Body && words.text().starts_with(WIDE_SPACE) {
            found.push(indent(words));
        }
    }
}

fn letters_and_figures(page: &Page<'_>, words: &Words, found: &mut Vec<Diagnostic>) {
    let runs = runs(words.text());
    let Some((first, usual)) = runs.first() else { return };
    let and_more = and_more("这一段", runs.len());
    let message = format!("“{}”是全角的，应当写“{usual}”{and_more}", &words.text()[first.clone()]);
    let diagnostic = words
        .problem(rule::FULL_WIDTH, first.clone(), message)
        .help("字母和数字用半角，搜索才找得到；hongtu fix 可以一次换好");
    found.push(mend_together(page, words, diagnostic, &runs));
}

/// Letters and figures in a row with their usual forms. Points and signs of percent between or behind figures
/// belong to them.
fn runs(text: &str) -> Vec<(Range<usize>, String)> {
    let mut runs: Vec<(Range<usize>, String)> = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let open = runs.last_mut().filter(|(range, _)| range.end == at);
        let is_next_figure = letters.peek().is_some_and(|(_, next)| matches!(next, '０'..='９'));
        let end = at + letter.len_utf8();
        match (half(letter), open) {
            (Some(usual), Some((range, text))) => {
                range.end = end;
                text.push(usual);
            }
            (Some(usual), None) => runs.push((at..end, usual.to_string())),
            (None, Some((range, text))) if text.ends_with(|last: char| last.is_ascii_digit()) => {
                let usual = match letter {
                    '％' => '%',
                    '．' if is_next_figure => '.',
                    _ => continue,
                };
                range.end = end;
                text.push(usual);
            }
            (None, _) => {}
        }
    }
    runs
}

/// The usual form of a letter or figure of full width.
fn half(letter: char) -> Option<char> {
    match letter {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(letter) - 0xfee0),
        _ => None,
    }
}

fn indent(words: &Words) -> Diagnostic {
    let text = words.text();
    let length = text.len() - text.trim_start_matches([WIDE_SPACE, ' ']).len();
    let diagnostic = words
        .problem(rule::INDENT, 0..length, "这一段开头有全角空格，和别的段落对不齐")
        .help("删掉，段落怎么排由主题决定；hongtu fix 可以一次删好");
    words.mend(diagnostic, 0..length, "")
}
