//! A roundtable's body: a second-level heading is a question; a paragraph that begins with the
//! name of a guest or host and a colon begins a speech, which goes on until the next.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::{Pass, Renderer};
use crate::diagnostic::Diagnostic;
use crate::kind::Roundtable;
use crate::read::Entry;
use crate::read::markdown_events::LocatedEvent;

/// A body taken apart.
#[derive(Debug, Default)]
pub struct Conversation {
    /// What stands before the first question.
    pub opening: String,
    /// In their order.
    pub questions: Vec<Question>,
    /// Footnotes of the whole page.
    pub footnotes: String,
}

/// A question with what was said.
#[derive(Debug, Default)]
pub struct Question {
    /// The heading's text.
    pub text: String,
    /// The heading's id.
    pub id: String,
    /// What stands before the first speech.
    pub opening: String,
    /// In their order.
    pub speeches: Vec<Speech>,
}

/// What one person said in one go.
#[derive(Debug, Default)]
pub struct Speech {
    /// The name as the list of guests or hosts has it.
    pub speaker: String,
    /// The speech as HTML, without the name.
    pub html: String,
}

impl<'a> Renderer<'a> {
    /// Renders a roundtable's body in its parts.
    pub fn conversation(
        &self,
        entry: &'a Entry,
        roundtable: &Roundtable,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Conversation {
        let names: Vec<&str> = roundtable
            .guests
            .iter()
            .map(|guest| guest.name.as_str())
            .chain(roundtable.hosts.iter().map(String::as_str))
            .collect();
        let mut pass = Pass::new(*self, entry, diagnostics);
        let mut conversation = Conversation::default();
        for (index, (heading, events)) in sections(pass.read()).into_iter().enumerate() {
            if index == 0 {
                conversation.opening = pass.html(events);
                continue;
            }
            // The heading is rendered too, so that the headings below it keep their ids.
            let id = pass.heading_id();
            let mut question = Question {
                text: heading,
                id,
                ..Question::default()
            };
            for (speaker, events) in parts(&events, &names) {
                let html = pass.html(events);
                match speaker {
                    Some(speaker) => question.speeches.push(Speech { speaker, html }),
                    None => question.opening = html,
                }
            }
            conversation.questions.push(question);
        }
        conversation.footnotes = pass.footnotes_html();
        conversation
    }
}

/// The events before the first question, then each question's text and events. A heading within a
/// list or a quotation is none: what stands around it could not be parted.
fn sections(events: Vec<LocatedEvent<'_>>) -> Vec<(String, Vec<LocatedEvent<'_>>)> {
    let mut sections = vec![(String::new(), Vec::new())];
    let mut depth = 0_usize;
    let mut in_question = false;
    for (event, range) in events {
        let is_second_level = matches!(
            event,
            Event::Start(Tag::Heading {
                level: HeadingLevel::H2,
                ..
            })
        );
        if is_second_level && depth == 0 {
            in_question = true;
            sections.push((String::new(), Vec::new()));
            continue;
        }
        if in_question && matches!(event, Event::End(TagEnd::Heading(HeadingLevel::H2))) {
            in_question = false;
            continue;
        }
        let Some((heading, inner)) = sections.last_mut() else {
            continue;
        };
        if in_question {
            if let Event::Text(text) | Event::Code(text) = &event {
                heading.push_str(text);
            }
            continue;
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        inner.push((event, range));
    }
    sections
}

/// A section's events by speaker; what no one says comes first, under no name.
fn parts<'a>(events: &[LocatedEvent<'a>], names: &[&str]) -> Vec<(Option<String>, Vec<LocatedEvent<'a>>)> {
    let mut parts: Vec<(Option<String>, Vec<LocatedEvent<'a>>)> = vec![(None, Vec::new())];
    let mut depth = 0_usize;
    let mut events = events.iter();
    while let Some(event) = events.next() {
        let begins_paragraph = depth == 0 && matches!(event.0, Event::Start(Tag::Paragraph));
        match &event.0 {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if begins_paragraph && let Some((speaker, first)) = take_speaker(&mut events, names) {
            parts.push((Some(speaker), vec![event.clone(), first]));
        } else if let Some((_, inner)) = parts.last_mut() {
            inner.push(event.clone());
        }
    }
    if parts.first().is_some_and(|(_, events)| events.is_empty()) {
        parts.remove(0);
    }
    parts
}

/// If a paragraph begins with a known name and a colon, in bold or not: takes both off it, and
/// gives the name and the text that follows.
fn take_speaker<'a>(
    events: &mut std::slice::Iter<'_, LocatedEvent<'a>>,
    names: &[&str],
) -> Option<(String, LocatedEvent<'a>)> {
    let mut ahead = events.clone();
    let (mut event, mut range) = ahead.next()?.clone();
    let is_bold = matches!(event, Event::Start(Tag::Strong));
    if is_bold {
        (event, range) = ahead.next()?.clone();
    }
    let Event::Text(text) = &event else { return None };
    let speaker = names.iter().find(|name| text.starts_with(**name) && !name.is_empty())?;
    let mut rest = text[speaker.len()..].to_owned();
    if is_bold {
        let colon_inside = rest == "：" || rest == ":";
        if !rest.is_empty() && !colon_inside {
            return None;
        }
        if !matches!(ahead.next()?.0, Event::End(TagEnd::Strong)) {
            return None;
        }
        let (Event::Text(after), after_range) = ahead.next()? else {
            return None;
        };
        rest = if colon_inside {
            format!("：{after}")
        } else {
            after.to_string()
        };
        range = after_range.clone();
    }
    let speech = rest.strip_prefix(['：', ':'])?.trim_start().to_owned();
    let start = range.end.saturating_sub(speech.len());
    *events = ahead;
    Some(((*speaker).to_owned(), (Event::Text(speech.into()), start..range.end)))
}
