//! Which widths are made, that they are worth it, and that the same bytes come out every time.

use super::super::decode::decode;
use super::super::pixels::Layout;
use super::super::source::Source;
use super::super::{Format, Recipe, Variant, variants};
use super::fixtures::{Jpeg, exif_block, gif, jpeg_of_noise, noise, pixels_of, png, quarters, webp};

fn recipe() -> Recipe {
    Recipe {
        widths: vec![48, 80, 120, 160],
        full_width: 240,
        ..Recipe::default()
    }
}

fn widths(made: &[Variant], format: Format) -> Vec<u32> {
    made.iter()
        .filter(|variant| variant.format == format)
        .map(|variant| variant.width)
        .collect()
}

#[test]
fn variants_are_narrower_by_a_fifth_at_least() {
    for (width, expected) in [
        (300, vec![240, 160, 120, 80, 48]),
        (200, vec![200, 160, 120, 80, 48]),
        (199, vec![199, 120, 80, 48]),
        (100, vec![100, 80, 48]),
        (99, vec![99, 48]),
        (60, vec![60, 48]),
        (59, vec![59]),
    ] {
        let made = variants(&jpeg_of_noise(width, 60), &recipe()).unwrap();
        assert_eq!(widths(&made, Format::Jpeg), expected);
    }
}

#[test]
fn the_aspect_is_kept() {
    let made = variants(&jpeg_of_noise(300, 200), &recipe()).unwrap();
    assert_eq!((made[0].width, made[0].height), (240, 160));
    for variant in &made {
        assert_eq!(variant.height, (variant.width * 2 + 1) / 3);
        assert_eq!(pixels_of(&variant.bytes).0, variant.width);
        assert_eq!(pixels_of(&variant.bytes).1, variant.height);
    }
    let strip = variants(&jpeg_of_noise(300, 1), &recipe()).unwrap();
    assert!(strip.iter().all(|variant| variant.height == 1));
}

#[test]
fn webp_reaches_as_far_as_it_is_needed() {
    // The widest variant stands in for a full picture that is much wider, and cannot for one that is not.
    let wide = variants(&jpeg_of_noise(300, 200), &recipe()).unwrap();
    assert_eq!(widths(&wide, Format::WebP), [160, 120, 80, 48]);
    let middling = variants(&jpeg_of_noise(190, 120), &recipe()).unwrap();
    assert_eq!(widths(&middling, Format::WebP), [190, 120, 80, 48]);
    let small = variants(&jpeg_of_noise(59, 40), &recipe()).unwrap();
    assert!(widths(&small, Format::WebP).is_empty());
    let without = variants(
        &jpeg_of_noise(300, 200),
        &Recipe {
            with_webp: false,
            ..recipe()
        },
    )
    .unwrap();
    assert!(widths(&without, Format::WebP).is_empty());
}

#[test]
fn every_file_is_smaller_than_what_it_replaces() {
    let sources = [
        jpeg_of_noise(300, 200),
        png(300, 200, png::ColorType::Rgb, &noise(300, 200, 3), &[]),
        png(300, 200, png::ColorType::Rgba, &noise(300, 200, 4), &[]),
        png(300, 200, png::ColorType::Grayscale, &noise(300, 200, 1), &[]),
        png(300, 200, png::ColorType::Rgb, &quarters(300, 200), &[]),
        webp(300, 200, &noise(300, 200, 3), None),
        gif(200, 130, 1),
    ];
    for source in sources {
        let made = variants(&source, &recipe()).unwrap();
        for pair in made.windows(2).filter(|pair| pair[0].format == pair[1].format) {
            assert!(pair[1].width < pair[0].width);
            assert!(pair[1].bytes.len() < pair[0].bytes.len());
        }
        for companion in made.iter().filter(|variant| variant.format == Format::WebP) {
            let same_width = |other: &&Variant| other.width == companion.width && other.format != Format::WebP;
            if let Some(original) = made.iter().find(same_width) {
                assert!(companion.bytes.len() < original.bytes.len());
            }
        }
    }
}

#[test]
fn png_stays_png_and_few_colours_get_a_palette() {
    // Upside down, so that it must be encoded again.
    let turned = (*b"eXIf", exif_block(3, true));
    let source = png(100, 60, png::ColorType::Rgba, &quarters_with_alpha(100, 60), &[turned]);
    let full = &variants(&source, &recipe()).unwrap()[0];
    assert_eq!((full.format, full.width, full.height), (Format::Png, 100, 60));
    let (depth, colour_type) = (full.bytes[24], full.bytes[25]);
    assert_eq!((depth, colour_type), (2, 3), "four colours in a palette");
    let opened = Source::open(&full.bytes).unwrap();
    let found = decode(&opened, &full.bytes).unwrap().pixels.samples;
    let expected: Vec<u8> = quarters_with_alpha(100, 60)
        .chunks_exact(4)
        .rev()
        .flat_map(<[u8]>::to_vec)
        .collect();
    assert!(found == expected);
}

#[test]
fn transparency_survives() {
    let source = png(300, 200, png::ColorType::Rgba, &noise(300, 200, 4), &[]);
    for variant in variants(&source, &recipe()).unwrap() {
        let opened = Source::open(&variant.bytes).unwrap();
        let pixels = decode(&opened, &variant.bytes).unwrap().pixels;
        assert_eq!(pixels.layout, Layout::Rgba, "{:?} {}", variant.format, variant.width);
    }
}

#[test]
fn gray_stays_gray() {
    let samples = noise(300, 200, 1);
    let colours = jpeg_encoder::ColorType::Luma;
    let source = Jpeg {
        width: 300,
        height: 200,
        samples: &samples,
        segments: vec![],
        colours,
    }
    .encode();
    let made = variants(&source, &recipe()).unwrap();
    let components = |bytes: &[u8]| {
        let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        bytes[frame + 9]
    };
    for variant in made.iter().filter(|variant| variant.format == Format::Jpeg) {
        assert_eq!(components(&variant.bytes), 1);
    }
    assert!(!widths(&made, Format::WebP).is_empty());
}

#[test]
fn a_still_gif_shrinks_to_png() {
    let made = variants(&gif(100, 70, 1), &recipe()).unwrap();
    assert_eq!((made[0].format, made[0].width), (Format::Gif, 100));
    assert!(made.iter().skip(1).all(|variant| variant.format != Format::Gif));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for source in [
        jpeg_of_noise(300, 200),
        png(300, 200, png::ColorType::Rgba, &noise(300, 200, 4), &[]),
    ] {
        let first = variants(&source, &recipe()).unwrap();
        let elsewhere = std::thread::spawn(move || variants(&source, &recipe()).unwrap())
            .join()
            .unwrap();
        assert_eq!(first, elsewhere);
    }
}

#[test]
fn keys_name_all_that_matters() {
    let plain = Recipe::default();
    assert_eq!(
        plain.key("abc"),
        "pictures1-f2400-w1600.1200.800.480-j80-p80e2-both-abc"
    );
    let others = [
        Recipe {
            widths: vec![480],
            ..plain.clone()
        },
        Recipe {
            full_width: 2000,
            ..plain.clone()
        },
        Recipe {
            jpeg_quality: 81,
            ..plain.clone()
        },
        Recipe {
            webp_quality: 81,
            ..plain.clone()
        },
        Recipe {
            webp_effort: 3,
            ..plain.clone()
        },
        Recipe {
            with_webp: false,
            ..plain.clone()
        },
    ];
    for other in &others {
        assert_ne!(other.key("abc"), plain.key("abc"));
    }
    assert_ne!(plain.key("abc"), plain.key("abd"));
    let shuffled = Recipe {
        widths: vec![800, 1600, 480, 1200, 800],
        ..plain.clone()
    };
    assert_eq!(shuffled.key("abc"), plain.key("abc"));
}

/// Kept pictures are taken for good by their key, so bytes that change need a key that changes.
#[test]
#[cfg(target_arch = "x86_64")]
fn published_bytes_are_those_of_this_version() {
    let sources = [
        jpeg_of_noise(300, 200),
        png(300, 200, png::ColorType::Rgba, &noise(300, 200, 4), &[]),
        png(300, 200, png::ColorType::Rgb, &quarters(300, 200), &[]),
        webp(300, 200, &noise(300, 200, 3), None),
        gif(200, 130, 1),
    ];
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for source in sources {
        for variant in variants(&source, &recipe()).unwrap() {
            for byte in variant.bytes {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
        }
    }
    assert_eq!(
        hash, 0xCEC0_2EFD_C90B_8B00,
        "raise VERSION in recipe.rs, then put {hash:#018X} here"
    );
}

fn quarters_with_alpha(width: u32, height: u32) -> Vec<u8> {
    quarters(width, height)
        .chunks_exact(3)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2], pixel[0]])
        .collect()
}
