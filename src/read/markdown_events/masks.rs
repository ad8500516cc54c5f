//! Masked numbers: `138****1234` is how a telephone number is published, and not bold.
//!
//! `CommonMark` lets emphasis begin and end within a word, so that the stars of two masks in one paragraph find
//! each other, are gone, and leave numbers that look complete. Three and more stars between digits (the last sign
//! of an identity number may be an X) are never meant as emphasis.

use std::ops::Range;

/// The fewest stars of a mask.
const FEWEST: &str = "***";

/// The stars of masked numbers, in their order.
pub(super) fn masks(body: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = body.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + body[at..].find(FEWEST)?;
            let length = bytes[start..].iter().take_while(|&&byte| byte == b'*').count();
            at = start + length;
            let is_after_digit = start
                .checked_sub(1)
                .is_some_and(|before| bytes[before].is_ascii_digit());
            let is_before_digit = bytes
                .get(at)
                .is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'X' | b'x'));
            if is_after_digit && is_before_digit {
                return Some(start..at);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str) -> Vec<&str> {
        masks(body).map(|mask| &body[mask.start - 1..=mask.end]).collect()
    }

    #[test]
    fn stars_between_digits_are_masks() {
        assert_eq!(found("138****1234、139****5678"), ["8****1", "9****5"]);
        assert_eq!(
            found("35*************12X 3501**************X"),
            ["5*************1", "1**************X"]
        );
    }

    #[test]
    fn other_stars_are_not() {
        for body in [
            "",
            "***",
            "1***",
            "***1",
            "1**2**3",
            "甲***1",
            "1***甲",
            "1 ***2*** 3",
            "1\\***2",
            "a***b",
        ] {
            assert_eq!(found(body), Vec::<&str>::new(), "{body}");
        }
    }
}
