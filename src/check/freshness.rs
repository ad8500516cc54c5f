//! What is no longer fresh, or soon will not be, as of a day that the build is told: what the
//! inspection of government sites asks (国办秘函〔2019〕19号).
//!
//! These are warnings on every portal: what is stale is mended by publishing, so that it must not stop a
//! build. A site may make them errors.

pub mod forecast;

#[cfg(test)]
mod tests;

use crate::diagnostic::{Diagnostic, Rule, rule};
use crate::read::{Column, EntryId, Library};
use crate::schema::date::Date;
use crate::source::Span;
use forecast::{ColumnFreshness, Deadline, Forecast, State, forecast, turns_red_on};

/// So many stale columns of news and notices are a veto.
const STALE_FOR_VETO: usize = 5;
/// So many columns past their own cycle are a veto.
const OVERDUE_FOR_VETO: usize = 10;
/// So many empty columns are a veto.
const EMPTY_FOR_VETO: usize = 5;
/// So many columns are named in a message.
const MOST_NAMED: usize = 5;

pub(super) fn check(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let forecast = forecast(library);
    for column in &forecast.columns {
        diagnostics.extend(column_problem(library, column));
        diagnostics.extend(lax_cycle(library, column));
    }
    diagnostics.extend(front_page(library, &forecast));
    diagnostics.extend(vetoes(library, &forecast));
}

fn column_problem(library: &Library, fresh: &ColumnFreshness) -> Option<Diagnostic> {
    let column = &library.columns[fresh.column];
    let title = &column.title;
    let days = fresh.cycle_days.unwrap_or_default();
    let (rule, message, help) = match (fresh.state, fresh.due) {
        (State::Overdue, Some(due)) => (
            rule::STALE_COLUMN,
            format!(
                "栏目“{title}”已经 {} 天没有更新，约定 {days} 天，从 {} 起就算超期",
                fresh.newest.map_or(0, |(_, day)| day.days_until(library.as_of)),
                turns_red_on(due)
            ),
            "发一篇新的；暂时没有可发的，把栏目并到别处，或者按实际改“更新周期”",
        ),
        (State::Overdue, None) => (
            rule::STALE_COLUMN,
            format!("栏目“{title}”里没有一篇写着日期，检查时算没有更新"),
            "在每一篇的抬头里补上日期",
        ),
        (State::DueSoon, Some(due)) => (
            rule::DUE_SOON,
            format!(
                "栏目“{title}”{}，从 {} 起就算超期",
                time_left(fresh.days_left),
                turns_red_on(due)
            ),
            "趁早备一篇稿子",
        ),
        (State::Empty, _) => (
            rule::EMPTY_COLUMN,
            format!("栏目“{title}”是空的，读者打开只看到栏目说明"),
            "放一篇已经发布的文章，或者连同栏目说明一起撤下",
        ),
        // A column without any file is reported where the settings are looked at.
        (State::Unpublished, _) if has_files(library, fresh.column) && is_set_up(library, column) => (
            rule::EMPTY_COLUMN,
            format!("栏目“{title}”里的文章都没有发布，读者看不到这个栏目"),
            "发布一篇，或者在 site.yaml 里删去这个栏目",
        ),
        _ => return None,
    };
    let mut diagnostic = Diagnostic::without_place(rule, message).help(help);
    diagnostic.span = column_span(library, column, "folder");
    Some(with_newest(library, diagnostic, fresh.newest))
}

fn time_left(days_left: Option<i64>) -> String {
    match days_left {
        None | Some(0) => "今天是最后一天".to_owned(),
        Some(days) => format!("还有 {days} 天到期"),
    }
}

fn has_files(library: &Library, column: usize) -> bool {
    library.columns[column].introduction.is_some() || library.entries.iter().any(|entry| entry.column == column)
}

fn is_set_up(library: &Library, column: &Column) -> bool {
    library.config.column(&column.folder).is_some()
}

/// A cycle that is longer than an inspection's.
fn lax_cycle(library: &Library, fresh: &ColumnFreshness) -> Option<Diagnostic> {
    let column = &library.columns[fresh.column];
    let own = column.config.cycle_days?;
    let most = fresh.standard.days().filter(|most| *most < own)?;
    let message = format!(
        "栏目“{}”约定 {own} 天更新一次，检查指标对{}栏目要求 {most} 天",
        column.title,
        fresh.standard.chinese()
    );
    let mut diagnostic = Diagnostic::without_place(rule::LAX_CYCLE, message)
        .help(format!("改成 {most} 天以内；栏目其实不是这一类的，改栏目类型"));
    diagnostic.span = column_span(library, column, "cycle_days");
    Some(diagnostic)
}

fn front_page(library: &Library, forecast: &Forecast) -> Option<Diagnostic> {
    let deadline = forecast.front_page?;
    let days = deadline.cycle_days;
    let (rule, message): (Rule, String) = match (deadline.state(), deadline.due) {
        (State::Overdue, Some(due)) => (
            rule::FRONT_PAGE,
            format!(
                "首页已经 {} 天没有新信息，要求 {days} 天，从 {} 起就算不更新",
                age(&deadline, library.as_of),
                turns_red_on(due)
            ),
        ),
        (State::Overdue, None) => (rule::FRONT_PAGE, "首页上没有一条写着日期的信息".to_owned()),
        (State::DueSoon, Some(due)) => (
            rule::DUE_SOON,
            format!(
                "首页{}，从 {} 起就算不更新",
                time_left(deadline.days_left),
                turns_red_on(due)
            ),
        ),
        _ => return None,
    };
    let mut diagnostic = Diagnostic::without_place(rule, message).help("在导航里的任何一个栏目发一篇新的，首页就有了");
    let way = if library.config.home.cycle_days.is_some() {
        "home.cycle_days"
    } else {
        "title"
    };
    diagnostic.span = library.config.span(&library.sources, way);
    Some(with_newest(library, diagnostic, deadline.newest))
}

fn age(deadline: &Deadline, as_of: Date) -> i64 {
    deadline.newest.map_or(0, |(_, day)| day.days_until(as_of))
}

/// What would fail an inspection whatever else is good.
fn vetoes(library: &Library, forecast: &Forecast) -> Vec<Diagnostic> {
    let counts = &forecast.counts;
    let named = |columns: &[usize]| {
        let titles = columns
            .iter()
            .take(MOST_NAMED)
            .map(|index| &*library.columns[*index].title);
        let more = if columns.len() > MOST_NAMED { "等" } else { "" };
        format!("{}{more}", titles.collect::<Vec<_>>().join("、"))
    };
    let limits = [
        (
            &counts.stale_by_standard,
            STALE_FOR_VETO,
            "动态要闻超过 14 天、通知公告和政策文件超过 180 天没有更新的栏目",
        ),
        (&counts.overdue, OVERDUE_FOR_VETO, "超过更新周期的栏目"),
        (&counts.empty, EMPTY_FOR_VETO, "空白栏目"),
    ];
    let found = limits.into_iter().filter(|(columns, limit, _)| columns.len() >= *limit);
    found
        .map(|(columns, limit, what)| {
            let count = columns.len();
            let message = format!("{what}有 {count} 个（{}），满 {limit} 个就是单项否决", named(columns));
            let mut diagnostic =
                Diagnostic::without_place(rule::VETO, message).help("先更新最容易的几个；没有人管的栏目合并或撤下");
            diagnostic.span = library.config.span(&library.sources, "columns");
            diagnostic
        })
        .collect()
}

/// Where a key of a column stands in `site.yaml`; its introduction for a column that is not set up there.
fn column_span(library: &Library, column: &Column, key: &str) -> Option<Span> {
    let number = library
        .config
        .columns
        .iter()
        .position(|known| known.folder == column.folder);
    match number {
        Some(number) => library
            .config
            .span(&library.sources, &format!("columns[{number}].{key}")),
        None => column
            .introduction
            .as_deref()
            .map(|entry| library.field_span(entry, "title")),
    }
}

fn with_newest(library: &Library, diagnostic: Diagnostic, newest: Option<(EntryId, Date)>) -> Diagnostic {
    let Some((id, day)) = newest else { return diagnostic };
    let entry = library.entry(id);
    let is_date = entry.common.date.is_some_and(|date| date.day_only() == day);
    let key = if is_date { "date" } else { "updated" };
    diagnostic.related(library.field_span(entry, key), "最近的一次更新")
}
