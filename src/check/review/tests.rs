//! Each rule on the front matter of one case: what is found, at which words; and what must not be found.

use super::super::tests::small_library::library;

/// The rules and the marked words of a case with these keys, on a site with these settings.
fn found(site: &str, keys: &str, body: &str) -> Vec<(&'static str, String)> {
    let case = format!("---\ntitle: 食堂\norg: 某某高新区党群工作部\n{keys}---\n{body}");
    let library = library(&[("site.yaml", &format!("title: 甲\n{site}")), ("cases/a.md", &case)]);
    let mut found = Vec::new();
    super::check(&library, &library.entries[0], &mut found);
    crate::diagnostic::sort(&mut found, &library.sources);
    let words = |span| library.sources.text(span).to_owned();
    found
        .iter()
        .map(|one| (one.rule.id, one.span.map_or(String::new(), words)))
        .collect()
}

#[track_caller]
fn check(keys: &str, expected: &[(&str, &str)]) {
    let found = found("", keys, "正文。\n");
    let found: Vec<_> = found.iter().map(|(rule, words)| (*rule, &**words)).collect();
    assert_eq!(found, expected, "{keys}");
}

fn chain(steps: &[(&str, &str, &str)]) -> String {
    let line = |(step, by, date): &(&str, &str, &str)| format!("  - {{环节: {step}, 审核人: {by}, 日期: {date}}}\n");
    format!(
        "date: 2026-07-01\n审核:\n{}",
        steps.iter().map(line).collect::<Vec<_>>().concat()
    )
}

#[test]
fn a_whole_chain_is_right_with_proof_readings_and_under_other_names() {
    check(
        &chain(&[
            ("一审", "科员", "2026-06-28"),
            ("一校", "科员", "2026-06-28"),
            ("二审", "科长", "2026-06-28"),
            ("三审", "分管领导", "2026-07-01"),
        ]),
        &[],
    );
    check(
        &chain(&[
            ("初审", "科员", "2026-06-28"),
            ("复审", "科长", "2026-06-29"),
            ("终审", "分管领导", "2026-06-30"),
        ]),
        &[],
    );
    // A review of what was changed later.
    check(
        "date: 2020-01-01\nupdated: 2026-07-02\nreview:\n  - {step: 一审, by: a, date: 2026-06-30}\n  - {step: 二审, by: b, date: 2026-07-01}\n  - {step: 三审, by: c, date: 2026-07-02}\n",
        &[],
    );
}

#[test]
fn what_is_missing_in_a_chain() {
    let steps = [("一审", "科员", "2026-06-28"), ("三审", "分管领导", "2026-06-30")];
    let library = found("", &chain(&steps), "");
    assert_eq!(library.len(), 1);
    assert_eq!(library[0].0, "review/missing-step");
    check(
        "date: 2026-07-01\nreview:\n  - {step: 一审, by: 甲, date: 2026-06-28}\n  - {step: 二审, date: 2026-06-28}\n  - {step: 三审, by: 丙}\n",
        &[("review/missing-step", "二审"), ("review/missing-step", "三审")],
    );
}

#[test]
fn order_persons_and_the_day_of_publication() {
    check(
        &chain(&[
            ("一审", "科员", "2026-06-28"),
            ("二审", "科长", "2026-06-27"),
            ("三审", "分管领导", "2026-06-30"),
        ]),
        &[("review/order", "2026-06-27")],
    );
    check(
        &chain(&[
            ("二审", "科长", "2026-06-28"),
            ("一审", "科员", "2026-06-28"),
            ("三审", "分管领导", "2026-06-30"),
        ]),
        &[("review/order", "一审")],
    );
    check(
        &chain(&[
            ("一审", "科长", "2026-06-28"),
            ("二审", "科 长", "2026-06-28"),
            ("三审", "分管领导", "2026-07-02"),
        ]),
        &[("review/same-person", "科 长"), ("review/late", "2026-07-02")],
    );
}

#[test]
fn sources_of_others_need_a_name_and_an_address() {
    check("source: 某某日报\n", &[("review/source-link", "某某日报")]);
    check("source: {name: 某某日报, url: \"https://a.example/1\"}\n", &[]);
    check(
        "来源: {网址: \"https://a.example/1\"}\n",
        &[("review/source-name", "{网址: \"https://a.example/1\"}")],
    );
    // The house itself, however long its name is written.
    check("source: 某某高新区\n", &[]);
}

#[test]
fn a_reprint_says_so_at_its_edges() {
    let reprint = |body: &str| found("", "", body);
    assert_eq!(
        reprint("正文一。\n\n正文二。\n\n（来源：某某日报）\n"),
        [("review/reprint-source", "来源：".to_owned())]
    );
    assert_eq!(
        reprint("转载自某某日报\n\n正文。\n"),
        [("review/reprint-source", "转载自".to_owned())]
    );
    for honest in [
        "正文一。\n\n正文二。\n\n资金来源：会费。\n",
        "来源：\n",
        "一。\n\n二。\n\n来源：某某日报\n\n四。\n\n五。\n",
        "来源：这一段说的是水的来源，水从北边的水库来，经过三道闸，再到每一家厂，每一家厂都有自己的水表，每个月抄一次表，抄完贴在墙上。\n",
    ] {
        assert_eq!(reprint(honest), [], "{honest}");
    }
    assert_eq!(
        found(
            "",
            "source: {name: 某某日报, url: \"https://a.example/1\"}\n",
            "来源：某某日报\n"
        ),
        []
    );
}

#[test]
fn days_to_come_are_told_unless_the_entry_waits_for_them() {
    check(
        "date: 2026-11-23\nupdated: 2026-12-01\n",
        &[
            ("review/future-date", "2026-11-23"),
            ("review/future-date", "2026-12-01"),
        ],
    );
    check("date: 2026-11-22 18:00\n", &[]);
    check("date: 2026-12-01\npublish: 2026-12-01\n", &[]);
    check("date: 2026-12-01\ndraft: true\n", &[]);
}

#[test]
fn what_only_a_government_site_needs() {
    use crate::diagnostic::{Level, Profile, rule};
    assert_eq!(found("", "", "正文。\n"), [], "these are looked for where they count");
    let found = found("profile: gov\n", "", "正文。\n");
    let rules: Vec<_> = found.into_iter().map(|one| one.0).collect();
    assert_eq!(rules, ["review/editor", "review/no-date", "review/none"]);
    for rule in [rule::NO_REVIEW, rule::NO_EDITOR, rule::NO_DATE] {
        assert_eq!(rule.level_in(Profile::Party), Level::Off);
        assert_eq!(rule.level_in(Profile::Government), Level::Warning);
    }
}
