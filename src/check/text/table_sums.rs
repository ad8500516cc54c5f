//! Rows of totals in tables that are not the sum of the rows above them.

use std::ops::Range;

use super::words::Page;
use crate::diagnostic::{Diagnostic, rule};
use crate::kind::figure::number_text;
use crate::source::Span;

/// What the first cell of a row of totals says.
const TOTALS: &[&str] = &["合计", "总计", "共计", "总数"];

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let body = page.library.body(page.entry);
    if !TOTALS.iter().any(|word| body.contains(word)) || !body.contains('|') {
        return;
    }
    let start = page.entry.body.range().start;
    let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.starts_with('|') {
            if trimmed.chars().all(|letter| matches!(letter, '|' | '-' | ':' | ' ')) {
                // What is above the rule are the heads.
                rows.clear();
            } else {
                rows.push(cells(line, at));
            }
            let is_total = rows.last().and_then(|row| row.first()).is_some_and(|cell| {
                let text = body[cell.clone()].replace([' ', '*', '\u{3000}'], "");
                TOTALS.contains(&text.as_str())
            });
            if is_total {
                compare(page, (body, start), &rows, found);
                rows.clear();
            }
        } else {
            rows.clear();
        }
        at += line.len();
    }
}

/// The cells of a row without their spaces.
fn cells(line: &str, at: usize) -> Vec<Range<usize>> {
    let end = line.trim_end().trim_end_matches('|').len();
    let begin = line.len() - line.trim_start().trim_start_matches('|').len();
    let mut cells = Vec::new();
    let mut start = begin;
    for cell in line.get(begin..end).unwrap_or_default().split('|') {
        let inside = cell.trim();
        let from = start + (cell.len() - cell.trim_start().len());
        cells.push(at + from..at + from + inside.len());
        start += cell.len() + 1;
    }
    cells
}

fn compare(page: &Page<'_>, (body, start): (&str, usize), rows: &[Vec<Range<usize>>], found: &mut Vec<Diagnostic>) {
    let Some((total, parts)) = rows.split_last().filter(|(_, parts)| parts.len() >= 2) else {
        return;
    };
    let number = |cell: &Range<usize>| -> Option<f64> {
        let text = body[cell.clone()].replace([',', '*', ' '], "");
        text.parse().ok().filter(|value: &f64| value.is_finite())
    };
    for (column, cell) in total.iter().enumerate().skip(1) {
        let Some(written) = number(cell) else { continue };
        let values: Option<Vec<f64>> = parts.iter().map(|row| row.get(column).and_then(number)).collect();
        let Some(values) = values else { continue };
        let sum: f64 = values.iter().sum();
        if (sum - written).abs() < values.iter().map(|_| 0.005).sum() {
            continue;
        }
        let rounded = (sum * 100.0).round() / 100.0;
        let terms: Vec<String> = values.iter().map(|value| number_text(*value)).collect();
        let terms = if terms.len() > 8 {
            format!("{} + … + {}", terms[..6].join(" + "), terms[terms.len() - 1])
        } else {
            terms.join(" + ")
        };
        let message = format!(
            "合计不符：{terms} = {}，表里写的是 {}",
            number_text(rounded),
            number_text(written)
        );
        let span = Span::new(page.entry.file, start + cell.start, start + cell.end);
        found.push(
            Diagnostic::new(rule::FIGURES_SUM, span, message)
                .label("合计")
                .help("核对每一行和合计；平均数、比率这样的列，合计一格写“—”"),
        );
    }
}
