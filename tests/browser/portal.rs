//! The demonstration portal, built once for all tests: its files, its pages, a copy on a disk.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use hongtu::read::{Drafts, Options};
use hongtu::schema::date::Date;
use hongtu::write::Outputs;
use rayon::prelude::*;
use tempfile::TempDir;

use crate::page::Page;

/// A built portal.
pub(crate) struct Portal {
    /// All files.
    pub(crate) outputs: Outputs,
    /// All HTML pages, in the order of their paths.
    pub(crate) pages: Vec<Page>,
}

/// The portal as `hongtu build` makes it.
pub(crate) static PORTAL: LazyLock<Portal> = LazyLock::new(|| Portal::of_demonstration(None));

/// The same as it would be made for an address on the network.
pub(crate) static PORTAL_WITH_ADDRESS: LazyLock<Portal> = LazyLock::new(|| {
    // The first build leaves its pictures to the second.
    LazyLock::force(&PORTAL);
    Portal::of_demonstration(Some("https://yuanqu.example/dangjian/"))
});

impl Portal {
    fn of_demonstration(base_url: Option<&str>) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::build(&here.join("content"), base_url)
    }

    /// Builds the portal of a folder that has no errors.
    pub(crate) fn build(content: &Path, base_url: Option<&str>) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
        let options = Options {
            content: content.to_owned(),
            themes: here.join("themes"),
            cache: Some(cache.clone()),
            drafts: Drafts::Hidden,
            as_of: Date {
                year: 2026,
                month: 11,
                day: 21,
                time: None,
            },
            base_url: base_url.map(str::to_owned),
        };
        let built = hongtu::build(&options).expect("the content can be read");
        let errors: Vec<_> = built
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .collect();
        assert!(errors.is_empty(), "the content has errors: {errors:#?}");
        hongtu::write::kept_pictures::keep(&cache, &built.rendered.made_pictures)
            .expect("cargo's folder for tests can be written");
        let outputs = built.rendered.portal.outputs().unwrap();
        let pages = outputs
            .par_iter()
            .filter(|(path, _)| extension(path) == "html")
            .map(|(path, bytes)| {
                let text = std::str::from_utf8(bytes).expect("pages are UTF-8");
                Page::parse(path, text)
            })
            .collect();
        Self { outputs, pages }
    }

    /// The bytes of a file.
    pub(crate) fn file(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.outputs.get(path)
    }

    /// The text of a file that has to be there.
    pub(crate) fn text(&self, path: &str) -> &str {
        let bytes = self.file(path).unwrap_or_else(|| panic!("{path} is published"));
        std::str::from_utf8(bytes).unwrap()
    }

    /// The page of a path that has to be there.
    pub(crate) fn page(&self, path: &str) -> &Page {
        let found = self.pages.iter().find(|page| page.path == path);
        found.unwrap_or_else(|| panic!("{path} is published"))
    }

    /// Pages for people, without the small ones that lead from an old address to the new one.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &Page> {
        self.pages.iter().filter(|page| !page.is_redirect())
    }

    /// The first page of a kind.
    pub(crate) fn first(&self, kind: &str) -> &Page {
        let found = self.shown().find(|page| page.kind() == kind);
        found.unwrap_or_else(|| panic!("there is a page of the kind {kind}"))
    }

    /// A few pages of every folder: all of the root, the first page of each column, and three from
    /// its beginning, middle and end.
    pub(crate) fn sample(&self) -> Vec<&str> {
        let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for page in self.shown() {
            let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            folders.entry(folder).or_default().push(&page.path);
        }
        let mut sample = Vec::new();
        for (folder, pages) in folders {
            let last = pages.len() - 1;
            sample.extend(pages.iter().enumerate().filter_map(|(at, path)| {
                let wanted = folder.is_empty() || [0, last / 2, last].contains(&at) || path.ends_with("/index.html");
                wanted.then_some(*path)
            }));
        }
        sample
    }

    /// A copy on a disk, which lives as long as what is returned.
    pub(crate) fn on_disk(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        hongtu::write::bring_up_to_date(&folder.path().join("public"), &self.outputs.clone().into(), None)
            .expect("the temporary folder can be written");
        folder
    }
}

/// What stands behind the last dot of a path.
pub(crate) fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}
