//! Pure functions from the library to diagnostics, one file a group.
//!
//! What a single file shows by itself (types, missing keys, encodings) was found by `read`; here
//! is what needs the library: references, links, output paths, the sense of dates and places.

mod base_maps;
mod blocks;
mod dates;
mod links;
mod output_paths;
mod places;
mod plans;
mod raw_html;
mod references;
mod roundtables;
mod site;

pub use raw_html::ALLOWED_ELEMENTS;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::read::{Entry, Library};

/// A rule for one entry.
type EntryCheck = fn(&Library, &Entry, &mut Vec<Diagnostic>);
/// A rule for the whole library.
type LibraryCheck = fn(&Library, &mut Vec<Diagnostic>);

const ENTRY_CHECKS: &[EntryCheck] = &[
    references::check,
    links::check,
    dates::check,
    places::check,
    raw_html::check,
    blocks::check,
    roundtables::check,
];

const LIBRARY_CHECKS: &[LibraryCheck] = &[output_paths::check, site::check, base_maps::check, plans::check];

/// All problems of a library, in no particular order.
pub fn run(library: &Library) -> Vec<Diagnostic> {
    let introductions = library
        .columns
        .iter()
        .filter_map(|column| column.introduction.as_deref());
    let entries: Vec<_> = library.entries.iter().chain(introductions).collect();
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
