//! The small sheets on other pages: the front page's, those beside points and parks, those of routes.

use serde::Serialize;

use super::drawing::{DotWords, measure, view};
use super::points;
use super::survey::{Survey, place_names};
use crate::derive::map_layout::{MapPoint, MapSheet, PlaceName, SheetSize, lay_out};
use crate::kind::Kind;
use crate::read::{Entry, EntryId};
use crate::render::frame::Workshop;
use crate::render::key::Prepared;
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

/// All that a small sheet is drawn from.
#[derive(Debug, Clone, Serialize)]
pub struct SmallSheet {
    points: Vec<MapPoint>,
    /// By point: its page.
    pages: Vec<String>,
    places: Vec<PlaceName>,
    size: SheetSize,
    /// The point whose page it is.
    current: Option<usize>,
    /// The stops of a route, by point; a line joins them.
    stops: Option<Vec<usize>>,
}

/// A small sheet that is drawn when its page is made.
pub type PreparedSheet = Prepared<SmallSheet, MapSheetView>;

/// The front page's sheet.
pub fn teaser(workshop: &Workshop) -> Option<PreparedSheet> {
    sheet(workshop, &points(workshop), (TEASER_SIZE, None))
}

/// The upright sheet of a handbook.
pub fn overview_of(workshop: &Workshop, points: &[&Entry]) -> Option<PreparedSheet> {
    sheet(workshop, points, (OVERVIEW_SIZE, None))
}

/// The sheet of a point with those near it.
pub fn locator_of_point(workshop: &Workshop, point: &Entry) -> Option<PreparedSheet> {
    near_sheet(workshop, point, LOCATOR_SIZE)
}

/// The same as a handbook prints it.
pub fn printed_locator_of(workshop: &Workshop, point: &Entry) -> Option<PreparedSheet> {
    near_sheet(workshop, point, PRINTED_LOCATOR_SIZE)
}

fn near_sheet(workshop: &Workshop, point: &Entry, size: SheetSize) -> Option<PreparedSheet> {
    let near = workshop.index.near[point.id.index()]
        .iter()
        .filter(|(_, metres)| *metres <= ON_LOCATOR);
    let ids = std::iter::once(point.id).chain(near.map(|(id, _)| *id));
    let entries: Vec<_> = ids.map(|id| workshop.library.entry(id)).collect();
    sheet(workshop, &entries, (size, Some(point.id)))
}

/// The sheet of a park's points.
pub fn locator_of_park(workshop: &Workshop, park: &Entry) -> Option<PreparedSheet> {
    let points = workshop.index.relations.of_park(park.id, Kind::Point);
    let entries: Vec<_> = points.iter().map(|id| workshop.library.entry(*id)).collect();
    sheet(workshop, &entries, (LOCATOR_SIZE, None))
}

/// The sheet of a route's stops, numbered, with a line through them.
pub fn route_sheet(workshop: &Workshop, stops: &[&Entry]) -> Option<PreparedSheet> {
    let survey = Survey::of(workshop, stops.iter().copied());
    let point_of = |stop: &&Entry| survey.entries.iter().position(|entry| entry.id == stop.id);
    let stops = stops.iter().map(point_of).map(|point| point.unwrap_or(usize::MAX));
    let stops = Some(stops.collect());
    surveyed(workshop, &survey, (ROUTE_SIZE, None), stops)
}

/// A sheet of its size, with the entry whose page it is.
fn sheet(
    workshop: &Workshop,
    entries: &[&Entry],
    (size, current): (SheetSize, Option<EntryId>),
) -> Option<PreparedSheet> {
    let survey = Survey::of(workshop, entries.iter().copied());
    surveyed(workshop, &survey, (size, current), None)
}

fn surveyed(
    workshop: &Workshop,
    survey: &Survey<'_>,
    (size, current): (SheetSize, Option<EntryId>),
    stops: Option<Vec<usize>>,
) -> Option<PreparedSheet> {
    if survey.entries.is_empty() {
        return None;
    }
    Some(Prepared::new(SmallSheet {
        points: survey.points.clone(),
        pages: survey.entries.iter().map(|entry| entry.path.clone()).collect(),
        places: place_names(workshop, survey, size),
        size,
        current: survey.entries.iter().position(|entry| Some(entry.id) == current),
        stops,
    }))
}

/// Draws a sheet, where there is one.
pub fn draw(sheet: &mut Option<PreparedSheet>) {
    if let Some(sheet) = sheet {
        sheet.made = Some(sheet.from.drawn());
    }
}

impl SmallSheet {
    fn drawn(&self) -> MapSheetView {
        let mut points = self.points.clone();
        // The entry whose page it is must have its name on the sheet, whatever its weight.
        if let Some(current) = self.current.and_then(|current| points.get_mut(current)) {
            current.weight = i64::MAX;
        }
        let layout = lay_out(&points, &self.places, self.size);
        let mut sheet = view(&layout, |drawn| DotWords {
            number: self.stops.as_ref().map(|stops| stop_numbers(stops, &drawn.members)),
            ..self.words(&drawn.members)
        });
        sheet.route = self.stops.as_ref().map(|stops| route_line(stops, &layout));
        sheet
    }

    /// What a dot says: its name, or how many there are and which. Several lead to the map's list.
    fn words(&self, members: &[usize]) -> DotWords {
        let points: Vec<&MapPoint> = members.iter().map(|member| &self.points[*member]).collect();
        let slugs: Vec<_> = points.iter().map(|point| point.slug.as_str()).collect();
        let (path, title) = match points.as_slice() {
            [one] => (self.pages[members[0]].clone(), one.title.clone()),
            several => {
                let first = several.first().map_or("", |point| point.slug.as_str());
                let named = several.iter().take(MOST_NAMED);
                let titles: Vec<_> = named.map(|point| point.title.as_str()).collect();
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
            current: self.current.is_some_and(|current| members.contains(&current)),
        }
    }
}

/// The numbers of the stops at one place: `2`, `1–3`, `1、4`.
fn stop_numbers(stops: &[usize], members: &[usize]) -> String {
    let here = stops.iter().enumerate().filter(|(_, point)| members.contains(point));
    let numbers: Vec<usize> = here.map(|(at, _)| at + 1).collect();
    match numbers.as_slice() {
        [first, .., last] if last - first == numbers.len() - 1 => format!("{first}–{last}"),
        numbers => numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
    }
}

/// The line through the stops in their order.
fn route_line(stops: &[usize], layout: &MapSheet) -> String {
    let place = |point: &usize| {
        let drawn = layout.points.iter().find(|drawn| drawn.members.contains(point))?;
        Some(format!("{},{}", measure(drawn.dot.x), measure(drawn.dot.y)))
    };
    let places: Vec<_> = stops.iter().filter_map(place).collect();
    places.join(" ")
}
