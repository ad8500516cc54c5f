//! `GeoJSON` (RFC 7946) as areas and lines: a base map that comes from anybody's program.
//!
//! A file may be large, cut off, deep, or of another kind altogether. So it is taken apart piece by
//! piece without a tree of it in memory: `serde_json` sees to the syntax and gives out the raw text
//! of what stands behind a key, and coordinates, which are nothing but brackets and numbers, are
//! read in one pass. Every problem keeps the bytes where it was first met.

pub mod coordinates;
pub mod problem;

use std::ops::Range;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::coordinates::Position;
use coordinates::{Lines, Nesting};
pub use problem::{Problem, ProblemKind};

/// Collections in collections deeper than this are an attack.
const DEEPEST_COLLECTION: usize = 8;

/// What a shape is, which says how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShapeKind {
    /// 其他: what is none of the rest, such as blocks.
    Other,
    /// 绿地.
    Green,
    /// 水面.
    Water,
    /// 建筑.
    Building,
    /// 道路.
    Road,
    /// 铁路.
    Rail,
    /// 界线.
    Boundary,
}

impl ShapeKind {
    /// All kinds, in the order in which they are drawn, the lowest first.
    pub const ALL: [Self; 7] = [
        Self::Other,
        Self::Green,
        Self::Water,
        Self::Building,
        Self::Road,
        Self::Rail,
        Self::Boundary,
    ];

    /// The English name, which is also the class in a drawing.
    pub fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Green => "green",
            Self::Water => "water",
            Self::Building => "building",
            Self::Road => "road",
            Self::Rail => "rail",
            Self::Boundary => "boundary",
        }
    }

    /// The Chinese name, which a file may use as well.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Other => "其他",
            Self::Green => "绿地",
            Self::Water => "水面",
            Self::Building => "建筑",
            Self::Road => "道路",
            Self::Rail => "铁路",
            Self::Boundary => "界线",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL
            .into_iter()
            .find(|kind| kind.chinese() == word || kind.name().eq_ignore_ascii_case(word))
    }
}

/// An area or a line, in the file's own degrees.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// An outer ring and its holes. Each ring is closed by its first position, which isn't repeated.
    Area(Vec<Vec<Position>>),
    /// A line of two positions or more.
    Line(Vec<Position>),
}

/// One thing that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// What it is.
    pub kind: ShapeKind,
    /// Where it is.
    pub geometry: Geometry,
}

/// What a file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GeoJson {
    /// In the order of the file.
    pub shapes: Vec<Shape>,
}

/// Reads a file's text. What is wrong is returned beside what could be read; of many problems of
/// one kind, the first with their number.
pub fn parse(text: &str) -> (GeoJson, Vec<Problem>) {
    let mut reader = Reader {
        text,
        shapes: Vec::new(),
        positions_in_china: 0,
        first_position: None,
        problems: Vec::new(),
    };
    if text.trim_start().starts_with('{') {
        reader.object(text, Within::Nothing);
    } else {
        reader.note(ProblemKind::NotGeoJson, 0..text.lines().next().map_or(0, str::len));
    }
    reader.finish()
}

/// The members of all objects that `GeoJSON` knows; what else stands in one is passed over.
#[derive(Deserialize)]
struct Object<'a> {
    #[serde(borrow, rename = "type", default)]
    type_name: Option<&'a RawValue>,
    #[serde(borrow, default)]
    features: Option<&'a RawValue>,
    #[serde(borrow, default)]
    geometry: Option<&'a RawValue>,
    #[serde(borrow, default)]
    properties: Option<&'a RawValue>,
    #[serde(borrow, default)]
    geometries: Option<&'a RawValue>,
    #[serde(borrow, default)]
    coordinates: Option<&'a RawValue>,
}

/// The property that says what a shape is; programs that export add others.
#[derive(Deserialize)]
struct Properties<'a> {
    #[serde(borrow, default)]
    kind: Option<&'a RawValue>,
    #[serde(borrow, rename = "类别", default)]
    chinese_kind: Option<&'a RawValue>,
}

/// What an object stands in.
#[derive(Clone, Copy)]
enum Within {
    Nothing,
    Features,
    Feature(ShapeKind),
    Collection(ShapeKind, usize),
}

impl Within {
    fn kind(self) -> ShapeKind {
        match self {
            Self::Nothing | Self::Features => ShapeKind::Other,
            Self::Feature(kind) | Self::Collection(kind, _) => kind,
        }
    }

    fn depth(self) -> usize {
        match self {
            Self::Collection(_, depth) => depth,
            _ => 0,
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    shapes: Vec<Shape>,
    positions_in_china: usize,
    first_position: Option<(Position, Range<usize>)>,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn object(&mut self, raw: &'a str, within: Within) {
        let object: Object<'_> = match serde_json::from_str(raw) {
            Ok(object) => object,
            Err(error) => return self.note_error(raw, &error),
        };
        let type_name = object
            .type_name
            .and_then(|raw| serde_json::from_str::<String>(raw.get()).ok());
        match (type_name.as_deref(), within) {
            (Some("FeatureCollection"), Within::Nothing) => {
                for feature in self.list(raw, object.features) {
                    self.object(feature, Within::Features);
                }
            }
            (Some("Feature"), Within::Nothing | Within::Features) => {
                let kind = self.kind_of(object.properties);
                // A feature without a place has `null` here.
                if let Some(geometry) = object.geometry {
                    self.object(geometry.get(), Within::Feature(kind));
                }
            }
            (Some("GeometryCollection"), Within::Nothing | Within::Feature(_) | Within::Collection(..)) => {
                if within.depth() >= DEEPEST_COLLECTION {
                    return self.note(ProblemKind::Deep, self.start_of(raw));
                }
                for geometry in self.list(raw, object.geometries) {
                    self.object(geometry, Within::Collection(within.kind(), within.depth() + 1));
                }
            }
            (Some("Point" | "MultiPoint"), _) => self.note(ProblemKind::Point, self.start_of(raw)),
            (Some("Topology"), Within::Nothing) => self.note(ProblemKind::Topology, self.start_of(raw)),
            (Some(name), Within::Nothing | Within::Feature(_) | Within::Collection(..)) => {
                match Nesting::of_type(name) {
                    Some(nesting) => self.geometry(raw, (nesting, within.kind()), object.coordinates),
                    None => self.note(ProblemKind::UnknownType, self.start_of(raw)),
                }
            }
            (Some(_), Within::Features) => self.note(ProblemKind::UnknownType, self.start_of(raw)),
            (None, _) => self.note(ProblemKind::NotGeoJson, self.start_of(raw)),
        }
    }

    /// The items of a list of objects.
    fn list(&mut self, owner: &'a str, raw: Option<&'a RawValue>) -> Vec<&'a str> {
        let Some(raw) = raw else {
            self.note(ProblemKind::Nesting, self.start_of(owner));
            return Vec::new();
        };
        if let Ok(items) = serde_json::from_str::<Vec<&'a RawValue>>(raw.get()) {
            return items.into_iter().map(RawValue::get).collect();
        }
        self.note(ProblemKind::Nesting, self.start_of(raw.get()));
        Vec::new()
    }

    fn kind_of(&mut self, properties: Option<&'a RawValue>) -> ShapeKind {
        let Some(properties) = properties else {
            return ShapeKind::Other;
        };
        let Ok(Properties { kind, chinese_kind }) = serde_json::from_str(properties.get()) else {
            return ShapeKind::Other;
        };
        let Some(raw) = chinese_kind.or(kind) else {
            return ShapeKind::Other;
        };
        let word = serde_json::from_str::<String>(raw.get()).ok();
        word.and_then(|word| ShapeKind::parse(&word)).unwrap_or_else(|| {
            let start = self.offset_of(raw.get());
            self.note(ProblemKind::UnknownKind, start..start + raw.get().len());
            ShapeKind::Other
        })
    }

    fn geometry(&mut self, owner: &'a str, what: (Nesting, ShapeKind), raw: Option<&'a RawValue>) {
        let (nesting, kind) = what;
        let Some(raw) = raw else {
            return self.note(ProblemKind::Nesting, self.start_of(owner));
        };
        let start = self.offset_of(raw.get());
        let lines = match coordinates::read(raw.get(), nesting) {
            Ok(lines) => lines,
            Err((kind, range)) => return self.note(kind, start + range.start..start + range.end),
        };
        self.look_at_positions(&lines, start);
        let place = self.start_of(raw.get());
        match nesting {
            Nesting::LineString | Nesting::MultiLineString => {
                for line in lines.parts.into_iter().flatten() {
                    if line.len() < 2 {
                        self.note(ProblemKind::Short, place.clone());
                    } else {
                        self.shapes.push(Shape {
                            kind,
                            geometry: Geometry::Line(line),
                        });
                    }
                }
            }
            Nesting::Polygon | Nesting::MultiPolygon => {
                for rings in lines.parts {
                    self.area(kind, rings, &place);
                }
            }
        }
    }

    fn area(&mut self, kind: ShapeKind, rings: Vec<Vec<Position>>, place: &Range<usize>) {
        let mut closed = Vec::with_capacity(rings.len());
        for (index, mut ring) in rings.into_iter().enumerate() {
            if ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            } else {
                self.note(ProblemKind::OpenRing, place.clone());
            }
            if ring.len() < 3 {
                self.note(ProblemKind::Short, place.clone());
                if index == 0 {
                    return;
                }
            } else {
                closed.push(ring);
            }
        }
        if !closed.is_empty() {
            self.shapes.push(Shape {
                kind,
                geometry: Geometry::Area(closed),
            });
        }
    }

    fn look_at_positions(&mut self, lines: &Lines, start: usize) {
        self.positions_in_china += lines.in_china;
        if self.first_position.is_none() {
            self.first_position = lines
                .first
                .as_ref()
                .map(|(position, range)| (*position, start + range.start..start + range.end));
        }
    }

    fn offset_of(&self, part: &str) -> usize {
        // Both are pieces of one text, so that their addresses tell how far they are apart.
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    /// The first characters of a piece.
    fn start_of(&self, part: &str) -> Range<usize> {
        const SHOWN: usize = 24;
        let start = self.offset_of(part);
        let line = part.lines().next().unwrap_or("");
        start..start + line.char_indices().nth(SHOWN).map_or(line.len(), |(at, _)| at)
    }

    fn note(&mut self, kind: ProblemKind, range: Range<usize>) {
        match self.problems.iter_mut().find(|known| known.kind == kind) {
            Some(known) => known.count += 1,
            None => self.problems.push(Problem { kind, range, count: 1 }),
        }
    }

    fn note_error(&mut self, raw: &str, error: &serde_json::Error) {
        let within = crate::source::offset_of_byte(raw, error.line(), error.column().saturating_sub(1));
        let at = crate::source::floor_char_boundary(self.text, self.offset_of(raw) + within);
        let kind = match error.classify() {
            serde_json::error::Category::Eof => ProblemKind::CutOff,
            serde_json::error::Category::Data => ProblemKind::NotGeoJson,
            _ => ProblemKind::Syntax,
        };
        let end = self.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        self.note(kind, at..end);
    }

    fn finish(mut self) -> (GeoJson, Vec<Problem>) {
        let is_readable = self.problems.iter().all(|problem| !problem.kind.is_error());
        if is_readable {
            match self.first_position.take() {
                Some((position, range)) if self.positions_in_china == 0 => {
                    let swapped = crate::coordinates::looks_swapped(position.longitude, position.latitude);
                    let kind = if swapped {
                        ProblemKind::Swapped
                    } else {
                        ProblemKind::NotInChina
                    };
                    self.note(kind, range);
                }
                _ if self.shapes.is_empty() => self.note(ProblemKind::Empty, 0..0),
                _ => {}
            }
        }
        (GeoJson { shapes: self.shapes }, self.problems)
    }
}

#[cfg(test)]
mod tests;
