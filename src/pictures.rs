//! Pictures: from the bytes of one source image to everything that is published for it.
//!
//! 1. [`inspect`] reads the container: the format, the size as a reader will see it, whether it moves.
//! 2. [`variants`] takes the metadata out, turns and shrinks where it must, and encodes; [`prove`] finds out
//!    whether that is possible.
//!
//! All are pure: bytes in, bytes out, no disk, no clock. The bytes that come out follow from the bytes that
//! go in and the [`Recipe`] alone, so [`Recipe::key`] and the content hash name a result that may be kept
//! between builds, and a caller may work on many pictures at once.
//!
//! Files come from cameras, from `WeChat`, from design programs and from strangers, so nothing in them is
//! believed: sizes are checked before anything is allocated, and every flaw is a [`PictureProblem`].
//!
//! | file | what it knows |
//! |---|---|
//! | `format`, `problem`, `recipe` | the vocabulary |
//! | `source` | one opened source image of any format |
//! | `jpeg_segments`, `png_chunks`, `webp_chunks`, `gif_blocks`, `avif_boxes` | one container format each: facts, and the file without its metadata |
//! | `svg_markup`, `svg_drawing` | vector drawings: their size, and what they may not contain |
//! | `exif`, `orientation` | which way up |
//! | `pixels`, `palette`, `decode`, `encode` | decoded pictures |
//! | `plan` | which variants there are |
//! | `told` | what the file tells of persons, for the check-up |

mod avif_boxes;
mod byte_order;
mod decode;
mod encode;
mod exif;
mod format;
mod gif_blocks;
mod jpeg_segments;
mod orientation;
mod palette;
mod pixels;
mod plan;
mod png_chunks;
mod problem;
mod recipe;
mod source;
mod svg_drawing;
mod svg_markup;
mod told;
mod webp_chunks;

#[cfg(test)]
mod tests;

pub use format::{ForeignFormat, Format};
pub use plan::{Variant, prove, variants};
pub use problem::{Excess, PictureProblem, VectorDanger, VectorDangerKind};
pub use recipe::Recipe;
pub use source::{Facts, inspect};
pub(crate) use told::from_xmp;
pub use told::{Told, told, told_by_drawing};
