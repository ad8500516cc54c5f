//! The text of a file, its id, and places in it.
//!
//! All offsets are bytes into the whole file as it was decoded (never into the body or the front
//! matter alone), so a span can be shown without knowing which phase made it.

use std::sync::Arc;

/// Names one file of a build; an index into [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A place in a file: bytes `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Offsets beyond 4 GB, which no source reaches, are cut off there.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            file,
            start: narrow(start),
            end: narrow(end.max(start)),
        }
    }

    /// The first byte of a file, for what concerns the file as a whole.
    pub fn file_start(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// The bytes as a range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One file as text.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as people know it: relative to the site, with `/`.
    pub path: Arc<str>,
    /// The decoded text; line ends and everything else are as in the file.
    pub text: Arc<str>,
    /// Whether the file is in another encoding than UTF-8, so that its bytes are not those of the text.
    pub has_other_encoding: bool,
}

/// A line and a column as editors count them, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Source {
    /// Where a byte offset stands. Offsets past the end count as the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = floor_char_boundary(&self.text, offset);
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        LineColumn {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// The byte offset of a line (from 1) and a column in characters (from 0).
    /// Lines and columns past the end lead to the end of the text or of the line.
    pub fn offset_of(&self, line: usize, column: usize) -> usize {
        offset_in(&self.text, line, column)
    }
}

/// The byte offset of a line (from 1) and a column in characters (from 0) in `text`.
pub fn offset_in(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match text[start..].find('\n') {
            Some(at) => start += at + 1,
            None => return text.len(),
        }
    }
    let rest = &text[start..];
    let rest = &rest[..rest.find('\n').unwrap_or(rest.len())];
    start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}

/// The byte offset of a line (from 1) and a column in bytes (from 0) in `text`.
pub fn offset_of_byte(text: &str, line: usize, column: usize) -> usize {
    let start = if line > 1 { offset_in(text, line, 0) } else { 0 };
    floor_char_boundary(text, start.saturating_add(column))
}

/// The nearest character boundary at or before `offset`.
pub fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// All files of a build.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Takes a file in and gives it its id.
    pub fn add(&mut self, path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source {
            path: path.into(),
            text: text.into(),
            has_other_encoding: false,
        });
        id
    }

    /// Notes that a file is in another encoding than UTF-8.
    pub fn mark_other_encoding(&mut self, id: FileId) {
        if let Some(source) = self.files.get_mut(id.0 as usize) {
            source.has_other_encoding = true;
        }
    }

    /// Takes another text for a file; nothing for an id of another collection.
    pub fn replace_text(&mut self, id: FileId, text: impl Into<Arc<str>>) {
        if let Some(source) = self.files.get_mut(id.0 as usize) {
            source.text = text.into();
        }
    }

    /// The file of an id that this collection gave out; `None` for an id of another one.
    pub fn get(&self, id: FileId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// The text of a span; empty where the span does not fit the file.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|source| source.text.get(span.range()))
            .unwrap_or("")
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
