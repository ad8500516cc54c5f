//! New files for people to go on with: what is there already stays as it is.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::WriteProblem;
use super::problem::could_not;

/// What became of a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fresh {
    /// It was written.
    Written,
    /// Something of that name was there, and was left alone.
    LeftAlone,
}

/// Writes a file that is not there yet, and the folders above it.
///
/// # Errors
/// When a folder or the file can't be made.
pub fn create_new(place: &Path, text: &str) -> Result<Fresh, WriteProblem> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).map_err(could_not("建立文件夹", folder))?;
    }
    // A check beforehand would be one moment older than the writing.
    let mut file = match File::options().write(true).create_new(true).open(place) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(Fresh::LeftAlone),
        Err(error) => return Err(could_not("写入文件", place)(error)),
    };
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if let Err(error) = written {
        // Half a file would be taken for one that somebody wrote; the first error is the one to report.
        let _ = fs::remove_file(place);
        return Err(could_not("写入文件", place)(error));
    }
    Ok(Fresh::Written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_once_and_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("content/cases/a.md");
        assert_eq!(create_new(&place, "一").unwrap(), Fresh::Written);
        assert_eq!(create_new(&place, "二").unwrap(), Fresh::LeftAlone);
        assert_eq!(fs::read_to_string(&place).unwrap(), "一");
    }

    #[test]
    fn what_stands_in_the_way_is_left_alone_or_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a.md")).unwrap();
        let place = folder.path().join("a.md");
        assert_eq!(
            create_new(&place, "一").unwrap(),
            Fresh::LeftAlone,
            "a folder of that name"
        );
        fs::write(folder.path().join("content"), "").unwrap();
        let problem = create_new(&folder.path().join("content/a.md"), "一").unwrap_err();
        assert!(problem.to_string().starts_with("建立文件夹失败"), "{problem}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_not_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.md");
        std::os::unix::fs::symlink(folder.path().join("elsewhere.md"), &place).unwrap();
        assert_eq!(create_new(&place, "一").unwrap(), Fresh::LeftAlone);
        assert!(!folder.path().join("elsewhere.md").exists());
    }
}
