//! 园区: one park.

#![expect(missing_docs, reason = "the table of keys above says what each field is")]

use serde::Deserialize;

use super::point::{LOCATION_KEYS, Location};
use super::{BaseMap, Figure, NetworkNode, Plan, base_map, common, figure, network};
use crate::schema::date::PartialDate;
use crate::schema::{Key, Shape};

/// All keys of a park.
pub static KEYS: [Key; common::COUNT + 10] = super::with_common([
    Key::new("region", "区划代码", Shape::Text, "六位或九位行政区划代码"),
    Key::new("level", "级别", Shape::Text, "国家级、省级、市级……"),
    Key::new("address", "地址", Shape::Text, "管理机构的地址"),
    Key::new("location", "位置", Shape::Record(&LOCATION_KEYS), "大致位置的经纬度"),
    Key::new(
        "area",
        "面积",
        Shape::Number {
            least: 0.0,
            most: 1_000_000.0,
        },
        "平方公里",
    ),
    Key::new("founded", "成立", Shape::PartialDate, "成立或获批的年份"),
    Key::new(
        "network",
        "组织网络",
        Shape::Record(&network::KEYS),
        "党组织怎样一级一级设置",
    ),
    Key::new(
        "metrics",
        "指标",
        Shape::List(&const { Shape::Record(&figure::KEYS) }),
        "几个要紧的数",
    ),
    Key::new(
        "plans",
        "平面图",
        Shape::List(&const { Shape::Record(&base_map::PLAN_KEYS) }),
        "园区自己的平面图，示范点可以标在上面",
    ),
    Key::new(
        "base_map",
        "底图",
        Shape::Record(&base_map::KEYS),
        "园区地图页的底图；必须有审图号",
    ),
]);

/// A park.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Park {
    pub region: Option<String>,
    pub level: Option<String>,
    pub address: Option<String>,
    pub location: Option<Location>,
    /// Square kilometres.
    pub area: Option<f64>,
    pub founded: Option<PartialDate>,
    pub network: Option<NetworkNode>,
    pub metrics: Vec<Figure>,
    pub plans: Vec<Plan>,
    pub base_map: Option<BaseMap>,
}

impl Park {
    /// `1,316 平方公里`.
    pub fn area_in_words(&self) -> Option<String> {
        self.area.map(|area| format!("{} 平方公里", figure::number_text(area)))
    }
}
