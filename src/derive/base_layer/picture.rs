//! A picture as base map: the sheet takes over the picture's projection.

use super::super::map_layout::projection::{Local, Mercator, PlateCarree, Projection, WGS84};
use super::super::map_layout::{FittedProjection, LonLat};
use super::{Canvas, Spot};
use crate::coordinates::{CoordinateSystem, Position, convert};
use crate::kind::BaseMap;
use crate::kind::base_map::{Bounds, ImageProjection};
use crate::pictures;
use crate::read::Library;
use crate::read::base_maps::Owner;

/// A picture on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct BaseImage {
    /// Its path below `content/`.
    pub path: String,
    /// The left edge, in pixels of the sheet.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// The width. The picture is stretched to it.
    pub width: f64,
    /// The height. The picture is stretched to it.
    pub height: f64,
}

/// The sheet that a picture fills.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PictureFrame {
    /// The picture's projection, fitted to the sheet.
    pub projection: FittedProjection,
    /// The width of the sheet.
    pub width: f64,
    /// The height of the sheet.
    pub height: f64,
}

/// The sheet of a base map that is a picture, as large as fits into a size; none for vector data,
/// which any sheet takes.
pub fn picture_frame(library: &Library, owner: Owner, (widest, tallest): (f64, f64)) -> Option<PictureFrame> {
    let supplied = library.base_map(owner)?;
    let facts = pictures::inspect(&library.files.get(&supplied.path()?)?.bytes).ok()?;
    let bounds = wgs84_bounds(supplied.base_map)?;
    let projection = projection(
        &bounds,
        supplied.base_map.projection,
        f64::from(facts.width) / f64::from(facts.height),
    );
    let (left, low) = projection.forward(corner(bounds.west, bounds.south));
    let (right, high) = projection.forward(corner(bounds.east, bounds.north));
    let scale = (widest / (right - left)).min(tallest / (high - low));
    Some(PictureFrame {
        projection: FittedProjection {
            projection,
            scale,
            origin: (-left * scale, high * scale),
        },
        width: (right - left) * scale,
        height: (high - low) * scale,
    })
}

/// A picture's place on a sheet that has its projection.
pub(super) fn placed(base_map: &BaseMap, path: String, canvas: &Canvas<'_>) -> Option<BaseImage> {
    let bounds = wgs84_bounds(base_map)?;
    let (x, y): Spot = (canvas.place)(corner(bounds.west, bounds.north));
    let (right, bottom) = (canvas.place)(corner(bounds.east, bounds.south));
    Some(BaseImage {
        path,
        x,
        y,
        width: right - x,
        height: bottom - y,
    })
}

/// The projection of a picture with these edges and this width for its height. An even grid whose
/// degrees are as long as they are on the ground at the picture's middle is a local projection.
fn projection(bounds: &Bounds, written: ImageProjection, proportion: f64) -> Projection {
    let middle = bounds.middle();
    let middle = corner(middle.longitude, middle.latitude);
    match written {
        ImageProjection::Mercator => Projection::Mercator(Mercator::new(middle)),
        ImageProjection::PlateCarree => {
            let even = (bounds.east - bounds.west) / (bounds.north - bounds.south);
            let local = Local::new(WGS84, middle);
            let on_ground = even * local.east_degree / local.north_degree;
            if (proportion - on_ground).abs() < (proportion - even).abs() {
                Projection::Local(local)
            } else {
                Projection::PlateCarree(PlateCarree::new(middle))
            }
        }
    }
}

/// The edges in WGS-84: the mean of what both corners of an edge give. What is left of the shift
/// within one picture is less than what its pixels show: 13 metres over a third of a degree.
fn wgs84_bounds(base_map: &BaseMap) -> Option<Bounds> {
    let Bounds {
        west,
        south,
        east,
        north,
    } = base_map.bounds.filter(Bounds::is_in_order)?;
    let at = |longitude, latitude| {
        let position = Position::new(longitude, latitude);
        convert(position, base_map.crs, CoordinateSystem::Wgs84)
    };
    let (south_west, south_east) = (at(west, south), at(east, south));
    let (north_west, north_east) = (at(west, north), at(east, north));
    let bounds = Bounds {
        west: f64::midpoint(south_west.longitude, north_west.longitude),
        south: f64::midpoint(south_west.latitude, south_east.latitude),
        east: f64::midpoint(south_east.longitude, north_east.longitude),
        north: f64::midpoint(north_west.latitude, north_east.latitude),
    };
    Some(bounds).filter(Bounds::is_in_order)
}

fn corner(longitude: f64, latitude: f64) -> LonLat {
    LonLat { longitude, latitude }
}
