//! Lists: columns and tags, in pages; the site map.

use super::frame::{Frame, Workshop, home_link};
use super::key::{Key, Prepared};
use super::portal::{Made, Output};
use super::view::{LinkView, ListView, PagerItem, PagerView, SitemapSection, TagView};
use crate::derive::{Index, TagEntries};
use crate::read::{Column, EntryId, Library};

/// What a list shows and where.
struct List<'a> {
    title: String,
    description: Option<String>,
    kind: &'static str,
    entries: &'a [EntryId],
    feed: Option<String>,
    /// The path of a page by its number, from 1.
    path: &'a dyn Fn(usize) -> String,
}

/// All pages of all columns.
pub fn columns(library: &Library, index: &Index) -> Vec<(String, Output)> {
    let mut outputs = Vec::new();
    for (place, (column, entries)) in library.columns.iter().zip(&index.columns).enumerate() {
        if column.folder.is_empty() || (entries.is_empty() && column.introduction.is_none()) {
            continue;
        }
        outputs.extend((1..=pages(library, entries)).map(|number| {
            let output = Output::page(move |workshop, known| column_page(workshop, (place, number), known));
            (column_path(column, number), output)
        }));
    }
    outputs
}

fn column_page(workshop: &Workshop, (place, number): (usize, usize), known: Option<Key>) -> Made {
    let column = &workshop.library.columns[place];
    let list = List {
        title: column.title.clone(),
        description: Some(column_description(column)),
        kind: column.kind.name(),
        entries: &workshop.index.columns[place],
        feed: super::feeds::has_feed(column).then(|| super::feeds::path(column)),
        path: &|number| column_path(column, number),
    };
    let mut view = list.view(workshop, number);
    let introduction = column.introduction.as_deref().filter(|_| number == 1);
    view.introduction = introduction.map(|entry| Prepared::new(workshop.renderer().sources_of(entry)));
    let mut frame = Frame::new(column_path(column, number), "column", column.title.clone());
    frame.description = column_description(column);
    frame.keywords.clone_from(&column.config.keywords);
    frame.breadcrumbs = vec![home_link()];
    frame.column = Some(column);
    if number > 1 {
        frame.section = Some(format!("第 {number} 页"));
    }
    workshop.prepared_page(("column.html", known), frame, ("list", view), |view, problems| {
        let html = introduction.map(|entry| workshop.renderer().body(entry, problems));
        match (&mut view.introduction, html.filter(|html| !html.trim().is_empty())) {
            (Some(introduction), Some(html)) => introduction.made = Some(html),
            (introduction, _) => *introduction = None,
        }
    })
}

fn column_path(column: &Column, number: usize) -> String {
    let folder = &column.output_folder;
    if number == 1 {
        format!("{folder}/index.html")
    } else {
        format!("{folder}/page-{number}.html")
    }
}

/// A column's description: what is set, else its introduction's summary, else a plain sentence,
/// since the guidance asks for one that is not the name.
pub fn column_description(column: &Column) -> String {
    let introduction = column.introduction.as_deref().and_then(crate::derive::summary::summary);
    column
        .config
        .description
        .clone()
        .or(introduction)
        .unwrap_or_else(|| format!("本站的{}栏目", column.title))
}

/// The list of tags, and all pages of all tags.
pub fn tags(library: &Library, index: &Index) -> Vec<(String, Output)> {
    if index.tags.is_empty() {
        return Vec::new();
    }
    let mut outputs = vec![("tags/index.html".to_owned(), Output::page(tags_page))];
    for (place, tag) in index.tags.iter().enumerate() {
        outputs.extend((1..=pages(library, &tag.entries)).map(|number| {
            let output = Output::page(move |workshop, known| tag_page(workshop, (place, number), known));
            (page_path(tag, number), output)
        }));
    }
    outputs
}

fn tags_page(workshop: &Workshop, known: Option<Key>) -> Made {
    let tags = &workshop.index.tags;
    let views: Vec<_> = tags
        .iter()
        .map(|tag| TagView {
            title: tag.title.clone(),
            path: tag_path(&tag.slug),
            count: tag.entries.len(),
        })
        .collect();
    let mut frame = Frame::new("tags/index.html", "tags", "标签");
    frame.description = format!("按标签浏览，共 {} 个标签", tags.len());
    frame.breadcrumbs = vec![home_link()];
    workshop.page(("tags.html", known), frame, &[("tags", &views)])
}

fn tag_page(workshop: &Workshop, (place, number): (usize, usize), known: Option<Key>) -> Made {
    let tag = &workshop.index.tags[place];
    let description = format!("标签“{}”下的 {} 篇", tag.title, tag.entries.len());
    let list = List {
        title: tag.title.clone(),
        description: Some(description.clone()),
        kind: "mixed",
        entries: &tag.entries,
        feed: None,
        path: &|number| page_path(tag, number),
    };
    let mut frame = Frame::new(page_path(tag, number), "tag", tag.title.clone());
    frame.section = Some(if number > 1 {
        format!("第 {number} 页")
    } else {
        "标签".into()
    });
    frame.description = description;
    frame.keywords = vec![tag.title.clone()];
    frame.breadcrumbs = vec![
        home_link(),
        LinkView {
            title: "标签".into(),
            path: "tags/index.html".into(),
        },
    ];
    workshop.page(("tag.html", known), frame, &[("list", &list.view(workshop, number))])
}

/// Where a tag's list is published.
pub fn tag_path(slug: &str) -> String {
    format!("tags/{slug}.html")
}

fn page_path(tag: &TagEntries, number: usize) -> String {
    if number == 1 {
        tag_path(&tag.slug)
    } else {
        format!("tags/{}-page-{number}.html", tag.slug)
    }
}

/// On how many pages a list stands.
fn pages(library: &Library, entries: &[EntryId]) -> usize {
    entries.len().div_ceil(library.config.per_page.max(1)).max(1)
}

impl List<'_> {
    fn view(&self, workshop: &Workshop, number: usize) -> ListView {
        let per_page = workshop.library.config.per_page.max(1);
        let count = pages(&workshop.library, self.entries);
        let from = (number - 1) * per_page;
        let shown = &self.entries[from..self.entries.len().min(from + per_page)];
        ListView {
            title: self.title.clone(),
            description: self.description.clone(),
            kind: self.kind,
            introduction: None,
            total: self.entries.len(),
            cards: workshop.cards.of(shown),
            pager: (count > 1).then(|| pager(number, count, self.path)),
            feed: self.feed.clone(),
        }
    }
}

fn pager(number: usize, count: usize, path: &dyn Fn(usize) -> String) -> PagerView {
    let mut pages = Vec::new();
    let mut last = 0;
    for page in 1..=count {
        let is_near = page == 1 || page == count || page.abs_diff(number) <= 2;
        if !is_near {
            continue;
        }
        if page > last + 1 {
            pages.push(PagerItem {
                number: 0,
                path: None,
                current: false,
            });
        }
        pages.push(PagerItem {
            number: page,
            path: Some(path(page)),
            current: page == number,
        });
        last = page;
    }
    PagerView {
        number,
        count,
        first: path(1),
        last: path(count),
        previous: (number > 1).then(|| path(number - 1)),
        next: (number < count).then(|| path(number + 1)),
        pages,
    }
}

/// The site map for people.
///
/// # Errors
/// The template's mistake.
pub fn sitemap(workshop: &Workshop, known: Option<Key>) -> Made {
    let library = &workshop.library;
    let mut sections: Vec<_> = library
        .columns
        .iter()
        .zip(&workshop.index.columns)
        .filter(|(_, entries)| !entries.is_empty())
        .map(|(column, entries)| SitemapSection {
            title: column.title.clone(),
            path: if column.folder.is_empty() {
                "index.html".into()
            } else {
                column.path()
            },
            count: entries.len(),
            entries: entries
                .iter()
                .map(|id| library.entry(*id))
                .map(|entry| LinkView {
                    title: entry.common.title.clone(),
                    path: entry.path.clone(),
                })
                .collect(),
        })
        .collect();
    if !workshop.index.tags.is_empty() {
        sections.push(SitemapSection {
            title: "标签".into(),
            path: "tags/index.html".into(),
            count: workshop.index.tags.len(),
            entries: workshop
                .index
                .tags
                .iter()
                .map(|tag| LinkView {
                    title: tag.title.clone(),
                    path: tag_path(&tag.slug),
                })
                .collect(),
        });
    }
    let mut frame = Frame::new("sitemap.html", "sitemap", "网站地图");
    frame.description = "本站的全部栏目和文章".into();
    frame.breadcrumbs = vec![home_link()];
    workshop.page(("sitemap.html", known), frame, &[("sections", &sections)])
}
