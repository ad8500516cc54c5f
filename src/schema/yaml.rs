//! YAML with messages that people can act on.

use serde_yaml::Value;

use super::slips;
use super::spans::{self, Node};
use crate::diagnostic::{Diagnostic, quotable, rule};
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
            Diagnostic::new(
                rule::DUPLICATE_KEY,
                snippet.span(later),
                format!("“{}”写了两次", quotable(&key)),
            )
            .label("又写了一次")
            .related(snippet.span(first), "第一次在这里")
            .help("留下一个，删去另一个")
        })
        .collect()
}

fn syntax_error(snippet: Snippet<'_>, error: &serde_yaml::Error) -> Diagnostic {
    let text = error.to_string();
    if text.contains("repetition limit") || text.contains("recursion limit") {
        return Diagnostic::new(
            rule::YAML_LIMIT,
            snippet.first_line(),
            "里面的引用（& 和 *）展开后太大，或者套了太多层",
        )
        .help("不要用 & 和 * 引用，直接写出内容；列表和括号少套几层");
    }
    if text.contains("more than one document") {
        return several_documents(snippet);
    }
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if let Some(at) = snippet.text.find(is_control) {
        let length = snippet.text[at..].chars().next().map_or(0, char::len_utf8);
        return Diagnostic::new(
            rule::YAML_CHARACTER,
            snippet.span(at..at + length),
            "这里有一个看不见的控制字符",
        )
        .help("删掉这一行，重新输入");
    }
    let place = error.location().map_or(0, |location| {
        offset_in(snippet.text, location.line(), location.column().saturating_sub(1))
    });
    // What was begun and not ended is where it began; the error itself is at the end of the text.
    let begun = begun_at(&text).map(|(line, column)| offset_in(snippet.text, line, column - 1));
    let line = Line::at(snippet.text, begun.unwrap_or(place));
    if text.contains("mapping values are not allowed") {
        return colon_in_value(snippet, &line);
    }
    if text.contains("did not find expected key")
        && let Some(at) = line.words_behind_a_quote()
    {
        return Diagnostic::new(
            rule::YAML_SYNTAX,
            snippet.span(at..line.end),
            "引号后面还有字，读不出来",
        )
        .help("用引号把整个值括起来；值里面的引号换成中文引号“ ”");
    }
    // What was begun may be a sign that looks like nothing at all.
    let start = begun.filter(|at| *at < line.end).unwrap_or(line.start);
    if text.contains("did not find expected ',' or")
        && let Some(at) = snippet.text[start..line.end].find(['，', '、'])
    {
        return Diagnostic::new(
            rule::YAML_CHARACTER,
            snippet.span(start + at..start + at + '，'.len_utf8()),
            "括号里用了全角的逗号或顿号",
        )
        .help("换成半角逗号加一个空格");
    }
    let (message, help) = explain(&text);
    Diagnostic::new(rule::YAML_SYNTAX, snippet.span(start..line.end), message).help(help)
}

/// The line and column (from 1) where a bracket, a quote or a key begins that is not ended.
fn begun_at(error: &str) -> Option<(usize, usize)> {
    let (_, context) = error.split_once(", while ")?;
    let begins = ["scanning a quoted scalar", "parsing a flow", "scanning a simple key"];
    if !begins.iter().any(|begin| context.starts_with(begin)) {
        return None;
    }
    let (_, place) = context.split_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    Some((line.parse().ok()?, column.parse().ok().filter(|column| *column > 0)?))
}

/// One line of a piece, without the spaces around it.
struct Line<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

impl<'a> Line<'a> {
    /// The line of a place; if there is nothing on it, the last one before it that has something.
    fn at(text: &'a str, place: usize) -> Self {
        let end = text[place..].find('\n').map_or(text.len(), |at| place + at);
        let end = text[..end].trim_end().len();
        let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
        let start = start + (text[start..end].len() - text[start..end].trim_start().len());
        Self {
            text: &text[start..end],
            start,
            end,
        }
    }

    /// Where words go on behind a quote that was closed: `"甲"乙`.
    fn words_behind_a_quote(&self) -> Option<usize> {
        let (before, value) = self.text.split_once(": ")?;
        let value_start = before.len() + 2 + (value.len() - value.trim_start().len());
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let close = value[1..].find(quote)? + 2;
        let rest = value[close..].trim_start();
        (!rest.is_empty()).then(|| self.start + value_start + (value.len() - rest.len()))
    }
}

/// Two documents in one piece: a line of three dots, or a first key that stands to the right of
/// the others and so ends with its own line.
fn several_documents(snippet: Snippet<'_>) -> Diagnostic {
    let mut start = 0;
    for line in snippet.text.split_inclusive('\n') {
        if line.trim_end() == "..." {
            return Diagnostic::new(
                rule::YAML_SYNTAX,
                snippet.span(start..start + 3),
                "单独一行 ... 会让抬头提前结束",
            )
            .help("删掉这一行");
        }
        start += line.len();
    }
    Diagnostic::new(
        rule::YAML_SYNTAX,
        snippet.first_line(),
        "第一个键的前面多了空格，和后面的键没有对齐",
    )
    .help("删掉行首的空格，让各个键左端对齐")
}

/// `title: 通知: 关于`: the second colon ends up as a mapping where none can be. An indented key
/// below a value gives the same error of the parser.
fn colon_in_value(snippet: Snippet<'_>, line: &Line<'_>) -> Diagnostic {
    let mut colons = line.text.match_indices(": ").map(|(at, _)| at);
    if let (Some(first), Some(_)) = (colons.next(), colons.next()) {
        let (key, value) = (&line.text[..=first], line.text[first + 2..].trim());
        let quoted = if value.contains('"') {
            format!("'{}'", value.replace('\'', "''"))
        } else {
            format!("\"{value}\"")
        };
        let start = line.start + first + 2;
        return Diagnostic::new(
            rule::YAML_SYNTAX,
            snippet.span(start..line.end),
            "值里又有一个冒号，读不出哪个是键",
        )
        .help(format!("给整句加上引号：{key} {quoted}"));
    }
    Diagnostic::new(
        rule::YAML_SYNTAX,
        snippet.span(line.start..line.end),
        "这一行的缩进和上面对不齐",
    )
    .help("同一层的键要左端对齐；下一层多缩进两个空格")
}

/// What the parser's errors mean for people; the first part that is found counts.
const EXPLANATIONS: &[(&str, &str, &str)] = &[
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
    (
        "unknown escape",
        "双引号里的反斜杠 \\ 读不出来",
        "把双引号换成单引号，或者把 \\ 写成 \\\\",
    ),
    (
        "quoted scalar",
        "引号没有配对",
        "在值的末尾补上引号；左右的引号要一样，都是半角",
    ),
    (
        "alphabetic or numeric character",
        "以 * 或 & 开头的值会被当作引用",
        "给整个值加上引号",
    ),
    ("unknown anchor", "以 * 开头的值会被当作引用", "给整个值加上引号"),
    (
        "block sequence entries are not allowed",
        "列表的“- ”不能和键写在同一行",
        "换行再写“- ”，每项一行；或者写成 [甲, 乙]",
    ),
    (
        "did not find expected key",
        "这一行的缩进和上面对不齐",
        "同一层的键要左端对齐；下一层多缩进两个空格",
    ),
    (
        "did not find expected '-' indicator",
        "这一行和上面没有对齐",
        "同一项里的键要左端对齐；新的一项以“- ”开头",
    ),
    (
        "could not find expected ':'",
        "这一行没有“键: 值”的形式",
        "键后面写半角冒号和一个空格；值里有多行时，用引号括起来",
    ),
    ("cannot start any token", "这个符号不能放在值的开头", "给整个值加上引号"),
    (
        "comment or line break",
        "| 和 > 是多行文字的记号，后面不能再有字",
        "给整个值加上引号，或者换行写文字",
    ),
];

fn explain(error: &str) -> (&'static str, &'static str) {
    EXPLANATIONS.iter().find(|(part, ..)| error.contains(part)).map_or(
        (
            "这里的写法读不出来",
            "对照写作指南检查这一行：键、半角冒号、空格、值；有特殊符号时给值加引号",
        ),
        |(_, message, help)| (*message, *help),
    )
}
