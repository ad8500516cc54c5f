//! Views of drawn maps and of the lists that hold the same data.

#![expect(
    missing_docs,
    reason = "the field's name is the word that templates write; what needs saying is said"
)]

use std::sync::Arc;

use serde::Serialize;

use super::base_layer::{BaseLayerView, SheetImageView};
use super::{Card, LinkView};

/// One drawn sheet; all numbers are SVG user units, already rounded to one decimal and written as text.
#[derive(Debug, Clone, Serialize)]
pub struct MapSheetView {
    pub width: String,
    pub height: String,
    pub points: Vec<MapPointView>,
    /// Names of provinces and cities, set behind the points.
    pub names: Vec<MapNameView>,
    /// Polylines of the graticule.
    pub meridians: Vec<GraticuleView>,
    pub parallels: Vec<GraticuleView>,
    pub scale: Option<ScaleView>,
    /// The line through the stops of a route, as the value of `points` of a `<polyline>`.
    pub route: Option<String>,
    /// What the points stand on, with its official number.
    pub base: Option<BaseLayerView>,
    /// The plan that the points stand on.
    pub plan: Option<PlanImageView>,
}

/// The picture of a plan, which fills its sheet.
#[derive(Debug, Clone, Serialize)]
pub struct PlanImageView {
    pub image: SheetImageView,
    /// What it shows.
    pub alt: String,
}

/// A point, or several that fall on one place.
#[derive(Debug, Clone, Serialize)]
pub struct MapPointView {
    /// Slugs, separated by spaces, for `data-point`.
    pub slugs: String,
    /// Where it leads: the point's page; for several, the list (`map.html#…`).
    pub path: String,
    /// The point's name, or 「N 处：…」.
    pub title: String,
    pub x: String,
    pub y: String,
    pub radius: String,
    /// More than 1 for several points on one place.
    pub count: usize,
    /// The number of the stop on a route; `1–3` for several stops on one place.
    pub number: Option<String>,
    /// Whether this is the entry whose page shows the sheet.
    pub current: bool,
    pub label: Option<MapLabelView>,
}

/// A name beside a point.
#[derive(Debug, Clone, Serialize)]
pub struct MapLabelView {
    /// The whole name.
    pub text: String,
    /// The name in the lines in which it is set, one or two; a line is 17 units high.
    pub lines: Vec<String>,
    /// Where the lines start, have their middle or end.
    pub x: String,
    /// The base line of the first line.
    pub y: String,
    /// `start`, `middle`, `end`.
    pub anchor: &'static str,
    /// From the point to the name where they are apart: x1 y1 x2 y2.
    pub leader: Option<(String, String, String, String)>,
}

/// The name of a province or city, as orientation.
#[derive(Debug, Clone, Serialize)]
pub struct MapNameView {
    pub text: String,
    pub x: String,
    pub y: String,
    pub size: String,
    pub spacing: String,
    /// `province` or `city`.
    pub rank: &'static str,
}

/// One line of the graticule with the degrees at its end.
#[derive(Debug, Clone, Serialize)]
pub struct GraticuleView {
    /// The value of `points` of a `<polyline>`.
    pub line: String,
    pub label: String,
    pub x: String,
    pub y: String,
}

/// The scale bar.
#[derive(Debug, Clone, Serialize)]
pub struct ScaleView {
    /// The left end of the bar.
    pub x: String,
    pub y: String,
    pub pixels: String,
    pub text: String,
    /// The north arrow: the foot and the tip, x1 y1 x2 y2.
    pub north: (String, String, String, String),
}

/// The map's page; in templates `map`.
#[derive(Debug, Clone, Serialize)]
pub struct MapView {
    pub title: String,
    pub description: Option<String>,
    /// The file that the map's script loads first.
    pub data: String,
    pub sheet: Option<MapSheetView>,
    /// All sheets of the map, the one with everything first.
    pub sheets: Vec<SheetLinkView>,
    pub provinces: Vec<ProvinceView>,
    pub total: usize,
    pub park_count: usize,
    pub city_count: usize,
    pub routes: Vec<Arc<Card>>,
    /// `GeoJSON`, CSV, KML, GPX.
    pub downloads: Vec<LinkView>,
    /// The handbook, plaques, stickers.
    pub prints: Vec<LinkView>,
}

/// A link to a sheet of the map.
#[derive(Debug, Clone, Serialize)]
pub struct SheetLinkView {
    pub title: String,
    pub path: String,
    pub count: usize,
    /// Whether it is this page.
    pub current: bool,
}

/// The points of one province.
#[derive(Debug, Clone, Serialize)]
pub struct ProvinceView {
    pub name: String,
    pub count: usize,
    pub cities: Vec<CityView>,
}

/// The points of one city.
#[derive(Debug, Clone, Serialize)]
pub struct CityView {
    pub name: String,
    pub count: usize,
    /// The page of its own sheet, where it has one.
    pub sheet: Option<String>,
    /// Empty where the points are listed on the city's own page.
    pub parks: Vec<ParkPointsView>,
}

/// The points of one park, or those of a city that belong to none.
#[derive(Debug, Clone, Serialize)]
pub struct ParkPointsView {
    pub name: Option<String>,
    pub path: Option<String>,
    pub points: Vec<ListedPointView>,
}

/// A point in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ListedPointView {
    pub card: Arc<Card>,
    /// Degrees in WGS-84 as text, six decimals; absent for points on a plan only.
    pub longitude: Option<String>,
    pub latitude: Option<String>,
}
