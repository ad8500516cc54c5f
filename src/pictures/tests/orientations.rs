//! All eight ways of holding a camera, by the colours of the quarters.

use super::super::{Format, Recipe, inspect, variants};
use super::fixtures::{self, QUARTERS, contains, exif_block, jpeg_of_quarters, pixels_of, png, quarters, webp};

/// For each EXIF orientation, which stored quarter is seen top left, top right, bottom left, bottom right.
const SEEN: [[usize; 4]; 8] = [
    [0, 1, 2, 3],
    [1, 0, 3, 2],
    [3, 2, 1, 0],
    [2, 3, 0, 1],
    [0, 2, 1, 3],
    [2, 0, 3, 1],
    [3, 1, 2, 0],
    [1, 3, 0, 2],
];

fn assert_quarters(bytes: &[u8], expected: [usize; 4], context: &str) {
    let (width, height, samples) = pixels_of(bytes);
    let places = [(1, 1), (3, 1), (1, 3), (3, 3)];
    for ((column, row), quarter) in places.into_iter().zip(expected) {
        let place = ((height * row / 4 * width + width * column / 4) * 3) as usize;
        let found = &samples[place..place + 3];
        let is_near = found
            .iter()
            .zip(QUARTERS[quarter])
            .all(|(found, wanted)| found.abs_diff(wanted) < 24);
        assert!(
            is_near,
            "{context}: quarter {column},{row} is {found:?}, expected {:?}",
            QUARTERS[quarter]
        );
    }
}

fn check_all(format: Format, source_of: impl Fn(u16) -> Vec<u8>) {
    let recipe = Recipe {
        widths: vec![32],
        ..Recipe::default()
    };
    for (number, seen) in (1..).zip(SEEN) {
        let bytes = source_of(number);
        let facts = inspect(&bytes).unwrap();
        let expected_size = if number < 5 { (96, 64) } else { (64, 96) };
        assert_eq!((facts.width, facts.height), expected_size, "{format:?} {number}");
        let made = variants(&bytes, &recipe).unwrap();
        assert_eq!(
            (made[0].width, made[0].height, made[0].format),
            (facts.width, facts.height, format)
        );
        // Four flat quarters are so few bytes of PNG that nothing smaller can be made of them.
        assert!(made.len() > 1 || format == Format::Png, "{format:?} {number}");
        for variant in &made {
            let context = format!("{format:?} {number}, {:?} {}", variant.format, variant.width);
            assert_quarters(&variant.bytes, seen, &context);
            let (width, height, _) = pixels_of(&variant.bytes);
            assert_eq!((width, height), (variant.width, variant.height), "{context}");
            // Whoever reads the file must not turn it once more.
            let again = inspect(&variant.bytes).unwrap();
            assert_eq!(
                (again.width, again.height),
                (variant.width, variant.height),
                "{context}"
            );
            assert!(!contains(&variant.bytes, fixtures::SECRET), "{context}");
        }
    }
}

#[test]
fn jpeg_is_turned_upright() {
    check_all(Format::Jpeg, |number| {
        jpeg_of_quarters(96, 64, &exif_block(number, true))
    });
    check_all(Format::Jpeg, |number| {
        jpeg_of_quarters(96, 64, &exif_block(number, false))
    });
}

#[test]
fn png_is_turned_upright() {
    check_all(Format::Png, |number| {
        let exif = (*b"eXIf", exif_block(number, true));
        png(96, 64, png::ColorType::Rgb, &quarters(96, 64), &[exif])
    });
}

#[test]
fn webp_is_turned_upright() {
    check_all(Format::WebP, |number| webp(96, 64, &quarters(96, 64), Some(number)));
}

#[test]
fn a_turned_picture_wider_than_allowed_is_shrunk_to_the_width_that_is_seen() {
    let recipe = Recipe {
        widths: vec![],
        full_width: 32,
        ..Recipe::default()
    };
    let made = variants(&jpeg_of_quarters(96, 64, &exif_block(6, true)), &recipe).unwrap();
    assert_eq!((made[0].width, made[0].height), (32, 48));
    assert_quarters(&made[0].bytes, SEEN[5], "shrunk");
}

#[test]
fn an_impossible_orientation_is_none() {
    for number in [0, 9, 255, 256] {
        let facts = inspect(&jpeg_of_quarters(96, 64, &exif_block(number, true))).unwrap();
        assert_eq!((facts.width, facts.height), (96, 64));
    }
}
