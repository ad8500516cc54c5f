//! From degrees to metres: Albers for a country, a local projection for a city, and the
//! projections that pictures come in.
//!
//! The formulas are those of John P. Snyder, *Map Projections: A Working Manual*, U.S. Geological
//! Survey Professional Paper 1395 (1987): Albers equal-area conic, ellipsoidal form, equations
//! 14-12 to 14-15 and 14-3 to 14-6 (pages 98 to 103, numerical examples on pages 291 to 294); the
//! authalic function q, equation 3-12; the radii of curvature, equations 4-18 to 4-20.
//!
//! Only operations that IEEE 754 defines exactly are used, so that a sheet is the same bytes
//! everywhere; the logarithm in q is written as its series.

mod cylindrical;

pub use cylindrical::{Mercator, PlateCarree};

use crate::trigonometry::{cosine, radians, sine};

/// A position in degrees.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct LonLat {
    /// Degrees east of Greenwich.
    pub longitude: f64,
    /// Degrees north of the equator.
    pub latitude: f64,
}

impl LonLat {
    /// Whether there is such a place. What is not a number is none.
    #[must_use]
    pub fn is_on_earth(self) -> bool {
        self.longitude.abs() <= 180.0 && self.latitude.abs() <= 90.0
    }
}

/// The size and flattening of an ellipsoid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ellipsoid {
    /// The radius at the equator, in metres.
    pub radius: f64,
    /// The square of the eccentricity; 0 is a sphere.
    pub eccentricity_squared: f64,
}

/// The ellipsoid of WGS-84; that of CGCS2000 differs from it by less than a millimetre.
pub const WGS84: Ellipsoid = Ellipsoid {
    radius: 6_378_137.0,
    eccentricity_squared: 0.006_694_379_990_14,
};

impl Ellipsoid {
    /// Snyder's q (3-12), by which areas are true. `½e · ln((1 − e·s)/(1 + e·s))` is the series
    /// of the inverse hyperbolic tangent, which needs few terms for so small an e.
    #[must_use]
    pub fn authalic(&self, latitude: f64) -> f64 {
        let s = sine(radians(latitude));
        let square = self.eccentricity_squared * s * s;
        let mut power = 1.0;
        let mut sum = 0.0;
        let mut divisor = 1.0;
        for _ in 0..10 {
            sum += power / divisor;
            power *= square;
            divisor += 2.0;
        }
        (1.0 - self.eccentricity_squared) * s * (1.0 / (1.0 - square) + sum)
    }

    /// The latitude that has a given q, by halving: 60 steps reach the last bit.
    #[must_use]
    pub fn latitude_of(&self, authalic: f64) -> f64 {
        let (mut south, mut north) = (-90.0, 90.0);
        for _ in 0..60 {
            let middle = f64::midpoint(south, north);
            if self.authalic(middle) < authalic {
                south = middle;
            } else {
                north = middle;
            }
        }
        f64::midpoint(south, north)
    }

    /// Snyder's m (14-15): the radius of a parallel as a part of the equator's.
    #[must_use]
    pub fn parallel(&self, latitude: f64) -> f64 {
        let s = sine(radians(latitude));
        cosine(radians(latitude)) / (1.0 - self.eccentricity_squared * s * s).sqrt()
    }

    /// Metres for a degree from west to east and one from south to north (4-18 to 4-20).
    #[must_use]
    pub fn degree_lengths(&self, latitude: f64) -> (f64, f64) {
        let s = sine(radians(latitude));
        let root = (1.0 - self.eccentricity_squared * s * s).sqrt();
        let meridian = self.radius * (1.0 - self.eccentricity_squared) / (root * root * root);
        (
            radians(1.0) * self.radius * self.parallel(latitude),
            radians(1.0) * meridian,
        )
    }
}

/// An Albers equal-area conic projection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Albers {
    /// The shape of the earth.
    pub ellipsoid: Ellipsoid,
    /// The constant of the cone, Snyder's n (14-14).
    pub cone: f64,
    /// Snyder's C (14-13).
    pub constant: f64,
    /// The distance from the cone's tip to the origin, Snyder's ρ₀ (14-12a), in metres.
    pub origin_radius: f64,
    /// The meridian that is drawn upright.
    pub central_meridian: f64,
}

impl Albers {
    /// The projection with two standard parallels and an origin. The parallels must not lie
    /// opposite each other on both sides of the equator.
    #[must_use]
    pub fn new(ellipsoid: Ellipsoid, parallels: (f64, f64), origin: LonLat) -> Self {
        let (first, second) = (ellipsoid.parallel(parallels.0), ellipsoid.parallel(parallels.1));
        let (q_first, q_second) = (ellipsoid.authalic(parallels.0), ellipsoid.authalic(parallels.1));
        let cone = (first * first - second * second) / (q_second - q_first);
        let constant = first * first + cone * q_first;
        let mut made = Self {
            ellipsoid,
            cone,
            constant,
            origin_radius: 0.0,
            central_meridian: origin.longitude,
        };
        made.origin_radius = made.radius_of(origin.latitude);
        made
    }

    /// The radius of a parallel's arc, Snyder's ρ (14-12).
    fn radius_of(&self, latitude: f64) -> f64 {
        let inside = self.constant - self.cone * self.ellipsoid.authalic(latitude);
        self.ellipsoid.radius * inside.max(0.0).sqrt() / self.cone
    }

    /// Metres east and north of the origin (14-1 to 14-4).
    #[must_use]
    pub fn forward(&self, position: LonLat) -> (f64, f64) {
        let mut east = position.longitude - self.central_meridian;
        if east > 180.0 {
            east -= 360.0;
        } else if east < -180.0 {
            east += 360.0;
        }
        let angle = radians(self.cone * east);
        let radius = self.radius_of(position.latitude);
        (radius * sine(angle), self.origin_radius - radius * cosine(angle))
    }

    /// The latitude of a place given in metres (14-10, 14-19, 3-16 by halving).
    fn latitude_at(&self, (x, y): (f64, f64)) -> f64 {
        let rise = self.origin_radius - y;
        let part = (x * x + rise * rise) * self.cone * self.cone / (self.ellipsoid.radius * self.ellipsoid.radius);
        self.ellipsoid.latitude_of((self.constant - part) / self.cone)
    }

    /// How many times too long a line from west to east is drawn at a place (14-16).
    fn stretch_at(&self, (x, y): (f64, f64)) -> f64 {
        let rise = self.origin_radius - y;
        let radius = (x * x + rise * rise).sqrt();
        let parallel = self.ellipsoid.parallel(self.latitude_at((x, y)));
        self.cone * radius / (self.ellipsoid.radius * parallel)
    }
}

/// A projection around one place that is true there: longitude and latitude as they are, each
/// with the length of its degree at that latitude.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Local {
    /// The place that is true.
    pub centre: LonLat,
    /// Metres for a degree from west to east.
    pub east_degree: f64,
    /// Metres for a degree from south to north.
    pub north_degree: f64,
}

impl Local {
    /// The projection around a place. Near the poles, where a degree of longitude has no length
    /// to speak of, it stops growing narrower.
    #[must_use]
    pub fn new(ellipsoid: Ellipsoid, centre: LonLat) -> Self {
        let (east_degree, north_degree) = ellipsoid.degree_lengths(centre.latitude);
        Self {
            centre,
            east_degree: east_degree.max(100.0),
            north_degree,
        }
    }

    /// Metres east and north of the centre.
    #[must_use]
    pub fn forward(&self, position: LonLat) -> (f64, f64) {
        (
            (position.longitude - self.centre.longitude) * self.east_degree,
            (position.latitude - self.centre.latitude) * self.north_degree,
        )
    }
}

/// The projection of a sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Projection {
    /// For several provinces: areas are true.
    Albers(Albers),
    /// For a city or a park: distances are true.
    Local(Local),
    /// For a picture from the web: directions are true.
    Mercator(Mercator),
    /// For a picture with an even grid of degrees.
    PlateCarree(PlateCarree),
}

impl Projection {
    /// The projection that fits China: standard parallels 25° and 47° north.
    #[must_use]
    pub fn of_china(origin: LonLat) -> Self {
        Self::Albers(Albers::new(WGS84, (25.0, 47.0), origin))
    }

    /// Metres east and north of the projection's origin.
    #[must_use]
    pub fn forward(&self, position: LonLat) -> (f64, f64) {
        match self {
            Self::Albers(albers) => albers.forward(position),
            Self::Local(local) => local.forward(position),
            Self::Mercator(mercator) => mercator.forward(position),
            Self::PlateCarree(plate) => plate.forward(position),
        }
    }

    /// The latitude of a place given in metres.
    #[must_use]
    pub fn latitude_at(&self, spot: (f64, f64)) -> f64 {
        match self {
            Self::Albers(albers) => albers.latitude_at(spot),
            Self::Local(local) => local.centre.latitude + spot.1 / local.north_degree,
            Self::Mercator(mercator) => mercator.latitude_at(spot),
            Self::PlateCarree(plate) => plate.latitude_at(spot),
        }
    }

    /// How many times too long a line from west to east is drawn at a place given in metres.
    #[must_use]
    pub fn stretch_at(&self, spot: (f64, f64)) -> f64 {
        match self {
            Self::Albers(albers) => albers.stretch_at(spot),
            Self::Local(_) => 1.0,
            Self::Mercator(mercator) => mercator.stretch_at(spot),
            Self::PlateCarree(plate) => plate.stretch_at(spot),
        }
    }

    /// Where north is at a place given in metres: a vector of length 1, east and north.
    #[must_use]
    pub fn north_at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        match self {
            Self::Albers(albers) => {
                let rise = albers.origin_radius - y;
                let length = (x * x + rise * rise).sqrt();
                if length > 0.0 {
                    (-x / length, rise / length)
                } else {
                    (0.0, 1.0)
                }
            }
            Self::Local(_) | Self::Mercator(_) | Self::PlateCarree(_) => (0.0, 1.0),
        }
    }

    /// The meridian that stands upright.
    #[must_use]
    pub fn central_meridian(&self) -> f64 {
        match self {
            Self::Albers(albers) => albers.central_meridian,
            Self::Local(local) => local.centre.longitude,
            Self::Mercator(mercator) => mercator.origin.longitude,
            Self::PlateCarree(plate) => plate.origin.longitude,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Albers, Ellipsoid, Local, LonLat, Projection, WGS84};

    const ORIGIN: LonLat = LonLat {
        longitude: -96.0,
        latitude: 23.0,
    };
    const PLACE: LonLat = LonLat {
        longitude: -75.0,
        latitude: 35.0,
    };

    fn near(left: f64, right: f64, within: f64) {
        assert!((left - right).abs() <= within, "{left} is not {right}");
    }

    #[test]
    fn snyders_example_on_the_sphere() {
        let sphere = Ellipsoid {
            radius: 1.0,
            eccentricity_squared: 0.0,
        };
        let albers = Albers::new(sphere, (29.5, 45.5), ORIGIN);
        near(albers.cone, 0.602_837_0, 5e-8);
        let (x, y) = albers.forward(PLACE);
        near(x, 0.295_272_0, 5e-8);
        near(y, 0.241_677_4, 5e-8);
    }

    #[test]
    fn snyders_example_on_the_ellipsoid() {
        let clarke = Ellipsoid {
            radius: 6_378_206.4,
            eccentricity_squared: 0.006_768_66,
        };
        let albers = Albers::new(clarke, (29.5, 45.5), ORIGIN);
        near(albers.cone, 0.602_903_5, 5e-8);
        near(albers.constant, 1.349_159_4, 5e-8);
        near(albers.origin_radius, 9_929_079.6, 0.05);
        let (x, y) = albers.forward(PLACE);
        near(x, 1_885_472.7, 0.05);
        near(y, 1_535_925.0, 0.05);
        near(albers.latitude_at((x, y)), 35.0, 1e-9);
        let east = albers.forward(LonLat {
            longitude: PLACE.longitude + 1e-4,
            ..PLACE
        });
        let drawn = ((east.0 - x) * (east.0 - x) + (east.1 - y) * (east.1 - y)).sqrt();
        let true_length = clarke.degree_lengths(35.0).0 * 1e-4;
        near(albers.stretch_at((x, y)), drawn / true_length, 1e-7);
    }

    #[test]
    fn a_degree_is_as_long_as_it_is() {
        let (east, north) = WGS84.degree_lengths(0.0);
        near(east, 111_319.491, 0.001);
        near(north, 110_574.276, 0.001);
        near(WGS84.degree_lengths(45.0).1, 111_131.777, 0.001);
    }

    #[test]
    fn the_standard_parallels_of_china_are_true() {
        let origin = LonLat {
            longitude: 105.0,
            latitude: 36.0,
        };
        let projection = Projection::of_china(origin);
        for latitude in [25.0, 47.0] {
            let spot = projection.forward(LonLat {
                longitude: 121.0,
                latitude,
            });
            near(projection.stretch_at(spot), 1.0, 1e-9);
            near(projection.latitude_at(spot), latitude, 1e-9);
        }
    }

    #[test]
    fn the_local_projection_is_true_at_its_centre() {
        let centre = LonLat {
            longitude: 120.36,
            latitude: 31.49,
        };
        let local = Local::new(WGS84, centre);
        let (east, north) = local.forward(LonLat {
            longitude: 120.37,
            latitude: 31.50,
        });
        near(east, 949.9, 0.5);
        near(north, 1_108.7, 0.5);
    }

    #[test]
    fn what_is_no_place_is_not_on_earth() {
        for (longitude, latitude) in [(f64::NAN, 0.0), (0.0, f64::INFINITY), (31.0, 120.0)] {
            let position = LonLat { longitude, latitude };
            assert!(!position.is_on_earth());
        }
    }
}
