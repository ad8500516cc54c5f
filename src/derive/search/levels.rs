//! All grams of one length with their pages, made from those that are one letter shorter.
//!
//! The texts are cut into a few parts, whole pages each, which are worked on at the same time. Everything of
//! a level lies in a few long lists, since millions of small ones would take longer to make than to fill:
//! each part has its grams' pages one after the other, and by position the number of the gram that begins
//! there. What comes out does not depend on how the texts were cut.

use std::collections::hash_map::Entry;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::grams::{Class, IN_TEXT, Letters, OFTEN, Posting, TO_VERIFY};

/// The texts are cut into no part that is smaller than this.
const LEAST_LETTERS: usize = 1 << 15;
/// The number of a position where no gram begins that has to be followed.
const NONE: u32 = u32::MAX;
/// Up to so many possible keys are found by their place in a table instead of by hashing.
const LARGEST_TABLE: u64 = 1 << 22;

/// All grams of one length that have to be looked at.
pub(super) struct Level {
    parts: Vec<Part>,
    /// By gram: one place where it stands.
    positions: Vec<usize>,
    /// By gram: on how many pages it stands.
    counts: Vec<u32>,
    is_stored: Vec<bool>,
}

/// What a level has of one part of the texts.
struct Part {
    passages: Range<usize>,
    letters: Range<usize>,
    /// By position: the gram that begins there; none if it need not be followed.
    numbers: Vec<u32>,
    /// By gram of the level: its number within the part.
    own: Vec<u32>,
    /// By that number: where its postings begin; they end where the next ones begin.
    starts: Vec<u32>,
    postings: Vec<Packed>,
}

/// The grams of one part before those of all parts have their numbers.
struct Draft {
    /// By position: the number within the part.
    numbers: Vec<u32>,
    /// By that number: what tells the gram from others, where it was met first, and on how many pages.
    keys: Vec<u64>,
    firsts: Vec<usize>,
    counts: Vec<u32>,
}

/// A page, the best class, and how often the gram was met there, less one, two at most.
#[derive(Clone, Copy)]
struct Packed(u32);

/// What is known of a gram while its postings are written.
struct State {
    /// Where the next posting goes.
    next: u32,
    last: Packed,
    /// Its number in the level, or none if it need not be followed.
    number: u32,
}

impl Packed {
    /// No page has this number.
    const NOWHERE: Self = Self(u32::MAX);

    fn new(page: u32, class: Class) -> Self {
        Self(page << 4 | u32::from(class) << 2)
    }

    fn page(self) -> u32 {
        self.0 >> 4
    }

    fn met_again(self, class: Class) -> Self {
        let (best, times) = ((self.0 >> 2 & 3).min(u32::from(class)), (self.0 & 3).min(1) + 1);
        Self(self.page() << 4 | best << 2 | times)
    }

    fn posting(self) -> Posting {
        let class = if self.0 >> 2 & 3 == u32::from(IN_TEXT) && self.0 & 3 == 2 {
            OFTEN
        } else {
            // Two bits.
            (self.0 >> 2 & 3) as Class
        };
        Posting {
            page: self.page(),
            class,
        }
    }
}

/// From keys to numbers, in the order in which the keys are met.
enum Numbers {
    Table(Vec<u32>),
    Hashed(FxHashMap<u64, u32>),
}

impl Numbers {
    /// For keys below `end`.
    fn below(end: u64) -> Self {
        match usize::try_from(end) {
            Ok(size) if end <= LARGEST_TABLE => Self::Table(vec![NONE; size]),
            _ => Self::Hashed(FxHashMap::default()),
        }
    }

    /// The number of a key, which is `next` if it was not met before.
    fn of(&mut self, key: u64, next: u32) -> u32 {
        match self {
            Self::Table(table) => {
                let number = &mut table[usize::try_from(key).unwrap_or(usize::MAX)];
                if *number == NONE {
                    *number = next;
                }
                *number
            }
            Self::Hashed(map) => match map.entry(key) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => *new.insert(next),
            },
        }
    }
}

impl Level {
    /// The single letters, all of which are stored.
    pub(super) fn of_letters(texts: &Letters) -> Self {
        let ranges = cut(texts);
        let end = texts.alphabet.len() as u64;
        let drafts = ranges
            .par_iter()
            .map(|(passages, letters)| {
                let own = &texts.letters[letters.clone()];
                let key = |at: usize| Some(u64::from(own[at]));
                draft(texts, (passages.clone(), letters.clone()), (1, end), key)
            })
            .collect();
        let (mut level, _) = Self::joined(texts, (ranges, drafts), (1, end));
        level.is_stored.fill(true);
        level
    }

    /// The grams that are one letter longer, of those whose two halves have candidates enough.
    pub(super) fn longer(&self, texts: &Letters, length: usize) -> Self {
        let width = self.positions.len().max(1) as u64;
        let end = width * width;
        let ranges = self
            .parts
            .iter()
            .map(|part| (part.passages.clone(), part.letters.clone()));
        let drafts = self
            .parts
            .par_iter()
            .map(|part| {
                let key = |at: usize| {
                    let (head, tail) = (part.numbers[at], part.numbers[at + 1]);
                    (head != NONE && tail != NONE).then(|| u64::from(head) * width + u64::from(tail))
                };
                draft(texts, (part.passages.clone(), part.letters.clone()), (length, end), key)
            })
            .collect();
        let (mut level, keys) = Self::joined(texts, (ranges.collect(), drafts), (length, end));
        level.is_stored = keys
            .par_iter()
            .zip(&level.counts)
            .map(|(key, count)| {
                length == 2 || {
                    let halves = ((key / width) as usize, (key % width) as usize);
                    self.share(halves, TO_VERIFY.max(*count as usize + 1))
                }
            })
            .collect();
        level
    }

    /// One level of the drafts of all parts.
    fn joined(
        texts: &Letters,
        (ranges, drafts): (Vec<(Range<usize>, Range<usize>)>, Vec<Draft>),
        (length, end): (usize, u64),
    ) -> (Self, Vec<u64>) {
        let mut numbers = Numbers::below(end);
        let (mut keys, mut positions, mut counts) = (Vec::new(), Vec::new(), Vec::new());
        let globals: Vec<Vec<u32>> = drafts
            .iter()
            .map(|draft| {
                let grams = draft.keys.iter().zip(&draft.firsts).zip(&draft.counts);
                let global = grams.map(|((key, first), count)| {
                    let next = number(keys.len());
                    let found = numbers.of(*key, next);
                    if found == next {
                        keys.push(*key);
                        positions.push(*first);
                        counts.push(*count);
                    } else {
                        counts[found as usize] += count;
                    }
                    found
                });
                global.collect()
            })
            .collect();
        drop(numbers);
        let parts = ranges
            .into_par_iter()
            .zip(drafts)
            .zip(globals)
            .map(|((range, draft), global)| Part::new(texts, (range, length), draft, (&global, &counts)))
            .collect();
        let level = Self {
            parts,
            is_stored: vec![false; positions.len()],
            positions,
            counts,
        };
        (level, keys)
    }

    /// Whether no gram has this length.
    pub(super) fn is_empty(&self) -> bool {
        self.positions.is_empty()
    }

    /// One place of each stored gram, and its pages in order.
    pub(super) fn stored(&self) -> Vec<(usize, Pages<'_>)> {
        let stored = (0..self.positions.len()).filter(|gram| self.is_stored[*gram]);
        stored
            .map(|gram| (self.positions[gram], Pages { level: self, gram }))
            .collect()
    }

    /// Whether two grams share so many pages at least.
    fn share(&self, (head, tail): (usize, usize), enough: usize) -> bool {
        // Where a gram stands on all pages of one of its halves, which is the rule for words that always
        // go together, this is known without a look at the pages.
        if (self.counts[head].min(self.counts[tail]) as usize) < enough {
            return false;
        }
        let mut count = 0;
        for part in &self.parts {
            let (one, other) = (part.postings_of(head), part.postings_of(tail));
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
}

/// The pages of a gram.
#[derive(Clone, Copy)]
pub(super) struct Pages<'a> {
    level: &'a Level,
    gram: usize,
}

impl Pages<'_> {
    /// In order.
    pub(super) fn postings(&self) -> impl Iterator<Item = Posting> + '_ {
        let parts = self.level.parts.iter();
        parts.flat_map(|part| part.postings_of(self.gram).iter().map(|packed| packed.posting()))
    }
}

impl Part {
    /// With the postings of its draft's grams, and with the numbers of the level.
    fn new(
        texts: &Letters,
        ((passages, letters), length): ((Range<usize>, Range<usize>), usize),
        draft: Draft,
        (global, counts): (&[u32], &[u32]),
    ) -> Self {
        // All pairs are stored, so all letters are followed.
        let least = if length == 1 { 0 } else { TO_VERIFY };
        let mut starts = Vec::with_capacity(draft.counts.len() + 1);
        let mut sum = 0;
        // All that a position needs of its gram lies side by side, since each look elsewhere costs more
        // than all else.
        let mut states: Vec<State> = draft
            .counts
            .iter()
            .zip(global)
            .map(|(count, gram)| {
                let is_followed = counts[*gram as usize] as usize >= least;
                starts.push(sum);
                let state = State {
                    next: sum,
                    last: Packed::NOWHERE,
                    number: if is_followed { *gram } else { NONE },
                };
                sum += count;
                state
            })
            .collect();
        starts.push(sum);
        let mut postings = vec![Packed::NOWHERE; sum as usize];
        let mut numbers = draft.numbers;
        each_position(texts, (&passages, &letters, length), |at, page, class| {
            let Some(state) = states.get_mut(numbers[at] as usize) else {
                return;
            };
            if state.last.page() == page {
                state.last = state.last.met_again(class);
                postings[state.next as usize - 1] = state.last;
            } else {
                state.last = Packed::new(page, class);
                postings[state.next as usize] = state.last;
                state.next += 1;
            }
            numbers[at] = state.number;
        });
        let mut own = vec![NONE; counts.len()];
        for (number, gram) in (0..).zip(global) {
            own[*gram as usize] = number;
        }
        Self {
            passages,
            letters,
            numbers,
            own,
            starts,
            postings,
        }
    }

    fn postings_of(&self, gram: usize) -> &[Packed] {
        match self.own[gram] {
            NONE => &[],
            own => &self.postings[self.starts[own as usize] as usize..self.starts[own as usize + 1] as usize],
        }
    }
}

/// Cuts the texts into parts, whole pages each.
fn cut(texts: &Letters) -> Vec<(Range<usize>, Range<usize>)> {
    // Two for each thread: while the last ones are worked on, nobody waits long.
    let most = 2 * rayon::current_num_threads();
    let enough = (texts.letters.len() / most).max(LEAST_LETTERS);
    let mut parts = Vec::new();
    let (mut first, mut start, mut end) = (0, 0, 0);
    for (number, passage) in texts.passages.iter().enumerate() {
        let is_next_page = number > first && texts.passages[number - 1].page != passage.page;
        if is_next_page && end - start >= enough {
            parts.push((first..number, start..end));
            (first, start) = (number, end);
        }
        end = passage.end;
    }
    parts.push((first..texts.passages.len(), start..end));
    parts
}

/// Tells of each position of a part where a gram of this length has room: the place in the part, the page,
/// the class.
fn each_position(
    texts: &Letters,
    (passages, letters, length): (&Range<usize>, &Range<usize>, usize),
    mut tell: impl FnMut(usize, u32, Class),
) {
    let mut start = 0;
    for passage in &texts.passages[passages.clone()] {
        let end = passage.end - letters.start;
        for at in start..(end + 1).saturating_sub(length).max(start) {
            tell(at, passage.page, passage.class);
        }
        start = end;
    }
}

/// Numbers the grams of one length in one part, and counts their pages. Keys are below `end`.
fn draft(
    texts: &Letters,
    (passages, letters): (Range<usize>, Range<usize>),
    (length, end): (usize, u64),
    key: impl Fn(usize) -> Option<u64>,
) -> Draft {
    let mut known = Numbers::below(end);
    // By number: the page where it was met last, and on how many it was.
    let mut met: Vec<(u32, u32)> = Vec::new();
    let mut draft = Draft {
        numbers: vec![NONE; letters.len()],
        keys: Vec::new(),
        firsts: Vec::new(),
        counts: Vec::new(),
    };
    each_position(texts, (&passages, &letters, length), |at, page, _| {
        let Some(key) = key(at) else { return };
        let next = number(draft.keys.len());
        let own = known.of(key, next);
        if own == next {
            draft.keys.push(key);
            draft.firsts.push(letters.start + at);
            met.push((page, 1));
        } else if met[own as usize].0 != page {
            let (last, count) = &mut met[own as usize];
            (*last, *count) = (page, *count + 1);
        }
        draft.numbers[at] = own;
    });
    draft.counts = met.into_iter().map(|(_, count)| count).collect();
    draft
}

/// The number of a gram. There are fewer grams than letters of text, and those are counted in 32 bits.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}
