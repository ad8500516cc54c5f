//! WebP as RIFF chunks: the facts, the same picture without its metadata, and a colour profile put in.

use super::byte_order::{array, index, slice, u16_little, u24_little, u32_little};
use super::exif;
use super::format::Format;
use super::orientation::Orientation;
use super::problem::PictureProblem;

const RIFF_HEADER_LENGTH: usize = 12;

/// The flags of the extended header.
const HAS_PROFILE: u8 = 0x20;
const HAS_ALPHA: u8 = 0x10;
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;
const IS_ANIMATED: u8 = 0x02;

/// What a picture needs to look as it does.
const KEPT: [&[u8; 4]; 7] = [b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"];

/// A WebP file whose chunks have been walked once.
pub(super) struct WebPFile<'a> {
    bytes: &'a [u8],
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) orientation: Orientation,
    pub(super) is_animated: bool,
    pub(super) is_lossless: bool,
}

struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
}

impl<'a> WebPFile<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, PictureProblem> {
        Self::read_chunks(bytes).ok_or(PictureProblem::Malformed { format: Format::WebP })
    }

    fn read_chunks(bytes: &'a [u8]) -> Option<Self> {
        let (width, height) = canvas_size(&chunks(bytes).next()?)?;
        let mut orientation = Orientation::default();
        let (mut is_animated, mut is_lossless, mut has_picture) = (false, false, false);
        for chunk in chunks(bytes) {
            match &chunk.kind {
                b"VP8X" => is_animated |= chunk.data.first()? & IS_ANIMATED != 0,
                b"VP8 " => has_picture = true,
                b"VP8L" => (has_picture, is_lossless) = (true, true),
                b"ANMF" => (has_picture, is_animated) = (true, true),
                b"EXIF" => orientation = exif::orientation(chunk.data),
                _ => {}
            }
        }
        (width > 0 && height > 0 && has_picture).then_some(Self {
            bytes,
            width,
            height,
            orientation,
            is_animated,
            is_lossless,
        })
    }

    /// The file with the chunks that make the picture, and nothing after its end.
    pub(super) fn without_metadata(&self) -> Vec<u8> {
        let mut kept = Vec::with_capacity(self.bytes.len());
        for chunk in chunks(self.bytes).filter(|chunk| KEPT.contains(&&chunk.kind)) {
            match (&chunk.kind, chunk.data) {
                (b"VP8X", [flags, rest @ ..]) => {
                    write_chunk(&mut kept, *b"VP8X", &[&[flags & !(HAS_EXIF | HAS_XMP)], rest]);
                }
                (kind, data) => write_chunk(&mut kept, *kind, &[data]),
            }
        }
        in_riff(&kept)
    }
}

/// A still WebP as the encoder made it, with a colour profile. `None` if it is not one.
pub(super) fn with_icc_profile(webp: &[u8], profile: &[u8], has_alpha: bool) -> Option<Vec<u8>> {
    let first = chunks(webp).next()?;
    let (width, height) = canvas_size(&first)?;
    let flags = HAS_PROFILE | if has_alpha { HAS_ALPHA } else { 0 };
    let [wide, ider, idest, _] = width.checked_sub(1)?.to_le_bytes();
    let [high, igher, ighest, _] = height.checked_sub(1)?.to_le_bytes();
    let mut out = Vec::with_capacity(webp.len() + profile.len() + 64);
    write_chunk(
        &mut out,
        *b"VP8X",
        &[&[flags, 0, 0, 0, wide, ider, idest, high, igher, ighest]],
    );
    write_chunk(&mut out, *b"ICCP", &[profile]);
    for chunk in chunks(webp).filter(|chunk| matches!(&chunk.kind, b"ALPH" | b"VP8 " | b"VP8L")) {
        write_chunk(&mut out, chunk.kind, &[chunk.data]);
    }
    Some(in_riff(&out))
}

/// The size of the whole picture, which every kind of first chunk gives in its own way.
fn canvas_size(first: &Chunk<'_>) -> Option<(u32, u32)> {
    match &first.kind {
        b"VP8X" => Some((u24_little(first.data, 4)? + 1, u24_little(first.data, 7)? + 1)),
        b"VP8 " => {
            // Only a key frame has a size, and a still picture is one.
            (array(first.data, 3)? == [0x9D, 0x01, 0x2A]).then_some(())?;
            let side = |start| Some(u32::from(u16_little(first.data, start)? & 0x3FFF));
            Some((side(6)?, side(8)?))
        }
        b"VP8L" => {
            (*first.data.first()? == 0x2F).then_some(())?;
            let sides = u32_little(first.data, 1)?;
            Some(((sides & 0x3FFF) + 1, ((sides >> 14) & 0x3FFF) + 1))
        }
        _ => None,
    }
}

/// All chunks inside the RIFF file, up to the first that is cut off.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let end = u32_little(bytes, 4)
        .map_or(0, |length| index(length).saturating_add(8))
        .min(bytes.len());
    let bytes = bytes.get(..end).unwrap_or_default();
    let mut position = RIFF_HEADER_LENGTH;
    std::iter::from_fn(move || {
        let kind = array(bytes, position)?;
        let length = index(u32_little(bytes, position + 4)?);
        let data = slice(bytes, position + 8, length)?;
        // Chunks begin at even places; the byte between may be missing at the end of the file.
        position = (position + 8 + length).next_multiple_of(2);
        Some(Chunk { kind, data })
    })
}

fn write_chunk(out: &mut Vec<u8>, kind: [u8; 4], parts: &[&[u8]]) {
    let length = parts.iter().map(|part| part.len()).sum::<usize>();
    // Sources are limited to a size far below what the field holds.
    let Ok(length) = u32::try_from(length) else {
        return;
    };
    out.extend_from_slice(&kind);
    out.extend_from_slice(&length.to_le_bytes());
    for part in parts {
        out.extend_from_slice(part);
    }
    if length % 2 == 1 {
        out.push(0);
    }
}

fn in_riff(chunks: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(chunks.len() + RIFF_HEADER_LENGTH);
    write_chunk(&mut out, *b"RIFF", &[b"WEBP", chunks]);
    out
}
