//! When each file was last written and how long it is: what shows, without being told, that files changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::WalkDir;

/// All files below some folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamps(BTreeMap<PathBuf, Stamp>);

/// What is known of one file. Another time is a change even if it is an older one: files that are copied
/// or put back bring their times with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    written: Option<SystemTime>,
    length: u64,
}

impl Stamps {
    /// Looks at all files below some folders. What cannot be read is not there.
    pub fn of(folders: &[PathBuf]) -> Self {
        let files = folders
            .iter()
            .flat_map(|folder| WalkDir::new(folder).follow_links(true))
            .flatten()
            .filter(|item| item.file_type().is_file());
        let stamped = files.filter_map(|item| {
            let facts = item.metadata().ok()?;
            let stamp = Stamp {
                written: facts.modified().ok(),
                length: facts.len(),
            };
            Some((item.into_path(), stamp))
        });
        Self(stamped.collect())
    }

    /// The files that are not the same in both.
    pub fn differing(&self, other: &Self) -> BTreeSet<PathBuf> {
        let missing_or_other = |one: &Self, other: &Self| {
            let differing = one.0.iter().filter(|(path, stamp)| other.0.get(*path) != Some(*stamp));
            differing.map(|(path, _)| path.clone()).collect::<BTreeSet<PathBuf>>()
        };
        let mut differing = missing_or_other(self, other);
        differing.extend(missing_or_other(other, self));
        differing
    }
}

/// The one name of a folder that links and short forms of names lead to; as it is where it is not there.
pub fn real_path(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn new_other_and_missing_files_differ_and_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        for name in ["same.md", "other.md", "gone.md"] {
            fs::write(place(name), "甲").unwrap();
        }
        let folders = [folder.path().to_owned()];
        let before = Stamps::of(&folders);
        assert!(before.differing(&Stamps::of(&folders)).is_empty());
        fs::write(place("other.md"), "甲乙").unwrap();
        fs::remove_file(place("gone.md")).unwrap();
        fs::create_dir(place("folder")).unwrap();
        fs::write(place("folder/new.md"), "丙").unwrap();
        let differing = before.differing(&Stamps::of(&folders));
        let expected = ["other.md", "gone.md", "folder/new.md"].map(place);
        assert_eq!(differing, expected.into_iter().collect());
    }

    #[test]
    fn an_older_time_is_a_change_and_a_missing_folder_is_empty() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "甲").unwrap();
        let folders = [folder.path().to_owned(), folder.path().join("nowhere")];
        let before = Stamps::of(&folders);
        let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        fs::File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(long_ago)
            .unwrap();
        assert_eq!(before.differing(&Stamps::of(&folders)), BTreeSet::from([path]));
    }
}
