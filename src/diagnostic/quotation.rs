//! The words of a place with what stands around them on the line, for pages.

use serde::Serialize;

use crate::source::{Source, Span, floor_char_boundary};

/// A line, cut where it is long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quotation {
    /// What stands before the words.
    pub before: String,
    /// The words that are to be marked.
    pub words: String,
    /// What stands behind them.
    pub after: String,
}

impl Quotation {
    /// The words of a place, and so many characters on either side.
    pub fn of(source: &Source, span: Span, around: usize) -> Self {
        let text = &*source.text;
        let start = floor_char_boundary(text, span.range().start);
        let end = floor_char_boundary(text, span.range().end).max(start);
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let before: Vec<char> = text[line..start].chars().rev().take(around).collect();
        let is_cut = |part: &str, taken: usize| if part.chars().nth(taken).is_some() { "…" } else { "" };
        let before_text: String = before.into_iter().rev().collect();
        // What goes over several lines is shown by its first words.
        let words: String = text[start..end]
            .split('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .take(3 * around)
            .collect();
        let cut = if words.len() < end - start { "…" } else { "" };
        let after: String = text[end..line_end].trim_end().chars().take(around).collect();
        Self {
            before: format!("{}{before_text}", is_cut(&text[line..start], around)),
            words: format!("{words}{cut}"),
            after: format!("{after}{}", is_cut(text[end..line_end].trim_end(), around)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn the_words_stand_in_their_line_and_long_lines_are_cut() {
        let mut sources = Sources::default();
        let text = "标题: 甲\n一二三四五无锡高新去六七八九十\r\n末行";
        let file = sources.add("content/a.md", text);
        let start = text.find("无锡").unwrap();
        let source = sources.get(file).unwrap();
        let quotation = Quotation::of(source, Span::new(file, start, start + "无锡高新去".len()), 3);
        let expected = ("…三四五", "无锡高新去", "六七八…");
        assert_eq!((&*quotation.before, &*quotation.words, &*quotation.after), expected);
        let several_lines = Quotation::of(source, Span::new(file, start, text.len()), 24);
        assert_eq!(several_lines.words, "无锡高新去六七八九十\r…");
        let outside = Quotation::of(source, Span::new(file, 9000, 9001), 24);
        assert_eq!((&*outside.before, &*outside.words), ("末行", ""));
    }
}
