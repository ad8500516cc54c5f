//! 路线: an ordered visit.

#![expect(missing_docs, reason = "the table of keys above says what each field is")]

use serde::Deserialize;

use super::common;
use crate::schema::{Key, Shape};

/// All keys of a route.
pub static KEYS: [Key; common::COUNT + 3] = super::with_common([
    Key::required(
        "stops",
        "站点",
        Shape::List(&const { Shape::RecordOr(&STOP_KEYS, "point") }),
        "按先后写各个示范点",
    ),
    Key::new("duration", "时长", Shape::Text, "例如 半天、约三小时"),
    Key::new("theme", "主题", Shape::Text, "这条路线的主题"),
]);

static STOP_KEYS: [Key; 3] = [
    Key::required("point", "示范点", Shape::Text, "示范点的标题或短名"),
    Key::new("note", "说明", Shape::Text, "在这一站看什么"),
    Key::new(
        "minutes",
        "停留",
        Shape::Integer { least: 1, most: 1440 },
        "停留多少分钟",
    ),
];

/// An ordered visit.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Route {
    pub stops: Vec<Stop>,
    pub duration: Option<String>,
    pub theme: Option<String>,
}

/// One stop.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Stop {
    /// A reference to a point, as written.
    pub point: String,
    pub note: Option<String>,
    pub minutes: Option<u32>,
}
