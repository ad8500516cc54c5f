//! Brings what was written into the one English form of a table of keys.
//!
//! The result has English keys only, dates in one form, lists where lists belong; what did not
//! fit is left out and reported, all of it in one run. So the typed structs that are read from
//! the result are simple, and no message is made in more than one place.

use std::cell::OnceCell;

use serde_yaml::{Mapping, Value};

use super::date::{Date, DateProblem, PartialDate};
use super::spans::{Node, Step};
use super::yaml::Snippet;
use super::{Key, Shape};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, Rule, quotable, rule};
use crate::source::Span;

/// The conforming value with what was found wrong on the way.
#[derive(Debug)]
pub struct Conformed {
    /// A mapping with English keys; empty when nothing fitted.
    pub value: Mapping,
    /// In the order in which they were met.
    pub diagnostics: Vec<Diagnostic>,
}

/// Conforms a whole piece to the keys of a record.
pub fn conform(snippet: Snippet<'_>, value: &Value, keys: &'static [Key]) -> Conformed {
    let mut pass = Pass::new(snippet);
    let value = match value {
        Value::Mapping(mapping) => pass.record(mapping, keys),
        _ => Mapping::new(),
    };
    pass.lost_behind_hashes();
    Conformed {
        value,
        diagnostics: pass.diagnostics,
    }
}

/// Conforms a whole piece to any shape.
pub fn conform_to(snippet: Snippet<'_>, value: &Value, shape: &'static Shape) -> (Option<Value>, Vec<Diagnostic>) {
    let mut pass = Pass::new(snippet);
    let value = pass.value(value, shape);
    pass.lost_behind_hashes();
    (value, pass.diagnostics)
}

struct Pass<'a> {
    snippet: Snippet<'a>,
    /// Scanned when the first place is asked for.
    places: OnceCell<Option<Node>>,
    way: Vec<Step>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Pass<'a> {
    fn new(snippet: Snippet<'a>) -> Self {
        Self {
            snippet,
            places: OnceCell::new(),
            way: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    fn places(&self) -> Option<&Node> {
        self.places.get_or_init(|| self.snippet.scan()).as_ref()
    }

    /// Where the value stands that is being looked at.
    fn value_span(&self) -> Span {
        let range = self.places().map(|root| root.follow(&self.way).range.clone());
        match range {
            Some(range) if !range.is_empty() => self.snippet.span(range),
            _ => self.key_span(),
        }
    }

    /// Where the key stands whose value is being looked at.
    fn key_span(&self) -> Span {
        let range = self.places().and_then(|root| root.key_range(&self.way));
        range.map_or_else(|| self.snippet.first_line(), |range| self.snippet.span(range))
    }

    /// The value as it was written, so that `1.10` stays `1.10` and `0510` stays `0510`.
    fn written(&self) -> Option<&'a str> {
        let range = self.places()?.follow(&self.way).range.clone();
        self.snippet.text.get(range).filter(|text| !text.is_empty())
    }

    fn report(&mut self, rule: Rule, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::new(rule, self.value_span(), message).help(help));
    }

    /// The name of the key whose value is being looked at, as written.
    fn name(&self) -> String {
        let key = self.way.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Item(_) => None,
        });
        key.unwrap_or("内容").to_owned()
    }

    /// A record; none when a key that it needs is missing, which was then reported.
    fn whole_record(&mut self, mapping: &Mapping, keys: &'static [Key]) -> Option<Value> {
        let record = self.record(mapping, keys);
        let is_whole = keys.iter().all(|key| !key.required || record.contains_key(key.name));
        is_whole.then(|| record.into())
    }

    /// Words behind a sign that begins a comment: `五号楼 #党群中心` is 五号楼. Comments that are
    /// meant have a space behind the sign, or a line of their own.
    fn lost_behind_hashes(&mut self) {
        let text = self.snippet.text;
        let is_suspect = |at: &usize| {
            let before = &text[text[..*at].rfind('\n').map_or(0, |line| line + 1)..*at];
            before.ends_with([' ', '\t'])
                && !before.trim().is_empty()
                && text[at + 1..].starts_with(|c: char| !c.is_whitespace() && c != '#')
        };
        let suspects: Vec<usize> = text.match_indices('#').map(|(at, _)| at).filter(is_suspect).collect();
        if suspects.is_empty() {
            return;
        }
        let found: Vec<_> = self
            .places()
            .map(|root| suspects.iter().filter(|at| !root.has_leaf_at(**at)).copied().collect())
            .unwrap_or_default();
        for at in found {
            let line = text[at..].lines().next().unwrap_or("").trim_end();
            self.diagnostics.push(
                Diagnostic::new(
                    rule::LOST_COMMENT,
                    self.snippet.span(at..at + line.len()),
                    format!("“{}”会被当成注释，不会显示", quotable(line)),
                )
                .help("要显示它，就给整个值加上引号；真的是注释，就在 # 后面空一格"),
            );
        }
    }

    fn record(&mut self, mapping: &Mapping, keys: &'static [Key]) -> Mapping {
        let mut result = Mapping::new();
        for (written, value) in mapping {
            let Some(written) = key_text(written) else { continue };
            self.way.push(Step::Key(written.clone()));
            if let Some(key) = keys.iter().find(|key| key.is_written(&written)) {
                if result.contains_key(key.name) {
                    self.diagnostics.push(
                        Diagnostic::new(
                            rule::DUPLICATE_KEY,
                            self.key_span(),
                            format!("“{}”和“{}”是同一个键，写了两次", key.name, key.chinese),
                        )
                        .help("留下一个，删去另一个"),
                    );
                } else if !value.is_null() {
                    let reported = self.diagnostics.len();
                    if let Some(value) = self.value(value, &key.shape) {
                        result.insert(key.name.into(), value);
                    } else if self.diagnostics.len() > reported {
                        // The value was reported; “missing” besides would be one report too many.
                        result.insert(key.name.into(), Value::Null);
                    }
                }
            } else if !self.slip_in_key(&written, keys, &mut result) {
                self.unknown_key(&written, keys);
            }
            self.way.pop();
        }
        for key in keys.iter().filter(|key| key.required && !result.contains_key(key.name)) {
            let place = self.empty_key_or_record(mapping, key);
            self.diagnostics.push(
                Diagnostic::new(
                    rule::MISSING_KEY,
                    place,
                    format!("缺少“{}”（{}）", key.chinese, key.name),
                )
                .help(format!("补上“{}: …”：{}", key.chinese, key.help)),
            );
        }
        result.retain(|_, value| !value.is_null());
        result
    }

    /// The key that was left empty, else the record that lacks it.
    fn empty_key_or_record(&mut self, mapping: &Mapping, key: &Key) -> Span {
        for written in mapping.keys().filter_map(key_text) {
            if key.is_written(&written) {
                self.way.push(Step::Key(written));
                let span = self.key_span();
                self.way.pop();
                return span;
            }
        }
        if self.way.is_empty() {
            self.snippet.first_line()
        } else {
            self.value_span()
        }
    }

    /// Reports a key with a sign that was typed in Chinese mode and has become a part of it: the
    /// full-width colon in `{经度：120}`, or a full-width space before it. The key counts as written.
    fn slip_in_key(&mut self, written: &str, keys: &'static [Key], result: &mut Mapping) -> bool {
        let name = written.split('：').next().unwrap_or(written);
        let clean = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'));
        let key = keys.iter().find(|key| key.is_written(clean));
        // An unknown key with a colon in it may be a sentence, but spaces that cannot be seen are
        // always a slip.
        if key.is_none() && clean.len() == name.len() {
            return false;
        }
        if let Some(key) = key {
            result.entry(key.name.into()).or_insert(Value::Null);
        }
        let span = self.key_span();
        let place = self
            .snippet
            .text
            .get(span.range().start - self.snippet.start..span.range().end - self.snippet.start)
            .and_then(|text| text.find('：'))
            .map(|at| span.range().start + at);
        let diagnostic = match place.filter(|_| name.len() < written.len()) {
            Some(at) => Diagnostic::new(
                rule::YAML_CHARACTER,
                Span::new(span.file, at, at + '：'.len_utf8()),
                format!("“{clean}”后面用了全角冒号“：”"),
            )
            .help(format!("换成半角冒号加一个空格：{clean}: …")),
            None => Diagnostic::new(
                rule::YAML_CHARACTER,
                span,
                format!("“{clean}”前后有全角空格或看不见的字符"),
            )
            .help("删掉它们；要缩进时用半角空格，每层两个"),
        };
        self.diagnostics.push(diagnostic);
        true
    }

    fn unknown_key(&mut self, written: &str, keys: &'static [Key]) {
        let known = keys.iter().flat_map(|key| [key.name, key.chinese]);
        let help = match nearest(written, known) {
            Some(near) => format!("是不是想写“{near}”？"),
            None => format!(
                "这里能用的键：{}",
                keys.iter().map(|key| key.chinese).collect::<Vec<_>>().join("、")
            ),
        };
        self.diagnostics.push(
            Diagnostic::new(
                rule::UNKNOWN_KEY,
                self.key_span(),
                format!("不认识的键“{}”，这一项不会起作用", quotable(written)),
            )
            .help(help),
        );
    }

    fn value(&mut self, value: &Value, shape: &'static Shape) -> Option<Value> {
        let value = match value {
            Value::Tagged(tagged) => &tagged.value,
            value => value,
        };
        match shape {
            Shape::Text | Shape::Image => self.text(value).map(Value::String),
            Shape::Boolean => self.boolean(value),
            Shape::Number { least, most } => self.number(value, *least, *most),
            Shape::Integer { least, most } => self.integer(value, *least, *most),
            Shape::Date => {
                let text = self.text(value)?;
                let date = Date::parse(&text).map(|date| date.to_string());
                self.date(date, &text, "2026-07-01、2026-07-01 09:30 或 2026年7月1日")
            }
            Shape::PartialDate => {
                let text = self.text(value)?;
                let date = PartialDate::parse(&text).map(|date| date.to_string());
                self.date(date, &text, "2018、2018-09 或 2018-09-01")
            }
            Shape::Choice(words) => self.choice(value, words),
            Shape::Flag(words) => match value {
                Value::Bool(true) => words.first().map(|word| Value::from(*word)),
                Value::Bool(false) => None,
                value => self.choice(value, words),
            },
            Shape::List(item) => Some(self.list(value, item)),
            Shape::Record(keys) => match value {
                Value::Mapping(mapping) => self.whole_record(mapping, keys),
                _ => self.wrong_type(&record_example(keys)),
            },
            Shape::RecordOr(keys, short) => match value {
                Value::Mapping(mapping) => Some(self.record(mapping, keys).into()),
                Value::Sequence(_) => self.wrong_type(&record_example(keys)),
                value => {
                    let key = keys.iter().find(|key| key.name == *short)?;
                    let inner = self.value(value, &key.shape)?;
                    Some(Mapping::from_iter([(Value::from(*short), inner)]).into())
                }
            },
            Shape::RecordOrList(keys, short) => match value {
                Value::Mapping(mapping) => Some(self.record(mapping, keys).into()),
                Value::Sequence(_) => {
                    let key = keys.iter().find(|key| key.name == *short)?;
                    let inner = self.value(value, &key.shape)?;
                    Some(Mapping::from_iter([(Value::from(*short), inner)]).into())
                }
                _ => self.wrong_type("一张表，每项一行，以“- ”开头"),
            },
            Shape::Anything => Some(value.clone()),
        }
    }

    fn wrong_type(&mut self, wanted: &str) -> Option<Value> {
        let name = self.name();
        self.report(
            rule::WRONG_TYPE,
            format!("“{name}”的值写法不对"),
            format!("这里要写{wanted}"),
        );
        None
    }

    fn text(&mut self, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(_) | Value::Bool(_) => {
                let plain = match value {
                    Value::Number(number) => number.to_string(),
                    _ => value.as_bool().unwrap_or_default().to_string(),
                };
                Some(self.written().map_or(plain, str::to_owned))
            }
            _ => {
                self.wrong_type("一段文字");
                None
            }
        }
    }

    fn boolean(&mut self, value: &Value) -> Option<Value> {
        match value {
            Value::Bool(value) => Some((*value).into()),
            Value::String(text) if matches!(text.as_str(), "是" | "yes" | "on") => Some(true.into()),
            Value::String(text) if matches!(text.as_str(), "否" | "no" | "off") => Some(false.into()),
            _ => self.wrong_type("“是”或“否”（true 或 false）"),
        }
    }

    fn number(&mut self, value: &Value, least: f64, most: f64) -> Option<Value> {
        let number = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let Some(number) = number.filter(|number: &f64| number.is_finite()) else {
            return self.wrong_type("一个数，不带单位和千分号");
        };
        if number < least || number > most {
            let name = self.name();
            self.report(
                rule::OUT_OF_RANGE,
                format!("“{name}”的数值 {number} 超出范围"),
                format!("应当在 {least} 到 {most} 之间"),
            );
            return None;
        }
        Some(number.into())
    }

    fn integer(&mut self, value: &Value, least: i64, most: i64) -> Option<Value> {
        let number = match value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let Some(number) = number else {
            return self.wrong_type("一个整数，不带“第”“期”等字");
        };
        if number < least || number > most {
            let name = self.name();
            self.report(
                rule::OUT_OF_RANGE,
                format!("“{name}”的数值 {number} 超出范围"),
                format!("应当在 {least} 到 {most} 之间"),
            );
            return None;
        }
        Some(number.into())
    }

    fn date(&mut self, date: Result<String, DateProblem>, written: &str, forms: &str) -> Option<Value> {
        match date {
            Ok(date) => Some(date.into()),
            Err(DateProblem::NoSuchDay) => {
                let (what, advice) = if written.contains([':', '：']) {
                    ("时间", "核对日期；钟点在 00:00 到 23:59 之间")
                } else {
                    ("日期", "核对年、月、日")
                };
                self.report(
                    rule::BAD_DATE,
                    format!("没有“{}”这个{what}", quotable(written)),
                    format!("{advice}；写成 {forms}"),
                );
                None
            }
            Err(DateProblem::Form) => {
                let message = format!("“{}”不是日期", quotable(written));
                self.report(rule::BAD_DATE, message, format!("写成 {forms}"));
                None
            }
        }
    }

    fn choice(&mut self, value: &Value, words: &'static [&'static str]) -> Option<Value> {
        let text = self.text(value)?;
        if let Some(word) = words.iter().find(|word| folded(word) == folded(&text)) {
            return Some((*word).into());
        }
        let name = self.name();
        let all = words.join("、");
        let help = match nearest(&text, words.iter().copied()) {
            Some(near) => format!("是不是想写“{near}”？可以写：{all}"),
            None => format!("可以写：{all}"),
        };
        let message = format!("“{name}”不能写“{}”", quotable(&text));
        self.report(rule::UNKNOWN_CHOICE, message, help);
        None
    }

    fn list(&mut self, value: &Value, item: &'static Shape) -> Value {
        let Value::Sequence(items) = value else {
            let text = value.as_str().unwrap_or_default();
            if matches!(item, Shape::Text)
                && text.contains(['，', '、', '；', ',', ';'])
                && !text.contains(['。', '\n'])
            {
                let name = self.name();
                self.report(
                    rule::LIST_AS_TEXT,
                    format!("“{name}”要写成列表，现在会被当成一个词"),
                    format!("写成 {name}: [{}]", parts(text).join(", ")),
                );
                return Value::Sequence(Vec::new());
            }
            return Value::Sequence(self.value(value, item).into_iter().collect());
        };
        let mut result = Vec::with_capacity(items.len());
        for (index, value) in items.iter().enumerate() {
            if value.is_null() {
                continue;
            }
            self.way.push(Step::Item(index));
            if matches!(item, Shape::Text) {
                self.full_width_commas(value);
            }
            let reported = self.diagnostics.len();
            match self.value(value, item) {
                Some(value) => result.push(value),
                // The items behind it keep their numbers, by which they are found in the text.
                None if self.diagnostics.len() > reported => result.push(placeholder(item)),
                None => {}
            }
            self.way.pop();
        }
        Value::Sequence(result)
    }

    /// `[党建，引领]` is one item, since only the half-width comma separates. In a list whose items
    /// stand on lines of their own, or in quotes, a comma is part of a sentence.
    fn full_width_commas(&mut self, value: &Value) {
        let Some(text) = value.as_str().filter(|text| text.contains('，')) else {
            return;
        };
        let list = &self.way[..self.way.len() - 1];
        let range = self.places().map(|root| root.follow(list).range.clone());
        let in_brackets = range.is_some_and(|range| self.snippet.text[range].starts_with('['));
        let is_plain = self.written().is_some_and(|written| !written.starts_with(['"', '\'']));
        if in_brackets && is_plain {
            self.report(
                rule::LIST_AS_TEXT,
                format!("“{}”里是全角逗号，会被当成一个词", quotable(text)),
                format!("换成半角逗号：[{}]", parts(text).join(", ")),
            );
        }
    }
}

/// What stands in a list for an item that was reported; it is never shown.
fn placeholder(shape: &Shape) -> Value {
    if super::keys_of(shape).is_empty() {
        Value::String(String::new())
    } else {
        Mapping::new().into()
    }
}

/// The words of a list that was written as one text.
fn parts(text: &str) -> Vec<&str> {
    let text = text.trim_matches(['［', '］', '【', '】', '[', ']']);
    let parts = text.split(['，', '、', '；', ',', ';']).map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// Case, hyphens and full-width forms make no difference in a choice: `GCJ-02` is `gcj02`.
fn folded(text: &str) -> String {
    text.to_lowercase().replace(['-', ' ', '_'], "")
}

fn key_text(key: &Value) -> Option<String> {
    match key {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn record_example(keys: &[Key]) -> String {
    let parts: Vec<_> = keys.iter().take(3).map(|key| format!("{}: …", key.chinese)).collect();
    format!("几个键，例如 {{{}}}", parts.join(", "))
}
