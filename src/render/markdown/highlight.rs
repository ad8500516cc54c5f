//! Code: coloured by a few classes that the theme's style sheet knows.
//!
//! syntect's own HTML names every scope of every token, which makes code weigh five times what it
//! does as text. A reader sees seven kinds of words, so a token gets the one class of the deepest
//! scope that has one, and neighbours of one class are one span.

use std::fmt::Write as _;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::escape;
use crate::read::Library;

/// Longer code is shown plainly: colouring costs a second a megabyte or more.
const LONGEST: usize = 100_000;
/// Code with longer lines is shown plainly: some languages' patterns go through a line again and
/// again, and nobody reads such lines.
const LONGEST_LINE: usize = 4_000;

/// The first words of scopes that have a class, `hl-` and the word.
const CLASSES: &[&str] = &[
    "comment", "string", "constant", "keyword", "storage", "entity", "support",
];

/// The known languages.
pub struct Highlighter {
    syntaxes: SyntaxSet,
    /// The scopes that have a class, each with it: compared as numbers, since a scope's name costs a
    /// lock and an allocation, and deep code asks for a hundred names a word.
    classes: Vec<(Scope, &'static str)>,
}

impl Highlighter {
    /// Loads the languages, when some shown entry has a fence that could be code.
    pub fn if_needed(library: &Library) -> Option<Self> {
        let is_code = |name: &str| name.is_ascii();
        let mut entries = library.shown().chain(library.introductions());
        let needed = entries.any(|entry| entry.outline.fences.iter().any(|fence| is_code(&fence.name)));
        needed.then(Self::new)
    }

    fn new() -> Self {
        let classes = CLASSES.iter().filter_map(|name| Some((Scope::new(name).ok()?, *name)));
        Self {
            syntaxes: SyntaxSet::load_defaults_newlines(),
            classes: classes.collect(),
        }
    }

    /// Code as coloured HTML; `None` for a language that is not known.
    pub fn highlight(&self, language: &str, code: &str) -> Option<String> {
        if code.len() > LONGEST || code.lines().any(|line| line.len() > LONGEST_LINE) {
            return None;
        }
        let syntax = self.syntaxes.find_syntax_by_token(language)?;
        let mut state = ParseState::new(syntax);
        let mut stack = ScopeStack::new();
        let mut spans = Spans::default();
        for line in LinesWithEndings::from(code) {
            let mut done = 0;
            for (at, change) in state.parse_line(line, &self.syntaxes).ok()? {
                spans.push(line.get(done..at)?, self.class(&stack));
                stack.apply(&change).ok()?;
                done = at;
            }
            spans.push(line.get(done..)?, self.class(&stack));
        }
        Some(framed(&spans.finish(), Some(language)))
    }

    /// The class of the deepest scope that has one.
    fn class(&self, stack: &ScopeStack) -> Option<&'static str> {
        stack.as_slice().iter().rev().find_map(|scope| {
            let class = self.classes.iter().find(|(first, _)| first.is_prefix_of(*scope));
            class.map(|(_, name)| *name)
        })
    }
}

/// HTML in which neighbours of one class share a span.
#[derive(Default)]
struct Spans {
    html: String,
    open: Option<&'static str>,
}

impl Spans {
    fn push(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        // Space looks the same in any colour.
        if class != self.open && !text.trim().is_empty() {
            self.close();
            if let Some(class) = class {
                let _ = write!(self.html, "<span class=\"hl-{class}\">");
            }
            self.open = class;
        }
        self.html.push_str(&escape(text));
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

/// Code without colours.
pub fn plain(code: &str, language: Option<&str>) -> String {
    framed(&escape(code), language)
}

fn framed(html: &str, language: Option<&str>) -> String {
    let mut framed = String::from("<pre class=\"code\" tabindex=\"0\"><code");
    if let Some(language) = language {
        let _ = write!(framed, " class=\"language-{}\"", escape(language));
    }
    framed.push('>');
    framed.push_str(html);
    framed.push_str("</code></pre>");
    framed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endless_lines_are_not_coloured() {
        let highlighter = Highlighter::new();
        assert!(highlighter.highlight("json", "[1]\n").is_some());
        assert_eq!(highlighter.highlight("json", &"1,".repeat(4000)), None);
    }

    #[test]
    fn few_spans_and_all_the_text() {
        let highlighter = Highlighter::new();
        let code = "标题: \"甲 & 乙\"  # 注\n数: 3\n";
        let html = highlighter.highlight("yaml", code).unwrap();
        let mut text = String::new();
        let mut rest = html.as_str();
        while let Some(at) = rest.find('<') {
            text.push_str(&rest[..at]);
            rest = rest[at..].split_once('>').unwrap().1;
        }
        assert_eq!(text + rest, escape(code));
        assert!(html.contains("<span class=\"hl-comment\"># 注"), "{html}");
        assert!(html.matches("<span").count() <= 6, "{html}");
        assert_eq!(highlighter.highlight("没有这种语言", "x"), None);
    }
}
