//! Numbers of persons in a text: identity numbers, bank cards, mobiles.

use std::ops::Range;

use super::forms::{self, CardRange};
use super::rows::{self, Row, Sign};
use super::surroundings::{Called, called, is_quantity, stands_alone};

/// Whose number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A citizen's identity number.
    Identity,
    /// A bank card.
    Card,
    /// A mobile.
    Mobile,
}

/// A number that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// As it may be published.
    pub masked: String,
}

/// The longest of all forms.
const MOST_FIGURES: usize = 19;

/// Mobiles whose last six figures are zeros are sums or placeholders, unless something calls them telephones.
const ROUND: &str = "000000";

/// All numbers of a text. The head of the column that a place stands in is asked for where it matters.
pub fn find<'h>(text: &str, head: impl Fn(usize) -> &'h str) -> Vec<Number> {
    let mut found = Vec::new();
    rows::each_row(text, |row| {
        let mut first = 0;
        while first < row.groups.len() {
            match number_from(text, row, first, &head) {
                Some((number, next)) => {
                    found.push(number);
                    first = next;
                }
                None => first += 1,
            }
        }
    });
    found
}

/// The number that begins with a group, and the group behind it.
fn number_from<'h>(text: &str, row: &Row, first: usize, head: &impl Fn(usize) -> &'h str) -> Option<(Number, usize)> {
    if let Some(number) = behind_country_code(text, row, first) {
        return Some((number, first + 1));
    }
    let mut figures = 0;
    for (at, group) in row.groups.iter().enumerate().skip(first) {
        figures += group.len();
        if figures > MOST_FIGURES {
            break;
        }
        if figures < 11 {
            continue;
        }
        let groups = first..at + 1;
        if let Some(kind) = kind_of(text, row, &groups, head) {
            let letters = row.letters(groups.clone());
            let masked = match kind {
                Kind::Identity => forms::masked_identity_number(&letters),
                Kind::Card => forms::masked_card(&letters),
                Kind::Mobile => forms::masked_mobile(&letters),
            };
            let range = row.range(groups);
            return Some((Number { kind, range, masked }, at + 1));
        }
    }
    None
}

/// A mobile's number in one group with the code of the country: +8613800000001.
fn behind_country_code(text: &str, row: &Row, group: usize) -> Option<Number> {
    let letters = row.letters(group..group + 1);
    let whole = row.range(group..group + 1);
    let plus = || {
        text.get(..whole.start)
            .is_some_and(|before| before.ends_with(['+', '＋']))
    };
    let mobile = match letters.len() {
        13 if plus() => letters.strip_prefix("86"),
        15 => letters.strip_prefix("0086"),
        _ => None,
    };
    let mobile = mobile.filter(|mobile| forms::is_mobile(mobile))?;
    let is_number = is_whole(row, &(group..group + 1)) && stands_alone(text, &whole);
    is_number.then(|| Number {
        kind: Kind::Mobile,
        range: row.end_of(group, mobile.len()),
        masked: forms::masked_mobile(mobile),
    })
}

/// What some groups are together.
fn kind_of<'h>(text: &str, row: &Row, groups: &Range<usize>, head: &impl Fn(usize) -> &'h str) -> Option<Kind> {
    let letters = row.letters(groups.clone());
    let range = row.range(groups.clone());
    let seems = match letters.len() {
        11 => forms::is_mobile(&letters) && are_groups_of_a_mobile(row, groups),
        15 => forms::is_old_identity_number(&letters) && groups.len() == 1,
        16 | 17 | 19 => forms::card_range(&letters).is_some(),
        18 => forms::looks_like_identity_number(&letters) || forms::card_range(&letters).is_some(),
        _ => false,
    };
    if !seems || !is_whole(row, groups) || !stands_alone(text, &range) {
        return None;
    }
    let called = called(text, range.start, head(range.start));
    match letters.len() {
        11 => is_called_mobile(text, &range, (&letters, called)).then_some(Kind::Mobile),
        15 => match called {
            Called::Identity => true,
            Called::Nothing | Called::Telephone => forms::is_of_a_county(&letters),
            Called::Other | Called::Card => false,
        }
        .then_some(Kind::Identity),
        18 if is_called_identity(&letters, called) => Some(Kind::Identity),
        _ => is_called_card(row, groups, (&letters, called)).then_some(Kind::Card),
    }
}

fn is_called_mobile(text: &str, range: &Range<usize>, (letters, called): (&str, Called)) -> bool {
    match called {
        Called::Telephone => true,
        Called::Other | Called::Card => false,
        // Nobody parts a quantity with spaces or hyphens as a telephone's number is parted.
        Called::Identity | Called::Nothing => {
            range.len() > letters.len() || !(letters.ends_with(ROUND) || is_quantity(text, range.end))
        }
    }
}

fn is_called_identity(letters: &str, called: Called) -> bool {
    if !forms::is_identity_number(letters) {
        // A slip of the finger hides nobody.
        return called == Called::Identity && forms::looks_like_identity_number(letters);
    }
    !(called == Called::Other && forms::is_credit_code(letters))
}

fn is_called_card(row: &Row, groups: &Range<usize>, (letters, called): (&str, Called)) -> bool {
    if called == Called::Other {
        return false;
    }
    let lengths: Vec<usize> = row.groups[groups.clone()].iter().map(ExactSizeIterator::len).collect();
    let is_in_fours = lengths.len() > 1
        && lengths.iter().rev().skip(1).all(|length| *length == 4)
        && lengths.last().is_some_and(|last| (1..=4).contains(last));
    match forms::card_range(letters) {
        Some(_) if called == Called::Card => true,
        Some(CardRange::Domestic) => groups.len() == 1 || is_in_fours,
        Some(CardRange::Foreign) => is_in_fours,
        None => false,
    }
}

/// A hyphen binds: what it binds to the groups belongs to them, but for the code of the country.
fn is_whole(row: &Row, groups: &Range<usize>) -> bool {
    let binds = |sign: Option<&Sign>| sign == Some(&Sign::Hyphen);
    let before = groups.start.checked_sub(1);
    let is_bound_before = before.is_some_and(|sign| binds(row.signs.get(sign)));
    let code = || matches!(row.letters(groups.start - 1..groups.start).as_str(), "86" | "0086");
    (!is_bound_before || code()) && !binds(row.signs.get(groups.end - 1))
}

/// How people part the eleven figures; other parts are numbers of their own.
fn are_groups_of_a_mobile(row: &Row, groups: &Range<usize>) -> bool {
    let lengths: Vec<usize> = row.groups[groups.clone()].iter().map(ExactSizeIterator::len).collect();
    let has_hyphens = row.signs[groups.start..groups.end - 1].contains(&Sign::Hyphen);
    match lengths.as_slice() {
        [11] | [3, 4, 4] | [3, 8] => true,
        [7, 4] | [4, 4, 3] | [4, 3, 4] => has_hyphens,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of a text, each with its kind and its mask.
    fn found(text: &str) -> Vec<(Kind, &str, String)> {
        let numbers = find(text, |_| "");
        numbers
            .into_iter()
            .map(|number| (number.kind, &text[number.range], number.masked))
            .collect()
    }

    #[test]
    fn numbers_are_found_where_they_stand() {
        use Kind::{Card, Identity, Mobile};
        for (text, kind, words, masked) in [
            (
                "张三11010519491231002X。",
                Identity,
                "11010519491231002X",
                "11*************02X",
            ),
            (
                "110105 19491231 002x",
                Identity,
                "110105 19491231 002x",
                "11*************02X",
            ),
            (
                "110105-19491231-002X",
                Identity,
                "110105-19491231-002X",
                "11*************02X",
            ),
            (
                "（１１０１０５１９４９１２３１００２Ｘ）",
                Identity,
                "１１０１０５１９４９１２３１００２Ｘ",
                "11*************02X",
            ),
            (
                "身份证号：110105194912310021",
                Identity,
                "110105194912310021",
                "11*************021",
            ),
            (
                "身份证号 110105491231002",
                Identity,
                "110105491231002",
                "11**********002",
            ),
            ("老证320203491231002", Identity, "320203491231002", "32**********002"),
            (
                "编号：11010519491231002X",
                Identity,
                "11010519491231002X",
                "11*************02X",
            ),
            (
                "第2026 110105 19491231 002X 号",
                Identity,
                "110105 19491231 002X",
                "11*************02X",
            ),
            ("手机13800001234", Mobile, "13800001234", "138****1234"),
            ("老李 139 1234 5678，", Mobile, "139 1234 5678", "139****5678"),
            ("139-1234-5678", Mobile, "139-1234-5678", "139****5678"),
            ("139 12345678", Mobile, "139 12345678", "139****5678"),
            (
                "１３９１２３４５６７８",
                Mobile,
                "１３９１２３４５６７８",
                "139****5678",
            ),
            ("+8613912345678", Mobile, "13912345678", "139****5678"),
            ("008613912345678", Mobile, "13912345678", "139****5678"),
            ("+86-139-1234-5678", Mobile, "139-1234-5678", "139****5678"),
            ("0510-85211234 18812345678", Mobile, "18812345678", "188****5678"),
            ("0510-85211234/18812345678", Mobile, "18812345678", "188****5678"),
            ("联系电话：13800000000", Mobile, "13800000000", "138****0000"),
            (
                "卡号6222020000000000000",
                Card,
                "6222020000000000000",
                "6222***********0000",
            ),
            (
                "6217 0000 0000 0000 06",
                Card,
                "6217 0000 0000 0000 06",
                "6217**********0006",
            ),
            ("4111 1111 1111 1111", Card, "4111 1111 1111 1111", "4111********1111"),
            ("银行卡：4111111111111111", Card, "4111111111111111", "4111********1111"),
        ] {
            assert_eq!(found(text), [(kind, words, masked.to_owned())], "{text}");
        }
    }

    #[test]
    fn several_numbers_of_one_row_are_found() {
        let text = "13912345678 13812345678 11010519491231002X 6222020000000000000";
        let kinds: Vec<Kind> = found(text).into_iter().map(|(kind, ..)| kind).collect();
        assert_eq!(kinds, [Kind::Mobile, Kind::Mobile, Kind::Identity, Kind::Card]);
    }

    #[test]
    fn other_numbers_are_let_pass() {
        for text in [
            "已遮住：35*************123、138****1234、6222********0000",
            "统一社会信用代码：91110000802100433B",
            "信用代码 913202140636083717，注册号 320200000012345",
            "913202148353374022",
            "订单号13912345678，流水号 6222020000000000000",
            "0510-85211234、400-810-8888、12345、95598",
            "021-1391 2345",
            "产值15600000000元，13912345678 元",
            "占地13912345678平方米",
            "审图号：GS（2026）1234号，苏ICP备12345678号-1，苏公网安备 32021402001234号",
            "ISBN 978-7-5086-1234-5，9787508612345",
            "120.123456789012345, 31.123456789012345",
            "20260701092659、2026-07-01 09:26:59、1751333219000、2026-07-01 2026-07-02",
            "320214199013011234",
            "110105194912310021",
            "110105491331002",
            "4111111111111111",
            "6222020000000000001",
            "IMG_13912345678.jpg、SN13912345678",
            "https://a.example/p/13912345678?x=11010519491231002X",
            "tel12345，13800138000",
            "139 1234 567、1391 2345 678",
            "150 200 300 400 500",
            "13912345678901",
            "1139123456789",
            "15600000000",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn the_head_of_a_column_says_what_its_numbers_are() {
        let kinds = |text: &str, head: &'static str| -> Vec<Kind> {
            find(text, |_| head).into_iter().map(|number| number.kind).collect()
        };
        assert_eq!(kinds("13912345678", "订单号"), []);
        assert_eq!(kinds("13912345678", "联系电话"), [Kind::Mobile]);
        assert_eq!(kinds("4111111111111111", "卡号"), [Kind::Card]);
        assert_eq!(kinds("110105491231002", "身份证号码"), [Kind::Identity]);
        assert_eq!(kinds("110105491231002", "登记号"), []);
    }

    /// A valid number is found whatever words stand around it.
    fn is_found_in(before: &str, number: &str, after: &str) -> bool {
        let text = format!("{before}{number}{after}");
        find(&text, |_| "")
            .iter()
            .any(|found| found.range == (before.len()..before.len() + number.len()))
    }

    proptest::proptest! {
        #[test]
        fn every_identity_number_is_found(
            before in "[\\u4e00-\\u9fa5，。：、（ \n]{0,12}",
            area in 0_usize..10_000, month in 1_u32..=12, day in 1_u32..=28, year in 1930_u32..2020, order in 1_u32..1000,
            after in "[\\u4e00-\\u9fa5，。、） \n]{0,12}",
        ) {
            let first = format!("32{area:04}{year}{month:02}{day:02}{order:03}");
            let check = forms::identity_check_letter(&first).unwrap();
            let number = format!("{first}{}", char::from(check));
            proptest::prop_assert!(is_found_in(&before, &number, &after));
        }

        /// Nothing that is written may stop the program, and what is found lies in the text.
        #[test]
        fn anything_can_be_read(text in "[0-9０-９Xx +\\-－./@:|\u{a0}\u{3000}年号元a身份证电话\n]{0,80}") {
            for number in find(&text, |_| "") {
                proptest::prop_assert!(text.get(number.range).is_some());
            }
        }
    }

    /// Random figures are taken for a number of somebody rarely enough.
    #[test]
    fn random_figures_are_hardly_ever_numbers() {
        let mut state = 20_261_122_u64;
        let mut figures = |length: usize| -> String {
            let mut text = String::new();
            while text.len() < length {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push(char::from(b'0' + u8::try_from((state >> 33) % 10).unwrap()));
            }
            text
        };
        for (length, most) in [
            (12, 0),
            (13, 0),
            (14, 0),
            (15, 15),
            (16, 25),
            (17, 25),
            (18, 25),
            (19, 30),
            (20, 0),
        ] {
            let hits = (0..10_000).filter(|_| !found(&figures(length)).is_empty()).count();
            assert!(hits <= most, "{hits} of 10,000 with {length} figures");
        }
    }
}
