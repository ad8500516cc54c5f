//! All settled forms, right and wrong, found in one pass: the longest at each place counts, so that a wrong
//! form inside of a right one is none.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::phrases::{Phrases, itself};
use crate::config::terms::Terms;

/// The forms.
pub struct Vocabulary {
    phrases: Phrases,
    /// By form: the term and the number among its wrong forms, if it is a wrong one.
    wrong: Vec<Option<(usize, usize)>>,
}

/// A form in a text.
pub struct Hit {
    /// Where.
    pub range: Range<usize>,
    /// The term whose wrong form it is, and the number of that form.
    pub wrong: Option<(usize, usize)>,
}

impl Vocabulary {
    /// From the list of words and from what is known to be right besides.
    pub fn new(terms: &Terms, known: &BTreeSet<String>) -> Self {
        let mut forms: BTreeMap<&str, Option<(usize, usize)>> = BTreeMap::new();
        for (number, term) in terms.terms.iter().enumerate() {
            for (at, wrong) in term.wrong.iter().enumerate() {
                forms.entry(wrong).or_insert(Some((number, at)));
            }
        }
        // A name of the site in a wrong form is found by that form.
        for known in known {
            forms.entry(known).or_insert(None);
        }
        for right in terms
            .terms
            .iter()
            .flat_map(|term| term.also.iter().chain([&term.right]))
        {
            forms.insert(right, None);
        }
        forms.remove("");
        Self {
            phrases: Phrases::new(forms.keys().map(|form| form.chars().map(itself))),
            wrong: forms.into_values().collect(),
        }
    }

    /// The forms in a text, in their order, none within another.
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.phrases.longest(text, itself, |form, range| {
            hits.push(Hit {
                range,
                wrong: self.wrong.get(form).copied().flatten(),
            });
        });
        hits
    }
}
