//! One person or organisation that front matters write in two ways: brackets and letters of another width,
//! spaces, 有限公司 for 有限责任公司, the traditional script, characters of the same sound.

use std::collections::BTreeMap;

use hanconv::RawDictionary;
use pinyin::{Pinyin, ToPinyin};

use super::mentions::{Mention, Subject};
use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::kind::Kind;
use crate::read::Library;
use crate::schema::half_width;
use crate::source::Span;

/// Shorter names of one sound are mostly two (characters).
const SHORTEST_ORGANISATION: usize = 6;
/// Of two ways with one sound the other must be so many times as frequent.
const TIMES: usize = 3;

/// One way in which a name is written, with its places.
#[derive(Default)]
struct Way<'m, 'a> {
    mentions: Vec<&'m Mention<'a>>,
    /// The title of a park, a point or an alliance: that way is right.
    title: Option<Span>,
}

/// The ways of one name.
type Ways<'m, 'a> = BTreeMap<&'a str, Way<'m, 'a>>;

pub(super) fn check(library: &Library, mentions: &[Mention<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let simplified = Simplified::new();
    let mut by_form: BTreeMap<(Subject, String), Ways<'_, '_>> = BTreeMap::new();
    for mention in mentions {
        let key = (mention.subject, folded(mention.text, &simplified));
        let way = by_form.entry(key).or_default().entry(mention.text.trim()).or_default();
        way.mentions.push(mention);
    }
    for entry in &library.entries {
        if matches!(entry.kind(), Kind::Park | Kind::Point | Kind::Alliance) {
            let title = entry.common.title.trim();
            let key = (Subject::Organisation, folded(title, &simplified));
            if let Some(ways) = by_form.get_mut(&key) {
                ways.entry(title).or_default().title = Some(library.field_span(entry, "title"));
            }
        }
    }
    for ways in by_form.values().filter(|ways| ways.len() > 1) {
        report(library, ways, diagnostics);
    }
    by_sound(library, &by_form, diagnostics);
}

/// All mentions but those that are written as the title is, or as most are.
fn report(library: &Library, ways: &Ways<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    // Of two that are as frequent the first in the order of the texts is taken.
    let rank = |way: &Way<'_, '_>| {
        let first = way.mentions.first().map(|mention| std::cmp::Reverse(mention.entry.id));
        (way.title.is_some(), way.mentions.len(), first)
    };
    let Some((model, best)) = ways.iter().rev().max_by_key(|(_, way)| rank(way)) else {
        return;
    };
    let first = best.mentions.first();
    let place = best
        .title
        .or_else(|| first.map(|mention| library.field_span(mention.entry, &mention.way())));
    let others = ways.iter().filter(|(written, _)| written != &model);
    for (written, mention) in others.flat_map(|(written, way)| way.mentions.iter().map(move |one| (written, one))) {
        let span = library.field_span(mention.entry, &mention.way());
        let mut diagnostic = Diagnostic::new(
            rule::TWO_WAYS,
            super::super::words_in(library, span, written),
            format!("“{}”在别处写作“{}”", quotable(written), quotable(model)),
        )
        .help("查一查哪一种是对的，全站写成一样；真是两个，在 site.yaml 里写一条例外");
        if let Some(place) = place {
            diagnostic = diagnostic.related(place, "别处的写法");
        }
        diagnostics.push(diagnostic.proposal(super::super::words_in(library, span, written), *model));
    }
}

/// Names that sound alike and differ in one character: organisations of which one way is much rarer than the
/// other, and persons of one organisation.
fn by_sound(library: &Library, by_form: &BTreeMap<(Subject, String), Ways<'_, '_>>, diagnostics: &mut Vec<Diagnostic>) {
    let mut alike: BTreeMap<(Subject, &str, String), Ways<'_, '_>> = BTreeMap::new();
    for ((subject, form), ways) in by_form {
        let is_long = *subject == Subject::Person || form.chars().count() >= SHORTEST_ORGANISATION;
        let Some(sound) = sound(form).filter(|_| is_long) else {
            continue;
        };
        for (written, way) in ways {
            for mention in &way.mentions {
                // Persons of no known organisation are different ones.
                let of = match subject {
                    Subject::Person if mention.of.is_none() => continue,
                    Subject::Person => mention.of.unwrap_or_default(),
                    Subject::Organisation => "",
                };
                let ways = alike.entry((*subject, of, sound.clone())).or_default();
                ways.entry(*written).or_default().mentions.push(*mention);
            }
        }
    }
    for ((subject, ..), ways) in &alike {
        let [(one, first), (other, second)] = &*ways.iter().collect::<Vec<_>>() else {
            continue;
        };
        let differing = one
            .chars()
            .zip(other.chars())
            .filter(|(one, other)| one != other)
            .count();
        let counts = (first.mentions.len(), second.mentions.len());
        let is_much_rarer = counts.0.max(counts.1) >= TIMES * counts.0.min(counts.1);
        let have_same_length = one.chars().count() == other.chars().count();
        if have_same_length && differing == 1 && (*subject == Subject::Person || is_much_rarer) {
            report(library, ways, diagnostics);
        }
    }
}

/// The sound of a text that is Chinese all through.
fn sound(text: &str) -> Option<String> {
    let readings: Option<Vec<_>> = text
        .chars()
        .map(|letter| letter.to_pinyin().map(Pinyin::plain))
        .collect();
    readings
        .filter(|readings| readings.len() >= 2)
        .map(|readings| readings.join(" "))
}

/// A name without what is written in two ways.
fn folded(text: &str, simplified: &Simplified) -> String {
    let letters = text.trim().chars().filter_map(|letter| match half_width(letter) {
        letter if letter.is_whitespace() => None,
        '〔' | '【' | '[' => Some('('),
        '〕' | '】' | ']' => Some(')'),
        '•' | '・' | '･' | '‧' => Some('·'),
        letter => Some(simplified.of(letter)),
    });
    let folded: String = letters.flat_map(char::to_lowercase).collect();
    folded.replace("有限责任公司", "有限公司")
}

/// The simplified forms of traditional characters.
struct Simplified {
    forms: BTreeMap<char, char>,
}

impl Simplified {
    fn new() -> Self {
        let mut forms = BTreeMap::new();
        for (from, to) in RawDictionary::TSCharacters.var_iter() {
            let to = to.first().copied().unwrap_or(from);
            if let (Some(from), Some(to)) = (from.chars().next(), to.chars().next()) {
                forms.insert(from, to);
            }
        }
        Self { forms }
    }

    fn of(&self, letter: char) -> char {
        self.forms.get(&letter).copied().unwrap_or(letter)
    }
}
