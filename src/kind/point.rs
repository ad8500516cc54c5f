//! 示范点: a place worth a visit.

#![expect(missing_docs, reason = "the table of keys above says what each field is")]

use serde::Deserialize;

use super::common::{self, PICTURE_KEYS, Picture};
use super::figure;
use crate::coordinates::CoordinateSystem;
use crate::schema::date::PartialDate;
use crate::schema::{Key, Shape};

/// The tiers of places, from the largest.
pub const TIERS: &[&str] = &["园区", "楼宇", "企业"];

/// With more points than this, what is printed of them (handbook, plaques, stickers) is one page a
/// city or park, in folders of their own.
pub const MOST_ON_ONE_PRINT: usize = 200;

/// The coordinate systems that a writer may name.
pub(super) const SYSTEMS: &[&str] = &["wgs84", "gcj02", "bd09", "cgcs2000"];

/// All keys of a point.
pub static KEYS: [Key; common::COUNT + 13] = super::with_common([
    Key::required("category", "类别", Shape::Text, "党群服务中心、企业党建示范点……"),
    Key::new("tier", "层级", Shape::Choice(TIERS), "园区、楼宇、企业"),
    Key::required("address", "地址", Shape::Text, "完整地址，从省市写起"),
    Key::new("location", "位置", Shape::Record(&LOCATION_KEYS), "经纬度和坐标系"),
    Key::new(
        "plan",
        "平面图",
        Shape::Record(&PLAN_KEYS),
        "在所属园区平面图上的位置；可以代替经纬度，也可以两样都写",
    ),
    Key::new(
        "area",
        "面积",
        Shape::Number {
            least: 0.0,
            most: 100_000_000.0,
        },
        "平方米",
    ),
    Key::new("opened", "启用", Shape::PartialDate, "启用的日期"),
    Key::new("hours", "开放时间", Shape::Text, "例如 周一至周五 9:00—17:00"),
    Key::new("phone", "电话", Shape::Text, "办公电话；不要写个人手机号"),
    Key::new("booking", "预约", Shape::Text, "怎样预约"),
    Key::new("services", "功能", Shape::List(&Shape::Text), "有哪些服务"),
    Key::new(
        "photos",
        "照片",
        Shape::List(&const { Shape::RecordOr(&PICTURE_KEYS, "src") }),
        "照片和文字说明",
    ),
    Key::new(
        "accessibility",
        "无障碍",
        Shape::List(&Shape::Text),
        "坡道、电梯、无障碍卫生间……",
    ),
]);

/// The keys of a position.
pub static LOCATION_KEYS: [Key; 3] = [
    Key::required(
        "lng",
        "经度",
        Shape::Number {
            least: -180.0,
            most: 180.0,
        },
        "东经，度",
    ),
    Key::required(
        "lat",
        "纬度",
        Shape::Number {
            least: -180.0,
            most: 180.0,
        },
        "北纬，度",
    ),
    Key::required(
        "crs",
        "坐标系",
        Shape::Choice(SYSTEMS),
        "wgs84、gcj02（高德、腾讯）、bd09（百度）、cgcs2000",
    ),
];

static PLAN_KEYS: [Key; 3] = [
    Key::required("name", "名称", Shape::Text, "平面图的名称"),
    Key::required(
        "x",
        "x",
        Shape::Number {
            least: 0.0,
            most: 100_000.0,
        },
        "从左边数的像素",
    ),
    Key::required(
        "y",
        "y",
        Shape::Number {
            least: 0.0,
            most: 100_000.0,
        },
        "从上边数的像素",
    ),
];

/// A place worth a visit.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Point {
    pub category: String,
    pub tier: Option<String>,
    pub address: String,
    pub location: Option<Location>,
    pub plan: Option<PlanPlace>,
    /// Square metres.
    pub area: Option<f64>,
    pub opened: Option<PartialDate>,
    pub hours: Option<String>,
    pub phone: Option<String>,
    pub booking: Option<String>,
    pub services: Vec<String>,
    pub photos: Vec<Picture>,
    pub accessibility: Vec<String>,
}

impl Point {
    /// `1,316 平方米`.
    pub fn area_in_words(&self) -> Option<String> {
        self.area.map(|area| format!("{} 平方米", figure::number_text(area)))
    }
}

/// A position as written: degrees in the declared system, not checked for sense.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Location {
    /// Longitude in degrees, east positive.
    pub lng: f64,
    /// Latitude in degrees, north positive.
    pub lat: f64,
    /// The system that the degrees are in.
    pub crs: CoordinateSystem,
}

/// A place on a plan, in pixels from the upper left corner.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PlanPlace {
    pub name: String,
    pub x: f64,
    pub y: f64,
}
