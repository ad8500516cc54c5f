//! A body as HTML: one pass over the parser's events, each step an adapter in a file of its own.
//!
//! ```text
//! events ─► footnotes set apart ─► links, headings, pictures, tables, code, data fences ─► HTML ─► cleaned
//! ```

pub mod blocks;
pub mod footnotes;
pub mod highlight;
pub mod pictures;
pub mod speeches;
pub mod tables;

use serde::Serialize;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd, html};

use super::key::Key;
use super::published::Published;
use super::templates::Templates;
use super::view::PictureView;
use super::view::entry::HeadingView;
use crate::diagnostic::Diagnostic;
use crate::read::footnotes::{Footnotes, set_apart};
use crate::read::link_target::{LinkTarget, joined, split_destination};
use crate::read::markdown_events::{self, LocatedEvent};
use crate::read::pieces;
use crate::read::raw_html::{clean, defused};
use crate::read::{Entry, Library};
use blocks::BlockRenderer;
use highlight::Highlighter;

/// What every body of a build is rendered with.
#[derive(Clone, Copy)]
pub struct Renderer<'a> {
    /// All that was read.
    pub library: &'a Library,
    /// Where things are published.
    pub published: &'a Published,
    /// For the templates of data fences.
    pub templates: &'a Templates,
    /// Present when some body has code in a known language.
    pub highlighter: Option<&'a Highlighter>,
}

/// All that the HTML of a body is made from, besides the templates.
#[derive(Debug, Clone, Serialize)]
pub struct BodySources {
    /// Of the whole file.
    text: Key,
    /// Where the page is published.
    path: String,
    /// By link and picture of the outline: where it leads.
    targets: Vec<Option<TargetView>>,
}

/// Where a link or a picture leads, as the page writes it.
#[derive(Debug, Clone, Serialize)]
enum TargetView {
    /// A page or file, perhaps a place on it.
    Path(String, Option<String>),
    /// A picture with its forms.
    Picture(PictureView),
    /// What the body says by itself: a place on the same page, another site.
    AsWritten,
}

impl<'a> Renderer<'a> {
    /// Renders an entry's body for its own page: clean and complete HTML, footnotes at the end.
    pub fn body(&self, entry: &'a Entry, diagnostics: &mut Vec<Diagnostic>) -> String {
        let mut pass = Pass::new(*self, entry, diagnostics);
        let events = pass.read();
        let mut text = pass.html(events);
        text.push_str(&pass.footnotes_html());
        text
    }

    /// What the HTML of an entry's body is made from.
    pub fn sources_of(&self, entry: &Entry) -> BodySources {
        let text = self.library.sources.get(entry.file).map_or("", |source| &*source.text);
        let links = entry.outline.links.iter();
        BodySources {
            text: Key::of_bytes(text.as_bytes()),
            path: entry.path.clone(),
            targets: links.map(|link| self.target(entry, &link.destination)).collect(),
        }
    }

    fn target(&self, entry: &Entry, destination: &str) -> Option<TargetView> {
        let path = joined(&entry.content_path, &split_destination(destination).path);
        let picture = path.and_then(|path| self.published.picture(&path, ""));
        if let Some(picture) = picture {
            return Some(TargetView::Picture(picture));
        }
        match self.library.link_target(entry, destination) {
            LinkTarget::Entry(id, heading) => Some(TargetView::Path(self.library.entry(id).path.clone(), heading)),
            LinkTarget::Column(column) => Some(TargetView::Path(self.library.columns[column].path(), None)),
            LinkTarget::File(path) => {
                let path = self.published.file(&path)?;
                Some(TargetView::Path(path.to_owned(), None))
            }
            LinkTarget::Here(_) | LinkTarget::Outside(_) => Some(TargetView::AsWritten),
            LinkTarget::Hidden(_) | LinkTarget::Broken(_) => None,
        }
    }
}

/// The headings that a table of contents shows.
pub fn contents(entry: &Entry) -> Vec<HeadingView> {
    let lift = lift(entry);
    entry
        .outline
        .headings
        .iter()
        .map(|heading| HeadingView {
            level: heading.level + lift,
            id: heading.id.clone(),
            text: heading.text.clone(),
        })
        .filter(|heading| (2..=3).contains(&heading.level))
        .collect()
}

/// A page has one heading of the first level, its title. Bodies that use that level are lowered.
fn lift(entry: &Entry) -> u8 {
    u8::from(entry.outline.headings.iter().any(|heading| heading.level == 1))
}

/// One pass over one body.
pub(super) struct Pass<'a, 'd> {
    renderer: Renderer<'a>,
    entry: &'a Entry,
    /// From the page to the root of the portal.
    root: String,
    footnotes: Footnotes<'a>,
    diagnostics: &'d mut Vec<Diagnostic>,
    /// How many tables there were so far.
    tables: usize,
    /// HTML of hongtu's own that cleaning must not see; only in bodies with raw HTML.
    set_aside: Vec<String>,
}

impl<'a, 'd> Pass<'a, 'd> {
    pub(super) fn new(renderer: Renderer<'a>, entry: &'a Entry, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        Self {
            renderer,
            entry,
            root: super::published::root_of(&entry.path),
            footnotes: Footnotes::default(),
            diagnostics,
            tables: 0,
            set_aside: Vec::new(),
        }
    }

    /// The body's events, with footnotes set apart and lines of Chinese joined.
    pub(super) fn read(&mut self) -> Vec<LocatedEvent<'a>> {
        let body = self.renderer.library.body(self.entry);
        let events = markdown_events::join_chinese_lines(markdown_events::events(body)).collect();
        let (events, footnotes) = set_apart(events);
        self.footnotes = footnotes;
        events
    }

    /// Events as HTML. Called once for a whole body, or once a part, in the order of the parts:
    /// footnotes are counted through.
    pub(super) fn html(&mut self, events: Vec<LocatedEvent<'a>>) -> String {
        let events = tables::with_scopes(events, &mut self.tables);
        let mut mapped = Vec::with_capacity(events.len() + 8);
        let mut events = events.iter();
        let mut open_links = Vec::new();
        while let Some((event, range)) = events.next() {
            match event.clone() {
                Event::Start(Tag::Heading { level, classes, .. }) => {
                    let id = self.heading_id(range);
                    let level = lowered(level, lift(self.entry));
                    mapped.push(Event::Start(Tag::Heading {
                        level,
                        id: Some(id.into()),
                        classes,
                        attrs: Vec::new(),
                    }));
                }
                Event::End(TagEnd::Heading(level)) => {
                    mapped.push(Event::End(TagEnd::Heading(lowered(level, lift(self.entry)))));
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let text = pieces::take_code(&mut events);
                    let html = self.code_block((&kind, range), &text);
                    mapped.extend(line_end(mapped.last()));
                    mapped.push(self.own_html(html));
                }
                Event::Start(Tag::Paragraph) => {
                    if let Some(figures) = pieces::take_figures(&mut events) {
                        let html = pictures::figures(self, &figures);
                        mapped.push(self.own_html(html));
                    } else {
                        mapped.push(Event::Start(Tag::Paragraph));
                    }
                }
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let alt = pieces::take_description(&mut events);
                    let html = pictures::inline_picture(self, &dest_url, &title, &alt);
                    // Inside of a line of Chinese a line end would be shown as a space.
                    mapped.push(Event::InlineHtml(self.out_of_sight(html, "").into()));
                }
                Event::Start(Tag::Link {
                    link_type, dest_url, ..
                }) => {
                    let is_mail = link_type == pulldown_cmark::LinkType::Email;
                    let address = if is_mail {
                        format!("mailto:{dest_url}").into()
                    } else {
                        dest_url
                    };
                    let (open, close) = self.link(&address);
                    open_links.push(close);
                    mapped.push(Event::InlineHtml(open.into()));
                }
                Event::End(TagEnd::Link) => {
                    let close = open_links.pop().unwrap_or_default();
                    mapped.push(Event::InlineHtml(close.into()));
                }
                Event::Start(Tag::BlockQuote(Some(kind))) => {
                    mapped.extend(line_end(mapped.last()));
                    mapped.push(Event::Html(alert_open(kind).into()));
                }
                Event::End(TagEnd::BlockQuote(Some(_))) => mapped.push(Event::Html("</aside>\n".into())),
                Event::Start(Tag::List(None)) => {
                    let is_task_list = list_has_tasks(self.renderer.library.body(self.entry), range);
                    let open = if is_task_list {
                        "<ul class=\"task-list\">\n"
                    } else {
                        "<ul>\n"
                    };
                    mapped.extend(line_end(mapped.last()));
                    mapped.push(Event::Html(open.into()));
                }
                Event::TaskListMarker(done) => mapped.push(Event::InlineHtml(task_marker(done).into())),
                Event::FootnoteReference(label) => {
                    let html = footnotes::reference(&mut self.footnotes, &label);
                    mapped.push(Event::InlineHtml(html.into()));
                }
                Event::Html(html) => mapped.push(Event::Html(defused(&html).into_owned().into())),
                Event::InlineHtml(html) => mapped.push(Event::InlineHtml(defused(&html).into_owned().into())),
                event => mapped.push(event),
            }
        }
        let mut text = String::new();
        html::push_html(&mut text, mapped.into_iter());
        self.cleaned(text)
    }

    /// The footnotes that were referred to, as a list; empty without any.
    pub(super) fn footnotes_html(&mut self) -> String {
        let mut items = String::new();
        let mut number = 1;
        // A footnote may mention another, which then joins the list.
        while let Some(events) = self.footnotes.take(number) {
            let inner = self.html(events);
            let mentions = self.footnotes.mentions(number);
            items.push_str(&footnotes::item(number, mentions, inner.trim()));
            number += 1;
        }
        if items.is_empty() {
            return items;
        }
        format!(
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"注释\">\n<ol>\n{items}</ol>\n</section>\n"
        )
    }

    fn heading_id(&self, range: &std::ops::Range<usize>) -> String {
        let headings = &self.entry.outline.headings;
        let heading = self.entry.outline.heading_at(self.place(range));
        let heading = heading.and_then(|index| headings.get(index));
        heading.map_or_else(|| "section".to_owned(), |heading| heading.id.clone())
    }

    /// Where a range of the body begins in the file.
    fn place(&self, range: &std::ops::Range<usize>) -> usize {
        self.entry.body.range().start + range.start
    }

    fn code_block(&mut self, (kind, range): (&CodeBlockKind<'_>, &std::ops::Range<usize>), text: &str) -> String {
        let CodeBlockKind::Fenced(info) = kind else {
            return highlight::plain(text, None);
        };
        let name = info.split_whitespace().next().unwrap_or("");
        if name.is_empty() {
            return highlight::plain(text, None);
        }
        let fences = &self.entry.outline.fences;
        let fence = self.entry.outline.fence_at(self.place(range));
        let fence = fence.and_then(|index| fences.get(index));
        let blocks = BlockRenderer {
            renderer: self.renderer,
            entry: self.entry,
            root: &self.root,
        };
        if let Some(fence) = fence
            && let Some(rendered) = blocks.render(fence, text)
        {
            return match rendered {
                Ok(html) => html,
                Err(problem) => {
                    self.diagnostics.push(problem);
                    String::new()
                }
            };
        }
        match self
            .renderer
            .highlighter
            .and_then(|highlighter| highlighter.highlight(name, text))
        {
            Some(html) => html,
            None => highlight::plain(text, Some(name)),
        }
    }

    /// The opening and closing tag of a link.
    fn link(&self, destination: &str) -> (String, String) {
        let library = self.renderer.library;
        let closing = || "</a>".to_owned();
        match library.link_target(self.entry, destination) {
            LinkTarget::Entry(id, heading) => {
                let href = self.address_from_here(&library.entry(id).path, heading.as_deref());
                (format!("<a href=\"{href}\">"), closing())
            }
            LinkTarget::Column(column) => (
                format!(
                    "<a href=\"{}\">",
                    self.address_from_here(&library.columns[column].path(), None)
                ),
                closing(),
            ),
            LinkTarget::Here(heading) => (format!("<a href=\"#{}\">", escape(&heading)), closing()),
            LinkTarget::File(path) => match self.renderer.published.file(&path) {
                Some(published) => (
                    format!("<a href=\"{}\">", self.address_from_here(published, None)),
                    closing(),
                ),
                None => unpublished(),
            },
            LinkTarget::Outside(address) => {
                let class = if address.starts_with("http") {
                    " class=\"outside\" rel=\"noopener noreferrer\""
                } else {
                    ""
                };
                (format!("<a href=\"{}\"{class}>", escape(&address)), closing())
            }
            LinkTarget::Hidden(_) | LinkTarget::Broken(_) => unpublished(),
        }
    }

    /// The address of a published path as seen from this page, escaped.
    pub(super) fn address_from_here(&self, path: &str, heading: Option<&str>) -> String {
        let mut href = format!("{}{}", self.root, escape(path));
        if let Some(heading) = heading {
            href.push('#');
            href.push_str(&escape(heading));
        }
        href
    }

    fn own_html(&mut self, html: String) -> Event<'a> {
        Event::Html(self.out_of_sight(html, "\n").into())
    }

    /// Hides HTML of our own from cleaning, which knows nothing of pictures and drawings.
    fn out_of_sight(&mut self, html: String, line_end: &str) -> String {
        if self.entry.outline.html.is_empty() {
            return html + line_end;
        }
        self.set_aside.push(html);
        clean::placeholder(self.set_aside.len() - 1) + line_end
    }

    fn cleaned(&mut self, html: String) -> String {
        if self.entry.outline.html.is_empty() {
            return html;
        }
        let pieces = std::mem::take(&mut self.set_aside);
        clean::clean(&html, &pieces, &self.addresses_in_raw_html())
    }

    /// What the addresses in the body lead to from this page; those that lead nowhere are absent.
    fn addresses_in_raw_html(&self) -> std::collections::BTreeMap<String, String> {
        let library = self.renderer.library;
        let written: std::collections::BTreeSet<&str> = self
            .entry
            .outline
            .links
            .iter()
            .map(|link| link.destination.as_str())
            .collect();
        written
            .into_iter()
            .filter_map(|address| {
                let href = match library.link_target(self.entry, address) {
                    LinkTarget::Entry(id, heading) => {
                        self.address_from_here(&library.entry(id).path, heading.as_deref())
                    }
                    LinkTarget::Column(column) => self.address_from_here(&library.columns[column].path(), None),
                    LinkTarget::Here(heading) => format!("#{}", escape(&heading)),
                    LinkTarget::File(path) => self.address_from_here(self.renderer.published.file(&path)?, None),
                    LinkTarget::Outside(address) => address,
                    LinkTarget::Hidden(_) | LinkTarget::Broken(_) => return None,
                };
                Some((address.to_owned(), href))
            })
            .collect()
    }
}

fn unpublished() -> (String, String) {
    ("<span class=\"unpublished\">".to_owned(), "</span>".to_owned())
}

fn lowered(level: pulldown_cmark::HeadingLevel, by: u8) -> pulldown_cmark::HeadingLevel {
    pulldown_cmark::HeadingLevel::try_from((level as usize + usize::from(by)).min(6)).unwrap_or(level)
}

fn alert_open(kind: BlockQuoteKind) -> String {
    let class = match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    };
    let title = pieces::alert_title(kind);
    format!("<aside class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n")
}

/// The line end that parts a block of our own from text that it follows, as in the items of a tight
/// list; a browser shows none of it, but what reads the text alone would run both together.
fn line_end(before: Option<&Event<'_>>) -> Option<Event<'static>> {
    let is_text = matches!(
        before,
        Some(
            Event::Text(_)
                | Event::Code(_)
                | Event::InlineHtml(_)
                | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
        )
    );
    is_text.then(|| Event::Html("\n".into()))
}

/// Whether some item of a list begins with a task marker.
fn list_has_tasks(body: &str, range: &std::ops::Range<usize>) -> bool {
    let list = body.get(range.clone()).unwrap_or("");
    list.lines().any(|line| {
        let line = line.trim_start().trim_start_matches(['-', '*', '+']).trim_start();
        line.starts_with("[ ] ") || line.starts_with("[x] ") || line.starts_with("[X] ")
    })
}

/// The sign of a task; in words for those who hear the page.
fn task_marker(done: bool) -> &'static str {
    if done {
        "<span class=\"task task-done\" role=\"img\" aria-label=\"已完成\">☑</span>"
    } else {
        "<span class=\"task task-open\" role=\"img\" aria-label=\"未完成\">☐</span>"
    }
}

/// A text as it may stand in HTML, in attributes too.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
