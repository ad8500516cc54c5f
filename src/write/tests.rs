//! What a run does to a folder, told by the folder's whole tree before and after.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where something is not as it should be"
)]

mod interruption;
mod property;
mod security;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{Changes, Outputs, WriteProblem};

/// Everything in a folder: files with their bytes, folders with a `/` at the end, links with `@`.
type Tree = BTreeMap<String, Vec<u8>>;

fn outputs(files: &[(&str, &str)]) -> Outputs {
    let output = |(path, text): &(&str, &str)| (String::from(*path), text.as_bytes().into());
    files.iter().map(output).collect()
}

/// A run that knows nothing of those before.
fn bring_up_to_date(folder: &Path, outputs: &Outputs) -> Result<Changes, WriteProblem> {
    super::bring_up_to_date(folder, &outputs.clone().into(), None)
}

/// A run that knows what those before wrote.
fn bring_up_to_date_as_known(folder: &Path, outputs: &Outputs) -> Result<Changes, WriteProblem> {
    let cache = folder.with_file_name("cache");
    super::bring_up_to_date(folder, &outputs.clone().into(), Some(&cache))
}

fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    collect(folder, "", &mut found);
    found
}

fn collect(folder: &Path, above: &str, found: &mut Tree) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{above}{}", entry.file_name().into_string().unwrap());
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            found.insert(format!("{path}/"), Vec::new());
            collect(&entry.path(), &format!("{path}/"), found);
        } else if kind.is_symlink() {
            found.insert(format!("{path}@"), Vec::new());
        } else {
            found.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}

/// What a folder must hold after a run that starts with none, the manifest included.
fn clean_tree(outputs: &Outputs) -> Tree {
    let mut expected = Tree::new();
    let mut lines = Vec::new();
    for (path, bytes) in outputs {
        expected.insert(path.clone(), bytes.to_vec());
        for (end, _) in path.match_indices('/') {
            expected.insert(path[..=end].to_owned(), Vec::new());
        }
        let hash = blake3::hash(bytes);
        let path = serde_json::to_string(path).unwrap();
        let length = bytes.len();
        lines.push(format!(r#"{{"path":{path},"bytes":{length},"blake3":"{hash}"}}"#));
    }
    let comma = if lines.is_empty() { "" } else { "\n" };
    let manifest = format!("[{comma}{}\n]\n", lines.join(",\n"));
    expected.insert("hongtu-manifest.json".to_owned(), manifest.into_bytes());
    expected
}

/// An output folder, not there yet, in a folder of its own that vanishes with the test.
struct Place {
    around: tempfile::TempDir,
    folder: PathBuf,
}

impl Place {
    fn new() -> Self {
        let around = tempfile::tempdir().unwrap();
        let folder = around.path().join("public");
        Self { around, folder }
    }

    fn after(files: &[(&str, &str)]) -> Self {
        let place = Self::new();
        place.run(files);
        place
    }

    fn run(&self, files: &[(&str, &str)]) -> Changes {
        bring_up_to_date(&self.folder, &outputs(files)).unwrap()
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs with `files`, which must fail, change nothing, and say `message` (with `…` for where
    /// the output folder lies).
    fn refuses(&self, files: &[(&str, &str)], message: &str) {
        let before = tree(&self.folder);
        let problem = bring_up_to_date(&self.folder, &outputs(files)).unwrap_err();
        let folder = self.folder.display().to_string();
        let told = problem.to_string().replace(&folder, "…").replace('\\', "/");
        assert_eq!(told, message);
        assert_eq!(tree(&self.folder), before, "{message}");
    }

    /// Asserts that the folder holds `files` and the manifest of `outputs`, and nothing more.
    fn holds(&self, wanted: &[(&str, &str)], foreign: &[(&str, &str)]) {
        let mut expected = clean_tree(&outputs(foreign));
        expected.extend(clean_tree(&outputs(wanted)));
        assert_eq!(tree(&self.folder), expected);
    }
}

#[test]
fn the_first_run_makes_everything() {
    let place = Place::new();
    let files = [("index.html", "首页"), ("a/b/c.html", "c"), ("empty", "")];
    let changes = place.run(&files);
    assert_eq!(changes.written, ["a/b/c.html", "empty", "index.html"]);
    assert_eq!((changes.kept, changes.removed), (0, Vec::new()));
    place.holds(&files, &[]);
    let beside = tree(place.around.path());
    let beside: Vec<_> = beside.keys().filter(|path| !path.starts_with("public/")).collect();
    assert_eq!(beside, [".public.hongtu-lock"]);
}

#[test]
fn no_outputs_at_all_make_an_empty_manifest() {
    let place = Place::after(&[("a/b", "1")]);
    place.run(&[]);
    place.holds(&[], &[]);
}

#[test]
fn a_run_without_changes_touches_nothing() {
    let files = [("index.html", "1"), ("a/b.html", "2")];
    let place = Place::after(&files);
    let before = marks(&place.folder);
    let changes = place.run(&files);
    assert_eq!(
        changes,
        Changes {
            kept: 2,
            ..Changes::default()
        }
    );
    assert_eq!(marks(&place.folder), before);
}

#[test]
fn only_what_differs_is_written() {
    let place = Place::after(&[("a/same", "1"), ("a/length", "1"), ("a/bytes", "1")]);
    let before = marks(&place.folder.join("a/same"));
    let files = [("a/same", "1"), ("a/length", "22"), ("a/bytes", "3"), ("b/new", "4")];
    let changes = place.run(&files);
    assert_eq!(changes.written, ["a/bytes", "a/length", "b/new"]);
    assert_eq!(changes.kept, 1);
    assert_eq!(marks(&place.folder.join("a/same")), before);
    place.holds(&files, &[]);
}

#[test]
fn a_changed_file_is_put_in_place_whole() {
    let place = Place::after(&[("a", "old")]);
    // Whoever has the old file, here by a second name, keeps it as it was.
    let second_name = place.around.path().join("second name");
    fs::hard_link(place.folder.join("a"), &second_name).unwrap();
    place.run(&[("a", "new")]);
    assert_eq!(fs::read_to_string(second_name).unwrap(), "old");
    place.holds(&[("a", "new")], &[]);
}

/// The time of the last change of everything in a folder and, where there are such, the inode.
fn marks(path: &Path) -> Vec<(PathBuf, SystemTime, u64)> {
    let metadata = fs::symlink_metadata(path).unwrap();
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let inode = 0;
    let mut found = vec![(path.to_path_buf(), metadata.modified().unwrap(), inode)];
    if metadata.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            found.extend(marks(&entry.unwrap().path()));
        }
    }
    found.sort();
    found
}

#[test]
fn a_file_of_several_chunks_is_compared_to_its_end() {
    let long = "x".repeat(200_000);
    let place = Place::after(&[("a", &long)]);
    let changed = format!("{}y", &long[1..]);
    assert_eq!(place.run(&[("a", &changed)]).written, ["a"]);
    assert_eq!(place.run(&[("a", &changed)]).kept, 1);
    place.holds(&[("a", &changed)], &[]);
}

#[test]
fn what_somebody_changed_or_removed_is_made_good() {
    let files = [("a", "1"), ("b", "2"), ("c/d", "3")];
    let place = Place::after(&files);
    place.put("a", "!");
    fs::remove_file(place.folder.join("b")).unwrap();
    fs::remove_dir_all(place.folder.join("c")).unwrap();
    fs::remove_file(place.folder.join("hongtu-manifest.json")).unwrap();
    assert_eq!(place.run(&files).written, ["a", "b", "c/d"]);
    place.holds(&files, &[]);
}

#[test]
fn outdated_files_and_emptied_folders_go() {
    let place = Place::after(&[("a/b/c", "1"), ("a/b/d", "2"), ("e/f", "3"), ("g/h", "4")]);
    place.put("e/foreign", "5");
    fs::remove_file(place.folder.join("g/h")).unwrap();
    let changes = place.run(&[("i", "6")]);
    assert_eq!(changes.removed, ["a/b/c", "a/b/d", "e/f"]);
    place.holds(&[("i", "6")], &[("e/foreign", "5")]);
}

#[test]
fn foreign_files_stay_unless_an_output_has_their_path() {
    let place = Place::new();
    place.put("CNAME", "example.cn");
    place.put("a/taken", "theirs");
    place.put("old/of/theirs", "x");
    place.run(&[("a/taken", "ours")]);
    let theirs = [("CNAME", "example.cn"), ("old/of/theirs", "x")];
    place.holds(&[("a/taken", "ours")], &theirs);
    place.run(&[]);
    place.holds(&[], &theirs);
}

#[test]
fn files_and_folders_of_ours_change_places() {
    let first = [("a", "1"), ("b/c/d", "2"), ("b/e", "3")];
    let second = [("a/x/y", "4"), ("b", "5")];
    let place = Place::after(&first);
    assert_eq!(place.run(&second).removed, ["a", "b/c/d", "b/e"]);
    place.holds(&second, &[]);
    place.run(&first);
    place.holds(&first, &[]);
}

#[test]
fn foreign_obstacles_are_told_before_anything_changes() {
    let place = Place::after(&[("a/b", "1"), ("c", "2")]);
    place.put("a/foreign", "3");
    place.put("file", "4");
    fs::create_dir_all(place.folder.join("empty")).unwrap();
    for path in ["a", "empty"] {
        let message = format!("写入文件失败：…/{path}（这里有一个不是 hongtu 生成的同名文件夹）");
        place.refuses(&[(path, "5"), ("new", "6")], &message);
    }
    let message = "建立文件夹失败：…/file（这里有一个不是 hongtu 生成的同名文件）";
    place.refuses(&[("file/x", "5"), ("new", "6")], message);
}

#[test]
fn a_path_that_changes_in_case_only_keeps_its_file() {
    let place = Place::after(&[("Docs/A.html", "1"), ("B.html", "2"), ("ÄÖ.html", "3")]);
    let files = [("docs/a.html", "1"), ("b.html", "4"), ("äö.html", "3")];
    place.run(&files);
    place.holds(&files, &[]);
    assert_eq!(place.run(&files).kept, 3);
}

#[test]
fn leftovers_of_a_killed_run_are_cleared_away() {
    let place = Place::after(&[("a/b", "1")]);
    let written = blake3::hash(b"2");
    let entry = |path| format!(r#"{{"path":"{path}","bytes":1,"blake3":"{written}"}}"#);
    let list = ["new/ours", "new/theirs", "none/missing"].map(entry).join(",");
    place.put(".hongtu-pending", &format!("[{list}]"));
    place.put("new/ours", "2");
    place.put("new/theirs", "3");
    place.put("new/.hongtu-tmp-7", "half");
    place.put("a/.hongtu-tmp-0", "half");
    place.put(".hongtu-tmp-list", "half");
    fs::create_dir_all(place.folder.join("none")).unwrap();
    assert_eq!(place.run(&[("a/b", "1")]).removed, ["new/ours"]);
    place.holds(&[("a/b", "1")], &[("new/theirs", "3")]);
}

#[test]
fn a_folder_that_takes_no_files_is_told() {
    let place = Place::after(&[("a/b", "1")]);
    let folder = place.folder.join("a");
    let mut permissions = fs::metadata(&folder).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&folder, permissions).unwrap();
    if fs::write(folder.join("probe"), "").is_ok() {
        // The administrator writes everywhere, and Windows knows no such folders.
        return;
    }
    let message = "写入文件失败：…/a/b（Permission denied (os error 13)）";
    let files = [("a/b", "2")];
    place.refuses(&files, message);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn an_output_folder_that_is_a_file_is_told() {
    let place = Place::new();
    fs::write(&place.folder, "").unwrap();
    let problem = bring_up_to_date(&place.folder, &outputs(&[])).unwrap_err();
    assert!(problem.to_string().starts_with("建立文件夹失败："), "{problem}");
}
