//! Data of persons: identity numbers, mobiles, bank cards, homes, mailboxes, and what files tell of those who
//! made them.
//!
//! Everything that is published is read: texts as their writers wrote them (running text, tables, code, data
//! blocks and keys alike), data files cell by cell, names of files, what is hidden in pictures and documents.
//! Masks are those of an inspection notice; their stars stay stars where Markdown is read.

mod addresses;
mod data;
mod emails;
mod file_names;
mod forms;
mod hidden;
mod numbers;
mod report;
mod rows;
mod surroundings;
mod tables;
#[cfg(test)]
mod tests;
mod uses;

use rayon::prelude::*;

use super::contacts;
use crate::diagnostic::{Diagnostic, rule};
use crate::read::{Entry, Library};
use crate::source::{FileId, Span};
use numbers::Kind;
use report::Reader;

/// All data of persons in a library.
pub(super) fn check(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let entries: Vec<_> = library.entries.iter().chain(library.introductions()).collect();
    let found: Vec<_> = entries
        .par_iter()
        .flat_map_iter(|entry| in_entry(library, entry))
        .collect();
    diagnostics.extend(found);
    in_site_file(library, diagnostics);
    data::check(library, diagnostics);
    // What has no text of its own is reported where it is used.
    let mut in_files = file_names::check(library, diagnostics);
    in_files.extend(hidden::check(library));
    uses::place(library, in_files, diagnostics);
}

fn in_entry(library: &Library, entry: &Entry) -> Vec<Diagnostic> {
    let text = library.sources.get(entry.file).map_or("", |source| &*source.text);
    let mut found = in_text((entry.file, text), Reader::People);
    if found.iter().any(|one| one.rule == rule::MOBILE) {
        let mut reported = Vec::new();
        contacts::check(library, entry, &mut reported);
        without_reported(&mut found, &reported);
    }
    found
}

/// The texts of `site.yaml`, but for its exceptions, which have to name what they let pass.
fn in_site_file(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let Some(file) = library.config.file else { return };
    let text = library.sources.get(file).map_or("", |source| &*source.text);
    let mut found = in_text((file, text), Reader::People);
    if found.is_empty() {
        return;
    }
    if let Some(settings) = library
        .config
        .span(&library.sources, "checks")
        .filter(|span| span.start > 0)
    {
        found.retain(|one| one.span.is_none_or(|span| !overlap(span, settings)));
    }
    let mut reported = Vec::new();
    contacts::check_site(library, &mut reported);
    without_reported(&mut found, &reported);
    diagnostics.extend(found);
}

/// Mobiles in the keys for telephones have a rule of their own.
fn without_reported(found: &mut Vec<Diagnostic>, reported: &[Diagnostic]) {
    found.retain(|one| {
        one.rule != rule::MOBILE
            || !reported
                .iter()
                .filter(|other| other.rule == rule::PRIVATE_MOBILE)
                .any(|other| one.span.zip(other.span).is_some_and(|(own, other)| overlap(own, other)))
    });
}

fn overlap(own: Span, other: Span) -> bool {
    own.file == other.file && own.start < other.end && other.start < own.end
}

/// All data of persons in a text.
fn in_text((file, text): (FileId, &str), reader: Reader) -> Vec<Diagnostic> {
    let span = |range: &std::ops::Range<usize>| Span::new(file, range.start, range.end);
    let numbers = numbers::find(text, |at| tables::head_at(text, at));
    let mut found: Vec<_> = numbers
        .iter()
        .map(|number| report::number(number, (span(&number.range), reader), ""))
        .collect();
    let addresses = addresses::find(text);
    found.extend(
        addresses
            .iter()
            .map(|address| report::address(address, span(&address.range), "")),
    );
    let emails = emails::find(text);
    found.extend(emails.iter().map(|email| report::email(email, span(&email.range), "")));
    found
}

/// The rule for a kind of number.
fn rule_of(kind: Kind) -> crate::diagnostic::Rule {
    match kind {
        Kind::Identity => rule::ID_NUMBER,
        Kind::Card => rule::BANK_CARD,
        Kind::Mobile => rule::MOBILE,
    }
}
