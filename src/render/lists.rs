//! Lists: columns and tags, in pages; the site map.

use rayon::prelude::*;

use super::frame::{Frame, Made, Workshop, home_link};
use super::view::{LinkView, ListView, PagerItem, PagerView, SitemapSection, TagView};
use crate::derive::TagEntries;
use crate::read::{Column, EntryId};

/// What a list shows and where.
struct List<'a> {
    title: String,
    description: Option<String>,
    kind: &'static str,
    introduction: Option<String>,
    entries: &'a [EntryId],
    feed: Option<String>,
    /// The path of a page by its number, from 1.
    path: &'a (dyn Fn(usize) -> String + Sync),
}

/// All pages of all columns.
pub fn columns(workshop: &Workshop<'_>) -> Vec<Made> {
    let columns: Vec<_> = workshop.library.columns.iter().zip(&workshop.index.columns).collect();
    columns
        .par_iter()
        .flat_map_iter(|(column, entries)| column_pages(workshop, column, entries))
        .collect()
}

fn column_pages(workshop: &Workshop<'_>, column: &Column, entries: &[EntryId]) -> Vec<Made> {
    if column.folder.is_empty() || (entries.is_empty() && column.introduction.is_none()) {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let introduction = column
        .introduction
        .as_deref()
        .map(|entry| workshop.renderer().body(entry, &mut problems).html);
    let list = List {
        title: column.title.clone(),
        description: Some(column_description(column)),
        kind: column.kind.name(),
        introduction: introduction.filter(|html| !html.trim().is_empty()),
        entries,
        feed: super::feeds::has_feed(column).then(|| super::feeds::path(column)),
        path: &|number| numbered(&format!("{}/", column.output_folder), number),
    };
    let mut made = pages(workshop, "column.html", &list, |path| {
        let mut frame = Frame::new(path, "column", column.title.clone());
        frame.description = column_description(column);
        frame.keywords.clone_from(&column.config.keywords);
        frame.breadcrumbs = vec![home_link()];
        frame.column = Some(column);
        frame
    });
    made.extend(problems.into_iter().map(Err));
    made
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
pub fn tags(workshop: &Workshop<'_>) -> Vec<Made> {
    let tags = &workshop.index.tags;
    if tags.is_empty() {
        return Vec::new();
    }
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
    let mut made = vec![workshop.page("tags.html", frame, &[("tags", &views)])];
    made.par_extend(tags.par_iter().flat_map_iter(|tag| tag_pages(workshop, tag)));
    made
}

fn tag_pages(workshop: &Workshop<'_>, tag: &TagEntries) -> Vec<Made> {
    let description = format!("标签“{}”下的 {} 篇", tag.title, tag.entries.len());
    let list = List {
        title: tag.title.clone(),
        description: Some(description.clone()),
        kind: "mixed",
        introduction: None,
        entries: &tag.entries,
        feed: None,
        path: &|number| {
            if number == 1 {
                tag_path(&tag.slug)
            } else {
                format!("tags/{}-page-{number}.html", tag.slug)
            }
        },
    };
    pages(workshop, "tag.html", &list, |path| {
        let mut frame = Frame::new(path, "tag", tag.title.clone());
        frame.section = Some("标签".into());
        frame.description.clone_from(&description);
        frame.keywords = vec![tag.title.clone()];
        frame.breadcrumbs = vec![
            home_link(),
            LinkView {
                title: "标签".into(),
                path: "tags/index.html".into(),
            },
        ];
        frame
    })
}

/// Where a tag's list is published.
pub fn tag_path(slug: &str) -> String {
    format!("tags/{slug}.html")
}

fn numbered(folder: &str, number: usize) -> String {
    if number == 1 {
        format!("{folder}index.html")
    } else {
        format!("{folder}page-{number}.html")
    }
}

fn pages<'f>(
    workshop: &Workshop<'_>,
    template: &str,
    list: &List<'_>,
    frame: impl Fn(String) -> Frame<'f> + Sync,
) -> Vec<Made> {
    let per_page = workshop.library.config.per_page.max(1);
    let count = list.entries.len().div_ceil(per_page).max(1);
    (1..=count)
        .into_par_iter()
        .map(|number| {
            let from = (number - 1) * per_page;
            let shown = &list.entries[from..list.entries.len().min(from + per_page)];
            let view = ListView {
                title: list.title.clone(),
                description: list.description.clone(),
                kind: list.kind,
                introduction: list.introduction.clone().filter(|_| number == 1),
                total: list.entries.len(),
                cards: workshop.cards.of(shown),
                pager: (count > 1).then(|| pager(number, count, list.path)),
                feed: list.feed.clone(),
            };
            let mut frame = frame((list.path)(number));
            if number > 1 {
                frame.section = Some(format!("第 {number} 页"));
            }
            workshop.page(template, frame, &[("list", &view)])
        })
        .collect()
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
pub fn sitemap(workshop: &Workshop<'_>) -> Made {
    let library = workshop.library;
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
    workshop.page("sitemap.html", frame, &[("sections", &sections)])
}
