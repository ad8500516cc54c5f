//! Words that are nearly a name: slips of one character and of its sound.
//!
//! Not everything that is near a name is a slip of it: 张江科技 stands beside 张江科学, 甲区 beside 乙区. What
//! decides:
//!
//! 1. Other characters of the same sound (连盟 for 联盟) count in names of four characters and more, since that
//!    is how slips come from an input method. Any other single character, a lost one and two that changed
//!    places count only inside of names of six and more; at its ends a name is cut off too easily
//!    (苏州创业者 is no slip of 苏州创业园). A character that stands twice counts everywhere inside.
//! 2. Numerals, directions and levels of government tell names apart (第一、第二, 东区、西区, 省、市).
//! 3. What is a known name itself, or part of one, is right.
//! 4. The pairs of characters that a slip makes must be rare in the rest of the site, slips apart: where a pair
//!    is found in other words (科技), it is a word and no slip. Of a slip with the same sound, or of two that changed
//!    places, one rare pair is enough.
//! 5. A slip is rare beside the name. What stands there often is meant so; only a character twice never is.

use std::collections::BTreeMap;
use std::ops::Range;

use pinyin::{Pinyin, ToPinyin};
use rayon::prelude::*;

use super::names::{Authority, Name};
use super::phrases::{Phrases, itself};
use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::read::Library;
use crate::source::Span;

/// From so many characters on a single other one is a slip.
pub const LONG: usize = 6;
/// A pair that stands in other words so often is a word.
const WORD_FROM: usize = 2;
/// A slip may stand in so many places,
const MOST_SLIPS: usize = 2;
/// or in one for so many of the name.
const NAMES_TO_A_SLIP: usize = 10;
/// An organisation that is no title must be named so often before it is a measure for others.
const USES_OF_A_MEASURE: usize = 3;

/// Characters that tell one name from another of the same form.
pub const TELLING_APART: &str =
    "一二三四五六七八九十百千两零〇甲乙丙丁戊东西南北中上下前后左右内外大小新老旧省市县区镇乡村州总分首末初高";

/// What kind of a slip it would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// Other characters of the same sound.
    Sound,
    /// Another character.
    Other,
    /// A character is missing.
    Lost,
    /// Two characters changed places.
    Swapped,
    /// A character stands twice.
    Doubled,
}

impl Slip {
    fn chinese(self) -> &'static str {
        match self {
            Self::Sound => "同音字",
            Self::Other => "有一个字不同",
            Self::Lost => "少了一个字",
            Self::Swapped => "两个字颠倒了",
            Self::Doubled => "有一个字打了两遍",
        }
    }
}

/// Words near a name.
#[derive(Debug, Clone)]
pub struct Near {
    /// Where they stand in the text.
    pub range: Range<usize>,
    /// Where they differ.
    pub place: Range<usize>,
    /// Which name.
    pub name: usize,
    /// How they differ.
    pub slip: Slip,
    /// The pairs of characters that the name does not have.
    pub pairs: Vec<String>,
}

/// Words near a name in an entry.
#[derive(Debug, Clone)]
pub struct Suspect {
    /// Where.
    pub span: Span,
    /// Whether they can be replaced there.
    pub is_in_one_piece: bool,
    /// The words.
    pub written: String,
    /// What they are near.
    pub near: Near,
}

/// A name whose characters from a place on are others: `written` stands for those from `from` on, and the
/// whole begins at `start` in the text.
pub fn other_letters((number, name): (usize, &Name), (start, from, written): (usize, usize, &[char])) -> Option<Near> {
    let mut letters = name.letters.clone();
    letters[from..from + written.len()].copy_from_slice(written);
    let differing: Vec<usize> = (from..from + written.len())
        .filter(|at| letters[*at] != name.letters[*at])
        .collect();
    let (first, last) = (*differing.first()?, *differing.last()?);
    let tells_apart = |at: &usize| TELLING_APART.contains(letters[*at]) && TELLING_APART.contains(name.letters[*at]);
    if differing.iter().any(tells_apart) {
        return None;
    }
    let is_inside = first > 0 && last + 1 < letters.len();
    let slip = if differing
        .iter()
        .all(|at| has_same_sound(letters[*at], name.letters[*at]))
    {
        Slip::Sound
    } else if differing.len() == 1 && letters.len() >= LONG && is_inside {
        Slip::Other
    } else {
        return None;
    };
    let bytes = |count: usize| letters[..count].iter().map(|letter| letter.len_utf8()).sum::<usize>();
    let pairs = letters
        .windows(2)
        .enumerate()
        .filter(|(at, _)| differing.contains(at) || differing.contains(&(at + 1)));
    Some(Near {
        range: start..start + bytes(letters.len()),
        place: start + bytes(first)..start + bytes(last + 1),
        name: number,
        slip,
        pairs: pairs.map(|(_, pair)| pair.iter().collect()).collect(),
    })
}

/// A pattern that is a whole name with a slip at the character `at`.
pub fn whole(number: usize, (range, text): (Range<usize>, &str), (slip, at): (Slip, usize)) -> Near {
    let letters: Vec<char> = text[range.clone()].chars().collect();
    let bytes = |count: usize| letters[..count].iter().map(|letter| letter.len_utf8()).sum::<usize>();
    // Where it differs, and the first of how many pairs that the name does not have.
    let (place, first, count) = match slip {
        Slip::Swapped => (at..at + 2, at - 1, 3),
        Slip::Doubled => (at..at + 2, at, 1),
        _ => (at - 1..at + 1, at - 1, 1),
    };
    let pairs = letters.windows(2).skip(first).take(count);
    Near {
        place: range.start + bytes(place.start)..range.start + bytes(place.end),
        range,
        name: number,
        slip,
        pairs: pairs.map(|pair| pair.iter().collect()).collect(),
    }
}

/// Whether two characters are read alike, tones aside.
fn has_same_sound(one: char, other: char) -> bool {
    let sound = |letter: char| letter.to_pinyin().map(Pinyin::plain);
    sound(one).is_some_and(|sound_of_one| sound(other) == Some(sound_of_one))
}

/// Which suspects are slips.
pub fn judge(library: &Library, names: &[Name], suspects: Vec<Suspect>) -> Vec<Diagnostic> {
    if suspects.is_empty() {
        return Vec::new();
    }
    let counts = Counts::of(library, names, &suspects);
    let slips = suspects
        .into_iter()
        .filter(|suspect| is_slip(suspect, &names[suspect.near.name], &counts));
    slips
        .map(|suspect| problem(library, &names[suspect.near.name], &suspect))
        .collect()
}

fn is_slip(suspect: &Suspect, name: &Name, counts: &Counts) -> bool {
    let slips = counts.of_text(&suspect.written);
    let uses = counts.of_text(&name.text());
    let is_measure = name.authority != Authority::Use || uses >= USES_OF_A_MEASURE;
    let is_rare = suspect.near.slip == Slip::Doubled || slips <= MOST_SLIPS.max(uses / NAMES_TO_A_SLIP);
    let is_rare_pair = |pair: &String| counts.of_text(pair) < WORD_FROM;
    let pairs = &suspect.near.pairs;
    let is_no_word = match suspect.near.slip {
        Slip::Sound | Slip::Swapped => pairs.iter().any(is_rare_pair),
        _ => pairs.iter().all(is_rare_pair),
    };
    is_measure && is_rare && is_no_word
}

fn problem(library: &Library, name: &Name, suspect: &Suspect) -> Diagnostic {
    let right = name.text();
    let mut diagnostic = Diagnostic::new(
        rule::NEAR_NAME,
        suspect.span,
        format!(
            "“{}”像是“{}”写错了：{}",
            quotable(&suspect.written),
            quotable(&right),
            suspect.near.slip.chinese()
        ),
    )
    .help("写错了就改；真是另一个名称，写进 terms.yaml 里的“也可以写”");
    let place = match name.authority {
        Authority::Term(number) => library.terms.span(&library.sources, number, "right"),
        Authority::Title(id) => Some(library.field_span(library.entry(id), "title")),
        Authority::Use => None,
    };
    if let Some(place) = place {
        diagnostic = diagnostic.related(place, "这里的写法");
    }
    if suspect.is_in_one_piece {
        diagnostic = diagnostic.proposal(suspect.span, right);
    }
    diagnostic
}

/// How often words stand in the whole site; pairs of characters without those of suspects.
struct Counts {
    of: BTreeMap<String, usize>,
}

impl Counts {
    /// Counts what it takes to judge the suspects, in one more pass over all texts.
    fn of(library: &Library, names: &[Name], suspects: &[Suspect]) -> Self {
        let mut of: BTreeMap<String, usize> = BTreeMap::new();
        for suspect in suspects {
            let pairs = suspect.near.pairs.iter().cloned();
            let words = pairs.chain([suspect.written.clone(), names[suspect.near.name].text()]);
            of.extend(words.map(|word| (word, 0)));
        }
        let phrases = Phrases::new(of.keys().map(|words| words.chars().map(itself)));
        let nothing = || vec![0_usize; of.len()];
        let totals = library
            .entries
            .par_iter()
            .fold(nothing, |mut counts, entry| {
                let text = library.sources.get(entry.file).map_or("", |source| &*source.text);
                phrases.overlapping(text, itself, |words, _| counts[words] += 1);
                counts
            })
            .reduce(nothing, |mut one, other| {
                one.iter_mut().zip(other).for_each(|(sum, more)| *sum += more);
                one
            });
        for (count, total) in of.values_mut().zip(totals) {
            *count = total;
        }
        // A pair counts where it is no slip of any name.
        for pair in suspects.iter().flat_map(|suspect| &suspect.near.pairs) {
            if let Some(count) = of.get_mut(pair) {
                *count = count.saturating_sub(1);
            }
        }
        Self { of }
    }

    fn of_text(&self, text: &str) -> usize {
        self.of.get(text).copied().unwrap_or(0)
    }
}
