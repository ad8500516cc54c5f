//! The report as one page for whoever signs: how each group of rules stands, which columns will be late and
//! when, the sheet to sign, and behind it all problems. It needs nothing but itself, and is made for A4 paper.

use serde::Serialize;
use tera::{Context, Tera};

use super::{Forecast, Light, Report};
use crate::diagnostic::quotation::Quotation;
use crate::diagnostic::{Diagnostic, Severity};
use crate::schema::date::Date;

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
    quotation: Option<Quotation>,
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
    let quotation = place
        .as_ref()
        .map(|(span, (_, source))| Quotation::of(source, *span, AROUND))
        .filter(|quotation| !quotation.words.is_empty());
    ProblemView {
        is_error: diagnostic.severity == Severity::Error,
        rule: diagnostic.rule.id,
        line: place
            .as_ref()
            .map_or(0, |(span, (_, source))| source.line_column(span.range().start).line),
        path: place.map(|(_, (path, _))| path),
        message: &diagnostic.message,
        quotation,
        help: diagnostic.help.as_deref(),
    }
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
