//! The report for programs. Its form is `report.schema.json` beside this file, which is published with the
//! documentation; whatever changes in a way that a reader could trip over gets the next number of `format`.

use serde_json::{Value, json};

use super::{Counts, Report};
use crate::diagnostic::{Certainty, Diagnostic, Severity};
use crate::source::Span;

/// The JSON Schema (2020-12) of the report.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// Says how the report is to be read.
const FORMAT: u32 = 1;

/// The whole report. Lines and columns count from 1, columns in characters; ends are one past the last.
pub fn render(report: &Report<'_>) -> String {
    let problems: Vec<Value> = report.worst_first().map(|one| problem(report, one)).collect();
    let groups: Vec<Value> = report
        .groups()
        .iter()
        .map(|group| {
            json!({
                "id": group.id,
                "name": group.name,
                "errors": group.counts.errors,
                "warnings": group.counts.warnings,
            })
        })
        .collect();
    let Counts { errors, warnings } = report.counts();
    let whole = json!({
        "format": FORMAT,
        "tool": { "name": "hongtu", "version": env!("CARGO_PKG_VERSION") },
        "site": {
            "title": report.title,
            "profile": report.profile.word(),
            "asOf": report.as_of.day_only().to_string(),
            "entries": report.entries,
        },
        "verdict": { "publishable": report.can_be_published(), "text": report.verdict() },
        "errors": errors,
        "warnings": warnings,
        "groups": groups,
        "problems": problems,
    });
    // A value of texts and numbers can always be written.
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}

fn problem(report: &Report<'_>, diagnostic: &Diagnostic) -> Value {
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .filter_map(|(span, label)| Some(json!({ "place": place(report, *span)?, "label": label })))
        .collect();
    let fixes: Vec<Value> = diagnostic
        .fixes
        .iter()
        .filter_map(|fix| {
            Some(json!({
                "place": place(report, fix.span)?,
                "replacement": fix.replacement,
                "certain": fix.certainty == Certainty::Certain,
            }))
        })
        .collect();
    json!({
        "rule": diagnostic.rule.id,
        "title": diagnostic.rule.title(),
        "severity": word(diagnostic.severity),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "label": diagnostic.label,
        "place": diagnostic.span.and_then(|span| place(report, span)),
        "related": related,
        "fixes": fixes,
    })
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn place(report: &Report<'_>, span: Span) -> Option<Value> {
    let (path, source) = report.place(span)?;
    let [start, end] = [span.range().start, span.range().end].map(|offset| source.line_column(offset));
    Some(json!({
        "path": path,
        "line": start.line,
        "column": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "words": report.sources.text(span),
    }))
}
