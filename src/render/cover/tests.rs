//! What every cover keeps to.

use std::collections::HashSet;

use super::{CoverKind, Seed, cover_svg};

const KINDS: [CoverKind; 6] = [
    CoverKind::Case,
    CoverKind::Point,
    CoverKind::Park,
    CoverKind::Alliance,
    CoverKind::Route,
    CoverKind::Roundtable,
];

fn cover(kind: CoverKind, key: &str) -> String {
    cover_svg(&Seed { kind, key, title: "" })
}

#[test]
fn twelve_thousand_entries_give_twelve_thousand_pictures() {
    let mut seen = HashSet::new();
    for kind in KINDS {
        for number in 0..2_000 {
            assert!(
                seen.insert(cover(kind, &format!("entries/{number}"))),
                "{kind:?} {number} repeats an earlier picture"
            );
        }
    }
}

#[test]
fn every_picture_is_small_and_plain() {
    for kind in KINDS {
        for number in 0..1_000 {
            let svg = cover(kind, &format!("entries/{number}"));
            assert!(svg.len() <= 6 * 1024, "{kind:?} {number}: {}", svg.len());
            for forbidden in [" id=", "href", "url(", "<text", "<style", "NaN", "inf"] {
                assert!(!svg.contains(forbidden), "{kind:?} {number}: {forbidden}");
            }
        }
    }
}

#[test]
fn only_colours_of_the_palette_are_used() {
    let palette = [
        "#fbf8f2", "#f0e8d9", "#ddd2bf", "#b0161d", "#8f1017", "#23343a", "#35494f", "#84908f", "#d3d5d0", "#b8923f",
    ];
    for kind in KINDS {
        for number in 0..500 {
            let svg = cover(kind, &format!("b/{number}"));
            for part in svg.split("\"#").skip(1) {
                let colour = format!("#{}", part.get(..6).unwrap_or_default());
                assert!(palette.contains(&colour.as_str()), "{kind:?}: {colour}");
            }
        }
    }
}

#[test]
fn the_title_counts_only_without_a_key() {
    let of = |key, title| {
        cover_svg(&Seed {
            kind: CoverKind::Case,
            key,
            title,
        })
    };
    assert_eq!(of("cases/a", "旧题"), of("cases/a", "新题"));
    assert_ne!(of("", "旧题"), of("", "新题"));
}

#[test]
fn the_bytes_do_not_change_from_one_version_to_the_next() {
    let digest = KINDS.iter().fold(0u64, |sum, &kind| {
        (0..50).fold(sum, |sum, number| {
            cover(kind, &format!("fixed/{number}")).bytes().fold(sum, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            })
        })
    });
    assert_eq!(
        digest, 10_568_861_619_217_484_622,
        "bless the new value if the change is meant"
    );
}
