//! Points near a point.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::coordinates::{self, Position};
use crate::kind::Kind;
use crate::read::{EntryId, Library};

/// Farther than this is not near (metres).
const FARTHEST: f64 = 15_000.0;
/// At most so many are listed.
const MOST: usize = 6;
/// The side of a cell in degrees. All that is near lies in the cells around a point's own: a cell is
/// 33 km high everywhere, and still 19 km wide at 54° north, the northernmost of China.
const CELL: f64 = 0.3;
/// Cells to each side that have to be looked into.
const REACH: i32 = 1;

/// For each entry that is a shown point: the points near it, nearest first, with their distances
/// in metres.
pub fn near_points(library: &Library, positions: &[Option<Position>]) -> Vec<Vec<(EntryId, f64)>> {
    let mut cells: BTreeMap<(i32, i32), Vec<EntryId>> = BTreeMap::new();
    let is_point = |id: EntryId| library.entry(id).is_shown() && library.entry(id).kind() == Kind::Point;
    for (index, position) in positions.iter().enumerate() {
        let id = EntryId::new(index);
        if let Some(position) = position.filter(|_| is_point(id)) {
            cells.entry(cell(position)).or_default().push(id);
        }
    }
    positions
        .par_iter()
        .enumerate()
        .map(|(index, position)| {
            let id = EntryId::new(index);
            let Some(position) = position.filter(|_| is_point(id)) else {
                return Vec::new();
            };
            nearest(id, position, &cells, positions)
        })
        .collect()
}

fn nearest(
    id: EntryId,
    position: Position,
    cells: &BTreeMap<(i32, i32), Vec<EntryId>>,
    positions: &[Option<Position>],
) -> Vec<(EntryId, f64)> {
    let (column, row) = cell(position);
    let mut found = Vec::new();
    for x in column - REACH..=column + REACH {
        for y in row - REACH..=row + REACH {
            for other in cells.get(&(x, y)).into_iter().flatten().filter(|other| **other != id) {
                if let Some(there) = positions[other.index()] {
                    let metres = coordinates::distance(position, there);
                    if metres <= FARTHEST {
                        found.push((*other, metres));
                    }
                }
            }
        }
    }
    found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    found.truncate(MOST);
    found
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "degrees divided by the cell's side fit easily"
)]
fn cell(position: Position) -> (i32, i32) {
    (
        (position.longitude / CELL).floor() as i32,
        (position.latitude / CELL).floor() as i32,
    )
}
