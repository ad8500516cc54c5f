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

use super::grams::{Class, IN_NAMES, IN_TEXT, IN_TITLE, OFTEN, Posting};

/// The number of classes.
const CLASSES: usize = 4;
/// Base 64 as in RFC 4648, without padding.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// Two letters for twelve bits.
const PAIRS: [[u8; 2]; 1 << 12] = {
    let mut pairs = [[0; 2]; 1 << 12];
    let mut twelve = 0;
    while twelve < pairs.len() {
        pairs[twelve] = [LETTERS[twelve >> 6], LETTERS[twelve & 63]];
        twelve += 1;
    }
    pairs
};

/// The list of a gram; `total` is the number of pages of the site.
pub fn text_of(postings: &[Posting], total: u32) -> String {
    let mut writer = ListWriter::new(total);
    for posting in postings {
        writer.add(*posting);
    }
    writer.end();
    writer.text
}

/// Writes lists, one behind the other.
pub struct ListWriter {
    total: u32,
    /// By class: how many pages stand between a page of it and the one before.
    gaps: [Vec<u32>; CLASSES],
    /// By class: one more than its last page.
    next: [u32; CLASSES],
    /// How many pages there are.
    count: usize,
    /// What was written.
    pub text: String,
}

impl ListWriter {
    /// For a site of so many pages.
    pub fn new(total: u32) -> Self {
        Self {
            total,
            gaps: [const { Vec::new() }; CLASSES],
            next: [0; CLASSES],
            count: 0,
            text: String::new(),
        }
    }

    /// Adds a page to the list that is being written; pages come in their order.
    pub fn add(&mut self, posting: Posting) {
        let class = usize::from(posting.class) % CLASSES;
        self.gaps[class].push(posting.page - self.next[class]);
        self.next[class] = posting.page + 1;
        self.count += 1;
    }

    /// Ends the list, and writes it.
    pub fn end(&mut self) {
        let mut bits = Bits::behind(&mut self.text);
        let only = (0..).zip(&self.gaps).find(|(_, gaps)| !gaps.is_empty());
        if let (1, Some((class, page))) = (self.count, only) {
            bits.write(1, 1);
            bits.write(class, 2);
            bits.write(page[0], width_of_page(self.total));
        } else {
            bits.write(0, 1);
            for gaps in &self.gaps {
                write_pages(&mut bits, gaps, self.total);
            }
        }
        bits.finish();
        self.gaps.iter_mut().for_each(Vec::clear);
        self.next = [0; CLASSES];
        self.count = 0;
    }
}

/// How many bits the number of any page needs.
fn width_of_page(total: u32) -> u32 {
    (u32::BITS - total.saturating_sub(1).leading_zeros()).max(1)
}

fn write_pages(bits: &mut Bits<'_>, gaps: &[u32], total: u32) {
    if gaps.is_empty() {
        bits.write(0, 2);
        return;
    }
    let count = u32::try_from(gaps.len()).unwrap_or(u32::MAX);
    let (parameter, length) = best_parameter(gaps);
    let gamma = u64::from(2 * (u32::BITS - count.leading_zeros()) - 1);
    if length + gamma + 4 < u64::from(total) {
        bits.write(1, 2);
        bits.gamma(count);
        bits.write(parameter, 4);
        for gap in gaps {
            bits.rice(*gap, parameter);
        }
    } else {
        bits.write(2, 2);
        let mut rest = total;
        for gap in gaps {
            bits.zeros(*gap);
            bits.write(1, 1);
            rest -= gap + 1;
        }
        bits.zeros(rest);
    }
}

/// The parameter of Rice's code that makes the gaps shortest, and how many bits they have with it. The best
/// one is near the logarithm of the mean gap.
fn best_parameter(gaps: &[u32]) -> (u32, u64) {
    let count = gaps.len() as u64;
    let mean = gaps.iter().map(|gap| u64::from(*gap)).sum::<u64>() / count.max(1);
    let likely = mean.max(1).ilog2();
    let length = |parameter: u32| {
        let ones: u64 = gaps.iter().map(|gap| u64::from(gap >> parameter)).sum();
        ones + count * u64::from(1 + parameter)
    };
    (likely.saturating_sub(1)..=likely.min(14) + 1)
        .map(|parameter| (parameter, length(parameter)))
        .min_by_key(|(_, length)| *length)
        .unwrap_or((0, 0))
}

/// Bits in their order.
struct Bits<'a> {
    text: &'a mut String,
    /// Fewer than twelve bits between two calls.
    pending: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    /// Bits that are written behind a text.
    fn behind(text: &'a mut String) -> Self {
        Self {
            text,
            pending: 0,
            count: 0,
        }
    }

    /// Writes the lowest bits of a number, 32 at most, the highest of them first.
    fn write(&mut self, value: u32, width: u32) {
        let lowest = u64::from(value) & ((1 << width) - 1);
        self.pending = self.pending << width | lowest;
        self.count += width;
        while self.count >= 12 {
            self.count -= 12;
            self.push(self.pending >> self.count);
        }
        self.pending &= (1 << self.count) - 1;
    }

    fn push(&mut self, twelve: u64) {
        let [first, second] = PAIRS[(twelve & 0xfff) as usize];
        self.text.push(char::from(first));
        self.text.push(char::from(second));
    }

    fn gamma(&mut self, value: u32) {
        let width = u32::BITS - value.leading_zeros();
        self.write(0, width - 1);
        self.write(value, width);
    }

    fn rice(&mut self, value: u32, parameter: u32) {
        let mut ones = value >> parameter;
        if ones + parameter < 32 {
            let lowest = value & ((1 << parameter) - 1);
            let above = ((1_u64 << (ones + 1)) - 2) << parameter;
            self.write((above & 0xffff_ffff) as u32 | lowest, ones + 1 + parameter);
            return;
        }
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

    /// Fills the last letter.
    fn finish(self) {
        let (rest, missing) = (self.pending << 12 >> self.count, self.count.div_ceil(6));
        let [first, second] = PAIRS[(rest & 0xfff) as usize];
        let letters = [first, second];
        for letter in &letters[..missing as usize] {
            self.text.push(char::from(*letter));
        }
    }
}

/// The best class of any page of a list.
pub fn best_class(list: &str) -> Class {
    let mut bits = BitReader::of(list);
    if bits.read(1) == 1 {
        return (bits.read(2) & 3) as Class;
    }
    // Only of the first classes it's easily seen whether they have pages; all others are text.
    match (bits.read(2), bits.read(2)) {
        (0, 0) => OFTEN,
        (0, _) => IN_NAMES,
        _ => IN_TITLE,
    }
}

/// The pages of a list, in order.
pub fn postings(list: &str, total: u32) -> Vec<Posting> {
    let mut bits = BitReader::of(list);
    if bits.read(1) == 1 {
        let class = (bits.read(2) & 3) as Class;
        let page = bits.read(width_of_page(total));
        return Vec::from_iter((page < total).then_some(Posting { page, class }));
    }
    let mut found = Vec::new();
    for class in [IN_TITLE, IN_NAMES, OFTEN, IN_TEXT] {
        match bits.read(2) {
            1 => {
                let count = bits.gamma();
                let parameter = bits.read(4);
                let mut next = 0_u32;
                for _ in 0..count.min(total) {
                    let page = next.saturating_add(bits.rice(parameter));
                    found.push(Posting { page, class });
                    next = page.saturating_add(1);
                }
            }
            2 => {
                let pages = (0..total).filter(|_| bits.read(1) == 1);
                found.extend(pages.map(|page| Posting { page, class }));
            }
            _ => {}
        }
    }
    found.retain(|posting| posting.page < total);
    found.sort_unstable_by_key(|posting| posting.page);
    found
}

/// The number of each letter.
const NUMBERS: [u8; 256] = {
    let mut numbers = [0; 256];
    let mut number = 0_u8;
    while (number as usize) < LETTERS.len() {
        numbers[LETTERS[number as usize] as usize] = number;
        number += 1;
    }
    numbers
};

/// Reads bits; behind the last there are only zeros, and so no list without an end.
struct BitReader<'a> {
    letters: std::slice::Iter<'a, u8>,
    /// The next bits, from the highest on.
    ahead: u64,
    count: u32,
}

impl<'a> BitReader<'a> {
    fn of(list: &'a str) -> Self {
        Self {
            letters: list.as_bytes().iter(),
            ahead: 0,
            count: 0,
        }
    }

    /// Sees to it that 58 bits are ahead.
    fn fill(&mut self) {
        while self.count <= 58 {
            let six = self.letters.next().map_or(0, |letter| NUMBERS[usize::from(*letter)]);
            self.ahead |= u64::from(six) << (58 - self.count);
            self.count += 6;
        }
    }

    fn skip(&mut self, width: u32) {
        self.ahead <<= width;
        self.count -= width;
    }

    /// A number of so many bits, 32 at most.
    fn read(&mut self, width: u32) -> u32 {
        if width == 0 {
            return 0;
        }
        self.fill();
        let number = self.ahead >> (64 - width);
        self.skip(width);
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    fn gamma(&mut self) -> u32 {
        self.fill();
        let zeros = self.ahead.leading_zeros().min(31);
        self.skip(zeros);
        self.read(zeros + 1)
    }

    fn rice(&mut self, parameter: u32) -> u32 {
        let mut all = 0_u32;
        loop {
            self.fill();
            let ones = (!self.ahead).leading_zeros().min(32);
            self.skip(ones);
            all = all.saturating_add(ones);
            if ones < 32 {
                break;
            }
        }
        self.skip(1);
        (all << parameter) | self.read(parameter)
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

    use super::{best_class, postings as read_quickly, read, text_of};
    use crate::derive::search::grams::{OFTEN, Posting};

    proptest! {
        #[test]
        fn what_is_written_can_be_read(classes in proptest::collection::vec(proptest::option::weighted(0.3, 0..4_u8), 1..400)) {
            let total = u32::try_from(classes.len()).unwrap();
            let postings: Vec<Posting> = (0..)
                .zip(&classes)
                .filter_map(|(page, class)| Some(Posting { page, class: (*class)? }))
                .collect();
            let text = text_of(&postings, total);
            let best = postings.iter().map(|posting| posting.class).min().unwrap_or(OFTEN);
            prop_assert_eq!(best_class(&text).min(OFTEN), best.min(OFTEN));
            prop_assert_eq!(&read_quickly(&text, total), &postings);
            prop_assert_eq!(read(&text, total), postings);
        }

        #[test]
        fn whatever_is_read_comes_to_an_end(text in "\\PC{0,40}|[A-Za-z0-9+/]{0,60}", total in 0..300_u32) {
            let found = read_quickly(&text, total);
            prop_assert!(found.iter().all(|posting| posting.page < total));
            best_class(&text);
        }

        #[test]
        fn far_pages_can_be_read(pages in proptest::collection::btree_set(0..100_000_u32, 0..20)) {
            let postings: Vec<Posting> = pages.into_iter().map(|page| Posting { page, class: 3 }).collect();
            prop_assert_eq!(&read_quickly(&text_of(&postings, 100_000), 100_000), &postings);
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
