//! What a new user does, in an empty folder: begin a portal, check it, build it, write entries.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use hongtu::kind::Kind;
use hongtu::starter;
use serde_yaml::Value;
use support::tree;

/// After the days of the samples and of the guides.
const DAY: &str = "2026-11-21";

fn hongtu(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hongtu"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
fn succeeds(output: &Output) {
    assert!(
        output.status.success(),
        "{}{}",
        words(&output.stdout),
        words(&output.stderr)
    );
}

#[track_caller]
fn is_clean(folder: &Path) {
    let checked = hongtu(folder, &["check", "--deny", "warnings", "--as-of", DAY]);
    succeeds(&checked);
}

/// A new portal in an empty folder.
fn begun() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    succeeds(&hongtu(place.path(), &["init", "."]));
    place
}

#[test]
fn a_new_portal_is_clean_and_builds() {
    let place = tempfile::tempdir().unwrap();
    let begun = hongtu(place.path(), &["init", "我们的门户"]);
    succeeds(&begun);
    assert!(words(&begun.stderr).contains("cd 我们的门户"), "says how to go on");
    let portal = place.path().join("我们的门户");
    is_clean(&portal);
    succeeds(&hongtu(&portal, &["build", "--as-of", DAY]));
    let front = fs::read_to_string(portal.join("public/index.html")).unwrap();
    assert!(front.contains("某某产业园党建"));
    for page in [
        "parks/sample-park.html",
        "maps/sample-park-plan.html",
        "points/service-center.html",
        "routes/half-day.html",
        "cases/shared-canteen.html",
        "alliances/sample-alliance.html",
        "bulletins/sample-alliance-01.html",
        "roundtables/short-meetings.html",
        "pages/writing-guide.html",
    ] {
        assert!(portal.join("public").join(page).is_file(), "{page}");
    }
}

#[test]
fn what_is_embedded_is_what_is_written() {
    let place = begun();
    let written = tree(place.path());
    let portal = starter::portal();
    assert_eq!(written.keys().collect::<Vec<_>>(), portal.keys().collect::<Vec<_>>());
    for (path, text) in &portal {
        assert_eq!(written[path], text.as_bytes(), "{path}");
        assert!(text.ends_with('\n') && !text.contains('\r'), "{path}");
    }
}

#[test]
fn nothing_is_overwritten() {
    let place = begun();
    fs::write(place.path().join("README.md"), "我们自己的话\n").unwrap();
    fs::remove_file(place.path().join("content/cases/shared-canteen.md")).unwrap();
    fs::remove_file(place.path().join(".gitlab-ci.yml")).unwrap();
    let before = tree(place.path());
    let again = hongtu(place.path(), &["init", "."]);
    succeeds(&again);
    let said = words(&again.stderr);
    assert!(said.contains("没有动：README.md"), "{said}");
    assert!(said.contains("没有放示例"), "{said}");
    let mut after = tree(place.path());
    assert!(
        after.remove(".gitlab-ci.yml").is_some(),
        "what was missing is there again"
    );
    support::assert_same(&after, &before, "all else is as it was, and no sample came back");
}

#[test]
fn samples_stay_out_of_a_portal_that_is_there() {
    let place = tempfile::tempdir().unwrap();
    support::write_files(place.path(), [("content/site.yaml", "title: 甲\n".as_bytes())]);
    succeeds(&hongtu(place.path(), &["init", "."]));
    let content: Vec<_> = tree(&place.path().join("content")).into_keys().collect();
    assert_eq!(content, ["site.yaml"]);
    assert!(place.path().join(".vscode/settings.json").is_file());
}

#[test]
fn every_option_of_the_theme_is_named_in_the_site_file() {
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/hong/theme.yaml");
    let theme: Value = serde_yaml::from_str(&fs::read_to_string(theme).unwrap()).unwrap();
    let site = &starter::portal()["content/site.yaml"];
    for (name, option) in theme["options"].as_mapping().unwrap() {
        let default = serde_yaml::to_string(&option["default"]).unwrap();
        let line = format!("#   {}: {} ", name.as_str().unwrap(), default.trim());
        assert!(site.contains(&line), "{line}");
    }
}

/// What is commented out in `site.yaml` works when the signs are taken away.
#[test]
fn every_setting_that_is_off_can_be_put_on() {
    let place = begun();
    let path = place.path().join("content/site.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let is_setting = |line: &str| {
        let rest = line.trim_start().strip_prefix("# ").unwrap_or_default();
        let rest = rest.trim_start().trim_start_matches("- ");
        let key = rest
            .split_once(':')
            .map(|(key, after)| (key, after.is_empty() || after.starts_with(' ')));
        key.is_some_and(|(key, is_key)| {
            is_key && !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_')
        })
    };
    let on: String = text
        .lines()
        .map(|line| {
            if is_setting(line) {
                line.replacen("# ", "", 1) + "\n"
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    assert!(
        on.contains("\n检查:\n  段落字数: 600") && on.contains("\n  底图:\n    文件: "),
        "{on}"
    );
    fs::write(&path, on).unwrap();
    let checked = hongtu(place.path(), &["check", "--as-of", DAY]);
    let report = words(&checked.stdout);
    for group in ["front-matter/", "site/file", "theme/option", "checks/unknown-rule"] {
        assert!(!report.contains(&format!("[{group}")), "{report}");
    }
}

/// The values that the new file leaves open, as a writer would fill them in.
const FILLED: [(Kind, &[(&str, &str)]); 8] = [
    (Kind::Park, &[]),
    (
        Kind::Point,
        &[
            ("类别:", "类别: 职工之家"),
            (
                "地址:",
                "地址: 某某市某某区示例路9号\n平面图: {名称: 园区平面图, x: 200, y: 420}\n园区: sample-park",
            ),
        ],
    ),
    (Kind::Route, &[("  - 示范点:", "  - 示范点: service-center")]),
    (Kind::Case, &[("报送单位:", "报送单位: 某某产业园党群工作部")]),
    (Kind::Alliance, &[("成立:", "成立: 2026-03")]),
    (
        Kind::Bulletin,
        &[("联盟:", "联盟: sample-alliance"), ("期号:", "期号: 2")],
    ),
    (Kind::Roundtable, &[("  - 姓名:", "  - 姓名: 嘉宾丙")]),
    (Kind::Page, &[]),
];

#[test]
fn a_new_entry_of_each_kind_is_clean_once_it_is_filled_in() {
    for (kind, filled) in FILLED {
        let place = begun();
        let made = hongtu(place.path(), &["new", kind.chinese(), "新写的一篇，试一试"]);
        succeeds(&made);
        let path = words(&made.stdout).trim().to_owned();
        let folder = kind.default_folder();
        assert_eq!(path, format!("content/{folder}/xin-xie-de-yi-pian-shi-yi-shi.md"));
        let checked = words(&hongtu(place.path(), &["check"]).stdout);
        let errors: Vec<&str> = checked.lines().filter(|line| line.starts_with("错误")).collect();
        assert!(
            errors.iter().all(|error| error.starts_with("错误[front-matter/missing-key]") || error.contains("point/no-position")),
            "{}: {checked}",
            kind.name()
        );
        assert_eq!(errors.is_empty(), filled.is_empty(), "{}: {checked}", kind.name());

        let file = place.path().join(&path);
        let mut text = fs::read_to_string(&file).unwrap();
        for (open, value) in filled {
            assert_eq!(text.matches(&format!("\n{open}  # ")).count(), 1, "{open} in\n{text}");
            text = text.replace(&format!("\n{open}  # "), &format!("\n{value}  # "));
        }
        // A new entry bears the day of the clock.
        let day = text.lines().find(|line| line.starts_with("日期: "));
        let day = day.expect("keys in Chinese, as those of the samples").to_owned();
        text = text.replace(&day, &format!("日期: {DAY}"));
        // As a draft, and when it is finished: the body written, the draft's line gone.
        fs::write(&file, &text).unwrap();
        is_clean(place.path());
        let mut finished: String = text
            .lines()
            .filter(|line| !line.starts_with("草稿:"))
            .fold(String::new(), |all, line| all + line + "\n");
        for part in ["背景", "做法", "成效", "思考"] {
            finished = finished.replace(&format!("## {part}\n"), &format!("## {part}\n\n这里写{part}的经过。\n"));
        }
        fs::write(&file, finished).unwrap();
        is_clean(place.path());
    }
}

#[test]
fn every_line_that_is_off_is_a_key_when_it_is_put_on() {
    for kind in Kind::ALL {
        let place = begun();
        let made = hongtu(place.path(), &["new", kind.name(), "全部打开"]);
        let file = place.path().join(words(&made.stdout).trim());
        let text = fs::read_to_string(&file).unwrap();
        let (head, open) = text.split_once("# 可以不写的").unwrap();
        let (intro, keys) = open.split_once('\n').unwrap();
        let (keys, body) = keys.split_once("---\n").unwrap();
        let on: String = keys
            .lines()
            .map(|line| line.strip_prefix("# ").unwrap().to_owned() + "\n")
            .collect();
        fs::write(&file, format!("{head}# {intro}\n{on}---\n{body}")).unwrap();
        let report = words(&hongtu(place.path(), &["check"]).stdout);
        for rule in [
            "syntax",
            "unknown-key",
            "duplicate-key",
            "comment",
            "character",
            "type",
            "not-a-mapping",
        ] {
            assert!(
                !report.contains(&format!("[front-matter/{rule}]")),
                "{}: {report}\n{on}",
                kind.name()
            );
        }
    }
}

#[test]
fn a_new_entry_overwrites_nothing_and_takes_no_address_twice() {
    let place = begun();
    fs::write(
        place.path().join("content/cases/借食堂.md"),
        "---\n标题: 借食堂\n报送单位: 甲\n---\n\n正文。\n",
    )
    .unwrap();
    let before = tree(place.path());
    let made = hongtu(place.path(), &["new", "案例", "借食堂"]);
    assert_eq!(made.status.code(), Some(2));
    let said = words(&made.stderr);
    assert!(
        said.contains("content/cases/借食堂.md") && said.contains("--name jie-shi-tang-2"),
        "{said}"
    );
    support::assert_same(&tree(place.path()), &before, "nothing was written");
    succeeds(&hongtu(
        place.path(),
        &["new", "案例", "借食堂", "--name", "jie-shi-tang-2"],
    ));
    assert!(place.path().join("content/cases/jie-shi-tang-2.md").is_file());
}

#[test]
fn a_new_entry_goes_where_it_belongs_and_speaks_as_its_neighbours_do() {
    let place = tempfile::tempdir().unwrap();
    support::write_files(
        place.path(),
        [
            (
                "content/site.yaml",
                "title: 甲\ncolumns:\n  - {folder: stories, title: 故事, kind: case, order: 2, parts: [缘起, 后来/结果]}\n  - {folder: news, title: 要闻, order: 1}\n"
                    .as_bytes(),
            ),
            ("content/stories/a.md", "---\ntitle: 乙\norg: 丙\n---\n\n正文。\n".as_bytes()),
            ("content/news/b.md", "---\n标题: 丁\n---\n\n正文。\n".as_bytes()),
        ],
    );
    let read = |path: &str| fs::read_to_string(place.path().join(path)).unwrap();
    succeeds(&hongtu(place.path(), &["new", "案例", "一件事"]));
    let story = read("content/stories/yi-jian-shi.md");
    assert!(
        story.contains("\ntitle: 一件事  # ") && story.contains("\norg:  # "),
        "{story}"
    );
    assert!(story.ends_with("\n## 缘起\n\n## 后来\n"), "{story}");
    succeeds(&hongtu(place.path(), &["new", "案例", "一件事", "--column", "要闻"]));
    let news = read("content/news/yi-jian-shi.md");
    assert!(
        news.contains("\n标题: 一件事  # ") && news.contains("\n体裁: 案例  # "),
        "{news}"
    );
    succeeds(&hongtu(place.path(), &["new", "圆桌", "谈一谈"]));
    assert!(read("content/roundtables/tan-yi-tan.md").contains("\n嘉宾:  # "));
    let wrong = hongtu(place.path(), &["new", "案例", "一件事", "--column", "新闻"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(words(&wrong.stderr).contains("stories（故事）"));
}

#[test]
fn mistakes_in_the_arguments_are_said_in_chinese() {
    let place = begun();
    for (arguments, said) in [
        (&["new", "案列", "甲"][..], "是不是想写“案例”？"),
        (&["new", "案例", "！！"], "标题里要有字"),
        (&["new", "案例", "甲", "--name", "../甲"], "写一个名字"),
        (&["new", "案例"], "还缺少"),
        (&["new", "案例", "甲", "--content", "没有"], "hongtu init"),
        (&["schema", "案列"], "是不是想写“案例”？"),
        (&["init"], "还缺少"),
    ] {
        let output = hongtu(place.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let stderr = words(&output.stderr);
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
    }
}

#[test]
fn schemas_completions_and_the_manual_are_printed() {
    let place = tempfile::tempdir().unwrap();
    let printed = |arguments: &[&str]| {
        let output = hongtu(place.path(), arguments);
        succeeds(&output);
        words(&output.stdout)
    };
    let schema: serde_json::Value = serde_json::from_str(&printed(&["schema", "案例"])).unwrap();
    assert_eq!(schema["properties"]["报送单位"]["description"], "报送这一篇的单位全称");
    succeeds(&hongtu(place.path(), &["schema", "site", "--out", "site.schema.json"]));
    assert_eq!(
        fs::read_to_string(place.path().join("site.schema.json")).unwrap(),
        printed(&["schema", "设置"])
    );
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        assert!(script.contains("hongtu") && script.contains("explain"), "{shell}");
    }
    let manual = printed(&["manual"]);
    assert!(manual.contains(".TH hongtu 1"), "{manual}");
    for command in [
        "init",
        "new",
        "build",
        "check",
        "fix",
        "explain",
        "schema",
        "completions",
        "manual",
    ] {
        assert!(manual.contains(&format!("hongtu {command}")), "{command}");
    }
    assert!(manual.contains("as\\-of"), "options of the commands too");
}
