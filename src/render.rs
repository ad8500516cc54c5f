//! The library and the index become the [`Portal`]: for each path its bytes, or how they are made.
//!
//! ```text
//! files (pictures, attachments, assets) ─► workshop ─► portal ─► each page when it is taken
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
pub mod key;
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
pub mod portal;
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
use crate::phase::phase;
use crate::read::{Entry, Library};
use cards::Cards;
use frame::Workshop;
use markdown::highlight::Highlighter;
use portal::{File, Output};
use print_places::PrintPlaces;
use publish::{Files, MadePictures, Pictures};
use templates::Templates;

pub use portal::{Outputs, Portal};

/// What rendering makes.
#[derive(Debug, Default)]
pub struct Rendered {
    /// Everything that is published.
    pub portal: Portal,
    /// Smaller pictures to be kept for the next build.
    pub made_pictures: MadePictures,
    /// Mistakes in templates, pictures that cannot be published. Any of them is an error, and the
    /// portal is then not complete.
    pub diagnostics: Vec<Diagnostic>,
}

/// Renders the whole portal.
pub fn render(library: &Arc<Library>, index: Index) -> Rendered {
    with_files(library, index, files(library, Pictures::Made))
}

/// Renders the whole portal but for its pictures, which stand for themselves: for what pages say, and for
/// mistakes in templates.
pub fn without_pictures(library: &Arc<Library>, index: Index) -> Rendered {
    with_files(library, index, files(library, Pictures::Proved))
}

fn files(library: &Library, pictures: Pictures) -> Files {
    let _part = phase("图片和附件");
    publish::files(library, pictures)
}

fn with_files(library: &Arc<Library>, index: Index, files: Files) -> Rendered {
    let _part = phase("准备页面");
    let mut rendered = Rendered {
        made_pictures: files.made,
        diagnostics: files.problems,
        ..Rendered::default()
    };
    let mut outputs: BTreeMap<String, Output> = BTreeMap::new();
    let (assets, asset_files) = publish::assets(library);
    let ready = files.outputs.into_iter().chain(asset_files);
    outputs.extend(ready.map(|(path, bytes)| (path, Output::Bytes(bytes))));
    let site = site::view(library, &index, assets);
    let templates = match Templates::load(library, &site) {
        Ok(templates) => Arc::new(templates),
        Err(problem) => {
            rendered.diagnostics.push(problem);
            return rendered;
        }
    };
    let workshop = Workshop {
        cards: Cards::new(library, &index, &files.published),
        highlighter: Highlighter::if_needed(library).map(Arc::new),
        site_tags: meta::site_tags(library),
        print_places: PrintPlaces::new(library, &index),
        library: library.clone(),
        published: files.published,
        index,
        site,
        templates,
    };
    outputs.extend(pages(&workshop));
    let part = phase("地图");
    let made = maps::outputs(&workshop);
    drop(part);
    for (path, made) in made {
        match made {
            Ok(File::New { bytes, .. }) => {
                outputs.insert(path, Output::Bytes(bytes.into()));
            }
            Ok(File::AsKnown) => {}
            Err(problems) => rendered.diagnostics.extend(problems),
        }
    }
    rendered.portal = Portal::new(workshop, outputs);
    // Templates that are in the program make no mistakes; those of a site may, and then nothing is published.
    if library.theme.has_own_templates {
        rendered = all_made(rendered);
    }
    rendered.diagnostics = templates::merged(rendered.diagnostics);
    rendered
}

/// All that is made when it is taken.
fn pages(workshop: &Workshop) -> Vec<(String, Output)> {
    let (library, index) = (&workshop.library, &workshop.index);
    let shown: Vec<&Entry> = library.shown().collect();
    let mut pages: Vec<(String, Output)> = shown
        .par_iter()
        .flat_map_iter(|entry| entries::outputs(workshop, entry))
        .collect();
    pages.extend(lists::columns(library, index));
    pages.extend(lists::tags(library, index));
    pages.push(("index.html".to_owned(), Output::page(home::page)));
    pages.extend(handbook::pages(&workshop.print_places));
    pages.extend(plaques::pages(&workshop.print_places));
    pages.extend(print_places::shelves(&workshop.print_places));
    pages.push(("sitemap.html".to_owned(), Output::page(lists::sitemap)));
    pages.push(("404.html".to_owned(), Output::page(site::missing_page)));
    pages.extend(feeds::feeds(library, index));
    pages.extend(site::for_search_engines(library));
    pages.extend(exports::exports(library, index));
    pages.extend(search::outputs(library, index));
    pages
}

fn all_made(mut rendered: Rendered) -> Rendered {
    match rendered.portal.outputs() {
        Ok(outputs) => rendered.portal = outputs.into(),
        Err(problems) => rendered.diagnostics.extend(problems),
    }
    rendered
}
