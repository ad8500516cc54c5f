//! What each rule has to have: a group with a name, and a page of explanation in its form.

use std::collections::BTreeSet;
use std::path::Path;

use unicode_width::UnicodeWidthStr;

use super::*;

/// The widest title that fits into a line of an overview, behind the id and the level (in columns).
const WIDEST_TITLE: usize = 40;

#[test]
fn groups_have_chinese_names_and_rules() {
    let of_rules: BTreeSet<&str> = ALL.iter().map(Rule::group).collect();
    let named: BTreeSet<&str> = GROUPS.iter().map(|(id, _)| *id).collect();
    assert_eq!(named, of_rules);
    let both: BTreeSet<&str> = GROUPS.iter().flat_map(|(id, chinese)| [*id, *chinese]).collect();
    assert_eq!(both.len(), 2 * GROUPS.len(), "a name is given twice");
    assert!(Rule::find("links").is_none(), "a group is no rule");
}

#[test]
fn each_page_says_what_is_wrong_where_it_comes_from_and_what_to_do() {
    for rule in ALL {
        let id = rule.id;
        let mut lines = rule.explanation.lines();
        assert!(
            lines.next().is_some_and(|line| line.starts_with("# ")),
            "{id}: no title"
        );
        assert!(
            (4..=WIDEST_TITLE).contains(&rule.title().width()),
            "{id}: the title is too long or too short: {}",
            rule.title()
        );
        assert!(!rule.title().ends_with('。'), "{id}: the title is no sentence");
        let source = lines.next().and_then(|line| line.strip_prefix("出处："));
        assert!(source.is_some_and(|source| !source.is_empty()), "{id}: no 出处");
        assert_eq!(lines.next(), Some(""), "{id}: no empty line below 出处");
        assert!(
            lines
                .next()
                .is_some_and(|line| line.chars().count() >= 20 && !line.starts_with(['#', '-'])),
            "{id}: does not say why it matters"
        );
        let to_do = rule.explanation.split_once("\n\n## 怎么改\n- ");
        assert!(to_do.is_some(), "{id}: no list below 怎么改");
    }
}

/// `hongtu explain` shows no more of Markdown than this.
#[test]
fn pages_use_little_of_markdown() {
    for rule in ALL {
        let id = rule.id;
        let text = rule.explanation;
        assert!(text.ends_with('\n') && !text.contains("\n\n\n"), "{id}: empty lines");
        let mut headings = Vec::new();
        for line in text.lines().skip(1) {
            assert!(
                line.matches('`').count().is_multiple_of(2),
                "{id}: code without end: {line}"
            );
            let without_code = line.split('`').step_by(2).collect::<Vec<_>>().join("…");
            for sign in ["**", "](", "<", "\t", "  "] {
                assert!(!without_code.contains(sign), "{id}: {sign:?} in {line}");
            }
            if let Some(heading) = line.strip_prefix("## ") {
                headings.push(heading);
            } else {
                assert!(!line.starts_with(['#', '*', '>', '|', ' ']), "{id}: {line}");
            }
        }
        let in_order = ["怎么改", "例子", "例外"]
            .into_iter()
            .filter(|known| headings.contains(known));
        assert!(in_order.eq(headings.iter().copied()), "{id}: {headings:?}");
        if !rule.can_be_changed() {
            assert!(!headings.contains(&"例外"), "{id}: has no exceptions");
        }
    }
}

#[test]
fn no_page_is_without_a_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/explanations");
    let files: BTreeSet<String> = walkdir::WalkDir::new(&folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|item| !item.file_type().is_dir())
        .map(|item| {
            let path = item.path().strip_prefix(&folder).unwrap().with_extension("");
            path.to_string_lossy().replace('\\', "/")
        })
        .collect();
    let ids: BTreeSet<String> = ALL.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(files, ids);
}

#[test]
fn settings_are_no_help_against_rules_about_settings() {
    assert!(BROKEN_LINK.can_be_changed());
    assert!(OTHER_ENCODING.can_be_changed(), "a warning about what is needed");
    assert!(!EMPTY_FILE.can_be_changed());
    assert!(!UNKNOWN_RULE.can_be_changed() && !UNUSED_EXCEPTION.can_be_changed());
}
