//! What changed on the disk since it was last read.

use std::collections::BTreeSet;
use std::path::PathBuf;

/// What changed, as far as a watcher could tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// These files and no others: each may hold something else, be new, or be gone. Their paths begin
    /// with the folders of [`Options`](super::Options) as they were given.
    Files(BTreeSet<PathBuf>),
    /// Everything has to be looked at.
    Anything,
}

impl Changed {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Files(mut files), Self::Files(others)) => {
                files.extend(others);
                Self::Files(files)
            }
            _ => Self::Anything,
        }
    }
}
