//! Where front matters name persons and organisations.

use crate::kind::Facts;
use crate::read::{Entry, Library};

/// A name in the front matter of an entry.
#[derive(Debug, Clone)]
pub struct Mention<'a> {
    /// As written.
    pub text: &'a str,
    /// The organisation of a person.
    pub of: Option<&'a str>,
    /// What is named.
    pub subject: Subject,
    /// In which entry.
    pub entry: &'a Entry,
    /// Its key, with its number in a list.
    way: (&'static str, usize, &'static str),
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
}

impl Mention<'_> {
    /// The way of English keys to it.
    pub fn way(&self) -> String {
        match self.way {
            (key, _, "") => key.to_owned(),
            (list, number, "[]") => format!("{list}[{number}]"),
            (list, number, key) => format!("{list}[{number}].{key}"),
        }
    }
}

/// All of them, in the order of the entries.
pub fn all(library: &Library) -> Vec<Mention<'_>> {
    let mut found = Vec::new();
    for entry in &library.entries {
        let mut collect = Collect {
            entry,
            found: &mut found,
        };
        if let Some(org) = &entry.common.org {
            collect.organisation(org, ("org", 0, ""));
        }
        collect.facts();
    }
    found.retain(|mention| !mention.text.trim().is_empty());
    found
}

struct Collect<'a, 'f> {
    entry: &'a Entry,
    found: &'f mut Vec<Mention<'a>>,
}

impl<'a> Collect<'a, '_> {
    fn organisation(&mut self, text: &'a str, way: (&'static str, usize, &'static str)) {
        self.found.push(Mention {
            text,
            of: None,
            subject: Subject::Organisation,
            entry: self.entry,
            way,
        });
    }

    fn organisations(&mut self, texts: &'a [String], list: &'static str) {
        for (number, text) in texts.iter().enumerate() {
            self.organisation(text, (list, number, "[]"));
        }
    }

    fn facts(&mut self) {
        match &self.entry.facts {
            Facts::Alliance(alliance) => {
                self.organisations(&alliance.initiators, "initiators");
                for (number, member) in alliance.members.iter().enumerate() {
                    self.organisation(&member.unit, ("members", number, "unit"));
                }
            }
            Facts::Bulletin(bulletin) => {
                if let Some(activity) = &bulletin.activity {
                    self.organisations(&activity.participants, "activity.participants");
                }
                for (number, project) in bulletin.projects.iter().enumerate() {
                    if let Some(owner) = &project.owner {
                        self.organisation(owner, ("projects", number, "owner"));
                    }
                }
            }
            Facts::Roundtable(roundtable) => {
                for (number, guest) in roundtable.guests.iter().enumerate() {
                    self.found.push(Mention {
                        text: &guest.name,
                        of: guest.org.as_deref(),
                        subject: Subject::Person,
                        entry: self.entry,
                        way: ("guests", number, "name"),
                    });
                    if let Some(org) = &guest.org {
                        self.organisation(org, ("guests", number, "org"));
                    }
                }
            }
            _ => {}
        }
    }
}
