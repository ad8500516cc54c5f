//! The coordinates of one geometry: brackets in brackets, and numbers in the innermost.

use std::ops::Range;

use super::ProblemKind;
use crate::coordinates::{Position, in_china_box, looks_swapped};

/// How deep the brackets of a type of geometry go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nesting {
    /// Positions.
    LineString,
    /// Lines.
    MultiLineString,
    /// Rings.
    Polygon,
    /// Lists of rings.
    MultiPolygon,
}

impl Nesting {
    /// The nesting of a type of geometry that is drawn.
    pub fn of_type(name: &str) -> Option<Self> {
        Some(match name {
            "LineString" => Self::LineString,
            "MultiLineString" => Self::MultiLineString,
            "Polygon" => Self::Polygon,
            "MultiPolygon" => Self::MultiPolygon,
            _ => return None,
        })
    }

    /// The depth of the brackets that hold numbers.
    fn of_position(self) -> usize {
        match self {
            Self::LineString => 2,
            Self::MultiLineString | Self::Polygon => 3,
            Self::MultiPolygon => 4,
        }
    }
}

/// The lines of a geometry.
#[derive(Debug, Default, PartialEq)]
pub struct Lines {
    /// One part for each polygon, and one for all lines.
    pub parts: Vec<Vec<Vec<Position>>>,
    /// How many positions lie in the rectangle around China.
    pub in_china: usize,
    /// The first position and where it stands.
    pub first: Option<(Position, Range<usize>)>,
}

/// Reads coordinates from well-formed JSON.
///
/// # Errors
/// What is wrong first, and where: brackets that are too many or too few, anything but numbers, a
/// position that is not on earth.
pub fn read(raw: &str, nesting: Nesting) -> Result<Lines, (ProblemKind, Range<usize>)> {
    let bytes = raw.as_bytes();
    let innermost = nesting.of_position();
    let mut lines = Lines::default();
    let mut part: Vec<Vec<Position>> = Vec::new();
    let mut line: Vec<Position> = Vec::new();
    let mut numbers: Vec<f64> = Vec::new();
    let mut opened = 0;
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'[' => {
                depth += 1;
                opened = at;
                if depth > innermost {
                    return Err((ProblemKind::Nesting, at..at + 1));
                }
            }
            b']' => {
                if depth == innermost {
                    let range = opened..at + 1;
                    let position = position(&numbers, &range)?;
                    lines.in_china += usize::from(in_china_box(position.longitude, position.latitude));
                    lines.first.get_or_insert((position, range));
                    line.push(position);
                    numbers.clear();
                } else if depth + 1 == innermost {
                    part.push(std::mem::take(&mut line));
                } else if depth + 2 == innermost && nesting == Nesting::MultiPolygon {
                    lines.parts.push(std::mem::take(&mut part));
                }
                depth = depth.saturating_sub(1);
            }
            b',' | b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => {
                let length = bytes[at..]
                    .iter()
                    .take_while(|byte| !matches!(byte, b',' | b']' | b'[' | b' ' | b'\t' | b'\r' | b'\n'))
                    .count();
                let written = raw.get(at..at + length).unwrap_or_default();
                let number = written.parse().ok().filter(|_| depth == innermost);
                let Some(number) = number else {
                    let end = at + written.chars().next().map_or(1, char::len_utf8).max(written.len());
                    return Err((ProblemKind::Nesting, at..end));
                };
                // A third number is a height, and more mean nothing.
                if numbers.len() < 2 {
                    numbers.push(number);
                }
                at += length.saturating_sub(1);
            }
        }
        at += 1;
    }
    if !part.is_empty() {
        lines.parts.push(part);
    }
    Ok(lines)
}

fn position(numbers: &[f64], range: &Range<usize>) -> Result<Position, (ProblemKind, Range<usize>)> {
    let &[longitude, latitude] = numbers else {
        return Err((ProblemKind::Nesting, range.clone()));
    };
    let is_on_earth = longitude.abs() <= 180.0 && latitude.abs() <= 90.0;
    if is_on_earth {
        return Ok(Position::new(longitude, latitude));
    }
    let kind = if looks_swapped(longitude, latitude) {
        ProblemKind::Swapped
    } else {
        ProblemKind::NotOnEarth
    };
    Err((kind, range.clone()))
}
