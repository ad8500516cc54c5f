//! Two points on one spot whose addresses are not those of one building: mostly a copied file whose
//! position was not changed.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::located::{Located, named, normal, problem};
use crate::coordinates::Position;
use crate::diagnostic::{Diagnostic, rule};
use crate::read::Library;

/// What is nearer together than this is one spot (metres).
const ONE_SPOT: f64 = 1.0;

/// Each point whose spot belongs to other points, with another building than theirs.
pub(super) fn check(library: &Library, places: &[Located<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let points: Vec<_> = places.iter().filter(|place| place.is_point()).collect();
    for spot in spots(&points) {
        let mut buildings: BTreeMap<&str, Vec<&Located<'_>>> = BTreeMap::new();
        for place in &spot {
            buildings.entry(place.building()).or_default().push(place);
        }
        // The spot belongs to the building of most of them; among equals to the first written.
        let most = buildings
            .values()
            .max_by_key(|of_building| (of_building.len(), std::cmp::Reverse(of_building[0].entry.id)));
        let Some(owner) = most.map(|of_building| of_building[0]) else {
            continue;
        };
        let others = spot.iter().filter(|place| {
            let is_twin = normal(&place.entry.common.title) == normal(&owner.entry.common.title);
            !place.shares_building(owner) && !is_twin
        });
        for place in others {
            let (span, name) = named(library, owner);
            let message = format!("和“{}”在地图上是同一个位置，地址却不同", owner.entry.common.title);
            diagnostics.push(
                problem(library, place, rule::SAME_POSITION, message)
                    .related(span, name)
                    .help("核对两处的坐标，多半是复制以后忘了改；真在同一幢楼里，就把门牌号写成一样的"),
            );
        }
    }
}

/// Points that stand on one spot, two or more, in the order of their files.
fn spots<'a, 'b>(points: &[&'b Located<'a>]) -> Vec<Vec<&'b Located<'a>>> {
    // Equal positions come first, so that a thousand copies of one are one place in the grid.
    let mut equal: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for (index, point) in points.iter().enumerate() {
        equal.entry(decimetres(point.position)).or_default().push(index);
    }
    let equal: Vec<_> = equal.into_values().collect();
    let positions: Vec<_> = equal.iter().map(|same| points[same[0]].position).collect();
    let grid = Grid::of(&positions, ONE_SPOT);
    let mut is_taken = vec![false; equal.len()];
    let mut spots = Vec::new();
    for first in 0..equal.len() {
        if is_taken[first] {
            continue;
        }
        let mut members: Vec<usize> = Vec::new();
        for near in grid.within(positions[first], ONE_SPOT) {
            if !std::mem::replace(&mut is_taken[near], true) {
                members.extend(&equal[near]);
            }
        }
        if members.len() > 1 {
            members.sort_unstable();
            spots.push(members.into_iter().map(|index| points[index]).collect());
        }
    }
    spots
}

/// Millionths of degrees, about a tenth of a metre.
#[expect(clippy::cast_possible_truncation, reason = "millionths of degrees fit easily")]
fn decimetres(position: Position) -> (i64, i64) {
    let rounded = |degrees: f64| (degrees * 1e6).round() as i64;
    (rounded(position.longitude), rounded(position.latitude))
}
