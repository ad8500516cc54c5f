//! `site.yaml` alone, for commands that need its settings and no content.

use std::path::Path;

use super::{ReadProblem, decode};
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// The settings of a site, as far as they can be read.
#[derive(Debug)]
pub enum SiteFile {
    /// There is none: nothing was set.
    Missing,
    /// What it says.
    Sound(Config),
    /// What can be made of it; `hongtu check` says what is wrong with the rest.
    Faulty(Config),
}

impl SiteFile {
    /// What it says; nothing where there is none.
    pub fn config(&self) -> Option<&Config> {
        match self {
            Self::Missing => None,
            Self::Sound(config) | Self::Faulty(config) => Some(config),
        }
    }
}

/// Reads the settings of a site.
///
/// # Errors
/// When there is a file that the machine cannot read.
pub fn read_site_file(content: &Path) -> Result<SiteFile, ReadProblem> {
    let path = content.join(config::FILE_NAME);
    let decoded = match decode::read_text(&path) {
        Ok(decoded) => decoded,
        Err(problem) if problem.error.kind() == std::io::ErrorKind::NotFound => return Ok(SiteFile::Missing),
        Err(problem) => return Err(problem),
    };
    let mut sources = Sources::default();
    let file = sources.add(path.to_string_lossy(), decoded.text);
    let mut diagnostics = Vec::new();
    let config = Config::parse(&sources, file, &mut diagnostics);
    Ok(if diagnostics.iter().any(Diagnostic::is_error) {
        SiteFile::Faulty(config)
    } else {
        SiteFile::Sound(config)
    })
}
