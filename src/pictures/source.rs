//! One opened source image of any format, and the facts that a page needs before anything is decoded.

use super::avif_boxes::AvifFile;
use super::format::{self, Format};
use super::gif_blocks::GifFile;
use super::jpeg_segments::JpegFile;
use super::orientation::Orientation;
use super::png_chunks::PngFile;
use super::problem::{Excess, PictureProblem};
use super::svg_drawing;
use super::webp_chunks::WebPFile;

/// The longest file that is opened.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The largest picture that is opened: decoded it takes 400 MB at four bytes a pixel.
const MOST_PIXELS: u64 = 100_000_000;

/// What is known of a picture without decoding it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Facts {
    /// The format, by the file's content.
    pub format: Format,
    /// Width in pixels as a reader sees it, after the EXIF orientation.
    pub width: u32,
    /// Height in pixels as a reader sees it, after the EXIF orientation.
    pub height: u32,
    /// Whether it moves (GIF, PNG, WebP or AVIF). Animated pictures are published as they are.
    pub animated: bool,
}

/// Facts readable without decoding: the format, the size after EXIF orientation, whether it is animated. A
/// vector drawing's size is its own `width` and `height`, or that of its `viewBox`.
///
/// # Errors
///
/// When the bytes are no picture of a published format, are broken, too large, or an unsafe drawing.
pub fn inspect(bytes: &[u8]) -> Result<Facts, PictureProblem> {
    Source::open(bytes).map(|source| source.facts())
}

/// A source image whose container has been read.
pub(super) enum Source<'a> {
    Jpeg(JpegFile<'a>),
    Png(PngFile<'a>),
    WebP(WebPFile<'a>),
    Gif(GifFile<'a>),
    Svg { bytes: &'a [u8], width: u32, height: u32 },
    Avif(AvifFile<'a>),
}

impl<'a> Source<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, PictureProblem> {
        if bytes.len() > MOST_BYTES {
            let excess = Excess::Bytes {
                actual: bytes.len(),
                allowed: MOST_BYTES,
            };
            return Err(PictureProblem::TooLarge { excess });
        }
        let source = match format::sniff(bytes)? {
            Format::Jpeg => Self::Jpeg(JpegFile::read(bytes)?),
            Format::Png => Self::Png(PngFile::read(bytes)?),
            Format::WebP => Self::WebP(WebPFile::read(bytes)?),
            Format::Gif => Self::Gif(GifFile::read(bytes)?),
            Format::Avif => Self::Avif(AvifFile::read(bytes)?),
            Format::Svg => {
                // A drawing has no pixels to count: it is sharp at every size.
                let (width, height) = svg_drawing::read_size(bytes)?;
                return Ok(Self::Svg { bytes, width, height });
            }
        };
        let (width, height) = source.stored_size();
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            let excess = Excess::Pixels {
                width,
                height,
                allowed: MOST_PIXELS,
            };
            return Err(PictureProblem::TooLarge { excess });
        }
        Ok(source)
    }

    pub(super) fn facts(&self) -> Facts {
        let (width, height) = self.orientation().turn_size(self.stored_size());
        Facts {
            format: self.format(),
            width,
            height,
            animated: self.is_animated(),
        }
    }

    fn format(&self) -> Format {
        match self {
            Self::Jpeg(_) => Format::Jpeg,
            Self::Png(_) => Format::Png,
            Self::WebP(_) => Format::WebP,
            Self::Gif(_) => Format::Gif,
            Self::Svg { .. } => Format::Svg,
            Self::Avif(_) => Format::Avif,
        }
    }

    /// The size before any turn.
    pub(super) fn stored_size(&self) -> (u32, u32) {
        match self {
            Self::Jpeg(file) => (file.width, file.height),
            Self::Png(file) => (file.width, file.height),
            Self::WebP(file) => (file.width, file.height),
            Self::Gif(file) => (file.width, file.height),
            Self::Svg { width, height, .. } => (*width, *height),
            Self::Avif(file) => (file.width, file.height),
        }
    }

    /// How the stored picture must be turned. Browsers do not turn animations, so neither do we.
    pub(super) fn orientation(&self) -> Orientation {
        match self {
            Self::Jpeg(file) => file.orientation,
            Self::Png(file) if !file.is_animated => file.orientation,
            Self::WebP(file) if !file.is_animated => file.orientation,
            Self::Avif(file) => file.orientation,
            Self::Png(_) | Self::WebP(_) | Self::Gif(_) | Self::Svg { .. } => Orientation::default(),
        }
    }

    fn is_animated(&self) -> bool {
        match self {
            Self::Png(file) => file.is_animated,
            Self::WebP(file) => file.is_animated,
            Self::Gif(file) => file.is_animated,
            Self::Avif(file) => file.is_animated,
            Self::Jpeg(_) | Self::Svg { .. } => false,
        }
    }

    /// Whether smaller pictures can be made of this one without changing what it shows.
    pub(super) fn can_be_redrawn(&self) -> bool {
        match self {
            Self::Jpeg(file) => file.is_faithfully_decodable,
            Self::Png(_) | Self::WebP(_) | Self::Gif(_) => !self.is_animated(),
            Self::Svg { .. } | Self::Avif(_) => false,
        }
    }

    /// The same picture, not a sample changed, without what else the file tells.
    pub(super) fn without_metadata(&self) -> Vec<u8> {
        match self {
            // Where a JPEG cannot be turned here, browsers must go on turning it.
            Self::Jpeg(file) => file.without_metadata(!file.is_faithfully_decodable && !file.orientation.is_upright()),
            Self::Png(file) => file.without_metadata(),
            Self::WebP(file) => file.without_metadata(),
            Self::Gif(file) => file.without_metadata(),
            Self::Svg { bytes, .. } => bytes.to_vec(),
            Self::Avif(file) => file.without_metadata(),
        }
    }
}
