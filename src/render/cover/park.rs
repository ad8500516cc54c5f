//! Covers of parks: land and work. Fields seen from above, saw-tooth roofs (锯齿厂房), blocks on a
//! terrace, a row of towers.

use super::canvas::{HEIGHT, NIGHT, PAPER, SAND, Scheme, Sheet, Spot, Trace, VERMILION, WIDTH, ink};
use super::dice::Dice;
use crate::trigonometry::{cosine, radians, sine};

/// One of the four compositions.
pub(super) fn compose(dice: &mut Dice) -> Sheet {
    match dice.below(4) {
        0 => fields(dice),
        1 => saw_roofs(dice),
        2 => blocks(dice),
        _ => towers(dice),
    }
}

/// A turned frame: places are given along and across it and come out on the sheet.
struct Frame {
    along: Spot,
}

impl Frame {
    fn turned(degrees: f64) -> Self {
        let angle = radians(degrees);
        Self {
            along: (cosine(angle), sine(angle)),
        }
    }

    fn spot(&self, (u, v): Spot) -> Spot {
        let (cos, sin) = self.along;
        (WIDTH / 2.0 + u * cos - v * sin, HEIGHT / 2.0 + u * sin + v * cos)
    }

    fn patch(&self, corner: Spot, size: Spot) -> Trace {
        let (u, v) = corner;
        let (du, dv) = size;
        Trace::polygon(&[
            self.spot((u, v)),
            self.spot((u + du, v)),
            self.spot((u + du, v + dv)),
            self.spot((u, v + dv)),
        ])
    }

    fn furrows(&self, corner: Spot, size: Spot, along: bool) -> Trace {
        let (u, v) = corner;
        let (du, dv) = size;
        let length = if along { dv } else { du };
        let count = (length / 11.0).floor().clamp(3.0, 22.0);
        Trace::strokes(
            (0_u32..22)
                .map(f64::from)
                .take_while(|index| *index < count)
                .map(|index| {
                    let step = length * (index + 0.5) / count;
                    if along {
                        (self.spot((u, v + step)), self.spot((u + du, v + step)))
                    } else {
                        (self.spot((u + step, v)), self.spot((u + step, v + dv)))
                    }
                }),
        )
    }
}

fn fields(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT]);
    let mut sheet = Sheet::new(scheme.ground);
    let lean = dice.between(9.0, 24.0);
    let frame = Frame::turned(if dice.chance(50) { lean } else { -lean });
    let mut v = -430.0 + dice.between(-40.0, 0.0);
    let mut cells: Vec<(Spot, Spot)> = Vec::new();
    while v < 430.0 {
        let depth = dice.between(110.0, 210.0);
        let mut u = -560.0 + dice.between(-80.0, 0.0);
        while u < 560.0 {
            let width = dice.between(80.0, 250.0);
            cells.push(((u, v), (width - 7.0, depth - 7.0)));
            u += width;
        }
        v += depth + if dice.chance(40) { 18.0 } else { 0.0 };
    }
    let speaking = nearest_cell(&frame, &cells, (dice.between(180.0, 620.0), dice.between(140.0, 360.0)));
    for (index, &(corner, size)) in cells.iter().enumerate() {
        let middle = frame.spot((corner.0 + size.0 / 2.0, corner.1 + size.1 / 2.0));
        let seen = (-130.0..930.0).contains(&middle.0) && (-110.0..610.0).contains(&middle.1);
        if !seen {
            continue;
        }
        if index == speaking {
            sheet.fill(&frame.patch(corner, size), scheme.accent);
            continue;
        }
        match dice.below(7) {
            0 => sheet.fill(&frame.patch(corner, size), scheme.mass),
            1 | 2 => sheet.fill(&frame.patch(corner, size), scheme.quiet),
            3 => sheet.fill(&frame.patch(corner, size), scheme.middle),
            4 => {
                let furrows = frame.furrows(corner, size, dice.chance(50));
                sheet.stroke(&furrows, scheme.middle, 1.2);
            }
            _ => {}
        }
    }
    let ditch = dice.between(-180.0, 180.0);
    let line = Trace::strokes([(frame.spot((-620.0, ditch)), frame.spot((620.0, ditch)))]);
    sheet.stroke(&line, ink::GOLD, 2.0);
    sheet
}

/// The number of the cell whose middle lies nearest to a place on the sheet.
fn nearest_cell(frame: &Frame, cells: &[(Spot, Spot)], place: Spot) -> usize {
    let mut best = (0, f64::INFINITY);
    for (index, &(corner, size)) in cells.iter().enumerate() {
        let (x, y) = frame.spot((corner.0 + size.0 / 2.0, corner.1 + size.1 / 2.0));
        let distance = (x - place.0) * (x - place.0) + (y - place.1) * (y - place.1);
        if distance < best.1 {
            best = (index, distance);
        }
    }
    best.0
}

fn saw_roofs(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT, VERMILION]);
    let mut sheet = Sheet::new(scheme.ground);
    let mirrored = dice.chance(50);
    let horizon = dice.between(170.0, 220.0);
    let rows = [
        (scheme.quiet, horizon, dice.between(74.0, 96.0)),
        (scheme.middle, horizon + 85.0, dice.between(100.0, 124.0)),
        (scheme.mass, horizon + 190.0, dice.between(132.0, 170.0)),
    ];
    let speaking_row = dice.whole(1, 2);
    for (row, &(colour, base, width)) in (0_u32..).zip(rows.iter()) {
        let height = width * dice.between(0.5, 0.62);
        let from = dice.between(-1.0, -0.1) * width + if row == 0 { width * dice.between(1.0, 3.0) } else { 0.0 };
        sheet.block((0.0, base - 1.0), (WIDTH, HEIGHT - base + 1.0), colour);
        let speaking = dice.whole(2, 4);
        let mut teeth = Trace::default();
        let mut glazing: Vec<(Spot, Spot)> = Vec::new();
        for tooth in 0_u32..12 {
            let x = from + width * f64::from(tooth);
            if x > WIDTH {
                break;
            }
            let turn = |at: f64| if mirrored { WIDTH - at } else { at };
            let outline = [(turn(x), base), (turn(x), base - height), (turn(x + width), base)];
            if row == speaking_row && tooth == speaking {
                sheet.fill(&Trace::polygon(&outline), scheme.accent);
            } else {
                teeth = teeth.lift(outline[0]).line(outline[1]).line(outline[2]).close();
            }
            glazing.extend((1..5).map(|pane| {
                let part = f64::from(pane) / 12.0;
                let at = turn(x + width * part);
                ((at, base - height * (1.0 - part)), (at, base))
            }));
        }
        sheet.fill(&teeth, colour);
        sheet.stroke(&Trace::strokes(glazing), scheme.ground, 1.2);
    }
    let foot = horizon + 190.0 + dice.between(24.0, 60.0);
    sheet.stroke(&Trace::at((0.0, foot)).line((WIDTH, foot)), ink::GOLD, 2.0);
    sheet
}

fn blocks(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(SAND, &[PAPER, NIGHT]);
    let mut sheet = Sheet::new(scheme.ground);
    let half = dice.between(88.0, 116.0);
    let origin = (dice.between(260.0, 540.0), dice.between(40.0, 110.0));
    let (columns, rows) = (dice.whole(3, 4), dice.whole(3, 4));
    let speaking = (dice.below(columns), dice.whole(1, rows - 1));
    let tile = |column: f64, row: f64| (origin.0 + (column - row) * half, origin.1 + (column + row) * half / 2.0);
    let reach = 1.2;
    let (wide, deep) = (f64::from(columns), f64::from(rows));
    let terrace = [
        tile(-reach, -reach),
        tile(wide + reach, -reach),
        tile(wide + reach, deep + reach),
        tile(-reach, deep + reach),
    ];
    sheet.fill(&Trace::polygon(&terrace), scheme.quiet);
    sheet.stroke(&Trace::polygon(&terrace), ink::GOLD, 1.5);
    for row in 0..rows {
        for column in 0..columns {
            let speaks = (column, row) == speaking;
            let height = if speaks {
                dice.between(90.0, 150.0)
            } else if dice.chance(26) {
                0.0
            } else {
                f64::from(dice.whole(1, 4)) * dice.between(24.0, 36.0)
            };
            if height > 0.0 {
                let place = (f64::from(column) + 0.1, f64::from(row) + 0.1);
                let base = [
                    tile(place.0, place.1),
                    tile(place.0 + 0.8, place.1),
                    tile(place.0 + 0.8, place.1 + 0.8),
                    tile(place.0, place.1 + 0.8),
                ];
                prism(&mut sheet, base, height, prism_colours(scheme, speaks));
            }
        }
    }
    sheet
}

/// The colours of a block's top, left and right side.
fn prism_colours(scheme: Scheme, speaks: bool) -> [&'static str; 3] {
    if speaks {
        [ink::RED, ink::SHADE, ink::RED]
    } else if scheme.ground == ink::DEEP {
        [ink::SAND, ink::SLATE, ink::CLAY]
    } else {
        [ink::PAPER, ink::DEEP, ink::SLATE]
    }
}

/// An upright block over a rhombus, seen from above.
fn prism(sheet: &mut Sheet, base: [Spot; 4], height: f64, colours: [&str; 3]) {
    let up = |(x, y): Spot| (x, y - height);
    let [back, right, front, left] = base;
    sheet.fill(&Trace::polygon(&[left, front, up(front), up(left)]), colours[1]);
    sheet.fill(&Trace::polygon(&[front, right, up(right), up(front)]), colours[2]);
    sheet.fill(&Trace::polygon(&[up(back), up(right), up(front), up(left)]), colours[0]);
    if colours[0] == ink::RED {
        let edges = Trace::at(up(left))
            .line(up(front))
            .line(up(right))
            .lift(up(front))
            .line(front);
        sheet.stroke(&edges, ink::GOLD, 1.5);
    }
}

fn towers(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT, VERMILION]);
    let mut sheet = Sheet::new(scheme.ground);
    let gilt = dice.between(60.0, 110.0);
    sheet.stroke(&Trace::at((0.0, gilt)).line((WIDTH, gilt)), ink::GOLD, 2.0);
    let peak = dice.between(150.0, 650.0);
    for (row, colour) in (0_u32..).zip([scheme.quiet, scheme.middle, scheme.mass]) {
        let depth = f64::from(row);
        let mut x = dice.between(-60.0, 0.0);
        let mut count = 0;
        let speaking = if row == 1 { dice.whole(2, 4) } else { u32::MAX };
        while x < WIDTH {
            let width = dice.between(58.0, 92.0) + 22.0 * depth;
            let away = ((x + width / 2.0 - peak) / WIDTH).abs();
            let top = 110.0 + 118.0 * depth + 210.0 * away + dice.between(0.0, 110.0);
            if !dice.chance(24) || count == speaking {
                let speaks = count == speaking;
                let tower = (x, if speaks { top - 40.0 } else { top });
                slab(
                    &mut sheet,
                    dice,
                    (tower, width),
                    (if speaks { scheme.accent } else { colour }, scheme.ground),
                );
            }
            x += width + 6.0;
            count += 1;
        }
    }
    sheet
}

/// A tower that stands on the lower edge, with its floors or its bays as hairlines, or plain.
fn slab(sheet: &mut Sheet, dice: &mut Dice, tower: (Spot, f64), colours: (&str, &str)) {
    let ((x, top), width) = tower;
    let top = top.min(HEIGHT - 30.0);
    sheet.block((x, top), (width, HEIGHT - top), colours.0);
    match dice.below(4) {
        0 => {
            let floors = (1..9)
                .map(|floor| top + 11.0 * f64::from(floor))
                .map(|y| ((x, y), (x + width, y)));
            sheet.stroke(&Trace::strokes(floors), colours.1, 1.2);
        }
        1 => {
            let bays = (1_u32..6)
                .map(|bay| x + width * f64::from(bay) / 6.0)
                .map(|bay| ((bay, top + 12.0), (bay, HEIGHT)));
            sheet.stroke(&Trace::strokes(bays), colours.1, 1.2);
        }
        _ => {}
    }
}
