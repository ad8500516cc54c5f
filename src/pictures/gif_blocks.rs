//! GIF as a row of blocks: the size, whether it moves, and the same picture without comments.

use super::byte_order::{slice, u16_little};
use super::format::Format;
use super::problem::PictureProblem;

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2C;
const TRAILER: u8 = 0x3B;
const COMMENT: u8 = 0xFE;
const APPLICATION: u8 = 0xFF;

/// The header with the screen's size, before the colour table.
const SCREEN_LENGTH: usize = 13;

/// The applications whose blocks change how the picture looks: loop counts and the colour profile.
const KEPT_APPLICATIONS: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

/// A GIF file whose blocks have been walked once.
pub(super) struct GifFile<'a> {
    bytes: &'a [u8],
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) is_animated: bool,
}

struct Block<'a> {
    kind: u8,
    label: u8,
    whole: &'a [u8],
}

impl<'a> GifFile<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, PictureProblem> {
        Self::read_blocks(bytes).ok_or(PictureProblem::Malformed { format: Format::Gif })
    }

    fn read_blocks(bytes: &'a [u8]) -> Option<Self> {
        let (width, height) = (u16_little(bytes, 6)?, u16_little(bytes, 8)?);
        let frames = blocks(bytes).filter(|block| block.kind == IMAGE).take(2).count();
        (width > 0 && height > 0 && frames > 0).then_some(Self {
            bytes,
            width: width.into(),
            height: height.into(),
            is_animated: frames > 1,
        })
    }

    /// The file without comments and without the blocks of programs (XMP is one of those).
    pub(super) fn without_metadata(&self) -> Vec<u8> {
        let mut kept = Vec::with_capacity(self.bytes.len());
        kept.extend_from_slice(slice(self.bytes, 0, blocks_start(self.bytes)).unwrap_or_default());
        for block in blocks(self.bytes) {
            let is_kept = match (block.kind, block.label) {
                (EXTENSION, COMMENT) => false,
                (EXTENSION, APPLICATION) => {
                    slice(block.whole, 3, 11).is_some_and(|name| KEPT_APPLICATIONS.contains(&name))
                }
                _ => true,
            };
            if is_kept {
                kept.extend_from_slice(block.whole);
            }
        }
        kept.push(TRAILER);
        kept
    }
}

/// How long a colour table is whose flags say whether there is one.
fn colour_table_length(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn blocks_start(bytes: &[u8]) -> usize {
    SCREEN_LENGTH + bytes.get(10).map_or(0, |flags| colour_table_length(*flags))
}

/// All blocks up to the trailer, or up to the first that is cut off.
fn blocks(bytes: &[u8]) -> impl Iterator<Item = Block<'_>> {
    let mut start = blocks_start(bytes);
    std::iter::from_fn(move || {
        let (kind, label) = (*bytes.get(start)?, *bytes.get(start + 1)?);
        let data_start = match kind {
            EXTENSION => start + 2,
            IMAGE => start + 11 + colour_table_length(*bytes.get(start + 9)?),
            _ => return None,
        };
        let end = sub_blocks_end(bytes, data_start)?;
        let whole = bytes.get(start..end)?;
        start = end;
        Some(Block { kind, label, whole })
    })
}

/// Where a row of sub-blocks ends: each has its length before it, and a length of nothing ends the row.
fn sub_blocks_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut position = from;
    loop {
        let length = usize::from(*bytes.get(position)?);
        position += 1 + length;
        if length == 0 {
            return Some(position);
        }
    }
}
