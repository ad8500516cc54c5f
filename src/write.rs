//! Brings the output folder to equal the outputs; the only room that writes.
//!
//! ```text
//! Portal ─► Target ─┐                    ┌─► files in the way ─► new and changed files
//!                   ├─► survey (makes) ──┤          └─► files no longer wanted ─► manifest
//! disk ───► Past ───┘                    └─► a foreign obstacle: WriteProblem, nothing changed
//! ```
//!
//! The survey makes each output, compares it with the disk, and puts it into a temporary file if it differs; so
//! that pages need not be in memory together, and nothing is changed before all of them are made.
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
mod known;
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

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

pub use problem::WriteProblem;

use crate::phase::phase;
pub use crate::render::{Outputs, Portal};

use known::{KnownFile, KnownFiles};
use manifest::{Entry, Manifest, Past};
use outdated::Outdated;
use problem::could_not;
use survey::{Found, State};
use target::Target;

/// Writes a report, whole or not at all.
///
/// # Errors
/// When the file can't be written.
pub fn report(place: &Path, text: &str) -> Result<(), WriteProblem> {
    let name = format!("{}{}", paths::TEMPORARY_PREFIX, std::process::id());
    change::replace(place, &place.with_file_name(name), text.as_bytes()).map_err(could_not("写入报告", place))
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
    /// Why the next run has to find out anew what this one knows.
    pub forgotten: Option<String>,
}

/// Brings `folder` to equal the portal, writing only what differs and removing only what an earlier
/// run wrote. What a cache knows of the folder need not be made again.
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
pub fn bring_up_to_date(folder: &Path, portal: &Portal, cache: Option<&Path>) -> Result<Changes, WriteProblem> {
    let _whole = phase("写入");
    let target = Target::new(folder, portal)?;
    fs::create_dir_all(folder).map_err(could_not("建立文件夹", folder))?;
    let _lock = lock::wait_for(folder)?;
    let past = Past::read(folder)?;
    let known = KnownFiles::read(cache, folder);
    change::sweep_temporary_files(&target, &past)?;
    let outdated = Outdated::find(&target, &past)?;
    let step = phase("生成页面，与磁盘上的比较");
    let mut found = survey::survey(&target, &outdated, &known)?;
    drop(step);
    let manifest: Manifest = found
        .iter()
        .map(|one| Entry::new(one.path, one.bytes, one.hash))
        .collect();

    past.announce(&target, &manifest)?;
    let (in_the_way, others) = outdated.split_by_urgency(&target);
    let mut removed = outdated.remove(&target, &in_the_way)?;
    if !removed.is_empty() {
        // On a file system that ignores case, a removed file can have been the same file as an
        // output that looked up to date.
        for (number, one) in found.iter_mut().enumerate() {
            one.again(&target, number)?;
        }
    }
    let step = phase("换上新文件，删去旧文件");
    change::put_in_place(&target, &found)?;
    removed.extend(outdated.remove(&target, &others)?);
    drop(step);
    let _step = phase("记下清单");
    past.replace_by(&target, &manifest)?;

    let files = known_from_now_on(&target, &found)?;
    let known_is_kept = match cache {
        Some(cache) if files != known.files => KnownFiles::of(files, folder).keep(cache, folder),
        _ => Ok(()),
    };
    removed.sort_unstable();
    let written = found.iter().filter(|one| matches!(one.state, State::Waiting(_)));
    let written: Vec<String> = written.map(|one| one.path.to_owned()).collect();
    Ok(Changes {
        kept: found.len() - written.len(),
        written,
        removed,
        forgotten: known_is_kept.err().map(|problem| problem.to_string()),
    })
}

/// What the next run may know of the files.
fn known_from_now_on(target: &Target, found: &[Found<'_>]) -> Result<BTreeMap<String, KnownFile>, WriteProblem> {
    let files: Vec<_> = found
        .par_iter()
        .map(|one| {
            let modified = match one.state {
                State::There(since) => since,
                State::Waiting(_) => {
                    let place = target.on_disk(one.path);
                    let metadata = fs::symlink_metadata(&place).map_err(could_not("读取文件", &place))?;
                    known::time_of(&metadata)
                }
            };
            Ok(modified.map(|modified| {
                let file = KnownFile {
                    key: one.key,
                    hash: one.hash,
                    bytes: one.bytes,
                    modified,
                };
                (one.path.to_owned(), file)
            }))
        })
        .collect::<Result<_, WriteProblem>>()?;
    Ok(files.into_iter().flatten().collect())
}
