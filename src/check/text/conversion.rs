//! Characters that a conversion between the scripts got wrong: one simplified character stands for
//! several traditional ones, and a table that knows no words takes the first.

use std::collections::BTreeMap;
use std::ops::Range;

use hanconv::RawDictionary;

use super::letters::{HAN, SIMPLIFIED, only_letter};
use super::words::{Page, Words};
use crate::diagnostic::{Diagnostic, rule};

/// Words of a simplified text in which a character of the traditional script was left, and what is right.
/// Each: the character, the right one, and the words or names in which it is right as it is.
const LEFT_OVER: &[(char, char, &[&str])] = &[
    ('於', '于', &["於陵", "於潜", "於菟", "樊於期"]),
    (
        '乾',
        '干',
        &[
            "乾坤", "乾隆", "乾县", "乾陵", "乾清", "乾元", "乾安", "乾卦", "乾嘉", "乾照", "乾德", "朝乾", "乾行",
            "乾道",
        ],
    ),
    ('馀', '余', &["馀干"]),
    ('麽', '么', &["幺麽"]),
    ('徵', '征', &["宫商角徵", "魏徵", "徵羽"]),
];

/// Characters of a traditional text that are right in both forms often enough.
const EITHER: &str = "群峰峯床衆众麼么線线裏裡啟啓為爲台臺污汙游遊布佈占佔托託采採並并說説產産眞真溫温";

/// Surnames that a table would convert: 于某某, 范某某, 余某某.
const SURNAMES: &str = "于范余谷姜郁岳涂沈曲丑后向种仇";
/// Places that a table that knows no words would convert.
const PLACES: &[&str] = &[
    "余杭", "余姚", "余干", "台江", "天台", "台州", "里水", "松江", "于都", "于洪", "范县", "后海", "岳阳", "涂山",
];

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let traditional = page.traditional();
    let simplified = page.simplified();
    if traditional > simplified {
        if traditional > 8 {
            in_traditional(page, found);
        }
        return;
    }
    for words in page
        .words
        .iter()
        .filter(|words| words.signs.traditional <= words.signs.simplified)
    {
        for (letter, right, names) in LEFT_OVER {
            if words.text().contains(*letter) {
                left_over(words, (*letter, *right, names), found);
            }
        }
    }
}

fn left_over(words: &Words, (letter, right, names): (char, char, &[&str]), found: &mut Vec<Diagnostic>) {
    let text = words.text();
    for (at, shown) in text.match_indices(letter) {
        let is_in_name = names.iter().any(|name| {
            let place = name.find(letter).unwrap_or(0);
            at.checked_sub(place)
                .and_then(|start| text.get(start..))
                .is_some_and(|rest| rest.starts_with(name))
        });
        if is_in_name {
            continue;
        }
        let range = at..at + shown.len();
        let diagnostic = words
            .problem(
                rule::WRONG_CONVERSION,
                range.clone(),
                format!("“{shown}”多半是转换简繁时留下的，应当写“{right}”"),
            )
            .help(format!("换成“{right}”；是姓氏、地名的话不用改"));
        found.push(words.propose(diagnostic, (range, [right.to_string()])));
    }
}

/// A traditional text should be what comes of its simplified form, read by words.
fn in_traditional(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let variants = variants();
    let of = |letter: char| variants.get(&letter).copied().unwrap_or(letter);
    for words in page.words.iter().filter(|words| words.signs.traditional > 0) {
        let text = words.text();
        let expected = hanconv::s2t(hanconv::t2s(text));
        if text.chars().count() != expected.chars().count() {
            continue;
        }
        let mut parts: Vec<(Range<usize>, char)> = Vec::new();
        for ((at, letter), right) in text.char_indices().zip(expected.chars()) {
            let is_same = of(letter) == of(right) || EITHER.contains(letter);
            // What is simplified only was never converted.
            let is_converted = page.letters.of(letter) & (HAN | SIMPLIFIED) == HAN;
            if !is_same && is_converted && !is_guarded(text, at) {
                parts.push((at..at + letter.len_utf8(), right));
            }
        }
        for (range, right) in parts {
            let shown = &text[range.clone()];
            let message = format!("“{shown}”在这里多半应当是“{right}”：简繁转换时一个字对了几个字");
            let diagnostic = words
                .problem(rule::WRONG_CONVERSION, range.clone(), message)
                .help("按词义改；是姓氏、地名的话不用改");
            found.push(words.propose(diagnostic, (range, [right.to_string()])));
        }
    }
}

/// Forms of one character that Taiwan or Hong Kong prefer, as one.
fn variants() -> BTreeMap<char, char> {
    let tables = RawDictionary::TWVariants.iter().chain(RawDictionary::HKVariants.iter());
    tables
        .filter_map(|(from, to)| Some((only_letter(from)?, only_letter(to)?)))
        .collect()
}

/// Whether a character is part of a place's name, or a surname before a given name.
fn is_guarded(text: &str, at: usize) -> bool {
    let in_place = PLACES.iter().any(|place| {
        place.char_indices().any(|(offset, _)| {
            at.checked_sub(offset)
                .and_then(|start| text.get(start..))
                .is_some_and(|rest| rest.starts_with(place))
        })
    });
    let mut rest = text[at..].chars();
    let is_surname = rest.next().is_some_and(|letter| SURNAMES.contains(letter));
    let before = text[..at].chars().next_back();
    // A name stands at a beginning, behind a mark or behind a title.
    let begins = before.is_none_or(|before| !before.is_alphanumeric() || "长記书書任員员理师師".contains(before));
    in_place || (is_surname && begins)
}
