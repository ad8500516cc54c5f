//! Output paths: no two things may be published in one place.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, rule};
use crate::kind::Kind;
use crate::kind::point::MOST_ON_ONE_PRINT;
use crate::read::{Column, Entry, Library};
use crate::source::Span;

/// Pages that hongtu itself makes in the root of the portal.
const OWN_PAGES: &[&str] = &[
    "index.html",
    "map.html",
    "search.html",
    "search.html",
    "404.html",
    "sitemap.html",
    "handbook.html",
    "plaques-a4.html",
    "plaques-a5.html",
    "stickers.html",
];
/// Folders of the same, which only a portal with many points has.
const PRINT_FOLDERS: &[&str] = &["handbook/", "plaques-a4/", "plaques-a5/", "stickers/"];

/// What claims a path: an entry, and the key of it that decides the path.
struct Claim<'a> {
    path: String,
    entry: &'a Entry,
    way: String,
}

pub(super) fn check(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    check_columns(library, diagnostics);
    // Keyed by the lower-cased path, since many disks cannot keep two such files apart.
    let mut claims: BTreeMap<String, Claim<'_>> = BTreeMap::new();
    for entry in library.shown() {
        for (path, way) in paths_of(entry) {
            if is_own_page(library, &path) {
                let span = library.field_span(entry, &way);
                let message = format!("{path} 是本站自己的页面，不能再用");
                diagnostics.push(Diagnostic::new(rule::PATH_COLLISION, span, message).help(another_name(&way)));
                continue;
            }
            let claim = Claim { path, entry, way };
            match claims.get(&claim.path.to_lowercase()) {
                Some(first) => diagnostics.push(collision(library, &claim, first)),
                None => {
                    claims.insert(claim.path.to_lowercase(), claim);
                }
            }
        }
    }
}

/// Two folders may have different names and one pinyin; their lists would be one page.
fn check_columns(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    for (index, column) in library.columns.iter().enumerate() {
        let same = |earlier: &&Column| earlier.output_folder == column.output_folder;
        let Some(first) = library.columns[..index].iter().find(same) else {
            continue;
        };
        let mut entries = library.entries.iter().chain(column.introduction.as_deref());
        let Some(entry) = entries.find(|entry| entry.column == index) else {
            continue;
        };
        let message = format!(
            "栏目“{}”和“{}”会写到同一个文件夹：{}",
            first.folder, column.folder, column.output_folder
        );
        let help = format!("给文件夹“{}”改一个名字", column.folder);
        diagnostics.push(Diagnostic::new(rule::PATH_COLLISION, Span::file_start(entry.file), message).help(help));
    }
}

/// What to do about a path, by the key that decides it.
fn another_name(way: &str) -> &'static str {
    if way.starts_with("aliases") {
        "删去这个旧址，或者改成别的"
    } else {
        "给这一篇另取一个短名（slug）"
    }
}

/// Whether hongtu makes a page of its own at a path: in the root, a column's list and its further
/// pages, tags.
fn is_own_page(library: &Library, path: &str) -> bool {
    let is_list_page = path.rsplit_once('/').is_some_and(|(folder, file)| {
        let number = file.strip_prefix("page-").and_then(|rest| rest.strip_suffix(".html"));
        let is_numbered = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
        is_numbered && library.columns.iter().any(|column| column.output_folder == folder)
    });
    OWN_PAGES.contains(&path)
        || is_list_page
        || path.starts_with("tags/")
        || (PRINT_FOLDERS.iter().any(|folder| path.starts_with(folder)) && has_print_folders(library))
        || library.columns.iter().any(|column| column.path() == path)
}

fn has_print_folders(library: &Library) -> bool {
    let points = library.shown().filter(|entry| entry.kind() == Kind::Point);
    points.count() > MOST_ON_ONE_PRINT
}

/// The paths that an entry is published at, each with the key that decides it.
fn paths_of(entry: &Entry) -> Vec<(String, String)> {
    let way = if entry.common.slug.is_some() { "slug" } else { "title" };
    let mut paths = vec![(entry.path.clone(), way.to_owned())];
    if entry.kind() == Kind::Roundtable {
        paths.push((entry.guests_path(), way.to_owned()));
    }
    let aliases = entry.alias_paths().into_iter();
    paths.extend(aliases.map(|(index, path)| (path, format!("aliases[{index}]"))));
    paths
}

fn collision(library: &Library, claim: &Claim<'_>, first: &Claim<'_>) -> Diagnostic {
    // An old address gives way to a page.
    let is_alias = |claim: &Claim<'_>| claim.way.starts_with("aliases");
    let (claim, first) = if is_alias(first) && !is_alias(claim) {
        (first, claim)
    } else {
        (claim, first)
    };
    let (path, taken) = (&claim.path, &first.path);
    let is_same = std::ptr::eq(claim.entry, first.entry);
    if is_same && is_alias(claim) {
        let message = if is_alias(first) {
            format!("旧址写了两遍：{path}")
        } else {
            format!("旧址就是这一篇现在的网址，会绕回自己：{path}")
        };
        return Diagnostic::new(
            rule::PATH_COLLISION,
            library.field_span(claim.entry, &claim.way),
            message,
        )
        .help("删去这个旧址");
    }
    let (rule, message) = if path == taken && is_alias(claim) && !is_alias(first) {
        let title = &first.entry.common.title;
        (
            rule::PATH_COLLISION,
            format!("旧址 {path} 是《{title}》现在的网址，不会转到这一篇"),
        )
    } else if path == taken {
        let (one, other) = (&first.entry.common.title, &claim.entry.common.title);
        (
            rule::PATH_COLLISION,
            format!("《{one}》和《{other}》会写到同一个文件：{path}"),
        )
    } else {
        (
            rule::PATH_CASE,
            format!("{path} 和 {taken} 只有大小写不同，有的电脑上会互相覆盖"),
        )
    };
    Diagnostic::new(rule, library.field_span(claim.entry, &claim.way), message)
        .related(library.field_span(first.entry, &first.way), "另一篇在这里")
        .help(another_name(&claim.way))
}
