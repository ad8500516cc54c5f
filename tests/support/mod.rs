//! What tests of the whole program share: sites in temporary folders, runs of the program, and
//! output folders as maps.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// All files below a folder, hidden ones included, by their path with `/`.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// The day of all builds in tests.
pub const DAY: &str = "2026-07-01";

/// All files below a folder; an empty map for a folder that is not there.
pub fn tree(folder: &Path) -> Tree {
    fn walk(folder: &Path, below: &str, tree: &mut Tree) {
        let Ok(items) = fs::read_dir(folder) else { return };
        for item in items {
            let item = item.expect("an item of a folder");
            let name = format!("{below}{}", item.file_name().to_string_lossy());
            if item.path().is_dir() {
                walk(&item.path(), &format!("{name}/"), tree);
            } else if let Ok(bytes) = fs::read(item.path()) {
                // A temporary file may be gone again by now, where a program is still at work.
                tree.insert(name, bytes);
            }
        }
    }
    let mut found = Tree::new();
    walk(folder, "", &mut found);
    found
}

/// Writes files below a folder, in the order given.
pub fn write_files<'a>(folder: &Path, files: impl IntoIterator<Item = (&'a str, &'a [u8])>) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        fs::write(path, bytes).expect("a file is written");
    }
}

/// The folder of the demonstration portal's content.
pub fn demonstration() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// A run of the program on `site`, from that folder, into `out`.
pub fn build_command(site: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hongtu"));
    command
        .current_dir(site)
        .args(["build", "--as-of", DAY, "--out"])
        .arg(out)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

/// Runs to the end and must succeed.
#[track_caller]
pub fn must_succeed(child: Child) {
    let output = child.wait_with_output().expect("the program ends");
    assert!(
        output.status.success(),
        "{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Builds `site` into `out` and gives what is there then.
#[track_caller]
pub fn build(site: &Path, out: &Path) -> Tree {
    must_succeed(build_command(site, out).spawn().expect("the program starts"));
    tree(out)
}

/// Compares two trees; says which files differ instead of showing megabytes.
#[track_caller]
pub fn assert_same(found: &Tree, wanted: &Tree, what: &str) {
    let missing: Vec<_> = wanted.keys().filter(|path| !found.contains_key(*path)).collect();
    let extra: Vec<_> = found.keys().filter(|path| !wanted.contains_key(*path)).collect();
    let differing: Vec<_> = wanted
        .iter()
        .filter(|(path, bytes)| found.get(*path).is_some_and(|other| other != *bytes))
        .map(|(path, bytes)| {
            let other = &found[path];
            let at = bytes.iter().zip(other).take_while(|(a, b)| a == b).count();
            let around = |bytes: &[u8]| {
                let end = (at + 60).min(bytes.len());
                String::from_utf8_lossy(&bytes[at.saturating_sub(20).min(end)..end]).into_owned()
            };
            format!("{path} at {at}: {:?} for {:?}", around(other), around(bytes))
        })
        .take(5)
        .collect();
    assert!(
        missing.is_empty() && extra.is_empty() && differing.is_empty(),
        "{what}\n  missing: {missing:?}\n  extra: {extra:?}\n  differing: {differing:#?}"
    );
}

/// Numbers that look random and are the same in every run (xorshift).
pub struct Numbers(pub u64);

impl Numbers {
    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit.max(1)
    }
}
