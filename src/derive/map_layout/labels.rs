//! The labels of the points: the important ones first, each at the best place that is still free.
//!
//! A label never covers another label, a dot, a city's name or the sheet's furniture, and its
//! leader crosses none of them. What finds no place is left out: its dot remains, and the list
//! beside the map has everything. Provinces' letters, which lie behind, are set afterwards.

use super::obstacles::{Area, Obstacles, Shape};
use super::text::{ASCENT, FONT_SIZE, LINE_HEIGHT, width_in_em};
use super::{Dot, DrawnLabel, LabelText, SheetSize, TextAnchor, tenth};
use crate::trigonometry::{cosine, radians, sine};

/// From a dot to a label that stands beside it.
const GAP: f64 = 4.0;
/// From the sheet's edge to a label.
const EDGE: f64 = 4.0;
/// The halo around the letters: what a label keeps free beyond its own area.
const HALO: f64 = 1.5;
/// How far from their dot labels with a leader are tried.
const LEADERS: [f64; 4] = [16.0, 28.0, 42.0, 58.0];
/// The longest leader as a part of the sheet's width: on a small sheet a long one goes astray.
const LONGEST_LEADER: f64 = 0.05;
/// Into which directions leaders are tried, in degrees clockwise from the east.
const DIRECTIONS: [f64; 12] = [
    -30.0, 30.0, 210.0, 150.0, -60.0, 60.0, 240.0, 120.0, 0.0, 180.0, -90.0, 90.0,
];

/// The part of the sheet that labels may cover together. Beyond it a sheet is a list, and the
/// list stands beside it already; a nearer sheet has room for more.
const MOST_COVERED: f64 = 0.09;

/// A place for a label.
struct Candidate {
    area: Area,
    anchor: TextAnchor,
    leader: Option<((f64, f64), (f64, f64))>,
}

impl Candidate {
    /// The place that a label had.
    fn of(label: &DrawnLabel) -> Self {
        Self {
            area: label.area,
            anchor: label.anchor,
            leader: label.leader.map(|(x1, y1, x2, y2)| ((x1, y1), (x2, y2))),
        }
    }

    fn is_free(&self, taken: &Obstacles, frame: &Area) -> bool {
        frame.holds(&self.area)
            && !taken.meets(&Shape::Area(self.area.grown(HALO)))
            && self
                .leader
                .is_none_or(|(start, end)| !taken.meets(&Shape::Line(start, end)))
    }
}

/// Gives labels to the dots, which come with the most important first. A dot that has a label
/// already, from a farther level, keeps it in its place where it is still free.
pub(super) fn place(dots: &mut [Dot], text: LabelText<'_>, (size, taken): (SheetSize, &mut Obstacles)) {
    let frame = Area {
        left: EDGE,
        top: EDGE,
        right: size.width - EDGE,
        bottom: size.height - EDGE,
    };
    let mut room = size.width * size.height * MOST_COVERED;
    for (at, dot) in dots.iter_mut().enumerate() {
        let former = dot.label.take();
        if room <= 0.0 {
            continue;
        }
        let lines = text(at, dot);
        let kept = former.filter(|former| former.lines == lines);
        let kept = kept.as_ref().map(Candidate::of);
        let is_free = |candidate: &Candidate| candidate.is_free(taken, &frame);
        let Some(found) = kept
            .filter(is_free)
            .or_else(|| best_place(dot, &lines, (taken, &frame)))
        else {
            continue;
        };
        room -= (found.area.right - found.area.left) * (found.area.bottom - found.area.top);
        taken.add(Shape::Area(found.area.with_space_around()));
        if let Some((start, end)) = found.leader {
            taken.add(Shape::Line(start, end));
        }
        dot.label = Some(drawn(&found, lines));
    }
}

/// The first free place: beside the dot, or at the end of a leader, the shorter ones first.
fn best_place(dot: &Dot, lines: &[String], (taken, frame): (&Obstacles, &Area)) -> Option<Candidate> {
    if lines.is_empty() {
        return None;
    }
    let width = lines
        .iter()
        .map(|line| width_in_em(line) * FONT_SIZE)
        .fold(0.0, f64::max);
    let height = lines.iter().map(|_| LINE_HEIGHT).sum();
    let longest = (frame.right - frame.left) * LONGEST_LEADER;
    let lengths = LEADERS.into_iter().filter(|length| *length <= longest);
    let led = lengths.flat_map(|length| {
        DIRECTIONS
            .into_iter()
            .map(move |direction| led(dot, (width, height), (direction, length)))
    });
    beside(dot, (width, height))
        .into_iter()
        .chain(led)
        .find(|candidate| candidate.is_free(taken, frame))
}

/// The places beside a dot: level with it at both sides, a little higher or lower, at its
/// corners, under it and over it.
fn beside(dot: &Dot, (width, height): (f64, f64)) -> Vec<Candidate> {
    let gap = dot.radius + GAP;
    // A corner of the text may come nearer to the dot than its side.
    let slant = dot.radius * 0.71 + GAP;
    let at = |left: f64, top: f64, anchor: TextAnchor| Candidate {
        area: Area {
            left: dot.x + left,
            top: dot.y + top,
            right: dot.x + left + width,
            bottom: dot.y + top + height,
        },
        anchor,
        leader: None,
    };
    let (half, level) = (-width / 2.0, -height / 2.0);
    vec![
        at(gap, level, TextAnchor::Start),
        at(-gap - width, level, TextAnchor::End),
        at(gap, -FONT_SIZE / 2.0, TextAnchor::Start),
        at(gap, FONT_SIZE / 2.0 - height, TextAnchor::Start),
        at(-gap - width, -FONT_SIZE / 2.0, TextAnchor::End),
        at(-gap - width, FONT_SIZE / 2.0 - height, TextAnchor::End),
        at(slant, -slant - height, TextAnchor::Start),
        at(slant, slant, TextAnchor::Start),
        at(-slant - width, -slant - height, TextAnchor::End),
        at(-slant - width, slant, TextAnchor::End),
        at(half, gap, TextAnchor::Middle),
        at(half, -gap - height, TextAnchor::Middle),
    ]
}

/// A text at the end of a leader: beside its end, or above or below a steep one.
fn led(dot: &Dot, (width, height): (f64, f64), leader: (f64, f64)) -> Candidate {
    let (direction, length) = leader;
    let angle = radians(direction);
    let (dx, dy) = (cosine(angle), sine(angle));
    let from = dot.radius + 2.0;
    let start = (dot.x + dx * from, dot.y + dy * from);
    let to = dot.radius + length;
    let end = (dot.x + dx * to, dot.y + dy * to);
    let (left, top, anchor) = if dx.abs() < 0.2 {
        let top = if dy < 0.0 { end.1 - height - 3.0 } else { end.1 + 3.0 };
        (end.0 - width / 2.0, top, TextAnchor::Middle)
    } else if dx > 0.0 {
        (end.0 + 3.0, end.1 - height / 2.0, TextAnchor::Start)
    } else {
        (end.0 - 3.0 - width, end.1 - height / 2.0, TextAnchor::End)
    };
    Candidate {
        area: Area {
            left,
            top,
            right: left + width,
            bottom: top + height,
        },
        anchor,
        leader: Some((start, end)),
    }
}

fn drawn(found: &Candidate, lines: Vec<String>) -> DrawnLabel {
    let area = found.area;
    let x = match found.anchor {
        TextAnchor::Start => area.left,
        TextAnchor::Middle => f64::midpoint(area.left, area.right),
        TextAnchor::End => area.right,
    };
    DrawnLabel {
        lines,
        x: tenth(x),
        y: tenth(area.top + ASCENT),
        anchor: found.anchor,
        area: Area {
            left: tenth(area.left),
            top: tenth(area.top),
            right: tenth(area.right),
            bottom: tenth(area.bottom),
        },
        leader: found
            .leader
            .map(|(start, end)| (tenth(start.0), tenth(start.1), tenth(end.0), tenth(end.1))),
    }
}
