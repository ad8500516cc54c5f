//! Inputs that once made hongtu panic, hang, or publish what it must not. Most were found by the
//! fuzz target (see `fuzz/`), and each is an input of it: the first byte says what the rest is taken
//! for. What was wrong stands in the name of the file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

#[path = "../fuzz/harness.rs"]
mod harness;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// A small input must not take longer, not even without optimisation on a busy machine.
const LONGEST: Duration = Duration::from_secs(10);

#[test]
fn what_was_wrong_once_stays_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/museum");
    let mut failures = Vec::new();
    let mut count = 0;
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        count += 1;
        let input = fs::read(&path).unwrap();
        let start = Instant::now();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if catch_unwind(AssertUnwindSafe(|| harness::run(&input))).is_err() {
            failures.push(format!("{name}: panics"));
        }
        if start.elapsed() > LONGEST {
            failures.push(format!("{name}: takes {:?}", start.elapsed()));
        }
    }
    assert!(count > 0, "the museum is not empty");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_form_of_input_has_its_own_letter() {
    for (letter, form) in harness::FORMS {
        assert_eq!(harness::form_of(letter), form);
    }
    // The harness itself sees what it should.
    let harmful = [
        "<p onclick=\"x\">",
        "<p style=\"x\">",
        "<script>x</script>",
        "<a href=\"JAVA\tscript:x\"></a>",
        "<img src=\"https://a.b/c.png\">",
        "<img src=\"//a.b/c.png\">",
        "<p>",
        "</p>",
        "<p class=a></p>",
        "a < b",
        "<p id=\"a\" id=\"b\"></p>",
    ];
    for html in harmful {
        let found = catch_unwind(|| harness::assert_harmless(html, harness::Part::Body));
        assert!(found.is_err(), "{html} is harmful");
    }
    harness::assert_harmless(
        "<p class=\"a\">&lt;script&gt; <a href=\"../a.html#x\">x</a><br></p>",
        harness::Part::Body,
    );
}
