//! Which files are published for one source image.

use super::decode::{Decoded, decode};
use super::encode::{self, LONGEST_WEBP_SIDE, WebPManner};
use super::format::Format;
use super::orientation::turn_upright;
use super::pixels::{Layout, Pixels, height_at_width};
use super::problem::PictureProblem;
use super::recipe::Recipe;
use super::source::{Facts, Source};

/// From so many bytes for a hundred colour samples of PNG on a picture is taken for a photograph. Of our test
/// pictures photographs have 40 and more, drawings and screenshots 2 to 15.
const LEAST_PHOTOGRAPH_BYTES_PER_HUNDRED_SAMPLES: usize = 25;

/// How much smaller than the lossless file a lossy one must be to be worth the smear around letters.
const LOSSY_MUST_SAVE: usize = 2;

/// One published file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Width in pixels; of a vector drawing its own width.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The format of `bytes`.
    pub format: Format,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Everything that is published for one source image: first the full picture, then its smaller variants from
/// wide to narrow, then the WebP files from wide to narrow. Never empty, and the same for the same input.
///
/// - The full picture keeps every sample and loses its metadata; only a picture that must be turned or is
///   wider than [`Recipe::full_width`] is encoded again.
/// - Smaller variants have the source's format and at most 4/5 of the full width. What is encoded anew from a
///   still GIF becomes PNG.
/// - WebP files stand beside those, and beside the full picture unless the widest variant can stand in for it.
/// - A file that would be no smaller than a wider one, or a WebP file no smaller than the same picture in the
///   source's format, is left out.
/// - Animations, vector drawings, AVIF, and JPEG with ink colours (CMYK) have no variants.
///
/// # Errors
///
/// As [`inspect`](super::inspect), and when the pixels cannot be decoded.
pub fn variants(bytes: &[u8], recipe: &Recipe) -> Result<Vec<Variant>, PictureProblem> {
    let source = Source::open(bytes)?;
    let facts = source.facts();
    let Sizes {
        full_width,
        widths,
        must_be_redrawn,
    } = Sizes::of(&source, recipe);
    if !must_be_redrawn && widths.is_empty() {
        let bytes = source.without_metadata();
        return Ok(vec![Variant {
            width: facts.width,
            height: facts.height,
            format: facts.format,
            bytes,
        }]);
    }
    let Decoded { pixels, profile } = decode(&source, bytes)?;
    let pixels = upright_at_width(pixels, &source, full_width)?;
    let workshop = Workshop::new(&source, recipe, &pixels, profile);
    let full = if must_be_redrawn {
        workshop.in_own_format(&pixels)?
    } else {
        Variant {
            width: facts.width,
            height: facts.height,
            format: facts.format,
            bytes: source.without_metadata(),
        }
    };
    workshop.all_of(full, &pixels, &widths)
}

/// Whether [`variants`] can make what the recipe asks for, found out without making it: the picture is decoded
/// where that would be necessary.
///
/// # Errors
///
/// Those of [`variants`], but for want of memory while encoding.
pub fn prove(bytes: &[u8], recipe: &Recipe) -> Result<Facts, PictureProblem> {
    let source = Source::open(bytes)?;
    let sizes = Sizes::of(&source, recipe);
    if sizes.must_be_redrawn || !sizes.widths.is_empty() {
        decode(&source, bytes)?;
    }
    Ok(source.facts())
}

/// Which sizes are made of a picture.
struct Sizes {
    /// Of the full picture, in pixels.
    full_width: u32,
    /// Of the smaller variants, the widest first.
    widths: Vec<u32>,
    /// Whether the full picture cannot be published as it is.
    must_be_redrawn: bool,
}

impl Sizes {
    fn of(source: &Source<'_>, recipe: &Recipe) -> Self {
        let width = source.facts().width;
        let full_width = width.min(recipe.full_width.max(1));
        let can_be_redrawn = source.can_be_redrawn();
        Self {
            full_width,
            widths: recipe
                .widths_below(full_width)
                .into_iter()
                .filter(|_| can_be_redrawn)
                .collect(),
            must_be_redrawn: can_be_redrawn && (!source.orientation().is_upright() || full_width < width),
        }
    }
}

/// Shrinks before turning, because turning is slow on pictures that do not fit into the cache.
fn upright_at_width(pixels: Pixels, source: &Source<'_>, full_width: u32) -> Result<Pixels, PictureProblem> {
    let orientation = source.orientation();
    let seen = orientation.turn_size((pixels.width, pixels.height));
    let pixels = if full_width < seen.0 {
        let stored = orientation.turn_size((full_width, height_at_width(seen, full_width)));
        let format = source.facts().format;
        pixels
            .resized(stored.0, stored.1)
            .ok_or(PictureProblem::EncodingFailed { format })?
    } else {
        pixels
    };
    Ok(turn_upright(pixels, orientation))
}

/// All that is decided once for a picture and holds for each of its variants.
struct Workshop<'a> {
    recipe: &'a Recipe,
    own: OwnFormat,
    profile: Option<Vec<u8>>,
    makes_webp: bool,
}

/// How to encode in the format of the source.
enum OwnFormat {
    Jpeg { has_coarse_colours: bool },
    Png { colour_chunks: Vec<u8> },
    WebP { is_lossless: bool },
}

impl<'a> Workshop<'a> {
    fn new(source: &Source<'_>, recipe: &'a Recipe, pixels: &Pixels, profile: Option<Vec<u8>>) -> Self {
        let own = match source {
            Source::Jpeg(file) => OwnFormat::Jpeg {
                has_coarse_colours: file.has_coarse_colours,
            },
            Source::Png(file) => OwnFormat::Png {
                colour_chunks: file.colour_chunks(),
            },
            Source::WebP(file) => OwnFormat::WebP {
                is_lossless: file.is_lossless,
            },
            // Shrinking blends colours into more than GIF has.
            Source::Gif(_) | Source::Svg { .. } | Source::Avif(_) => OwnFormat::Png {
                colour_chunks: Vec::new(),
            },
        };
        let colours_are_portable = match source {
            Source::Png(file) => file.has_portable_colours(),
            _ => true,
        };
        // WebP knows red, green and blue only, and a profile for gray says nothing about those.
        let profile_is_portable = profile.is_none() || matches!(pixels.layout, Layout::Rgb | Layout::Rgba);
        let makes_webp = recipe.with_webp
            && !matches!(source, Source::WebP(_))
            && colours_are_portable
            && profile_is_portable
            && pixels.width.max(pixels.height) <= LONGEST_WEBP_SIDE;
        Self {
            recipe,
            own,
            profile,
            makes_webp,
        }
    }

    fn all_of(&self, full: Variant, pixels: &Pixels, widths: &[u32]) -> Result<Vec<Variant>, PictureProblem> {
        let mut smallest_own = full.bytes.len();
        let mut smallest_webp = usize::MAX;
        let mut companions = Vec::new();
        if self.makes_webp && !widths.is_empty() && !self.recipe.widest_variant_suffices(pixels.width) {
            let companion = self.companion(pixels, smallest_own)?;
            if companion.bytes.len() < smallest_own {
                smallest_webp = companion.bytes.len();
                companions.push(companion);
            }
        }
        let mut published = vec![full];
        for width in widths {
            let height = height_at_width((pixels.width, pixels.height), *width);
            let format = self.own_format();
            let smaller = pixels
                .resized(*width, height)
                .ok_or(PictureProblem::EncodingFailed { format })?;
            let own = self.in_own_format(&smaller)?;
            let own_length = own.bytes.len();
            if own_length < smallest_own {
                smallest_own = own_length;
                published.push(own);
            }
            if self.makes_webp {
                let companion = self.companion(&smaller, own_length)?;
                if companion.bytes.len() < smallest_own.min(smallest_webp) {
                    smallest_webp = companion.bytes.len();
                    companions.push(companion);
                }
            }
        }
        published.append(&mut companions);
        Ok(published)
    }

    fn own_format(&self) -> Format {
        match self.own {
            OwnFormat::Jpeg { .. } => Format::Jpeg,
            OwnFormat::Png { .. } => Format::Png,
            OwnFormat::WebP { .. } => Format::WebP,
        }
    }

    fn in_own_format(&self, pixels: &Pixels) -> Result<Variant, PictureProblem> {
        let profile = self.profile.as_deref();
        let bytes = match &self.own {
            OwnFormat::Jpeg { has_coarse_colours } => {
                encode::jpeg(pixels, self.recipe.jpeg_quality, *has_coarse_colours, profile)?
            }
            OwnFormat::Png { colour_chunks } => encode::png(pixels, colour_chunks)?,
            OwnFormat::WebP { is_lossless } => encode::webp(pixels, self.webp_manner(*is_lossless), profile)?,
        };
        Ok(Variant {
            width: pixels.width,
            height: pixels.height,
            format: self.own_format(),
            bytes,
        })
    }

    /// The WebP file beside a file of this length in the source's format.
    fn companion(&self, pixels: &Pixels, own_length: usize) -> Result<Variant, PictureProblem> {
        let encode = |is_lossless| encode::webp(pixels, self.webp_manner(is_lossless), self.profile.as_deref());
        let colour_samples =
            pixels.width as usize * pixels.height as usize * if pixels.layout.is_gray() { 1 } else { 3 };
        let may_be_drawing = matches!(self.own, OwnFormat::Png { .. })
            && own_length * 100 < colour_samples * LEAST_PHOTOGRAPH_BYTES_PER_HUNDRED_SAMPLES;
        let mut bytes = encode(false)?;
        if may_be_drawing {
            let lossless = encode(true)?;
            if lossless.len() <= bytes.len() * LOSSY_MUST_SAVE {
                bytes = lossless;
            }
        }
        Ok(Variant {
            width: pixels.width,
            height: pixels.height,
            format: Format::WebP,
            bytes,
        })
    }

    fn webp_manner(&self, is_lossless: bool) -> WebPManner {
        WebPManner {
            is_lossless,
            quality: self.recipe.webp_quality,
            effort: self.recipe.webp_effort,
        }
    }
}
