//! `hongtu fix` as its users have it: what it shows, what it changes, and that all of it can be taken back.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]

#[allow(dead_code, reason = "the other tests use the rest of it")]
mod fixture;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use fixture::Fixture;
use rayon::prelude::*;

const PAGE: &str = "\u{feff}---\r\n# 一行说明\r\ntitle:   甲   # 两头的空格留着\r\ntags: [ 乙,丙 ]\r\n---\r\n\r\n\
                    党\u{200b}建联盟，２０１９年。名单：李某139****0000、张某13912345678。\r\n\r\n末行没有换行";

fn fix(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hongtu"))
        .current_dir(folder)
        .arg("fix")
        .args(arguments)
        .output()
        .unwrap()
}

fn words(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn put(folder: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// All files below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let all = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    all.filter(|item| item.file_type().is_file())
        .map(|item| (item.path().to_owned(), std::fs::read(item.path()).unwrap()))
        .collect()
}

/// Takes a unified diff back: what `patch -R` does.
fn taken_back(text: &str, diff: &str) -> String {
    let mut lines = text.split_inclusive('\n');
    let mut old = String::new();
    let mut at = 1;
    let mut hunk = diff
        .split_inclusive('\n')
        .skip_while(|line| !line.starts_with("@@"))
        .peekable();
    let mut last_kind = ' ';
    while let Some(line) = hunk.next() {
        if let Some(header) = line.strip_prefix("@@ ") {
            let new = header.split('+').nth(1).unwrap();
            let start: usize = new.split([',', ' ']).next().unwrap().parse().unwrap();
            // A hunk that leaves nothing names the line before it.
            let start = if new.split(' ').next().unwrap().ends_with(",0") {
                start + 1
            } else {
                start
            };
            old.extend(lines.by_ref().take(start - at));
            at = start;
            continue;
        }
        let is_last = hunk.peek().is_some_and(|next| next.starts_with('\\'));
        let content = if is_last {
            line[1..].trim_end_matches('\n')
        } else {
            &line[1..]
        };
        let kind = line.chars().next().unwrap();
        match kind {
            '\\' => continue,
            '-' => old.push_str(content),
            kind => {
                let next = lines.next().unwrap();
                assert_eq!(next, content);
                at += 1;
                if kind == ' ' {
                    old.push_str(content);
                }
            }
        }
        last_kind = kind;
    }
    assert!(matches!(last_kind, ' ' | '-' | '+'));
    old.extend(lines);
    old
}

/// The diffs of the files, by path.
fn by_file(diff: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut path = String::new();
    for line in diff.split_inclusive('\n') {
        if let Some(new) = line.strip_prefix("--- a/") {
            new.trim_end().clone_into(&mut path);
        }
        let text: &mut String = found.entry(path.clone()).or_default();
        text.push_str(line);
    }
    found
}

#[test]
fn nothing_is_changed_before_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "content/site.yaml", "title: 门户\n");
    put(folder.path(), "content/pages/a.md", PAGE);
    let before = files(folder.path());
    let shown = fix(folder.path(), &[]);
    assert_eq!(shown.status.code(), Some(0));
    assert_eq!(files(folder.path()), before);
    assert!(
        words(&shown.stdout).contains("+党建联盟，2019年。名单：李某139****0000、张某139****5678。\r\n"),
        "{}",
        words(&shown.stdout)
    );
    assert!(words(&shown.stderr).contains("还没有改"), "{}", words(&shown.stderr));

    let applied = fix(folder.path(), &["--apply"]);
    assert_eq!(applied.status.code(), Some(0));
    assert_eq!(applied.stdout, shown.stdout, "what was shown is what is done");
    let page = std::fs::read_to_string(folder.path().join("content/pages/a.md")).unwrap();
    let expected = PAGE
        .replace('\u{200b}', "")
        .replace("２０１９", "2019")
        .replace("13912345678", "139****5678");
    assert_eq!(page, expected, "everything else is as it was, byte for byte");
    let without_mark = page.trim_start_matches('\u{feff}');
    assert_eq!(
        taken_back(without_mark, words(&applied.stdout)),
        PAGE.trim_start_matches('\u{feff}')
    );
}

#[test]
fn only_the_rules_that_are_named_and_then_also_what_is_not_certain() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "content/site.yaml", "title: 门户\n");
    put(
        folder.path(),
        "content/pages/a.md",
        "---\ntitle: 甲\n---\n\n党\u{200b}建(jiàn)联盟。\n",
    );
    let certain = fix(folder.path(), &["--apply", "text/pinyin-gloss"]);
    let page = std::fs::read_to_string(folder.path().join("content/pages/a.md")).unwrap();
    assert!(
        page.ends_with("党\u{200b}建联盟。\n"),
        "{page:?}\n{}",
        words(&certain.stderr)
    );
    let unknown = fix(folder.path(), &["text/nothing"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(
        words(&unknown.stderr).contains("没有 text/nothing 这条规则"),
        "{}",
        words(&unknown.stderr)
    );
}

#[test]
fn data_files_are_mended_and_other_encodings_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "content/site.yaml", "title: 门户\n");
    put(
        folder.path(),
        "content/pages/a.md",
        "---\ntitle: 甲\n---\n\n[名单](../assets/utf.csv)、[名单二](../assets/gbk.csv)\n",
    );
    let list = "姓名,电话\r\n陈某,13812345678\r\n";
    let (in_gbk, ..) = encoding_rs::GBK.encode(list);
    put(folder.path(), "content/assets/utf.csv", list);
    put(folder.path(), "content/assets/gbk.csv", &in_gbk);
    let applied = fix(folder.path(), &["--apply"]);
    assert_eq!(applied.status.code(), Some(0), "{}", words(&applied.stderr));
    let said = words(&applied.stderr);
    assert!(said.contains("privacy/mobile（公开了个人的手机号）：1 处"), "{said}");
    assert!(
        said.contains("content/assets/gbk.csv 不是 UTF-8 编码，没有动它"),
        "{said}"
    );
    assert!(!words(&applied.stdout).contains("gbk.csv"));
    let read = |path: &str| std::fs::read(folder.path().join(path)).unwrap();
    assert_eq!(
        read("content/assets/utf.csv"),
        list.replace("13812345678", "138****5678").as_bytes()
    );
    assert_eq!(read("content/assets/gbk.csv"), *in_gbk);
}

/// Whatever damage there is: a second run has nothing to do, and the diff leads back.
#[test]
fn every_fixture_is_mended_once_and_can_be_taken_back() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let paths: Vec<_> = std::fs::read_dir(fixtures)
        .unwrap()
        .map(|item| item.unwrap().path())
        .collect();
    let mended: usize = paths
        .par_iter()
        .map(|path| {
            let fixture = Fixture::parse(&std::fs::read_to_string(path).unwrap());
            let folder = tempfile::tempdir().unwrap();
            if !fixture.is_possible_here() {
                return 0;
            }
            fixture.write(folder.path());
            let before = files(folder.path());
            let applied = fix(folder.path(), &["--apply"]);
            assert_eq!(
                applied.status.code(),
                Some(0),
                "{}: {}",
                path.display(),
                words(&applied.stderr)
            );
            let after = files(folder.path());
            let diffs = by_file(words(&applied.stdout));
            for (place, old) in &before {
                let shown = place
                    .strip_prefix(folder.path())
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                match diffs.get(&shown) {
                    None => assert_eq!(after[place], *old, "{shown}"),
                    Some(diff) => {
                        let mark = "\u{feff}";
                        let new = words(&after[place]).trim_start_matches(mark);
                        assert_eq!(taken_back(new, diff), words(old).trim_start_matches(mark), "{shown}");
                    }
                }
            }
            let again = fix(folder.path(), &[]);
            assert!(
                words(&again.stdout).is_empty(),
                "{}: a second run changes\n{}",
                path.display(),
                words(&again.stdout)
            );
            usize::from(!diffs.is_empty())
        })
        .sum();
    assert!(mended >= 8, "only {mended} fixtures have something to mend");
}
