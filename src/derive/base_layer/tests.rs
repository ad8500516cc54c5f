//! What a base map becomes on a sheet, over shapes of every kind.

use proptest::prelude::*;

use super::clip::{self, Rectangle};
use super::{Canvas, Drawing, Spot, drawings, simplify};
use crate::coordinates::{CoordinateSystem, Position, convert};
use crate::derive::map_layout::LonLat;
use crate::read::geojson::{Geometry, Shape, ShapeKind};

/// A hundred pixels for a degree; the sheet shows 118–122° E and 30–33° N.
fn place(position: LonLat) -> Spot {
    ((position.longitude - 118.0) * 100.0, (33.0 - position.latitude) * 100.0)
}

fn canvas() -> Canvas<'static> {
    Canvas {
        place: &place,
        width: 400.0,
        height: 300.0,
    }
}

fn area(kind: ShapeKind, rings: &[&[(f64, f64)]]) -> Shape {
    let rings = rings
        .iter()
        .map(|ring| ring.iter().map(|(x, y)| Position::new(*x, *y)).collect());
    Shape {
        kind,
        geometry: Geometry::Area(rings.collect()),
    }
}

fn line(kind: ShapeKind, spots: &[(f64, f64)]) -> Shape {
    Shape {
        kind,
        geometry: Geometry::Line(spots.iter().map(|(x, y)| Position::new(*x, *y)).collect()),
    }
}

fn drawn(shapes: &[Shape]) -> (Drawing, Drawing) {
    drawings(shapes, CoordinateSystem::Wgs84, &canvas())
}

const SQUARE: &[(f64, f64)] = &[(119.0, 31.0), (120.0, 31.0), (120.0, 32.0), (119.0, 32.0)];
const HOLE: &[(f64, f64)] = &[(119.2, 31.2), (119.8, 31.2), (119.8, 31.8), (119.2, 31.8)];

#[test]
fn areas_and_lines_are_written_by_kind_from_below_to_above() {
    let (sheet, near) = drawn(&[
        area(ShapeKind::Water, &[SQUARE, HOLE]),
        line(ShapeKind::Road, &[(119.0, 31.0), (119.55, 31.456)]),
        area(ShapeKind::Green, &[HOLE]),
    ]);
    let kinds: Vec<_> = sheet.areas.iter().map(|path| path.kind.name()).collect();
    assert_eq!(kinds, ["green", "water"]);
    assert_eq!(
        sheet.areas[1].path,
        "M100 200l100 0 0-100-100 0zM120 120l60 0 0 60-60 0z"
    );
    assert_eq!(sheet.lines[0].path, "M100 200l55-45.6");
    assert_eq!((near.factor, near.lines[0].path.as_str()), (8.0, "M800 1600l440-364.8"));
}

#[test]
fn areas_of_one_kind_that_overlap_add_up() {
    let mut clockwise = HOLE.to_vec();
    clockwise.reverse();
    let (sheet, _) = drawn(&[
        area(ShapeKind::Green, &[SQUARE]),
        area(ShapeKind::Green, &[&clockwise]),
        area(ShapeKind::Water, &[&clockwise]),
    ]);
    let island = "M120 180l60 0 0-60-60 0z";
    assert_eq!(sheet.areas[0].path, format!("M100 200l100 0 0-100-100 0z{island}"));
    assert_eq!(sheet.areas[1].path, island, "whichever way round it was written");
}

#[test]
fn what_is_too_small_is_left_to_the_nearer_drawing() {
    let tiny: &[(f64, f64)] = &[(119.0, 31.0), (119.005, 31.0), (119.005, 31.005), (119.0, 31.005)];
    let (sheet, near) = drawn(&[area(ShapeKind::Building, &[tiny])]);
    assert_eq!(sheet.areas, []);
    assert_eq!(near.areas.len(), 1);
    let (sheet, _) = drawn(&[area(ShapeKind::Water, &[tiny, HOLE])]);
    assert_eq!(sheet.areas, [], "a hole without its area is none");
}

#[test]
fn what_lies_beyond_the_sheet_is_cut_off() {
    let whole: &[(f64, f64)] = &[(60.0, 0.0), (150.0, 0.0), (150.0, 60.0), (60.0, 60.0)];
    let (sheet, _) = drawn(&[
        area(ShapeKind::Other, &[whole]),
        line(ShapeKind::Rail, &[(0.0, 31.0), (179.0, 31.0)]),
    ]);
    assert_eq!(sheet.areas[0].path.matches('z').count(), 1);
    assert_eq!(sheet.lines[0].path, "M-64 200l528 0");
    for path in sheet.areas.iter().chain(&sheet.lines) {
        let numbers = path.path.replace(['M', 'l', 'z', '-'], " ");
        let largest = numbers.split_whitespace().map(|number| number.parse::<f64>().unwrap());
        assert!(largest.fold(0.0, f64::max) <= 528.0, "{}", path.path);
    }
    let (sheet, near) = drawn(&[area(
        ShapeKind::Water,
        &[&[(100.0, 20.0), (101.0, 20.0), (101.0, 21.0)]],
    )]);
    assert_eq!((sheet.areas.len(), near.areas.len()), (0, 0));
}

#[test]
fn boundaries_are_lines_that_do_not_run_along_the_edge() {
    let wide: &[(f64, f64)] = &[(110.0, 31.0), (125.0, 31.0), (125.0, 31.5), (110.0, 31.5)];
    let (sheet, _) = drawn(&[area(ShapeKind::Boundary, &[wide])]);
    assert_eq!(sheet.areas, []);
    assert_eq!(sheet.lines[0].path, "M-64 200l528 0M464 150l-528 0");
}

#[test]
fn another_coordinate_system_is_converted() {
    let corners: Vec<_> = SQUARE
        .iter()
        .map(|(x, y)| convert(Position::new(*x, *y), CoordinateSystem::Wgs84, CoordinateSystem::Bd09))
        .collect();
    let shifted = Shape {
        kind: ShapeKind::Water,
        geometry: Geometry::Area(vec![corners]),
    };
    let (sheet, _) = drawings(&[shifted], CoordinateSystem::Bd09, &canvas());
    assert_eq!(sheet.areas[0].path, "M100 200l100 0 0-100-100 0z");
}

#[test]
fn long_edges_bend_with_the_sheet() {
    let bent = |position: LonLat| {
        let (x, y) = place(position);
        (
            x,
            y + (position.longitude - 120.0) * (position.longitude - 120.0) * 10.0,
        )
    };
    let canvas = Canvas {
        place: &bent,
        width: 400.0,
        height: 300.0,
    };
    let shapes = [line(ShapeKind::Road, &[(118.0, 31.0), (122.0, 31.0)])];
    let (sheet, _) = drawings(&shapes, CoordinateSystem::Wgs84, &canvas);
    assert_eq!(sheet.lines[0].path, "M0 240l100-30 100-10 100 10 100 30");
}

#[test]
fn a_line_that_touches_the_edge_from_outside_is_not_joined() {
    let rectangle = Rectangle {
        left: 0.0,
        top: 0.0,
        right: 10.0,
        bottom: 10.0,
    };
    let spots = [(5.0, 5.0), (10.0, 5.0), (15.0, 6.0), (10.0, 7.0), (5.0, 7.0)];
    let pieces = clip::line(&spots, rectangle);
    assert_eq!(pieces, [vec![(5.0, 5.0), (10.0, 5.0)], vec![(10.0, 7.0), (5.0, 7.0)]]);
}

#[test]
fn a_line_made_to_be_bad_is_no_trouble() {
    let step = |index: u32| f64::from(index);
    // Farther and farther out, to and fro: each cut takes one position off.
    let bad: Vec<Spot> = (0..400_000_u32)
        .map(|index| (step(index) * 0.2, if index % 2 == 0 { 0.0 } else { step(index) }))
        .collect();
    let start = std::time::Instant::now();
    assert!(simplify::line(&bad, 0.4).len() > 300_000);
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

fn spot() -> impl Strategy<Value = Spot> {
    (-50.0..450.0_f64, -50.0..350.0_f64)
}

/// Walks with small and large steps, with standstills and straight stretches.
fn walk() -> impl Strategy<Value = Vec<Spot>> {
    let step = prop_oneof![
        (-0.2..0.2_f64, -0.2..0.2_f64),
        (-3.0..3.0_f64, -3.0..3.0_f64),
        (-60.0..60.0_f64, -60.0..60.0_f64),
        Just((0.0, 0.0)),
        Just((5.0, 0.0)),
    ];
    (spot(), prop::collection::vec(step, 1..300)).prop_map(|(start, steps)| {
        let mut at = start;
        let mut walk = vec![at];
        for (x, y) in steps {
            at = (at.0 + x, at.1 + y);
            walk.push(at);
        }
        walk
    })
}

fn distance_to_line(spot: Spot, line: &[Spot]) -> f64 {
    let ways = line.windows(2).map(|way| simplify::square_to_way(spot, way[0], way[1]));
    ways.fold(f64::INFINITY, f64::min).sqrt()
}

proptest! {
    #[test]
    fn a_simplified_line_stays_within_the_tolerance(walk in walk(), tolerance in 0.05..4.0_f64) {
        let simple = simplify::line(&walk, tolerance);
        prop_assert!(simple.len() <= walk.len());
        prop_assert_eq!(simple.first(), walk.first());
        if simple.len() > 1 {
            prop_assert_eq!(simple.last(), walk.last());
            for spot in &walk {
                prop_assert!(distance_to_line(*spot, &simple) <= tolerance + 1e-9);
            }
        }
        for spot in &simple {
            prop_assert!(walk.contains(spot), "no place is made up");
        }
        prop_assert_eq!(simplify::line(&walk, tolerance), simple);
    }

    #[test]
    fn a_simplified_ring_stays_a_ring_within_the_tolerance(walk in walk(), tolerance in 0.05..4.0_f64) {
        let simple = simplify::ring(&walk, tolerance);
        prop_assert!(simple.len() <= walk.len());
        prop_assert!(simple.is_empty() || simple.len() >= 3);
        let mut closed = simple.clone();
        closed.extend(simple.first());
        if !simple.is_empty() {
            for spot in &walk {
                prop_assert!(distance_to_line(*spot, &closed) <= tolerance + 1e-9);
            }
        }
        prop_assert_eq!(simplify::ring(&walk, tolerance), simple);
    }

    #[test]
    fn what_is_clipped_lies_inside_and_nothing_inside_is_lost(walk in walk()) {
        let rectangle = Rectangle { left: 0.0, top: 0.0, right: 400.0, bottom: 300.0 };
        let is_inside = |(x, y): &Spot| (-1e-6..=400.000_001).contains(x) && (-1e-6..=300.000_001).contains(y);
        let pieces = clip::line(&walk, rectangle);
        prop_assert!(pieces.iter().flatten().all(is_inside));
        let length = |line: &[Spot]| -> f64 {
            line.windows(2).map(|way| (way[1].0 - way[0].0).hypot(way[1].1 - way[0].1)).sum()
        };
        // Halfway between two neighbours inside there is always a piece.
        for way in walk.windows(2).filter(|way| way.iter().all(|(x, y)| *x > 0.0 && *x < 400.0 && *y > 0.0 && *y < 300.0)) {
            let middle = (f64::midpoint(way[0].0, way[1].0), f64::midpoint(way[0].1, way[1].1));
            if way[0] != way[1] {
                let nearest = pieces.iter().map(|piece| distance_to_line(middle, piece)).fold(f64::INFINITY, f64::min);
                prop_assert!(nearest < 1e-6);
            }
        }
        prop_assert!(pieces.iter().map(|piece| length(piece)).sum::<f64>() <= length(&walk) + 1e-6);
        prop_assert!(clip::ring(walk, rectangle).iter().all(is_inside));
    }

    #[test]
    fn a_clipped_ring_has_the_area_that_lies_inside(
        (x, y) in spot(), width in 1.0..600.0_f64, height in 1.0..600.0_f64,
    ) {
        let rectangle = Rectangle { left: 0.0, top: 0.0, right: 400.0, bottom: 300.0 };
        let ring = vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        let wide = ((x + width).min(400.0) - x.max(0.0)).max(0.0);
        let tall = ((y + height).min(300.0) - y.max(0.0)).max(0.0);
        let clipped = clip::ring(ring, rectangle);
        prop_assert!((simplify::area(&clipped) - wide * tall).abs() < 1e-6);
    }

    #[test]
    fn paths_hold_closed_rings_of_three_places_or_more(walk in walk()) {
        let ring = walk.iter().map(|(x, y)| Position::new(118.0 + x / 100.0, 33.0 - y / 100.0)).collect();
        let shapes = [Shape { kind: ShapeKind::Water, geometry: Geometry::Area(vec![ring]) }];
        let (sheet, near) = drawn(&shapes);
        for path in sheet.areas.iter().chain(&near.areas) {
            for ring in path.path.split_inclusive('z') {
                prop_assert!(ring.starts_with('M') && ring.ends_with('z'));
                let numbers = ring.replace(['M', 'l', 'z'], " ").replace('-', " -");
                let count = numbers.split_whitespace().filter(|number| number.parse::<f64>().is_ok()).count();
                prop_assert!(count >= 6 && count.is_multiple_of(2), "{ring}");
            }
        }
        prop_assert_eq!(drawn(&shapes), (sheet, near));
    }
}
