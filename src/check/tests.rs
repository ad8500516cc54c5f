//! Small sites for the tests of rules: what a rule finds in them, and what they say once it is mended.

pub mod small_library;

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::read::{Drafts, Library, Options, read};
use crate::schema::date::Date;

const DATE: Date = Date {
    year: 2026,
    month: 11,
    day: 22,
    time: None,
};

/// A site that was read.
pub(in crate::check) struct Site {
    library: Library,
}

/// What a rule found.
#[derive(Debug)]
pub(in crate::check) struct Found {
    /// The words that it marks.
    pub words: String,
    pub message: String,
    /// The text behind the front matter, with the best fix; as it is where there is none.
    pub mended: String,
}

impl Site {
    /// Of these files: their paths below `content/` and their texts.
    pub(in crate::check) fn new(files: &[(&str, &str)]) -> Self {
        Self::with_theme(files, &[])
    }

    /// With files of a theme: their paths below `themes/` and their texts.
    pub(in crate::check) fn with_theme(files: &[(&str, &str)], theme: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (content, themes) = (folder.path().join("content"), folder.path().join("themes"));
        write(&content, files);
        write(&themes, theme);
        let options = Options {
            content,
            themes,
            cache: None,
            drafts: Drafts::Hidden,
            as_of: DATE,
            base_url: None,
        };
        let (library, problems) = read(&options).unwrap();
        assert!(!problems.iter().any(Diagnostic::is_error), "{problems:#?}");
        Self { library }
    }

    pub(in crate::check) fn library(&self) -> &Library {
        &self.library
    }

    /// What one rule finds.
    pub(in crate::check) fn found(&self, rule: &str) -> Vec<Found> {
        let mut found = super::run(&self.library);
        found.retain(|diagnostic| diagnostic.rule.id == rule);
        crate::diagnostic::sort(&mut found, &self.library.sources);
        found.into_iter().map(|diagnostic| self.described(diagnostic)).collect()
    }

    fn described(&self, diagnostic: Diagnostic) -> Found {
        let sources = &self.library.sources;
        let span = diagnostic.span.unwrap();
        let mut text = sources.get(span.file).unwrap().text.to_string();
        if let Some(fix) = diagnostic.fixes.first() {
            text.replace_range(fix.span.range(), &fix.replacement);
        }
        let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
        Found {
            words: sources.text(span).to_owned(),
            message: diagnostic.message,
            mended: body.map_or(text.clone(), |(_, body)| body.to_owned()),
        }
    }
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

/// What one rule finds in the body of a page.
pub(in crate::check) fn found_in(body: &str, rule: &str) -> Vec<Found> {
    let page = format!("---\ntitle: 页面\n---\n{body}");
    Site::new(&[("site.yaml", "title: 甲\n"), ("pages/a.md", &page)]).found(rule)
}
