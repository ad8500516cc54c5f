//! Whether a folder is free for new files.

use std::io::ErrorKind;
use std::path::Path;

use super::ReadProblem;

/// What there is at the place of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folder {
    /// Nothing, or a folder with nothing in it.
    Free,
    /// Something.
    InUse,
}

/// Looks whether there is anything in a folder.
///
/// # Errors
/// When the machine cannot tell.
pub fn look_at(place: &Path) -> Result<Folder, ReadProblem> {
    match std::fs::read_dir(place) {
        Ok(mut items) => Ok(if items.next().is_some() {
            Folder::InUse
        } else {
            Folder::Free
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Folder::Free),
        Err(error) => Err(ReadProblem {
            doing: "读取文件夹",
            path: place.to_owned(),
            error,
        }),
    }
}
