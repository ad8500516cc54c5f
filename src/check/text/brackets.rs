//! Brackets and quotation marks without their other half.

use super::letters::PAIR;
use super::words::{Origin, Page, Words};
use crate::diagnostic::{Diagnostic, rule};

const PAIRS: &[(char, char)] = &[
    ('“', '”'),
    ('‘', '’'),
    ('《', '》'),
    ('〈', '〉'),
    ('（', '）'),
    ('【', '】'),
    ('〔', '〕'),
    ('「', '」'),
    ('『', '』'),
];

/// Those that name works and documents: what is not closed there is nearly always lost text.
const TITLES: &str = "《》〔〕";

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let mut blocks = page.words.iter().peekable();
    while let Some(words) = blocks.next() {
        if !words.signs.has(PAIR) {
            continue;
        }
        let next = blocks
            .peek()
            .filter(|next| next.origin == Origin::Body && words.origin == Origin::Body);
        for (at, mark) in unpaired(page, words) {
            // A speech over several paragraphs is opened in each of them, and closed in the last.
            let goes_on = mark == '“' && next.is_some_and(|next| next.text().trim_start().starts_with('“'));
            if !goes_on {
                found.push(problem(words, at, mark));
            }
        }
    }
}

fn problem(words: &Words, at: usize, mark: char) -> Diagnostic {
    let other = PAIRS.iter().find_map(|(open, close)| match mark {
        mark if mark == *open => Some((*close, "后")),
        mark if mark == *close => Some((*open, "前")),
        _ => None,
    });
    let (other, side) = other.unwrap_or(match mark {
        '(' => (')', "后"),
        _ => ('(', "前"),
    });
    let rule = if TITLES.contains(mark) {
        rule::UNBALANCED_TITLE
    } else {
        rule::UNBALANCED_PAIR
    };
    words
        .problem(
            rule,
            at..at + mark.len_utf8(),
            format!("{mark} 不成对：{side}面缺 {other}"),
        )
        .help(format!("补上 {other}，附近的字要是不通顺，对照原稿看是不是丢了字"))
}

/// The marks of a block that have no other half.
fn unpaired(page: &Page<'_>, words: &Words) -> Vec<(usize, char)> {
    let text = words.text();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut alone = Vec::new();
    for (at, mark) in text
        .char_indices()
        .filter(|(_, letter)| page.letters.of(*letter) & PAIR != 0)
    {
        if is_something_else(page, text, (at, mark)) {
            continue;
        }
        let is_opening = mark == '(' || PAIRS.iter().any(|(open, _)| *open == mark);
        if is_opening {
            open.push((at, mark));
            continue;
        }
        match open.iter().rposition(|(_, opened)| closes(*opened, mark)) {
            Some(number) => {
                // What was opened inside and not closed there has lost its end.
                alone.extend(open.drain(number + 1..));
                open.pop();
            }
            None if is_number_of_item(&text[..at], mark) => {}
            None => alone.push((at, mark)),
        }
    }
    alone.extend(open);
    alone.sort_unstable();
    alone
}

fn closes(open: char, close: char) -> bool {
    match (open, close) {
        ('(' | '（', ')' | '）') => true,
        _ => PAIRS.contains(&(open, close)),
    }
}

/// An apostrophe, the sign for feet, a face, or a bracket in text that is not Chinese.
fn is_something_else(page: &Page<'_>, text: &str, (at, mark): (usize, char)) -> bool {
    let before = text[..at].chars().next_back().unwrap_or('\n');
    let after = text[at + mark.len_utf8()..].chars().next().unwrap_or('\n');
    match mark {
        '’' | '‘' => before.is_ascii_alphanumeric() || after.is_ascii_alphanumeric(),
        '(' | ')' => {
            let is_face = matches!(before, ':' | ';' | '-') || matches!(after, ':' | ';');
            is_face || !text.contains(|letter| page.letters.is_han(letter))
        }
        _ => false,
    }
}

/// `1）`, `一）`, `a)` before an item.
fn is_number_of_item(before: &str, mark: char) -> bool {
    if !matches!(mark, ')' | '）') {
        return false;
    }
    let is_number = |letter: char| letter.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(letter);
    let rest = before.trim_end_matches(is_number);
    let has_number = rest.len() < before.len() && before.len() - rest.len() <= 6;
    has_number && !rest.ends_with(|letter: char| letter.is_alphanumeric())
}
