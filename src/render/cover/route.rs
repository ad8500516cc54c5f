//! Covers of routes: ways through a land. Contour lines with a path, waves (水波纹), a winding
//! ribbon, ridges behind ridges.

use super::canvas::{HEIGHT, NIGHT, PAPER, SAND, Scheme, Sheet, Spot, Trace, WIDTH, ink};
use super::dice::Dice;
use crate::trigonometry::{cosine, radians, sine};

/// One of the four compositions.
pub(super) fn compose(dice: &mut Dice) -> Sheet {
    match dice.below(4) {
        0 => contours(dice),
        1 => waves(dice),
        2 => ribbon(dice),
        _ => ridges(dice),
    }
}

/// A smooth line through places: each piece's handles follow the line between its neighbours.
fn smooth(spots: &[Spot], closed: bool) -> Trace {
    let (Some(&first), Some(&last)) = (spots.first(), spots.last()) else {
        return Trace::default();
    };
    let mut padded = vec![if closed { last } else { first }];
    padded.extend(spots);
    if closed {
        padded.extend(spots.iter().take(2));
    } else {
        padded.push(last);
    }
    let mut trace = Trace::at(first);
    for (piece, four) in padded.windows(4).enumerate() {
        let &[before, start, end, after] = four else {
            continue;
        };
        let leaving = (start.0 + (end.0 - before.0) / 6.0, start.1 + (end.1 - before.1) / 6.0);
        let arriving = (end.0 - (after.0 - start.0) / 6.0, end.1 - (after.1 - start.1) / 6.0);
        // A handle mirrors the one before it, which the short form of the curve says by itself.
        trace = if piece == 0 {
            trace.to('C', &[leaving, arriving, end])
        } else {
            trace.to('S', &[arriving, end])
        };
    }
    if closed { trace.close() } else { trace }
}

/// The stops along a path: rings of the path's colour with the casing's colour in and around them.
fn stops(sheet: &mut Sheet, spots: &[Spot], scheme: Scheme) {
    let rim = casing(scheme);
    for &spot in spots {
        for (radius, colour) in [(18.0, rim), (14.0, scheme.accent), (6.0, rim)] {
            sheet.disc(spot, radius, colour);
        }
    }
}

fn contours(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT]);
    let mut sheet = Sheet::new(scheme.ground);
    let mirrored = dice.chance(50);
    let turn = |(x, y): Spot| if mirrored { (WIDTH - x, y) } else { (x, y) };
    let summit = turn((dice.between(430.0, 660.0), dice.between(110.0, 300.0)));
    let wobble: Vec<f64> = (0..9).map(|_| dice.between(0.62, 1.3)).collect();
    let (wide, high) = (dice.between(0.9, 1.5), dice.between(0.7, 1.0));
    let drift = (dice.between(-90.0, 90.0), dice.between(-60.0, 60.0));
    let rings = dice.whole(8, 11);
    let filled = [dice.whole(1, 2), dice.whole(4, 5), rings - dice.whole(2, 3)];
    for ring in 0..rings {
        let part = 1.0 - f64::from(ring) / f64::from(rings);
        let outline: Vec<Spot> = (0_u32..)
            .zip(&wobble)
            .map(|(corner, wobble)| {
                let angle = radians(f64::from(corner) * 40.0);
                let reach = 380.0 * part * (1.0 + (wobble - 1.0) * (0.35 + 0.65 * part));
                (
                    summit.0 + drift.0 * part + wide * reach * cosine(angle),
                    summit.1 + drift.1 * part + high * reach * sine(angle),
                )
            })
            .collect();
        let line = smooth(&outline, true);
        let tone = filled.iter().position(|wanted| *wanted == ring);
        let tones = [scheme.quiet, scheme.middle, scheme.mass];
        if let Some(colour) = tone.and_then(|tone| tones.get(tone)) {
            sheet.fill(&line, colour);
        }
        let inside = ring > filled[1];
        sheet.stroke(&line, if inside { scheme.ground } else { scheme.middle }, 1.2);
    }
    let path: Vec<Spot> = [
        (-20.0, dice.between(380.0, 450.0)),
        (140.0, dice.between(300.0, 450.0)),
        (300.0, dice.between(230.0, 430.0)),
        (450.0, dice.between(300.0, 430.0)),
        (600.0, dice.between(320.0, 440.0)),
        (820.0, dice.between(360.0, 450.0)),
    ]
    .into_iter()
    .map(turn)
    .collect();
    let way = smooth(&path, false);
    sheet.stroke(&way, casing(scheme), 16.0);
    sheet.stroke(&way, scheme.accent, 9.0);
    let stations = path.get(1..5).unwrap_or_default();
    stops(&mut sheet, stations, scheme);
    let level = dice.between(466.0, 484.0);
    sheet.stroke(&Trace::at((0.0, level)).line((WIDTH, level)), ink::GOLD, 2.0);
    sheet
}

/// What a red line lies on, so that it stands out from the land, also where the land is dark.
fn casing(scheme: Scheme) -> &'static str {
    if scheme.ground == ink::DEEP {
        ink::SAND
    } else {
        scheme.ground
    }
}

fn waves(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT]);
    let mut sheet = Sheet::new(scheme.ground);
    let radius = dice.between(82.0, 124.0).round();
    let first = dice.between(240.0, 330.0).round();
    let shift = dice.between(0.0, radius).round();
    let speaking = (dice.below(3), f64::from(dice.whole(1, 3)));
    let echo = [
        dice.between(0.74, 0.82),
        dice.between(0.52, 0.62),
        dice.between(0.3, 0.42),
    ];
    let line = first - radius - dice.between(20.0, 64.0);
    sheet.stroke(&Trace::at((0.0, line)).line((WIDTH, line)), ink::GOLD, 2.0);
    for row in 0_u32..7 {
        let level = first + (radius * 0.62).round() * f64::from(row);
        if level - radius * 0.8 > HEIGHT {
            break;
        }
        let start = -radius - shift - if row % 2 == 0 { 0.0 } else { radius };
        scales(
            &mut sheet,
            ((start, level), radius, 8),
            echo,
            (scheme.mass, scheme.ground),
        );
        if row == speaking.0 {
            let one = (start + 2.0 * radius * (speaking.1 + 1.0), level);
            scales(&mut sheet, (one, radius, 1), echo, (scheme.accent, scheme.ground));
        }
    }
    sheet
}

/// A row of half circles that touch, each with smaller ones inside: the scales of the wave pattern.
fn scales(sheet: &mut Sheet, row: (Spot, f64, u32), echo: [f64; 3], colours: (&str, &str)) {
    let ((x, y), radius, most) = row;
    let seen = (0..most).take_while(|scale| x + 2.0 * radius * f64::from(*scale) < WIDTH);
    let body = seen.clone().fold(Trace::at((x, y)), |trace, _| trace.hop(radius, 0.0));
    sheet.edged(&body, colours, 6.0);
    let echo = echo.into_iter().fold(Trace::default(), |trace, part| {
        let inner = (radius * part).round();
        seen.clone().fold(trace.lift((x + radius - inner, y)), |trace, _| {
            trace.hop(inner, 2.0 * (radius - inner))
        })
    });
    sheet.stroke(&echo, colours.1, 2.0);
}

fn ribbon(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT]);
    let mut sheet = Sheet::new(scheme.ground);
    let mirrored = dice.chance(50);
    let turn = |(x, y): Spot| if mirrored { (WIDTH - x, y) } else { (x, y) };
    let radius = dice.between(56.0, 112.0);
    let width = radius * dice.between(0.7, 0.9);
    let (left, right) = (dice.between(130.0, 260.0), dice.between(520.0, 660.0));
    let top = dice.between(50.0, 90.0);
    let field = dice.between(240.0, 350.0);
    sheet.block((0.0, field), (WIDTH, HEIGHT - field), scheme.quiet);
    let mut way = Trace::at(turn((-60.0, top)));
    let mut level = top;
    let mut places: Vec<Spot> = Vec::new();
    for row in 0_u32..5 {
        let outward = row % 2 == 0;
        let bend = if outward { right } else { left };
        places.push(turn((dice.between(left + 30.0, right - 30.0), level)));
        way = way.line(turn((bend, level)));
        level += radius * 2.0;
        way = way.arc(radius, outward != mirrored, turn((bend, level)));
        if level > HEIGHT + width {
            break;
        }
    }
    sheet.stroke(&way, scheme.mass, width);
    sheet.stroke(&way, ink::GOLD, 2.0);
    places.retain(|spot| spot.1 < HEIGHT - width * 0.7);
    let speaking = dice.pick(places.first().copied().unwrap_or((left, top)), &places);
    for &spot in &places {
        sheet.disc(spot, width * 0.2, scheme.ground);
    }
    sheet.disc(speaking, width * 0.72, scheme.accent);
    sheet
}

fn ridges(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT]);
    let mut sheet = Sheet::new(scheme.ground);
    let mut top = dice.between(120.0, 190.0);
    let far = top + 60.0;
    for colour in [scheme.quiet, scheme.middle, scheme.mass] {
        let line = skyline(dice, top);
        let mut body = line.clone();
        body.extend([(960.0, HEIGHT), (-80.0, HEIGHT)]);
        sheet.fill(&Trace::polygon(&body), colour);
        sheet.stroke(&shaded_slopes(&line), scheme.ground, 1.2);
        top += dice.between(96.0, 120.0);
    }
    let middle = dice.between(300.0, 500.0);
    let sway = dice.between(120.0, 210.0) * if dice.chance(50) { 1.0 } else { -1.0 };
    let turns = dice.between(290.0, 400.0);
    let start = dice.between(0.0, 60.0);
    let goal = far + dice.between(46.0, 70.0);
    let place = |part: f64| {
        (
            middle + sway * (1.0 - 0.7 * part) * sine(radians(start + turns * part)),
            520.0 + (goal - 520.0) * part,
        )
    };
    sheet.fill(&narrowing_way(place), scheme.ground);
    sheet.disc(place(1.0), 22.0, scheme.ground);
    sheet.disc(place(1.0), 17.0, scheme.accent);
    let high = dice.between(40.0, 80.0);
    sheet.stroke(&Trace::at((0.0, high)).line((WIDTH, high)), ink::GOLD, 2.0);
    sheet
}

/// A way that narrows with the distance, as it would to the eye.
fn narrowing_way(place: impl Fn(f64) -> Spot) -> Trace {
    let samples = 16_u32;
    let edge = |sample: u32, sign: f64| {
        let part = f64::from(sample) / f64::from(samples);
        let (x, y) = place(part);
        let near = 1.0 - part;
        (x + sign * (2.0 + 26.0 * near * near), y)
    };
    let left = (0..=samples).map(|sample| edge(sample, -1.0));
    let right = (0..=samples).rev().map(|sample| edge(sample, 1.0));
    let outline: Vec<Spot> = left.chain(right).collect();
    smooth(&outline, true)
}

/// Peaks and valleys in turn, from beyond the left edge to beyond the right one.
fn skyline(dice: &mut Dice, top: f64) -> Vec<Spot> {
    let mut x = -80.0 - dice.between(0.0, 120.0);
    let mut high = dice.chance(50);
    let mut line: Vec<Spot> = Vec::new();
    while x < 960.0 {
        let sway = dice.between(0.0, 70.0);
        line.push((x, if high { top + sway } else { top + 90.0 + sway * 0.4 }));
        x += dice.between(90.0, 230.0);
        high = !high;
    }
    line.push((x.max(960.0), top + 90.0));
    line
}

/// Hairlines that hang from the slopes that fall to the right.
fn shaded_slopes(line: &[Spot]) -> Trace {
    line.windows(2).fold(Trace::default(), |trace, pair| match pair {
        [peak, valley] if peak.1 < valley.1 => (0_u32..9).fold(trace, |trace, hair| {
            let part = f64::from(hair) / 9.0;
            let x = peak.0 + (valley.0 - peak.0) * part;
            let y = peak.1 + (valley.1 - peak.1) * part;
            trace.hair((x.round(), y.round()), (90.0 * (1.0 - part)).round())
        }),
        _ => trace,
    })
}
