//! The same input gives the same bytes, whatever the machine does: how many threads run, where the
//! checkout lies, in which order the disk gives its files, when a run is killed, who else is running.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

mod support;

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use support::{Numbers, Tree, assert_same, build, build_command, demonstration, must_succeed, tree, write_files};

/// A copy of the demonstration portal in `folder`; `order` shuffles in which order its files are made.
fn copy_of_demonstration(folder: &Path, order: u64) {
    let files = tree(&demonstration());
    let mut paths: Vec<&String> = files.keys().collect();
    let mut numbers = Numbers(order | 1);
    for at in (1..paths.len()).rev() {
        let other = numbers.below(at as u64 + 1);
        paths.swap(at, usize::try_from(other).unwrap());
    }
    let content = folder.join("content");
    for path in paths {
        write_files(&content, [(path.as_str(), files[path].as_slice())]);
        let age = Duration::from_secs(numbers.below(1_000_000_000));
        let file = File::options().append(true).open(content.join(path)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + age).unwrap();
    }
}

#[test]
fn the_demonstration_portal_is_the_same_from_everywhere() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path().join("here");
    copy_of_demonstration(&here, 1);
    let threads = |count: &str, site: &Path, out: &Path| -> Tree {
        let child = build_command(site, out)
            .env("RAYON_NUM_THREADS", count)
            .spawn()
            .unwrap();
        must_succeed(child);
        tree(out)
    };
    let first = threads("1", &here, &here.join("public"));
    assert!(first.len() > 100, "the whole portal is there: {} files", first.len());

    let second = threads("2", &here, &place.path().join("again"));
    assert_same(
        &second,
        &first,
        "two threads, a second run with what the first has kept",
    );

    let there = place.path().join("别的 地方/更深/checkout");
    copy_of_demonstration(&there, 77);
    let elsewhere = place.path().join("elsewhere");
    fs::create_dir_all(&elsewhere).unwrap();
    let child = build_command(&elsewhere, &there.join("public"))
        .arg("--content")
        .arg(there.join("content"))
        .arg("--themes")
        .arg(there.join("themes"))
        .spawn()
        .unwrap();
    must_succeed(child);
    assert_same(
        &tree(&there.join("public")),
        &first,
        "another path, another order of files, other times",
    );
}

/// A site whose every page differs between two versions, large enough that writing takes a while.
struct LargeSite<'a> {
    folder: &'a Path,
}

impl<'a> LargeSite<'a> {
    fn new(folder: &'a Path) -> Self {
        let site = Self { folder };
        let content = folder.join("content");
        let entry = |path: String, text: String| write_files(&content, [(path.as_str(), text.as_bytes())]);
        for park in 0..6 {
            entry(
                format!("parks/p{park}.md"),
                format!("---\ntitle: 园区{park}\nregion: 320214\n---\n简介。\n"),
            );
        }
        for case in 0..200 {
            entry(
                format!("cases/c{case}.md"),
                format!(
                    "---\ntitle: 案例{case}\norg: 园区{}\npark: p{}\ndate: 2026-01-{:02}\ntags: [词{}]\n---\n## 背景\n\n第{case}件事。\n",
                    case % 6,
                    case % 6,
                    case % 28 + 1,
                    case % 9
                ),
            );
        }
        for page in 0..60 {
            entry(
                format!("pages/文稿/q{page}.md"),
                format!("---\ntitle: 文稿{page}\n---\n见[案例](../../cases/c{page}.md)。\n"),
            );
        }
        site.set_version(0);
        site
    }

    /// Every page shows the portal's title; the second version has other files besides.
    fn set_version(&self, version: usize) {
        let content = self.folder.join("content");
        let settings = format!("title: 第{version}版\nper_page: 10\n");
        write_files(&content, [("site.yaml", settings.as_bytes())]);
        let extra = content.join("notes");
        if version == 1 {
            write_files(
                &extra,
                [
                    ("a.md", "---\ntitle: 甲\n---\n".as_bytes()),
                    ("b.md", "---\ntitle: 乙\n---\n".as_bytes()),
                ],
            );
        } else {
            let _ = fs::remove_dir_all(&extra);
        }
    }
}

#[test]
fn a_build_that_is_killed_is_made_good_by_the_next() {
    let place = tempfile::tempdir().unwrap();
    let site = LargeSite::new(place.path());
    let clean: Vec<Tree> = (0..2)
        .map(|version| {
            site.set_version(version);
            build(place.path(), &place.path().join(format!("clean-{version}")))
        })
        .collect();
    assert_ne!(clean[0]["cases/c1.html"], clean[1]["cases/c1.html"]);

    let out = place.path().join("public");
    let pending = out.join(".hongtu-pending");
    let start = Instant::now();
    build(place.path(), &out);
    let whole = u64::try_from(start.elapsed().as_micros()).unwrap();
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut in_writing = 0;
    for round in 0..27 {
        site.set_version(round % 2);
        let mut child = build_command(place.path(), &out).stderr(Stdio::null()).spawn().unwrap();
        if round % 3 == 0 {
            sleep(Duration::from_micros(numbers.below(whole)));
        } else {
            // Writing begins with the list of what is about to be added.
            while !pending.exists() && child.try_wait().unwrap().is_none() {
                sleep(Duration::from_micros(200));
            }
            sleep(Duration::from_micros(numbers.below(whole / 20)));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        in_writing += usize::from(pending.exists());
        // Whatever was interrupted, readers see whole files, of the one version or of the other.
        for (path, bytes) in tree(&out) {
            let whole = clean.iter().any(|clean| clean.get(&path) == Some(&bytes));
            assert!(whole || path.contains(".hongtu-"), "round {round}: half a file: {path}");
        }
        if round % 9 == 8 {
            assert_same(
                &build(place.path(), &out),
                &clean[round % 2],
                "the run after those that were killed",
            );
        }
    }
    assert!(in_writing >= 5, "only {in_writing} of 27 were killed while writing");
}

#[test]
fn builds_at_the_same_time_do_not_mix() {
    let place = tempfile::tempdir().unwrap();
    let sites = [place.path().join("one"), place.path().join("two")];
    let clean: Vec<Tree> = sites
        .iter()
        .enumerate()
        .map(|(version, folder)| {
            LargeSite::new(folder).set_version(version);
            build(folder, &folder.join("clean"))
        })
        .collect();
    let out = place.path().join("public");
    for round in 0..4_usize {
        // The same site twice, then two sites.
        let second = &sites[round % 2];
        let children = [
            build_command(&sites[0], &out).spawn().unwrap(),
            build_command(second, &out).spawn().unwrap(),
        ];
        for child in children {
            must_succeed(child);
        }
        let found = tree(&out);
        let winner = if found.get("index.html") == clean[0].get("index.html") {
            0
        } else {
            round % 2
        };
        assert_same(&found, &clean[winner], "two builds at once");
    }
}
