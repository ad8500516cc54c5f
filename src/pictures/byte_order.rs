//! Reading numbers out of bytes that may end too soon: every function answers `None` past the end.

/// The `length` bytes from `start` on.
pub(super) fn slice(bytes: &[u8], start: usize, length: usize) -> Option<&[u8]> {
    bytes.get(start..start.checked_add(length)?)
}

/// The `N` bytes from `start` on, as an array.
pub(super) fn array<const N: usize>(bytes: &[u8], start: usize) -> Option<[u8; N]> {
    slice(bytes, start, N)?.try_into().ok()
}

pub(super) fn u16_big(bytes: &[u8], start: usize) -> Option<u16> {
    array(bytes, start).map(u16::from_be_bytes)
}

pub(super) fn u16_little(bytes: &[u8], start: usize) -> Option<u16> {
    array(bytes, start).map(u16::from_le_bytes)
}

pub(super) fn u24_little(bytes: &[u8], start: usize) -> Option<u32> {
    let [low, middle, high] = array(bytes, start)?;
    Some(u32::from_le_bytes([low, middle, high, 0]))
}

pub(super) fn u32_big(bytes: &[u8], start: usize) -> Option<u32> {
    array(bytes, start).map(u32::from_be_bytes)
}

pub(super) fn u32_little(bytes: &[u8], start: usize) -> Option<u32> {
    array(bytes, start).map(u32::from_le_bytes)
}

/// A length field as an index. A length that does not fit points past every end, which is what it means.
pub(super) fn index(length: u32) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}
