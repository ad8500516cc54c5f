//! Bytes from strangers: cut off, with bits turned over, or with no sense at all. Nothing panics.

use proptest::prelude::*;

use super::super::decode;
use super::super::source::Source;
use super::super::{Recipe, inspect, variants};
use super::fixtures::{
    avif, exif_block, gif, jpeg_of_quarters, jpeg_with_everything, noise, png, png_with_everything, webp,
};

const DRAWING: &[u8] = b"<?xml version='1.0'?><!DOCTYPE svg><svg viewBox='0 0 9 9'><style>a{b:url(#c)}</style>\
    <![CDATA[x]]><g a=\"&amp;&#x20;\" style='\\75 rl(#d)'/><!-- e --></svg>";

fn samples() -> Vec<Vec<u8>> {
    let lossless = webp::Encoder::from_rgba(&noise(24, 18, 4), 24, 18)
        .encode_simple(true, 50.0)
        .unwrap();
    let mut progressive = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut progressive, 70);
    encoder.set_progressive(true);
    encoder
        .encode(&noise(24, 18, 3), 24, 18, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    vec![
        jpeg_with_everything(),
        jpeg_of_quarters(24, 18, &exif_block(6, false)),
        progressive,
        png_with_everything(3),
        png(24, 18, png::ColorType::GrayscaleAlpha, &noise(24, 18, 2), &[]),
        webp(24, 18, &noise(24, 18, 3), Some(8)),
        lossless.to_vec(),
        gif(24, 18, 1),
        gif(24, 18, 2),
        avif(640, 480, 1),
        DRAWING.to_vec(),
    ]
}

/// Runs everything; that it comes back is the test. What it makes must be sound.
fn survive(bytes: &[u8]) {
    let recipe = Recipe {
        widths: vec![6, 12],
        full_width: 20,
        webp_effort: 0,
        ..Recipe::default()
    };
    let facts = inspect(bytes);
    match variants(bytes, &recipe) {
        Err(_) => {}
        Ok(made) => {
            assert!(facts.is_ok());
            for variant in made {
                assert!(inspect(&variant.bytes).is_ok());
            }
        }
    }
}

#[test]
fn every_beginning_of_a_file_is_survived() {
    for sample in samples() {
        // The headers byte by byte, and the data in steps.
        let lengths = (0..sample.len()).filter(|length| *length < 150 || length % 13 == 0);
        for length in lengths {
            survive(&sample[..length]);
        }
    }
}

#[test]
fn our_own_code_and_not_the_net_below_the_decoders_catches_it() {
    // The net stays unused on whole files, or the tests above would prove nothing.
    for sample in samples() {
        let source = Source::open(&sample).unwrap();
        assert!(decode::decode(&source, &sample).is_ok() || !source.can_be_redrawn());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn turned_bits_are_survived(which in 0..11_usize, turns in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 1..6)) {
        let mut bytes = samples().swap_remove(which);
        for (place, bit) in turns {
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
        }
        survive(&bytes);
    }

    #[test]
    fn turned_bytes_near_the_start_are_survived(which in 0..11_usize, turns in prop::collection::vec((0..200_usize, any::<u8>()), 1..4), cut in any::<prop::sample::Index>()) {
        let mut bytes = samples().swap_remove(which);
        for (place, byte) in turns {
            if let Some(slot) = bytes.get_mut(place) {
                *slot = byte;
            }
        }
        let length = cut.index(bytes.len() * 2).min(bytes.len());
        survive(&bytes[..length]);
    }

    #[test]
    fn nonsense_is_survived(start in 0..11_usize, tail in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut bytes = samples().swap_remove(start);
        bytes.truncate(12);
        bytes.extend(tail);
        survive(&bytes);
    }
}
