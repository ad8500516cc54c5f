//! The orders in which entries stand.

use std::cmp::Reverse;

use crate::pinyin_slug;
use crate::read::{Entry, EntryId, Library};

/// The shown entries of each column: by weight, then the newest first, then those without a date
/// by the pinyin of their titles.
pub fn columns(library: &Library) -> Vec<Vec<EntryId>> {
    let mut columns: Vec<Vec<&Entry>> = vec![Vec::new(); library.columns.len()];
    for entry in library.shown() {
        columns[entry.column].push(entry);
    }
    columns
        .into_iter()
        .map(|mut entries| {
            entries.sort_by_cached_key(|entry| {
                let title = if entry.common.date.is_none() {
                    pinyin_slug::sort_key(&entry.common.title)
                } else {
                    String::new()
                };
                (
                    Reverse(entry.common.weight),
                    Reverse(entry.common.date),
                    title,
                    entry.content_path.clone(),
                )
            });
            entries.into_iter().map(|entry| entry.id).collect()
        })
        .collect()
}

/// Shown entries with a date, newest first, then by path.
pub fn newest(library: &Library) -> Vec<EntryId> {
    let mut dated: Vec<_> = library.shown().filter(|entry| entry.common.date.is_some()).collect();
    dated.sort_by(|a, b| {
        b.common
            .date
            .cmp(&a.common.date)
            .then_with(|| a.content_path.cmp(&b.content_path))
    });
    dated.into_iter().map(|entry| entry.id).collect()
}

/// For each entry the one before and the one after it in its column: before is what a reader of
/// the list meets first.
pub fn neighbours(library: &Library, columns: &[Vec<EntryId>]) -> Vec<(Option<EntryId>, Option<EntryId>)> {
    let mut neighbours = vec![(None, None); library.entries.len()];
    for column in columns {
        for (at, id) in column.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| column.get(before)).copied();
            neighbours[id.index()] = (before, column.get(at + 1).copied());
        }
    }
    neighbours
}
