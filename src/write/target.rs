//! What the output folder is to become.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::paths::{folders_above, is_allowed, on_disk};
use super::problem::refused;
use super::{Portal, WriteProblem};

/// The output folder, the outputs, and the folders that these need.
pub(super) struct Target<'a> {
    pub(super) folder: &'a Path,
    pub(super) portal: &'a Portal,
    pub(super) folders: BTreeSet<&'a str>,
}

impl<'a> Target<'a> {
    /// Refuses outputs that no folder can hold, so that this is known before anything is touched.
    pub(super) fn new(folder: &'a Path, portal: &'a Portal) -> Result<Self, WriteProblem> {
        if let Some(path) = portal.paths().find(|path| !is_allowed(path)) {
            // The path is joined as it is, since taking it apart would hide what is wrong with it.
            let place = PathBuf::from(format!("{}/{path}", folder.display()));
            return Err(refused("写入文件", &place, "这个路径不能用作输出"));
        }
        let folders: BTreeSet<&str> = portal.paths().flat_map(folders_above).collect();
        if let Some(both) = folders.iter().find(|path| portal.contains(path)) {
            let reason = "输出中同一路径既是文件又是文件夹";
            return Err(refused("写入文件", &on_disk(folder, both), reason));
        }
        Ok(Self {
            folder,
            portal,
            folders,
        })
    }

    /// Where a path lies on the disk.
    pub(super) fn on_disk(&self, path: &str) -> PathBuf {
        on_disk(self.folder, path)
    }
}
