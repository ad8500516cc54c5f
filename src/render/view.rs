//! What templates can see: plain, serialisable values, complete when made.
//!
//! A view is the whole dependency list of the page that is rendered from it. Lists carry
//! [`Card`]s (metadata), never bodies. Every path is relative to the root of the portal and has
//! no leading slash; a template writes `{{ root }}{{ card.path }}`, where `root` leads from the
//! page to the root (`""`, `"../"`).

#![expect(
    missing_docs,
    reason = "the field's name is the word that templates write; what needs saying is said"
)]

use std::sync::Arc;

use serde::Serialize;

pub mod base_layer;
pub mod entry;
pub mod map;
pub mod print;

use super::key::Prepared;
use super::maps::PreparedSheet;
use super::markdown::BodySources;

/// What every page shares; serialised once for a build and given to all templates as `site`.
#[derive(Debug, Clone, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "templates ask for each by its name")]
pub struct SiteView {
    pub title: String,
    pub subtitle: Option<String>,
    pub description: Option<String>,
    pub keywords: Vec<String>,
    pub language: String,
    pub base_url: Option<String>,
    pub domain: Option<String>,
    pub site_id_code: Option<String>,
    /// The line that says that the content is a demonstration; shown on every page when present.
    pub demonstration: Option<String>,
    pub mourning: bool,
    /// The columns in their order, those with `navigation: false` left out.
    pub navigation: Vec<NavigationItem>,
    pub footer: FooterView,
    /// The day of the newest entry, for the masthead.
    pub newest: Option<DateView>,
    /// Theme assets by their name below `assets/` of the theme, as published (`assets/hong.1a2b3c4d.css`).
    pub assets: std::collections::BTreeMap<String, String>,
    /// The theme's options: defaults of `theme.yaml`, changed by `theme_options` of `site.yaml`.
    pub options: serde_json::Value,
    pub has_map: bool,
    pub has_tags: bool,
    /// Whether there is a page to search from.
    pub has_search: bool,
    pub generator: String,
}

/// A column in the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationItem {
    pub title: String,
    pub path: String,
    /// The column's folder; equals `page.column` on pages of the column.
    pub key: String,
}

/// The imprint at the foot of every page; what is missing is not shown.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FooterView {
    pub owner: Option<String>,
    pub organizer: Option<String>,
    pub contact: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub icp: Option<String>,
    pub icp_link: Option<String>,
    pub police: Option<String>,
    pub police_link: Option<String>,
    pub site_id_code: Option<String>,
    /// Pages of the column of kind `page` (关于, 写作指南 …).
    pub pages: Vec<LinkView>,
}

/// What the head and the frame of one page need; in templates `page`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PageView {
    /// Where the page is published.
    pub path: String,
    /// The text of `<title>`: `内容标题_栏目_网站名`.
    pub title: String,
    /// The page's own title, as its `<h1>` shows it.
    pub heading: String,
    pub description: String,
    pub keywords: Vec<String>,
    /// `home`, `column`, `tag`, `tags`, `map`, `sitemap`, `missing`, `handbook`, `plaque-a4`,
    /// `plaque-a5`, `sticker`, `shelf`, or the entry's kind.
    pub kind: &'static str,
    /// The key of the column the page belongs to; marks the current item of the navigation.
    pub column: Option<String>,
    /// `<meta name content>` as the guidance for government sites asks, in its order.
    pub meta: Vec<MetaView>,
    /// `<meta property content>` of Open Graph.
    pub open_graph: Vec<MetaView>,
    /// JSON-LD, escaped so that it can stand in a `<script type="application/ld+json">`.
    pub json_ld: Option<String>,
    pub canonical: Option<String>,
    pub feeds: Vec<LinkView>,
    pub breadcrumbs: Vec<LinkView>,
}

/// One `<meta>` element.
#[derive(Debug, Clone, Serialize)]
pub struct MetaView {
    pub name: String,
    pub content: String,
}

/// A title and where it leads (relative to the root; a full address where it leads outside).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkView {
    pub title: String,
    pub path: String,
}

/// Something named that may or may not have a page of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameView {
    pub title: String,
    pub path: Option<String>,
}

/// A day, with a time where the writer gave one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// For `<time datetime>`: `2026-07-01` or `2026-07-01T09:30+08:00`.
    pub iso: String,
    /// `2026年7月1日`.
    pub text: String,
    /// `2026-07-01`, for lists.
    pub short: String,
    /// `09:30`, where given.
    pub time: Option<String>,
    pub year: i16,
    pub month: i8,
    pub day: i8,
}

/// A figure such as “1316 个 · 2020”.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureView {
    pub name: String,
    /// The number as it is shown, with thousands separators where it has five digits or more.
    pub value: String,
    pub unit: Option<String>,
    pub as_of: Option<String>,
    /// 约 · 近 · 超, shown before the number.
    pub before: Option<String>,
    /// 余 · 多, shown after the number.
    pub after: Option<String>,
    pub note: Option<String>,
    pub source: Option<String>,
}

/// A picture as published, with its smaller variants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PictureView {
    pub src: String,
    pub alt: String,
    pub width: u32,
    pub height: u32,
    /// Smaller and equal widths in the original format; empty when there are none.
    pub variants: Vec<PictureVariantView>,
    /// The same in WebP; empty when they are not smaller.
    pub webp: Vec<PictureVariantView>,
    /// Whether hongtu drew it because the entry has none of its own.
    pub generated: bool,
    pub caption: Option<String>,
}

/// One entry of a `srcset`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PictureVariantView {
    pub src: String,
    pub width: u32,
}

/// An entry as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// `park`, `point`, `route`, `case`, `alliance`, `bulletin`, `roundtable`, `page`.
    pub kind: &'static str,
    pub slug: String,
    pub path: String,
    pub title: String,
    pub summary: Option<String>,
    pub date: Option<DateView>,
    pub column: LinkView,
    pub park: Option<NameView>,
    pub tags: Vec<LinkView>,
    pub cover: Option<PictureView>,
    pub org: Option<String>,
    /// The leading figure (cases, parks).
    pub figure: Option<FigureView>,
    pub draft: bool,
    // Points.
    pub category: Option<String>,
    pub tier: Option<String>,
    pub address: Option<String>,
    pub hours: Option<String>,
    // Bulletins.
    pub issue: Option<u32>,
    pub alliance: Option<NameView>,
    pub activity: Option<String>,
    pub eight_co: Vec<String>,
    // Alliances.
    pub alliance_type: Option<String>,
    pub member_count: Option<usize>,
    pub newest_bulletin: Option<LinkView>,
    // Parks.
    pub region: Option<String>,
    pub level: Option<String>,
    pub point_count: Option<usize>,
    // Routes.
    pub stop_count: Option<usize>,
    pub duration: Option<String>,
    pub theme: Option<String>,
    // Roundtables.
    pub guests: Vec<String>,
    // Cases.
    pub series: Option<String>,
    pub award: Option<String>,
}

/// The front page; in templates `home`.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    pub lead: Option<Arc<Card>>,
    /// The newest bulletins, six at most.
    pub bulletins: Vec<Arc<Card>>,
    /// Cases besides the lead, eight at most.
    pub cases: Vec<Arc<Card>>,
    /// All alliances, in their order.
    pub alliances: Vec<Arc<Card>>,
    /// Roundtables, three at most.
    pub roundtables: Vec<Arc<Card>>,
    /// Routes, four at most.
    pub routes: Vec<Arc<Card>>,
    pub figures: Vec<FigureView>,
    /// The map's teaser; absent when no point has a position.
    pub map: Option<PreparedSheet>,
    pub point_count: usize,
    pub park_count: usize,
    pub city_count: usize,
    pub columns: Vec<ColumnTeaser>,
}

/// A column and its newest entries.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnTeaser {
    pub title: String,
    pub path: String,
    pub key: String,
    pub kind: &'static str,
    pub count: usize,
    pub newest: Vec<Arc<Card>>,
}

/// One page of a list: a column or a tag; in templates `list`.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    pub title: String,
    pub description: Option<String>,
    /// The kind of the column's entries; `mixed` for tags.
    pub kind: &'static str,
    /// The HTML of the column's own `index.md`, on the first page only.
    pub introduction: Option<Prepared<BodySources, String>>,
    pub total: usize,
    pub cards: Vec<Arc<Card>>,
    /// Points and parks grouped by province and city, in place of `cards` where the column is shown whole.
    pub pager: Option<PagerView>,
    pub feed: Option<String>,
}

/// Where one page of a list stands among its pages.
#[derive(Debug, Clone, Serialize)]
pub struct PagerView {
    pub number: usize,
    pub count: usize,
    pub first: String,
    pub last: String,
    pub previous: Option<String>,
    pub next: Option<String>,
    /// The numbers around this one with their paths; a gap is an item without a path.
    pub pages: Vec<PagerItem>,
}

/// One number of a pager.
#[derive(Debug, Clone, Serialize)]
pub struct PagerItem {
    pub number: usize,
    pub path: Option<String>,
    pub current: bool,
}

/// A tag with the number of its entries.
#[derive(Debug, Clone, Serialize)]
pub struct TagView {
    pub title: String,
    pub path: String,
    pub count: usize,
}

/// A column with all its entries, for the site map; in templates `sections`.
#[derive(Debug, Clone, Serialize)]
pub struct SitemapSection {
    pub title: String,
    pub path: String,
    pub count: usize,
    pub entries: Vec<LinkView>,
}

/// One item of an Atom feed.
#[derive(Debug, Clone, Serialize)]
pub struct FeedEntryView {
    pub id: String,
    pub title: String,
    pub path: String,
    pub updated: String,
    pub published: Option<String>,
    pub summary: Option<String>,
    pub author: Option<String>,
    pub categories: Vec<String>,
}
