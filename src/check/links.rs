//! Links and images: each must lead somewhere, and be readable.

pub(super) mod words;

use crate::diagnostic::{Diagnostic, rule};
use crate::read::files::{is_image, pictures_of};
use crate::read::link_target::{Breach, LinkTarget, joined, nearest_path, scheme, split_destination};
use crate::read::outline::LinkKind;
use crate::read::walk::has_extension;
use crate::read::{Entry, Library};
use crate::source::Span;

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    for link in &entry.outline.links {
        match link.kind {
            LinkKind::Link => diagnostics.extend(link_problem(library, entry, &link.destination, link.span)),
            LinkKind::Image => diagnostics.extend(image_problem(library, entry, &link.destination, link.span)),
            LinkKind::Footnote => {}
        }
    }
    // A picture without a path was reported when it was read.
    let places = entry.places(&library.sources);
    let pictures = pictures_of(entry);
    for (way, picture) in pictures.into_iter().filter(|(_, picture)| !picture.src.is_empty()) {
        if let Some(mut found) = image_problem(library, entry, &picture.src, Span::file_start(entry.file)) {
            found.span = Some(places.span(&way));
            diagnostics.push(found);
        }
    }
}

fn link_problem(library: &Library, entry: &Entry, destination: &str, span: Span) -> Option<Diagnostic> {
    match library.link_target(entry, destination) {
        LinkTarget::Broken(breach) => {
            let missing = matches!(breach, Breach::Missing { .. });
            let page = missing.then(|| page_of_address(library, entry, destination)).flatten();
            Some(match page {
                Some(page) => to_a_page(library, (entry, page), destination, span),
                None => breach_of_link(&breach, destination, span),
            })
        }
        LinkTarget::Hidden(id) => Some(
            Diagnostic::new(
                rule::HIDDEN_REFERENCE,
                span,
                format!(
                    "链接到的文章{}，读者只会看到文字，没有链接",
                    library.entry(id).visibility.reason()
                ),
            )
            .help(format!(
                "{}，或者去掉这个链接",
                library.entry(id).visibility.remedy(&library.entry(id).content_path)
            )),
        ),
        _ => None,
    }
}

/// The entry that is published at the address of a page, now or formerly.
fn page_of_address<'a>(library: &'a Library, entry: &Entry, destination: &str) -> Option<&'a Entry> {
    let path = split_destination(destination).path;
    if !has_extension(&path, "html") {
        return None;
    }
    // An address below the portal's root looks like a path below `content/`.
    let path = joined(&entry.content_path, &path)?;
    let has_alias = |page: &&Entry| page.alias_paths().into_iter().any(|(_, alias)| alias == path);
    // A page that is there goes before one that was there once.
    let now = library.shown().find(|page| page.path == path);
    now.or_else(|| library.shown().find(has_alias))
}

/// A link that names a page as it is published, and not the text that it is made of.
fn to_a_page(library: &Library, (entry, page): (&Entry, &Entry), destination: &str, span: Span) -> Diagnostic {
    let fragment = destination.split_once('#').map_or("", |(_, fragment)| fragment);
    let sign = if fragment.is_empty() { "" } else { "#" };
    let right = format!("/{}{sign}{fragment}", page.content_path);
    let path = joined(&entry.content_path, &split_destination(destination).path);
    let is_old = path.as_deref() != Some(&page.path);
    let message = if is_old {
        format!("链接写的是《{}》的旧址：{destination}", page.common.title)
    } else {
        format!("链接写的是《{}》的网页，不是文稿：{destination}", page.common.title)
    };
    let diagnostic = Diagnostic::new(rule::BROKEN_LINK, span, message).help(format!("改成文稿的路径 {right}"));
    if library.sources.text(span) == destination && !right.contains(' ') {
        diagnostic.fix(span, right)
    } else {
        diagnostic
    }
}

/// What people attach; the path of a text ends otherwise.
const ATTACHMENTS: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "dps", "ofd", "zip", "rar", "7z", "csv", "txt",
    "mp3", "mp4",
];

fn breach_of_link(breach: &Breach, destination: &str, span: Span) -> Diagnostic {
    match breach {
        Breach::Missing { nearest } => {
            let help = if destination.contains("：//") {
                "网址里的冒号要用半角：https://…".to_owned()
            } else if destination.starts_with("www.") {
                format!("站外的网址要写全：https://{destination}")
            } else {
                let path = split_destination(destination).path;
                let is_attachment = ATTACHMENTS.iter().any(|extension| has_extension(&path, extension));
                match nearest {
                    Some(near) => format!("是不是想写 /{near}？"),
                    None if is_attachment => {
                        "把附件放到 content/assets，链接写成 /assets/ 加文件名；后缀也要写对".to_owned()
                    }
                    None => "检查文件名和路径；链接写成 .md 文件的路径，例如 ../points/x.md".to_owned(),
                }
            };
            Diagnostic::new(rule::BROKEN_LINK, span, format!("链接到的文件不存在：{destination}")).help(help)
        }
        Breach::LetterCase { real } => Diagnostic::new(
            rule::LINK_CASE,
            span,
            format!("链接的大小写和文件名不一致：{destination}"),
        )
        .help(format!("文件名是 {real}；服务器上大小写不同就打不开")),
        Breach::NoHeading { nearest } => {
            let help = nearest.as_ref().map_or_else(
                || "改成那一页上已有的标题，或者去掉 # 后面的部分".to_owned(),
                |near| format!("是不是想写 #{near}？"),
            );
            let page = if destination.starts_with('#') {
                "这一页"
            } else {
                "那一页"
            };
            Diagnostic::new(rule::BROKEN_ANCHOR, span, format!("{page}没有这个标题：{destination}")).help(help)
        }
        Breach::LeavesContent => Diagnostic::new(
            rule::BROKEN_LINK,
            span,
            format!("链接指到 content 文件夹外面：{destination}"),
        )
        .help("../ 太多了，少写一层"),
        // A drive's letter looks like a scheme.
        Breach::Scheme(scheme) if scheme == "file" || scheme.len() == 1 => {
            Diagnostic::new(rule::LINK_SCHEME, span, "链接指到自己电脑上的文件，别人打不开")
                .help("把文件复制到 content 里面来，链接写成它的路径，例如 /assets/通知.pdf")
        }
        Breach::Scheme(scheme) => Diagnostic::new(rule::LINK_SCHEME, span, format!("不能用 {scheme}: 开头的链接"))
            .help("用 https: 网址、mailto: 邮箱、tel: 电话，或站内 .md 文件的路径"),
        Breach::Empty => {
            Diagnostic::new(rule::BROKEN_LINK, span, "链接是空的").help("补上网址或文件路径，或者去掉这个链接")
        }
    }
}

fn image_problem(library: &Library, entry: &Entry, destination: &str, span: Span) -> Option<Diagnostic> {
    if let Some(scheme) = scheme(destination) {
        let message = if scheme == "data" {
            "图片写成了 data: 数据"
        } else {
            "图片在别的网站上，离线、内网都打不开"
        };
        return Some(Diagnostic::new(rule::OUTSIDE_IMAGE, span, message).help("把图片下载下来，放在文章旁边"));
    }
    if destination.trim().is_empty() {
        let diagnostic = Diagnostic::new(rule::MISSING_IMAGE, span, "没有写是哪一张图片");
        return Some(diagnostic.help("在括号里写图片的文件名，或者去掉这张图片"));
    }
    let path = split_destination(destination).path;
    let Some(path) = joined(&entry.content_path, &path).filter(|path| !path.is_empty()) else {
        return Some(
            Diagnostic::new(rule::MISSING_IMAGE, span, format!("图片的路径不对：{destination}"))
                .help("写成文章旁边的文件名，或者从 content 起的路径 /assets/…"),
        );
    };
    if let Some(real) = library
        .files
        .other_case(&path)
        .filter(|_| !library.files.all.contains(&path))
    {
        return Some(
            Diagnostic::new(
                rule::LINK_CASE,
                span,
                format!("图片的大小写和文件名不一致：{destination}"),
            )
            .help(format!("文件名是 {real}；服务器上大小写不同就打不开")),
        );
    }
    if !library.files.all.contains(&path) {
        let near = nearest_path(&path, library.files.all.iter().map(String::as_str));
        let help = near.map_or_else(
            || format!("把图片放到 content/{path}，或者改正路径"),
            |near| format!("是不是想写 /{near}？"),
        );
        return Some(Diagnostic::new(rule::MISSING_IMAGE, span, format!("图片不存在：{destination}")).help(help));
    }
    if !is_image(&path) {
        return Some(
            Diagnostic::new(
                rule::BROKEN_IMAGE,
                span,
                format!("这不是网页能显示的图片：{destination}"),
            )
            .help("转成 JPG、PNG、WebP、GIF、AVIF 或 SVG；文档用链接，不用图片"),
        );
    }
    None
}
