//! The words of a body where they stand in its file, for rules that look at texts: blocks, each with the
//! runs of source text in it. Code, data fences, raw HTML and addresses of links are not words.
//!
//! What a reader sees is in [`super::passages`]; here is what a writer typed, so that every character has
//! its place in the file and can be pointed at or replaced.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::read::markdown_events::LocatedEvent;
use crate::source::{FileId, Span};

/// Stands in a text for what is no words: code, a picture, a mark of a footnote, raw HTML.
pub const SOMETHING_ELSE: char = '\u{fffc}';

/// The words of a body.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    blocks: Vec<Block>,
    runs: Vec<Run>,
}

/// A block: its runs end where those of the next begin.
#[derive(Debug, Clone, Copy)]
struct Block {
    kind: BlockKind,
    first: u32,
}

/// A piece of the file, and what stands between it and the one before.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: u32,
    end: u32,
    gap: Gap,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Markup that is not seen, or nothing.
    Markup,
    /// A line ends.
    Line,
    /// Something that is no words.
    Other,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// The text of an item of a list.
    Item,
    /// A cell of a table's first row.
    HeadCell,
    /// Another cell of a table.
    Cell,
    /// The description of a picture.
    Description,
}

/// A block with its words in one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProseBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Its words. Lines end with `\n`; [`SOMETHING_ELSE`] stands where something else does.
    pub text: String,
    file: FileId,
    /// Where each run begins in the text, and in the file.
    places: Vec<(usize, usize)>,
}

impl ProseBlock {
    /// A text that stands in a file as it is: the value of a key, a cell of a data file.
    pub fn of_one_run(kind: BlockKind, (file, start): (FileId, usize), text: &str) -> Self {
        Self {
            kind,
            text: text.to_owned(),
            file,
            places: vec![(0, start)],
        }
    }

    /// Where a part of the text stands in the file. A part over several runs has what is between them.
    pub fn span(&self, range: Range<usize>) -> Span {
        let last = range.end.saturating_sub(1).max(range.start);
        let end = self.place(last) + (range.end - last);
        Span::new(self.file, self.place(range.start), end)
    }

    /// Whether a part of the text stands in the file as it stands here, so that it can be replaced.
    pub fn is_in_one_piece(&self, range: &Range<usize>) -> bool {
        let run = |at: usize| self.places.partition_point(|(start, _)| *start <= at);
        let is_text = !self.text[range.clone()].contains([SOMETHING_ELSE, '\n']);
        is_text && (range.is_empty() || run(range.start) == run(range.end - 1))
    }

    fn place(&self, at: usize) -> usize {
        let number = self.places.partition_point(|(start, _)| *start <= at);
        let found = number.checked_sub(1).and_then(|number| self.places.get(number));
        found.map_or(at, |(start, place)| place + (at - start))
    }
}

impl Prose {
    /// All blocks in their order; `text` is the whole file.
    pub fn blocks<'a>(&'a self, file: FileId, text: &'a str) -> impl Iterator<Item = ProseBlock> + 'a {
        self.blocks.iter().enumerate().map(move |(number, block)| {
            let end = self
                .blocks
                .get(number + 1)
                .map_or(self.runs.len(), |next| next.first as usize);
            let runs = self.runs.get(block.first as usize..end).unwrap_or_default();
            let mut found = ProseBlock {
                kind: block.kind,
                text: String::new(),
                file,
                places: Vec::with_capacity(runs.len()),
            };
            for run in runs {
                match run.gap {
                    Gap::Markup => {}
                    Gap::Line => found.text.push('\n'),
                    Gap::Other => found.text.push(SOMETHING_ELSE),
                }
                let range = run.start as usize..run.end as usize;
                found.places.push((found.text.len(), range.start));
                found.text.push_str(text.get(range).unwrap_or_default());
            }
            found
        })
    }
}

/// Reads the words from a body's events. `start` is where the body begins in its file.
pub(super) fn read(events: &[LocatedEvent<'_>], start: usize) -> Prose {
    let mut reader = Reader {
        start,
        prose: Prose::default(),
        kinds: Vec::new(),
        is_open: false,
        gap: Gap::Markup,
        code: 0,
        head: false,
    };
    for (event, range) in events {
        reader.event(event, range);
    }
    reader.prose
}

struct Reader {
    start: usize,
    prose: Prose,
    /// The blocks that are open.
    kinds: Vec<BlockKind>,
    /// Whether the innermost block has begun.
    is_open: bool,
    /// What was met since the last run.
    gap: Gap,
    code: usize,
    /// Whether the cells are those of a table's first row.
    head: bool,
}

impl Reader {
    fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(*end),
            Event::Text(_) if self.code == 0 => self.run(range),
            Event::SoftBreak | Event::HardBreak if self.gap != Gap::Other => self.gap = Gap::Line,
            Event::Code(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => self.gap = Gap::Other,
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph if self.kinds.last() == Some(&BlockKind::Item) => {}
            Tag::Paragraph => self.open(BlockKind::Paragraph),
            Tag::Heading { level, .. } => self.open(BlockKind::Heading(*level as u8)),
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => self.open(BlockKind::Item),
            Tag::TableHead => self.head = true,
            Tag::TableCell if self.head => self.open(BlockKind::HeadCell),
            Tag::TableCell => self.open(BlockKind::Cell),
            Tag::Image { .. } => self.open(BlockKind::Description),
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => self.code += 1,
            Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_) => self.is_open = false,
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph if self.kinds.last() == Some(&BlockKind::Item) => self.is_open = false,
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::TableCell => self.close(),
            TagEnd::Image => {
                self.close();
                self.gap = Gap::Other;
            }
            TagEnd::TableHead => self.head = false,
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.code = self.code.saturating_sub(1);
                self.is_open = false;
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition => self.is_open = false,
            _ => {}
        }
    }

    fn open(&mut self, kind: BlockKind) {
        self.kinds.push(kind);
        self.is_open = false;
    }

    fn close(&mut self) {
        self.kinds.pop();
        self.is_open = false;
        self.gap = Gap::Markup;
    }

    fn run(&mut self, range: &Range<usize>) {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        if !self.is_open {
            self.prose.blocks.push(Block {
                kind: self.kinds.last().copied().unwrap_or(BlockKind::Paragraph),
                first: number(self.prose.runs.len()),
            });
            self.is_open = true;
            // What stood before the first words is told from nothing, so that a text may begin with it.
            self.gap = if self.gap == Gap::Other {
                Gap::Other
            } else {
                Gap::Markup
            };
        }
        self.prose.runs.push(Run {
            start: number(self.start + range.start),
            end: number(self.start + range.end),
            gap: self.gap,
        });
        self.gap = Gap::Markup;
    }
}

#[cfg(test)]
mod tests {
    use crate::read::outline;
    use crate::source::FileId;

    /// The blocks of a body, a line each.
    fn check(body: &str, expected: &[&str]) {
        let (outline, _) = outline::read(FileId(0), 0, body);
        let blocks: Vec<_> = outline.prose.blocks(FileId(0), body).collect();
        let lines: Vec<String> = blocks
            .iter()
            .map(|block| {
                format!(
                    "{:?} {}",
                    block.kind,
                    block.text.replace('\n', "⏎").replace('\u{fffc}', "□")
                )
            })
            .collect();
        assert_eq!(lines, expected);
        // Every character that is a writer's stands where its place says.
        for block in &blocks {
            for (at, letter) in block
                .text
                .char_indices()
                .filter(|(_, letter)| !['\n', '\u{fffc}'].contains(letter))
            {
                let range = block.span(at..at + letter.len_utf8()).range();
                assert_eq!(body[range], letter.to_string(), "{}", block.text);
            }
        }
    }

    #[test]
    fn blocks_of_words() {
        check(
            "# 题\n\n一段**重**话\n下一行。",
            &["Heading(1) 题", "Paragraph 一段重话下一行。"],
        );
        check("one\ntwo", &["Paragraph one⏎two"]);
        check("- 甲\n- 乙\n\n  丙\n", &["Item 甲", "Item 乙", "Item 丙"]);
        check("> 引 `code` 用[链](a.md)接", &["Paragraph 引 □ 用链接"]);
        check(
            "|甲|乙|\n|-|-|\n|1|**2**|\n",
            &["HeadCell 甲", "HeadCell 乙", "Cell 1", "Cell 2"],
        );
        check(
            "前![描述](a.png)后",
            &["Paragraph 前", "Description 描述", "Paragraph □后"],
        );
        check("```csv\na,b\n```\n\n<div>x</div>\n\n尾", &["Paragraph 尾"]);
        check("甲&nbsp;乙\\*丙", &["Paragraph 甲&nbsp;乙*丙"]);
        check("", &[]);
    }

    #[test]
    fn a_part_can_be_replaced_only_in_one_piece() {
        let body = "一段**重**话\n尾";
        let (outline, _) = outline::read(FileId(0), 0, body);
        let block = outline.prose.blocks(FileId(0), body).next().unwrap();
        let at = |words: &str| {
            let start = block.text.find(words).unwrap();
            start..start + words.len()
        };
        assert_eq!(block.text, "一段重话尾", "Chinese lines have nothing between them");
        assert!(block.is_in_one_piece(&at("一段")));
        assert!(!block.is_in_one_piece(&at("段重")));
        assert!(!block.is_in_one_piece(&at("话尾")));
        assert_eq!(&body[block.span(at("段重话")).range()], "段**重**话");
    }
}
