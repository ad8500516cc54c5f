//! 案例: a case report.

#![expect(missing_docs, reason = "the table of keys above says what each field is")]

use serde::Deserialize;

use super::{Figure, common, figure};
use crate::schema::{Key, Shape};

/// All keys of a case. A case needs its organisation, which for the other kinds is optional.
pub static KEYS: [Key; common::COUNT + 3] = {
    let mut keys: [Key; common::COUNT + 3] = super::with_common([
        Key::new("series", "征集活动", Shape::Text, "为哪次征集而写"),
        Key::new("award", "荣誉", Shape::Text, "得到的荣誉"),
        Key::new(
            "metrics",
            "指标",
            Shape::List(&const { Shape::Record(&figure::KEYS) }),
            "放在文前的几个数",
        ),
    ]);
    keys[ORG].required = true;
    keys
};

/// Where `org` stands among the common keys; a test watches over it.
const ORG: usize = 7;

/// A case report.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Case {
    pub series: Option<String>,
    pub award: Option<String>,
    pub metrics: Vec<Figure>,
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_case_needs_its_organisation() {
        let required: Vec<_> = super::KEYS
            .iter()
            .filter(|key| key.required)
            .map(|key| key.name)
            .collect();
        assert_eq!(required, ["title", "org"]);
    }
}
