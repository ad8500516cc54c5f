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
    assert_eq!(stdout(&output), "没有发现问题。\n");
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
        assert!(report.contains("共 1 处错误，1 处警告。"), "{report}");
    }
    assert!(!folder.path().join("public").exists());
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
