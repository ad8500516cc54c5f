//! Tables: a head says what the columns are.

use crate::diagnostic::{Diagnostic, rule};
use crate::read::{Entry, Library};
use crate::source::Span;

pub(in crate::check) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    for table in entry.outline.tables.iter().filter(|table| !table.has_head) {
        let text = library.sources.text(table.span);
        let length = text.lines().next().map_or(0, str::len);
        let start = table.span.range().start;
        diagnostics.push(
            Diagnostic::new(
                rule::TABLE_HEAD,
                Span::new(entry.file, start, start + length),
                "表格的第一行是空的，没有表头",
            )
            .help("在第一行写上每一列是什么，例如 | 项目 | 牵头单位 | 进度 |"),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::found_in;

    #[test]
    fn a_head_with_nothing_in_it() {
        let found = found_in("|  |  |\n|--|--|\n| 甲 | 1 |\n", "structure/table-head");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "|  |  |");
    }

    #[test]
    fn one_cell_may_be_empty() {
        for body in [
            "| | 2025 |\n|-|-|\n|甲|1|\n",
            "|`a`|\n|-|\n|1|\n",
            "|![图](a.png)|\n|-|\n|1|\n",
        ] {
            assert!(found_in(body, "structure/table-head").is_empty(), "{body}");
        }
    }
}
