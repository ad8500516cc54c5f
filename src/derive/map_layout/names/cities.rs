//! The names of cities: small, plain, beside their dots.

use super::{Anchor, area_around, belongs, drawn, frame, letters, middle_of, squared_distance};
use crate::derive::map_layout::obstacles::{Area, Obstacles, Shape};
use crate::derive::map_layout::text::width_in_em;
use crate::derive::map_layout::{Dot, DrawnName, NameRank, SheetSize};
use crate::trigonometry::{cosine, radians, sine};

/// The size of a city's letters.
const SIZE: f64 = 15.0;
/// The space between a city's letters.
const SPACING: f64 = 1.5;
/// From a dot to the name beside it.
const GAP: f64 = 4.0;
/// How far from a city's place its dot may lie, once it was merged with others.
const REACH: f64 = 48.0;

/// From a name to the dot of another place, so that nobody reads it as that one's.
const APART: f64 = 10.0;
/// With more dots than this no name can be read as belonging to one dot anyway.
const CROWD: usize = 60;

/// Sets the cities' names and records them as taken, in the order of their anchors. A name
/// that is also in `set_large` is not set again: a municipality is a province and a city, and is
/// read once.
pub(in super::super) fn set(
    anchors: &[Anchor<'_>],
    dots: &[Dot],
    (size, taken): (SheetSize, &mut Obstacles),
    set_large: impl Fn(&str) -> bool,
) -> Vec<DrawnName> {
    let mut names: Vec<DrawnName> = Vec::new();
    for anchor in anchors {
        if set_large(anchor.text) {
            continue;
        }
        let width = width_in_em(anchor.text) * SIZE + (letters(anchor.text) - 1.0) * SPACING;
        let own = own_dot(anchor.spot, dots);
        let free = |area: &Area| {
            frame(size).holds(area)
                && belongs(middle_of(area), anchor.spot, anchors)
                && !taken.meets(&Shape::Area(area.grown(1.0)))
        };
        let clear = |area: &Area| free(area) && !comes_near_another(area, own, dots);
        let beside = own.map_or_else(Vec::new, |dot| beside_dot(anchor.spot, dot, width));
        let mut found = beside.iter().copied().find(clear);
        found = found.or_else(|| around(anchor.spot, width).find(clear));
        if dots.len() > CROWD {
            found = found.or_else(|| beside.iter().copied().find(free));
        }
        if let Some(area) = found {
            taken.add(Shape::Area(area.with_space_around()));
            names.push(drawn(anchor.text, area, (SIZE, SPACING, NameRank::City)));
        }
    }
    names
}

/// The dot nearest to a city's place, if there is one near.
fn own_dot(spot: (f64, f64), dots: &[Dot]) -> Option<&Dot> {
    dots.iter()
        .map(|dot| (squared_distance(spot, (dot.x, dot.y)), dot))
        .filter(|(distance, _)| *distance < REACH * REACH)
        .min_by(|one, two| one.0.total_cmp(&two.0))
        .map(|(_, dot)| dot)
}

fn comes_near_another(area: &Area, own: Option<&Dot>, dots: &[Dot]) -> bool {
    let area = Shape::Area(*area);
    let own = own.map(|dot| dot.index);
    dots.iter()
        .filter(|dot| Some(dot.index) != own)
        .any(|dot| area.meets(&Shape::Disc((dot.x, dot.y), dot.radius + APART)))
}

/// The places beside a city's dot: on the side where the city lies, if several were merged, and
/// otherwise above and below first, because labels like to stand at the sides.
fn beside_dot(spot: (f64, f64), dot: &Dot, width: f64) -> Vec<Area> {
    let gap = dot.radius + GAP;
    let (across, up) = (gap + width / 2.0, gap + SIZE / 2.0);
    let middles = [
        (0.0, -up),
        (0.0, up),
        (-across, 0.0),
        (across, 0.0),
        (across * 0.8, -up),
        (-across * 0.8, -up),
        (across * 0.8, up),
        (-across * 0.8, up),
    ];
    let mut costed: Vec<(f64, Area)> = (0_u32..)
        .zip(middles)
        .map(|(preference, (dx, dy))| {
            let middle = (dot.x + dx, dot.y + dy);
            let far = squared_distance(middle, spot).sqrt();
            // Names are wide and low, so the sides are farther off than they look.
            let sideways = if dy == 0.0 { width / 2.0 } else { 0.0 };
            let cost = far - sideways + 3.0 * f64::from(preference);
            (cost, area_around(middle, (width, SIZE)))
        })
        .collect();
    costed.sort_by(|one, two| one.0.total_cmp(&two.0));
    costed.into_iter().map(|(_, area)| area).collect()
}

/// Places around a city's place, the nearest first.
fn around((x, y): (f64, f64), width: f64) -> impl Iterator<Item = Area> {
    (0_u32..5).flat_map(move |ring| {
        let reach = 12.0 * f64::from(ring);
        let directions = if ring == 0 { 1 } else { 12 };
        (0..directions).map(move |direction| {
            let angle = radians(f64::from(direction) * 30.0 - 90.0);
            let middle = (x + 1.5 * reach * cosine(angle), y + reach * sine(angle));
            area_around(middle, (width, SIZE))
        })
    })
}
