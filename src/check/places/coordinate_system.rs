//! A declared coordinate system that is probably another one.
//!
//! The systems lie about half a kilometre apart (GCJ-02) to one and a half (BD-09), in a direction
//! that is known at each place. So a point whose numbers came from another system than it says
//! stands away from its neighbours by just that step. A point may stand there in truth; hence this
//! is said only when the address speaks for it too:
//!
//! - another point has the same house, stands somewhere else, and read in another system the two
//!   fall together; or
//! - nobody is near the point, and read in another system it falls among three others, of which one
//!   has its street.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::grid::Grid;
use super::located::{Located, is_exact, named, street};
use crate::coordinates::{self, CoordinateSystem};
use crate::diagnostic::{Diagnostic, rule};
use crate::read::Library;

/// The systems whose numbers differ; CGCS2000 is WGS-84 here.
const SYSTEMS: [CoordinateSystem; 3] = [CoordinateSystem::Wgs84, CoordinateSystem::Gcj02, CoordinateSystem::Bd09];
/// Points of one house are no farther apart (metres).
const ONE_HOUSE: f64 = 60.0;
/// The least step between two systems that counts (metres); below it large houses are as wide.
const LEAST_STEP: f64 = 250.0;
/// Points among which another one falls (metres).
const AMONG: f64 = 300.0;
/// How many they have to be.
const LEAST_NEIGHBOURS: usize = 3;
/// A point without another so near stands alone (metres).
const ALONE: f64 = 400.0;
/// Cells are so small that two points of one cell are never alone.
const CELL: f64 = 150.0;
/// So many of one house are compared with each.
const MOST_COMPARED: usize = 32;

/// Each point whose system is doubtful.
pub(super) fn check(library: &Library, places: &[Located<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let points: Vec<_> = places.iter().filter(|place| place.is_point()).collect();
    let mut houses: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, place) in points.iter().enumerate().filter(|(_, place)| is_exact(&place.address)) {
        houses.entry(place.building()).or_default().push(index);
    }
    let mut doubts: Vec<Option<Doubt>> = vec![None; points.len()];
    for house in houses.values().filter(|house| house.len() > 1) {
        doubts_of_house(&points, &house[..house.len().min(MOST_COMPARED)], &mut doubts);
    }
    let positions: Vec<_> = points.iter().map(|place| place.position).collect();
    let grid = Grid::of(&positions, CELL);
    diagnostics.par_extend(points.par_iter().enumerate().filter_map(|(index, place)| {
        let doubt = doubts[index].or_else(|| doubt_of_lonely(&points, index, &grid))?;
        Some(report(library, place, points[doubt.other], doubt))
    }));
}

/// In which system a point would fit, and to whom.
#[derive(Debug, Clone, Copy)]
struct Doubt {
    system: CoordinateSystem,
    other: usize,
    why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// It falls together with another point of its house.
    House,
    /// So does the other one with it, if that one is read otherwise: one of the two is wrong.
    EitherOfHouse,
    /// It falls among its neighbours.
    Neighbours,
}

/// Whoever of a house stands apart from all others of it, and in another system with one of them.
fn doubts_of_house(points: &[&Located<'_>], house: &[usize], doubts: &mut [Option<Doubt>]) {
    let fitting = |at: usize| {
        let place = points[at];
        let others = || house.iter().copied().filter(move |other| *other != at);
        if others().any(|other| place.distance(points[other]) < LEAST_STEP) {
            return None;
        }
        others().find_map(|other| Some((fitting_system(place, points[other])?, other)))
    };
    let found: Vec<_> = house.iter().filter_map(|at| Some((*at, fitting(*at)?))).collect();
    for (at, (system, other)) in &found {
        let is_mutual = found.iter().any(|(found, (_, back))| found == other && back == at);
        // Of two that would each fit the other, the one that was written later is named.
        if is_mutual && at < other {
            continue;
        }
        doubts[*at] = Some(Doubt {
            system: *system,
            other: *other,
            why: if is_mutual { Why::EitherOfHouse } else { Why::House },
        });
    }
}

/// The system in which a place falls together with another.
fn fitting_system(place: &Located<'_>, other: &Located<'_>) -> Option<CoordinateSystem> {
    other_systems(place).find(|system| coordinates::distance(place.position_in(*system), other.position) <= ONE_HOUSE)
}

fn doubt_of_lonely(points: &[&Located<'_>], index: usize, grid: &Grid<'_>) -> Option<Doubt> {
    let place = points[index];
    let street = street(&place.address)?;
    let is_alone = grid.within(place.position, ALONE).all(|near| near == index);
    if !is_alone {
        return None;
    }
    other_systems(place).find_map(|system| {
        let position = place.position_in(system);
        let neighbours = || grid.within(position, AMONG).filter(|near| *near != index);
        if neighbours().take(LEAST_NEIGHBOURS).count() < LEAST_NEIGHBOURS {
            return None;
        }
        let of_street = |near: &usize| super::located::street(&points[*near].address) == Some(street);
        let other = neighbours().find(of_street)?;
        let why = Why::Neighbours;
        Some(Doubt { system, other, why })
    })
}

fn other_systems(place: &Located<'_>) -> impl Iterator<Item = CoordinateSystem> {
    let declared = match place.location.crs {
        CoordinateSystem::Cgcs2000 => CoordinateSystem::Wgs84,
        declared => declared,
    };
    SYSTEMS.into_iter().filter(move |system| *system != declared)
}

fn report(library: &Library, place: &Located<'_>, other: &Located<'_>, doubt: Doubt) -> Diagnostic {
    let (declared, system) = (place.location.crs, doubt.system);
    let title = &other.entry.common.title;
    let metres = (place.distance(other) / 10.0).round() * 10.0;
    let message = match doubt.why {
        Why::House => format!("和“{title}”是同一个门牌，位置却差 {metres} 米；这组数字如果是 {system}，就正好在一起"),
        Why::EitherOfHouse => format!(
            "和“{title}”是同一个门牌，位置却差 {metres} 米，正好是 {declared} 和 {system} 的差：有一处的坐标系写错了"
        ),
        Why::Neighbours => {
            format!("这组数字按 {declared} 落在没有邻居的地方，按 {system} 就和同一条路上的“{title}”等几处在一起")
        }
    };
    let (span, name) = named(library, other);
    let declaration = library.field_span(place.entry, "location.crs");
    Diagnostic::new(rule::DOUBTFUL_SYSTEM, declaration, message)
        .related(span, name)
        .help(format!(
            "想一想坐标是从哪里取的：高德、腾讯是 gcj02，百度是 bd09，手机定位和天地图是 wgs84；是 {system} 就改坐标系，数字不动"
        ))
}
