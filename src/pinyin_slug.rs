//! Names for addresses, and an order for lists, from Chinese titles.
//!
//! A slug is made of lower-case Latin letters, digits and single hyphens, so it is safe in every
//! URL, file system and archive. Han characters become pinyin: words of the override tables stay
//! together (重庆 `chongqing`), every other character stands alone (党的 `dang-de`).

use std::borrow::Cow;

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::pinyin_words::{CHARACTERS, PLACES, WORDS};

/// Longer names make trouble: with the folders above them they pass the limit of Windows for whole
/// paths, and nobody reads them.
const MAXIMUM_BYTES: usize = 80;

/// One piece of a title, in order. Whatever separates pieces in the title is not kept.
enum Piece {
    /// Lower-case ASCII letters and digits that stood together.
    Latin(String),
    /// A Han character with its reading in this place.
    Han {
        character: char,
        reading: Cow<'static, str>,
        /// Whether a word begins here; if not, the syllable belongs to the one before.
        opens_word: bool,
    },
    /// A lower-case letter or digit of another script, or a Han character without a known reading.
    Foreign(char),
}

/// A name for use in URLs and as a file's stem: `重庆高新区2026年` becomes
/// `chongqing-gaoxinqu-2026-nian`.
///
/// The result consists of `a`–`z`, `0`–`9` and single inner hyphens, has at most 80 bytes, is the
/// same for composed and decomposed input, and is never a name that Windows reserves. Letters of
/// scripts without a reading here become the hexadecimal numbers of their code points (`u43f`), so
/// only a text without any letter or digit gives an empty slug. A slug is its own slug.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for piece in pieces(text) {
        let (word, opens_word): (Cow<'_, str>, bool) = match piece {
            Piece::Latin(word) => (word.into(), true),
            Piece::Han {
                reading, opens_word, ..
            } => (reading, opens_word),
            Piece::Foreign(character) => (format!("u{:x}", u32::from(character)).into(), true),
        };
        if opens_word && !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    cut_at_hyphen(&mut slug);
    if is_reserved_by_windows(&slug) {
        slug.push_str("-page");
    }
    slug
}

/// A key that sorts titles as a Chinese reader expects: numbers by value, then Latin words, then
/// Han characters by pinyin, equal characters together; punctuation does not count. Two titles
/// never have the same key unless they are the same text.
#[must_use]
pub fn sort_key(title: &str) -> String {
    let mut key = String::new();
    for piece in pieces(title) {
        match piece {
            Piece::Latin(word) => push_latin_key(&mut key, &word),
            Piece::Foreign(character) => {
                key.push('3');
                key.push(character);
            }
            Piece::Han { character, reading, .. } => {
                // 陕西 is written Shaanxi to tell it from 山西, but it is in the dictionary at shan.
                let reading = if reading == "shaan" { "shan" } else { &*reading };
                key.push('4');
                key.push_str(reading);
                key.push(' ');
                key.push(character);
            }
        }
        key.push(' ');
    }
    // Below the space, so that a title comes before all longer ones that begin with it.
    key.push('\u{1}');
    key.extend(title.nfc());
    key
}

/// Numbers and words of one Latin piece; a number is preceded by its count of digits, so that 9
/// comes before 10.
fn push_latin_key(key: &mut String, word: &str) {
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest
            .find(|character: char| character.is_ascii_digit() != digits)
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if digits {
            let value = run.trim_start_matches('0');
            key.push('1');
            let count = format!("{:03}", value.len());
            key.push_str(&count);
            key.push_str(value);
        } else {
            key.push('2');
            key.push_str(run);
        }
        rest = after;
        if !rest.is_empty() {
            key.push(' ');
        }
    }
}

/// The title in pieces, with compatibility forms (full-width letters, ①, ㎡) folded.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut latin = String::new();
    let mut han = String::new();
    for character in text.nfkc().filter(|character| !is_invisible(*character)) {
        let letters = latin_letters(character);
        if letters.is_empty() && !latin.is_empty() {
            pieces.push(Piece::Latin(std::mem::take(&mut latin)));
        }
        let is_han = letters.is_empty() && reading_alone(character).is_some();
        if !is_han && !han.is_empty() {
            push_han(&mut pieces, &std::mem::take(&mut han));
        }
        if !letters.is_empty() {
            latin.push_str(&letters);
        } else if is_han {
            han.push(character);
        } else if character.is_alphanumeric() {
            pieces.extend(character.to_lowercase().map(Piece::Foreign));
        }
    }
    if !latin.is_empty() {
        pieces.push(Piece::Latin(latin));
    }
    push_han(&mut pieces, &han);
    pieces
}

/// Characters that are not seen and must not part a word: combining marks that found no letter,
/// variation selectors, zero-width characters, the soft hyphen, the byte order mark.
fn is_invisible(character: char) -> bool {
    is_combining_mark(character) || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The lower-case ASCII letters or digit that stand for a character, without its accents; empty if
/// it is not Latin.
fn latin_letters(character: char) -> String {
    let mut base = None;
    decompose_canonical(character, |part| {
        base.get_or_insert(part);
    });
    match base.unwrap_or(character) {
        plain if plain.is_ascii_alphanumeric() => plain.to_ascii_lowercase().to_string(),
        'ß' | 'ẞ' => "ss".to_owned(),
        'æ' | 'Æ' => "ae".to_owned(),
        'œ' | 'Œ' => "oe".to_owned(),
        'ø' | 'Ø' => "o".to_owned(),
        'đ' | 'Đ' => "d".to_owned(),
        'ł' | 'Ł' => "l".to_owned(),
        _ => String::new(),
    }
}

/// One way to part a run of Han characters into words, from some place on. Ways compare by their
/// fields in this order; the least is the best.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Parting {
    /// The number of words and single characters.
    words: usize,
    /// The sum of the squares of their lengths, which is least where the lengths are most even.
    squares: usize,
    /// Where the first word ends, in bytes.
    end: usize,
    /// The reading of the first word; none for a single character.
    reading: Option<&'static str>,
}

/// Reads a run of Han characters: as words of the tables where possible, else one by one.
///
/// The run is parted into as few words and single characters as possible; among these ways, into
/// words of the most even lengths (完成|长期, not 完|成长期); where that leaves a choice the later word
/// is the longer one, because in Chinese that is most often right (市|长寿, not 市长|寿).
fn push_han(pieces: &mut Vec<Piece>, run: &str) {
    // The best parting from each place on, found from the last place to the first.
    let mut best = vec![Parting::default(); run.len() + 1];
    for (start, character) in run.char_indices().rev() {
        let parting = |bytes: usize, characters: usize, reading| {
            let end = start + bytes;
            Parting {
                words: best[end].words + 1,
                squares: best[end].squares + characters * characters,
                end,
                reading,
            }
        };
        let single = parting(character.len_utf8(), 1, None);
        best[start] = words_at(&run[start..])
            .map(|(word, reading)| parting(word.len(), word.chars().count(), Some(reading)))
            .fold(single, Parting::min);
    }

    let mut start = 0;
    while start < run.len() {
        let Parting { end, reading, .. } = best[start];
        push_word(pieces, &run[start..end], reading);
        start = end;
    }
}

/// The words of the tables that the text begins with, with their readings.
fn words_at(text: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let head = text.chars().next().map_or("", |first| &text[..first.len_utf8()]);
    [PLACES, WORDS].into_iter().flat_map(move |table| {
        let begin = table.partition_point(|(word, _)| *word < head);
        table[begin..]
            .iter()
            .take_while(move |(word, _)| word.starts_with(head))
            .filter(move |(word, _)| text.starts_with(word))
            .copied()
    })
}

/// Adds one word whose reading is known, its syllables parted by spaces or hyphens, or one single
/// character.
fn push_word(pieces: &mut Vec<Piece>, word: &str, reading: Option<&'static str>) {
    let Some(reading) = reading else {
        pieces.extend(word.chars().map(|character| Piece::Han {
            character,
            reading: reading_alone(character).unwrap_or_default(),
            opens_word: true,
        }));
        return;
    };
    let syllables = reading.split('-').flat_map(|part| {
        let syllables = part.split(' ').enumerate();
        syllables.map(|(place, syllable)| (syllable, place == 0))
    });
    for (character, (syllable, opens_word)) in word.chars().zip(syllables) {
        pieces.push(Piece::Han {
            character,
            reading: syllable.into(),
            opens_word,
        });
    }
}

/// The reading of a Han character that stands in no known word, with `v` for `ü` as on keyboards.
fn reading_alone(character: char) -> Option<Cow<'static, str>> {
    if let Ok(place) = CHARACTERS.binary_search_by_key(&character, |(entry, _)| *entry) {
        return CHARACTERS.get(place).map(|(_, reading)| Cow::Borrowed(*reading));
    }
    let plain = character.to_pinyin()?.plain();
    if plain.is_ascii() {
        return Some(plain.into());
    }
    Some(plain.replace('ü', "v").replace('ê', "e").into())
}

/// Shortens a slug to what is allowed, at the last hyphen that makes it short enough.
fn cut_at_hyphen(slug: &mut String) {
    if slug.len() <= MAXIMUM_BYTES {
        return;
    }
    // The byte after the limit may be the hyphen itself.
    let cut = slug
        .char_indices()
        .take_while(|(place, _)| *place <= MAXIMUM_BYTES)
        .filter(|(_, character)| *character == '-')
        .last()
        .map_or(MAXIMUM_BYTES, |(place, _)| place);
    slug.truncate(cut);
}

/// Device names, which Windows refuses as file names whatever their extension.
fn is_reserved_by_windows(slug: &str) -> bool {
    match slug {
        "con" | "prn" | "aux" | "nul" => true,
        _ => ["com", "lpt"].iter().any(|device| {
            slug.strip_prefix(device)
                .is_some_and(|number| number.len() == 1 && number.as_bytes()[0].is_ascii_digit())
        }),
    }
}

#[cfg(test)]
mod tests;
