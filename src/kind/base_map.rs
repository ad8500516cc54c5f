//! What a map may be drawn on: a base map with its official number, and the plans of a park.

#![expect(missing_docs, reason = "the table of keys above says what each field is")]

use serde::Deserialize;

use super::common::Picture;
use super::point::SYSTEMS;
use crate::coordinates::{CoordinateSystem, Position};
use crate::schema::{Key, Shape};

/// The keys of a base map.
pub static KEYS: [Key; 7] = [
    Key::required(
        "file",
        "文件",
        Shape::Text,
        "GeoJSON 文件，或者写明了范围的 PNG、JPG、WebP、SVG 图片",
    ),
    // Needed too; a rule of its own says so.
    Key::new("approval", "审图号", Shape::Text, "没有审图号的底图不能公开"),
    Key::required("source", "来源", Shape::Text, "底图的来源"),
    Key::new(
        "crs",
        "坐标系",
        Shape::Choice(SYSTEMS),
        "不写就是 wgs84（cgcs2000 与它相同）",
    ),
    Key::new("bounds", "范围", Shape::Record(&BOUNDS_KEYS), "图片四边的经纬度"),
    Key::new(
        "projection",
        "投影",
        Shape::Choice(&["plate-carree", "mercator", "等距圆柱", "墨卡托"]),
        "图片的投影：等距圆柱（经纬线方格等分）或墨卡托（网络地图），不写就是等距圆柱",
    ),
    Key::new(
        "unmodified",
        "未改动",
        Shape::Boolean,
        "写“是”：与送审时一样，没有改动过",
    ),
];

static BOUNDS_KEYS: [Key; 4] = [
    Key::required("west", "西", LONGITUDE, "左边的经度"),
    Key::required("south", "南", LATITUDE, "下边的纬度"),
    Key::required("east", "东", LONGITUDE, "右边的经度"),
    Key::required("north", "北", LATITUDE, "上边的纬度"),
];

const LONGITUDE: Shape = Shape::Number {
    least: -180.0,
    most: 180.0,
};
const LATITUDE: Shape = Shape::Number {
    least: -85.0,
    most: 85.0,
};

/// The keys of a park's plan.
pub static PLAN_KEYS: [Key; 5] = [
    Key::required("name", "名称", Shape::Text, "平面图的名称，示范点用它指明是哪一张"),
    Key::required("src", "文件", Shape::Image, "图片文件的路径"),
    Key::new("alt", "说明", Shape::Text, "给看不见图的人：图上有什么"),
    Key::new(
        "metres_per_pixel",
        "每像素米数",
        Shape::Number {
            least: 0.000_1,
            most: 10_000.0,
        },
        "一个像素是多少米；写了才有比例尺",
    ),
    Key::new(
        "north",
        "北向",
        Shape::Number {
            least: -360.0,
            most: 360.0,
        },
        "北在哪边：从正上方顺时针数的度数；写了才有指北针",
    ),
];

/// A base map as it is set up.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub struct BaseMap {
    pub file: String,
    pub approval: String,
    pub source: String,
    pub crs: CoordinateSystem,
    pub bounds: Option<Bounds>,
    pub projection: ImageProjection,
    pub unmodified: Option<bool>,
}

impl Default for BaseMap {
    fn default() -> Self {
        Self {
            file: String::new(),
            approval: String::new(),
            source: String::new(),
            crs: CoordinateSystem::Wgs84,
            bounds: None,
            projection: ImageProjection::default(),
            unmodified: None,
        }
    }
}

/// The degrees of a picture's edges, in the base map's coordinate system.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Bounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Bounds {
    /// Whether west lies west of east and south of north.
    pub fn is_in_order(&self) -> bool {
        self.west < self.east && self.south < self.north
    }

    /// The middle, in degrees.
    pub fn middle(&self) -> Position {
        Position::new(
            f64::midpoint(self.west, self.east),
            f64::midpoint(self.south, self.north),
        )
    }
}

/// How a picture was projected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum ImageProjection {
    /// 等距圆柱: a degree is as long everywhere on the picture.
    #[default]
    #[serde(rename = "plate-carree", alias = "等距圆柱")]
    PlateCarree,
    /// 墨卡托: as the maps on the web are.
    #[serde(rename = "mercator", alias = "墨卡托")]
    Mercator,
}

/// A plan of a park.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Plan {
    pub name: String,
    /// Its path and its description.
    #[serde(flatten)]
    pub picture: Picture,
    pub metres_per_pixel: Option<f64>,
    /// Degrees clockwise from up.
    pub north: Option<f64>,
}
