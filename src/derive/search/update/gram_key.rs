//! Grams as numbers.

use crate::derive::search::grams::LONGEST_GRAM;

/// The letters of a gram, sixteen bits each, the first one highest; zeros follow. Grams that begin alike stand
/// side by side in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct GramKey(u128);

const LETTER: u32 = u16::BITS;
const MOST: u32 = u128::BITS / LETTER;
// A longer gram would not fit.
const _: () = assert!(LONGEST_GRAM <= MOST as usize);

impl GramKey {
    /// All grams at the beginning of a text.
    pub(super) fn at(letters: &[u16]) -> impl Iterator<Item = Self> {
        let mut key = Self(0);
        letters.iter().take(LONGEST_GRAM).zip(0..).map(move |(letter, place)| {
            key.0 |= u128::from(*letter) << (LETTER * (MOST - 1 - place));
            key
        })
    }

    pub(super) fn len(self) -> usize {
        (MOST - self.0.trailing_zeros() / LETTER) as usize
    }

    /// Without the last letter.
    pub(super) fn head(self) -> Self {
        let rest = self.0.trailing_zeros() / LETTER + 1;
        Self(self.0.checked_shr(rest * LETTER).unwrap_or(0) << (rest * LETTER % u128::BITS))
    }

    /// Without the first letter.
    pub(super) fn tail(self) -> Self {
        Self(self.0 << LETTER)
    }

    /// With the last letter of another one, which is as long, behind it.
    pub(super) fn with_last_of(self, other: Self) -> Self {
        let last = other.0 ^ other.head().0;
        Self(self.0 | last >> LETTER)
    }

    /// With the first letter of another one before it.
    pub(super) fn with_first_of(self, other: Self) -> Self {
        let first = other.0 >> (LETTER * (MOST - 1)) << (LETTER * (MOST - 1));
        Self(first | self.0 >> LETTER)
    }

    /// Its letters.
    pub(super) fn letters(self) -> impl Iterator<Item = u16> + Clone {
        let places = (0..MOST).map(move |place| (self.0 >> (LETTER * (MOST - 1 - place)) & 0xffff) as u16);
        places.take(self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::GramKey;

    fn key(letters: &[u16]) -> GramKey {
        GramKey::at(letters).last().unwrap()
    }

    #[test]
    fn letters_come_and_go_at_both_ends() {
        let long = [7, 65534, 1, 2, 3, 4, 5, 6];
        for length in 1..=8 {
            let gram = key(&long[..length]);
            assert_eq!(gram.len(), length);
            assert_eq!(gram.letters().collect::<Vec<_>>(), long[..length]);
            if length > 1 {
                assert_eq!(gram.head(), key(&long[..length - 1]));
                assert_eq!(gram.tail(), key(&long[1..length]));
                assert_eq!(gram.head().with_last_of(gram.tail()), gram);
                assert_eq!(gram.tail().with_first_of(gram), gram);
            }
        }
        assert_eq!(key(&[3]).head().len(), 0);
        assert!(key(&[1, 2]) < key(&[1, 2, 1]) && key(&[1, 2, 1]) < key(&[1, 3]));
    }
}
