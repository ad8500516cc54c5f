//! Tests on pictures that are made here: no files, and everything that is in them is known.

mod drawings;
mod facts;
mod fixtures;
mod hostile;
mod metadata;
mod orientations;
mod sizes;
