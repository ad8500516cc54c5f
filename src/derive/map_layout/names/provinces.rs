//! The names of provinces: large, wide-set, faint, behind everything.

use super::{Anchor, area_around, belongs, drawn, frame, letters};
use crate::derive::map_layout::obstacles::Area;
use crate::derive::map_layout::text::width_in_em;
use crate::derive::map_layout::{Dot, DrawnName, NameRank, SheetSize};

/// The greatest size of the letters as a part of the sheet's width, and its bounds.
const SIZE: (f64, f64, f64) = (0.047, 30.0, 64.0);
/// The sizes tried, as parts of the greatest, each with what it costs.
const SHRINK: [(f64, f64); 4] = [(1.0, 0.0), (0.84, 0.4), (0.7, 0.9), (0.58, 1.7)];
/// The space between the letters, as a part of their size.
const SPACING: f64 = 0.45;
/// What a letter costs that lies wholly behind labels.
const COST_OF_COVER: f64 = 4.5;
/// What a dot costs that a name lies behind.
const COST_OF_DOT: f64 = 0.7;
/// How far a name may move from its place: columns and rows of steps in parts of its size.
const STEPS: (i32, i32, f64) = (10, 8, 0.25);

/// Sets the provinces' names: as large as they go, near their places, and clear of labels and
/// dots as far as that is possible. `blocked` holds what no name may touch.
pub(in super::super) fn set(anchors: &[Anchor<'_>], dots: &[Dot], blocked: &[Area], size: SheetSize) -> Vec<DrawnName> {
    let mut names: Vec<DrawnName> = Vec::new();
    let greatest = greatest_size(anchors.len(), size);
    for anchor in anchors {
        let reach = size.width * 0.3;
        let (x, y) = anchor.spot;
        let near: Vec<&Dot> = dots
            .iter()
            .filter(|dot| (dot.x - x).abs() < reach && (dot.y - y).abs() < reach)
            .collect();
        let mut best: Option<(f64, Letters)> = None;
        for letters in candidates(anchor, greatest) {
            if best.is_some_and(|(least, _)| least <= letters.cost) {
                continue;
            }
            let apart = letters.area.grown(letters.size * 0.12);
            let free = frame(size).holds(&letters.area)
                && belongs(letters.middle, anchor.spot, anchors)
                && !names.iter().any(|name| name.area.meets(&apart))
                && !blocked.iter().any(|area| area.meets(&letters.area));
            if !free {
                continue;
            }
            let cost = letters.cost + cost_of_what_is_behind(&letters, &near);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, letters));
            }
        }
        if let Some((_, letters)) = best {
            let measures = (letters.size, letters.spacing, NameRank::Province);
            names.push(drawn(anchor.text, letters.area, measures));
        }
    }
    names
}

/// The size to start from: the fewer the names, the larger.
fn greatest_size(count: usize, sheet: SheetSize) -> f64 {
    let (part, least, most) = SIZE;
    let ease = match count {
        0 | 1 => 2.0,
        2 | 3 => 1.4,
        _ => 1.0,
    };
    (sheet.width * part * ease).clamp(least, most)
}

/// A name at a size and a place, and what that alone costs.
#[derive(Clone, Copy)]
struct Letters {
    size: f64,
    spacing: f64,
    middle: (f64, f64),
    area: Area,
    cost: f64,
}

/// All sizes at all places around an anchor.
fn candidates<'a>(anchor: &'a Anchor<'_>, greatest: f64) -> impl Iterator<Item = Letters> + 'a {
    let (columns, rows, step) = STEPS;
    SHRINK.into_iter().flat_map(move |(shrink, cost_of_size)| {
        let size = (greatest * shrink).round();
        let spacing = (size * SPACING).round();
        let gaps = (letters(anchor.text) - 1.0).max(0.0);
        let width = width_in_em(anchor.text) * size + gaps * spacing;
        (-rows..=rows).flat_map(move |row| {
            (-columns..=columns).map(move |column| {
                let (dx, dy) = (f64::from(column) * step * greatest, f64::from(row) * step * greatest);
                let middle = (anchor.spot.0 + dx, anchor.spot.1 + dy);
                let shift = (dx * dx * 0.5 + dy * dy) / (greatest * greatest);
                Letters {
                    size,
                    spacing,
                    middle,
                    area: area_around(middle, (width, size)),
                    cost: cost_of_size + shift,
                }
            })
        })
    })
}

/// What it costs that a name lies behind labels and dots.
fn cost_of_what_is_behind(letters: &Letters, dots: &[&Dot]) -> f64 {
    let square = letters.size * letters.size;
    dots.iter()
        .map(|dot| {
            let label = dot.label.as_ref();
            let covered = label.map_or(0.0, |label| shared(&letters.area, &label.area));
            let around = area_around((dot.x, dot.y), (dot.radius * 2.0, dot.radius * 2.0));
            let touched = letters.area.grown(3.0).meets(&around);
            covered / square * COST_OF_COVER + if touched { COST_OF_DOT } else { 0.0 }
        })
        .sum()
}

/// The surface that two areas share.
fn shared(one: &Area, two: &Area) -> f64 {
    let width = one.right.min(two.right) - one.left.max(two.left);
    let height = one.bottom.min(two.bottom) - one.top.max(two.top);
    width.max(0.0) * height.max(0.0)
}
