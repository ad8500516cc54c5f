//! The report as one page for whoever signs: how each group of rules stands, which columns will be late and
//! when, the sheet to sign, and behind it all problems. It needs nothing but itself, and is made for A4 paper.

use serde::Serialize;
use tera::{Context, Tera};

use super::{Forecast, Light, Report};
use crate::diagnostic::{Diagnostic, Severity};
use crate::schema::date::Date;
use crate::source::{Source, Span, floor_char_boundary};

/// The form of the page.
const TEMPLATE: &str = include_str!("page.html");
/// So many characters are quoted on either side of the words.
const AROUND: usize = 24;

#[derive(Serialize)]
struct PageView<'a> {
    title: &'a str,
    profile: &'static str,
    as_of: String,
    entries: usize,
    can_be_published: bool,
    verdict: String,
    errors: usize,
    warnings: usize,
    groups: Vec<GroupView<'a>>,
    /// The groups in which nothing was found, in words; empty where there are none.
    fine: String,
    forecast: Vec<ForecastView<'a>>,
    version: &'static str,
}

#[derive(Serialize)]
struct GroupView<'a> {
    name: &'static str,
    light: &'static str,
    light_name: &'static str,
    counts: String,
    problems: Vec<ProblemView<'a>>,
}

#[derive(Serialize)]
struct ProblemView<'a> {
    is_error: bool,
    rule: &'static str,
    path: Option<String>,
    line: usize,
    message: &'a str,
    before: String,
    words: String,
    after: String,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct ForecastView<'a> {
    column: &'a str,
    newest: Option<String>,
    cycle: u32,
    due: Option<String>,
    left: String,
    light: &'static str,
    light_name: &'static str,
}

/// The whole page, HTML.
///
/// # Errors
/// When the form can't be filled, which is a mistake in the program and never in the content.
pub fn render(report: &Report<'_>) -> Result<String, tera::Error> {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html"]);
    tera.add_raw_template("page.html", TEMPLATE)?;
    let mut context = Context::new();
    context.insert("report", &view(report));
    tera.render("page.html", &context)
}

fn view<'a>(report: &Report<'a>) -> PageView<'a> {
    let counts = report.counts();
    let mut groups: Vec<(Light, GroupView<'a>)> = report
        .groups()
        .into_iter()
        .map(|group| {
            let light = Light::of(group.counts);
            let own = report.worst_first().filter(|one| one.rule.group() == group.id);
            let view = GroupView {
                name: group.name,
                light: light.word(),
                light_name: light.chinese(),
                counts: group.counts.words(),
                problems: own.map(|one| problem(report, one)).collect(),
            };
            (light, view)
        })
        .collect();
    // The worst first; the sort keeps the groups' own order among equals.
    groups.sort_by_key(|(light, _)| *light);
    let fine: Vec<&str> = groups
        .iter()
        .filter(|(_, group)| group.problems.is_empty())
        .map(|(_, group)| group.name)
        .collect();
    PageView {
        title: report.title,
        profile: report.profile.chinese(),
        as_of: day(report.as_of),
        entries: report.entries,
        can_be_published: report.can_be_published(),
        verdict: report.verdict(),
        errors: counts.errors,
        warnings: counts.warnings,
        fine: fine.join("、"),
        groups: groups.into_iter().map(|(_, view)| view).collect(),
        forecast: report.forecast.iter().map(forecast).collect(),
        version: env!("CARGO_PKG_VERSION"),
    }
}

fn problem<'a>(report: &Report<'a>, diagnostic: &'a Diagnostic) -> ProblemView<'a> {
    let place = diagnostic
        .span
        .and_then(|span| report.place(span).map(|place| (span, place)));
    let (before, words, after) = place
        .as_ref()
        .map_or_else(Default::default, |(span, (_, source))| quotation(source, *span));
    ProblemView {
        is_error: diagnostic.severity == Severity::Error,
        rule: diagnostic.rule.id,
        line: place
            .as_ref()
            .map_or(0, |(span, (_, source))| source.line_column(span.range().start).line),
        path: place.map(|(_, (path, _))| path),
        message: &diagnostic.message,
        before,
        words,
        after,
        help: diagnostic.help.as_deref(),
    }
}

/// The words of a place and what stands around them on the line.
fn quotation(source: &Source, span: Span) -> (String, String, String) {
    let text = &*source.text;
    let start = floor_char_boundary(text, span.range().start);
    let end = floor_char_boundary(text, span.range().end).max(start);
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let before: Vec<char> = text[line..start].chars().rev().take(AROUND).collect();
    let is_cut = |part: &str, taken: usize| if part.chars().nth(taken).is_some() { "…" } else { "" };
    let before_text: String = before.into_iter().rev().collect();
    // What goes over several lines is shown by its first words.
    let words: String = text[start..end]
        .split('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .take(3 * AROUND)
        .collect();
    let cut = if words.len() < end - start { "…" } else { "" };
    let after: String = text[end..line_end].trim_end().chars().take(AROUND).collect();
    (
        format!("{}{before_text}", is_cut(&text[line..start], AROUND)),
        format!("{words}{cut}"),
        format!("{after}{}", is_cut(text[end..line_end].trim_end(), AROUND)),
    )
}

fn forecast(one: &Forecast) -> ForecastView<'_> {
    ForecastView {
        column: &one.column,
        newest: one.newest.map(day),
        cycle: one.cycle,
        due: one.due.map(day),
        left: match one.days_left {
            None => "还没有内容".to_owned(),
            Some(0) => "就是今天".to_owned(),
            Some(days) if days < 0 => format!("已超 {} 天", -days),
            Some(days) => format!("还有 {days} 天"),
        },
        light: one.light.word(),
        light_name: one.light.chinese(),
    }
}

fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year, date.month, date.day)
}
