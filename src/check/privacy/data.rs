//! Data files that are published as they are: tables cell by cell, other texts as they stand.

use rayon::prelude::*;

use super::report::{self, Reader};
use super::tables::{self, Cell};
use super::{addresses, emails, in_text, numbers};
use crate::diagnostic::{Diagnostic, quotable};
use crate::read::Library;
use crate::read::data_files::{DataFile, DataForm};
use crate::source::{FileId, Span};

pub(super) fn check(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let found: Vec<_> = library
        .data_files
        .par_iter()
        .flat_map_iter(|data| in_file(library, data))
        .collect();
    diagnostics.extend(found);
}

fn in_file(library: &Library, data: &DataFile) -> Vec<Diagnostic> {
    let text = library.sources.get(data.file).map_or("", |source| &*source.text);
    match data.form {
        DataForm::Table => in_table(data.file, text),
        DataForm::Text => {
            let reader = if data.path.to_ascii_lowercase().ends_with(".json") {
                Reader::Program
            } else {
                Reader::People
            };
            in_text((data.file, text), reader)
        }
    }
}

fn in_table(file: FileId, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut heads: Vec<&str> = Vec::new();
    for cell in tables::data_cells(text) {
        let words = &text[cell.range.clone()];
        if cell.row == 1 {
            heads.push(words.trim());
        }
        let head = match cell.row {
            1 => "",
            _ => heads.get(cell.column - 1).copied().unwrap_or_default(),
        };
        in_cell(file, (&cell, words, head), &mut found);
    }
    found
}

fn in_cell(file: FileId, (cell, words, head): (&Cell, &str, &str), found: &mut Vec<Diagnostic>) {
    let span = |range: &std::ops::Range<usize>| {
        let start = cell.range.start;
        Span::new(file, start + range.start, start + range.end)
    };
    let place = place(cell, head);
    for number in numbers::find(words, |_| head) {
        let at = (span(&number.range), Reader::People);
        found.push(report::number(&number, at, &place));
    }
    let in_column = addresses::in_cell(words).filter(|_| addresses::is_head(head));
    let homes = in_column.map_or_else(|| addresses::find(words), |address| vec![address]);
    for address in homes {
        found.push(report::address(&address, span(&address.range), &place));
    }
    for email in emails::find(words) {
        found.push(report::email(&email, span(&email.range), &place));
    }
}

fn place(cell: &Cell, head: &str) -> String {
    let (row, column) = (cell.row, cell.column);
    if head.is_empty() {
        format!("第 {row} 行第 {column} 列")
    } else {
        format!("第 {row} 行第 {column} 列（{}）", quotable(head))
    }
}
