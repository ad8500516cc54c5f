//! What every sheet keeps to, shown on random sets of points.

use super::furniture;
use super::obstacles::Shape;
use super::{Area, DrawnPoint, LonLat, MapPoint, MapSheet, NameRank, PlaceName, SheetSize, lay_out};

pub(super) const WIDE: SheetSize = SheetSize {
    width: 1200.0,
    height: 800.0,
    margin: 90.0,
};
const NARROW: SheetSize = SheetSize {
    width: 360.0,
    height: 480.0,
    margin: 44.0,
};
/// What rounding to tenths may take from a distance.
const SLACK: f64 = 0.2;

/// Numbers for tests, always the same ones.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap_or(0) % end
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * f64::from(self.below(1 << 30)) / f64::from(1 << 30)
    }
}

pub(super) fn at(longitude: f64, latitude: f64) -> LonLat {
    LonLat { longitude, latitude }
}

/// Points in a box of degrees, many of them crowded around a few places.
pub(super) fn random_points(seed: u64, count: u32, bounds: (LonLat, LonLat)) -> Vec<MapPoint> {
    let mut numbers = Numbers(seed);
    let (low, high) = bounds;
    let spot = |numbers: &mut Numbers| {
        at(
            numbers.between(low.longitude, high.longitude),
            numbers.between(low.latitude, high.latitude),
        )
    };
    let crowds: Vec<LonLat> = (0..6).map(|_| spot(&mut numbers)).collect();
    let alphabet: Vec<char> = "高新区党群服务中心先锋驿站创业园（一）AI 5G·".chars().collect();
    (0..count)
        .map(|number| {
            let position = match numbers.below(10) {
                0..=5 => spot(&mut numbers),
                6..=8 => {
                    let crowd = crowds[numbers.below(6) as usize];
                    at(
                        crowd.longitude + numbers.between(-0.2, 0.2),
                        crowd.latitude + numbers.between(-0.2, 0.2),
                    )
                }
                _ => crowds[numbers.below(6) as usize],
            };
            let length = numbers.below(24);
            MapPoint {
                slug: format!("p{number}"),
                title: (0..length)
                    .map(|_| alphabet[numbers.below(24) as usize % alphabet.len()])
                    .collect(),
                tier_rank: u8::try_from(numbers.below(4)).unwrap_or(0),
                weight: i64::from(numbers.below(5)),
                position,
            }
        })
        .collect()
}

pub(super) fn random_places(seed: u64, count: u32, bounds: (LonLat, LonLat)) -> Vec<PlaceName> {
    let mut numbers = Numbers(seed);
    (0..count)
        .map(|number| PlaceName {
            name: ["江苏", "上海", "浙江", "马鞍山", "内蒙古", "呼和浩特", "西双版纳"][numbers.below(7) as usize]
                .to_owned()
                + if number % 3 == 0 { "" } else { "市" },
            rank: if numbers.below(3) == 0 {
                NameRank::Province
            } else {
                NameRank::City
            },
            position: at(
                numbers.between(bounds.0.longitude, bounds.1.longitude),
                numbers.between(bounds.0.latitude, bounds.1.latitude),
            ),
        })
        .collect()
}

/// Sheets of a country, a region and a city, wide and narrow, sparse and crowded.
fn samples() -> Vec<(Vec<MapPoint>, MapSheet)> {
    let boxes = [
        (at(75.0, 19.0), at(132.0, 51.0)),
        (at(104.0, 26.0), at(121.5, 37.0)),
        (at(120.2, 31.3), at(120.6, 31.7)),
    ];
    let mut all = Vec::new();
    for (seed, bounds) in (1_u64..).zip(boxes) {
        for count in [1, 2, 7, 35, 160, 700] {
            for size in [WIDE, NARROW] {
                let seed = seed * 1_000 + u64::from(count);
                let points = random_points(seed, count, bounds);
                let places = random_places(seed + 1, 4 + count.min(30), bounds);
                let sheet = lay_out(&points, &places, size);
                all.push((points, sheet));
            }
        }
    }
    all
}

fn dot(point: &DrawnPoint) -> Shape {
    Shape::Disc((point.dot.x, point.dot.y), point.dot.radius - SLACK)
}

/// All labels with the number of their dot.
fn labels(sheet: &MapSheet) -> Vec<(usize, Area)> {
    let labelled = sheet.points.iter().enumerate();
    labelled
        .filter_map(|(number, point)| Some((number, point.dot.label.as_ref()?.area.grown(-SLACK))))
        .collect()
}

#[test]
fn every_point_is_drawn_once() {
    for (points, sheet) in samples() {
        let mut seen: Vec<usize> = sheet.unplaced.clone();
        for point in &sheet.points {
            assert_eq!(point.members.first(), Some(&point.dot.index));
            seen.extend(&point.members);
        }
        seen.sort_unstable();
        assert_eq!(seen, (0..points.len()).collect::<Vec<_>>());
    }
}

#[test]
fn no_dot_covers_another() {
    for (_, sheet) in samples() {
        for (number, point) in sheet.points.iter().enumerate() {
            for other in sheet.points.iter().skip(number + 1) {
                assert!(!dot(point).meets(&dot(other)), "{point:?} {other:?}");
            }
        }
    }
}

#[test]
fn no_label_covers_a_label_or_a_dot_or_a_city() {
    for (_, sheet) in samples() {
        let labels = labels(&sheet);
        let frame = Area {
            left: 0.0,
            top: 0.0,
            right: sheet.width,
            bottom: sheet.height,
        };
        for (number, (_, area)) in labels.iter().enumerate() {
            assert!(frame.holds(area), "{area:?}");
            for (_, other) in labels.iter().skip(number + 1) {
                assert!(!area.meets(other), "{area:?} {other:?}");
            }
            for point in &sheet.points {
                assert!(!Shape::Area(*area).meets(&dot(point)), "{area:?} {point:?}");
            }
            for name in sheet.names.iter().filter(|name| name.rank == NameRank::City) {
                assert!(!area.meets(&name.area), "{area:?} {name:?}");
            }
            for line in sheet.meridians.iter().chain(&sheet.parallels) {
                assert!(!line.labelled || !area.meets(&line.area), "{area:?} {line:?}");
            }
        }
    }
}

#[test]
fn leaders_cross_nothing() {
    for (_, sheet) in samples() {
        let labels = labels(&sheet);
        let leaders: Vec<(usize, Shape)> = sheet
            .points
            .iter()
            .enumerate()
            .filter_map(|(number, point)| {
                let (x1, y1, x2, y2) = point.dot.label.as_ref()?.leader?;
                Some((number, Shape::Line((x1, y1), (x2, y2))))
            })
            .collect();
        for (number, (owner, leader)) in leaders.iter().enumerate() {
            for (_, other) in leaders.iter().skip(number + 1) {
                assert!(!leader.meets(other), "{leader:?} {other:?}");
            }
            for (label_owner, area) in &labels {
                assert!(label_owner == owner || !leader.meets(&Shape::Area(*area)));
            }
            for (point_number, point) in sheet.points.iter().enumerate() {
                assert!(point_number == *owner || !leader.meets(&dot(point)));
            }
        }
    }
}

#[test]
fn no_name_covers_another_and_no_city_covers_a_dot() {
    for (_, sheet) in samples() {
        for (number, name) in sheet.names.iter().enumerate() {
            for other in sheet.names.iter().skip(number + 1) {
                assert!(!name.area.meets(&other.area), "{name:?} {other:?}");
            }
            if name.rank == NameRank::City {
                let area = Shape::Area(name.area.grown(-SLACK));
                assert!(!sheet.points.iter().any(|point| area.meets(&dot(point))));
            }
        }
    }
}

#[test]
fn the_sheet_does_not_depend_on_the_order_of_the_points() {
    let bounds = (at(104.0, 26.0), at(121.5, 37.0));
    let points = random_points(7, 300, bounds);
    let places = random_places(8, 20, bounds);
    let reversed: Vec<MapPoint> = points.iter().rev().cloned().collect();
    let turned: Vec<PlaceName> = places.iter().rev().cloned().collect();
    let first = lay_out(&points, &places, WIDE);
    let mut second = lay_out(&reversed, &turned, WIDE);
    for point in &mut second.points {
        point.dot.index = 299 - point.dot.index;
        for member in &mut point.members {
            *member = 299 - *member;
        }
    }
    assert_eq!(first, second);
}

#[test]
fn what_cannot_be_placed_is_said_so() {
    let mut points = random_points(3, 6, (at(110.0, 30.0), at(120.0, 35.0)));
    points[1].position = at(f64::NAN, 30.0);
    points[4].position = at(30.0, 120.0);
    let places = [PlaceName {
        name: "江苏".to_owned(),
        rank: NameRank::Province,
        position: at(f64::INFINITY, 1.0),
    }];
    let sheet = lay_out(&points, &places, WIDE);
    let mut unplaced = sheet.unplaced.clone();
    unplaced.sort_unstable();
    assert_eq!(unplaced, [1, 4]);
    assert!(sheet.names.is_empty());
}

#[test]
fn any_size_and_any_number_of_points_can_be_drawn() {
    let odd = [
        SheetSize {
            width: f64::NAN,
            height: -4.0,
            margin: f64::INFINITY,
        },
        SheetSize {
            width: 0.0,
            height: 1e300,
            margin: 1e9,
        },
    ];
    let world = random_points(5, 40, (at(-180.0, -90.0), at(180.0, 90.0)));
    for size in odd.into_iter().chain([WIDE, NARROW]) {
        for points in [&[][..], &world[..1], &world] {
            let sheet = lay_out(points, &[], size);
            assert!(
                sheet
                    .points
                    .iter()
                    .all(|point| point.dot.x.is_finite() && point.dot.y.is_finite())
            );
            assert!(sheet.scale_bar.is_some_and(|bar| bar.pixels.is_finite()));
        }
    }
    assert!(lay_out(&[], &[], WIDE).meridians.iter().any(|line| line.labelled));
}

#[test]
fn the_scale_bar_is_true_in_the_middle() {
    for (low, high) in [(at(104.0, 26.0), at(121.5, 37.0)), (at(120.2, 31.3), at(120.6, 31.7))] {
        let sheet = lay_out(&random_points(9, 50, (low, high)), &[], WIDE);
        let projection = sheet.projection.unwrap();
        let middle = projection.metres_at((sheet.width / 2.0, sheet.height / 2.0));
        let latitude = projection.projection.latitude_at(middle);
        let longitude = projection.projection.central_meridian();
        let place = |east: f64| projection.place(at(longitude + east, latitude));
        let (left, right) = (place(-0.01), place(0.01));
        let pixels = ((left.0 - right.0) * (left.0 - right.0) + (left.1 - right.1) * (left.1 - right.1)).sqrt();
        let metres = super::projection::WGS84.degree_lengths(latitude).0 * 0.02;
        let bar = sheet.scale_bar.as_ref().unwrap();
        let shown = bar.metres / bar.pixels;
        assert!((shown / (metres / pixels) - 1.0).abs() < 2e-3, "{shown}");
    }
}

#[test]
fn points_keep_out_of_the_strip_of_the_scale() {
    for (_, sheet) in samples() {
        let strip = Shape::Area(furniture::area(SheetSize {
            width: sheet.width,
            height: sheet.height,
            margin: 0.0,
        }));
        for point in &sheet.points {
            let middle = Shape::Disc((point.dot.x, point.dot.y), 0.1);
            assert!(!middle.meets(&strip), "{point:?}");
        }
    }
}

#[test]
fn nearer_sheets_show_more() {
    let points = random_points(11, 400, (at(104.0, 26.0), at(121.5, 37.0)));
    let counted = |factor: f64| {
        let sheet = lay_out(&points, &[], WIDE.zoomed(factor));
        let labelled = sheet.points.iter().filter(|point| point.dot.label.is_some());
        (sheet.points.len(), labelled.count())
    };
    let (far, near) = (counted(1.0), counted(4.0));
    assert!(near.0 > far.0 && near.1 > far.1, "{far:?} {near:?}");
}

#[test]
fn the_sheets_are_the_same_on_every_platform() {
    let digest = samples().iter().fold(0u64, |sum, (_, sheet)| {
        format!("{sheet:?}").bytes().fold(sum, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
    });
    assert_eq!(
        digest, 6_484_908_292_704_152_473,
        "bless the new value if the change is meant"
    );
}
