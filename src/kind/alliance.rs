//! 联盟: a named group of organisations with a charter.

#![expect(missing_docs, reason = "the table of keys above says what each field is")]

use serde::Deserialize;

use super::common;
use crate::schema::date::PartialDate;
use crate::schema::{Key, Shape};

/// The roles of members in the order in which a page lists them.
pub const ROLES: &[&str] = &["主任单位", "副主任单位", "秘书长单位", "成员单位", "观察员单位"];

/// All keys of an alliance.
pub static KEYS: [Key; common::COUNT + 6] = super::with_common([
    Key::new("type", "类型", Shape::Text, "园区、行业、产业链、街区、毗邻……"),
    Key::required("founded", "成立", Shape::PartialDate, "成立的日期，至少写年份"),
    Key::new("initiators", "发起单位", Shape::List(&Shape::Text), "发起的单位"),
    Key::new(
        "members",
        "成员",
        Shape::List(&const { Shape::RecordOr(&MEMBER_KEYS, "unit") }),
        "成员单位，连同角色和起止",
    ),
    Key::new(
        "charter",
        "章程",
        Shape::Record(&CHARTER_KEYS),
        "章程里要求的会议和任期",
    ),
    Key::new("contact", "联系方式", Shape::Text, "办公室的联系方式"),
]);

static MEMBER_KEYS: [Key; 5] = [
    Key::required("unit", "单位", Shape::Text, "单位名称"),
    Key::new("park", "园区", Shape::Text, "是本站的园区时，写它的标题或短名"),
    Key::new("role", "角色", Shape::Choice(ROLES), "主任单位、副主任单位、成员单位"),
    Key::new("since", "起", Shape::PartialDate, "从何时起"),
    Key::new("until", "止", Shape::PartialDate, "到何时止"),
];

static CHARTER_KEYS: [Key; 3] = [
    Key::new(
        "joint_meetings_per_year",
        "联席会议次数",
        Shape::Integer { least: 0, most: 366 },
        "每年至少几次联席会议",
    ),
    Key::new(
        "exec_meetings_per_year",
        "执委会次数",
        Shape::Integer { least: 0, most: 366 },
        "每年至少几次执委会",
    ),
    Key::new("term_years", "任期", Shape::Integer { least: 1, most: 50 }, "每届几年"),
];

/// A named group of organisations.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Alliance {
    #[serde(rename = "type")]
    pub alliance_type: Option<String>,
    /// Missing only when that was reported.
    pub founded: Option<PartialDate>,
    pub initiators: Vec<String>,
    pub members: Vec<Member>,
    pub charter: Charter,
    pub contact: Option<String>,
}

/// A member, in one role from one day to another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Member {
    pub unit: String,
    /// A reference to a park, as written.
    pub park: Option<String>,
    pub role: Option<String>,
    pub since: Option<PartialDate>,
    pub until: Option<PartialDate>,
}

/// What the charter asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Charter {
    pub joint_meetings_per_year: Option<u16>,
    pub exec_meetings_per_year: Option<u16>,
    pub term_years: Option<u16>,
}
