//! The walk through the content folder: which files there are, in one order for all machines.

use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use super::ReadProblem;
use crate::config::{self, terms};

/// What the walk found.
#[derive(Debug, Default)]
pub struct Walked {
    /// Markdown files, sorted by path.
    pub texts: Vec<WalkedFile>,
    /// All other files, sorted by path.
    pub others: Vec<WalkedFile>,
    /// Symbolic links that were not followed.
    pub refused: Vec<RefusedLink>,
    /// Files and folders whose names cannot be used; they were not read.
    pub bad_names: Vec<BadName>,
    /// Whether there is a `site.yaml`.
    pub has_site_file: bool,
    /// Whether there is a `terms.yaml`.
    pub has_terms_file: bool,
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

/// A file or folder whose name cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadName {
    /// Below the content folder.
    pub path: String,
    /// Why.
    pub reason: BadNameReason,
}

/// Why a name cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadNameReason {
    /// It is no Unicode, as names from old archives are.
    NotUnicode,
    /// Another file has the same name in another form of Unicode.
    Twice,
    /// A text with an extension that is not `.md`, mostly because Windows hides extensions.
    OtherExtension,
}

impl BadName {
    /// What is wrong, for people.
    pub fn message(&self) -> &'static str {
        match self.reason {
            BadNameReason::NotUnicode => "名字是乱码，没有读取",
            BadNameReason::Twice => "有两个文件的名字看起来一样，只是内码不同",
            BadNameReason::OtherExtension => "文稿的后缀不是 .md，没有读取",
        }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self.reason {
            BadNameReason::NotUnicode => "重新起一个名字；从压缩包解出的文件常有这个问题",
            BadNameReason::Twice => "给其中一个改名，或者删去重复的那个",
            BadNameReason::OtherExtension => {
                "改名，让它以 .md 结尾；在资源管理器里勾选“查看 → 文件扩展名”才看得到完整的名字"
            }
        }
    }
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
    let real_root = root.canonicalize().map_err(|error| problem(root, error))?;
    if !real_root.is_dir() {
        return Err(problem(root, std::io::ErrorKind::NotADirectory.into()));
    }
    let mut walked = Walked::default();
    let mut items = WalkDir::new(root)
        .min_depth(1)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|item| !is_passed_over(&item.file_name().to_string_lossy()));
    while let Some(item) = items.next() {
        let stays_out = match item {
            Ok(item) => walked.meet(root, &real_root, &item)?,
            Err(error) => walked.meet_error(root, error)?,
        };
        if stays_out == StaysOut::Yes {
            items.skip_current_dir();
        }
    }
    // The walker sorts folder by folder; the whole path is the order that everything relies on.
    walked.texts.sort_by(|a, b| a.path.cmp(&b.path));
    walked.others.sort_by(|a, b| a.path.cmp(&b.path));
    walked.refused.sort_by(|a, b| a.path.cmp(&b.path));
    walked.drop_doubles();
    Ok(walked)
}

/// Whether the walk stays out of the folder that was just met.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StaysOut {
    Yes,
    No,
}

fn problem(path: &Path, error: std::io::Error) -> ReadProblem {
    ReadProblem {
        doing: "读取文件夹",
        path: path.to_owned(),
        error,
    }
}

impl Walked {
    /// Takes in what the walk met: a file, or a folder that may have to be stayed out of.
    fn meet(&mut self, root: &Path, real_root: &Path, item: &DirEntry) -> Result<StaysOut, ReadProblem> {
        let path = shown_below(root, item.path());
        // A refused file is no folder to stay out of: skipping would skip what stands beside it.
        let folder = if item.file_type().is_dir() {
            StaysOut::Yes
        } else {
            StaysOut::No
        };
        if item.path_is_symlink() {
            let target = item
                .path()
                .canonicalize()
                .map_err(|error| problem(item.path(), error))?;
            if !target.starts_with(real_root) {
                let reason = RefusalReason::LeavesContent;
                self.refused.push(RefusedLink { path, reason });
                return Ok(folder);
            }
        }
        if item.file_name().to_str().is_none() {
            let reason = BadNameReason::NotUnicode;
            self.bad_names.push(BadName { path, reason });
            return Ok(folder);
        }
        if item.file_type().is_file() {
            let disk_path = item.path().to_owned();
            self.take_file(WalkedFile { path, disk_path });
        }
        Ok(StaysOut::No)
    }

    /// Takes in what the walk could not follow.
    fn meet_error(&mut self, root: &Path, error: walkdir::Error) -> Result<StaysOut, ReadProblem> {
        let path = error.path().unwrap_or(root).to_owned();
        let reason = if error.loop_ancestor().is_some() {
            RefusalReason::Loop
        } else if path.is_symlink() {
            RefusalReason::Dangling
        } else {
            let error = error.into_io_error().unwrap_or_else(|| std::io::Error::other("walk"));
            return Err(problem(&path, error));
        };
        let path = shown_below(root, &path);
        self.refused.push(RefusedLink { path, reason });
        Ok(StaysOut::No)
    }

    fn take_file(&mut self, file: WalkedFile) {
        if file.path == config::FILE_NAME {
            self.has_site_file = true;
        } else if file.path == terms::FILE_NAME {
            self.has_terms_file = true;
        } else if has_extension(&file.path, "md") {
            self.texts.push(file);
        } else if has_extension(&file.path, "markdown") || file.path.to_lowercase().ends_with(".md.txt") {
            let reason = BadNameReason::OtherExtension;
            self.bad_names.push(BadName {
                path: file.path,
                reason,
            });
        } else {
            self.others.push(file);
        }
    }

    /// Two names that are one in the composed form: the first counts, the other is reported.
    fn drop_doubles(&mut self) {
        let mut twice = Vec::new();
        for files in [&mut self.texts, &mut self.others] {
            files.dedup_by(|later, first| {
                let is_same = later.path == first.path;
                if is_same {
                    let reason = BadNameReason::Twice;
                    twice.push(BadName {
                        path: later.path.clone(),
                        reason,
                    });
                }
                is_same
            });
        }
        self.bad_names.extend(twice);
    }
}

/// Whether files and folders of this name are left alone.
pub fn is_passed_over(name: &str) -> bool {
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
