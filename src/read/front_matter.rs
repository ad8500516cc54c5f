//! Splits a content file into its front matter and its body.

use crate::diagnostic::{Diagnostic, rule};
use crate::schema::yaml::Snippet;
use crate::source::{FileId, Span};

/// Where the two parts stand, in bytes of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// Between the two marker lines; empty at the start of the file where there is none.
    pub front_matter: Span,
    /// After the second marker line.
    pub body: Span,
}

/// Splits a file at its two `---` lines. A marker is a line of exactly three hyphens (spaces may
/// follow); a value that ends in `---` is none.
///
/// # Errors
/// A problem when the file is empty, has no front matter or does not close it. The body is then
/// what can be made of the rest, so that its own problems are found in the same run.
pub fn split(file: FileId, text: &str) -> (Split, Option<Diagnostic>) {
    let whole_as_body = Split {
        front_matter: Span::file_start(file),
        body: Span::new(file, 0, text.len()),
    };
    if text.trim().is_empty() {
        let problem = Diagnostic::new(rule::EMPTY_FILE, Span::file_start(file), "文件是空的")
            .help("写上抬头和正文，或者删去这个文件");
        return (whole_as_body, Some(problem));
    }
    let blank = text.len() - text.trim_start_matches(['\n', '\r', ' ', '\t', '\u{3000}']).len();
    let first_line = line_at(text, blank);
    if !is_marker(first_line) {
        return (whole_as_body, Some(missing(file, text, first_line, blank)));
    }
    let start = next_line(text, blank);
    let mut at = start;
    while at < text.len() {
        let line = line_at(text, at);
        let after = next_line(text, at);
        if is_marker(line) {
            let split = Split {
                front_matter: Span::new(file, start, at),
                body: Span::new(file, after, text.len()),
            };
            return (split, None);
        }
        at = after;
    }
    unclosed(file, text, blank, start)
}

/// The front matter as a piece of YAML.
pub fn snippet<'a>(split: &Split, text: &'a str) -> Snippet<'a> {
    let range = split.front_matter.range();
    Snippet {
        file: split.front_matter.file,
        start: range.start,
        text: text.get(range).unwrap_or(""),
    }
}

fn missing(file: FileId, text: &str, first_line: &str, blank: usize) -> Diagnostic {
    let span = Span::new(file, blank, blank + first_line.trim_end().len());
    let trimmed = first_line.trim();
    if is_like_marker(trimmed) {
        return Diagnostic::new(rule::MISSING_FRONT_MATTER, span, "抬头的第一行不是三个半角减号")
            .help("换成 ---，前后不要有别的字");
    }
    let is_key = first_line.split_once([':', '：']).is_some_and(|(key, _)| {
        !key.is_empty() && key.chars().count() <= LONGEST_KEY && key.chars().all(char::is_alphanumeric)
    });
    if is_key {
        return Diagnostic::new(rule::MISSING_FRONT_MATTER, span, "抬头的前面没有 ---")
            .help("在这一行上面加一行 ---，在最后一个键的下面再加一行 ---");
    }
    let has_markers = text.lines().any(is_marker);
    Diagnostic::new(rule::MISSING_FRONT_MATTER, span, "文件开头没有抬头（front matter）").help(if has_markers {
        "第一行必须是 ---，把它上面的内容移到下面去"
    } else {
        "在最前面写三行：---、标题: 某某、---"
    })
}

/// Whether a line was meant as a marker: dashes of other kinds, or more or fewer of them.
fn is_like_marker(line: &str) -> bool {
    let count = line.chars().count();
    let is_dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '─' | '=' | '+');
    line.chars().all(is_dash) && (count >= 2 || line == "—")
}

/// What follows an unclosed front matter cannot be told from it for sure; the lines up to the
/// first that is no key are taken for it, so that the rest is still looked at.
fn unclosed(file: FileId, text: &str, blank: usize, start: usize) -> (Split, Option<Diagnostic>) {
    let mut at = start;
    while at < text.len() {
        let line = line_at(text, at).trim_end();
        if is_like_marker(line) {
            let problem = Diagnostic::new(
                rule::UNCLOSED_FRONT_MATTER,
                Span::new(file, at, at + line.len()),
                "抬头的最后一行不是三个半角减号",
            )
            .help("换成 ---，前后不要有别的字");
            let split = Split {
                front_matter: Span::new(file, start, at),
                body: Span::new(file, next_line(text, at), text.len()),
            };
            return (split, Some(problem));
        }
        let is_key = line.starts_with([' ', '\t', '-', '#']) || line.contains([':', '：']);
        let is_heading = line.starts_with("# ") || line.starts_with("##");
        if !is_key || is_heading {
            break;
        }
        at = next_line(text, at);
    }
    let problem = Diagnostic::new(
        rule::UNCLOSED_FRONT_MATTER,
        Span::new(file, blank, blank + line_at(text, blank).trim_end().len()),
        "抬头没有结束：后面找不到第二行 ---",
    )
    .label("从这里开始")
    .help("在最后一个键的下一行写 ---");
    let split = Split {
        front_matter: Span::new(file, start, at),
        body: Span::new(file, at, text.len()),
    };
    (split, Some(problem))
}

/// The longest that what stands before a colon may be to look like a key (in characters).
const LONGEST_KEY: usize = 12;

fn is_marker(line: &str) -> bool {
    line.trim_end_matches(['\r', '\n', ' ', '\t']) == "---"
}

fn line_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    &rest[..rest.find('\n').unwrap_or(rest.len())]
}

fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |line| at + line + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, front_matter: &str, body: &str, rule_id: Option<&str>) {
        let (split, problem) = split(FileId(0), text);
        assert_eq!(&text[split.front_matter.range()], front_matter);
        assert_eq!(&text[split.body.range()], body);
        assert_eq!(problem.map(|problem| problem.rule.id), rule_id);
    }

    #[test]
    fn the_two_parts() {
        check("---\ntitle: 甲\n---\n正文\n", "title: 甲\n", "正文\n", None);
        check("---\r\ntitle: 甲\r\n---\r\n正文\r\n", "title: 甲\r\n", "正文\r\n", None);
        check("\n\n---\ntitle: 甲\n---", "title: 甲\n", "", None);
        check("---\n---\n", "", "", None);
        check(
            "---\ntitle: 甲 ---\nb: ---x\n---  \n正文",
            "title: 甲 ---\nb: ---x\n",
            "正文",
            None,
        );
    }

    #[test]
    fn what_can_be_wrong() {
        check("", "", "", Some("file/empty"));
        check(" \n\n", "", " \n\n", Some("file/empty"));
        check("正文\n", "", "正文\n", Some("front-matter/missing"));
        check("———\ntitle: 甲\n", "", "———\ntitle: 甲\n", Some("front-matter/missing"));
        check(
            "---\ntitle: 甲\n\n## 背景\n",
            "title: 甲\n",
            "\n## 背景\n",
            Some("front-matter/unclosed"),
        );
        check("---", "", "", Some("front-matter/unclosed"));
    }
}
