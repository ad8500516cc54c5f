//! The one fact of EXIF that matters to a reader: which way up the picture is.

use super::byte_order::{array, index};
use super::orientation::Orientation;

/// What stands before the EXIF block in a JPEG segment, and now and then in a WebP chunk.
pub(super) const SEGMENT_PREFIX: &[u8] = b"Exif\0\0";

const ORIENTATION_TAG: u16 = 0x0112;

/// The orientation that an EXIF block gives. A block that cannot be read gives none, as in browsers.
pub(super) fn orientation(block: &[u8]) -> Orientation {
    let tiff = block.strip_prefix(SEGMENT_PREFIX).unwrap_or(block);
    orientation_number(tiff)
        .and_then(Orientation::from_number)
        .unwrap_or_default()
}

fn orientation_number(tiff: &[u8]) -> Option<u16> {
    let big_endian = match array(tiff, 0)? {
        [b'M', b'M', 0, 42] => true,
        [b'I', b'I', 42, 0] => false,
        _ => return None,
    };
    let read_u16 = |start| {
        let bytes = array(tiff, start)?;
        Some(if big_endian {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        })
    };
    let read_u32 = |start| {
        let bytes = array(tiff, start)?;
        Some(if big_endian {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        })
    };
    let directory = index(read_u32(4)?);
    let entries = read_u16(directory)?;
    for entry in 0..usize::from(entries) {
        let start = directory.checked_add(2)?.checked_add(entry * 12)?;
        if read_u16(start)? == ORIENTATION_TAG {
            return read_u16(start.checked_add(8)?);
        }
    }
    None
}

/// A whole EXIF block that says nothing but the orientation: for the rare picture that cannot be turned here.
pub(super) fn orientation_alone(orientation: Orientation) -> Vec<u8> {
    let mut block = SEGMENT_PREFIX.to_vec();
    block.extend_from_slice(b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    block.push(orientation.number());
    block.extend_from_slice(&[0; 6]);
    block
}
