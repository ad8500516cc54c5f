//! Base maps: who supplies one, where its file lies, and what a `GeoJSON` file says.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::decode;
use super::geojson::{self, GeoJson, Problem};
use super::link_target::{joined, split_destination};
use super::walk::{Walked, has_extension};
use super::{Entry, EntryId, Library, ReadProblem};
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, rule};
use crate::kind::{BaseMap, Facts};
use crate::source::{FileId, Sources, Span};

/// Longer `GeoJSON` files are not read. The whole country in fine detail has 30 MB.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Who supplies a base map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// `site.yaml`, for the map of everything.
    Site,
    /// A park, for its own sheet.
    Park(EntryId),
}

/// A base map with its owner.
#[derive(Debug, Clone, Copy)]
pub struct OwnedBaseMap<'a> {
    /// Who supplies it.
    pub owner: Owner,
    /// What is set up.
    pub base_map: &'a BaseMap,
    /// The file that says so, below `content/`.
    named_in: &'a str,
}

impl OwnedBaseMap<'_> {
    /// The path of its file below `content/`; `None` when it leaves the folder or is empty.
    pub fn path(&self) -> Option<String> {
        let path = split_destination(&self.base_map.file).path;
        joined(self.named_in, &path).filter(|path| !path.is_empty())
    }

    /// Where the value of a key of the base map stands; the whole of it for an empty way.
    pub fn span(&self, library: &Library, key: &str) -> Option<Span> {
        let start = match self.owner {
            Owner::Site => "map.base",
            Owner::Park(_) => "base_map",
        };
        let way = if key.is_empty() {
            start.to_owned()
        } else {
            format!("{start}.{key}")
        };
        match self.owner {
            Owner::Site => library.config.span(&library.sources, &way),
            Owner::Park(park) => Some(library.field_span(library.entry(park), &way)),
        }
    }

    /// Whether a key was written, even if its value was no good and is not there.
    pub fn is_written(&self, library: &Library, key: &str) -> bool {
        // A way is followed as far as it leads.
        self.span(library, key) != self.span(library, "")
    }
}

/// Whether a path is that of vector data.
pub fn is_geojson(path: &str) -> bool {
    has_extension(path, "geojson") || has_extension(path, "json")
}

/// All base maps: that of the site, then those of shown parks.
pub fn owned<'a>(config: &'a Config, entries: &'a [Entry]) -> impl Iterator<Item = OwnedBaseMap<'a>> {
    let of_site = config.map.base.as_ref().map(|base_map| OwnedBaseMap {
        owner: Owner::Site,
        base_map,
        named_in: config::FILE_NAME,
    });
    of_site.into_iter().chain(entries.iter().filter_map(of_park))
}

/// The base map of a shown park.
fn of_park(entry: &Entry) -> Option<OwnedBaseMap<'_>> {
    let Facts::Park(park) = &entry.facts else { return None };
    let base_map = park.base_map.as_ref().filter(|_| entry.is_shown())?;
    Some(OwnedBaseMap {
        owner: Owner::Park(entry.id),
        base_map,
        named_in: &entry.content_path,
    })
}

impl Library {
    /// All base maps: that of the site, then those of shown parks.
    pub fn base_maps(&self) -> impl Iterator<Item = OwnedBaseMap<'_>> {
        owned(&self.config, &self.entries)
    }

    /// The base map of an owner.
    pub fn base_map(&self, owner: Owner) -> Option<OwnedBaseMap<'_>> {
        match owner {
            Owner::Site => self.base_maps().find(|known| known.owner == owner),
            Owner::Park(park) => of_park(self.entry(park)),
        }
    }
}

/// The vector data of all base maps, by path below `content/`.
pub type GeoJsonFiles = BTreeMap<String, GeoJson>;

/// One file: what it says, its text if something is wrong in it, and what is wrong.
enum Read {
    Whole(GeoJson),
    Wrong(GeoJson, String, Vec<Problem>),
    Undecodable(String, decode::EncodingProblem),
    TooLarge(u64),
}

/// Reads the `GeoJSON` files that are base maps.
///
/// # Errors
/// When the machine cannot read one of them.
pub fn read_geojson(
    walked: &Walked,
    wanted: &BTreeSet<String>,
    sources: &mut Sources,
) -> Result<(GeoJsonFiles, Vec<Diagnostic>), ReadProblem> {
    let files: Vec<_> = walked
        .others
        .par_iter()
        .filter(|file| is_geojson(&file.path) && wanted.contains(&file.path))
        .map(|file| read_file(&file.disk_path).map(|read| (file.path.clone(), read)))
        .collect::<Result<_, _>>()?;
    let mut read = GeoJsonFiles::new();
    let mut diagnostics = Vec::new();
    for (path, file) in files {
        let shown = super::shown_path(&path);
        match file {
            Read::Whole(geojson) => {
                read.insert(path, geojson);
            }
            Read::Wrong(geojson, text, problems) => {
                let id = sources.add(shown, text);
                diagnostics.extend(problems.iter().map(|problem| problem.diagnostic(id)));
                read.insert(path, geojson);
            }
            Read::Undecodable(text, problem) => {
                let id = sources.add(shown, text);
                diagnostics.push(problem.diagnostic(id));
                read.insert(path, GeoJson::default());
            }
            Read::TooLarge(bytes) => {
                diagnostics.push(too_large(sources.add(shown, ""), bytes));
                read.insert(path, GeoJson::default());
            }
        }
    }
    Ok((read, diagnostics))
}

fn read_file(path: &std::path::Path) -> Result<Read, ReadProblem> {
    let metadata = std::fs::metadata(path).map_err(|error| ReadProblem {
        doing: "读取文件",
        path: path.to_owned(),
        error,
    })?;
    if metadata.len() > MOST_BYTES {
        return Ok(Read::TooLarge(metadata.len()));
    }
    let decoded = decode::read_text(path)?;
    // Text in GB18030 is read as such everywhere; only what is no text stops here.
    if let Some(problem) = decoded.problem.filter(|problem| !problem.is_readable()) {
        return Ok(Read::Undecodable(decoded.text, problem));
    }
    let (geojson, problems) = geojson::parse(&decoded.text);
    Ok(if problems.is_empty() {
        Read::Whole(geojson)
    } else {
        Read::Wrong(geojson, decoded.text, problems)
    })
}

fn too_large(file: FileId, bytes: u64) -> Diagnostic {
    let megabytes = bytes / (1024 * 1024);
    Diagnostic::new(
        rule::MAP_FILE,
        Span::file_start(file),
        format!("底图有 {megabytes} MB，太大了，没有读取"),
    )
    .help("不要超过 64 MB：先用制图软件裁到需要的范围，或者化简")
}
