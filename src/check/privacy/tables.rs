//! Tables: of Markdown, to know the head of the column that a place stands in, and of data files, cell by cell.

use std::ops::Range;

/// The head of the column of a table in Markdown that a place of a text stands in; empty outside of tables.
pub fn head_at(text: &str, at: usize) -> &str {
    let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let Some(column) = column_at(&text[line_start..at]) else {
        return "";
    };
    let mut rule_found = false;
    // A table is not longer than this; what is between the place and its head is read once for each place.
    for line in text[..line_start].lines().rev().take(2000) {
        if rule_found {
            return cells(line).nth(column).map_or("", |cell| line[cell].trim());
        }
        if !line.contains('|') {
            return "";
        }
        rule_found = is_rule(line);
    }
    ""
}

/// The line between the head and the rows.
pub fn is_rule(line: &str) -> bool {
    line.contains('|')
        && line.contains('-')
        && line
            .chars()
            .all(|letter| matches!(letter, '|' | '-' | ':' | ' ' | '\t'))
}

/// How many signs between cells stand before a place of a row, that at its beginning left out; `None` before the
/// first or outside of a row.
fn column_at(before: &str) -> Option<usize> {
    let row = before.trim_start();
    let has_edge = row.starts_with('|');
    let signs = unescaped(row).count();
    if has_edge {
        signs.checked_sub(1)
    } else {
        (signs > 0).then_some(signs)
    }
}

/// The places of the signs between cells.
fn unescaped(row: &str) -> impl Iterator<Item = usize> {
    let bytes = row.as_bytes();
    row.match_indices('|')
        .map(|(at, _)| at)
        .filter(|at| at.checked_sub(1).and_then(|before| bytes.get(before)) != Some(&b'\\'))
}

/// The cells of a row of Markdown, with the spaces in them.
pub fn cells(line: &str) -> impl Iterator<Item = Range<usize>> {
    let begin = line.len() - line.trim_start().len();
    let begin = if line[begin..].starts_with('|') {
        begin + 1
    } else {
        begin
    };
    let mut start = begin;
    let mut ends: Vec<usize> = unescaped(&line[begin..]).map(|at| begin + at).collect();
    if ends.last().is_none_or(|last| !line[last + 1..].trim().is_empty()) {
        ends.push(line.len());
    }
    ends.into_iter().map(move |end| {
        let cell = start..end;
        start = end + 1;
        cell
    })
}

/// One cell of a data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// From 1.
    pub row: usize,
    /// From 1.
    pub column: usize,
    /// Its bytes, without quotation marks around them.
    pub range: Range<usize>,
}

/// All cells of a data file: commas, semicolons or tabs between them, as its first line has most of.
pub fn data_cells(text: &str) -> impl Iterator<Item = Cell> {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: &u8| first.bytes().filter(|byte| byte == sign).count();
    let sign = [b';', b'\t', b','].into_iter().max_by_key(count).unwrap_or(b',');
    let bytes = text.as_bytes();
    let (mut at, mut row, mut column) = (0, 1, 1);
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let (range, end) = data_cell(bytes, at, sign);
        let cell = Cell { row, column, range };
        match bytes.get(end) {
            Some(found) if *found == sign => column += 1,
            _ => (row, column) = (row + 1, 1),
        }
        at = end + 1;
        Some(cell)
    })
}

/// The bytes of a cell, and where the sign behind it stands.
fn data_cell(bytes: &[u8], start: usize, sign: u8) -> (Range<usize>, usize) {
    let is_end = |byte: &u8| *byte == sign || *byte == b'\n';
    let length = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().position(is_end).unwrap_or(rest.len())
    };
    if bytes.get(start) != Some(&b'"') {
        let end = start + length(start);
        let inside = if bytes[start..end].ends_with(b"\r") {
            end - 1
        } else {
            end
        };
        return (start..inside, end);
    }
    let mut at = start + 1;
    // A mark that is written twice is one of the text.
    loop {
        match bytes.get(at) {
            Some(b'"') if bytes.get(at + 1) == Some(&b'"') => at += 2,
            Some(b'"') | None => break,
            Some(_) => at += 1,
        }
    }
    let end = at + length(at);
    (start + 1..at, end.min(bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_those_of_the_column() {
        let text = "前\n\n| 姓名 | 手机 \\| 微信 |\n|---|:--|\n| 甲 | 乙 |\n| 丙 | 丁 |\n\n后 | 戊\n甲|乙\n-|-\n1|2\n";
        let head = |words: &str| head_at(text, text.find(words).unwrap());
        assert_eq!(head("丙"), "姓名");
        assert_eq!(head("丁"), "手机 \\| 微信");
        assert_eq!(head("前"), "");
        assert_eq!(head("姓名"), "");
        assert_eq!(head("戊"), "");
        assert_eq!(head("2\n"), "乙");
    }

    #[test]
    fn cells_of_data_have_their_rows_and_columns() {
        let text = "姓名,电话\r\n\"甲,\n\"\"乙\"\"\",1\r\n丙,\n";
        let cells: Vec<_> = data_cells(text)
            .map(|cell| (cell.row, cell.column, &text[cell.range]))
            .collect();
        assert_eq!(
            cells,
            [
                (1, 1, "姓名"),
                (1, 2, "电话"),
                (2, 1, "甲,\n\"\"乙\"\""),
                (2, 2, "1"),
                (3, 1, "丙"),
                (3, 2, ""),
            ]
        );
        let tabs = "a\tb\n1,5\t2";
        assert_eq!(
            data_cells(tabs).map(|cell| &tabs[cell.range]).collect::<Vec<_>>(),
            ["a", "b", "1,5", "2"]
        );
        assert_eq!(data_cells("").count(), 0);
        assert_eq!(data_cells("\"a").count(), 1);
    }
}
