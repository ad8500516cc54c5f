//! The eight ways in which a camera may have been held, and the turn that undoes each.

use super::pixels::Pixels;

/// An EXIF orientation: how the stored picture must be turned to be seen as it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Orientation {
    number: u8,
}

impl Default for Orientation {
    fn default() -> Self {
        Self { number: 1 }
    }
}

impl Orientation {
    /// By EXIF's own number, 1 to 8.
    pub(super) fn from_number(number: u16) -> Option<Self> {
        let number = u8::try_from(number).ok()?;
        (1..=8).contains(&number).then_some(Self { number })
    }

    /// From the two operations of AVIF: anticlockwise quarter turns. A mirror changes no size and is left out.
    pub(super) fn from_quarter_turns(turns: u8) -> Self {
        let number = match turns & 3 {
            0 => 1,
            1 => 8,
            2 => 3,
            _ => 6,
        };
        Self { number }
    }

    pub(super) fn number(self) -> u8 {
        self.number
    }

    /// Whether the picture is already the right way up.
    pub(super) fn is_upright(self) -> bool {
        self.number == 1
    }

    /// Whether width and height change places.
    pub(super) fn swaps_sides(self) -> bool {
        self.number >= 5
    }

    /// The size as seen, from the size as stored; the same the other way round.
    pub(super) fn turn_size(self, (width, height): (u32, u32)) -> (u32, u32) {
        if self.swaps_sides() {
            (height, width)
        } else {
            (width, height)
        }
    }

    fn mirrors_stored_columns(self) -> bool {
        matches!(self.number, 2 | 3 | 7 | 8)
    }

    fn mirrors_stored_rows(self) -> bool {
        matches!(self.number, 3 | 4 | 6 | 7)
    }
}

/// The picture the right way up.
pub(super) fn turn_upright(pixels: Pixels, orientation: Orientation) -> Pixels {
    if orientation.is_upright() {
        return pixels;
    }
    let samples = match pixels.layout.channels() {
        1 => turned::<1>(&pixels, orientation),
        2 => turned::<2>(&pixels, orientation),
        3 => turned::<3>(&pixels, orientation),
        _ => turned::<4>(&pixels, orientation),
    };
    let (width, height) = orientation.turn_size((pixels.width, pixels.height));
    Pixels {
        width,
        height,
        layout: pixels.layout,
        samples,
    }
}

fn turned<const CHANNELS: usize>(pixels: &Pixels, orientation: Orientation) -> Vec<u8> {
    let (stored, _) = pixels.samples.as_chunks::<CHANNELS>();
    let (stored_width, stored_height) = (pixels.width as usize, pixels.height as usize);
    let (width, height) = orientation.turn_size((pixels.width, pixels.height));
    let mut samples = Vec::with_capacity(pixels.samples.len());
    for row in 0..height as usize {
        for column in 0..width as usize {
            let (mut from_column, mut from_row) = if orientation.swaps_sides() {
                (row, column)
            } else {
                (column, row)
            };
            if orientation.mirrors_stored_columns() {
                from_column = stored_width - 1 - from_column;
            }
            if orientation.mirrors_stored_rows() {
                from_row = stored_height - 1 - from_row;
            }
            if let Some(pixel) = stored.get(from_row * stored_width + from_column) {
                samples.extend_from_slice(pixel);
            }
        }
    }
    samples
}
