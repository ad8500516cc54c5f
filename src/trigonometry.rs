//! Sine, cosine and logarithm made of additions, multiplications and divisions only.
//!
//! The functions of the platform's mathematical library differ in the last bit from one system to
//! the next, and one bit can turn a rounded coordinate. What is drawn here must be the same bytes
//! everywhere, so these are computed with operations that IEEE 754 defines exactly.

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_2, LN_2, PI, SQRT_2};

/// The part of π/2 that does not fit into the 53 bits of [`FRAC_PI_2`].
const FRAC_PI_2_REST: f64 = 6.123_233_995_736_766e-17;

/// The sine of an angle in radians, right to about 15 digits for angles of a few turns.
#[must_use]
pub fn sine(angle: f64) -> f64 {
    let (quadrant, rest) = reduce(angle);
    match quadrant {
        0 => sine_series(rest),
        1 => cosine_series(rest),
        2 => -sine_series(rest),
        _ => -cosine_series(rest),
    }
}

/// The cosine of an angle in radians, right to about 15 digits for angles of a few turns.
#[must_use]
pub fn cosine(angle: f64) -> f64 {
    let (quadrant, rest) = reduce(angle);
    match quadrant {
        0 => cosine_series(rest),
        1 => -sine_series(rest),
        2 => -cosine_series(rest),
        _ => sine_series(rest),
    }
}

/// Degrees to radians.
#[must_use]
pub fn radians(degrees: f64) -> f64 {
    degrees * (PI / 180.0)
}

/// The natural logarithm of a number above 0, right to about 15 digits. Of anything else there is
/// none, and the result is not a number.
#[must_use]
pub fn logarithm(number: f64) -> f64 {
    if !(number > 0.0 && number.is_finite()) {
        return f64::NAN;
    }
    // Halving and doubling are exact, and bring every number next to 1.
    let mut near_one = number;
    let mut doublings = 0.0;
    while near_one > SQRT_2 {
        near_one *= 0.5;
        doublings += 1.0;
    }
    while near_one < FRAC_1_SQRT_2 {
        near_one *= 2.0;
        doublings -= 1.0;
    }
    // ln x = 2 artanh((x − 1)/(x + 1)); twelve terms reach the last bit for x between ½√2 and √2.
    let ratio = (near_one - 1.0) / (near_one + 1.0);
    let square = ratio * ratio;
    let mut power = ratio;
    let mut divisor = 1.0;
    let mut sum = 0.0;
    for _ in 0..12 {
        sum += power / divisor;
        power *= square;
        divisor += 2.0;
    }
    2.0 * sum + doublings * LN_2
}

/// Splits an angle into the number of its quadrant (0 to 3) and a rest within ±π/4.
fn reduce(angle: f64) -> (u8, f64) {
    let turns = (angle / FRAC_PI_2).round();
    let rest = (angle - turns * FRAC_PI_2) - turns * FRAC_PI_2_REST;
    let quadrant = turns.rem_euclid(4.0);
    if quadrant < 0.5 {
        (0, rest)
    } else if quadrant < 1.5 {
        (1, rest)
    } else if quadrant < 2.5 {
        (2, rest)
    } else {
        (3, rest)
    }
}

/// Taylor's series of the sine; nine terms reach the last bit for |x| ≤ π/4.
fn sine_series(x: f64) -> f64 {
    let square = x * x;
    let mut term = x;
    let mut sum = x;
    let mut divisor = 1.0;
    for _ in 0..9 {
        term = -term * square / ((divisor + 1.0) * (divisor + 2.0));
        divisor += 2.0;
        sum += term;
    }
    sum
}

/// Taylor's series of the cosine; nine terms reach the last bit for |x| ≤ π/4.
fn cosine_series(x: f64) -> f64 {
    let square = x * x;
    let mut term = 1.0;
    let mut sum = 1.0;
    let mut divisor = 0.0;
    for _ in 0..9 {
        term = -term * square / ((divisor + 1.0) * (divisor + 2.0));
        divisor += 2.0;
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{cosine, logarithm, sine};

    #[test]
    fn agrees_with_the_platform_to_fourteen_digits() {
        for step in -2_000..2_000 {
            let angle = f64::from(step) * 0.0137;
            assert!((sine(angle) - angle.sin()).abs() < 1e-14, "sine of {angle}");
            assert!((cosine(angle) - angle.cos()).abs() < 1e-14, "cosine of {angle}");
        }
    }

    #[test]
    fn the_logarithm_agrees_with_the_platform() {
        for step in 1..4_000 {
            let number = f64::from(step) * 0.0173;
            let error = (logarithm(number) - number.ln()).abs();
            assert!(error < 1e-14 * number.ln().abs().max(1.0), "logarithm of {number}");
        }
        assert!((logarithm(f64::MIN_POSITIVE) - f64::MIN_POSITIVE.ln()).abs() < 1e-12);
        assert!((logarithm(f64::MAX) - f64::MAX.ln()).abs() < 1e-12);
        for number in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(logarithm(number).is_nan());
        }
    }

    #[test]
    fn what_is_no_number_stays_none() {
        assert!(sine(f64::NAN).is_nan());
        assert!(cosine(f64::INFINITY).is_nan());
    }
}
