//! References by name: parks, alliances and stops are named by their slug or by their title.

use std::collections::BTreeMap;

use super::entry::{Entry, EntryId};
use crate::diagnostic::nearest::nearest;
use crate::kind::Kind;

/// What can be referred to, by kind.
#[derive(Debug, Default)]
pub struct NameIndex {
    slugs: BTreeMap<(Kind, String), EntryId>,
    titles: BTreeMap<(Kind, String), Vec<EntryId>>,
}

/// What a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// One entry.
    One(EntryId),
    /// The first of several entries with this title.
    Several(EntryId),
    /// Nothing.
    Nothing,
}

impl Found {
    /// The entry, if there is any.
    pub fn id(self) -> Option<EntryId> {
        match self {
            Self::One(id) | Self::Several(id) => Some(id),
            Self::Nothing => None,
        }
    }
}

impl NameIndex {
    /// Indexes entries; the first of two with one slug wins, which `check` reports as a collision.
    pub fn of(entries: &[Entry]) -> Self {
        let mut index = Self::default();
        for entry in entries {
            let kind = entry.kind();
            index.slugs.entry((kind, entry.slug.clone())).or_insert(entry.id);
            // The file's stem is what writers see; with a slug of its own both work.
            index.slugs.entry((kind, entry.stem().to_owned())).or_insert(entry.id);
            if !entry.common.title.is_empty() {
                index
                    .titles
                    .entry((kind, entry.common.title.clone()))
                    .or_default()
                    .push(entry.id);
            }
        }
        index
    }

    /// Finds the entry of a kind that a reference names.
    pub fn find(&self, kind: Kind, reference: &str) -> Found {
        let reference = reference.trim().trim_end_matches(".md");
        let key = (kind, reference.to_owned());
        if let Some(id) = self.slugs.get(&key) {
            return Found::One(*id);
        }
        match self.titles.get(&key).map(Vec::as_slice) {
            Some([id]) => Found::One(*id),
            Some([first, ..]) => Found::Several(*first),
            _ => Found::Nothing,
        }
    }

    /// The slug or title of a kind that is nearest to a reference that leads nowhere.
    pub fn nearest(&self, kind: Kind, reference: &str) -> Option<&str> {
        let of_kind = |entries: &(Kind, String)| entries.0 == kind;
        let titles = self
            .titles
            .keys()
            .filter(|key| of_kind(key))
            .map(|(_, title)| title.as_str());
        let slugs = self
            .slugs
            .keys()
            .filter(|key| of_kind(key))
            .map(|(_, slug)| slug.as_str());
        nearest(reference, titles.chain(slugs))
    }
}
