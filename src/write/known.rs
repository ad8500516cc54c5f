//! What is known of the files in an output folder: from what each was made, and how it looked on the disk when it
//! was written. So the next run neither makes nor reads what would be the same.
//!
//! The list lies in the cache, one for each output folder, and is for one program only; without it, or with a
//! damaged one, everything is made and compared. A file that was changed since, by its time or length, is not
//! known any more.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::problem::{WriteProblem, could_not};
use crate::render::key::{Key, PROGRAM};

/// The folder below the cache that holds the lists.
const FOLDER: &str = "outputs";

/// What is known of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KnownFile {
    /// Of what it was made from.
    pub(super) key: Key,
    /// Of its bytes.
    pub(super) hash: [u8; 32],
    /// How many there are.
    pub(super) bytes: u64,
    /// When it was written.
    pub(super) modified: Time,
}

/// A time of a file in seconds and nanoseconds since 1970.
pub(super) type Time = (u64, u32);

impl KnownFile {
    /// Of an empty file that was made from nothing.
    pub(super) const NOTHING: Self = Self {
        key: Key([0; 16]),
        hash: [0; 32],
        bytes: 0,
        modified: (0, 0),
    };

    /// Whether the file on the disk is still the one that was written.
    pub(super) fn is_there(&self, metadata: &Metadata) -> bool {
        metadata.is_file() && metadata.len() == self.bytes && time_of(metadata) == Some(self.modified)
    }
}

/// When a file was changed last; none where the system doesn't say, or says that it was before 1970.
pub(super) fn time_of(metadata: &Metadata) -> Option<Time> {
    let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((since.as_secs(), since.subsec_nanos()))
}

/// What is known of the files of one output folder.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KnownFiles {
    /// The program that wrote them.
    program: String,
    /// The folder's place on the disk.
    folder: PathBuf,
    pub(super) files: BTreeMap<String, KnownFile>,
}

impl KnownFiles {
    /// Nothing is known yet.
    pub(super) fn of(files: BTreeMap<String, KnownFile>, folder: &Path) -> Self {
        Self {
            program: PROGRAM.to_owned(),
            folder: real(folder),
            files,
        }
    }

    /// Reads the list for a folder; an empty one where there is none that can be trusted.
    pub(super) fn read(cache: Option<&Path>, folder: &Path) -> Self {
        let read = cache.and_then(|cache| fs::read(place(cache, folder)).ok());
        let known: Option<Self> = read.and_then(|bytes| decode(&bytes));
        known
            .filter(|known| known.program == PROGRAM && known.folder == real(folder))
            .unwrap_or_else(|| Self::of(BTreeMap::new(), folder))
    }

    /// Writes the list, whole or not at all, and removes those of folders that are gone.
    pub(super) fn keep(&self, cache: &Path, folder: &Path) -> Result<(), WriteProblem> {
        let place = place(cache, folder);
        let folder = cache.join(FOLDER);
        fs::create_dir_all(&folder).map_err(could_not("建立缓存文件夹", &folder))?;
        let temporary = place.with_extension(format!("{}.tmp", std::process::id()));
        let written = fs::write(&temporary, encode(self)).and_then(|()| fs::rename(&temporary, &place));
        if let Err(error) = written {
            // The first error is the one to report.
            let _ = fs::remove_file(&temporary);
            return Err(could_not("写入缓存", &place)(error));
        }
        sweep(&folder, &place).map_err(could_not("清理缓存", &folder))
    }
}

/// Forgets the folders that are gone, of all lists but one.
fn sweep(lists: &Path, own: &Path) -> io::Result<()> {
    for item in fs::read_dir(lists)? {
        let path = item?.path();
        if path == own {
            continue;
        }
        let known = fs::read(&path).ok().and_then(|bytes| decode(&bytes));
        if known.is_some_and(|known| !known.folder.exists()) {
            match fs::remove_file(&path) {
                // Another run was faster.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                result => result?,
            }
        }
    }
    Ok(())
}

fn real(folder: &Path) -> PathBuf {
    fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned())
}

fn place(cache: &Path, folder: &Path) -> PathBuf {
    let name = blake3::hash(real(folder).as_os_str().as_encoded_bytes()).to_hex();
    cache.join(FOLDER).join(format!("{}.known", &name[..16]))
}

/// The list with the hash of its bytes before it, so that a damaged one is told from a whole one.
fn encode(known: &KnownFiles) -> Vec<u8> {
    // Texts, numbers and lists can always be written.
    let body = postcard::to_stdvec(known).unwrap_or_default();
    let mut bytes = blake3::hash(&body).as_bytes().to_vec();
    bytes.extend(body);
    bytes
}

fn decode(bytes: &[u8]) -> Option<KnownFiles> {
    let (hash, body) = bytes.split_at_checked(32)?;
    (blake3::hash(body).as_bytes() == hash).then(|| postcard::from_bytes(body).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(folder: &Path) -> KnownFiles {
        let file = KnownFile {
            key: Key([7; 16]),
            hash: [9; 32],
            bytes: 12,
            modified: (1, 2),
        };
        KnownFiles::of(BTreeMap::from([("index.html".to_owned(), file)]), folder)
    }

    #[test]
    fn a_list_is_kept_for_its_folder_and_no_other() {
        let cache = tempfile::tempdir().unwrap();
        let [one, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let list = known(one.path());
        list.keep(cache.path(), one.path()).unwrap();
        assert_eq!(KnownFiles::read(Some(cache.path()), one.path()), list);
        let none = BTreeMap::new();
        assert_eq!(KnownFiles::read(Some(cache.path()), other.path()).files, none);
        assert_eq!(KnownFiles::read(None, one.path()).files, none);
    }

    #[test]
    fn damaged_lists_count_as_none_wherever_they_are_damaged() {
        let cache = tempfile::tempdir().unwrap();
        let folder = tempfile::tempdir().unwrap();
        known(folder.path()).keep(cache.path(), folder.path()).unwrap();
        let place = place(cache.path(), folder.path());
        let whole = fs::read(&place).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&place, &damaged).unwrap();
            assert_eq!(KnownFiles::read(Some(cache.path()), folder.path()).files.len(), 0);
            fs::write(&place, &whole[..at]).unwrap();
            assert_eq!(KnownFiles::read(Some(cache.path()), folder.path()).files.len(), 0);
        }
    }

    #[test]
    fn lists_of_folders_that_are_gone_are_forgotten() {
        let cache = tempfile::tempdir().unwrap();
        let gone = tempfile::tempdir().unwrap();
        known(gone.path()).keep(cache.path(), gone.path()).unwrap();
        let place = place(cache.path(), gone.path());
        drop(gone);
        let folder = tempfile::tempdir().unwrap();
        known(folder.path()).keep(cache.path(), folder.path()).unwrap();
        assert!(!place.exists());
    }
}
