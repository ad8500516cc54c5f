//! From files to pixels. The decoders are other people's; what they may not do is said here.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::pixels::{Layout, Pixels};
use super::problem::PictureProblem;
use super::source::Source;

/// What a decoder may allocate besides the picture itself.
const SPARE_MEMORY: usize = 128 * 1024 * 1024;

/// A decoded picture as it is stored, not yet turned.
pub(super) struct Decoded {
    pub(super) pixels: Pixels,
    /// The colour profile, if it describes colours of the kind that the pixels have.
    pub(super) profile: Option<Vec<u8>>,
}

/// Decodes a still picture.
pub(super) fn decode(source: &Source<'_>, bytes: &[u8]) -> Result<Decoded, PictureProblem> {
    let undecodable = || PictureProblem::Undecodable {
        format: source.facts().format,
    };
    // A decoder that stumbles over hostile bytes spoils one picture and not the build. Nothing that it worked
    // on is looked at afterwards.
    let decoded = catch_unwind(AssertUnwindSafe(|| match source {
        Source::Jpeg(file) => decode_jpeg(bytes).map(|pixels| (pixels, file.icc_profile())),
        Source::Png(_) => decode_png(bytes),
        Source::WebP(_) => decode_webp(bytes),
        Source::Gif(_) => decode_gif(bytes).map(|pixels| (pixels, None)),
        Source::Svg { .. } | Source::Avif(_) => None,
    }));
    let (pixels, profile) = decoded.ok().flatten().ok_or_else(undecodable)?;
    // The limits were checked on the size that the container gives.
    if (pixels.width, pixels.height) != source.stored_size() {
        return Err(undecodable());
    }
    let profile = profile.filter(|profile| describes(profile, pixels.layout));
    Ok(Decoded {
        pixels: pixels.without_idle_alpha(),
        profile,
    })
}

/// Whether the profile's colour space, which stands at byte 16, is that of the pixels.
fn describes(profile: &[u8], layout: Layout) -> bool {
    let expected: &[u8] = if layout.is_gray() { b"GRAY" } else { b"RGB " };
    profile.get(16..20) == Some(expected)
}

fn decode_jpeg(bytes: &[u8]) -> Option<Pixels> {
    use zune_jpeg::zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};

    let side = usize::from(u16::MAX);
    // Not strict: pictures from the wild have small flaws that no viewer minds.
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(side)
        .set_max_height(side);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let (layout, colours) = match decoder.input_colorspace()? {
        ColorSpace::Luma => (Layout::Gray, ColorSpace::Luma),
        _ => (Layout::Rgb, ColorSpace::RGB),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(colours));
    let samples = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    Pixels::new(u32::try_from(width).ok()?, u32::try_from(height).ok()?, layout, samples)
}

fn decode_png(bytes: &[u8]) -> Option<(Pixels, Option<Vec<u8>>)> {
    let limits = png::Limits { bytes: SPARE_MEMORY };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let mut samples = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut samples).ok()?;
    samples.truncate(frame.buffer_size());
    let layout = match frame.color_type {
        png::ColorType::Grayscale => Layout::Gray,
        png::ColorType::GrayscaleAlpha => Layout::GrayAlpha,
        png::ColorType::Rgb => Layout::Rgb,
        png::ColorType::Rgba => Layout::Rgba,
        png::ColorType::Indexed => return None,
    };
    let profile = reader.info().icc_profile.as_ref().map(|profile| profile.to_vec());
    Some((Pixels::new(frame.width, frame.height, layout, samples)?, profile))
}

fn decode_webp(bytes: &[u8]) -> Option<(Pixels, Option<Vec<u8>>)> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).ok()?;
    let length = decoder.output_buffer_size()?;
    decoder.set_memory_limit(length.saturating_add(SPARE_MEMORY));
    let mut samples = vec![0; length];
    decoder.read_image(&mut samples).ok()?;
    let (width, height) = decoder.dimensions();
    let layout = if decoder.has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let profile = decoder.icc_profile().ok().flatten();
    Some((Pixels::new(width, height, layout, samples)?, profile))
}

fn decode_gif(bytes: &[u8]) -> Option<Pixels> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    options.check_frame_consistency(true);
    let mut decoder = options.read_info(bytes).ok()?;
    let (width, height) = (decoder.width(), decoder.height());
    let frame = decoder.read_next_frame().ok()??;
    let mut samples = vec![0; usize::from(width) * usize::from(height) * 4];
    // The one frame may be smaller than the picture, and what it leaves bare is transparent.
    let (row_length, frame_row_length) = (usize::from(width) * 4, usize::from(frame.width) * 4);
    let indent = usize::from(frame.left) * 4;
    let target_rows = samples.chunks_exact_mut(row_length).skip(usize::from(frame.top));
    for (target, row) in target_rows.zip(frame.buffer.chunks_exact(frame_row_length.max(1))) {
        target.get_mut(indent..indent + frame_row_length)?.copy_from_slice(row);
    }
    Pixels::new(width.into(), height.into(), Layout::Rgba, samples)
}
