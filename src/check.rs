//! Pure functions from the library to diagnostics, one file a group.
//!
//! What a single file shows by itself (types, missing keys, encodings) was found by `read`; here
//! is what needs the library: references, links, output paths, the sense of dates and places.

mod assets;
mod base_maps;
mod blocks;
mod contacts;
mod contrast;
mod dates;
mod entry_texts;
pub mod freshness;
mod hours;
mod images;
mod links;
mod output_paths;
pub mod outside_links;
mod places;
mod plans;
mod privacy;
mod raw_html;
mod references;
mod review;
mod roundtables;
pub mod settings;
mod site;
mod structure;
mod text;
mod wording;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::read::{Entry, Library};
use crate::source::Span;

/// A rule for one entry.
type EntryCheck = fn(&Library, &Entry, &mut Vec<Diagnostic>);
/// A rule for the whole library.
type LibraryCheck = fn(&Library, &mut Vec<Diagnostic>);

const ENTRY_CHECKS: &[EntryCheck] = &[
    references::check,
    links::check,
    dates::check,
    places::check,
    hours::check,
    contacts::check,
    raw_html::check,
    blocks::check,
    roundtables::check,
    review::check,
    // Links and structure.
    links::words::check,
    images::check,
    structure::headings::check,
    structure::paragraphs::check,
    structure::tables::check,
    structure::case_parts::check,
];

const LIBRARY_CHECKS: &[LibraryCheck] = &[
    output_paths::check,
    site::check,
    contacts::check_site,
    places::check_together,
    base_maps::check,
    plans::check,
    text::check,
    wording::check,
    freshness::check,
    privacy::check,
    // Links and structure.
    assets::check,
    outside_links::check_hosts,
    structure::attachments::check,
    contrast::check,
];

/// All problems of a library, in no particular order.
pub fn run(library: &Library) -> Vec<Diagnostic> {
    let entries: Vec<_> = library.entries.iter().chain(library.introductions()).collect();
    let mut diagnostics: Vec<_> = entries
        .par_iter()
        .flat_map_iter(|entry| {
            let mut found = Vec::new();
            for check in ENTRY_CHECKS {
                check(library, entry, &mut found);
            }
            found
        })
        .collect();
    for check in LIBRARY_CHECKS {
        check(library, &mut diagnostics);
    }
    diagnostics
}

/// Where words stand in the value of an entry's key; the whole value where it writes them otherwise.
fn words_of_value(library: &Library, entry: &Entry, way: &str, words: &str) -> Span {
    words_in(library, library.field_span(entry, way), words)
}

/// Where words stand in a place; the whole place where it writes them otherwise.
fn words_in(library: &Library, span: Span, words: &str) -> Span {
    let place = library.sources.text(span).find(words).filter(|_| !words.is_empty());
    place.map_or(span, |at| {
        let start = span.range().start + at;
        Span::new(span.file, start, start + words.len())
    })
}

#[cfg(test)]
mod tests;
