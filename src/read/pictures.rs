//! Pictures that an earlier build made smaller, so that no build makes them twice.
//!
//! They lie in folders that are named by how they were made and by the hash of the original; a
//! folder is complete when it is there, since `write` renames it into its place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::ReadProblem;
use super::files::FileIndex;

/// The folder below the cache that holds them.
pub const FOLDER: &str = "pictures";

/// Kept pictures: by the name of their folder, then by file name.
#[derive(Debug, Default, Clone)]
pub struct KeptPictures {
    /// The folders whose names end with the hash of a file in use.
    pub folders: BTreeMap<String, BTreeMap<String, Arc<[u8]>>>,
}

/// Reads what is kept for the files in use.
///
/// # Errors
/// When a folder that is there cannot be read. A missing cache is none.
pub fn read_kept(cache: Option<&Path>, files: &FileIndex) -> Result<KeptPictures, ReadProblem> {
    let mut kept = KeptPictures::default();
    let Some(folder) = cache.map(|cache| cache.join(FOLDER)) else {
        return Ok(kept);
    };
    let Ok(items) = std::fs::read_dir(&folder) else {
        return Ok(kept);
    };
    let hashes: BTreeSet<&str> = files.used.values().map(|file| file.hash.as_str()).collect();
    for item in items.flatten() {
        let name = item.file_name().to_string_lossy().into_owned();
        let is_used = name.rsplit_once('-').is_some_and(|(_, hash)| hashes.contains(hash));
        if is_used {
            kept.folders.insert(name, read_files(&item.path())?);
        }
    }
    Ok(kept)
}

fn read_files(folder: &Path) -> Result<BTreeMap<String, Arc<[u8]>>, ReadProblem> {
    let problem = |error| ReadProblem {
        doing: "读取缓存",
        path: folder.to_owned(),
        error,
    };
    let mut files = BTreeMap::new();
    for item in std::fs::read_dir(folder).map_err(problem)? {
        let item = item.map_err(problem)?;
        let bytes = std::fs::read(item.path()).map_err(problem)?;
        files.insert(item.file_name().to_string_lossy().into_owned(), bytes.into());
    }
    Ok(files)
}
