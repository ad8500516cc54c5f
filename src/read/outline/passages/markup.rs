//! A part of a body with raw HTML: its structure as plain HTML, cleaned as the page's is, and read
//! again for what is visible.

use std::collections::BTreeMap;

use super::walk::{Listener, Piece};
use super::writer::Writer;
use crate::read::outline::Outline;
use crate::read::raw_html::clean::{self, is_block};
use crate::read::raw_html::{Tag, defused, tags};

/// The HTML so far. What it has no text of stands in it as a placeholder, as on the page.
pub(super) struct Markup<'o> {
    outline: &'o Outline,
    html: String,
    /// By placeholder; pictures have none of their own text.
    pieces: Vec<Option<Piece>>,
}

impl<'o> Markup<'o> {
    pub(super) fn new(outline: &'o Outline) -> Self {
        Self {
            outline,
            html: String::new(),
            pieces: Vec::new(),
        }
    }

    /// Cleans the HTML, and tells what is visible then.
    pub(super) fn tell(self, writer: &mut Writer<'_>) {
        let placeholders: Vec<_> = (0..self.pieces.len()).map(clean::placeholder).collect();
        let html = clean::clean(&self.html, &placeholders, &BTreeMap::new());
        let headings = self.outline.headings.iter().enumerate();
        let headings: BTreeMap<&str, usize> = headings.map(|(index, heading)| (heading.id.as_str(), index)).collect();
        let mut at = 0;
        let mut told = Told {
            html: &html,
            writer,
            pieces: &self.pieces,
            headings: &headings,
        };
        for tag in tags(&html) {
            told.between(&html[at..tag.range.start]);
            told.opening(&tag);
            at = tag.range.end;
        }
        told.between(&html[at..]);
    }

    fn placeholder(&mut self, piece: Option<Piece>) {
        self.html.push_str(&clean::placeholder(self.pieces.len()));
        self.pieces.push(piece);
    }
}

impl Listener for Markup<'_> {
    fn edge(&mut self, tags: &str) {
        self.html.push('\n');
        self.html.push_str(tags);
        self.html.push('\n');
    }

    fn inline(&mut self, tag: &str) {
        self.html.push_str(tag);
    }

    fn text(&mut self, text: &str) {
        push_escaped(text, &mut self.html);
    }

    fn line_end(&mut self) {
        self.html.push_str("<br>\n");
    }

    fn picture(&mut self) {
        self.placeholder(None);
    }

    fn heading(&mut self, index: Option<usize>) {
        self.html.push_str("\n<h2 id=\"");
        if let Some(heading) = index.and_then(|index| self.outline.headings.get(index)) {
            push_escaped(&heading.id, &mut self.html);
        }
        self.html.push_str("\">");
    }

    fn heading_end(&mut self) {
        self.html.push_str("</h2>\n");
    }

    fn raw(&mut self, html: &str) {
        self.html.push_str(&defused(html));
    }

    fn piece(&mut self, piece: Piece) {
        self.html.push('\n');
        self.placeholder(Some(piece));
        self.html.push('\n');
    }
}

/// Cleaned HTML, told to the writer.
struct Told<'w, 'o, 'p> {
    html: &'p str,
    writer: &'w mut Writer<'o>,
    pieces: &'p [Option<Piece>],
    headings: &'p BTreeMap<&'p str, usize>,
}

impl Told<'_, '_, '_> {
    fn opening(&mut self, tag: &Tag) {
        let value = |wanted: &str| {
            let attribute = tag.attributes.iter().find(|attribute| attribute.name == wanted);
            attribute.map(|attribute| unescaped(&self.html[attribute.range.clone()]))
        };
        match tag.element.as_str() {
            clean::PLACEHOLDER => {
                let index: Option<usize> = value("data-piece").and_then(|index| index.parse().ok());
                if let Some(Some(piece)) = index.and_then(|index| self.pieces.get(index)) {
                    self.writer.cut();
                    self.writer.write_piece(piece);
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let index = value("id").and_then(|id| self.headings.get(id.as_str()).copied());
                self.writer.heading(index);
            }
            "br" => self.writer.line_end(),
            element if is_block(element) => self.writer.cut(),
            _ => {}
        }
    }

    /// Text and closing tags.
    fn between(&mut self, html: &str) {
        let mut rest = html;
        while let Some((text, after)) = rest.split_once("</") {
            self.writer.text(&unescaped(text));
            let (element, after) = after.split_once('>').unwrap_or((after, ""));
            match element {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.writer.heading_end(),
                element if is_block(element) => self.writer.cut(),
                _ => {}
            }
            rest = after;
        }
        self.writer.text(&unescaped(rest));
    }
}

fn push_escaped(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

/// Text of cleaned HTML, in which nothing else is escaped.
fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}
