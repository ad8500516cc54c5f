//! Paths inside the output folder: which are allowed, what stands above them, which may be one.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The list of all outputs; part of the site, made here.
pub(super) const MANIFEST: &str = "hongtu-manifest.json";

/// The list of what a run is about to add; there only while a run is going on or was killed.
pub(super) const PENDING: &str = ".hongtu-pending";

/// What the names of temporary files begin with.
pub(super) const TEMPORARY_PREFIX: &str = ".hongtu-tmp-";

/// Names that begin so are hongtu's own, in every folder.
const RESERVED_PREFIX: &str = ".hongtu-";

/// Longer paths are never needed, and the parents of very long ones would fill the memory.
const LONGEST_PATH: usize = 1024;

/// File systems in use allow names of 255 bytes or 255 UTF-16 units.
const LONGEST_NAME: usize = 255;

/// Whether a path may be an output, and so may stand in a manifest.
///
/// It can lead nowhere but into the folder, on any system: no empty part, no `.` or `..`, no
/// backslash, no drive letter or other colon, no end that Windows would drop.
pub(super) fn is_allowed(path: &str) -> bool {
    path.len() <= LONGEST_PATH && folded(path) != MANIFEST && path.split('/').all(is_allowed_name)
}

fn is_allowed_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && !name.ends_with(['.', ' '])
        && !name.contains(['\\', ':'])
        && !name.contains(char::is_control)
        && !folded(name).starts_with(RESERVED_PREFIX)
}

/// One spelling for all paths that a file system which ignores case may take for the same.
pub(super) fn folded(path: &str) -> String {
    if path.is_ascii() {
        path.to_ascii_lowercase()
    } else {
        path.to_uppercase().to_lowercase()
    }
}

/// The folders above a path, from the outermost to its parent; the output folder is not among them.
pub(super) fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

/// Where a path lies on the disk; the empty path is the output folder itself.
pub(super) fn on_disk(folder: &Path, path: &str) -> PathBuf {
    let mut place = folder.to_path_buf();
    place.extend(path.split('/').filter(|name| !name.is_empty()));
    place
}

/// What is at `place`, links not followed; `None` if nothing is there or can be there.
pub(super) fn look_at(place: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(place) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if means_absent(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// As [`look_at`], for a path from an old list: `None` too if a link stands above it, since what
/// lies behind a link is outside the output folder.
pub(super) fn look_inside(folder: &Path, path: &str) -> io::Result<Option<Metadata>> {
    for above in folders_above(path) {
        match look_at(&on_disk(folder, above))? {
            Some(metadata) if metadata.is_dir() => {}
            _ => return Ok(None),
        }
    }
    look_at(&on_disk(folder, path))
}

fn means_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename
    )
}
