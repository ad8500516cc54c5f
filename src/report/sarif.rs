//! The report as SARIF 2.1.0, which code hosts and editors show beside the lines
//! (OASIS, *Static Analysis Results Interchange Format (SARIF) Version 2.1.0*, 27 March 2020).

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::Report;
use crate::diagnostic::{Diagnostic, Fix, Level, Rule, Severity, rule};
use crate::source::Span;

/// What a URI's path can't have as it is (RFC 3986); Han characters are encoded anyway.
const IN_PATHS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The whole report.
pub fn render(report: &Report<'_>) -> String {
    let results: Vec<Value> = report.worst_first().map(|one| result(report, one)).collect();
    let rules: Vec<Value> = rule::ALL.iter().map(descriptor).collect();
    let whole = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "hongtu",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": "zh-CN",
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": { "verdict": report.verdict() },
        }],
    });
    // A value of texts and numbers can always be written.
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}

fn descriptor(rule: &Rule) -> Value {
    let level = match rule.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Off => "none",
    };
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title() },
        "help": { "text": rule.explanation, "markdown": rule.explanation },
        "defaultConfiguration": { "enabled": rule.level != Level::Off, "level": level },
        "properties": { "tags": [rule.group()] },
    })
}

fn result(report: &Report<'_>, diagnostic: &Diagnostic) -> Value {
    let message = match &diagnostic.help {
        Some(help) => format!("{}\n办法：{help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut result = json!({
        "ruleId": diagnostic.rule.id,
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": { "text": message },
    });
    if let Some(index) = rule::ALL.iter().position(|rule| *rule == diagnostic.rule) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(place) = diagnostic.span.and_then(|span| physical_location(report, span)) {
        result["locations"] = json!([{ "physicalLocation": place }]);
    }
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .filter_map(|(span, label)| {
            let place = physical_location(report, *span)?;
            Some(json!({ "physicalLocation": place, "message": { "text": label } }))
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    let fixes: Vec<Value> = diagnostic.fixes.iter().filter_map(|one| fix(report, one)).collect();
    if !fixes.is_empty() {
        result["fixes"] = json!(fixes);
    }
    result
}

fn fix(report: &Report<'_>, fix: &Fix) -> Option<Value> {
    let (path, _) = report.place(fix.span)?;
    Some(json!({
        "description": { "text": format!("换成“{}”", fix.replacement) },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(&path) },
            "replacements": [{
                "deletedRegion": region(report, fix.span)?,
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    }))
}

fn physical_location(report: &Report<'_>, span: Span) -> Option<Value> {
    let (path, _) = report.place(span)?;
    Some(json!({ "artifactLocation": { "uri": uri(&path) }, "region": region(report, span)? }))
}

fn region(report: &Report<'_>, span: Span) -> Option<Value> {
    let (_, source) = report.place(span)?;
    let [start, end] = [span.range().start, span.range().end].map(|offset| source.line_column(offset));
    Some(json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }))
}

fn uri(path: &str) -> String {
    utf8_percent_encode(path, IN_PATHS).to_string()
}
