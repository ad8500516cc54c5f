//! What follows the problems on a terminal: the groups with their counts, and the last word.

use std::fmt::Write;

use super::Report;

/// The end of a report: a line for each group in which something was found, and the last word.
pub fn end(report: &Report<'_>) -> String {
    let mut text = String::new();
    let found = report.groups();
    let found = found
        .iter()
        .filter(|group| group.counts.errors + group.counts.warnings > 0);
    for group in found {
        // Writing to a string can't fail.
        let _ = writeln!(text, "{}（{}）：{}", group.name, group.id, group.counts.words());
    }
    let _ = write!(text, "{}", report.verdict());
    text
}
