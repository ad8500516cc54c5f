//! Half a character is lost: text in GBK from which one byte went missing reads as other characters from
//! there on, until something that is one byte long ends it.
//!
//! ```text
//! 党 建 联 盟      B5B3 BDA8 C1AA C3CB
//!   lost: B5       B3BD A8C1 AAC3 CB..   reads 辰 ㄁ … and a question mark
//! ```
//!
//! The bytes between the loss and its end are all there. So a repair puts one byte back, reads the rest as it
//! was, and guesses at the most two characters: the one that lost its byte, and the last one, whose second
//! byte became the question mark. The guesses are ranked by how likely the characters follow one another, and
//! never applied without a person.

use std::ops::Range;

use encoding_rs::GBK;

use super::language::Language;
use super::letters::{COMMON, HAN, Letters, ODD, SIMPLIFIED, TRADITIONAL};
use super::signs::{DENSE, LONE_LETTER, QUESTION, REPLACEMENT};
use super::words::{Page, Words};
use crate::diagnostic::{Diagnostic, quotable, rule};

/// How many repairs are proposed.
const PROPOSALS: usize = 3;
/// How many guesses of each unknown character are combined.
const GUESSES: usize = 16;
/// How far before the first strange character the damage may begin.
const BACK: usize = 12;
/// How much more likely a repair must be than what is written (a logarithm), and per character.
const LEAST_GAIN: f32 = 9.0;
const LEAST_GAIN_EACH: f32 = 0.7;
/// A text of this length at the most is repaired in one piece.
const LONGEST: usize = 400;

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for words in &page.words {
        if words.signs.shows(DENSE | LONE_LETTER | QUESTION | REPLACEMENT) {
            check_words(page, words, found);
        }
    }
}

fn check_words(page: &Page<'_>, words: &Words, found: &mut Vec<Diagnostic>) {
    let workshop = Workshop {
        letters: page.letters,
        language: page.language,
        other_script: if page.traditional() > page.simplified() {
            SIMPLIFIED
        } else {
            TRADITIONAL
        },
    };
    for repair in workshop.repairs(words.text()) {
        let broken = &words.text()[repair.range.clone()];
        let proposals = repair.proposals.iter().map(|text| format!("“{}”", quotable(text)));
        let help = format!(
            "对照原稿改；可能是{}，拿不准就找原稿",
            proposals.collect::<Vec<_>>().join("、")
        );
        let diagnostic = words
            .problem(
                rule::LOST_BYTE,
                repair.range.clone(),
                format!("“{}”不成话：转换编码时丢了半个字，后面的字也跟着错了", quotable(broken)),
            )
            .help(help);
        found.push(words.propose(diagnostic, (repair.range, repair.proposals)));
    }
}

/// A damaged part and what it may have been, best first.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What may have stood there.
    pub proposals: Vec<String>,
}

/// What repairs are made with.
#[derive(Clone, Copy)]
pub struct Workshop<'a> {
    /// What every character is.
    pub letters: &'a Letters,
    /// What follows what.
    pub language: &'a Language<'a>,
    /// The class of the characters that the page does not have: a lost one is none of them.
    pub other_script: u16,
}

/// A way to read a damaged part: what is known of it, and where it stands.
struct Reading {
    /// The characters that it replaces.
    range: Range<usize>,
    /// The byte of the character that lost one.
    half: Option<u8>,
    /// What is certain, behind it.
    middle: Vec<char>,
    /// The first byte of the last character, if its second is lost too.
    lead: Option<u8>,
}

impl Workshop<'_> {
    /// All damaged parts of a text.
    pub fn repairs(self, text: &str) -> Vec<Repair> {
        let row: Vec<(usize, char)> = text.char_indices().collect();
        let letters: Vec<char> = row.iter().map(|(_, letter)| *letter).collect();
        let place = |at: usize| row.get(at).map_or(text.len(), |(place, _)| *place);
        let mut repairs = Vec::new();
        let mut at = 0;
        while let Some(anchor) = self.next_anchor(&letters, at) {
            match self.repair(&letters, (at, anchor)) {
                Some((range, proposals)) => {
                    at = range.end.max(anchor + 1);
                    let range = place(range.start)..place(range.end);
                    repairs.push(Repair { range, proposals });
                }
                None => at = anchor + 1,
            }
        }
        repairs
    }

    /// The next character that damage could be at.
    fn next_anchor(self, letters: &[char], from: usize) -> Option<usize> {
        (from..letters.len()).find(|at| self.is_anchor(letters, *at))
    }

    fn is_anchor(self, letters: &[char], at: usize) -> bool {
        let letter = letters[at];
        let han = |at: Option<usize>| {
            at.and_then(|at| letters.get(at))
                .is_some_and(|it| self.letters.is_han(*it))
        };
        let (before, after) = (at.checked_sub(1), Some(at + 1));
        match letter {
            '\u{fffd}' => true,
            '?' => {
                let next = letters.get(at + 1).copied().unwrap_or(' ');
                (han(before) || at == 0 || self.is_strange(letters[at - 1]))
                    && (han(after) || matches!(next, ';' | '!' | '；' | '！') || self.is_strange(next))
            }
            'a'..='z' | '_' | '@' | '[' | ']' | '^' | '`' | '{' | '|' | '}' | '~' => han(before) && han(after),
            letter if !letter.is_ascii() && self.is_strange(letter) => {
                let near = letters.iter().skip(at).take(8);
                near.filter(|letter| !letter.is_ascii() && self.is_strange(**letter))
                    .count()
                    >= 2
            }
            _ => false,
        }
    }

    /// Not usual in Chinese text.
    fn is_strange(self, letter: char) -> bool {
        let class = self.letters.of(letter);
        class & ODD != 0 || class & (HAN | COMMON) == HAN
    }

    /// The best readings of the damage at an anchor, if they are much more likely than what is written.
    fn repair(self, letters: &[char], (from, anchor): (usize, usize)) -> Option<(Range<usize>, Vec<String>)> {
        let mut best: Vec<(f32, Range<usize>, String)> = Vec::new();
        let first = anchor.saturating_sub(BACK).max(from);
        for start in first..=anchor {
            for reading in readings(letters, start) {
                let is_fit = reading.range.end > anchor && reading.range.len() <= LONGEST;
                if !is_fit || !self.is_better_inside(letters, &reading) {
                    continue;
                }
                let left = first.min(reading.range.start);
                let written = self.row(letters, left..reading.range.end + 2);
                let kept = self.row(letters, left..reading.range.start);
                for (likely, text) in self.texts(letters, &reading) {
                    best.push((kept + likely - written, reading.range.clone(), text));
                }
            }
        }
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
        let (gain, range, _) = best.first()?.clone();
        if gain < LEAST_GAIN.max(range.clone().map(|_| LEAST_GAIN_EACH).sum()) {
            return None;
        }
        // A lost byte leaves one sign for unreadable text; several of them are text that is gone.
        let beside = letters.get(range.start.saturating_sub(1)..(range.end + 1).min(letters.len()));
        if beside.is_some_and(|row| row.iter().filter(|letter| **letter == '\u{fffd}').count() > 1) {
            return None;
        }
        // Proposals for one place: those of other readings are brought to it.
        let mut proposals: Vec<String> = Vec::new();
        let whole = best.iter().take(PROPOSALS * 4).fold(range, |whole, (_, range, _)| {
            whole.start.min(range.start)..whole.end.max(range.end)
        });
        for (_, range, text) in best {
            let before: String = letters
                .get(whole.start..range.start)
                .unwrap_or_default()
                .iter()
                .collect();
            let after: String = letters.get(range.end..whole.end).unwrap_or_default().iter().collect();
            let proposal = format!("{before}{text}{after}");
            if range.start >= whole.start && range.end <= whole.end && !proposals.contains(&proposal) {
                proposals.push(proposal);
            }
            if proposals.len() == PROPOSALS {
                break;
            }
        }
        Some((whole, proposals))
    }

    /// How likely a row is behind what stands before it.
    fn row(self, letters: &[char], range: Range<usize>) -> f32 {
        let row = range.clone().map(|at| letter_at(letters, at));
        self.language.likelihood(before(letters, range.start), row)
    }

    /// Whether what is certain of a reading could be text at all; most readings end here.
    fn is_better_inside(self, letters: &[char], reading: &Reading) -> bool {
        let strange = reading.middle.iter().filter(|letter| self.is_strange(**letter)).count();
        let written = &letters[reading.range.clone()];
        let strange_before = written.iter().filter(|letter| self.is_strange(**letter)).count();
        strange <= strange_before && strange * 5 <= reading.middle.len() + 5
    }

    /// What a reading may say, with the best guesses of what is not known, and how likely each is with
    /// what stands before and behind it.
    fn texts(self, letters: &[char], reading: &Reading) -> Vec<(f32, String)> {
        let before = before(letters, reading.range.start);
        let end = reading.range.end;
        let after = [letter_at(letters, end), letter_at(letters, end + 1)];
        let middle = &reading.middle;
        // What is known behind the first unknown character, and before the last one.
        let behind: Vec<char> = middle.iter().copied().chain(after).take(2).collect();
        let behind = if middle.len() < 2 && reading.lead.is_some() {
            &behind[..middle.len()]
        } else {
            &behind[..]
        };
        let firsts = match reading.half {
            Some(half) => self.best(candidates(half), before, behind),
            None => vec![None],
        };
        let lasts = match reading.lead {
            Some(lead) => {
                let known = before.iter().chain(middle).copied().rev().take(2).collect::<Vec<_>>();
                let before = if middle.is_empty() {
                    ['\u{fffc}', '\u{fffc}']
                } else {
                    [known[1], known[0]]
                };
                self.best(of_lead(lead), before, &after)
            }
            None => vec![None],
        };
        let head_length = middle.len().min(2);
        let (head, rest) = middle.split_at(head_length);
        let inside = match head {
            [first, second] => self.language.likelihood([*first, *second], rest.iter().copied()),
            _ => 0.0,
        };
        let mut texts = Vec::with_capacity(firsts.len() * lasts.len());
        for first in &firsts {
            let start = first.iter().chain(head).copied();
            let start_likely = self.language.likelihood(before, start.clone());
            let mut tail: Vec<char> = before
                .into_iter()
                .chain(start)
                .chain(rest.iter().copied())
                .rev()
                .take(2)
                .collect();
            tail.reverse();
            for last in &lasts {
                let end = last.iter().copied().chain(after);
                let likely = start_likely + inside + self.language.likelihood([tail[0], tail[1]], end);
                texts.push((likely, first.iter().chain(middle).chain(last.iter()).collect()));
            }
        }
        texts
    }

    /// The best guesses of one character between what stands before and behind it.
    fn best(self, candidates: impl Iterator<Item = char>, before: [char; 2], behind: &[char]) -> Vec<Option<char>> {
        let candidates = candidates.filter(|letter| self.letters.of(*letter) & self.other_script == 0);
        let mut ranked: Vec<_> = candidates
            .map(|letter| {
                let row = std::iter::once(letter).chain(behind.iter().copied());
                (self.language.likelihood(before, row), letter)
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        ranked.dedup_by_key(|(_, letter)| *letter);
        ranked.truncate(GUESSES);
        ranked.into_iter().map(|(_, letter)| Some(letter)).collect()
    }
}

/// A character of a text, behind whose end its line ends.
fn letter_at(letters: &[char], at: usize) -> char {
    letters.get(at).copied().unwrap_or('\n')
}

/// The two characters before a place.
fn before(letters: &[char], at: usize) -> [char; 2] {
    [2, 1].map(|back| at.checked_sub(back).map_or('\n', |at| letters[at]))
}

/// The ways to read what follows a loss at `start`.
fn readings(letters: &[char], start: usize) -> Vec<Reading> {
    let mut bytes = Vec::new();
    let mut begin = start;
    // A question mark may stand for the lost byte itself, and what is behind it may have been made narrow.
    if matches!(letters.get(start), Some('?' | '\u{fffd}')) {
        begin += 1;
    }
    let is_behind_mark = begin > start;
    let mut end = begin;
    while let Some(letter) = letters.get(end) {
        let letter = match letter {
            ';' if is_behind_mark && end == begin => '；',
            '!' if is_behind_mark && end == begin => '！',
            letter => *letter,
        };
        match of_two_bytes(letter) {
            Some(pair) => bytes.extend(pair),
            None => break,
        }
        end += 1;
    }
    let closing = letters.get(end).copied();
    let mut readings = Vec::new();
    // The lost byte was half of the last character before something that is one byte long.
    if bytes.is_empty() {
        let range = |end| start..end;
        if let Some(letter) = closing.filter(|letter| is_second_byte(*letter)) {
            readings.push(Reading {
                range: range(end + 1),
                half: u8::try_from(letter).ok(),
                middle: Vec::new(),
                lead: None,
            });
        }
        return readings;
    }
    let half = Some(bytes[0]);
    let (middle, lead) = read_on(&bytes[1..]);
    match (closing, lead) {
        // The second byte of the last character stands alone, as a letter.
        (Some(letter), Some(lead)) if is_second_byte(letter) => {
            let last = decoded(lead, letter as u8);
            readings.push(Reading {
                range: start..end + 1,
                half,
                middle: middle.iter().copied().chain(last).collect(),
                lead: None,
            });
        }
        // It became a question mark, or the sign for what cannot be read.
        (Some('?' | '\u{fffd}'), Some(lead)) => {
            for end in [end + 1, end] {
                readings.push(Reading {
                    range: start..end,
                    half,
                    middle: middle.clone(),
                    lead: Some(lead),
                });
            }
        }
        (_, lead) => readings.push(Reading {
            range: start..end,
            half,
            middle,
            lead,
        }),
    }
    readings
}

/// The bytes of a character that GBK writes with two; where GBK is read, places for private use are characters.
fn of_two_bytes(letter: char) -> Option<[u8; 2]> {
    if letter.is_ascii() || letter == '\u{fffd}' {
        return None;
    }
    let mut buffer = [0; 4];
    let text: &str = letter.encode_utf8(&mut buffer);
    let (bytes, _, had_errors) = GBK.encode(text);
    match *bytes {
        [lead, trail] if !had_errors => Some([lead, trail]),
        _ => None,
    }
}

/// Whether a sign can be the second byte of a character.
fn is_second_byte(letter: char) -> bool {
    matches!(letter, '\u{40}'..='\u{7e}')
}

fn decoded(lead: u8, trail: u8) -> Option<char> {
    let pair = [lead, trail];
    let (text, had_errors) = GBK.decode_without_bom_handling(&pair);
    super::letters::only_letter(&text).filter(|_| !had_errors)
}

/// Reads bytes in their right order; the last may be half a character.
fn read_on(bytes: &[u8]) -> (Vec<char>, Option<u8>) {
    let mut letters = Vec::with_capacity(bytes.len() / 2);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            letters.push(char::from(*byte));
            at += 1;
            continue;
        }
        let Some(next) = bytes.get(at + 1) else {
            return (letters, Some(*byte));
        };
        letters.push(decoded(*byte, *next).unwrap_or('\u{fffd}'));
        at += 2;
    }
    (letters, None)
}

/// The characters that one byte may be left of: its second, or its first.
fn candidates(half: u8) -> impl Iterator<Item = char> {
    (0x81..=0xfe_u8)
        .filter_map(move |lead| decoded(lead, half))
        .chain(of_lead(half))
        .filter(|letter| !matches!(letter, '\u{e000}'..='\u{f8ff}'))
}

/// The characters of a first byte.
fn of_lead(lead: u8) -> impl Iterator<Item = char> {
    let trails = (0x40..=0xfe_u8).filter(move |trail| *trail != 0x7f && lead >= 0x81);
    trails
        .filter_map(move |trail| decoded(lead, trail))
        .filter(|letter| !matches!(letter, '\u{e000}'..='\u{f8ff}'))
}

#[cfg(test)]
mod tests;
