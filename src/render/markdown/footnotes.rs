//! Footnotes: definitions are taken out of the text and stand, numbered by their first mention,
//! at the end of the page.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::escape;
use crate::read::markdown_events::LocatedEvent;

/// The footnotes of one body.
#[derive(Debug, Default)]
pub struct Footnotes<'a> {
    definitions: BTreeMap<String, Vec<LocatedEvent<'a>>>,
    /// Labels in the order of their first mention, each with the number of its mentions.
    mentioned: Vec<(String, usize)>,
}

/// Takes the definitions out of a body's events.
pub fn set_apart(events: Vec<LocatedEvent<'_>>) -> (Vec<LocatedEvent<'_>>, Footnotes<'_>) {
    let mut footnotes = Footnotes::default();
    let mut rest = Vec::with_capacity(events.len());
    let mut open: Option<String> = None;
    for (event, range) in events {
        match (&event, &open) {
            (Event::Start(Tag::FootnoteDefinition(label)), _) => {
                footnotes.definitions.entry(label.to_string()).or_default();
                open = Some(label.to_string());
            }
            (Event::End(TagEnd::FootnoteDefinition), _) => open = None,
            (_, Some(label)) => {
                if let Some(definition) = footnotes.definitions.get_mut(label) {
                    definition.push((event, range));
                }
            }
            (_, None) => rest.push((event, range)),
        }
    }
    (rest, footnotes)
}

impl<'a> Footnotes<'a> {
    /// The mark of a footnote in the text.
    pub fn reference(&mut self, label: &str) -> String {
        if !self.definitions.contains_key(label) {
            return escape(&format!("[^{label}]"));
        }
        let at = self.mentioned.iter().position(|(known, _)| known == label);
        let at = at.unwrap_or_else(|| {
            self.mentioned.push((label.to_owned(), 0));
            self.mentioned.len() - 1
        });
        let number = at + 1;
        let Some((_, mentions)) = self.mentioned.get_mut(at) else {
            return String::new();
        };
        *mentions += 1;
        let id = mention_id(number, *mentions);
        format!(
            "<sup class=\"footnote-reference\"><a href=\"#fn-{number}\" id=\"{id}\" aria-label=\"注释 {number}\">{number}</a></sup>"
        )
    }

    /// The label and number of the footnote that was mentioned as the `at`-th.
    pub fn referred(&self, at: usize) -> Option<(String, usize)> {
        self.mentioned.get(at).map(|(label, _)| (label.clone(), at + 1))
    }

    /// What a footnote says.
    pub fn take_definition(&mut self, label: &str) -> Vec<LocatedEvent<'a>> {
        self.definitions.get_mut(label).map(std::mem::take).unwrap_or_default()
    }

    /// A footnote as an item of the list, with links back to its mentions.
    pub fn item(&self, number: usize, label: &str, html: &str) -> String {
        let mentions = self
            .mentioned
            .iter()
            .find(|(known, _)| known == label)
            .map_or(1, |(_, mentions)| *mentions);
        let mut back = String::new();
        for mention in 1..=mentions {
            let id = mention_id(number, mention);
            // A write to a string cannot fail.
            let _ = write!(
                back,
                " <a class=\"footnote-back\" href=\"#{id}\" aria-label=\"回到正文\">↩</a>"
            );
        }
        let inner = match html.strip_suffix("</p>") {
            Some(open) => format!("{open}{back}</p>"),
            None => format!("{html}{back}"),
        };
        format!("<li id=\"fn-{number}\">{inner}</li>\n")
    }
}

fn mention_id(number: usize, mention: usize) -> String {
    if mention == 1 {
        format!("fnref-{number}")
    } else {
        format!("fnref-{number}-{mention}")
    }
}
