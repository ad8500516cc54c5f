//! Custom properties of style sheets, `--ink: #1f1b16`, by the selector of their rule, with their places.

use std::ops::Range;

use crate::source::{FileId, Sources, Span};

/// References of one property to another go on for no longer than this.
const LONGEST_WAY: usize = 8;

/// The custom properties of some style sheets, in their order.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    declared: Vec<Declared>,
}

/// A declaration.
#[derive(Debug)]
struct Declared {
    /// Of its rule; a list is several declarations.
    selector: String,
    /// Without the two hyphens.
    name: String,
    token: Token,
}

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) value: String,
    pub(super) span: Span,
}

impl Tokens {
    /// Reads style sheets. What stands in `@media` and the like is left out: it does not hold everywhere.
    pub(super) fn read(sources: &Sources, files: &[FileId]) -> Self {
        let mut tokens = Self::default();
        for file in files {
            let text = sources.get(*file).map_or("", |source| &*source.text);
            let blanked = without_comments(text);
            for (selectors, block) in rules(&blanked) {
                for (name, value) in declarations(&blanked, block) {
                    let span = Span::new(*file, value.start, value.end);
                    tokens
                        .declared
                        .extend(blanked[selectors.clone()].split(',').map(|selector| Declared {
                            selector: selector.trim().to_owned(),
                            name: blanked[name.clone()].to_owned(),
                            token: Token {
                                value: blanked[value.clone()].to_owned(),
                                span,
                            },
                        }));
                }
            }
        }
        tokens
    }

    /// The value of a property where these selectors hold, later ones before earlier ones. A reference to
    /// another property leads to its value.
    pub(super) fn find(&self, name: &str, selectors: &[String]) -> Option<Token> {
        let mut name = name.to_owned();
        for _ in 0..LONGEST_WAY {
            let token = self.declared_for(&name, selectors)?;
            match reference(&token.value) {
                Some(other) => other.clone_into(&mut name),
                None => return Some(token.clone()),
            }
        }
        None
    }

    fn declared_for(&self, name: &str, selectors: &[String]) -> Option<&Token> {
        let of = |selector: &String| {
            let mut declared = self.declared.iter().rev();
            declared.find(|declared| declared.name == name && declared.selector == *selector)
        };
        selectors.iter().rev().find_map(of).map(|declared| &declared.token)
    }
}

/// The property that a value refers to.
fn reference(value: &str) -> Option<&str> {
    let inner = value.strip_prefix("var(")?.strip_suffix(')')?;
    let name = inner.split(',').next().unwrap_or(inner);
    name.trim().strip_prefix("--")
}

/// The same text with spaces instead of comments, so that all places stay.
fn without_comments(text: &str) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        let end = rest[at..].find("*/").map_or(rest.len(), |end| at + end + 2);
        blanked.push_str(&rest[..at]);
        blanked.extend(std::iter::repeat_n(' ', end - at));
        rest = &rest[end..];
    }
    blanked.push_str(rest);
    blanked
}

/// The uppermost rules: their selectors, and what stands between their braces.
fn rules(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut rules = Vec::new();
    let mut depth = 0_usize;
    let (mut selector, mut block) = (0, 0);
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'{') => {
                depth += 1;
                if depth == 1 {
                    block = at + 1;
                }
            }
            (None, b'}') => {
                if depth == 1 {
                    let selectors = selector..block - 1;
                    if !text[selectors.clone()].trim_start().starts_with('@') {
                        rules.push((selectors, block..at));
                    }
                    selector = at + 1;
                }
                depth = depth.saturating_sub(1);
            }
            // An at-rule without a block, such as `@import`.
            (None, b';') if depth == 0 => selector = at + 1,
            _ => {}
        }
    }
    rules
}

/// The custom properties of a block: their names without hyphens, and their values without spaces around.
fn declarations(text: &str, block: Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut start = block.start;
    for piece in text[block].split_inclusive(';') {
        let (begin, whole) = (start, piece.trim_end_matches(';'));
        start += piece.len();
        let Some((name, value)) = whole.split_once(':') else {
            continue;
        };
        if !name.trim_start().starts_with("--") {
            continue;
        }
        let name_start = begin + name.len() - name.trim_start().len() + 2;
        let name_end = begin + name.trim_end().len();
        let value_start = begin + name.len() + 1 + value.len() - value.trim_start().len();
        found.push((name_start..name_end, value_start..value_start + value.trim().len()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, name: &str, selectors: &[&str]) -> Option<String> {
        let mut sources = Sources::default();
        let file = sources.add("a.css", text);
        let selectors: Vec<String> = selectors.iter().map(|selector| (*selector).to_owned()).collect();
        let token = Tokens::read(&sources, &[file]).find(name, &selectors)?;
        assert_eq!(sources.text(token.span), token.value, "the place is that of the value");
        Some(token.value)
    }

    const STYLE: &str = "@import 'a;b{c}.css';\n\
        :root { --ink: #111; /* --ink: #222; 夜 */ --ink-2 : rgb(1 2 3) ; color: red }\n\
        .night, html.night { --ink: #eee; --link: var(--ink, #000) }\n\
        @media print { :root { --ink: #000; } }\n\
        .q::after { content: \"}{\"; --ink-2: #333 }\n";

    #[test]
    fn values_hold_where_their_selectors_do() {
        assert_eq!(find(STYLE, "ink", &[":root"]).as_deref(), Some("#111"));
        assert_eq!(find(STYLE, "ink", &[":root", ".night"]).as_deref(), Some("#eee"));
        assert_eq!(
            find(STYLE, "ink-2", &[":root", "html.night"]).as_deref(),
            Some("rgb(1 2 3)")
        );
        assert_eq!(find(STYLE, "ink-2", &[".q::after"]).as_deref(), Some("#333"));
        assert_eq!(find(STYLE, "ink-3", &[":root"]), None);
    }

    #[test]
    fn references_lead_to_values_and_never_round_for_good() {
        assert_eq!(find(STYLE, "link", &[":root", ".night"]).as_deref(), Some("#eee"));
        assert_eq!(find(":root { --a: var(--b); --b: var(--a) }", "a", &[":root"]), None);
    }

    #[test]
    fn broken_style_sheets_are_read_as_far_as_they_go() {
        assert_eq!(find(":root { --a: #111; ", "a", &[":root"]), None);
        assert_eq!(find("} :root { --a: #111 } /* 没完", "a", &[":root"]).as_deref(), None);
        assert_eq!(
            find("a{} :root { --a: #111 } /* 没完", "a", &[":root"]).as_deref(),
            Some("#111")
        );
    }
}
