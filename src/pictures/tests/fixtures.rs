//! Small pictures of every format, with and without the things that must go.

use super::super::exif;

/// Stands in every piece of metadata of every fixture.
pub(super) const SECRET: &[u8] = b"GEHEIM-31.2304-121.4737";

/// The colours of the quarters: top left, top right, bottom left, bottom right.
pub(super) const QUARTERS: [[u8; 3]; 4] = [[200, 30, 30], [30, 170, 40], [30, 40, 190], [240, 240, 240]];

/// A picture whose quarters differ, three bytes a pixel.
pub(super) fn quarters(width: u32, height: u32) -> Vec<u8> {
    let rows = (0..height).flat_map(|row| (0..width).map(move |column| (row, column)));
    rows.flat_map(|(row, column)| QUARTERS[usize::from(row >= height / 2) * 2 + usize::from(column >= width / 2)])
        .collect()
}

/// A picture with many colours that compresses like a photograph.
pub(super) fn noise(width: u32, height: u32, channels: u32) -> Vec<u8> {
    let mut state = 0x9E37_79B9_u32;
    (0..width * height * channels)
        .map(|place| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let slope = place / channels * 200 / (width * height);
            u8::try_from(slope + (state >> 24) % 56).unwrap()
        })
        .collect()
}

/// An EXIF block with a camera, an orientation and a place, in either byte order.
pub(super) fn exif_block(orientation: u16, is_big_endian: bool) -> Vec<u8> {
    let short = |number: u16| {
        if is_big_endian {
            number.to_be_bytes()
        } else {
            number.to_le_bytes()
        }
    };
    let long = |number: u32| {
        if is_big_endian {
            number.to_be_bytes()
        } else {
            number.to_le_bytes()
        }
    };
    let secret_length = u32::try_from(SECRET.len()).unwrap();
    let mut block = if is_big_endian { b"MM".to_vec() } else { b"II".to_vec() };
    block.extend(short(42));
    block.extend(long(8));
    block.extend(short(3));
    let mut entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        block.extend(short(tag));
        block.extend(short(kind));
        block.extend(long(count));
        block.extend(value);
    };
    let after_directory = 8 + 2 + 3 * 12 + 4;
    entry(0x010F, 2, secret_length, long(after_directory));
    let [first, second] = short(orientation);
    entry(0x0112, 3, 1, [first, second, 0, 0]);
    entry(0x8825, 4, 1, long(after_directory + secret_length));
    block.extend(long(0));
    block.extend(SECRET);
    // A GPS directory of one entry: the latitude's reference.
    block.extend(short(1));
    block.extend(short(1));
    block.extend(short(2));
    block.extend(long(2));
    block.extend(b"N\0\0\0");
    block.extend(long(0));
    block
}

/// A colour profile as far as anyone here looks into it.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "byte strings are written as references"
)]
pub(super) fn profile(space: &[u8; 4]) -> Vec<u8> {
    let mut profile = vec![7; 200];
    profile[16..20].copy_from_slice(space);
    profile
}

pub(super) struct Jpeg<'a> {
    pub(super) width: u16,
    pub(super) height: u16,
    pub(super) samples: &'a [u8],
    pub(super) segments: Vec<(u8, Vec<u8>)>,
    pub(super) colours: jpeg_encoder::ColorType,
}

impl Jpeg<'_> {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut out, 95);
        for (number, body) in &self.segments {
            encoder.add_app_segment(*number, body.clone()).unwrap();
        }
        encoder
            .encode(self.samples, self.width, self.height, self.colours)
            .unwrap();
        out
    }
}

/// A JPEG of quarters with an EXIF segment and these further ones.
pub(super) fn jpeg_of_quarters(width: u16, height: u16, exif: &[u8]) -> Vec<u8> {
    let segments = vec![(1, [exif::SEGMENT_PREFIX, exif].concat())];
    let samples = quarters(width.into(), height.into());
    Jpeg {
        width,
        height,
        samples: &samples,
        segments,
        colours: jpeg_encoder::ColorType::Rgb,
    }
    .encode()
}

/// A JPEG without any metadata.
pub(super) fn jpeg_of_noise(width: u16, height: u16) -> Vec<u8> {
    let samples = noise(width.into(), height.into(), 3);
    Jpeg {
        width,
        height,
        samples: &samples,
        segments: Vec::new(),
        colours: jpeg_encoder::ColorType::Rgb,
    }
    .encode()
}

/// A JPEG with everything in it that phones and programs write.
pub(super) fn jpeg_with_everything() -> Vec<u8> {
    let samples = noise(48, 32, 3);
    let mut icc = b"ICC_PROFILE\0\x01\x01".to_vec();
    icc.extend(profile(b"RGB "));
    let segments = vec![
        (1, [exif::SEGMENT_PREFIX, &exif_block(1, true)].concat()),
        (1, [b"http://ns.adobe.com/xap/1.0/\0", SECRET].concat()),
        (2, icc),
        (2, [b"MPF\0", SECRET].concat()),
        (13, [b"Photoshop 3.0\0", SECRET].concat()),
        (11, SECRET.to_vec()),
    ];
    let jpeg = Jpeg {
        width: 48,
        height: 32,
        samples: &samples,
        segments,
        colours: jpeg_encoder::ColorType::Rgb,
    };
    let mut bytes = jpeg.encode();
    let comment_length = u16::try_from(SECRET.len() + 2).unwrap().to_be_bytes();
    let comment = [&[0xFF, 0xFE], comment_length.as_slice(), SECRET].concat();
    bytes.splice(2..2, comment);
    // Motion photographs append a film.
    bytes.extend(SECRET);
    bytes
}

/// A PNG with these chunks before its data.
pub(super) fn png(
    width: u32,
    height: u32,
    colours: png::ColorType,
    samples: &[u8],
    chunks: &[([u8; 4], Vec<u8>)],
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(colours);
    let mut writer = encoder.write_header().unwrap();
    for (kind, data) in chunks {
        writer.write_chunk(png::chunk::ChunkType(*kind), data).unwrap();
    }
    writer.write_image_data(samples).unwrap();
    writer.finish().unwrap();
    out
}

/// A PNG with everything in it that programs write.
pub(super) fn png_with_everything(orientation: u16) -> Vec<u8> {
    let chunks = [
        (*b"gAMA", 45_455_u32.to_be_bytes().to_vec()),
        (*b"tEXt", [b"Author\0", SECRET].concat()),
        (*b"iTXt", [b"XML:com.adobe.xmp\0\0\0\0\0", SECRET].concat()),
        (*b"eXIf", exif_block(orientation, false)),
        (*b"tIME", vec![7, 234, 1, 2, 3, 4, 5]),
        (*b"prVt", SECRET.to_vec()),
    ];
    let mut bytes = png(40, 24, png::ColorType::Rgb, &noise(40, 24, 3), &chunks);
    bytes.extend(SECRET);
    bytes
}

/// A WebP, with metadata if an orientation is given.
pub(super) fn webp(width: u32, height: u32, samples: &[u8], orientation: Option<u16>) -> Vec<u8> {
    let encoded = webp::Encoder::from_rgb(samples, width, height)
        .encode_simple(false, 90.0)
        .unwrap();
    let Some(orientation) = orientation else {
        return encoded.to_vec();
    };
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let length = u32::try_from(data.len()).unwrap().to_le_bytes();
        let padding = vec![0; data.len() % 2];
        [kind, length.as_slice(), data, &padding].concat()
    };
    let side = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
    let header = [vec![0x0C, 0, 0, 0], side(width), side(height)].concat();
    let content = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &header),
        encoded[12..].to_vec(),
        chunk(b"EXIF", &exif_block(orientation, false)),
        chunk(b"XMP ", SECRET),
        chunk(b"prvt", SECRET),
    ]
    .concat();
    let mut bytes = chunk(b"RIFF", &content);
    bytes.extend(SECRET);
    bytes
}

/// A GIF with so many frames and a comment.
pub(super) fn gif(width: u16, height: u16, frames: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let palette = QUARTERS.concat();
    let mut encoder = gif::Encoder::new(&mut out, width, height, &palette).unwrap();
    encoder.set_repeat(gif::Repeat::Infinite).unwrap();
    encoder
        .write_raw_extension(gif::Extension::Comment.into(), &[SECRET])
        .unwrap();
    encoder
        .write_raw_extension(gif::Extension::Application.into(), &[b"XMP DataXMP", SECRET])
        .unwrap();
    let area = usize::from(width) * usize::from(height);
    for frame in 0..frames {
        let places: Vec<u8> = (0..area)
            .map(|place| u8::try_from((place + frame) % 4).unwrap())
            .collect();
        encoder
            .write_frame(&gif::Frame::from_indexed_pixels(width, height, places, None))
            .unwrap();
    }
    drop(encoder);
    out
}

/// An AVIF container, without a picture in it that anyone could decode.
pub(super) fn avif(width: u32, height: u32, quarter_turns: u8) -> Vec<u8> {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "byte strings are written as references"
    )]
    fn part(kind: &[u8; 4], held: &[&[u8]]) -> Vec<u8> {
        let held = held.concat();
        let length = u32::try_from(held.len() + 8).unwrap().to_be_bytes();
        [length.as_slice(), kind, &held].concat()
    }
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let properties = part(
        b"ipco",
        &[&part(b"ispe", &[&[0; 4], &size]), &part(b"irot", &[&[quarter_turns]])],
    );
    let owners = part(b"ipma", &[&[0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 1, 0x82]]);
    let item = |number: u8, kind: &[u8; 4]| part(b"infe", &[&[2, 0, 0, 0, 0, number, 0, 0], kind, b"\0"]);
    let items = part(b"iinf", &[&[0, 0, 0, 0, 0, 2], &item(1, b"av01"), &item(2, b"Exif")]);
    let exif = [vec![0; 4], exif_block(1, true)].concat();
    let exif_length = u32::try_from(exif.len()).unwrap().to_be_bytes();
    let file_type = part(b"ftyp", &[b"avif\0\0\0\0mif1avif"]);
    let meta = |exif_start: u32| {
        let location = [&[0, 2, 0, 0, 0, 1], exif_start.to_be_bytes().as_slice(), &exif_length].concat();
        let locations = part(b"iloc", &[&[0, 0, 0, 0, 0x44, 0, 0, 1], &location]);
        let main = part(b"pitm", &[&[0, 0, 0, 0, 0, 1]]);
        part(
            b"meta",
            &[
                &[0; 4],
                &main,
                &items,
                &locations,
                &part(b"iprp", &[&properties, &owners]),
            ],
        )
    };
    let exif_start = u32::try_from(file_type.len() + meta(0).len() + 8).unwrap();
    let unknown = part(b"uuid", &[&[9; 16], SECRET]);
    [
        file_type,
        meta(exif_start),
        part(b"mdat", &[&exif, b"coded picture"]),
        unknown,
    ]
    .concat()
}

/// Decodes anything for a look at its pixels: width, height, and three bytes a pixel.
pub(super) fn pixels_of(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let source = super::super::source::Source::open(bytes).unwrap();
    let pixels = super::super::decode::decode(&source, bytes).unwrap().pixels;
    let channels = pixels.layout.channels();
    let samples = pixels
        .in_colour()
        .chunks_exact(if channels.is_multiple_of(2) { 4 } else { 3 })
        .flat_map(|pixel| pixel[..3].to_vec())
        .collect();
    (pixels.width, pixels.height, samples)
}

/// Whether the needle stands anywhere in the bytes.
pub(super) fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}
