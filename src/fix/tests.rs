//! Mending, of texts that name what is wrong in them.

use super::{Change, Wanted, changes, unified_diff};
use crate::diagnostic::{Diagnostic, rule};
use crate::source::{FileId, Sources, Span};

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(FileId(0), start, start + words.len())
}

/// The text after mending; none if nothing changes.
fn mended(text: &str, diagnostics: &[Diagnostic], wanted: &Wanted) -> Option<String> {
    let mut sources = Sources::default();
    sources.add("content/a.md", text);
    let mut found: Vec<Change> = changes(diagnostics, &sources, wanted);
    assert!(found.len() <= 1);
    found.pop().map(|change| change.text)
}

#[test]
fn what_is_certain_is_done_and_everything_else_stays() {
    let text = "---\r\ntitle: 甲 # 说明\r\n---\r\n党\u{200b}建联盟，２０１９年\t\r\n";
    let found = [
        Diagnostic::new(rule::INVISIBLE_CHARACTER, span(text, "\u{200b}"), "看不见").fix(span(text, "\u{200b}"), ""),
        Diagnostic::new(rule::HALF_WIDTH, span(text, "２０１９"), "全角").fix(span(text, "２０１９"), "2019"),
        Diagnostic::new(rule::LOST_BYTE, span(text, "联盟"), "坏字").proposal(span(text, "联盟"), "联队"),
    ];
    assert_eq!(
        mended(text, &found, &Wanted::Certain).unwrap(),
        "---\r\ntitle: 甲 # 说明\r\n---\r\n党建联盟，2019年\t\r\n"
    );
}

#[test]
fn a_proposal_is_taken_only_when_asked_for_by_name() {
    let text = "联盟";
    let found = [Diagnostic::new(rule::LOST_BYTE, span(text, "盟"), "坏字")
        .proposal(span(text, "盟"), "队")
        .proposal(span(text, "盟"), "欢")];
    assert_eq!(mended(text, &found, &Wanted::Certain), None);
    assert_eq!(mended(text, &found, &Wanted::Rules(vec![rule::HALF_WIDTH])), None);
    assert_eq!(
        mended(text, &found, &Wanted::Rules(vec![rule::LOST_BYTE])).unwrap(),
        "联队"
    );
}

#[test]
fn of_two_that_want_the_same_words_the_first_has_them() {
    let text = "甲乙丙丁";
    let found = [
        Diagnostic::new(rule::HTML_DEBRIS, span(text, "乙丙"), "").fix(span(text, "乙丙"), "一"),
        Diagnostic::new(rule::INVISIBLE_CHARACTER, span(text, "丙丁"), "").fix(span(text, "丙丁"), "二"),
        // The same fix by another rule is no quarrel.
        Diagnostic::new(rule::NAVIGATION_RESIDUE, span(text, "乙丙"), "").fix(span(text, "乙丙"), "一"),
    ];
    assert_eq!(mended(text, &found, &Wanted::Certain).unwrap(), "甲一丁");
}

#[test]
fn what_mends_one_problem_is_done_whole_or_not_at_all() {
    let text = "（甲）（乙）";
    let pair = |first: &str, second: &str| {
        Diagnostic::new(rule::UNBALANCED_PAIR, span(text, first), "")
            .fix(span(text, first), "(")
            .fix(span(text, second), ")")
    };
    let found = [pair("（甲", "）（"), pair("（乙", "）（")];
    assert_eq!(mended(text, &found, &Wanted::Certain).unwrap(), "()乙）");
}

#[test]
fn something_can_be_put_between_two_letters() {
    let text = "甲乙";
    let between = Span::new(FileId(0), 3, 3);
    let found = [Diagnostic::new(rule::UNBALANCED_PAIR, between, "").fix(between, "）")];
    assert_eq!(mended(text, &found, &Wanted::Certain).unwrap(), "甲）乙");
}

#[test]
fn the_diff_is_one_that_patch_understands() {
    let old = "一\n二\n三\n四\n五\n六\n七\n八\n";
    let new = "一\n二\n三\n四\n5\n六\n七\n八\n";
    assert_eq!(
        unified_diff("content/a.md", old, new),
        "--- a/content/a.md\n+++ b/content/a.md\n@@ -2,7 +2,7 @@\n 二\n 三\n 四\n-五\n+5\n 六\n 七\n 八\n"
    );
    assert!(unified_diff("a", "一", "二").contains("\\ No newline at end of file"));
}
