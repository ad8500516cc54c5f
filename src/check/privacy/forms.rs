//! The forms of numbers that belong to persons, and of those that only look like them: figures alone,
//! without what stands around them.

use crate::region;

/// Where a bank card's number says that it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardRange {
    /// The cards of the Chinese network, and one bank's old ones: hardly anything else begins so.
    Domestic,
    /// The foreign networks, whose beginnings many other numbers have.
    Foreign,
}

/// Whether 18 figures are an identity number: province, day of birth, and the check digit of GB 11643
/// (ISO 7064, MOD 11-2).
pub fn is_identity_number(letters: &str) -> bool {
    looks_like_identity_number(letters) && identity_check_letter(letters) == letters.as_bytes().last().copied()
}

/// Whether 18 figures have an identity number's province and day of birth, whatever their check digit.
pub fn looks_like_identity_number(letters: &str) -> bool {
    let bytes = letters.as_bytes();
    bytes.len() == 18
        && bytes[..17].iter().all(u8::is_ascii_digit)
        && (bytes[17].is_ascii_digit() || bytes[17] == b'X')
        && (letters.starts_with("83") || region::province(&letters[..6]).is_some())
        && matches!(&letters[6..8], "19" | "20")
        && is_day(&letters[6..10], &letters[10..14])
        && &letters[14..17] != "000"
}

/// Whether 15 figures are an identity number of before 1999: county, and day of birth without its century.
pub fn is_old_identity_number(letters: &str) -> bool {
    letters.len() == 15
        && letters.bytes().all(|byte| byte.is_ascii_digit())
        && region::province(&letters[..6]).is_some()
        && is_day(&format!("19{}", &letters[6..8]), &letters[8..12])
        && &letters[12..15] != "000"
}

/// Whether the first six of an old identity number are those of a county: of a city that there is, or of a
/// district or county of a city that is a province.
pub fn is_of_a_county(letters: &str) -> bool {
    let (province, city, county) = (&letters[..2], &letters[2..4], &letters[4..6]);
    let is_county = ("01"..="40").contains(&county) || ("81"..="99").contains(&county);
    let is_city = match province {
        "11" | "12" | "31" => matches!(city, "01" | "02"),
        "50" => matches!(city, "01" | "02" | "03"),
        _ => ("01"..="53").contains(&city) || city == "90",
    };
    is_county && is_city && region::city(&letters[..6]).is_some()
}

/// The check digit that 17 figures have, by ISO 7064, MOD 11-2.
pub fn identity_check_letter(letters: &str) -> Option<u8> {
    const LETTERS: &[u8; 11] = b"10X98765432";
    let mut sum = 0;
    // The weight of a place is two to the power of its distance from the check digit.
    let mut weight = 1;
    for byte in letters.as_bytes().get(..17)?.iter().rev() {
        weight = weight * 2 % 11;
        sum += weight * usize::from(byte.checked_sub(b'0')?);
    }
    LETTERS.get(sum % 11).copied()
}

/// Whether 18 figures are a social credit code of an organisation, by the check digit of GB 32100.
pub fn is_credit_code(letters: &str) -> bool {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = |byte: u8| ALPHABET.iter().position(|letter| *letter == byte);
    let values: Option<Vec<usize>> = letters.bytes().map(value).collect();
    let Some(values) = values.filter(|values| values.len() == 18) else {
        return false;
    };
    let mut weight = 1;
    let mut sum = 0;
    for value in &values[..17] {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    (31 - sum % 31) % 31 == values[17]
}

/// Whether figures are a bank card's number: its beginning, its length, and the check digit of Luhn.
pub fn card_range(letters: &str) -> Option<CardRange> {
    let range = match (letters.get(..2)?, letters.len()) {
        ("62", 16..=19) => CardRange::Domestic,
        ("95", 19) if letters.starts_with("9558") => CardRange::Domestic,
        (first, 16) if first.starts_with('4') || ("51"..="55").contains(&first) => CardRange::Foreign,
        _ => return None,
    };
    let is_plain = letters.bytes().all(|byte| byte.is_ascii_digit());
    (is_plain && has_luhn_digit(letters)).then_some(range)
}

/// Whether the last figure is the check digit of Luhn (ISO/IEC 7812-1).
fn has_luhn_digit(letters: &str) -> bool {
    let sum: u32 = letters
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let value = u32::from(byte - b'0');
            match place % 2 {
                0 => value,
                _ if value > 4 => 2 * value - 9,
                _ => 2 * value,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether eleven figures are the number of a mobile: a beginning that is given to persons.
pub fn is_mobile(letters: &str) -> bool {
    let is_given = match letters.as_bytes() {
        [b'1', b'3' | b'8' | b'9', ..] => true,
        [b'1', b'4', third, ..] => (b'5'..=b'9').contains(third),
        [b'1', b'5', third, ..] => *third != b'4',
        [b'1', b'6', third, ..] => matches!(third, b'2' | b'5' | b'6' | b'7'),
        [b'1', b'7', third, ..] => *third != b'9',
        _ => false,
    };
    // The last is the recharging service of one operator.
    is_given && letters.len() == 11 && letters.bytes().all(|byte| byte.is_ascii_digit()) && letters != "13800138000"
}

/// A day that the calendar has: `YYYY` and `MMDD`.
fn is_day(year: &str, day: &str) -> bool {
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(year), number(&day[..2]), number(&day[2..]));
    let is_leap_year = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// An identity number as inspection notices want it: the first two and the last three are left.
pub fn masked_identity_number(letters: &str) -> String {
    masked(letters, (2, 3))
}

/// A mobile's number as inspection notices want it: 138****1234.
pub fn masked_mobile(letters: &str) -> String {
    masked(letters, (3, 4))
}

/// A bank card's number with its first and last four figures.
pub fn masked_card(letters: &str) -> String {
    masked(letters, (4, 4))
}

fn masked(letters: &str, (first, last): (usize, usize)) -> String {
    let hidden = letters.len().saturating_sub(first + last);
    let start = letters.get(..first).unwrap_or_default();
    let end = letters.get(first + hidden..).unwrap_or_default();
    format!("{start}{}{end}", "*".repeat(hidden))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The weights as GB 11643 prints them, rather than by their law.
    fn check_letter_by_table(letters: &str) -> u8 {
        const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let values = letters.bytes().map(|byte| u32::from(byte - b'0'));
        let sum: u32 = values.zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
        match (12 - sum % 11) % 11 {
            10 => b'X',
            digit => b'0' + u8::try_from(digit).unwrap(),
        }
    }

    #[test]
    fn identity_numbers_have_their_check_digit() {
        // The examples of GB 11643.
        assert!(is_identity_number("11010519491231002X"));
        assert!(
            !is_identity_number("440524188001010014"),
            "too old to be of anybody alive"
        );
        assert_eq!(identity_check_letter("44052418800101001"), Some(b'4'));
        assert!(!is_identity_number("110105194912310021"));
        assert!(looks_like_identity_number("110105194912310021"));
        for wrong in [
            "990105194912310020",
            "110105194913310026",
            "11010519490230002X",
            "11010519491231000X",
            "1101051949123100",
            "1101051949123100XX",
        ] {
            assert!(!looks_like_identity_number(wrong), "{wrong}");
        }
        assert!(looks_like_identity_number("110105200002290023"), "2000 was a leap year");
        assert!(!looks_like_identity_number("110105190002290023"), "1900 was none");
    }

    #[test]
    fn old_identity_numbers_have_a_day() {
        assert!(is_old_identity_number("110105491231002"));
        for wrong in [
            "110105491331002",
            "990105491231002",
            "110105491231000",
            "11010549123100",
        ] {
            assert!(!is_old_identity_number(wrong), "{wrong}");
        }
    }

    #[test]
    fn credit_codes_have_their_check_digit() {
        // Codes of organisations that print them on every page of theirs.
        for code in ["91110000802100433B", "91440300708461136T", "91350100M000100Y43"] {
            assert!(is_credit_code(code), "{code}");
        }
        assert!(!is_credit_code("91110000802100433C"));
        assert!(!is_credit_code("91110000802100433I"));
        assert!(!is_credit_code("9111"));
    }

    #[test]
    fn cards_have_their_beginning_and_check_digit() {
        // The test numbers that the networks publish.
        assert_eq!(card_range("6212341111111111111"), None);
        assert_eq!(card_range("4111111111111111"), Some(CardRange::Foreign));
        assert_eq!(card_range("5555555555554444"), Some(CardRange::Foreign));
        assert_eq!(card_range("6200000000000005"), Some(CardRange::Domestic));
        assert_eq!(card_range("4111111111111112"), None);
        assert_eq!(card_range("3782822463100050"), None, "no beginning of a card");
        assert_eq!(card_range("41111111111111111"), None, "too long");
        assert_eq!(card_range("4"), None);
    }

    #[test]
    fn mobiles_have_a_beginning_that_is_given() {
        for number in [
            "13900000001",
            "14700000001",
            "15100000001",
            "16600000001",
            "17300000001",
            "18900000001",
            "19900000001",
        ] {
            assert!(is_mobile(number), "{number}");
        }
        for number in [
            "12900000001",
            "14000000001",
            "15400000001",
            "16100000001",
            "17900000001",
            "10000000001",
            "13800138000",
            "1390000000X",
        ] {
            assert!(!is_mobile(number), "{number}");
        }
    }

    #[test]
    fn masks_are_those_of_the_notices() {
        assert_eq!(masked_identity_number("350481199001010123"), "35*************123");
        assert_eq!(masked_identity_number("110105491231002"), "11**********002");
        assert_eq!(masked_mobile("13800001234"), "138****1234");
        assert_eq!(masked_card("6200000000000005"), "6200********0005");
    }

    proptest::proptest! {
        /// Two ways to the check digit agree, and every number that has it is known.
        #[test]
        fn the_law_is_the_table(area in 0_usize..9999, day in 1_u32..=28, month in 1_u32..=12, year in 1900_u32..2100, order in 1_u32..1000) {
            let letters = format!("11{area:04}{year}{month:02}{day:02}{order:03}");
            let check = check_letter_by_table(&letters);
            proptest::prop_assert_eq!(identity_check_letter(&letters), Some(check));
            let whole = format!("{letters}{}", char::from(check));
            proptest::prop_assert!(is_identity_number(&whole));
        }
    }
}
