//! What is on the disk, compared with what is to be; reads only.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::WriteProblem;
use super::outdated::Outdated;
use super::paths::look_at;
use super::problem::{could_not, refused};
use super::target::Target;

/// How much of a file is compared at a time.
const CHUNK: usize = 64 * 1024;

/// The outputs that are not on the disk as they should be, sorted.
///
/// It fails if something foreign stands where a file or folder must go, so that this is found
/// before the first change.
pub(super) fn differing<'a>(target: &Target<'a>, outdated: &Outdated) -> Result<Vec<&'a str>, WriteProblem> {
    for folder in &target.folders {
        check_folder(target, folder, outdated)?;
    }
    let compared: Vec<_> = target
        .outputs
        .par_iter()
        .map_init(
            || vec![0; CHUNK],
            |buffer, output| Ok((differs(target, output, outdated, buffer)?, output.0.as_str())),
        )
        .collect();
    // The results are gone through in order, so that of several problems always the first is told.
    let mut differing = Vec::new();
    for result in compared {
        if let (true, path) = result? {
            differing.push(path);
        }
    }
    Ok(differing)
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

fn differs(
    target: &Target,
    (path, bytes): (&String, &Arc<[u8]>),
    outdated: &Outdated,
    buffer: &mut [u8],
) -> Result<bool, WriteProblem> {
    let place = target.on_disk(path);
    match look_at(&place).map_err(could_not("读取文件", &place))? {
        Some(metadata) if metadata.is_dir() => {
            if outdated.has_folder(path) && holds_only_outdated(target, path, outdated)? {
                Ok(true)
            } else {
                let reason = "这里有一个不是 hongtu 生成的同名文件夹";
                Err(refused("写入文件", &place, reason))
            }
        }
        Some(metadata) if metadata.is_file() && metadata.len() == bytes.len() as u64 => {
            // A file that cannot be read is written anew: either that helps, or the problem
            // shows there.
            Ok(!holds(&place, bytes, buffer).unwrap_or(false))
        }
        _ => Ok(true),
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
    let mut file = File::open(place)?;
    for expected in bytes.chunks(buffer.len()) {
        let found = &mut buffer[..expected.len()];
        file.read_exact(found)?;
        if found != expected {
            return Ok(false);
        }
    }
    Ok(true)
}
