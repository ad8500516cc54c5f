//! Covers of case reports: growth and record. Terraces in long curves, quarter circles in a grid,
//! rays from a far corner, leaves of a book standing open.

use super::canvas::{HEIGHT, NIGHT, PAPER, SAND, Scheme, Sheet, Spot, Trace, VERMILION, WIDTH, ink};
use super::dice::Dice;
use crate::trigonometry::{cosine, radians, sine};

/// One of the four compositions.
pub(super) fn compose(dice: &mut Dice) -> Sheet {
    match dice.below(4) {
        0 => terraces(dice),
        1 => quarters(dice),
        2 => rays(dice),
        _ => leaves(dice),
    }
}

/// A long curve across the sheet: its height at the left edge, at three places and at the right.
fn long_curve(heights: [f64; 4]) -> (Trace, Trace) {
    let [a, b, c, d] = heights;
    let curve = |trace: Trace| {
        trace
            .to('C', &[(130.0, a), (150.0, b), (290.0, b)])
            .to('S', &[(440.0, c), (560.0, c)])
            .to('S', &[(700.0, d), (WIDTH, d)])
    };
    let line = curve(Trace::at((0.0, a)));
    let body = curve(Trace::at((0.0, a)))
        .line((WIDTH, HEIGHT))
        .line((0.0, HEIGHT))
        .close();
    (line, body)
}

fn terraces(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT]);
    let mut sheet = Sheet::new(scheme.ground);
    let count = dice.whole(4, 6);
    let first = dice.between(170.0, 230.0);
    let step = (HEIGHT - first) / f64::from(count);
    let speaking = dice.whole(1, count - 2);
    let tilt = dice.between(-60.0, 60.0);
    for index in 0..count {
        let base = first + step * f64::from(index);
        let fade = 1.0 - f64::from(index) / f64::from(count);
        let mut height = |along: f64| base + tilt * along * fade + dice.between(-0.62, 0.42) * step * (0.6 + fade);
        let heights = [height(-1.0), height(-0.3), height(0.4), height(1.0)];
        let (_, body) = long_curve(heights);
        let colour = if index == speaking {
            scheme.accent
        } else if index == 0 {
            scheme.quiet
        } else if index + 1 == count {
            scheme.mass
        } else {
            [scheme.middle, scheme.quiet, scheme.mass][(index % 3) as usize]
        };
        sheet.fill(&body, colour);
        let echo = |by: f64| long_curve(heights.map(|height| height + by)).0;
        if index == 0 {
            for line in 1..6 {
                sheet.stroke(&echo(f64::from(line) * 9.0), scheme.middle, 1.0);
            }
        }
        if index == speaking {
            sheet.stroke(&echo(7.0), ink::GOLD, 2.0);
        }
    }
    sheet
}

fn quarters(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT, VERMILION]);
    let mut sheet = Sheet::new(scheme.ground);
    let side = 200.0;
    let top = dice.pick(0.0, &[100.0]);
    let speaking = dice.below(8);
    let empty = dice.below(4);
    for index in 0_u32..8 {
        let (column, row) = (index % 4, index / 4);
        let corner = (f64::from(column) * side, top + f64::from(row) * side);
        if column == empty && index != speaking && row == 0 {
            continue;
        }
        if index == speaking {
            quarter(&mut sheet, (corner, side), dice.below(4), scheme.accent);
            continue;
        }
        let colour = dice.pick(scheme.mass, &[scheme.middle, scheme.quiet, scheme.mass]);
        match dice.below(6) {
            0 | 1 => quarter(&mut sheet, (corner, side), dice.below(4), colour),
            2 => {
                leaf(&mut sheet, (corner, side), dice.chance(50), colour);
            }
            3 => nested_quarters(&mut sheet, (corner, side), dice.below(4), scheme),
            4 => sheet.block(corner, (side, side), scheme.quiet),
            _ => {
                let lines = Trace::strokes((0..17).map(|line| {
                    let y = corner.1 + 4.0 + 12.0 * f64::from(line);
                    ((corner.0, y), (corner.0 + side, y))
                }));
                sheet.stroke(&lines, scheme.middle, 1.2);
            }
        }
    }
    let free = dice.between(34.0, 66.0) + if top > 0.0 { 0.0 } else { 400.0 };
    sheet.stroke(&Trace::at((0.0, free)).line((WIDTH, free)), ink::GOLD, 2.0);
    sheet
}

/// The corner of a square that a quarter circle is drawn around, and the way to its ends.
fn quarter_trace(square: (Spot, f64), turn: u32, radius: f64) -> Trace {
    let ((x, y), side) = square;
    match turn {
        0 => Trace::at((x, y))
            .line((x + radius, y))
            .arc(radius, true, (x, y + radius)),
        1 => Trace::at((x + side, y))
            .line((x + side, y + radius))
            .arc(radius, true, (x + side - radius, y)),
        2 => Trace::at((x + side, y + side)).line((x + side - radius, y + side)).arc(
            radius,
            true,
            (x + side, y + side - radius),
        ),
        _ => Trace::at((x, y + side))
            .line((x, y + side - radius))
            .arc(radius, true, (x + radius, y + side)),
    }
    .close()
}

fn quarter(sheet: &mut Sheet, square: (Spot, f64), turn: u32, colour: &str) {
    sheet.fill(&quarter_trace(square, turn, square.1), colour);
}

/// Two quarter circles that share a diagonal.
fn leaf(sheet: &mut Sheet, square: (Spot, f64), rising: bool, colour: &str) {
    let ((x, y), side) = square;
    let (start, end) = if rising {
        ((x, y + side), (x + side, y))
    } else {
        ((x, y), (x + side, y + side))
    };
    let outline = Trace::at(start).arc(side, true, end).arc(side, true, start);
    sheet.fill(&outline, colour);
}

fn nested_quarters(sheet: &mut Sheet, square: (Spot, f64), turn: u32, scheme: Scheme) {
    for (ring, colour) in [scheme.mass, scheme.ground, scheme.middle, scheme.ground, scheme.quiet]
        .into_iter()
        .enumerate()
    {
        let part = 1.0 - f64::from(u32::try_from(ring).unwrap_or(0)) * 0.19;
        sheet.fill(&quarter_trace(square, turn, square.1 * part), colour);
    }
}

fn rays(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT]);
    let mut sheet = Sheet::new(scheme.ground);
    let mirrored = dice.chance(50);
    let turn = |(x, y): Spot| if mirrored { (WIDTH - x, y) } else { (x, y) };
    let origin = (dice.between(-120.0, -40.0), dice.between(520.0, 580.0));
    let mut angle = dice.between(6.0, 12.0);
    let mut index = 0;
    let speaking = dice.whole(2, 3);
    while angle < 74.0 {
        let width = dice.between(2.6, 8.2);
        let far = |degrees: f64| {
            let direction = radians(degrees);
            turn((
                origin.0 + 1300.0 * cosine(direction),
                origin.1 - 1300.0 * sine(direction),
            ))
        };
        let wedge = Trace::polygon(&[turn(origin), far(angle), far(angle + width)]);
        let colour = if index == speaking {
            scheme.accent
        } else {
            dice.pick(scheme.mass, &[scheme.quiet, scheme.middle, scheme.quiet])
        };
        sheet.fill(&wedge, colour);
        angle += width + dice.between(2.0, 9.0);
        index += 1;
    }
    let horizon = dice.between(372.0, 410.0);
    let drop = dice.between(20.0, 60.0);
    let field = [
        turn((0.0, horizon)),
        turn((WIDTH, horizon + drop)),
        turn((WIDTH, HEIGHT)),
        turn((0.0, HEIGHT)),
    ];
    sheet.fill(&Trace::polygon(&field), scheme.mass);
    let furrows = Trace::strokes((1..9).map(|line| {
        let by = f64::from(line * line) * 1.6 + 6.0;
        (turn((0.0, horizon + by)), turn((WIDTH, horizon + drop + by * 1.3)))
    }));
    sheet.stroke(&furrows, scheme.middle, 1.0);
    sheet.stroke(
        &Trace::at(turn((0.0, horizon - 8.0))).line(turn((WIDTH, horizon + drop - 8.0))),
        ink::GOLD,
        2.0,
    );
    sheet
}

fn leaves(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT, VERMILION]);
    let mut sheet = Sheet::new(scheme.ground);
    let mirrored = dice.chance(50);
    let turn = |(x, y): Spot| if mirrored { (WIDTH - x, y) } else { (x, y) };
    let foot = (dice.between(40.0, 200.0), dice.between(470.0, 520.0));
    let count = dice.whole(5, 8);
    let speaking = dice.whole(1, count - 2);
    let fan = dice.between(66.0, 84.0);
    for index in (0..count).rev() {
        let part = f64::from(index) / f64::from(count - 1);
        let direction = radians(8.0 + fan * part);
        let length = dice.between(500.0, 690.0) - 170.0 * part;
        let tip = (foot.0 + length * cosine(direction), foot.1 - length * sine(direction));
        let bend = length * dice.between(0.78, 0.95);
        let leaf = Trace::at(turn(foot))
            .arc(bend, !mirrored, turn(tip))
            .arc(bend, !mirrored, turn(foot))
            .close();
        let colour = if index == speaking {
            scheme.accent
        } else {
            [scheme.mass, scheme.quiet, scheme.middle][(index % 3) as usize]
        };
        sheet.edged(&leaf, (colour, scheme.ground), 3.0);
        let rib = Trace::at(turn(foot)).line(turn(tip));
        sheet.stroke(&rib, if index == speaking { ink::GOLD } else { scheme.ground }, 1.5);
    }
    let floor = dice.between(440.0, 462.0);
    sheet.block((0.0, floor), (WIDTH, HEIGHT - floor), scheme.mass);
    sheet
}
