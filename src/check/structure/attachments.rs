//! Attachments that are too large for those who read on a telephone.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, rule};
use crate::read::Library;
use crate::read::files::is_image;
use crate::read::link_target::LinkTarget;
use crate::read::outline::LinkKind;
use crate::source::Span;

const MEGABYTE: usize = 1_000_000;

/// So many further places of one attachment are shown.
const SHOWN: usize = 3;

pub(in crate::check) fn check(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let most = library.config.checks.largest_attachment;
    // A picture is made smaller, and is no attachment.
    let mut large: BTreeMap<&str, (usize, Vec<Span>)> = BTreeMap::new();
    for file in library.files.used.values() {
        if file.bytes.len() > most * MEGABYTE && !is_image(&file.path) {
            large.insert(&file.path, (file.bytes.len(), Vec::new()));
        }
    }
    if large.is_empty() {
        return;
    }
    for entry in library.shown() {
        for link in entry.outline.links.iter().filter(|link| link.kind == LinkKind::Link) {
            if let LinkTarget::File(path) = library.link_target(entry, &link.destination)
                && let Some((_, places)) = large.get_mut(path.as_str())
            {
                places.push(link.span);
            }
        }
    }
    for (path, (bytes, places)) in large {
        let Some(first) = places.first() else { continue };
        let name = path.rsplit('/').next().unwrap_or(path);
        let message = format!(
            "附件 {name} 有 {}.{} MB，超过 {most} MB",
            bytes / MEGABYTE,
            bytes % MEGABYTE * 10 / MEGABYTE
        );
        let mut diagnostic = Diagnostic::new(rule::LARGE_ATTACHMENT, *first, message)
            .help("扫描件降到 150 dpi 再存，或者拆成几个文件；视频不要放进来");
        for place in places.iter().skip(1).take(SHOWN) {
            diagnostic = diagnostic.related(*place, "这里也是");
        }
        diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{Found, Site};

    fn attachment(bytes: usize, name: &str, settings: &str) -> Vec<Found> {
        let page = format!("---\ntitle: 甲\n---\n见[手册](/assets/{name})，又见[手册](/assets/{name})。\n");
        let site = Site::new(&[
            ("site.yaml", &format!("title: 甲\n{settings}")),
            ("pages/a.md", &page),
            (&format!("assets/{name}"), &" ".repeat(bytes)),
        ]);
        site.found("structure/large-attachment")
    }

    #[test]
    fn a_large_one_is_reported_once() {
        let limit = "checks: {largest_attachment: 1}\n";
        let found = attachment(1_250_000, "手册.pdf", limit);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "/assets/手册.pdf");
        assert_eq!(found[0].message, "附件 手册.pdf 有 1.2 MB，超过 1 MB");
    }

    #[test]
    fn the_limit_itself_and_pictures_are_let_pass() {
        let limit = "checks: {largest_attachment: 1}\n";
        assert!(attachment(1_000_000, "手册.pdf", limit).is_empty());
        assert!(attachment(1_250_000, "手册.pdf", "").is_empty());
        assert!(attachment(1_250_000, "图.png", limit).is_empty());
    }
}
