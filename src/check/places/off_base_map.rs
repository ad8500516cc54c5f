//! Places that a picture as base map does not reach: its sheet is as large as the picture, so they
//! stand beside it. Vector data has no edges; a sheet drawn from it grows with its points.

use super::located::{Located, problem};
use crate::diagnostic::{Diagnostic, rule};
use crate::kind::base_map::Bounds;
use crate::read::Library;
use crate::read::base_maps::{OwnedBaseMap, Owner, is_geojson};

/// Each point outside of the picture that it is shown on.
pub(super) fn check(library: &Library, places: &[Located<'_>], diagnostics: &mut Vec<Diagnostic>) {
    for owned in library.base_maps() {
        let is_picture = owned.path().is_some_and(|path| !is_geojson(&path));
        // Edges that are wrong in themselves are reported by themselves, once and not for each point.
        let Some(bounds) = owned
            .base_map
            .bounds
            .filter(|bounds| is_picture && bounds.is_in_order())
        else {
            continue;
        };
        let points = places
            .iter()
            .filter(|place| place.is_point() && is_shown_on(&owned, place));
        let (inside, outside): (Vec<_>, Vec<_>) = points.partition(|place| reaches(&bounds, place));
        if inside.is_empty() && outside.len() > 1 {
            let message = format!("底图的范围里一个示范点也没有，{} 个都在外面", outside.len());
            let mut found = Diagnostic::without_place(rule::MAP_OUTSIDE, message)
                .help("多半是四边的经纬度写错了，照底图的图例核对");
            found.span = owned.span(library, "bounds");
            diagnostics.push(found);
            continue;
        }
        diagnostics.extend(outside.into_iter().map(|place| {
            let found = problem(
                library,
                place,
                rule::MAP_OUTSIDE,
                "不在底图的范围里，底图上看不到它".to_owned(),
            )
            .help("核对坐标；坐标没有错，就换一张画得下它的底图");
            match owned.span(library, "bounds") {
                Some(span) => found.related(span, "底图的范围"),
                None => found,
            }
        }));
    }
}

/// The site's base map is that of all points; a park's that of its own.
fn is_shown_on(owned: &OwnedBaseMap<'_>, place: &Located<'_>) -> bool {
    match owned.owner {
        Owner::Site => true,
        Owner::Park(park) => place.park == Some(park),
    }
}

fn reaches(bounds: &Bounds, place: &Located<'_>) -> bool {
    let (longitude, latitude) = (place.position.longitude, place.position.latitude);
    (bounds.west..=bounds.east).contains(&longitude) && (bounds.south..=bounds.north).contains(&latitude)
}
