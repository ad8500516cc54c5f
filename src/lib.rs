//! 红图 `hongtu`: a folder of Markdown with YAML front matter becomes the portal of an industrial
//! park's party-building work (园区党建): case reports, demonstration points with an offline map,
//! alliances with their bulletins, roundtables.
//!
//! Phases are verbs, and each owns one result type. A module imports only what stands before it in
//! this list; a test keeps it so.
//!
//! ```text
//! disk ─► read ─► Library ─┬─► check ──► diagnostics ───────────────────► terminal
//!                          └─► derive ─► Index ─┐
//!                               Library ────────┴─► render ─► Portal ──┬─► write ─► public/
//!                                                                      └─► serve ─► browser
//!  IO in                 pure: no clock, no disk, no statics                IO out
//! ```
//!
//! | room | owns |
//! |---|---|
//! | [`source`] | texts, their ids, places in them |
//! | [`phase`] | names for the parts of the work, for those who ask how long they take |
//! | [`diagnostic`] | what was found wrong, as data, and how it is shown |
//! | [`pictures`] | from the bytes of one picture to the files that are published of it; knows nothing of the rest |
//! | [`documents`] | what the files of documents tell besides their pages; from bytes alone |
//! | [`trigonometry`], [`coordinates`], [`region`], [`pinyin_slug`] | the field's small sciences, without any knowledge of the rest |
//! | [`schema`] | the form of YAML that people write: keys in two languages, shapes; dates, opening hours, telephone numbers |
//! | [`kind`] | the kinds of content: their keys and typed forms |
//! | [`config`] | `site.yaml`, and the words of `terms.yaml` |
//! | [`read`] | the walk, encodings, front matter, typed entries, outlines; **the only reader** |
//! | [`check`](mod@check) | pure functions from the library to diagnostics |
//! | [`derive`](mod@derive) | what follows from many entries |
//! | [`fix`] | what the texts would be if what was found were mended, and how that differs |
//! | [`report`] | what was found, in the forms that people and machines want |
//! | [`starter`] | what people begin with: a small portal, new entries, what helps their editors |
//! | [`render`] | Markdown to HTML, views, templates, feeds; makes the [`render::Portal`] |
//! | [`write`](mod@write) | brings `public/` to equal the outputs; **the only writer** |
//! | [`serve`](mod@serve) | the outputs over HTTP, made anew when files change; pages that show what is wrong |
//! | [`cli`] | arguments, commands; **the only printing** |
//!
//! [`build()`] is the table of contents.

pub mod phase;
pub mod source;

pub mod diagnostic;

pub mod pictures;

pub mod documents;

pub mod coordinates;
pub mod pinyin_slug;
mod pinyin_words;
pub mod region;
mod region_names;
pub mod trigonometry;

pub mod schema;

pub mod kind;

pub mod config;

pub mod read;

pub mod check;

pub mod derive;

pub mod fix;
pub mod report;
pub mod starter;

pub mod render;

pub mod write;

pub mod serve;

pub mod cli;

use std::collections::BTreeMap;
use std::sync::Arc;

use check::settings::Settings;
use config::Config;
use diagnostic::Diagnostic;
use read::outside_links::HostUse;
use read::visits::answers::{Kept, read_kept};
use read::visits::{self, Visits};
use read::{Instead, Library, Options, ReadProblem, outside_links};
use render::Rendered;
use source::Sources;

/// What a build makes: everything that is published, or what is wrong.
#[derive(Debug)]
pub struct Built {
    /// What is published; to be written only when no diagnostic is an error.
    pub rendered: Rendered,
    /// All that was found wrong, in its one order.
    pub diagnostics: Vec<Diagnostic>,
    /// All that was read.
    pub library: Arc<Library>,
}

impl Built {
    /// Whether something stops the outputs from being written.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The texts that the diagnostics point into.
    pub fn sources(&self) -> &Sources {
        &self.library.sources
    }
}

/// What a check-up finds.
#[derive(Debug)]
pub struct Checked {
    /// All that was found wrong, in its one order.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics point into.
    pub sources: Sources,
    /// The settings of the portal.
    pub config: Config,
    /// How many entries there are.
    pub entries: usize,
    /// By when each column needs something new.
    pub forecast: Vec<report::Forecast>,
}

/// Builds a portal in memory: read, check, derive, render. Nothing is written.
///
/// # Errors
/// When the machine cannot read the content or the theme. What is wrong in them is in the result.
pub fn build(options: &Options) -> Result<Built, ReadProblem> {
    let (library, found) = read::read(options)?;
    let library = Arc::new(library);
    let (diagnostics, rendered) = judged(&library, found, |library| {
        render::render(library, derive::index(library))
    });
    Ok(Built {
        rendered,
        diagnostics,
        library,
    })
}

/// Looks for all that a build would find, and leaves out what only readers need. Files may be taken as if
/// they held other texts.
///
/// # Errors
/// As [`build()`].
pub fn check(options: &Options, instead: &Instead) -> Result<Checked, ReadProblem> {
    let (library, found) = read::read_with(options, instead)?;
    Ok(checked(library, found))
}

/// What visits to other sites found.
#[derive(Debug)]
pub struct Visited {
    /// What is kept until the next visits.
    pub kept: Kept,
    /// How many addresses there are.
    pub addresses: usize,
    /// What could not be told, in words, an address a line.
    pub doubts: Vec<String>,
}

/// Checks a portal and visits the addresses of other sites that it links to: what [`check()`] does, and the
/// only way to the network.
///
/// # Errors
/// As those of [`build()`]; and when what earlier visits found cannot be read.
pub fn check_and_visit(options: &Options, visits: &Visits) -> Result<(Checked, Visited), ReadProblem> {
    let (library, mut found) = read::read(options)?;
    let kept = read_kept(options.cache.as_deref())?;
    let addresses = outside_links::mentions(&library)
        .into_iter()
        .map(|mention| mention.address);
    let answers = visits::visit(addresses, &kept, visits);
    found.extend(check::outside_links::problems(&library, &answers));
    let visited = Visited {
        kept: kept.with(&answers, visits.today),
        addresses: answers.len(),
        doubts: check::outside_links::doubts(&library, &answers),
    };
    Ok((checked(library, found), visited))
}

fn checked(library: Library, found: Vec<Diagnostic>) -> Checked {
    let library = Arc::new(library);
    let (diagnostics, _) = judged(&library, found, rendered_for_mistakes);
    Checked {
        diagnostics,
        entries: library.entries.len(),
        forecast: report::forecast::of(&library),
        sources: library.sources.clone(),
        config: library.config.clone(),
    }
}

/// The other sites that a portal links to.
#[derive(Debug)]
pub struct OutsideHosts {
    /// From texts, by host.
    pub linked: BTreeMap<String, HostUse>,
    /// Those that pages link to besides, by what hongtu and the theme add (maps, the register of sites): on how
    /// many pages. Not known where an error keeps the pages from being made.
    pub added: Option<BTreeMap<String, usize>>,
    /// The hosts that the site says may be linked to.
    pub listed: Vec<String>,
}

/// Which other sites a portal links to. Nothing is visited.
///
/// # Errors
/// As those of [`build()`].
pub fn outside_hosts(options: &Options) -> Result<OutsideHosts, ReadProblem> {
    let (library, found) = read::read(options)?;
    let library = Arc::new(library);
    let (diagnostics, rendered) = judged(&library, found, |library| {
        render::without_pictures(library, derive::index_without_search(library))
    });
    let linked = outside_links::hosts(&library);
    let is_whole = !diagnostics.iter().any(Diagnostic::is_error);
    let outputs = rendered.portal.outputs().ok().filter(|_| is_whole);
    let added = outputs.map(|outputs| {
        let mut hosts = render::outside_hosts::on_pages(&outputs);
        hosts.retain(|host, _| !linked.contains_key(host));
        hosts
    });
    Ok(OutsideHosts {
        linked,
        added,
        listed: library.config.checks.hosts.clone(),
    })
}

/// As much rendering as it takes to know what a build would find: the templates that are in the program make
/// no mistakes, those of a site may.
fn rendered_for_mistakes(library: &Arc<Library>) -> Rendered {
    if library.theme.has_own_templates {
        return render::without_pictures(library, derive::index_without_search(library));
    }
    Rendered {
        diagnostics: render::publish::problems(library),
        ..Rendered::default()
    }
}

/// Everything that is wrong, as the site takes it, and what is rendered if there is no error.
fn judged(
    library: &Arc<Library>,
    mut found: Vec<Diagnostic>,
    render: impl FnOnce(&Arc<Library>) -> Rendered,
) -> (Vec<Diagnostic>, Rendered) {
    found.extend(check::run(library));
    let mut settings = Settings::new(&library.config, &library.sources);
    let mut diagnostics = settings.judge(found);
    let mut rendered = Rendered::default();
    if diagnostics.iter().any(Diagnostic::is_error) {
        diagnostics.extend(settings.judge(render::publish::problems(library)));
    } else {
        rendered = render(library);
        diagnostics.extend(settings.judge(std::mem::take(&mut rendered.diagnostics)));
    }
    diagnostics.extend(settings.mistakes());
    diagnostic::sort(&mut diagnostics, &library.sources);
    (diagnostic::together(diagnostics), rendered)
}
