//! Where pages, style sheets and drawings lead: every relative address to a file of the output,
//! and to an id in it; nothing from the root, nothing loaded from elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::none_of;
use crate::page::{Element, Page};
use crate::portal::{PORTAL, PORTAL_WITH_ADDRESS, Portal, extension};

/// Attributes whose value is an address; `srcset` holds several.
const ADDRESSES: [&str; 6] = ["href", "src", "poster", "data", "action", "srcset"];

/// The ids of each page.
type Ids<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

#[test]
fn every_address_leads_to_a_file_of_the_output() {
    for portal in [&*PORTAL, &*PORTAL_WITH_ADDRESS] {
        let ids: Ids<'_> = portal
            .pages
            .iter()
            .map(|page| (page.path.as_str(), ids(page)))
            .collect();
        let mut problems = Vec::new();
        for page in &portal.pages {
            for element in &page.elements {
                let wrong = addresses(element)
                    .into_iter()
                    .filter_map(|address| wrong_address(portal, &ids, page, element, address));
                problems.extend(wrong.map(|problem| format!("{}: {problem}", page.path)));
            }
        }
        none_of("bad addresses", &problems);
    }
}

fn ids(page: &Page) -> BTreeSet<&str> {
    page.elements
        .iter()
        .filter_map(|element| element.attribute("id"))
        .collect()
}

fn addresses(element: &Element) -> Vec<&str> {
    let mut addresses = Vec::new();
    for name in ADDRESSES {
        let Some(value) = element.attribute(name) else { continue };
        if name == "srcset" {
            let candidates = value.split(',').filter_map(|one| one.split_ascii_whitespace().next());
            addresses.extend(candidates);
        } else {
            addresses.push(value);
        }
    }
    addresses
}

/// What is wrong with an address on a page, if anything.
fn wrong_address(portal: &Portal, ids: &Ids<'_>, page: &Page, element: &Element, address: &str) -> Option<String> {
    let tag = &element.name;
    if address.starts_with('/') {
        return Some(format!("root-absolute, so not movable: {address}"));
    }
    if let Some(scheme) = scheme(address) {
        let is_bad = scheme == "javascript" || (loads(element) && scheme != "data");
        return is_bad.then(|| format!("<{tag}> with {address}"));
    }
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let path = path.split('?').next().unwrap_or_default();
    let Ok(path) = percent_decode_str(path).decode_utf8() else {
        return Some(format!("no UTF-8: {address}"));
    };
    let Some(file) = target(&page.path, &path) else {
        return Some(format!("leaves the portal: {address}"));
    };
    if portal.file(&file).is_none() {
        return Some(format!("no such file: {address}"));
    }
    let fragment = percent_decode_str(fragment).decode_utf8_lossy();
    // A fragment with = or / is a state that a script reads.
    let is_id = !fragment.is_empty() && !fragment.contains(['=', '/']);
    let is_missing = is_id && ids.get(file.as_str()).is_some_and(|known| !known.contains(&*fragment));
    is_missing.then(|| format!("no id “{fragment}” in {file}"))
}

/// Whether an element loads what its address names, rather than offering to go there.
fn loads(element: &Element) -> bool {
    let rel = element.attribute("rel").unwrap_or_default();
    let is_reference = rel
        .split_ascii_whitespace()
        .any(|word| matches!(word, "canonical" | "alternate" | "license"));
    match element.name.as_str() {
        "a" | "area" => false,
        "link" => !is_reference,
        _ => true,
    }
}

/// The scheme of an address, if it has one.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|each| each.is_ascii_alphanumeric() || "+.-".contains(each));
    is_scheme.then_some(scheme)
}

/// Where a relative address leads, below the output folder; nothing if it leaves the folder.
pub(crate) fn target(page: &str, path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(page.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[test]
fn style_sheets_and_drawings_load_nothing_from_elsewhere() {
    let mut problems = Vec::new();
    for path in PORTAL.outputs.keys() {
        if extension(path) == "css" {
            let text = PORTAL.text(path);
            for (_, rest) in text
                .match_indices("url(")
                .map(|(at, found)| text.split_at(at + found.len()))
            {
                let address = rest
                    .split(')')
                    .next()
                    .unwrap_or_default()
                    .trim_matches(['"', '\'', ' ']);
                let is_there = target(path, address).is_some_and(|file| PORTAL.file(&file).is_some());
                if !address.starts_with("data:") && !is_there {
                    problems.push(format!("{path}: url({address})"));
                }
            }
            if text.contains("@import") {
                problems.push(format!("{path}: @import, which delays the first line"));
            }
        }
        if extension(path) == "svg" {
            let drawing = roxmltree::Document::parse(PORTAL.text(path));
            let drawing = drawing.unwrap_or_else(|error| panic!("{path}: {error}"));
            for node in drawing.descendants().filter(roxmltree::Node::is_element) {
                let is_script = matches!(node.tag_name().name(), "script" | "foreignObject");
                let outside = node.attributes().any(|attribute| {
                    attribute.name().starts_with("on")
                        || (attribute.name() == "href" && !attribute.value().starts_with('#'))
                });
                if is_script || outside {
                    problems.push(format!("{path}: <{}> that acts or loads", node.tag_name().name()));
                }
            }
        }
    }
    none_of("style sheets and drawings", &problems);
}
