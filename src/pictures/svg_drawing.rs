//! Vector drawings: their own size, and the things that make one more than a drawing.
//!
//! A drawing shown by `<img>` runs nothing and fetches nothing, but its file can be opened by its address, and
//! then it is a page of the site with a page's rights. So the test is strict, and links pass by a list of
//! what is allowed, not of what is known to be bad.

use super::format::Format;
use super::problem::{PictureProblem, VectorDanger, VectorDangerKind};
use super::svg_markup::{Attribute, Markup, MarkupReader, local_name, without_references};

/// The size of a drawing that gives none, by CSS.
const DEFAULT_SIZE: (f64, f64) = (300.0, 150.0);

/// Nobody reads more than so many findings, and a file could be made of nothing else.
const MOST_DANGERS: usize = 50;

const SCRIPT_ELEMENTS: [&str; 3] = ["script", "handler", "listener"];
const FOREIGN_ELEMENTS: [&str; 10] = [
    "foreignObject",
    "iframe",
    "embed",
    "object",
    "audio",
    "video",
    "html",
    "body",
    "canvas",
    "link",
];

/// Pictures and fonts that a drawing carries inside itself.
const ALLOWED_DATA: [&str; 9] = [
    "data:image/png",
    "data:image/jpeg",
    "data:image/jpg",
    "data:image/gif",
    "data:image/webp",
    "data:image/avif",
    "data:font/",
    "data:application/font",
    "data:application/x-font",
];

/// CSS that fetches by means other than `url()`, with what it is.
const CSS_DANGERS: [(&str, VectorDangerKind); 7] = [
    ("@import", VectorDangerKind::ExternalReference),
    ("image-set(", VectorDangerKind::ExternalReference),
    ("image(", VectorDangerKind::ExternalReference),
    ("src(", VectorDangerKind::ExternalReference),
    ("expression(", VectorDangerKind::Script),
    ("-moz-binding", VectorDangerKind::Script),
    ("javascript:", VectorDangerKind::ScriptLink),
];

/// The size of a drawing that is safe to publish.
pub(super) fn read_size(bytes: &[u8]) -> Result<(u32, u32), PictureProblem> {
    let malformed = PictureProblem::Malformed { format: Format::Svg };
    let text = std::str::from_utf8(bytes).map_err(|_| malformed.clone())?;
    let body = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut watch = Watch {
        dangers: Vec::new(),
        shift: text.len() - body.len(),
        is_in_style: false,
    };
    let mut size = None;
    for piece in MarkupReader::new(body) {
        let piece = piece.map_err(|_| malformed.clone())?;
        match &piece {
            Markup::Open { name, attributes, .. } if size.is_none() => {
                if local_name(name) != "svg" {
                    return Err(PictureProblem::UnknownFormat { resembles: None });
                }
                size = Some(own_size(attributes));
            }
            Markup::Instruction {
                target: "xml", content, ..
            } if !is_readable_as_utf8(content, body) => {
                return Err(malformed);
            }
            _ => {}
        }
        watch.look_at(&piece);
    }
    let size = size.ok_or(malformed)?;
    if watch.dangers.is_empty() {
        Ok(size)
    } else {
        Err(PictureProblem::UnsafeVector { dangers: watch.dangers })
    }
}

/// Whether the declared encoding makes of these bytes what we made of them.
fn is_readable_as_utf8(declaration: &str, body: &str) -> bool {
    let Some((_, after)) = declaration.split_once("encoding") else {
        return true;
    };
    let name = after
        .trim_start()
        .trim_start_matches('=')
        .trim_start()
        .trim_start_matches(['"', '\'']);
    let name: String = name
        .chars()
        .take_while(|letter| !matches!(letter, '"' | '\''))
        .collect();
    let is_plain = body
        .chars()
        .all(|letter| matches!(letter, ' '..='~' | '\t' | '\r' | '\n'));
    is_plain || ["utf-8", "utf8", "us-ascii"].contains(&name.to_ascii_lowercase().as_str())
}

fn own_size(attributes: &[Attribute<'_>]) -> (u32, u32) {
    let find = |name: &str| {
        attributes
            .iter()
            .find(|attribute| attribute.name == name)
            .map(|found| found.raw)
    };
    let side = |name| find(name).and_then(pixels_of_length);
    let view = find("viewBox").and_then(view_size);
    let (width, height) = match (side("width"), side("height"), view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((wide, high))) => (width, width * high / wide),
        (None, Some(height), Some((wide, high))) => (height * wide / high, height),
        (None, None, Some(view)) => view,
        (width, height, None) => (width.unwrap_or(DEFAULT_SIZE.0), height.unwrap_or(DEFAULT_SIZE.1)),
    };
    (whole_pixels(width), whole_pixels(height))
}

/// A length in CSS pixels. A share of something else (`100%`) is no size.
fn pixels_of_length(raw: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 10] = [
        ("px", 1.0),
        ("pt", 96.0 / 72.0),
        ("pc", 16.0),
        ("mm", 96.0 / 25.4),
        ("cm", 96.0 / 2.54),
        ("in", 96.0),
        ("rem", 16.0),
        ("em", 16.0),
        ("ex", 8.0),
        ("", 1.0),
    ];
    let raw = raw.trim();
    UNITS
        .iter()
        .find_map(|(unit, factor)| positive(raw.strip_suffix(unit)?.trim_end()).map(|length| length * factor))
}

fn view_size(raw: &str) -> Option<(f64, f64)> {
    let mut numbers = raw
        .split([' ', ',', '\t', '\r', '\n'])
        .filter(|part| !part.is_empty())
        .skip(2);
    Some((positive(numbers.next()?)?, positive(numbers.next()?)?))
}

fn positive(digits: &str) -> Option<f64> {
    digits
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite() && *number > 0.0)
}

fn whole_pixels(length: f64) -> u32 {
    let whole = length.round().clamp(1.0, 100_000.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the bounds just set make the conversion exact"
    )]
    let whole = whole as u32;
    whole
}

/// Looks at one piece after another and notes what must not be published.
struct Watch {
    dangers: Vec<VectorDanger>,
    /// How far offsets in the text are from offsets in the file.
    shift: usize,
    is_in_style: bool,
}

impl Watch {
    fn note(&mut self, kind: VectorDangerKind, offset: usize) {
        if self.dangers.len() < MOST_DANGERS {
            self.dangers.push(VectorDanger {
                kind,
                offset: offset + self.shift,
            });
        }
    }

    fn look_at(&mut self, piece: &Markup<'_>) {
        match piece {
            Markup::Open {
                offset,
                name,
                attributes,
            } => {
                let name = local_name(name);
                self.is_in_style = name == "style";
                if SCRIPT_ELEMENTS.contains(&name) {
                    self.note(VectorDangerKind::Script, *offset);
                }
                if FOREIGN_ELEMENTS.contains(&name) {
                    self.note(VectorDangerKind::ForeignContent, *offset);
                }
                for attribute in attributes {
                    self.look_at_attribute(attribute);
                }
            }
            Markup::Close => self.is_in_style = false,
            Markup::Text {
                offset,
                raw,
                is_literal,
            } => {
                let meant = if *is_literal {
                    Some((*raw).into())
                } else {
                    without_references(raw)
                };
                match meant {
                    None => self.note(VectorDangerKind::Entity, *offset),
                    Some(css) if self.is_in_style => self.look_at_css(&css, *offset),
                    Some(_) => {}
                }
            }
            Markup::Instruction { offset, target, .. } => {
                if *target == "xml-stylesheet" {
                    self.note(VectorDangerKind::ExternalReference, *offset);
                }
            }
            Markup::DocumentType {
                offset,
                has_declarations,
            } => {
                if *has_declarations {
                    self.note(VectorDangerKind::Entity, *offset);
                }
            }
        }
    }

    fn look_at_attribute(&mut self, attribute: &Attribute<'_>) {
        let Attribute { offset, name, raw } = attribute;
        let Some(value) = without_references(raw) else {
            self.note(VectorDangerKind::Entity, *offset);
            return;
        };
        if *name == "xmlns" || name.starts_with("xmlns:") {
            return;
        }
        if is_event_handler(name) {
            self.note(VectorDangerKind::EventHandler, *offset);
        }
        match local_name(name) {
            "href" | "src" => self.look_at_target(&value, *offset),
            "base" if *name == "xml:base" => {
                self.note(VectorDangerKind::ExternalReference, *offset);
            }
            "attributeName" if local_name(value.trim()) == "href" || is_event_handler(value.trim()) => {
                self.note(VectorDangerKind::AnimatedLink, *offset);
            }
            _ if value.contains('(') => self.look_at_css(&value, *offset),
            _ => {}
        }
    }

    fn look_at_target(&mut self, target: &str, offset: usize) {
        let target = target.trim().to_ascii_lowercase();
        if target.is_empty() || target.starts_with('#') || ALLOWED_DATA.iter().any(|data| target.starts_with(data)) {
            return;
        }
        let is_script = target.starts_with("javascript:") || target.starts_with("vbscript:");
        self.note(
            if is_script {
                VectorDangerKind::ScriptLink
            } else {
                VectorDangerKind::ExternalReference
            },
            offset,
        );
    }

    fn look_at_css(&mut self, css: &str, offset: usize) {
        let css = plain_css(css);
        for (words, kind) in CSS_DANGERS {
            if css.contains(words) {
                self.note(kind, offset);
            }
        }
        for after in css.split("url(").skip(1) {
            let target = after.trim_start().trim_start_matches(['"', '\'']);
            let end = target.find([')', '"', '\'']).unwrap_or(target.len());
            self.look_at_target(target.get(..end).unwrap_or_default(), offset);
        }
    }
}

/// `onload` and the like. Attributes of editors such as `only_selected` are not.
fn is_event_handler(name: &str) -> bool {
    name.get(..2).is_some_and(|prefix| prefix.eq_ignore_ascii_case("on"))
        && name.len() > 2
        && name.bytes().all(|letter| letter.is_ascii_alphabetic())
}

/// CSS in lower case with its escapes resolved, so that a word has one form only. Comments stay: they part
/// words, so none can hide one, and what they say is not worth an exception.
fn plain_css(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, escape)) = rest.split_once('\\') {
        plain.push_str(before);
        let digits = escape.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let (number, after) = escape.split_at(digits);
        rest = match u32::from_str_radix(number, 16).ok().and_then(char::from_u32) {
            Some(letter) => {
                plain.push(letter);
                after.strip_prefix([' ', '\t', '\r', '\n']).unwrap_or(after)
            }
            None => after,
        };
    }
    plain.push_str(rest);
    plain.make_ascii_lowercase();
    plain
}
