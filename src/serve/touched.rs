//! What an event of the disk means: which of our files it touches, if any.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, CreateKind, MetadataKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Event, EventKind};

use super::Folder;
use crate::read::stamps::real_path;
use crate::read::walk::is_passed_over;

/// What events touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// These files, in the words of the options.
    Files(BTreeSet<PathBuf>),
    /// Folders, or nobody knows what.
    Folders,
    /// A watched folder itself came, went or was replaced: it has to be watched anew.
    Roots,
}

/// The folders that are watched, by all the names that events may call them.
#[derive(Debug, Clone)]
pub struct Roots(Vec<Root>);

#[derive(Debug, Clone)]
struct Root {
    folder: Folder,
    real: PathBuf,
}

impl Roots {
    /// Finds out under which names the folders may come.
    pub fn new(folders: &[Folder]) -> Self {
        let roots = folders.iter().map(|folder| Root {
            real: real_path(&folder.absolute),
            folder: folder.clone(),
        });
        Self(roots.collect())
    }

    /// The folders.
    pub fn folders(&self) -> impl Iterator<Item = &Folder> {
        self.0.iter().map(|root| &root.folder)
    }

    /// What an event means; nothing where it means nothing to us. Whether a path is a folder now is asked
    /// for where the event does not say it.
    pub fn touched(&self, event: &Event, is_folder: impl Fn(&Path) -> bool) -> Option<Touched> {
        let deed = deed(event.kind)?;
        let mut files = BTreeSet::new();
        let mut folders = false;
        for path in &event.paths {
            let Some((root, below)) = self.below(path) else {
                continue;
            };
            if below.as_os_str().is_empty() {
                // What is in it is told by itself; that its own times changed says nothing.
                if deed == Deed::Written {
                    continue;
                }
                return Some(Touched::Roots);
            }
            if is_passed_by(below) {
                continue;
            }
            let is_file = match deed {
                Deed::Folder => false,
                // Folders are written to whenever a file in them comes or goes, which is told by itself.
                Deed::Written if is_folder(path) => continue,
                Deed::File | Deed::Written => true,
                Deed::Unclear => looks_like_file(below) && !is_folder(path),
            };
            if is_file {
                files.insert(root.folder.given.join(below));
            } else {
                folders = true;
            }
        }
        if folders {
            Some(Touched::Folders)
        } else {
            (!files.is_empty()).then_some(Touched::Files(files))
        }
    }

    fn below<'a>(&self, path: &'a Path) -> Option<(&Root, &'a Path)> {
        self.0.iter().find_map(|root| {
            let below = path
                .strip_prefix(&root.folder.absolute)
                .or_else(|_| path.strip_prefix(&root.real));
            Some((root, below.ok()?))
        })
    }
}

/// What was done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    /// Something with a file.
    File,
    /// Something with a folder.
    Folder,
    /// Something was written to what is there.
    Written,
    /// The event does not say with what.
    Unclear,
}

/// What was done; nothing where something was only looked at, as we do ourselves.
fn deed(kind: EventKind) -> Option<Deed> {
    Some(match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Deed::Written,
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => return None,
        EventKind::Create(CreateKind::File) | EventKind::Remove(RemoveKind::File) => Deed::File,
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => Deed::Folder,
        // Both ends of it came before.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) if cfg!(target_os = "linux") => return None,
        EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)) => Deed::Written,
        _ => Deed::Unclear,
    })
}

/// Names with a dot and a letter soon after it are names of files.
fn looks_like_file(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extension.len() <= 8 && extension.contains(|c: char| c.is_ascii_alphabetic()))
}

/// What is not read, and what editors put beside a file while they save it.
fn is_passed_by(below: &Path) -> bool {
    let hidden = below
        .components()
        .any(|part| is_passed_over(&part.as_os_str().to_string_lossy()));
    hidden
        || below
            .file_name()
            .is_some_and(|name| is_of_an_editor(&name.to_string_lossy()))
}

fn is_of_an_editor(name: &str) -> bool {
    let lower = name.to_lowercase();
    let endings = ["~", ".tmp", ".swp", ".swx", ".swo", ".bak", ".part", ".crdownload"];
    // Vim writes 4913 to see whether it may; the editors of JetBrains write `…___jb_tmp___`.
    lower == "4913" || endings.iter().any(|ending| lower.ends_with(ending)) || lower.contains("___jb_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::DataChange;

    fn roots() -> Roots {
        let folder = |name: &str| Folder {
            given: PathBuf::from(name),
            absolute: Path::new("/site").join(name),
        };
        Roots::new(&[folder("content"), folder("themes")])
    }

    fn event(kind: EventKind, paths: &[&str]) -> Event {
        let event = Event::new(kind);
        paths
            .iter()
            .fold(event, |event, path| event.add_path(PathBuf::from(path)))
    }

    fn touched(kind: EventKind, paths: &[&str]) -> Option<Touched> {
        roots().touched(&event(kind, paths), |path| path.ends_with("folder"))
    }

    fn files(names: &[&str]) -> Touched {
        Touched::Files(names.iter().map(PathBuf::from).collect())
    }

    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const RENAMED: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::From));

    #[test]
    fn files_are_called_as_the_options_call_them() {
        assert_eq!(
            touched(WRITTEN, &["/site/content/cases/a.md"]),
            Some(files(&["content/cases/a.md"]))
        );
        let pair = ["/site/content/a.md", "/site/themes/hong/assets/hong.css"];
        assert_eq!(
            touched(EventKind::Remove(RemoveKind::File), &pair),
            Some(files(&["content/a.md", "themes/hong/assets/hong.css"]))
        );
    }

    #[test]
    fn our_own_reading_is_no_event() {
        let path = &["/site/content/a.md"];
        assert_eq!(
            touched(EventKind::Access(AccessKind::Open(AccessMode::Any)), path),
            None
        );
        assert_eq!(
            touched(EventKind::Access(AccessKind::Close(AccessMode::Read)), path),
            None
        );
        let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
        assert_eq!(touched(closed, path), Some(files(&["content/a.md"])));
    }

    #[test]
    fn what_editors_put_beside_a_file_is_no_event() {
        for name in [
            ".a.md.swp",
            "4913",
            "a.md~",
            "~$a.docx",
            "a.md.tmp",
            "#a.md___jb_tmp___",
            "a.MD.TMP",
            ".git/x",
        ] {
            let path = format!("/site/content/{name}");
            assert_eq!(touched(EventKind::Create(CreateKind::File), &[&path]), None, "{name}");
        }
        assert_eq!(touched(WRITTEN, &["/site/public/index.html"]), None);
        assert_eq!(touched(WRITTEN, &["/site/contents/a.md"]), None);
    }

    #[test]
    fn folders_are_everything() {
        assert_eq!(
            touched(EventKind::Create(CreateKind::Folder), &["/site/content/b"]),
            Some(Touched::Folders)
        );
        assert_eq!(
            touched(EventKind::Remove(RemoveKind::Folder), &["/site/content/b.md"]),
            Some(Touched::Folders)
        );
        // What is gone cannot be asked what it was.
        assert_eq!(touched(RENAMED, &["/site/content/b"]), Some(Touched::Folders));
        assert_eq!(touched(RENAMED, &["/site/content/2026.07"]), Some(Touched::Folders));
        assert_eq!(
            touched(RENAMED, &["/site/content/b.md"]),
            Some(files(&["content/b.md"]))
        );
        assert_eq!(touched(RENAMED, &["/site/content/folder"]), Some(Touched::Folders));
        assert_eq!(touched(WRITTEN, &["/site/content/folder"]), None);
    }

    #[test]
    fn the_watched_folders_themselves_are_watched_anew() {
        assert_eq!(
            touched(EventKind::Remove(RemoveKind::Folder), &["/site/content"]),
            Some(Touched::Roots)
        );
        assert_eq!(touched(RENAMED, &["/site/themes"]), Some(Touched::Roots));
        assert_eq!(touched(WRITTEN, &["/site/content"]), None);
    }
}
