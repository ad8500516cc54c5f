//! Slips of the keyboard that make YAML unreadable: what comes from typing Chinese.
//!
//! A tabulator or a full-width space at the beginning of a line, a full-width colon, no space
//! behind a colon. All of them also stand in honest texts (`时间：九点`), so that one is reported
//! only if YAML that cannot be read becomes readable by mending it, and not without.

use std::ops::Range;

use serde_yaml::Value;

use super::yaml::Snippet;
use crate::diagnostic::{Diagnostic, rule};

/// The longest that what stands before a colon may be to look like a key (in characters).
const LONGEST_KEY: usize = 24;
/// With more slips than this it is not tried which of them can stay.
const MOST_TRIED: usize = 64;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Slip {
    range: Range<usize>,
    kind: Kind,
    /// What belongs in its place.
    mended: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Tab,
    Indent,
    /// With the key before it.
    WideColon(String),
    NoSpace(String),
    WideSpace(String),
}

/// The slips that keep a piece of YAML from being keys and values; none when they are not what is
/// wrong with it.
pub fn find(snippet: Snippet<'_>) -> Vec<Diagnostic> {
    let mut slips = candidates(snippet.text);
    if slips.is_empty() || !is_structure(&mended(snippet.text, &slips)) {
        return Vec::new();
    }
    if slips.len() <= MOST_TRIED {
        let mut at = 0;
        while at < slips.len() {
            let innocent = slips.remove(at);
            if !is_structure(&mended(snippet.text, &slips)) {
                slips.insert(at, innocent);
                at += 1;
            }
        }
    }
    slips.iter().map(|slip| slip.diagnostic(snippet)).collect()
}

fn is_structure(text: &str) -> bool {
    matches!(serde_yaml::from_str(text), Ok(Value::Mapping(_) | Value::Sequence(_)))
}

fn mended(text: &str, slips: &[Slip]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for slip in slips {
        result.push_str(&text[at..slip.range.start]);
        result.push_str(&slip.mended);
        at = slip.range.end;
    }
    result.push_str(&text[at..]);
    result
}

fn candidates(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let is_blank = line.trim_end_matches(['\n', '\r', ' ', '\t']).is_empty();
        if content.is_empty() && !is_blank {
            slips.extend(indent_slip(line.trim_end_matches(['\n', '\r'])).map(|slip| slip.moved(start)));
        }
        if !content.is_empty() && !content.starts_with('#') {
            slips.extend(indent_slip(&line[..indent]).map(|slip| slip.moved(start)));
            slips.extend(colon_slip(content.trim_end()).map(|slip| slip.moved(start + indent)));
        }
        start += line.len();
    }
    slips
}

/// The first run of signs in an indentation that YAML does not take for spaces.
fn indent_slip(indent: &str) -> Option<Slip> {
    let start = indent.find(|c| c != ' ')?;
    let length = indent[start..].find(' ').unwrap_or(indent.len() - start);
    let run = &indent[start..start + length];
    // A no-break space, as Word has it, is one column wide; a tabulator and a full-width space count two.
    let width = run.chars().map(|c| if c == '\u{a0}' { 1 } else { 2 }).sum();
    Some(Slip {
        range: start..start + length,
        kind: if run.contains('\t') { Kind::Tab } else { Kind::Indent },
        mended: " ".repeat(width),
    })
}

/// A colon behind what looks like a key that is full-width, or not followed by a space.
fn colon_slip(content: &str) -> Option<Slip> {
    let at = content.find(['：', ':'])?;
    let key = content[..at].trim_start_matches(['-', ' ']);
    let is_key =
        !key.is_empty() && key.chars().count() <= LONGEST_KEY && key.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !is_key {
        return None;
    }
    let rest = &content[at..];
    if let Some(value) = rest.strip_prefix('：') {
        let spaces = value.len() - value.trim_start().len();
        return Some(Slip {
            range: at..at + '：'.len_utf8() + spaces,
            kind: Kind::WideColon(key.to_owned()),
            mended: ": ".to_owned(),
        });
    }
    let value = &rest[1..];
    let first = value.chars().next()?;
    if first.is_whitespace() && !matches!(first, ' ' | '\t') {
        let spaces = value.len() - value.trim_start().len();
        return Some(Slip {
            range: at + 1..at + 1 + spaces,
            kind: Kind::WideSpace(key.to_owned()),
            mended: " ".to_owned(),
        });
    }
    (!first.is_whitespace() && !value.starts_with("//")).then(|| Slip {
        range: at..at + 1,
        kind: Kind::NoSpace(key.to_owned()),
        mended: ": ".to_owned(),
    })
}

impl Slip {
    fn moved(self, by: usize) -> Self {
        Self {
            range: self.range.start + by..self.range.end + by,
            ..self
        }
    }

    fn diagnostic(&self, snippet: Snippet<'_>) -> Diagnostic {
        let (rule, message, help) = match &self.kind {
            Kind::Tab => (
                rule::YAML_CHARACTER,
                "行首用了制表符（Tab）",
                "删掉它，换成半角空格，每层两个".to_owned(),
            ),
            Kind::Indent => (
                rule::YAML_CHARACTER,
                "行首用了全角空格或别的特殊空格",
                "删掉它，换成半角空格，每层两个".to_owned(),
            ),
            Kind::WideColon(key) => (
                rule::YAML_CHARACTER,
                "键后面用了全角冒号“：”",
                format!("换成半角冒号加一个空格：{key}: …"),
            ),
            Kind::NoSpace(key) => (
                rule::YAML_SYNTAX,
                "冒号后面没有空格",
                format!("在冒号后面加一个半角空格：{key}: …"),
            ),
            Kind::WideSpace(key) => (
                rule::YAML_CHARACTER,
                "冒号后面是全角空格或别的特殊空格",
                format!("换成一个半角空格：{key}: …"),
            ),
        };
        let mut range = self.range.clone();
        if matches!(self.kind, Kind::WideColon(_)) {
            range.end = range.start + '：'.len_utf8();
        }
        Diagnostic::new(rule, snippet.span(range), message).help(help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let snippet = Snippet {
            file: FileId(0),
            start: 0,
            text,
        };
        let found: Vec<_> = find(snippet)
            .iter()
            .map(|diagnostic| &text[diagnostic.span.unwrap().range()])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_makes_it_unreadable_is_found_and_nothing_else() {
        check("标题：甲\n日期：2026-07-01\n", &["：", "："]);
        check("摘要: |\n  时间：九点\n日期：2026-07-01\n", &["："]);
        check("位置:\n\t经度: 1\n\t纬度: 2\n", &["\t", "\t"]);
        check("标题:甲\n", &[":"]);
        check("标题:\u{3000}甲\n", &["\u{3000}"]);
        check("标题: 甲\n\u{3000}\u{3000}\n日期: 2026-07-01\n", &["\u{3000}\u{3000}"]);
        check("标题: 甲\n网址:https://a.example/\n", &[":"]);
        check("标题: \"甲\n时间：九点\n", &[]);
        check("正文一句话\n", &[]);
    }
}
