//! What earlier runs wrote and nobody wants any more; the only place that removes outputs.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::prelude::*;

use super::WriteProblem;
use super::manifest::{Entry, Past};
use super::paths::{folded, folders_above, look_inside, on_disk};
use super::problem::could_not;
use super::target::Target;

/// The files that an earlier run wrote and that are no output now, and the folders that only such
/// files needed. Not all of them need be there.
pub(super) struct Outdated<'a> {
    files: BTreeSet<&'a str>,
    folders: BTreeSet<&'a str>,
    folded_files: HashSet<String>,
    folded_folders: HashSet<String>,
}

impl<'a> Outdated<'a> {
    pub(super) fn find(target: &Target, past: &'a Past) -> Result<Self, WriteProblem> {
        let unwanted = |path: &&str| !target.portal.contains(path);
        let listed = past.listed.iter().map(String::as_str);
        let mut files: BTreeSet<&str> = listed.filter(unwanted).collect();
        for entry in &past.pending {
            let path = entry.path.as_str();
            if unwanted(&path) && !files.contains(path) && is_written(target.folder, entry)? {
                files.insert(path);
            }
        }
        let above = past.paths().flat_map(folders_above);
        let folders: BTreeSet<&str> = above.filter(|path| !target.folders.contains(path)).collect();
        Ok(Self {
            folded_files: files.iter().map(|path| folded(path)).collect(),
            folded_folders: folders.iter().map(|path| folded(path)).collect(),
            files,
            folders,
        })
    }

    /// Whether the file at this path will go.
    pub(super) fn has_file(&self, path: &str) -> bool {
        self.folded_files.contains(&folded(path))
    }

    /// Whether the folder at this path will go, unless something foreign is in it.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        self.folded_folders.contains(&folded(path))
    }

    /// Splits the files into those that must go before anything is written, and the others, which
    /// go last, so that a site in use misses as little as possible.
    ///
    /// The first are those that are where a folder must go or the other way round, and those whose
    /// path a file system may take for that of an output: removed later, they would take the
    /// output with them, and its name would keep the old spelling.
    pub(super) fn split_by_urgency(&self, target: &Target) -> (Vec<&'a str>, Vec<&'a str>) {
        if self.files.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let files = target.portal.paths();
        let taken = files.chain(target.folders.iter().copied());
        let taken: HashSet<String> = taken.map(folded).collect();
        let is_urgent = |path: &&str| {
            // File systems take more for the same than case: they compose accents, each in its
            // own way. Outdated names beyond ASCII are few, so these simply all go first.
            !path.is_ascii()
                || taken.contains(&folded(path))
                || folders_above(path).any(|above| !target.folders.contains(above) && taken.contains(&folded(above)))
        };
        self.files.iter().copied().partition(is_urgent)
    }

    /// Removes `files`, and then every outdated folder that is empty; tells which files were there.
    pub(super) fn remove(&self, target: &Target, files: &[&str]) -> Result<Vec<String>, WriteProblem> {
        // In parallel, because a file system may make one who removes wait for the disk.
        let found: Vec<bool> = files
            .par_iter()
            .map(|path| {
                let problem = could_not("删除文件", &target.on_disk(path));
                remove_file(target.folder, path).map_err(problem)
            })
            .collect::<Result<_, _>>()?;
        let removed = files.iter().zip(found).filter(|(_, was_there)| *was_there);
        let removed = removed.map(|(path, _)| (*path).to_owned()).collect();
        // In reverse order a folder comes before the one above it.
        for path in self.folders.iter().rev() {
            let place = target.on_disk(path);
            let problem = could_not("删除文件夹", &place);
            remove_empty_folder(target.folder, path).map_err(problem)?;
        }
        Ok(removed)
    }
}

/// Whether a pending file is there as the killed run meant to write it. If not, then that run did
/// not come so far, and what is there is somebody else's.
fn is_written(folder: &Path, entry: &Entry) -> Result<bool, WriteProblem> {
    let place = on_disk(folder, &entry.path);
    let problem = || could_not("读取文件", &place);
    match look_inside(folder, &entry.path).map_err(problem())? {
        Some(metadata) if metadata.is_file() && metadata.len() == entry.bytes => {
            let file = File::open(&place).map_err(problem())?;
            let mut hasher = blake3::Hasher::new();
            hasher.update_reader(file).map_err(problem())?;
            Ok(hasher.finalize().to_hex().as_str() == entry.blake3)
        }
        _ => Ok(false),
    }
}

/// Removes what is at a path that was ours, a link too; but not a folder, which somebody else must
/// have put there.
fn remove_file(folder: &Path, path: &str) -> io::Result<bool> {
    let place = on_disk(folder, path);
    match look_inside(folder, path)? {
        Some(metadata) if metadata.is_symlink() => {
            // Windows has links that it takes for folders.
            fs::remove_file(&place).or_else(|error| fs::remove_dir(&place).map_err(|_| error))?;
            Ok(true)
        }
        Some(metadata) if !metadata.is_dir() => fs::remove_file(&place).map(|()| true),
        _ => Ok(false),
    }
}

fn remove_empty_folder(folder: &Path, path: &str) -> io::Result<()> {
    match look_inside(folder, path)? {
        Some(metadata) if metadata.is_dir() => match fs::remove_dir(on_disk(folder, path)) {
            Err(error) if error.kind() != ErrorKind::DirectoryNotEmpty => Err(error),
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}
