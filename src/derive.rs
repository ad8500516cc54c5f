//! Everything that follows from many entries, as data. Deriving cannot fail.

pub mod alliances;
pub mod base_layer;
pub mod map;
pub mod map_layout;
pub mod map_sheets;
pub mod near;
pub mod order;
pub mod organisation_network;
pub mod plans;
pub mod relations;
pub mod search;
pub mod summary;
pub mod tags;

use std::collections::BTreeMap;

use crate::coordinates::{self, Position};
use crate::kind::Facts;
use crate::phase::phase;
use crate::read::{EntryId, Library};

pub use map::RegionName;
pub use relations::Relations;
pub use tags::TagEntries;

/// What follows from the library; complete when made.
#[derive(Debug)]
pub struct Index {
    /// The shown entries of each column, in the order in which lists show them.
    pub columns: Vec<Vec<EntryId>>,
    /// Shown entries with a date, newest first.
    pub newest: Vec<EntryId>,
    /// In the order of their pinyin.
    pub tags: Vec<TagEntries>,
    /// Where in `tags` a tag stands, by the tag in lower case.
    pub tag_places: BTreeMap<String, usize>,
    /// Who belongs to whom.
    pub relations: Relations,
    /// By entry: its position in WGS-84.
    pub positions: Vec<Option<Position>>,
    /// By entry: the province and city that it is in.
    pub regions: Vec<Option<RegionName>>,
    /// The sheets of the map, the one with everything first.
    pub map_sheets: Vec<map_sheets::SheetPlan>,
    /// The parks' own plans that have points.
    pub plans: Vec<plans::PlanSheet>,
    /// By entry: points near a point, nearest first, with metres.
    pub near: Vec<Vec<(EntryId, f64)>>,
    /// By entry: the entry before and after it in its column's order.
    pub neighbours: Vec<(Option<EntryId>, Option<EntryId>)>,
    /// What the search over the portal knows.
    pub search: search::SearchIndex,
}

/// Derives all of it.
pub fn index(library: &Library) -> Index {
    let _whole = phase("推导");
    let mut index = index_without_search(library);
    let _part = phase("搜索索引");
    // What search covers of a page has to do with all of the rest.
    index.search = search::index(library, &index);
    index
}

/// What follows from all entries, but for what the search knows.
pub fn index_without_search(library: &Library) -> Index {
    let _part = phase("栏目、关系、地图");
    let columns = order::columns(library);
    let tags = tags::tags(library);
    let relations = relations::relations(library);
    let positions: Vec<_> = library.entries.iter().map(|entry| position(&entry.facts)).collect();
    let regions = map::regions(library, &relations);
    let neighbours = order::neighbours(library, &columns);
    let near = near::near_points(library, &positions);
    let plans = plans::plan_sheets(library, &relations);
    let map_sheets = map_sheets::sheets(&map_sheets::Places {
        library,
        relations: &relations,
        regions: &regions,
        positions: &positions,
        plans: &plans,
    });
    Index {
        map_sheets,
        plans,
        newest: order::newest(library),
        tag_places: tags
            .iter()
            .enumerate()
            .map(|(at, tag)| (tag.title.to_lowercase(), at))
            .collect(),
        tags,
        columns,
        relations,
        positions,
        regions,
        near,
        neighbours,
        search: search::SearchIndex::default(),
    }
}

impl Index {
    /// A tag with its entries, however its letters are written.
    pub fn tag(&self, tag: &str) -> Option<&TagEntries> {
        self.tags.get(*self.tag_places.get(&tag.trim().to_lowercase())?)
    }
}

/// The position of a park or a point, in WGS-84.
fn position(facts: &Facts) -> Option<Position> {
    let location = match facts {
        Facts::Park(park) => park.location,
        Facts::Point(point) => point.location,
        _ => None,
    }?;
    let written = Position {
        longitude: location.lng,
        latitude: location.lat,
    };
    Some(coordinates::convert(
        written,
        location.crs,
        coordinates::CoordinateSystem::Wgs84,
    ))
}
