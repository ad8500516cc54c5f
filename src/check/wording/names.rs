//! The names of a site: those that its texts should have right, and those that are right as they are.

use std::collections::{BTreeMap, BTreeSet};

use super::mentions::{Mention, Subject};
use crate::kind::Kind;
use crate::read::{EntryId, Library};

/// A shorter name has too many honest neighbours (characters).
const SHORTEST: usize = 4;
/// An organisation that is named so often in front matters is known.
const KNOWN_FROM: usize = 2;

/// A name that texts should have right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its characters, all of them Chinese.
    pub letters: Vec<char>,
    /// Who says that it is right.
    pub authority: Authority,
}

/// Who says that a name is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// A term of the list of words, by its number.
    Term(usize),
    /// The title of a park or of an alliance.
    Title(EntryId),
    /// An organisation that front matters name: only its frequency.
    Use,
}

impl Name {
    /// As a text.
    pub fn text(&self) -> String {
        self.letters.iter().collect()
    }
}

/// Whether a character is Chinese.
pub fn is_han(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇')
}

/// The names that texts should have right, each once, by the best authority.
pub fn of(library: &Library, mentions: &[Mention<'_>]) -> Vec<Name> {
    let mut names: BTreeMap<Vec<char>, Authority> = BTreeMap::new();
    let mut add = |text: &str, authority: Authority| {
        let letters: Vec<char> = text.chars().collect();
        if letters.len() >= SHORTEST && letters.iter().all(|letter| is_han(*letter)) {
            names.entry(letters).or_insert(authority);
        }
    };
    for (number, term) in library.terms.terms.iter().enumerate() {
        add(&term.right, Authority::Term(number));
    }
    for entry in &library.entries {
        if matches!(entry.kind(), Kind::Park | Kind::Alliance) {
            add(&entry.common.title, Authority::Title(entry.id));
        }
    }
    for mention in mentions.iter().filter(|one| one.subject == Subject::Organisation) {
        add(mention.text, Authority::Use);
    }
    let made = names
        .into_iter()
        .map(|(letters, authority)| Name { letters, authority });
    made.collect()
}

/// What is right as it stands, however near it is to another name.
pub fn known(library: &Library, mentions: &[Mention<'_>]) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for entry in &library.entries {
        if matches!(entry.kind(), Kind::Park | Kind::Point | Kind::Alliance | Kind::Route) {
            known.insert(entry.common.title.clone());
        }
        known.extend(entry.common.tags.iter().cloned());
    }
    known.extend(library.columns.iter().map(|column| column.title.clone()));
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in mentions {
        *uses.entry(mention.text).or_default() += 1;
    }
    let often = uses.into_iter().filter(|(_, count)| *count >= KNOWN_FROM);
    known.extend(often.map(|(text, _)| text.to_owned()));
    known.retain(|text| text.chars().count() >= 2);
    known
}
