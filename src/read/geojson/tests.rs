//! `GeoJSON` as it comes, whole and broken.

use proptest::prelude::*;

use super::{Geometry, ProblemKind, ShapeKind, parse};
use crate::coordinates::Position;

fn kinds(text: &str) -> Vec<ProblemKind> {
    parse(text).1.into_iter().map(|problem| problem.kind).collect()
}

#[test]
fn every_type_of_geometry_becomes_areas_and_lines() {
    let text = r#"{"features": [
        {"geometry": {"coordinates": [[[120, 31], [121, 31], [121, 32], [120, 31]], [[120.2, 31.1], [120.4, 31.1], [120.4, 31.2], [120.2, 31.1]]], "type": "Polygon"},
         "type": "Feature", "id": 7, "properties": {"name": "河", "类别": "水面"}},
        {"type": "Feature", "properties": {"kind": "Green"}, "geometry": {"type": "MultiPolygon",
         "coordinates": [[[[120, 31], [121, 31], [121, 32], [120, 31]]], [[[110, 31], [111, 31], [111, 32], [110, 31]]]]}},
        {"type": "Feature", "properties": {}, "geometry": {"type": "GeometryCollection", "geometries": [
         {"type": "LineString", "coordinates": [[120, 31, 5.5], [121, 31, 5.5]]},
         {"type": "MultiLineString", "coordinates": [[[120, 31], [121, 31]], [[120, 32], [121, 32], [121, 33]]]}]}}
    ], "type": "FeatureCollection", "bbox": [110, 31, 121, 32]}"#;
    let (read, problems) = parse(text);
    assert_eq!(problems, []);
    let seen: Vec<(ShapeKind, usize)> = read
        .shapes
        .iter()
        .map(|shape| match &shape.geometry {
            Geometry::Area(rings) => (shape.kind, rings.iter().map(Vec::len).sum()),
            Geometry::Line(line) => (shape.kind, line.len()),
        })
        .collect();
    assert_eq!(
        seen,
        [
            (ShapeKind::Water, 6),
            (ShapeKind::Green, 3),
            (ShapeKind::Green, 3),
            (ShapeKind::Other, 2),
            (ShapeKind::Other, 2),
            (ShapeKind::Other, 3)
        ]
    );
    let Geometry::Area(rings) = &read.shapes[0].geometry else {
        panic!("a polygon is an area");
    };
    assert_eq!(rings[0][2], Position::new(121.0, 32.0));
}

#[test]
fn problems_stand_where_they_are() {
    let text = "{\"type\": \"LineString\",\n \"coordinates\": [[120, 31], [31, 120], [1e999, 3]]}";
    let (_, problems) = parse(text);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].kind, ProblemKind::Swapped);
    assert_eq!(&text[problems[0].range.clone()], "[31, 120]");
}

#[test]
fn a_map_that_reaches_beyond_china_is_one_and_a_map_of_elsewhere_is_none() {
    let line = |coordinates: &str| format!("{{\"type\": \"LineString\", \"coordinates\": {coordinates}}}");
    assert_eq!(kinds(&line("[[60, 40], [100, 40], [150, 60]]")), []);
    assert_eq!(kinds(&line("[[2.3, 48.8], [2.4, 48.9]]")), [ProblemKind::NotInChina]);
    assert_eq!(kinds(&line("[[40, 80], [41, 81]]")), [ProblemKind::Swapped]);
}

#[test]
fn a_list_of_a_hundred_thousand_brackets_ends_at_the_first_that_is_too_many() {
    let brackets = "[".repeat(100_000) + &"]".repeat(100_000);
    let text = format!("{{\"type\": \"Polygon\", \"coordinates\": {brackets}}}");
    assert_eq!(kinds(&text), [ProblemKind::Nesting]);
    let deep = "{\"type\": \"GeometryCollection\", \"geometries\": [".repeat(20_000) + &"]}".repeat(20_000);
    assert_eq!(kinds(&deep), [ProblemKind::Deep]);
}

const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"type\"",
    "\"Polygon\"",
    "\"Feature\"",
    "\"FeatureCollection\"",
    "\"features\"",
    "\"geometry\"",
    "\"geometries\"",
    "\"GeometryCollection\"",
    "\"coordinates\"",
    "\"LineString\"",
    "\"properties\"",
    "\"kind\"",
    "\"水面\"",
    "120.3",
    "31.4",
    "-1e400",
    "null",
    "NaN",
    "[120, 31]",
    "[[[120, 31], [121, 31]]]",
    " ",
    "\n",
    "\u{feff}",
    "号",
];

proptest! {
    #[test]
    fn any_text_is_read_or_refused_at_a_place_of_its_own(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60),
    ) {
        let text = format!("{{{}", pieces.concat());
        let (_, problems) = parse(&text);
        for problem in problems {
            prop_assert!(text.get(problem.range.clone()).is_some(), "{problem:?}");
        }
    }

    #[test]
    fn any_nesting_is_read_or_refused(
        pieces in prop::collection::vec(prop::sample::select(&["[", "]", "[[", "]]", "[120, 31]", ",", "1", "\"x\""][..]), 0..40),
        kind in prop::sample::select(&["LineString", "MultiLineString", "Polygon", "MultiPolygon"][..]),
    ) {
        let text = format!("{{\"type\": \"{kind}\", \"coordinates\": [{}]}}", pieces.concat());
        let (read, _) = parse(&text);
        for shape in read.shapes {
            match shape.geometry {
                Geometry::Area(rings) => prop_assert!(rings.iter().all(|ring| ring.len() >= 3)),
                Geometry::Line(line) => prop_assert!(line.len() >= 2),
            }
        }
    }
}
