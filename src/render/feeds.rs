//! Feeds for readers' programs: one for the portal, one for each column whose entries have dates.

use serde::Serialize;

use super::frame::Workshop;
use super::key::Key;
use super::meta;
use super::portal::{Made, Output};
use super::published::root_of;
use super::view::{DateView, FeedEntryView};
use crate::derive::Index;
use crate::kind::Kind;
use crate::read::{Column, Entry, EntryId, Library};
use crate::schema::date::Date;

/// The most entries that a feed holds.
const MOST: usize = 30;

/// A feed's own data; in templates `feed`.
#[derive(Serialize)]
struct FeedView {
    id: String,
    title: String,
    subtitle: Option<String>,
    path: String,
    updated: String,
    home: String,
}

/// Whether a column has a feed: pages have none.
pub fn has_feed(column: &Column) -> bool {
    column.kind != Kind::Page && !column.folder.is_empty()
}

/// Where a column's feed is published.
pub fn path(column: &Column) -> String {
    format!("{}/feed.xml", column.output_folder)
}

/// All feeds.
pub fn feeds(library: &Library, index: &Index) -> Vec<(String, Output)> {
    let mut outputs = vec![("feed.xml".to_owned(), Output::page(feed_of_portal))];
    for (place, (column, entries)) in library.columns.iter().zip(&index.columns).enumerate() {
        if has_feed(column) && (!entries.is_empty() || column.introduction.is_some()) {
            let output = Output::page(move |workshop, known| feed_of_column(workshop, place, known));
            outputs.push((path(column), output));
        }
    }
    outputs
}

fn feed_of_portal(workshop: &Workshop, known: Option<Key>) -> Made {
    let config = &workshop.library.config;
    let of_portal = workshop
        .index
        .newest
        .iter()
        .filter(|id| workshop.library.entry(**id).kind() != Kind::Page);
    let place = FeedPlace {
        path: "feed.xml".into(),
        title: config.title.clone(),
        subtitle: config.subtitle.clone(),
        home: "index.html".into(),
    };
    feed(workshop, &of_portal.copied().collect::<Vec<_>>(), place, known)
}

fn feed_of_column(workshop: &Workshop, place: usize, known: Option<Key>) -> Made {
    let library = &workshop.library;
    let column = &library.columns[place];
    let entries = workshop.index.columns[place].iter().copied();
    let mut dated: Vec<_> = entries.filter(|id| library.entry(*id).common.date.is_some()).collect();
    dated.sort_by_key(|id| (std::cmp::Reverse(library.entry(*id).common.date), *id));
    let place = FeedPlace {
        path: path(column),
        title: format!("{}_{}", column.title, library.config.title),
        subtitle: Some(super::lists::column_description(column)),
        home: column.path(),
    };
    feed(workshop, &dated, place, known)
}

struct FeedPlace {
    path: String,
    title: String,
    subtitle: Option<String>,
    home: String,
}

fn feed(workshop: &Workshop, entries: &[EntryId], place: FeedPlace, known: Option<Key>) -> Made {
    let library = &workshop.library;
    let views: Vec<_> = entries
        .iter()
        .take(MOST)
        .map(|id| entry_view(workshop, library.entry(*id)))
        .collect();
    let updated = views
        .iter()
        .map(|view| view.updated.clone())
        .max()
        .unwrap_or_else(|| time_stamp(EPOCH));
    let feed = FeedView {
        id: id(workshop, &place.path),
        title: place.title,
        subtitle: place.subtitle,
        path: place.path.clone(),
        updated,
        home: place.home,
    };
    let root = root_of(&place.path);
    workshop.file(
        ("feed.xml", known),
        &place.path,
        &[("feed", &feed), ("entries", &views), ("root", &root)],
    )
}

/// The day that stands in a feed without entries, where some day has to.
const EPOCH: Date = Date {
    year: 2000,
    month: 1,
    day: 1,
    time: None,
};

fn entry_view(workshop: &Workshop, entry: &Entry) -> FeedEntryView {
    let common = &entry.common;
    let published = common.date.unwrap_or(EPOCH);
    let author = if common.author.is_empty() {
        common.org.clone()
    } else {
        Some(common.author.join("、"))
    };
    FeedEntryView {
        id: id(workshop, &entry.path),
        title: common.title.clone(),
        path: entry.path.clone(),
        updated: time_stamp(common.updated.unwrap_or(published)),
        published: common.date.map(time_stamp),
        summary: crate::derive::summary::summary(entry),
        author,
        categories: common.tags.clone(),
    }
}

/// The full form that feeds ask for; a day without a time begins at midnight, China's time.
fn time_stamp(date: Date) -> String {
    let (hour, minute) = date.time.unwrap_or((0, 0));
    format!("{}T{hour:02}:{minute:02}:00+08:00", DateView::of(date.day_only()).short)
}

/// An id that stays the same wherever the portal lies: its address where known, else a name made
/// from the portal's title and the path.
fn id(workshop: &Workshop, path: &str) -> String {
    meta::address(&workshop.library, path).unwrap_or_else(|| {
        let title = crate::pinyin_slug::slug(&workshop.library.config.title);
        // A URN of a namespace of its own would have to be registered; tag: URIs (RFC 4151) need
        // a domain. A name-based UUID (RFC 9562, version 8) needs neither.
        let hash = blake3::hash(format!("hongtu:{title}:{path}").as_bytes());
        let bytes = hash.as_bytes();
        let mut id = [0_u8; 16];
        id.copy_from_slice(&bytes[..16]);
        id[6] = (id[6] & 0x0f) | 0x80;
        id[8] = (id[8] & 0x3f) | 0x80;
        let hex = format!("{:032x}", u128::from_be_bytes(id));
        format!(
            "urn:uuid:{}-{}-{}-{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..]
        )
    })
}
