//! The record of what is taken on a sheet, and the question whether something else still fits.

use std::collections::HashMap;

/// An upright rectangle on the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The right edge.
    pub right: f64,
    /// The lower edge.
    pub bottom: f64,
}

impl Area {
    /// Whether two areas share more than an edge.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether another area lies wholly within this one.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        self.left <= other.left && self.top <= other.top && self.right >= other.right && self.bottom >= other.bottom
    }

    /// The area with so much more on every side.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    /// What a line of text keeps free around it, so that it does not run together with the next
    /// one: more at its ends than above and below.
    pub(super) fn with_space_around(self) -> Self {
        Self {
            left: self.left - 7.0,
            top: self.top - 1.5,
            right: self.right + 7.0,
            bottom: self.bottom + 1.5,
        }
    }

    /// The square of the distance from a place to this area; 0 inside.
    fn distance_squared(&self, (x, y): (f64, f64)) -> f64 {
        let dx = (self.left - x).max(x - self.right).max(0.0);
        let dy = (self.top - y).max(y - self.bottom).max(0.0);
        dx * dx + dy * dy
    }
}

/// What can stand in the way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    /// A text.
    Area(Area),
    /// A dot: its middle and its radius.
    Disc((f64, f64), f64),
    /// A thin line between two places.
    Line((f64, f64), (f64, f64)),
}

impl Shape {
    /// The area that a shape lies in.
    fn bounds(&self) -> Area {
        match *self {
            Self::Area(area) => area,
            Self::Disc((x, y), radius) => Area {
                left: x,
                top: y,
                right: x,
                bottom: y,
            }
            .grown(radius),
            Self::Line(start, end) => Area {
                left: start.0.min(end.0),
                top: start.1.min(end.1),
                right: start.0.max(end.0),
                bottom: start.1.max(end.1),
            },
        }
    }

    /// Whether two shapes share a place.
    pub(super) fn meets(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Area(one), Self::Area(two)) => one.meets(&two),
            (Self::Area(area), Self::Disc(middle, radius)) | (Self::Disc(middle, radius), Self::Area(area)) => {
                area.distance_squared(middle) < radius * radius
            }
            (Self::Area(area), Self::Line(start, end)) | (Self::Line(start, end), Self::Area(area)) => {
                line_meets_area((start, end), &area)
            }
            (Self::Disc(one, radius), Self::Disc(two, other)) => {
                let reach = radius + other;
                distance_squared(one, two) < reach * reach
            }
            (Self::Disc(middle, radius), Self::Line(start, end))
            | (Self::Line(start, end), Self::Disc(middle, radius)) => {
                distance_squared(middle, nearest_on_line(middle, (start, end))) < radius * radius
            }
            (Self::Line(a, b), Self::Line(c, d)) => {
                let apart = side(a, b, c) * side(a, b, d) > 0.0 || side(c, d, a) * side(c, d, b) > 0.0;
                !apart && self.bounds().grown(0.1).meets(&other.bounds().grown(0.1))
            }
        }
    }
}

fn distance_squared(one: (f64, f64), two: (f64, f64)) -> f64 {
    let (dx, dy) = (one.0 - two.0, one.1 - two.1);
    dx * dx + dy * dy
}

/// On which side of the line from `a` to `b` a place lies: left of it above 0, right below.
fn side(a: (f64, f64), b: (f64, f64), place: (f64, f64)) -> f64 {
    (b.0 - a.0) * (place.1 - a.1) - (b.1 - a.1) * (place.0 - a.0)
}

fn nearest_on_line(place: (f64, f64), (start, end): ((f64, f64), (f64, f64))) -> (f64, f64) {
    let (dx, dy) = (end.0 - start.0, end.1 - start.1);
    let length = dx * dx + dy * dy;
    if length == 0.0 {
        return start;
    }
    let part = (((place.0 - start.0) * dx + (place.1 - start.1) * dy) / length).clamp(0.0, 1.0);
    (start.0 + dx * part, start.1 + dy * part)
}

fn line_meets_area(line: ((f64, f64), (f64, f64)), area: &Area) -> bool {
    clip(line, area).is_some_and(|(start, end)| distance_squared(start, end) > 0.0)
}

/// The part of a line within an area (Liang and Barsky).
pub(super) fn clip((start, end): ((f64, f64), (f64, f64)), area: &Area) -> Option<((f64, f64), (f64, f64))> {
    let (dx, dy) = (end.0 - start.0, end.1 - start.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let edges = [
        (-dx, start.0 - area.left),
        (dx, area.right - start.0),
        (-dy, start.1 - area.top),
        (dy, area.bottom - start.1),
    ];
    for (toward, room) in edges {
        if toward == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if toward < 0.0 {
            enter = enter.max(room / toward);
        } else {
            leave = leave.min(room / toward);
        }
    }
    let inside = (
        (start.0 + dx * enter, start.1 + dy * enter),
        (start.0 + dx * leave, start.1 + dy * leave),
    );
    (enter <= leave).then_some(inside)
}

/// The side of a square of the record, in pixels: about half a label.
const SQUARE: f64 = 64.0;

/// All that is taken, kept in squares so that a question looks only at what is near.
#[derive(Default)]
pub(super) struct Obstacles {
    squares: HashMap<(i32, i32), Vec<usize>>,
    shapes: Vec<Shape>,
}

impl Obstacles {
    /// The squares that an area touches.
    fn squares_of(area: &Area) -> impl Iterator<Item = (i32, i32)> + use<> {
        let (left, right) = (square(area.left), square(area.right));
        let (top, bottom) = (square(area.top), square(area.bottom));
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| (column, row)))
    }

    /// Records something as taken.
    pub(super) fn add(&mut self, shape: Shape) {
        let number = self.shapes.len();
        self.shapes.push(shape);
        for square in Self::squares_of(&shape.bounds()) {
            self.squares.entry(square).or_default().push(number);
        }
    }

    /// Whether something taken is in the way.
    pub(super) fn meets(&self, shape: &Shape) -> bool {
        Self::squares_of(&shape.bounds())
            .filter_map(|square| self.squares.get(&square))
            .flatten()
            .filter_map(|&number| self.shapes.get(number))
            .any(|taken| taken.meets(shape))
    }
}

/// The number of the square that a measure falls into.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the cast cuts off at both ends, where nothing is drawn"
)]
fn square(value: f64) -> i32 {
    (value / SQUARE).floor() as i32
}

/// A measure as a number of squares; what is negative is 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast cuts off at both ends, which is what is wanted"
)]
pub(super) fn whole(value: f64) -> usize {
    value as usize
}

#[cfg(test)]
mod tests {
    use super::{Area, Obstacles, Shape};

    const AREA: Area = Area {
        left: 10.0,
        top: 10.0,
        right: 30.0,
        bottom: 20.0,
    };

    #[test]
    fn shapes_meet_where_they_share_a_place() {
        let area = Shape::Area(AREA);
        assert!(area.meets(&Shape::Disc((35.0, 15.0), 6.0)));
        assert!(!area.meets(&Shape::Disc((35.0, 15.0), 5.0)));
        assert!(!area.meets(&Shape::Disc((34.0, 24.0), 5.0)));
        assert!(area.meets(&Shape::Line((0.0, 0.0), (40.0, 30.0))));
        assert!(!area.meets(&Shape::Line((0.0, 21.0), (40.0, 21.0))));
        let line = Shape::Line((0.0, 0.0), (10.0, 10.0));
        assert!(line.meets(&Shape::Line((0.0, 10.0), (10.0, 0.0))));
        assert!(!line.meets(&Shape::Line((6.0, 0.0), (12.0, 6.0))));
        assert!(line.meets(&Shape::Disc((5.0, 7.0), 2.0)));
    }

    #[test]
    fn what_lies_off_the_sheet_is_found_too() {
        let mut taken = Obstacles::default();
        taken.add(Shape::Disc((-40.0, 300.0), 20.0));
        assert!(taken.meets(&Shape::Disc((-30.0, 310.0), 2.0)));
        assert!(!taken.meets(&Shape::Disc((10.0, 90.0), 2.0)));
    }
}
