//! Opening hours as people write them: 周一至周五 9:00—17:00；周六、周日 10:00-16:00，节假日闭馆.
//!
//! ```text
//! text ─► words ─► periods
//! ```
//!
//! The reader takes what it knows (days, times, 闭馆, 全天, 预约) and keeps the rest as notes. It does
//! not have to understand a text fully; it has to be right in what it says, because the result goes
//! to search engines and to trip planners. Whatever makes a time doubtful (a clock that shows 25:00,
//! an end before the beginning, a beginning without an end) makes the whole text unreadable.

mod clock;
mod sentence;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

/// When a place is open, in the order in which it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningHours {
    /// At least one.
    pub periods: Vec<Period>,
    /// What stands beside the periods: `16:30停止入场`.
    pub notes: Vec<String>,
}

/// Days with their times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// `None` where no days are named.
    pub days: Option<Days>,
    /// What holds on these days.
    pub times: Times,
    /// For whom, or for which part of the year: `访客`, `5月至9月`.
    pub note: Option<String>,
}

/// What holds on the days of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Times {
    /// Open from one time to another, once or several times a day, the earliest first.
    Spans(Vec<TimeSpan>),
    /// Open day and night.
    AllDay,
    /// Open to those who have made an appointment.
    ByAppointment,
    /// Not open.
    Closed,
}

/// From one time of the day to a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeSpan {
    /// Minutes since midnight, less than a day.
    pub from: u16,
    /// Minutes since the same midnight, more than `from`: beyond 1440 on the next day.
    pub to: u16,
}

/// Days of the week, and whether public holidays are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// One bit a day, Monday's the lowest.
    week: u8,
    /// 节假日.
    pub holidays: bool,
}

impl Days {
    /// 每天.
    pub const ALL: Self = Self::of(0b111_1111);
    /// 工作日.
    pub const WORKING: Self = Self::of(0b001_1111);
    /// 周末.
    pub const WEEKEND: Self = Self::of(0b110_0000);
    /// 节假日.
    pub const HOLIDAYS: Self = Self {
        week: 0,
        holidays: true,
    };

    const fn of(week: u8) -> Self {
        Self { week, holidays: false }
    }

    /// One day, from 0 for Monday.
    #[must_use]
    pub const fn day(number: u8) -> Self {
        Self::of(1 << (number % 7))
    }

    /// From one day to another, both included, over the weekend where it has to be.
    #[must_use]
    pub fn from_to(first: u8, last: u8) -> Self {
        let (first, last) = (first % 7, last % 7);
        let length = (last + 7 - first) % 7;
        (0..=length).fold(Self::default(), |days, step| days.and(Self::day(first + step)))
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            week: self.week | other.week,
            holidays: self.holidays || other.holidays,
        }
    }

    /// These without those.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self {
            week: self.week & !other.week,
            holidays: self.holidays && !other.holidays,
        }
    }

    /// The days of the week, from 0 for Monday.
    pub fn of_week(self) -> impl Iterator<Item = u8> {
        (0..7).filter(move |day| self.week & (1 << day) != 0)
    }
}

/// Why a text cannot be read, with the bytes that are to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursProblem {
    /// What is wrong.
    pub kind: HoursProblemKind,
    /// Where, in bytes of the text.
    pub range: Range<usize>,
}

/// What makes hours unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoursProblemKind {
    /// Nothing in it says when.
    NoTimes,
    /// A time that no clock shows: 25:00, 9:75.
    NoSuchTime,
    /// An end before its beginning: 17:00—9:00.
    Reversed,
    /// A beginning without an end: 周一至周五 9:00.
    OneTimeOnly,
}

impl OpeningHours {
    /// Reads a text.
    ///
    /// # Errors
    /// When it does not say when, or when a time in it cannot be meant.
    pub fn parse(text: &str) -> Result<Self, HoursProblem> {
        sentence::read(text)
    }

    /// The days of the week with their spans that hold for everybody all year round, for
    /// machines; what has a note is left out, and so are days that another period takes back.
    pub fn regular(&self) -> Vec<(Days, Vec<TimeSpan>)> {
        let everybody = || self.periods.iter().filter(|period| period.note.is_none());
        let closed = everybody()
            .filter(|period| period.times == Times::Closed)
            .filter_map(|period| period.days)
            .fold(Days::default(), Days::and);
        let whole_day = || vec![TimeSpan { from: 0, to: 24 * 60 }];
        everybody()
            .filter_map(|period| {
                let days = period.days?.without(closed);
                let spans = match &period.times {
                    Times::Spans(spans) => spans.clone(),
                    Times::AllDay => whole_day(),
                    Times::ByAppointment | Times::Closed => return None,
                };
                (days.week != 0).then_some((days, spans))
            })
            .collect()
    }
}
