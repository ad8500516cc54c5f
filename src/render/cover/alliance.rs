//! Covers of alliances: what joins. A bridge of arches, a bridge on cables, joined circles, woven
//! bands.

use super::canvas::{HEIGHT, NIGHT, PAPER, SAND, Sheet, Spot, Trace, VERMILION, WIDTH, ink};
use super::dice::Dice;

/// One of the four compositions.
pub(super) fn compose(dice: &mut Dice) -> Sheet {
    match dice.below(4) {
        0 => arched_bridge(dice),
        1 => cable_bridge(dice),
        2 => joined_circles(dice),
        _ => woven_bands(dice),
    }
}

fn arched_bridge(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT]);
    let mut sheet = Sheet::new(scheme.ground);
    let water = dice.between(320.0, 352.0);
    let main = dice.between(112.0, 138.0);
    let pier = dice.between(18.0, 26.0);
    let middle = dice.between(200.0, 600.0);
    let crown = water - main - dice.between(34.0, 44.0);
    let shoulder = water - dice.between(60.0, 76.0);
    let deck = |by: f64| {
        let (low, high) = (shoulder - by, crown - by);
        Trace::at((middle - 780.0, low))
            .to('C', &[(middle - 420.0, low), (middle - 300.0, high), (middle, high)])
            .to(
                'C',
                &[(middle + 300.0, high), (middle + 420.0, low), (middle + 780.0, low)],
            )
    };
    let mut arches = vec![(middle, main)];
    for sign in [-1.0, 1.0] {
        let mut edge = middle + sign * main;
        for shrink in [0.72, 0.5, 0.36, 0.36, 0.36] {
            let radius = main * shrink;
            let centre = edge + sign * (pier + radius);
            arches.push((centre, radius));
            edge = centre + sign * radius;
        }
    }
    let mut bridge = deck(0.0)
        .line((middle + 780.0, water))
        .line((middle - 780.0, water))
        .close();
    let mut mirror = Trace::default();
    for &(x, radius) in &arches {
        if (-60.0..860.0).contains(&x) {
            let (left, right) = ((x - radius, water), (x + radius, water));
            bridge = bridge.lift(left).arc(radius, true, right).close();
            mirror = mirror.lift(left).ellipse((radius, radius * 0.86), false, right).close();
        }
    }
    sheet.block((0.0, water), (WIDTH, HEIGHT - water), scheme.quiet);
    sheet.fill(&mirror, scheme.ground);
    sheet.cut(&bridge, scheme.mass);
    let near: Vec<(f64, f64)> = arches
        .iter()
        .copied()
        .filter(|&(x, radius)| x - radius > 30.0 && x + radius < WIDTH - 30.0)
        .collect();
    let (x, radius) = dice.pick((middle, main), near.get(..3).unwrap_or(&near));
    let ring = radius + 13.0;
    let voussoirs = Trace::at((x - ring, water))
        .arc(ring, true, (x + ring, water))
        .line((x + radius, water))
        .arc(radius, false, (x - radius, water))
        .close();
    sheet.fill(&voussoirs, scheme.accent);
    let ripples = Trace::strokes((1..14).map(|line| {
        let y = water + 10.0 * f64::from(line) + 3.0;
        let from = dice.between(-100.0, 560.0);
        ((from, y), (from + dice.between(120.0, 380.0), y))
    }));
    sheet.stroke(&ripples, scheme.middle, 1.2);
    sheet.stroke(&deck(13.0), ink::GOLD, 2.0);
    sheet
}

fn cable_bridge(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[NIGHT, SAND, VERMILION]);
    let mut sheet = Sheet::new(scheme.ground);
    let deck = dice.between(330.0, 360.0);
    let towers: Vec<f64> = if dice.chance(55) {
        vec![dice.between(180.0, 330.0) + if dice.chance(50) { 290.0 } else { 0.0 }]
    } else {
        vec![dice.between(150.0, 230.0), dice.between(540.0, 640.0)]
    };
    let hill = dice.between(230.0, 290.0);
    let far = Trace::at((0.0, deck))
        .line((0.0, hill))
        .to('C', &[(160.0, hill - 60.0), (240.0, deck - 20.0), (400.0, deck - 30.0)])
        .to('S', &[(640.0, hill - 20.0), (WIDTH, hill + 20.0)])
        .line((WIDTH, deck))
        .close();
    sheet.fill(&far, scheme.quiet);
    let alone = towers.len() == 1;
    let reach = if alone { 420.0 } else { 185.0 };
    let rise = if alone {
        dice.between(265.0, 300.0)
    } else {
        dice.between(215.0, 270.0)
    };
    let mut cables: Vec<(Spot, Spot)> = Vec::new();
    for &tower in &towers {
        for cable in 1_u32..=14 {
            let part = f64::from(cable) / 14.0;
            let height = deck - rise * (0.34 + 0.66 * part);
            cables.push(((tower, height), (tower - reach * part, deck)));
            cables.push(((tower, height), (tower + reach * part, deck)));
        }
    }
    sheet.stroke(&Trace::strokes(cables), scheme.mass, 1.3);
    for &tower in &towers {
        let pylon = [
            (tower - 5.0, deck - rise - 14.0),
            (tower + 5.0, deck - rise - 14.0),
            (tower + 13.0, HEIGHT),
            (tower - 13.0, HEIGHT),
        ];
        sheet.fill(&Trace::polygon(&pylon), scheme.accent);
    }
    sheet.block((0.0, deck), (WIDTH, 12.0), scheme.mass);
    sheet.block((0.0, deck + 18.0), (WIDTH, 2.0), ink::GOLD);
    let level = dice.between(416.0, 436.0);
    sheet.block((0.0, level), (WIDTH, HEIGHT - level), scheme.mass);
    let ripples = Trace::strokes((1..7).map(|line| {
        let y = level + 10.0 * f64::from(line);
        let from = dice.between(-100.0, 560.0);
        ((from, y), (from + dice.between(120.0, 380.0), y))
    }));
    sheet.stroke(&ripples, scheme.middle, 1.2);
    sheet
}

/// The lens that two circles share, as a path.
fn lens(first: (Spot, f64), second: (Spot, f64)) -> Option<Trace> {
    let ((ax, ay), a) = first;
    let ((bx, by), b) = second;
    let (dx, dy) = (bx - ax, by - ay);
    let distance = (dx * dx + dy * dy).sqrt();
    let apart = distance >= a + b || distance <= (a - b).abs();
    if apart {
        return None;
    }
    let along = (distance * distance + a * a - b * b) / (2.0 * distance);
    let across = (a * a - along * along).max(0.0).sqrt();
    let (ux, uy) = (dx / distance, dy / distance);
    let upper = (ax + along * ux + across * uy, ay + along * uy - across * ux);
    let lower = (ax + along * ux - across * uy, ay + along * uy + across * ux);
    Some(Trace::at(upper).arc(a, true, lower).arc(b, true, upper).close())
}

fn joined_circles(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT]);
    let mut sheet = Sheet::new(scheme.ground);
    let (mirrored, flipped) = (dice.chance(50), dice.chance(50));
    let turn = |(x, y): Spot| {
        (
            if mirrored { WIDTH - x } else { x },
            if flipped { HEIGHT - y } else { y },
        )
    };
    let arrangement = match dice.below(3) {
        0 => [
            ((230.0, 280.0), 210.0),
            ((505.0, 210.0), 145.0),
            ((610.0, 400.0), 125.0),
        ],
        1 => [((140.0, 250.0), 320.0), ((610.0, 300.0), 190.0), ((560.0, 70.0), 120.0)],
        _ => [
            ((215.0, 172.0), 160.0),
            ((400.0, 300.0), 185.0),
            ((640.0, 420.0), 150.0),
        ],
    };
    let [first, second, third] = arrangement.map(|((x, y), radius): (Spot, f64)| {
        let place = (x + dice.between(-24.0, 24.0), y + dice.between(-24.0, 24.0));
        (turn(place), radius * dice.between(0.96, 1.14))
    });
    sheet.disc(first.0, first.1, scheme.mass);
    sheet.disc(second.0, second.1, scheme.quiet);
    let rings = (1..9).fold(Trace::default(), |trace, ring| {
        trace.circle(third.0, third.1 * f64::from(ring) / 8.0)
    });
    sheet.stroke(&rings, scheme.middle, 1.2);
    for (pair, colour) in [
        ((second, third), scheme.middle),
        ((first, third), scheme.middle),
        ((first, second), scheme.accent),
    ] {
        if let Some(shared) = lens(pair.0, pair.1) {
            sheet.fill(&shared, colour);
        }
    }
    let axis = Trace::at(first.0).line(second.0).line(third.0);
    sheet.stroke(&axis, ink::GOLD, 2.0);
    sheet
}

fn woven_bands(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT, VERMILION]);
    let mut sheet = Sheet::new(scheme.ground);
    let pitch = dice.between(84.0, 100.0);
    let band = pitch * dice.between(0.6, 0.72);
    let (columns, rows) = (dice.whole(4, 6), 3_u32);
    let left = if dice.chance(50) {
        dice.between(60.0, 110.0)
    } else {
        740.0 - pitch * f64::from(columns)
    };
    let top = dice.between(100.0, 130.0);
    let speaking = dice.below(rows);
    let mut lengths: Vec<f64> = Vec::new();
    for column in 0..columns {
        let x = left + pitch * f64::from(column);
        let end = top + pitch * 3.0 + dice.between(10.0, 90.0);
        sheet.block((x, -10.0), (band, end + 10.0), scheme.mass);
        lengths.push(end);
    }
    let toward_left = left > 120.0;
    for row in 0..rows {
        let y = top + pitch * f64::from(row);
        let colour = if row == speaking {
            scheme.accent
        } else {
            dice.pick(scheme.quiet, &[scheme.middle])
        };
        let end = if toward_left {
            left - dice.between(20.0, 80.0)
        } else {
            left + pitch * f64::from(columns) + dice.between(20.0, 90.0)
        };
        let (from, to) = if toward_left { (end, 820.0) } else { (-20.0, end) };
        sheet.block((from, y), (to - from, band), colour);
        for column in 0..columns {
            if (row + column) % 2 == 0 {
                let x = left + pitch * f64::from(column);
                sheet.block((x - 4.0, y - 4.0), (band + 8.0, band + 8.0), scheme.ground);
                sheet.block((x, y - 6.0), (band, band + 12.0), scheme.mass);
            }
        }
    }
    let thread = left + pitch * f64::from(dice.below(columns)) + band / 2.0;
    sheet.stroke(&Trace::at((thread, 0.0)).line((thread, HEIGHT)), ink::GOLD, 2.0);
    sheet
}
