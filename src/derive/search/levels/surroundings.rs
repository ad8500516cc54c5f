//! The letters around a gram that are the same wherever it stands.

/// So many letters are looked at, on either side.
const MOST: usize = 5;

/// The letters that are the same, nearest first.
#[derive(Clone, Copy, Default)]
pub(super) struct Surroundings {
    after: u8,
    before: u8,
    letters_after: [u16; MOST],
    letters_before: [u16; MOST],
}

impl Surroundings {
    /// Those of the first place, `most` at most.
    pub(super) fn new(after: impl Iterator<Item = u16>, before: impl Iterator<Item = u16>, most: usize) -> Self {
        let mut new = Self::default();
        for (place, letter) in new.letters_after.iter_mut().zip(after).take(most) {
            *place = letter;
            new.after += 1;
        }
        for (place, letter) in new.letters_before.iter_mut().zip(before).take(most) {
            *place = letter;
            new.before += 1;
        }
        new
    }

    /// Leaves those that are the same at another place too.
    pub(super) fn narrow(&mut self, after: impl Iterator<Item = u16>, before: impl Iterator<Item = u16>) {
        if self.after > 0 {
            self.after = common(self.after(), after);
        }
        if self.before > 0 {
            self.before = common(self.before(), before);
        }
    }

    /// The letters that follow.
    pub(super) fn after(&self) -> impl Iterator<Item = u16> + '_ {
        self.letters_after[..usize::from(self.after)].iter().copied()
    }

    /// The letters that go before.
    pub(super) fn before(&self) -> impl Iterator<Item = u16> + '_ {
        self.letters_before[..usize::from(self.before)].iter().copied()
    }

    /// How far a gram of this length goes with these.
    pub(super) fn reach(&self, length: usize) -> Reach {
        Reach {
            until: self.after.saturating_add(u8::try_from(length).unwrap_or(u8::MAX)),
            before: self.before,
        }
    }
}

/// How many letters are the same.
fn common(known: impl Iterator<Item = u16>, other: impl Iterator<Item = u16>) -> u8 {
    let mut count = 0;
    for (known, other) in known.zip(other) {
        if known != other {
            break;
        }
        count += 1;
    }
    count
}

/// How far the number of a gram goes.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    /// Up to this length the gram is continued in the same way wherever it stands.
    pub(super) until: u8,
    /// So many letters are the same before it wherever it stands.
    pub(super) before: u8,
}

impl Reach {
    /// Of a position that need not be looked at any more.
    pub(super) const END: Self = Self {
        until: u8::MAX,
        before: 0,
    };
}
