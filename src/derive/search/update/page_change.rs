//! Which grams stand on a page, before and after it changed.

use rustc_hash::FxHashMap;

use super::gram_key::GramKey;
use crate::derive::search::grams::{Class, IN_TEXT, LONGEST_GRAM, OFTEN};
use crate::derive::search::letters::Texts;

/// A page with its grams, each with its class.
pub(super) struct PageChange {
    /// Its number.
    pub(super) page: u32,
    /// In order.
    before: Vec<(GramKey, Class)>,
    /// In order.
    after: Vec<(GramKey, Class)>,
}

impl PageChange {
    /// Of texts before and after, whose letters have the same numbers.
    pub(super) fn between(page: u32, before: &Texts, after: &Texts) -> Self {
        Self {
            page,
            before: grams(before, page),
            after: grams(after, page),
        }
    }

    /// The class of a gram after the change, if it's there.
    pub(super) fn after(&self, gram: GramKey) -> Option<Class> {
        class_of(&self.after, gram)
    }

    /// Whether it's another page for a gram.
    pub(super) fn differs(&self, gram: GramKey) -> bool {
        class_of(&self.before, gram) != self.after(gram)
    }

    /// All grams that may have to be stored now and not before, or with another list, or no more; some of them
    /// more than once.
    pub(super) fn concerned(&self) -> Vec<GramKey> {
        let without = |ours: &[(GramKey, Class)], theirs: &[(GramKey, Class)]| -> Vec<(GramKey, bool)> {
            let class = |gram| class_of(theirs, gram);
            let differing = ours.iter().filter(|(gram, own)| class(*gram) != Some(*own));
            differing.map(|(gram, _)| (*gram, class(*gram).is_none())).collect()
        };
        let mut concerned = Vec::new();
        // By the letters in the middle: grams that came or went and have these letters behind their first one,
        // or before their last one.
        let mut heads: FxHashMap<GramKey, Vec<GramKey>> = FxHashMap::default();
        let mut tails: FxHashMap<GramKey, Vec<GramKey>> = FxHashMap::default();
        let both = [(&self.before, &self.after), (&self.after, &self.before)];
        for (gram, is_new) in both.iter().flat_map(|(ours, theirs)| without(ours, theirs)) {
            concerned.push(gram);
            if is_new && (2..LONGEST_GRAM).contains(&gram.len()) {
                heads.entry(gram.tail()).or_default().push(gram);
                tails.entry(gram.head()).or_default().push(gram);
            }
        }
        for (gram, _) in self.before.iter().chain(&self.after) {
            if !(2..LONGEST_GRAM).contains(&gram.len()) {
                continue;
            }
            let before = heads.get(&gram.head()).into_iter().flatten();
            concerned.extend(before.map(|head| head.with_last_of(*gram)));
            let behind = tails.get(&gram.tail()).into_iter().flatten();
            concerned.extend(behind.map(|tail| tail.with_first_of(*gram)));
        }
        concerned
    }
}

fn class_of(grams: &[(GramKey, Class)], gram: GramKey) -> Option<Class> {
    let place = grams.binary_search_by_key(&gram, |(gram, _)| *gram).ok()?;
    Some(grams[place].1)
}

/// All grams of a page in order.
fn grams(texts: &Texts, page: u32) -> Vec<(GramKey, Class)> {
    let mut places = Vec::new();
    for (class, letters) in texts.words_of(page) {
        for start in 0..letters.len() {
            places.extend(GramKey::at(&letters[start..]).map(|gram| (gram, class)));
        }
    }
    places.sort_unstable();
    let same = places.chunk_by(|(one, _), (other, _)| one == other);
    let best = same.map(|same| match same[0] {
        (gram, IN_TEXT) if same.len() > 2 => (gram, OFTEN),
        best => best,
    });
    best.collect()
}
