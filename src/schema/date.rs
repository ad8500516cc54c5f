//! Days as people write them.

use serde::{Deserialize, Serialize};

use super::half_width;

/// A day, with a time where one was written. The time is China's (UTC+8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    /// The year, 1 to 9999.
    pub year: i16,
    /// The month, from 1.
    pub month: i8,
    /// The day, from 1.
    pub day: i8,
    /// Hour and minute.
    pub time: Option<(i8, i8)>,
}

/// A year, a month, or a day: what is known of the founding of an alliance, say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    /// The year, 1 to 9999.
    pub year: i16,
    /// The month, from 1.
    pub month: Option<i8>,
    /// The day, from 1; never without a month.
    pub day: Option<i8>,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateProblem {
    /// Not written in any known form.
    Form,
    /// The calendar has no such day, or the clock no such time.
    NoSuchDay,
}

impl std::fmt::Display for DateProblem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Form => "not a date",
            Self::NoSuchDay => "no such day",
        })
    }
}

impl std::error::Error for DateProblem {}

impl Date {
    /// Reads `2026-07-01`, `2026-07-01 09:30`, `2026年7月1日`, `2026年07月01日09:30:00` and the
    /// like (`/` and `.` as separators, full-width digits and colons, `T` before the time).
    ///
    /// # Errors
    /// When the text has none of these forms, or names a day that does not exist.
    pub fn parse(text: &str) -> Result<Self, DateProblem> {
        let numbers = Numbers::of(text)?;
        let (Some(month), Some(day)) = (numbers.month, numbers.day) else {
            return Err(DateProblem::Form);
        };
        let year = checked_day(numbers.year, month, day)?;
        if let Some((hour, minute)) = numbers.time
            && (!(0..24).contains(&hour) || !(0..60).contains(&minute))
        {
            return Err(DateProblem::NoSuchDay);
        }
        Ok(Self {
            year,
            month,
            day,
            time: numbers.time,
        })
    }

    /// The day without its time.
    #[must_use]
    pub fn day_only(self) -> Self {
        Self { time: None, ..self }
    }

    /// The day so many days later, without a time; the day itself beyond the calendar's end.
    #[must_use]
    pub fn days_later(self, days: u32) -> Self {
        let later = civil(self).and_then(|day| day.checked_add(jiff::Span::new().days(days)).ok());
        later.map_or(self.day_only(), |day| Self {
            year: day.year(),
            month: day.month(),
            day: day.day(),
            time: None,
        })
    }

    /// How many days it is from this day to another; less than none to an earlier one.
    pub fn days_until(self, other: Self) -> i64 {
        let both = civil(self).zip(civil(other));
        let hours = both.map_or(0, |(from, to)| from.duration_until(to).as_hours());
        hours / 24
    }
}

fn civil(date: Date) -> Option<jiff::civil::Date> {
    jiff::civil::Date::new(date.year, date.month, date.day).ok()
}

impl PartialDate {
    /// `2018年`, `2018年9月` or `2018年9月18日`.
    pub fn in_words(self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{}年{month}月{day}日", self.year),
            (Some(month), None) => format!("{}年{month}月", self.year),
            _ => format!("{}年", self.year),
        }
    }

    /// Reads all that [`Date::parse`] reads, and `2018`, `2018年`, `2018-09`, `2018年9月`.
    ///
    /// # Errors
    /// When the text has none of these forms, or names a day that does not exist.
    pub fn parse(text: &str) -> Result<Self, DateProblem> {
        let numbers = Numbers::of(text)?;
        let month = numbers.month.unwrap_or(1);
        let year = checked_day(numbers.year, month, numbers.day.unwrap_or(1))?;
        Ok(Self {
            year,
            month: numbers.month,
            day: numbers.day,
        })
    }
}

fn checked_day(year: i16, month: i8, day: i8) -> Result<i16, DateProblem> {
    // A year of two digits is a form that the national standard on dates rules out.
    if year < 1000 {
        return Err(DateProblem::Form);
    }
    jiff::civil::Date::new(year, month, day)
        .map(|_| year)
        .map_err(|_| DateProblem::NoSuchDay)
}

/// The numbers of a written date.
struct Numbers {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<(i8, i8)>,
}

impl Numbers {
    fn of(text: &str) -> Result<Self, DateProblem> {
        let folded: String = text.trim().chars().map(half_width).collect();
        let mut rest = folded.as_str();
        let year = number(&mut rest, 4).ok_or(DateProblem::Form)?;
        let mut numbers = Self {
            year,
            month: None,
            day: None,
            time: None,
        };
        let Some(separator) = rest.chars().next() else {
            return Ok(numbers);
        };
        if !['-', '/', '.', '年'].contains(&separator) {
            return Err(DateProblem::Form);
        }
        rest = &rest[separator.len_utf8()..];
        if separator == '年' && rest.is_empty() {
            return Ok(numbers);
        }
        numbers.month = Some(small(&mut rest)?);
        let after_month = if separator == '年' { '月' } else { separator };
        match rest.strip_prefix(after_month) {
            Some(after) => rest = after,
            None if rest.is_empty() => return Ok(numbers),
            None => return Err(DateProblem::Form),
        }
        if separator == '年' && rest.is_empty() {
            return Ok(numbers);
        }
        numbers.day = Some(small(&mut rest)?);
        if separator == '年' {
            rest = rest.strip_prefix(['日', '号']).ok_or(DateProblem::Form)?;
        }
        numbers.time = time(rest)?;
        Ok(numbers)
    }
}

/// What stands after the day: nothing, or a time with or without seconds.
fn time(text: &str) -> Result<Option<(i8, i8)>, DateProblem> {
    let mut rest = text.trim_start_matches([' ', '\u{a0}', '\u{3000}', 'T']);
    if rest.is_empty() {
        return Ok(None);
    }
    let hour = small(&mut rest)?;
    rest = rest.strip_prefix(':').ok_or(DateProblem::Form)?;
    let minute = small(&mut rest)?;
    if let Some(after) = rest.strip_prefix(':') {
        rest = after;
        let second = small(&mut rest)?;
        if !(0..=60).contains(&second) {
            return Err(DateProblem::NoSuchDay);
        }
    }
    let rest = rest.strip_suffix("+08:00").unwrap_or(rest);
    if rest.trim().is_empty() {
        Ok(Some((hour, minute)))
    } else {
        Err(DateProblem::Form)
    }
}

fn small(rest: &mut &str) -> Result<i8, DateProblem> {
    number(rest, 2)
        .and_then(|value| i8::try_from(value).ok())
        .ok_or(DateProblem::Form)
}

/// Takes a number of at most `digits` digits from the front.
fn number(rest: &mut &str, digits: usize) -> Option<i16> {
    let length = rest.bytes().take(digits).take_while(u8::is_ascii_digit).count();
    let (number, after) = rest.split_at(length);
    let value = number.parse().ok()?;
    *rest = after;
    Some(value)
}

impl TryFrom<String> for Date {
    type Error = DateProblem;
    fn try_from(text: String) -> Result<Self, DateProblem> {
        Self::parse(&text)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl std::fmt::Display for Date {
    /// `2026-07-01` or `2026-07-01 09:30`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)?;
        if let Some((hour, minute)) = self.time {
            write!(formatter, " {hour:02}:{minute:02}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for PartialDate {
    type Error = DateProblem;
    fn try_from(text: String) -> Result<Self, DateProblem> {
        Self::parse(&text)
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl std::fmt::Display for PartialDate {
    /// `2018`, `2018-09` or `2018-09-18`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(formatter, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(formatter, "-{day:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: Result<&str, DateProblem>) {
        let read = Date::parse(written).map(|date| date.to_string());
        assert_eq!(read, expected.map(str::to_owned), "{written}");
    }

    #[test]
    fn all_forms_that_people_write() {
        check("2026-07-01", Ok("2026-07-01"));
        check("2026-7-1", Ok("2026-07-01"));
        check("2026-07-01 09:30", Ok("2026-07-01 09:30"));
        check("2026年7月1日", Ok("2026-07-01"));
        check("2019年07月30日 09:26:59", Ok("2019-07-30 09:26"));
        check("2019年10月15日10:01", Ok("2019-10-15 10:01"));
        check("２０２６年７月１日　９：３０", Ok("2026-07-01 09:30"));
        check("2026/7/1", Ok("2026-07-01"));
        check("2026.07.01", Ok("2026-07-01"));
        check("2026-07-01T09:30:00+08:00", Ok("2026-07-01 09:30"));
    }

    #[test]
    fn days_that_do_not_exist() {
        check("2024-02-31", Err(DateProblem::NoSuchDay));
        check("2023年2月29日", Err(DateProblem::NoSuchDay));
        check("2024-02-29", Ok("2024-02-29"));
        check("2026-07-01 25:00", Err(DateProblem::NoSuchDay));
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let day = |text: &str| Date::parse(text).unwrap();
        assert_eq!(day("2026-11-02 09:30").days_later(60), day("2027-01-01"));
        assert_eq!(day("2024-02-15").days_later(14), day("2024-02-29"));
        assert_eq!(day("9999-12-31").days_later(1), day("9999-12-31"));
        assert_eq!(day("2026-11-22").days_until(day("2026-11-30 08:00")), 8);
        assert_eq!(day("2026-03-01").days_until(day("2026-02-28")), -1);
        assert_eq!(day("2026-03-01").days_until(day("2026-03-01")), 0);
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "昨天",
            "2026",
            "2026-07",
            "26-07-01",
            "2026-07/01",
            "2026-07-01 上午",
            "7月1日",
        ] {
            check(text, Err(DateProblem::Form));
        }
    }

    #[test]
    fn a_year_or_a_month_is_enough_for_a_partial_date() {
        for (written, expected) in [
            ("2018", "2018"),
            ("2018年", "2018"),
            ("2018-09", "2018-09"),
            ("2018年9月", "2018-09"),
            ("2020-09-18", "2020-09-18"),
        ] {
            assert_eq!(
                PartialDate::parse(written).map(|date| date.to_string()),
                Ok(expected.to_owned())
            );
        }
        assert!(PartialDate::parse("18年").is_err());
    }
}
