//! 指标: a number with its unit, its date, and how exact it is.

#![expect(missing_docs, reason = "the table of keys above says what each field is")]

use serde::Deserialize;

use crate::schema::{Key, Shape};

/// The words that say how exact a number is; those of [`AFTER`] stand behind it.
const APPROXIMATIONS: &[&str] = &["约", "近", "超", "逾", "余", "多"];
const AFTER: &[&str] = &["余", "多"];

/// The keys of a figure.
pub static KEYS: [Key; 7] = [
    Key::required("name", "名称", Shape::Text, "数的是什么"),
    Key::required("value", "数值", Shape::Text, "只写数，单位另写"),
    Key::new("unit", "单位", Shape::Text, "个、家、平方米……"),
    Key::new("as_of", "截至", Shape::Text, "哪一年或哪一天的数"),
    Key::new(
        "approx",
        "约数",
        Shape::Flag(APPROXIMATIONS),
        "不是精确数时写：约、近、超、余",
    ),
    Key::new("note", "说明", Shape::Text, "口径等要交代的话"),
    Key::new("source", "来源", Shape::Text, "数从哪里来"),
];

/// A figure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Figure {
    pub name: String,
    /// As written.
    pub value: String,
    pub unit: Option<String>,
    pub as_of: Option<String>,
    pub approx: Option<String>,
    pub note: Option<String>,
    pub source: Option<String>,
}

impl Figure {
    /// The word before the number: 约, 近, 超.
    pub fn before(&self) -> Option<&str> {
        self.approx.as_deref().filter(|word| !AFTER.contains(word))
    }

    /// The word after the number: 余, 多.
    pub fn after(&self) -> Option<&str> {
        self.approx.as_deref().filter(|word| AFTER.contains(word))
    }

    /// The number as it is shown: with separators of thousands from five digits on, since 2019
    /// is as often a year as a number.
    pub fn shown_value(&self) -> String {
        let value = self.value.trim();
        let (whole, rest) = value
            .split_once('.')
            .map_or((value, None), |(whole, rest)| (whole, Some(rest)));
        if whole.len() < 5 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
            return value.to_owned();
        }
        let mut shown = String::with_capacity(value.len() + 4);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                shown.push(',');
            }
            shown.push(digit);
        }
        if let Some(rest) = rest {
            shown.push('.');
            shown.push_str(rest);
        }
        shown
    }
}

/// A number without needless decimals, with separators of thousands.
pub fn number_text(value: f64) -> String {
    let figure = Figure {
        value: format!("{value}"),
        ..Figure::default()
    };
    figure.shown_value()
}

/// What a figure is as of, as pages show it: a year alone gets its 年.
pub fn as_of_text(text: &str) -> String {
    let is_year = text.chars().count() == 4 && text.starts_with("20");
    if is_year { format!("{text}年") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::Figure;

    #[test]
    fn thousands_are_set_apart_from_five_digits_on() {
        for (written, shown) in [
            ("2019", "2019"),
            ("30637", "30,637"),
            ("1300000", "1,300,000"),
            ("92.4", "92.4"),
            ("12345.6", "12,345.6"),
            ("三四十", "三四十"),
            ("1,316", "1,316"),
        ] {
            assert_eq!(
                Figure {
                    value: written.into(),
                    ..Figure::default()
                }
                .shown_value(),
                shown
            );
        }
    }
}
