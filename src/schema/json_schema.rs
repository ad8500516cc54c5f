//! Tables of keys as JSON Schema (2020-12), for editors: they complete keys and mark mistakes while people type.
//!
//! A schema lets pass all that is read without a complaint; it cannot know everything that reading
//! reports (days that the calendar lacks, both names of one key). Only words that older drafts have as
//! well are used, since not every editor knows the newest.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Key, Shape};

/// The schema of a file, or of a front matter, that is a record of these keys.
pub fn of_record(title: &str, keys: &'static [Key]) -> Value {
    schema(title, |definitions| definitions.record(keys))
}

/// The schema of a file of any shape.
pub fn of_shape(title: &str, shape: &'static Shape) -> Value {
    schema(title, |definitions| definitions.shape(shape))
}

fn schema(title: &str, body: impl FnOnce(&mut Definitions) -> Value) -> Value {
    let mut definitions = Definitions::default();
    let body = body(&mut definitions);
    let mut schema = Map::new();
    schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("title".into(), title.into());
    if let Value::Object(body) = body {
        schema.extend(body);
    }
    let records = definitions.records.into_iter();
    let records = records.map(|record| (record.name, record.schema));
    let named: Map<_, _> = records.chain(definitions.dates).collect();
    if !named.is_empty() {
        schema.insert("$defs".into(), named.into());
    }
    schema.into()
}

/// What is described once and referred to: records below the first, since some hold records of their own
/// kind and several keys may take the same one; and the forms of dates.
#[derive(Default)]
struct Definitions {
    records: Vec<Definition>,
    dates: BTreeMap<String, Value>,
}

struct Definition {
    keys: &'static [Key],
    name: String,
    schema: Value,
}

impl Definitions {
    /// A key with what may stand behind it. A key that is needed may not be left empty.
    fn property(&mut self, key: &'static Key) -> Value {
        let mut property = Map::new();
        property.insert("description".into(), key.help.into());
        let value = self.value(&key.shape, key.name);
        let accepted = if key.required || value == json!({}) {
            value
        } else {
            json!({"anyOf": [value, {"type": "null"}]})
        };
        if let Value::Object(accepted) = accepted {
            property.extend(accepted);
        }
        property.into()
    }

    fn record(&mut self, keys: &'static [Key]) -> Value {
        let mut properties = Map::new();
        let mut needed = Vec::new();
        for key in keys {
            let property = self.property(key);
            properties.insert(key.chinese.into(), property.clone());
            properties.insert(key.name.into(), property);
            if key.required {
                let names = if key.name == key.chinese {
                    vec![json!({"required": [key.name]})]
                } else {
                    vec![json!({"required": [key.chinese]}), json!({"required": [key.name]})]
                };
                needed.push(json!({"anyOf": names}));
            }
        }
        let mut record = Map::new();
        record.insert("type".into(), "object".into());
        record.insert("properties".into(), properties.into());
        record.insert("additionalProperties".into(), false.into());
        if !needed.is_empty() {
            record.insert("allOf".into(), needed.into());
        }
        record.into()
    }

    /// A reference to a record, which is described when it is met for the first time.
    fn reference(&mut self, keys: &'static [Key], wanted: &str) -> Value {
        let known = self.records.iter().find(|record| std::ptr::eq(record.keys, keys));
        let name = match known {
            Some(record) => record.name.clone(),
            None => self.describe(keys, wanted),
        };
        json!({"$ref": format!("#/$defs/{name}")})
    }

    /// Describes a record under a name of its own. It is known from the beginning, for the sake of records
    /// that hold their like.
    fn describe(&mut self, keys: &'static [Key], wanted: &str) -> String {
        let same = self.records.iter().filter(|record| record.name.starts_with(wanted));
        let name = match same.count() {
            0 => wanted.to_owned(),
            count => format!("{wanted}-{}", count + 1),
        };
        let at = self.records.len();
        self.records.push(Definition {
            keys,
            name: name.clone(),
            schema: Value::Null,
        });
        self.records[at].schema = self.record(keys);
        name
    }

    fn shape(&mut self, shape: &'static Shape) -> Value {
        self.value(shape, "record")
    }

    /// What a shape takes; `name` is what a record in it is called.
    fn value(&mut self, shape: &'static Shape, name: &str) -> Value {
        match shape {
            Shape::Text | Shape::Image => json!({"type": ["string", "number", "boolean"]}),
            Shape::Boolean => json!({"enum": ["是", "否", true, false, "yes", "no", "on", "off"]}),
            Shape::Number { least, most } => json!({"anyOf": [
                {"type": "number", "minimum": least, "maximum": most},
                {"type": "string", "pattern": NUMBER},
            ]}),
            Shape::Integer { least, most } => json!({"anyOf": [
                {"type": "integer", "minimum": least, "maximum": most},
                {"type": "string", "pattern": INTEGER},
            ]}),
            Shape::Date => self.date(Exactness::Day),
            Shape::PartialDate => json!({"anyOf": [
                self.date(Exactness::Year),
                {"type": "number", "minimum": 1000, "exclusiveMaximum": 10_000},
            ]}),
            Shape::Choice(words) => choice(words),
            Shape::Flag(words) => json!({"anyOf": [{"type": "boolean"}, choice(words)]}),
            Shape::List(item) => self.list(item, name),
            Shape::Record(keys) => self.reference(keys, name),
            Shape::RecordOr(keys, short) => {
                let record = self.reference(keys, name);
                self.or_value_of(record, keys, short)
            }
            Shape::RecordOrList(keys, short) => {
                let record = self.reference(keys, name);
                let key = keys.iter().find(|key| key.name == *short);
                match key.map(|key| &key.shape) {
                    Some(Shape::List(item)) => {
                        let items = self.value(item, short);
                        json!({"anyOf": [{"type": "array", "items": or_nothing(&items)}, record]})
                    }
                    _ => record,
                }
            }
            Shape::Anything => json!({}),
        }
    }

    fn date(&mut self, exactness: Exactness) -> Value {
        // “date” and “day” are also what keys are called, after which records are named.
        let (name, forms) = match exactness {
            Exactness::Day => ("form-of-a-day", "写成 2026-07-01、2026-07-01 09:30 或 2026年7月1日"),
            Exactness::Year => ("form-of-a-year", "写成 2018、2018-09 或 2018-09-01"),
        };
        let form = json!({
            "type": "string",
            "pattern": date_pattern(exactness),
            // Known to the editors that descend from VS Code; the others pass over it.
            "patternErrorMessage": forms,
        });
        self.dates.insert(name.to_owned(), form);
        json!({"$ref": format!("#/$defs/{name}")})
    }

    fn or_value_of(&mut self, record: Value, keys: &'static [Key], short: &str) -> Value {
        match keys.iter().find(|key| key.name == short) {
            Some(key) => {
                let value = self.value(&key.shape, key.name);
                json!({"anyOf": [record, value]})
            }
            None => record,
        }
    }

    /// A list; a single item may stand for a list of one, unless it is several words in one text.
    fn list(&mut self, item: &'static Shape, name: &str) -> Value {
        let items = self.value(item, name);
        let array = json!({"type": "array", "items": or_nothing(&items)});
        let single = if matches!(item, Shape::Text) {
            json!({"type": ["string", "number", "boolean"], "not": {"type": "string", "pattern": SEVERAL_WORDS}})
        } else {
            items
        };
        json!({"anyOf": [array, single]})
    }
}

fn or_nothing(value: &Value) -> Value {
    json!({"anyOf": [value, {"type": "null"}]})
}

const NUMBER: &str = r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$";
const INTEGER: &str = r"^\s*[+-]?[0-9]+\s*$";
/// Commas of some kind, and no sentence.
const SEVERAL_WORDS: &str = r"^[^。\n]*[，、；,;][^。\n]*$";

/// How much of a date has to be there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Exactness {
    Day,
    Year,
}

/// The forms of a date, in figures of half and of full width.
fn date_pattern(exactness: Exactness) -> String {
    let year = "[0-9０-９]{4}";
    let few = "[0-9０-９]{1,2}";
    let time = format!(r"([ \u00a0\u3000TＴ]*{few}[:：]{few}([:：]{few})?([+]08:00)?)?");
    let days = ["[-－]", "[/／]", "[.．]"].map(|between| format!("{between}{few}{between}{few}{time}"));
    let chinese = format!("年{few}月{few}[日号]{time}");
    let mut forms: Vec<String> = days.into_iter().chain([chinese]).collect();
    if exactness == Exactness::Year {
        forms.extend([format!("[-－/／.．]{few}"), format!("年({few}月?)?"), String::new()]);
    }
    format!(r"^\s*{year}({})\s*$", forms.join("|"))
}

/// One of some words. Case, hyphens and spaces make no difference in those with Latin letters.
fn choice(words: &[&str]) -> Value {
    let listed = json!({"enum": words});
    let has_latin = |word: &&&str| word.contains(|c: char| c.is_ascii_alphanumeric());
    let loose: Vec<String> = words.iter().filter(has_latin).map(|word| loosely(word)).collect();
    if loose.is_empty() {
        return listed;
    }
    let pattern = format!(r"^[-_ ]*({})\s*$", loose.join("|"));
    json!({"anyOf": [listed, {"type": "string", "pattern": pattern}]})
}

fn loosely(word: &str) -> String {
    let mut pattern = String::new();
    for c in word.chars().filter(|c| !matches!(c, '-' | '_' | ' ')) {
        pattern.push('[');
        pattern.extend([c.to_ascii_lowercase(), c.to_ascii_uppercase()]);
        pattern.push_str("][-_ ]*");
    }
    pattern
}
