//! The data that the map's script loads: a sheet's frame and its far clusters first, the points and
//! their details in pieces, when they are needed.
//!
//! Browsers refuse to read data files from a disk but run scripts, so each file is one call of the
//! function that receives it. All lists are columns, in the order in which the points of every
//! cluster are consecutive.

mod details;
mod nodes;

use serde::Serialize;
use serde_json::{Value, json};

use super::{Atlas, list};
use crate::derive::map_layout::projection::Projection;
use crate::derive::map_layout::text::label_lines;
use crate::derive::map_layout::{FittedProjection, LonLat, NameRank};
use crate::derive::map_sheets::Whose;
use crate::kind::Facts;
use crate::kind::point::TIERS;
use crate::pinyin_slug::slug;
use crate::read::Entry;
use crate::region;
use crate::render::navigation_links::navigation_templates;
use nodes::NodeColumns;

/// So many points a piece.
const PIECE: usize = 2_000;
/// So many points a piece of details.
const DETAILS: usize = 250;
/// The clusters that are drawn as far out as this are in the first file.
const FIRST_LEVELS: i32 = 2;
/// Says how the files are to be read; grows when that changes.
const FORMAT: u32 = 1;

/// A file and where its points stand in the order of all.
#[derive(Serialize)]
struct Piece {
    file: String,
    start: usize,
    count: usize,
}

/// The files of a sheet; first the path of the one that leads to all others.
pub(super) fn files(atlas: &Atlas<'_>) -> (String, Vec<(String, Vec<u8>)>) {
    let folder = format!("data/map/{}", atlas.plan.name);
    let order: Vec<&Entry> = atlas.order().map(|index| atlas.survey.entries[index]).collect();
    let mut files = Vec::new();
    let mut pieces = Vec::new();
    for (number, entries) in order.chunks(PIECE).enumerate() {
        let start = number * PIECE;
        let value = points(atlas, entries, start);
        let file = add(&mut files, (&folder, &format!("points-{number}")), &value);
        let count = entries.len();
        pieces.push(Piece { file, start, count });
    }
    let mut details = Vec::new();
    for (number, entries) in order.chunks(DETAILS).enumerate() {
        let start = number * DETAILS;
        let value = details::details(atlas.workshop, entries, start);
        let file = add(&mut files, (&folder, &format!("details-{number}")), &value);
        let count = entries.len();
        details.push(Piece { file, start, count });
    }
    let mut sheet = sheet(atlas);
    sheet["total"] = json!(order.len());
    sheet["pieces"] = json!(pieces);
    sheet["details"] = json!(details);
    let first = add(&mut files, (&folder, "sheet"), &sheet);
    (first, files)
}

/// Adds a file whose name changes with its bytes; returns its path.
fn add(files: &mut Vec<(String, Vec<u8>)>, (folder, name): (&str, &str), value: &Value) -> String {
    // Old browsers end a line of script at these two characters, which JSON allows in texts.
    let text = value
        .to_string()
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    let hash = blake3::hash(text.as_bytes()).to_hex();
    let path = format!("{folder}/{name}-{}.js", &hash[..10]);
    files.push((
        path.clone(),
        format!("hongtuMap.receive(\"{path}\",{text});\n").into_bytes(),
    ));
    path
}

/// The frame of a sheet: its size, its projection, its names, what points are told apart by.
fn sheet(atlas: &Atlas<'_>) -> Value {
    let (layout, facets, library) = (&atlas.layout, &atlas.facets, &atlas.workshop.library);
    let parks = facets.parks.iter().map(|park| library.entry(*park));
    let cities = facets.cities.iter().map(|city| {
        json!({
            "title": city.short(),
            "province": region::short_name(city.province),
            "sheet": list::sheet_of_city(&atlas.workshop.index, *city),
        })
    });
    let names = layout.names.iter().map(|(level, name)| {
        let rank = u8::from(name.rank == NameRank::City);
        json!([
            level,
            name.text,
            name.x,
            name.y,
            name.font_size,
            name.letter_spacing,
            rank
        ])
    });
    json!({
        "format": FORMAT,
        "name": atlas.plan.name,
        "title": atlas.plan.title,
        "width": layout.sheet.width,
        "height": layout.sheet.height,
        "extent": nodes::extent(layout),
        "least": layout.least,
        "greatest": layout.greatest,
        "projection": layout.sheet.projection.as_ref().map_or_else(|| plan(atlas), projection),
        "categories": facets.categories,
        "tiers": TIERS,
        "tags": facets.tags,
        "parks": parks.map(|park| json!({ "title": park.common.title, "path": park.path })).collect::<Vec<_>>(),
        "cities": cities.collect::<Vec<_>>(),
        "groups": layout.names_of_groups,
        "names": names.collect::<Vec<_>>(),
        "routes": routes(atlas),
        "navigation": navigation(atlas),
        "nodes": NodeColumns::of(layout, |node| node.from <= FIRST_LEVELS || spans_pieces(node.start, node.count), 0),
    })
}

/// The services that can show a place, as templates; none on an intranet, which reaches none.
fn navigation(atlas: &Atlas<'_>) -> Vec<Value> {
    let config = &atlas.workshop.library.config;
    if config.is_intranet() {
        return Vec::new();
    }
    navigation_templates(&slug(&config.title))
        .into_iter()
        .map(|service| json!({ "id": service.id, "service": service.service, "template": service.template }))
        .collect()
}

/// Whether points stand in more than one piece.
fn spans_pieces(start: usize, count: usize) -> bool {
    start / PIECE != (start + count - 1) / PIECE
}

/// A plan's own measures, as far as they are known.
fn plan(atlas: &Atlas<'_>) -> Value {
    let Whose::Plan(number) = atlas.plan.whose else {
        return Value::Null;
    };
    let plan = &atlas.workshop.index.plans[number];
    json!({
        "kind": "plan",
        "metresPerPixel": plan.metres_per_pixel,
        "north": plan.north,
        "scale": super::plan_scale(plan),
    })
}

fn projection(fitted: &FittedProjection) -> Value {
    let (scale, (x, y)) = (fitted.scale, fitted.origin);
    match &fitted.projection {
        Projection::Albers(albers) => json!({
            "kind": "albers",
            "cone": albers.cone,
            "constant": albers.constant,
            "radius": albers.ellipsoid.radius,
            "eccentricitySquared": albers.ellipsoid.eccentricity_squared,
            "originRadius": albers.origin_radius,
            "centralMeridian": albers.central_meridian,
            "scale": scale,
            "x": x,
            "y": y,
        }),
        Projection::Mercator(mercator) => cylindrical("mercator", mercator.origin, fitted),
        Projection::PlateCarree(plate) => cylindrical("plate", plate.origin, fitted),
        Projection::Local(local) => json!({
            "kind": "local",
            "longitude": local.centre.longitude,
            "latitude": local.centre.latitude,
            "eastDegree": local.east_degree,
            "northDegree": local.north_degree,
            "scale": scale,
            "x": x,
            "y": y,
        }),
    }
}

/// A projection of a sphere of WGS-84's radius.
fn cylindrical(kind: &str, origin: LonLat, fitted: &FittedProjection) -> Value {
    json!({
        "kind": kind,
        "longitude": origin.longitude,
        "latitude": origin.latitude,
        "scale": fitted.scale,
        "x": fitted.origin.0,
        "y": fitted.origin.1,
    })
}

/// The writers' routes whose stops are on the sheet.
fn routes(atlas: &Atlas<'_>) -> Vec<Value> {
    let workshop = atlas.workshop;
    let place = |id: &crate::read::EntryId| {
        let entries = &atlas.survey.entries;
        atlas.order().position(|index| entries[index].id == *id)
    };
    atlas
        .routes()
        .into_iter()
        .filter_map(|id| {
            let stops = workshop.index.relations.stops.get(&id)?;
            let stops: Option<Vec<usize>> = stops.iter().flatten().map(place).collect();
            let route = workshop.library.entry(id);
            Some(json!({ "slug": route.slug, "title": route.common.title, "path": route.path, "stops": stops? }))
        })
        .collect()
}

/// A piece of points.
fn points(atlas: &Atlas<'_>, entries: &[&Entry], start: usize) -> Value {
    let (layout, facets) = (&atlas.layout, &atlas.facets);
    let indexes: Vec<usize> = atlas.order().skip(start).take(entries.len()).collect();
    let column = |of: &dyn Fn(usize) -> Value| indexes.iter().map(|&index| of(index)).collect::<Vec<Value>>();
    let number = |of: Option<usize>| of.map_or(json!(-1), |of| json!(of));
    let texts = |of: &dyn Fn(&Entry) -> Value| entries.iter().map(|entry| of(entry)).collect::<Vec<Value>>();
    let fact = |entry: &Entry, of: &dyn Fn(&crate::kind::Point) -> Value| match &entry.facts {
        Facts::Point(point) => of(point),
        _ => Value::Null,
    };
    let positions = &atlas.workshop.index.positions;
    let degrees = |index: usize| positions[atlas.survey.entries[index].id.index()];
    json!({
        "start": start,
        "slug": texts(&|entry| json!(entry.slug)),
        "path": texts(&|entry| json!(entry.path)),
        "title": texts(&|entry| json!(entry.common.title)),
        "label": texts(&|entry| json!(label_lines(&entry.common.title).join("\n"))),
        "category": column(&|index| json!(facets.category[index])),
        "tier": column(&|index| number(facets.tier[index])),
        "park": column(&|index| number(facets.park[index])),
        "city": column(&|index| number(facets.city[index])),
        "tags": column(&|index| json!(facets.tags_of[index])),
        "address": texts(&|entry| fact(entry, &|point| json!(point.address))),
        "services": texts(&|entry| fact(entry, &|point| json!(point.services.join(" ")))),
        "rank": (start..start + entries.len()).map(|place| layout.ranks.get(place).copied().unwrap_or(place)).collect::<Vec<_>>(),
        "lng": column(&|index| json!(degrees(index).map(|at| rounded(at.longitude)))),
        "lat": column(&|index| json!(degrees(index).map(|at| rounded(at.latitude)))),
        "nodes": NodeColumns::of(layout, |node| {
            let inside = node.start >= start && node.start + node.count <= start + entries.len();
            inside && node.from > FIRST_LEVELS
        }, start),
    })
}

/// Six decimals, a tenth of a metre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}
