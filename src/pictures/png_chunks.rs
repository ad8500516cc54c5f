//! PNG as a row of chunks: the header's facts, and the same picture without what else the file tells.

use super::byte_order::{array, index, slice, u32_big};
use super::exif;
use super::format::Format;
use super::orientation::Orientation;
use super::problem::PictureProblem;

const SIGNATURE_LENGTH: usize = 8;

/// What a picture needs to look as it does. All else goes: text, dates, EXIF, and the private chunks of
/// programs, of which nobody knows what they tell.
const KEPT: [&[u8; 4]; 20] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI",
    b"sBIT", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];

/// The chunks that say what the numbers mean as colours. Copied to every PNG that is made from the picture.
const COLOUR_MEANING: [&[u8; 4]; 6] = [b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"mDCV"];

/// The gamma of sRGB in PNG's units, and how far from it is still the same.
const SRGB_GAMMA: u32 = 45_455;
const GAMMA_TOLERANCE: u32 = 500;

/// A PNG file whose chunks have been walked once.
pub(super) struct PngFile<'a> {
    bytes: &'a [u8],
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) orientation: Orientation,
    pub(super) is_animated: bool,
}

struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    /// Length, kind, data and checksum together.
    whole: &'a [u8],
}

impl<'a> PngFile<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, PictureProblem> {
        Self::read_chunks(bytes).ok_or(PictureProblem::Malformed { format: Format::Png })
    }

    fn read_chunks(bytes: &'a [u8]) -> Option<Self> {
        let header = chunks(bytes).next().filter(|chunk| &chunk.kind == b"IHDR")?;
        let (width, height) = (u32_big(header.data, 0)?, u32_big(header.data, 4)?);
        let mut orientation = Orientation::default();
        let (mut is_animated, mut has_data, mut is_complete) = (false, false, false);
        for chunk in chunks(bytes) {
            match &chunk.kind {
                b"eXIf" => orientation = exif::orientation(chunk.data),
                b"acTL" => is_animated = true,
                b"IDAT" => has_data = true,
                b"IEND" => is_complete = true,
                _ => {}
            }
        }
        (width > 0 && height > 0 && has_data && is_complete).then_some(Self {
            bytes,
            width,
            height,
            orientation,
            is_animated,
        })
    }

    /// The file with the chunks that make the picture, and nothing after its end.
    pub(super) fn without_metadata(&self) -> Vec<u8> {
        let mut kept = Vec::with_capacity(self.bytes.len());
        kept.extend_from_slice(self.bytes.get(..SIGNATURE_LENGTH).unwrap_or_default());
        for chunk in chunks(self.bytes).filter(|chunk| KEPT.contains(&&chunk.kind)) {
            kept.extend_from_slice(chunk.whole);
        }
        kept
    }

    /// The chunks that give the colours their meaning, ready to be copied into another PNG.
    pub(super) fn colour_chunks(&self) -> Vec<u8> {
        before_data(self.bytes)
            .filter(|chunk| COLOUR_MEANING.contains(&&chunk.kind))
            .flat_map(|chunk| chunk.whole.iter().copied())
            .collect()
    }

    /// Whether the colours mean sRGB or have a profile, which other formats can carry over. The rest (a bare
    /// gamma, the code points of `cICP`) only PNG can say.
    pub(super) fn has_portable_colours(&self) -> bool {
        let find = |kind: &[u8; 4]| before_data(self.bytes).find(|chunk| &chunk.kind == kind);
        if find(b"cICP").is_some() {
            return false;
        }
        if find(b"iCCP").is_some() || find(b"sRGB").is_some() {
            return true;
        }
        find(b"gAMA")
            .and_then(|chunk| u32_big(chunk.data, 0))
            .is_none_or(|gamma| gamma.abs_diff(SRGB_GAMMA) <= GAMMA_TOLERANCE)
    }
}

/// The PNG with these whole chunks put right after its header.
pub(super) fn with_chunks_after_header(png: &[u8], chunks: &[u8]) -> Vec<u8> {
    let header_end = SIGNATURE_LENGTH + 25;
    let (header, rest) = png.split_at(header_end.min(png.len()));
    [header, chunks, rest].concat()
}

fn before_data(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    chunks(bytes).take_while(|chunk| &chunk.kind != b"IDAT")
}

/// All chunks up to and with `IEND`, or up to the first that is cut off.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut position = Some(SIGNATURE_LENGTH);
    std::iter::from_fn(move || {
        let start = position?;
        let length = index(u32_big(bytes, start)?);
        let kind = array(bytes, start + 4)?;
        let data = slice(bytes, start + 8, length)?;
        let whole = slice(bytes, start, length.checked_add(12)?)?;
        position = (&kind != b"IEND").then_some(start + whole.len());
        Some(Chunk { kind, data, whole })
    })
}
