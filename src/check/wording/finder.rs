//! Finding words that are nearly a name: a single slip leaves one half of a name as it is.
//!
//! A text is read twice. Once by how names sound, which finds other characters of the same sound at once; and once
//! for the halves of long names: what stands beside a half is compared only with the names that have one of its
//! first two characters there, since a site may have a thousand names that end alike.

use std::collections::BTreeMap;
use std::ops::Range;

use pinyin::{Pinyin, ToPinyin};
use rustc_hash::FxHashMap;

use super::names::{Name, is_han};
use super::near::{LONG, Near, Slip, TELLING_APART, other_letters, whole};
use super::phrases::{Phrases, Symbol, itself};

/// Where Chinese characters begin,
const FIRST_HAN: char = '\u{3400}';
/// and end.
const LAST_HAN: char = '\u{9fff}';

/// Looks for words near names.
pub struct Finder {
    sounds: Sounds,
    halves: Halves,
}

impl Finder {
    /// For all names.
    pub fn new(names: &[Name]) -> Self {
        Self {
            sounds: Sounds::new(names),
            halves: Halves::new(names),
        }
    }

    /// All words in a text that are near a name.
    pub fn find(&self, text: &str, names: &[Name]) -> Vec<Near> {
        let mut found: Vec<Near> = Vec::new();
        self.sounds.find(text, names, &mut found);
        self.halves.find(text, names, &mut found);
        // Where a slip of the same sound leaves a half of several names as it is, the longest name counts.
        found.sort_by_key(|near| (near.range.start, std::cmp::Reverse(near.range.end)));
        found.dedup_by(|later, first| later.range.start < first.range.end);
        found
    }
}

/// Names by how they sound.
struct Sounds {
    /// Names as syllables.
    phrases: Phrases,
    /// By phrase: the names that sound so.
    names: Vec<Vec<usize>>,
    /// By character from the first Chinese one on.
    syllables: Vec<Symbol>,
}

/// What has no sound.
const NO_SOUND: Symbol = Symbol::MAX;

impl Sounds {
    fn new(names: &[Name]) -> Self {
        let mut numbers: BTreeMap<&'static str, Symbol> = BTreeMap::new();
        let syllables = (FIRST_HAN..=LAST_HAN).map(|letter| {
            let Some(sound) = letter.to_pinyin().map(Pinyin::plain) else {
                return NO_SOUND;
            };
            let next = Symbol::try_from(numbers.len()).unwrap_or(NO_SOUND);
            *numbers.entry(sound).or_insert(next)
        });
        let syllables: Vec<Symbol> = syllables.collect();
        let mut phrases: BTreeMap<Vec<Symbol>, Vec<usize>> = BTreeMap::new();
        for (number, name) in names.iter().enumerate() {
            let phrase: Vec<Symbol> = name.letters.iter().map(|letter| sound(&syllables, *letter)).collect();
            if !phrase.contains(&NO_SOUND) {
                phrases.entry(phrase).or_default().push(number);
            }
        }
        Self {
            phrases: Phrases::new(phrases.keys().map(|phrase| phrase.iter().copied())),
            names: phrases.into_values().collect(),
            syllables,
        }
    }

    /// What sounds as a name and has one half of it as it is.
    fn find(&self, text: &str, names: &[Name], found: &mut Vec<Near>) {
        let symbol = |letter| sound(&self.syllables, letter);
        self.phrases.overlapping(text, symbol, |phrase, range| {
            let start = range.start;
            for number in &self.names[phrase] {
                let name = &names[*number];
                let (first, last) = name.letters.split_at(name.letters.len() / 2);
                let written = || text[start..].chars();
                let has_first = written().zip(first).all(|(own, wanted)| own == *wanted);
                let has_last = written()
                    .skip(first.len())
                    .zip(last)
                    .all(|(own, wanted)| own == *wanted);
                if has_first != has_last {
                    let letters: Vec<char> = written().take(name.letters.len()).collect();
                    found.extend(other_letters((*number, name), (start, 0, &letters)));
                }
            }
        });
    }
}

fn sound(syllables: &[Symbol], letter: char) -> Symbol {
    let number = (letter as usize).checked_sub(FIRST_HAN as usize);
    let known = number.and_then(|number| syllables.get(number));
    known.copied().unwrap_or(NO_SOUND)
}

/// What a pattern is of a name.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// The whole with a slip at a character.
    Whole(usize, Slip, usize),
    /// The first half of long names.
    Begin,
    /// The last half of long names.
    End,
}

/// Which character beside a half is that of a name: written as the first or second, in the name the first or
/// second.
type Beside = (usize, bool, (u8, u8), char);

/// Halves of long names, and whole names with a slip that leaves no half as it is.
struct Halves {
    phrases: Phrases,
    /// By pattern.
    parts: Vec<Vec<Part>>,
    /// By pattern, side, and a character beside the half: the names that have it there.
    names: FxHashMap<Beside, Vec<usize>>,
    /// A bit for each value that what is in `names` is mapped to: most places can be passed over without
    /// looking there, which takes longer.
    marks: Vec<u64>,
}

impl Halves {
    fn new(names: &[Name]) -> Self {
        let mut patterns: BTreeMap<String, Vec<Part>> = BTreeMap::new();
        let text = |letters: &[char]| letters.iter().collect::<String>();
        for (number, name) in names.iter().enumerate() {
            let letters = &name.letters;
            let half = letters.len() / 2;
            let mut add = |pattern: String, part: Part| {
                let parts = patterns.entry(pattern).or_default();
                let is_known = matches!(part, Part::Begin | Part::End)
                    && parts
                        .iter()
                        .any(|own| std::mem::discriminant(own) == std::mem::discriminant(&part));
                if !is_known {
                    parts.push(part);
                }
            };
            if letters.len() >= LONG {
                add(text(&letters[..half]), Part::Begin);
                add(text(&letters[half..]), Part::End);
                // Two characters on either side of the middle.
                let at = half - 1;
                if letters[at] != letters[half] && is_alone(letters, at) {
                    let mut swapped = letters.clone();
                    swapped.swap(at, half);
                    add(text(&swapped), Part::Whole(number, Slip::Swapped, at));
                }
                continue;
            }
            for at in (1..letters.len() - 1).filter(|at| is_alone(letters, *at)) {
                let mut doubled = letters.clone();
                doubled.insert(at, letters[at]);
                add(text(&doubled), Part::Whole(number, Slip::Doubled, at));
            }
        }
        let mut beside: FxHashMap<Beside, Vec<usize>> = FxHashMap::default();
        let numbers: BTreeMap<&str, usize> = patterns.keys().map(String::as_str).zip(0..).collect();
        for (number, name) in names.iter().enumerate().filter(|(_, name)| name.letters.len() >= LONG) {
            let (first, last) = name.letters.split_at(name.letters.len() / 2);
            let sides = [
                (text(first), true, [last[0], last[1]]),
                (text(last), false, [first[first.len() - 1], first[first.len() - 2]]),
            ];
            for (pattern, is_begin, [near, far]) in sides {
                let Some(pattern) = numbers.get(pattern.as_str()) else {
                    continue;
                };
                for (places, letter) in [((0, 0), near), ((1, 1), far), ((0, 1), far)] {
                    let key = (*pattern, is_begin, places, letter);
                    beside.entry(key).or_default().push(number);
                }
            }
        }
        drop(numbers);
        Self {
            phrases: Phrases::new(patterns.keys().map(|pattern| pattern.chars().map(itself))),
            parts: patterns.into_values().collect(),
            marks: marks_of(beside.keys()),
            names: beside,
        }
    }

    fn find(&self, text: &str, names: &[Name], found: &mut Vec<Near>) {
        self.phrases.overlapping(text, itself, |pattern, hit| {
            for part in &self.parts[pattern] {
                match part {
                    Part::Whole(number, slip, at) => found.push(whole(*number, (hit.clone(), text), (*slip, *at))),
                    Part::Begin => {
                        let behind = || text[hit.end..].chars();
                        self.beside(
                            (pattern, true),
                            behind,
                            |number| {
                                let name = &names[number];
                                let half = name.letters.len() / 2;
                                let (slip, at, bytes) = slip_in(behind(), name.letters[half..].iter().copied())?;
                                let range = hit.start..hit.end + bytes;
                                near((number, name), (range, text), (slip, half + at))
                            },
                            found,
                        );
                    }
                    Part::End => {
                        let before = || text[..hit.start].chars().rev();
                        self.beside(
                            (pattern, false),
                            before,
                            |number| {
                                let name = &names[number];
                                let half = name.letters.len() / 2;
                                let backwards = name.letters[..half].iter().rev().copied();
                                let (slip, at, bytes) = slip_in(before(), backwards)?;
                                let range = hit.start - bytes..hit.end;
                                // Counted from the other end; of two characters the first is meant.
                                let at = match slip {
                                    Slip::Swapped => (half - 1).checked_sub(at + 1)?,
                                    _ => half - 1 - at,
                                };
                                near((number, name), (range, text), (slip, at))
                            },
                            found,
                        );
                    }
                }
            }
        });
    }

    /// Asks for each name that has one of the two characters beside a half.
    fn beside<I: Iterator<Item = char>>(
        &self,
        (pattern, is_begin): (usize, bool),
        written: impl Fn() -> I,
        ask: impl Fn(usize) -> Option<Near>,
        found: &mut Vec<Near>,
    ) {
        let mut letters = written();
        let near = letters.next();
        let far = letters.next();
        for (places, letter) in [((0, 0), near), ((1, 1), far), ((0, 1), near)] {
            let Some(letter) = letter else { continue };
            let beside = (pattern, is_begin, places, letter);
            let mark = mark_of(&beside);
            if self.marks[mark / 64] >> (mark % 64) & 1 == 0 {
                continue;
            }
            let names = self.names.get(&beside);
            found.extend(names.into_iter().flatten().filter_map(|number| ask(*number)));
        }
    }
}

/// So many values what stands beside a half is mapped to.
const MARKS: usize = 1 << 18;

fn mark_of((pattern, is_begin, (written, wanted), letter): &Beside) -> usize {
    let side = u64::from(*is_begin) << 4 | u64::from(*written) << 2 | u64::from(*wanted);
    let key = (*pattern as u64) << 26 ^ u64::from(u32::from(*letter)) << 5 ^ side;
    // The highest bits of a product depend on all of its factors' bits.
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 46) as usize
}

fn marks_of<'a>(all: impl Iterator<Item = &'a Beside>) -> Vec<u64> {
    let mut marks = vec![0; MARKS / 64];
    for beside in all {
        let mark = mark_of(beside);
        marks[mark / 64] |= 1 << (mark % 64);
    }
    marks
}

/// Whether a character differs from both its neighbours, so that it can be said which one is missing or doubled.
fn is_alone(letters: &[char], at: usize) -> bool {
    letters.get(at + 1) != Some(&letters[at]) && (at == 0 || letters[at - 1] != letters[at])
}

/// How written characters differ from wanted ones by a single slip, at which of the wanted ones, and how many
/// bytes of the written ones stand for all the wanted ones.
fn slip_in(
    written: impl Iterator<Item = char>,
    wanted: impl ExactSizeIterator<Item = char>,
) -> Option<(Slip, usize, usize)> {
    let wanted: Vec<char> = wanted.collect();
    let written: Vec<char> = written
        .take(wanted.len() + 1)
        .take_while(|letter| is_han(*letter))
        .collect();
    let at = written.iter().zip(&wanted).position(|(own, wanted)| own != wanted)?;
    let rest = |from: usize, count: usize| written.get(from..from + count);
    let behind = &wanted[at + 1..];
    // Behind its last character a name is cut off, and no other one.
    let (slip, at, count) = if !behind.is_empty() && rest(at + 1, behind.len()) == Some(behind) {
        (Slip::Other, at, wanted.len())
    } else if behind.first() == Some(&written[at])
        && written.get(at + 1) == Some(&wanted[at])
        && rest(at + 2, behind.len() - 1) == Some(&behind[1..])
    {
        (Slip::Swapped, at, wanted.len())
    } else if at > 0 && written[at] == wanted[at - 1] && rest(at + 1, behind.len() + 1) == Some(&wanted[at..]) {
        (Slip::Doubled, at - 1, wanted.len() + 1)
    } else if !behind.is_empty() && rest(at, behind.len()) == Some(behind) {
        (Slip::Lost, at, wanted.len() - 1)
    } else {
        return None;
    };
    let bytes = written[..count].iter().map(|letter| letter.len_utf8()).sum();
    Some((slip, at, bytes))
}

/// A slip in a long name, if it may be one at that place: at its ends a name is cut off too easily.
fn near(
    (number, name): (usize, &Name),
    (range, text): (Range<usize>, &str),
    (slip, at): (Slip, usize),
) -> Option<Near> {
    let letters = &name.letters;
    if slip == Slip::Other {
        let written: Vec<char> = text[range.clone()].chars().collect();
        return other_letters((number, name), (range.start, 0, &written));
    }
    let last = if slip == Slip::Swapped { at + 1 } else { at };
    let is_inside = at > 0 && last + 1 < letters.len();
    // 新区 and 老区 are two, and each is often said without the word that tells it apart.
    let is_left_out = slip == Slip::Lost && TELLING_APART.contains(letters[at]);
    (is_inside && is_alone(letters, at) && !is_left_out).then(|| whole(number, (range, text), (slip, at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_slip_is_told_where_it_is() {
        let wanted = "产业链党建";
        for (written, slip, at, count) in [
            ("产业脸党建联", Slip::Other, 2, 5),
            ("产链业党建联", Slip::Swapped, 1, 5),
            ("产业业链党建", Slip::Doubled, 1, 6),
            ("产业党建联", Slip::Lost, 2, 4),
            ("产业链党党建", Slip::Doubled, 3, 6),
        ] {
            let found = slip_in(written.chars(), wanted.chars().collect::<Vec<_>>().into_iter());
            assert_eq!(found, Some((slip, at, 3 * count)), "{written}");
        }
        for written in ["产业链党建", "产业链", "脸业链党件", "产业链党件园", "产业 链党建", ""]
        {
            let found = slip_in(written.chars(), wanted.chars().collect::<Vec<_>>().into_iter());
            assert_eq!(found, None, "{written}");
        }
    }
}
