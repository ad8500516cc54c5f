//! A base map as what is drawn below the points of a sheet: paths in the sheet's pixels, or a
//! picture and its place.
//!
//! Vector data goes through these steps, each pure and in a file of its own:
//!
//! ```text
//! degrees ─► WGS-84 ─► clipped to China and around ─► sheet ─► clipped to the sheet ─┬─► simplified ─► path
//!                                                                                      └─► simplified ─► path at 8×
//! ```
//!
//! Nothing of a file is published but these paths: what a screen cannot show is not in them.

pub mod clip;
pub mod path;
pub mod picture;
pub mod simplify;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::map_layout::LonLat;
use crate::coordinates::{CoordinateSystem, Position, convert};
use crate::kind::BaseMap;
use crate::read::Library;
use crate::read::base_maps::Owner;
use crate::read::geojson::{Geometry, Shape, ShapeKind};
use clip::Rectangle;
use path::PathWriter;
pub use picture::{BaseImage, PictureFrame, picture_frame};

/// Pixels.
pub type Spot = (f64, f64);

/// How far beyond the sheet its base map is drawn, in pixels: readers may drag the sheet a little
/// beyond its edge.
const MARGIN: f64 = 64.0;
/// How far a simplified line may lie from what was drawn, in pixels. Below half a pixel a screen
/// shows no difference.
const TOLERANCE: f64 = 0.4;
/// Smaller areas are not drawn, in square pixels.
const LEAST_AREA: f64 = 0.5;
/// How much larger the second drawing is than the first.
pub const NEAR: f64 = 8.0;
/// What lies farther from China than this no sheet shows; conic projections are no good there.
const SURROUNDINGS: Rectangle = Rectangle {
    left: 50.0,
    top: -10.0,
    right: 160.0,
    bottom: 70.0,
};
/// A line of few positions may have long edges, which are straight in degrees (RFC 7946, 3.1.1)
/// and bent on the sheet; they are given a position every so many degrees.
const LONGEST_EDGE: f64 = 1.0;
/// Lines of more positions than this have no long edges worth bending.
const MOST_BENT: usize = 64;

/// The base map of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct BaseLayer {
    /// What is seen at the sheet's own size.
    pub drawing: Drawing,
    /// What is seen from nearer.
    pub near: Drawing,
    /// The picture, if the base map is one; the drawings are empty then.
    pub image: Option<BaseImage>,
    /// 审图号, as it was written.
    pub approval: String,
    /// Where the base map comes from.
    pub source: String,
}

/// Paths by kind, the lowest first; areas lie below lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawing {
    /// How much larger than the sheet's pixels the paths' are: they are drawn with
    /// `transform="scale(1/factor)"`.
    pub factor: f64,
    /// To be filled by the rule `nonzero`, which is what SVG does unasked: outer rings run
    /// counter-clockwise, holes clockwise.
    pub areas: Vec<KindPath>,
    /// To be stroked.
    pub lines: Vec<KindPath>,
}

/// All areas or all lines of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct KindPath {
    /// What they are; its name is the class.
    pub kind: ShapeKind,
    /// The `d` of an SVG path: pixels with one decimal.
    pub path: String,
}

/// The sheet that a base map is drawn on.
pub struct Canvas<'a> {
    /// From degrees in WGS-84 to pixels.
    pub place: &'a (dyn Fn(LonLat) -> Spot + Sync),
    /// The width of the sheet.
    pub width: f64,
    /// The height of the sheet.
    pub height: f64,
}

/// The base map of an owner on a sheet; none where there is none. A picture can only be placed on
/// a sheet that has the picture's projection: see [`picture_frame`].
pub fn base_layer(library: &Library, owner: Owner, canvas: &Canvas<'_>) -> Option<BaseLayer> {
    let supplied = library.base_map(owner)?;
    let base_map = supplied.base_map;
    let path = supplied.path()?;
    let (drawing, near, image) = if let Some(geojson) = library.geojson.get(&path) {
        let (drawing, near) = drawings(&geojson.shapes, base_map.crs, canvas);
        (drawing, near, None)
    } else {
        let image = picture::placed(base_map, path, canvas)?;
        (Drawing::empty(1.0), Drawing::empty(NEAR), Some(image))
    };
    let BaseMap { approval, source, .. } = base_map;
    Some(BaseLayer {
        drawing,
        near,
        image,
        approval: approval.trim().to_owned(),
        source: source.clone(),
    })
}

/// Shapes as drawn at the sheet's own size, and from nearer.
pub fn drawings(shapes: &[Shape], system: CoordinateSystem, canvas: &Canvas<'_>) -> (Drawing, Drawing) {
    let drawn: Vec<OnSheet> = shapes.par_iter().map(|shape| on_sheet(shape, system, canvas)).collect();
    (Drawing::of(&drawn, 1.0), Drawing::of(&drawn, NEAR))
}

/// A shape in pixels, clipped.
#[derive(Debug, Clone)]
struct OnSheet {
    kind: ShapeKind,
    /// The rings of an area, the outer one first.
    rings: Vec<Vec<Spot>>,
    lines: Vec<Vec<Spot>>,
}

fn on_sheet(shape: &Shape, system: CoordinateSystem, canvas: &Canvas<'_>) -> OnSheet {
    let sheet = Rectangle {
        left: -MARGIN,
        top: -MARGIN,
        right: canvas.width + MARGIN,
        bottom: canvas.height + MARGIN,
    };
    let mut result = OnSheet {
        kind: shape.kind,
        rings: Vec::new(),
        lines: Vec::new(),
    };
    let degrees = |positions: &[Position]| in_degrees(positions, system);
    let pixels = |spots: Vec<Spot>| -> Vec<Spot> {
        let positions = spots
            .into_iter()
            .map(|(longitude, latitude)| LonLat { longitude, latitude });
        positions.map(canvas.place).filter(|spot| is_finite(*spot)).collect()
    };
    let mut line = |spots: Vec<Spot>| {
        for piece in clip::line(&spots, SURROUNDINGS) {
            result.lines.extend(clip::line(&pixels(bent(piece)), sheet));
        }
    };
    match &shape.geometry {
        Geometry::Line(positions) => line(degrees(positions)),
        // A boundary is a line also where it closes; filled and clipped it would run along the edge.
        Geometry::Area(rings) if shape.kind == ShapeKind::Boundary => {
            for ring in rings {
                line(closed(degrees(ring)));
            }
        }
        Geometry::Area(rings) => {
            for (index, ring) in rings.iter().enumerate() {
                let ring = clip::ring(degrees(ring), SURROUNDINGS);
                let ring = clip::ring(pixels(bent(closed(ring))), sheet);
                if ring.is_empty() && index == 0 {
                    break;
                }
                result.rings.push(ring);
            }
        }
    }
    result
}

fn is_finite((x, y): Spot) -> bool {
    x.is_finite() && y.is_finite()
}

fn in_degrees(positions: &[Position], system: CoordinateSystem) -> Vec<Spot> {
    let positions = positions
        .iter()
        .map(|position| convert(*position, system, CoordinateSystem::Wgs84));
    positions
        .map(|position| (position.longitude, position.latitude))
        .collect()
}

fn closed(mut ring: Vec<Spot>) -> Vec<Spot> {
    ring.extend(ring.first().copied());
    ring
}

/// A line of degrees with positions on its long edges.
fn bent(line: Vec<Spot>) -> Vec<Spot> {
    if line.len() > MOST_BENT {
        return line;
    }
    let mut bent: Vec<Spot> = Vec::with_capacity(line.len());
    for (x, y) in line {
        if let Some((from_x, from_y)) = bent.last().copied() {
            let length = (x - from_x).abs().max((y - from_y).abs());
            let mut part = LONGEST_EDGE;
            while part < length {
                let share = part / length;
                bent.push((from_x + (x - from_x) * share, from_y + (y - from_y) * share));
                part += LONGEST_EDGE;
            }
        }
        bent.push((x, y));
    }
    bent
}

impl Drawing {
    fn empty(factor: f64) -> Self {
        Self {
            factor,
            ..Self::default()
        }
    }

    fn of(shapes: &[OnSheet], factor: f64) -> Self {
        let mut areas: BTreeMap<ShapeKind, PathWriter> = BTreeMap::new();
        let mut lines: BTreeMap<ShapeKind, PathWriter> = BTreeMap::new();
        let tolerance = TOLERANCE / factor;
        let simplified: Vec<OnSheet> = shapes
            .par_iter()
            .map(|shape| shape.simplified(tolerance, LEAST_AREA / (factor * factor)))
            .collect();
        for shape in simplified {
            for ring in &shape.rings {
                areas.entry(shape.kind).or_default().ring(ring, factor);
            }
            for line in &shape.lines {
                lines.entry(shape.kind).or_default().line(line, factor);
            }
        }
        Self {
            factor,
            areas: paths(areas),
            lines: paths(lines),
        }
    }
}

impl OnSheet {
    fn simplified(&self, tolerance: f64, least_area: f64) -> Self {
        let mut rings = Vec::with_capacity(self.rings.len());
        for (index, ring) in self.rings.iter().enumerate() {
            let mut ring = simplify::ring(ring, tolerance);
            if simplify::area(&ring) >= least_area {
                // Outer rings run one way round and holes the other, so that areas of one kind which
                // overlap in one path add up instead of cutting holes into each other.
                let is_hole = index > 0;
                if (simplify::signed_area(&ring) > 0.0) != is_hole {
                    ring.reverse();
                }
                rings.push(ring);
            } else if index == 0 {
                // Holes of an area that is not there.
                break;
            }
        }
        let lines = self.lines.iter().map(|line| simplify::line(line, tolerance));
        Self {
            kind: self.kind,
            rings,
            lines: lines.filter(|line| line.len() > 1).collect(),
        }
    }
}

fn paths(writers: BTreeMap<ShapeKind, PathWriter>) -> Vec<KindPath> {
    let paths = writers.into_iter().map(|(kind, writer)| KindPath {
        kind,
        path: writer.finish(),
    });
    paths.filter(|path| !path.path.is_empty()).collect()
}

#[cfg(test)]
mod tests;
