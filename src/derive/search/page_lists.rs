//! Lists of pages as short texts: bits in base 64, which a script can read without any library.
//!
//! Most grams stand on one page only. Their list is a one, two bits for the class, and the page in as many
//! bits as the last page's number needs, at least one. Every other list is a zero and four parts, one a
//! class, each in the form that is shortest:
//!
//! | two bits | then |
//! |---|---|
//! | 0 | nothing: no page |
//! | 1 | the count and the gaps, in Rice's code |
//! | 2 | a bit for every page of the site |
//!
//! The count is in Elias' gamma code; the parameter of Rice's code follows in four bits. The gap to the
//! first page is its number; the later gaps are one less than the difference. Rice's code (R. F. Rice,
//! *Some practical universal noiseless coding techniques*, JPL 79-22, 1979) writes a gap `g` as `g >> k`
//! ones, a zero, and the `k` lowest bits; Elias' gamma code (P. Elias, *Universal codeword sets and
//! representations of the integers*, 1975) writes a number as one zero less than it has bits, and the bits.

use super::grams::Posting;

/// The number of classes.
const CLASSES: usize = 4;
/// Base 64 as in RFC 4648, without padding.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The list of a gram; `total` is the number of pages of the site.
pub fn text_of(postings: &[Posting], total: u32) -> String {
    let mut bits = Bits::default();
    if let [only] = postings {
        bits.write(1, 1);
        bits.write(u32::from(only.class), 2);
        bits.write(only.page, width_of_page(total));
        return bits.finish();
    }
    bits.write(0, 1);
    let mut classes = [const { Vec::new() }; CLASSES];
    for posting in postings {
        classes[usize::from(posting.class).min(CLASSES - 1)].push(posting.page);
    }
    for pages in &classes {
        write_pages(&mut bits, pages, total);
    }
    bits.finish()
}

/// How many bits the number of any page needs.
fn width_of_page(total: u32) -> u32 {
    (u32::BITS - total.saturating_sub(1).leading_zeros()).max(1)
}

fn write_pages(bits: &mut Bits, pages: &[u32], total: u32) {
    if pages.is_empty() {
        bits.write(0, 2);
        return;
    }
    let gaps = gaps(pages);
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    // The best parameter is near the logarithm of the mean gap.
    let mean = gaps.iter().map(|gap| u64::from(*gap)).sum::<u64>() / u64::from(count);
    let likely = mean.max(1).ilog2();
    let (parameter, length) = (likely.saturating_sub(1)..=likely.min(14) + 1)
        .map(|parameter| (parameter, rice_length(&gaps, parameter)))
        .min_by_key(|(_, length)| *length)
        .unwrap_or((0, 0));
    let gamma = u64::from(2 * (u32::BITS - count.leading_zeros()) - 1);
    if length + gamma + 4 < u64::from(total) {
        bits.write(1, 2);
        bits.gamma(count);
        bits.write(parameter, 4);
        for gap in gaps {
            bits.rice(gap, parameter);
        }
    } else {
        bits.write(2, 2);
        let mut next = 0;
        for page in pages {
            bits.zeros(page - next);
            bits.write(1, 1);
            next = page + 1;
        }
        bits.zeros(total - next);
    }
}

fn gaps(pages: &[u32]) -> Vec<u32> {
    let first = pages.first().copied();
    let later = pages.windows(2).map(|pair| pair[1] - pair[0] - 1);
    first.into_iter().chain(later).collect()
}

fn rice_length(gaps: &[u32], parameter: u32) -> u64 {
    gaps.iter()
        .map(|gap| u64::from((gap >> parameter) + 1 + parameter))
        .sum()
}

/// Bits in their order.
#[derive(Default)]
struct Bits {
    text: String,
    /// Fewer than six bits between two calls.
    pending: u64,
    count: u32,
}

impl Bits {
    /// Writes the lowest bits of a number, 32 at most, the highest of them first.
    fn write(&mut self, value: u32, width: u32) {
        let lowest = u64::from(value) & ((1 << width) - 1);
        self.pending = self.pending << width | lowest;
        self.count += width;
        while self.count >= 6 {
            self.count -= 6;
            self.push(self.pending >> self.count);
        }
        self.pending &= (1 << self.count) - 1;
    }

    fn push(&mut self, six: u64) {
        self.text
            .push(char::from(LETTERS[usize::try_from(six & 63).unwrap_or(0)]));
    }

    fn gamma(&mut self, value: u32) {
        let width = u32::BITS - value.leading_zeros();
        self.write(0, width - 1);
        self.write(value, width);
    }

    fn rice(&mut self, value: u32, parameter: u32) {
        let mut ones = value >> parameter;
        while ones >= 31 {
            self.write(u32::MAX, 31);
            ones -= 31;
        }
        self.write((1 << (ones + 1)) - 2, ones + 1);
        self.write(value, parameter);
    }

    fn zeros(&mut self, mut count: u32) {
        while count > 0 {
            let some = count.min(32);
            self.write(0, some);
            count -= some;
        }
    }

    fn finish(mut self) -> String {
        if self.count > 0 {
            self.push(self.pending << (6 - self.count));
        }
        self.text
    }
}

/// Reads what was written, as the table above says and not as the writer does it.
#[cfg(test)]
pub(super) fn read(text: &str, total: u32) -> Vec<Posting> {
    let six = |letter: u8| LETTERS.iter().position(|other| *other == letter).unwrap();
    let bits: Vec<usize> = text
        .bytes()
        .flat_map(|letter| (0..6).rev().map(move |bit| six(letter) >> bit & 1))
        .collect();
    let mut bits = bits.into_iter();
    let mut number = |width: u32| (0..width).fold(0_usize, |value, _| value * 2 + bits.next().unwrap());
    if number(1) == 1 {
        let class = u8::try_from(number(2)).unwrap();
        let width = u32::try_from(format!("{:b}", total - 1).len()).unwrap();
        let page = u32::try_from(number(width)).unwrap();
        return vec![Posting { page, class }];
    }
    let mut found = Vec::new();
    for class in 0..4 {
        let mut pages = Vec::new();
        match number(2) {
            0 => {}
            1 => {
                let mut zeros = 0;
                while number(1) == 0 {
                    zeros += 1;
                }
                let count = (1 << zeros) + number(zeros);
                let parameter = u32::try_from(number(4)).unwrap();
                let mut next = 0;
                for _ in 0..count {
                    let mut ones = 0;
                    while number(1) == 1 {
                        ones += 1;
                    }
                    next += (ones << parameter) + number(parameter);
                    pages.push(next);
                    next += 1;
                }
            }
            2 => pages.extend((0..total as usize).filter(|_| number(1) == 1)),
            _ => panic!("no such form"),
        }
        found.extend(pages.into_iter().map(|page| Posting {
            page: u32::try_from(page).unwrap(),
            class,
        }));
    }
    found.sort_by_key(|posting| posting.page);
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{read, text_of};
    use crate::derive::search::grams::Posting;

    proptest! {
        #[test]
        fn what_is_written_can_be_read(classes in proptest::collection::vec(proptest::option::weighted(0.3, 0..4_u8), 1..400)) {
            let total = u32::try_from(classes.len()).unwrap();
            let postings: Vec<Posting> = (0..)
                .zip(&classes)
                .filter_map(|(page, class)| Some(Posting { page, class: (*class)? }))
                .collect();
            prop_assert_eq!(read(&text_of(&postings, total), total), postings);
        }

        #[test]
        fn far_pages_can_be_read(pages in proptest::collection::btree_set(0..100_000_u32, 0..20)) {
            let postings: Vec<Posting> = pages.into_iter().map(|page| Posting { page, class: 3 }).collect();
            prop_assert_eq!(read(&text_of(&postings, 100_000), 100_000), postings);
        }
    }

    #[test]
    fn lists_are_short() {
        let every = |step: usize| {
            (0..10_000)
                .step_by(step)
                .map(|page| Posting { page, class: 3 })
                .collect::<Vec<_>>()
        };
        assert!(text_of(&every(1), 10_000).len() < 1_700);
        assert!(text_of(&every(100), 10_000).len() < 200);
    }
}
