//! Positions: in China, longitude and latitude the right way round, and there at all; and, in the
//! files below, whether they go with those of the other places.
//!
//! The range is the box around the mainland and the islands, 73–136° E and 3–54° N.

mod coordinate_system;
mod far_away;
mod grid;
mod located;
mod off_base_map;
mod same_name;
mod same_position;

use crate::coordinates;
use crate::diagnostic::{Diagnostic, rule};
use crate::kind::Facts;
use crate::kind::point::Location;
use crate::read::{Entry, Library};

/// More decimals than a tenth of a metre has say nothing.
const MOST_DECIMALS: usize = 6;

/// What only the places together show.
pub(super) fn check_together(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let places = located::located(library);
    same_name::check(library, &places, diagnostics);
    same_position::check(library, &places, diagnostics);
    far_away::check(library, &places, diagnostics);
    coordinate_system::check(library, &places, diagnostics);
    off_base_map::check(library, &places, diagnostics);
}

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    let location = match &entry.facts {
        Facts::Park(park) => park.location,
        Facts::Point(point) => {
            let is_written = |name| library.field_is_written(entry, name);
            if point.location.is_none() && point.plan.is_none() && !is_written("location") && !is_written("plan") {
                diagnostics.push(
                    Diagnostic::new(
                        rule::NO_POSITION,
                        library.field_span(entry, ""),
                        "示范点没有位置，地图上找不到它",
                    )
                    .help("加一行 位置: {经度: 120.36, 纬度: 31.49, 坐标系: wgs84}，或者写平面图"),
                );
            }
            point.location
        }
        _ => None,
    };
    if let Some(Location { lng, lat, .. }) = location {
        let problem =
            position_problem(library, entry, lng, lat).or_else(|| needless_decimals(library, entry, lng, lat));
        diagnostics.extend(problem);
    }
}

fn position_problem(library: &Library, entry: &Entry, lng: f64, lat: f64) -> Option<Diagnostic> {
    if coordinates::in_china_box(lng, lat) {
        return None;
    }
    if coordinates::looks_swapped(lng, lat) {
        return Some(
            Diagnostic::new(
                rule::COORDINATE_SWAPPED,
                library.field_span(entry, "location"),
                format!("经度 {lng} 和纬度 {lat} 写反了"),
            )
            .help(format!("在中国，经度比纬度大：写成 经度: {lat}, 纬度: {lng}")),
        );
    }
    let longitude_is_wrong = !(73.0..=136.0).contains(&lng);
    let (way, name, value, range) = if longitude_is_wrong {
        ("location.lng", "经度", lng, "73 到 136")
    } else {
        ("location.lat", "纬度", lat, "3 到 54")
    };
    Some(
        Diagnostic::new(
            rule::COORDINATE_RANGE,
            library.field_span(entry, way),
            format!("{name} {value} 不在中国的范围里"),
        )
        .help(format!("{name}应当在 {range} 度之间；在地图上重新取一次坐标")),
    )
}

/// Twelve decimals come from a program's arithmetic; they look exact to an atom and are not.
fn needless_decimals(library: &Library, entry: &Entry, lng: f64, lat: f64) -> Option<Diagnostic> {
    let is_long = |value: f64| decimals(value) > MOST_DECIMALS;
    let (way, help) = match (is_long(lng), is_long(lat)) {
        (false, false) => return None,
        (true, false) => ("location.lng", format!("写成 经度: {lng:.6}")),
        (false, true) => ("location.lat", format!("写成 纬度: {lat:.6}")),
        (true, true) => ("location", format!("写成 经度: {lng:.6}, 纬度: {lat:.6}")),
    };
    let count = decimals(lng).max(decimals(lat));
    Some(
        Diagnostic::new(
            rule::COORDINATE_DECIMALS,
            library.field_span(entry, way),
            format!("坐标写到了小数点后 {count} 位，六位就精确到十厘米了"),
        )
        .help(help),
    )
}

/// How many decimals a number needs.
fn decimals(value: f64) -> usize {
    value
        .to_string()
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len())
}
