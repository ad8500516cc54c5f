//! Where each key and value of a piece of YAML stands.
//!
//! `serde_yaml` gives values and no places. A piece is scanned a second time, with the events of
//! `saphyr-parser`, only when a problem must point at a key or a value.

use saphyr_parser::{Event, Parser, Span as YamlSpan};

use super::Key;

/// Deeper nesting than this is no honest front matter; it also bounds the recursion here.
const DEEPEST: usize = 64;

/// A node with its place: bytes of the scanned piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The bytes of the value.
    pub range: std::ops::Range<usize>,
    /// What is in it.
    pub inner: Inner,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inner {
    /// A scalar or an alias.
    Leaf,
    /// Items in order.
    Sequence(Vec<Node>),
    /// Entries in order.
    Mapping(Vec<Entry>),
}

/// One key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key as written, without quotes.
    pub key: String,
    /// The bytes of the key.
    pub key_range: std::ops::Range<usize>,
    /// The value.
    pub value: Node,
}

/// One step of the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An item of a list, from 0.
    Item(usize),
}

/// Scans a piece of YAML; `None` when it is not well formed.
pub fn scan(text: &str) -> Option<Node> {
    // Tabs between a key and its value are fine, but not for this parser.
    scan_exactly(text).or_else(|| {
        let has_tabs = text.contains('\t');
        has_tabs.then(|| scan_exactly(&text.replace('\t', " "))).flatten()
    })
}

fn scan_exactly(text: &str) -> Option<Node> {
    let mut events = Vec::new();
    let mut cursor = Cursor::new(text);
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {}
            event => events.push((event, cursor.bytes(span))),
        }
    }
    let mut at = 0;
    node(&events, &mut at, 0)
}

/// Turns the parser's lines and columns into bytes. Places come mostly in the order of the text,
/// so that a step goes on from the last one: a text of one long line is walked through once.
struct Cursor<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    line: usize,
    column: usize,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        // The parser ends a line at a carriage return that stands alone, too.
        let is_end = |at: usize| match bytes[at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let ends = (0..bytes.len()).filter(|at| is_end(*at)).map(|at| at + 1);
        Self {
            text,
            line_starts: std::iter::once(0).chain(ends).collect(),
            line: 1,
            column: 0,
            at: 0,
        }
    }

    /// The byte of a line (from 1) and a column in characters (from 0); what is past the end of a
    /// line or of the text leads there.
    fn offset(&mut self, line: usize, column: usize) -> usize {
        if line != self.line || column < self.column {
            let Some(start) = self.line_starts.get(line.saturating_sub(1)) else {
                return self.text.len();
            };
            (self.line, self.column, self.at) = (line, 0, *start);
        }
        for c in self.text[self.at..].chars().take(column - self.column) {
            if matches!(c, '\n' | '\r') {
                break;
            }
            self.column += 1;
            self.at += c.len_utf8();
        }
        self.at
    }

    fn bytes(&mut self, span: YamlSpan) -> std::ops::Range<usize> {
        let start = self.offset(span.start.line(), span.start.col());
        let end = self.offset(span.end.line(), span.end.col()).max(start);
        // A plain scalar's span may run on over the line end that closes it.
        start..start + self.text[start..end].trim_end().len()
    }
}

type Located<'a> = (Event<'a>, std::ops::Range<usize>);

fn node(events: &[Located<'_>], at: &mut usize, depth: usize) -> Option<Node> {
    let (event, range) = events.get(*at)?;
    if depth > DEEPEST {
        return None;
    }
    *at += 1;
    match event {
        Event::SequenceStart(..) => {
            let mut items = Vec::new();
            while !matches!(events.get(*at)?.0, Event::SequenceEnd) {
                items.push(node(events, at, depth + 1)?);
            }
            let last = items.last().map(|item| item.range.end);
            let end = end_of(range, last, &events.get(*at)?.1);
            *at += 1;
            let start = range.start;
            Some(Node {
                range: start..end.max(start),
                inner: Inner::Sequence(items),
            })
        }
        Event::MappingStart(..) => {
            let mut entries = Vec::new();
            while !matches!(events.get(*at)?.0, Event::MappingEnd) {
                let key = match &events.get(*at)?.0 {
                    Event::Scalar(text, ..) => text.to_string(),
                    _ => String::new(),
                };
                let key_range = node(events, at, depth + 1)?.range;
                let value = node(events, at, depth + 1)?;
                entries.push(Entry { key, key_range, value });
            }
            let last = entries
                .last()
                .map(|entry| entry.value.range.end.max(entry.key_range.end));
            let end = end_of(range, last, &events.get(*at)?.1);
            *at += 1;
            let start = entries
                .first()
                .map_or(range.start, |entry| entry.key_range.start.min(range.start));
            Some(Node {
                range: start..end.max(start),
                inner: Inner::Mapping(entries),
            })
        }
        _ => Some(Node {
            range: range.clone(),
            inner: Inner::Leaf,
        }),
    }
}

/// Where a list or a record ends: at its closing bracket, or with what is last in it.
fn end_of(start: &std::ops::Range<usize>, last: Option<usize>, closing: &std::ops::Range<usize>) -> usize {
    if closing.is_empty() {
        last.unwrap_or(start.end)
    } else {
        closing.end
    }
}

impl Node {
    /// The value at the end of a way of keys as written; as far as the way leads.
    pub fn follow(&self, way: &[Step]) -> &Self {
        let Some((step, rest)) = way.split_first() else {
            return self;
        };
        let next = match (step, &self.inner) {
            (Step::Key(key), Inner::Mapping(entries)) => {
                entries.iter().find(|entry| entry.key == *key).map(|entry| &entry.value)
            }
            (Step::Item(index), Inner::Sequence(items)) => items.get(*index),
            // A single item may stand for a list of one.
            (Step::Item(0), _) => Some(self),
            _ => None,
        };
        next.map_or(self, |next| next.follow(rest))
    }

    /// The bytes of a key as written in the mapping at the end of a way.
    pub fn key_range(&self, way: &[Step]) -> Option<std::ops::Range<usize>> {
        let (last, rest) = way.split_last()?;
        let Inner::Mapping(entries) = &self.follow(rest).inner else {
            return None;
        };
        let Step::Key(key) = last else { return None };
        entries
            .iter()
            .find(|entry| entry.key == *key)
            .map(|entry| entry.key_range.clone())
    }

    /// Whether a byte belongs to a value or a key, as opposed to a comment.
    pub fn has_leaf_at(&self, at: usize) -> bool {
        match &self.inner {
            Inner::Leaf => self.range.contains(&at),
            Inner::Sequence(items) => items.iter().any(|item| item.has_leaf_at(at)),
            Inner::Mapping(entries) => entries
                .iter()
                .any(|entry| entry.key_range.contains(&at) || entry.value.has_leaf_at(at)),
        }
    }

    /// Keys that stand twice in one mapping: (the key, the later place, the first place).
    pub fn duplicate_keys(&self) -> Vec<(String, std::ops::Range<usize>, std::ops::Range<usize>)> {
        let mut found = Vec::new();
        match &self.inner {
            Inner::Leaf => {}
            Inner::Sequence(items) => items.iter().for_each(|item| found.extend(item.duplicate_keys())),
            Inner::Mapping(entries) => {
                for (index, entry) in entries.iter().enumerate() {
                    if let Some(first) = entries[..index].iter().find(|earlier| earlier.key == entry.key) {
                        found.push((entry.key.clone(), entry.key_range.clone(), first.key_range.clone()));
                    }
                    found.extend(entry.value.duplicate_keys());
                }
            }
        }
        found
    }

    /// The value that a way of English keys leads to, such as `members[2].park`, whichever
    /// language the keys are written in; as far as the way leads.
    pub fn follow_english(&self, keys: &'static [Key], way: &str) -> &Self {
        let mut node = self;
        let mut keys = keys;
        for part in way.split('.') {
            let (name, index) = match part.split_once('[') {
                Some((name, index)) => (name, index.trim_end_matches(']').parse::<usize>().ok()),
                None => (part, None),
            };
            let Inner::Mapping(entries) = &node.inner else {
                return node;
            };
            let key = keys.iter().find(|key| key.name == name);
            let written = entries
                .iter()
                .find(|entry| key.map_or(entry.key == name, |key| key.is_written(&entry.key)));
            let Some(entry) = written else { return node };
            node = &entry.value;
            if let (Some(index), Inner::Sequence(items)) = (index, &node.inner) {
                // Items without anything in them are left out where lists are read.
                let mut items = items.iter().filter(|item| !item.range.is_empty());
                let Some(item) = items.nth(index) else { return node };
                node = item;
            }
            keys = key.map_or(&[], |key| super::keys_of(&key.shape));
        }
        node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "标题: 甲乙\n位置: {经度: 120.3, lat: 31}\n成员:\n  - 单位: 丙\n  - unit: \"丁\"\n";

    #[test]
    fn values_and_keys_are_found_after_chinese_text() {
        let root = scan(TEXT).unwrap();
        let key = |key: &str| Step::Key(key.to_owned());
        let at = |way: &[Step]| &TEXT[root.follow(way).range.clone()];
        assert_eq!(at(&[key("标题")]), "甲乙");
        assert_eq!(at(&[key("位置"), key("经度")]), "120.3");
        assert_eq!(at(&[key("成员"), Step::Item(1), key("unit")]), "\"丁\"");
        assert_eq!(
            root.key_range(&[key("位置"), key("lat")]).map(|range| &TEXT[range]),
            Some("lat")
        );
    }

    #[test]
    fn doubles_are_found_at_any_depth() {
        let root = scan("a: 1\nb: {c: 1, c: 2}\na: 3\n").unwrap();
        let doubles: Vec<_> = root.duplicate_keys().into_iter().map(|(key, ..)| key).collect();
        assert_eq!(doubles, ["c", "a"]);
    }

    #[test]
    fn ranges_end_where_their_words_end() {
        let text = "a: {b: 1, c: [x, y] }\nd:\n  - e: 1\n    f:\n\ng:\t2\n";
        let root = scan(text).unwrap();
        let at = |key: &str| &text[root.follow(&[Step::Key(key.to_owned())]).range.clone()];
        assert_eq!(at("a"), "{b: 1, c: [x, y] }");
        assert_eq!(at("d"), "- e: 1\n    f");
        assert_eq!(at("g"), "2");
    }

    #[test]
    fn broken_text_gives_nothing() {
        assert_eq!(scan("a: [1, 2"), None);
        assert_eq!(scan(&"[".repeat(100_000)), None);
    }
}
