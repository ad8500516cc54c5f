//! Paragraphs that no one reads to their end on a telephone.

use crate::diagnostic::{Diagnostic, rule};
use crate::read::{Entry, Library};
use crate::source::Span;

/// So many characters of a paragraph are marked: its beginning is enough to find it.
const MARKED: usize = 20;

pub(in crate::check) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    let most = library.config.checks.longest_paragraph;
    let long = entry.outline.long_paragraphs.iter();
    for paragraph in long.filter(|paragraph| paragraph.characters > most) {
        let text = library.sources.text(paragraph.span);
        let length: usize = text.chars().take(MARKED).map(char::len_utf8).sum();
        let start = paragraph.span.range().start;
        let message = format!("这一段有 {} 字，超过 {most} 字", paragraph.characters);
        diagnostics.push(
            Diagnostic::new(
                rule::LONG_PARAGRAPH,
                Span::new(entry.file, start, start + length),
                message,
            )
            .label("从这里开始")
            .help("按意思分成几段，段与段之间空一行"),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::found_in;

    #[test]
    fn only_what_is_longer_than_the_limit() {
        let long = |characters: usize| {
            let body = format!("短。\n\n{}\n\n尾。\n", "园区支部办实事".repeat(characters / 7));
            found_in(&body, "structure/long-paragraph")
        };
        let found = long(700);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "这一段有 700 字，超过 600 字");
        assert_eq!(found[0].words, "园区支部办实事园区支部办实事园区支部办实");
        assert!(long(595).is_empty());
    }

    #[test]
    fn paragraphs_are_measured_one_by_one() {
        let body = "园区支部办实事。\n\n".repeat(300);
        assert!(found_in(&body, "structure/long-paragraph").is_empty());
    }
}
