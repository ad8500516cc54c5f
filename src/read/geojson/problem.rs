//! What can be wrong with a `GeoJSON` file, and the words for it.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Rule, rule};
use crate::source::{FileId, Span};

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// No JSON.
    Syntax,
    /// JSON that ends too early.
    CutOff,
    /// JSON that says nothing of what it shows.
    NotGeoJson,
    /// The other format of the same kind.
    Topology,
    /// A type of geometry that there is not.
    UnknownType,
    /// Brackets that are too many or too few, or something else than numbers in them.
    Nesting,
    /// Collections in collections in collections.
    Deep,
    /// Degrees that are none, such as metres.
    NotOnEarth,
    /// Latitude before longitude.
    Swapped,
    /// Everything lies elsewhere.
    NotInChina,
    /// No area and no line.
    Empty,
    /// Points, which a base map does not draw.
    Point,
    /// A line of one position, a ring of two.
    Short,
    /// A ring whose last position is not its first.
    OpenRing,
    /// A kind of shape that there is not.
    UnknownKind,
}

/// What is wrong, and where it was first met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where it was met first, in bytes.
    pub range: Range<usize>,
    /// How often it was met.
    pub count: usize,
}

impl ProblemKind {
    /// The rule that is broken.
    fn rule(self) -> Rule {
        match self {
            Self::NotOnEarth | Self::Swapped | Self::NotInChina => rule::MAP_COORDINATES,
            Self::Point | Self::Short | Self::OpenRing | Self::UnknownKind => rule::MAP_IGNORED,
            _ => rule::MAP_FILE,
        }
    }

    /// Whether it stops a build.
    pub fn is_error(self) -> bool {
        self.rule().severity == crate::diagnostic::Severity::Error
    }

    /// What is wrong, and what to do.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Syntax => ("底图从这里起不是 JSON", "从来源处重新导出 GeoJSON；不要用文字软件编辑"),
            Self::CutOff => ("底图文件不完整，到这里就断了", "重新下载或导出，等它存完"),
            Self::NotGeoJson => (
                "底图不是 GeoJSON",
                "导出时选 GeoJSON：最外层是 {\"type\": \"FeatureCollection\", …}",
            ),
            Self::Topology => ("底图是 TopoJSON，不是 GeoJSON", "用制图软件转成 GeoJSON（RFC 7946）"),
            Self::UnknownType => (
                "GeoJSON 里没有这种图形",
                "可以用 Polygon、MultiPolygon、LineString、MultiLineString、GeometryCollection",
            ),
            Self::Nesting => (
                "坐标的括号或数字不对",
                "每个坐标写成 [经度, 纬度]；线是一层坐标，面是一层环；从制图软件重新导出",
            ),
            Self::Deep => ("图形集合套了太多层", "导出时把集合拆开，每个要素一个图形"),
            Self::NotOnEarth => (
                "底图的坐标不是经纬度",
                "导出时选经纬度（WGS-84 或 CGCS2000），不要选以米为单位的投影坐标",
            ),
            Self::Swapped => (
                "底图的经度和纬度写反了",
                "GeoJSON 里经度在前：[120.36, 31.49]；导出时改轴的顺序",
            ),
            Self::NotInChina => (
                "底图的坐标都不在中国的范围里",
                "核对坐标系和文件；经度应当在 73 到 136 度之间，纬度在 3 到 54 度之间",
            ),
            Self::Empty => ("底图里没有面，也没有线", "导出时选上面图层或线图层，或者删去底图"),
            Self::Point => ("底图里有点，底图只画面和线", "点位写成示范点；不用的点可以从底图里删去"),
            Self::Short => (
                "底图里有线或环的坐标太少，没有画",
                "线至少两个坐标，环至少四个（首尾相同）",
            ),
            Self::OpenRing => ("底图里有环没有闭合，已经接上", "环的最后一个坐标要与第一个相同"),
            Self::UnknownKind => (
                "不认识底图里的这个类别，按“其他”画",
                "可以写：water 水面、green 绿地、building 建筑、road 道路、rail 铁路、boundary 界线、other 其他",
            ),
        }
    }
}

impl Problem {
    /// The problem as people read it.
    pub fn diagnostic(&self, file: FileId) -> Diagnostic {
        let (message, help) = self.kind.words();
        let span = Span::new(file, self.range.start, self.range.end);
        let message = if self.count > 1 {
            format!("{message}（共 {} 处，这是第一处）", self.count)
        } else {
            message.to_owned()
        };
        Diagnostic::new(self.kind.rule(), span, message).help(help)
    }
}
