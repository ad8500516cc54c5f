//! The 打卡地手册: a page that is printed as a booklet of A5, cover, overview map, contents with page
//! numbers, one point a page, the routes at its end.

pub mod pagination;

use super::frame::{Frame, Workshop};
use super::key::Key;
use super::kind_views;
use super::maps;
use super::portal::{Made, Output};
use super::print_places::{self, Print, PrintGroup, PrintPlaces};
use super::view::print::{ContentsLineView, ContentsPageView, HandbookPointView, HandbookRouteView, HandbookView};
use super::view::{FigureView, LinkView};
use crate::derive::summary::shortened;
use crate::kind::{Facts, Figure};
use crate::read::{Entry, EntryId};
use pagination::{Line, Numbers};

/// The figures of a point that a page has room for.
const MOST_FIGURES: usize = 3;
/// The beginning of a point's text that its page has room for, in characters.
const LONGEST_TEXT: usize = 190;

/// The handbook, or one a city or park; none without points.
pub fn pages(places: &PrintPlaces) -> Vec<(String, Output)> {
    let groups = places.groups.iter().enumerate();
    let pages = groups.map(|(number, group)| {
        let output = Output::page(move |workshop, known| page(workshop, number, known));
        (Print::Handbook.path_of(group), output)
    });
    pages.collect()
}

/// What a handbook is made of, in the order of its pages.
struct Parts<'a> {
    points: Vec<&'a Entry>,
    /// Each with its stops, by page.
    routes: Vec<(&'a Entry, Vec<std::ops::Range<usize>>)>,
}

fn page(workshop: &Workshop, number: usize, known: Option<Key>) -> Made {
    let library = &workshop.library;
    let group = &workshop.print_places.groups[number];
    let parts = Parts {
        points: group.points.iter().map(|id| library.entry(*id)).collect(),
        routes: routes(workshop, group),
    };
    let map = maps::overview_of(workshop, &parts.points);
    let sections = sections(workshop, &parts);
    let counts: Vec<usize> = sections.iter().map(|(_, count)| *count).collect();
    let contents = pagination::contents(&counts);
    let on_pages: Vec<usize> = parts
        .points
        .iter()
        .map(|_| 1)
        .chain(parts.routes.iter().map(|(_, pages)| pages.len()))
        .collect();
    let numbers = pagination::numbers(usize::from(map.is_some()), contents.len(), &on_pages);
    let view = HandbookView {
        place: group.title.clone(),
        shelf: group.name.as_ref().map(|_| LinkView {
            title: "全部分册".into(),
            path: Print::Handbook.path(),
        }),
        total: parts.points.len(),
        park_count: maps::parks_of(workshop, &parts.points),
        city_count: maps::cities_of(workshop, &parts.points),
        page_count: numbers.count,
        map,
        map_page: numbers.map,
        contents: contents_views(&parts, (&sections, &contents), &numbers),
        points: points(workshop, &parts, &numbers),
        routes: route_views(workshop, &parts, &numbers),
    };
    let mut frame = Frame::new(
        Print::Handbook.path_of(group),
        "handbook",
        print_places::heading(Print::Handbook, group),
    );
    frame.description = format!("{} 处示范点，一页一处，可以打印成 A5 小册", view.total);
    frame.breadcrumbs = print_places::breadcrumbs();
    frame.breadcrumbs.extend(view.shelf.clone());
    workshop.prepared_page(("handbook.html", known), frame, ("handbook", view), |view, _| {
        maps::draw(&mut view.map);
        for point in &mut view.points {
            kind_views::point::complete(&mut point.point);
        }
        for route in &mut view.routes {
            maps::draw(&mut route.route.map);
        }
    })
}

/// The routes that stop at a point of the group, with the stops on each of their pages.
fn routes<'a>(workshop: &'a Workshop, group: &PrintGroup) -> Vec<(&'a Entry, Vec<std::ops::Range<usize>>)> {
    let relations = &workshop.index.relations;
    let is_in_group = |stop: &EntryId| group.name.is_none() || group.points.contains(stop);
    workshop
        .library
        .shown()
        .filter_map(|entry| {
            let stops: Vec<EntryId> = relations.stops.get(&entry.id)?.iter().flatten().copied().collect();
            let is_here = stops.iter().any(is_in_group);
            is_here.then(|| (entry, pagination::route_parts(stops.len())))
        })
        .collect()
}

/// The headings of the contents, each with the number of what stands under it.
fn sections(workshop: &Workshop, parts: &Parts<'_>) -> Vec<(String, usize)> {
    let mut sections: Vec<(String, usize)> = Vec::new();
    for point in &parts.points {
        let place = print_places::place_in_words(workshop, point.id);
        match sections.last_mut() {
            Some((last, count)) if *last == place => *count += 1,
            _ => sections.push((place, 1)),
        }
    }
    sections.push(("参观路线".into(), parts.routes.len()));
    sections
}

fn contents_views(
    parts: &Parts<'_>,
    (sections, pages): (&[(String, usize)], &[Vec<Line>]),
    numbers: &Numbers,
) -> Vec<ContentsPageView> {
    let line = |line: &Line| match line {
        Line::Heading(section) => ContentsLineView {
            title: sections
                .get(*section)
                .map(|(title, _)| title.clone())
                .unwrap_or_default(),
            number: None,
            anchor: None,
            page: None,
        },
        Line::Item(at) => {
            let point = parts.points.get(*at);
            let route = || parts.routes.get(at - parts.points.len()).map(|(route, _)| route);
            let entry = point.or_else(route);
            ContentsLineView {
                title: entry.map(|entry| entry.common.title.clone()).unwrap_or_default(),
                number: point.map(|_| at + 1),
                anchor: entry.map(|entry| anchor(entry)),
                page: numbers.items.get(*at).copied(),
            }
        }
    };
    let pages = pages.iter().enumerate();
    pages
        .map(|(at, lines)| ContentsPageView {
            page: numbers.contents + at,
            lines: lines.iter().map(line).collect(),
        })
        .collect()
}

/// The id of an entry's page within the handbook.
fn anchor(entry: &Entry) -> String {
    format!("{}-{}", entry.kind().name(), entry.slug)
}

fn points(workshop: &Workshop, parts: &Parts<'_>, numbers: &Numbers) -> Vec<HandbookPointView> {
    let pages = parts.points.iter().zip(&numbers.items).enumerate();
    pages
        .filter_map(|(at, (entry, page))| {
            let Facts::Point(point) = &entry.facts else { return None };
            Some(HandbookPointView {
                number: at + 1,
                page: *page,
                place: print_places::place_in_words(workshop, entry.id),
                card: workshop.cards.get(entry.id)?.clone(),
                point: kind_views::point::printed(workshop, entry, point),
                text: text(entry),
                figures: figures(entry),
            })
        })
        .collect()
}

/// The beginning of an entry's text; a summary that nobody wrote is that already.
fn text(entry: &Entry) -> Option<String> {
    entry.common.summary.as_ref()?;
    shortened(&entry.outline.first_paragraph, LONGEST_TEXT)
}

/// The first figures of an entry's text; a group's date is that of all its figures.
fn figures(entry: &Entry) -> Vec<FigureView> {
    let values = entry
        .outline
        .fences
        .iter()
        .filter(|fence| fence.name == "指标")
        .filter_map(|fence| fence.value.as_ref());
    values
        .flat_map(|value| {
            let items = value.get("items").cloned().unwrap_or_default();
            let figures: Vec<Figure> = serde_yaml::from_value(items).unwrap_or_default();
            let of_group = value
                .get("as_of")
                .and_then(serde_yaml::Value::as_str)
                .map(str::to_owned);
            figures.into_iter().map(move |figure| Figure {
                as_of: figure.as_of.or_else(|| of_group.clone()),
                ..figure
            })
        })
        .map(|figure| FigureView::of(&figure))
        .take(MOST_FIGURES)
        .collect()
}

fn route_views(workshop: &Workshop, parts: &Parts<'_>, numbers: &Numbers) -> Vec<HandbookRouteView> {
    let first_pages = numbers.items.iter().skip(parts.points.len());
    let mut views = Vec::new();
    for ((entry, pages), first) in parts.routes.iter().zip(first_pages) {
        let (Facts::Route(route), Some(card)) = (&entry.facts, workshop.cards.get(entry.id)) else {
            continue;
        };
        let view = kind_views::route::view(workshop, entry, route);
        for (at, stops) in pages.iter().enumerate() {
            views.push(HandbookRouteView {
                page: first + at,
                card: card.clone(),
                route: view.clone(),
                stops: view.stops.get(stops.clone()).unwrap_or_default().to_vec(),
                begins: at == 0,
            });
        }
    }
    views
}
