//! The events of a part of a body, told to a listener: blocks as edges with the tags that the page
//! has there, text, and pieces that the page makes by itself.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::read::footnotes::Footnotes;
use crate::read::markdown_events::LocatedEvent;
use crate::read::outline::Outline;
use crate::read::pieces;

/// A block that is not made of text and tags alone.
#[derive(Debug)]
pub(super) enum Piece {
    /// A paragraph of pictures, with their captions.
    Captions(Vec<String>),
    /// Code without a language.
    Code(String),
    /// The fenced block of this number, with its text.
    Fence(usize, String),
}

/// Who is told what is visible.
pub(super) trait Listener {
    /// One block ends here, or another begins; the tags that do it.
    fn edge(&mut self, tags: &str);
    /// A tag within a line.
    fn inline(&mut self, tag: &str);
    /// Words.
    fn text(&mut self, text: &str);
    /// A line ends within a block.
    fn line_end(&mut self);
    /// A picture within a line.
    fn picture(&mut self);
    /// A heading begins, that of this number in the outline.
    fn heading(&mut self, index: Option<usize>);
    /// A heading ends.
    fn heading_end(&mut self);
    /// HTML as the writer wrote it.
    fn raw(&mut self, html: &str);
    /// A piece.
    fn piece(&mut self, piece: Piece);
}

/// What is needed to tell the events.
pub(super) struct Walk<'o, 'f, 'a> {
    pub(super) outline: &'o Outline,
    /// Where the body begins in its file.
    pub(super) start: usize,
    pub(super) footnotes: &'f mut Footnotes<'a>,
}

impl Walk<'_, '_, '_> {
    /// Tells the events of one part. The tags are those that `render` gives the page: an HTML parser
    /// must come to the same text from both.
    pub(super) fn walk(&mut self, events: &[LocatedEvent<'_>], listener: &mut impl Listener) {
        let mut events = events.iter();
        let mut cell = Cell::Head;
        while let Some((event, range)) = events.next() {
            match event {
                Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => listener.text(text),
                Event::Code(text) => {
                    listener.inline("<code>");
                    listener.text(text);
                    listener.inline("</code>");
                }
                Event::SoftBreak => listener.text("\n"),
                Event::HardBreak => listener.line_end(),
                Event::Rule => listener.edge("<hr>"),
                Event::Html(html) | Event::InlineHtml(html) => listener.raw(html),
                Event::FootnoteReference(label) => self.mention(label, listener),
                Event::TaskListMarker(done) => {
                    listener.inline("<span>");
                    listener.text(if *done { "☑" } else { "☐" });
                    listener.inline("</span>");
                }
                Event::Start(Tag::Heading { .. }) => {
                    listener.heading(self.outline.heading_at(self.start + range.start));
                }
                Event::End(TagEnd::Heading(_)) => listener.heading_end(),
                Event::Start(Tag::CodeBlock(kind)) => {
                    let text = pieces::take_code(&mut events);
                    let fence = self.outline.fence_at(self.start + range.start);
                    listener.piece(match fence.filter(|_| matches!(kind, CodeBlockKind::Fenced(_))) {
                        Some(index) => Piece::Fence(index, text),
                        None => Piece::Code(text),
                    });
                }
                Event::Start(Tag::Paragraph) => match pieces::take_figures(&mut events) {
                    Some(figures) => {
                        let captions = figures.into_iter().map(|figure| figure.caption);
                        listener.piece(Piece::Captions(captions.collect()));
                    }
                    None => listener.edge("<p>"),
                },
                Event::Start(Tag::Image { .. }) => {
                    pieces::take_description(&mut events);
                    listener.picture();
                }
                Event::Start(Tag::BlockQuote(Some(kind))) => {
                    listener.edge("<aside>\n<p>");
                    listener.text(pieces::alert_title(*kind));
                    listener.edge("</p>");
                }
                Event::Start(tag) => {
                    cell = cell.after(tag);
                    tell(opening(tag, cell), listener);
                }
                Event::End(tag) => tell(closing(*tag, cell), listener),
            }
        }
    }

    fn mention(&mut self, label: &str, listener: &mut impl Listener) {
        match self.footnotes.mention(label) {
            Some(mention) => {
                listener.inline("<sup><a>");
                listener.text(&mention.number.to_string());
                listener.inline("</a></sup>");
            }
            None => listener.text(&format!("[^{label}]")),
        }
    }
}

/// What the cells of a row are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Head,
    Body,
}

impl Cell {
    fn after(self, tag: &Tag<'_>) -> Self {
        match tag {
            Tag::TableHead => Self::Head,
            Tag::TableRow => Self::Body,
            _ => self,
        }
    }
}

/// The tags of an event, by where they stand.
#[derive(Clone, Copy)]
enum Tags {
    Edge(&'static str),
    Inline(&'static str),
    None,
}

fn tell(tags: Tags, listener: &mut impl Listener) {
    match tags {
        Tags::Edge(tags) => listener.edge(tags),
        Tags::Inline(tag) => listener.inline(tag),
        Tags::None => {}
    }
}

fn opening(tag: &Tag<'_>, cell: Cell) -> Tags {
    match tag {
        Tag::Paragraph => Tags::Edge("<p>"),
        Tag::BlockQuote(_) => Tags::Edge("<blockquote>"),
        Tag::List(Some(_)) => Tags::Edge("<ol>"),
        Tag::List(None) => Tags::Edge("<ul>"),
        Tag::Item => Tags::Edge("<li>"),
        Tag::DefinitionList => Tags::Edge("<dl>"),
        Tag::DefinitionListTitle => Tags::Edge("<dt>"),
        Tag::DefinitionListDefinition => Tags::Edge("<dd>"),
        Tag::Table(_) => Tags::Edge("<div>\n<table>"),
        Tag::TableHead => Tags::Edge("<thead>\n<tr>"),
        Tag::TableRow => Tags::Edge("<tr>"),
        Tag::TableCell if cell == Cell::Head => Tags::Edge("<th>"),
        Tag::TableCell => Tags::Edge("<td>"),
        Tag::Emphasis => Tags::Inline("<em>"),
        Tag::Strong => Tags::Inline("<strong>"),
        Tag::Strikethrough => Tags::Inline("<del>"),
        Tag::Superscript => Tags::Inline("<sup>"),
        Tag::Subscript => Tags::Inline("<sub>"),
        Tag::Link { .. } => Tags::Inline("<a>"),
        Tag::Heading { .. }
        | Tag::CodeBlock(_)
        | Tag::Image { .. }
        | Tag::HtmlBlock
        | Tag::FootnoteDefinition(_)
        | Tag::MetadataBlock(_) => Tags::None,
    }
}

fn closing(tag: TagEnd, cell: Cell) -> Tags {
    match tag {
        TagEnd::Paragraph => Tags::Edge("</p>"),
        TagEnd::BlockQuote(None) => Tags::Edge("</blockquote>"),
        TagEnd::BlockQuote(Some(_)) => Tags::Edge("</aside>"),
        TagEnd::List(true) => Tags::Edge("</ol>"),
        TagEnd::List(false) => Tags::Edge("</ul>"),
        TagEnd::Item => Tags::Edge("</li>"),
        TagEnd::DefinitionList => Tags::Edge("</dl>"),
        TagEnd::DefinitionListTitle => Tags::Edge("</dt>"),
        TagEnd::DefinitionListDefinition => Tags::Edge("</dd>"),
        TagEnd::Table => Tags::Edge("</tbody>\n</table>\n</div>"),
        TagEnd::TableHead => Tags::Edge("</tr>\n</thead>\n<tbody>"),
        TagEnd::TableRow => Tags::Edge("</tr>"),
        TagEnd::TableCell if cell == Cell::Head => Tags::Edge("</th>"),
        TagEnd::TableCell => Tags::Edge("</td>"),
        TagEnd::Emphasis => Tags::Inline("</em>"),
        TagEnd::Strong => Tags::Inline("</strong>"),
        TagEnd::Strikethrough => Tags::Inline("</del>"),
        TagEnd::Superscript => Tags::Inline("</sup>"),
        TagEnd::Subscript => Tags::Inline("</sub>"),
        TagEnd::Link => Tags::Inline("</a>"),
        TagEnd::Heading(_)
        | TagEnd::CodeBlock
        | TagEnd::Image
        | TagEnd::HtmlBlock
        | TagEnd::FootnoteDefinition
        | TagEnd::MetadataBlock(_) => Tags::None,
    }
}
