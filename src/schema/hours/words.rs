//! The words that hours are written in, each with its place in the text.

use std::ops::Range;

use super::Days;
use super::clock::{self, Before, Clock};
use crate::schema::half_width;

/// A word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// 周一, or 三 behind 周一、: from 0 for Monday.
    Day(u8),
    /// 每天, 工作日, 周末, 节假日.
    Days(Days),
    /// A time.
    Clock(Clock),
    /// 上午, 下午 and their like.
    Part(Part),
    /// 至, 到, a dash.
    To,
    /// 次日.
    NextDay,
    /// 全天, 24小时.
    AllDay,
    /// 闭馆, 休息, 不开放.
    Closed,
    /// 除外; and the 除 and the 外 around what is taken out.
    Except,
    /// 预约.
    Appointment,
    /// A comma, or 、: between days, times or clauses.
    Comma,
    /// A semicolon, a full stop, a closing bracket, the end of a line.
    Stop,
    /// An opening bracket.
    Open,
    /// 夏季, 5月1日, 每月, 第二个: it holds at times only.
    Season,
    /// 开放, 时间, a space: says nothing.
    Filler,
    /// Anything else.
    Other,
}

/// A part of the day, which tells 2点 in the night from 2点 in the afternoon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// As the clock says.
    Morning,
    /// 12 stays, what is less is of the afternoon from 5 o'clock down.
    Noon,
    /// Twelve hours more.
    Afternoon,
}

/// A word with the bytes of the text that it stands for.
pub(super) type Located = (Word, Range<usize>);

/// All words that are known, the longer before what they begin with.
const KNOWN: &[(&str, Word)] = &[
    ("全年无休", Word::Days(Days::ALL)),
    ("全天候", Word::AllDay),
    ("全天", Word::AllDay),
    ("全日", Word::AllDay),
    ("24小时", Word::AllDay),
    ("二十四小时", Word::AllDay),
    ("7*24小时", Word::AllDay),
    ("7×24小时", Word::AllDay),
    ("24h", Word::AllDay),
    ("24H", Word::AllDay),
    ("天天", Word::Days(Days::ALL)),
    ("每天", Word::Days(Days::ALL)),
    ("每日", Word::Days(Days::ALL)),
    ("逐日", Word::Days(Days::ALL)),
    ("全年", Word::Days(Days::ALL)),
    ("全周", Word::Days(Days::ALL)),
    ("工作日", Word::Days(Days::WORKING)),
    ("双休日", Word::Days(Days::WEEKEND)),
    ("周末", Word::Days(Days::WEEKEND)),
    ("国家法定节假日", Word::Days(Days::HOLIDAYS)),
    ("法定节假日", Word::Days(Days::HOLIDAYS)),
    ("法定假日", Word::Days(Days::HOLIDAYS)),
    ("公众假期", Word::Days(Days::HOLIDAYS)),
    ("节假日", Word::Days(Days::HOLIDAYS)),
    ("假日", Word::Days(Days::HOLIDAYS)),
    ("节日", Word::Days(Days::HOLIDAYS)),
    ("凌晨", Word::Part(Part::Morning)),
    ("清晨", Word::Part(Part::Morning)),
    ("早晨", Word::Part(Part::Morning)),
    ("早上", Word::Part(Part::Morning)),
    ("上午", Word::Part(Part::Morning)),
    ("早", Word::Part(Part::Morning)),
    ("朝", Word::Part(Part::Morning)),
    ("中午", Word::Part(Part::Noon)),
    ("正午", Word::Part(Part::Noon)),
    ("下午", Word::Part(Part::Afternoon)),
    ("午后", Word::Part(Part::Afternoon)),
    ("傍晚", Word::Part(Part::Afternoon)),
    ("晚上", Word::Part(Part::Afternoon)),
    ("晚间", Word::Part(Part::Afternoon)),
    ("夜间", Word::Part(Part::Afternoon)),
    ("夜晚", Word::Part(Part::Afternoon)),
    ("晚", Word::Part(Part::Afternoon)),
    ("次日", Word::NextDay),
    ("翌日", Word::NextDay),
    ("第二天", Word::NextDay),
    ("停止入场", Word::Other),
    ("停止入馆", Word::Other),
    ("停止接待", Word::Other),
    ("不对外开放", Word::Closed),
    ("停止开放", Word::Closed),
    ("暂停开放", Word::Closed),
    ("不开放", Word::Closed),
    ("闭馆日", Word::Closed),
    ("闭馆", Word::Closed),
    ("闭园", Word::Closed),
    ("闭站", Word::Closed),
    ("关闭", Word::Closed),
    ("关门", Word::Closed),
    ("休息日", Word::Days(Days::WEEKEND)),
    ("不休息", Word::Other),
    ("不休", Word::Other),
    ("休息", Word::Closed),
    ("休馆", Word::Closed),
    ("除夕", Word::Season),
    ("除外", Word::Except),
    ("以外", Word::Except),
    ("之外", Word::Except),
    ("除", Word::Except),
    ("外", Word::Except),
    ("预约", Word::Appointment),
    ("每月", Word::Season),
    ("单月", Word::Season),
    ("双月", Word::Season),
    ("单周", Word::Season),
    ("双周", Word::Season),
    ("隔周", Word::Season),
    ("春季", Word::Season),
    ("夏季", Word::Season),
    ("秋季", Word::Season),
    ("冬季", Word::Season),
    ("夏令时", Word::Season),
    ("冬令时", Word::Season),
    ("寒暑假", Word::Season),
    ("暑假", Word::Season),
    ("寒假", Word::Season),
    ("春节", Word::Season),
    ("国庆", Word::Season),
    ("元旦", Word::Season),
    ("最后一个", Word::Season),
    ("开放时间", Word::Filler),
    ("服务时间", Word::Filler),
    ("办公时间", Word::Filler),
    ("接待时间", Word::Filler),
    ("参观时间", Word::Filler),
    ("上班时间", Word::Filler),
    ("工作时间", Word::Filler),
    ("对外", Word::Filler),
    ("对公众", Word::Filler),
    ("免费", Word::Filler),
    ("开放", Word::Filler),
    ("接待", Word::Filler),
    ("营业", Word::Filler),
    ("参观", Word::Filler),
    ("开馆", Word::Filler),
    ("每", Word::Filler),
    ("逢", Word::Filler),
    ("均", Word::Filler),
    ("从", Word::Filler),
    ("至", Word::To),
    ("到", Word::To),
];

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Located> {
    let letters: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, folded(c))).collect();
    let mut words: Vec<Located> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let rest = Letters(&letters[at..]);
        let (word, length) = next(rest, &words);
        let length = length.max(1);
        let end = letters.get(at + length).map_or(text.len(), |(byte, _)| *byte);
        words.push((word, letters[at].0..end));
        at += length;
    }
    words
}

/// Full-width forms and the many dashes as one.
fn folded(c: char) -> char {
    match half_width(c) {
        '∶' => ':',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '~' | '〜' | '─' | '━' => '-',
        c => c,
    }
}

/// The word that begins here, with the number of its letters.
fn next(rest: Letters<'_>, before: &[Located]) -> (Word, usize) {
    let Some(first) = rest.first() else {
        return (Word::Filler, 1);
    };
    match first {
        '-' => return (Word::To, rest.count_while(|letter| letter == '-')),
        ';' | '。' | '\n' | '\r' | ')' | ']' | '】' | '|' => return (Word::Stop, 1),
        '(' | '[' | '【' => return (Word::Open, 1),
        ',' | '、' | '/' | '和' | '及' | '与' | '&' | '+' => return (Word::Comma, 1),
        ':' => return (Word::Filler, 1),
        letter if letter.is_whitespace() => return (Word::Filler, 1),
        _ => {}
    }
    let last = before
        .iter()
        .rev()
        .map(|(word, _)| *word)
        .find(|word| *word != Word::Filler);
    let found = day(rest, last, before)
        .or_else(|| season(rest))
        .or_else(|| known(rest))
        .or_else(|| {
            let before = match last {
                Some(Word::Part(_)) => Before::PartOfDay,
                Some(Word::To | Word::NextDay) => Before::To,
                _ => Before::Other,
            };
            clock::clock(rest, before).map(|(clock, length)| (Word::Clock(clock), length))
        });
    found.unwrap_or_else(|| {
        // A number that is no time stays whole, so that its end is not taken for one.
        let length = rest.count_while(|letter| letter.is_ascii_digit()).max(1);
        (Word::Other, length)
    })
}

fn known(rest: Letters<'_>) -> Option<(Word, usize)> {
    let (word, meaning) = KNOWN.iter().find(|(word, _)| rest.text_starts(word))?;
    Some((*meaning, word.chars().count()))
}

/// 周一, 星期三, 礼拜天; and behind a day 三 in 周一、三 and 五 in 周一至五.
fn day(rest: Letters<'_>, last: Option<Word>, before: &[Located]) -> Option<(Word, usize)> {
    for name in ["星期", "礼拜", "周"] {
        if let Some(number) = rest.text_starts(name).then(|| rest.skip(name.chars().count()))
            && let Some(day) = number.first().and_then(day_number)
        {
            return Some((Word::Day(day), name.chars().count() + 1));
        }
    }
    let follows_a_day = match last {
        Some(Word::Day(_)) => true,
        Some(Word::Comma | Word::To) => {
            let mut earlier = before.iter().rev().map(|(word, _)| *word);
            earlier
                .find(|word| !matches!(word, Word::Filler | Word::Comma | Word::To))
                .is_some_and(|word| matches!(word, Word::Day(_)))
        }
        _ => false,
    };
    let letter = rest
        .first()
        .filter(|letter| follows_a_day && !letter.is_ascii_digit())?;
    let after = rest.skip(1);
    let is_alone = !after.starts_with_any("点时月日号个十楼场位人名天") || after.text_starts("日、");
    day_number(letter).filter(|_| is_alone).map(|day| (Word::Day(day), 1))
}

fn day_number(letter: char) -> Option<u8> {
    match letter {
        '日' | '天' | '7' => Some(6),
        '1'..='6' => u8::try_from(u32::from(letter) - u32::from('1')).ok(),
        _ => {
            let place = "一二三四五六".chars().position(|digit| digit == letter)?;
            u8::try_from(place).ok()
        }
    }
}

/// 5月, 5月1日, 10月底, 15日, 4-10月, 第二个.
fn season(rest: Letters<'_>) -> Option<(Word, usize)> {
    if rest.starts_with('第') {
        let (_, length) = clock::number(rest.skip(1))?;
        let more = usize::from(rest.skip(1 + length).starts_with('个'));
        return (!rest.skip(1 + length).starts_with('天')).then_some((Word::Season, 1 + length + more));
    }
    let (_, mut length) = clock::number(rest)?;
    let range = rest.skip(length);
    if range.begins_a_range()
        && let (_, second) = clock::number(range.skip(1))?
        && range.skip(1 + second).starts_with('月')
    {
        length += 1 + second;
    }
    let after = rest.skip(length);
    if after.starts_with('月') {
        length += 1;
        if let Some((_, day)) = clock::number(rest.skip(length)) {
            let has_unit = rest.skip(length + day).starts_with_any("日号");
            length += if has_unit { day + 1 } else { 0 };
        } else if rest.skip(length).starts_with_any("底初") {
            length += 1;
        }
        return Some((Word::Season, length));
    }
    after.starts_with_any("日号").then_some((Word::Season, length + 1))
}

/// What is left of the folded text, letter by letter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters<'a>(&'a [(usize, char)]);

impl Letters<'_> {
    fn first(self) -> Option<char> {
        self.0.first().map(|(_, letter)| *letter)
    }

    pub(super) fn skip(self, count: usize) -> Self {
        Self(self.0.get(count..).unwrap_or_default())
    }

    pub(super) fn take(self, count: usize) -> impl Iterator<Item = char> {
        self.0.iter().take(count).map(|(_, letter)| *letter)
    }

    pub(super) fn count_while(self, holds: impl Fn(char) -> bool) -> usize {
        self.0.iter().take_while(|(_, letter)| holds(*letter)).count()
    }

    pub(super) fn are_digits(self, count: usize) -> bool {
        self.count_while(|letter| letter.is_ascii_digit()) >= count
    }

    pub(super) fn starts_with(self, letter: char) -> bool {
        self.first() == Some(letter)
    }

    pub(super) fn starts_with_any(self, letters: &str) -> bool {
        self.first().is_some_and(|letter| letters.contains(letter))
    }

    pub(super) fn text_starts(self, word: &str) -> bool {
        let mut letters = self.0.iter();
        word.chars()
            .all(|wanted| letters.next().is_some_and(|(_, letter)| *letter == wanted))
    }

    /// Whether 至, 到 or a dash stands here.
    pub(super) fn begins_a_range(self) -> bool {
        let after_spaces = self.skip(self.count_while(char::is_whitespace));
        after_spaces.starts_with_any("-至到")
    }

    /// Whether am (`false`) or pm (`true`) stands here.
    pub(super) fn half_of_the_day(self) -> Option<bool> {
        let is_half = self.skip(1).starts_with_any("mM");
        match self.first().filter(|_| is_half)? {
            'a' | 'A' => Some(false),
            'p' | 'P' => Some(true),
            _ => None,
        }
    }

    /// Whether this goes on to an hour that has a unit: the rest of 9至17点.
    pub(super) fn leads_to_an_hour(self) -> bool {
        if !self.starts_with_any("-至到") {
            return false;
        }
        let second = self.skip(self.count_while(|letter| "-至到".contains(letter)));
        clock::number(second).is_some_and(|(_, length)| {
            let unit = second.skip(length);
            unit.starts_with('点') || (unit.starts_with('时') && !unit.text_starts("时间"))
        })
    }
}
