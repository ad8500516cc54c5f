//! 今年, 近日: words that mean another day for everyone who reads them later.

use super::words::{Origin, Page, and_more};
use crate::diagnostic::rule;
use crate::schema::date::Date;

/// 目前 and 近年来 are not among them: they stand in every second text, and say little either way. Nor are
/// 明天 and 上月, which mostly tell how something goes on, whatever the day.
const WORDS: &[&str] = &["今年", "明年", "去年", "本年度", "近日", "日前", "昨日"];

/// What some of the words are part of without meaning a time.
const OTHER_WORDS: &[&str] = &[
    "近日点",
    "当今年",
    "至今年",
    "明年份",
    "明年度",
    "日前后",
    "每日前",
    "工作日前",
    "个日前",
    "次日前",
    "当日前",
    "生日前",
    "节日前",
];

/// So many days readers still know what is meant.
const STILL_CLEAR: i64 = 180;

pub(super) fn check(page: &Page<'_>, found: &mut Vec<crate::diagnostic::Diagnostic>) {
    let age = page
        .entry
        .common
        .date
        .map(|date| day_number(page.library.as_of) - day_number(date));
    if age.is_some_and(|age| age <= STILL_CLEAR) {
        return;
    }
    let mut first = None;
    let mut count = 0;
    for words in page.words.iter().filter(|words| is_told(words.origin)) {
        let text = words.text();
        for (at, word) in WORDS.iter().flat_map(|word| text.match_indices(word)) {
            let is_other = OTHER_WORDS.iter().any(|other| {
                let inside = other.find(word).unwrap_or(0);
                at.checked_sub(inside)
                    .and_then(|start| text.get(start..))
                    .is_some_and(|rest| rest.starts_with(other))
            });
            // “2024年……去年” says which year is meant.
            if !is_other && !names_a_year(&text[..at]) && !is_quoted(&text[..at]) {
                count += 1;
                let is_earlier = |(_, earlier, _): &(_, usize, _)| at < *earlier;
                let is_same = |(one, _, _): &(&super::words::Words, _, _)| std::ptr::eq(*one, words);
                if first.as_ref().is_none_or(|first| is_same(first) && is_earlier(first)) {
                    first = Some((words, at, word));
                }
            }
        }
    }
    let Some((words, at, word)) = first else { return };
    let and_more = and_more("这一页", count);
    let message = match age {
        Some(_) => format!("“{word}”是哪一天，半年以后的读者看不出来{and_more}"),
        None => format!("“{word}”说不清是哪一天：这一页没有日期{and_more}"),
    };
    let help = match page.entry.common.date {
        Some(date) => format!("写出年份或日期；这一篇是{}年{}月的", date.year, date.month),
        None => "写出年份或日期，或者在抬头里写上日期".to_owned(),
    };
    found.push(
        words
            .problem(rule::RELATIVE_TIME, at..at + word.len(), message)
            .help(help),
    );
}

/// Names and captions are no telling.
fn is_told(origin: Origin) -> bool {
    matches!(origin, Origin::Body | Origin::Key("summary" | "description" | "title"))
}

/// Whether an absolute year stands in a text.
fn names_a_year(text: &str) -> bool {
    text.match_indices('年').any(|(at, _)| {
        let before = &text[..at];
        let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        digits == 4 || before.ends_with(|letter: char| "〇一二三四五六七八九".contains(letter)) && before.contains('〇')
    })
}

/// Inside of a speech the time is that of the speaker.
fn is_quoted(before: &str) -> bool {
    let open = before.matches('“').count();
    open > before.matches('”').count()
}

/// Days since a day long ago, by a calendar in which they count on.
fn day_number(date: Date) -> i64 {
    let (year, month) = if date.month > 2 {
        (i64::from(date.year), i64::from(date.month) - 3)
    } else {
        (i64::from(date.year) - 1, i64::from(date.month) + 9)
    };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + i64::from(date.day)
}
