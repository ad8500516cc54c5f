//! The search over the whole portal: its page, and the files that the page's script loads.

mod data;

pub use data::{SearchFile, files};

use serde::Serialize;

use super::frame::{Frame, Workshop, home_link};
use super::key::{Key, PROGRAM};
use super::portal::{File, Made, Output};
use crate::derive::Index;
use crate::read::Library;

/// Where the page is published.
pub const PATH: &str = "search.html";

/// What the template sees as `search`.
#[derive(Debug, Serialize)]
struct SearchView {
    /// The file that leads to all others.
    index: String,
    /// How many pages can be found.
    total: usize,
}

/// The page and its files; none without an entry.
pub fn outputs(library: &Library, index: &Index) -> Vec<(String, Output)> {
    if index.search.pages.is_empty() {
        return Vec::new();
    }
    let files = files(library, index);
    let leading = files.first().map(|file| file.path.clone()).unwrap_or_default();
    let page = Output::page(move |workshop, known| page(workshop, leading.clone(), known));
    let files = files.into_iter().map(|file| {
        let path = file.path.clone();
        (path, Output::page(move |workshop, known| made(workshop, &file, known)))
    });
    std::iter::once((PATH.to_owned(), page)).chain(files).collect()
}

fn page(workshop: &Workshop, index: String, known: Option<Key>) -> Made {
    let total = workshop.index.search.pages.len();
    let mut frame = Frame::new(PATH, "search", "搜索");
    frame.description = format!("在{}的 {total} 篇内容里查找", workshop.library.config.title);
    frame.breadcrumbs = vec![home_link()];
    let view = SearchView { index, total };
    workshop.page(("search.html", known), frame, &[("search", &view)])
}

fn made(workshop: &Workshop, file: &SearchFile, known: Option<Key>) -> Made {
    // Its path says what is in it.
    let key = Key::of(&[&PROGRAM, &file.path]);
    File::unless_known(known, key, || Ok(file.bytes(&workshop.library, &workshop.index)))
}
