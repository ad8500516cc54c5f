//! The visible text of a body, as passages: what a reader sees of it on its page and nothing else,
//! in the order of the page. A passage is what stands by itself there: a paragraph, a heading, an
//! item, a cell, a caption.
//!
//! Bodies without raw HTML, which are nearly all, are read from the events alone. Where there is raw
//! HTML, only an HTML parser can say what becomes visible (`<table>` moves text, `<script>` swallows
//! it): then the body's structure is written down as plain HTML, cleaned as the page's HTML is, and
//! read from there.

mod markup;
mod walk;
mod writer;

use super::Outline;
use crate::read::conversation;
use crate::read::footnotes::{self, Footnotes};
use crate::read::markdown_events::LocatedEvent;
use markup::Markup;
use walk::Walk;
use writer::Writer;

/// The visible text of a body. One text with ends, so that it weighs hardly more than the text.
#[derive(Debug, Clone, Default)]
pub struct Passages {
    text: String,
    ends: Vec<End>,
}

#[derive(Debug, Clone, Copy)]
struct End {
    /// Where the passage ends in the text; it begins where the one before ends.
    at: u32,
    kind: PassageKind,
    place: Place,
}

/// One passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage<'a> {
    /// What it is.
    pub kind: PassageKind,
    /// Where it stands.
    pub place: Place,
    /// Its text with single spaces; of a fence as it is written.
    pub text: &'a str,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassageKind {
    /// Running text, an item, a cell, a caption, code.
    Text,
    /// A heading.
    Heading,
    /// The name before a speech of a roundtable.
    Speaker,
    /// The fenced block of this number. What of it is visible depends on the theme: a data block as
    /// its template shows it, else its text, as code. The text of blocks whose content hongtu knows
    /// is left out, since they have it as a value.
    Fence(u32),
}

/// Where a passage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before the first heading.
    Top,
    /// Under the heading of this number (or it is that heading).
    Heading(u32),
    /// In the footnote of this number, counted from 1.
    Footnote(u32),
}

impl Passages {
    /// In the order of the page.
    pub fn iter(&self) -> impl Iterator<Item = Passage<'_>> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let range = start..end.at as usize;
            start = range.end;
            Passage {
                kind: end.kind,
                place: end.place,
                text: self.text.get(range).unwrap_or(""),
            }
        })
    }
}

/// Reads the passages from a body's events. `start` is where the body begins in its file; `speakers`
/// are the names at a roundtable, whose text is shown in parts.
pub(super) fn read(
    events: Vec<LocatedEvent<'_>>,
    outline: &Outline,
    start: usize,
    speakers: Option<&[&str]>,
) -> Passages {
    let (events, footnotes) = footnotes::set_apart(events);
    let mut reader = PassageReader {
        outline,
        start,
        footnotes,
        writer: Writer::new(outline),
    };
    match speakers {
        Some(speakers) => reader.conversation(events, speakers),
        None => reader.part(&events),
    }
    reader.notes();
    reader.writer.finish()
}

struct PassageReader<'a, 'o> {
    outline: &'o Outline,
    start: usize,
    footnotes: Footnotes<'a>,
    writer: Writer<'o>,
}

impl<'a> PassageReader<'a, '_> {
    /// What the page cleans as one piece of HTML: a whole body, one speech, one footnote.
    fn part(&mut self, events: &[LocatedEvent<'a>]) {
        let mut walk = Walk {
            outline: self.outline,
            start: self.start,
            footnotes: &mut self.footnotes,
        };
        if self.outline.html.is_empty() {
            walk.walk(events, &mut self.writer);
        } else {
            let mut markup = Markup::new(self.outline);
            walk.walk(events, &mut markup);
            markup.tell(&mut self.writer);
        }
        self.writer.cut();
    }

    fn conversation(&mut self, events: Vec<LocatedEvent<'a>>, speakers: &[&str]) {
        for section in conversation::sections(events) {
            let Some((question, heading)) = section.question else {
                self.part(&section.events);
                continue;
            };
            if let Some(index) = self.outline.heading_at(self.start + heading.start) {
                self.writer.under_heading(index);
            }
            self.writer.whole(PassageKind::Heading, &question);
            for (speaker, events) in conversation::parts(&section.events, speakers) {
                if let Some(speaker) = speaker {
                    self.writer.whole(PassageKind::Speaker, &speaker);
                }
                self.part(&events);
            }
        }
    }

    /// The footnotes that were mentioned, each with a sign that leads back for every mention.
    fn notes(&mut self) {
        let mut number = 1;
        while let Some(events) = self.footnotes.take(number) {
            self.writer.in_footnote(number);
            self.part(&events);
            self.writer.back_signs(self.footnotes.mentions(number));
            number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::outline::{read, read_conversation};
    use crate::source::FileId;

    /// Each passage with its place and, where it is no text, its kind.
    #[track_caller]
    fn check(outline: &Outline, expected: &[&str]) {
        let found: Vec<_> = outline.passages.iter().map(|passage| shown(outline, passage)).collect();
        assert_eq!(found, expected);
    }

    fn shown(outline: &Outline, passage: Passage<'_>) -> String {
        let place = match passage.place {
            Place::Top => String::new(),
            Place::Heading(number) => outline.headings[number as usize].id.clone(),
            Place::Footnote(number) => format!("fn-{number}"),
        };
        let kind = match passage.kind {
            PassageKind::Text => String::new(),
            kind => format!("{kind:?} "),
        };
        format!("{place}|{kind}{}", passage.text)
    }

    #[test]
    fn what_stands_by_itself_is_a_passage() {
        let body = "党建**联\n盟**[^1]。\n\n## 一\n- 甲\n  - [x] 乙\n\n![图](a.jpg \"注\")\n\n| a | b |\n|-|-|\n| 丙 | |\n\n\
                    ```指标\n- {名称: 数, 数值: 1}\n```\n```rust\nfn  f()\n```\n\n[^1]: 丁[^2]\n[^2]: 戊\n\n    己[^1]\n[^3]: 庚\n";
        check(
            &read(FileId(0), 0, body).0,
            &[
                "|党建联盟1。",
                "一|Heading 一",
                "一|甲",
                "一|☑乙",
                "一|注",
                "一|a",
                "一|b",
                "一|丙",
                "一|Fence(0) ",
                "一|Fence(1) fn  f()\n",
                "fn-1|丁2 ↩",
                "fn-2|戊",
                "fn-2|己1 ↩",
            ],
        );
    }

    #[test]
    fn raw_html_shows_what_a_parser_leaves_of_it() {
        let body = "<div>甲<p>乙<script>x</script>\n\n## 丙\n\n<table><td>丁<td>戊\n\n- 己\n\n</table>\n\n![图](a.jpg \"注\")\n<!--";
        check(
            &read(FileId(0), 0, body).0,
            &["|甲", "|乙", "丙|Heading 丙", "丙|丁", "丙|戊", "丙|己", "丙|注"],
        );
    }

    #[test]
    fn a_conversation_is_read_by_its_speeches() {
        let body = "开场\n\n## 问**题**\n\n说明\n\n李某：话\n\n再一段\n\n**王某：**又\n";
        check(
            &read_conversation(FileId(7), 0, body, &["李某", "王某"]).0,
            &[
                "|开场",
                "问题|Heading 问题",
                "问题|说明",
                "问题|Speaker 李某",
                "问题|话",
                "问题|再一段",
                "问题|Speaker 王某",
                "问题|又",
            ],
        );
    }
}
