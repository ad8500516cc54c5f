//! Numbers of persons in the names of files: they become addresses of pages, or of what is downloaded.

use super::numbers;
use super::report::called;
use super::rule_of;
use super::uses::InFile;
use crate::diagnostic::Diagnostic;
use crate::read::Library;
use crate::source::Span;

/// Those of entries are reported at the top of their files, the others are given back.
pub(super) fn check(library: &Library, diagnostics: &mut Vec<Diagnostic>) -> Vec<InFile> {
    for entry in &library.entries {
        let found = in_path(&entry.content_path);
        diagnostics.extend(found.map(|found| Diagnostic {
            span: Some(Span::file_start(entry.file)),
            ..found
        }));
    }
    let used = library.files.used.keys();
    used.filter_map(|path| Some((path.clone(), in_path(path)?))).collect()
}

/// What the names of a path tell of a person.
fn in_path(path: &str) -> Option<Diagnostic> {
    path.split('/').find_map(in_name)
}

fn in_name(name: &str) -> Option<Diagnostic> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let number = stem
        .split(['_', '.'])
        .find_map(|piece| numbers::find(piece, |_| "").into_iter().next())?;
    let message = format!("文件名里有{}，会成为网址的一部分", called(number.kind));
    let help = "给文件改名，号码不要写进去，再改好用到它的地方";
    Some(Diagnostic::without_place(rule_of(number.kind), message).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_read_without_their_ends() {
        let rule = |path: &str| in_path(path).map(|found| found.rule.id);
        assert_eq!(rule("files/张三11010519491231002X.pdf"), Some("privacy/id-number"));
        assert_eq!(rule("files/张三_13900001234.jpg"), Some("privacy/mobile"));
        assert_eq!(rule("13900001234/a.jpg"), Some("privacy/mobile"));
        for path in [
            "files/微信图片_20231215103045.jpg",
            "files/mmexport1700000000000.jpg",
            "files/IMG20231215103045.jpg",
            "files/Screenshot_2023-12-15-10-30-45-123.png",
            "files/DSC13912345678.jpg",
            "points/三号楼.md",
        ] {
            assert_eq!(rule(path), None, "{path}");
        }
    }
}
