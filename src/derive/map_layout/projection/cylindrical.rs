//! The projections of pictures that a site supplies as a base map.
//!
//! Both are spherical, on the radius of the equator, because the pictures are: what the web calls
//! Mercator (EPSG:3857) and an even grid of degrees (EPSG:4326 as a picture). Snyder 1987: Mercator,
//! equations 7-1, 7-2a and 7-3 (pages 41 to 44, numerical example on page 266); the equidistant
//! cylindrical projection with the equator as its standard parallel, which is called plate carrée,
//! equations 12-1 and 12-2 (page 91). What they show too long is measured against the ellipsoid.

use super::{LonLat, WGS84};
use crate::trigonometry::{logarithm, radians, sine};

/// Nearer to the poles than this Mercator's sheet would have no end.
const STEEPEST: f64 = 89.0;

/// Mercator's projection of a sphere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mercator {
    /// The radius of the sphere, in metres.
    pub radius: f64,
    /// The place that has no metres, east or north.
    pub origin: LonLat,
}

impl Mercator {
    /// The projection that the maps on the web have.
    #[must_use]
    pub fn new(origin: LonLat) -> Self {
        Self {
            radius: WGS84.radius,
            origin,
        }
    }

    /// Metres east and north of the origin (7-1 and 7-2a).
    #[must_use]
    pub fn forward(&self, position: LonLat) -> (f64, f64) {
        (
            self.radius * radians(position.longitude - self.origin.longitude),
            self.radius * (height(position.latitude) - height(self.origin.latitude)),
        )
    }

    /// The latitude of a place given in metres, by halving, as `Ellipsoid::latitude_of` does it.
    pub(super) fn latitude_at(&self, (_, y): (f64, f64)) -> f64 {
        let wanted = y / self.radius + height(self.origin.latitude);
        let (mut south, mut north) = (-STEEPEST, STEEPEST);
        for _ in 0..60 {
            let middle = f64::midpoint(south, north);
            if height(middle) < wanted {
                south = middle;
            } else {
                north = middle;
            }
        }
        f64::midpoint(south, north)
    }

    /// How many times too long a line from west to east is drawn (7-3, against the ellipsoid).
    pub(super) fn stretch_at(&self, spot: (f64, f64)) -> f64 {
        1.0 / WGS84.parallel(self.latitude_at(spot))
    }
}

/// The distance of a parallel from the equator on a sphere of radius 1 (7-2a).
fn height(latitude: f64) -> f64 {
    let s = sine(radians(latitude.clamp(-STEEPEST, STEEPEST)));
    0.5 * logarithm((1.0 + s) / (1.0 - s))
}

/// Longitude and latitude as they are, a degree of either as long as one of the equator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlateCarree {
    /// The radius of the sphere, in metres.
    pub radius: f64,
    /// The place that has no metres, east or north.
    pub origin: LonLat,
}

impl PlateCarree {
    /// The projection of an even grid of degrees.
    #[must_use]
    pub fn new(origin: LonLat) -> Self {
        Self {
            radius: WGS84.radius,
            origin,
        }
    }

    /// Metres east and north of the origin (12-1 and 12-2).
    #[must_use]
    pub fn forward(&self, position: LonLat) -> (f64, f64) {
        (
            self.radius * radians(position.longitude - self.origin.longitude),
            self.radius * radians(position.latitude - self.origin.latitude),
        )
    }

    /// The latitude of a place given in metres (12-3).
    pub(super) fn latitude_at(&self, (_, y): (f64, f64)) -> f64 {
        self.origin.latitude + y / (self.radius * radians(1.0))
    }

    /// How many times too long a line from west to east is drawn, against the ellipsoid.
    pub(super) fn stretch_at(&self, spot: (f64, f64)) -> f64 {
        1.0 / WGS84.parallel(self.latitude_at(spot).clamp(-STEEPEST, STEEPEST))
    }
}

#[cfg(test)]
mod tests {
    use super::{LonLat, Mercator, PlateCarree, WGS84};
    use crate::derive::map_layout::projection::Projection;

    fn near(left: f64, right: f64, within: f64) {
        assert!((left - right).abs() <= within, "{left} is not {right}");
    }

    /// Page 266: R = 1, central meridian 180° west, the place 35° north and 75° west.
    #[test]
    fn snyders_example_of_mercator_on_the_sphere() {
        let mercator = Mercator {
            radius: 1.0,
            origin: LonLat {
                longitude: -180.0,
                latitude: 0.0,
            },
        };
        let (x, y) = mercator.forward(LonLat {
            longitude: -75.0,
            latitude: 35.0,
        });
        near(x, 1.832_595_7, 5e-8);
        near(y, 0.652_836_6, 5e-8);
        near(mercator.latitude_at((x, y)), 35.0, 1e-12);
        // His k is that of the sphere, 1.2207746; ours is measured against the ellipsoid.
        let k = mercator.stretch_at((x, y)) * WGS84.parallel(35.0) / crate::trigonometry::cosine(35_f64.to_radians());
        near(k, 1.220_774_6, 5e-8);
    }

    #[test]
    fn the_webs_square_world_is_as_high_as_it_is_wide() {
        let mercator = Mercator::new(LonLat {
            longitude: 0.0,
            latitude: 0.0,
        });
        let (x, y) = mercator.forward(LonLat {
            longitude: 180.0,
            latitude: 85.051_128_779_806_6,
        });
        near(x, 20_037_508.342_789, 1e-5);
        near(y, x, 1e-5);
    }

    #[test]
    fn plate_carree_is_an_even_grid() {
        let origin = LonLat {
            longitude: 120.0,
            latitude: 30.0,
        };
        let plate = PlateCarree::new(origin);
        let (x, y) = plate.forward(LonLat {
            longitude: 121.0,
            latitude: 31.0,
        });
        near(x, 111_319.490_793, 1e-5);
        near(y, x, 1e-9);
        near(plate.latitude_at((x, y)), 31.0, 1e-12);
        near(plate.forward(origin).0, 0.0, 0.0);
    }

    #[test]
    fn a_line_is_drawn_as_much_too_long_as_is_said() {
        let origin = LonLat {
            longitude: 112.0,
            latitude: 30.0,
        };
        let place = LonLat {
            longitude: 120.0,
            latitude: 41.0,
        };
        for projection in [
            Projection::Mercator(Mercator::new(origin)),
            Projection::PlateCarree(PlateCarree::new(origin)),
        ] {
            let spot = projection.forward(place);
            let east = projection.forward(LonLat {
                longitude: 120.001,
                ..place
            });
            let true_length = WGS84.degree_lengths(41.0).0 * 0.001;
            near(projection.stretch_at(spot), (east.0 - spot.0) / true_length, 1e-7);
            near(projection.latitude_at(spot), 41.0, 1e-9);
            assert_eq!(projection.north_at(spot), (0.0, 1.0));
        }
    }

    #[test]
    fn the_poles_stay_on_the_paper() {
        let mercator = Mercator::new(LonLat {
            longitude: 0.0,
            latitude: 0.0,
        });
        for latitude in [90.0, -90.0, 1e9] {
            let (_, y) = mercator.forward(LonLat {
                longitude: 0.0,
                latitude,
            });
            assert!(y.is_finite());
        }
    }
}
