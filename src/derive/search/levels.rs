//! All grams of one length with their pages, made from those that are one letter shorter.
//!
//! Texts repeat themselves in long phrases. A gram within a phrase that is always followed by the same
//! letter stands where the longer gram stands, and so does one that always follows the same letter. The
//! longer one then need not be stored, and it gets the number of the shorter one without further work. What
//! is left to do is where different letters stand on both sides of what two grams share. (All grams with one
//! number are parts of one phrase; A. Blumer et al., *Complete inverted files for efficient text retrieval and
//! analysis*, JACM 34, 1987, show what such phrases are.)
//!
//! The texts are cut into a few parts, whole pages each, which are worked on at the same time. Everything
//! lies in a few long lists, since millions of small ones would take longer to make than to fill. What
//! comes out does not depend on how the texts were cut.

mod numbers;
mod pages;
mod part;
mod surroundings;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::grams::{Letters, Posting, TO_VERIFY};
use numbers::Numbers;
use pages::Packed;
use part::{Draft, DraftGram, Part};
use surroundings::{Reach, Surroundings};

/// The number of a position where no gram begins that has to be followed.
const NONE: u32 = u32::MAX;
/// A gram that stands on one of so many pages, or more often, has its pages as bits too.
const DENSE: usize = 32;

/// All grams up to one length that have to be looked at.
pub(super) struct Levels<'a> {
    texts: &'a Letters,
    /// The number of pages.
    total: usize,
    /// The length of the longest grams.
    length: usize,
    parts: Vec<Part>,
    /// By number.
    grams: Vec<Known>,
    /// By length, less one: the number of its first gram.
    firsts: Vec<usize>,
    /// By number, for grams that stand on many pages: a bit for each page.
    bits: FxHashMap<u32, Box<[u64]>>,
}

/// What is known of a gram.
struct Known {
    /// One place where it stands.
    position: usize,
    /// On how many pages it stands.
    count: u32,
    /// The gram without its last letter, and without its first.
    halves: (u32, u32),
}

impl<'a> Levels<'a> {
    /// The single letters; `total` is the number of pages.
    pub(super) fn of_letters(texts: &'a Letters, total: u32) -> Self {
        let mut levels = Self {
            texts,
            total: total as usize,
            length: 0,
            parts: part::cut(texts),
            grams: Vec::new(),
            firsts: Vec::new(),
            bits: FxHashMap::default(),
        };
        levels.grow();
        levels
    }

    /// Goes on to the grams that are one letter longer, of those whose two halves have candidates enough.
    pub(super) fn grow(&mut self) {
        let (texts, length) = (self.texts, self.length + 1);
        self.length = length;
        let width = (self.grams.len().max(1), texts.alphabet.len());
        let drafts: Vec<Draft> = self
            .parts
            .par_iter_mut()
            .map(|part| part.draft(texts, length, Numbers::below(width)))
            .collect();
        let (globals, reaches) = self.join(&drafts, Numbers::below(width));
        // All pairs are stored, so all letters are followed.
        let least = if length == 1 { 0 } else { TO_VERIFY };
        let base = self.base();
        let new = (base..).zip(&self.grams[base..]).zip(reaches);
        let followed: Vec<(u32, Reach)> = new
            .map(|((gram, known), reach)| {
                if known.count as usize >= least {
                    (number(gram), reach)
                } else {
                    (NONE, Reach::END)
                }
            })
            .collect();
        let parts = self.parts.par_iter_mut().zip(drafts).zip(globals);
        parts.for_each(|((part, draft), globals)| part.keep(&draft, &globals, &followed));
        let dense = (base..self.grams.len())
            .into_par_iter()
            .filter(|gram| self.grams[*gram].count as usize > self.total / DENSE)
            .map(|gram| (number(gram), self.bits_of(gram)));
        let dense: Vec<_> = dense.collect();
        self.bits.extend(dense);
    }

    /// The length of the longest grams.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// The number of the first gram of the present length.
    fn base(&self) -> usize {
        self.firsts.last().copied().unwrap_or(0)
    }

    /// Makes one list of the grams that all parts found; says by part and its number which one a gram is there,
    /// and how far each goes.
    fn join(&mut self, drafts: &[Draft], mut numbers: Numbers) -> (Vec<Vec<u32>>, Vec<Reach>) {
        let base = self.grams.len();
        self.firsts.push(base);
        let mut all: Vec<Surroundings> = Vec::new();
        let mut find = |(gram, count, surroundings): (&DraftGram, u32, &Surroundings)| {
            let before = if self.length == 1 { 0 } else { gram.halves.0 };
            let found = numbers.of((before, gram.letter), all.len());
            if let Some(known) = self.grams.get_mut(base + found) {
                known.count += count;
                all[found].narrow(surroundings.after(), surroundings.before());
            } else {
                all.push(*surroundings);
                let DraftGram { position, halves, .. } = *gram;
                self.grams.push(Known {
                    position,
                    count,
                    halves,
                });
            }
            number(found)
        };
        let globals = drafts
            .iter()
            .map(|draft| draft.met().map(&mut find).collect())
            .collect();
        let reaches = all.iter().map(|surroundings| surroundings.reach(self.length)).collect();
        (globals, reaches)
    }

    /// One place of each gram of this length that has to be stored, and its pages in order.
    pub(super) fn stored(&self) -> Vec<(usize, Pages<'_>)> {
        let grams = (self.base()..self.grams.len()).into_par_iter();
        let stored = grams.filter(|gram| {
            self.length < 3 || {
                let gram = &self.grams[*gram];
                self.share(gram.halves, TO_VERIFY.max(gram.count as usize + 1))
            }
        });
        stored
            .map(|gram| (self.grams[gram].position, Pages { levels: self, gram }))
            .collect()
    }

    /// Whether two grams share so many pages at least.
    fn share(&self, (head, tail): (u32, u32), enough: usize) -> bool {
        let [head_count, tail_count] = [head, tail].map(|gram| self.grams[gram as usize].count as usize);
        if head_count.min(tail_count) < enough {
            return false;
        }
        match (self.bits.get(&head), self.bits.get(&tail)) {
            (Some(one), Some(other)) => {
                let both = one
                    .iter()
                    .zip(other)
                    .map(|(one, other)| (one & other).count_ones() as usize);
                both.sum::<usize>() >= enough
            }
            (Some(bits), None) => self.are_among(tail, bits, enough),
            (None, Some(bits)) => self.are_among(head, bits, enough),
            (None, None) => self.parts_share((head, tail), enough),
        }
    }

    /// Whether so many pages of a gram are among these.
    fn are_among(&self, gram: u32, bits: &[u64], enough: usize) -> bool {
        let is_among = |packed: &&Packed| bits[packed.page() as usize / 64] >> (packed.page() % 64) & 1 == 1;
        self.pages_of(gram as usize).filter(is_among).take(enough).count() == enough
    }

    fn parts_share(&self, (head, tail): (u32, u32), enough: usize) -> bool {
        let mut count = 0;
        let [head, tail] = [head, tail].map(|gram| self.place_of(gram as usize));
        for part in &self.parts {
            let (one, other) = (part.pages(head.0, head.1), part.pages(tail.0, tail.1));
            let (mut first, mut second) = (0, 0);
            while let (Some(left), Some(right)) = (one.get(first), other.get(second)) {
                let (left, right) = (left.page(), right.page());
                count += usize::from(left == right);
                first += usize::from(left <= right);
                second += usize::from(right <= left);
                if count >= enough {
                    return true;
                }
            }
        }
        false
    }

    fn bits_of(&self, gram: usize) -> Box<[u64]> {
        let mut bits = vec![0; self.total.div_ceil(64)];
        for packed in self.pages_of(gram) {
            bits[packed.page() as usize / 64] |= 1 << (packed.page() % 64);
        }
        bits.into_boxed_slice()
    }

    fn pages_of(&self, gram: usize) -> impl Iterator<Item = &Packed> {
        let (length, place) = self.place_of(gram);
        self.parts.iter().flat_map(move |part| part.pages(length, place))
    }

    /// The length at which a gram got its number, and its place among those of the length.
    fn place_of(&self, gram: usize) -> (usize, usize) {
        let length = self.firsts.partition_point(|first| *first <= gram);
        (length, gram - self.firsts[length - 1])
    }
}

/// The pages of a gram.
#[derive(Clone, Copy)]
pub(super) struct Pages<'a> {
    levels: &'a Levels<'a>,
    gram: usize,
}

impl Pages<'_> {
    /// In order.
    pub(super) fn postings(&self) -> impl Iterator<Item = Posting> + '_ {
        self.levels.pages_of(self.gram).map(|packed| packed.posting())
    }
}

/// There are fewer grams than letters of text, and those are counted in 31 bits.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}
