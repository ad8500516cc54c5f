//! Paths of SVG: pixels with one decimal, each as the way from the last.

use std::fmt::Write;

use super::Spot;

/// Writes one path.
#[derive(Debug, Default)]
pub struct PathWriter {
    path: String,
}

/// Tenths of a pixel.
type Tenths = (i64, i64);

impl PathWriter {
    /// Adds a closed ring, multiplied; one that has no three places left is not drawn.
    pub fn ring(&mut self, ring: &[Spot], factor: f64) {
        let mut tenths = distinct(ring, factor);
        while tenths.len() > 1 && tenths.first() == tenths.last() {
            tenths.pop();
        }
        if tenths.len() >= 3 {
            self.run(&tenths);
            self.path.push('z');
        }
    }

    /// Adds an open line, multiplied; one that has no two places left is not drawn.
    pub fn line(&mut self, line: &[Spot], factor: f64) {
        let tenths = distinct(line, factor);
        if tenths.len() >= 2 {
            self.run(&tenths);
        }
    }

    /// The path.
    pub fn finish(self) -> String {
        self.path
    }

    fn run(&mut self, tenths: &[Tenths]) {
        let mut last = (0, 0);
        for (index, &(x, y)) in tenths.iter().enumerate() {
            match index {
                0 => self.path.push('M'),
                1 => self.path.push('l'),
                _ => {}
            }
            self.number(x - last.0);
            self.number(y - last.1);
            last = (x, y);
        }
    }

    /// A number, with a space before it where its sign or the letter of a command does not part it.
    fn number(&mut self, tenths: i64) {
        if tenths >= 0 && self.path.ends_with(|c: char| c.is_ascii_digit()) {
            self.path.push(' ');
        }
        if tenths < 0 {
            self.path.push('-');
        }
        let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        let written = if rest == 0 {
            write!(self.path, "{whole}")
        } else {
            write!(self.path, "{whole}.{rest}")
        };
        debug_assert!(written.is_ok(), "a string takes everything");
    }
}

/// Tenths of a pixel, without those that are the same as the last.
fn distinct(spots: &[Spot], factor: f64) -> Vec<Tenths> {
    let mut tenths: Vec<Tenths> = spots
        .iter()
        .map(|(x, y)| (tenth(*x, factor), tenth(*y, factor)))
        .collect();
    tenths.dedup();
    tenths
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what is drawn was clipped to a sheet, and the bounds hold for anything else"
)]
fn tenth(pixels: f64, factor: f64) -> i64 {
    (pixels * factor * 10.0).round().clamp(-1e12, 1e12) as i64
}
