//! Which pages contain which runs of letters: what the search index stores, and why that is enough.
//!
//! Chinese has no spaces, and readers type any part of a phrase. So the index knows runs of letters
//! (*grams*), whatever they mean. It stores the pages of every letter and of every pair of letters. For a
//! longer query the pages of all its pairs are intersected, which finds every page that contains it, and
//! some that only contain its pairs here and there. Positions would tell them apart, but cost more than the
//! text itself. Instead, longer grams are stored where they are needed, and only there:
//!
//! A gram of three or more letters is stored when at least [`TO_VERIFY`] pages contain both the gram
//! without its last letter and the gram without its first, and some of these pages don't contain the gram.
//!
//! Let C(q) be the intersection of the pages of all stored grams within a query q, and A(q) the pages that
//! contain q; A(q) is always part of C(q). By induction over the length, for every q that occurs at all:
//! either C(q) = A(q), or C(q) has fewer than [`TO_VERIFY`] pages, whose texts can be looked into. And if q
//! occurs nowhere, one look into any page of C(q) shows it. So a query is answered exactly, from lists
//! alone or with a few texts, most of which are shown as results anyway.
//!
//! Grams whose candidates are few need no longer grams, since these have still fewer: the lengths end by
//! themselves where a site's texts stop repeating each other.

use std::sync::Arc;

use super::gram_parts::{self, Gram, Part};
use super::letters::Texts;
use super::trees;
pub use super::visible_text::{IN_NAMES, IN_TEXT, IN_TITLE};

/// With fewer candidates than this the script looks into their texts.
pub const TO_VERIFY: usize = 16;
/// Grams are not followed further than this; longer queries are verified.
pub const LONGEST_GRAM: usize = 8;

/// How much a gram counts on a page, by the best place where it stands; the smaller, the more:
/// [`IN_TITLE`], [`IN_NAMES`], [`OFTEN`], [`IN_TEXT`].
pub type Class = u8;
/// In the text, three times or more.
pub const OFTEN: Class = 2;

/// A gram on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The number of the page.
    pub page: u32,
    /// How much it counts there.
    pub class: Class,
}

/// All grams that have to be stored, in the order of their texts; `total` is the number of pages.
pub fn stored(texts: &Texts, total: u32) -> Vec<Arc<Part>> {
    let stored = trees::stored(texts, total);
    gram_parts::cut(
        stored
            .iter()
            .flat_map(|stored| stored.iter().map(|(text, list)| Gram { text, list })),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::folding::Folding;
    use super::super::letters::{Numbering, joined};
    use super::super::page_lists;
    use super::{IN_NAMES, IN_TEXT, IN_TITLE, LONGEST_GRAM, OFTEN, Posting, TO_VERIFY, stored};

    /// A text with its list.
    type Gram = (String, String);

    fn grams_of(pages: &[Vec<(u8, String)>]) -> Vec<Gram> {
        let folding = Folding::new();
        let mut numbering = Numbering::new(&folding);
        for (page, texts) in (0..).zip(pages) {
            for (class, text) in texts {
                numbering.add(page, *class, text);
            }
        }
        let parts = stored(&joined(vec![numbering.finish()]), u32::try_from(pages.len()).unwrap());
        let grams = parts.iter().flat_map(|part| part.grams());
        grams.map(|gram| (gram.text.to_owned(), gram.list.to_owned())).collect()
    }

    fn postings(gram: &Gram, total: usize) -> Vec<Posting> {
        page_lists::read(&gram.1, u32::try_from(total).unwrap())
    }

    /// The pages that all stored grams within a query share, as the script finds them.
    fn candidates(grams: &BTreeMap<&str, BTreeSet<u32>>, query: &[char]) -> BTreeSet<u32> {
        let mut found: Option<BTreeSet<u32>> = None;
        let shortest = query.len().min(2);
        for start in 0..query.len() {
            for end in start + shortest..=query.len() {
                let text: String = query[start..end].iter().collect();
                let pages = match grams.get(text.as_str()) {
                    Some(pages) => pages.clone(),
                    None if end - start == shortest => BTreeSet::new(),
                    None => continue,
                };
                found = Some(found.map_or(pages.clone(), |found| &found & &pages));
            }
        }
        found.unwrap_or_default()
    }

    /// Pages of few letters and a few phrases that return, so that everything repeats. Letters that are not
    /// Han, so that white space ends words.
    fn pages() -> impl Strategy<Value = Vec<Vec<(u8, String)>>> {
        let phrase = prop_oneof![
            3 => "[abc]{1,3}",
            2 => Just("abcd".to_owned()),
            1 => Just("bcdab".to_owned()),
            1 => Just("c d".to_owned()),
        ];
        let text = proptest::collection::vec(phrase, 0..8).prop_map(|phrases| phrases.concat());
        let class = prop_oneof![Just(IN_TITLE), Just(IN_NAMES), Just(IN_TEXT)];
        proptest::collection::vec(proptest::collection::vec((class, text), 0..3), 0..90)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn candidates_are_the_answer_or_few(pages in pages()) {
            let grams = grams_of(&pages);
            let lists: BTreeMap<&str, BTreeSet<u32>> = grams
                .iter()
                .map(|gram| {
                    let found = postings(gram, pages.len());
                    (gram.0.as_str(), found.iter().map(|posting| posting.page).collect())
                })
                .collect();
            let mut answers: BTreeMap<Vec<char>, BTreeSet<u32>> = BTreeMap::new();
            for (page, texts) in (0..).zip(&pages) {
                for word in texts.iter().flat_map(|(_, text)| text.split(' ')) {
                    let letters: Vec<char> = word.chars().collect();
                    for length in 1..=LONGEST_GRAM {
                        for query in letters.windows(length) {
                            answers.entry(query.to_vec()).or_default().insert(page);
                        }
                    }
                }
            }
            for (query, answer) in answers {
                let candidates = candidates(&lists, &query);
                prop_assert!(candidates.is_superset(&answer), "{:?}", query);
                prop_assert!(candidates == answer || candidates.len() < TO_VERIFY, "{:?} {:?}", query, candidates);
            }
        }
    }

    #[test]
    fn a_gram_counts_by_its_best_place() {
        let grams = grams_of(&[
            vec![(IN_TITLE, "党建".into()), (IN_TEXT, "党建党建党建".into())],
            vec![(IN_TEXT, "党建，党建，党建".into())],
            vec![(IN_TEXT, "黨建".into()), (IN_NAMES, "联盟".into())],
        ]);
        let of = |text: &str| {
            let gram = grams.iter().find(|gram| gram.0 == text).unwrap();
            postings(gram, 3)
                .iter()
                .map(|posting| (posting.page, posting.class))
                .collect::<Vec<_>>()
        };
        assert_eq!(of("党建"), [(0, IN_TITLE), (1, OFTEN), (2, IN_TEXT)]);
        assert_eq!(of("联"), [(2, IN_NAMES)]);
        assert!(grams.iter().all(|gram| gram.0 != "建联"), "passages don't run together");
    }

    #[test]
    fn nothing_has_no_grams() {
        assert_eq!(grams_of(&[]), []);
        assert_eq!(grams_of(&[vec![(IN_TEXT, String::new())]]), []);
    }
}
