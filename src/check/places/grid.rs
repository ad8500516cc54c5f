//! Places by cells of the ground, so that what is near is found without looking at everything.

use std::collections::BTreeMap;

use crate::coordinates::{self, Position};

/// Metres of a degree of latitude, a little less than anywhere.
const DEGREE: f64 = 110_500.0;
/// The least cosine of a latitude in China (54° N): so narrow is a degree of longitude there.
const NARROWEST: f64 = 0.587;

/// Positions by cells that are as high as a given distance.
pub(super) struct Grid<'a> {
    positions: &'a [Position],
    cells: BTreeMap<(i64, i64), Vec<usize>>,
    metres: f64,
}

impl<'a> Grid<'a> {
    /// Sorts positions into cells of so many metres.
    pub(super) fn of(positions: &'a [Position], metres: f64) -> Self {
        let mut grid = Self {
            positions,
            cells: BTreeMap::new(),
            metres,
        };
        for (index, position) in positions.iter().enumerate() {
            let cell = grid.cell(*position);
            grid.cells.entry(cell).or_default().push(index);
        }
        grid
    }

    /// The numbers of the positions within so many metres of a position, cell by cell, the position's
    /// own cell first; lazily, so that whoever needs only one stops there.
    pub(super) fn within(&self, position: Position, metres: f64) -> impl Iterator<Item = usize> {
        let (x, y) = self.cell(position);
        let reach = |share: f64| steps(metres / self.metres / share);
        let (columns, rows) = (reach(NARROWEST), reach(1.0));
        let around = (-columns..=columns).flat_map(move |dx| (-rows..=rows).map(move |dy| (dx, dy)));
        let others = around.filter(|step| *step != (0, 0));
        std::iter::once((0, 0))
            .chain(others)
            .filter_map(move |(dx, dy)| self.cells.get(&(x + dx, y + dy)))
            .flatten()
            .copied()
            .filter(move |index| coordinates::distance(self.positions[*index], position) <= metres)
    }

    fn cell(&self, position: Position) -> (i64, i64) {
        let side = self.metres / DEGREE;
        (
            steps_down(position.longitude / side),
            steps_down(position.latitude / side),
        )
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "degrees divided by a cell's side fit easily"
)]
fn steps(value: f64) -> i64 {
    value.ceil() as i64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "degrees divided by a cell's side fit easily"
)]
fn steps_down(value: f64) -> i64 {
    value.floor() as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_grid_finds_what_a_walk_through_all_finds(
            corner in (73.0..135.0, 3.0..53.0),
            steps in proptest::collection::vec((0.0..0.02, 0.0..0.02), 1..60),
            metres in 1.0..900.0,
        ) {
            let positions: Vec<_> = steps
                .iter()
                .map(|(east, north)| Position::new(corner.0 + east, corner.1 + north))
                .collect();
            let grid = Grid::of(&positions, 150.0);
            let mut found: Vec<_> = grid.within(positions[0], metres).collect();
            found.sort_unstable();
            let all: Vec<_> = (0..positions.len())
                .filter(|index| coordinates::distance(positions[*index], positions[0]) <= metres)
                .collect();
            prop_assert_eq!(found, all);
        }
    }
}
