//! Where the text of a fenced block stands in its file.
//!
//! A fence inside of a list or a quotation has a prefix on each of its lines, and the parser turns
//! the line ends of Windows into those of Unix. So the text that is read as YAML is no piece of
//! the file, but made of pieces of it.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// The pieces of a file that a fence's text is made of, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FenceText {
    pieces: Vec<Piece>,
    /// The length of the text so far.
    length: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    /// Where it begins in the text.
    at: usize,
    /// Where it stands in the file.
    source: Range<usize>,
}

impl FenceText {
    /// Adds what comes next: its length in the text and its place in the file.
    pub fn push(&mut self, length: usize, source: Range<usize>) {
        let at = self.length;
        self.length += length;
        if let Some(last) = self.pieces.last_mut()
            && last.source.end == source.start
            && last.source.len() == at - last.at
        {
            last.source.end = source.end;
            return;
        }
        self.pieces.push(Piece { at, source });
    }

    /// The place in the file of a range of the text; `None` for a fence without text.
    pub fn in_file(&self, range: Range<usize>) -> Option<Range<usize>> {
        let start = self.offset(range.start)?;
        // The end is that of the last byte: what follows it may stand on another line.
        let end = if range.end > range.start {
            self.offset(range.end - 1)? + 1
        } else {
            start
        };
        Some(start..end.max(start))
    }

    fn offset(&self, at: usize) -> Option<usize> {
        let index = self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1)?;
        let piece = &self.pieces[index];
        Some((piece.source.start + (at - piece.at)).min(piece.source.end))
    }

    /// A span whose bytes are those of the text as a span of the file; `whole` for a fence
    /// without text.
    pub fn span(&self, file: FileId, span: Span, whole: Span) -> Span {
        self.in_file(span.range())
            .map_or(whole, |range| Span::new(file, range.start, range.end))
    }

    /// Moves the places of a problem from the text to the file.
    pub fn locate(&self, diagnostic: &mut Diagnostic, file: FileId, whole: Span) {
        if let Some(span) = &mut diagnostic.span {
            *span = self.span(file, *span, whole);
        }
        for (span, _) in &mut diagnostic.related {
            *span = self.span(file, *span, whole);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_behind_prefixes_are_found() {
        let file = "> 名: 甲\r\n> 数: 1\r\n";
        let text = "名: 甲\n数: 1\n";
        let mut pieces = FenceText::default();
        pieces.push("名: 甲\n".len(), 2..2 + "名: 甲\r\n".len());
        let second = file.find("数").unwrap();
        pieces.push("数: 1\n".len(), second..second + "数: 1\r\n".len());
        let place = |words: &str| {
            let at = text.find(words).unwrap();
            &file[pieces.in_file(at..at + words.len()).unwrap()]
        };
        assert_eq!(place("甲"), "甲");
        assert_eq!(place("数: 1"), "数: 1");
        assert_eq!(FenceText::default().in_file(0..0), None);
    }
}
