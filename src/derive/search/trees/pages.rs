//! Lists of pages while grams are chosen: quick to write, to read and to compare.
//!
//! Pages that are many, for the site, are a bit for every page of the site, and their classes. Of others
//! there is how many pages stand between a page and the one before, times four, plus the class.

use crate::derive::search::grams::{Class, IN_TEXT, OFTEN, Posting};

/// Pages are many when they are one of so many.
const DENSE: u32 = 32;
/// Stands before a number that is no smaller, and follows in two halves, the lower one first.
const LONG: u16 = u16::MAX;

/// The lists of the grams of a tree.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// The number of pages of the site.
    total: u32,
    /// Of few pages.
    few: Vec<u16>,
    /// Of many pages: the bits, list by list.
    bits: Vec<u64>,
    /// Of many pages: their classes, list by list.
    classes: Vec<Class>,
    /// Of many pages: where the classes of each list begin.
    starts: Vec<u32>,
}

impl Lists {
    /// None yet, of a site of so many pages.
    pub(super) fn of(total: u32) -> Self {
        Self {
            total,
            ..Self::default()
        }
    }

    fn words(&self) -> usize {
        self.total as usize / 64 + 1
    }

    /// Writes the list of a gram from the places where it stands, in the order of pages, each page times four
    /// plus the class; says which list it is.
    pub(super) fn write(&mut self, pages: u32, places: impl Iterator<Item = u32>) -> u32 {
        if pages > self.total / DENSE {
            return self.write_many(places);
        }
        let list = number(self.few.len());
        let mut next = 0;
        each_page(places, |page, class| {
            let gap = (page - next) << 2 | class;
            next = page + 1;
            if gap < u32::from(LONG) {
                self.few.push((gap & 0xffff) as u16);
            } else {
                self.few.extend([LONG, (gap & 0xffff) as u16, (gap >> 16) as u16]);
            }
        });
        list
    }

    fn write_many(&mut self, places: impl Iterator<Item = u32>) -> u32 {
        let list = number(self.starts.len());
        self.starts.push(number(self.classes.len()));
        let start = self.bits.len();
        self.bits.resize(start + self.words(), 0);
        let bits = &mut self.bits[start..];
        each_page(places, |page, class| {
            bits[page as usize / 64] |= 1 << (page % 64);
            self.classes.push((class & 3) as Class);
        });
        list
    }

    /// A list of so many pages.
    pub(super) fn list(&self, list: u32, pages: u32) -> List<'_> {
        if pages > self.total / DENSE {
            let words = self.words();
            List::Many {
                bits: &self.bits[list as usize * words..][..words],
                classes: &self.classes[self.starts[list as usize] as usize..][..pages as usize],
            }
        } else {
            List::Few {
                gaps: &self.few[list as usize..],
                count: pages,
            }
        }
    }
}

/// Each page of places that are in the order of pages, with the class that counts for it.
fn each_page(mut places: impl Iterator<Item = u32>, mut hear: impl FnMut(u32, u32)) {
    let Some(mut best) = places.next() else { return };
    let mut times = 1;
    let mut done = |best: u32, times: u32| {
        let class = best & 3;
        let is_often = class == u32::from(IN_TEXT) && times > 2;
        hear(best >> 2, if is_often { u32::from(OFTEN) } else { class });
    };
    for here in places {
        if best >> 2 == here >> 2 {
            best = here.min(best);
            times += 1;
        } else {
            done(best, times);
            (best, times) = (here, 1);
        }
    }
    done(best, times);
}

/// The pages of a gram.
#[derive(Debug, Clone, Copy)]
pub(super) enum List<'a> {
    Few { gaps: &'a [u16], count: u32 },
    Many { bits: &'a [u64], classes: &'a [Class] },
}

impl List<'_> {
    /// Tells the pages with their classes, in order.
    pub(super) fn each(self, mut hear: impl FnMut(Posting)) {
        match self {
            List::Few { gaps, count } => few(gaps, count).for_each(hear),
            List::Many { bits, classes } => {
                for (page, class) in pages_of(bits).zip(classes) {
                    hear(Posting { page, class: *class });
                }
            }
        }
    }
}

fn few(gaps: &[u16], count: u32) -> impl Iterator<Item = Posting> {
    let mut gaps = gaps.iter();
    let mut next = 0;
    (0..count).map_while(move |_| {
        let mut gap = u32::from(*gaps.next()?);
        if gap == u32::from(LONG) {
            gap = u32::from(*gaps.next()?) | u32::from(*gaps.next()?) << 16;
        }
        let page = next + (gap >> 2);
        next = page + 1;
        let class = (gap & 3) as Class;
        Some(Posting { page, class })
    })
}

fn pages_of(bits: &[u64]) -> impl Iterator<Item = u32> {
    (0..).zip(bits).flat_map(|(word, bits)| {
        let mut left = *bits;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some(word * 64 + bit)
        })
    })
}

/// Pages, one bit each.
pub(super) struct PageSet {
    bits: Vec<u64>,
}

impl PageSet {
    /// No pages of so many.
    pub(super) fn new(total: u32) -> Self {
        Self {
            bits: vec![0; total as usize / 64 + 1],
        }
    }

    /// Has the pages of a list instead of those it had.
    pub(super) fn fill(&mut self, list: List<'_>) {
        match list {
            List::Few { gaps, count } => {
                self.bits.fill(0);
                for posting in few(gaps, count) {
                    self.bits[posting.page as usize / 64] |= 1 << (posting.page % 64);
                }
            }
            List::Many { bits, .. } => self.bits.copy_from_slice(bits),
        }
    }

    /// Whether it has so many pages of a list.
    pub(super) fn holds(&self, list: List<'_>, least: u32) -> bool {
        match list {
            List::Few { gaps, count } => {
                let mut missing = least;
                let mut left = count;
                for posting in few(gaps, count) {
                    let page = posting.page;
                    missing -= u32::from(self.bits[page as usize / 64] >> (page % 64) & 1 == 1);
                    left -= 1;
                    if missing == 0 {
                        return true;
                    }
                    if left < missing {
                        return false;
                    }
                }
                false
            }
            List::Many { bits, .. } => {
                let both = self.bits.iter().zip(bits);
                both.map(|(one, other)| (one & other).count_ones()).sum::<u32>() >= least
            }
        }
    }
}

/// A tree has fewer numbers in its lists than can be counted so.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
