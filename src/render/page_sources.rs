//! Which text each page is made from, for whoever looks at the page and wants to change it.

use std::collections::BTreeMap;

use super::entries::reading_minutes;
use crate::kind::Kind;
use crate::read::{Entry, Library, Visibility};
use crate::source::FileId;

/// The text that a page is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSource {
    /// Its file.
    pub file: FileId,
    /// How long it is.
    pub characters: usize,
    /// How long people read it.
    pub reading_minutes: usize,
    /// Why it is in no portal that is published; `None` where it is.
    pub unpublished: Option<Unpublished>,
}

/// Why a page is shown in previews only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpublished {
    /// `draft`.
    Draft,
    /// Before its `publish`.
    NotYet,
    /// From its `expires` on.
    Expired,
}

/// The sources of all pages that have one, by the paths of the pages.
pub fn of(library: &Library) -> BTreeMap<String, PageSource> {
    let mut pages = BTreeMap::new();
    for entry in library.shown() {
        let source = source(library, entry);
        if entry.kind() == Kind::Roundtable {
            pages.insert(entry.guests_path(), source.clone());
        }
        for (_, alias) in entry.alias_paths() {
            pages.insert(alias, source.clone());
        }
        pages.insert(entry.path.clone(), source);
    }
    for column in &library.columns {
        if let Some(introduction) = &column.introduction {
            pages.insert(column.path(), source(library, introduction));
        }
    }
    pages
}

fn source(library: &Library, entry: &Entry) -> PageSource {
    PageSource {
        file: entry.file,
        characters: entry.outline.characters,
        reading_minutes: reading_minutes(entry),
        unpublished: (entry.visibility == Visibility::Preview).then(|| unpublished(library, entry)),
    }
}

fn unpublished(library: &Library, entry: &Entry) -> Unpublished {
    let is_ahead = |day: crate::schema::date::Date| day.day_only() > library.as_of.day_only();
    if entry.common.draft {
        Unpublished::Draft
    } else if entry.common.publish.is_some_and(is_ahead) {
        Unpublished::NotYet
    } else {
        Unpublished::Expired
    }
}
