//! 红图 `hongtu`: a folder of Markdown with YAML front matter becomes the portal of an industrial
//! park's party-building work (园区党建): case reports, demonstration points with an offline map,
//! alliances with their bulletins, roundtables.
//!
//! Phases are verbs, and each owns one result type. A module imports only what stands before it in
//! this list; a test keeps it so.
//!
//! ```text
//! disk ─► read ─► Library ─┬─► check ──► diagnostics ────────────────► terminal
//!                          └─► derive ─► Index ─┐
//!                               Library ────────┴─► render ─► Outputs ─► write ─► public/
//!
//!  IO in                 pure: no clock, no disk, no statics                IO out
//! ```
//!
//! | room | owns |
//! |---|---|
//! | [`source`] | texts, their ids, places in them |
//! | [`diagnostic`] | what was found wrong, as data, and how it is shown |
//! | [`pictures`] | from the bytes of one picture to the files that are published of it; knows nothing of the rest |
//! | [`documents`] | what the files of documents tell besides their pages; from bytes alone |
//! | [`trigonometry`], [`coordinates`], [`region`], [`pinyin_slug`] | the field's small sciences, without any knowledge of the rest |
//! | [`schema`] | the form of YAML that people write: keys in two languages, shapes; dates, opening hours, telephone numbers |
//! | [`kind`] | the kinds of content: their keys and typed forms |
//! | [`config`] | `site.yaml` |
//! | [`read`] | the walk, encodings, front matter, typed entries, outlines; **the only reader** |
//! | [`check`] | pure functions from the library to diagnostics |
//! | [`derive`](mod@derive) | what follows from many entries |
//! | [`render`] | Markdown to HTML, views, templates, feeds; makes [`render::Outputs`] |
//! | [`write`](mod@write) | brings `public/` to equal the outputs; **the only writer** |
//! | [`cli`] | arguments, commands; **the only printing** |
//!
//! [`build()`] is the table of contents.

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

pub mod render;

pub mod write;

pub mod cli;

use check::settings::Settings;
use diagnostic::Diagnostic;
use read::{Library, Options, ReadProblem};
use render::Rendered;
use source::Sources;

/// What a build makes: everything that is published, or what is wrong.
#[derive(Debug)]
pub struct Built {
    /// The outputs; to be written only when no diagnostic is an error.
    pub rendered: Rendered,
    /// All that was found wrong, in its one order.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics point into.
    pub sources: Sources,
}

impl Built {
    /// Whether something stops the outputs from being written.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Builds a portal in memory: read, check, derive, render. Nothing is written.
///
/// # Errors
/// When the machine cannot read the content or the theme. What is wrong in them is in the result.
pub fn build(options: &Options) -> Result<Built, ReadProblem> {
    let (library, mut found) = read::read(options)?;
    found.extend(check::run(&library));
    let mut settings = Settings::new(&library.config, &library.sources);
    let mut diagnostics = settings.judge(found);
    let mut rendered = Rendered::default();
    if diagnostics.iter().any(Diagnostic::is_error) {
        diagnostics.extend(settings.judge(render::publish::problems(&library)));
    } else {
        let index = derive::index(&library);
        rendered = render::render(&library, &index);
        diagnostics.extend(settings.judge(std::mem::take(&mut rendered.diagnostics)));
    }
    diagnostics.extend(settings.mistakes());
    let Library { sources, .. } = library;
    diagnostic::sort(&mut diagnostics, &sources);
    Ok(Built {
        rendered,
        diagnostics,
        sources,
    })
}
