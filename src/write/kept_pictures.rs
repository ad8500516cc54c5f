//! Keeps smaller pictures for the next build, in the cache folder.
//!
//! Each picture has a folder, which is made under a temporary name and renamed when it is
//! complete; so a folder that is there is whole, and two builds at once do no harm: the second
//! finds its place taken and leaves the first one's folder, which holds the same.

use std::fs;
use std::path::Path;

use super::problem::{WriteProblem, could_not};
use crate::read::pictures::FOLDER;
use crate::render::publish::MadePictures;

/// Writes new pictures into the cache. Without any, the cache is not even made.
///
/// # Errors
/// When the cache cannot be written.
pub fn keep(cache: &Path, made: &MadePictures) -> Result<(), WriteProblem> {
    if made.is_empty() {
        return Ok(());
    }
    let folder = cache.join(FOLDER);
    fs::create_dir_all(&folder).map_err(could_not("建立缓存文件夹", &folder))?;
    for (name, files) in made {
        let place = folder.join(name);
        if place.exists() {
            continue;
        }
        let temporary = folder.join(format!(".{name}-{}", std::process::id()));
        fs::create_dir_all(&temporary).map_err(could_not("建立缓存文件夹", &temporary))?;
        for (file, bytes) in files {
            let path = temporary.join(file);
            fs::write(&path, bytes).map_err(could_not("写入缓存", &path))?;
        }
        if fs::rename(&temporary, &place).is_err() {
            fs::remove_dir_all(&temporary).map_err(could_not("清理缓存", &temporary))?;
        }
    }
    Ok(())
}
