//! The search over the whole portal: its page, and the files that the page's script loads.

mod data;

pub use data::{SearchFile, files};

use rayon::prelude::*;
use serde::Serialize;

use super::frame::{Frame, Made, Workshop, home_link};

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
pub fn pages(workshop: &Workshop<'_>) -> Vec<Made> {
    let total = workshop.index.search.pages.len();
    if total == 0 {
        return Vec::new();
    }
    let files = files(workshop.library, workshop.index);
    let index = files.first().map(|file| file.path.clone()).unwrap_or_default();
    let mut frame = Frame::new(PATH, "search", "搜索");
    frame.description = format!("在{}的 {total} 篇内容里查找", workshop.library.config.title);
    frame.breadcrumbs = vec![home_link()];
    let view = SearchView { index, total };
    let page = workshop.page("search.html", frame, &[("search", &view)]);
    let mut made = vec![page];
    made.par_extend(files.into_par_iter().map(|file| {
        let bytes = file.bytes();
        Ok((file.path, bytes))
    }));
    made
}
