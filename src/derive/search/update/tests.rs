//! Stories of pages that change, told to the update and to an index that is made anew.

use std::sync::Arc;

use proptest::prelude::*;

use super::{NewTexts, update};
use crate::derive::search::folding::Folding;
use crate::derive::search::grams::{IN_NAMES, IN_TEXT, IN_TITLE, stored};
use crate::derive::search::key::Key;
use crate::derive::search::letters::{Numbering, RUN, joined};
use crate::derive::search::{SearchIndex, SearchPage, folds, suggestions};
use crate::read::EntryId;

/// The texts of a page with their classes.
type Page = Vec<(u8, String)>;

/// The index of made-up pages, each of whose paths is its number.
pub fn index_of(pages: &[Page]) -> SearchIndex {
    let folding = Folding::new();
    let runs = pages.chunks(RUN).zip(0..).map(|(pages, run)| {
        let mut numbering = Numbering::new(&folding);
        for (page, texts) in (run * u32::try_from(RUN).unwrap()..).zip(pages) {
            for (class, text) in texts {
                numbering.add(page, *class, text);
            }
        }
        numbering.finish()
    });
    let texts = joined(runs.collect());
    let grams = stored(&texts, u32::try_from(pages.len()).unwrap());
    SearchIndex {
        pages: (0..pages.len()).map(page).collect(),
        folds: folds(&folding, &grams),
        suggestions: Arc::new(suggestions::suggestions(&grams, None)),
        texts,
        grams,
    }
}

fn page(number: usize) -> SearchPage {
    SearchPage {
        id: EntryId::new(number),
        path: number.to_string(),
        length: 0,
        key: Key::default(),
    }
}

fn new_texts(number: usize, texts: &Page) -> NewTexts {
    let folding = Folding::new();
    let mut numbering = Numbering::new(&folding);
    let page = u32::try_from(number).unwrap();
    for (class, text) in texts {
        numbering.add(page, *class, text);
    }
    NewTexts {
        page,
        texts: numbering.finish(),
    }
}

fn page_texts() -> impl Strategy<Value = Page> {
    let phrase = prop_oneof![
        6 => "[abc]{1,3}",
        4 => Just("abcd".to_owned()),
        3 => Just("bcdab".to_owned()),
        2 => Just("abcdabcdab".to_owned()),
        2 => Just("c d".to_owned()),
        2 => Just("党建联".to_owned()),
        1 => Just("黨建".to_owned()),
        1 => "[张江区镇]{1,2}",
        1 => "[e-z]",
    ];
    let text = proptest::collection::vec(phrase, 0..8).prop_map(|phrases| phrases.concat());
    let class = prop_oneof![Just(IN_TITLE), Just(IN_NAMES), Just(IN_TEXT)];
    proptest::collection::vec((class, text), 0..3)
}

/// Pages, and other texts for some of them, again and again.
type Story = (Vec<Page>, Vec<Vec<(prop::sample::Index, Page)>>);

fn story() -> impl Strategy<Value = Story> {
    let edits = proptest::collection::vec((any::<prop::sample::Index>(), page_texts()), 1..6);
    (
        proptest::collection::vec(page_texts(), 1..90),
        proptest::collection::vec(edits, 1..4),
    )
}

fn check((mut pages, edits): Story) -> Result<(), TestCaseError> {
    let mut index = index_of(&pages);
    for edits in edits {
        let mut changed = std::collections::BTreeMap::new();
        for (place, texts) in edits {
            changed.insert(place.index(pages.len()), texts);
        }
        let new = changed.iter().map(|(number, texts)| new_texts(*number, texts));
        index = update(&index, index.pages.clone(), new.collect()).unwrap();
        for (number, texts) in changed {
            pages[number] = texts;
        }
        let anew = index_of(&pages);
        prop_assert_eq!(&index.grams, &anew.grams);
        prop_assert_eq!(&index.folds, &anew.folds);
        prop_assert_eq!(&index.suggestions, &anew.suggestions);
        if index.texts.alphabet == anew.texts.alphabet {
            prop_assert_eq!(&index.texts, &anew.texts);
        }
        for number in 0..u32::try_from(pages.len()).unwrap() {
            let letters = |index: &SearchIndex| -> Vec<(u8, String)> {
                let words = index.texts.words_of(number);
                let text = |word: &[u16]| word.iter().map(|at| index.texts.alphabet[usize::from(*at)]).collect();
                words.map(|(class, word)| (class, text(word))).collect()
            };
            prop_assert_eq!(letters(&index), letters(&anew));
        }
    }
    Ok(())
}

fn cases() -> u32 {
    let wanted = std::env::var("HONGTU_CASES").ok();
    wanted.and_then(|cases| cases.parse().ok()).unwrap_or(96)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn an_updated_index_is_one_that_is_made_anew(story in story()) {
        check(story)?;
    }

    /// With more pages than one run of texts has.
    #[test]
    fn pages_of_all_runs_can_change(
        texts in proptest::collection::vec(page_texts(), 1..20),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), page_texts()), 1..4),
    ) {
        let pages = texts.iter().cycle().take(2 * RUN + 40).cloned().collect();
        check((pages, vec![edits]))?;
    }
}
