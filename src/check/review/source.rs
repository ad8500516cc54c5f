//! Where a text comes from: a source has a name, a reprint has a source, and the source of another house
//! has the address of the original.

use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::kind::Kind;
use crate::read::outline::prose::ProseBlock;
use crate::read::{Entry, Library};

/// What a reprint says of itself at its beginning or its end.
const REPRINT_WORDS: &[&str] = &[
    "转载自",
    "本文转自",
    "文章转自",
    "原载于",
    "原载《",
    "稿件来源：",
    "文章来源：",
    "来源：",
];
/// So many blocks at the beginning and at the end are looked at.
const EDGE: usize = 2;
/// A line that says where a text comes from is no longer (in characters).
const LONGEST_LINE: usize = 60;

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    let Some(source) = &entry.common.source else {
        diagnostics.extend(reprint_without_source(library, entry));
        return;
    };
    let name = source.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    match (name, &source.url) {
        (None, _) => diagnostics.push(
            Diagnostic::new(
                rule::SOURCE_WITHOUT_NAME,
                library.field_span(entry, "source"),
                "来源没有写名称，读者不知道转自哪里",
            )
            .help("在 来源 里写上 名称，例如 {名称: 某某日报, 网址: 原文的网址, 日期: 2026-07-01}"),
        ),
        (Some(name), None) if !is_own(library, entry, name) => diagnostics.push(
            Diagnostic::new(
                rule::SOURCE_WITHOUT_LINK,
                library.field_span(entry, "source"),
                format!("来源“{}”没有写原文的网址", quotable(name)),
            )
            .help("在 来源 里加上 网址；原文只印在纸上的，在 site.yaml 里写一条例外"),
        ),
        (Some(_), _) => {}
    }
}

/// Whether a source is the house itself: the portal, its owner, the entry's organisation or park.
fn is_own(library: &Library, entry: &Entry, name: &str) -> bool {
    let config = &library.config;
    let footer = &config.footer;
    let park = entry.common.park.as_deref();
    let park_title = park
        .and_then(|park| library.names.find(Kind::Park, park).id())
        .map(|id| library.entry(id).common.title.as_str());
    let own = [
        Some(config.title.as_str()),
        footer.owner.as_deref(),
        footer.organizer.as_deref(),
        entry.common.org.as_deref(),
        park,
        park_title,
    ];
    let own = own.into_iter().flatten().filter(|own| own.chars().count() >= 2);
    let is_ours = |own: &str| own.contains(name) || name.contains(own);
    matches!(name, "本站" | "本网" | "原创") || own.into_iter().any(is_ours)
}

fn reprint_without_source(library: &Library, entry: &Entry) -> Option<Diagnostic> {
    let whole = library.sources.get(entry.file).map_or("", |source| &*source.text);
    let body = library.body(entry);
    if !REPRINT_WORDS.iter().any(|words| body.contains(words)) || library.field_is_written(entry, "source") {
        return None;
    }
    let blocks: Vec<_> = entry.outline.prose.blocks(entry.file, whole).collect();
    let edges = blocks
        .iter()
        .enumerate()
        .filter(|(number, _)| *number < EDGE || number + EDGE >= blocks.len());
    edges.into_iter().find_map(|(_, block)| {
        let range = reprint_words(block)?;
        Some(
            Diagnostic::new(
                rule::REPRINT_WITHOUT_SOURCE,
                block.span(range),
                "正文说是转载的，抬头里没有写来源",
            )
            .help("在抬头里加一行 来源: {名称: …, 网址: …, 日期: …}，再删去正文里的这一句"),
        )
    })
}

/// The words by which a short line says that it is a reprint.
fn reprint_words(block: &ProseBlock) -> Option<std::ops::Range<usize>> {
    if block.text.chars().count() > LONGEST_LINE {
        return None;
    }
    let line = block
        .text
        .trim_start_matches(['（', '(', '【', '[', ' ', '\u{3000}', '—']);
    let start = block.text.len() - line.len();
    let words = REPRINT_WORDS.iter().find(|words| line.starts_with(**words))?;
    let says_more = line[words.len()..].chars().any(char::is_alphanumeric);
    says_more.then(|| start..start + words.len())
}
