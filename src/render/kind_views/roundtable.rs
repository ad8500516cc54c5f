//! A roundtable: read by question and by guest.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::kind::Roundtable;
use crate::read::Entry;
use crate::render::frame::Workshop;
use crate::render::view::entry::{GuestSpeechView, GuestView, QuestionView, RoundtableView, SpeechView};

/// A roundtable as its two pages show it, and the footnotes of its text.
pub fn view(
    workshop: &Workshop,
    entry: &Entry,
    roundtable: &Roundtable,
    problems: &mut Vec<Diagnostic>,
) -> (RoundtableView, String) {
    let conversation = workshop.renderer().conversation(entry, roundtable, problems);
    let guest_id = |name: &str| {
        roundtable
            .guests
            .iter()
            .position(|guest| guest.name == name)
            .map(|index| format!("guest-{}", index + 1))
    };
    let mut introduced = BTreeSet::new();
    let questions: Vec<_> = conversation
        .questions
        .iter()
        .enumerate()
        .map(|(index, question)| QuestionView {
            number: index + 1,
            id: question.id.clone(),
            text: question.text.clone(),
            opening: question.opening.clone(),
            speeches: question
                .speeches
                .iter()
                .map(|speech| {
                    let is_first = introduced.insert(speech.speaker.clone());
                    let guest = roundtable.guests.iter().find(|guest| guest.name == speech.speaker);
                    SpeechView {
                        speaker: speech.speaker.clone(),
                        guest_id: guest_id(&speech.speaker),
                        title: guest.filter(|_| is_first).and_then(|guest| guest.title.clone()),
                        html: speech.html.clone(),
                    }
                })
                .collect(),
        })
        .collect();
    // The notes stand on the by-question page.
    let file = entry
        .path
        .rsplit_once('/')
        .map_or(entry.path.as_str(), |(_, file)| file);
    let notes_address = format!("href=\"{file}#fn-");
    let guests = roundtable
        .guests
        .iter()
        .enumerate()
        .map(|(index, guest)| GuestView {
            id: format!("guest-{}", index + 1),
            name: guest.name.clone(),
            title: guest.title.clone(),
            org: guest.org.clone(),
            region: guest.region.clone(),
            speeches: questions
                .iter()
                .flat_map(|question| question.speeches.iter().map(move |speech| (question, speech)))
                .filter(|(_, speech)| speech.speaker == guest.name)
                .map(|(question, speech)| GuestSpeechView {
                    number: question.number,
                    question_id: question.id.clone(),
                    question: question.text.clone(),
                    html: speech.html.replace("href=\"#fn-", &notes_address),
                })
                .collect(),
        })
        .collect();
    let view = RoundtableView {
        hosts: roundtable.hosts.clone(),
        guests,
        opening: conversation.opening,
        questions,
        path_by_question: entry.path.clone(),
        path_by_guest: entry.guests_path(),
    };
    (view, conversation.footnotes)
}
