//! Times of the day in figures and in words: 9:00, 9点半, 下午两点, 0830.

use super::words::Letters;

/// A time as written: not checked, and not yet moved to the afternoon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u16,
    pub(super) minute: u16,
}

impl Clock {
    /// Minutes since midnight, where a clock shows this.
    pub(super) fn minutes(self) -> Option<u16> {
        let is_shown = self.minute < 60 && (self.hour < 24 || self.hour == 24 && self.minute == 0);
        is_shown.then(|| self.hour * 60 + self.minute)
    }
}

/// What stands before a time, which decides how its figures are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// 上午, 下午 and their like: a bare number is a time.
    PartOfDay,
    /// 至 or a dash behind another time: four figures are a time.
    To,
    /// Anything else.
    Other,
}

/// The time that begins at a letter, with the number of its letters.
pub(super) fn clock(letters: Letters<'_>, before: Before) -> Option<(Clock, usize)> {
    let (hour, length) = number(letters)?;
    let (minute, more) = minutes(letters, length, hour)
        .or_else(|| bare(letters, length, before).then_some((0, 0)))
        .or_else(|| {
            let is_time = before == Before::To || letters.skip(length).begins_a_range();
            (length == 4 && letters.are_digits(4) && is_time).then_some((hour % 100, 0))
        })?;
    let is_compact = length == 4 && letters.are_digits(4);
    let hour = if is_compact { hour / 100 } else { hour };
    let clock = Clock { hour, minute };
    let length = length + more;
    Some(match letters.skip(length).half_of_the_day() {
        Some(true) if hour < 12 => (
            Clock {
                hour: hour + 12,
                minute,
            },
            length + 2,
        ),
        Some(_) => (clock, length + 2),
        None => (clock, length),
    })
}

/// The minutes behind an hour, with the number of letters that follow the hour: `:30`, `.30`, 点半.
fn minutes(letters: Letters<'_>, length: usize, hour: u16) -> Option<(u16, usize)> {
    let rest = letters.skip(length);
    if length > 3 || (length == 3 && hour > 99) {
        return None;
    }
    if rest.starts_with(':') {
        let (minute, figures) = figures(rest.skip(1))?;
        let seconds = rest.skip(1 + figures).text_starts(":00");
        return Some((minute, 1 + figures + if seconds { 3 } else { 0 }));
    }
    if rest.starts_with('.') {
        let (minute, figures) = figures(rest.skip(1)).filter(|(_, figures)| *figures == 2)?;
        return Some((minute, 1 + figures));
    }
    let spaces = rest.count_while(char::is_whitespace);
    let unit = rest.skip(spaces);
    if unit.starts_with('点') || (unit.starts_with('时') && !unit.text_starts("时间")) {
        let (minute, more) = after_point(unit.skip(1));
        return Some((minute, spaces + 1 + more));
    }
    None
}

/// Whether a number without minutes is an hour: 早九, 9至17点, 9am.
fn bare(letters: Letters<'_>, length: usize, before: Before) -> bool {
    let rest = letters.skip(length);
    let is_counted = rest.starts_with_any("个人名次场天日号月年楼层小岁周节位分米元");
    let is_hour = before == Before::PartOfDay || rest.leads_to_an_hour() || rest.half_of_the_day().is_some();
    length <= 2 && is_hour && !is_counted
}

/// What follows 点: nothing, 半, 一刻, 30分, 钟, 整.
fn after_point(rest: Letters<'_>) -> (u16, usize) {
    for (word, minute) in [
        ("半", 30),
        ("一刻", 15),
        ("1刻", 15),
        ("三刻", 45),
        ("3刻", 45),
        ("整", 0),
        ("钟", 0),
    ] {
        if rest.text_starts(word) {
            return (minute, word.chars().count());
        }
    }
    let Some((minute, length)) = number(rest).filter(|(_, length)| *length <= 3) else {
        return (0, 0);
    };
    let has_unit = rest.skip(length).starts_with('分');
    // 9点30 and 9点30分; but 9点5人 is nine o'clock and five people.
    if has_unit || length == 2 {
        (minute, length + usize::from(has_unit))
    } else {
        (0, 0)
    }
}

/// One or two figures, not more.
fn figures(letters: Letters<'_>) -> Option<(u16, usize)> {
    number(letters).filter(|(_, length)| *length <= 2 && letters.are_digits(*length))
}

/// A number of up to four figures, or one in words up to 九十九, with the number of its letters.
pub(super) fn number(letters: Letters<'_>) -> Option<(u16, usize)> {
    let figures = letters.count_while(|letter| letter.is_ascii_digit());
    if figures > 0 {
        let value = letters.take(figures).fold(0_u32, |value, letter| {
            value
                .saturating_mul(10)
                .saturating_add(letter.to_digit(10).unwrap_or(0))
        });
        return (figures <= 4).then_some((u16::try_from(value).unwrap_or(u16::MAX), figures));
    }
    let words = letters.count_while(|letter| chinese_digit(letter).is_some() || letter == '十');
    let mut tens = None;
    let mut ones = None;
    for letter in letters.take(words) {
        match chinese_digit(letter) {
            Some(digit) if ones.is_none() => ones = Some(digit),
            None if tens.is_none() => tens = Some(ones.take().unwrap_or(1)),
            _ => return None,
        }
    }
    (words > 0).then_some((tens.unwrap_or(0) * 10 + ones.unwrap_or(0), words))
}

fn chinese_digit(letter: char) -> Option<u16> {
    let place = "零一二三四五六七八九".chars().position(|digit| digit == letter);
    match letter {
        '两' => Some(2),
        '〇' => Some(0),
        _ => place.and_then(|place| u16::try_from(place).ok()),
    }
}
