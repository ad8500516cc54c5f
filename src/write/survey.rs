//! What is on the disk, compared with what is to be. Changes nothing but by temporary files.

use std::fs::{self, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::WriteProblem;
use super::known::{self, KnownFile, KnownFiles, Time};
use super::outdated::Outdated;
use super::paths::{TEMPORARY_PREFIX, look_at};
use super::problem::{could_not, refused};
use super::target::Target;
use crate::render::key::Key;
use crate::render::portal::File;

/// How much of a file is compared at a time.
const CHUNK: usize = 64 * 1024;

/// What is found of one output.
pub(super) struct Found<'a> {
    pub(super) path: &'a str,
    /// Of what it was made from.
    pub(super) key: Key,
    /// Of its bytes.
    pub(super) hash: [u8; 32],
    pub(super) bytes: u64,
    pub(super) state: State,
}

/// Whether an output is on the disk as it should be.
pub(super) enum State {
    /// It is, since then.
    There(Option<Time>),
    /// It isn't, and waits in this temporary file.
    Waiting(PathBuf),
}

/// Makes the outputs that are not known and compares them with the disk; those that differ are put into
/// temporary files, sorted.
///
/// It fails if something foreign stands where a file or folder must go, so that this is found
/// before the first change.
pub(super) fn survey<'a>(
    target: &Target<'a>,
    outdated: &Outdated,
    known: &KnownFiles,
) -> Result<Vec<Found<'a>>, WriteProblem> {
    for folder in &target.folders {
        check_folder(target, folder, outdated)?;
    }
    let paths: Vec<&str> = target.portal.paths().collect();
    let found: Vec<_> = paths
        .par_iter()
        .enumerate()
        .map_init(
            || vec![0; CHUNK],
            |buffer, (number, path)| {
                let on_disk = look_for(target, path, outdated)?;
                found(target, (number, path), (on_disk, known.files.get(*path)), buffer)
            },
        )
        .collect();
    // The results are gone through in order, so that of several problems always the first is told.
    let mut problem = None;
    let mut all = Vec::with_capacity(found.len());
    for one in found {
        match one {
            Ok(one) => all.push(one),
            Err(error) => {
                problem.get_or_insert(error);
            }
        }
    }
    match problem {
        None => Ok(all),
        Some(problem) => {
            for one in &all {
                one.forget();
            }
            Err(problem)
        }
    }
}

impl Found<'_> {
    /// Makes an output anew that was there and is gone.
    pub(super) fn again(&mut self, target: &Target, number: usize) -> Result<(), WriteProblem> {
        let place = target.on_disk(self.path);
        let there = look_at(&place).map_err(could_not("读取文件", &place))?;
        let is_there = |metadata: &Metadata| metadata.is_file() && metadata.len() == self.bytes;
        if matches!(self.state, State::Waiting(_)) || there.as_ref().is_some_and(is_there) {
            return Ok(());
        }
        if let Some(bytes) = made(target, self.path, None)? {
            self.state = State::Waiting(wait(target, number, &bytes.1)?);
        }
        Ok(())
    }

    /// Removes the temporary file of what will not be published after all.
    fn forget(&self) {
        if let State::Waiting(place) = &self.state {
            // The next run sweeps what cannot be removed now.
            let _ = fs::remove_file(place);
        }
    }
}

/// The file on the disk that may be the output.
fn look_for(target: &Target, path: &str, outdated: &Outdated) -> Result<Option<Metadata>, WriteProblem> {
    let place = target.on_disk(path);
    match look_at(&place).map_err(could_not("读取文件", &place))? {
        Some(metadata) if metadata.is_dir() => {
            if outdated.has_folder(path) && holds_only_outdated(target, path, outdated)? {
                Ok(None)
            } else {
                let reason = "这里有一个不是 hongtu 生成的同名文件夹";
                Err(refused("写入文件", &place, reason))
            }
        }
        other => Ok(other.filter(Metadata::is_file)),
    }
}

fn found<'a>(
    target: &Target<'a>,
    (number, path): (usize, &&'a str),
    (on_disk, known): (Option<Metadata>, Option<&KnownFile>),
    buffer: &mut [u8],
) -> Result<Found<'a>, WriteProblem> {
    let known = known.filter(|known| on_disk.as_ref().is_some_and(|metadata| known.is_there(metadata)));
    let since = on_disk.as_ref().and_then(known::time_of);
    let Some((key, bytes)) = made(target, path, known.map(|known| known.key))? else {
        // Nothing but what is known can be as known.
        let known = known.copied().unwrap_or(KnownFile::NOTHING);
        return Ok(Found {
            path,
            key: known.key,
            hash: known.hash,
            bytes: known.bytes,
            state: State::There(since),
        });
    };
    let hash = *blake3::hash(&bytes).as_bytes();
    let is_there = match (known, &on_disk) {
        (Some(known), _) => known.hash == hash,
        (None, Some(metadata)) => {
            // A file that cannot be read is written anew: either that helps, or the problem
            // shows there.
            metadata.len() == bytes.len() as u64 && holds(&target.on_disk(path), &bytes, buffer).unwrap_or(false)
        }
        (None, None) => false,
    };
    Ok(Found {
        path,
        key,
        hash,
        bytes: bytes.len() as u64,
        state: if is_there {
            State::There(since)
        } else {
            State::Waiting(wait(target, number, &bytes)?)
        },
    })
}

/// An output with its key; nothing if it is as known.
fn made(target: &Target, path: &str, known: Option<Key>) -> Result<Option<(Key, Vec<u8>)>, WriteProblem> {
    match target.portal.make(path, known) {
        Some(Ok(File::New { key, bytes })) => Ok(Some((key, bytes))),
        Some(Ok(File::AsKnown)) => Ok(None),
        Some(Err(problems)) => {
            let first = problems.into_iter().next().map(|problem| problem.message);
            let reason = first.unwrap_or_else(|| "这一页生成不出来".to_owned());
            Err(could_not("生成页面", &target.on_disk(path))(
                io::Error::other(reason),
            ))
        }
        None => Err(refused("生成页面", &target.on_disk(path), "没有这一页")),
    }
}

/// Puts bytes into a temporary file in the output folder, from where they are renamed to their place.
fn wait(target: &Target, number: usize, bytes: &[u8]) -> Result<PathBuf, WriteProblem> {
    // Under the lock a number is enough to tell the temporary files of one run apart.
    let place = target.folder.join(format!("{TEMPORARY_PREFIX}{number}"));
    let written = fs::File::options()
        .write(true)
        .create_new(true)
        .open(&place)
        .and_then(|mut file| file.write_all(bytes));
    match written {
        Ok(()) => Ok(place),
        Err(error) => {
            // The first error is the one to report; the next run sweeps what cannot be removed now.
            let _ = fs::remove_file(&place);
            Err(could_not("写入文件", &place)(error))
        }
    }
}

/// A folder that is needed must be a real folder, or not there, or a file that will go.
fn check_folder(target: &Target, path: &str, outdated: &Outdated) -> Result<(), WriteProblem> {
    let place = target.on_disk(path);
    match look_at(&place).map_err(could_not("读取文件夹", &place))? {
        Some(metadata) if !metadata.is_dir() && !outdated.has_file(path) => {
            let reason = if metadata.is_symlink() {
                "输出文件夹中的这个文件夹是符号链接，hongtu 不会写到别处去"
            } else {
                "这里有一个不是 hongtu 生成的同名文件"
            };
            Err(refused("建立文件夹", &place, reason))
        }
        _ => Ok(()),
    }
}

/// Whether all that is in a folder will go, and the folder with it.
fn holds_only_outdated(target: &Target, folder: &str, outdated: &Outdated) -> Result<bool, WriteProblem> {
    let place = target.on_disk(folder);
    let problem = || could_not("读取文件夹", &place);
    for entry in fs::read_dir(&place).map_err(problem())? {
        let entry = entry.map_err(problem())?;
        let Ok(name) = entry.file_name().into_string() else {
            return Ok(false);
        };
        let path = format!("{folder}/{name}");
        let goes = if entry.file_type().map_err(problem())?.is_dir() {
            outdated.has_folder(&path) && holds_only_outdated(target, &path, outdated)?
        } else {
            outdated.has_file(&path)
        };
        if !goes {
            return Ok(false);
        }
    }
    Ok(true)
}

fn holds(place: &Path, bytes: &[u8], buffer: &mut [u8]) -> io::Result<bool> {
    let mut file = fs::File::open(place)?;
    for expected in bytes.chunks(buffer.len()) {
        let found = &mut buffer[..expected.len()];
        file.read_exact(found)?;
        if found != expected {
            return Ok(false);
        }
    }
    Ok(true)
}
