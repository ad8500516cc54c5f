//! A new entry with all keys of its kind, each explained: what `hongtu new` writes.
//!
//! What is known is filled in; what has to be filled in stands there empty, so that the check-up names it
//! line by line until it is; all other keys are comments. A new entry is a draft, so that an unfinished
//! text is never published.

use serde_yaml::{Mapping, Value};

use crate::kind::Kind;
use crate::schema::date::Date;
use crate::schema::{Key, Shape, keys_of};

/// The language of an entry's keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// `标题: …`
    Chinese,
    /// `title: …`
    English,
}

impl Language {
    /// The key's name.
    pub fn name(self, key: &Key) -> &'static str {
        match self {
            Self::Chinese => key.chinese,
            Self::English => key.name,
        }
    }

    fn yes(self) -> &'static str {
        match self {
            Self::Chinese => "是",
            Self::English => "true",
        }
    }
}

/// What is known of a new entry.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    /// What it is.
    pub kind: Kind,
    /// What the entries of its column are.
    pub column_kind: Kind,
    /// The parts that its column wants in a case; the usual ones where it says nothing.
    pub parts: Option<&'a [String]>,
    /// Its title.
    pub title: &'a str,
    /// The day on which it is begun.
    pub date: Date,
    /// The language of its keys.
    pub language: Language,
}

/// Keys that are known or settled when an entry is begun; they stand before the others.
const BEGUN_WITH: [&str; 2] = ["date", "draft"];

impl NewEntry<'_> {
    /// The text of the file.
    pub fn text(&self) -> String {
        let keys = self.kind.keys();
        let is_needed = |key: &&Key| key.required && !BEGUN_WITH.contains(&key.name);
        let mut lines = vec![
            "---".to_owned(),
            "# 井号后面是说明，程序不读，留着删去都行。冒号后面空一格再写。".to_owned(),
            "# 必须写的：".to_owned(),
        ];
        for key in keys.iter().filter(is_needed) {
            lines.extend(self.needed(key));
        }
        lines.push("# 已经替您写好的：".to_owned());
        lines.extend(keys.iter().filter_map(|key| self.begun_with(key)));
        lines.push("# 可以不写的：要用哪一行，删去行首的井号和一个空格，在冒号后面写".to_owned());
        for key in keys.iter().filter(|key| self.is_left_open(key)) {
            let open = self.open(key, &mut Vec::new());
            lines.extend(open.iter().map(|line| format!("# {line}")));
        }
        lines.push("---".to_owned());
        format!("{}\n\n{}", lines.join("\n"), self.body())
    }

    /// The title is known; the rest is left empty.
    fn needed(&self, key: &'static Key) -> Vec<String> {
        if key.name != "title" {
            return self.open(key, &mut Vec::new());
        }
        vec![format!("{}: {}  # {}", self.name(key), scalar(self.title), key.help)]
    }

    fn begun_with(&self, key: &Key) -> Option<String> {
        let (value, help) = match key.name {
            "date" => (self.date.to_string(), key.help),
            "draft" => (self.language.yes().to_owned(), "写完、审过以后删去这一行，才会发布"),
            "kind" if self.kind != self.column_kind => (self.kind_name().to_owned(), "与栏目不同，所以写明"),
            _ => return None,
        };
        Some(format!("{}: {value}  # {help}", self.name(key)))
    }

    fn is_left_open(&self, key: &Key) -> bool {
        !key.required && self.begun_with(key).is_none()
    }

    /// A key without a value, with the keys below it. Records that hold records of their own kind are
    /// shown once.
    fn open(&self, key: &'static Key, within: &mut Vec<&'static [Key]>) -> Vec<String> {
        let below = keys_of(&key.shape);
        let is_shown = !below.is_empty() && !within.iter().any(|keys| std::ptr::eq(*keys, below));
        let value = if matches!(key.shape, Shape::List(_)) && !is_shown {
            // What is needed may not look as if it were there.
            if key.required { "" } else { " []" }
        } else {
            ""
        };
        let mut lines = vec![format!("{}:{value}  # {}", self.name(key), explained(key, within))];
        if is_shown {
            within.push(below);
            let inner = below.iter().flat_map(|key| self.open(key, within)).collect::<Vec<_>>();
            within.pop();
            let is_list = matches!(key.shape, Shape::List(_));
            lines.extend(inner.iter().enumerate().map(|(number, line)| match (is_list, number) {
                (false, _) => format!("  {line}"),
                (true, 0) => format!("  - {line}"),
                (true, _) => format!("    {line}"),
            }));
        }
        lines
    }

    fn name(&self, key: &Key) -> &'static str {
        self.language.name(key)
    }

    fn kind_name(&self) -> &'static str {
        match self.language {
            Language::Chinese => self.kind.chinese(),
            Language::English => self.kind.name(),
        }
    }

    /// What has to be there anyway stands there; how to write is said in a comment that readers never see.
    fn body(&self) -> String {
        let advice = match self.kind {
            Kind::Park => "先说地方，再说组织，最后说值得走一走的去处。",
            Kind::Point => "想一个从没来过的人：从哪个门进，看什么，看多久，怎样来。",
            Kind::Route => "什么时候出发，先去哪里，哪里可以歇脚，什么时候结束。",
            Kind::Case => {
                "开头一段说清发生了什么。做法写动作，谁在什么时候做了什么；成效用年份和数字；思考里写一件没做好的事。"
            }
            Kind::Alliance => "为什么要联，怎样议事，成员能从这里得到什么。",
            Kind::Bulletin => "开头一段说清谁在哪里做了什么，后面是经过；决议和项目写在上面的小表里。",
            Kind::Roundtable => {
                "每个 ## 标题是一个问题。段首写“姓名：”就是这位嘉宾开口，姓名要与小表里的一样，冒号用中文冒号。"
            }
            Kind::Page => "一段说一件事，段与段之间空一行；## 加空格是小标题。",
        };
        let headings = match self.kind {
            Kind::Case => self.case_parts(),
            _ => Vec::new(),
        };
        let beginning = format!("<!-- 从这里写正文，写完删去这一行。{advice} -->\n");
        headings
            .iter()
            .fold(beginning, |body, part| body + "\n## " + part + "\n")
    }

    fn case_parts(&self) -> Vec<&str> {
        match self.parts {
            // A part may have several names; the first is as good as any.
            Some(parts) => parts.iter().filter_map(|part| part.split(['/', '、']).next()).collect(),
            None => vec!["背景", "做法", "成效", "思考"],
        }
    }
}

/// What a key is for, and what has to be known to fill it in.
fn explained(key: &Key, within: &[&'static [Key]]) -> String {
    let needed = if key.required && !within.is_empty() {
        "必填。"
    } else {
        ""
    };
    let words: &[&str] = match &key.shape {
        // The help of some keys names the words already.
        Shape::Choice(words) | Shape::List(Shape::Choice(words)) if key.name != "kind" => words,
        _ => &[],
    };
    let is_told = words.iter().all(|word| key.help.contains(word));
    let choices = if is_told {
        String::new()
    } else {
        format!("。可以写：{}", words.join("、"))
    };
    format!("{needed}{}{choices}", key.help)
}

/// A text as YAML takes it: as it is where that means the same, in quotes otherwise.
fn scalar(text: &str) -> String {
    let plain = serde_yaml::from_str::<Mapping>(&format!("a: {text}  # b\n"));
    if plain.is_ok_and(|read| read.len() == 1 && read.get("a").and_then(Value::as_str) == Some(text)) {
        return text.to_owned();
    }
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new_entry(kind: Kind, title: &str) -> String {
        NewEntry {
            kind,
            column_kind: kind,
            parts: None,
            title,
            date: Date::parse("2026-07-01").unwrap(),
            language: Language::Chinese,
        }
        .text()
    }

    #[test]
    fn all_keys_are_there_once_and_the_needed_ones_first() {
        for kind in Kind::ALL {
            let text = new_entry(kind, "甲");
            let keys: Vec<&str> = text
                .lines()
                .take_while(|line| !line.starts_with("<!--"))
                .map(|line| line.strip_prefix("# ").unwrap_or(line))
                .filter(|line| !line.starts_with([' ', '-']))
                .filter_map(|line| line.split_once(": ").map(|(key, _)| key))
                .collect();
            for key in kind.keys() {
                let count = keys.iter().filter(|written| **written == key.chinese).count();
                assert_eq!(count, 1, "{} in:\n{text}", key.chinese);
            }
            let open = text.find("# 可以不写的").unwrap();
            for key in kind.keys().iter().filter(|key| key.required) {
                let at = text.find(&format!("\n{}:", key.chinese)).unwrap();
                assert!(at < open, "{} comes first", key.chinese);
            }
        }
    }

    #[test]
    fn titles_that_mean_something_in_yaml_are_quoted() {
        assert_eq!(scalar("把食堂借给隔壁的厂"), "把食堂借给隔壁的厂");
        assert_eq!(scalar("三件事：路灯、班车"), "三件事：路灯、班车");
        assert_eq!(scalar("1+X+N: 一条链"), "\"1+X+N: 一条链\"");
        assert_eq!(scalar("[演示] 夜校"), "\"[演示] 夜校\"");
        assert_eq!(scalar("五号楼 #党群中心"), "\"五号楼 #党群中心\"");
        assert_eq!(scalar("说“好”的\"人\""), "说“好”的\"人\"");
        for odd in ["2026", "true", "a: b", "- 一", "* 二", "\"三\" 四", "五\n六"] {
            let read: Value = serde_yaml::from_str(&format!("a: {}\n", scalar(odd))).unwrap();
            assert_eq!(read["a"].as_str(), Some(odd));
        }
    }

    #[test]
    fn a_column_may_want_other_parts() {
        let parts = ["缘起".to_owned(), "体会/思考".to_owned()];
        let entry = NewEntry {
            kind: Kind::Case,
            column_kind: Kind::Page,
            parts: Some(&parts),
            title: "甲",
            date: Date::parse("2026-07-01").unwrap(),
            language: Language::English,
        };
        let text = entry.text();
        assert!(text.ends_with("\n## 缘起\n\n## 体会\n"), "{text}");
        assert!(text.contains("\nkind: case  # "), "{text}");
        assert!(text.contains("\ndraft: true  # "), "{text}");
    }
}
