//! How fresh each column is on a day, and on which day it will no longer be: data, for the rules here and
//! for a report that shows it as a forecast.
//!
//! How often a column must be renewed is what the site says of it, else what the inspection indicators say
//! of its type (国办秘函〔2019〕19号). A column of which neither says anything is not watched.

use crate::config::ColumnConfig;
use crate::diagnostic::Profile;
use crate::kind::Kind;
use crate::read::{Column, Entry, EntryId, Library, Visibility};
use crate::schema::date::Date;

/// News: two weeks.
const NEWS_DAYS: u32 = 14;
/// Notices and policies: six months.
const NOTICE_DAYS: u32 = 180;
/// Offices, persons in charge, plans: a year.
const YEARLY_DAYS: u32 = 365;

/// A column is due soon in the last part of its cycle, so long at the most (days).
const LONGEST_WARNING: u32 = 14;
/// What part of a cycle is its last part.
const LAST_PART: u32 = 5;

/// All columns and the front page, as of the library's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// In the order of the library's columns.
    pub columns: Vec<ColumnFreshness>,
    /// The front page; `None` where nothing says how often it must be renewed.
    pub front_page: Option<Deadline>,
    /// What an inspection counts.
    pub counts: InspectionCounts,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnFreshness {
    /// Its index in the library.
    pub column: usize,
    /// What its type is to an inspection.
    pub standard: Standard,
    /// Within how many days it must be renewed; `None` where it is not watched.
    pub cycle_days: Option<u32>,
    /// The entry that renewed it last, and on which day.
    pub newest: Option<(EntryId, Date)>,
    /// The last day on which it is still fresh.
    pub due: Option<Date>,
    /// How many days it is until then: none is today, less is over.
    pub days_left: Option<i64>,
    /// What this comes to.
    pub state: State,
}

/// What a column's days come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing says how often it must be renewed.
    Unwatched,
    /// Renewed in time.
    Fresh,
    /// In the last part of its cycle.
    DueSoon,
    /// Not renewed in time, or nothing in it has a date: what shows no day counts as not renewed.
    Overdue,
    /// It has a page and no entry on it.
    Empty,
    /// All its entries are drafts or out of date, and it has no page.
    Unpublished,
}

/// What a column is to an inspection, by its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// 动态、要闻.
    News,
    /// 通知公告、政策文件.
    Notices,
    /// 机构、人事、规划.
    Yearly,
    /// Any other, and none.
    Other,
}

/// When the front page must be renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// Within how many days.
    pub cycle_days: u32,
    /// The entry that renewed it last, and on which day.
    pub newest: Option<(EntryId, Date)>,
    /// The last day on which it is still fresh.
    pub due: Option<Date>,
    /// How many days it is until then.
    pub days_left: Option<i64>,
}

/// What an inspection counts over all columns; indices into the library's columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InspectionCounts {
    /// News older than two weeks, notices older than six months, whatever the site's own cycles are.
    pub stale_by_standard: Vec<usize>,
    /// Past their own cycle.
    pub overdue: Vec<usize>,
    /// With a page and nothing on it.
    pub empty: Vec<usize>,
}

impl Standard {
    /// The standard of a type of columns, such as 工作动态.
    pub fn of(column_type: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| column_type.contains(word));
        if has(&["动态", "要闻", "新闻"]) {
            Self::News
        } else if has(&["通知", "公告", "公示", "政策文件"]) {
            Self::Notices
        } else if has(&["机构", "人事", "负责人", "规划", "计划"]) {
            Self::Yearly
        } else {
            Self::Other
        }
    }

    /// Within how many days an inspection wants something new.
    pub fn days(self) -> Option<u32> {
        match self {
            Self::News => Some(NEWS_DAYS),
            Self::Notices => Some(NOTICE_DAYS),
            Self::Yearly => Some(YEARLY_DAYS),
            Self::Other => None,
        }
    }

    /// What people are told.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::News => "动态要闻类",
            Self::Notices => "通知公告和政策文件类",
            Self::Yearly => "机构、人事和规划类",
            Self::Other => "其他",
        }
    }

    /// Whether only new entries renew a column. Elsewhere keeping the old ones up to date does it, too.
    fn wants_new_entries(self) -> bool {
        matches!(self, Self::News | Self::Notices)
    }
}

impl Deadline {
    fn of(cycle_days: u32, newest: Option<(EntryId, Date)>, as_of: Date) -> Self {
        let due = newest.map(|(_, day)| day.days_later(cycle_days));
        Self {
            cycle_days,
            newest,
            due,
            days_left: due.map(|due| as_of.days_until(due)),
        }
    }

    /// What the days come to.
    pub fn state(&self) -> State {
        let warning = (self.cycle_days / LAST_PART).min(LONGEST_WARNING);
        match self.days_left {
            None => State::Overdue,
            Some(left) if left < 0 => State::Overdue,
            Some(left) if left < i64::from(warning) => State::DueSoon,
            Some(_) => State::Fresh,
        }
    }
}

/// The first day on which what is due on a day is overdue.
pub fn turns_red_on(due: Date) -> Date {
    due.days_later(1)
}

/// The standard of a column by its settings.
pub fn standard(config: &ColumnConfig) -> Standard {
    config.column_type.as_deref().map_or(Standard::Other, Standard::of)
}

/// Computes all of it.
pub fn forecast(library: &Library) -> Forecast {
    let mut entries: Vec<Vec<&Entry>> = vec![Vec::new(); library.columns.len()];
    for entry in library.entries.iter().filter(|entry| is_published(entry)) {
        entries[entry.column].push(entry);
    }
    let columns: Vec<_> = entries
        .iter()
        .enumerate()
        .map(|(index, entries)| column(library, index, entries))
        .collect();
    let in_state = |state: State| -> Vec<usize> {
        let found = columns.iter().filter(|column| column.state == state);
        found.map(|column| column.column).collect()
    };
    let stale_by_standard = columns
        .iter()
        .filter(|column| is_stale_by_standard(column, library.as_of));
    let counts = InspectionCounts {
        stale_by_standard: stale_by_standard.map(|column| column.column).collect(),
        overdue: in_state(State::Overdue),
        empty: in_state(State::Empty),
    };
    Forecast {
        front_page: front_page(library, &columns),
        columns,
        counts,
    }
}

/// A preview of a draft renews nothing.
fn is_published(entry: &Entry) -> bool {
    entry.visibility == Visibility::Published
}

fn column(library: &Library, index: usize, entries: &[&Entry]) -> ColumnFreshness {
    let own = &library.columns[index];
    let standard = standard(&own.config);
    let cycle_days = own.config.cycle_days.or(standard.days());
    let newest = newest(entries, library.as_of, |entry| {
        let common = &entry.common;
        let updated = common.updated.filter(|_| !standard.wants_new_entries());
        [common.date, updated]
    });
    let deadline = cycle_days.map(|days| Deadline::of(days, newest, library.as_of));
    let state = if entries.is_empty() {
        state_without_entries(library, own)
    } else {
        deadline.map_or(State::Unwatched, |deadline| deadline.state())
    };
    ColumnFreshness {
        column: index,
        standard,
        cycle_days,
        newest,
        due: deadline.and_then(|deadline| deadline.due),
        days_left: deadline.and_then(|deadline| deadline.days_left),
        state,
    }
}

fn state_without_entries(library: &Library, column: &Column) -> State {
    let introduction = column.introduction.as_deref().filter(|entry| is_published(entry));
    match introduction {
        None => State::Unpublished,
        // A folder for one page, which is its introduction.
        Some(entry) if column.kind == Kind::Page && !library.body(entry).trim().is_empty() => State::Unwatched,
        Some(_) => State::Empty,
    }
}

/// The entry with the latest of its days that is not in the future; of several the first.
fn newest<const DAYS: usize>(
    entries: &[&Entry],
    as_of: Date,
    days: impl Fn(&Entry) -> [Option<Date>; DAYS],
) -> Option<(EntryId, Date)> {
    let mut newest: Option<(EntryId, Date)> = None;
    for entry in entries {
        let known = days(entry).into_iter().flatten().map(Date::day_only);
        let day = known.filter(|day| *day <= as_of.day_only()).max();
        if let Some(day) = day
            && newest.is_none_or(|(_, latest)| latest < day)
        {
            newest = Some((entry.id, day));
        }
    }
    newest
}

/// The front page shows the newest entries of the columns in the navigation.
fn front_page(library: &Library, columns: &[ColumnFreshness]) -> Option<Deadline> {
    let is_inspected = library.config.profile() == Profile::Government
        || columns.iter().any(|column| column.standard == Standard::News);
    let cycle_days = library
        .config
        .home
        .cycle_days
        .or_else(|| is_inspected.then_some(NEWS_DAYS))?;
    let shown: Vec<_> = library
        .entries
        .iter()
        .filter(|entry| is_published(entry) && library.column_of(entry).is_in_navigation())
        .collect();
    let newest = newest(&shown, library.as_of, |entry| [entry.common.date]);
    Some(Deadline::of(cycle_days, newest, library.as_of))
}

fn is_stale_by_standard(column: &ColumnFreshness, as_of: Date) -> bool {
    let days = column.standard.days().filter(|_| column.standard.wants_new_entries());
    let has_entries = !matches!(column.state, State::Empty | State::Unpublished);
    days.is_some_and(|days| {
        let due = column.newest.map(|(_, day)| day.days_later(days));
        has_entries && due.is_none_or(|due| as_of.days_until(due) < 0)
    })
}
