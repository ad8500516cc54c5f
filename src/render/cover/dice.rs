//! The numbers a cover is made of: a hash of the entry's path, drawn out into a sequence.

/// The offset basis of FNV-1a with 64 bits.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
/// The prime of FNV-1a with 64 bits.
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;
/// The step of `SplitMix64`, 2⁶⁴ divided by the golden ratio.
const SPLITMIX_STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A sequence of numbers that depends on a text and on nothing else.
pub(super) struct Dice {
    state: u64,
}

impl Dice {
    /// The sequence that belongs to a text: FNV-1a over its bytes starts `SplitMix64`.
    pub(super) fn of(text: &str) -> Self {
        let state = text.bytes().fold(FNV_OFFSET, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
        });
        Self { state }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(SPLITMIX_STEP);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not including, `end`; 0 where `end` is 0.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        let high = u32::try_from(self.next() >> 32).unwrap_or(0);
        let scaled = (u64::from(high) * u64::from(end)) >> 32;
        u32::try_from(scaled).unwrap_or(0)
    }

    /// A whole number between two others, both included.
    pub(super) fn whole(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// A position between two numbers, in steps of a 65,536th of their distance.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * f64::from(self.below(65_536)) / 65_536.0
    }

    /// True so many times in a hundred.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of several things; the first stands for all when there is nothing to choose.
    pub(super) fn pick<T: Copy>(&mut self, first: T, others: &[T]) -> T {
        let count = u32::try_from(others.len()).unwrap_or(0);
        match self.below(count + 1).checked_sub(1) {
            Some(index) => others.get(index as usize).copied().unwrap_or(first),
            None => first,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn the_same_text_gives_the_same_numbers() {
        let mut first = Dice::of("cases/wuxi");
        let mut second = Dice::of("cases/wuxi");
        for _ in 0..100 {
            assert_eq!(first.next(), second.next());
        }
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let mut dice = Dice::of("");
        for _ in 0..10_000 {
            assert!((3..=7).contains(&dice.whole(3, 7)));
            let position = dice.between(-2.0, 5.0);
            assert!((-2.0..5.0).contains(&position));
            assert!(dice.below(0) == 0);
        }
    }
}
