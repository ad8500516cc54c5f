//! The coordinate systems that Chinese maps use, and exact conversion between them.
//!
//! Writers give a position in one declared system; the map, the exports and the links to
//! navigation services each need another. The formulas for GCJ-02 and BD-09 were never published
//! by their makers. The ones used here are those that have circulated since 2013 and that every
//! converter shares; they were read in `src/crs/GCJ02.ts` and `src/crs/BD09.ts` of gcoord 1.0.7
//! (MIT), which is also the outside reference of the tests.

use std::f64::consts::PI;
use std::fmt;
use std::str::FromStr;

/// Mean radius of the Earth in metres, (2a + b) / 3 of the WGS-84 ellipsoid.
const MEAN_RADIUS: f64 = 6_371_008.8;

/// Semi-major axis in metres of the Krasovsky 1940 ellipsoid, on which GCJ-02 is defined.
const KRASOVSKY_AXIS: f64 = 6_378_245.0;
/// Flattening of the Krasovsky 1940 ellipsoid.
const KRASOVSKY_FLATTENING: f64 = 1.0 / 298.3;
/// Square of the eccentricity of the Krasovsky 1940 ellipsoid.
const KRASOVSKY_ECCENTRICITY: f64 = KRASOVSKY_FLATTENING * (2.0 - KRASOVSKY_FLATTENING);

/// The angular factor in the BD-09 formula.
const BAIDU_FACTOR: f64 = PI * 3000.0 / 180.0;
/// BD-09 moves every point by this much after bending it, in degrees of longitude and latitude.
const BAIDU_SHIFT: (f64, f64) = (0.0065, 0.006);

/// An inverse is found when its forward image is this near to the given point, in degrees.
/// It is about a tenth of a micrometre on the ground and far above the rounding of `f64`.
const INVERSE_TOLERANCE: f64 = 1e-12;
/// Each round brings an inverse nearer by a factor of forty or more, so eight rounds suffice. The
/// limit only matters for points on the edge of the box and for values that are not numbers.
const INVERSE_ROUNDS: usize = 32;

/// A rectangle in degrees.
struct BoundingBox {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl BoundingBox {
    fn contains(&self, longitude: f64, latitude: f64) -> bool {
        (self.west..=self.east).contains(&longitude) && (self.south..=self.north).contains(&latitude)
    }
}

/// Where GCJ-02 differs from WGS-84. It is the customary rectangle and not an outline, because an
/// outline would be map data that this product must not carry. It is more than half a degree wider
/// than [`CHINA`] on every side, so no point of interest is near its edge, where GCJ-02 jumps.
const SHIFTED: BoundingBox = BoundingBox {
    west: 72.004,
    east: 137.8347,
    south: 0.8293,
    north: 55.8271,
};

/// Where a point of a Chinese portal may lie.
const CHINA: BoundingBox = BoundingBox {
    west: 73.0,
    east: 136.0,
    south: 3.0,
    north: 54.0,
};

/// What a pair of longitude and latitude refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CoordinateSystem {
    /// The system of GPS receivers, `GeoJSON`, KML and `geo:` links.
    Wgs84,
    /// The shifted system of Amap, Tencent and most other maps of mainland China.
    Gcj02,
    /// Baidu's system: GCJ-02, bent and shifted once more.
    Bd09,
    /// China's national system. It differs from WGS-84 by centimetres, so here it is the same.
    Cgcs2000,
}

impl CoordinateSystem {
    /// All systems, in the order in which they are offered to writers.
    pub const ALL: [Self; 4] = [Self::Wgs84, Self::Gcj02, Self::Bd09, Self::Cgcs2000];

    /// The name under which writers declare the system: `wgs84`, `gcj02`, `bd09`, `cgcs2000`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
            Self::Cgcs2000 => "cgcs2000",
        }
    }

    /// The name as readers know it: `WGS-84`, `GCJ-02`, `BD-09`, `CGCS2000`.
    #[must_use]
    pub fn display_name(self) -> &'static str {
        match self {
            Self::Wgs84 => "WGS-84",
            Self::Gcj02 => "GCJ-02",
            Self::Bd09 => "BD-09",
            Self::Cgcs2000 => "CGCS2000",
        }
    }
}

impl fmt::Display for CoordinateSystem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.display_name())
    }
}

/// The text names none of the four coordinate systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownCoordinateSystem;

impl fmt::Display for UnknownCoordinateSystem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("坐标系应为 wgs84、gcj02、bd09、cgcs2000 之一")
    }
}

impl std::error::Error for UnknownCoordinateSystem {}

impl FromStr for CoordinateSystem {
    type Err = UnknownCoordinateSystem;

    /// Reads `gcj02`, and as people write it too: `GCJ-02`, `gcj_02`, `GCJ 02`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let key: String = text
            .chars()
            .filter(|character| !character.is_whitespace() && !matches!(character, '-' | '_'))
            .map(|character| character.to_ascii_lowercase())
            .collect();
        Self::ALL
            .into_iter()
            .find(|system| system.key() == key)
            .ok_or(UnknownCoordinateSystem)
    }
}

/// A point on the ground, in degrees. Which system it is in is said by whoever holds it.
///
/// The fields stand in the order x, y, as in `GeoJSON`; many services want it the other way round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Degrees east of Greenwich, between -180 and 180; in China between 73 and 136.
    pub longitude: f64,
    /// Degrees north of the equator, between -90 and 90; in China between 3 and 54.
    pub latitude: f64,
}

impl Position {
    /// A position from degrees of longitude and of latitude, in this order.
    #[must_use]
    pub const fn new(longitude: f64, latitude: f64) -> Self {
        Self { longitude, latitude }
    }
}

/// The same place on the ground in another system. Both positions are in degrees.
///
/// Between points inside 73–136° E and 3–54° N every conversion can be undone to better than
/// a billionth of a degree. Outside the customary rectangle (72.004–137.8347° E,
/// 0.8293–55.8271° N) GCJ-02 is WGS-84.
#[must_use]
pub fn convert(position: Position, from: CoordinateSystem, to: CoordinateSystem) -> Position {
    // CGCS2000 and WGS-84 are one system here, and BD-09 is defined on top of GCJ-02: so each
    // conversion is a walk along wgs84 — gcj02 — bd09.
    match (place_on_chain(from), place_on_chain(to)) {
        (0, 1) => gcj02_from_wgs84(position),
        (0, 2) => bd09_from_gcj02(gcj02_from_wgs84(position)),
        (1, 0) => wgs84_from_gcj02(position),
        (1, 2) => bd09_from_gcj02(position),
        (2, 0) => wgs84_from_gcj02(gcj02_from_bd09(position)),
        (2, 1) => gcj02_from_bd09(position),
        _ => position,
    }
}

/// How many shifts lie between WGS-84 and the system.
fn place_on_chain(system: CoordinateSystem) -> u8 {
    match system {
        CoordinateSystem::Wgs84 | CoordinateSystem::Cgcs2000 => 0,
        CoordinateSystem::Gcj02 => 1,
        CoordinateSystem::Bd09 => 2,
    }
}

/// Whether a point lies inside 73–136° E, 3–54° N, the rectangle around China. Degrees.
#[must_use]
pub fn in_china_box(longitude: f64, latitude: f64) -> bool {
    CHINA.contains(longitude, latitude)
}

/// Whether the two numbers are most likely given in the wrong order: as they stand the point is
/// outside China, exchanged it would be inside. In China the larger number is the longitude.
#[must_use]
pub fn looks_swapped(longitude: f64, latitude: f64) -> bool {
    !in_china_box(longitude, latitude) && in_china_box(latitude, longitude)
}

/// The great-circle distance in metres between two positions of one system, by the haversine
/// formula on a sphere of the Earth's mean radius (wrong by at most 0.6 % against the ellipsoid).
#[must_use]
pub fn distance(one: Position, other: Position) -> f64 {
    let half_latitude = (other.latitude - one.latitude).to_radians() / 2.0;
    let half_longitude = (other.longitude - one.longitude).to_radians() / 2.0;
    let haversine = half_latitude.sin().powi(2)
        + one.latitude.to_radians().cos() * other.latitude.to_radians().cos() * half_longitude.sin().powi(2);
    // Rounding can lift the value over one at the antipode, where the arc sine has no answer.
    2.0 * MEAN_RADIUS * haversine.sqrt().min(1.0).asin()
}

/// GCJ-02 as the shift of WGS-84 that its well-known formula gives.
fn gcj02_from_wgs84(position: Position) -> Position {
    if !SHIFTED.contains(position.longitude, position.latitude) {
        return position;
    }
    let (east_metres, north_metres) = gcj02_shift(position);
    let latitude = position.latitude.to_radians();
    // The shift is in metres; the radii of curvature of the ellipsoid turn it into degrees.
    let curvature = 1.0 - KRASOVSKY_ECCENTRICITY * latitude.sin().powi(2);
    let prime_vertical_radius = KRASOVSKY_AXIS / curvature.sqrt();
    let meridian_radius = prime_vertical_radius * (1.0 - KRASOVSKY_ECCENTRICITY) / curvature;
    Position {
        longitude: position.longitude + (east_metres / (prime_vertical_radius * latitude.cos())).to_degrees(),
        latitude: position.latitude + (north_metres / meridian_radius).to_degrees(),
    }
}

/// The shift of GCJ-02 in metres to the east and to the north.
fn gcj02_shift(position: Position) -> (f64, f64) {
    let x = position.longitude - 105.0;
    let y = position.latitude - 35.0;
    // A wave of the given amplitude in metres, and as many periods as `turns` has half units.
    let wave = |metres: f64, turns: f64| metres * 2.0 / 3.0 * (turns * PI).sin();
    let common = wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + common
        + wave(20.0, x)
        + wave(40.0, x / 3.0)
        + wave(150.0, x / 12.0)
        + wave(300.0, x / 30.0);
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + common
        + wave(20.0, y)
        + wave(40.0, y / 3.0)
        + wave(160.0, y / 12.0)
        + wave(320.0, y / 30.0);
    (east, north)
}

/// BD-09 as Baidu's bend and shift of GCJ-02.
fn bd09_from_gcj02(position: Position) -> Position {
    let (x, y) = (position.longitude, position.latitude);
    let radius = x.hypot(y) + 0.00002 * (y * BAIDU_FACTOR).sin();
    let angle = y.atan2(x) + 0.000_003 * (x * BAIDU_FACTOR).cos();
    Position {
        longitude: radius * angle.cos() + BAIDU_SHIFT.0,
        latitude: radius * angle.sin() + BAIDU_SHIFT.1,
    }
}

fn wgs84_from_gcj02(position: Position) -> Position {
    inverse(gcj02_from_wgs84, position)
}

/// The inverse that circulates with the BD-09 formula is wrong in the sixth decimal; this one is
/// not, because it solves the forward formula.
fn gcj02_from_bd09(position: Position) -> Position {
    inverse(bd09_from_gcj02, position)
}

/// The point that `forward` takes to `target`, by fixed-point iteration: guess, look how far the
/// image is off, move the guess by as much. It converges because the shifts change slowly.
fn inverse(forward: fn(Position) -> Position, target: Position) -> Position {
    let mut guess = target;
    for _ in 0..INVERSE_ROUNDS {
        let image = forward(guess);
        let longitude_error = image.longitude - target.longitude;
        let latitude_error = image.latitude - target.latitude;
        guess.longitude -= longitude_error;
        guess.latitude -= latitude_error;
        if longitude_error.abs() < INVERSE_TOLERANCE && latitude_error.abs() < INVERSE_TOLERANCE {
            break;
        }
    }
    guess
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How near, in degrees, a conversion must come to the outside reference. The reference
    /// rounds in other places, so equality to the last bit cannot be asked for.
    const REFERENCE_TOLERANCE: f64 = 1e-9;

    fn assert_near(actual: Position, expected: Position, tolerance: f64, what: &str) {
        assert!(
            (actual.longitude - expected.longitude).abs() < tolerance
                && (actual.latitude - expected.latitude).abs() < tolerance,
            "{what}: {actual:?} is not within {tolerance} of {expected:?}"
        );
    }

    /// Rows of the reference table: WGS-84, GCJ-02, BD-09.
    fn reference() -> Vec<[Position; 3]> {
        let table = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/data/coordinates-gcoord.csv"
        ));
        table
            .lines()
            .filter(|line| line.starts_with(|first: char| first.is_ascii_digit() || first == '-'))
            .map(|line| {
                let numbers: Vec<f64> = line.split(',').map(|field| field.parse().expect("a number")).collect();
                [0, 2, 4].map(|at| Position::new(numbers[at], numbers[at + 1]))
            })
            .collect()
    }

    #[test]
    fn agrees_with_gcoord() {
        let rows = reference();
        assert_eq!(rows.len(), 200);
        let systems = [CoordinateSystem::Wgs84, CoordinateSystem::Gcj02, CoordinateSystem::Bd09];
        for row in rows {
            for (from, start) in systems.into_iter().zip(row) {
                for (to, expected) in systems.into_iter().zip(row) {
                    let what = format!("{from} to {to}");
                    assert_near(convert(start, from, to), expected, REFERENCE_TOLERANCE, &what);
                }
            }
        }
    }

    #[test]
    fn agrees_with_the_known_pair_of_tiananmen() {
        let shifted = convert(
            Position::new(116.3975, 39.9087),
            CoordinateSystem::Wgs84,
            CoordinateSystem::Gcj02,
        );
        assert_near(shifted, Position::new(116.403_744, 39.910_103), 1e-6, "天安门");
    }

    #[test]
    fn nothing_is_shifted_outside_of_the_rectangle() {
        let paris = Position::new(2.3522, 48.8566);
        let shifted = convert(paris, CoordinateSystem::Wgs84, CoordinateSystem::Gcj02);
        assert_near(shifted, paris, f64::EPSILON, "Paris");
    }

    #[test]
    fn what_is_no_number_stays_none_and_ends() {
        let nowhere = Position::new(f64::NAN, f64::INFINITY);
        for from in CoordinateSystem::ALL {
            for to in CoordinateSystem::ALL {
                assert!(convert(nowhere, from, to).longitude.is_nan());
            }
        }
        assert!(!in_china_box(f64::NAN, 39.0));
        assert!(!looks_swapped(f64::NAN, 116.0));
    }

    #[test]
    fn systems_are_read_as_people_write_them() {
        for (text, system) in [
            ("wgs84", CoordinateSystem::Wgs84),
            ("WGS-84", CoordinateSystem::Wgs84),
            ("GCJ-02", CoordinateSystem::Gcj02),
            ("gcj_02", CoordinateSystem::Gcj02),
            (" Bd 09 ", CoordinateSystem::Bd09),
            ("CGCS2000", CoordinateSystem::Cgcs2000),
        ] {
            assert_eq!(text.parse(), Ok(system), "{text}");
        }
        for text in ["", "-", "gcj2", "bd09mc", "北京54"] {
            assert_eq!(text.parse::<CoordinateSystem>(), Err(UnknownCoordinateSystem), "{text}");
        }
        for system in CoordinateSystem::ALL {
            assert_eq!(system.key().parse(), Ok(system));
            assert_eq!(system.display_name().parse(), Ok(system));
        }
    }

    #[test]
    fn swapped_numbers_are_noticed() {
        assert!(in_china_box(120.36, 31.49));
        assert!(!looks_swapped(120.36, 31.49));
        assert!(looks_swapped(31.49, 120.36));
        assert!(!looks_swapped(0.0, 0.0));
        assert!(!looks_swapped(2.35, 48.86));
    }

    #[test]
    fn distances_follow_the_mean_radius() {
        let equator = Position::new(110.0, 0.0);
        let pole = Position::new(20.0, 90.0);
        let quarter = MEAN_RADIUS * PI / 2.0;
        assert!((distance(equator, pole) - quarter).abs() < 0.001);
        let antipode = Position::new(-70.0, 0.0);
        assert!((distance(equator, antipode) - 2.0 * quarter).abs() < 0.001);
        let degree_north = Position::new(110.0, 1.0);
        assert!((distance(equator, degree_north) - 111_195.08).abs() < 0.01);
        // Beijing to Shanghai is about 1,067 kilometres.
        let beijing = Position::new(116.4074, 39.9042);
        let shanghai = Position::new(121.4737, 31.2304);
        assert!((distance(beijing, shanghai) - 1_067_000.0).abs() < 2_000.0);
        assert!(distance(beijing, beijing) < 1e-6);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_conversion_can_be_undone(longitude in 73.0..=136.0, latitude in 3.0..=54.0) {
            let start = Position::new(longitude, latitude);
            for from in CoordinateSystem::ALL {
                for to in CoordinateSystem::ALL {
                    let back = convert(convert(start, from, to), to, from);
                    assert_near(back, start, 1e-9, "round trip");
                }
            }
        }

        #[test]
        fn shifts_stay_below_a_few_kilometres(longitude in 73.0..=136.0, latitude in 3.0..=54.0) {
            let start = Position::new(longitude, latitude);
            for from in CoordinateSystem::ALL {
                for to in CoordinateSystem::ALL {
                    prop_assert!(distance(start, convert(start, from, to)) < 3_000.0);
                }
            }
        }

        #[test]
        fn distance_is_symmetric(
            one in (-180.0..=180.0, -90.0..=90.0),
            other in (-180.0..=180.0, -90.0..=90.0),
        ) {
            let (one, other) = (Position::new(one.0, one.1), Position::new(other.0, other.1));
            prop_assert!((distance(one, other) - distance(other, one)).abs() < 1e-3);
        }
    }
}
