//! 圆桌: hosts, guests, and what they said.

#![expect(missing_docs, reason = "the table of keys above says what each field is")]

use serde::Deserialize;

use super::common;
use crate::schema::{Key, Shape};

/// All keys of a roundtable.
pub static KEYS: [Key; common::COUNT + 2] = super::with_common([
    Key::new("hosts", "主持人", Shape::List(&Shape::Text), "主持人"),
    Key::required(
        "guests",
        "嘉宾",
        Shape::List(&const { Shape::RecordOr(&GUEST_KEYS, "name") }),
        "嘉宾的姓名、职务、单位、地区",
    ),
]);

static GUEST_KEYS: [Key; 4] = [
    Key::required("name", "姓名", Shape::Text, "姓名，与正文里的一致"),
    Key::new("title", "职务", Shape::Text, "当时的职务"),
    Key::new("org", "单位", Shape::Text, "单位"),
    Key::new("region", "地区", Shape::Text, "省或市"),
];

/// Hosts and guests.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Roundtable {
    pub hosts: Vec<String>,
    pub guests: Vec<Guest>,
}

impl Roundtable {
    /// The names that may stand before a speech: the guests, then the hosts.
    pub fn speakers(&self) -> Vec<&str> {
        let guests = self.guests.iter().map(|guest| guest.name.as_str());
        guests.chain(self.hosts.iter().map(String::as_str)).collect()
    }
}

/// A guest, with the title of that time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Guest {
    pub name: String,
    pub title: Option<String>,
    pub org: Option<String>,
    pub region: Option<String>,
}
