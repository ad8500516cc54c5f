//! The walk through the content folder: which files there are, in one order for all machines.

use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

use super::ReadProblem;
use crate::config;

/// What the walk found.
#[derive(Debug, Default)]
pub struct Walked {
    /// Markdown files, sorted by path.
    pub texts: Vec<WalkedFile>,
    /// All other files, sorted by path.
    pub others: Vec<WalkedFile>,
    /// Symbolic links that were not followed.
    pub refused: Vec<RefusedLink>,
    /// Whether there is a `site.yaml`.
    pub has_site_file: bool,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalkedFile {
    /// Below the content folder, with `/`, in Unicode's composed form: macOS gives names
    /// decomposed, and a link that is typed is composed.
    pub path: String,
    /// Where it is on the disk.
    pub disk_path: PathBuf,
}

/// A symbolic link that was not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedLink {
    /// Below the content folder.
    pub path: String,
    /// Why.
    pub reason: RefusalReason,
}

/// Why a symbolic link was not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalReason {
    /// It leads out of the content folder.
    LeavesContent,
    /// It leads to a folder that it is in.
    Loop,
    /// It leads nowhere.
    Dangling,
}

impl RefusedLink {
    /// What is wrong, for people.
    pub fn message(&self) -> &'static str {
        match self.reason {
            RefusalReason::LeavesContent => "这个链接指到 content 文件夹外面，没有读取",
            RefusalReason::Loop => "这个链接绕回了它自己所在的文件夹，没有读取",
            RefusalReason::Dangling => "这个链接指向的文件不存在",
        }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self.reason {
            RefusalReason::LeavesContent => "把文件复制到 content 里面来",
            RefusalReason::Loop | RefusalReason::Dangling => "删去这个链接",
        }
    }
}

/// Walks through the content folder. Files and folders whose names begin with `.` or `_` are
/// passed over, as are the marks that systems leave (`Thumbs.db`, `~$…` of Word).
///
/// # Errors
/// When the folder does not exist or a part of it cannot be read.
pub fn walk(root: &Path) -> Result<Walked, ReadProblem> {
    let problem = |path: &Path, error| ReadProblem {
        doing: "读取文件夹",
        path: path.to_owned(),
        error,
    };
    let real_root = root.canonicalize().map_err(|error| problem(root, error))?;
    let mut walked = Walked::default();
    let walker = WalkDir::new(root).min_depth(1).follow_links(true).sort_by_file_name();
    for item in walker
        .into_iter()
        .filter_entry(|item| !is_passed_over(&item.file_name().to_string_lossy()))
    {
        let item = match item {
            Ok(item) => item,
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                let shown = shown_below(root, &path);
                if error.loop_ancestor().is_some() {
                    walked.refused.push(RefusedLink {
                        path: shown,
                        reason: RefusalReason::Loop,
                    });
                } else if path.is_symlink() {
                    walked.refused.push(RefusedLink {
                        path: shown,
                        reason: RefusalReason::Dangling,
                    });
                } else {
                    let error = error.into_io_error().unwrap_or_else(|| std::io::Error::other("walk"));
                    return Err(problem(&path, error));
                }
                continue;
            }
        };
        let path = shown_below(root, item.path());
        if item.path_is_symlink() {
            let target = item
                .path()
                .canonicalize()
                .map_err(|error| problem(item.path(), error))?;
            if !target.starts_with(&real_root) {
                walked.refused.push(RefusedLink {
                    path,
                    reason: RefusalReason::LeavesContent,
                });
                continue;
            }
        }
        if item.file_type().is_dir() {
            continue;
        }
        let file = WalkedFile {
            path,
            disk_path: item.path().to_owned(),
        };
        if file.path == config::FILE_NAME {
            walked.has_site_file = true;
        } else if has_extension(&file.path, "md") {
            walked.texts.push(file);
        } else {
            walked.others.push(file);
        }
    }
    // A refused folder's files were met below it; the walker cannot be told to stay out.
    let refused: Vec<_> = walked
        .refused
        .iter()
        .filter(|link| link.reason == RefusalReason::LeavesContent)
        .map(|link| format!("{}/", link.path))
        .collect();
    let is_inside = |file: &WalkedFile| !refused.iter().any(|folder| file.path.starts_with(folder));
    walked.texts.retain(is_inside);
    walked.others.retain(is_inside);
    // The walker sorts folder by folder; the whole path is the order that everything relies on.
    walked.texts.sort_by(|a, b| a.path.cmp(&b.path));
    walked.others.sort_by(|a, b| a.path.cmp(&b.path));
    walked.refused.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(walked)
}

fn is_passed_over(name: &str) -> bool {
    name.starts_with(['.', '_'])
        || name.starts_with("~$")
        || matches!(name.to_ascii_lowercase().as_str(), "thumbs.db" | "desktop.ini")
}

fn shown_below(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy().nfc().collect::<String>())
        .collect();
    parts.join("/")
}

/// Whether a path ends in an extension, whatever its letter case.
pub fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, found)| found.eq_ignore_ascii_case(extension))
}
