//! Where files are used: what is wrong with a file that has no text of its own is shown there.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::read::files::pictures_of;
use crate::read::link_target::{joined, split_destination};
use crate::read::outline::LinkKind;
use crate::read::{Entry, Library};
use crate::source::Span;

/// What is wrong with a file, by its path below `content/`.
pub type InFile = (String, Diagnostic);

/// The first use of a file.
enum Use<'a> {
    /// In a body.
    Link(Span),
    /// In a key of the front matter.
    Key(&'a Entry, String),
}

/// Gives what is wrong with files the places of their first uses.
pub fn place(library: &Library, in_files: Vec<InFile>, diagnostics: &mut Vec<Diagnostic>) {
    if in_files.is_empty() {
        return;
    }
    let uses = uses(library);
    for (path, mut diagnostic) in in_files {
        diagnostic.span = match uses.get(&path) {
            Some(Use::Link(span)) => Some(*span),
            Some(Use::Key(entry, way)) => Some(library.field_span(entry, way)),
            None => base_map(library, &path),
        };
        diagnostics.push(diagnostic);
    }
}

fn base_map(library: &Library, path: &str) -> Option<Span> {
    let mut owned = library.base_maps();
    owned
        .find(|owned| owned.path().as_deref() == Some(path))
        .and_then(|owned| owned.span(library, "file"))
}

fn uses(library: &Library) -> BTreeMap<String, Use<'_>> {
    let mut uses = BTreeMap::new();
    for entry in library.shown().chain(library.introductions()) {
        let path = |destination: &str| joined(&entry.content_path, &split_destination(destination).path);
        for link in entry
            .outline
            .links
            .iter()
            .filter(|link| link.kind != LinkKind::Footnote)
        {
            if let Some(path) = path(&link.destination) {
                uses.entry(path).or_insert(Use::Link(link.span));
            }
        }
        for (way, picture) in pictures_of(entry) {
            if let Some(path) = path(&picture.src) {
                uses.entry(path).or_insert(Use::Key(entry, way));
            }
        }
    }
    uses
}
