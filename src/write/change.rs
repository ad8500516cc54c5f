//! The changes that add to the disk: new folders, new and changed files; and their left-overs.

use std::collections::BTreeSet;
use std::fs::{self, DirEntry, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use rayon::prelude::*;

use super::WriteProblem;
use super::manifest::Past;
use super::paths::{TEMPORARY_PREFIX, folders_above, look_at};
use super::problem::{could_not, refused};
use super::survey::{Found, State};
use super::target::Target;

/// Removes the temporary files of runs that were killed. It is for the holder of the lock only,
/// since to others a temporary file may be one in use.
pub(super) fn sweep_temporary_files(target: &Target, past: &Past) -> Result<(), WriteProblem> {
    let folders: BTreeSet<&str> = past
        .paths()
        .flat_map(folders_above)
        .chain(target.folders.iter().copied())
        .chain([""])
        .collect();
    // A folder comes after those above it, so behind a link no folder counts as real.
    let mut real = BTreeSet::new();
    for folder in folders {
        let place = target.on_disk(folder);
        let parent = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
        // The output folder itself may be a link: whoever made it wants the site behind it.
        let is_real = folder.is_empty()
            || real.contains(parent)
                && look_at(&place)
                    .map_err(could_not("读取文件夹", &place))?
                    .is_some_and(|metadata| metadata.is_dir());
        if is_real {
            real.insert(folder);
        }
    }
    real.into_par_iter()
        .try_for_each(|folder| sweep_folder(&target.on_disk(folder)))
}

fn sweep_folder(place: &Path) -> Result<(), WriteProblem> {
    let problem = || could_not("读取文件夹", place);
    for entry in fs::read_dir(place).map_err(problem())? {
        let entry = entry.map_err(problem())?;
        if is_temporary(&entry).map_err(problem())? {
            let leftover = entry.path();
            fs::remove_file(&leftover).map_err(could_not("删除文件", &leftover))?;
        }
    }
    Ok(())
}

fn is_temporary(entry: &DirEntry) -> io::Result<bool> {
    let name = entry.file_name();
    let prefix = TEMPORARY_PREFIX.as_bytes();
    Ok(name.as_encoded_bytes().starts_with(prefix) && entry.file_type()?.is_file())
}

/// Puts the outputs that wait into their places, in parallel; makes each folder that they need once.
pub(super) fn put_in_place(target: &Target, found: &[Found<'_>]) -> Result<(), WriteProblem> {
    let waiting: Vec<_> = found
        .iter()
        .filter_map(|found| match &found.state {
            State::Waiting(temporary) => Some((found.path, temporary)),
            State::There(_) => None,
        })
        .collect();
    let needed: BTreeSet<&str> = waiting.iter().flat_map(|(path, _)| folders_above(path)).collect();
    for folder in needed {
        create_folder(&target.on_disk(folder))?;
    }
    waiting.par_iter().try_for_each(|(path, temporary)| {
        let place = target.on_disk(path);
        fs::rename(temporary, &place).map_err(could_not("写入文件", &place))
    })
}

fn create_folder(place: &Path) -> Result<(), WriteProblem> {
    let problem = || could_not("建立文件夹", place);
    match fs::create_dir(place) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => match look_at(place).map_err(problem())? {
            Some(metadata) if metadata.is_dir() => Ok(()),
            _ => Err(refused("建立文件夹", place, "这里有一个同名的文件")),
        },
        result => result.map_err(problem()),
    }
}

/// Puts `bytes` at `place`, by way of a temporary file in the same folder, so that at no moment
/// half a file is there. A symbolic link at `place` is replaced, not followed.
///
/// It survives a loss of power. That is for the lists, because nothing else says what is ours; the outputs need
/// not, since the next run compares their times, lengths or bytes in any case.
pub(super) fn replace(place: &Path, temporary: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = File::options().write(true).create_new(true).open(temporary)?;
    let renamed = fill(file, bytes).and_then(|()| fs::rename(temporary, place));
    if let Err(error) = renamed {
        // The first error is the one to report; the next run sweeps what cannot be removed now.
        let _ = fs::remove_file(temporary);
        return Err(error);
    }
    sync_folder_of(place);
    Ok(())
}

/// Takes the file, so that it is closed before the rename, as Windows wants it.
fn fill(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a rename durable where the system can. Some file systems refuse, and then nothing better
/// is to be had, so the result does not count.
fn sync_folder_of(place: &Path) {
    if cfg!(unix)
        && let Some(folder) = place.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}
