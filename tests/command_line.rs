//! What scripts and CI rely on: exit codes, which stream says what, and what is left on the disk.
//!
//! The real binary runs in a folder of its own for each test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

use hongtu::diagnostic::rule;
use tempfile::TempDir;

const SITE_FILE: (&str, &str) = ("content/site.yaml", "title: 测试门户\n");
const PAGE: (&str, &str) = ("content/pages/a.md", "---\n标题: 甲\n---\n\n正文。\n");
/// An error that reading finds.
const WRONG_PAGE: (&str, &str) = ("content/pages/b.md", "---\n标题: 乙\n日期: 2026-02-30\n---\n");
/// A warning.
const ODD_PAGE: (&str, &str) = ("content/pages/c.md", "---\n标题: 丙\n标提: 丁\n---\n");

/// A folder with these files.
fn site(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        put(folder.path(), path, text);
    }
    folder
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn hongtu(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hongtu"));
    command
        .current_dir(folder.path())
        .args(arguments)
        .env_remove("NO_COLOR");
    command
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    hongtu(folder, arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("the process ended by itself")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// All files below a folder: their bytes, and when they were last written.
fn files(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for item in std::fs::read_dir(next).unwrap() {
            let item = item.unwrap();
            if item.file_type().unwrap().is_dir() {
                folders.push(item.path());
            } else {
                let path = item.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                let written = item.metadata().unwrap().modified().unwrap();
                found.insert(path, (std::fs::read(item.path()).unwrap(), written));
            }
        }
    }
    found
}

#[test]
fn a_sound_site_is_built_and_nothing_is_printed_to_standard_output() {
    let folder = site(&[SITE_FILE, PAGE]);
    let output = run(&folder, &["build"]);
    assert_eq!((code(&output), stdout(&output)), (0, ""), "{}", stderr(&output));
    assert!(folder.path().join("public/index.html").is_file());
    assert!(folder.path().join("public/pages/a.html").is_file());
    assert!(stderr(&output).contains("public/index.html"), "{}", stderr(&output));
}

#[test]
fn a_sound_site_is_checked_and_nothing_is_written() {
    let folder = site(&[SITE_FILE, PAGE]);
    let output = run(&folder, &["check"]);
    assert_eq!((code(&output), stderr(&output)), (0, ""));
    assert_eq!(stdout(&output), "可以发布：没有发现问题。\n");
    let names: Vec<_> = files(folder.path()).into_keys().collect();
    assert_eq!(names, ["content/pages/a.md", "content/site.yaml"]);
}

#[test]
fn check_reports_to_standard_output_and_build_to_standard_error() {
    let folder = site(&[SITE_FILE, PAGE, WRONG_PAGE, ODD_PAGE]);
    let (check, build) = (run(&folder, &["check"]), run(&folder, &["build"]));
    assert_eq!((code(&check), stderr(&check)), (1, ""));
    assert_eq!((code(&build), stdout(&build)), (1, ""));
    for report in [stdout(&check), stderr(&build)] {
        assert!(report.contains("content/pages/b.md:3:5"), "{report}");
        assert!(report.contains("content/pages/c.md:3:1"), "{report}");
        assert!(
            report.contains("共 1 处错误，1 处警告。")
                || report.contains("暂不可发布：有 1 处错误，1 处警告。先改错误。"),
            "{report}"
        );
    }
    assert!(!folder.path().join("public").exists());
}

#[test]
fn what_is_known_of_the_output_is_neither_written_nor_believed_blindly() {
    let folder = site(&[SITE_FILE, PAGE]);
    assert_eq!(code(&run(&folder, &["build"])), 0);
    let again = run(&folder, &["build"]);
    assert!(stderr(&again).contains("写 0，"), "{}", stderr(&again));
    // A file that somebody changed is made good, and so is one that is gone.
    std::fs::write(folder.path().join("public/404.html"), "别的").unwrap();
    std::fs::remove_file(folder.path().join("public/pages/a.html")).unwrap();
    let mended = run(&folder, &["build", "--verbose"]);
    let said = stderr(&mended);
    assert!(said.contains("写 404.html\n写 pages/a.html\n"), "{said}");
    assert!(said.contains("写 2，"), "{said}");
    // Without the cache everything is compared, and nothing differs.
    std::fs::remove_dir_all(folder.path().join(".hongtu")).unwrap();
    let without = run(&folder, &["build"]);
    assert!(stderr(&without).contains("写 0，"), "{}", stderr(&without));
}

#[test]
fn timings_are_told_and_recorded_for_a_profiler() {
    let folder = site(&[SITE_FILE, PAGE]);
    let built = run(&folder, &["build", "--timings"]);
    assert_eq!(code(&built), 0);
    let said = stderr(&built);
    for part in ["读取", "  解析文稿", "检查", "推导", "准备页面", "写入", "合计"] {
        assert!(said.lines().any(|line| line.starts_with(part)), "{part} in:\n{said}");
    }
    let recorded = std::fs::read(folder.path().join("hongtu-timings.json")).unwrap();
    let trace: serde_json::Value = serde_json::from_slice(&recorded).unwrap();
    let events = trace["traceEvents"].as_array().unwrap();
    assert!(events.iter().any(|event| event["name"] == "写入" && event["ph"] == "X"));
    assert_eq!(code(&run(&folder, &["build", "--timings", "别处.json"])), 0);
    assert!(folder.path().join("别处.json").exists());
    assert!(!stderr(&run(&folder, &["build"])).contains("合计"));
}

#[test]
fn an_error_leaves_the_old_site_as_it_was() {
    let folder = site(&[SITE_FILE, PAGE]);
    assert_eq!(code(&run(&folder, &["build"])), 0);
    let public = folder.path().join("public");
    let before = files(&public);
    assert!(before.len() > 5);

    put(folder.path(), "content/pages/a.md", "---\n标题: 改过的甲\n---\n");
    put(folder.path(), WRONG_PAGE.0, WRONG_PAGE.1);
    let output = run(&folder, &["build"]);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("没有写任何文件"), "{}", stderr(&output));
    assert!(files(&public) == before, "an error found by reading");

    // The next error shows only when pages are made.
    std::fs::remove_file(folder.path().join(WRONG_PAGE.0)).unwrap();
    put(folder.path(), "themes/hong/templates/page.html", "{{ page.没有.这个 }}");
    let output = run(&folder, &["build"]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(files(&public) == before, "an error found by rendering");

    std::fs::remove_dir_all(folder.path().join("themes")).unwrap();
    assert_eq!(code(&run(&folder, &["build"])), 0);
    assert!(files(&public) != before);
}

#[test]
fn warnings_fail_only_when_they_are_denied() {
    let folder = site(&[SITE_FILE, PAGE, ODD_PAGE]);
    for command in ["check", "build"] {
        assert_eq!(code(&run(&folder, &[command])), 0);
        assert_eq!(code(&run(&folder, &[command, "--deny", "warnings"])), 1);
        assert_eq!(code(&run(&folder, &[command, "--deny", "everything"])), 2);
    }
    std::fs::remove_file(folder.path().join(ODD_PAGE.0)).unwrap();
    assert_eq!(code(&run(&folder, &["check", "--deny", "warnings"])), 0);
}

#[test]
fn drafts_are_built_only_when_asked_for() {
    let folder = site(&[
        SITE_FILE,
        PAGE,
        ("content/pages/d.md", "---\n标题: 丁\n草稿: 是\n---\n"),
    ]);
    let page = folder.path().join("public/pages/d.html");
    assert_eq!(code(&run(&folder, &["build"])), 0);
    assert!(!page.exists());
    assert_eq!(code(&run(&folder, &["build", "--drafts"])), 0);
    assert!(page.exists());
    assert_eq!(code(&run(&folder, &["build"])), 0);
    assert!(!page.exists(), "a draft must not stay published");
}

#[test]
fn the_day_decides_what_is_published() {
    let text = "---\n标题: 戊\n发布: 2026-07-01\n下线: 2026年7月10日\n---\n";
    let folder = site(&[SITE_FILE, PAGE, ("content/pages/e.md", text)]);
    for (day, is_published) in [
        ("2026-06-30", false),
        ("2026-07-01", true),
        ("2026年7月9日", true),
        ("2026-07-10", false),
    ] {
        assert_eq!(code(&run(&folder, &["build", "--as-of", day])), 0);
        assert_eq!(
            folder.path().join("public/pages/e.html").exists(),
            is_published,
            "{day}"
        );
    }
}

#[test]
fn what_cannot_run_is_not_what_is_wrong_in_the_content() {
    let folder = site(&[SITE_FILE, PAGE, ("file", "")]);
    for arguments in [
        &["build", "--no-such-argument"][..],
        &["no-such-command"],
        &[],
        &["build", "--as-of", "明天"],
        &["build", "--as-of", "2026-02-30"],
        &["build", "--content", "nowhere"],
        &["check", "--content", "file"],
        &["build", "--out", "file"],
        &["build", "--out", "file/public"],
    ] {
        let output = run(&folder, arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{arguments:?}");
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(
            stderr(&output).contains(is_chinese),
            "{arguments:?}: {}",
            stderr(&output)
        );
    }
    assert!(!folder.path().join("public").exists());
}

#[test]
fn a_folder_that_cannot_be_found_is_named() {
    let folder = site(&[SITE_FILE]);
    let output = run(&folder, &["build", "--content", "没有"]);
    assert!(stderr(&output).contains("没有"), "{}", stderr(&output));
    let output = run(&folder, &["build", "--as-of", "明天"]);
    assert!(
        stderr(&output).contains("“明天”不是日期，写成 2026-07-01"),
        "{}",
        stderr(&output)
    );
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder_stops_the_command() {
    use std::os::unix::fs::PermissionsExt;

    let folder = site(&[SITE_FILE, PAGE]);
    let pages = folder.path().join("content/pages");
    let set = |mode| std::fs::set_permissions(&pages, std::fs::Permissions::from_mode(mode)).unwrap();
    set(0);
    // The superuser reads everything.
    if std::fs::read_dir(&pages).is_err() {
        let output = run(&folder, &["build"]);
        assert_eq!(code(&output), 2, "{}", stderr(&output));
        assert!(stderr(&output).contains("pages"), "{}", stderr(&output));
    }
    set(0o755);
}

#[test]
fn help_and_version_are_no_mistakes() {
    let folder = site(&[]);
    for arguments in [&["--help"][..], &["build", "--help"], &["--version"]] {
        let output = run(&folder, arguments);
        assert_eq!((code(&output), stderr(&output)), (0, ""), "{arguments:?}");
        assert!(!stdout(&output).is_empty());
    }
}

/// `hongtu check | head` must end as any check does: the reader has seen enough.
#[test]
fn a_closed_pipe_is_no_error() {
    let many: String = (0..200).map(|at| format!("[没有](没有{at}.md)\n")).collect();
    let page = ("content/pages/b.md", &*format!("---\n标题: 乙\n---\n\n{many}"));
    let folder = site(&[SITE_FILE, PAGE, page]);
    let mut child = hongtu(&folder, &["check"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), stderr(&output)), (1, ""));

    let mut child = hongtu(&folder, &["build"]).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));

    // The site is built though no one listens.
    std::fs::remove_file(folder.path().join("content/pages/b.md")).unwrap();
    let mut child = hongtu(&folder, &["build"]).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(folder.path().join("public/index.html").exists());
}

#[test]
fn colour_is_for_terminals_only() {
    let folder = site(&[SITE_FILE, WRONG_PAGE]);
    assert!(!stdout(&run(&folder, &["check"])).contains('\u{1b}'));
}

/// `script` of util-linux gives the command a terminal; where there is none, nothing is tested.
#[cfg(target_os = "linux")]
#[test]
fn colour_is_wanted_unless_the_user_says_no() {
    let folder = site(&[SITE_FILE, WRONG_PAGE]);
    let on_a_terminal = |no_color: Option<&str>| {
        let command = format!("{} check", env!("CARGO_BIN_EXE_hongtu"));
        let mut script = Command::new("script");
        script
            .args(["--quiet", "--return", "--command", &command, "/dev/null"])
            .current_dir(folder.path())
            .env_remove("NO_COLOR")
            .stdin(Stdio::null());
        if let Some(value) = no_color {
            script.env("NO_COLOR", value);
        }
        script.output().ok().map(|output| stdout(&output).to_owned())
    };
    let Some(shown) = on_a_terminal(None) else { return };
    assert!(shown.contains("\u{1b}["), "{shown}");
    assert!(!on_a_terminal(Some("1")).unwrap().contains("\u{1b}["));
    // An empty value means that nothing was said (https://no-color.org).
    assert!(on_a_terminal(Some("")).unwrap().contains("\u{1b}["));
}

// ---- explain

#[test]
fn explain_lists_all_rules_where_there_is_no_site_yet() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&folder, &["explain"]);
    assert_eq!((code(&output), stderr(&output)), (0, ""));
    for rule in rule::ALL {
        let row = |line: &str| line.trim_start().starts_with(&format!("{} ", rule.id)) && line.ends_with(rule.title());
        assert!(stdout(&output).lines().any(row), "{} is not there", rule.id);
    }
    assert!(stdout(&output).contains("没有找到 content/site.yaml，级别是默认的。"));
    assert!(!stdout(&output).contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn explain_shows_a_rule_and_the_beginnings_of_a_group() {
    let folder = tempfile::tempdir().unwrap();
    let rule = run(&folder, &["explain", "links/broken"]);
    assert_eq!((code(&rule), stderr(&rule)), (0, ""));
    assert!(
        stdout(&rule).starts_with("链接打不开\nlinks/broken（链接）  错误，有一处就不生成页面\n出处："),
        "{}",
        stdout(&rule)
    );
    assert!(stdout(&rule).contains("\n怎么改\n  • "), "{}", stdout(&rule));
    for name in ["links", "链接"] {
        let group = run(&folder, &["explain", name]);
        assert_eq!((code(&group), stderr(&group)), (0, ""));
        assert!(stdout(&group).contains("\nlinks/scheme  错误  "), "{}", stdout(&group));
        assert!(!stdout(&group).contains("images/"), "{}", stdout(&group));
        assert!(!stdout(&group).contains("怎么改\n"), "{}", stdout(&group));
    }
    let needed = run(&folder, &["explain", "file/empty"]);
    assert!(stdout(&needed).contains("不能改，也没有例外"), "{}", stdout(&needed));
}

#[test]
fn explain_takes_the_levels_of_the_site() {
    let settings = "title: 甲\n检查:\n  级别:\n    - {规则: links, 级别: warning}\n    - {规则: file, 级别: off}\n";
    let folder = site(&[("site/site.yaml", settings)]);
    let output = run(&folder, &["explain", "--content", "site"]);
    let rows: Vec<&str> = stdout(&output).lines().collect();
    let row = |id: &str| *rows.iter().find(|line| line.starts_with(&format!("  {id} "))).unwrap();
    assert!(row("links/broken").contains("警告") && row("links/broken").ends_with("（本站改过）"));
    assert!(row("file/encoding").contains("不查") && row("file/encoding").ends_with("（本站改过）"));
    // What cannot be changed is not, whatever is said of its group.
    assert!(row("file/empty").contains("错误") && !row("file/empty").contains("改过"));
    assert!(row("images/missing").contains("错误") && !row("images/missing").contains("改过"));
}

/// The page of a rule ends with what can be written into `site.yaml`: it has to work as it stands.
#[test]
fn explain_gives_lines_that_work() {
    let page = (
        "content/cases/某一篇.md",
        "---\n标题: 乙\n报送单位: 丙\n---\n\n[没有](没有.md)\n",
    );
    let folder = site(&[SITE_FILE, page]);
    assert_eq!(code(&run(&folder, &["check"])), 1);
    let output = run(&folder, &["explain", "links/broken"]);
    let lines: String = stdout(&output)
        .lines()
        .filter_map(|line| line.strip_prefix("    ").filter(|_| !line.contains('•')))
        .map(|line| format!("{line}\n"))
        .collect();
    let (levels, exceptions) = lines.split_once("  例外:").unwrap();
    let exceptions = format!("检查:\n  例外:{exceptions}");

    put(folder.path(), SITE_FILE.0, &format!("title: 甲\n{levels}"));
    let checked = run(&folder, &["check"]);
    assert_eq!(code(&checked), 0, "{}", stdout(&checked));
    assert!(stdout(&checked).contains("警告[links/broken]"), "{}", stdout(&checked));
    assert!(
        stdout(&checked).contains("可以发布：没有错误；有 1 处警告，请看一看。"),
        "{}",
        stdout(&checked)
    );

    put(folder.path(), SITE_FILE.0, &format!("title: 甲\n{exceptions}"));
    let checked = run(&folder, &["check"]);
    assert_eq!(stdout(&checked), "可以发布：没有发现问题。\n");
}

#[test]
fn explain_suggests_the_name_that_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    for (asked, near) in [
        ("links/brokn", "links/broken"),
        ("lnks", "links"),
        ("broken", "links/broken"),
    ] {
        let output = run(&folder, &["explain", asked]);
        assert_eq!((code(&output), stdout(&output)), (2, ""));
        let expected = format!("没有“{asked}”这条规则，也没有这一组。是不是想写 {near}？");
        assert!(stderr(&output).starts_with(&expected), "{}", stderr(&output));
    }
}

#[test]
fn explain_needs_no_sound_site_file_and_no_listener() {
    let folder = site(&[("content/site.yaml", "title: [甲\n")]);
    let output = run(&folder, &["explain", "site/file"]);
    assert_eq!(code(&output), 0);
    assert!(
        stdout(&output).starts_with("site.yaml 没有，或读不出来\n"),
        "{}",
        stdout(&output)
    );
    assert!(
        stderr(&output).contains("运行 hongtu check 看是哪里"),
        "{}",
        stderr(&output)
    );

    let empty = tempfile::tempdir().unwrap();
    let mut child = hongtu(&empty, &["explain"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), stderr(&output)), (0, ""));
}
