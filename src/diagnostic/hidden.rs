//! Reports go into logs, mailboxes and folders: what has to be masked on a page is masked in what is said of it.

use std::collections::BTreeMap;

use super::{Diagnostic, rule};
use crate::source::{FileId, Sources, Span};

/// Shorter numbers tell nothing of a person (figures).
const SHORTEST: usize = 7;
/// So many figures are left at the beginning, to find the place by,
const FIRST: usize = 3;
/// and so many at the end.
const LAST: usize = 2;

/// The texts as reports quote them: the numbers of persons that were found have stars, and everything stands
/// where it stood.
pub fn texts_to_quote(sources: &Sources, diagnostics: &[Diagnostic]) -> Sources {
    let mut by_file: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    let personal = diagnostics
        .iter()
        .filter(|one| one.rule.group() == "privacy" || one.rule == rule::PRIVATE_MOBILE);
    for span in personal.filter_map(|one| one.span) {
        by_file.entry(span.file).or_default().push(span);
    }
    let mut quoted = sources.clone();
    for (file, spans) in by_file {
        if let Some(source) = sources.get(file) {
            quoted.replace_text(file, masked(&source.text, &spans));
        }
    }
    quoted
}

/// The text with stars for the figures in the middle of the numbers at some places: a list may have thousands.
fn masked(text: &str, spans: &[Span]) -> String {
    let mut hidden: Vec<usize> = Vec::new();
    for span in spans {
        let number = text.get(span.range()).unwrap_or_default();
        let figures: Vec<usize> = number
            .char_indices()
            .filter(|(_, letter)| matches!(letter, '0'..='9' | '０'..='９'))
            .map(|(at, _)| span.range().start + at)
            .collect();
        if figures.len() >= SHORTEST {
            hidden.extend(&figures[FIRST..figures.len() - LAST]);
        }
    }
    hidden.sort_unstable();
    let stars = text.char_indices().map(|(at, letter)| match letter {
        '0'..='9' if hidden.binary_search(&at).is_ok() => '*',
        // As long as what it stands for.
        '０'..='９' if hidden.binary_search(&at).is_ok() => '＊',
        letter => letter,
    });
    stars.collect()
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
