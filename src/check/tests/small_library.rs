//! For tests: a library of a few small files.

use std::path::Path;

use crate::read::{Drafts, Library, Options, read};
use crate::schema::date::Date;

/// The day of the tests.
pub const DATE: Date = Date {
    year: 2026,
    month: 11,
    day: 22,
    time: None,
};

/// Reads files, each with its path below `content/`; a site file is to be among them.
pub fn library(files: &[(&str, &str)]) -> Library {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    library_of_bytes(&files)
}

/// As [`library`], of files that need not be text.
pub fn library_of_bytes(files: &[(&str, &[u8])]) -> Library {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    for (path, bytes) in files {
        let path = content.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let options = Options {
        content,
        themes: folder.path().join("themes"),
        cache: None,
        drafts: Drafts::Hidden,
        as_of: DATE,
        base_url: None,
    };
    read(&options).unwrap().0
}
