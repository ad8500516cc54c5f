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

use rustc_hash::FxHashMap as HashMap;

use rayon::prelude::*;

/// With fewer candidates than this the script looks into their texts.
pub const TO_VERIFY: usize = 16;
/// Grams are not followed further than this; longer queries are verified.
pub const LONGEST_GRAM: usize = 8;
/// Letters that are worked on at a time. A part of the definition of the work, and not of the machine:
/// the same site is cut in the same way everywhere.
const CHUNK: usize = 1 << 20;
/// The number of a position where no gram begins that has to be followed.
const NONE: u32 = u32::MAX;

/// How much a gram counts on a page, by the best place where it stands; the smaller, the more.
pub type Class = u8;
/// In the title.
pub const IN_TITLE: Class = 0;
/// In a heading, a tag, the names of park, persons and organisations.
pub const IN_NAMES: Class = 1;
/// In the text, three times or more.
pub const OFTEN: Class = 2;
/// In the text.
pub const IN_TEXT: Class = 3;

/// A run of text on a page that a query may lie in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// The number of the page.
    pub page: u32,
    /// [`IN_TITLE`], [`IN_NAMES`] or [`IN_TEXT`].
    pub class: Class,
    /// Where its letters end in [`Letters::letters`]; they begin where those of the passage before end.
    pub end: usize,
}

/// The texts of all pages as numbers of letters, page by page.
#[derive(Debug, Default)]
pub struct Letters {
    /// The letters that occur; a letter's number is its place here.
    pub alphabet: Vec<char>,
    /// All letters.
    pub letters: Vec<u16>,
    /// All passages, in order.
    pub passages: Vec<Passage>,
}

/// A gram on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The number of the page.
    pub page: u32,
    /// How much it counts there.
    pub class: Class,
}

/// A stored gram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gram {
    /// Its letters.
    pub text: String,
    /// Its pages in order.
    pub pages: Vec<Posting>,
}

/// All grams that have to be stored, in the order of their texts.
pub fn stored(texts: &Letters) -> Vec<Gram> {
    let chunks = chunks(texts);
    let mut level = Level::of_letters(texts, &chunks);
    let mut grams = Vec::new();
    for length in 1..=LONGEST_GRAM {
        if length > 1 {
            level = level.longer(texts, (&chunks, length));
        }
        grams.extend(level.grams.iter().filter(|gram| gram.is_stored).map(|gram| Gram {
            text: text_at(texts, gram.position, length),
            pages: gram.pages.iter().map(|page| page.posting()).collect(),
        }));
        if level.grams.is_empty() {
            break;
        }
    }
    grams.par_sort_unstable_by(|one, two| one.text.cmp(&two.text));
    grams
}

fn text_at(texts: &Letters, position: usize, length: usize) -> String {
    let letters = texts.letters[position..position + length].iter();
    letters.map(|&letter| texts.alphabet[usize::from(letter)]).collect()
}

/// A part of the passages, whole pages.
struct Chunk {
    passages: std::ops::Range<usize>,
    letters: std::ops::Range<usize>,
}

fn chunks(texts: &Letters) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let (mut first, mut start, mut end) = (0, 0, 0);
    for (number, passage) in texts.passages.iter().enumerate() {
        let next_page = number > first && texts.passages[number - 1].page != passage.page;
        if next_page && end - start >= CHUNK {
            chunks.push(Chunk {
                passages: first..number,
                letters: start..end,
            });
            (first, start) = (number, end);
        }
        end = passage.end;
    }
    chunks.push(Chunk {
        passages: first..texts.passages.len(),
        letters: start..end,
    });
    chunks
}

/// How a gram stands on one page.
#[derive(Clone, Copy)]
struct OnPage {
    page: u32,
    class: Class,
    /// How often it was seen, three at most.
    count: u8,
}

impl OnPage {
    fn posting(self) -> Posting {
        let often = self.class == IN_TEXT && self.count >= 3;
        Posting {
            page: self.page,
            class: if often { OFTEN } else { self.class },
        }
    }
}

/// A gram of the length that is worked on.
struct Found {
    /// One place where it stands.
    position: usize,
    pages: Vec<OnPage>,
    is_stored: bool,
}

/// All grams of one length that have to be looked at.
struct Level {
    grams: Vec<Found>,
    /// By position: the number of the gram that begins there.
    numbers: Vec<u32>,
}

/// What one chunk has of a level: its grams by key, in the order in which they were met.
struct Part {
    keys: Vec<u64>,
    found: Vec<Found>,
    numbers: Vec<u32>,
}

impl Level {
    /// The single letters.
    fn of_letters(texts: &Letters, chunks: &[Chunk]) -> Self {
        let key = |position: usize| Some(u64::from(texts.letters[position]));
        let parts = chunks.par_iter().map(|chunk| part(texts, chunk, (1, &key))).collect();
        let mut level = Self::joined(parts);
        for gram in &mut level.grams {
            gram.is_stored = true;
        }
        level
    }

    /// The grams that are one letter longer, of those whose two halves have candidates enough.
    fn longer(&self, texts: &Letters, (chunks, length): (&[Chunk], usize)) -> Self {
        let key = |position: usize| {
            let (head, tail) = (self.numbers[position], self.numbers[position + 1]);
            (head != NONE && tail != NONE).then(|| u64::from(head) << 32 | u64::from(tail))
        };
        let parts = chunks
            .par_iter()
            .map(|chunk| part(texts, chunk, (length, &key)))
            .collect();
        let mut level = Self::joined(parts);
        let halves: Vec<(u32, u32)> = level
            .grams
            .iter()
            .map(|gram| (self.numbers[gram.position], self.numbers[gram.position + 1]))
            .collect();
        let pages = |number: u32| self.grams[number as usize].pages.as_slice();
        level
            .grams
            .par_iter_mut()
            .zip(&halves)
            .for_each(|(gram, (head, tail))| {
                gram.is_stored = length == 2 || {
                    let candidates = shared(pages(*head), pages(*tail));
                    candidates >= TO_VERIFY && candidates > gram.pages.len()
                };
            });
        let followed: Vec<bool> = level.grams.iter().map(|gram| gram.pages.len() >= TO_VERIFY).collect();
        level.numbers.par_iter_mut().for_each(|number| {
            if *number != NONE && !followed[*number as usize] {
                *number = NONE;
            }
        });
        level
    }

    /// One level of the parts of all chunks. The grams are numbered in the order in which they are
    /// first met in the text.
    fn joined(parts: Vec<Part>) -> Self {
        let mut by_key: HashMap<u64, u32> = HashMap::default();
        let mut level = Self {
            grams: Vec::new(),
            numbers: Vec::new(),
        };
        for part in parts {
            let places: Vec<u32> = part
                .keys
                .iter()
                .zip(part.found)
                .map(|(key, found)| {
                    let next = number(level.grams.len());
                    let place = *by_key.entry(*key).or_insert(next);
                    if place == next {
                        level.grams.push(found);
                    } else {
                        level.grams[place as usize].pages.extend(found.pages);
                    }
                    place
                })
                .collect();
            let numbers = part.numbers.into_iter();
            level
                .numbers
                .extend(numbers.map(|number| if number == NONE { NONE } else { places[number as usize] }));
        }
        level
    }
}

/// The grams of one length in one chunk.
fn part(texts: &Letters, chunk: &Chunk, (length, key): (usize, &(impl Fn(usize) -> Option<u64> + Sync))) -> Part {
    let mut by_key: HashMap<u64, u32> = HashMap::default();
    let mut part = Part {
        keys: Vec::new(),
        found: Vec::new(),
        numbers: vec![NONE; chunk.letters.len()],
    };
    let mut start = chunk.letters.start;
    for passage in &texts.passages[chunk.passages.clone()] {
        for position in start..(passage.end + 1).saturating_sub(length).max(start) {
            let Some(key) = key(position) else { continue };
            let next = number(part.found.len());
            let place = *by_key.entry(key).or_insert(next);
            if place == next {
                part.keys.push(key);
                part.found.push(Found {
                    position,
                    pages: Vec::new(),
                    is_stored: false,
                });
            }
            part.numbers[position - chunk.letters.start] = place;
            note(&mut part.found[place as usize].pages, passage);
        }
        start = passage.end;
    }
    part
}

/// Notes that a gram stands in a passage.
fn note(pages: &mut Vec<OnPage>, passage: &Passage) {
    match pages.last_mut() {
        Some(last) if last.page == passage.page => {
            last.class = last.class.min(passage.class);
            last.count = (last.count + 1).min(3);
        }
        _ => pages.push(OnPage {
            page: passage.page,
            class: passage.class,
            count: 1,
        }),
    }
}

/// How many pages two lists share.
fn shared(one: &[OnPage], two: &[OnPage]) -> usize {
    let (mut first, mut second, mut count) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.get(first), two.get(second)) {
        match left.page.cmp(&right.page) {
            std::cmp::Ordering::Less => first += 1,
            std::cmp::Ordering::Greater => second += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                first += 1;
                second += 1;
            }
        }
    }
    count
}

/// The number of a gram. There are fewer grams than letters of text, and those are counted in 32 bits.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::folding::Folding;
    use super::super::letters::Numbering;
    use super::{Gram, IN_NAMES, IN_TEXT, IN_TITLE, LONGEST_GRAM, OFTEN, TO_VERIFY, stored};

    fn grams_of(pages: &[Vec<(u8, String)>]) -> Vec<Gram> {
        let folding = Folding::new();
        let mut numbering = Numbering::new(&folding);
        for (page, texts) in (0..).zip(pages) {
            for (class, text) in texts {
                numbering.add(page, *class, text);
            }
        }
        stored(&numbering.finish())
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

    /// Pages of few letters and a few phrases that return, so that everything repeats.
    fn pages() -> impl Strategy<Value = Vec<Vec<(u8, String)>>> {
        let phrase = prop_oneof![
            3 => "[甲乙丙]{1,3}",
            2 => Just("甲乙丙丁".to_owned()),
            1 => Just("乙丙丁甲乙".to_owned()),
            1 => Just("丙 丁".to_owned()),
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
                .map(|gram| (gram.text.as_str(), gram.pages.iter().map(|posting| posting.page).collect()))
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
            let gram = grams.iter().find(|gram| gram.text == text).unwrap();
            gram.pages
                .iter()
                .map(|posting| (posting.page, posting.class))
                .collect::<Vec<_>>()
        };
        assert_eq!(of("党建"), [(0, IN_TITLE), (1, OFTEN), (2, IN_TEXT)]);
        assert_eq!(of("联"), [(2, IN_NAMES)]);
        assert!(
            grams.iter().all(|gram| gram.text != "建联"),
            "passages don't run together"
        );
    }

    #[test]
    fn nothing_has_no_grams() {
        assert_eq!(grams_of(&[]), []);
        assert_eq!(grams_of(&[vec![(IN_TEXT, String::new())]]), []);
    }
}
