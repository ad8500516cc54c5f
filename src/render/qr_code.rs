//! QR codes as small inline SVG.

use std::fmt::Write as _;

use fast_qr::qr::QRBuilder;
use fast_qr::{ECL, QRCode};

/// The light border that the standard (ISO/IEC 18004) asks for, in modules.
const QUIET_ZONE: usize = 4;

/// How much of a code may be lost and it can still be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// A twentieth.
    Low,
    /// A seventh: for small stickers.
    Medium,
    /// A quarter: for what hangs on a wall and gets dirty.
    Quartile,
}

/// A QR code as SVG; `None` for a text too long for one. The lowest error correction gives the
/// largest modules, which is what a clean sheet needs.
pub fn svg(text: &str) -> Option<String> {
    sturdy_svg(text, Correction::Low)
}

/// A QR code that can be damaged a little, as SVG, one path of horizontal runs; `None` for a text
/// too long for one.
pub fn sturdy_svg(text: &str, correction: Correction) -> Option<String> {
    let level = match correction {
        Correction::Low => ECL::L,
        Correction::Medium => ECL::M,
        Correction::Quartile => ECL::Q,
    };
    let code = QRBuilder::new(text).ecl(level).build().ok()?;
    let size = code.size + 2 * QUIET_ZONE;
    Some(format!(
        "<svg viewBox=\"0 0 {size} {size}\" width=\"{0}\" height=\"{0}\" shape-rendering=\"crispEdges\" role=\"img\" \
         aria-label=\"二维码\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{1}\"/></svg>",
        size * 3,
        dark_runs(&code)
    ))
}

/// A QR code for a script to draw: its size and its modules row by row, a bit each, the first one
/// the highest, in base 64 (RFC 4648).
pub fn packed(text: &str) -> Option<String> {
    let code = QRBuilder::new(text).ecl(ECL::L).build().ok()?;
    let modules = (0..code.size).flat_map(|y| (0..code.size).map(move |x| (x, y)));
    let bits: Vec<bool> = modules.map(|(x, y)| code[y][x].value()).collect();
    let bytes = bits.chunks(8).map(|byte| {
        let bits = byte.iter().zip([128_u8, 64, 32, 16, 8, 4, 2, 1]);
        bits.filter(|(dark, _)| **dark).map(|(_, bit)| bit).sum::<u8>()
    });
    Some(format!("{}:{}", code.size, base64(&bytes.collect::<Vec<u8>>())))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (at, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let letter = LETTERS[(bits >> shift & 63) as usize];
            text.push(if at <= group.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

/// The dark modules, a rectangle a run.
fn dark_runs(code: &QRCode) -> String {
    let mut path = String::new();
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            if !row[x].value() {
                x += 1;
                continue;
            }
            let start = x;
            while x < code.size && row[x].value() {
                x += 1;
            }
            let length = x - start;
            // A write to a string cannot fail.
            let _ = write!(path, "M{} {}h{length}v1h-{length}z", start + QUIET_ZONE, y + QUIET_ZONE);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn an_address_makes_a_small_picture() {
        let code = svg("https://uri.amap.com/marker?position=120.364680,31.488200&coordinate=gaode").unwrap();
        assert!(code.len() < 6_000, "{}", code.len());
        assert!(code.starts_with("<svg viewBox=\"0 0 "));
    }

    #[test]
    fn a_text_too_long_makes_none() {
        assert_eq!(svg(&"长".repeat(3_000)), None);
    }
}
