//! A roundtable's body taken apart: a second-level heading is a question; a paragraph that begins
//! with the name of a guest or host and a colon begins a speech, which goes on until the next.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::markdown_events::LocatedEvent;

/// What belongs to one question.
#[derive(Debug, Default)]
pub struct Section<'a> {
    /// The question's text and the bytes of its heading; absent for what stands before the first.
    pub question: Option<(String, Range<usize>)>,
    /// What follows it.
    pub events: Vec<LocatedEvent<'a>>,
}

/// What stands before the first question, then each question with what follows it. A heading within
/// a list or a quotation is none: what stands around it could not be parted.
pub fn sections(events: Vec<LocatedEvent<'_>>) -> Vec<Section<'_>> {
    let mut sections = vec![Section::default()];
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
            sections.push(Section {
                question: Some((String::new(), range)),
                events: Vec::new(),
            });
            continue;
        }
        if in_question && matches!(event, Event::End(TagEnd::Heading(HeadingLevel::H2))) {
            in_question = false;
            continue;
        }
        let Some(section) = sections.last_mut() else {
            continue;
        };
        match &mut section.question {
            Some((question, _)) if in_question => match &event {
                Event::Text(text) | Event::Code(text) => question.push_str(text),
                Event::SoftBreak | Event::HardBreak => question.push(' '),
                _ => {}
            },
            _ => {
                match event {
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth = depth.saturating_sub(1),
                    _ => {}
                }
                section.events.push((event, range));
            }
        }
    }
    sections
}

/// A section's events by speaker; what no one says comes first, under no name.
pub fn parts<'a>(events: &[LocatedEvent<'a>], names: &[&str]) -> Vec<(Option<String>, Vec<LocatedEvent<'a>>)> {
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
