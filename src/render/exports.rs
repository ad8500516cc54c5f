//! The points as data for other programs: `GeoJSON` (RFC 7946), CSV, KML 2.2, GPX 1.1; all in
//! WGS-84. Elements of KML and GPX stand in the order of their schemas.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::frame::Workshop;
use super::markdown::escape;
use super::meta;
use super::portal::{File, Output};
use super::view::LinkView;
use crate::coordinates::Position;
use crate::derive::Index;
use crate::derive::summary::summary;
use crate::kind::point::Point;
use crate::kind::{Facts, Kind};
use crate::read::{Entry, Library};

/// One point with all that the exports say of it.
struct Row<'a> {
    entry: &'a Entry,
    point: &'a Point,
    position: Position,
    park: Option<String>,
}

/// Writes the points down.
type Form = fn(&Workshop, &[Row<'_>]) -> String;

/// The files; none without points.
pub fn exports(library: &Library, index: &Index) -> Vec<(String, Output)> {
    let is_placed = |entry: &Entry| entry.kind() == Kind::Point && index.positions[entry.id.index()].is_some();
    if !library.shown().any(is_placed) {
        return Vec::new();
    }
    let forms: [(&str, Form); 4] = [
        ("data/points.geojson", geojson),
        ("data/points.csv", |_, rows| csv(rows)),
        ("data/points.kml", kml),
        ("data/points.gpx", gpx),
    ];
    let outputs = forms.map(|(path, form)| {
        let output = Output::page(move |workshop, _| {
            let text = form(workshop, &rows(workshop));
            Ok(File::of_bytes(text.into_bytes()))
        });
        (path.to_owned(), output)
    });
    outputs.into()
}

/// Links to the files.
pub fn downloads() -> Vec<LinkView> {
    [
        ("GeoJSON", "data/points.geojson"),
        ("CSV（表格）", "data/points.csv"),
        ("KML", "data/points.kml"),
        ("GPX（手持导航）", "data/points.gpx"),
    ]
    .map(|(title, path)| LinkView {
        title: title.into(),
        path: path.into(),
    })
    .into()
}

fn rows(workshop: &Workshop) -> Vec<Row<'_>> {
    let entries = workshop.library.shown().filter(|entry| entry.kind() == Kind::Point);
    entries
        .filter_map(|entry| {
            let Facts::Point(point) = &entry.facts else { return None };
            let position = workshop.index.positions[entry.id.index()]?;
            let park = workshop.index.relations.park[entry.id.index()];
            let park = park.map(|park| workshop.library.entry(park).common.title.clone());
            Some(Row {
                entry,
                point,
                position,
                park,
            })
        })
        .collect()
}

/// Degrees with six decimals, a tenth of a metre; more would pretend to be more exact than a
/// converted position is.
pub fn degrees(value: f64) -> String {
    format!("{value:.6}")
}

fn number(value: f64) -> Value {
    degrees(value).parse::<f64>().map_or(Value::Null, Value::from)
}

fn geojson(workshop: &Workshop, rows: &[Row<'_>]) -> String {
    let features: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "type": "Feature",
                "id": row.entry.slug,
                "geometry": { "type": "Point", "coordinates": [number(row.position.longitude), number(row.position.latitude)] },
                "properties": {
                    "name": row.entry.common.title,
                    "category": row.point.category,
                    "tier": row.point.tier,
                    "park": row.park,
                    "address": row.point.address,
                    "hours": row.point.hours,
                    "phone": row.point.phone,
                    "page": meta::address(&workshop.library, &row.entry.path).unwrap_or_else(|| format!("../{}", row.entry.path)),
                },
            })
        })
        .collect();
    let collection =
        json!({ "type": "FeatureCollection", "name": workshop.library.config.title, "features": features });
    collection.to_string() + "\n"
}

/// With a byte order mark, without which Excel takes UTF-8 for GBK; lines end as RFC 4180 says.
fn csv(rows: &[Row<'_>]) -> String {
    let mut text =
        String::from("\u{feff}名称,类别,层级,园区,地址,经度(WGS-84),纬度(WGS-84),开放时间,电话,预约,页面\r\n");
    for row in rows {
        let cells = [
            row.entry.common.title.as_str(),
            &row.point.category,
            row.point.tier.as_deref().unwrap_or(""),
            row.park.as_deref().unwrap_or(""),
            &row.point.address,
            &degrees(row.position.longitude),
            &degrees(row.position.latitude),
            row.point.hours.as_deref().unwrap_or(""),
            row.point.phone.as_deref().unwrap_or(""),
            row.point.booking.as_deref().unwrap_or(""),
            &row.entry.path,
        ];
        let line: Vec<_> = cells.iter().map(|cell| csv_cell(cell)).collect();
        text.push_str(&line.join(","));
        text.push_str("\r\n");
    }
    text
}

/// Quoted where needed. A cell that a spreadsheet would take for a formula gets a leading quote.
fn csv_cell(cell: &str) -> String {
    let cell = if cell.starts_with(['=', '+', '@']) || (cell.starts_with('-') && cell.parse::<f64>().is_err()) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

/// What a point is, for people, in one line.
fn description(row: &Row<'_>) -> String {
    let parts = [
        Some(row.point.category.as_str()),
        row.park.as_deref(),
        Some(&row.point.address),
        row.point.hours.as_deref(),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    parts.join("；")
}

/// Text as XML 1.0 can hold it: a few control characters it cannot, not even escaped.
fn xml(text: &str) -> String {
    let can_stand =
        |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    escape(&text.chars().filter(can_stand).collect::<String>())
}

fn kml(workshop: &Workshop, rows: &[Row<'_>]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n",
    );
    let _ = writeln!(text, "<name>{}</name>", xml(&workshop.library.config.title));
    for row in rows {
        // An id may not begin with a digit, which a slug may.
        let _ = writeln!(
            text,
            "<Placemark id=\"point-{}\"><name>{}</name><description>{}</description><Point><coordinates>{},{}</coordinates></Point></Placemark>",
            row.entry.slug,
            xml(&row.entry.common.title),
            xml(&description(row)),
            degrees(row.position.longitude),
            degrees(row.position.latitude),
        );
    }
    text.push_str("</Document>\n</kml>\n");
    text
}

/// Points as way points, the writers' routes as routes: a device at hand leads from stop to stop.
/// No times: nothing here depends on the clock.
fn gpx(workshop: &Workshop, rows: &[Row<'_>]) -> String {
    let library = &workshop.library;
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        text,
        "<gpx xmlns=\"http://www.topografix.com/GPX/1/1\" version=\"1.1\" creator=\"hongtu {}\">",
        env!("CARGO_PKG_VERSION")
    );
    let _ = writeln!(text, "<metadata><name>{}</name></metadata>", xml(&library.config.title));
    for row in rows {
        let _ = writeln!(
            text,
            "<wpt lat=\"{}\" lon=\"{}\"><name>{}</name><desc>{}</desc>{}<type>{}</type></wpt>",
            degrees(row.position.latitude),
            degrees(row.position.longitude),
            xml(&row.entry.common.title),
            xml(&description(row)),
            gpx_link(workshop, row.entry),
            xml(&row.point.category),
        );
    }
    for (route, stops) in &workshop.index.relations.stops {
        let route = library.entry(*route);
        let _ = writeln!(
            text,
            "<rte><name>{}</name>{}{}",
            xml(&route.common.title),
            summary(route).map_or_else(String::new, |summary| format!("<desc>{}</desc>", xml(&summary))),
            gpx_link(workshop, route),
        );
        for stop in stops.iter().flatten() {
            let Some(position) = workshop.index.positions[stop.index()] else {
                continue;
            };
            let _ = writeln!(
                text,
                "<rtept lat=\"{}\" lon=\"{}\"><name>{}</name></rtept>",
                degrees(position.latitude),
                degrees(position.longitude),
                xml(&library.entry(*stop).common.title),
            );
        }
        text.push_str("</rte>\n");
    }
    text.push_str("</gpx>\n");
    text
}

/// The link to an entry's page, where the portal's address is known: a device knows no other.
fn gpx_link(workshop: &Workshop, entry: &Entry) -> String {
    meta::address(&workshop.library, &entry.path)
        .map_or_else(String::new, |address| format!("<link href=\"{}\"/>", xml(&address)))
}
