//! Links and images of a body: where they lead, where they stand, and the words that stand for them.

use super::LinkKind;
use crate::read::raw_html;
use crate::schema::spans::{Inner, Node};
use crate::schema::yaml::Snippet;
use crate::source::Span;

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Which of them.
    pub kind: LinkKind,
    /// As written, with escapes resolved.
    pub destination: String,
    /// The destination where it can be told from the rest, else the whole link.
    pub span: Span,
    /// The whole link or image, with its words.
    pub whole: Span,
    /// The words of a link, the description of an image; absent where the key of a data fence says it.
    pub words: Option<String>,
}

/// What a tag of raw HTML leads to or shows: its kind, and the attribute that says it.
pub(super) fn of_tag(tag: &raw_html::Tag) -> impl Iterator<Item = (LinkKind, &raw_html::Attribute)> {
    tag.attributes
        .iter()
        .filter_map(|attribute| match (tag.element.as_str(), attribute.name.as_str()) {
            ("a", "href") => Some((LinkKind::Link, attribute)),
            ("img", "src") => Some((LinkKind::Image, attribute)),
            _ => None,
        })
}

/// What a tag of raw HTML says of its picture; of a link the words stand behind the tag.
pub(super) fn description(tag: &raw_html::Tag) -> Option<String> {
    let alt = tag.attributes.iter().find(|attribute| attribute.name == "alt");
    (tag.element == "img").then(|| alt.map_or_else(String::new, |alt| alt.value.clone()))
}

/// The pictures that a data fence names under `src` or 图片.
pub(super) fn pictures(snippet: Snippet<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    if let Some(root) = snippet.scan() {
        collect(&root, snippet, &mut links);
    }
    links
}

fn collect(node: &Node, snippet: Snippet<'_>, links: &mut Vec<Link>) {
    match &node.inner {
        Inner::Leaf => {}
        Inner::Sequence(items) => items.iter().for_each(|item| collect(item, snippet, links)),
        Inner::Mapping(entries) => {
            for entry in entries {
                if matches!(entry.key.as_str(), "src" | "图片") && entry.value.inner == Inner::Leaf {
                    let written = &snippet.text[entry.value.range.clone()];
                    let destination = written.trim_matches(['"', '\'']).to_owned();
                    let span = snippet.span(entry.value.range.clone());
                    links.push(Link {
                        kind: LinkKind::Image,
                        destination,
                        span,
                        whole: span,
                        words: None,
                    });
                } else {
                    collect(&entry.value, snippet, links);
                }
            }
        }
    }
}
