//! 简报: one issue of an alliance's bulletin.

#![expect(missing_docs, reason = "the table of keys above says what each field is")]

use serde::Deserialize;

use super::common;
use crate::schema::{Key, Shape};

/// The eight fields of working together.
pub const EIGHT_CO: &[&str] = &[
    "组织共建",
    "资源共享",
    "活动共办",
    "事务共商",
    "人才共育",
    "制度共创",
    "文化共兴",
    "发展共促",
];

/// All keys of a bulletin. A bulletin needs its date, which for the other kinds is optional.
pub static KEYS: [Key; common::COUNT + 5] = {
    let mut keys: [Key; common::COUNT + 5] = super::with_common([
        Key::required("alliance", "联盟", Shape::Text, "联盟的标题或短名"),
        Key::required(
            "issue",
            "期号",
            Shape::Integer {
                least: 1,
                most: 100_000,
            },
            "第几期，只写数",
        ),
        Key::new("activity", "活动", Shape::Record(&ACTIVITY_KEYS), "这一期报道的活动"),
        Key::new("resolutions", "决议", Shape::List(&Shape::Text), "通过的决议，一条一项"),
        Key::new(
            "projects",
            "项目",
            Shape::List(&const { Shape::RecordOr(&PROJECT_KEYS, "name") }),
            "项目和进度",
        ),
    ]);
    keys[DATE].required = true;
    keys
};

/// Where `date` stands among the common keys; a test watches over it.
const DATE: usize = 1;

static ACTIVITY_KEYS: [Key; 4] = [
    Key::new("type", "类型", Shape::Text, "联席会议、执委会、共建、培训、走访……"),
    Key::new(
        "eight_co",
        "八共",
        Shape::List(&Shape::Choice(EIGHT_CO)),
        "组织共建、资源共享……",
    ),
    Key::new("place", "地点", Shape::Text, "在哪里"),
    Key::new("participants", "参加单位", Shape::List(&Shape::Text), "哪些单位参加"),
];

static PROJECT_KEYS: [Key; 3] = [
    Key::required("name", "名称", Shape::Text, "项目名称"),
    Key::new("owner", "牵头单位", Shape::Text, "哪个单位牵头"),
    Key::new("status", "状态", Shape::Text, "待认领、已认领、进行中、已完成"),
];

/// One issue of a bulletin.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Bulletin {
    /// A reference to an alliance, as written.
    pub alliance: String,
    /// From 1; 0 only when it was missing and reported.
    pub issue: u32,
    pub activity: Option<Activity>,
    pub resolutions: Vec<String>,
    pub projects: Vec<Project>,
}

/// What an issue reports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Activity {
    #[serde(rename = "type")]
    pub activity_type: Option<String>,
    pub eight_co: Vec<String>,
    pub place: Option<String>,
    pub participants: Vec<String>,
}

/// A project with its state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Project {
    pub name: String,
    pub owner: Option<String>,
    pub status: Option<String>,
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_bulletin_needs_its_date() {
        let required: Vec<_> = super::KEYS
            .iter()
            .filter(|key| key.required)
            .map(|key| key.name)
            .collect();
        assert_eq!(required, ["title", "date", "alliance", "issue"]);
    }
}
