//! Fewer positions for what looks the same.
//!
//! D. H. Douglas and T. K. Peucker, “Algorithms for the reduction of the number of points required
//! to represent a digitized line or its caricature”, The Canadian Cartographer 10 (1973), 112–122:
//! of a stretch of line the position that lies farthest from the straight way between its ends is
//! kept if it is farther than the tolerance, and both parts are looked at in the same way. Here
//! distances are measured to the way between the ends and not to the endless line through them,
//! so that no position lies farther from the result than the tolerance.
//!
//! The method alone takes time by the square of the length for lines made to be bad. So positions
//! that are next to one another are dropped first, at the cost of a quarter of the tolerance, and
//! the rest is looked at in stretches of a fixed length.
//!
//! A simplified line may cross itself or its neighbour, but nowhere by more than the tolerance,
//! since all of it lies as near to what was drawn.

use super::Spot;

/// The part of the tolerance that dropping neighbours may take.
const NEIGHBOUR_SHARE: f64 = 0.25;
/// How many positions are looked at in one stretch.
const STRETCH: usize = 512;

/// A line with the same ends.
pub fn line(line: &[Spot], tolerance: f64) -> Vec<Spot> {
    let near = tolerance * NEIGHBOUR_SHARE;
    let spread = without_neighbours(line, near);
    let mut kept = Vec::new();
    keep_corners(&spread, tolerance - near, &mut kept);
    kept.extend(spread.last().copied());
    // A line that has shrunk to one place is none.
    if kept.len() == 2 && kept[0] == kept[1] {
        kept.truncate(1);
    }
    kept
}

/// A ring, closed by its first spot, which isn't repeated; of less than three spots there is no
/// ring, and nothing is left.
pub fn ring(ring: &[Spot], tolerance: f64) -> Vec<Spot> {
    let near = tolerance * NEIGHBOUR_SHARE;
    let spread = without_neighbours(ring, near);
    let Some(&first) = spread.first() else {
        return Vec::new();
    };
    // The ring is cut in two where it is farthest from its first spot.
    let farthest = spread
        .iter()
        .enumerate()
        .max_by(|(_, one), (_, other)| square(first, **one).total_cmp(&square(first, **other)))
        .map_or(0, |(index, _)| index);
    let mut back: Vec<Spot> = spread.get(farthest..).unwrap_or_default().to_vec();
    back.push(first);
    let mut kept = Vec::new();
    keep_corners(&spread[..=farthest], tolerance - near, &mut kept);
    keep_corners(&back, tolerance - near, &mut kept);
    if kept.len() < 3 {
        kept.clear();
    }
    kept
}

/// The area of a ring, whichever way round it runs.
pub fn area(ring: &[Spot]) -> f64 {
    signed_area(ring).abs()
}

/// The area of a ring; below zero for one that runs counter-clockwise as it is seen on the sheet.
pub fn signed_area(ring: &[Spot]) -> f64 {
    let Some(&(origin_x, origin_y)) = ring.first() else {
        return 0.0;
    };
    let next = ring.iter().skip(1).chain(ring.first());
    let doubled: f64 = ring
        .iter()
        .zip(next)
        .map(|((x1, y1), (x2, y2))| (x1 - origin_x) * (y2 - origin_y) - (x2 - origin_x) * (y1 - origin_y))
        .sum();
    doubled / 2.0
}

/// Drops what is nearer than this to what was kept last; both ends are kept.
fn without_neighbours(line: &[Spot], near: f64) -> Vec<Spot> {
    let mut kept: Vec<Spot> = Vec::new();
    let last = line.len().saturating_sub(1);
    for (index, &spot) in line.iter().enumerate() {
        let is_neighbour = kept.last().is_some_and(|kept| square(*kept, spot) <= near * near);
        if !is_neighbour || index == last {
            kept.push(spot);
        }
    }
    kept
}

/// The corners of a line but for its last spot.
fn keep_corners(line: &[Spot], tolerance: f64, kept: &mut Vec<Spot>) {
    let mut start = 0;
    while start + 1 < line.len() {
        let end = (start + STRETCH).min(line.len() - 1);
        keep_corners_of_stretch(&line[start..=end], tolerance, kept);
        start = end;
    }
}

fn keep_corners_of_stretch(line: &[Spot], tolerance: f64, kept: &mut Vec<Spot>) {
    // Stretches that are still to be looked at, the first on top.
    let mut open = vec![(0, line.len() - 1)];
    while let Some((start, end)) = open.pop() {
        let mut corner = None;
        let mut farthest = tolerance * tolerance;
        for index in start + 1..end {
            let distance = square_to_way(line[index], line[start], line[end]);
            if distance > farthest {
                farthest = distance;
                corner = Some(index);
            }
        }
        match corner {
            Some(corner) => open.extend([(corner, end), (start, corner)]),
            None => kept.push(line[start]),
        }
    }
}

fn square((x1, y1): Spot, (x2, y2): Spot) -> f64 {
    (x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1)
}

/// The square of the distance from a spot to the straight way between two.
pub(super) fn square_to_way(spot: Spot, from: Spot, to: Spot) -> f64 {
    let length = square(from, to);
    if length <= 0.0 {
        return square(spot, from);
    }
    let along = (spot.0 - from.0) * (to.0 - from.0) + (spot.1 - from.1) * (to.1 - from.1);
    let share = (along / length).clamp(0.0, 1.0);
    square(
        spot,
        (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share),
    )
}
