//! What is taken from a body's events in one piece: a paragraph of pictures, the description of a
//! picture, a block of code.

use std::slice::Iter;

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::markdown_events::LocatedEvent;

/// A picture as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenPicture {
    /// The path as written.
    pub destination: String,
    /// The title in the Markdown, shown below the picture.
    pub caption: String,
    /// The description, for those who don't see the picture.
    pub alt: String,
}

/// If the paragraph that has just begun holds pictures and nothing else: takes it, and gives them.
pub fn take_figures(events: &mut Iter<'_, LocatedEvent<'_>>) -> Option<Vec<WrittenPicture>> {
    let mut ahead = events.clone();
    if !matches!(ahead.clone().next(), Some((Event::Start(Tag::Image { .. }), _))) {
        return None;
    }
    let mut figures = Vec::new();
    loop {
        match &ahead.next()?.0 {
            Event::Start(Tag::Image { dest_url, title, .. }) => figures.push(WrittenPicture {
                destination: dest_url.to_string(),
                caption: title.to_string(),
                alt: take_description(&mut ahead),
            }),
            Event::SoftBreak | Event::HardBreak => {}
            Event::Text(text) if text.trim().is_empty() => {}
            Event::End(TagEnd::Paragraph) => break,
            _ => return None,
        }
    }
    *events = ahead;
    Some(figures)
}

/// The text of a picture's description, up to its end.
pub fn take_description(events: &mut Iter<'_, LocatedEvent<'_>>) -> String {
    let mut alt = String::new();
    let mut depth = 0_usize;
    for (event, _) in events {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) if depth == 0 => break,
            Event::End(TagEnd::Image) => depth -= 1,
            Event::Text(text) | Event::Code(text) => alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }
    alt
}

/// The text of a code block that has just begun, up to its end.
pub fn take_code(events: &mut Iter<'_, LocatedEvent<'_>>) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) => text.push_str(part),
            Event::End(TagEnd::CodeBlock) => break,
            _ => {}
        }
    }
    text
}

/// The word that an alert (`> [!NOTE]`) begins with.
pub fn alert_title(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "说明",
        BlockQuoteKind::Tip => "提示",
        BlockQuoteKind::Important => "重要",
        BlockQuoteKind::Warning => "注意",
        BlockQuoteKind::Caution => "警告",
    }
}
