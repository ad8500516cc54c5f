//! Words that were taken apart by dots or spaces so that no filter finds them.

use super::signs::{DOT_BETWEEN_HAN, SPACED};
use super::words::{Page, Words};
use crate::diagnostic::{Diagnostic, rule};
use crate::read::outline::prose::BlockKind;

/// So many gaps between single characters are no names or headings set wide.
const GAPS: usize = 3;

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for words in &page.words {
        if words.signs.shows(DOT_BETWEEN_HAN) {
            dots(page, words, found);
        }
        if words.signs.shows(SPACED) && !matches!(words.block.kind, BlockKind::Heading(_)) {
            spaces(page, words, found);
        }
    }
}

fn dots(page: &Page<'_>, words: &Words, found: &mut Vec<Diagnostic>) {
    let text = words.text();
    for (at, _) in text.match_indices('.') {
        let before = text[..at]
            .chars()
            .next_back()
            .filter(|letter| page.letters.is_han(*letter));
        let after = text[at + 1..]
            .chars()
            .next()
            .filter(|letter| page.letters.is_han(*letter));
        let (Some(before), Some(after)) = (before, after) else {
            continue;
        };
        // 一.总则 numbers a part.
        let numerals = text[..at].trim_end_matches(|letter| "一二三四五六七八九十".contains(letter));
        let is_number = numerals.len() < at && !numerals.ends_with(|letter| page.letters.is_han(letter));
        if is_number || page.is_escaped(words, at) {
            continue;
        }
        let diagnostic = words
            .problem(
                rule::SPLIT_TERM,
                at..at + 1,
                format!("“{before}”和“{after}”之间有一个小圆点，把词拆开了"),
            )
            .help("是一个词就删掉小圆点；是一句话的结尾就换成句号");
        found.push(words.propose(diagnostic, (at..at + 1, ["", "。"])));
    }
}

fn spaces(page: &Page<'_>, words: &Words, found: &mut Vec<Diagnostic>) {
    let text = words.text();
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let is_han = |at: usize| letters.get(at).is_some_and(|(_, letter)| page.letters.is_han(*letter));
    let is_gap = |at: usize| letters.get(at).is_some_and(|(_, letter)| *letter == ' ') && is_han(at + 1);
    let mut at = 0;
    while at < letters.len() {
        let mut gaps = 0;
        while is_han(at) && is_gap(at + 1 + 2 * gaps) {
            gaps += 1;
        }
        let last = at + 2 * gaps;
        if gaps >= GAPS {
            let range = letters[at].0..letters[last].0 + letters[last].1.len_utf8();
            let joined: String = text[range.clone()].chars().filter(|letter| *letter != ' ').collect();
            let diagnostic = words
                .problem(
                    rule::SPLIT_TERM,
                    range.clone(),
                    format!("“{joined}”被空格一个字一个字地拆开了"),
                )
                .help("删掉字与字之间的空格");
            found.push(words.propose(diagnostic, (range, [joined])));
        }
        at = last + 1;
    }
}
