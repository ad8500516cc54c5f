//! What went wrong while writing, for people.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A step that failed, the path it was about, and the reason.
#[derive(Debug)]
pub struct WriteProblem {
    doing: &'static str,
    path: PathBuf,
    error: io::Error,
}

/// The display holds the whole reason, so there is no separate source that a report would repeat.
impl std::error::Error for WriteProblem {}

impl fmt::Display for WriteProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { doing, path, error } = self;
        write!(formatter, "{doing}失败：{}（{error}）", path.display())
    }
}

/// Turns an input or output error into a problem that says what was being done to which path.
pub(super) fn could_not(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteProblem + use<> {
    let path = path.to_path_buf();
    move |error| WriteProblem { doing, path, error }
}

/// A problem that hongtu sees itself, with its reason in Chinese.
pub(super) fn refused(doing: &'static str, path: &Path, reason: &'static str) -> WriteProblem {
    could_not(doing, path)(io::Error::other(reason))
}
