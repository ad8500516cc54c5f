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
//! A map with levels of zoom is laid out by [`levels`]: the same points once a level, everything in
//! its place, scaled, with clusters that nest ([`tree`]) and more labels the nearer one comes.

mod clusters;
mod fit;
mod furniture;
mod graticule;
mod labels;
pub mod levels;
mod names;
mod obstacles;
pub mod projection;
pub mod text;
pub mod tree;

pub use clusters::fan_offsets;
pub use fit::FittedProjection;
pub use furniture::{NorthArrow, ScaleBar};
pub use graticule::GraticuleLine;
pub use obstacles::Area;
pub use projection::LonLat;

use obstacles::{Obstacles, Shape};
use text::label_lines;

/// A point of the map, as its writer gave it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub enum NameRank {
    /// A province or region: large, faint and wide-set, behind the points.
    Province,
    /// A city: small and plain, beside the points.
    City,
}

/// The name of a place that has points.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct PlaceName {
    /// The name as it is set.
    pub name: String,
    /// How large it is set.
    pub rank: NameRank,
    /// Where it belongs, such as the mean of its points.
    pub position: LonLat,
}

/// The size of a sheet in pixels.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
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

/// What is drawn for a point, or for several in one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// The most important of its points, as a number into the points given.
    pub index: usize,
    /// How many points it stands for.
    pub count: usize,
    /// Its middle.
    pub x: f64,
    /// Its middle.
    pub y: f64,
    /// Its radius.
    pub radius: f64,
    /// The label, where there was room for one.
    pub label: Option<DrawnLabel>,
}

/// A point, or several that would overlap and are drawn as one.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnPoint {
    /// All that is drawn here, the most important first. One member is a point, more are a cluster.
    pub members: Vec<usize>,
    /// Where and how.
    pub dot: Dot,
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
    /// The scale, true from west to east in the middle of the sheet; a plan has none.
    pub scale_bar: Option<ScaleBar>,
    /// Where north is, true at the place of the arrow; a plan has none.
    pub north: Option<NorthArrow>,
    /// The way from degrees to the sheet, for what is drawn later; a plan has none.
    pub projection: Option<FittedProjection>,
}

/// Lays out a sheet. The same input gives the same sheet on every platform, whatever the order of
/// the points; an empty input gives an empty sheet of China's middle.
#[must_use]
pub fn lay_out(points: &[MapPoint], places: &[PlaceName], size: SheetSize) -> MapSheet {
    let size = size.usable();
    let (on_earth, unplaced) = placed(points);
    let projection = FittedProjection::around(&positions_of(&on_earth, points), size);
    let spots = on_earth
        .iter()
        .map(|&index| (index, projection.place(points[index].position)));
    let (members, mut dots) = clusters::merge(spots, size);
    let paper = Paper::of(projection, size);
    let names = set_text(&mut dots, places, (&paper, &|_, dot| label_of_many(dot, points)));
    paper.finished((members, dots), unplaced, names)
}

/// The points that have a position on earth, the most important first, and those that have none.
fn placed(points: &[MapPoint]) -> (Vec<usize>, Vec<usize>) {
    by_importance(points)
        .into_iter()
        .partition(|&index| points[index].position.is_on_earth())
}

fn positions_of(on_earth: &[usize], points: &[MapPoint]) -> Vec<LonLat> {
    on_earth.iter().map(|&index| points[index].position).collect()
}

/// What the label of a dot says on a small sheet: the most important point, and how many there are.
fn label_of_many(dot: &Dot, points: &[MapPoint]) -> Vec<String> {
    let title = points.get(dot.index).map_or("", |point| point.title.trim());
    match dot.count {
        0 | 1 => label_lines(title),
        _ if title.is_empty() => Vec::new(),
        count => label_lines(&format!("{title} 等 {count} 处")),
    }
}

/// A sheet before anything is set on it: its projection, its frame and what stands at its edges.
struct Paper {
    projection: Option<FittedProjection>,
    size: SheetSize,
    scale_bar: Option<ScaleBar>,
    north: Option<NorthArrow>,
    meridians: Vec<GraticuleLine>,
    parallels: Vec<GraticuleLine>,
    /// What the furniture takes up, where nothing else may stand.
    furniture: Vec<Area>,
}

impl Paper {
    fn of(projection: FittedProjection, size: SheetSize) -> Self {
        let scale_bar = furniture::scale_bar(&projection, size);
        let north = furniture::north_arrow(&projection, &scale_bar, size);
        let (meridians, parallels) = graticule::lines(&projection, size);
        let lines = meridians.iter().chain(&parallels);
        let labelled = lines.filter(|line| line.labelled).map(|line| line.area);
        let furniture = labelled.chain([furniture::area(size)]).collect();
        Self {
            projection: Some(projection),
            size,
            scale_bar: Some(scale_bar),
            north: Some(north),
            meridians,
            parallels,
            furniture,
        }
    }

    /// A sheet with nothing at its edges, for a plan or a level that is seen through a window.
    fn bare(projection: Option<FittedProjection>, size: SheetSize) -> Self {
        Self {
            projection,
            size,
            scale_bar: None,
            north: None,
            meridians: Vec::new(),
            parallels: Vec::new(),
            furniture: Vec::new(),
        }
    }

    fn finished(
        self,
        (members, dots): (Vec<Vec<usize>>, Vec<Dot>),
        unplaced: Vec<usize>,
        names: Vec<DrawnName>,
    ) -> MapSheet {
        let points = members.into_iter().zip(dots);
        MapSheet {
            width: self.size.width,
            height: self.size.height,
            points: points.map(|(members, dot)| DrawnPoint { members, dot }).collect(),
            unplaced,
            names,
            meridians: self.meridians,
            parallels: self.parallels,
            scale_bar: self.scale_bar,
            north: self.north,
            projection: self.projection,
        }
    }
}

/// What the label of a dot says, in lines; none for no label. Given its number and itself.
type LabelText<'a> = &'a dyn Fn(usize, &Dot) -> Vec<String>;

/// Sets the texts in the order of their claim to room: cities, labels, provinces. Returns the
/// names; the labels go to their dots.
fn set_text(dots: &mut [Dot], places: &[PlaceName], (paper, label): (&Paper, LabelText<'_>)) -> Vec<DrawnName> {
    let size = paper.size;
    let mut taken = Obstacles::default();
    for dot in dots.iter() {
        taken.add(Shape::Disc((dot.x, dot.y), dot.radius + 1.0));
    }
    for &area in &paper.furniture {
        taken.add(Shape::Area(area));
    }
    let cities = names::anchors(places, NameRank::City, (paper.projection.as_ref(), &*dots));
    let provinces = names::anchors(places, NameRank::Province, (paper.projection.as_ref(), &*dots));
    let is_province = |text: &str| provinces.iter().any(|other| other.text == text);
    let mut small = names::cities::set(&cities, dots, (size, &mut taken), is_province);
    labels::place(dots, label, (size, &mut taken));
    let mut blocked = paper.furniture.clone();
    blocked.extend(small.iter().map(|name| name.area));
    let mut names = names::provinces::set(&provinces, dots, &blocked, size);
    for name in &names {
        taken.add(Shape::Area(name.area));
    }
    // A municipality whose large name found no room is set like a city after all.
    let is_set = |text: &str| !is_province(text) || names.iter().any(|name| name.text == text);
    small.extend(names::cities::set(&cities, dots, (size, &mut taken), is_set));
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
