//! How pictures are made: everything besides the source's bytes that has a say in the result.

use serde::{Deserialize, Serialize};

/// Part of every cache key. Raise it with every change that changes published bytes: in this module, or in
/// the versions of the encoders, the decoders or the resizer.
const VERSION: u32 = 1;

/// How much wider than a variant a picture must be, as a fraction. A variant that is nearly as wide as the
/// full picture costs a file and saves a reader next to nothing.
const WIDER_BY: (u64, u64) = (5, 4);

/// What to make of a picture. Serialisable, and all of it is in [`Recipe::key`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recipe {
    /// Widths of the smaller variants in pixels, in any order.
    pub widths: Vec<u32>,
    /// The widest that anything is published. Wider pictures are made narrower.
    pub full_width: u32,
    /// JPEG quality, 1 to 100.
    pub jpeg_quality: u8,
    /// Whether WebP files are made beside the original format.
    pub with_webp: bool,
    /// Quality of lossy WebP, 0 to 100.
    pub webp_quality: u8,
    /// How long the WebP encoder searches, 0 to 6.
    pub webp_effort: u8,
}

impl Default for Recipe {
    /// Effort 2 takes a third of the time of libwebp's own default of 4 for files 2 to 9 % larger (measured on
    /// five synthetic photographs at 1600 pixels); a first build without a cache is where it matters.
    fn default() -> Self {
        Self {
            widths: vec![480, 800, 1200, 1600],
            full_width: 2400,
            jpeg_quality: 80,
            with_webp: true,
            webp_quality: 80,
            webp_effort: 2,
        }
    }
}

impl Recipe {
    /// The whole picture and nothing besides: for plans, on which places are given in pixels.
    #[must_use]
    pub fn own_pixels() -> Self {
        Self {
            widths: Vec::new(),
            full_width: u32::MAX,
            with_webp: false,
            ..Self::default()
        }
    }

    /// The name under which the result for a source of this content hash may be kept. Two recipes have the
    /// same key only if they make the same files. Safe as a file name if the hash is.
    #[must_use]
    pub fn key(&self, content_hash: &str) -> String {
        // Taken apart field by field, so that a field added later cannot be forgotten here.
        let Self {
            widths: _,
            full_width,
            jpeg_quality,
            with_webp,
            webp_quality,
            webp_effort,
        } = self;
        let widths: Vec<String> = self.descending_widths().iter().map(u32::to_string).collect();
        let widths = widths.join(".");
        let companions = if *with_webp { "both" } else { "own" };
        format!(
            "pictures{VERSION}-f{full_width}-w{widths}-j{jpeg_quality}-p{webp_quality}e{webp_effort}-{companions}-{content_hash}"
        )
    }

    /// The widths of the smaller variants of a picture of this width, the widest first.
    pub(super) fn widths_below(&self, full_width: u32) -> Vec<u32> {
        let (numerator, denominator) = WIDER_BY;
        let mut widths = self.descending_widths();
        widths.retain(|width| u64::from(full_width) * denominator >= u64::from(*width) * numerator);
        widths
    }

    /// Whether the full width is too far above the widest variant for that variant to stand in for it.
    pub(super) fn widest_variant_suffices(&self, full_width: u32) -> bool {
        let widest = self.descending_widths().first().copied();
        widest.is_some_and(|widest| self.widths_below(full_width).contains(&widest))
    }

    fn descending_widths(&self) -> Vec<u32> {
        let mut widths: Vec<u32> = self.widths.iter().copied().filter(|width| *width > 0).collect();
        widths.sort_unstable_by(|left, right| right.cmp(left));
        widths.dedup();
        widths
    }
}
