//! What can be wrong with a picture, as data. The words for people are chosen where diagnostics are made.

use std::fmt;

use super::format::{ForeignFormat, Format};

/// Why a picture cannot be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureProblem {
    /// None of the formats that are published.
    UnknownFormat {
        /// What it is instead, where that can be told.
        resembles: Option<ForeignFormat>,
    },
    /// The container is broken: cut off, or not what its first bytes promise.
    Malformed {
        /// The format it began as.
        format: Format,
    },
    /// The container is sound, but its pixels cannot be decoded.
    Undecodable {
        /// The format of the source.
        format: Format,
    },
    /// More than a picture on a web page has any reason to be.
    TooLarge {
        /// By which measure.
        excess: Excess,
    },
    /// A vector drawing that does more than draw.
    UnsafeVector {
        /// What it contains, in the order of the file. Never empty.
        dangers: Vec<VectorDanger>,
    },
    /// The encoder gave up, which happens only when memory runs out.
    EncodingFailed {
        /// The format that was asked for.
        format: Format,
    },
}

/// The measure by which a picture is too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// The file.
    Bytes {
        /// Its length.
        actual: usize,
        /// The longest allowed.
        allowed: usize,
    },
    /// The picture area.
    Pixels {
        /// Width in pixels, as stored.
        width: u32,
        /// Height in pixels, as stored.
        height: u32,
        /// The largest product allowed.
        allowed: u64,
    },
}

/// One thing in a vector drawing that must not be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VectorDanger {
    /// What it is.
    pub kind: VectorDangerKind,
    /// Where it begins: a byte offset into the file.
    pub offset: usize,
}

/// The kinds of things that make a drawing unsafe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VectorDangerKind {
    /// A `script` element or one of its relatives.
    Script,
    /// An attribute such as `onload`.
    EventHandler,
    /// A link whose target is a program (`javascript:`).
    ScriptLink,
    /// Anything that is fetched from, or leads to, outside the file.
    ExternalReference,
    /// Embedded documents of another kind: `foreignObject`, `iframe`, HTML, media.
    ForeignContent,
    /// An animation that rewrites a link or an event handler.
    AnimatedLink,
    /// Own entities, behind which all of the above can hide.
    Entity,
}

impl fmt::Display for PictureProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownFormat { resembles: None } => write!(formatter, "unknown picture format"),
            Self::UnknownFormat {
                resembles: Some(foreign),
            } => {
                write!(formatter, "unsupported picture format {foreign:?}")
            }
            Self::Malformed { format } => write!(formatter, "malformed {format:?} file"),
            Self::Undecodable { format } => write!(formatter, "undecodable {format:?} picture"),
            Self::TooLarge {
                excess: Excess::Bytes { actual, allowed },
            } => {
                write!(formatter, "picture of {actual} bytes, {allowed} allowed")
            }
            Self::TooLarge {
                excess: Excess::Pixels { width, height, allowed },
            } => {
                write!(formatter, "picture of {width}x{height} pixels, {allowed} allowed")
            }
            Self::UnsafeVector { dangers } => {
                write!(formatter, "unsafe vector drawing:")?;
                dangers
                    .iter()
                    .try_for_each(|danger| write!(formatter, " {:?} at byte {}", danger.kind, danger.offset))
            }
            Self::EncodingFailed { format } => write!(formatter, "{format:?} encoding failed"),
        }
    }
}

impl std::error::Error for PictureProblem {}
