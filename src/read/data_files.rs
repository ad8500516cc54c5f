//! Tables and plain texts that are published as they are, as texts, so that rules can point into them.

use rayon::prelude::*;

use super::files::FileIndex;
use super::walk::has_extension;
use super::{Instead, decode};
use crate::source::{FileId, Sources};

/// A larger file is data for machines, and no list that somebody typed.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// A file of text that is published as it is.
#[derive(Debug, Clone)]
pub struct DataFile {
    /// Below `content/`.
    pub path: String,
    /// Its text.
    pub file: FileId,
    /// What it is.
    pub form: DataForm,
}

/// What is in a file of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataForm {
    /// Rows and columns.
    Table,
    /// Anything else.
    Text,
}

fn form(path: &str) -> Option<DataForm> {
    let has = |extensions: &[&str]| extensions.iter().any(|extension| has_extension(path, extension));
    if has(&["csv", "tsv"]) {
        Some(DataForm::Table)
    } else {
        has(&["txt", "json", "xml", "yaml", "yml", "html", "htm", "vcf", "ics"]).then_some(DataForm::Text)
    }
}

/// Takes the texts in among those that are used. What cannot be read as text is not one.
pub fn read(files: &FileIndex, instead: &Instead, sources: &mut Sources) -> Vec<DataFile> {
    let used: Vec<_> = files.used.values().collect();
    let decoded: Vec<_> = used
        .par_iter()
        .filter_map(|file| Some((file, form(&file.path).filter(|_| file.bytes.len() <= MOST_BYTES)?)))
        .filter_map(|(file, form)| {
            let bytes = instead
                .get(&super::shown_path(&file.path))
                .map_or(&*file.bytes, |text| text.as_bytes());
            let decoded = decode::decode(bytes.to_vec());
            let is_text = decoded
                .problem
                .as_ref()
                .is_none_or(decode::EncodingProblem::is_readable);
            is_text.then_some((file, form, decoded))
        })
        .collect();
    decoded
        .into_iter()
        .map(|(file, form, decoded)| DataFile {
            path: file.path.clone(),
            file: decoded.into_source(super::shown_path(&file.path), sources).0,
            form,
        })
        .collect()
}
