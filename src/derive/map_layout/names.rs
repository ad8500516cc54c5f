//! The names of places: what both ranks have in common.
//!
//! A name stands where it belongs: its middle is nearer to its own place than to any other place
//! of its rank, so that nobody reads one city's name as another's. Within that, cities look for
//! room first (`cities`), then come the labels of the points, and last the provinces' large
//! letters (`provinces`), which lie behind everything and so can wait to see what is free. No two
//! names overlap, of whichever rank.

pub(super) mod cities;
pub(super) mod provinces;

use super::fit::FittedProjection;
use super::obstacles::Area;
use super::{Dot, DrawnName, NameRank, PlaceName, SheetSize, tenth};

/// From the sheet's edge to the nearest letter.
const EDGE: f64 = 6.0;

/// A name and the place on the sheet that it belongs to.
pub(super) struct Anchor<'a> {
    /// The name.
    pub(super) text: &'a str,
    /// Its place.
    pub(super) spot: (f64, f64),
}

/// The anchors of one rank, those with the most points first, then by name and place. A point
/// counts to the anchor nearest to its dot. What has no name or no place on earth is left out.
pub(super) fn anchors<'a>(
    places: &'a [PlaceName],
    rank: NameRank,
    (projection, dots): (Option<&FittedProjection>, &[Dot]),
) -> Vec<Anchor<'a>> {
    let Some(projection) = projection else {
        return Vec::new();
    };
    let mut found: Vec<(usize, Anchor<'a>)> = places
        .iter()
        .filter(|place| place.rank == rank && place.position.is_on_earth())
        .map(|place| Anchor {
            text: place.name.trim(),
            spot: projection.place(place.position),
        })
        .filter(|anchor| !anchor.text.is_empty())
        .map(|anchor| (0, anchor))
        .collect();
    let compare = |one: &Anchor<'_>, two: &Anchor<'_>| {
        one.text
            .cmp(two.text)
            .then(one.spot.0.total_cmp(&two.spot.0))
            .then(one.spot.1.total_cmp(&two.spot.1))
    };
    found.sort_by(|(_, one), (_, two)| compare(one, two));
    for dot in dots {
        let nearest = found.iter_mut().min_by(|(_, one), (_, two)| {
            let far = |anchor: &Anchor<'_>| squared_distance(anchor.spot, (dot.x, dot.y));
            far(one).total_cmp(&far(two))
        });
        if let Some((count, _)) = nearest {
            *count += dot.count;
        }
    }
    found.sort_by(|(one_count, one), (two_count, two)| two_count.cmp(one_count).then_with(|| compare(one, two)));
    found.into_iter().map(|(_, anchor)| anchor).collect()
}

/// Whether a name with this middle is read as belonging to its own place: no other place of its
/// rank is nearer. Places on one spot cannot be told apart and are let pass.
pub(super) fn belongs(middle: (f64, f64), own: (f64, f64), anchors: &[Anchor<'_>]) -> bool {
    let distance = squared_distance(middle, own);
    anchors
        .iter()
        .all(|other| squared_distance(own, other.spot) < 1.0 || squared_distance(middle, other.spot) > distance)
}

/// The frame that letters stay in.
pub(super) fn frame(size: SheetSize) -> Area {
    Area {
        left: 0.0,
        top: 0.0,
        right: size.width,
        bottom: size.height,
    }
    .grown(-EDGE)
}

/// The number of a text's letters, as a measure.
pub(super) fn letters(text: &str) -> f64 {
    text.chars().map(|_| 1.0).sum()
}

/// What a text takes up around its middle.
pub(super) fn area_around((x, y): (f64, f64), (width, height): (f64, f64)) -> Area {
    Area {
        left: x - width / 2.0,
        top: y - height / 2.0,
        right: x + width / 2.0,
        bottom: y + height / 2.0,
    }
}

/// The middle of an area.
pub(super) fn middle_of(area: &Area) -> (f64, f64) {
    (
        f64::midpoint(area.left, area.right),
        f64::midpoint(area.top, area.bottom),
    )
}

/// The square of the distance between two places.
pub(super) fn squared_distance(one: (f64, f64), two: (f64, f64)) -> f64 {
    let (dx, dy) = (one.0 - two.0, one.1 - two.1);
    dx * dx + dy * dy
}

/// A name in an area that is as high as its letters.
pub(super) fn drawn(text: &str, area: Area, (size, spacing, rank): (f64, f64, NameRank)) -> DrawnName {
    DrawnName {
        text: text.to_owned(),
        x: tenth(area.left),
        // Han characters fill their square but for about an eighth below the base line.
        y: tenth(area.top + size * 0.88),
        font_size: tenth(size),
        letter_spacing: tenth(spacing),
        rank,
        area: Area {
            left: tenth(area.left),
            top: tenth(area.top),
            right: tenth(area.right),
            bottom: tenth(area.bottom),
        },
    }
}
