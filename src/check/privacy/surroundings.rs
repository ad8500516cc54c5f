//! What stands around a number, and what it says of it: whether the number stands alone, and what the
//! words before it call it.

use std::ops::Range;

use crate::schema::half_width;
use crate::source::floor_char_boundary;

/// How far back words are read, in bytes.
const FARTHEST: usize = 60;

/// What words before a number call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Called {
    /// A number of identity.
    Identity,
    /// A telephone.
    Telephone,
    /// A bank's card or account.
    Card,
    /// Something that is no person's: an order, a document, a sum.
    Other,
    /// Nothing.
    Nothing,
}

const IDENTITY: &[&str] = &[
    "身份证",
    "身份号码",
    "公民身份",
    "证件号",
    "idcard",
    "id card",
    "id_card",
    "idnumber",
];
const TELEPHONE: &[&str] = &[
    "手机", "电话", "联系", "致电", "拨打", "短信", "微信", "tel", "phone", "mobile", "wechat",
];
const CARD: &[&str] = &[
    "银行卡",
    "信用卡",
    "储蓄卡",
    "借记卡",
    "工资卡",
    "卡号",
    "账号",
    "帐号",
    "账户",
    "帐户",
    "bankcard",
    "bank card",
    "card_no",
];
const OTHER: &[&str] = &[
    "订单",
    "单号",
    "编号",
    "流水",
    "合同",
    "发票",
    "凭证",
    "工单",
    "序列号",
    "条码",
    "条形码",
    "批次",
    "快递",
    "运单",
    "物流",
    "备案",
    "许可证",
    "注册号",
    "登记号",
    "信用代码",
    "机构代码",
    "标识码",
    "审图",
    "文号",
    "立项",
    "项目代码",
    "代码",
    "对公",
    "时间戳",
    "产值",
    "金额",
    "面积",
    "数值",
    "营收",
    "营业收入",
    "税",
    "投资",
    "资金",
    "总额",
    "余额",
    "经度",
    "纬度",
    "坐标",
    "版本",
    "isbn",
    "issn",
    "imei",
    "imsi",
    "iccid",
    "value",
    "order",
    "version",
    "longitude",
    "latitude",
    "lng",
    "lat",
    "uuid",
    "hash",
    "timestamp",
    "serial",
];

/// What the words before a place call what stands there, the nearest first; without any, what the head of
/// its column calls it.
pub fn called(text: &str, at: usize, head: &str) -> Called {
    match called_by(before(text, at)) {
        Called::Nothing => called_by(head),
        called => called,
    }
}

/// The words before a place that can belong to it: of its line, its cell, its sentence.
fn before(text: &str, at: usize) -> &str {
    let start = floor_char_boundary(text, at.saturating_sub(FARTHEST));
    let words = text.get(start..at).unwrap_or_default();
    let is_end = |letter: char| matches!(letter, '\n' | '|' | '。' | '；' | ';' | '，' | '！' | '？' | '\u{fffc}');
    words.rsplit(is_end).next().unwrap_or_default()
}

fn called_by(words: &str) -> Called {
    if words.is_empty() {
        return Called::Nothing;
    }
    let words: String = words.chars().map(half_width).collect::<String>().to_ascii_lowercase();
    let last = |known: &[&str]| {
        let ends = known.iter().filter_map(|word| Some(words.rfind(word)? + word.len()));
        ends.max().unwrap_or(0)
    };
    let ends = [
        (last(IDENTITY), Called::Identity),
        (last(TELEPHONE), Called::Telephone),
        (last(CARD), Called::Card),
        (last(OTHER), Called::Other),
    ];
    let nearest = ends.into_iter().max_by_key(|(end, _)| *end);
    nearest
        .filter(|(end, _)| *end > 0)
        .map_or(Called::Nothing, |(_, called)| called)
}

/// Words that may stand directly before a number without making it a code.
const BEFORE_NUMBERS: &[&str] = &["tel", "phone", "mobile", "wx", "vx", "id", "no"];

/// Whether a number stands for itself: it is no part of a word, a code, an address of the web, a path, or of a
/// longer number.
pub fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    begins_alone(before) && ends_alone(after) && !is_in_address(before, after)
}

fn begins_alone(before: &str) -> bool {
    let mut letters = before.chars().rev().map(half_width);
    let (last, second) = (letters.next(), letters.next());
    let second_is = |test: fn(char) -> bool| second.is_some_and(test);
    match last {
        Some(letter) if letter.is_ascii_alphabetic() => {
            let start = before.trim_end_matches(|letter: char| half_width(letter).is_ascii_alphabetic());
            let word: String = before[start.len()..].chars().map(half_width).collect();
            BEFORE_NUMBERS.contains(&word.to_ascii_lowercase().as_str())
        }
        Some(letter) if letter.is_ascii_digit() => false,
        Some('_' | '#' | '%' | '&' | '@' | '$' | '¥' | '￥') => false,
        Some('.') => !second_is(|letter| letter.is_ascii_alphanumeric()),
        Some('-' | '‐' | '–' | '—') => {
            let code = before.trim_end_matches(['-', '－', '‐', '–', '—']);
            !second_is(|letter| letter.is_ascii_alphanumeric()) || ends_with_country_code(code)
        }
        Some('/') => !second_is(|letter| letter.is_ascii_alphabetic() || matches!(letter, '.' | '/')),
        None | Some(_) => true,
    }
}

/// +86, 0086, or 86 that is no part of more.
fn ends_with_country_code(before: &str) -> bool {
    let rest = before.strip_suffix("0086").or_else(|| before.strip_suffix("86"));
    rest.is_some_and(|rest| !rest.ends_with(|letter: char| letter.is_ascii_alphanumeric()))
}

fn ends_alone(after: &str) -> bool {
    let mut letters = after.chars().map(half_width);
    let (first, second) = (letters.next(), letters.next());
    let second_is = |test: fn(char) -> bool| second.is_some_and(test);
    match first {
        Some(letter) if letter.is_ascii_alphanumeric() => false,
        Some('_' | '%' | '@' | '&' | '℃' | '㎡') => false,
        Some('.' | '-') => !second_is(|letter| letter.is_ascii_alphanumeric()),
        Some('/') => !second_is(|letter| letter.is_ascii_alphabetic()),
        None | Some(_) => true,
    }
}

/// Whether a place lies in an address of the web: between spaces, Chinese characters and brackets there is one.
fn is_in_address(before: &str, after: &str) -> bool {
    let is_of_address =
        |letter: char| letter.is_ascii_graphic() && !matches!(letter, '"' | '<' | '>' | '(' | ')' | '|');
    let start = before.trim_end_matches(is_of_address);
    let end = after.trim_start_matches(is_of_address);
    let head = &before[start.len()..];
    let tail = &after[..after.len() - end.len()];
    head.contains("://") || head.contains("www.") || head.contains('?') || tail.contains("://")
}

/// Units that make a number a quantity.
const UNITS: &[&str] = &[
    "元", "万", "亿", "千", "吨", "米", "度", "平方", "立方", "字节", "美元", "公里", "公斤",
];

/// Whether a unit follows.
pub fn is_quantity(text: &str, end: usize) -> bool {
    let after = text.get(end..).unwrap_or_default().trim_start_matches([' ', '\u{a0}']);
    UNITS.iter().any(|unit| after.starts_with(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_counts() {
        let called = |text: &str| super::called(text, text.len(), "");
        assert_eq!(called("订单号："), Called::Other);
        assert_eq!(called("订单的联系电话"), Called::Telephone);
        assert_eq!(called("联系电话见订单号 "), Called::Other);
        assert_eq!(called("身份证号码（必填）："), Called::Identity);
        assert_eq!(called("ＴＥＬ："), Called::Telephone);
        assert_eq!(called("订单号见下。"), Called::Nothing);
        assert_eq!(called("| 订单号 | "), Called::Nothing);
        assert_eq!(called(""), Called::Nothing);
        assert_eq!(super::called("| ", 2, "卡号"), Called::Card);
    }

    #[test]
    fn numbers_in_codes_and_addresses_do_not_stand_alone() {
        let alone = |text: &str| {
            let start = text.find("13800000001").unwrap();
            stands_alone(text, &(start..start + 11))
        };
        for text in [
            "13800000001",
            "电话13800000001。",
            "tel:13800000001",
            "Tel13800000001",
            "老张/13800000001/党员",
            "(13800000001)",
            "电话=13800000001",
            "0510-85210000、13800000001",
            "见https://a.example/ 13800000001",
            "https://a.example/x。13800000001",
        ] {
            assert!(alone(text), "{text}");
        }
        for text in [
            "SN13800000001",
            "13800000001abc",
            "id_13800000001",
            "113800000001",
            "120.13800000001",
            "13800000001.5",
            "13800000001.jpg",
            "A-13800000001",
            "13800000001-01",
            "https://a.example/13800000001",
            "https://a.example/x?id=13800000001",
            "../files/13800000001",
            "www.a.example/13800000001",
            "13800000001@qq.com",
            "¥13800000001",
            "13800000001%",
            "#13800000001",
        ] {
            assert!(!alone(text), "{text}");
        }
    }

    #[test]
    fn quantities_have_a_unit() {
        assert!(is_quantity("13800000001元", 11));
        assert!(is_quantity("13800000001 万千瓦时", 11));
        assert!(!is_quantity("13800000001联系", 11));
    }
}
