//! JPEG as a row of segments: the frame's facts, and the same picture without what else the file tells.

use super::byte_order::{slice, u16_big};
use super::exif;
use super::format::Format;
use super::orientation::Orientation;
use super::problem::PictureProblem;

const START_OF_IMAGE: u8 = 0xD8;
const END_OF_IMAGE: u8 = 0xD9;
const START_OF_SCAN: u8 = 0xDA;
const JFIF_SEGMENT: u8 = 0xE0;
const EXIF_SEGMENT: u8 = 0xE1;
const ICC_SEGMENT: u8 = 0xE2;
const ADOBE_SEGMENT: u8 = 0xEE;
const COMMENT: u8 = 0xFE;

const JFIF_PREFIX: &[u8] = b"JFIF\0";
const ICC_PREFIX: &[u8] = b"ICC_PROFILE\0";
const ADOBE_PREFIX: &[u8] = b"Adobe";

/// The length of a JFIF segment's body up to the size of its thumbnail.
const JFIF_WITHOUT_THUMBNAIL: usize = 12;

/// A JPEG file whose segments up to the first scan have been read.
pub(super) struct JpegFile<'a> {
    bytes: &'a [u8],
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) orientation: Orientation,
    /// Whether the colours are stored coarser than the brightness (4:2:0 and the like).
    pub(super) has_coarse_colours: bool,
    /// Whether our decoder shows this file as browsers do.
    pub(super) is_faithfully_decodable: bool,
}

/// One marker with its body.
struct Segment<'a> {
    marker: u8,
    body: &'a [u8],
    end: usize,
}

struct Frame {
    width: u32,
    height: u32,
    components: u8,
    has_coarse_colours: bool,
    is_sequential: bool,
}

impl<'a> JpegFile<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, PictureProblem> {
        Self::read_header(bytes).ok_or(PictureProblem::Malformed { format: Format::Jpeg })
    }

    fn read_header(bytes: &'a [u8]) -> Option<Self> {
        let mut frame = None;
        let mut orientation = None;
        for segment in segments(bytes) {
            match segment.marker {
                EXIF_SEGMENT if orientation.is_none() && segment.body.starts_with(exif::SEGMENT_PREFIX) => {
                    orientation = Some(exif::orientation(segment.body));
                }
                marker if is_frame(marker) && frame.is_none() => {
                    frame = Some(read_frame(&segment)?);
                }
                START_OF_SCAN => {
                    let frame: Frame = frame?;
                    let scan_components = *segment.body.first()?;
                    // zune-jpeg 0.5.15 decodes sequential files with a scan for each component to garbage and
                    // reports success (etemesi254/zune-image#422). Four components are ink, and turning
                    // ink into light needs more than its formula: the colours would change.
                    let is_separated = frame.is_sequential && scan_components < frame.components;
                    return Some(Self {
                        bytes,
                        width: frame.width,
                        height: frame.height,
                        orientation: orientation.unwrap_or_default(),
                        has_coarse_colours: frame.has_coarse_colours,
                        is_faithfully_decodable: !is_separated && matches!(frame.components, 1 | 3),
                    });
                }
                _ => {}
            }
        }
        None
    }

    /// The file with JFIF, colour profile and Adobe's colour transform, and with nothing else that is not the
    /// picture: no EXIF, XMP, IPTC, comments, thumbnails, nor what some phones append after the end.
    pub(super) fn without_metadata(&self, keep_orientation: bool) -> Vec<u8> {
        let mut kept = Vec::with_capacity(self.bytes.len());
        kept.extend_from_slice(&[0xFF, START_OF_IMAGE]);
        let mut orientation_to_write = keep_orientation.then(|| exif::orientation_alone(self.orientation));
        for segment in segments(self.bytes) {
            if segment.marker != JFIF_SEGMENT
                && let Some(block) = orientation_to_write.take()
            {
                write_segment(&mut kept, EXIF_SEGMENT, &[&block]);
            }
            match segment.marker {
                JFIF_SEGMENT if segment.body.starts_with(JFIF_PREFIX) => {
                    let body = segment
                        .body
                        .get(..JFIF_WITHOUT_THUMBNAIL)
                        .unwrap_or(b"JFIF\0\x01\x02\0\0\x01\0\x01");
                    write_segment(&mut kept, JFIF_SEGMENT, &[body, &[0, 0]]);
                }
                ICC_SEGMENT if segment.body.starts_with(ICC_PREFIX) => {
                    write_segment(&mut kept, ICC_SEGMENT, &[segment.body]);
                }
                ADOBE_SEGMENT if segment.body.starts_with(ADOBE_PREFIX) => {
                    write_segment(&mut kept, ADOBE_SEGMENT, &[segment.body]);
                }
                0xE0..=0xEF | COMMENT => {}
                START_OF_SCAN => {
                    write_segment(&mut kept, START_OF_SCAN, &[segment.body]);
                    let end = end_of_scan(self.bytes, segment.end);
                    kept.extend_from_slice(self.bytes.get(segment.end..end).unwrap_or_default());
                }
                marker => write_segment(&mut kept, marker, &[segment.body]),
            }
        }
        kept.extend_from_slice(&[0xFF, END_OF_IMAGE]);
        kept
    }

    /// The colour profile, put together from its pieces. A profile with pieces missing is none.
    pub(super) fn icc_profile(&self) -> Option<Vec<u8>> {
        let mut pieces: Vec<(u8, u8, &[u8])> = segments(self.bytes)
            .take_while(|segment| segment.marker != START_OF_SCAN)
            .filter(|segment| segment.marker == ICC_SEGMENT)
            .filter_map(|segment| match segment.body.strip_prefix(ICC_PREFIX)? {
                [number, count, piece @ ..] => Some((*number, *count, piece)),
                _ => None,
            })
            .take(usize::from(u8::MAX))
            .collect();
        pieces.sort_by_key(|(number, ..)| *number);
        let is_complete = !pieces.is_empty()
            && pieces.iter().zip(1_usize..).all(|((number, count, _), expected)| {
                usize::from(*number) == expected && usize::from(*count) == pieces.len()
            });
        is_complete.then(|| pieces.iter().flat_map(|(.., piece)| piece.iter().copied()).collect())
    }
}

/// All segments in order up to the end of the image or of what can be read. The data of a scan is stepped over
/// by the search for the next marker, and only when one asks for it.
fn segments(bytes: &[u8]) -> impl Iterator<Item = Segment<'_>> {
    let mut position = 2;
    std::iter::from_fn(move || {
        loop {
            let (marker, start) = next_marker(bytes, position)?;
            match marker {
                END_OF_IMAGE => return None,
                // Restarts in the data, a second start and the arithmetic coder's filler have no body.
                0xD0..=START_OF_IMAGE | 0x01 => position = start + 2,
                _ => {
                    let length = usize::from(u16_big(bytes, start + 2)?);
                    let body = slice(bytes, start + 4, length.checked_sub(2)?)?;
                    let end = start + 2 + length;
                    position = end;
                    return Some(Segment { marker, body, end });
                }
            }
        }
    })
}

/// The next marker and where it stands. Any number of `FF` may stand before it, and stuffing is not one.
fn next_marker(bytes: &[u8], from: usize) -> Option<(u8, usize)> {
    let mut position = from;
    loop {
        position += bytes.get(position..)?.iter().position(|byte| *byte == 0xFF)?;
        match *bytes.get(position + 1)? {
            0x00 => position += 2,
            0xFF => position += 1,
            marker => return Some((marker, position)),
        }
    }
}

/// Where the data of a scan ends: at the first marker that is no restart, or with the file.
fn end_of_scan(bytes: &[u8], from: usize) -> usize {
    let mut position = from;
    while let Some((marker, start)) = next_marker(bytes, position) {
        if !(0xD0..=0xD7).contains(&marker) {
            return start;
        }
        position = start + 2;
    }
    bytes.len()
}

/// The start-of-frame markers: all of `C0` to `CF` but the three that define tables and conditions.
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

fn read_frame(segment: &Segment<'_>) -> Option<Frame> {
    let components = *segment.body.get(5)?;
    let sampling = |component: usize| segment.body.get(7 + component * 3).copied();
    let brightness = sampling(0)?;
    let has_coarse_colours = (1..usize::from(components)).any(|component| sampling(component) != Some(brightness));
    let (height, width) = (u16_big(segment.body, 1)?, u16_big(segment.body, 3)?);
    (width > 0 && height > 0).then_some(Frame {
        width: width.into(),
        height: height.into(),
        components,
        has_coarse_colours,
        is_sequential: matches!(segment.marker, 0xC0 | 0xC1),
    })
}

fn write_segment(out: &mut Vec<u8>, marker: u8, parts: &[&[u8]]) {
    // Every body came out of a segment or is shorter than it was, so its length fits the field.
    let length = 2 + parts.iter().map(|part| part.len()).sum::<usize>();
    let Ok(length) = u16::try_from(length) else {
        return;
    };
    out.extend_from_slice(&[0xFF, marker]);
    out.extend_from_slice(&length.to_be_bytes());
    for part in parts {
        out.extend_from_slice(part);
    }
}
