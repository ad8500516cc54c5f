//! Cutting lines and areas off at a rectangle.
//!
//! Areas: I. E. Sutherland and G. W. Hodgman, “Reentrant polygon clipping”, Communications of the
//! ACM 17 (1974), 32–42. Lines: Y.-D. Liang and B. A. Barsky, “A new concept and method for line
//! clipping”, ACM Transactions on Graphics 3 (1984), 1–22. Both look at each edge once a side.

use super::Spot;

/// A rectangle; `top` is the smaller of its y.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rectangle {
    /// The least x.
    pub left: f64,
    /// The least y.
    pub top: f64,
    /// The greatest x.
    pub right: f64,
    /// The greatest y.
    pub bottom: f64,
}

impl Rectangle {
    fn contains(&self, (x, y): Spot) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    fn contains_all(&self, spots: &[Spot]) -> bool {
        spots.iter().all(|spot| self.contains(*spot))
    }

    /// How far inside a side a spot is, for each of the four sides.
    fn depth(&self, side: Side, (x, y): Spot) -> f64 {
        match side {
            Side::Left => x - self.left,
            Side::Right => self.right - x,
            Side::Top => y - self.top,
            Side::Bottom => self.bottom - y,
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

const SIDES: [Side; 4] = [Side::Left, Side::Right, Side::Top, Side::Bottom];

/// What of a ring lies inside; empty when nothing does. The ring is closed by its first spot,
/// which isn't repeated. What is left may run along the rectangle's sides.
pub fn ring(ring: Vec<Spot>, rectangle: Rectangle) -> Vec<Spot> {
    if rectangle.contains_all(&ring) {
        return ring;
    }
    let mut ring = ring;
    for side in SIDES {
        let Some(mut from) = ring.last().copied() else {
            return ring;
        };
        let mut kept = Vec::with_capacity(ring.len() + 4);
        for to in ring {
            let (outside, inside) = (rectangle.depth(side, from), rectangle.depth(side, to));
            if (outside < 0.0) != (inside < 0.0) {
                kept.push(between(from, to, outside / (outside - inside)));
            }
            if inside >= 0.0 {
                kept.push(to);
            }
            from = to;
        }
        ring = kept;
    }
    ring
}

/// The pieces of a line that lie inside.
pub fn line(line: &[Spot], rectangle: Rectangle) -> Vec<Vec<Spot>> {
    if rectangle.contains_all(line) {
        return if line.len() > 1 {
            vec![line.to_vec()]
        } else {
            Vec::new()
        };
    }
    let mut pieces: Vec<Vec<Spot>> = Vec::new();
    let mut piece: Vec<Spot> = Vec::new();
    for edge in line.windows(2) {
        let &[from, to] = edge else { continue };
        let Some((start, end)) = inside(from, to, rectangle) else {
            pieces.push(std::mem::take(&mut piece));
            continue;
        };
        if start > 0.0 || piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
            piece.push(between(from, to, start));
        }
        piece.push(between(from, to, end));
        if end < 1.0 {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    pieces.push(piece);
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// Which part of an edge lies inside, as shares of its length.
fn inside(from: Spot, to: Spot, rectangle: Rectangle) -> Option<(f64, f64)> {
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for side in SIDES {
        let (depth, last) = (rectangle.depth(side, from), rectangle.depth(side, to));
        if depth < 0.0 && last < 0.0 {
            return None;
        }
        if depth < 0.0 {
            start = start.max(depth / (depth - last));
        } else if last < 0.0 {
            end = end.min(depth / (depth - last));
        }
    }
    (start < end).then_some((start, end))
}

fn between((x1, y1): Spot, (x2, y2): Spot, share: f64) -> Spot {
    // The ends themselves must come out as they are.
    if share <= 0.0 {
        (x1, y1)
    } else if share >= 1.0 {
        (x2, y2)
    } else {
        (x1 + (x2 - x1) * share, y1 + (y2 - y1) * share)
    }
}
