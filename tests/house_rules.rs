//! The rules of the house that no compiler keeps: who may import whom, who touches the disk, who
//! prints, how long a file may be, and what a template may say.
//!
//! The rules read the sources as text. Comments, strings and test modules are told apart as far as a
//! rule needs it, so that prose about a rule does not break it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order in which they may see one another: a room imports only what stands in a
/// line above its own.
const ORDER: &[&[&str]] = &[
    &["phase"],
    &["source"],
    &["diagnostic"],
    &["pictures", "trigonometry", "region_names", "pinyin_words"],
    &["documents"],
    &["coordinates", "region"],
    &["pinyin_slug"],
    &["schema"],
    &["kind"],
    &["config"],
    &["read"],
    &["check", "derive"],
    &["fix", "report", "starter"],
    &["render"],
    &["write"],
    &["serve"],
    &["cli"],
];

/// The data tables, which are as long as the world is.
const TABLES: [&str; 2] = ["pinyin_words.rs", "region_names.rs"];
/// A file longer than this is two files.
const LONGEST: usize = 600;

struct SourceFile {
    /// Below `src/`, with `/`.
    path: String,
    text: String,
}

impl SourceFile {
    /// The first part of its path without extension; `lib` and `main` are no rooms.
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// Lines with their numbers, up to the test module, without comments.
    fn code(&self) -> Vec<(usize, String)> {
        let lines = self.text.lines().enumerate();
        let before_tests = lines.take_while(|(_, line)| !line.starts_with("#[cfg(test)]"));
        before_tests
            .map(|(at, line)| (at + 1, without_comment(line).to_owned()))
            .filter(|(_, line)| !line.trim().is_empty())
            .collect()
    }
}

/// A line up to its `//`, unless that stands in a string.
fn without_comment(line: &str) -> &str {
    let mut in_string = false;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            '/' if !in_string && line[at..].starts_with("//") => return &line[..at],
            _ => {}
        }
    }
    line
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, extension));
        } else if extension.is_empty() || path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read_below(folder: &str, extension: &str) -> Vec<SourceFile> {
    let folder = root().join(folder);
    files_below(&folder, extension)
        .into_iter()
        .map(|path| SourceFile {
            text: fs::read_to_string(&path).unwrap(),
            path: path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/"),
        })
        .collect()
}

fn sources() -> Vec<SourceFile> {
    read_below("src", "rs")
}

#[track_caller]
fn none(rule: &str, found: &[String]) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

/// The rooms that a line of code names: `crate::x`, `crate::{x, y}`, and, in files at the top of
/// `src/`, `super::x`.
fn rooms_named(line: &str) -> Vec<String> {
    let word = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let mut rooms = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => rooms.push(word(rest)),
            Some(group) => {
                let mut depth = 0_usize;
                let mut starts_item = true;
                for (at, c) in group.char_indices() {
                    match c {
                        '}' if depth == 0 => break,
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 0 => starts_item = true,
                        c if starts_item && !c.is_whitespace() => {
                            rooms.push(word(&group[at..]));
                            starts_item = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    rooms
}

#[test]
fn rooms_see_only_what_stands_before_them() {
    let rank: BTreeMap<&str, usize> = ORDER
        .iter()
        .enumerate()
        .flat_map(|(rank, rooms)| rooms.iter().map(move |room| (*room, rank)))
        .collect();
    let mut broken = Vec::new();
    for file in sources().iter().filter(|file| !matches!(file.room(), "lib" | "main")) {
        let room = file.room();
        let Some(own) = rank.get(room) else {
            broken.push(format!("src/{}: the room “{room}” is not in the order", file.path));
            continue;
        };
        // An import over several lines is one statement.
        let text: String = file.code().into_iter().map(|(_, line)| line + "\n").collect();
        for statement in text.split(';') {
            for seen in rooms_named(statement).into_iter().filter(|seen| seen != room) {
                // What the library itself offers, `crate::build` and its result, is for `cli`; the preview is
                // handed results, and makes none.
                let is_offered = room == "cli" || (room == "serve" && seen == "Built");
                let is_before = rank.get(seen.as_str()).map_or(is_offered, |seen| seen < own);
                if !is_before {
                    broken.push(format!("src/{}: {room} sees {seen}", file.path));
                }
            }
        }
    }
    none("a room imports only what stands before it", &broken);
}

#[test]
fn the_order_is_that_of_the_library() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: Vec<&str> = library
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    let rank = |room: &str| ORDER.iter().position(|rooms| rooms.contains(&room));
    let unknown: Vec<String> = declared
        .iter()
        .filter(|room| rank(room).is_none())
        .map(|room| (*room).to_owned())
        .collect();
    none("every room of lib.rs has its place in the order", &unknown);
}

#[test]
fn every_file_says_what_it_is_and_none_is_too_long() {
    let mut broken = Vec::new();
    for folder in ["src", "tests", "fuzz", "benches"] {
        if !root().join(folder).is_dir() {
            continue;
        }
        for file in read_below(folder, "rs") {
            if file.path.starts_with("target/") {
                continue;
            }
            let first = file.text.lines().find(|line| !line.starts_with("#!["));
            if !first.is_some_and(|line| line.starts_with("//! ")) {
                broken.push(format!("{folder}/{}: begins without //!", file.path));
            }
            let length = file.text.lines().count();
            if folder == "src" && length > LONGEST && !TABLES.contains(&file.path.as_str()) {
                broken.push(format!("{folder}/{}: {length} lines", file.path));
            }
        }
    }
    none("every file has a head, and at most 600 lines", &broken);
}

#[test]
fn only_read_and_write_touch_the_disk() {
    let reading = [
        "fs::read",
        "File::open",
        "fs::metadata",
        "canonicalize",
        "WalkDir",
        "read_link",
    ];
    let writing = [
        "fs::write",
        "fs::rename",
        "fs::remove",
        "fs::create",
        "fs::copy",
        "File::create",
        "OpenOptions",
        "set_permissions",
        "hard_link",
    ];
    let mut broken = Vec::new();
    for file in sources().iter().filter(|file| !file.is_test()) {
        for (number, line) in file.code() {
            // `write` has to see what is there before it can bring it up to date.
            if !matches!(file.room(), "read" | "write") && reading.iter().any(|call| line.contains(call)) {
                broken.push(format!("src/{}:{number}: reads: {}", file.path, line.trim()));
            }
            if file.room() != "write" && writing.iter().any(|call| line.contains(call)) {
                broken.push(format!("src/{}:{number}: writes: {}", file.path, line.trim()));
            }
        }
    }
    none("only read reads, only write writes", &broken);
}

/// A portal is built and checked without the network; who wants to visit other sites has to say so. The preview
/// answers who calls, and calls no one.
#[test]
fn only_visits_touch_the_network_and_only_check_external_makes_them() {
    let calling = [
        "ureq",
        "UdpSocket",
        "ToSocketAddrs",
        "to_socket_addrs",
        "lookup_host",
        "::connect(",
        "hyper::client",
    ];
    let answering = ["std::net", "TcpListener", "TcpStream", "tokio::net"];
    let mut broken = Vec::new();
    let mut asking = Vec::new();
    for file in sources().iter().filter(|file| !file.is_test()) {
        for (number, line) in file.code() {
            let is_among = |words: &[&str]| words.iter().any(|word| line.contains(word));
            let answers = file.room() == "serve" || file.path == "cli/serve.rs";
            if file.path != "read/visits.rs" && (is_among(&calling) || (!answers && is_among(&answering))) {
                broken.push(format!("src/{}:{number}: {}", file.path, line.trim()));
            }
            if line.contains("visits::visit(") || line.contains("crate::check_and_visit(") {
                asking.push(file.path.clone());
            }
        }
    }
    none(
        "only src/read/visits.rs calls others, and only the preview answers them",
        &broken,
    );
    assert_eq!(
        asking,
        ["cli/check.rs", "lib.rs"],
        "visits are made on the one way from `check --external`"
    );
    let command = fs::read_to_string(root().join("src/cli/check.rs")).unwrap();
    let asked_for = command.split_once("if arguments.external {").unwrap().1;
    assert!(asked_for.trim_start().starts_with("check_and_visit("));
    assert_eq!(
        command.matches("check_and_visit(").count(),
        3,
        "asked for, its function, and what that calls"
    );
}

#[test]
fn only_the_command_line_prints_asks_the_clock_or_the_surroundings() {
    let words = [
        "println!",
        "eprintln!",
        "print!(",
        "eprint!(",
        "io::stdout",
        "io::stderr",
        "SystemTime::now",
        "Timestamp::now",
        "Zoned::now",
        "env::var",
        "env::args",
        "env::current_dir",
        "process::exit",
    ];
    let mut broken = Vec::new();
    for file in sources()
        .iter()
        .filter(|file| !file.is_test() && !matches!(file.room(), "cli" | "main"))
    {
        for (number, line) in file.code() {
            broken.extend(
                words
                    .iter()
                    .filter(|word| line.contains(*word))
                    .map(|word| format!("src/{}:{number}: {word}", file.path)),
            );
        }
    }
    none("printing, the clock and the surroundings belong to cli", &broken);
}

#[test]
fn nothing_is_left_undone_and_no_machine_is_named() {
    let undone = ["todo!", "unimplemented!", "dbg!", "FIXME", "XXX"];
    let machine = [
        "/work/",
        "/work\"",
        "/root/",
        "/root\"",
        "/tmp/",
        "/tmp\"",
        "/home/",
        "C:\\\\Users",
    ];
    let mut broken = Vec::new();
    for file in sources() {
        for (number, line) in file.text.lines().enumerate() {
            broken.extend(
                undone
                    .iter()
                    .chain(&machine)
                    .filter(|word| line.contains(*word))
                    .map(|word| format!("src/{}:{}: {word}", file.path, number + 1)),
            );
        }
    }
    none("nothing undone, no path of a machine", &broken);
}

#[test]
fn templates_have_a_head_and_say_nothing_that_the_policy_forbids() {
    let mut broken = Vec::new();
    for file in read_below("themes/hong/templates", "") {
        let mut head = file.text.lines();
        let first = head.next().unwrap_or_default();
        // An XML declaration has to be the first of all.
        let first = if first.starts_with("<?xml") {
            head.next().unwrap_or_default()
        } else {
            first
        };
        if !first.starts_with("{#") {
            broken.push(format!("{}: no head", file.path));
        }
        for (number, line) in file.text.lines().enumerate() {
            let lower = line.to_ascii_lowercase();
            for attribute in attributes(&lower) {
                let forbidden = attribute == "style" || attribute.starts_with("on") || attribute == "srcdoc";
                if forbidden {
                    broken.push(format!("{}:{}: {attribute}=", file.path, number + 1));
                }
            }
            for (at, _) in lower.match_indices("href=\"").chain(lower.match_indices("src=\"")) {
                let value = lower[at..].split('"').nth(1).unwrap_or_default();
                if value.starts_with('/') || value.contains("://") || value.ends_with('/') {
                    broken.push(format!("{}:{}: {value}", file.path, number + 1));
                }
            }
            if lower.contains("<style") || lower.contains("javascript:") {
                broken.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    none("templates are relative and without inline style or script", &broken);
}

/// The names before each `="` of a line.
fn attributes(line: &str) -> Vec<&str> {
    line.match_indices("=\"")
        .filter_map(|(at, _)| line[..at].rsplit([' ', '\t', '"', '%', '}']).next())
        .collect()
}

#[test]
fn the_rules_themselves_see_what_they_should() {
    assert_eq!(
        rooms_named("use crate::{Built, write::{a, b}, read};"),
        ["Built", "write", "read"]
    );
    assert_eq!(rooms_named("crate::check::run(&crate::read::x)"), ["check", "read"]);
    assert_eq!(without_comment("let a = \"// no\"; // yes"), "let a = \"// no\"; ");
    assert_eq!(attributes("<p class=\"a\" onclick=\"b\">"), ["class", "onclick"]);
}
