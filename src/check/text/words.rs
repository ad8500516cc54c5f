//! The words of one entry: the blocks of its body, the texts of its front matter and of its data blocks.

use std::ops::Range;

use super::language::Language;
use super::letters::Letters;
use super::signs::Signs;
use crate::check::entry_texts::{self, KeyText};
use crate::diagnostic::{Diagnostic, Rule};
use crate::read::outline::prose::{ProseBlock, SOMETHING_ELSE};
use crate::read::{Entry, Library};

/// One entry with its words.
pub struct Page<'a> {
    /// The library.
    pub library: &'a Library,
    /// The entry.
    pub entry: &'a Entry,
    /// The text of its whole file.
    pub source: &'a str,
    /// Its words in their order.
    pub words: Vec<Words>,
    /// What every character is.
    pub letters: &'a Letters,
    /// How common pairs of characters are.
    pub language: &'a Language<'a>,
}

/// A block with what is in it.
pub struct Words {
    /// The words and their places.
    pub block: ProseBlock,
    /// Where they stand.
    pub origin: Origin,
    /// What is in them.
    pub signs: Signs,
}

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// In the body.
    Body,
    /// In the value of a key.
    Key(&'static str),
}

impl<'a> Page<'a> {
    /// Reads the words of an entry.
    pub fn of(library: &'a Library, entry: &'a Entry, (letters, language): (&'a Letters, &'a Language<'a>)) -> Self {
        let source = library.sources.get(entry.file).map_or("", |source| &*source.text);
        let mut words = Vec::new();
        for KeyText { key, block } in entry_texts::of_front_matter(library, entry) {
            let signs = Signs::of(&block.text, letters);
            let origin = Origin::Key(key);
            words.push(Words { block, origin, signs });
        }
        for block in entry.outline.prose.blocks(entry.file, source) {
            let signs = Signs::of(&block.text, letters);
            let origin = Origin::Body;
            words.push(Words { block, origin, signs });
        }
        Self {
            library,
            entry,
            source,
            words,
            letters,
            language,
        }
    }

    /// The words of the body.
    pub fn body(&self) -> impl DoubleEndedIterator<Item = &Words> {
        self.words.iter().filter(|words| words.origin == Origin::Body)
    }

    /// How many of its characters are traditional only.
    pub fn traditional(&self) -> usize {
        self.words.iter().map(|words| words.signs.traditional).sum()
    }

    /// How many of its characters are simplified only.
    pub fn simplified(&self) -> usize {
        self.words.iter().map(|words| words.signs.simplified).sum()
    }

    /// Whether a writer set a backslash before a place, and so meant the sign as it is.
    pub fn is_escaped(&self, words: &Words, at: usize) -> bool {
        let start = words.block.span(at..at).range().start;
        self.source.get(..start).is_some_and(|before| before.ends_with('\\'))
    }
}

impl Words {
    /// Their text.
    pub fn text(&self) -> &str {
        &self.block.text
    }

    /// Whether a part stands in the file as it stands here, with nothing between, so that it can be replaced.
    fn is_as_written(&self, range: &Range<usize>) -> bool {
        let length = self.block.span(range.clone()).range().len();
        length == range.len() && !self.block.text[range.clone()].contains(SOMETHING_ELSE)
    }

    /// A problem in a part of them.
    pub fn problem(&self, rule: Rule, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, self.block.span(range), message)
    }

    /// Adds proposals for a part if it stands in one piece.
    pub fn propose<T: Into<String>>(
        &self,
        diagnostic: Diagnostic,
        (range, proposals): (Range<usize>, impl IntoIterator<Item = T>),
    ) -> Diagnostic {
        if !self.is_as_written(&range) {
            return diagnostic;
        }
        let span = self.block.span(range);
        proposals
            .into_iter()
            .fold(diagnostic, |diagnostic, text| diagnostic.proposal(span, text))
    }

    /// Adds what replaces a part for certain if it stands in one piece.
    pub fn mend(&self, diagnostic: Diagnostic, range: Range<usize>, replacement: impl Into<String>) -> Diagnostic {
        if !self.is_as_written(&range) {
            return diagnostic;
        }
        diagnostic.fix(self.block.span(range), replacement)
    }
}

/// What a message ends with that stands for several places of a paragraph or page.
pub fn and_more(within: &str, count: usize) -> String {
    if count > 1 {
        format!("，{within}共有 {count} 处")
    } else {
        String::new()
    }
}

/// Several small replacements in one block as one: what stands between them stays as it is written.
/// Each replacement has its place in the block's text; they come in their order.
pub fn mend_together(
    page: &Page<'_>,
    words: &Words,
    diagnostic: Diagnostic,
    parts: &[(Range<usize>, String)],
) -> Diagnostic {
    let parts: Vec<_> = parts
        .iter()
        .filter(|(range, _)| words.is_as_written(range))
        .map(|(range, text)| (words.block.span(range.clone()), text))
        .collect();
    let (Some((first, _)), Some((last, _))) = (parts.first(), parts.last()) else {
        return diagnostic;
    };
    let whole = crate::source::Span::new(first.file, first.range().start, last.range().end);
    let mut replacement = String::new();
    let mut at = whole.range().start;
    for (span, text) in &parts {
        replacement.push_str(page.source.get(at..span.range().start).unwrap_or(""));
        replacement.push_str(text);
        at = span.range().end;
    }
    diagnostic.fix(whole, replacement)
}
