//! Views of what is printed: the handbook, plaques, stickers.

#![expect(
    missing_docs,
    reason = "the field's name is the word that templates write; what needs saying is said"
)]

use std::sync::Arc;

use serde::Serialize;

use super::entry::{PointView, RouteView, StopView};
use super::{Card, FigureView, LinkView};
use crate::render::key::Prepared;
use crate::render::maps::PreparedSheet;

/// A handbook: of all points, or of a city or park; in templates `handbook`.
#[derive(Debug, Clone, Serialize)]
pub struct HandbookView {
    /// The city or park; absent where it is all points.
    pub place: Option<String>,
    /// The shelf that it stands on; absent where it is all points.
    pub shelf: Option<LinkView>,
    pub total: usize,
    pub park_count: usize,
    pub city_count: usize,
    pub page_count: usize,
    pub map: Option<PreparedSheet>,
    pub map_page: usize,
    /// One item a printed page.
    pub contents: Vec<ContentsPageView>,
    /// In the order of a journey, one a printed page.
    pub points: Vec<HandbookPointView>,
    /// One item a printed page; a long route has several.
    pub routes: Vec<HandbookRouteView>,
}

/// One printed page of the contents.
#[derive(Debug, Clone, Serialize)]
pub struct ContentsPageView {
    pub page: usize,
    pub lines: Vec<ContentsLineView>,
}

/// One line of the contents: a heading, which has no page, or what stands under it.
#[derive(Debug, Clone, Serialize)]
pub struct ContentsLineView {
    pub title: String,
    /// Points have numbers.
    pub number: Option<usize>,
    /// The id on this page.
    pub anchor: Option<String>,
    pub page: Option<usize>,
}

/// One point, which is one printed page.
#[derive(Debug, Clone, Serialize)]
pub struct HandbookPointView {
    pub number: usize,
    pub page: usize,
    /// `江苏 · 无锡 · 无锡高新区`.
    pub place: String,
    pub card: Arc<Card>,
    pub point: PointView,
    /// The beginning of the text, where the summary is not that already.
    pub text: Option<String>,
    /// The first figures of the text, three at most.
    pub figures: Vec<FigureView>,
}

/// One printed page of a route.
#[derive(Debug, Clone, Serialize)]
pub struct HandbookRouteView {
    pub page: usize,
    pub card: Arc<Card>,
    pub route: RouteView,
    /// The stops of this page.
    pub stops: Vec<StopView>,
    /// Whether the route begins on this page.
    pub begins: bool,
}

/// Plaques or stickers of all points, or of a city or park; in templates `plaques`.
#[derive(Debug, Clone, Serialize)]
pub struct PlaquesView {
    /// `a4`, `a5`, `sticker`.
    pub form: &'static str,
    pub shelf: Option<LinkView>,
    pub total: usize,
    /// What stands on one sheet of paper.
    pub sheets: Vec<Vec<PlaqueView>>,
    /// The same in the other forms.
    pub others: Vec<LinkView>,
}

/// One plaque or sticker.
#[derive(Debug, Clone, Serialize)]
pub struct PlaqueView {
    /// The id on the page: `plaque-wuxi-lianmeng`.
    pub id: String,
    pub title: String,
    /// `short`, `middle`, `long`: how large the title can be set.
    pub length: &'static str,
    pub path: String,
    pub category: String,
    pub park: Option<String>,
    /// Without province and city, where the rest says enough.
    pub address: String,
    /// The page's address, which the code carries; absent where the portal's is not known.
    pub page_address: Option<String>,
    /// The code as inline SVG.
    pub qr: Option<Prepared<String, String>>,
}

/// The parts of what is too large for one page; in templates `shelf`.
#[derive(Debug, Clone, Serialize)]
pub struct ShelfView {
    pub total: usize,
    pub items: Vec<ShelfItemView>,
}

/// One part.
#[derive(Debug, Clone, Serialize)]
pub struct ShelfItemView {
    pub title: String,
    pub path: String,
    pub count: usize,
}
