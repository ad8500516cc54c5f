//! AVIF as boxes: the size and the turn of the main picture, and the same file with its metadata made blank.
//!
//! AVIF is not decoded here, and its items are found by their distance from the start of the file. So nothing
//! is taken out: what tells about the photographer is overwritten where it stands.

use std::ops::Range;

use super::byte_order::{array, index, slice, u16_big, u32_big};
use super::format::Format;
use super::orientation::Orientation;
use super::problem::PictureProblem;

/// The boxes of a file that make the picture. All others become free space.
const KEPT: [&[u8; 4]; 6] = [b"ftyp", b"meta", b"mdat", b"moov", b"free", b"skip"];

/// Most items, and most pieces of them, that are looked for. Real files have one or two.
const MOST_METADATA: usize = 64;

/// The shortest EXIF item: no bytes before the block, and a block without entries. Some decoders refuse the
/// whole picture for an EXIF item that is none.
const EMPTY_EXIF: &[u8] = b"\0\0\0\0MM\0\x2A\0\0\0\x08\0\0\0\0\0\0";

/// An AVIF file whose boxes have been read.
pub(super) struct AvifFile<'a> {
    bytes: &'a [u8],
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) orientation: Orientation,
    pub(super) is_animated: bool,
    /// Where EXIF and XMP stand.
    metadata: Vec<Metadata>,
}

/// Bytes that are to be overwritten.
struct Metadata {
    range: Range<usize>,
    is_exif: bool,
}

/// One box: its kind, and where what it holds stands in the file.
struct Part {
    kind: [u8; 4],
    start: usize,
    held: Range<usize>,
}

impl<'a> AvifFile<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, PictureProblem> {
        Self::read_boxes(bytes).ok_or(PictureProblem::Malformed { format: Format::Avif })
    }

    fn read_boxes(bytes: &'a [u8]) -> Option<Self> {
        let whole = 0..bytes.len();
        let meta = find(bytes, whole, *b"meta")?;
        let children = full_box_content(&meta.held)?;
        let main_item = find(bytes, children.clone(), *b"pitm")
            .and_then(|part| read_id(bytes, part.held.start + 4, *bytes.get(part.held.start)? > 0))?;
        let (size, orientation) = main_properties(bytes, children.clone(), main_item)?;
        (size.0 > 0 && size.1 > 0).then_some(Self {
            bytes,
            width: size.0,
            height: size.1,
            orientation,
            is_animated: bytes.get(8..12) == Some(b"avis"),
            metadata: find_metadata(bytes, children)?,
        })
    }

    /// The file with nothing in its EXIF and XMP, and unknown boxes turned to free space.
    pub(super) fn without_metadata(&self) -> Vec<u8> {
        let mut kept = self.bytes.to_vec();
        for Metadata { range, is_exif } in &self.metadata {
            let Some(metadata) = kept.get_mut(range.clone()) else {
                continue;
            };
            metadata.fill(0);
            if let (true, Some(start)) = (*is_exif, metadata.get_mut(..EMPTY_EXIF.len())) {
                start.copy_from_slice(EMPTY_EXIF);
            }
        }
        for part in parts(self.bytes, 0..self.bytes.len()).filter(|part| !KEPT.contains(&&part.kind)) {
            if let Some(held) = kept.get_mut(part.held.clone()) {
                held.fill(0);
            }
            if let Some(kind) = kept.get_mut(part.start + 4..part.start + 8) {
                kind.copy_from_slice(b"free");
            }
        }
        kept
    }
}

/// The size and the turn of an item: properties are a list, and a table says which of them are whose.
fn main_properties(bytes: &[u8], children: Range<usize>, item: u32) -> Option<((u32, u32), Orientation)> {
    let properties = find(bytes, children, *b"iprp")?.held;
    let list: Vec<Part> = parts(bytes, find(bytes, properties.clone(), *b"ipco")?.held).collect();
    let table = find(bytes, properties, *b"ipma")?.held;
    let (mut size, mut orientation) = (None, Orientation::default());
    for place in properties_of(bytes, table.start, item)? {
        let Some(property) = place.checked_sub(1).and_then(|place| list.get(place)) else {
            continue;
        };
        let start = property.held.start;
        match &property.kind {
            b"ispe" => size = Some((u32_big(bytes, start + 4)?, u32_big(bytes, start + 8)?)),
            b"irot" => orientation = Orientation::from_quarter_turns(*bytes.get(start)?),
            _ => {}
        }
    }
    Some((size?, orientation))
}

/// The places, counted from one, of an item's properties.
fn properties_of(bytes: &[u8], table: usize, item: u32) -> Option<Vec<usize>> {
    let [version, _, _, flags] = array(bytes, table)?;
    let (has_long_ids, has_long_places) = (version > 0, flags & 1 == 1);
    let mut position = table + 8;
    for _ in 0..u32_big(bytes, table + 4)? {
        let id = read_id(bytes, position, has_long_ids)?;
        position += if has_long_ids { 4 } else { 2 };
        let count = usize::from(*bytes.get(position)?);
        let length = count * if has_long_places { 2 } else { 1 };
        let places = slice(bytes, position + 1, length)?;
        if id == item {
            // The highest bit says that the property is essential.
            return Some(if has_long_places {
                let (pairs, _) = places.as_chunks::<2>();
                pairs
                    .iter()
                    .map(|pair| usize::from(u16::from_be_bytes(*pair) & 0x7FFF))
                    .collect()
            } else {
                places.iter().map(|place| usize::from(place & 0x7F)).collect()
            });
        }
        position += 1 + length;
    }
    None
}

/// Where the items stand that are EXIF or XMP. `None` if there are such items and they cannot be found: then
/// the file cannot be cleaned, and is refused.
fn find_metadata(bytes: &[u8], children: Range<usize>) -> Option<Vec<Metadata>> {
    let Some(items) = find(bytes, children.clone(), *b"iinf") else {
        return Some(Vec::new());
    };
    let list_start = items.held.start + if *bytes.get(items.held.start)? == 0 { 6 } else { 8 };
    let mut wanted = Vec::new();
    for entry in parts(bytes, list_start..items.held.end).filter(|part| &part.kind == b"infe") {
        let start = entry.held.start;
        let has_long_ids = *bytes.get(start)? >= 3;
        let kind_start = start + if has_long_ids { 10 } else { 8 };
        let kind: [u8; 4] = array(bytes, kind_start)?;
        if matches!(&kind, b"Exif" | b"mime" | b"uri ") {
            (wanted.len() < MOST_METADATA).then_some(())?;
            wanted.push((read_id(bytes, start + 4, has_long_ids)?, &kind == b"Exif"));
        }
    }
    if wanted.is_empty() {
        return Some(Vec::new());
    }
    let data = find(bytes, children.clone(), *b"idat").map(|part| part.held);
    let locations = find(bytes, children, *b"iloc")?.held;
    locate_items(bytes, locations.start, data.as_ref(), &wanted)
}

/// Reads the table of item locations, whose fields are as wide as its header says.
fn locate_items(
    bytes: &[u8],
    table: usize,
    data: Option<&Range<usize>>,
    wanted: &[(u32, bool)],
) -> Option<Vec<Metadata>> {
    let [version, _, _, _, widths, more_widths] = array(bytes, table)?;
    let (offset_width, length_width) = (widths >> 4, widths & 15);
    let (base_width, index_width) = (more_widths >> 4, if version == 0 { 0 } else { more_widths & 15 });
    let mut reader = Reader {
        bytes,
        position: table + 6,
    };
    let mut found = Vec::new();
    for _ in 0..reader.number(if version < 2 { 2 } else { 4 })? {
        let id = reader.number(if version < 2 { 2 } else { 4 })?;
        let is_in_item_data = version > 0 && reader.number(2)? & 15 == 1;
        reader.number(2)?;
        let base = reader.number(base_width)?;
        let extents = reader.number(2)?;
        // Extents that take no bytes could be counted without end.
        (extents <= 1 || offset_width + length_width + index_width > 0).then_some(())?;
        for _ in 0..extents {
            reader.number(index_width)?;
            let (offset, length) = (reader.number(offset_width)?, reader.number(length_width)?);
            let item = wanted.iter().find(|(wanted, _)| usize::try_from(*wanted) == Ok(id));
            if let Some((_, is_exif)) = item {
                let origin = if is_in_item_data { data?.start } else { 0 };
                let start = origin.checked_add(base)?.checked_add(offset)?;
                let range = start..start.checked_add(length)?;
                (found.len() < MOST_METADATA && holds_data(bytes, data, &range)).then_some(())?;
                found.push(Metadata {
                    range,
                    is_exif: *is_exif,
                });
            }
        }
    }
    Some(found)
}

/// Whether this part of the file is inside a box for data. A table that leads anywhere else would have us
/// overwrite the tables themselves, or, with no length, which means "up to the end", the picture.
fn holds_data(bytes: &[u8], data: Option<&Range<usize>>, range: &Range<usize>) -> bool {
    let is_inside = |home: &Range<usize>| home.start <= range.start && range.end <= home.end;
    !range.is_empty()
        && (data.is_some_and(is_inside)
            || parts(bytes, 0..bytes.len()).any(|part| &part.kind == b"mdat" && is_inside(&part.held)))
}

struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl Reader<'_> {
    /// The next number of so many bytes; no bytes are zero.
    fn number(&mut self, width: u8) -> Option<usize> {
        let digits = slice(self.bytes, self.position, usize::from(width))?;
        self.position += digits.len();
        digits.iter().try_fold(0_usize, |number, digit| {
            number.checked_mul(256)?.checked_add(usize::from(*digit))
        })
    }
}

fn read_id(bytes: &[u8], start: usize, is_long: bool) -> Option<u32> {
    if is_long {
        u32_big(bytes, start)
    } else {
        u16_big(bytes, start).map(u32::from)
    }
}

/// What a box with a version holds after it.
fn full_box_content(held: &Range<usize>) -> Option<Range<usize>> {
    (held.len() >= 4).then(|| held.start + 4..held.end)
}

fn find(bytes: &[u8], within: Range<usize>, kind: [u8; 4]) -> Option<Part> {
    parts(bytes, within).find(|part| part.kind == kind)
}

/// The boxes one after another in this part of the file, up to the first that is cut off.
fn parts(bytes: &[u8], within: Range<usize>) -> impl Iterator<Item = Part> {
    let mut start = within.start;
    std::iter::from_fn(move || {
        let kind = array(bytes, start + 4)?;
        let (header, length) = match u32_big(bytes, start)? {
            0 => (8, within.end.checked_sub(start)?),
            1 => (16, usize::try_from(u64::from_be_bytes(array(bytes, start + 8)?)).ok()?),
            length => (8, index(length)),
        };
        let end = start.checked_add(length)?;
        if length < header || end > within.end {
            return None;
        }
        let part = Part {
            kind,
            start,
            held: start + header..end,
        };
        start = end;
        Some(part)
    })
}
