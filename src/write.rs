//! Brings the output folder to equal the outputs; the only room that writes.
//!
//! ```text
//! Outputs ─► Target ─┐                    ┌─► files in the way ─► new and changed files
//!                    ├─► survey (reads) ──┤          └─► files no longer wanted ─► manifest
//! disk ────► Past ───┘                    └─► a foreign obstacle: WriteProblem, nothing changed
//! ```
//!
//! What makes it safe to kill a run at any moment: every file appears by a rename, complete or not
//! at all; and whatever a run is about to add is listed on disk, in the pending list, before the
//! first change. So the next run knows, from the manifest and the pending list together, all that
//! hongtu can have written, and starts again from there. It trusts neither list about contents: it
//! always compares with the bytes that are there.

mod change;
pub mod fresh;
pub mod kept_answers;
pub mod kept_pictures;
mod lock;
mod manifest;
pub mod mended;
mod outdated;
mod paths;
mod problem;
mod survey;
mod target;

#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;

pub use problem::WriteProblem;

pub use crate::render::Outputs;

use manifest::{Manifest, Past};
use outdated::Outdated;
use problem::could_not;
use target::Target;

/// Writes a report, whole or not at all.
///
/// # Errors
/// When the file can't be written.
pub fn report(place: &Path, text: &str) -> Result<(), WriteProblem> {
    let name = format!("{}{}", paths::TEMPORARY_PREFIX, std::process::id());
    change::replace(
        place,
        &place.with_file_name(name),
        text.as_bytes(),
        change::Durability::Synced,
    )
    .map_err(could_not("写入报告", place))
}

/// What one run did to the output folder; hongtu's own manifest is not counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The outputs that were new or differed, sorted.
    pub written: Vec<String>,
    /// How many outputs were there already, byte for byte, and were not touched.
    pub kept: usize,
    /// The files of earlier runs that are no output any more and were removed, sorted.
    pub removed: Vec<String>,
}

/// Brings `folder` to equal `outputs`, writing only what differs and removing only what an earlier
/// run wrote.
///
/// Files that hongtu did not write stay as they are, unless an output has the same path. Runs on
/// one folder wait for each other.
///
/// # Errors
///
/// A [`WriteProblem`] says what could not be done to which path. Obstacles that can be seen
/// beforehand (a foreign folder where a file must go, a symbolic link in place of a folder, a path
/// that cannot be an output) are reported before anything is changed. After any other failure the
/// next run continues from what is there.
pub fn bring_up_to_date(folder: &Path, outputs: &Outputs) -> Result<Changes, WriteProblem> {
    let target = Target::new(folder, outputs)?;
    let manifest = Manifest::of(outputs);
    fs::create_dir_all(folder).map_err(could_not("建立文件夹", folder))?;
    let _lock = lock::wait_for(folder)?;
    let past = Past::read(folder)?;
    change::sweep_temporary_files(&target, &past)?;
    let outdated = Outdated::find(&target, &past)?;
    let mut differing = survey::differing(&target, &outdated)?;

    past.announce(&target, &manifest)?;
    let (in_the_way, others) = outdated.split_by_urgency(&target);
    let mut removed = outdated.remove(&target, &in_the_way)?;
    if !removed.is_empty() {
        // On a file system that ignores case, a removed file can have been the same file as an
        // output that looked up to date.
        differing = survey::differing(&target, &outdated)?;
    }
    change::write_files(&target, &differing)?;
    removed.extend(outdated.remove(&target, &others)?);
    past.replace_by(&target, &manifest)?;

    removed.sort_unstable();
    Ok(Changes {
        kept: outputs.len() - differing.len(),
        written: differing.into_iter().map(str::to_owned).collect(),
        removed,
    })
}
