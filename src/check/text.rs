//! Damage to words: what comes along when texts are pasted from Word, from web pages and out of old
//! files.
//!
//! Each entry's words are read once, and on the way it is noted what is in them at all ([`signs`]): a rule
//! looks only at words that have the signs it is about, so that clean text costs one pass.

mod brackets;
mod conversion;
mod debris;
mod doubles;
mod figures;
mod full_width;
mod injected;
mod invisible;
mod language;
mod letters;
mod lost_byte;
mod markup;
mod mojibake;
mod navigation;
mod pinyin;
mod relative_time;
mod script;
mod signs;
mod split_terms;
mod table_sums;
mod width;
mod words;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::read::Library;
use language::Language;
use letters::Letters;
use words::Page;

/// A rule for the words of one entry.
type PageCheck = fn(&Page<'_>, &mut Vec<Diagnostic>);

/// What explains damage in a place comes before what would only see the traces of it.
const PAGE_CHECKS: &[PageCheck] = &[
    mojibake::check,
    pinyin::check,
    lost_byte::check,
    invisible::check,
    brackets::check,
    debris::check,
    markup::check,
    width::check,
    full_width::check,
    script::check,
    conversion::check,
    split_terms::check,
    injected::check,
    navigation::check,
    relative_time::check,
    doubles::check,
    figures::check,
    table_sums::check,
];

/// The rules whose places are damaged beyond what other rules could say of them.
const EXPLAINING: &[&str] = &[
    "text/mojibake",
    "text/lost-byte",
    "text/pinyin-tail",
    "text/replacement-character",
];

/// All damage to the words of all entries.
pub(super) fn check(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let letters = Letters::new();
    let language = Language::of(library, &letters);
    let entries: Vec<_> = library
        .entries
        .iter()
        .chain(library.introductions())
        .filter(|entry| entry.has_front_matter())
        .collect();
    let found: Vec<_> = entries
        .par_iter()
        .flat_map_iter(|entry| {
            let page = Page::of(library, entry, (&letters, &language));
            let mut found = Vec::new();
            for check in PAGE_CHECKS {
                check(&page, &mut found);
            }
            without_traces(found)
        })
        .collect();
    diagnostics.extend(found);
}

/// Without what other rules found in the middle of damage that is explained already.
fn without_traces(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_explaining = |diagnostic: &Diagnostic| EXPLAINING.contains(&diagnostic.rule.id);
    let explained: Vec<_> = found
        .iter()
        .filter(|diagnostic| is_explaining(diagnostic))
        .filter_map(|diagnostic| diagnostic.span)
        .collect();
    if explained.is_empty() {
        return found;
    }
    let mut kept: Vec<Diagnostic> = Vec::new();
    for diagnostic in found {
        let overlaps = |span: &crate::source::Span| {
            let own = diagnostic.span.map_or(0..0, crate::source::Span::range);
            let other = span.range();
            own.start < other.end && other.start < own.end
        };
        let is_trace = if is_explaining(&diagnostic) {
            let earlier = kept.iter().filter(|one| is_explaining(one)).filter_map(|one| one.span);
            earlier.into_iter().any(|span| overlaps(&span))
        } else {
            explained.iter().any(overlaps)
        };
        if !is_trace {
            kept.push(diagnostic);
        }
    }
    kept
}
