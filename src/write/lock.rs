//! One run at a time in one output folder.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::WriteProblem;
use super::problem::{could_not, refused};

/// Waits until no other run works on `folder`, and keeps others out while the result lives.
///
/// The lock is on a file beside the folder, never inside, since the folder is published. The file
/// stays: were it removed, a run that waits for it and a run that makes it anew would both go on.
pub(super) fn wait_for(folder: &Path) -> Result<File, WriteProblem> {
    let place = lock_file(folder)?;
    let file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&place)
        .map_err(could_not("打开锁文件", &place))?;
    lock(&file).map_err(could_not("锁定文件", &place))?;
    Ok(file)
}

/// The file beside the folder's real place, so that all names of one folder lead to one lock.
fn lock_file(folder: &Path) -> Result<PathBuf, WriteProblem> {
    let real = fs::canonicalize(folder).map_err(could_not("打开文件夹", folder))?;
    let Some(name) = real.file_name() else {
        return Err(refused("打开文件夹", folder, "磁盘的根不能用作输出文件夹"));
    };
    let mut lock_name = OsString::from(".");
    lock_name.push(name);
    lock_name.push(".hongtu-lock");
    Ok(real.with_file_name(lock_name))
}

fn lock(file: &File) -> io::Result<()> {
    loop {
        match file.lock() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
