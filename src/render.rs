//! The library and the index become [`Outputs`]: a sorted map from path to bytes.
//!
//! ```text
//! files (pictures, attachments, assets) ─► cards ─► pages, in parallel ─► outputs
//! ```

pub mod base_layers;
pub mod cards;
pub mod cover;
pub mod covers;
pub mod entries;
pub mod exports;
pub mod feeds;
pub mod frame;
pub mod handbook;
pub mod home;
pub mod kind_views;
pub mod lists;
pub mod maps;
pub mod markdown;
pub mod meta;
pub mod navigation_links;
pub mod organisation_network;
pub mod outside_hosts;
pub mod page_sources;
pub mod plaques;
pub mod print_places;
pub mod publish;
pub mod published;
pub mod qr_code;
pub mod search;
pub mod site;
pub mod style_sheets;
pub mod templates;
pub mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::derive::Index;
use crate::diagnostic::Diagnostic;
use crate::read::{Entry, Library};
use cards::Cards;
use frame::{Made, Workshop};
use markdown::highlight::Highlighter;
use page_sources::PageSource;
use print_places::PrintPlaces;
use publish::{Files, MadePictures, Pictures};
use templates::Templates;

/// Everything that is published, by its path below the output folder.
pub type Outputs = BTreeMap<String, Arc<[u8]>>;

/// What rendering makes.
#[derive(Debug, Default)]
pub struct Rendered {
    /// Everything that is published.
    pub outputs: Outputs,
    /// Which text each page is made from, by the page's path; pages that follow from many have none.
    pub pages: BTreeMap<String, PageSource>,
    /// Smaller pictures to be kept for the next build.
    pub made_pictures: MadePictures,
    /// Mistakes in templates, pictures that cannot be published. Any of them is an error, and the
    /// outputs are then not complete.
    pub diagnostics: Vec<Diagnostic>,
}

/// Renders the whole portal.
pub fn render(library: &Library, index: &Index) -> Rendered {
    with_files(library, index, publish::files(library, Pictures::Made))
}

/// Renders the whole portal but for its pictures, which stand for themselves: for what pages say, and for
/// mistakes in templates.
pub fn without_pictures(library: &Library, index: &Index) -> Rendered {
    with_files(library, index, publish::files(library, Pictures::Proved))
}

fn with_files(library: &Library, index: &Index, files: Files) -> Rendered {
    let mut rendered = Rendered {
        outputs: files.outputs,
        pages: page_sources::of(library),
        made_pictures: files.made,
        diagnostics: files.problems,
    };
    let assets = publish::assets(library, &mut rendered.outputs);
    let site = site::view(library, index, assets);
    let templates = match Templates::load(library, &site) {
        Ok(templates) => templates,
        Err(problem) => {
            rendered.diagnostics.push(problem);
            return rendered;
        }
    };
    let highlighter = Highlighter::if_needed(library);
    let cards = Cards::new(library, index, &files.published);
    let workshop = Workshop {
        library,
        index,
        published: &files.published,
        cards: &cards,
        templates: &templates,
        highlighter: highlighter.as_ref(),
        site_tags: meta::site_tags(library),
        print_places: PrintPlaces::new(library, index),
    };
    let shown: Vec<&Entry> = library.shown().collect();
    let mut made: Vec<Made> = shown
        .par_iter()
        .flat_map_iter(|entry| entries::pages(&workshop, entry))
        .collect();
    made.extend(lists::columns(&workshop));
    made.extend(lists::tags(&workshop));
    made.push(home::page(&workshop, &site));
    made.extend(maps::pages(&workshop));
    made.extend(search::pages(&workshop));
    made.extend(handbook::pages(&workshop));
    made.extend(plaques::pages(&workshop));
    made.extend(print_places::shelves(&workshop));
    made.push(lists::sitemap(&workshop));
    made.push(site::missing_page(&workshop));
    made.extend(feeds::feeds(&workshop));
    made.extend(site::for_search_engines(&workshop));
    made.extend(exports::exports(&workshop).into_iter().map(Ok));
    for page in made {
        match page {
            Ok((path, bytes)) => {
                rendered.outputs.insert(path, bytes.into());
            }
            Err(problem) => rendered.diagnostics.push(problem),
        }
    }
    rendered.diagnostics = templates::merged(rendered.diagnostics);
    rendered
}
