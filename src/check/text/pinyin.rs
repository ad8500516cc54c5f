//! Pinyin that a machine wrote behind characters, and what is left of it.

use std::ops::Range;

use super::letters::{COMMON, HAN};
use super::signs::{BRACKETED_LETTER, QUESTION};
use super::words::{Page, Words};
use crate::diagnostic::{Diagnostic, rule};

/// More than this many on one page are no glosses.
const GLOSSES: usize = 3;
/// The longest syllable is `zhuang`.
const LONGEST: usize = 6;
const TONES: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ";

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let mut places: Vec<(&Words, Vec<Range<usize>>)> = Vec::new();
    for words in &page.words {
        if words.signs.shows(BRACKETED_LETTER) {
            let brackets = brackets(page, words.text());
            if !brackets.is_empty() {
                places.push((words, brackets));
            }
        }
        if words.signs.shows(QUESTION) {
            tails(words, found);
        }
    }
    let count: usize = places.iter().map(|(_, brackets)| brackets.len()).sum();
    for (words, brackets) in places {
        for range in brackets {
            found.extend(if count > GLOSSES {
                Some(residue(words, range, count))
            } else {
                gloss(page, words, range)
            });
        }
    }
}

fn residue(words: &Words, range: Range<usize>, count: usize) -> Diagnostic {
    let shown = &words.text()[range.clone()];
    let message = format!("字后面带着拼音“{shown}”，这一页共有 {count} 处");
    let diagnostic = words
        .problem(rule::PINYIN_RESIDUE, range.clone(), message)
        .help("删掉括号和里面的拼音；hongtu fix 可以一次全部删掉");
    words.mend(diagnostic, range, "")
}

/// A single one may be meant; on a usual character it hardly is.
fn gloss(page: &Page<'_>, words: &Words, range: Range<usize>) -> Option<Diagnostic> {
    let text = words.text();
    let base = text[..range.start].chars().next_back()?;
    if page.letters.of(base) & (HAN | COMMON) != HAN | COMMON {
        return None;
    }
    let bracketed = &text[range.clone()];
    let syllable = bracketed.trim_matches(['(', ')', '（', '）']);
    let whole = range.start - base.len_utf8()..range.end;
    let diagnostic = words
        .problem(
            rule::PINYIN_GLOSS,
            range,
            format!("“{base}”字后面带着拼音“{bracketed}”"),
        )
        .help("是转换时留下的就删掉；真要注音，用 <ruby> 写在字的上面");
    let ruby = format!("<ruby>{base}<rt>{syllable}</rt></ruby>");
    Some(words.propose(diagnostic, (whole, [base.to_string(), ruby])))
}

/// Brackets with a syllable behind a Chinese character: with a tone mark, or several in a row.
fn brackets(page: &Page<'_>, text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut is_toned = Vec::new();
    for (at, open) in text.match_indices(['(', '（']) {
        let is_behind_han = text[..at].chars().next_back().is_some_and(|it| page.letters.is_han(it));
        let is_stacked = found.last().is_some_and(|last| last.end == at);
        let Some(length) = syllable(&text[at + open.len()..]).filter(|_| is_behind_han || is_stacked) else {
            continue;
        };
        let inside = &text[at + open.len()..at + open.len() + length];
        let rest = &text[at + open.len() + length..];
        let Some(close) = rest.chars().next().filter(|close| matches!(close, ')' | '）')) else {
            continue;
        };
        let end = text.len() - rest.len() + close.len_utf8();
        let has_tone = inside.contains(|letter| TONES.contains(letter));
        if is_stacked {
            // All of a stack go or stay together.
            if let (Some(last), Some(toned)) = (found.last_mut(), is_toned.last_mut()) {
                *toned = *toned || has_tone || text[last.clone()].contains(inside);
                last.end = end;
            }
        } else {
            found.push(at..end);
            is_toned.push(has_tone);
        }
    }
    let kept = found.into_iter().zip(is_toned).filter(|(_, is_toned)| *is_toned);
    kept.map(|(range, _)| range).collect()
}

/// The length of a syllable at the beginning of a text.
fn syllable(text: &str) -> Option<usize> {
    let is_of_it = |letter: char| letter.is_ascii_lowercase() || letter == 'ü' || TONES.contains(letter);
    let letters: Vec<char> = text
        .chars()
        .take_while(|letter| is_of_it(*letter))
        .take(LONGEST + 1)
        .collect();
    (1..=LONGEST)
        .contains(&letters.len())
        .then(|| letters.iter().map(|letter| letter.len_utf8()).sum())
}

/// `?` and a syllable and `)`, without the bracket before it.
fn tails(words: &Words, found: &mut Vec<Diagnostic>) {
    let text = words.text();
    for (at, _) in text.match_indices('?') {
        let Some(length) = syllable(&text[at + 1..]) else {
            continue;
        };
        let end = at + 1 + length + 1;
        let is_behind_ascii = text[..at].ends_with(|letter: char| letter.is_ascii_alphanumeric());
        if !text[at + 1 + length..].starts_with(')') || is_behind_ascii || text[..at].contains('(') {
            continue;
        }
        let shown = &text[at..end];
        let diagnostic = words
            .problem(
                rule::PINYIN_TAIL,
                at..end,
                format!("“{shown}”是半截拼音，前面的字已经坏了"),
            )
            .help("对照原稿补上坏掉的字，再删掉这半截拼音");
        found.push(diagnostic);
    }
}
