//! Raw HTML in Markdown: what is not on the allow-list is taken out of the output, and that is said.

use crate::diagnostic::{Diagnostic, rule};
use crate::read::{Entry, Library};
use crate::source::Span;

/// The elements that writers may use.
pub const ALLOWED_ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

const ALLOWED_ATTRIBUTES: &[&str] = &[
    "href", "src", "alt", "title", "class", "id", "colspan", "rowspan", "scope", "lang", "datetime", "cite", "open",
    "width", "height", "start", "reversed", "value", "dir",
];

/// Whether writers may use an attribute.
pub fn is_allowed_attribute(name: &str) -> bool {
    ALLOWED_ATTRIBUTES.contains(&name)
}

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    for span in &entry.outline.html {
        let text = library.sources.text(*span);
        for found in tags(text) {
            let place = Span::new(
                span.file,
                span.start as usize + found.at,
                span.start as usize + found.at + found.length,
            );
            let message = if !ALLOWED_ELEMENTS.contains(&found.element.as_str()) {
                format!("不能用 <{}>，已经去掉", found.element)
            } else if let Some(attribute) = found.attributes.iter().find(|name| !is_allowed_attribute(name)) {
                format!("<{}> 上不能用 {attribute}，已经去掉", found.element)
            } else {
                continue;
            };
            diagnostics.push(
                Diagnostic::new(rule::HTML_REMOVED, place, message)
                    .help("用 Markdown 的写法；脚本、样式、隐藏文字和站外资源都不会发布"),
            );
        }
    }
}

/// An opening tag with its attributes' names.
struct Tag {
    at: usize,
    length: usize,
    element: String,
    attributes: Vec<String>,
}

/// The opening tags of a piece of HTML, told apart well enough for a message; what is published
/// is decided by a real HTML parser.
fn tags(text: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('<') {
        let start = at + open;
        let rest = &text[start + 1..];
        if rest.starts_with("!--") {
            at = rest.find("-->").map_or(text.len(), |end| start + 1 + end + 3);
            continue;
        }
        let length = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(rest.len());
        if length == 0 || !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = start + 1;
            continue;
        }
        let end = tag_end(rest);
        tags.push(Tag {
            at: start,
            length: end + 1,
            element: rest[..length].to_ascii_lowercase(),
            attributes: attribute_names(&rest[length..end]),
        });
        at = start + 1 + end;
    }
    tags
}

/// Where the tag ends; a `>` inside quotes does not end it.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    rest.len()
}

fn attribute_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text.trim_end_matches('>');
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let length = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '/'))
            .unwrap_or(rest.len());
        if length == 0 {
            return names;
        }
        names.push(rest[..length].to_ascii_lowercase());
        rest = rest[length..].trim_start();
        if let Some(value) = rest.strip_prefix('=') {
            let value = value.trim_start();
            let length = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].find(quote).map_or(value.len(), |end| end + 2),
                _ => value.find(char::is_whitespace).unwrap_or(value.len()),
            };
            rest = &value[length..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_attributes_are_told_apart() {
        let found: Vec<_> =
            tags("<p class=a onclick='x>y' hidden>甲</p><!-- <script> --><br/><IMG src = \"a b\" alt=x>")
                .into_iter()
                .map(|tag| format!("{} {}", tag.element, tag.attributes.join(",")))
                .collect();
        assert_eq!(found, ["p class,onclick,hidden", "br ", "img src,alt"]);
    }
}
