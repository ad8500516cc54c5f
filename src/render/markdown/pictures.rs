//! Pictures in a body: a paragraph of pictures becomes figures, others stand in the line.

use std::fmt::Write as _;

use super::{Pass, escape};
use crate::read::link_target::{joined, split_destination};
use crate::read::pieces::WrittenPicture;
use crate::render::view::{PictureVariantView, PictureView};

/// The `sizes` of pictures in running text: the measure is about 700 pixels wide.
const SIZES: &str = "(min-width: 48em) 700px, 100vw";

/// The pictures of a paragraph as figures. The title in the Markdown is the caption.
pub(super) fn figures(pass: &Pass<'_, '_>, pictures: &[WrittenPicture]) -> String {
    let figures = pictures.iter().map(|picture| figure(pass, picture));
    let figures: Vec<_> = figures.filter(|figure| !figure.is_empty()).collect();
    figures.join("\n")
}

fn figure(pass: &Pass<'_, '_>, picture: &WrittenPicture) -> String {
    let inner = picture_html(pass, &picture.destination, &picture.alt);
    if inner.is_empty() {
        return inner;
    }
    let caption = if picture.caption.is_empty() {
        String::new()
    } else {
        format!("<figcaption>{}</figcaption>", escape(&picture.caption))
    };
    format!("<figure class=\"picture\">{inner}{caption}</figure>")
}

/// A picture inside of a line.
pub(super) fn inline_picture(pass: &Pass<'_, '_>, destination: &str, title: &str, alt: &str) -> String {
    let html = picture_html(pass, destination, alt);
    if title.is_empty() || html.is_empty() {
        return html;
    }
    html.replacen("<img ", &format!("<img title=\"{}\" ", escape(title)), 1)
}

fn picture_html(pass: &Pass<'_, '_>, destination: &str, alt: &str) -> String {
    let path = joined(&pass.entry.content_path, &split_destination(destination).path);
    let picture = path.and_then(|path| pass.renderer.published.picture(&path, alt));
    picture.map_or_else(String::new, |picture| element(&picture, &pass.root))
}

/// A picture as HTML.
fn element(picture: &PictureView, root: &str) -> String {
    let mut html = String::new();
    let has_webp = !picture.webp.is_empty();
    if has_webp {
        let _ = write!(
            html,
            "<picture><source type=\"image/webp\" srcset=\"{}\" sizes=\"{SIZES}\">",
            srcset(&picture.webp, root)
        );
    }
    let _ = write!(html, "<img src=\"{root}{}\"", escape(&picture.src));
    if picture.variants.len() > 1 {
        let _ = write!(
            html,
            " srcset=\"{}\" sizes=\"{SIZES}\"",
            srcset(&picture.variants, root)
        );
    }
    if picture.width > 0 && picture.height > 0 {
        let _ = write!(html, " width=\"{}\" height=\"{}\"", picture.width, picture.height);
    }
    let _ = write!(
        html,
        " alt=\"{}\" loading=\"lazy\" decoding=\"async\">",
        escape(&picture.alt)
    );
    if has_webp {
        html.push_str("</picture>");
    }
    html
}

fn srcset(variants: &[PictureVariantView], root: &str) -> String {
    let parts: Vec<_> = variants
        .iter()
        .map(|variant| format!("{root}{} {}w", escape(&variant.src), variant.width))
        .collect();
    parts.join(", ")
}
