//! The points as data for other programs: `GeoJSON` (RFC 7946), CSV, KML 2.2; all in WGS-84.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::frame::Workshop;
use super::markdown::escape;
use super::meta;
use super::view::LinkView;
use crate::coordinates::Position;
use crate::kind::point::Point;
use crate::kind::{Facts, Kind};
use crate::read::Entry;

/// One point with all that the exports say of it.
struct Row<'a> {
    entry: &'a Entry,
    point: &'a Point,
    position: Position,
    park: Option<String>,
}

/// The three files; none without points.
pub fn exports(workshop: &Workshop<'_>) -> Vec<(String, Vec<u8>)> {
    let rows = rows(workshop);
    if rows.is_empty() {
        return Vec::new();
    }
    vec![
        ("data/points.geojson".into(), geojson(workshop, &rows).into_bytes()),
        ("data/points.csv".into(), csv(&rows).into_bytes()),
        ("data/points.kml".into(), kml(workshop, &rows).into_bytes()),
    ]
}

/// Links to the three files.
pub fn downloads() -> Vec<LinkView> {
    [
        ("GeoJSON", "data/points.geojson"),
        ("CSV（表格）", "data/points.csv"),
        ("KML", "data/points.kml"),
    ]
    .map(|(title, path)| LinkView {
        title: title.into(),
        path: path.into(),
    })
    .into()
}

fn rows<'a>(workshop: &Workshop<'a>) -> Vec<Row<'a>> {
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

fn geojson(workshop: &Workshop<'_>, rows: &[Row<'_>]) -> String {
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
                    "page": meta::address(workshop.library, &row.entry.path).unwrap_or_else(|| format!("../{}", row.entry.path)),
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

fn kml(workshop: &Workshop<'_>, rows: &[Row<'_>]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n",
    );
    let _ = writeln!(text, "<name>{}</name>", escape(&workshop.library.config.title));
    for row in rows {
        let description = [
            Some(row.point.category.as_str()),
            row.park.as_deref(),
            Some(&row.point.address),
            row.point.hours.as_deref(),
        ];
        let description: Vec<_> = description.into_iter().flatten().collect();
        let _ = writeln!(
            text,
            "<Placemark id=\"{}\"><name>{}</name><description>{}</description><Point><coordinates>{},{}</coordinates></Point></Placemark>",
            escape(&row.entry.slug),
            escape(&row.entry.common.title),
            escape(&description.join("；")),
            degrees(row.position.longitude),
            degrees(row.position.latitude),
        );
    }
    text.push_str("</Document>\n</kml>\n");
    text
}
