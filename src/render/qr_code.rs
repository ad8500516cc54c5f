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
