//! What a picture's file tells besides the picture: where it was taken, whose camera it was.
//!
//! Nearly everything of it is taken out before publishing ([`super::variants`]); the original keeps it. EXIF is
//! read by its library, XMP and the texts of PNG are searched for in the bytes near both ends of the file,
//! where programs put them.

use std::io::Cursor;

use exif::{In, Tag, Value};
use memchr::memmem;

use super::byte_order::{array, index, slice, u32_big};

/// How much of a file is searched, at its beginning and at its end.
const NEAR: usize = 256 * 1024;

/// What a file tells of persons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Whether it says where the picture was taken.
    pub has_position: bool,
    /// Who made it or owns the camera.
    pub names: Vec<String>,
    /// Whether it has the camera's number.
    pub has_serial_number: bool,
    /// Comments and other texts.
    pub texts: Vec<String>,
}

impl Told {
    /// Whether it tells nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn add_name(&mut self, name: &str) {
        let name = name.trim().trim_matches('\0').trim();
        if !name.is_empty() && !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
    }
}

/// What a picture tells, of any format. What cannot be read tells nothing.
pub fn told(bytes: &[u8]) -> Told {
    let mut told = Told::default();
    if let Ok(exif) = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)) {
        from_exif(&exif, &mut told);
    }
    for part in near_ends(bytes) {
        from_xmp(part, &mut told);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        from_png_texts(bytes, &mut told);
    }
    told
}

/// What a vector drawing tells, which is published as it is.
pub fn told_by_drawing(bytes: &[u8]) -> Told {
    let mut told = Told::default();
    from_xmp(bytes, &mut told);
    // Drawing programs note where the file was saved to, with the name of the user's folder.
    for folder in ["\\Users\\", "/Users/", "\\Documents and Settings\\"] {
        for at in memmem::find_iter(bytes, folder) {
            let rest = bytes.get(at + folder.len()..).unwrap_or_default();
            let end = rest
                .iter()
                .position(|byte| matches!(byte, b'\\' | b'/' | b'"' | b'\'' | b'<'));
            if let Some(name) = end.and_then(|end| std::str::from_utf8(rest.get(..end)?).ok()) {
                told.add_name(name);
            }
        }
    }
    told
}

fn from_exif(exif: &exif::Exif, told: &mut Told) {
    let text = |tag: Tag| {
        let field = exif.get_field(tag, In::PRIMARY)?;
        match &field.value {
            Value::Ascii(lines) => Some(
                lines
                    .iter()
                    .map(|line| String::from_utf8_lossy(line))
                    .collect::<String>(),
            ),
            _ => None,
        }
    };
    // A phone that knows no position writes zeros, or nothing.
    let is_position = |tag: Tag| {
        let value = exif.get_field(tag, In::PRIMARY).map(|field| &field.value);
        matches!(value, Some(Value::Rational(parts)) if parts.iter().any(|part| part.num != 0))
    };
    told.has_position |= is_position(Tag::GPSLatitude) || is_position(Tag::GPSLongitude);
    for tag in [Tag::CameraOwnerName, Tag::Artist] {
        if let Some(name) = text(tag) {
            told.add_name(&name);
        }
    }
    let has_number = |tag: Tag| {
        text(tag).is_some_and(|number| number.bytes().any(|byte| byte.is_ascii_alphanumeric() && byte != b'0'))
    };
    told.has_serial_number |= has_number(Tag::BodySerialNumber) || has_number(Tag::LensSerialNumber);
    if let Some(Value::Undefined(bytes, _)) = exif.get_field(Tag::UserComment, In::PRIMARY).map(|field| &field.value)
        && let Some(text) = bytes
            .strip_prefix(b"ASCII\0\0\0")
            .and_then(|text| std::str::from_utf8(text).ok())
    {
        told.texts.push(text.to_owned());
    }
    if let Some(text) = text(Tag::ImageDescription) {
        told.texts.push(text);
    }
}

fn near_ends(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let first = &bytes[..bytes.len().min(NEAR)];
    let last = &bytes[bytes.len().saturating_sub(NEAR).max(first.len())..];
    [first, last].into_iter()
}

/// XMP, which is XML in the middle of other bytes: as attributes or as elements.
pub(crate) fn from_xmp(bytes: &[u8], told: &mut Told) {
    if memmem::find(bytes, b"<rdf:RDF").is_none() {
        return;
    }
    told.has_position |= xmp_value(bytes, "exif:GPSLatitude").is_some();
    told.has_serial_number |= ["aux:SerialNumber", "exifEX:BodySerialNumber"]
        .iter()
        .any(|key| xmp_value(bytes, key).is_some());
    for key in ["aux:OwnerName", "exifEX:CameraOwnerName", "dc:creator"] {
        if let Some(name) = xmp_value(bytes, key) {
            told.add_name(&name);
        }
    }
}

/// The value of a key of XMP, without its markup.
fn xmp_value(bytes: &[u8], key: &str) -> Option<String> {
    const LONGEST: usize = 2048;
    memmem::find_iter(bytes, key).find_map(|at| {
        let rest = bytes.get(at + key.len()..)?;
        let rest = String::from_utf8_lossy(&rest[..rest.len().min(LONGEST)]);
        let value = if let Some(value) = rest.strip_prefix("=\"") {
            value.split('"').next()?.to_owned()
        } else {
            let inside = rest.strip_prefix('>')?;
            let inside = inside.split(&format!("</{key}")).next()?;
            let texts = inside
                .split('<')
                .map(|piece| piece.rsplit('>').next().unwrap_or_default().trim());
            texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("、")
        };
        (!value.trim().is_empty()).then_some(value)
    })
}

/// The texts that PNG has by itself; those that are compressed stay unread.
fn from_png_texts(bytes: &[u8], told: &mut Told) {
    let mut at = 8;
    while let Some((length, kind)) = u32_big(bytes, at).zip(array::<4>(bytes, at + 4)) {
        let length = index(length);
        let Some(data) = slice(bytes, at + 8, length) else {
            return;
        };
        if matches!(&kind, b"tEXt" | b"iTXt") {
            let mut parts = data.splitn(2, |byte| *byte == 0);
            let key = parts.next().unwrap_or_default();
            let value = parts.next().unwrap_or_default();
            let value =
                String::from_utf8_lossy(value.rsplit(|byte| *byte == 0).next().unwrap_or_default()).into_owned();
            match key {
                b"Author" | b"Artist" => told.add_name(&value),
                b"XML:com.adobe.xmp" | b"Software" | b"Creation Time" => {}
                _ => told.texts.push(value),
            }
        }
        at = at.saturating_add(length).saturating_add(12);
    }
}
