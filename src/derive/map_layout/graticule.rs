//! The hairlines of the degrees and their numbers at the edge.

use super::fit::FittedProjection;
use super::furniture::STRIP_HEIGHT;
use super::obstacles::{Area, clip};
use super::projection::{LonLat, WGS84};
use super::text::width_in_em;
use super::{SheetSize, tenth};

/// The size of the numbers.
const FONT_SIZE: f64 = 11.0;
/// From one line to the next at least, in pixels and as a part of the sheet's shorter side.
const LEAST_STEP: (f64, f64) = (120.0, 0.2);
/// Into how many straight pieces a parallel is drawn.
const PIECES: u32 = 32;
/// The steps to choose from, in millionths of a degree.
const STEPS: [i64; 16] = [
    500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000,
    10_000_000, 20_000_000, 30_000_000,
];

/// A line of the graticule.
#[derive(Clone, Debug, PartialEq)]
pub struct GraticuleLine {
    /// Its longitude or latitude.
    pub degrees: f64,
    /// The number as it is set, such as `110°E`.
    pub label: String,
    /// The line from place to place: meridians are straight, parallels may be curved.
    pub path: Vec<(f64, f64)>,
    /// Where the number starts.
    pub label_x: f64,
    /// The base line of the number.
    pub label_y: f64,
    /// What the number takes up; nothing where it would stand in a corner and is left out.
    pub area: Area,
    /// Whether the number is set.
    pub labelled: bool,
}

/// The window of degrees around a sheet.
struct Window {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
    step: i64,
}

/// The meridians and the parallels of a sheet.
pub(super) fn lines(projection: &FittedProjection, size: SheetSize) -> (Vec<GraticuleLine>, Vec<GraticuleLine>) {
    let window = window(projection, size);
    let sheet = Area {
        left: 0.0,
        top: 0.0,
        right: size.width,
        bottom: size.height,
    };
    let place = |longitude, latitude| projection.place(LonLat { longitude, latitude });
    let meridians = multiples(window.west, window.east, window.step)
        .filter_map(|millionths| {
            let longitude = degrees(millionths);
            let ends = (place(longitude, window.north), place(longitude, window.south));
            let (start, end) = clip(ends, &sheet)?;
            let path = vec![start, end];
            Some(meridian(millionths, path, size))
        })
        .collect();
    let parallels = multiples(window.south, window.north, window.step)
        .filter_map(|millionths| {
            let latitude = degrees(millionths);
            let spots: Vec<(f64, f64)> = (0..=PIECES)
                .map(|piece| {
                    let part = f64::from(piece) / f64::from(PIECES);
                    let longitude = window.west + (window.east - window.west) * part;
                    place(longitude, latitude)
                })
                .collect();
            let path = first_piece(&spots, &sheet)?;
            Some(parallel(millionths, path, size))
        })
        .collect();
    (meridians, parallels)
}

/// The degrees that a sheet shows, with something to spare, and the step between its lines.
fn window(projection: &FittedProjection, size: SheetSize) -> Window {
    let centre = projection.metres_at((size.width / 2.0, size.height / 2.0));
    let latitude = projection.projection.latitude_at(centre).clamp(-85.0, 85.0);
    let longitude = projection.projection.central_meridian();
    let reach = (size.width + size.height) / projection.scale;
    let (_, north_degree) = WGS84.degree_lengths(latitude);
    let tall = (reach / north_degree).min(80.0);
    let south = (latitude - tall).max(-88.0);
    let north = (latitude + tall).min(88.0);
    let narrowest = WGS84.degree_lengths(south.abs().max(north.abs())).0;
    let wide = (reach / narrowest.max(1.0)).min(89.0);
    let least = LEAST_STEP.0.max(size.width.min(size.height) * LEAST_STEP.1);
    let pixels_a_degree = WGS84.degree_lengths(latitude).0 * projection.scale;
    let step = STEPS
        .into_iter()
        .find(|&step| degrees(step) * pixels_a_degree >= least)
        .unwrap_or(30_000_000);
    Window {
        west: (longitude - wide).max(-180.0),
        south,
        east: (longitude + wide).min(180.0),
        north,
        step,
    }
}

fn degrees(millionths: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "360 million is far below 2⁵³")]
    let value = millionths as f64;
    value / 1e6
}

/// All multiples of a step between two degrees, in millionths.
fn multiples(from: f64, to: f64, step: i64) -> impl Iterator<Item = i64> {
    #[expect(clippy::cast_possible_truncation, reason = "degrees in millionths are far below 2⁶³")]
    let number = |value: f64| (value * 1e6) as i64;
    let first = number(from).div_euclid(step);
    let last = number(to).div_euclid(step);
    (first..=last).map(move |multiple| multiple * step)
}

/// The first unbroken piece of a line within the sheet.
fn first_piece(spots: &[(f64, f64)], sheet: &Area) -> Option<Vec<(f64, f64)>> {
    let mut path: Vec<(f64, f64)> = Vec::new();
    for pair in spots.windows(2) {
        let &[start, end] = pair else {
            continue;
        };
        match clip((start, end), sheet) {
            Some((from, to)) => {
                if path.is_empty() {
                    path.push(from);
                }
                path.push(to);
            }
            None if path.is_empty() => {}
            None => break,
        }
    }
    (path.len() > 1).then_some(path)
}

/// A number of millionths as degrees, without needless zeros.
fn label(millionths: i64, letters: (char, char)) -> String {
    let letter = if millionths < 0 { letters.1 } else { letters.0 };
    let (whole, rest) = (millionths.abs() / 1_000_000, millionths.abs() % 1_000_000);
    if rest == 0 {
        return format!("{whole}°{letter}");
    }
    let digits = format!("{rest:06}");
    format!("{whole}.{}°{letter}", digits.trim_end_matches('0'))
}

fn meridian(millionths: i64, path: Vec<(f64, f64)>, size: SheetSize) -> GraticuleLine {
    let text = label(millionths, ('E', 'W'));
    let width = width_in_em(&text) * FONT_SIZE;
    let upper = path.iter().copied().fold(
        (0.0, f64::INFINITY),
        |upper, spot| {
            if spot.1 < upper.1 { spot } else { upper }
        },
    );
    let x = upper.0 + 5.0;
    let labelled = upper.1 < 1.0 && x > 44.0 && x + width < size.width - 6.0;
    finished((millionths, text, path), (x, 16.0), labelled)
}

fn parallel(millionths: i64, path: Vec<(f64, f64)>, size: SheetSize) -> GraticuleLine {
    let text = label(millionths, ('N', 'S'));
    let left = path.first().copied().unwrap_or((0.0, 0.0));
    let y = left.1 - 5.0;
    let labelled = left.0 < 1.0 && y > 40.0 && y < size.height - STRIP_HEIGHT;
    finished((millionths, text, path), (8.0, y), labelled)
}

fn finished(
    (millionths, label, path): (i64, String, Vec<(f64, f64)>),
    (x, y): (f64, f64),
    labelled: bool,
) -> GraticuleLine {
    let width = if labelled { width_in_em(&label) * FONT_SIZE } else { 0.0 };
    let height = if labelled { FONT_SIZE } else { 0.0 };
    GraticuleLine {
        degrees: degrees(millionths),
        path: path.into_iter().map(|(x, y)| (tenth(x), tenth(y))).collect(),
        label_x: tenth(x),
        label_y: tenth(y),
        area: Area {
            left: tenth(x),
            top: tenth(y - height),
            right: tenth(x + width),
            bottom: tenth(y + 2.0),
        },
        label,
        labelled,
    }
}

#[cfg(test)]
mod tests {
    use super::{label, multiples};

    #[test]
    fn degrees_are_written_without_needless_zeros() {
        assert_eq!(label(110_000_000, ('E', 'W')), "110°E");
        assert_eq!(label(31_500_000, ('N', 'S')), "31.5°N");
        assert_eq!(label(120_050_000, ('E', 'W')), "120.05°E");
        assert_eq!(label(-5_000_000, ('N', 'S')), "5°S");
        assert_eq!(label(0, ('N', 'S')), "0°N");
    }

    #[test]
    fn multiples_cover_the_range() {
        let found: Vec<i64> = multiples(-1.5, 4.2, 2_000_000).collect();
        assert_eq!(found, [-2_000_000, 0, 2_000_000, 4_000_000]);
    }
}
