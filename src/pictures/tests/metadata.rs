//! What must not be published is in no published byte, and what makes the colours is in all of them.

use super::super::jpeg_segments::JpegFile;
use super::super::{Format, PictureProblem, Recipe, Variant, variants};
use super::fixtures::{
    Jpeg, SECRET, avif, contains, exif_block, gif, jpeg_with_everything, noise, pixels_of, png, png_with_everything,
    profile, quarters, webp,
};

fn recipe() -> Recipe {
    Recipe {
        widths: vec![12, 20],
        ..Recipe::default()
    }
}

fn made(bytes: &[u8]) -> Vec<Variant> {
    variants(bytes, &recipe()).unwrap()
}

#[test]
fn nothing_about_the_photographer_is_published() {
    let samples = noise(48, 32, 3);
    let sources = [
        jpeg_with_everything(),
        png_with_everything(1),
        png_with_everything(3),
        webp(48, 32, &samples, Some(1)),
        webp(48, 32, &samples, Some(6)),
        gif(40, 30, 1),
        gif(40, 30, 2),
        avif(640, 480, 1),
    ];
    for source in sources {
        assert!(contains(&source, SECRET));
        for Variant {
            format, width, bytes, ..
        } in made(&source)
        {
            for trace in [
                SECRET,
                b"Exif",
                b"eXIf",
                b"EXIF",
                b"tEXt",
                b"iTXt",
                b"tIME",
                b"Photoshop",
                b"XMP",
                b"xap/1.0",
            ] {
                // The table of an AVIF goes on naming the item, which is empty.
                let is_name = format == Format::Avif && trace == b"Exif";
                assert!(is_name || !contains(&bytes, trace), "{trace:?} in {format:?} {width}");
            }
        }
    }
}

#[test]
fn taking_metadata_out_changes_no_sample() {
    let samples = noise(48, 32, 3);
    for source in [
        jpeg_with_everything(),
        png_with_everything(1),
        webp(48, 32, &samples, Some(1)),
        gif(40, 30, 1),
    ] {
        assert_eq!(pixels_of(&made(&source)[0].bytes), pixels_of(&source));
    }
}

#[test]
fn a_clean_file_is_published_as_it_is() {
    let samples = noise(48, 32, 3);
    let clean_jpeg = Jpeg {
        width: 48,
        height: 32,
        samples: &samples,
        segments: vec![],
        colours: jpeg_encoder::ColorType::Rgb,
    };
    for source in [
        clean_jpeg.encode(),
        png(48, 32, png::ColorType::Rgb, &samples, &[]),
        webp(48, 32, &samples, None),
    ] {
        assert_eq!(made(&source)[0].bytes, source);
    }
}

#[test]
fn animations_are_published_whole() {
    let source = gif(40, 30, 3);
    let made = made(&source);
    assert_eq!(made.len(), 1);
    let mut decoder = gif::DecodeOptions::new().read_info(made[0].bytes.as_slice()).unwrap();
    let mut frames = 0;
    while decoder.read_next_frame().unwrap().is_some() {
        frames += 1;
    }
    assert_eq!((frames, decoder.repeat()), (3, gif::Repeat::Infinite));
}

#[test]
fn the_colour_profile_is_in_every_file() {
    let made_of_jpeg = made(&jpeg_with_everything());
    assert!(made_of_jpeg.len() > 2);
    let png_profile = {
        let mut out = Vec::new();
        let mut info = png::Info::with_size(48, 32);
        info.color_type = png::ColorType::Rgb;
        info.bit_depth = png::BitDepth::Eight;
        info.icc_profile = Some(profile(b"RGB ").into());
        let mut writer = png::Encoder::with_info(&mut out, info).unwrap().write_header().unwrap();
        writer.write_image_data(&noise(48, 32, 3)).unwrap();
        writer.finish().unwrap();
        out
    };
    for variant in made_of_jpeg.iter().chain(&made(&png_profile)) {
        let kept = match variant.format {
            Format::Jpeg => JpegFile::read(&variant.bytes).unwrap().icc_profile(),
            Format::Png => {
                let decoder = png::Decoder::new(std::io::Cursor::new(&variant.bytes));
                decoder
                    .read_info()
                    .unwrap()
                    .info()
                    .icc_profile
                    .as_ref()
                    .map(|found| found.to_vec())
            }
            _ => image_webp::WebPDecoder::new(std::io::Cursor::new(&variant.bytes))
                .unwrap()
                .icc_profile()
                .unwrap(),
        };
        assert_eq!(kept, Some(profile(b"RGB ")), "{:?} {}", variant.format, variant.width);
    }
}

#[test]
fn a_profile_of_other_colours_is_not_put_on_ours() {
    let mut icc = b"ICC_PROFILE\0\x01\x01".to_vec();
    icc.extend(profile(b"CMYK"));
    let samples = noise(48, 32, 3);
    let segments = vec![(2, icc)];
    let source = Jpeg {
        width: 48,
        height: 32,
        samples: &samples,
        segments,
        colours: jpeg_encoder::ColorType::Rgb,
    };
    assert!(
        made(&source.encode())
            .iter()
            .skip(1)
            .all(|variant| !contains(&variant.bytes, b"CMYK"))
    );
}

#[test]
fn ink_colours_are_not_recoded_but_still_cleaned_and_turned() {
    let segments = vec![(1, [b"Exif\0\0", exif_block(6, false).as_slice()].concat())];
    let samples = noise(48, 32, 4);
    let source = Jpeg {
        width: 48,
        height: 32,
        samples: &samples,
        segments,
        colours: jpeg_encoder::ColorType::Cmyk,
    };
    let made = made(&source.encode());
    assert_eq!(made.len(), 1);
    assert_eq!((made[0].width, made[0].height), (32, 48));
    assert!(!contains(&made[0].bytes, SECRET));
    // The browser turns it, so that one fact stays.
    let kept = JpegFile::read(&made[0].bytes).unwrap();
    assert_eq!((kept.orientation.number(), kept.width, kept.height), (6, 48, 32));
}

#[test]
fn scans_for_each_component_are_not_trusted_to_the_decoder() {
    let mut source = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut source, 80);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_0);
    encoder.set_optimized_huffman_tables(true);
    encoder
        .encode(&noise(48, 32, 3), 48, 32, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    let made = made(&source);
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].bytes, source);
}

#[test]
fn colours_that_only_png_can_say_stay_in_png() {
    let linear = png(
        48,
        32,
        png::ColorType::Rgb,
        &noise(48, 32, 3),
        &[(*b"gAMA", 100_000_u32.to_be_bytes().to_vec())],
    );
    let made = made(&linear);
    assert!(made.len() > 1);
    for variant in &made {
        assert_eq!(variant.format, Format::Png);
        assert!(contains(&variant.bytes, b"gAMA\0\x01\x86\xA0"));
    }
}

#[test]
fn an_avif_keeps_its_length_and_its_picture() {
    let source = avif(640, 480, 0);
    let published = &made(&source)[0].bytes;
    assert_eq!(published.len(), source.len());
    assert!(contains(published, b"coded picture"));
    assert!(
        contains(published, b"\0\0\0\0MM\0*\0\0\0\x08\0\0"),
        "the EXIF item is still one"
    );
}

#[test]
fn a_table_that_leads_into_the_tables_is_refused() {
    let mut source = avif(640, 480, 0);
    let table = source.windows(4).position(|kind| kind == b"iloc").unwrap();
    source[table + 18..table + 22].copy_from_slice(&40_u32.to_be_bytes());
    let problem = variants(&source, &recipe()).unwrap_err();
    assert_eq!(problem, PictureProblem::Malformed { format: Format::Avif });
}

#[test]
fn thumbnails_go_with_the_rest() {
    let plain = Jpeg {
        width: 16,
        height: 16,
        samples: &quarters(16, 16),
        segments: vec![],
        colours: jpeg_encoder::ColorType::Rgb,
    }
    .encode();
    let mut with_thumbnail = plain.clone();
    // The body of JFIF ends with the thumbnail's width and height; three bytes a pixel follow.
    with_thumbnail[18..20].copy_from_slice(&[1, 9]);
    with_thumbnail.splice(20..20, SECRET.iter().copied().chain([0; 4]).take(27));
    with_thumbnail[4..6].copy_from_slice(&(16_u16 + 27).to_be_bytes());
    assert_eq!(made(&with_thumbnail)[0].bytes, plain);
}
