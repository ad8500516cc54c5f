//! The map's page, and the small sheets on other pages: layouts as views.

use std::collections::{BTreeMap, BTreeSet};

use super::exports::{degrees, downloads};
use super::frame::{Frame, Made, Workshop, home_link};
use super::print_places;
use super::view::map::{
    CityView, GraticuleView, ListedPointView, MapLabelView, MapNameView, MapPointView, MapSheetView, MapView,
    ParkPointsView, ProvinceView, ScaleView,
};
use crate::derive::RegionName;
use crate::derive::map_layout::{
    GraticuleLine, LonLat, MapPoint, MapSheet, NameRank, PlaceName, SheetSize, TextAnchor, lay_out,
};
use crate::kind::point::TIERS;
use crate::kind::{Facts, Kind};
use crate::read::{Entry, EntryId};
use crate::region;

/// The sheet of the map's page, in pixels.
const MAP_SIZE: SheetSize = SheetSize {
    width: 1200.0,
    height: 900.0,
    margin: 70.0,
};
/// The teaser on the front page.
const TEASER_SIZE: SheetSize = SheetSize {
    width: 760.0,
    height: 560.0,
    margin: 48.0,
};
/// The sheet of a route.
const ROUTE_SIZE: SheetSize = SheetSize {
    width: 760.0,
    height: 480.0,
    margin: 60.0,
};
/// The sheet of a handbook, a page of A5.
const OVERVIEW_SIZE: SheetSize = SheetSize {
    width: 600.0,
    height: 780.0,
    margin: 48.0,
};
/// The sheet of a point in a handbook, five centimetres wide: names keep their size, so that there
/// is room for fewer.
const PRINTED_LOCATOR_SIZE: SheetSize = SheetSize {
    width: 270.0,
    height: 200.0,
    margin: 34.0,
};
/// The small sheet beside a point or a park.
const LOCATOR_SIZE: SheetSize = SheetSize {
    width: 420.0,
    height: 300.0,
    margin: 44.0,
};

/// What a sheet shows.
struct SheetContent<'a> {
    entries: Vec<&'a Entry>,
    size: SheetSize,
    /// Where clusters lead.
    list: &'a str,
    /// The entry whose page it is.
    current: Option<EntryId>,
    /// Whether the entries are stops of a route, in their order.
    is_route: Route,
}

/// Whether a sheet shows a route.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Route {
    Yes,
    No,
}

/// The page `map.html`; none without points.
pub fn page(workshop: &Workshop<'_>) -> Option<Made> {
    let points = points(workshop);
    if points.is_empty() {
        return None;
    }
    let config = &workshop.library.config.map;
    let title = config.title.clone().unwrap_or_else(|| "红色打卡地地图".into());
    let routes: Vec<_> = workshop
        .library
        .shown()
        .filter(|entry| entry.kind() == Kind::Route)
        .map(|entry| entry.id)
        .collect();
    let view = MapView {
        title: title.clone(),
        description: config.description.clone(),
        sheet: sheet(
            workshop,
            &SheetContent {
                entries: points.clone(),
                size: MAP_SIZE,
                list: "map.html",
                current: None,
                is_route: Route::No,
            },
        ),
        provinces: provinces(workshop, &points),
        total: points.len(),
        park_count: parks_of(workshop, &points),
        city_count: cities_of(workshop, &points),
        routes: workshop.cards.of(&routes),
        downloads: downloads(),
        prints: print_places::links(),
    };
    let mut frame = Frame::new("map.html", "map", title);
    frame.description = config
        .description
        .clone()
        .unwrap_or_else(|| format!("{} 处红色打卡地的示意图和名录，离线可用", points.len()));
    frame.breadcrumbs = vec![home_link()];
    Some(workshop.page("map.html", frame, &[("map", &view)]))
}

/// All shown points, in the order of their column.
pub fn points<'a>(workshop: &Workshop<'a>) -> Vec<&'a Entry> {
    workshop
        .library
        .shown()
        .filter(|entry| entry.kind() == Kind::Point)
        .collect()
}

/// How many parks some points belong to.
pub fn parks_of(workshop: &Workshop<'_>, points: &[&Entry]) -> usize {
    points
        .iter()
        .filter_map(|point| workshop.index.relations.park[point.id.index()])
        .collect::<BTreeSet<_>>()
        .len()
}

/// How many cities some points are in.
pub fn cities_of(workshop: &Workshop<'_>, points: &[&Entry]) -> usize {
    points
        .iter()
        .filter_map(|point| workshop.index.regions[point.id.index()])
        .collect::<BTreeSet<_>>()
        .len()
}

/// The front page's sheet.
pub fn teaser(workshop: &Workshop<'_>) -> Option<MapSheetView> {
    sheet(
        workshop,
        &SheetContent {
            entries: points(workshop),
            size: TEASER_SIZE,
            list: "map.html",
            current: None,
            is_route: Route::No,
        },
    )
}

/// The upright sheet of a handbook.
pub fn overview_of(workshop: &Workshop<'_>, points: &[&Entry]) -> Option<MapSheetView> {
    sheet(
        workshop,
        &SheetContent {
            entries: points.to_vec(),
            size: OVERVIEW_SIZE,
            list: "map.html",
            current: None,
            is_route: Route::No,
        },
    )
}

/// Points as near as this stand on a point's sheet (metres): farther ones would make it so small
/// that the point itself is lost.
const ON_LOCATOR: f64 = 5_000.0;

/// The sheet of a point with those near it.
pub fn locator_of_point(workshop: &Workshop<'_>, point: &Entry) -> Option<MapSheetView> {
    near_sheet(workshop, point, LOCATOR_SIZE)
}

/// The same as a handbook prints it.
pub fn printed_locator_of(workshop: &Workshop<'_>, point: &Entry) -> Option<MapSheetView> {
    near_sheet(workshop, point, PRINTED_LOCATOR_SIZE)
}

fn near_sheet(workshop: &Workshop<'_>, point: &Entry, size: SheetSize) -> Option<MapSheetView> {
    let near = workshop.index.near[point.id.index()]
        .iter()
        .filter(|(_, metres)| *metres <= ON_LOCATOR);
    let entries = std::iter::once(point)
        .chain(near.map(|(id, _)| workshop.library.entry(*id)))
        .collect();
    sheet(
        workshop,
        &SheetContent {
            entries,
            size,
            list: "map.html",
            current: Some(point.id),
            is_route: Route::No,
        },
    )
}

/// The sheet of a park's points.
pub fn locator_of_park(workshop: &Workshop<'_>, park: &Entry) -> Option<MapSheetView> {
    let points = workshop.index.relations.of_park(park.id, Kind::Point);
    let entries = points.iter().map(|id| workshop.library.entry(*id)).collect();
    sheet(
        workshop,
        &SheetContent {
            entries,
            size: LOCATOR_SIZE,
            list: "map.html",
            current: None,
            is_route: Route::No,
        },
    )
}

/// The sheet of a route's stops.
pub fn route_sheet(workshop: &Workshop<'_>, stops: &[&Entry]) -> Option<MapSheetView> {
    sheet(
        workshop,
        &SheetContent {
            entries: stops.to_vec(),
            size: ROUTE_SIZE,
            list: "map.html",
            current: None,
            is_route: Route::Yes,
        },
    )
}

fn sheet(workshop: &Workshop<'_>, content: &SheetContent<'_>) -> Option<MapSheetView> {
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    let mut map_points = Vec::new();
    for entry in &content.entries {
        let Some(position) = workshop.index.positions[entry.id.index()] else {
            continue;
        };
        if !seen.insert(entry.id) {
            continue;
        }
        let Facts::Point(point) = &entry.facts else { continue };
        let rank = point
            .tier
            .as_deref()
            .and_then(|tier| TIERS.iter().position(|known| *known == tier))
            .unwrap_or(TIERS.len());
        // The entry whose page it is must have its name on the sheet, whatever its weight.
        let weight = if content.current == Some(entry.id) {
            i64::MAX
        } else {
            entry.common.weight
        };
        map_points.push(MapPoint {
            slug: entry.slug.clone(),
            title: entry.common.title.clone(),
            tier_rank: u8::try_from(rank).unwrap_or(u8::MAX),
            weight,
            position: LonLat {
                longitude: position.longitude,
                latitude: position.latitude,
            },
        });
        entries.push(*entry);
    }
    if entries.is_empty() {
        return None;
    }
    let places = place_names(workshop, &entries, &map_points, content.size);
    let layout = lay_out(&map_points, &places, content.size);
    Some(view(content, &entries, &layout))
}

/// The names of provinces and cities, each at the middle of its points.
fn place_names(workshop: &Workshop<'_>, entries: &[&Entry], points: &[MapPoint], size: SheetSize) -> Vec<PlaceName> {
    let mut middles: BTreeMap<(NameRank, &'static str), (f64, f64, f64)> = BTreeMap::new();
    let mut add = |rank: NameRank, name: &'static str, position: LonLat| {
        let middle = middles.entry((rank, name)).or_default();
        *middle = (
            middle.0 + position.longitude,
            middle.1 + position.latitude,
            middle.2 + 1.0,
        );
    };
    for (entry, point) in entries.iter().zip(points) {
        let Some(found) = workshop.index.regions[entry.id.index()] else {
            continue;
        };
        add(NameRank::Province, region::short_name(found.province), point.position);
        if let Some(city) = found.city.filter(|city| *city != found.province) {
            add(NameRank::City, region::short_name(city), point.position);
        }
    }
    // A name that all points share orients nobody, and stands in their way.
    let count = |wanted: NameRank| middles.keys().filter(|(rank, _)| *rank == wanted).count();
    let (provinces, cities) = (count(NameRank::Province), count(NameRank::City));
    let is_small = size.width < 600.0;
    middles
        .into_iter()
        .filter(|((rank, _), _)| match rank {
            NameRank::Province => provinces > 1 && !is_small,
            NameRank::City => cities > 1 || provinces > 1,
        })
        .map(|((rank, name), (longitude, latitude, count))| PlaceName {
            name: name.to_owned(),
            rank,
            position: LonLat {
                longitude: longitude / count,
                latitude: latitude / count,
            },
        })
        .collect()
}

fn view(content: &SheetContent<'_>, entries: &[&Entry], layout: &MapSheet) -> MapSheetView {
    let points: Vec<_> = layout
        .points
        .iter()
        .map(|drawn| point_view(content, entries, drawn))
        .collect();
    let route = (content.is_route == Route::Yes).then(|| route_line(content, entries, layout));
    MapSheetView {
        width: measure(layout.width),
        height: measure(layout.height),
        points,
        names: layout
            .names
            .iter()
            .map(|name| MapNameView {
                text: name.text.clone(),
                x: measure(name.x),
                y: measure(name.y),
                size: measure(name.font_size),
                spacing: measure(name.letter_spacing),
                rank: if name.rank == NameRank::Province {
                    "province"
                } else {
                    "city"
                },
            })
            .collect(),
        meridians: layout.meridians.iter().map(graticule_view).collect(),
        parallels: layout.parallels.iter().map(graticule_view).collect(),
        scale: Some(ScaleView {
            x: measure(layout.scale_bar.x),
            y: measure(layout.scale_bar.y),
            pixels: measure(layout.scale_bar.pixels),
            text: layout.scale_bar.text.clone(),
            north: (
                measure(layout.north.foot.0),
                measure(layout.north.foot.1),
                measure(layout.north.tip.0),
                measure(layout.north.tip.1),
            ),
        }),
        route,
    }
}

fn point_view(
    content: &SheetContent<'_>,
    entries: &[&Entry],
    drawn: &crate::derive::map_layout::DrawnPoint,
) -> MapPointView {
    let members: Vec<&Entry> = drawn
        .members
        .iter()
        .filter_map(|index| entries.get(*index).copied())
        .collect();
    let slugs: Vec<_> = members.iter().map(|entry| entry.slug.as_str()).collect();
    let titles: Vec<_> = members.iter().map(|entry| entry.common.title.as_str()).collect();
    let (path, title) = match members.as_slice() {
        [one] => (one.path.clone(), one.common.title.clone()),
        several => {
            let first = several.first().map_or("", |entry| entry.slug.as_str());
            (
                format!("{}#point-{first}", content.list),
                format!("{} 处：{}", several.len(), titles.join("、")),
            )
        }
    };
    let number = (content.is_route == Route::Yes).then(|| stop_numbers(content, &members));
    MapPointView {
        slugs: slugs.join(" "),
        path,
        title,
        x: measure(drawn.x),
        y: measure(drawn.y),
        radius: measure(drawn.radius),
        count: members.len(),
        number,
        current: members.iter().any(|entry| content.current == Some(entry.id)),
        label: drawn.label.as_ref().map(|label| MapLabelView {
            text: label.lines.join(""),
            lines: label.lines.clone(),
            x: measure(label.x),
            y: measure(label.y),
            anchor: match label.anchor {
                TextAnchor::Start => "start",
                TextAnchor::Middle => "middle",
                TextAnchor::End => "end",
            },
            leader: label
                .leader
                .map(|(x1, y1, x2, y2)| (measure(x1), measure(y1), measure(x2), measure(y2))),
        }),
    }
}

/// The numbers of the stops at one place: `2`, `1–3`, `1、4`.
fn stop_numbers(content: &SheetContent<'_>, members: &[&Entry]) -> String {
    let stops = content.entries.iter().enumerate();
    let here = stops.filter(|(_, entry)| members.iter().any(|member| member.id == entry.id));
    let numbers: Vec<usize> = here.map(|(at, _)| at + 1).collect();
    match numbers.as_slice() {
        [first, .., last] if last - first == numbers.len() - 1 => format!("{first}–{last}"),
        numbers => numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
    }
}

/// The line through the stops in their order.
fn route_line(content: &SheetContent<'_>, entries: &[&Entry], layout: &MapSheet) -> String {
    let place = |id: EntryId| {
        let index = entries.iter().position(|entry| entry.id == id)?;
        let drawn = layout.points.iter().find(|drawn| drawn.members.contains(&index))?;
        Some(format!("{},{}", measure(drawn.x), measure(drawn.y)))
    };
    content
        .entries
        .iter()
        .filter_map(|entry| place(entry.id))
        .collect::<Vec<_>>()
        .join(" ")
}

fn graticule_view(line: &GraticuleLine) -> GraticuleView {
    let points: Vec<_> = line
        .path
        .iter()
        .map(|(x, y)| format!("{},{}", measure(*x), measure(*y)))
        .collect();
    GraticuleView {
        line: points.join(" "),
        label: line.label.clone(),
        x: measure(line.label_x),
        y: measure(line.label_y),
    }
}

/// A measure with one decimal at most.
fn measure(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// The list: by province in the order of the codes, by city, by park.
fn provinces(workshop: &Workshop<'_>, points: &[&Entry]) -> Vec<ProvinceView> {
    type Parks<'a> = BTreeMap<(String, Option<EntryId>), Vec<&'a Entry>>;
    let mut tree: BTreeMap<(u16, &str), BTreeMap<String, Parks<'_>>> = BTreeMap::new();
    for point in points {
        let found = workshop.index.regions[point.id.index()];
        let province = found.map_or("其他地区", |found| found.province);
        let order = found.map_or(u16::MAX, |found| region::province_order(found.province));
        let city = found.map_or_else(String::new, |found| RegionName::short(&found).to_owned());
        let park = workshop.index.relations.park[point.id.index()];
        let park_title = park.map_or_else(
            || "\u{10ffff}".to_owned(),
            |park| workshop.library.entry(park).common.title.clone(),
        );
        tree.entry((order, province))
            .or_default()
            .entry(city)
            .or_default()
            .entry((park_title, park))
            .or_default()
            .push(point);
    }
    tree.into_iter()
        .map(|((_, province), cities)| ProvinceView {
            name: province.to_owned(),
            count: cities.values().flat_map(BTreeMap::values).map(Vec::len).sum(),
            cities: cities
                .into_iter()
                .map(|(city, parks)| CityView {
                    name: if city.is_empty() { province.to_owned() } else { city },
                    parks: parks
                        .into_iter()
                        .map(|((title, park), points)| ParkPointsView {
                            name: park.map(|_| title),
                            path: park.map(|park| workshop.library.entry(park).path.clone()),
                            points: points.iter().filter_map(|point| listed(workshop, point)).collect(),
                        })
                        .collect(),
                })
                .collect(),
        })
        .collect()
}

fn listed(workshop: &Workshop<'_>, point: &Entry) -> Option<ListedPointView> {
    let position = workshop.index.positions[point.id.index()];
    Some(ListedPointView {
        card: workshop.cards.get(point.id)?.clone(),
        longitude: position.map(|position| degrees(position.longitude)),
        latitude: position.map(|position| degrees(position.latitude)),
    })
}
