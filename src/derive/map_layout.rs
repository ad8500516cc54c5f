//! The layout of a map sheet: where points, names, degrees and scale stand on the paper.
//!
//! The sheet is typographic. It has no boundary, no coastline and no tile, because the law asks
//! for a review of every map that shows one; what orients the reader are the names of the
//! provinces and cities that have points, set large and faint at their place, and the degrees of
//! a graticule. The layout is data without any markup: `render` turns it into SVG, and the script
//! of the map can be given the same projection.
//!
//! The steps, each in a file of its own: [`projection`] takes degrees to metres, `fit` takes
//! metres to the sheet, `clusters` merges what would overlap, `graticule` and `furniture` draw
//! the frame, `names` sets the names of places and `labels` those of the points, all against
//! `obstacles`, the record of what is taken.
//!
//! For a map with several zoom levels, lay out the same points once a level with
//! [`SheetSize::zoomed`]: everything keeps its place, scaled, and more labels find room.

mod clusters;
mod fit;
mod furniture;
mod graticule;
mod labels;
mod names;
mod obstacles;
pub mod projection;
pub mod text;

pub use clusters::fan_offsets;
pub use fit::FittedProjection;
pub use furniture::{NorthArrow, ScaleBar};
pub use graticule::GraticuleLine;
pub use obstacles::Area;
pub use projection::LonLat;

use obstacles::{Obstacles, Shape};

/// A point of the map, as its writer gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPoint {
    /// The name of its page.
    pub slug: String,
    /// Its title, which the label shows.
    pub title: String,
    /// Its tier by rank: 0 stands highest.
    pub tier_rank: u8,
    /// The writer's weight: the greater, the more important.
    pub weight: i64,
    /// Its position in WGS-84.
    pub position: LonLat,
}

/// How large the name of a place is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameRank {
    /// A province or region: large, faint and wide-set, behind the points.
    Province,
    /// A city: small and plain, beside the points.
    City,
}

/// The name of a place that has points.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceName {
    /// The name as it is set.
    pub name: String,
    /// How large it is set.
    pub rank: NameRank,
    /// Where it belongs, such as the mean of its points.
    pub position: LonLat,
}

/// The size of a sheet in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SheetSize {
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
    /// How far from the edges the points stay.
    pub margin: f64,
}

impl SheetSize {
    /// The same sheet seen from nearer, with all its measures multiplied.
    #[must_use]
    pub fn zoomed(self, factor: f64) -> Self {
        Self {
            width: self.width * factor,
            height: self.height * factor,
            margin: self.margin * factor,
        }
    }

    /// The size with measures that can be drawn on, whatever was asked for.
    fn usable(self) -> Self {
        let side = |asked: f64| {
            if asked.is_finite() {
                asked.clamp(96.0, 200_000.0)
            } else {
                96.0
            }
        };
        let (width, height) = (side(self.width), side(self.height));
        let most = width.min(height) * 0.3;
        // The strip along the lower edge carries the scale; no point may come to lie under it.
        let least = furniture::STRIP_HEIGHT.min(most);
        let margin = if self.margin.is_finite() {
            self.margin.clamp(least, most)
        } else {
            least
        };
        Self { width, height, margin }
    }
}

/// On which side of its place a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextAnchor {
    /// The text starts at its place.
    Start,
    /// The text has its middle at its place.
    Middle,
    /// The text ends at its place.
    End,
}

/// The label of a point.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnLabel {
    /// One or two lines of text.
    pub lines: Vec<String>,
    /// Where the lines start, have their middle or end, as `anchor` says.
    pub x: f64,
    /// The base line of the first line; the others follow at [`text::LINE_HEIGHT`].
    pub y: f64,
    /// On which side of `x` the text stands.
    pub anchor: TextAnchor,
    /// What the text takes up.
    pub area: Area,
    /// A line from the point to a text that stands apart from it: x and y of both ends.
    pub leader: Option<(f64, f64, f64, f64)>,
}

/// A point, or several that would overlap and are drawn as one.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnPoint {
    /// The most important of the members, as a number into the points given.
    pub index: usize,
    /// All that is drawn here, the most important first. One member is a point, more are a cluster.
    pub members: Vec<usize>,
    /// The middle of the dot.
    pub x: f64,
    /// The middle of the dot.
    pub y: f64,
    /// The radius of the dot.
    pub radius: f64,
    /// The label, where there was room for one.
    pub label: Option<DrawnLabel>,
}

/// The name of a place on the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnName {
    /// The name.
    pub text: String,
    /// Where its first letter starts.
    pub x: f64,
    /// Its base line.
    pub y: f64,
    /// The size of its letters.
    pub font_size: f64,
    /// The space after each letter.
    pub letter_spacing: f64,
    /// What kind of name it is.
    pub rank: NameRank,
    /// What the letters take up.
    pub area: Area,
}

/// A laid-out sheet. All measures are pixels, rounded to a tenth.
#[derive(Clone, Debug, PartialEq)]
pub struct MapSheet {
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
    /// The points and clusters, the most important first.
    pub points: Vec<DrawnPoint>,
    /// The points that have no position on earth, as numbers into the points given. The list
    /// beside the map has them all the same.
    pub unplaced: Vec<usize>,
    /// The names of places, provinces first.
    pub names: Vec<DrawnName>,
    /// The lines of equal longitude, labelled at the upper edge.
    pub meridians: Vec<GraticuleLine>,
    /// The lines of equal latitude, labelled at the left edge.
    pub parallels: Vec<GraticuleLine>,
    /// The scale, true from west to east in the middle of the sheet.
    pub scale_bar: ScaleBar,
    /// Where north is, true at the place of the arrow.
    pub north: NorthArrow,
    /// The way from degrees to the sheet, for what is drawn later.
    pub projection: FittedProjection,
}

/// Lays out a sheet. The same input gives the same sheet on every platform, whatever the order of
/// the points; an empty input gives an empty sheet of China's middle.
#[must_use]
pub fn lay_out(points: &[MapPoint], places: &[PlaceName], size: SheetSize) -> MapSheet {
    let size = size.usable();
    let (on_earth, unplaced): (Vec<usize>, Vec<usize>) = by_importance(points)
        .into_iter()
        .partition(|&index| points.get(index).is_some_and(|point| point.position.is_on_earth()));
    let positions: Vec<LonLat> = on_earth
        .iter()
        .filter_map(|&index| points.get(index).map(|point| point.position))
        .collect();
    let projection = FittedProjection::around(&positions, size);
    let spots = on_earth.iter().zip(&positions);
    let mut drawn = clusters::merge(
        spots.map(|(&index, &position)| (index, projection.place(position))),
        size,
    );
    let scale_bar = furniture::scale_bar(&projection, size);
    let north = furniture::north_arrow(&projection, &scale_bar, size);
    let (meridians, parallels) = graticule::lines(&projection, size);

    let lines = meridians.iter().chain(&parallels);
    let labelled = lines.filter(|line| line.labelled).map(|line| line.area);
    let furniture: Vec<Area> = labelled.chain([furniture::area(size)]).collect();
    let names = set_text(&mut drawn, (points, places), (&projection, size, furniture));
    MapSheet {
        width: size.width,
        height: size.height,
        points: drawn,
        unplaced,
        names,
        meridians,
        parallels,
        scale_bar,
        north,
        projection,
    }
}

/// Sets the texts in the order of their claim to room: cities, labels, provinces. Returns the
/// names; the labels go to their dots.
fn set_text(
    drawn: &mut [DrawnPoint],
    (points, places): (&[MapPoint], &[PlaceName]),
    (projection, size, furniture): (&FittedProjection, SheetSize, Vec<Area>),
) -> Vec<DrawnName> {
    let mut taken = Obstacles::new(size);
    for dot in drawn.iter() {
        taken.add(Shape::Disc((dot.x, dot.y), dot.radius + 1.0));
    }
    for &area in &furniture {
        taken.add(Shape::Area(area));
    }
    let cities = names::anchors(places, NameRank::City, (projection, &*drawn));
    let provinces = names::anchors(places, NameRank::Province, (projection, &*drawn));
    let is_province = |text: &str| provinces.iter().any(|other| other.text == text);
    let mut small = names::cities::set(&cities, drawn, (size, &mut taken), is_province);
    labels::place(drawn, points, (size, &mut taken));
    let mut blocked = furniture;
    blocked.extend(small.iter().map(|name| name.area));
    let mut names = names::provinces::set(&provinces, drawn, &blocked, size);
    for name in &names {
        taken.add(Shape::Area(name.area));
    }
    // A municipality whose large name found no room is set like a city after all.
    let is_set = |text: &str| !is_province(text) || names.iter().any(|name| name.text == text);
    small.extend(names::cities::set(&cities, drawn, (size, &mut taken), is_set));
    names.append(&mut small);
    names
}

/// The numbers of all points, the most important first: by weight, then tier, then title, then
/// slug.
fn by_importance(points: &[MapPoint]) -> Vec<usize> {
    let mut order: Vec<(usize, &MapPoint)> = points.iter().enumerate().collect();
    order.sort_by(|(first_index, first), (second_index, second)| {
        second
            .weight
            .cmp(&first.weight)
            .then(first.tier_rank.cmp(&second.tier_rank))
            .then_with(|| first.title.cmp(&second.title))
            .then_with(|| first.slug.cmp(&second.slug))
            .then(first_index.cmp(second_index))
    });
    order.into_iter().map(|(index, _)| index).collect()
}

/// A measure rounded to a tenth of a pixel, never a negative zero.
fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests;
