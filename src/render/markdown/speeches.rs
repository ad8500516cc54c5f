//! A roundtable's body as HTML, in its parts.

use super::{Pass, Renderer};
use crate::diagnostic::Diagnostic;
use crate::kind::Roundtable;
use crate::read::Entry;
use crate::read::conversation;

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
        let names = roundtable.speakers();
        let mut pass = Pass::new(*self, entry, diagnostics);
        let mut conversation = Conversation::default();
        for section in conversation::sections(pass.read()) {
            let Some((text, heading)) = section.question else {
                conversation.opening = pass.html(section.events);
                continue;
            };
            let mut question = Question {
                text,
                id: pass.heading_id(&heading),
                ..Question::default()
            };
            for (speaker, events) in conversation::parts(&section.events, &names) {
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
