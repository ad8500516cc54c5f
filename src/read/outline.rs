//! What follows from a body alone: headings with their ids, links and images with their places,
//! data fences, raw HTML, how much text there is, and the text that is visible.

mod links;
pub mod passages;
pub mod prose;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};
use serde_yaml::Value;

use super::fence_text::FenceText;
use super::{markdown_events, raw_html};
use crate::diagnostic::{Diagnostic, rule};
use crate::kind::block;
use crate::schema::conform::conform_to;
use crate::schema::yaml::{self, Snippet};
use crate::source::{FileId, Span};
pub use links::Link;

use links::pictures;
use passages::Passages;
use prose::Prose;

/// What follows from a body.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// In their order.
    pub headings: Vec<Heading>,
    /// Links and images of text and data fences, in their order.
    pub links: Vec<Link>,
    /// Fenced blocks with an info word, in their order.
    pub fences: Vec<Fence>,
    /// Raw HTML, in its order.
    pub html: Vec<Span>,
    /// The first paragraph as plain text, for entries without a summary.
    pub first_paragraph: String,
    /// Han characters plus words of other scripts.
    pub characters: usize,
    /// Paragraphs of [`LONG_PARAGRAPH`] characters and more, in their order.
    pub long_paragraphs: Vec<LongParagraph>,
    /// In their order.
    pub tables: Vec<Table>,
    /// What a reader sees of the body.
    pub passages: Passages,
    /// The words of the body where they stand in the file.
    pub prose: Prose,
}

impl Outline {
    /// The number of the heading that begins at a byte of the file.
    pub fn heading_at(&self, place: usize) -> Option<usize> {
        let start = |heading: &Heading| heading.span.range().start;
        self.headings.binary_search_by_key(&place, start).ok()
    }

    /// The number of the fenced block that begins at a byte of the file.
    pub fn fence_at(&self, place: usize) -> Option<usize> {
        let start = |fence: &Fence| fence.span.range().start;
        self.fences.binary_search_by_key(&place, start).ok()
    }
}

/// From how many characters on a paragraph is kept as a long one: no site may take a shorter one for too long.
pub const LONG_PARAGRAPH: usize = 100;

/// A paragraph that may be too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongParagraph {
    /// The whole paragraph.
    pub span: Span,
    /// Its Han characters plus words of other scripts.
    pub characters: usize,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The whole table.
    pub span: Span,
    /// Whether a cell of its first row says something.
    pub has_head: bool,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// Unique on the page.
    pub id: String,
    /// The whole heading.
    pub span: Span,
}

/// What a [`Link`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// A link.
    Link,
    /// An image.
    Image,
    /// A footnote's mark.
    Footnote,
}

/// A fenced block with an info word.
#[derive(Debug, Clone)]
pub struct Fence {
    /// The info word.
    pub name: String,
    /// The whole block.
    pub span: Span,
    /// The content in the form of its shape; absent for blocks that hongtu does not know, and
    /// for those whose content is wrong.
    pub value: Option<Value>,
    /// Where its content stands.
    pub text: FenceText,
}

/// Reads a body that begins at byte `start` of a file.
pub fn read(file: FileId, start: usize, body: &str) -> (Outline, Vec<Diagnostic>) {
    read_with(file, start, body, None)
}

/// Reads the body of a roundtable, at which those of these names speak.
pub fn read_conversation(file: FileId, start: usize, body: &str, speakers: &[&str]) -> (Outline, Vec<Diagnostic>) {
    read_with(file, start, body, Some(speakers))
}

fn read_with(file: FileId, start: usize, body: &str, speakers: Option<&[&str]>) -> (Outline, Vec<Diagnostic>) {
    let mut reader = Reader {
        file,
        start,
        body,
        outline: Outline::default(),
        diagnostics: Vec::new(),
        heading: None,
        fence: None,
        in_first_paragraph: false,
        enclosing: 0,
        pictures: 0,
        links: Vec::new(),
        paragraph: None,
        table: None,
        in_table_head: false,
    };
    let events: Vec<_> = markdown_events::join_chinese_lines(markdown_events::events(body)).collect();
    for (event, range) in &events {
        reader.event(event, range);
    }
    let mut outline = reader.outline;
    give_ids(&mut outline.headings);
    outline.prose = prose::read(&events, start);
    outline.passages = passages::read(events, &outline, start, speakers);
    (outline, reader.diagnostics)
}

struct Reader<'a> {
    file: FileId,
    start: usize,
    body: &'a str,
    outline: Outline,
    diagnostics: Vec<Diagnostic>,
    heading: Option<Heading>,
    fence: Option<OpenFence>,
    in_first_paragraph: bool,
    /// Lists, quotations and the like that are open: a paragraph in them says nothing of the whole.
    enclosing: usize,
    /// Pictures that are open: the text in them describes them and is not read.
    pictures: usize,
    /// The numbers of the links and pictures that are open; of an address for mail, none.
    links: Vec<Option<usize>>,
    /// The paragraph that is open: its bytes, and how many characters there were before it.
    paragraph: Option<(std::ops::Range<usize>, usize)>,
    table: Option<Table>,
    in_table_head: bool,
}

struct OpenFence {
    name: String,
    block: std::ops::Range<usize>,
    /// The content so far.
    text: String,
    /// Where it stands.
    pieces: FenceText,
}

impl Reader<'_> {
    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.start + range.start, self.start + range.end)
    }

    fn event(&mut self, event: &Event<'_>, range: &std::ops::Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(end) => self.close(*end),
            Event::Text(text) => match &mut self.fence {
                Some(fence) => {
                    fence.text.push_str(text);
                    let place = self.start + range.start..self.start + range.end;
                    fence.pieces.push(text.len(), place);
                }
                None => self.words(text),
            },
            Event::Code(text) => self.words(text),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            Event::Html(_) | Event::InlineHtml(_) => {
                self.raw_html(range);
            }
            Event::FootnoteReference(label) => {
                let span = self.span(range);
                self.outline.links.push(Link {
                    kind: LinkKind::Footnote,
                    destination: label.to_string(),
                    span,
                    whole: span,
                    words: None,
                });
            }
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>, range: &std::ops::Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                let id = id.as_ref().map(ToString::to_string).unwrap_or_default();
                let span = self.span(&trimmed(self.body, range));
                self.heading = Some(Heading {
                    level: level_number(*level),
                    text: String::new(),
                    id,
                    span,
                });
            }
            Tag::Paragraph => {
                self.in_first_paragraph = self.enclosing == 0 && self.outline.first_paragraph.trim().is_empty();
                self.paragraph = Some((range.clone(), self.outline.characters));
            }
            Tag::List(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList => self.enclosing += 1,
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let name = info.split_whitespace().next().unwrap_or("").to_owned();
                self.fence = Some(OpenFence {
                    name,
                    block: trimmed(self.body, range),
                    text: String::new(),
                    pieces: FenceText::default(),
                });
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.fence = Some(OpenFence {
                    name: String::new(),
                    block: range.clone(),
                    text: String::new(),
                    pieces: FenceText::default(),
                });
            }
            Tag::Link {
                link_type: LinkType::Email,
                ..
            } => self.links.push(None),
            Tag::Link { dest_url, .. } => self.link(LinkKind::Link, dest_url, range),
            Tag::Image { dest_url, .. } => {
                self.pictures += 1;
                self.link(LinkKind::Image, dest_url, range);
            }
            Tag::Table(_) => {
                let span = self.span(&trimmed(self.body, range));
                self.table = Some(Table { span, has_head: false });
            }
            Tag::TableHead => self.in_table_head = true,
            _ => {}
        }
    }

    fn close(&mut self, end: TagEnd) {
        match end {
            TagEnd::Heading(_) => self.outline.headings.extend(self.heading.take()),
            TagEnd::Paragraph => {
                self.in_first_paragraph = false;
                self.paragraph_closed();
            }
            TagEnd::TableHead => self.in_table_head = false,
            TagEnd::Table => self.outline.tables.extend(self.table.take()),
            TagEnd::Link => {
                self.links.pop();
            }
            TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::DefinitionList => {
                self.enclosing = self.enclosing.saturating_sub(1);
            }
            TagEnd::Image => {
                self.pictures = self.pictures.saturating_sub(1);
                self.links.pop();
            }
            TagEnd::CodeBlock => {
                if let Some(fence) = self.fence.take()
                    && !fence.name.is_empty()
                {
                    self.fence_closed(fence);
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        for number in self.links.iter().flatten() {
            if let Some(words) = self.outline.links.get_mut(*number).and_then(|link| link.words.as_mut()) {
                words.push_str(text);
            }
        }
        if let Some(table) = self.table.as_mut().filter(|_| self.in_table_head) {
            table.has_head |= !text.trim().is_empty();
        }
        if self.pictures > 0 {
            return;
        }
        self.outline.characters += count(text);
        if self.heading.is_none() && self.in_first_paragraph {
            self.outline.first_paragraph.push_str(text);
        }
    }

    fn paragraph_closed(&mut self) {
        let Some((range, before)) = self.paragraph.take() else {
            return;
        };
        let characters = self.outline.characters - before;
        if characters >= LONG_PARAGRAPH {
            let span = self.span(&trimmed(self.body, &range));
            self.outline.long_paragraphs.push(LongParagraph { span, characters });
        }
    }

    fn link(&mut self, kind: LinkKind, destination: &str, range: &std::ops::Range<usize>) {
        let whole = &self.body[range.clone()];
        let place = whole.rfind(destination).filter(|_| !destination.is_empty());
        let span = match place {
            Some(at) => self.span(&(range.start + at..range.start + at + destination.len())),
            None => self.span(range),
        };
        self.links.push(Some(self.outline.links.len()));
        self.outline.links.push(Link {
            kind,
            destination: destination.to_owned(),
            span,
            whole: self.span(range),
            words: Some(String::new()),
        });
    }

    /// Raw HTML may lead to pages and show pictures too.
    fn raw_html(&mut self, range: &std::ops::Range<usize>) {
        let span = self.span(range);
        self.outline.html.push(span);
        for tag in raw_html::tags(&self.body[range.clone()]) {
            for (kind, attribute) in links::of_tag(&tag) {
                let place = range.start + attribute.range.start..range.start + attribute.range.end;
                self.outline.links.push(Link {
                    kind,
                    destination: attribute.value.clone(),
                    span: if place.is_empty() { span } else { self.span(&place) },
                    whole: span,
                    words: links::description(&tag),
                });
            }
        }
    }

    /// Whether the last line of a fence closes it, and not the end of what it stands in.
    fn is_closed(&self, fence: &OpenFence) -> bool {
        let block = &self.body[fence.block.clone()];
        let last = block.lines().skip(1).last().unwrap_or("");
        let last = last.trim_start_matches(['>', ' ', '\t']);
        last.starts_with("```") || last.starts_with("~~~")
    }

    fn fence_closed(&mut self, fence: OpenFence) {
        let span = self.span(&fence.block);
        let shape = block::shape(&fence.name);
        if shape.is_some() && !self.is_closed(&fence) {
            let end = self.body[fence.block.clone()].lines().next().map_or(0, str::len);
            let opening = self.span(&(fence.block.start..fence.block.start + end));
            self.diagnostics.push(
                Diagnostic::new(rule::BLOCK_CONTENT, opening, format!("数据块“{}”没有结束", fence.name))
                    .label("从这里开始")
                    .help("在最后一行数据的下面写一行 ```，后面的正文才会显示"),
            );
        }
        let shape = shape.filter(|_| self.is_closed(&fence));
        let value = shape.and_then(|shape| {
            let snippet = Snippet {
                file: self.file,
                start: 0,
                text: &fence.text,
            };
            let (value, mut found) = match yaml::parse(snippet) {
                Ok(value) => conform_to(snippet, &value, shape),
                Err(found) => (None, found),
            };
            for diagnostic in &mut found {
                fence.pieces.locate(diagnostic, self.file, span);
            }
            self.diagnostics.extend(found);
            self.outline
                .links
                .extend(pictures(snippet).into_iter().map(|link| Link {
                    span: fence.pieces.span(self.file, link.span, span),
                    whole: fence.pieces.span(self.file, link.whole, span),
                    ..link
                }));
            value
        });
        self.outline.fences.push(Fence {
            name: fence.name,
            span,
            value,
            text: fence.pieces,
        });
    }
}

fn trimmed(body: &str, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let text = body.get(range.clone()).unwrap_or("");
    range.start..range.start + text.trim_end().len()
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}

/// Han characters one by one, other letters and digits by words.
pub fn count(text: &str) -> usize {
    let mut count = 0;
    let mut in_word = false;
    for c in text.chars() {
        let is_han = is_han(c);
        let is_of_word = !is_han && c.is_alphanumeric();
        if is_han || (is_of_word && !in_word) {
            count += 1;
        }
        in_word = is_of_word;
    }
    count
}

/// The Han characters of Unicode's blocks, those beyond the first plane included.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}' | '〇')
}

/// Gives each heading an id from its text, unique on the page. Ids that writers give stay.
fn give_ids(headings: &mut [Heading]) {
    let mut taken: std::collections::BTreeSet<String> = headings
        .iter()
        .map(|heading| heading.id.clone())
        .filter(|id| !id.is_empty())
        .collect();
    // Where to go on counting, by id: a page may have thousands of equal headings.
    let mut next: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for heading in headings.iter_mut().filter(|heading| heading.id.is_empty()) {
        let base = id_from_text(&heading.text);
        let mut id = base.clone();
        let number = next.entry(base.clone()).or_insert(2);
        while !taken.insert(id.clone()) {
            id = format!("{base}-{number}");
            *number += 1;
        }
        heading.id = id;
    }
}

/// The id of a heading: its letters and digits, Chinese kept, anything else a hyphen.
pub fn id_from_text(text: &str) -> String {
    let mut id = String::new();
    for c in text.trim().chars() {
        if c.is_alphanumeric() {
            id.extend(c.to_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() { "section".into() } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(body: &str) -> Outline {
        read(FileId(0), 0, body).0
    }

    #[test]
    fn headings_have_unique_ids_that_keep_chinese() {
        let outline = outline("## 一、背景 A\n\n## 背景\n\n### 背景\n\n## 做法 {#how}\n\n## !!!\n");
        let ids: Vec<_> = outline.headings.iter().map(|heading| heading.id.as_str()).collect();
        assert_eq!(ids, ["一-背景-a", "背景", "背景-2", "how", "section"]);
    }

    #[test]
    fn destinations_have_their_own_places() {
        let body = "见[**无锡**高新区](../parks/wuxi.md)与![图](a b.jpg)、![图](<a b.jpg> \"注\")。";
        let found: Vec<_> = outline(body)
            .links
            .iter()
            .map(|link| body[link.span.range()].to_owned())
            .collect();
        assert_eq!(found, ["../parks/wuxi.md", "a b.jpg"]);
    }

    #[test]
    fn links_have_the_words_that_stand_for_them() {
        let body = "见[**无锡**`x`高新区](a.md)、[![门 面](a.jpg)](b.md)、![](c.jpg)、<https://a.cn/>和<img src=d.jpg alt=\"厅\">。";
        let words: Vec<_> = outline(body)
            .links
            .into_iter()
            .map(|link| link.words.unwrap())
            .collect();
        assert_eq!(words, ["无锡x高新区", "门 面", "门 面", "", "https://a.cn/", "厅"]);
    }

    #[test]
    fn tables_with_and_without_a_head() {
        let body = "|甲|乙|\n|-|-|\n|1|2|\n\n| | |\n|-|-|\n|1|2|\n";
        let heads: Vec<_> = outline(body).tables.iter().map(|table| table.has_head).collect();
        assert_eq!(heads, [true, false]);
        assert_eq!(&body[outline(body).tables[1].span.range()], "| | |\n|-|-|\n|1|2|");
    }

    #[test]
    fn long_paragraphs_are_kept_with_their_length() {
        let body = format!("短。\n\n{}\n\n- {}\n", "长".repeat(100), "项".repeat(200));
        let found = outline(&body).long_paragraphs;
        assert_eq!(found.len(), 1, "an item without paragraphs is none");
        assert_eq!(
            (found[0].characters, &body[found[0].span.range()]),
            (100, &*"长".repeat(100))
        );
    }

    #[test]
    fn fences_are_read_and_their_pictures_found() {
        let body = "正文\n\n```图集\n- 图片: a.jpg\n  说明: 大厅\n```\n\n```rust\nfn main() {}\n```\n";
        let outline = outline(body);
        let names: Vec<_> = outline
            .fences
            .iter()
            .map(|fence| (fence.name.as_str(), fence.value.is_some()))
            .collect();
        assert_eq!(names, [("图集", true), ("rust", false)]);
        assert_eq!(&body[outline.links[0].span.range()], "a.jpg");
    }

    #[test]
    fn the_first_paragraph_is_that_of_the_text_itself() {
        let found = outline("![图](a.jpg)\n\n> 引文\n\n- 项\n\n  段\n\n正\n文![图](a.jpg) a\nb\n\n后文");
        assert_eq!(found.first_paragraph, "正文 a b");
        assert_eq!(found.characters, "引文项段正文后文".chars().count() + 2);
    }

    #[test]
    fn characters_and_words_are_counted() {
        assert_eq!(count("5G 园区，R&D 中心 2019年"), 9);
    }
}
