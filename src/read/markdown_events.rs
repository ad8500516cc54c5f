//! A Markdown body as parser events, each with its place in the body.
//!
//! pulldown-cmark reads the body. What it lacks for Chinese is added around it:
//!
//! 1. `chinese_emphasis`: `发布了**《方案》**并授牌` is bold. `CommonMark`'s rule for where emphasis may
//!    begin and end counts on spaces between words and refuses this; the rule here is that of the
//!    "`CommonMark` CJK-friendly Amendments"
//!    (<https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md>). It is brought
//!    about by sentinel characters in a copy of the body.
//! 2. `masks`: the stars of `138****1234` stay stars. In the same copy other characters stand for them.
//! 3. `restore`: the parser's events lose sentinels and stand-ins, and their strings and ranges are those
//!    of the body again.
//! 4. `chinese_line_breaks`: a line break between two Chinese characters leaves no space. It is an
//!    adapter of its own, because not every reader of the events wants it.
//!
//! Where no Chinese character touches a delimiter, everything stays exactly as `CommonMark` says.
//!
//! Once a pulldown-cmark with `Options::ENABLE_CJK_FRIENDLY_EMPHASIS` is released (its pull request
//! 1059, merged in July 2026, not in 0.13.6), the first step and its file can go.

mod chinese_characters;
mod chinese_emphasis;
mod chinese_line_breaks;
mod marked_body;
mod masks;
mod restore;

use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Options, Parser};

pub use chinese_line_breaks::{JoinedLines, join_chinese_lines};
use marked_body::MarkedBody;
use restore::Restorer;

/// An event of the parser and the bytes of the body that it comes from.
pub type LocatedEvent<'body> = (Event<'body>, Range<usize>);

/// The Markdown of a portal: `CommonMark` with tables, footnotes as on GitHub, strikethrough, task
/// lists, definition lists, alerts (`> [!NOTE]`) and attributes of headings (`# 标题 {#id .class}`).
#[must_use]
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// All events of a body, read with the [`options`] of a portal.
///
/// Ranges are byte offsets into exactly the `body` that is passed in, and strings are slices of it
/// wherever the parser can lend one. See [`MarkdownBody`] for a way without a vector.
#[must_use]
pub fn events(body: &str) -> Vec<LocatedEvent<'_>> {
    events_with(body, options())
}

/// All events of a body, read with options of the caller's choice. See [`events`].
#[must_use]
pub fn events_with(body: &str, options: Options) -> Vec<LocatedEvent<'_>> {
    MarkdownBody::new(body).events_with(options).collect()
}

/// A body that is ready to be read, one event after the other.
///
/// This is a type because the parser may have to read a copy of the body, with sentinels in it.
/// Someone must own that copy for as long as the parser runs, and an iterator could not own it and
/// borrow from it at once. The events themselves borrow from the body and outlive this value.
#[derive(Debug)]
pub struct MarkdownBody<'body> {
    body: &'body str,
    marked: Option<MarkedBody<'body>>,
}

impl<'body> MarkdownBody<'body> {
    /// Finds out what the body needs. This is one scan for delimiters; it copies the body only if
    /// there is Chinese emphasis that `CommonMark` would not see.
    #[must_use]
    pub fn new(body: &'body str) -> Self {
        let marked = MarkedBody::new(body);
        Self { body, marked }
    }

    /// The events of the body, read with the [`options`] of a portal.
    #[must_use]
    pub fn events(&self) -> Events<'_, 'body> {
        self.events_with(options())
    }

    /// The events of the body, read with options of the caller's choice.
    #[must_use]
    pub fn events_with(&self, options: Options) -> Events<'_, 'body> {
        let reader = match &self.marked {
            None => Reader::Plain(Parser::new_ext(self.body, options).into_offset_iter()),
            Some(marked) => {
                let parser = Parser::new_ext(marked.text(), options);
                Reader::Marked(parser.into_offset_iter(), Restorer::new(marked))
            }
        };
        Events { reader }
    }
}

/// The iterator that [`MarkdownBody::events`] returns.
#[derive(Debug)]
pub struct Events<'marked, 'body> {
    reader: Reader<'marked, 'body>,
}

#[derive(Debug)]
enum Reader<'marked, 'body> {
    /// The parser reads the body itself.
    Plain(OffsetIter<'body>),
    /// The parser reads the marked text, and its events are restored.
    Marked(OffsetIter<'marked>, Restorer<'marked, 'body>),
}

impl<'body> Iterator for Events<'_, 'body> {
    type Item = LocatedEvent<'body>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.reader {
            Reader::Plain(parser) => parser.next(),
            Reader::Marked(parser, restorer) => {
                let (event, range) = parser.next()?;
                Some(restorer.restore(event, range))
            }
        }
    }
}
