//! What the card of a point shows: its photo, when it is open, how to get there.

use serde_json::{Value, json};

use super::rounded;
use crate::coordinates::Position;
use crate::kind::{Facts, Point};
use crate::read::Entry;
use crate::render::frame::Workshop;
use crate::render::kind_views::{number_text, point};
use crate::render::navigation_links::Pairs;
use crate::render::qr_code;
use crate::render::view::PictureView;

/// The card's photo is the smallest form at least as wide as this, in pixels.
const PHOTO_WIDTH: u32 = 480;

/// The details of some points.
pub(super) fn details(workshop: &Workshop, entries: &[&Entry], start: usize) -> Value {
    let mut columns = json!({ "start": start });
    let fields = entries.iter().map(|entry| match &entry.facts {
        Facts::Point(point) => fields(workshop, entry, point),
        _ => json!({}),
    });
    let fields: Vec<Value> = fields.collect();
    for name in FIELDS {
        columns[name] = fields
            .iter()
            .map(|of| of.get(name).cloned().unwrap_or(Value::Null))
            .collect();
    }
    columns
}

const FIELDS: [&str; 12] = [
    "photo",
    "hours",
    "phone",
    "booking",
    "area",
    "accessibility",
    "services",
    "written",
    "gcj02",
    "bd09",
    "qr",
    "qrLabel",
];

fn fields(workshop: &Workshop, entry: &Entry, facts: &Point) -> Value {
    let position = workshop.index.positions[entry.id.index()];
    let pairs = position.map(Pairs::of);
    let cover = workshop.cards.get(entry.id).and_then(|card| card.cover.as_ref());
    let qr = point::qr_target(workshop, entry);
    json!({
        "photo": cover.filter(|cover| !cover.generated).map(photo),
        "hours": facts.hours,
        "phone": facts.phone,
        "booking": facts.booking,
        "area": facts.area.map(|area| format!("{} 平方米", number_text(area))),
        "accessibility": facts.accessibility,
        "services": facts.services,
        "written": point::written_position(facts),
        "gcj02": pairs.map(|pairs| pair(pairs.gcj02)),
        "bd09": pairs.map(|pairs| pair(pairs.bd09)),
        "qr": qr.as_ref().and_then(|(address, _)| qr_code::packed(address)),
        "qrLabel": qr.map(|(_, label)| label),
    })
}

fn pair(position: Position) -> [f64; 2] {
    [rounded(position.longitude), rounded(position.latitude)]
}

fn photo(picture: &PictureView) -> Value {
    let forms = if picture.webp.is_empty() {
        &picture.variants
    } else {
        &picture.webp
    };
    let wide_enough = forms
        .iter()
        .filter(|form| form.width >= PHOTO_WIDTH)
        .min_by_key(|form| form.width);
    let (src, width) = wide_enough.map_or((&picture.src, picture.width), |form| (&form.src, form.width));
    // The form has the proportions of the whole picture.
    let height = u64::from(picture.height) * u64::from(width) / u64::from(picture.width.max(1));
    json!({ "src": src, "width": width, "height": height, "alt": picture.alt })
}
