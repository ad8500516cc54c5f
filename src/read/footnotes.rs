//! Footnotes: definitions are taken out of the text and stand, numbered by their first mention,
//! at the end of the page. Those that nothing mentions are not shown.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::markdown_events::LocatedEvent;

/// The footnotes of one body.
#[derive(Debug, Default)]
pub struct Footnotes<'a> {
    definitions: BTreeMap<String, Vec<LocatedEvent<'a>>>,
    /// Labels in the order of their first mention, each with the number of its mentions.
    mentioned: Vec<(String, usize)>,
}

/// One mention of a footnote in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The number of the footnote, from 1.
    pub number: usize,
    /// The how manieth mention of this footnote it is, from 1.
    pub mention: usize,
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
    /// Counts a mention; `None` where there is no such footnote.
    pub fn mention(&mut self, label: &str) -> Option<Mention> {
        if !self.definitions.contains_key(label) {
            return None;
        }
        let at = self.mentioned.iter().position(|(known, _)| known == label);
        let at = at.unwrap_or_else(|| {
            self.mentioned.push((label.to_owned(), 0));
            self.mentioned.len() - 1
        });
        let (_, mentions) = self.mentioned.get_mut(at)?;
        *mentions += 1;
        Some(Mention {
            number: at + 1,
            mention: *mentions,
        })
    }

    /// What the footnote of a number says, the first time that it is asked for; `None` when so
    /// many were not mentioned. What it says may mention more of them.
    pub fn take(&mut self, number: usize) -> Option<Vec<LocatedEvent<'a>>> {
        let (label, _) = self.mentioned.get(number.checked_sub(1)?)?;
        Some(self.definitions.get_mut(label).map(std::mem::take).unwrap_or_default())
    }

    /// How often the footnote of a number was mentioned so far.
    pub fn mentions(&self, number: usize) -> usize {
        let mentioned = number.checked_sub(1).and_then(|at| self.mentioned.get(at));
        mentioned.map_or(0, |(_, mentions)| *mentions)
    }
}
