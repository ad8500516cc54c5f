//! Figures in sentences that do not add up.

use std::ops::Range;

use super::letters::DIGIT;
use super::words::{Page, Words};
use crate::diagnostic::{Diagnostic, rule};

/// Words before a number, or behind it, that say that it is not exact.
const BEFORE: &str = "约近超逾过";
const BEHIND: &str = "余多几";

/// Rates of which nothing can be more than all.
const RATES: &[&str] = &[
    "覆盖率",
    "办结率",
    "满意率",
    "满意度",
    "参与率",
    "出席率",
    "到会率",
    "合格率",
    "占比",
    "比重",
    "知晓率",
    "入住率",
    "回复率",
    "解决率",
    "达标率",
];

/// What no measure word for persons goes with.
const INSTITUTIONS: &[&str] = &[
    "企业",
    "公司",
    "高校",
    "院所",
    "科研院所",
    "研究所",
    "单位",
    "机构",
    "党支部",
    "党组织",
    "园区",
    "学校",
    "医院",
];

/// Parts that are less than the whole may be all that is worth telling. So near to it they are meant to be all.
const NEARLY_ALL: f64 = 0.9;

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq)]
struct Count {
    /// Where the number stands.
    range: Range<usize>,
    value: f64,
    /// The character behind it; 人 and 名 and 位 are one.
    unit: Option<char>,
    is_exact: bool,
}

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for words in page.words.iter().filter(|words| words.signs.has(DIGIT)) {
        let text = words.text();
        if text.contains("其中") {
            sums(words, found);
        }
        if text.contains(['%', '％']) {
            percentages(words, found);
        }
        if text.contains(['名', '位']) {
            measure_words(words, found);
        }
    }
}

/// The sentences of a text with the place where each begins.
fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive(['。', '；', '！', '？', '\n'])
        .map(move |sentence| {
            let at = start;
            start += sentence.len();
            (at, sentence)
        })
}

fn counts(text: &str) -> Vec<Count> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let is_of_number = |at: usize| {
            let next_is_digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            bytes[at].is_ascii_digit() || (matches!(bytes[at], b',' | b'.') && next_is_digit)
        };
        let start = at;
        while at < bytes.len() && is_of_number(at) {
            at += 1;
        }
        let number: String = text[start..at].chars().filter(|letter| *letter != ',').collect();
        let mut behind = text[at..].trim_start_matches(' ').chars();
        let mut next = behind.next();
        let mut value: f64 = number.parse().unwrap_or(f64::NAN);
        let mut is_exact = !text[..start].trim_end().ends_with(|letter| BEFORE.contains(letter));
        for (letter, times) in [('万', 1e4), ('亿', 1e8)] {
            if next == Some(letter) {
                value *= times;
                next = behind.next();
            }
        }
        if next.is_some_and(|next| BEHIND.contains(next)) {
            is_exact = false;
            next = behind.next();
        }
        // A Latin letter before it makes it a name: A3, G60.
        let is_name = text[..start].ends_with(|letter: char| letter.is_ascii_alphabetic() || letter == '-');
        if value.is_finite() && !is_name {
            found.push(Count {
                range: start..at,
                value,
                unit: next.map(|unit| if matches!(unit, '名' | '位') { '人' } else { unit }),
                is_exact,
            });
        }
    }
    found
}

/// `共 12 家，其中甲 1 家、乙 3 家、丙 11 家`
fn sums(words: &Words, found: &mut Vec<Diagnostic>) {
    for (start, sentence) in sentences(words.text()) {
        let Some(at) = sentence.find("其中") else { continue };
        let (before, after) = sentence.split_at(at);
        let Some(whole) = counts(before).pop() else { continue };
        // What is counted must be the last that was said before.
        let gap = &before[whole.range.end..];
        let is_counted =
            |unit: &char| unit.is_alphabetic() && !matches!(unit, '年' | '月' | '日' | '号' | '期' | '分' | '点');
        let Some(unit) = whole.unit.filter(is_counted) else {
            continue;
        };
        if gap.chars().count() > 24 || !whole.is_exact {
            continue;
        }
        let parts: Vec<Count> = counts(after)
            .into_iter()
            .take_while(|part| part.unit == Some(unit))
            .collect();
        let others = counts(after).len() - parts.len();
        if parts.len() < 2 || others > 0 || parts.iter().any(|part| !part.is_exact) || is_nested(after) {
            continue;
        }
        let sum: f64 = parts.iter().map(|part| part.value).sum();
        let is_short = parts.len() >= 3 && sum >= whole.value * NEARLY_ALL;
        let is_wrong = sum > whole.value + 1e-6 || (is_short && sum < whole.value - 1e-6);
        if !is_wrong {
            continue;
        }
        let terms: Vec<String> = parts.iter().map(|part| shown(part.value)).collect();
        let sign = if sum > whole.value { "大于" } else { "小于" };
        let message = format!(
            "分项加起来和总数不符：{} = {}，{sign}总数 {}",
            terms.join(" + "),
            shown(sum),
            shown(whole.value)
        );
        let range = start + whole.range.start..start + whole.range.end;
        let mut diagnostic = words
            .problem(rule::FIGURES_SUM, range, message)
            .label("总数")
            .help("核对每个数；有的一家算进几项里，就把“其中”改成“按级别分”之类，并说明有重复");
        for part in &parts {
            let range = start + at + part.range.start..start + at + part.range.end;
            diagnostic = diagnostic.related(words.block.span(range), "分项");
        }
        found.push(diagnostic);
    }
}

/// Parts of parts: their sum says nothing.
fn is_nested(after: &str) -> bool {
    after.matches("其中").count() > 1 || after.contains(['（', '(']) || after.contains("比") || after.contains("增")
}

fn shown(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    crate::kind::figure::number_text(rounded)
}

fn percentages(words: &Words, found: &mut Vec<Diagnostic>) {
    let text = words.text();
    let percents: Vec<Count> = counts(text)
        .into_iter()
        .filter(|count| text[count.range.end..].trim_start().starts_with(['%', '％']))
        .collect();
    for percent in percents.iter().filter(|percent| percent.value > 100.0) {
        let before =
            text[..percent.range.start].trim_end_matches(|letter: char| "达到为是约至的：: 高升提了".contains(letter));
        if let Some(rate) = RATES.iter().find(|rate| before.ends_with(*rate)) {
            let range = percent.range.clone();
            let message = format!("{rate} {}% 超过了 100%", shown(percent.value));
            let help = "核对这个数：也许是小数点的位置错了，也许说的是增长而不是比例";
            found.push(words.problem(rule::PERCENTAGE, range, message).help(help));
        }
    }
    for (start, sentence) in sentences(text) {
        let Some(at) = ["分别占", "占比分别", "比重分别", "比例分别"]
            .iter()
            .find_map(|word| sentence.find(word))
        else {
            continue;
        };
        let mut of_parts: Vec<&Count> = Vec::new();
        for percent in percents.iter().filter(|percent| percent.range.start >= start + at) {
            // One after the other, with nothing but marks between them.
            let is_next = of_parts.last().is_none_or(|last| {
                let between = text[last.range.end..percent.range.start].trim_start_matches(['%', '％']);
                between.chars().all(|letter| "、，和及与 ".contains(letter))
            });
            if percent.range.end > start + sentence.len() || !is_next || !percent.is_exact {
                break;
            }
            of_parts.push(percent);
        }
        let sum: f64 = of_parts.iter().map(|percent| percent.value).sum();
        // Each may have been rounded up.
        if of_parts.len() >= 2 && sum > 100.0 + of_parts.iter().map(|_| 0.5).sum::<f64>() {
            let terms: Vec<String> = of_parts
                .iter()
                .map(|percent| format!("{}%", shown(percent.value)))
                .collect();
            let message = format!("各部分加起来超过 100%：{} = {}%", terms.join(" + "), shown(sum));
            let range = of_parts[0].range.start..of_parts[of_parts.len() - 1].range.end;
            let help = "核对每个数；各项有重叠的话，不要写“分别占”，分开说";
            found.push(words.problem(rule::PERCENTAGE, range, message).help(help));
        }
    }
}

/// `46 位院所`
fn measure_words(words: &Words, found: &mut Vec<Diagnostic>) {
    let text = words.text();
    for count in counts(text) {
        let behind =
            text[count.range.end..].trim_start_matches(|letter: char| letter == ' ' || BEHIND.contains(letter));
        let Some(word) = behind.chars().next().filter(|word| matches!(word, '名' | '位')) else {
            continue;
        };
        let rest = &behind[word.len_utf8()..];
        let institution = INSTITUTIONS.iter().find(|name| {
            let after = rest.strip_prefix(*name).map(|after| after.chars().next());
            after.is_some_and(|next| next.is_none_or(|next| "。，、；！？\n".contains(next)))
        });
        let Some(institution) = institution else { continue };
        let at = text.len() - behind.len();
        let range = at..at + word.len_utf8();
        let message = format!("“{institution}”不论“{word}”：{word}是数人的");
        let diagnostic = words
            .problem(rule::MEASURE_WORD, range.clone(), message)
            .help("数单位用“家”或“个”；数的要是人，写明是什么人");
        found.push(words.propose(diagnostic, (range, ["家", "个"])));
    }
}
