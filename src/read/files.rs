//! Images and attachments: which there are, and the bytes of those that some entry uses.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::entry::{Column, Entry};
use super::link_target::{joined, split_destination};
use super::walk::{Walked, has_extension};
use super::{ReadProblem, outline::LinkKind};
use crate::kind::{Facts, common::Picture};

/// One file that is published as it is or as pictures.
#[derive(Debug, Clone)]
pub struct ContentFile {
    /// Below `content/`.
    pub path: String,
    /// Its bytes.
    pub bytes: std::sync::Arc<[u8]>,
    /// The hash of its bytes, hexadecimal.
    pub hash: String,
}

/// All files that are no Markdown.
#[derive(Debug, Default)]
pub struct FileIndex {
    /// Those that are used, by path.
    pub used: BTreeMap<String, ContentFile>,
    /// The paths of all.
    pub all: BTreeSet<String>,
    /// Lower-cased paths, to find a wrong letter case.
    lower: BTreeMap<String, String>,
    /// The paths of those that no entry names, whether it is shown or not.
    pub unnamed: Vec<String>,
}

impl FileIndex {
    /// A used file by its path below `content/`.
    pub fn get(&self, path: &str) -> Option<&ContentFile> {
        self.used.get(path)
    }

    /// The path that differs from this one in letter case only.
    pub fn other_case(&self, path: &str) -> Option<&str> {
        self.lower
            .get(&path.to_lowercase())
            .map(String::as_str)
            .filter(|found| *found != path)
    }
}

/// Whether a path is that of an image that hongtu makes smaller forms of or shows.
pub fn is_image(path: &str) -> bool {
    ["jpg", "jpeg", "png", "webp", "gif", "svg", "avif"]
        .iter()
        .any(|extension| has_extension(path, extension))
}

/// Reads the files that entries and columns use, and the pictures among the base maps. The others
/// of those are read as data, and not published as they are.
///
/// # Errors
/// When the machine cannot read one of them.
pub fn read_referenced(
    walked: &Walked,
    entries: &[Entry],
    columns: &[Column],
    base_maps: &BTreeSet<String>,
) -> Result<FileIndex, ReadProblem> {
    let introductions = columns.iter().filter_map(|column| column.introduction.as_deref());
    let mut wanted: BTreeSet<String> = base_maps.iter().filter(|path| is_image(path)).cloned().collect();
    // What is named in another letter case is named: that is a mistake of its own. Drafts count too, since
    // they are going to be shown.
    let mut named: BTreeSet<String> = base_maps.iter().map(|path| path.to_lowercase()).collect();
    for entry in entries.iter().chain(introductions) {
        let paths = paths_used_by(entry);
        named.extend(paths.iter().map(|path| path.to_lowercase()));
        if entry.is_shown() || entry.is_introduction {
            wanted.extend(paths);
        }
    }
    let used: Vec<_> = walked
        .others
        .par_iter()
        .filter(|file| wanted.contains(&file.path))
        .map(|file| {
            let bytes = std::fs::read(&file.disk_path).map_err(|error| ReadProblem {
                doing: "读取文件",
                path: file.disk_path.clone(),
                error,
            })?;
            let hash = blake3::hash(&bytes).to_hex().to_string();
            Ok((
                file.path.clone(),
                ContentFile {
                    path: file.path.clone(),
                    bytes: bytes.into(),
                    hash,
                },
            ))
        })
        .collect::<Result<_, ReadProblem>>()?;
    let all: BTreeSet<_> = walked.others.iter().map(|file| file.path.clone()).collect();
    let is_unnamed = |path: &&String| !named.contains(&path.to_lowercase());
    let unnamed = all.iter().filter(is_unnamed).cloned().collect();
    let lower = all.iter().map(|path| (path.to_lowercase(), path.clone())).collect();
    Ok(FileIndex {
        used: used.into_iter().collect(),
        all,
        lower,
        unnamed,
    })
}

/// The pictures that an entry's front matter names, each with the way to its key.
pub fn pictures_of(entry: &Entry) -> Vec<(String, &Picture)> {
    let mut pictures: Vec<(String, &Picture)> = Vec::new();
    pictures.extend(entry.common.cover.as_ref().map(|cover| ("cover.src".to_owned(), cover)));
    match &entry.facts {
        Facts::Point(point) => {
            let photos = point.photos.iter().enumerate();
            pictures.extend(photos.map(|(index, photo)| (format!("photos[{index}].src"), photo)));
        }
        Facts::Park(park) => {
            let plans = park.plans.iter().enumerate();
            pictures.extend(plans.map(|(index, plan)| (format!("plans[{index}].src"), &plan.picture)));
        }
        _ => {}
    }
    pictures
}

fn paths_used_by(entry: &Entry) -> Vec<String> {
    let from_pictures = pictures_of(entry).into_iter().map(|(_, picture)| picture.src.as_str());
    let from_body = entry
        .outline
        .links
        .iter()
        .filter(|link| link.kind != LinkKind::Footnote)
        .map(|link| link.destination.as_str());
    from_pictures
        .chain(from_body)
        .filter_map(|destination| joined(&entry.content_path, &split_destination(destination).path))
        .collect()
}
