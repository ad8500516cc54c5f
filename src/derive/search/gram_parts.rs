//! The stored grams in parts, each of which becomes a file. An edit changes a few parts; the others stay
//! the very same values.

use std::sync::Arc;

use super::cutting::{self, Bounds, Item};
use super::key::{Key, KeyMaker};

/// A part has about 24 KB: a query needs one for each of its letters.
const BOUNDS: Bounds = Bounds {
    least: 12 * 1024,
    greatest: 36 * 1024,
};
/// So many parts are larger together than one may be: which border a part has depends on no further ones.
const AROUND: usize = 4;

/// Grams that follow one another in the order of their texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Their texts, one behind the other.
    pub(super) texts: String,
    /// Where each text ends.
    pub(super) text_ends: Vec<u32>,
    /// Their lists, with commas between them.
    pub(super) lists: String,
    /// Where each list ends; a comma follows.
    pub(super) list_ends: Vec<u32>,
    /// What all of this is known by.
    pub(super) key: Key,
}

/// A stored gram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gram<'a> {
    /// Its letters.
    pub text: &'a str,
    /// Its pages, as [`page_lists`](super::page_lists) writes them.
    pub list: &'a str,
}

impl Gram<'_> {
    /// About how much of a file it takes.
    fn size(self) -> usize {
        6 + self.list.len()
    }

    fn item(self) -> Item {
        Item {
            size: self.size(),
            hash: cutting::hash(self.text),
        }
    }
}

impl Part {
    fn of(grams: &[Gram<'_>]) -> Self {
        let mut part = Self {
            texts: String::with_capacity(grams.iter().map(|gram| gram.text.len()).sum()),
            text_ends: Vec::with_capacity(grams.len()),
            lists: String::with_capacity(grams.iter().map(|gram| gram.list.len() + 1).sum()),
            list_ends: Vec::with_capacity(grams.len()),
            key: Key::default(),
        };
        for gram in grams {
            if !part.text_ends.is_empty() {
                part.lists.push(',');
            }
            part.texts.push_str(gram.text);
            part.lists.push_str(gram.list);
            part.text_ends.push(number(part.texts.len()));
            part.list_ends.push(number(part.lists.len()));
        }
        let mut key = KeyMaker::default();
        key.add(part.texts.as_bytes());
        for end in &part.text_ends {
            key.add_number(*end);
        }
        key.add(part.lists.as_bytes());
        part.key = key.finish();
        part
    }

    /// What all of it is known by.
    pub fn key(&self) -> Key {
        self.key
    }

    /// How many grams it has.
    pub fn len(&self) -> usize {
        self.text_ends.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.text_ends.is_empty()
    }

    /// The lists of all of its grams, with commas between them.
    pub fn lists(&self) -> &str {
        &self.lists
    }

    /// The text of its first gram.
    pub fn first(&self) -> &str {
        if self.is_empty() { "" } else { self.text(0) }
    }

    fn text(&self, place: usize) -> &str {
        let start = if place == 0 { 0 } else { self.text_ends[place - 1] };
        &self.texts[start as usize..self.text_ends[place] as usize]
    }

    /// The list of the gram at a place.
    pub fn list(&self, place: usize) -> &str {
        let start = if place == 0 { 0 } else { self.list_ends[place - 1] + 1 };
        &self.lists[start as usize..self.list_ends[place] as usize]
    }

    fn gram(&self, place: usize) -> Gram<'_> {
        Gram {
            text: self.text(place),
            list: self.list(place),
        }
    }

    /// The texts of its grams in order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|place| self.text(place))
    }

    /// Its grams in order.
    pub fn grams(&self) -> impl Iterator<Item = Gram<'_>> {
        (0..self.len()).map(|place| self.gram(place))
    }
}

/// All grams in parts.
pub(super) fn cut<'a>(grams: impl Iterator<Item = Gram<'a>>) -> Vec<Arc<Part>> {
    let mut cut = Cut::default();
    for gram in grams {
        cut.add(gram);
        if cut.size > 2 * BOUNDS.greatest {
            cut.part();
        }
    }
    while !cut.waiting.is_empty() {
        cut.part();
    }
    cut.parts
}

/// Grams that are being cut.
#[derive(Default)]
struct Cut<'a> {
    parts: Vec<Arc<Part>>,
    /// Those that are in no part yet.
    waiting: Vec<Gram<'a>>,
    size: usize,
}

impl<'a> Cut<'a> {
    fn add(&mut self, gram: Gram<'a>) {
        self.size += gram.size();
        self.waiting.push(gram);
    }

    /// Adds the grams of a part with the edits between them.
    fn merge(&mut self, part: Option<&'a Part>, edits: &'a [Edit]) {
        let mut edits = edits.iter().peekable();
        for gram in part.into_iter().flat_map(Part::grams) {
            while let Some(edit) = edits.next_if(|edit| edit.text.as_str() < gram.text) {
                self.add_new(edit);
            }
            match edits.next_if(|edit| edit.text == gram.text) {
                Some(edit) => self.add_new(edit),
                None => self.add(gram),
            }
        }
        for edit in edits {
            self.add_new(edit);
        }
    }

    /// Adds the gram of an edit, if it's stored after it.
    fn add_new(&mut self, edit: &'a Edit) {
        if let Some(list) = &edit.list {
            self.add(Gram { text: &edit.text, list });
        }
    }

    /// Makes a part of the first ones that wait, which are all that are left, or more than a part can have.
    fn part(&mut self) {
        let count = cutting::first_file(self.waiting.iter().map(|gram| gram.item()), BOUNDS);
        self.parts.push(Arc::new(Part::of(&self.waiting[..count])));
        let sizes = self.waiting.drain(..count).map(Gram::size);
        self.size -= sizes.sum::<usize>();
    }
}

/// The gram of a text, if it is stored.
pub(super) fn find<'a>(parts: &'a [Arc<Part>], text: &str) -> Option<Gram<'a>> {
    let part = parts.partition_point(|part| part.first() <= text).checked_sub(1)?;
    let part = &parts[part];
    let (mut low, mut high) = (0, part.len());
    while low < high {
        let middle = low.midpoint(high);
        if part.text(middle) < text {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    (low < part.len() && part.text(low) == text).then(|| part.gram(low))
}

/// What becomes of a gram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) text: String,
    /// Its new list; none if it is stored no more.
    pub(super) list: Option<String>,
}

/// The parts after some edits, which are in the order of their texts: the same as if all grams were cut anew.
pub(super) fn edited(parts: &[Arc<Part>], edits: &[Edit]) -> Vec<Arc<Part>> {
    let mut cut = Cut::default();
    // What comes behind the grams that wait.
    let (mut part, mut edit) = (0, 0);
    loop {
        if cut.waiting.is_empty() && part < parts.len() {
            let is_near = |edit: &Edit| {
                let end = parts.get(part + AROUND);
                end.is_none_or(|end| edit.text.as_str() < end.first())
            };
            if !edits.get(edit).is_some_and(is_near) {
                cut.parts.push(Arc::clone(&parts[part]));
                part += 1;
                continue;
            }
        }
        while cut.size <= 2 * BOUNDS.greatest && (part < parts.len() || edit < edits.len()) {
            let end = parts.get(part + 1).map(|next| next.first());
            let own = edits[edit..].partition_point(|edit| end.is_none_or(|end| edit.text.as_str() < end));
            cut.merge(parts.get(part).map(Arc::as_ref), &edits[edit..edit + own]);
            (part, edit) = (part + 1, edit + own);
        }
        if cut.waiting.is_empty() {
            return cut.parts;
        }
        cut.part();
        let Some(first) = cut.waiting.first().map(|gram| gram.text) else {
            continue;
        };
        let place = parts.partition_point(|part| part.first() < first);
        if parts.get(place).is_some_and(|part| part.first() == first) {
            // The border is where it was, so that the parts behind it may be as they were.
            cut.waiting.clear();
            cut.size = 0;
            (part, edit) = (place, edits.partition_point(|edit| edit.text.as_str() < first));
        }
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{BOUNDS, Edit, Gram, cut, edited, find};

    type Grams = BTreeMap<String, String>;

    fn parts(grams: &Grams) -> Vec<std::sync::Arc<super::Part>> {
        cut(grams.iter().map(|(text, list)| Gram { text, list }))
    }

    fn list() -> impl Strategy<Value = String> {
        (0..4_usize, 1..300_usize)
            .prop_map(|(letter, length)| ["A", "B", "C", "D"][letter].repeat(length * length / 20))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn edited_parts_are_those_of_the_edited_grams(
            grams in proptest::collection::btree_map("[a-f]{1,4}", list(), 0..400),
            edits in proptest::collection::btree_map("[a-f]{1,4}", proptest::option::of(list()), 0..12),
        ) {
            let before = parts(&grams);
            let mut after = grams.clone();
            for (text, list) in &edits {
                match list {
                    Some(list) => after.insert(text.clone(), list.clone()),
                    None => after.remove(text),
                };
            }
            let edits: Vec<Edit> = edits.into_iter().map(|(text, list)| Edit { text, list }).collect();
            let found = edited(&before, &edits);
            prop_assert_eq!(&found, &parts(&after));
            for (text, list) in &after {
                prop_assert_eq!(find(&found, text).map(|gram| gram.list), Some(list.as_str()));
            }
            for edit in edits.iter().filter(|edit| edit.list.is_none()) {
                prop_assert_eq!(find(&found, &edit.text), None);
            }
            let again: Grams = found
                .iter()
                .flat_map(|part| part.grams())
                .map(|gram| (gram.text.to_owned(), gram.list.to_owned()))
                .collect();
            prop_assert_eq!(again, after);
        }
    }

    #[test]
    fn parts_far_from_an_edit_are_the_same_values() {
        let mut grams = Grams::new();
        for number in 0..20_000 {
            grams.insert(format!("{number:05}"), "A".repeat(number * 7 % 90));
        }
        let before = parts(&grams);
        let edit = |text: &str, list: Option<&str>| Edit {
            text: text.into(),
            list: list.map(str::to_owned),
        };
        let found = edited(
            &before,
            &[
                edit("04000", None),
                edit("04000x", Some("ABC")),
                edit("17000", Some("A")),
            ],
        );
        let others = found
            .iter()
            .filter(|part| !before.iter().any(|old| old.key == part.key));
        assert!(others.count() <= 4);
        let made = found
            .iter()
            .filter(|part| !before.iter().any(|old| std::sync::Arc::ptr_eq(old, part)));
        assert!(made.count() <= 20);
        let sizes = before.iter().map(|part| part.lists.len() + 6 * part.len());
        assert!(sizes.sum::<usize>() / before.len() < BOUNDS.greatest * 5 / 6);
    }
}
