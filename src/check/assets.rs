//! Files among the texts that nothing refers to.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, rule};
use crate::read::Library;
use crate::read::walk::has_extension;
use crate::source::{FileId, Span};

/// More than so many in one folder are one problem: a folder of left-over files.
const ONE_BY_ONE: usize = 5;

/// So many of a folder are shown besides the first.
const SHOWN: usize = 3;

pub(super) fn check(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let mut folders: BTreeMap<&str, Vec<(FileId, &str)>> = BTreeMap::new();
    for file in &library.unnamed_files {
        let Some(source) = library.sources.get(*file) else {
            continue;
        };
        // Data and settings are read by programs, and no page refers to them.
        if ["yaml", "yml", "json", "toml"]
            .iter()
            .any(|it| has_extension(&source.path, it))
        {
            continue;
        }
        let (folder, name) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
        folders.entry(folder).or_default().push((*file, name));
    }
    // The name of the content folder itself is no part of a text's address.
    for (folder, files) in folders {
        if files.len() <= ONE_BY_ONE {
            diagnostics.extend(files.iter().map(|(file, name)| {
                let message = format!("没有哪一篇用到 {name}，它不会发布");
                problem(*file, message).help("在文稿里链接它，或者删去这个文件")
            }));
            continue;
        }
        let message = format!("{folder} 里有 {} 个文件没有哪一篇用到，不会发布", files.len());
        let mut diagnostic = problem(files[0].0, message).help("在文稿里链接它们，或者移到别的文件夹里保存");
        for (file, name) in files.iter().skip(1).take(SHOWN) {
            diagnostic = diagnostic.related(Span::file_start(*file), *name);
        }
        diagnostics.push(diagnostic);
    }
}

fn problem(file: FileId, message: String) -> Diagnostic {
    Diagnostic::new(rule::UNUSED_FILE, Span::file_start(file), message)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{Found, Site};

    fn unused(page: &str, files: &[&str]) -> Vec<Found> {
        let page = format!("---\ntitle: 甲\n{page}");
        let mut all = vec![("site.yaml", "title: 甲\n"), ("pages/a.md", page.as_str())];
        all.extend(files.iter().map(|file| (*file, "x")));
        Site::new(&all).found("assets/unused")
    }

    #[test]
    fn what_nothing_refers_to() {
        let found = unused(
            "---\n[表](/assets/表.xlsx)\n",
            &["assets/表.xlsx", "assets/旧.docx", "pages/b.jpg"],
        );
        let messages: Vec<_> = found.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(
            messages,
            ["没有哪一篇用到 旧.docx，它不会发布", "没有哪一篇用到 b.jpg，它不会发布"]
        );
    }

    #[test]
    fn a_folder_of_them_is_one_problem() {
        let files: Vec<String> = (0..9).map(|number| format!("assets/old/{number}.jpg")).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let found = unused("---\n", &files);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].message,
            "content/assets/old 里有 9 个文件没有哪一篇用到，不会发布"
        );
    }

    #[test]
    fn what_is_named_in_any_way_is_used() {
        let page = "draft: true\ncover: {src: 封面.jpg, alt: 大厅}\n---\n![厅](A.PNG) <a href=\"b.pdf\">表</a>\n\n\
                    ```图集\n- 图片: c.webp\n  说明: 厅\n```\n";
        let files = [
            "pages/封面.jpg",
            "pages/a.png",
            "pages/b.pdf",
            "pages/c.webp",
            "terms.yaml",
        ];
        assert!(unused(page, &files).is_empty());
    }
}
