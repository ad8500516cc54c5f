//! Few colours: drawings, screenshots and logos, which are smallest and sharpest with a palette.

use std::collections::HashMap;

use super::pixels::{Layout, Pixels};

/// Most colours that a PNG palette holds.
const MOST_COLOURS: usize = 256;

/// A picture as places in a list of colours.
pub(super) struct Paletted {
    /// Red, green, blue, alpha; the colours that are not opaque come first, as `tRNS` wants them.
    pub(super) colours: Vec<[u8; 4]>,
    /// One place a pixel.
    pub(super) places: Vec<u8>,
}

/// The picture with a palette, or nothing if it has too many colours.
pub(super) fn paletted(pixels: &Pixels) -> Option<Paletted> {
    let mut found: HashMap<[u8; 4], u8> = HashMap::new();
    let mut colours: Vec<[u8; 4]> = Vec::new();
    let mut places = Vec::new();
    let mut last: Option<([u8; 4], u8)> = None;
    for colour in colours_of(pixels) {
        // Neighbours are mostly equal, and comparing is far cheaper than hashing.
        let place = match last {
            Some((same, place)) if same == colour => place,
            _ => match found.get(&colour) {
                Some(place) => *place,
                None if colours.len() == MOST_COLOURS => return None,
                None => {
                    let place = u8::try_from(colours.len()).ok()?;
                    colours.push(colour);
                    found.insert(colour, place);
                    place
                }
            },
        };
        last = Some((colour, place));
        places.push(place);
    }
    Some(transparent_first(&colours, places))
}

fn colours_of(pixels: &Pixels) -> impl Iterator<Item = [u8; 4]> {
    let layout = pixels.layout;
    pixels
        .samples
        .chunks_exact(layout.channels())
        .map(move |pixel| match (layout, pixel) {
            (Layout::Rgba, [red, green, blue, alpha]) => [*red, *green, *blue, *alpha],
            (Layout::Rgb, [red, green, blue]) => [*red, *green, *blue, u8::MAX],
            (Layout::GrayAlpha, [gray, alpha]) => [*gray, *gray, *gray, *alpha],
            (_, [gray, ..]) => [*gray, *gray, *gray, u8::MAX],
            (_, []) => [0; 4],
        })
}

fn transparent_first(colours: &[[u8; 4]], mut places: Vec<u8>) -> Paletted {
    let mut order: Vec<usize> = (0..colours.len()).collect();
    order.sort_by_key(|place| colours.get(*place).is_some_and(|[.., alpha]| *alpha == u8::MAX));
    let sorted: Vec<[u8; 4]> = order.iter().filter_map(|place| colours.get(*place).copied()).collect();
    let mut new_place = [0_u8; MOST_COLOURS];
    for (place, old) in (0..=u8::MAX).zip(&order) {
        if let Some(slot) = new_place.get_mut(*old) {
            *slot = place;
        }
    }
    for place in &mut places {
        *place = new_place.get(usize::from(*place)).copied().unwrap_or_default();
    }
    Paletted {
        colours: sorted,
        places,
    }
}
