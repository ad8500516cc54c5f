//! Covers for entries without a picture: drawn, one for each entry, as files of their own.

use super::cover::{CoverKind, Seed, cover_svg};
use super::frame::Workshop;
use super::key::{Key, PROGRAM};
use super::portal::{File, Made};
use super::published::Published;
use super::view::PictureView;
use crate::kind::Kind;
use crate::read::Entry;

/// The size of a drawn cover, in pixels.
const WIDTH: u32 = 800;
const HEIGHT: u32 = 500;

/// The drawn cover of an entry, where its kind has covers.
pub fn generated(entry: &Entry) -> Option<PictureView> {
    cover_kind(entry.kind())?;
    let mut picture = Published::plain_picture(path(entry), WIDTH, HEIGHT);
    picture.variants.clear();
    picture.generated = true;
    Some(picture)
}

/// Whether an entry's cover is drawn: its kind has covers, and it has no picture of its own.
pub fn is_drawn(workshop: &Workshop, entry: &Entry) -> bool {
    let card = workshop.cards.get(entry.id);
    let cover = card.and_then(|card| card.cover.as_ref());
    cover.is_some_and(|cover| cover.generated)
}

/// An entry's drawn cover.
///
/// # Errors
/// When its kind has none.
pub fn cover(entry: &Entry, known: Option<Key>) -> Made {
    let Some(kind) = cover_kind(entry.kind()) else {
        return Err(Vec::new());
    };
    let key = Key::of(&[
        &"cover",
        &PROGRAM,
        &entry.kind().name(),
        &entry.path,
        &entry.common.title,
    ]);
    File::unless_known(known, key, || {
        let svg = cover_svg(&Seed {
            kind,
            key: &entry.path,
            title: &entry.common.title,
        });
        Ok(svg.into_bytes())
    })
}

/// Where an entry's drawn cover is published.
pub fn path(entry: &Entry) -> String {
    format!("covers/{}.svg", entry.path.trim_end_matches(".html"))
}

/// Bulletins have their masthead, and pages need no picture.
fn cover_kind(kind: Kind) -> Option<CoverKind> {
    Some(match kind {
        Kind::Case => CoverKind::Case,
        Kind::Point => CoverKind::Point,
        Kind::Park => CoverKind::Park,
        Kind::Alliance => CoverKind::Alliance,
        Kind::Route => CoverKind::Route,
        Kind::Roundtable => CoverKind::Roundtable,
        Kind::Bulletin | Kind::Page => return None,
    })
}
