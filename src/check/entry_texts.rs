//! The texts in the front matter of an entry with their places: of keys whose values are words and no
//! addresses, paths, names for machines or numbers.

use std::ops::Range;

use crate::read::outline::prose::{BlockKind, ProseBlock};
use crate::read::{Entry, Library};
use crate::schema::spans::{Inner, Node};
use crate::schema::{Key, Shape, keys_of};

/// Keys whose texts are no sentences: addresses of the web, paths, names for machines, numbers.
const NO_SENTENCES: &[&str] = &[
    "slug", "url", "src", "kind", "aliases", "phone", "hours", "booking", "contact", "value", "as_of", "park",
    "alliance", "stops", "x", "y", "lng", "lat", "crs", "region", "approval", "file",
];

/// The text of a key.
pub struct KeyText {
    /// The key's English name.
    pub key: &'static str,
    /// The words and their places.
    pub block: ProseBlock,
}

/// All texts in their order; none where the front matter is no YAML.
pub fn of_front_matter(library: &Library, entry: &Entry) -> Vec<KeyText> {
    let snippet = entry.snippet(&library.sources);
    let mut reader = Reader {
        entry,
        source: library.sources.get(entry.file).map_or("", |source| &*source.text),
        start: snippet.start,
        texts: Vec::new(),
    };
    if let Some(root) = snippet.scan() {
        reader.record(&root, entry.kind().keys());
    }
    reader.texts
}

/// Collects the texts of a front matter.
struct Reader<'a> {
    entry: &'a Entry,
    source: &'a str,
    start: usize,
    texts: Vec<KeyText>,
}

impl Reader<'_> {
    fn record(&mut self, node: &Node, keys: &'static [Key]) {
        let Inner::Mapping(written) = &node.inner else { return };
        for entry in written {
            let key = keys.iter().find(|key| key.is_written(&entry.key));
            if let Some(key) = key.filter(|key| !NO_SENTENCES.contains(&key.name)) {
                self.value(&entry.value, (key.name, &key.shape));
            }
        }
    }

    fn value(&mut self, node: &Node, (name, shape): (&'static str, &'static Shape)) {
        match (shape, &node.inner) {
            (Shape::Text, Inner::Leaf) => self.text(node.range.clone(), name),
            (Shape::List(inner), Inner::Sequence(items)) => {
                for item in items {
                    self.value(item, (name, inner));
                }
            }
            // One text for a list is reported where lists are read.
            (Shape::List(Shape::Text), Inner::Leaf) => {}
            (Shape::RecordOr(keys, own), Inner::Leaf) => {
                if let Some(key) = keys.iter().find(|key| key.name == *own) {
                    self.value(node, (key.name, &key.shape));
                }
            }
            (Shape::RecordOrList(keys, own), Inner::Sequence(_)) => {
                if let Some(key) = keys.iter().find(|key| key.name == *own) {
                    self.value(node, (key.name, &key.shape));
                }
            }
            _ => self.record(node, keys_of(shape)),
        }
    }

    /// The words of a value, without the quotation marks of YAML.
    fn text(&mut self, range: Range<usize>, key: &'static str) {
        let mut range = self.start + range.start..self.start + range.end;
        let written = self.source.get(range.clone()).unwrap_or("");
        let is_quoted = |mark: char| written.len() >= 2 && written.starts_with(mark) && written.ends_with(mark);
        if is_quoted('"') || is_quoted('\'') {
            range = range.start + 1..range.end - 1;
        }
        let text = self.source.get(range.clone()).unwrap_or("");
        if text.is_ascii() {
            return;
        }
        let block = ProseBlock::of_one_run(BlockKind::Paragraph, (self.entry.file, range.start), text);
        self.texts.push(KeyText { key, block });
    }
}
