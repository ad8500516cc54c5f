//! The scale bar and the north arrow, side by side in a strip at the lower right.

use super::fit::FittedProjection;
use super::obstacles::Area;
use super::{SheetSize, tenth};

/// The height of the strip along the lower edge that no point reaches into.
pub(super) const STRIP_HEIGHT: f64 = 44.0;
/// From the strip's contents to the sheet's edge.
const INSET: f64 = 16.0;
/// The longest bar in pixels, and the longest as a part of the sheet's width.
const LONGEST_BAR: (f64, f64) = (140.0, 0.24);
/// What the arrow takes from left to right, with the space between it and the bar.
const ARROW_WIDTH: f64 = 34.0;
/// From the arrow's foot to its tip.
const ARROW_LENGTH: f64 = 22.0;

/// A length on the sheet and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaleBar {
    /// The left end of the bar.
    pub x: f64,
    /// The height of the bar on the sheet.
    pub y: f64,
    /// The length of the bar.
    pub pixels: f64,
    /// What it stands for, in metres.
    pub metres: f64,
    /// What it stands for, in words.
    pub text: String,
}

/// An arrow to the north. On a conic projection it leans, as the meridian beside it does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NorthArrow {
    /// The foot of the arrow.
    pub foot: (f64, f64),
    /// The tip of the arrow.
    pub tip: (f64, f64),
}

/// The strip that bar and arrow take up.
pub(super) fn area(size: SheetSize) -> Area {
    let longest = LONGEST_BAR.0.min(size.width * LONGEST_BAR.1);
    Area {
        left: size.width - INSET - longest - ARROW_WIDTH,
        top: size.height - STRIP_HEIGHT,
        right: size.width,
        bottom: size.height,
    }
}

/// The longest bar of a round length that fits. It is true from west to east in the middle of the
/// sheet; elsewhere on a country's sheet it is off by a few parts in a hundred.
pub(super) fn scale_bar(projection: &FittedProjection, size: SheetSize) -> ScaleBar {
    let middle = projection.metres_at((size.width / 2.0, size.height / 2.0));
    let pixels_a_metre = projection.scale * projection.projection.stretch_at(middle);
    let longest = LONGEST_BAR.0.min(size.width * LONGEST_BAR.1);
    let mut metres = 1.0;
    'search: for power in [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6, 1e7] {
        for step in [1.0, 2.0, 5.0] {
            let length = step * power;
            if length * pixels_a_metre > longest {
                break 'search;
            }
            metres = length;
        }
    }
    let pixels = metres * pixels_a_metre;
    ScaleBar {
        x: tenth(size.width - INSET - pixels),
        y: tenth(size.height - INSET),
        pixels: tenth(pixels),
        metres,
        text: if metres >= 1_000.0 {
            format!("{:.0} 公里", metres / 1_000.0)
        } else {
            format!("{metres:.0} 米")
        },
    }
}

/// The arrow, left of the bar.
pub(super) fn north_arrow(projection: &FittedProjection, bar: &ScaleBar, size: SheetSize) -> NorthArrow {
    let middle = (
        bar.x - ARROW_WIDTH * 0.64,
        size.height - INSET - ARROW_LENGTH / 2.0 + 4.0,
    );
    let (east, north) = projection.projection.north_at(projection.metres_at(middle));
    let (dx, dy) = (east * ARROW_LENGTH / 2.0, -north * ARROW_LENGTH / 2.0);
    NorthArrow {
        foot: (tenth(middle.0 - dx), tenth(middle.1 - dy)),
        tip: (tenth(middle.0 + dx), tenth(middle.1 + dy)),
    }
}
