//! From words to periods: what days, which times, and what is said besides.

use std::ops::Range;

use super::words::{Located, Part, Word, words};
use super::{Days, HoursProblem, HoursProblemKind, OpeningHours, Period, TimeSpan, Times};

/// A day, in minutes.
const DAY: u16 = 24 * 60;
/// From here on (16:00) an earlier end is one of the next morning.
const EVENING: u16 = 16 * 60;
/// Until here (8:00) it is.
const MORNING: u16 = 8 * 60;

pub(super) fn read(text: &str) -> Result<OpeningHours, HoursProblem> {
    let mut sentence = Sentence {
        text,
        hours: OpeningHours {
            periods: Vec::new(),
            notes: Vec::new(),
        },
        current: Clause::default(),
        waiting_days: None,
        waiting_season: String::new(),
    };
    for located in words(text) {
        sentence.word(located)?;
    }
    sentence.finish()?;
    let hours = sentence.hours;
    if hours.periods.is_empty() {
        return Err(HoursProblem {
            kind: HoursProblemKind::NoTimes,
            range: 0..text.len(),
        });
    }
    Ok(hours)
}

struct Sentence<'a> {
    text: &'a str,
    hours: OpeningHours,
    current: Clause,
    /// Days whose times are to come: 周一至周五（9:00—17:00）.
    waiting_days: Option<Days>,
    /// The part of the year whose times are to come: 夏季（5月至9月）9:00—18:00.
    waiting_season: String,
}

/// What was read of the period that is not finished.
#[derive(Default)]
struct Clause {
    /// The bytes from its first word to its last.
    range: Option<Range<usize>>,
    days: Option<Days>,
    /// The day before 至.
    last_day: Option<u8>,
    spans: Vec<TimeSpan>,
    /// 全天 or 闭馆.
    whole: Option<Times>,
    by_appointment: bool,
    note: String,
    part: Option<Part>,
    /// A time that waits for its end.
    from: Option<From>,
    heard: Heard,
    nature: Nature,
}

/// What was said and waits for the next word.
#[derive(Default)]
struct Heard {
    /// 至.
    to: bool,
    /// 次日.
    next_day: bool,
    /// A comma, behind the last time.
    comma: bool,
}

/// What kind of clause it is.
#[derive(Default)]
struct Nature {
    is_in_brackets: bool,
    /// A time belongs to words and not to the hours: 16:30停止入场.
    is_remark: bool,
    /// It holds for a part of the year, or on some days of a month.
    is_season: bool,
}

struct From {
    minutes: u16,
    part: Option<Part>,
    range: Range<usize>,
}

impl Clause {
    fn has_times(&self) -> bool {
        !self.spans.is_empty() || self.whole.is_some()
    }
}

impl Sentence<'_> {
    fn word(&mut self, (word, range): Located) -> Result<(), HoursProblem> {
        let starts_anew = match word {
            Word::Stop | Word::Open => true,
            Word::Day(_) | Word::Days(_) => self.days_begin_a_period(),
            Word::Season => self.current.has_times(),
            Word::AllDay => !self.current.spans.is_empty(),
            Word::Clock(_) => self.current.whole.is_some(),
            Word::Other => self.current.heard.comma && self.current.has_times() && self.current.from.is_none(),
            _ => false,
        };
        if starts_anew {
            self.finish()?;
        } else if word == Word::Other && !self.current.spans.is_empty() {
            self.time_of_a_remark()?;
        }
        self.current.nature.is_in_brackets |= word == Word::Open;
        if matches!(word, Word::Stop | Word::Open) {
            return Ok(());
        }
        let start = self.current.range.as_ref().map_or(range.start, |range| range.start);
        self.current.range = Some(start..range.end);
        match word {
            Word::Day(day) => self.day(day),
            Word::Days(days) => self.days(days),
            Word::Clock(clock) => match clock.minutes() {
                Some(minutes) => self.time(minutes, range)?,
                None => return Err(problem(HoursProblemKind::NoSuchTime, range)),
            },
            Word::Part(part) => self.current.part = Some(part),
            Word::To => self.current.heard.to = true,
            Word::NextDay => self.current.heard.next_day = true,
            Word::AllDay => self.current.whole = Some(Times::AllDay),
            Word::Closed => self.closed(),
            Word::Except => self.except(range),
            Word::Appointment => self.current.by_appointment = true,
            Word::Comma => {
                self.current.heard.comma = true;
                self.current.heard.to = false;
            }
            Word::Season => {
                self.current.nature.is_season = true;
                self.current.note.push_str(&self.text[range]);
            }
            Word::Other => self.other(range),
            Word::Filler | Word::Stop | Word::Open => {}
        }
        Ok(())
    }

    /// Behind times, days begin another period; but 闭馆日：周一 names its days last.
    fn days_begin_a_period(&self) -> bool {
        let current = &self.current;
        let waits_for_days = current.whole == Some(Times::Closed) && current.days.is_none() && !current.heard.comma;
        (current.has_times() && !waits_for_days) || (current.nature.is_remark && current.heard.comma)
    }

    fn day(&mut self, day: u8) {
        let current = &mut self.current;
        let days = match current.last_day {
            Some(first) if current.heard.to => Days::from_to(first, day),
            _ => Days::day(day),
        };
        current.days = Some(current.days.unwrap_or_default().and(days));
        current.last_day = Some(day);
        current.heard.to = false;
    }

    fn days(&mut self, days: Days) {
        let current = &mut self.current;
        current.days = Some(current.days.unwrap_or_default().and(days));
        current.last_day = None;
        current.heard.to = false;
    }

    fn time(&mut self, minutes: u16, range: Range<usize>) -> Result<(), HoursProblem> {
        let current = &mut self.current;
        let part = current.part.take();
        let minutes = in_part(minutes, part);
        let to = std::mem::take(&mut current.heard.to);
        let next_day = std::mem::take(&mut current.heard.next_day);
        let Some(from) = current.from.take() else {
            current.from = Some(From { minutes, part, range });
            return Ok(());
        };
        // 早九晚五 goes without 至.
        let goes_without = from.part.is_some() && part.is_some() && !current.heard.comma;
        if !to && !goes_without {
            return Err(problem(HoursProblemKind::OneTimeOnly, from.range));
        }
        let written = from.range.start..range.end;
        let start = from.minutes % DAY;
        let mut end = minutes;
        // 下午2点至5点: what was said of the beginning holds for the end.
        if end <= start && part.is_none() && from.part.is_some() && end <= DAY / 2 && end + DAY / 2 > start {
            end += DAY / 2;
        }
        if next_day || (end <= start && start >= EVENING && end <= MORNING) {
            end += DAY;
        }
        if end <= start {
            return Err(problem(HoursProblemKind::Reversed, written));
        }
        current.spans.push(TimeSpan { from: start, to: end });
        current.heard.comma = false;
        Ok(())
    }

    /// 16:30停止入场 behind the times: the time is one of the words.
    fn time_of_a_remark(&mut self) -> Result<(), HoursProblem> {
        let Some(from) = self.current.from.take() else {
            return Ok(());
        };
        if let Some(range) = &mut self.current.range {
            range.end = from.range.start;
        }
        self.finish()?;
        self.current.range = Some(from.range);
        self.current.nature.is_remark = true;
        Ok(())
    }

    fn closed(&mut self) {
        let current = &mut self.current;
        if current.spans.is_empty() {
            current.whole = Some(Times::Closed);
        } else if !current.heard.comma {
            // 12:00—13:00休息 is a break, and no time to come.
            current.spans.clear();
            current.nature.is_remark = true;
        }
    }

    /// 周一除外; 除周一外.
    fn except(&mut self, range: Range<usize>) {
        let current = &mut self.current;
        if current.days.is_some() && !current.has_times() {
            current.whole = Some(Times::Closed);
        } else if !self.text[range.clone()].starts_with('除') {
            self.other(range);
        }
    }

    fn other(&mut self, range: Range<usize>) {
        let current = &mut self.current;
        current.nature.is_remark |= current.from.take().is_some() || current.heard.to;
        current.heard.to = false;
        current.heard.next_day = false;
        current.part = None;
        current.note.push_str(&self.text[range]);
    }

    /// Puts away what was read of a period.
    fn finish(&mut self) -> Result<(), HoursProblem> {
        let clause = std::mem::take(&mut self.current);
        let Some(range) = clause.range else { return Ok(()) };
        let written = self.text[range].trim_matches(|c: char| c.is_whitespace() || "，,、：:".contains(c));
        let note = Some(clause.note.trim().to_owned()).filter(|note| !note.is_empty());
        if let Some(from) = clause.from
            && (note.is_none() || !clause.spans.is_empty())
        {
            return Err(problem(HoursProblemKind::OneTimeOnly, from.range));
        }
        let mut spans = clause.spans;
        spans.sort_unstable();
        let times = match clause.whole {
            Some(whole) => Some(whole),
            None if !spans.is_empty() => Some(Times::Spans(spans)),
            None if clause.by_appointment && (clause.days.is_some() || self.hours.periods.is_empty()) => {
                Some(Times::ByAppointment)
            }
            None => None,
        };
        match times {
            Some(times) if !clause.nature.is_remark || clause.note.is_empty() => self.period(Period {
                days: clause.days,
                times,
                note,
            }),
            Some(_) => self.hours.notes.push(written.to_owned()),
            None => self.remark(
                written,
                &Remark {
                    days: clause.days.filter(|_| note.is_none() && !clause.by_appointment),
                    is_in_brackets: clause.nature.is_in_brackets && !clause.nature.is_remark && !clause.by_appointment,
                    is_season: clause.nature.is_season,
                },
            ),
        }
        Ok(())
    }

    /// Another stretch of the same days goes to the period before: 上午…；下午….
    fn period(&mut self, mut period: Period) {
        if period.days.is_none() {
            period.days = self.waiting_days.take();
        }
        if !self.waiting_season.is_empty() {
            let note = std::mem::take(&mut self.waiting_season) + &period.note.unwrap_or_default();
            period.note = Some(note);
        }
        if let Some(last) = self.hours.periods.last_mut()
            && period.days.is_none()
            && period.note.is_none()
            && let (Times::Spans(spans), Times::Spans(more)) = (&mut last.times, &period.times)
            && spans
                .last()
                .zip(more.first())
                .is_some_and(|(before, after)| before.to <= after.from)
        {
            spans.extend(more);
        } else {
            self.hours.periods.push(period);
        }
    }

    /// Words without times: days that belong to the times before or to those behind, whom the times
    /// before are for, or just a note.
    fn remark(&mut self, written: &str, remark: &Remark) {
        if written.is_empty() {
            return;
        }
        match self.hours.periods.last_mut() {
            Some(last) if remark.days.is_some() && last.days.is_none() => last.days = remark.days,
            Some(last) if remark.is_in_brackets && last.note.is_none() && self.waiting_season.is_empty() => {
                last.note = Some(written.to_owned());
            }
            _ if remark.days.is_some() => self.waiting_days = remark.days,
            _ if remark.is_season => self.waiting_season.push_str(written),
            _ => self.hours.notes.push(written.to_owned()),
        }
    }
}

struct Remark {
    days: Option<Days>,
    is_in_brackets: bool,
    is_season: bool,
}

/// 下午2点 is 14:00, 中午12点 and 中午1点 are 12:00 and 13:00.
fn in_part(minutes: u16, part: Option<Part>) -> u16 {
    let is_later = match part {
        Some(Part::Afternoon) => minutes < DAY / 2,
        Some(Part::Noon) => minutes < 6 * 60,
        Some(Part::Morning) | None => false,
    };
    if is_later { minutes + DAY / 2 } else { minutes }
}

fn problem(kind: HoursProblemKind, range: Range<usize>) -> HoursProblem {
    HoursProblem { kind, range }
}
