//! The two lists on disk: the manifest of what was written, and the pending list of what a run is
//! about to add to it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::WriteProblem;
use super::change;
use super::paths::{MANIFEST, PENDING, TEMPORARY_PREFIX, is_allowed, look_at};
use super::problem::could_not;
use super::target::Target;

/// A longer list is not one of ours.
const LONGEST_LIST: u64 = 256 * 1024 * 1024;

/// One file in a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) bytes: u64,
    pub(super) blake3: String,
}

/// All outputs, each with its length and hash, as they stand in `hongtu-manifest.json`.
pub(super) struct Manifest {
    entries: BTreeSet<Entry>,
}

impl FromIterator<Entry> for Manifest {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        Self {
            entries: entries.into_iter().collect(),
        }
    }
}

impl Entry {
    /// Of a file with these bytes, of this hash.
    pub(super) fn new(path: &str, bytes: u64, hash: [u8; 32]) -> Self {
        Self {
            path: path.to_owned(),
            bytes,
            blake3: blake3::Hash::from_bytes(hash).to_hex().to_string(),
        }
    }
}

/// What earlier runs left behind: all that hongtu can have written in the folder.
pub(super) struct Past {
    /// The paths in the manifest.
    pub(super) listed: BTreeSet<String>,
    /// What runs that did not end were about to add, one path perhaps more than once.
    pub(super) pending: BTreeSet<Entry>,
    /// The manifest as it was found.
    manifest_text: Vec<u8>,
}

impl Past {
    /// Reads both lists as untrusted input: what is no list counts as none, and an entry that no
    /// run of ours can have made is left out.
    pub(super) fn read(folder: &Path) -> Result<Self, WriteProblem> {
        let manifest_text = read_list(&folder.join(MANIFEST))?;
        let pending_text = read_list(&folder.join(PENDING))?;
        let listed = decode(&manifest_text).map(|entry| entry.path).collect();
        Ok(Self {
            listed,
            pending: decode(&pending_text).collect(),
            manifest_text,
        })
    }

    /// Every path that hongtu can have written.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        let pending = self.pending.iter().map(|entry| &entry.path);
        self.listed.iter().chain(pending).map(String::as_str)
    }

    /// Writes down what is about to be added, together with what killed runs were about to add.
    pub(super) fn announce(&self, target: &Target, manifest: &Manifest) -> Result<(), WriteProblem> {
        let is_new = |entry: &&Entry| !self.listed.contains(&entry.path);
        let added: BTreeSet<&Entry> = manifest.entries.iter().filter(is_new).collect();
        if added.iter().all(|entry| self.pending.contains(*entry)) {
            return Ok(());
        }
        let pending: BTreeSet<&Entry> = self.pending.iter().chain(added).collect();
        let place = target.folder.join(PENDING);
        let text = encode(pending);
        text.and_then(|text| save(&place, &text))
            .map_err(could_not("写入文件", &place))
    }

    /// Puts the new manifest in the place of the old one, and ends the pending list.
    pub(super) fn replace_by(&self, target: &Target, manifest: &Manifest) -> Result<(), WriteProblem> {
        let place = target.folder.join(MANIFEST);
        let problem = || could_not("写入文件", &place);
        let text = encode(&manifest.entries).map_err(problem())?;
        if text != self.manifest_text {
            save(&place, &text).map_err(problem())?;
        }
        let pending = target.folder.join(PENDING);
        match fs::remove_file(&pending) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(could_not("删除文件", &pending)(error)),
            _ => Ok(()),
        }
    }
}

/// The list's bytes, none if there is no regular file.
fn read_list(place: &Path) -> Result<Vec<u8>, WriteProblem> {
    let problem = || could_not("读取文件", place);
    let mut text = Vec::new();
    match look_at(place).map_err(problem())? {
        Some(metadata) if metadata.is_dir() => {
            return Err(problem()(io::Error::other("这里应当是文件，却是文件夹")));
        }
        Some(metadata) if metadata.is_file() => {
            let file = File::open(place).map_err(problem())?;
            file.take(LONGEST_LIST).read_to_end(&mut text).map_err(problem())?;
        }
        // A link is not followed: the list that it leads to speaks of another folder.
        _ => {}
    }
    Ok(text)
}

fn decode(text: &[u8]) -> impl Iterator<Item = Entry> {
    let entries: Vec<Entry> = serde_json::from_slice(text).unwrap_or_default();
    entries.into_iter().filter(|entry| is_allowed(&entry.path))
}

/// One entry a line, so that people can compare two manifests.
fn encode<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> io::Result<Vec<u8>> {
    let mut text = b"[".to_vec();
    for (index, entry) in entries.into_iter().enumerate() {
        text.extend_from_slice(if index == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut text, entry)?;
    }
    text.extend_from_slice(b"\n]\n");
    Ok(text)
}

fn save(place: &Path, text: &[u8]) -> io::Result<()> {
    let temporary = place.with_file_name(format!("{TEMPORARY_PREFIX}list"));
    change::replace(place, &temporary, text)
}
