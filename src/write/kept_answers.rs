//! Keeps what visits to other sites found, in the cache folder.

use std::fs;
use std::path::Path;

use super::problem::{WriteProblem, could_not};
use crate::read::visits::answers::{FILE, Kept};

/// Writes the answers, under a temporary name first, so that the file is always whole.
///
/// # Errors
/// When the cache cannot be written.
pub fn keep(cache: &Path, kept: &Kept) -> Result<(), WriteProblem> {
    fs::create_dir_all(cache).map_err(could_not("建立缓存文件夹", cache))?;
    let path = cache.join(FILE);
    let temporary = cache.join(format!(".{FILE}-{}", std::process::id()));
    let text = kept
        .to_json()
        .map_err(|error| could_not("写入缓存", &path)(error.into()))?;
    fs::write(&temporary, text).map_err(could_not("写入缓存", &temporary))?;
    fs::rename(&temporary, &path).map_err(could_not("写入缓存", &path))
}
