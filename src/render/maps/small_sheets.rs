//! The small sheets on other pages: the front page's, those beside points and parks, those of routes.

use super::drawing::{DotWords, measure, view};
use super::points;
use super::survey::{Survey, place_names};
use crate::derive::map_layout::{DrawnPoint, MapSheet, SheetSize, lay_out};
use crate::kind::Kind;
use crate::read::{Entry, EntryId};
use crate::render::frame::Workshop;
use crate::render::view::map::MapSheetView;

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

/// Points as near as this stand on a point's sheet (metres): farther ones would make it so small
/// that the point itself is lost.
const ON_LOCATOR: f64 = 5_000.0;
/// With more points than this in one dot its tooltip doesn't name them all.
const MOST_NAMED: usize = 12;

/// The front page's sheet.
pub fn teaser(workshop: &Workshop<'_>) -> Option<MapSheetView> {
    sheet(workshop, &points(workshop), (TEASER_SIZE, None))
}

/// The upright sheet of a handbook.
pub fn overview_of(workshop: &Workshop<'_>, points: &[&Entry]) -> Option<MapSheetView> {
    sheet(workshop, points, (OVERVIEW_SIZE, None))
}

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
    let ids = std::iter::once(point.id).chain(near.map(|(id, _)| *id));
    let entries: Vec<_> = ids.map(|id| workshop.library.entry(id)).collect();
    sheet(workshop, &entries, (size, Some(point.id)))
}

/// The sheet of a park's points.
pub fn locator_of_park(workshop: &Workshop<'_>, park: &Entry) -> Option<MapSheetView> {
    let points = workshop.index.relations.of_park(park.id, Kind::Point);
    let entries: Vec<_> = points.iter().map(|id| workshop.library.entry(*id)).collect();
    sheet(workshop, &entries, (LOCATOR_SIZE, None))
}

/// The sheet of a route's stops, numbered, with a line through them.
pub fn route_sheet(workshop: &Workshop<'_>, stops: &[&Entry]) -> Option<MapSheetView> {
    let survey = Survey::of(workshop, stops.iter().copied());
    let layout = laid_out(workshop, &survey, (ROUTE_SIZE, None))?;
    let mut sheet = view(&layout, |drawn| {
        let members = members(&survey, drawn);
        DotWords {
            number: Some(stop_numbers(stops, &members)),
            ..words(&members, None)
        }
    });
    sheet.route = Some(route_line(stops, &survey, &layout));
    Some(sheet)
}

/// A sheet of its size, with the entry whose page it is.
fn sheet(
    workshop: &Workshop<'_>,
    entries: &[&Entry],
    (size, current): (SheetSize, Option<EntryId>),
) -> Option<MapSheetView> {
    let survey = Survey::of(workshop, entries.iter().copied());
    let layout = laid_out(workshop, &survey, (size, current))?;
    Some(view(&layout, |drawn| words(&members(&survey, drawn), current)))
}

fn laid_out(
    workshop: &Workshop<'_>,
    survey: &Survey<'_>,
    (size, current): (SheetSize, Option<EntryId>),
) -> Option<MapSheet> {
    if survey.entries.is_empty() {
        return None;
    }
    let mut points = survey.points.clone();
    for (entry, point) in survey.entries.iter().zip(&mut points) {
        // The entry whose page it is must have its name on the sheet, whatever its weight.
        if current == Some(entry.id) {
            point.weight = i64::MAX;
        }
    }
    let places = place_names(workshop, survey, size);
    Some(lay_out(&points, &places, size))
}

fn members<'a>(survey: &Survey<'a>, drawn: &DrawnPoint) -> Vec<&'a Entry> {
    drawn.members.iter().map(|&index| survey.entries[index]).collect()
}

/// What a dot says: its name, or how many there are and which. Several lead to the map's list.
fn words(members: &[&Entry], current: Option<EntryId>) -> DotWords {
    let slugs: Vec<_> = members.iter().map(|entry| entry.slug.as_str()).collect();
    let (path, title) = match members {
        [one] => (one.path.clone(), one.common.title.clone()),
        several => {
            let first = several.first().map_or("", |entry| entry.slug.as_str());
            let named = several.iter().take(MOST_NAMED);
            let titles: Vec<_> = named.map(|entry| entry.common.title.as_str()).collect();
            let more = if several.len() > MOST_NAMED { "……" } else { "" };
            (
                format!("map.html#point-{first}"),
                format!("{} 处：{}{more}", several.len(), titles.join("、")),
            )
        }
    };
    DotWords {
        slugs: slugs.join(" "),
        path,
        title,
        number: None,
        current: members.iter().any(|entry| current == Some(entry.id)),
    }
}

/// The numbers of the stops at one place: `2`, `1–3`, `1、4`.
fn stop_numbers(stops: &[&Entry], members: &[&Entry]) -> String {
    let stops = stops.iter().enumerate();
    let here = stops.filter(|(_, entry)| members.iter().any(|member| member.id == entry.id));
    let numbers: Vec<usize> = here.map(|(at, _)| at + 1).collect();
    match numbers.as_slice() {
        [first, .., last] if last - first == numbers.len() - 1 => format!("{first}–{last}"),
        numbers => numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
    }
}

/// The line through the stops in their order.
fn route_line(stops: &[&Entry], survey: &Survey<'_>, layout: &MapSheet) -> String {
    let place = |id: EntryId| {
        let index = survey.entries.iter().position(|entry| entry.id == id)?;
        let drawn = layout.points.iter().find(|drawn| drawn.members.contains(&index))?;
        Some(format!("{},{}", measure(drawn.dot.x), measure(drawn.dot.y)))
    };
    let places: Vec<_> = stops.iter().filter_map(|entry| place(entry.id)).collect();
    places.join(" ")
}
