//! From metres to the sheet: which projection, how large, and where.

use super::SheetSize;
use super::projection::{Local, LonLat, Projection, WGS84};

/// The middle of an empty sheet.
const MIDDLE_OF_CHINA: LonLat = LonLat {
    longitude: 105.0,
    latitude: 35.0,
};
/// Up to so many degrees of latitude, or as much from west to east, a sheet is a city's.
const LOCAL_DEGREES: f64 = 3.0;
/// What a sheet shows from west to east and from south to north at least, in metres, so that one
/// point is shown with what is around it.
const LEAST_EXTENT: f64 = 6_000.0;

/// The way from degrees to a sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FittedProjection {
    /// From degrees to metres.
    pub projection: Projection,
    /// Pixels for a metre.
    pub scale: f64,
    /// The place on the sheet where the projection has its origin.
    pub origin: (f64, f64),
}

impl FittedProjection {
    /// The projection in which the given places, all of them on earth, fill a sheet.
    #[must_use]
    pub(super) fn around(positions: &[LonLat], size: SheetSize) -> Self {
        let bounds = bounds(positions.iter().map(|at| (at.longitude, at.latitude)));
        let (west, south, east, north) = bounds.unwrap_or((
            MIDDLE_OF_CHINA.longitude,
            MIDDLE_OF_CHINA.latitude,
            MIDDLE_OF_CHINA.longitude,
            MIDDLE_OF_CHINA.latitude,
        ));
        let middle = LonLat {
            longitude: f64::midpoint(west, east),
            latitude: f64::midpoint(south, north),
        };
        let narrow = (east - west) * WGS84.parallel(middle.latitude) <= LOCAL_DEGREES;
        let projection = if narrow && north - south <= LOCAL_DEGREES {
            Projection::Local(Local::new(WGS84, middle))
        } else {
            Projection::of_china(LonLat {
                longitude: middle.longitude.round(),
                latitude: middle.latitude.round(),
            })
        };
        let metres = positions.iter().map(|&position| projection.forward(position));
        let (left, low, right, high) = self::bounds(metres).unwrap_or((0.0, 0.0, 0.0, 0.0));
        let wide = (right - left).max(LEAST_EXTENT);
        let tall = (high - low).max(LEAST_EXTENT);
        let scale = ((size.width - 2.0 * size.margin) / wide).min((size.height - 2.0 * size.margin) / tall);
        Self {
            projection,
            scale,
            origin: (
                size.width / 2.0 - f64::midpoint(left, right) * scale,
                size.height / 2.0 + f64::midpoint(low, high) * scale,
            ),
        }
    }

    /// The place of a position on the sheet.
    #[must_use]
    pub fn place(&self, position: LonLat) -> (f64, f64) {
        let (x, y) = self.projection.forward(position);
        (self.origin.0 + x * self.scale, self.origin.1 - y * self.scale)
    }

    /// The metres of the projection at a place on the sheet.
    #[must_use]
    pub fn metres_at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        ((x - self.origin.0) / self.scale, (self.origin.1 - y) / self.scale)
    }
}

/// The least and the greatest of both coordinates; none of nothing.
fn bounds(spots: impl Iterator<Item = (f64, f64)>) -> Option<(f64, f64, f64, f64)> {
    spots.fold(None, |bounds, (x, y)| {
        let (left, low, right, high) = bounds.unwrap_or((x, y, x, y));
        Some((left.min(x), low.min(y), right.max(x), high.max(y)))
    })
}
