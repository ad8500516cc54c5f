//! Covers of roundtables: people around a table and what goes to and fro. A half table with its
//! seats, voices that meet, a table in segments, a long table from above.

use super::canvas::{HEIGHT, NIGHT, PAPER, SAND, Sheet, Spot, Trace, VERMILION, WIDTH, ink};
use super::dice::Dice;
use crate::trigonometry::{cosine, radians, sine};

/// One of the four compositions.
pub(super) fn compose(dice: &mut Dice) -> Sheet {
    match dice.below(4) {
        0 => half_table(dice),
        1 => voices(dice),
        2 => segments(dice),
        _ => long_table(dice),
    }
}

/// The place at an angle (degrees, clockwise from the right) on a circle.
fn on_circle(centre: Spot, radius: f64, degrees: f64) -> Spot {
    let angle = radians(degrees);
    (centre.0 + radius * cosine(angle), centre.1 + radius * sine(angle))
}

/// A piece of a ring between two radii and two angles.
fn ring_piece(centre: Spot, radii: (f64, f64), angles: (f64, f64)) -> Trace {
    let (from, to) = angles;
    Trace::at(on_circle(centre, radii.0, from))
        .line(on_circle(centre, radii.1, from))
        .arc(radii.1, true, on_circle(centre, radii.1, to))
        .line(on_circle(centre, radii.0, to))
        .arc(radii.0, false, on_circle(centre, radii.0, from))
        .close()
}

fn half_table(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT, VERMILION]);
    let mut sheet = Sheet::new(scheme.ground);
    let centre = (dice.between(250.0, 550.0), dice.between(500.0, 560.0));
    let table = dice.between(200.0, 240.0);
    let seats = dice.whole(5, 8);
    let speaking = dice.below(seats);
    let voices = (1..10).fold(Trace::default(), |trace, ring| {
        trace.circle(centre, table + 150.0 + 26.0 * f64::from(ring))
    });
    sheet.stroke(&voices, scheme.quiet, 1.5);
    sheet.disc(centre, table, scheme.mass);
    sheet.stroke(&Trace::default().circle(centre, table - 18.0), ink::GOLD, 2.0);
    let turn = 180.0 / f64::from(seats);
    for seat in 0..seats {
        let from = 180.0 + turn * f64::from(seat) + 2.0;
        let (push, colour) = if seat == speaking {
            (30.0, scheme.accent)
        } else {
            (0.0, dice.pick(scheme.middle, &[scheme.quiet]))
        };
        let radii = (table + 18.0 + push, table + 112.0 + push);
        sheet.fill(&ring_piece(centre, radii, (from, from + turn - 4.0)), colour);
    }
    sheet
}

fn voices(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT, VERMILION]);
    let mut sheet = Sheet::new(scheme.ground);
    let low = dice.chance(50);
    let level = |y: f64| if low { HEIGHT - y } else { y };
    let left = (dice.between(-60.0, 40.0), level(dice.between(-40.0, 60.0)));
    let right = (dice.between(740.0, 860.0), level(dice.between(440.0, 560.0)));
    let step = dice.between(46.0, 66.0);
    let reach = dice.whole(7, 9);
    let speaking = dice.whole(4, reach - 1);
    for ring in (3..=reach).rev() {
        let radius = step * f64::from(ring);
        let colour = if ring == speaking { scheme.accent } else { scheme.mass };
        sheet.disc(left, radius, colour);
        sheet.disc(left, radius - step * 0.55, scheme.ground);
    }
    let count = dice.whole(18, 26);
    let rings = (4..=count).fold(Trace::default(), |trace, ring| {
        trace.circle(right, 17.0 * f64::from(ring))
    });
    sheet.stroke(&rings, scheme.middle, 1.3);
    sheet.stroke(&Trace::at(left).line(right), ink::GOLD, 2.0);
    sheet
}

fn segments(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT, VERMILION]);
    let mut sheet = Sheet::new(scheme.ground);
    let centre = (
        if dice.chance(50) {
            dice.between(120.0, 300.0)
        } else {
            dice.between(500.0, 680.0)
        },
        if dice.chance(50) {
            dice.between(40.0, 180.0)
        } else {
            dice.between(320.0, 460.0)
        },
    );
    let inner = dice.between(90.0, 130.0);
    let depth = dice.between(82.0, 104.0);
    let base = dice.whole(7, 10);
    let speaking_ring = dice.whole(1, 2);
    let mut start = dice.between(0.0, 40.0);
    for ring in 0_u32..3 {
        let count = base + 3 * ring;
        let turn = 360.0 / f64::from(count);
        let radii = (
            inner + (depth + 6.0) * f64::from(ring),
            inner + (depth + 6.0) * f64::from(ring) + depth,
        );
        let gap = 172.0 / radii.1;
        let speaking = seat_in_view(centre, f64::midpoint(radii.0, radii.1), (start, turn));
        for index in 0..count {
            let from = start + turn * f64::from(index);
            let angles = (from + gap, from + turn - gap);
            if ring == speaking_ring && index == speaking {
                sheet.fill(&ring_piece(centre, radii, angles), scheme.accent);
            } else if !dice.chance(20 + 14 * ring) {
                let colour = dice.pick(scheme.mass, &[scheme.quiet, scheme.middle, scheme.quiet]);
                sheet.fill(&ring_piece(centre, radii, angles), colour);
            }
        }
        start += turn * dice.between(0.3, 0.7);
    }
    sheet.stroke(&Trace::default().circle(centre, inner - 18.0), ink::GOLD, 2.0);
    sheet
}

/// The number of the seat on a ring whose middle lies nearest to the middle of the sheet.
fn seat_in_view(centre: Spot, radius: f64, ring: (f64, f64)) -> u32 {
    let (start, turn) = ring;
    let mut best = (0, f64::INFINITY);
    for index in 0_u32..24 {
        let (x, y) = on_circle(centre, radius, start + turn * (f64::from(index) + 0.5));
        let (dx, dy) = (x - WIDTH / 2.0, y - HEIGHT / 2.0);
        let distance = dx * dx + dy * dy;
        if distance + 0.5 < best.1 && f64::from(index) * turn < 359.0 {
            best = (index, distance);
        }
    }
    best.0
}

fn long_table(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT, VERMILION]);
    let mut sheet = Sheet::new(scheme.ground);
    let lean = dice.between(6.0, 38.0);
    let angle = radians(if dice.chance(50) { lean } else { -lean });
    let (cos, sin) = (cosine(angle), sine(angle));
    let spot = |(u, v): Spot| (WIDTH / 2.0 + u * cos - v * sin, HEIGHT / 2.0 + u * sin + v * cos);
    let half = dice.between(72.0, 118.0);
    let reach = dice.between(340.0, 420.0);
    let shift = dice.between(80.0, 190.0) * if dice.chance(50) { 1.0 } else { -1.0 };
    let floor = (-14..=14).map(|line| {
        let v = f64::from(line) * 36.0;
        (spot((-620.0, v)), spot((620.0, v)))
    });
    sheet.stroke(&Trace::strokes(floor), scheme.quiet, 1.5);
    let table = Trace::at(spot((shift - reach, -half)))
        .line(spot((shift + reach, -half)))
        .arc(half, true, spot((shift + reach, half)))
        .line(spot((shift - reach, half)))
        .arc(half, true, spot((shift - reach, -half)))
        .close();
    sheet.fill(&table, scheme.mass);
    sheet.stroke(
        &Trace::strokes([(spot((shift - reach, 0.0)), spot((shift + reach, 0.0)))]),
        ink::GOLD,
        2.0,
    );
    let seats = dice.whole(4, 6);
    let pitch = 2.0 * reach / f64::from(seats);
    let chairs: Vec<(f64, f64)> = [-1.0, 1.0]
        .into_iter()
        .flat_map(|side| (0..seats).map(move |seat| (side, shift - reach + pitch * (f64::from(seat) + 0.5))))
        .collect();
    let in_view: Vec<(f64, f64)> = chairs
        .iter()
        .copied()
        .filter(|&(side, u)| {
            let (x, y) = spot((u, side * (half + 30.0)));
            (90.0..710.0).contains(&x) && (70.0..430.0).contains(&y)
        })
        .collect();
    let speaking = dice.pick(in_view.first().copied().unwrap_or((1.0, shift)), &in_view);
    let radius = pitch * 0.36;
    for &(side, u) in &chairs {
        let speaks = side * speaking.0 > 0.0 && (u - speaking.1).abs() < 1.0;
        let base = side * (half + if speaks { 34.0 } else { 16.0 });
        let chair = Trace::at(spot((u - radius, base)))
            .arc(radius, side < 0.0, spot((u + radius, base)))
            .close();
        sheet.fill(&chair, if speaks { scheme.accent } else { scheme.middle });
    }
    sheet
}
