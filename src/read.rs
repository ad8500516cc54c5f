//! The only reader of input: a folder of files becomes a [`Library`].
//!
//! ```text
//! walk ─► decode ─► front matter ─► typed entry ─► outline
//! ```
//!
//! A [`Library`] is complete when it is made and is never changed afterwards.

pub mod base_maps;
pub mod changed;
pub mod conversation;
pub mod data_files;
pub mod decode;
pub mod drives;
pub mod entry;
pub mod fence_text;
pub mod files;
pub mod folder;
pub mod footnotes;
pub mod front_matter;
pub mod geojson;
pub mod link_target;
pub mod markdown_events;
pub mod names;
pub mod outline;
pub mod outside_links;
pub mod pictures;
pub mod pieces;
pub mod raw_html;
pub mod site_file;
pub mod stamps;
pub mod theme;
pub mod visits;
pub mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use entry::{Column, Entry, EntryId, Visibility};
pub use files::{ContentFile, FileIndex};
pub use theme::Theme;

use crate::config::terms::Terms;
use crate::config::{self, Config, terms};
use crate::diagnostic::{Diagnostic, rule};
use crate::phase::phase;
use crate::schema::date::Date;
use crate::source::{FileId, Sources, Span};

/// What a build is asked for; everything that is not a file.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the content.
    pub content: PathBuf,
    /// The folder of the themes; need not exist.
    pub themes: PathBuf,
    /// Where results that are dear to make are kept between builds; need not exist.
    pub cache: Option<PathBuf>,
    /// Whether drafts, and what is not yet or no longer published, are shown.
    pub drafts: Drafts,
    /// The day that `publish` and `expires` are compared with.
    pub as_of: Date,
    /// Instead of the one in `site.yaml`.
    pub base_url: Option<String>,
}

/// Texts to be taken for those of files, by their paths as people are shown them: what files would hold.
pub type Instead = BTreeMap<String, String>;

/// Whether entries that are not published are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// As for a preview.
    Shown,
    /// As for publishing.
    Hidden,
}

/// All that was read; complete when made.
#[derive(Debug)]
pub struct Library {
    /// `site.yaml`.
    pub config: Config,
    /// `terms.yaml`.
    pub terms: Terms,
    /// The texts of all files.
    pub sources: Sources,
    /// In the order of their paths.
    pub entries: Vec<Entry>,
    /// In the order in which they are shown.
    pub columns: Vec<Column>,
    /// Images and attachments.
    pub files: FileIndex,
    /// The texts of tables and other data that are published as they are.
    pub data_files: Vec<data_files::DataFile>,
    /// The places of the files that no entry names.
    pub unnamed_files: Vec<FileId>,
    /// The vector data of base maps.
    pub geojson: base_maps::GeoJsonFiles,
    /// What can be referred to by name.
    pub names: names::NameIndex,
    /// Entries by the path of their file below `content/`.
    pub by_file: BTreeMap<String, EntryId>,
    /// Templates and assets.
    pub theme: Theme,
    /// The day of the build.
    pub as_of: Date,
    /// Smaller pictures that an earlier build made.
    pub kept_pictures: pictures::KeptPictures,
}

/// Why nothing could be read at all: what was being done, to which path, and what the system said.
#[derive(Debug)]
pub struct ReadProblem {
    /// What was being done, in Chinese.
    pub doing: &'static str,
    /// To which path.
    pub path: PathBuf,
    /// What the system said.
    pub error: std::io::Error,
}

impl std::fmt::Display for ReadProblem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "{}失败：{}（{}）",
            self.doing,
            self.path.display(),
            self.error
        )
    }
}

impl std::error::Error for ReadProblem {}

impl Library {
    /// The entry of an id that this library gave out.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.index()]
    }

    /// The column that an entry stands in.
    pub fn column_of(&self, entry: &Entry) -> &Column {
        &self.columns[entry.column]
    }

    /// Whether a column has a list: entries that are shown, or an introduction.
    pub fn has_list(&self, column: usize) -> bool {
        self.columns[column].introduction.is_some() || self.shown().any(|entry| entry.column == column)
    }

    /// Entries that are shown, in the order of their paths.
    pub fn shown(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.is_shown())
    }

    /// The introductions of the columns that have one.
    pub fn introductions(&self) -> impl Iterator<Item = &Entry> {
        self.columns.iter().filter_map(|column| column.introduction.as_deref())
    }

    /// The text of an entry's body.
    pub fn body(&self, entry: &Entry) -> &str {
        self.sources.text(entry.body)
    }

    /// Where the value of a way of English keys stands in an entry's front matter, such as
    /// `members[2].park`; the front matter's first line when it cannot be found.
    pub fn field_span(&self, entry: &Entry, way: &str) -> Span {
        entry.field_span(&self.sources, way)
    }

    /// Whether a key of an entry was written, even if its value was no good and is not there.
    pub fn field_is_written(&self, entry: &Entry, name: &str) -> bool {
        entry.field_is_written(&self.sources, name)
    }
}

/// Reads a site.
///
/// # Errors
/// When the content folder, or a file in it, cannot be read by the machine. What is wrong *in*
/// files is returned beside the library.
pub fn read(options: &Options) -> Result<(Library, Vec<Diagnostic>), ReadProblem> {
    read_with(options, &Instead::new())
}

/// Reads a site as if some files held other texts.
///
/// # Errors
/// As [`read`].
pub fn read_with(options: &Options, instead: &Instead) -> Result<(Library, Vec<Diagnostic>), ReadProblem> {
    let _whole = phase("读取");
    let mut diagnostics = Vec::new();
    let mut sources = Sources::default();
    let walked = list_files(options, &mut sources, &mut diagnostics)?;
    let place = Place { options, instead };
    let mut config = read_config(place, &walked, &mut sources, &mut diagnostics)?;
    if let Some(base_url) = &options.base_url {
        config.base_url = Some(format!("{}/", base_url.trim_end_matches('/')));
    }
    let terms = read_terms(place, &walked, &mut sources, &mut diagnostics)?;
    let columns = entry::columns(&config, &walked);
    let part = phase("读文稿");
    let texts: Vec<_> = walked
        .texts
        .par_iter()
        .map(|file| {
            let decoded = place.text(&file.disk_path, &file.path)?;
            Ok((file, decoded))
        })
        .collect::<Result<_, ReadProblem>>()?;
    drop(part);
    let part = phase("解析文稿");
    let mut ids = Vec::with_capacity(texts.len());
    for (file, decoded) in texts {
        let (id, problem) = decoded.into_source(shown_path(&file.path), &mut sources);
        let is_readable = problem.as_ref().is_none_or(decode::EncodingProblem::is_readable);
        diagnostics.extend(problem.map(|problem| problem.diagnostic(id)));
        ids.push((file, id, is_readable));
    }
    let parsed: Vec<_> = ids
        .par_iter()
        .map(|(file, id, is_readable)| {
            let (entry, mut found) = entry::read_entry(&sources, *id, &file.path, &columns, options);
            // What is no text has no front matter either; that it is no text says all.
            found.retain(|_| *is_readable);
            (entry, found)
        })
        .collect();
    let mut entries = Vec::with_capacity(parsed.len());
    let mut introductions = BTreeMap::new();
    for (parsed, found) in parsed {
        diagnostics.extend(found);
        if parsed.is_introduction {
            introductions.insert(parsed.column, parsed);
        } else {
            entries.push(parsed);
        }
    }
    drop(part);
    let part = phase("图片、附件、主题");
    let columns = entry::with_introductions(columns, introductions, &entries);
    for (index, entry) in entries.iter_mut().enumerate() {
        entry.id = EntryId::new(index);
    }
    let by_file = entries
        .iter()
        .map(|entry| (entry.content_path.clone(), entry.id))
        .collect();
    let names = names::NameIndex::of(&entries);
    let base_maps: BTreeSet<_> = base_maps::owned(&config, &entries)
        .filter_map(|owned| owned.path())
        .collect();
    let files = files::read_referenced(&walked, &entries, &columns, &base_maps)?;
    let unnamed_files = files
        .unnamed
        .iter()
        .map(|path| sources.add(shown_path(path), ""))
        .collect();
    let (geojson, found) = base_maps::read_geojson(&walked, &base_maps, &mut sources)?;
    diagnostics.extend(found);
    let data_files = data_files::read(&files, instead, &mut sources);
    let kept_pictures = pictures::read_kept(options.cache.as_deref(), &files)?;
    let (theme, found) = theme::read_theme(options, &config, &mut sources)?;
    diagnostics.extend(found);
    drop(part);
    let library = Library {
        config,
        terms,
        sources,
        entries,
        columns,
        files,
        data_files,
        unnamed_files,
        geojson,
        names,
        by_file,
        theme,
        as_of: options.as_of,
        kept_pictures,
    };
    Ok((library, diagnostics))
}

/// All files, and what is wrong with what they are called.
fn list_files(
    options: &Options,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<walk::Walked, ReadProblem> {
    let _part = phase("列出文件");
    let walked = walk::walk(&options.content)?;
    for refused in &walked.refused {
        let file = sources.add(shown_path(&refused.path), "");
        diagnostics
            .push(Diagnostic::new(rule::LINK_REFUSED, Span::file_start(file), refused.message()).help(refused.help()));
    }
    for name in &walked.bad_names {
        let file = sources.add(shown_path(&name.path), "");
        diagnostics.push(Diagnostic::new(rule::BAD_NAME, Span::file_start(file), name.message()).help(name.help()));
    }
    Ok(walked)
}

/// Where texts come from.
#[derive(Clone, Copy)]
struct Place<'a> {
    options: &'a Options,
    instead: &'a Instead,
}

impl Place<'_> {
    /// The text of a file below the content folder.
    fn text(&self, disk_path: &Path, path: &str) -> Result<decode::Decoded, ReadProblem> {
        match self.instead.get(&shown_path(path)) {
            Some(text) => Ok(decode::Decoded {
                text: text.clone(),
                problem: None,
            }),
            None => decode::read_text(disk_path),
        }
    }
}

/// How a path below `content/` is shown to people.
fn shown_path(path: &str) -> String {
    format!("content/{path}")
}

fn read_config(
    place: Place<'_>,
    walked: &walk::Walked,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Config, ReadProblem> {
    let options = place.options;
    let path = options.content.join(config::FILE_NAME);
    if !walked.has_site_file {
        let file = sources.add(shown_path(config::FILE_NAME), "");
        let misnamed = walked.others.iter().map(|file| file.path.as_str()).find(|path| {
            let name = path.to_lowercase();
            ["site.yml", "site.yaml", "site.yaml.txt", "site.yml.txt"].contains(&name.as_str())
        });
        let help = misnamed.map_or_else(
            || {
                format!(
                    "在 {} 里建一个 site.yaml，写一行 title: 门户的名称",
                    options.content.display()
                )
            },
            |name| format!("把 {name} 改名为 site.yaml"),
        );
        diagnostics.push(Diagnostic::new(rule::SITE_FILE, Span::file_start(file), "没有找到 site.yaml").help(help));
        return Ok(Config::default());
    }
    let decoded = place.text(&path, config::FILE_NAME)?;
    let (file, problem) = decoded.into_source(shown_path(config::FILE_NAME), sources);
    diagnostics.extend(problem.map(|problem| problem.diagnostic(file)));
    Ok(Config::parse(sources, file, diagnostics))
}

/// The words that the site has settled; a site need not have any.
fn read_terms(
    place: Place<'_>,
    walked: &walk::Walked,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Terms, ReadProblem> {
    if !walked.has_terms_file {
        return Ok(Terms::default());
    }
    let decoded = place.text(&place.options.content.join(terms::FILE_NAME), terms::FILE_NAME)?;
    let (file, problem) = decoded.into_source(shown_path(terms::FILE_NAME), sources);
    diagnostics.extend(problem.map(|problem| problem.diagnostic(file)));
    Ok(Terms::parse(sources, file, diagnostics))
}
