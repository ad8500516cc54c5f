//! The words for those who do not see an image: there have to be some, and they have to say something.

use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::kind::Facts;
use crate::kind::common::Picture;
use crate::read::files::is_image;
use crate::read::link_target::{joined, scheme, split_destination};
use crate::read::outline::LinkKind;
use crate::read::{Entry, Library};
use crate::source::Span;

/// What programs and telephones call their pictures.
const STARTS: &[&str] = &[
    "img",
    "dsc",
    "dscn",
    "dscf",
    "pxl",
    "mvimg",
    "wx",
    "mmexport",
    "screenshot",
    "image",
    "pic",
    "photo",
    "picture",
    "微信图片",
    "微信截图",
    "qq图片",
    "qq截图",
    "屏幕截图",
    "屏幕快照",
    "截图",
    "截屏",
    "图片",
    "照片",
    "图像",
    "图",
    "未命名",
    "untitled",
    "无标题",
];

const EXTENSIONS: &[&str] = &[
    "jpg", "jpeg", "png", "webp", "gif", "svg", "avif", "bmp", "heic", "tif", "tiff",
];

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    for link in entry.outline.links.iter().filter(|link| link.kind == LinkKind::Image) {
        // What is missing altogether is reported by itself.
        let Some(words) = link
            .words
            .as_deref()
            .filter(|_| is_there(library, entry, &link.destination))
        else {
            continue;
        };
        let span = if words.trim().is_empty() {
            link.whole
        } else {
            super::words_in(library, link.whole, words)
        };
        diagnostics.extend(problem(words, &link.destination, span));
    }
    let described = pictures(entry);
    if described.is_empty() {
        return;
    }
    let places = entry.places(&library.sources);
    for (way, picture) in described {
        if !is_there(library, entry, &picture.src) {
            continue;
        }
        let key = if picture.alt.trim().is_empty() { "src" } else { "alt" };
        diagnostics.extend(problem(
            &picture.alt,
            &picture.src,
            places.span(&format!("{way}.{key}")),
        ));
    }
}

/// The pictures of the front matter that readers see as such: a plan is described by its name.
fn pictures(entry: &Entry) -> Vec<(String, &Picture)> {
    let mut pictures: Vec<(String, &Picture)> = Vec::new();
    pictures.extend(entry.common.cover.as_ref().map(|cover| ("cover".to_owned(), cover)));
    if let Facts::Point(point) = &entry.facts {
        let photos = point.photos.iter().enumerate();
        pictures.extend(photos.map(|(index, photo)| (format!("photos[{index}]"), photo)));
    }
    pictures
}

fn is_there(library: &Library, entry: &Entry, destination: &str) -> bool {
    let path = split_destination(destination).path;
    scheme(destination).is_none()
        && joined(&entry.content_path, &path).is_some_and(|path| is_image(&path) && library.files.all.contains(&path))
}

fn problem(words: &str, destination: &str, span: Span) -> Option<Diagnostic> {
    if words.trim().is_empty() {
        return Some(
            Diagnostic::new(
                rule::UNDESCRIBED_IMAGE,
                span,
                format!("图片 {} 没有文字说明", quotable(name_of(destination))),
            )
            .help("写一句图上有什么：正文里写在方括号中，抬头里写在“说明”后面"),
        );
    }
    is_file_name(words, destination).then(|| {
        Diagnostic::new(
            rule::FILE_NAME_AS_DESCRIPTION,
            span,
            format!("图片的说明只是文件名：{}", quotable(words)),
        )
        .help("改成一句话，说图上有什么，例如“党群服务中心的大厅”")
    })
}

fn name_of(destination: &str) -> &str {
    destination.rsplit(['/', '\\']).next().unwrap_or(destination)
}

/// Whether words are the name of a file: with its extension, as a program gave it.
fn is_file_name(words: &str, destination: &str) -> bool {
    let words = words.trim().to_lowercase();
    let (stem, has_extension) = match words.rsplit_once('.') {
        Some((stem, extension)) if EXTENSIONS.contains(&extension) => (stem, true),
        _ => (words.as_str(), false),
    };
    let name = split_destination(destination).path.to_lowercase();
    let name = name.rsplit('/').next().unwrap_or_default();
    let is_own = name.rsplit_once('.').is_some_and(|(own, _)| own == stem);
    // A name in Chinese, such as 大厅.jpg, may well be a description too.
    let is_code = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_ ()（）.~".contains(c))
    };
    (has_extension && !stem.contains(char::is_whitespace)) || (is_own && is_code(stem)) || is_given_by_program(stem)
}

/// `IMG_2034`, `微信图片_20230401`, `图片1`: a word for any picture, and a number.
fn is_given_by_program(stem: &str) -> bool {
    STARTS.iter().any(|start| {
        stem.strip_prefix(start).is_some_and(|rest| {
            let is_number = rest.chars().all(|c| c.is_ascii_digit() || "-_ ()（）~.".contains(c));
            // 图 and 图片 alone say nothing either.
            is_number && rest.len() < 40
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::{Found, Site};

    fn found(front_matter: &str, body: &str) -> Vec<Found> {
        let page = format!("---\ntitle: 甲\n{front_matter}---\n{body}\n");
        let site = Site::new(&[
            ("site.yaml", "title: 甲\n"),
            ("pages/a.md", &page),
            ("pages/a.png", "x"),
            ("pages/大厅.png", "x"),
        ]);
        let mut found = site.found("images/no-description");
        found.extend(site.found("images/file-name"));
        found
    }

    #[test]
    fn images_without_a_word() {
        let body = found("", "文![](a.png)文");
        assert_eq!(body.len(), 1);
        assert_eq!(
            (body[0].words.as_str(), body[0].message.as_str()),
            ("![](a.png)", "图片 a.png 没有文字说明")
        );
        assert_eq!(found("cover: a.png\n", "")[0].words, "a.png");
        assert_eq!(found("cover: {src: a.png, alt: IMG_2034}\n", "")[0].words, "IMG_2034");
        assert_eq!(found("", "<img src=\"a.png\">").len(), 1);
    }

    #[test]
    fn described_images_and_missing_ones_are_let_pass() {
        assert!(found("cover: {src: a.png, alt: 大厅}\n", "![党群服务中心的大厅](大厅.png)").is_empty());
        assert!(found("", "![](没有.png) ![](https://a.cn/b.png)").is_empty());
        assert!(found("", "<img src=\"a.png\" alt=\"大厅\">").is_empty());
    }

    #[test]
    fn names_of_files_are_no_description() {
        for words in [
            "IMG_2034",
            "微信图片_20230401123456",
            "DSC0001",
            "图片1",
            "大厅.jpg",
            "a",
            "屏幕截图 2023-04-01",
            "截屏",
            "mmexport1680312345678",
        ] {
            assert!(is_file_name(words, "x/a.png"), "{words}");
        }
        for words in [
            "大厅",
            "图书角",
            "照片墙前的合影",
            "A",
            "图上是三个党支部",
            "2025年的年报封面",
            "微信图片里的二维码",
            "见 a.jpg 和 b.jpg",
        ] {
            assert!(!is_file_name(words, "x/大厅.png"), "{words}");
        }
    }
}
