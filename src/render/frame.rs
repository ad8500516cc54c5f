//! What all pages of a build are made with, and the frame of each page.

use std::sync::Arc;

use serde::Serialize;

use super::cards::Cards;
use super::key::{Key, KeyPart};
use super::markdown::Renderer;
use super::markdown::highlight::Highlighter;
use super::meta::{self, OpenGraphPage};
use super::portal::{File, Made};
use super::print_places::PrintPlaces;
use super::published::{Published, root_of};
use super::templates::{ErasedView, Templates};
use super::view::{LinkView, MetaView, PageView, SiteView};
use crate::derive::Index;
use crate::diagnostic::Diagnostic;
use crate::read::{Column, Library};

/// What all pages are made with; complete when made.
pub struct Workshop {
    /// All that was read.
    pub library: Arc<Library>,
    /// All that follows from it.
    pub index: Index,
    /// What every page shares.
    pub site: SiteView,
    /// Where files are published.
    pub published: Published,
    /// Entries as lists show them.
    pub cards: Cards,
    /// The theme.
    pub templates: Arc<Templates>,
    /// Present when some entry has code.
    pub highlighter: Option<Arc<Highlighter>>,
    /// The meta tags of every page.
    pub site_tags: Vec<MetaView>,
    /// The points as they are printed.
    pub print_places: PrintPlaces,
}

impl std::fmt::Debug for Workshop {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "a workshop for {} entries", self.library.entries.len())
    }
}

/// A template, and the key of the page that is known already.
pub type Wanted<'a> = (&'a str, Option<Key>);
/// What a template is given, by the names in it.
pub type Views<'a> = &'a [(&'static str, &'a dyn ErasedView)];

/// What the frame of a page says.
struct Draft {
    page: PageView,
    /// From the page to the root of the portal; follows from its path.
    root: String,
}

/// What distinguishes the frame of one page.
pub struct Frame<'a> {
    /// Where it is published.
    pub path: String,
    /// `home`, `column`, …, or the entry's kind.
    pub kind: &'static str,
    /// Its own title.
    pub heading: String,
    /// What follows the heading in `<title>` before the portal's name.
    pub section: Option<String>,
    /// A sentence about it.
    pub description: String,
    /// Words.
    pub keywords: Vec<String>,
    /// The column that it belongs to.
    pub column: Option<&'a Column>,
    /// Meta tags besides those of every page.
    pub tags: Vec<MetaView>,
    /// JSON-LD.
    pub json_ld: Option<String>,
    /// The published path of its picture.
    pub picture: Option<String>,
    /// The entry, on an entry's page.
    pub entry: Option<&'a crate::read::Entry>,
    /// Where it stands, from the front page down, without itself.
    pub breadcrumbs: Vec<LinkView>,
}

impl<'a> Frame<'a> {
    /// A frame with nothing but a path, a kind and a heading.
    pub fn new(path: impl Into<String>, kind: &'static str, heading: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            kind,
            heading: heading.into(),
            section: None,
            description: String::new(),
            keywords: Vec::new(),
            column: None,
            tags: Vec::new(),
            json_ld: None,
            picture: None,
            entry: None,
            breadcrumbs: Vec::new(),
        }
    }

    /// Places it in a column: the breadcrumbs, the navigation, the title.
    #[must_use]
    pub fn in_column(mut self, column: &'a Column) -> Self {
        self.section = Some(column.title.clone());
        self.breadcrumbs = vec![
            home_link(),
            LinkView {
                title: column.title.clone(),
                path: column.path(),
            },
        ];
        self.column = Some(column);
        self
    }
}

/// The link to the front page.
pub fn home_link() -> LinkView {
    LinkView {
        title: "首页".into(),
        path: "index.html".into(),
    }
}

impl Workshop {
    /// For rendering bodies.
    pub fn renderer(&self) -> Renderer<'_> {
        Renderer {
            library: &self.library,
            published: &self.published,
            templates: &self.templates,
            highlighter: self.highlighter.as_deref(),
        }
    }

    /// Makes a page from a template, a frame, and the views that the template is given.
    ///
    /// # Errors
    /// The template's mistake.
    pub fn page(&self, (template, known): Wanted<'_>, frame: Frame<'_>, views: Views<'_>) -> Made {
        let draft = self.draft(frame);
        let mut parts: Vec<&dyn KeyPart> = vec![&draft.page];
        parts.extend(views.iter().map(|(_, view)| *view as &dyn KeyPart));
        File::unless_known(known, self.key(template, &parts), || {
            let html = self.html(template, &draft, views);
            html.map(String::into_bytes).map_err(|problem| vec![problem])
        })
    }

    /// Makes a page with a view of which some is dear to make; that is done only when the page is made.
    ///
    /// # Errors
    /// Mistakes of the template, and what the view could not be completed for.
    pub fn prepared_page<View: Serialize>(
        &self,
        (template, known): Wanted<'_>,
        frame: Frame<'_>,
        (name, mut view): (&'static str, View),
        complete: impl FnOnce(&mut View, &mut Vec<Diagnostic>),
    ) -> Made {
        let draft = self.draft(frame);
        File::unless_known(known, self.key(template, &[&draft.page, &view]), || {
            let mut problems = Vec::new();
            complete(&mut view, &mut problems);
            match self.html(template, &draft, &[(name, &view)]) {
                Ok(html) if problems.is_empty() => return Ok(html.into_bytes()),
                Ok(_) => {}
                Err(problem) => problems.push(problem),
            }
            Err(problems)
        })
    }

    /// Makes what is no page from a template and views.
    ///
    /// # Errors
    /// The template's mistake.
    pub fn file(&self, (template, known): Wanted<'_>, path: &str, views: Views<'_>) -> Made {
        let parts: Vec<&dyn KeyPart> = views.iter().map(|(_, view)| *view as &dyn KeyPart).collect();
        File::unless_known(known, self.key(template, &parts), || {
            let text = self.templates.render(template, path, views);
            text.map(String::into_bytes).map_err(|problem| vec![problem])
        })
    }

    fn key(&self, template: &str, parts: &[&dyn KeyPart]) -> Key {
        let common = self.templates.key();
        let mut all: Vec<&dyn KeyPart> = vec![&common, &template];
        all.extend_from_slice(parts);
        Key::of(&all)
    }

    fn html(&self, template: &str, draft: &Draft, views: Views<'_>) -> Result<String, Diagnostic> {
        let mut all: Vec<(&'static str, &dyn ErasedView)> = vec![("page", &draft.page), ("root", &draft.root)];
        all.extend_from_slice(views);
        self.templates.render(template, &draft.page.path, &all)
    }

    fn draft(&self, frame: Frame<'_>) -> Draft {
        Draft {
            root: root_of(&frame.path),
            page: self.page_view(frame),
        }
    }

    fn page_view(&self, frame: Frame<'_>) -> PageView {
        let config = &self.library.config;
        let is_home = frame.kind == "home";
        let title = if is_home {
            config.title.clone()
        } else {
            let section = frame.section.as_deref().filter(|section| *section != frame.heading);
            [Some(frame.heading.as_str()), section, Some(config.title.as_str())]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("_")
        };
        let description = if frame.description.is_empty() {
            config.description.clone().unwrap_or_else(|| frame.heading.clone())
        } else {
            frame.description
        };
        let mut meta_tags = self.site_tags.clone();
        meta_tags.extend(
            frame
                .column
                .iter()
                .flat_map(|column| meta::column_tags(column, &super::lists::column_description(column))),
        );
        meta_tags.extend(frame.tags);
        let open_graph = meta::open_graph(
            &self.library,
            &OpenGraphPage {
                title: &frame.heading,
                description: &description,
                path: &frame.path,
                picture: frame.picture.as_deref(),
                entry: frame.entry,
            },
        );
        let mut feeds = vec![LinkView {
            title: config.title.clone(),
            path: "feed.xml".into(),
        }];
        if let Some(column) = frame.column.filter(|column| super::feeds::has_feed(column)) {
            feeds.push(LinkView {
                title: column.title.clone(),
                path: super::feeds::path(column),
            });
        }
        PageView {
            canonical: meta::address(&self.library, &frame.path),
            path: frame.path,
            title,
            heading: frame.heading,
            description,
            keywords: if frame.keywords.is_empty() {
                config.keywords.clone()
            } else {
                frame.keywords
            },
            kind: frame.kind,
            column: frame.column.map(|column| column.folder.clone()),
            meta: meta_tags,
            open_graph,
            json_ld: frame.json_ld,
            feeds,
            breadcrumbs: frame.breadcrumbs,
        }
    }
}
