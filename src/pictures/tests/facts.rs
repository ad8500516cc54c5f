//! What `inspect` says, and what it refuses.

use super::super::{Excess, Facts, ForeignFormat, Format, PictureProblem, inspect};
use super::fixtures::{avif, exif_block, gif, jpeg_of_quarters, noise, png, png_with_everything, webp};

fn facts(format: Format, width: u32, height: u32, animated: bool) -> Facts {
    Facts {
        format,
        width,
        height,
        animated,
    }
}

#[test]
fn sizes_are_those_that_a_reader_sees() {
    let still = |bytes: &[u8]| inspect(bytes).unwrap();
    assert_eq!(
        still(&jpeg_of_quarters(60, 40, &exif_block(1, true))),
        facts(Format::Jpeg, 60, 40, false)
    );
    assert_eq!(
        still(&jpeg_of_quarters(60, 40, &exif_block(6, false))),
        facts(Format::Jpeg, 40, 60, false)
    );
    assert_eq!(still(&png_with_everything(8)), facts(Format::Png, 24, 40, false));
    assert_eq!(
        still(&webp(50, 30, &noise(50, 30, 3), None)),
        facts(Format::WebP, 50, 30, false)
    );
    assert_eq!(
        still(&webp(50, 30, &noise(50, 30, 3), Some(5))),
        facts(Format::WebP, 30, 50, false)
    );
    assert_eq!(still(&gif(9, 7, 1)), facts(Format::Gif, 9, 7, false));
    assert_eq!(still(&avif(640, 480, 0)), facts(Format::Avif, 640, 480, false));
    assert_eq!(still(&avif(640, 480, 3)), facts(Format::Avif, 480, 640, false));
}

#[test]
fn lossless_webp_has_a_size_too() {
    let lossless = webp::Encoder::from_rgb(&noise(33, 21, 3), 33, 21)
        .encode_simple(true, 50.0)
        .unwrap();
    assert_eq!(inspect(&lossless).unwrap(), facts(Format::WebP, 33, 21, false));
}

#[test]
fn moving_pictures_are_told_from_still_ones() {
    assert_eq!(inspect(&gif(9, 7, 3)).unwrap(), facts(Format::Gif, 9, 7, true));
    let frames = 1_u32.to_be_bytes().repeat(2);
    let moving = png(8, 8, png::ColorType::Rgb, &noise(8, 8, 3), &[(*b"acTL", frames)]);
    assert_eq!(inspect(&moving).unwrap(), facts(Format::Png, 8, 8, true));
}

#[test]
fn other_formats_are_named_where_they_can_be() {
    let foreign = |bytes: &[u8]| match inspect(bytes) {
        Err(PictureProblem::UnknownFormat { resembles }) => resembles,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        foreign(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        Some(ForeignFormat::Heic)
    );
    assert_eq!(foreign(b"II*\0\x08\0\0\0"), Some(ForeignFormat::Tiff));
    assert_eq!(foreign(b"BM\x36\0\0\0"), Some(ForeignFormat::Bmp));
    assert_eq!(foreign(b"<!DOCTYPE html><html>"), Some(ForeignFormat::Html));
    assert_eq!(foreign(b"\x1F\x8B\x08\0"), Some(ForeignFormat::Gzip));
    assert_eq!(
        foreign(b"<html xmlns='http://www.w3.org/1999/xhtml'/>"),
        Some(ForeignFormat::Html)
    );
    assert_eq!(foreign(b"<rss/>"), None);
    assert_eq!(foreign(b""), None);
}

#[test]
fn too_large_is_known_before_anything_is_decoded() {
    let mut bomb = png(8, 8, png::ColorType::Rgb, &noise(8, 8, 3), &[]);
    bomb[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let excess = Excess::Pixels {
        width: 65_536,
        height: 65_536,
        allowed: 100_000_000,
    };
    assert_eq!(inspect(&bomb), Err(PictureProblem::TooLarge { excess }));

    let long = vec![0xFF; 64 * 1024 * 1024 + 1];
    let excess = Excess::Bytes {
        actual: long.len(),
        allowed: 64 * 1024 * 1024,
    };
    assert_eq!(inspect(&long), Err(PictureProblem::TooLarge { excess }));
}

#[test]
fn problems_read_as_errors() {
    let problem: Box<dyn std::error::Error> = Box::new(inspect(b"BM").unwrap_err());
    assert_eq!(problem.to_string(), "unsupported picture format Bmp");
}
