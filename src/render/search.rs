//! The search over the whole portal: its page, and the files that the page's script loads.

mod data;

use serde::Serialize;

use super::frame::{Frame, Workshop, home_link};
use super::portal::{File, Made};

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
pub fn outputs(workshop: &Workshop) -> Vec<(String, Made)> {
    let total = workshop.index.search.pages.len();
    if total == 0 {
        return Vec::new();
    }
    let (index, files) = data::files(workshop);
    let mut frame = Frame::new(PATH, "search", "搜索");
    frame.description = format!("在{}的 {total} 篇内容里查找", workshop.library.config.title);
    frame.breadcrumbs = vec![home_link()];
    let view = SearchView { index, total };
    let page = workshop.page(("search.html", None), frame, &[("search", &view)]);
    let files = files.into_iter().map(|(path, bytes)| (path, Ok(File::of_bytes(bytes))));
    std::iter::once((PATH.to_owned(), page)).chain(files).collect()
}
