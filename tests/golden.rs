//! Small complete sites and what becomes of them, word for word.
//!
//! `tests/sites/<name>/` holds a site (`content/`, perhaps `themes/`), and:
//!
//! - `golden.txt`: the outputs that are kept in `expected/`, one a line. Of pages that is `<main>`,
//!   without drawings, which have tests of their own. `expected/` also has the paths of all outputs
//!   and the problems that were reported. Hashes in names are left out.
//! - `links.txt`: what must lead where, as data. `page | heading | a.html, b.html` says that the part
//!   under that heading leads to just these entries of their folders (lists and feeds are none), in this order;
//!   `page | heading | says 甲, 乙` that these words stand there in this order. The heading `*` is the
//!   whole of `<main>`.
//!
//! `HONGTU_BLESS=1 cargo test --test golden` writes what is made now; read the difference. A kept
//! output that nothing asks for fails.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hongtu::read::{Drafts, Options};
use hongtu::schema::date::Date;
use support::{DAY, Tree, tree};
use unicode_normalization::UnicodeNormalization;

fn sites() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut sites: Vec<_> = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
    sites.sort();
    sites
}

/// A built site: outputs as text, and its problems.
struct Site {
    outputs: BTreeMap<String, String>,
    problems: String,
}

/// Builds a copy whose names are decomposed, as macOS gives them.
fn build(site: &Path) -> Site {
    let copy = tempfile::tempdir().unwrap();
    for folder in ["content", "themes"] {
        for (path, bytes) in tree(&site.join(folder)) {
            let decomposed: String = path.nfd().collect();
            support::write_files(&copy.path().join(folder), [(decomposed.as_str(), bytes.as_slice())]);
        }
    }
    let options = Options {
        content: copy.path().join("content"),
        themes: copy.path().join("themes"),
        cache: None,
        drafts: Drafts::Hidden,
        as_of: Date::parse(DAY).unwrap(),
        base_url: None,
    };
    let built = hongtu::build(&options).unwrap();
    let mut problems = String::new();
    for problem in &built.diagnostics {
        let place = problem.span.and_then(|span| {
            let source = built.sources().get(span.file)?;
            let at = source.line_column(span.range().start);
            Some(format!("{}:{}:{}", source.path, at.line, at.column))
        });
        writeln!(
            problems,
            "{} {} {}",
            place.unwrap_or_default(),
            problem.rule.id,
            problem.message
        )
        .unwrap();
    }
    assert!(!built.has_errors(), "{}:\n{problems}", site.display());
    let outputs = built.rendered.portal.outputs().unwrap().into_iter();
    Site {
        outputs: outputs
            .map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned()))
            .collect(),
        problems,
    }
}

/// `assets/hong.0123456789.css` is `assets/hong.HASH.css`.
fn without_hashes(text: &str) -> String {
    let mut result = String::new();
    for part in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_hex = word.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c));
        let after_point = result.ends_with('.');
        if is_hex && after_point && word.len() == 10 {
            result.push_str("HASH");
            result.push_str(&part[word.len()..]);
        } else {
            result.push_str(part);
        }
    }
    result
}

/// Replaces what stands between two marks, both included; marks inside of one another count as one.
fn without(text: &str, open: &str, close: &str, instead: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(open) {
        result.push_str(&rest[..start]);
        result.push_str(instead);
        let mut at = start + open.len();
        let mut depth = 1;
        while depth > 0 {
            let end = rest[at..].find(close).expect("what begins also ends");
            depth += rest[at..at + end].matches(open).count();
            depth -= 1;
            at += end + close.len();
        }
        rest = &rest[at..];
    }
    result + rest
}

fn main_of(html: &str) -> &str {
    let start = html.find("<main").expect("a page has a main part");
    let end = html.find("</main>").expect("a page has a main part");
    &html[start..end + "</main>".len()]
}

/// What is kept of an output.
fn reduced(path: &str, text: &str) -> String {
    let is_page = path.rsplit_once('.').is_some_and(|(_, extension)| extension == "html");
    let text = if is_page && text.contains("<main") {
        without(main_of(text), "<svg", "</svg>", "<svg/>")
    } else {
        text.to_owned()
    };
    let lines: Vec<_> = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .collect();
    without_hashes(&lines.join("\n")) + "\n"
}

#[test]
fn sites_become_what_they_should() {
    let bless = std::env::var_os("HONGTU_BLESS").is_some();
    let mut failures = Vec::new();
    for folder in sites() {
        let site = build(&folder);
        let mut wanted = Tree::new();
        // Sorted without the hashes, whose change is no change of the order.
        let mut paths: Vec<_> = site.outputs.keys().map(|path| without_hashes(path)).collect();
        paths.sort();
        wanted.insert("paths.txt".into(), (paths.join("\n") + "\n").into_bytes());
        wanted.insert("problems.txt".into(), site.problems.clone().into_bytes());
        let list = fs::read_to_string(folder.join("golden.txt")).unwrap();
        for path in list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match site.outputs.get(path) {
                Some(text) => {
                    wanted.insert(path.into(), reduced(path, text).into_bytes());
                }
                None => failures.push(format!("{}: no output {path}", folder.display())),
            }
        }
        let expected = folder.join("expected");
        if bless {
            let _ = fs::remove_dir_all(&expected);
            let files = wanted.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
            support::write_files(&expected, files);
            continue;
        }
        let kept = tree(&expected);
        for path in kept.keys().filter(|path| !wanted.contains_key(*path)) {
            failures.push(format!(
                "{}: {path} is kept, but nothing asks for it",
                expected.display()
            ));
        }
        for (path, bytes) in &wanted {
            let found = String::from_utf8_lossy(bytes);
            let kept = kept
                .get(path)
                .map(|bytes| String::from_utf8_lossy(bytes).replace("\r\n", "\n"));
            match kept {
                None => failures.push(format!("{}: {path} is not kept", expected.display())),
                Some(kept) if kept != found => failures.push(difference(&expected.join(path), &kept, &found)),
                Some(_) => {}
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{}\n(HONGTU_BLESS=1 keeps what is made now)",
        failures.join("\n")
    );
}

/// The first lines that differ.
fn difference(path: &Path, kept: &str, found: &str) -> String {
    let mut kept = kept.lines();
    let mut found = found.lines();
    let mut number = 0;
    loop {
        number += 1;
        match (kept.next(), found.next()) {
            (None, None) => return format!("{}: differs in its line ends", path.display()),
            (a, b) if a == b => {}
            (a, b) => {
                return format!(
                    "{}:{number}:\n  kept: {}\n  made: {}",
                    path.display(),
                    a.unwrap_or("(the end)"),
                    b.unwrap_or("(the end)")
                );
            }
        }
    }
}

/// The part of a page under a heading, up to the next heading of its level or the end of its section.
fn part<'a>(main: &'a str, heading: &str) -> Option<&'a str> {
    if heading == "*" {
        return Some(main);
    }
    let mut rest = main;
    while let Some(start) = rest.find("<h2") {
        let after = &rest[start..];
        let end = after.find("</h2>")?;
        let behind = &after[end..];
        if plain(&after[..end]).trim() == heading {
            let length = ["<h2", "</section>", "</main>"]
                .iter()
                .filter_map(|mark| behind.find(mark))
                .min();
            return Some(&behind[..length.unwrap_or(behind.len())]);
        }
        rest = behind;
    }
    None
}

/// The words of a piece of HTML.
fn plain(html: &str) -> String {
    without(html, "<", ">", "")
}

/// Where the links of a piece lead, as paths below the output folder, in order, each once.
fn destinations(page: &str, html: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, mark) in html.match_indices("href=\"") {
        let href = html[at + mark.len()..].split('"').next().unwrap_or_default();
        let href = href.split('#').next().unwrap_or_default();
        if href.is_empty() || href.contains(':') {
            continue;
        }
        let mut parts: Vec<&str> = page.split('/').collect();
        parts.pop();
        for part in href.split('/') {
            if part == ".." {
                parts.pop();
            } else {
                parts.push(part);
            }
        }
        let path = parts.join("/");
        if !found.contains(&path) {
            found.push(path);
        }
    }
    found
}

#[test]
fn entries_that_belong_together_lead_to_one_another() {
    let mut failures = Vec::new();
    let mut count = 0;
    for folder in sites() {
        let Ok(rules) = fs::read_to_string(folder.join("links.txt")) else {
            continue;
        };
        let site = build(&folder);
        for rule in rules.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            count += 1;
            let mut columns = rule.splitn(3, '|').map(str::trim);
            let (Some(page), Some(heading), Some(wanted)) = (columns.next(), columns.next(), columns.next()) else {
                panic!("not a rule: {rule}");
            };
            if let Err(problem) = hold(&site, page, heading, wanted) {
                failures.push(format!("{rule}\n    {problem}"));
            }
        }
    }
    assert!(count >= 30, "{count} rules");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Lists and feeds are no entries.
fn is_entry(path: &str) -> bool {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    !(name == "index.html" || name == "feed.xml" || name.starts_with("page-"))
}

fn hold(site: &Site, page: &str, heading: &str, wanted: &str) -> Result<(), String> {
    let html = site.outputs.get(page).ok_or("no such page")?;
    let part = part(main_of(html), heading).ok_or("no such heading")?;
    let items = |text: &str| -> Vec<String> {
        let items = text.split(',').map(|item| item.trim().to_owned());
        items.filter(|item| !item.is_empty()).collect()
    };
    if let Some(words) = wanted.strip_prefix("says ") {
        let text = plain(part);
        let mut rest = text.as_str();
        for word in items(words) {
            let at = rest
                .find(&word)
                .ok_or_else(|| format!("“{word}” is not there, or not in this order"))?;
            rest = &rest[at + word.len()..];
        }
        return Ok(());
    }
    let wanted = items(wanted);
    let folder_of = |path: &str| {
        path.rsplit_once('/')
            .map_or(String::new(), |(folder, _)| folder.to_owned())
    };
    let folders: Vec<String> = wanted.iter().map(|path| folder_of(path)).collect();
    let found: Vec<String> = destinations(page, part)
        .into_iter()
        .filter(|path| folders.contains(&folder_of(path)) && is_entry(path))
        .collect();
    if found == wanted {
        Ok(())
    } else {
        Err(format!("leads to {found:?}"))
    }
}
