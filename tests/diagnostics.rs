//! What people are told when something is wrong: text in, text out.
//!
//! Each file of `tests/broken/` is a site with its mistakes and with what must be said about them;
//! [`fixture`] describes the form. What is not expected fails a test as what is missing does.
//! `HONGTU_BLESS=1 cargo test --test diagnostics` writes what is said now into the fixtures that
//! have an expectation already; a new fixture needs at least an empty section `//- expect`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

mod fixture;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fixture::Fixture;
use hongtu::diagnostic::human::{self, Colour};
use hongtu::diagnostic::{Diagnostic, Rule, Severity, rule};
use hongtu::kind::Kind;
use hongtu::read::{Drafts, Instead, Options, outline};
use hongtu::schema::conform::conform;
use hongtu::schema::date::Date;
use hongtu::schema::yaml::{self, Snippet};
use hongtu::source::{Sources, Span};
use rayon::prelude::*;
use tempfile::TempDir;

/// No fixture may take longer, not even on a busy machine without optimisation: some are attacks.
const LONGEST: Duration = Duration::from_secs(20);

/// The most characters of a message; the list of a template's fields is the longest.
const LONGEST_MESSAGE: usize = 300;

/// The most characters of marked words that an expectation quotes.
const LONGEST_QUOTE: usize = 40;

#[test]
fn every_broken_site_is_told_what_is_wrong() {
    let failures: Vec<String> = fixtures().par_iter().filter_map(|path| check(path).err()).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// A check-up renders as little as it can; what it says is what a build would say.
#[test]
fn a_check_up_finds_what_a_build_finds() {
    let differences: Vec<String> = fixtures()
        .par_iter()
        .filter_map(|path| {
            let (fixture, folder) = written(path)?;
            let options = options(&fixture, folder.path());
            let (built, checked) = (
                hongtu::build(&options).unwrap(),
                hongtu::check(&options, &Instead::new()).unwrap(),
            );
            let of_build = on_the_terminal(&built.diagnostics, built.sources());
            let of_check = on_the_terminal(&checked.diagnostics, &checked.sources);
            (of_build != of_check).then(|| format!("{}: a build says\n{of_build}\na check\n{of_check}", path.display()))
        })
        .collect();
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

/// What a site may call a warning must not be in the way of making its pages.
#[test]
fn what_may_be_a_warning_can_be_built() {
    let groups: BTreeSet<&str> = rule::ALL.iter().map(Rule::group).collect();
    let levels: String = groups
        .iter()
        .map(|group| format!("    - {{规则: {group}, 级别: warning}}\n"))
        .collect();
    let built: Vec<bool> = fixtures()
        .par_iter()
        .filter_map(|path| {
            let (fixture, folder) = written(path)?;
            let site_file = folder.path().join("content/site.yaml");
            let settings = std::fs::read_to_string(&site_file).ok()?;
            if settings.contains("检查:") || settings.contains("checks:") {
                return None;
            }
            std::fs::write(&site_file, format!("{}\n检查:\n  级别:\n{levels}", settings.trim_end())).unwrap();
            let built = hongtu::build(&options(&fixture, folder.path())).unwrap();
            let is_built = built.rendered.portal.contains("index.html");
            assert!(
                is_built || built.has_errors(),
                "{}: neither errors nor pages",
                path.display()
            );
            Some(is_built)
        })
        .collect();
    let pages = built.iter().filter(|is_built| **is_built).count();
    // The others can't be read.
    assert!(pages >= 60, "only {pages} of {} sites have pages", built.len());
}

#[test]
fn there_are_fixtures_enough() {
    assert!(fixtures().len() >= 60, "{} fixtures", fixtures().len());
}

/// Rules that no fixture can break, with the reason.
const RULES_WITHOUT_FIXTURE: &[(&str, &str)] = &[
    (
        "links/outside-broken",
        "it needs a visit to another site: tests/outside_links.rs",
    ),
    (
        "links/outside-moved",
        "it needs a visit to another site: tests/outside_links.rs",
    ),
    (
        "links/outside-uncertain",
        "it needs a visit to another site: tests/outside_links.rs",
    ),
];

#[test]
fn every_rule_has_a_fixture() {
    let mut missing: BTreeSet<&str> = rule::ALL.iter().map(|rule| rule.id).collect();
    assert_eq!(missing.len(), rule::ALL.len(), "an id is given twice");
    let texts: Vec<String> = fixtures()
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    for text in &texts {
        let expected = text.split_once("\n//- expect\n").map_or("", |(_, expected)| expected);
        for line in expected.lines().filter(|line| !line.starts_with(' ')) {
            line.split(' ').for_each(|word| {
                missing.remove(word);
            });
        }
    }
    for (rule, reason) in RULES_WITHOUT_FIXTURE {
        assert!(
            missing.remove(rule),
            "{rule} has a fixture now; it was excepted because {reason}"
        );
    }
    assert!(missing.is_empty(), "rules without a fixture: {missing:#?}");
}

/// Each place is looked up in the text, so that thousands of problems in one file could take very long.
#[test]
fn thousands_of_problems_in_one_file_are_no_trouble() {
    let stops: String = (0..5000).map(|at| format!("  - 没有的点{at}\n")).collect();
    let keys: String = (0..5000).map(|at| format!("没有的键{at}: 1\n")).collect();
    let items: String = (0..2000).map(|at| format!("  - {{名称: 甲{at}, 数直: 1}}\n")).collect();
    let text = format!(
        "Thousands.\n//- routes/a.md\n---\n标题: 甲\n站点:\n{stops}{keys}---\n\
         //- cases/b.md\n---\n标题: 乙\n报送单位: 丙\n指标:\n{items}---\n"
    );
    let fixture = Fixture::parse(&text);
    let folder = tempfile::tempdir().unwrap();
    fixture.write(folder.path());
    let start = Instant::now();
    let built = hongtu::build(&options(&fixture, folder.path())).unwrap();
    let shown = on_the_terminal(&built.diagnostics, built.sources());
    assert_eq!(built.diagnostics.len(), 5000 + 5000 + 2 * 2000);
    assert!(shown.len() > 1_000_000);
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
}

/// What broken texts are made of.
const PIECES: &[&str] = &[
    "标题",
    "：",
    ": ",
    ":",
    "- ",
    "\t",
    "\u{3000}",
    "\u{a0}",
    " ",
    "\n",
    "\r\n",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "，",
    ", ",
    " #",
    "&a ",
    "*a",
    "|",
    ">",
    "甲",
    "位置",
    "title",
    "2026-02-30",
    "---\n",
    "...\n",
    "```指标\n",
    "```\n",
    "> ",
    "\u{7}",
    "名称",
    "![图](",
    "](",
    ")",
    "<a href=",
    "\\",
    "@",
    "%",
    "?",
    "!",
    "👨‍👩‍👧",
    "\u{feff}",
];

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    /// Whatever is written, the places that are named are in the text, and it can be shown.
    #[test]
    fn every_place_is_in_the_text(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)) {
        let text = pieces.concat();
        let mut sources = Sources::default();
        let file = sources.add("content/points/a.md", text.as_str());
        let snippet = Snippet { file, start: 0, text: &text };
        let (_, mut found) = outline::read(file, 0, &text);
        match yaml::parse(snippet) {
            Ok(value) => found.extend(conform(snippet, &value, Kind::Point.keys()).diagnostics),
            Err(problems) => found.extend(problems),
        }
        for diagnostic in &found {
            proptest::prop_assert_eq!(fault(diagnostic, &sources), None);
            human::render(diagnostic, &sources, Colour::Off);
        }
    }
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|item| item.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths
}

/// A fixture and its site on the disk; none if it is not possible here.
fn written(path: &Path) -> Option<(Fixture, TempDir)> {
    let fixture = Fixture::parse(&std::fs::read_to_string(path).unwrap());
    let folder = tempfile::tempdir().unwrap();
    fixture.is_possible_here().then(|| {
        fixture.write(folder.path());
        (fixture, folder)
    })
}

/// Builds the site of a fixture and compares what is said with what is expected.
fn check(path: &Path) -> Result<(), String> {
    let name = path.file_name().unwrap().to_string_lossy();
    let text = std::fs::read_to_string(path).unwrap();
    let fixture = Fixture::parse(&text);
    if fixture.description.trim().is_empty() {
        return Err(format!("{name}: does not say what someone did"));
    }
    if !fixture.is_possible_here() {
        return Ok(());
    }
    let Some(expected) = &fixture.expect else {
        return Err(format!("{name}: has no section `//- expect`"));
    };
    let folder = tempfile::tempdir().unwrap();
    fixture.write(folder.path());
    let start = Instant::now();
    let built = hongtu::build(&options(&fixture, folder.path())).map_err(|problem| format!("{name}: {problem}"))?;
    let duration = start.elapsed();
    let diagnostics: Vec<Diagnostic> = built
        .diagnostics
        .into_iter()
        .map(|diagnostic| without_folder(diagnostic, folder.path()))
        .collect();
    let found: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| described(diagnostic, &built.library.sources))
        .collect();
    let shown = fixture
        .terminal
        .as_ref()
        .map(|_| on_the_terminal(&diagnostics, &built.library.sources));
    if std::env::var_os("HONGTU_BLESS").is_some() {
        bless(path, &text, &found, shown.as_deref());
    } else {
        compare(&name, expected, &found)?;
        if fixture.terminal != shown {
            let (expected, found) = (fixture.terminal.unwrap_or_default(), shown.unwrap_or_default());
            return Err(format!("{name}: the terminal shows\n{found}\nand not\n{expected}"));
        }
    }
    let faults: Vec<String> = diagnostics
        .iter()
        .filter_map(|diagnostic| fault(diagnostic, &built.library.sources))
        .collect();
    if !faults.is_empty() {
        return Err(format!("{name}: {}", faults.join("; ")));
    }
    if duration > LONGEST {
        return Err(format!("{name}: took {duration:?}"));
    }
    Ok(())
}

fn options(fixture: &Fixture, root: &Path) -> Options {
    Options {
        content: root.join("content"),
        themes: root.join("themes"),
        cache: None,
        drafts: if fixture.has_option("drafts") {
            Drafts::Shown
        } else {
            Drafts::Hidden
        },
        as_of: Date::parse(fixture.option("as-of").unwrap_or("2026-07-01")).unwrap(),
        base_url: None,
    }
}

/// A problem whose texts do not name the folder of this run.
fn without_folder(mut diagnostic: Diagnostic, root: &Path) -> Diagnostic {
    let root = format!("{}/", root.display());
    diagnostic.message = diagnostic.message.replace(&root, "");
    diagnostic.help = diagnostic.help.map(|help| help.replace(&root, ""));
    diagnostic
}

/// A problem as expectations have it.
fn described(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (place, words) = match diagnostic.span {
        Some(span) => (place_of(span, sources), quoted(span, sources)),
        None => ("-".to_owned(), String::new()),
    };
    let mut text = format!(
        "{place} {severity} {}{words}\n  {}\n",
        diagnostic.rule.id, diagnostic.message
    );
    if let Some(label) = &diagnostic.label {
        writeln!(text, "  ^ {label}").unwrap();
    }
    if let Some(help) = &diagnostic.help {
        writeln!(text, "  → {help}").unwrap();
    }
    for (span, label) in &diagnostic.related {
        writeln!(
            text,
            "  + {}{} {label}",
            place_of(*span, sources),
            quoted(*span, sources)
        )
        .unwrap();
    }
    text
}

fn place_of(span: Span, sources: &Sources) -> String {
    let source = sources.get(span.file).expect("a span names a file of its build");
    let at = source.line_column(span.start as usize);
    format!("{}:{}:{}", source.path, at.line, at.column)
}

fn quoted(span: Span, sources: &Sources) -> String {
    let words = sources.text(span);
    if words.is_empty() {
        return String::new();
    }
    // What cannot be seen is shown by Unicode's pictures of it.
    let visible = |c: char| match c {
        '\n' => '⏎',
        '\u{3000}' => '□',
        c if c < ' ' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(c),
        c => c,
    };
    let shown: String = words.chars().take(LONGEST_QUOTE).map(visible).collect();
    let count = words.chars().count();
    if count > LONGEST_QUOTE {
        format!(" «{shown}…» ({count} characters)")
    } else {
        format!(" «{shown}»")
    }
}

fn on_the_terminal(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    diagnostics
        .iter()
        .map(|diagnostic| format!("{}\n\n", human::render(diagnostic, sources, Colour::Off)))
        .collect()
}

/// Says which problems are missing and which were not expected, and nothing of the others.
fn compare(name: &str, expected: &str, found: &[String]) -> Result<(), String> {
    let found_text = section(found);
    if expected.trim_end() == found_text.trim_end() {
        return Ok(());
    }
    let expected = blocks(expected);
    let found = blocks(&found_text);
    let mut count: BTreeMap<&str, i32> = BTreeMap::new();
    for block in &expected {
        *count.entry(block).or_default() += 1;
    }
    for block in &found {
        *count.entry(block).or_default() -= 1;
    }
    let mut message = format!("{name}:\n");
    for block in &expected {
        if count[block.as_str()] > 0 {
            write!(message, "  expected and not found\n{block}").unwrap();
        }
    }
    for block in &found {
        if count[block.as_str()] < 0 {
            write!(message, "  found and not expected\n{block}").unwrap();
        }
    }
    if count.values().all(|count| *count == 0) {
        message.push_str("  the order differs\n");
    }
    Err(message)
}

/// Takes a section apart: a block begins at a line that is not indented.
fn blocks(section: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    for line in section.lines().filter(|line| !line.trim().is_empty()) {
        match blocks.last_mut() {
            Some(block) if line.starts_with(' ') => {
                block.push_str(line);
                block.push('\n');
            }
            _ => blocks.push(format!("{line}\n")),
        }
    }
    blocks
}

fn section(found: &[String]) -> String {
    if found.is_empty() {
        "nothing\n".to_owned()
    } else {
        found.concat()
    }
}

fn bless(path: &Path, text: &str, found: &[String], shown: Option<&str>) {
    let (files, _) = text.split_once("//- expect\n").expect("the section was found");
    let mut blessed = format!("{files}//- expect\n{}", section(found));
    if let Some(shown) = shown {
        write!(blessed, "//- terminal\n{shown}").unwrap();
    }
    if blessed != text {
        std::fs::write(path, blessed).unwrap();
    }
}

/// What no problem may lack, whatever it says.
fn fault(diagnostic: &Diagnostic, sources: &Sources) -> Option<String> {
    let is_chinese = |text: &str| text.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    let sound = |span: Span| {
        sources
            .get(span.file)
            .is_some_and(|source| source.text.get(span.range()).is_some())
    };
    let spans = diagnostic
        .span
        .iter()
        .chain(diagnostic.related.iter().map(|(span, _)| span));
    let fault = if !is_chinese(&diagnostic.message) {
        "is not in Chinese"
    } else if diagnostic.message.contains('\n') || diagnostic.message.chars().count() > LONGEST_MESSAGE {
        "is longer than a sentence"
    } else if !diagnostic.help.as_deref().is_some_and(is_chinese) {
        "does not say what to do"
    } else if !spans.copied().all(sound) {
        "points outside of its file, or inside of a character"
    } else {
        return None;
    };
    Some(format!("“{}” ({}) {fault}", diagnostic.message, diagnostic.rule.id))
}
