//! Pictures for entries that have none, drawn from the entry's path.
//!
//! The covers are one family: one palette, one horizon of large calm shapes, hairlines as texture,
//! one thin gold line, and one thing in each picture that speaks. Each kind of entry has a
//! vocabulary of its own, so that a reader learns to tell them apart: roofs, gables and lattices
//! for points; fields, saw-tooth roofs and blocks for parks; bridges and joined shapes for
//! alliances; contours, waves and paths for routes; seats, tables and voices for roundtables;
//! terraces, leaves and rays for cases.
//!
//! What is left out is left out on purpose. No star, no emblem, no flag; nothing that could be
//! taken for one either: no sun with rays, no red disc alone on white, no white disc on red, no
//! equal rings in a row, no hooked lattice, no cross.

mod alliance;
mod canvas;
mod case;
mod dice;
mod park;
mod point;
mod roundtable;
mod route;

use dice::Dice;

/// The kinds of entries that get a drawn cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CoverKind {
    /// A case report (案例).
    Case,
    /// A demonstration point (示范点).
    Point,
    /// A park (园区).
    Park,
    /// An alliance (联盟).
    Alliance,
    /// A route (路线).
    Route,
    /// A roundtable (圆桌).
    Roundtable,
}

impl CoverKind {
    /// The name that keeps the numbers of one kind apart from those of another.
    fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Point => "point",
            Self::Park => "park",
            Self::Alliance => "alliance",
            Self::Route => "route",
            Self::Roundtable => "roundtable",
        }
    }
}

/// All that a cover depends on.
#[derive(Clone, Copy, Debug)]
pub struct Seed<'a> {
    /// What the entry is.
    pub kind: CoverKind,
    /// The entry's path, which no other entry has.
    pub key: &'a str,
    /// The entry's title. It counts only where the key is empty, as in a preview, because a title
    /// is corrected now and then and the picture that readers know must not change with it.
    pub title: &'a str,
}

/// Draws the cover of an entry as SVG of 800 by 500 units and at most 6 KB.
///
/// The drawing holds no text, no identifier and no reference, so it can be written to a file or
/// set into a page, also many times over. The same seed gives the same bytes on every platform.
#[must_use]
pub fn cover_svg(seed: &Seed<'_>) -> String {
    let text = if seed.key.is_empty() { seed.title } else { seed.key };
    let mut dice = Dice::of(&format!("{}\n{text}", seed.kind.name()));
    let sheet = match seed.kind {
        CoverKind::Case => case::compose(&mut dice),
        CoverKind::Point => point::compose(&mut dice),
        CoverKind::Park => park::compose(&mut dice),
        CoverKind::Alliance => alliance::compose(&mut dice),
        CoverKind::Route => route::compose(&mut dice),
        CoverKind::Roundtable => roundtable::compose(&mut dice),
    };
    sheet.finish()
}

#[cfg(test)]
mod tests;
