//! Covers of demonstration points: what one sees of a house from the street. A great roof (屋脊),
//! stepped gables (马头墙), a round window (月洞), a lattice screen (隔扇).

use super::canvas::{HEIGHT, NIGHT, PAPER, SAND, Scheme, Sheet, Spot, Trace, WIDTH, ink};
use super::dice::Dice;

/// One of the four compositions.
pub(super) fn compose(dice: &mut Dice) -> Sheet {
    match dice.below(4) {
        0 => great_roof(dice),
        1 => stepped_gables(dice),
        2 => round_window(dice),
        _ => lattice_screen(dice),
    }
}

/// The measures of a roof with swept eaves.
struct Roof {
    centre: f64,
    ridge: Spot,
    eave: Spot,
    lift: f64,
}

impl Roof {
    /// The place on the roof's slope that lies `across` (−1 to 1) from its middle at the eave.
    fn foot(&self, across: f64) -> Spot {
        let swept = across * across * across * across;
        (
            self.centre + self.eave.0 * across,
            self.eave.1 + 8.0 - (self.lift + 8.0) * swept,
        )
    }

    fn outline(&self) -> Trace {
        let (half_ridge, top) = self.ridge;
        let run = self.eave.0 - half_ridge;
        let fall = self.eave.1 - top;
        let side = |sign: f64| {
            [
                (self.centre + sign * (half_ridge + run * 0.16), top + fall * 0.6),
                (self.centre + sign * (half_ridge + run * 0.55), top + fall * 0.94),
            ]
        };
        let [right_near, right_far] = side(1.0);
        let [left_near, left_far] = side(-1.0);
        let right_tip = self.foot(1.0);
        let left_tip = self.foot(-1.0);
        let belly = self.eave.1 + 10.0;
        Trace::at((self.centre - half_ridge, top))
            .line((self.centre + half_ridge, top))
            .to('C', &[right_near, right_far, right_tip])
            .to(
                'C',
                &[
                    (self.centre + self.eave.0 * 0.8, belly),
                    (self.centre + self.eave.0 * 0.5, belly),
                    (self.centre, belly),
                ],
            )
            .to(
                'C',
                &[
                    (self.centre - self.eave.0 * 0.5, belly),
                    (self.centre - self.eave.0 * 0.8, belly),
                    left_tip,
                ],
            )
            .to('C', &[left_far, left_near, (self.centre - half_ridge, top)])
            .close()
    }

    fn tiles(&self, count: u32) -> Trace {
        let (half_ridge, top) = self.ridge;
        (2..count - 1).fold(Trace::default(), |trace, index| {
            let across = -1.0 + 2.0 * f64::from(index) / f64::from(count);
            let start = (self.centre + half_ridge * across, top);
            let end = self.foot(across * 0.94);
            let bend = (start.0 + (end.0 - start.0) * 0.34, top + (end.1 - top) * 0.66);
            trace.lift(start).to('Q', &[bend, end])
        })
    }

    fn draw(&self, sheet: &mut Sheet, colours: (&str, &str)) {
        sheet.fill(&self.outline(), colours.0);
        sheet.stroke(&self.tiles(30), colours.1, 1.2);
        let (half_ridge, top) = self.ridge;
        let (left, right) = (self.centre - half_ridge, self.centre + half_ridge);
        let crest = Trace::at((left - 16.0, top - 22.0))
            .to('Q', &[(left - 2.0, top - 8.0), (left + 26.0, top - 8.0)])
            .line((right - 26.0, top - 8.0))
            .to('Q', &[(right + 2.0, top - 8.0), (right + 16.0, top - 22.0)])
            .line((right + 10.0, top + 5.0))
            .line((left - 10.0, top + 5.0))
            .close();
        sheet.fill(&crest, colours.0);
    }
}

fn great_roof(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT, SAND]);
    let mut sheet = Sheet::new(scheme.ground);
    let centre = if dice.chance(50) {
        dice.between(40.0, 190.0)
    } else {
        dice.between(610.0, 760.0)
    };
    let half_ridge = dice.between(190.0, 270.0);
    let top = dice.between(96.0, 140.0);
    let roof = Roof {
        centre,
        ridge: (half_ridge, top),
        eave: (
            half_ridge + dice.between(230.0, 290.0),
            top + dice.between(176.0, 218.0),
        ),
        lift: dice.between(44.0, 70.0),
    };
    let body = roof.eave.0 * 0.74;
    let beam = roof.eave.1 + 8.0;
    sheet.block((centre - body, beam), (body * 2.0, HEIGHT - beam), scheme.accent);
    let bays = dice.whole(5, 7);
    for index in 0..=bays {
        let x = centre - body + 2.0 * body * f64::from(index) / f64::from(bays);
        sheet.block((x - 7.0, beam), (14.0, HEIGHT - beam), scheme.ground);
    }
    sheet.block((centre - body - 7.0, beam), (body * 2.0 + 14.0, 30.0), scheme.mass);
    let gilt = Trace::at((centre - body - 7.0, beam + 38.0)).line((centre + body + 7.0, beam + 38.0));
    sheet.stroke(&gilt, ink::GOLD, 2.0);
    let floor = dice.between(446.0, 462.0);
    sheet.block((0.0, floor), (WIDTH, HEIGHT - floor), scheme.mass);
    sheet.block((0.0, floor - 9.0), (WIDTH, 3.0), scheme.mass);
    roof.draw(&mut sheet, (scheme.mass, scheme.middle));
    sheet
}

/// The stepped outline of a gable: half its width at the top, and the height of its steps.
struct Gable {
    centre: f64,
    top: f64,
    half: f64,
    step: Spot,
    steps: u32,
}

impl Gable {
    fn draw(&self, sheet: &mut Sheet, wall: &str, cap: &str) {
        let mut spots: Vec<Spot> = Vec::new();
        let mut caps = Trace::default();
        for index in 0..=self.steps {
            let reach = self.half + self.step.0 * f64::from(index);
            let y = self.top + self.step.1 * f64::from(index);
            let inner = if index == 0 { 0.0 } else { reach - self.step.0 };
            for sign in [-1.0, 1.0] {
                let from = self.centre + sign * inner;
                let to = self.centre + sign * (reach + 13.0);
                caps = caps
                    .lift((from, y - 7.0))
                    .line((to - sign * 18.0, y - 7.0))
                    .to('Q', &[(to - sign * 6.0, y - 8.0), (to + sign * 2.0, y - 19.0)])
                    .line((to, y + 4.0))
                    .line((from, y + 4.0))
                    .close();
            }
            spots.push((self.centre + reach, y));
            spots.push((self.centre + reach, y + self.step.1));
        }
        if let Some(last) = spots.last_mut() {
            last.1 = HEIGHT;
        }
        let mirrored: Vec<Spot> = spots.iter().rev().map(|&(x, y)| (2.0 * self.centre - x, y)).collect();
        spots.extend(mirrored);
        sheet.fill(&Trace::polygon(&spots), wall);
        sheet.fill(&caps, cap);
    }
}

fn stepped_gables(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(SAND, &[NIGHT, PAPER]);
    let night = scheme.ground == ink::DEEP;
    let mut sheet = Sheet::new(scheme.ground);
    let mirrored = dice.chance(50);
    let place = |x: f64| if mirrored { WIDTH - x } else { x };
    let zoom = dice.between(0.85, 1.5);
    let near = Gable {
        centre: place(dice.between(110.0, 260.0)),
        top: dice.between(180.0, 250.0),
        half: dice.between(70.0, 100.0) * zoom,
        step: (dice.between(60.0, 76.0) * zoom, dice.between(44.0, 58.0) * zoom),
        steps: 2,
    };
    let far = Gable {
        centre: place(dice.between(500.0, 660.0)),
        top: dice.between(90.0, 200.0),
        half: dice.between(50.0, 70.0) * zoom,
        step: (dice.between(48.0, 62.0) * zoom, dice.between(38.0, 50.0)),
        steps: dice.whole(2, 3),
    };
    sheet.fill(&hillside(dice.between(200.0, 280.0), place), scheme.quiet);
    let (cap, stone) = if night {
        (ink::SLATE, ink::CLAY)
    } else {
        (ink::DEEP, ink::MIST)
    };
    let red_wall = dice.chance(40);
    let (wall, door_colour) = if red_wall {
        (ink::RED, ink::DEEP)
    } else {
        (ink::PAPER, ink::RED)
    };
    far.draw(
        &mut sheet,
        if scheme.ground == ink::PAPER { ink::SAND } else { stone },
        cap,
    );
    if scheme.ground == ink::PAPER && !red_wall {
        near.draw(&mut sheet, ink::MIST, cap);
    } else {
        near.draw(&mut sheet, wall, cap);
    }
    let door = dice.between(40.0, 54.0) * zoom;
    let lintel = HEIGHT - door * 2.0;
    let door_x = near.centre + dice.between(-30.0, 50.0) * if mirrored { -1.0 } else { 1.0 };
    sheet.block((door_x - door / 2.0, lintel), (door, door * 2.0), door_colour);
    sheet.block(
        (door_x - door / 2.0 - 9.0, lintel - 11.0),
        (door + 18.0, 7.0),
        ink::DEEP,
    );
    let slits = Trace::strokes((0..dice.whole(2, 3)).map(|index| {
        let x = far.centre + (12.0 + 46.0 * f64::from(index)) * if mirrored { -1.0 } else { 1.0 };
        ((x, far.top + 170.0), (x, far.top + 204.0))
    }));
    sheet.stroke(&slits, ink::DEEP, 9.0);
    sheet.stroke(&Trace::at((0.0, 486.0)).line((WIDTH, 486.0)), ink::GOLD, 2.0);
    sheet
}

/// A long slope that falls from the far side to the near one.
fn hillside(height: f64, place: impl Fn(f64) -> f64) -> Trace {
    Trace::at((place(1000.0), HEIGHT))
        .line((place(1000.0), height - 80.0))
        .to(
            'C',
            &[
                (place(720.0), height - 110.0),
                (place(560.0), height + 140.0),
                (place(240.0), 470.0),
            ],
        )
        .line((place(200.0), HEIGHT))
        .close()
}

fn round_window(dice: &mut Dice) -> Sheet {
    let (wall, view) = dice.pick((ink::DEEP, PAPER), &[(ink::SAND, NIGHT), (ink::MIST, SAND)]);
    let mut sheet = Sheet::new(view.ground);
    let radius = dice.between(170.0, 205.0);
    let centre = (
        if dice.chance(50) {
            dice.between(230.0, 300.0)
        } else {
            dice.between(500.0, 570.0)
        },
        dice.between(225.0, 250.0),
    );
    hills_in_the_window(&mut sheet, dice, (centre, radius, view));
    let hole = Trace::default()
        .block((0.0, 0.0), (WIDTH, HEIGHT))
        .circle(centre, radius);
    sheet.cut(&hole, wall);
    sheet.stroke(&Trace::default().circle(centre, radius), view.mass, 9.0);
    sheet.stroke(&Trace::default().circle(centre, radius + 13.0), ink::GOLD, 1.5);
    let base = dice.between(440.0, 456.0);
    sheet.block(
        (0.0, base),
        (WIDTH, HEIGHT - base),
        if wall == ink::DEEP { ink::DUSK } else { ink::DEEP },
    );
    sheet
}

/// Hills, a beam and a few upright bars, seen through a round window.
fn hills_in_the_window(sheet: &mut Sheet, dice: &mut Dice, window: (Spot, f64, Scheme)) {
    let ((x, y), radius, view) = window;
    let sun = (
        x + dice.between(-0.4, 0.4) * radius,
        y + dice.between(-0.09, 0.06) * radius,
    );
    sheet.disc(sun, dice.between(44.0, 62.0), view.accent);
    for (depth, colour) in [(0.12, view.quiet), (0.38, view.middle)] {
        let left = y + radius * (depth + dice.between(-0.12, 0.12));
        let right = y + radius * (depth + dice.between(-0.12, 0.12));
        let peak = x + radius * dice.between(-0.5, 0.5);
        let hill = Trace::at((x - radius, left))
            .to(
                'C',
                &[
                    (peak - radius * 0.5, left),
                    (peak - radius * 0.3, y + radius * (depth - 0.3)),
                    (peak, y + radius * (depth - 0.28)),
                ],
            )
            .to('S', &[(peak + radius * 0.6, right), (x + radius, right)])
            .line((x + radius, y + radius))
            .line((x - radius, y + radius))
            .close();
        sheet.fill(&hill, colour);
    }
    let water = y + radius * 0.6;
    sheet.block((x - radius, water), (radius * 2.0, radius), view.mass);
    let ripples = Trace::strokes((1..5).map(|index| {
        let level = water + 13.0 * f64::from(index);
        let reach = radius * dice.between(0.15, 0.6);
        let from = x + radius * dice.between(-0.5, 0.3);
        ((from, level), (from + reach, level))
    }));
    sheet.stroke(&ripples, view.middle, 1.2);
}

fn lattice_screen(dice: &mut Dice) -> Sheet {
    let scheme = dice.pick(PAPER, &[SAND, NIGHT]);
    let mut sheet = Sheet::new(scheme.ground);
    let leaves = dice.whole(3, 4);
    let width = dice.between(112.0, 138.0);
    let gap = 10.0;
    let span = f64::from(leaves) * (width + gap);
    let left = if dice.chance(50) {
        dice.between(40.0, 60.0)
    } else {
        WIDTH - span - dice.between(30.0, 50.0)
    };
    let split = dice.between(290.0, 330.0);
    let speaking = dice.below(leaves);
    let rings = dice.whole(2, 3);
    let cells = dice.whole(2, 3);
    for index in 0..leaves {
        let x = left + f64::from(index) * (width + gap);
        let fill = if index == speaking { scheme.accent } else { scheme.quiet };
        sheet.block((x, -10.0), (width, 470.0), scheme.mass);
        sheet.block((x + 9.0, split + 44.0), (width - 18.0, 75.0), fill);
        sheet.block((x + 9.0, split + 9.0), (width - 18.0, 26.0), fill);
        sheet.block((x + 9.0, -10.0), (width - 18.0, split + 10.0), fill);
        let bars = lattice((x + 9.0, -10.0), (width - 18.0, split + 10.0), (cells, rings));
        let light = if index == speaking { scheme.ground } else { scheme.mass };
        sheet.stroke(&bars, light, 3.0);
    }
    sheet.block((0.0, 460.0), (WIDTH, 40.0), scheme.mass);
    let sill = Trace::at((0.0, 472.0)).line((WIDTH, 472.0));
    sheet.stroke(&sill, ink::GOLD, 2.0);
    sheet
}

/// Nested frames tied by short bars at the middle of their sides (步步锦).
fn lattice(corner: Spot, size: Spot, counts: (u32, u32)) -> Trace {
    let (cells, rings) = counts;
    let height = size.1 / f64::from(cells);
    let inset = (size.0.min(height) / 2.0) / (f64::from(rings) + 0.6);
    let mut trace = Trace::default();
    for cell in 0..cells {
        let top = corner.1 + height * f64::from(cell);
        if cell > 0 {
            trace = trace.lift((corner.0, top)).line((corner.0 + size.0, top));
        }
        for ring in 1..=rings {
            let in_by = inset * f64::from(ring);
            let near = (corner.0 + in_by, top + in_by);
            let inner = (size.0 - 2.0 * in_by, height - 2.0 * in_by);
            trace = trace.block(near, inner);
            let (x, y) = (corner.0 + size.0 / 2.0, top + height / 2.0);
            // The ties stand in turn upright and level, so that no two of them make a cross.
            trace = if ring % 2 == 1 {
                trace
                    .lift((x, near.1 - inset))
                    .line((x, near.1))
                    .lift((x, near.1 + inner.1))
                    .line((x, near.1 + inner.1 + inset))
            } else {
                trace
                    .lift((near.0 - inset, y))
                    .line((near.0, y))
                    .lift((near.0 + inner.0, y))
                    .line((near.0 + inner.0 + inset, y))
            };
        }
    }
    trace
}
