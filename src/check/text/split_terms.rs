//! Words that were taken apart by dots or spaces so that no filter finds them (H21).

use super::signs::{DOT_BETWEEN_HAN, SPACED};
use super::words::{Page, Words};
use crate::diagnostic::{Diagnostic, rule};
use crate::read::outline::prose::BlockKind;

/// So many single characters with spaces between them are no names or headings set wide.
const SINGLES: usize = 4;

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
        let is_number = "一二三四五六七八九十".contains(before) && text[..at].chars().count() <= 3;
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
    let (mut start, mut count, mut at) = (0_usize, 0, 0_usize);
    for part in text.split(' ').chain(Some("")) {
        let mut letters = part.chars();
        let is_single = letters.next().is_some_and(|it| page.letters.is_han(it)) && letters.next().is_none();
        if is_single {
            if count == 0 {
                start = at;
            }
            count += 1;
        } else {
            if count >= SINGLES {
                let range = start..at - 1;
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
            count = 0;
        }
        at += part.len() + 1;
    }
}
