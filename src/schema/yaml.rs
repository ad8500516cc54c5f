//! YAML with messages that people can act on.

use serde_yaml::Value;

use super::slips;
use super::spans::{self, Node};
use crate::diagnostic::{Diagnostic, rule};
use crate::source::{FileId, Span, offset_in};

/// Front matter beyond this size is a mistake (a pasted article, a missing `---`) or an attack.
const LARGEST: usize = 256 * 1024;
/// Brackets nested deeper than this make the parser slow, quadratically.
const DEEPEST_BRACKETS: usize = 48;

/// A piece of YAML inside a file: front matter, a data fence, or the whole file.
#[derive(Debug, Clone, Copy)]
pub struct Snippet<'a> {
    /// The file.
    pub file: FileId,
    /// Where the piece begins in the file, in bytes.
    pub start: usize,
    /// The piece.
    pub text: &'a str,
}

impl Snippet<'_> {
    /// A range of the piece as a place in the file.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.start + range.start, self.start + range.end)
    }

    /// The first line that has anything on it, for what concerns the whole piece.
    pub fn first_line(&self) -> Span {
        let start = self.text.find(|c: char| !c.is_whitespace()).unwrap_or(0);
        let end = self.text[start..]
            .find(['\n', '\r'])
            .map_or(self.text.len(), |at| start + at);
        self.span(start..end)
    }

    /// The places of all keys and values; `None` for YAML that is not well formed.
    pub fn scan(&self) -> Option<Node> {
        spans::scan(self.text)
    }
}

/// Reads a piece of YAML.
///
/// # Errors
/// What is wrong, each problem at its place: characters that YAML does not take, doubled keys,
/// wrong indentation, open quotes and brackets, too much of anything.
pub fn parse(snippet: Snippet<'_>) -> Result<Value, Vec<Diagnostic>> {
    if let Some(problem) = beyond_limits(snippet) {
        return Err(vec![problem]);
    }
    match serde_yaml::from_str::<Value>(snippet.text) {
        Ok(value) => Ok(value),
        Err(error) => {
            let mut found = doubled_keys(snippet);
            if found.is_empty() {
                found = slips::find(snippet);
            }
            if found.is_empty() {
                found.push(syntax_error(snippet, &error));
            }
            Err(found)
        }
    }
}

fn beyond_limits(snippet: Snippet<'_>) -> Option<Diagnostic> {
    if snippet.text.len() > LARGEST {
        return Some(
            Diagnostic::new(
                rule::YAML_LIMIT,
                snippet.first_line(),
                "写“键: 值”的部分太长，超过 256 KB",
            )
            .help("这里只写“键: 值”；正文写在抬头的第二行 --- 之后"),
        );
    }
    let mut depth = 0_usize;
    for (at, byte) in snippet.text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST_BRACKETS {
            return Some(
                Diagnostic::new(rule::YAML_LIMIT, snippet.span(at..at + 1), "括号套了太多层")
                    .help("检查是不是漏了右括号 ] 或 }"),
            );
        }
    }
    None
}

fn doubled_keys(snippet: Snippet<'_>) -> Vec<Diagnostic> {
    let Some(root) = snippet.scan() else { return Vec::new() };
    root.duplicate_keys()
        .into_iter()
        .map(|(key, later, first)| {
            Diagnostic::new(rule::DUPLICATE_KEY, snippet.span(later), format!("“{key}”写了两次"))
                .label("又写了一次")
                .related(snippet.span(first), "第一次在这里")
                .help("留下一个，删去另一个")
        })
        .collect()
}

fn syntax_error(snippet: Snippet<'_>, error: &serde_yaml::Error) -> Diagnostic {
    let text = error.to_string();
    let place = error.location().map_or(0, |location| {
        offset_in(snippet.text, location.line(), location.column().saturating_sub(1))
    });
    if text.contains("repetition limit") || text.contains("recursion limit") {
        return Diagnostic::new(
            rule::YAML_LIMIT,
            snippet.first_line(),
            "里面的引用（& 和 *）展开后太大，或者套了太多层",
        )
        .help("不要用 & 和 * 引用，直接写出内容；列表和括号少套几层");
    }
    let line_start = snippet.text[..place].rfind('\n').map_or(0, |at| at + 1);
    let line = &snippet.text[line_start..];
    let line = line[..line.find('\n').unwrap_or(line.len())].trim_end();
    if text.contains("mapping values are not allowed") {
        return colon_in_value(snippet, line_start, line, place);
    }
    let (message, help) = explain(&text);
    let start = line_start + (line.len() - line.trim_start().len());
    let end = (line_start + line.len()).max(start);
    Diagnostic::new(rule::YAML_SYNTAX, snippet.span(start..end), message).help(help)
}

/// `title: 通知: 关于`: the second colon ends up as a mapping where none can be. An indented key
/// below a value gives the same error of the parser.
fn colon_in_value(snippet: Snippet<'_>, line_start: usize, line: &str, place: usize) -> Diagnostic {
    let mut colons = line.match_indices(": ").map(|(at, _)| at);
    if let (Some(first), Some(_)) = (colons.next(), colons.next()) {
        let value = line_start + first + 2;
        return Diagnostic::new(
            rule::YAML_SYNTAX,
            snippet.span(value..line_start + line.len()),
            "值里又有一个冒号，读不出哪个是键",
        )
        .help(format!(
            "给整句加上引号：{} \"{}\"",
            &line[..=first],
            line[first + 2..].trim()
        ));
    }
    let start = line_start + (line.len() - line.trim_start().len());
    let end = (line_start + line.len()).max(place).max(start);
    Diagnostic::new(rule::YAML_SYNTAX, snippet.span(start..end), "这一行的缩进和上面对不齐")
        .help("同一层的键要左端对齐；下一层多缩进两个空格")
}

fn explain(error: &str) -> (&'static str, &'static str) {
    let known: [(&str, &str, &str); 9] = [
        (
            "did not find expected ',' or ']'",
            "方括号没有写完整",
            "列表写成 [甲, 乙]，用半角逗号，最后有 ]",
        ),
        (
            "did not find expected ',' or '}'",
            "花括号没有写完整",
            "写成 {名称: 甲, 单位: 家}，用半角逗号，最后有 }",
        ),
        ("quoted scalar", "引号没有配对", "检查这一行前后的引号，左右各一个"),
        (
            "unknown escape",
            "双引号里的反斜杠读不出来",
            "把双引号换成单引号，或把 \\ 写成 \\\\",
        ),
        (
            "did not find expected key",
            "这一行的缩进和上面对不齐",
            "同一层的键要左端对齐；下一层多缩进两个空格",
        ),
        (
            "did not find expected '-' indicator",
            "列表的这一行没有对齐",
            "列表每一项以“- ”开头，左端对齐",
        ),
        (
            "could not find expected ':'",
            "这一行没有“键: 值”的形式",
            "键后面写半角冒号和一个空格；值里有多行时，用引号括起来",
        ),
        ("cannot start any token", "这个符号不能放在值的开头", "给整个值加上引号"),
        ("unknown anchor", "以 * 开头的值会被当作引用", "给整个值加上引号"),
    ];
    known.iter().find(|(part, ..)| error.contains(part)).map_or(
        (
            "这里的写法读不出来",
            "对照写作指南检查这一行：键、半角冒号、空格、值；有特殊符号时给值加引号",
        ),
        |(_, message, help)| (*message, *help),
    )
}
