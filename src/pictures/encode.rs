//! From pixels to files.

use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, SamplingFactor};

use super::format::Format;
use super::palette::{self, Paletted};
use super::pixels::{Layout, Pixels};
use super::png_chunks;
use super::problem::PictureProblem;
use super::webp_chunks;

/// The longest side that WebP can say.
pub(super) const LONGEST_WEBP_SIDE: u32 = 16_383;

/// How a WebP file is to be made.
#[derive(Clone, Copy)]
pub(super) struct WebPManner {
    pub(super) is_lossless: bool,
    pub(super) quality: u8,
    pub(super) effort: u8,
}

/// A baseline JPEG. Colours are stored as coarsely as the source's were, because red lettering, of which our
/// posters are full, frays at half the resolution where the source had all of it.
pub(super) fn jpeg(
    pixels: &Pixels,
    quality: u8,
    has_coarse_colours: bool,
    profile: Option<&[u8]>,
) -> Result<Vec<u8>, PictureProblem> {
    let failed = || PictureProblem::EncodingFailed { format: Format::Jpeg };
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, quality.clamp(1, 100));
    let sampling = if has_coarse_colours {
        SamplingFactor::R_4_2_0
    } else {
        SamplingFactor::R_4_4_4
    };
    encoder.set_sampling_factor(sampling);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile).map_err(|_| failed())?;
    }
    let width = u16::try_from(pixels.width).map_err(|_| failed())?;
    let height = u16::try_from(pixels.height).map_err(|_| failed())?;
    let colour_type = match pixels.layout {
        Layout::Gray => ColorType::Luma,
        Layout::Rgb => ColorType::Rgb,
        // JPEG has no transparency, and nothing that has any is ever made into one.
        Layout::GrayAlpha | Layout::Rgba => return Err(failed()),
    };
    encoder
        .encode(&pixels.samples, width, height, colour_type)
        .map_err(|_| failed())?;
    Ok(out)
}

/// A PNG, with a palette where the colours fit into one.
pub(super) fn png(pixels: &Pixels, colour_chunks: &[u8]) -> Result<Vec<u8>, PictureProblem> {
    let colours = if pixels.layout.is_gray() {
        None
    } else {
        palette::paletted(pixels)
    };
    let encoded = match colours {
        Some(paletted) => paletted_png(pixels, &paletted),
        None => plain_png(pixels),
    };
    let encoded = encoded.map_err(|_| PictureProblem::EncodingFailed { format: Format::Png })?;
    Ok(png_chunks::with_chunks_after_header(&encoded, colour_chunks))
}

fn plain_png(pixels: &Pixels) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixels.width, pixels.height);
    encoder.set_color(match pixels.layout {
        Layout::Gray => png::ColorType::Grayscale,
        Layout::GrayAlpha => png::ColorType::GrayscaleAlpha,
        Layout::Rgb => png::ColorType::Rgb,
        Layout::Rgba => png::ColorType::Rgba,
    });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels.samples)?;
    writer.finish()?;
    Ok(out)
}

fn paletted_png(pixels: &Pixels, paletted: &Paletted) -> Result<Vec<u8>, png::EncodingError> {
    let (depth, bits) = match paletted.colours.len() {
        0..=2 => (png::BitDepth::One, 1),
        3..=4 => (png::BitDepth::Two, 2),
        5..=16 => (png::BitDepth::Four, 4),
        _ => (png::BitDepth::Eight, 8),
    };
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixels.width, pixels.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(depth);
    encoder.set_compression(png::Compression::High);
    // Places in a palette are names, not amounts: differences between neighbours mean nothing.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(
        paletted
            .colours
            .iter()
            .flat_map(|[red, green, blue, _]| [*red, *green, *blue])
            .collect::<Vec<u8>>(),
    );
    let alphas: Vec<u8> = paletted
        .colours
        .iter()
        .map(|[.., alpha]| *alpha)
        .take_while(|alpha| *alpha < u8::MAX)
        .collect();
    if !alphas.is_empty() {
        encoder.set_trns(alphas);
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&packed(&paletted.places, pixels.width as usize, bits))?;
    writer.finish()?;
    Ok(out)
}

/// Several places in a byte, the first in the highest bits, each row beginning with a new byte.
fn packed(places: &[u8], width: usize, bits: usize) -> Vec<u8> {
    if bits == 8 {
        return places.to_vec();
    }
    places
        .chunks(width.max(1))
        .flat_map(|row| row.chunks(8 / bits))
        .map(|group| {
            group
                .iter()
                .zip(1_usize..)
                .fold(0, |byte, (place, number)| byte | (place << (8 - number * bits)))
        })
        .collect()
}

/// A still WebP.
pub(super) fn webp(pixels: &Pixels, manner: WebPManner, profile: Option<&[u8]>) -> Result<Vec<u8>, PictureProblem> {
    let failed = || PictureProblem::EncodingFailed { format: Format::WebP };
    let mut config = webp::WebPConfig::new().map_err(|()| failed())?;
    config.lossless = i32::from(manner.is_lossless);
    config.quality = f32::from(manner.quality.min(100));
    config.method = i32::from(manner.effort.min(6));
    let has_alpha = matches!(pixels.layout, Layout::GrayAlpha | Layout::Rgba);
    let samples = pixels.in_colour();
    let encoder = if has_alpha {
        webp::Encoder::from_rgba(&samples, pixels.width, pixels.height)
    } else {
        webp::Encoder::from_rgb(&samples, pixels.width, pixels.height)
    };
    let file = encoder.encode_advanced(&config).map_err(|_| failed())?;
    match profile {
        Some(profile) => webp_chunks::with_icc_profile(&file, profile, has_alpha).ok_or_else(failed),
        None => Ok(file.to_vec()),
    }
}
