//! Tags with their entries.

use std::collections::{BTreeMap, BTreeSet};

use crate::pinyin_slug;
use crate::read::{EntryId, Library};

/// A tag with its entries.
#[derive(Debug, Clone)]
pub struct TagEntries {
    /// As first written.
    pub title: String,
    /// Its name in paths, unique.
    pub slug: String,
    /// The newest first.
    pub entries: Vec<EntryId>,
}

/// All tags in the order of their pinyin. Case makes no difference between tags.
pub fn tags(library: &Library) -> Vec<TagEntries> {
    let mut by_name: BTreeMap<String, (String, Vec<EntryId>)> = BTreeMap::new();
    for entry in library.shown() {
        let mut seen = BTreeSet::new();
        for tag in &entry.common.tags {
            let name = tag.trim().to_lowercase();
            if seen.insert(name.clone()) {
                by_name
                    .entry(name)
                    .or_insert_with(|| (tag.trim().to_owned(), Vec::new()))
                    .1
                    .push(entry.id);
            }
        }
    }
    let mut tags: Vec<_> = by_name.into_values().collect();
    tags.sort_by_cached_key(|(title, _)| (pinyin_slug::sort_key(title), title.clone()));
    let mut taken = BTreeSet::new();
    tags.into_iter()
        .map(|(title, mut entries)| {
            entries.sort_by_key(|id| (std::cmp::Reverse(library.entry(*id).common.date), *id));
            let slug = unique(pinyin_slug::slug(&title), &mut taken);
            TagEntries { title, slug, entries }
        })
        .collect()
}

/// Different words may have the same pinyin.
fn unique(slug: String, taken: &mut BTreeSet<String>) -> String {
    // `index` is the list of all tags, and `x-page-2` the second page of the tag x.
    let base = if slug == "index" || slug.contains("-page-") {
        format!("{slug}-tag")
    } else {
        slug
    };
    let mut unique = base.clone();
    let mut number = 2;
    while !taken.insert(unique.clone()) {
        unique = format!("{base}-{number}");
        number += 1;
    }
    unique
}
