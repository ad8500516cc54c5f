//! Reports go into logs, mailboxes and folders: what has to be masked on a page is masked in what is said of it.

use super::{Diagnostic, rule};
use crate::source::{Source, Sources, Span};

/// Shorter numbers tell nothing of a person (figures).
const SHORTEST: usize = 7;
/// So many figures are left at the beginning, to find the place by,
const FIRST: usize = 3;
/// and so many at the end.
const LAST: usize = 2;

/// The texts as reports quote them: the numbers of persons that were found have stars, and everything stands
/// where it stood.
pub fn texts_to_quote(sources: &Sources, diagnostics: &[Diagnostic]) -> Sources {
    let mut quoted = sources.clone();
    let personal = diagnostics
        .iter()
        .filter(|one| one.rule.group() == "privacy" || one.rule == rule::PRIVATE_MOBILE);
    for span in personal.filter_map(|one| one.span) {
        if let Some(text) = quoted.get(span.file).and_then(|source| masked(source, span)) {
            quoted.replace_text(span.file, text);
        }
    }
    quoted
}

/// The text with stars for the figures in the middle of a place; none if there is no such number.
fn masked(source: &Source, span: Span) -> Option<String> {
    let number = source.text.get(span.range())?;
    let is_figure = |letter: char| matches!(letter, '0'..='9' | '０'..='９');
    let count = number.chars().filter(|letter| is_figure(*letter)).count();
    if count < SHORTEST {
        return None;
    }
    let mut figures = 0;
    let stars = number.chars().map(|letter| {
        figures += usize::from(is_figure(letter));
        let is_hidden = is_figure(letter) && figures > FIRST && figures + LAST <= count;
        match letter {
            '0'..='9' if is_hidden => '*',
            // As long as what it stands for.
            '０'..='９' if is_hidden => '＊',
            letter => letter,
        }
    });
    let stars: String = stars.collect();
    let range = span.range();
    Some([&source.text[..range.start], &stars, &source.text[range.end..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons_have_stars_and_nothing_moves() {
        let mut sources = Sources::default();
        let text = "电话 138 1234 5678，卡 ６２１７００００００６，第12345678号，证 11010519491231002X。";
        let file = sources.add("content/a.md", text);
        let found = |rule, words: &str| {
            let start = text.find(words).unwrap();
            Diagnostic::new(rule, Span::new(file, start, start + words.len()), "")
        };
        let diagnostics = [
            found(rule::MOBILE, "138 1234 5678"),
            found(rule::BANK_CARD, "６２１７００００００６"),
            found(rule::ID_NUMBER, "11010519491231002X"),
            found(rule::BROKEN_LINK, "12345678"),
            Diagnostic::new(rule::MOBILE, Span::new(file, 4000, 4011), ""),
        ];
        let quoted = texts_to_quote(&sources, &diagnostics);
        let shown = &*quoted.get(file).unwrap().text;
        assert_eq!(
            shown,
            "电话 138 **** **78，卡 ６２１＊＊＊＊＊＊０６，第12345678号，证 110************02X。"
        );
        assert_eq!(shown.len(), text.len());
    }
}
