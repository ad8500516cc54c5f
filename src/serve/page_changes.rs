//! What an open page has to do when the outputs change: mostly nothing.
//!
//! Scripts, style sheets, pictures and the data of map and search have names that are made of their bytes, so
//! that the bytes of a page change when anything that it uses does. Two things are left: a page that differs in
//! nothing but the names of style sheets only has to swap them, and drawn covers keep their names.

use super::answer::{Place, missing_page, place, seen};
use super::shown::{Good, Shown};

/// What an open page has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Stay as it is.
    Keep,
    /// Be loaded again.
    Reload,
    /// Take other style sheets: the old path and the new one.
    Styles(Vec<(String, String)>),
    /// Make way for the page at another path: the text was renamed.
    Go(String),
}

/// What tells the page at an address from what it was; empty before there is any.
pub fn seen_at(shown: &Shown, address: &str) -> String {
    shown
        .good
        .as_ref()
        .map_or_else(String::new, |good| seen(page_at(good, address)))
}

fn page_at<'a>(good: &'a Good, address: &str) -> &'a [u8] {
    match place(good, address) {
        Place::Output(_, bytes) => bytes,
        Place::Folder | Place::Missing => missing_page(good),
    }
}

/// What the page at an address has to do when other outputs take the place of those that it was made with.
pub fn deed(before: &Good, after: &Good, address: &str) -> Deed {
    let (old, new) = (page_at(before, address), page_at(after, address));
    if old == new {
        return if uses_changed_picture((before, after), new) {
            Deed::Reload
        } else {
            Deed::Keep
        };
    }
    if let (Place::Output(path, _), Place::Missing) = (place(before, address), place(after, address)) {
        return moved((before, after), path).map_or(Deed::Reload, Deed::Go);
    }
    match swapped_styles((before, after), old, new) {
        Some(styles) => Deed::Styles(styles),
        None => Deed::Reload,
    }
}

/// The style sheets that a page has to swap, if it needs nothing else.
fn swapped_styles((before, after): (&Good, &Good), old: &[u8], new: &[u8]) -> Option<Vec<(String, String)>> {
    let (old, new) = (std::str::from_utf8(old).ok()?, std::str::from_utf8(new).ok()?);
    let mut with_new_names = old.to_owned();
    let mut swapped = Vec::new();
    for path in before
        .outputs
        .keys()
        .filter(|path| without_hash(path).is_some() && !after.outputs.contains_key(*path))
    {
        let name = without_hash(path)?;
        let mut others = after.outputs.keys();
        let other = others.find(|other| without_hash(other) == Some(name) && !before.outputs.contains_key(*other))?;
        if with_new_names.contains(path.as_str()) {
            with_new_names = with_new_names.replace(path.as_str(), other);
            swapped.push((path.clone(), other.clone()));
        }
    }
    (with_new_names == new).then_some(swapped)
}

/// `assets/hong` of `assets/hong.0123456789.css`.
fn without_hash(path: &str) -> Option<&str> {
    let (name, _) = path.strip_suffix(".css")?.rsplit_once('.')?;
    Some(name)
}

/// Whether a picture that kept its name is another one now, and stands on the page.
fn uses_changed_picture((before, after): (&Good, &Good), page: &[u8]) -> bool {
    let Ok(page) = std::str::from_utf8(page) else {
        return false;
    };
    let covers = after.outputs.range("covers/".to_owned().."covers0".to_owned());
    let mut changed = covers.filter(|(path, bytes)| before.output(path).is_some_and(|old| old != *bytes));
    changed.any(|(path, _)| page.contains(path.as_str()))
}

/// Where the page of a path is now: that of the same file, or of a new file that holds the same text.
fn moved((before, after): (&Good, &Good), path: &str) -> Option<String> {
    let old = before.sources.get(before.pages.get(path)?.file)?;
    let file_of = |page: &crate::render::page_sources::PageSource| after.sources.get(page.file);
    let mut pages = after.pages.iter();
    let same_file = pages.find(|(_, page)| file_of(page).is_some_and(|file| file.path == old.path));
    let found = same_file.or_else(|| {
        let new_pages = after.pages.iter().filter(|(path, _)| !before.pages.contains_key(*path));
        let mut same_text = new_pages.filter(|(_, page)| file_of(page).is_some_and(|file| file.text == old.text));
        same_text.next()
    });
    found.map(|(path, _)| format!("/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::page_sources::PageSource;
    use crate::source::Sources;
    use std::sync::Arc;

    const MISSING: (&str, &str) = ("404.html", "没有");

    fn good(outputs: &[(&str, &str)], texts: &[(&str, &str, &str)]) -> Good {
        let mut sources = Sources::default();
        let pages = texts.iter().map(|(page, file, text)| {
            let source = PageSource {
                file: sources.add(*file, *text),
                characters: 0,
                reading_minutes: 1,
                unpublished: None,
            };
            ((*page).to_owned(), source)
        });
        let pages = pages.collect();
        let outputs = outputs.iter().chain(&[MISSING]);
        Good {
            outputs: outputs
                .map(|(path, text)| ((*path).to_owned(), text.as_bytes().into()))
                .collect(),
            pages,
            sources: Arc::new(sources),
        }
    }

    #[test]
    fn a_page_is_loaded_again_only_when_it_changed() {
        let before = good(&[("a.html", "甲"), ("b.html", "乙")], &[]);
        let after = good(&[("a.html", "甲"), ("b.html", "丙")], &[]);
        assert_eq!(deed(&before, &after, "/a.html"), Deed::Keep);
        assert_eq!(deed(&before, &after, "/b.html"), Deed::Reload);
        assert_eq!(deed(&before, &after, "/nowhere"), Deed::Keep);
        let with_new = good(&[("nowhere/index.html", "丁")], &[]);
        assert_eq!(deed(&before, &with_new, "/nowhere/"), Deed::Reload);
    }

    #[test]
    fn style_sheets_are_swapped_where_nothing_else_changed() {
        let page = |style: &str, text: &str| format!("<link href=\"../assets/hong.{style}.css\"><p>{text}");
        let before = good(&[("a/a.html", &page("11", "甲")), ("assets/hong.11.css", "")], &[]);
        let styled = good(&[("a/a.html", &page("22", "甲")), ("assets/hong.22.css", "p{}")], &[]);
        let swapped = vec![("assets/hong.11.css".to_owned(), "assets/hong.22.css".to_owned())];
        assert_eq!(deed(&before, &styled, "/a/a.html"), Deed::Styles(swapped));
        let rewritten = good(&[("a/a.html", &page("22", "乙")), ("assets/hong.22.css", "p{}")], &[]);
        assert_eq!(deed(&before, &rewritten, "/a/a.html"), Deed::Reload);
        let without = good(&[("a/a.html", "<p>甲")], &[]);
        assert_eq!(deed(&before, &without, "/a/a.html"), Deed::Reload);
    }

    #[test]
    fn a_renamed_text_is_followed_and_a_deleted_one_is_missed() {
        let before = good(&[("a.html", "甲")], &[("a.html", "content/a.md", "文")]);
        let renamed = good(&[("b.html", "甲")], &[("b.html", "content/b.md", "文")]);
        assert_eq!(deed(&before, &renamed, "/a.html"), Deed::Go("/b.html".to_owned()));
        let with_slug = good(&[("c.html", "甲")], &[("c.html", "content/a.md", "slug: c")]);
        assert_eq!(deed(&before, &with_slug, "/a.html"), Deed::Go("/c.html".to_owned()));
        let another = good(&[("b.html", "甲")], &[("b.html", "content/b.md", "别的")]);
        assert_eq!(deed(&before, &another, "/a.html"), Deed::Reload);
    }

    #[test]
    fn a_drawn_cover_that_changed_is_looked_at_again() {
        let before = good(&[("a.html", "<img src=\"covers/a.svg\">"), ("covers/a.svg", "1")], &[]);
        let after = good(&[("a.html", "<img src=\"covers/a.svg\">"), ("covers/a.svg", "2")], &[]);
        assert_eq!(deed(&before, &after, "/a.html"), Deed::Reload);
        assert_eq!(deed(&before, &after, "/404.html"), Deed::Keep);
    }
}
