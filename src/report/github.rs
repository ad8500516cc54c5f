//! Problems as annotations of GitHub Actions: workflow commands, one a line
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).
//! Gitea and Forgejo understand them too.

use std::fmt::Write;

use super::Report;
use crate::diagnostic::Severity;

/// The whole report.
pub fn render(report: &Report<'_>) -> String {
    let mut text = String::new();
    for diagnostic in report.worst_first() {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut properties = Vec::new();
        if let Some((path, source, span)) = diagnostic
            .span
            .and_then(|span| report.place(span).map(|(path, source)| (path, source, span)))
        {
            let (start, end) = (
                source.line_column(span.range().start),
                source.line_column(span.range().end),
            );
            properties.push(("file", path));
            properties.push(("line", start.line.to_string()));
            properties.push(("endLine", end.line.to_string()));
            // Columns mean something on one line only.
            if start.line == end.line {
                properties.push(("col", start.column.to_string()));
                properties.push(("endColumn", end.column.to_string()));
            }
        }
        properties.push((
            "title",
            format!("{}（{}）", diagnostic.rule.title(), diagnostic.rule.id),
        ));
        let properties: Vec<String> = properties
            .into_iter()
            .map(|(name, value)| format!("{name}={}", escaped_property(&value)))
            .collect();
        let message = match &diagnostic.help {
            Some(help) => format!("{}\n办法：{help}", diagnostic.message),
            None => diagnostic.message.clone(),
        };
        // Writing to a string can't fail.
        let _ = writeln!(text, "::{command} {}::{}", properties.join(","), escaped(&message));
    }
    let _ = writeln!(text, "{}", report.verdict());
    text
}

/// What would end a message.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What would end a property.
fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
