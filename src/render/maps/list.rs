//! The list beside the map: by province in the order of the codes, by city, by park.

use std::collections::{BTreeMap, BTreeSet};

use crate::derive::map_sheets::{LONGEST_LIST, Whose};
use crate::derive::{Index, RegionName};
use crate::read::{Entry, EntryId};
use crate::region;
use crate::render::exports::degrees;
use crate::render::frame::Workshop;
use crate::render::view::map::{CityView, ListedPointView, ParkPointsView, ProvinceView};

/// The points of a city, by park.
type Parks<'a> = BTreeMap<(String, Option<EntryId>), Vec<&'a Entry>>;
/// The points of a province, by city.
type Cities<'a> = BTreeMap<(String, Option<RegionName>), Parks<'a>>;

/// The list. With too many points for one page it only counts them and leads to the cities' sheets.
pub(super) fn provinces(workshop: &Workshop, points: &[&Entry]) -> Vec<ProvinceView> {
    let mut tree: BTreeMap<(u16, &str), Cities<'_>> = BTreeMap::new();
    for point in points {
        let found = workshop.index.regions[point.id.index()];
        let province = found.map_or("其他地区", |found| found.province);
        let order = found.map_or(u16::MAX, |found| region::province_order(found.province));
        let city = found.map_or_else(String::new, |found| found.short().to_owned());
        let park = workshop.index.relations.park[point.id.index()];
        // What belongs to no park comes last.
        let park_title = park.map_or_else(
            || "\u{10ffff}".to_owned(),
            |park| workshop.library.entry(park).common.title.clone(),
        );
        tree.entry((order, province))
            .or_default()
            .entry((city, found))
            .or_default()
            .entry((park_title, park))
            .or_default()
            .push(point);
    }
    let with_points = points.len() <= LONGEST_LIST;
    tree.into_iter()
        .map(|((_, province), cities)| ProvinceView {
            name: province.to_owned(),
            count: cities.values().flat_map(BTreeMap::values).map(Vec::len).sum(),
            cities: cities
                .into_iter()
                .map(|((city, found), parks)| CityView {
                    name: if city.is_empty() { province.to_owned() } else { city },
                    count: parks.values().map(Vec::len).sum(),
                    sheet: found.and_then(|found| sheet_of_city(&workshop.index, found)),
                    // A city without a sheet, which is none that is known, keeps its points here.
                    parks: if with_points || found.is_none() {
                        park_views(workshop, parks)
                    } else {
                        Vec::new()
                    },
                })
                .collect(),
        })
        .collect()
}

fn park_views(workshop: &Workshop, parks: Parks<'_>) -> Vec<ParkPointsView> {
    parks
        .into_iter()
        .map(|((title, park), points)| ParkPointsView {
            name: park.map(|_| title),
            path: park.map(|park| workshop.library.entry(park).path.clone()),
            points: points.iter().filter_map(|point| listed(workshop, point)).collect(),
        })
        .collect()
}

fn listed(workshop: &Workshop, point: &Entry) -> Option<ListedPointView> {
    let position = workshop.index.positions[point.id.index()];
    Some(ListedPointView {
        card: workshop.cards.get(point.id)?.clone(),
        longitude: position.map(|position| degrees(position.longitude)),
        latitude: position.map(|position| degrees(position.latitude)),
    })
}

/// The page of a city's sheet, where it has one.
pub(super) fn sheet_of_city(index: &Index, city: RegionName) -> Option<String> {
    let mut sheets = index.map_sheets.iter();
    let found = sheets.find(|sheet| sheet.whose == Whose::City(city))?;
    Some(found.path())
}

/// How many parks some points belong to.
pub fn parks_of(workshop: &Workshop, points: &[&Entry]) -> usize {
    points
        .iter()
        .filter_map(|point| workshop.index.relations.park[point.id.index()])
        .collect::<BTreeSet<_>>()
        .len()
}

/// How many cities some points are in.
pub fn cities_of(workshop: &Workshop, points: &[&Entry]) -> usize {
    points
        .iter()
        .filter_map(|point| workshop.index.regions[point.id.index()])
        .collect::<BTreeSet<_>>()
        .len()
}
