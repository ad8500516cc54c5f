//! Numbers of persons that nobody has, and numbers that only look like them. The check digits are made here by
//! the tables of the standards, not by the program's own law.

use crate::kinds::Dice;

/// The rule of a kind of page on which nothing must be found.
pub const NOTHING: &str = "—";

fn figures(dice: &mut Dice, count: usize) -> String {
    (0..count).map(|_| char::from(b"0123456789"[dice.below(10)])).collect()
}

/// Eighteen figures with the check digit of GB 11643.
pub fn identity_number(dice: &mut Dice) -> String {
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let province = dice.of(&["110101", "320214", "330402", "350481", "440305", "510104", "650102"]);
    let (year, month, day) = (1935 + dice.below(64), 1 + dice.below(12), 1 + dice.below(28));
    let first = format!("{province}{year}{month:02}{day:02}{:03}", 1 + dice.below(999));
    let sum: usize = first
        .bytes()
        .zip(WEIGHTS)
        .map(|(byte, weight)| usize::from(byte - b'0') * weight)
        .sum();
    format!("{first}{}", char::from(b"10X98765432"[sum % 11]))
}

/// Eleven figures with a beginning that is given to persons.
pub fn mobile(dice: &mut Dice) -> String {
    let net = dice.of(&[
        "138", "139", "147", "150", "159", "166", "173", "186", "188", "191", "199",
    ]);
    format!("{net}{}1", figures(dice, 7))
}

/// Sixteen or nineteen figures with the check digit of Luhn.
pub fn card(dice: &mut Dice) -> String {
    let (bank, length) = dice.of(&[("621700", 19), ("622202", 19), ("622588", 16), ("622848", 19)]);
    let first = format!("{bank}{}", figures(dice, length - 7));
    let is_valid = |digit: &usize| {
        let whole = format!("{first}{digit}");
        let doubled = |value: usize| if value > 4 { 2 * value - 9 } else { 2 * value };
        let sum: usize = whole
            .bytes()
            .rev()
            .map(|byte| usize::from(byte - b'0'))
            .enumerate()
            .map(|(place, value)| if place % 2 == 1 { doubled(value) } else { value })
            .sum();
        sum.is_multiple_of(10)
    };
    let digit = (0..10).find(is_valid).expect("one of ten digits is right");
    format!("{first}{digit}")
}

/// 6222 0200 …
pub fn in_fours(number: &str) -> String {
    let mut text = String::new();
    for (at, figure) in number.chars().enumerate() {
        if at > 0 && at.is_multiple_of(4) {
            text.push(' ');
        }
        text.push(figure);
    }
    text
}

/// In the figures of Chinese type.
pub fn full_width(number: &str) -> String {
    let wide = |figure: char| match figure {
        '0'..='9' | 'X' => char::from_u32(u32::from(figure) + 0xFEE0).unwrap_or(figure),
        figure => figure,
    };
    number.chars().map(wide).collect()
}

/// What must not be taken for a number of a person.
pub fn near_miss(dice: &mut Dice) -> String {
    let mobile = mobile(dice);
    match dice.below(12) {
        0 => format!("（订单号：{mobile}）"),
        1 => format!("{mobile}元"),
        2 => format!("（流水号{}）", card(dice)),
        3 => format!("（{}****{}）", &mobile[..3], &mobile[7..]),
        4 => "（统一社会信用代码913202140636083717）".to_owned(),
        5 => "（统一社会信用代码91350100M000100Y43）".to_owned(),
        6 => "（苏公网安备 32021402001234号）".to_owned(),
        7 => "（ISBN 978-7-5086-1234-5）".to_owned(),
        8 => format!("（东经120.{}）", figures(dice, 12)),
        9 => format!("（电话0510-8{}）", figures(dice, 7)),
        10 => format!("（https://example.org/p/{mobile}）"),
        _ => format!("（{}）", figures(dice, 14)),
    }
}
