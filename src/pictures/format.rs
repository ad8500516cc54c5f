//! The formats that are published, and how a file says which one it is.

use super::problem::PictureProblem;

/// A picture format that may be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG, animated PNG included.
    Png,
    /// WebP, lossy or lossless.
    WebP,
    /// GIF.
    Gif,
    /// A vector drawing.
    Svg,
    /// AVIF: inspected and published, never decoded here.
    Avif,
}

impl Format {
    /// The file extension of a published file.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Svg => "svg",
            Self::Avif => "avif",
        }
    }

    /// The media type, as in `<source type="…">`.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Svg => "image/svg+xml",
            Self::Avif => "image/avif",
        }
    }
}

/// A format that writers do hand in, but that browsers do not all show: named so that the advice can be exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ForeignFormat {
    /// The photographs of recent iPhones.
    Heic,
    /// TIFF, which is also how most raw camera files begin.
    Tiff,
    /// Windows bitmap.
    Bmp,
    /// Photoshop document.
    Photoshop,
    /// A PDF with the name of a picture.
    Pdf,
    /// JPEG XL.
    JpegXl,
    /// Gzip, which is what `.svgz` is.
    Gzip,
    /// A web page with the name of a picture, as failed downloads leave it.
    Html,
}

/// What the first bytes say. Names of files are never asked: `WeChat` and Word misname pictures all the time.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, PictureProblem> {
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Ok(Format::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Format::Png);
    }
    if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        return Ok(Format::Gif);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(Format::WebP);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return sniff_brand(bytes);
    }
    sniff_text(bytes)
}

/// HEIC and AVIF share one container; the brands after `ftyp` tell them apart.
fn sniff_brand(bytes: &[u8]) -> Result<Format, PictureProblem> {
    let brands = bytes.get(8..bytes.len().min(64)).unwrap_or_default();
    let has = |wanted: &[&[u8]]| {
        let (quads, _) = brands.as_chunks::<4>();
        quads.iter().any(|brand| wanted.contains(&brand.as_slice()))
    };
    if has(&[b"avif", b"avis"]) {
        Ok(Format::Avif)
    } else {
        let resembles =
            has(&[b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"]).then_some(ForeignFormat::Heic);
        Err(PictureProblem::UnknownFormat { resembles })
    }
}

fn sniff_text(bytes: &[u8]) -> Result<Format, PictureProblem> {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let starts_with = |prefix: &[u8]| {
        start
            .get(..prefix.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(prefix))
    };
    if starts_with(b"<!doctype html") || starts_with(b"<html") {
        return Err(PictureProblem::UnknownFormat {
            resembles: Some(ForeignFormat::Html),
        });
    }
    if start.starts_with(b"<") {
        return Ok(Format::Svg);
    }
    let known: [(&[u8], ForeignFormat); 8] = [
        (b"II*\0", ForeignFormat::Tiff),
        (b"MM\0*", ForeignFormat::Tiff),
        (b"BM", ForeignFormat::Bmp),
        (b"8BPS", ForeignFormat::Photoshop),
        (b"%PDF-", ForeignFormat::Pdf),
        (&[0xFF, 0x0A], ForeignFormat::JpegXl),
        (b"\0\0\0\x0CJXL ", ForeignFormat::JpegXl),
        (&[0x1F, 0x8B], ForeignFormat::Gzip),
    ];
    let resembles = known
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, format)| *format);
    Err(PictureProblem::UnknownFormat { resembles })
}
