//! How long each phase of a build takes, and how much memory it all needs.
//!
//! ```text
//! cargo bench --bench phases -- path/to/content [path/to/output]
//! ```
//!
//! Without arguments the demonstration portal is built into a temporary folder. Timings depend on
//! the machine and on what else it does, so nothing is asserted here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]
#![allow(clippy::print_stdout, reason = "printing the table is what this program is for")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use hongtu::read::{Drafts, Options};
use hongtu::schema::date::Date;
use hongtu::{check, derive, read, render, write};

fn main() {
    let arguments: Vec<PathBuf> = std::env::args_os()
        .skip(1)
        .filter(|word| word != "--bench")
        .map(PathBuf::from)
        .collect();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let content = arguments.first().cloned().unwrap_or_else(|| root.join("content"));
    let temporary = tempfile::tempdir().expect("a temporary folder can be made");
    let output = arguments
        .get(1)
        .cloned()
        .unwrap_or_else(|| temporary.path().join("public"));
    let options = Options {
        content,
        themes: root.join("themes"),
        cache: None,
        drafts: Drafts::Hidden,
        as_of: Date {
            year: 2026,
            month: 11,
            day: 21,
            time: None,
        },
        base_url: None,
    };

    let whole = Instant::now();
    let (library, mut diagnostics) = timed("read", || read::read(&options).expect("the content can be read"));
    diagnostics.extend(timed("check", || check::run(&library)));
    let library = Arc::new(library);
    let index = timed("derive", || derive::index(&library));
    let portal = timed("render", || render::render(&library, index).portal);
    let changes = timed("write", || {
        write::bring_up_to_date(&output, &portal, None).expect("the output can be written")
    });
    println!("{:<8} {:>8.0} ms", "all", whole.elapsed().as_secs_f64() * 1000.0);
    println!(
        "{} entries, {} diagnostics, {} files, {} written",
        library.entries.len(),
        diagnostics.len(),
        portal.len(),
        changes.written.len()
    );
    if let Some(peak) = peak_memory() {
        println!("peak memory {peak}");
    }
}

fn timed<T>(phase: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    println!("{phase:<8} {:>8.0} ms", start.elapsed().as_secs_f64() * 1000.0);
    result
}

/// The most memory that the process held, where the system tells.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.trim_start_matches("VmHWM:").trim().to_owned())
}
