//! The opening tags in raw HTML, told apart well enough for messages and for finding the files
//! that a page uses. What of it is published is decided by a real HTML parser, in `clean`.

pub mod clean;

use std::borrow::Cow;
use std::ops::Range;

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

/// Elements in which an HTML parser takes tags for text. None of them is allowed; left to the parser
/// they would show a page's own tags to its readers.
const SWALLOWING: [&str; 8] = [
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "textarea",
    "title",
    "xmp",
];

/// Raw HTML in which tags that would make text of what follows them are unknown ones, which cleaning
/// takes out. A piece may begin or end within a tag.
pub fn defused(html: &str) -> Cow<'_, str> {
    let mut result = String::new();
    let mut done = 0;
    for (at, _) in html.match_indices('<') {
        let name = at + 1 + usize::from(html[at + 1..].starts_with('/'));
        let rest = &html[name..];
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        if SWALLOWING
            .iter()
            .any(|swallowing| rest[..length].eq_ignore_ascii_case(swallowing))
        {
            result.push_str(&html[done..name]);
            result.push_str("x-");
            done = name;
        }
    }
    if done == 0 {
        return html.into();
    }
    result.push_str(&html[done..]);
    result.into()
}

/// An opening tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its bytes, from `<` to `>`.
    pub range: Range<usize>,
    /// The element, lower-cased.
    pub element: String,
    /// In their order.
    pub attributes: Vec<Attribute>,
}

/// An attribute of an opening tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Lower-cased.
    pub name: String,
    /// Without quotes, `&amp;` resolved.
    pub value: String,
    /// The bytes of the value, without quotes.
    pub range: Range<usize>,
}

/// The opening tags of a piece of HTML. Comments are passed over.
pub fn tags(text: &str) -> Vec<Tag> {
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
        let end = start + 1 + tag_end(rest);
        let inner = start + 1 + length..end;
        tags.push(Tag {
            range: start..end,
            element: rest[..length].to_ascii_lowercase(),
            attributes: attributes(text, inner),
        });
        at = end;
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

/// The attributes in what stands between an element's name and the end of its tag.
fn attributes(text: &str, inner: Range<usize>) -> Vec<Attribute> {
    let end = inner.start + text[inner.clone()].trim_end_matches('>').len();
    let mut attributes = Vec::new();
    let mut at = inner.start;
    loop {
        at += leading(&text[at..end], |c| c.is_whitespace() || c == '/');
        let length = leading(&text[at..end], |c| !c.is_whitespace() && !matches!(c, '=' | '/'));
        if length == 0 {
            // A stray `=` begins no attribute, and must not stop the reading for ever.
            match text[at..end].chars().next() {
                Some(stray) => at += stray.len_utf8(),
                None => return attributes,
            }
            continue;
        }
        let name = text[at..at + length].to_ascii_lowercase();
        at += length;
        let gap = leading(&text[at..end], char::is_whitespace);
        let mut range = at..at;
        if text[at + gap..end].starts_with('=') {
            at += gap + 1;
            at += leading(&text[at..end], char::is_whitespace);
            range = value_range(text, at..end);
            at = range.end + usize::from(range.start > at && range.end < end);
        }
        let value = text[range.clone()].replace("&amp;", "&");
        attributes.push(Attribute { name, value, range });
    }
}

/// The bytes of a value without its quotes.
fn value_range(text: &str, rest: Range<usize>) -> Range<usize> {
    match text[rest.clone()].chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let start = rest.start + 1;
            let length = text[start..rest.end].find(quote).unwrap_or(rest.end - start);
            start..start + length
        }
        _ => rest.start..rest.start + leading(&text[rest], |c| !c.is_whitespace()),
    }
}

/// How many bytes at the front are characters of a kind.
fn leading(text: &str, is_of_kind: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_of_kind(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_attributes_are_told_apart() {
        let text = "<p class=a onclick='x>y' hidden>甲</p><!-- <script> --><br/><IMG src = \"甲 乙.png\" alt=x>";
        let found: Vec<_> = tags(text)
            .into_iter()
            .map(|tag| {
                let attributes: Vec<_> = tag
                    .attributes
                    .iter()
                    .map(|found| format!("{}={}", found.name, found.value))
                    .collect();
                format!("{} {}", tag.element, attributes.join(","))
            })
            .collect();
        assert_eq!(
            found,
            ["p class=a,onclick=x>y,hidden=", "br ", "img src=甲 乙.png,alt=x"]
        );
    }

    #[test]
    fn what_makes_text_of_tags_is_an_unknown_element() {
        assert_eq!(
            defused("<b><TextArea a></textarea><titles><title\n<"),
            "<b><x-TextArea a></x-textarea><titles><x-title\n<"
        );
        assert_eq!(defused("<p>甲</p>"), "<p>甲</p>");
    }

    #[test]
    fn broken_tags_end() {
        for text in [
            "<a",
            "<a href",
            "<a href=",
            "<a href='",
            "<a ==\" =>",
            "<a/ / =",
            "<<a>",
            "<a b=c=d>",
        ] {
            for tag in tags(text) {
                for attribute in tag.attributes {
                    assert!(text.get(attribute.range).is_some(), "{text}");
                }
            }
        }
    }
}
