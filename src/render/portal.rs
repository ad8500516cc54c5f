//! What is published: for each path its bytes, or how they are made.
//!
//! A portal of a hundred thousand pages weighs gigabytes. So its pages are made one by one by whoever takes them,
//! the writer or the server, each a pure function of the [`Workshop`] alone; nothing keeps them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::frame::Workshop;
use super::key::Key;
use crate::diagnostic::Diagnostic;

/// Everything that is published, by its path below the output folder, with its bytes.
pub type Outputs = BTreeMap<String, Arc<[u8]>>;

/// What became of an output.
#[derive(Debug)]
pub enum File {
    /// It would be made from just what the known one was made from.
    AsKnown,
    /// It was made.
    New {
        /// Of all that it was made from.
        key: Key,
        /// What is published.
        bytes: Vec<u8>,
    },
}

impl File {
    /// What is made from all that a key stands for, unless it is the known one.
    ///
    /// # Errors
    /// What kept it from being made.
    pub fn unless_known(known: Option<Key>, key: Key, make: impl FnOnce() -> Result<Vec<u8>, Vec<Diagnostic>>) -> Made {
        if known == Some(key) {
            return Ok(Self::AsKnown);
        }
        Ok(Self::New { key, bytes: make()? })
    }

    /// A file that is made from nothing but what stands in it.
    pub fn of_bytes(bytes: Vec<u8>) -> Self {
        Self::New {
            key: Key::of_bytes(&bytes),
            bytes,
        }
    }
}

/// An output, or what kept it from being made.
pub type Made = Result<File, Vec<Diagnostic>>;

/// Makes an output, unless it is known by its key.
type Maker = Box<dyn Fn(&Workshop, Option<Key>) -> Made + Send + Sync>;

/// One of the outputs.
pub enum Output {
    /// Is there.
    Bytes(Arc<[u8]>),
    /// Is made when it is taken.
    Page(Maker),
}

impl Output {
    /// An output that is made when it is taken.
    pub fn page(maker: impl Fn(&Workshop, Option<Key>) -> Made + Send + Sync + 'static) -> Self {
        Self::Page(Box::new(maker))
    }
}

impl std::fmt::Debug for Output {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(formatter, "{} bytes", bytes.len()),
            Self::Page(_) => formatter.write_str("a page to be made"),
        }
    }
}

/// Everything that is published.
#[derive(Debug, Default)]
pub struct Portal {
    /// None where nothing is to be made.
    workshop: Option<Workshop>,
    outputs: BTreeMap<String, Output>,
}

impl From<Outputs> for Portal {
    fn from(outputs: Outputs) -> Self {
        let outputs = outputs.into_iter().map(|(path, bytes)| (path, Output::Bytes(bytes)));
        Self {
            workshop: None,
            outputs: outputs.collect(),
        }
    }
}

impl Portal {
    /// With all that its pages are made with.
    pub fn new(workshop: Workshop, outputs: BTreeMap<String, Output>) -> Self {
        Self {
            workshop: Some(workshop),
            outputs,
        }
    }

    /// All paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.outputs.keys().map(String::as_str)
    }

    /// Whether there is an output at a path.
    pub fn contains(&self, path: &str) -> bool {
        self.outputs.contains_key(path)
    }

    /// How many outputs there are.
    pub fn len(&self) -> usize {
        self.outputs.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.outputs.is_empty()
    }

    /// The output at a path, unless it is the one with the known key; nothing where there is none.
    pub fn make(&self, path: &str, known: Option<Key>) -> Option<Made> {
        Some(match (self.outputs.get(path)?, &self.workshop) {
            (Output::Page(maker), Some(workshop)) => maker(workshop, known),
            (Output::Page(_), None) => Err(Vec::new()),
            (Output::Bytes(bytes), _) => File::unless_known(known, Key::of_bytes(bytes), || Ok(bytes.to_vec())),
        })
    }

    /// All outputs at once.
    ///
    /// # Errors
    /// All that kept outputs from being made.
    pub fn outputs(&self) -> Result<Outputs, Vec<Diagnostic>> {
        let made: Vec<_> = self
            .outputs
            .par_iter()
            .map(|(path, output)| match output {
                Output::Bytes(bytes) => Ok((path.clone(), bytes.clone())),
                Output::Page(_) => match self.make(path, None) {
                    Some(Ok(File::New { bytes, .. })) => Ok((path.clone(), bytes.into())),
                    Some(Err(problems)) => Err(problems),
                    // Nothing is known, and the path is one of ours.
                    Some(Ok(File::AsKnown)) | None => Err(Vec::new()),
                },
            })
            .collect();
        let mut outputs = Outputs::new();
        let mut problems = Vec::new();
        for page in made {
            match page {
                Ok((path, bytes)) => {
                    outputs.insert(path, bytes);
                }
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() {
            Ok(outputs)
        } else {
            Err(problems)
        }
    }
}
