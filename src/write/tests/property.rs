//! Whatever was there before, the last outputs are what is there after.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Outputs, Place, Tree, bring_up_to_date, bring_up_to_date_as_known, clean_tree, tree};

/// Few names, so that files, folders and spellings collide often.
const NAMES: [&str; 7] = ["a", "b", "b.html", "党建", "é", "e\u{301}", "A"];

/// Where a file system may take two of the names for the same, those are left out.
const NAMES_IN_USE: &[&str] = NAMES.split_at(if cfg!(target_os = "linux") { 7 } else { 5 }).0;

/// Files that hongtu did not write; some of them are in its way now and then.
const FOREIGN: [&str; 3] = ["b/foreign", "党建/a/foreign", "foreign/b"];

fn any_outputs() -> impl Strategy<Value = Outputs> {
    let path = vec(prop::sample::select(NAMES_IN_USE), 1..4).prop_map(|names| names.join("/"));
    vec((path, "[xy]{0,3}"), 0..12).prop_map(|files| {
        let mut outputs = Outputs::new();
        for (path, text) in files {
            if !outputs
                .keys()
                .any(|other| is_under(other, &path) || is_under(&path, other))
            {
                outputs.insert(path, text.into_bytes().into());
            }
        }
        outputs
    })
}

fn is_under(inner: &str, outer: &str) -> bool {
    inner.starts_with(&format!("{outer}/"))
}

fn foreign() -> Outputs {
    let file = |path: &&str| (String::from(*path), b"theirs"[..].into());
    FOREIGN.iter().map(file).collect()
}

/// The paths of files in a tree that no output has.
fn written_and_removed(before: &Tree, after: &Tree) -> (BTreeSet<String>, BTreeSet<String>) {
    let is_output = |path: &&String| !path.ends_with('/') && *path != "hongtu-manifest.json";
    let lacking = |one: &Tree, other: &Tree, also_changed: fn(&[u8], &[u8]) -> bool| {
        one.iter()
            .filter(|(path, _)| is_output(path))
            .filter(|(path, bytes)| other.get(*path).is_none_or(|there| also_changed(bytes, there)))
            .map(|(path, _)| path.clone())
            .collect()
    };
    (
        lacking(after, before, |new, old| new != old),
        lacking(before, after, |_, _| false),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_ends_as_its_last(sequence in vec(any_outputs(), 1..5)) {
        let place = Place::new();
        std::fs::create_dir(&place.folder).unwrap();
        for outputs in sequence {
            let before = tree(&place.folder);
            let changes = bring_up_to_date_as_known(&place.folder, &outputs).unwrap();
            let after = tree(&place.folder);
            prop_assert_eq!(&after, &clean_tree(&outputs));
            prop_assert_eq!(changes.kept + changes.written.len(), outputs.len());
            let (written, removed) = written_and_removed(&before, &after);
            prop_assert_eq!(changes.written, Vec::from_iter(written));
            prop_assert_eq!(changes.removed, Vec::from_iter(removed));
        }
    }

    #[test]
    fn foreign_files_survive_any_sequence(sequence in vec(any_outputs(), 1..5)) {
        let place = Place::new();
        for path in FOREIGN {
            place.put(path, "theirs");
        }
        for outputs in sequence {
            let before = tree(&place.folder);
            let result = bring_up_to_date(&place.folder, &outputs);
            let is_over = |path: &String| FOREIGN.iter().any(|other| is_under(other, path));
            prop_assert_eq!(result.is_err(), outputs.keys().any(is_over));
            let mut expected = before;
            if result.is_ok() {
                expected = clean_tree(&foreign());
                expected.extend(clean_tree(&outputs));
            }
            prop_assert_eq!(tree(&place.folder), expected);
        }
    }
}
