//! The forms of a report, of one small check-up.

use serde_json::Value;

use super::{Demand, Folders, Forecast, Light, Report, github, json, page, sarif, terminal};
use crate::diagnostic::{Diagnostic, Profile, rule};
use crate::schema::date::Date;
use crate::source::{Sources, Span};

const TEXT: &str = "---\ntitle: 甲\n---\n\n党建(dǎng jiàn)联盟，见[这里](没有.md)。\n";

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A check-up of a portal with one file, as `check` wants to look at it.
fn with_report(check: impl FnOnce(&mut Report<'_>)) {
    let mut sources = Sources::default();
    let file = sources.add("content/cases/甲 %1.md", TEXT);
    let place = |words: &str| {
        let start = TEXT.find(words).unwrap();
        Span::new(file, start, start + words.len())
    };
    let diagnostics = [
        Diagnostic::new(rule::PINYIN_GLOSS, place("(dǎng jiàn)"), "这里, 100%: 夹着拼音")
            .help("删去\n括号")
            .label("拼音")
            .fix(place("(dǎng jiàn)"), ""),
        Diagnostic::new(rule::BROKEN_LINK, place("没有.md"), "“没有.md”打不开")
            .related(place("这里"), "链接的字")
            .proposal(place("没有.md"), "有.md"),
        Diagnostic::without_place(rule::UNUSED_EXCEPTION, "这条例外用不上了"),
    ];
    let forecast = [
        Forecast {
            column: "案例".to_owned(),
            newest: Some(day("2026-05-01")),
            cycle: 180,
            due: Some(day("2026-10-28")),
            days_left: Some(-25),
            light: Light::Red,
        },
        Forecast {
            column: "圆桌".to_owned(),
            newest: None,
            cycle: 365,
            due: None,
            days_left: None,
            light: Light::Red,
        },
    ];
    check(&mut Report {
        title: "甲 & 乙",
        profile: Profile::Party,
        as_of: day("2026-11-22"),
        entries: 1,
        diagnostics: &diagnostics,
        sources: &sources,
        forecast: &forecast,
        demand: Demand::NoErrors,
        folders: Folders {
            content: "./site/content/".to_owned(),
            themes: "themes".to_owned(),
        },
    });
}

#[test]
fn the_last_word_says_whether_and_why() {
    with_report(|report| {
        assert_eq!(report.verdict(), "暂不可发布：有 1 处错误，2 处警告。先改错误。");
        assert_eq!(
            terminal::end(report),
            "链接（links）：1 处错误\n文字（text）：1 处警告\n体检设置（checks）：1 处警告\n暂不可发布：有 1 处错误，2 处警告。先改错误。"
        );
        report.diagnostics = &report.diagnostics[..1];
        assert!(report.can_be_published());
        assert_eq!(report.verdict(), "可以发布：没有错误；有 1 处警告，请看一看。");
        report.demand = Demand::NoWarnings;
        assert!(!report.can_be_published());
        assert_eq!(report.verdict(), "暂不可发布：有 1 处警告，而这次要求连警告也没有。");
        report.diagnostics = &[];
        assert!(report.can_be_published());
        assert_eq!(report.verdict(), "可以发布：没有发现问题。");
    });
}

#[test]
fn the_worst_comes_first() {
    with_report(|report| {
        let rules: Vec<&str> = report.worst_first().map(|one| one.rule.id).collect();
        assert_eq!(rules, ["links/broken", "text/pinyin-gloss", "checks/unused-exception"]);
    });
}

#[test]
fn json_keeps_to_its_schema() {
    let schema: Value = serde_json::from_str(json::SCHEMA).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    with_report(|report| {
        let written: Value = serde_json::from_str(&json::render(report)).unwrap();
        let mistakes: Vec<String> = validator.iter_errors(&written).map(|error| error.to_string()).collect();
        assert_eq!(mistakes, [""; 0]);
        assert_eq!(written["verdict"]["publishable"], false);
        let place = &written["problems"][0]["place"];
        assert_eq!(place["path"], "site/content/cases/甲 %1.md");
        assert_eq!(
            (&place["line"], &place["column"], &place["endColumn"]),
            (&5.into(), &23.into(), &28.into())
        );
        assert_eq!(place["words"], "没有.md");
        assert_eq!(written["problems"][1]["fixes"][0]["certain"], true);
        // The validator can say no.
        let mut wrong = written;
        wrong["problems"][0]["severity"] = "fatal".into();
        assert!(!validator.is_valid(&wrong));
    });
}

#[test]
fn sarif_is_what_another_reader_of_the_standard_understands() {
    with_report(|report| {
        let text = sarif::render(report);
        // The reader's types are made from the schema of OASIS. What it does not know it leaves out, so what
        // it writes again is the same only if all was known, in the right place and of the right type.
        let read: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
        let again = serde_json::to_value(&read).unwrap();
        let written: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(again, written);
        let results = written["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), 3);
        let place = &results[0]["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"],
            "site/content/cases/%E7%94%B2%20%251.md"
        );
        assert_eq!(place["region"]["startLine"], 5);
        let rules = written["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
    });
}

#[test]
fn annotations_stay_on_one_line_each() {
    with_report(|report| {
        let text = github::render(report);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4, "{text}");
        assert_eq!(
            lines[0],
            "::error file=site/content/cases/甲 %251.md,line=5,endLine=5,col=23,endColumn=28,title=链接打不开（links/broken）::“没有.md”打不开"
        );
        assert!(
            lines[1].ends_with("::这里, 100%25: 夹着拼音%0A办法：删去%0A括号"),
            "{}",
            lines[1]
        );
        assert!(lines[2].starts_with("::warning title="), "{}", lines[2]);
    });
}

#[test]
fn the_page_shows_lights_forecast_and_the_words() {
    with_report(|report| {
        let text = page::render(report).unwrap();
        for part in [
            "<title>发布体检：甲 &amp; 乙（2026年11月22日）</title>",
            "暂不可发布",
            "已超 25 天",
            "还没有内容",
            "<mark>没有.md</mark>",
            "党建<mark>(dǎng jiàn)</mark>联盟，见[这里](没有.md)。",
            "审核单",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert!(!text.contains("http"), "it needs nothing but itself");
    });
}

#[test]
fn paths_are_seen_from_where_the_command_runs() {
    let folders = |content: &str| Folders {
        content: content.to_owned(),
        themes: "../themes".to_owned(),
    };
    assert_eq!(folders("content").path("content/a.md"), "content/a.md");
    assert_eq!(folders(".").path("content/a.md"), "a.md");
    assert_eq!(folders("/site/content/").path("content/a.md"), "/site/content/a.md");
    assert_eq!(folders("门户\\content").path("content/a.md"), "门户/content/a.md");
    assert_eq!(
        folders("content").path("themes/hong/theme.yaml"),
        "../themes/hong/theme.yaml"
    );
}
