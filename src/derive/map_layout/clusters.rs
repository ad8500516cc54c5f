//! Points that would overlap are drawn as one, with their number in it.

use super::obstacles::whole;
use super::{Dot, SheetSize, tenth};
use crate::trigonometry::{cosine, radians, sine};

/// The radius of a single point's dot.
const DOT_RADIUS: f64 = 5.5;
/// The greatest radius of a cluster's dot.
const GREATEST_RADIUS: f64 = 19.0;
/// What stays free between two dots, so that each keeps its white hairline.
const GAP: f64 = 2.0;
/// From one opened point to the next: what a finger hits.
const FAN_STEP: f64 = 44.0;

/// The radius of a dot for so many members: wide enough for their number.
fn radius_for(count: usize) -> f64 {
    match count {
        0 | 1 => DOT_RADIUS,
        2..=9 => 10.0,
        10..=99 => 12.0,
        100..=999 => 15.0,
        _ => GREATEST_RADIUS,
    }
}

/// A dot in the making.
struct Merging {
    members: Vec<usize>,
    x: f64,
    y: f64,
}

impl Merging {
    fn overlaps(&self, other: &Self) -> bool {
        let reach = radius_for(self.members.len()) + radius_for(other.members.len()) + GAP;
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        dx * dx + dy * dy < reach * reach
    }

    /// Takes another dot in; the middle moves to the mean of all members.
    fn absorb(&mut self, other: Self) {
        let (own, new) = (count(self.members.len()), count(other.members.len()));
        self.x = (self.x * own + other.x * new) / (own + new);
        self.y = (self.y * own + other.y * new) / (own + new);
        self.members.extend(other.members);
    }
}

/// Merges the points that would overlap, given with the most important first, until none do.
/// Returns the members of each dot, and the dots.
pub(super) fn merge(spots: impl Iterator<Item = (usize, (f64, f64))>, size: SheetSize) -> (Vec<Vec<usize>>, Vec<Dot>) {
    let mut importance: Vec<usize> = Vec::new();
    let mut dots: Vec<Merging> = Vec::new();
    for (rank, (index, (x, y))) in spots.enumerate() {
        importance.push(index);
        dots.push(Merging {
            members: vec![rank],
            x,
            y,
        });
    }
    loop {
        let before = dots.len();
        dots = merge_once(dots, size);
        if dots.len() == before {
            break;
        }
    }
    for dot in &mut dots {
        dot.members.sort_unstable();
    }
    dots.sort_by_key(|dot| dot.members[0]);
    dots.into_iter()
        .map(|dot| {
            let members: Vec<usize> = dot.members.iter().map(|&rank| importance[rank]).collect();
            let drawn = Dot {
                index: members[0],
                count: members.len(),
                x: tenth(dot.x),
                y: tenth(dot.y),
                radius: radius_for(members.len()),
                label: None,
            };
            (members, drawn)
        })
        .unzip()
}

/// One walk over all dots, in which each takes in the later ones that it overlaps. A walk that
/// merges nothing has seen every dot where it stands, so no two overlap any more.
fn merge_once(dots: Vec<Merging>, size: SheetSize) -> Vec<Merging> {
    let square = (size.width.max(size.height) / 1024.0).max(2.0 * GREATEST_RADIUS + GAP);
    let columns = whole(size.width / square) + 1;
    let rows = whole(size.height / square) + 1;
    let place = |x: f64, y: f64| (whole(x / square).min(columns - 1), whole(y / square).min(rows - 1));
    let mut squares: Vec<Vec<usize>> = vec![Vec::new(); columns * rows];
    for (number, dot) in dots.iter().enumerate() {
        let (column, row) = place(dot.x, dot.y);
        if let Some(square) = squares.get_mut(row * columns + column) {
            square.push(number);
        }
    }
    let mut slots: Vec<Option<Merging>> = dots.into_iter().map(Some).collect();
    let mut merged = Vec::with_capacity(slots.len());
    for number in 0..slots.len() {
        let Some(mut dot) = slots.get_mut(number).and_then(Option::take) else {
            continue;
        };
        let (column, row) = place(dot.x, dot.y);
        for near_row in row.saturating_sub(1)..=(row + 1).min(rows - 1) {
            for near_column in column.saturating_sub(1)..=(column + 1).min(columns - 1) {
                let Some(square) = squares.get_mut(near_row * columns + near_column) else {
                    continue;
                };
                // What was taken in is struck off, so that crowded squares stay quick.
                square.retain(|&other| match slots.get_mut(other) {
                    Some(slot) => {
                        if let Some(found) = slot.take_if(|found| dot.overlaps(found)) {
                            dot.absorb(found);
                        }
                        slot.is_some()
                    }
                    None => false,
                });
            }
        }
        merged.push(dot);
    }
    merged
}

/// Where the members of an opened cluster stand around its middle: six on the first ring, twelve
/// on the second and so on, so that no two come nearer than a finger's width.
#[must_use]
pub fn fan_offsets(count: usize) -> Vec<(f64, f64)> {
    let mut offsets = Vec::with_capacity(count);
    let mut ring: usize = 1;
    while offsets.len() < count {
        let seats = (6 * ring).min(count - offsets.len());
        let turn = 360.0 / self::count(seats.max(3));
        let radius = FAN_STEP * self::count(ring);
        for seat in 0..seats {
            let angle = radians(self::count(seat) * turn - 90.0);
            offsets.push((tenth(radius * cosine(angle)), tenth(radius * sine(angle))));
        }
        ring += 1;
    }
    offsets
}

/// A number of things as a measure.
#[expect(clippy::cast_precision_loss, reason = "nobody draws 2⁵³ points on a sheet")]
fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::fan_offsets;

    #[test]
    fn opened_points_stand_a_finger_apart() {
        for count in [0, 1, 2, 5, 6, 7, 18, 19, 40, 100] {
            let offsets = fan_offsets(count);
            assert_eq!(offsets.len(), count);
            for (index, one) in offsets.iter().enumerate() {
                for other in offsets.iter().skip(index + 1) {
                    let (dx, dy) = (one.0 - other.0, one.1 - other.1);
                    assert!((dx * dx + dy * dy).sqrt() > 43.0, "{count}: {one:?} {other:?}");
                }
            }
        }
    }
}
