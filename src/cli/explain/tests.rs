//! What the command shows fits a terminal, and what it gives for `site.yaml` works.

use super::*;
use crate::config::Config;
use crate::diagnostic::human::Colour;
use crate::source::Sources;

/// What a terminal shows without scrolling far.
const MOST_LINES: usize = 60;
/// What a terminal is wide (in columns).
const TERMINAL: usize = 80;

fn guide(site_file: &SiteFile) -> Guide<'_> {
    Guide {
        site_file,
        path: Path::new("content/site.yaml"),
        ink: Ink::of(Colour::Off),
    }
}

#[test]
fn every_page_fits_a_terminal() {
    let guide = guide(&SiteFile::Missing);
    for rule in rule::ALL {
        let page = guide.rule(rule);
        let id = rule.id;
        assert!(
            page.lines().count() <= MOST_LINES,
            "{id}: {} lines",
            page.lines().count()
        );
        for line in page.lines().chain(guide.group(rule.group()).lines()) {
            assert!(line.width() <= TERMINAL, "{id}: {line}");
        }
    }
    for line in guide.overview().lines() {
        assert!(line.width() <= TERMINAL, "{line}");
    }
}

#[test]
fn columns_of_an_overview_are_even() {
    let overview = guide(&SiteFile::Missing).overview();
    let rows: Vec<&str> = overview.lines().filter(|line| line.starts_with("  ")).collect();
    assert_eq!(rows.len(), rule::ALL.len());
    let columns = |row: &str| {
        let rule = row.split_whitespace().next().and_then(Rule::find)?;
        let title = row.find(rule.title())?;
        Some((row[..row.find(rule.level.chinese())?].width(), row[..title].width()))
    };
    let first = columns(rows[0]);
    assert!(first.is_some());
    for row in rows {
        assert_eq!(columns(row), first, "{row}");
    }
}

#[test]
fn names_are_taken_in_both_languages_and_any_letter_case() {
    assert_eq!(Topic::named(""), Some(Topic::All));
    assert_eq!(Topic::named("links"), Some(Topic::Group("links")));
    assert_eq!(Topic::named("链接"), Some(Topic::Group("links")));
    assert_eq!(Topic::named("Links/Broken"), Some(Topic::Rule(&rule::BROKEN_LINK)));
    assert_eq!(Topic::named("links/"), None);
    assert!(no_such_rule("links/borken").contains("是不是想写 links/broken？"));
    assert!(no_such_rule("zzzzzzzzzzzz").ends_with("也没有这一组。\n运行 hongtu explain 看所有的规则。"));
}

#[test]
fn padding_counts_columns() {
    assert_eq!(padded("甲a", 5), "甲a  ");
    assert_eq!(padded("甲乙丙", 5), "甲乙丙");
}

/// What a page gives for `site.yaml` is taken as it stands, and means that rule.
#[test]
fn the_lines_of_every_page_are_sound_settings() {
    let guide = guide(&SiteFile::Missing);
    for rule in rule::ALL.iter().filter(|rule| rule.can_be_changed()) {
        let page = guide.how_to_change(rule, rule.level);
        let lines: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("    ")).collect();
        let mut sources = Sources::default();
        let file = sources.add("content/site.yaml", format!("title: 甲\n{}\n", lines.join("\n")));
        let mut diagnostics = Vec::new();
        let config = Config::parse(&sources, file, &mut diagnostics);
        assert_eq!(diagnostics, [], "{}", rule.id);
        assert_ne!(settings::level(&config, rule), rule.level, "{}", rule.id);
        let exceptions: Vec<&str> = config.checks.exceptions.iter().map(|one| one.rule.as_str()).collect();
        assert_eq!(exceptions, [rule.id]);
    }
}
