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
use crate::phase::phase;
use crate::read::{Entry, Library};
use crate::source::Span;

/// A rule for one entry.
type EntryCheck = fn(&Library, &Entry, &mut Vec<Diagnostic>);
/// Rules for the whole library.
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

const LIBRARY_CHECKS: &[(&str, LibraryCheck)] = &[
    ("网址", output_paths::check),
    ("设置", site::check),
    ("联系方式", contacts::check_site),
    ("位置", places::check_together),
    ("底图", base_maps::check),
    ("平面图", plans::check),
    ("文字损坏", text::check),
    ("用词和名称", wording::check),
    ("更新情况", freshness::check),
    ("个人信息", privacy::check),
    // Links and structure.
    ("附件的使用", assets::check),
    ("站外链接", outside_links::check_hosts),
    ("附件的内容", structure::attachments::check),
    ("颜色对比", contrast::check),
];

/// All problems of a library, in no particular order.
pub fn run(library: &Library) -> Vec<Diagnostic> {
    let _whole = phase("检查");
    let part = phase("逐篇检查");
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
    drop(part);
    for (name, check) in LIBRARY_CHECKS {
        let _part = phase(name);
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
