//! Code: coloured by classes that the theme's style sheet knows.

use std::fmt::Write as _;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use super::escape;
use crate::read::Library;

/// The prefix of all classes.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };
/// Longer code is shown plainly: colouring costs a second a megabyte or more.
const LONGEST: usize = 100_000;

/// The known languages.
pub struct Highlighter {
    syntaxes: SyntaxSet,
}

impl Highlighter {
    /// Loads the languages, when some shown entry has a fence that could be code.
    pub fn if_needed(library: &Library) -> Option<Self> {
        let is_code = |name: &str| name.is_ascii();
        let needed = library
            .shown()
            .any(|entry| entry.outline.fences.iter().any(|fence| is_code(&fence.name)));
        needed.then(|| Self {
            syntaxes: SyntaxSet::load_defaults_newlines(),
        })
    }

    /// Code as coloured HTML; `None` for a language that is not known.
    pub fn highlight(&self, language: &str, code: &str) -> Option<String> {
        if code.len() > LONGEST {
            return None;
        }
        let syntax = self.syntaxes.find_syntax_by_token(language)?;
        let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &self.syntaxes, STYLE);
        for line in LinesWithEndings::from(code) {
            generator.parse_html_for_line_which_includes_newline(line).ok()?;
        }
        Some(framed(&generator.finalize(), Some(language)))
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
