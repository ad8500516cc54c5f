//! The files that the search's script loads, each a call of the function that receives it, since
//! browsers refuse to read data files from a disk but run scripts.
//!
//! | file | what |
//! |---|---|
//! | `index` | the facets of all pages, the folds, where to find the other files; once |
//! | `grams` | runs of letters with their pages, in the order of the runs; those that a query has |
//! | `suggest` | how characters sound, and which follow which in names; when nothing was found |
//! | `texts` | the texts of some pages; those that are shown or looked into |
//!
//! A text that joins others has the character U+007F between them, which stands in no text of the index.
//! Grams are written without what they share with the one before: a digit of base 64, which is eight times
//! the number of shared letters and one less than the number of letters that follow, and those letters.

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use crate::derive::search::grams::{Gram, LONGEST_GRAM, TO_VERIFY};
use crate::derive::search::suggestions::Suggestions;
use crate::derive::search::{SearchIndex, visible_text};
use crate::read::{Entry, EntryId};
use crate::render::frame::Workshop;

/// Says how the files are to be read; grows when that changes.
const FORMAT: u32 = 1;
/// A file of grams has about so many bytes: a query needs one for each of its letters.
const GRAMS_FILE: usize = 24 * 1024;
/// A file of texts has about so many bytes: a query needs those of the pages that it shows.
const TEXTS_FILE: usize = 10 * 1024;
const BETWEEN: &str = "\u{7f}";
/// Base 64 as in RFC 4648.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// All files; the first leads to the others.
pub(super) fn files(workshop: &Workshop) -> (String, Vec<(String, Vec<u8>)>) {
    let search = &workshop.index.search;
    let total = u32::try_from(search.pages.len()).unwrap_or(u32::MAX);
    let parts: Vec<&[Gram]> = gram_parts(&search.grams);
    let grams: Vec<_> = parts.par_iter().map(|part| grams_file(part)).collect();
    let (starts, texts) = texts_files(workshop, search);
    let suggest = file("suggest", &suggestions(&search.suggestions));
    let firsts: Vec<&str> = parts
        .iter()
        .filter_map(|part| part.first().map(|gram| gram.text.as_str()))
        .collect();
    let index = json!({
        "format": FORMAT,
        "total": total,
        "toVerify": TO_VERIFY,
        "longest": LONGEST_GRAM,
        "grams": { "first": firsts.join(BETWEEN), "file": names(&grams) },
        "texts": { "start": starts, "file": names(&texts) },
        "folds": search.folds.iter().flat_map(|(from, to)| [*from, *to]).collect::<String>(),
        "suggest": suggest.0,
        "facets": facets(workshop, search),
    });
    let index = file("index", &index);
    let path = index.0.clone();
    let files = [index, suggest].into_iter().chain(grams).chain(texts);
    (path, files.collect())
}

/// A file whose name changes with its bytes.
fn file(kind: &str, value: &impl Serialize) -> (String, Vec<u8>) {
    // What is written here has texts as keys, and so nothing that can't be written.
    let mut text = serde_json::to_string(value).unwrap_or_default();
    // Old browsers end a line of script at these two characters, which JSON allows in texts.
    for (letter, escaped) in [('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")] {
        if text.contains(letter) {
            text = text.replace(letter, escaped);
        }
    }
    let hash = blake3::hash(text.as_bytes()).to_hex();
    let path = format!("data/search/{kind}-{}.js", &hash[..10]);
    let script = format!("hongtuSearch.receive(\"{path}\",{text});\n");
    (path, script.into_bytes())
}

/// The changing part of the files' names, joined: thousands of whole paths would outweigh the rest.
fn names(files: &[(String, Vec<u8>)]) -> String {
    let hash = |path: &str| {
        path.rsplit_once('-')
            .map_or("", |(_, end)| end.trim_end_matches(".js"))
            .to_owned()
    };
    files.iter().map(|(path, _)| hash(path)).collect::<Vec<_>>().join(",")
}

/// The grams in parts that make files of about one size. How many bytes a list takes is known well
/// enough from its length.
fn gram_parts(grams: &[Gram]) -> Vec<&[Gram]> {
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (place, gram) in grams.iter().enumerate() {
        bytes += 6 + gram.list.len();
        if bytes > GRAMS_FILE {
            parts.push(&grams[start..=place]);
            (start, bytes) = (place + 1, 0);
        }
    }
    if start < grams.len() {
        parts.push(&grams[start..]);
    }
    parts
}

/// Some grams with their pages.
#[derive(Serialize)]
struct GramsFile {
    keys: String,
    lists: String,
}

fn grams_file(grams: &[Gram]) -> (String, Vec<u8>) {
    let lists: Vec<&str> = grams.iter().map(|gram| gram.list.as_str()).collect();
    let grams = GramsFile {
        keys: keys(grams),
        lists: lists.join(","),
    };
    file("grams", &grams)
}

/// The texts of grams in their order, each without what it shares with the one before.
fn keys(grams: &[Gram]) -> String {
    let mut keys = String::new();
    let mut before: Vec<char> = Vec::new();
    for gram in grams {
        let letters: Vec<char> = gram.text.chars().collect();
        let is_same = |(one, other): &(&char, &char)| one == other;
        let shared = before
            .iter()
            .zip(&letters)
            .take_while(is_same)
            .count()
            .min(LONGEST_GRAM - 1);
        let rest = &letters[shared..];
        keys.push(char::from(DIGITS[shared * 8 + rest.len() - 1]));
        keys.extend(rest);
        before = letters;
    }
    keys
}

/// Syllables with their characters, and characters with those that follow them.
fn suggestions(suggestions: &Suggestions) -> Value {
    let readings = suggestions.readings.iter();
    let readings: String = readings
        .map(|(syllable, characters)| syllable.chars().chain(characters.iter().copied()).collect::<String>())
        .collect();
    let pairs = suggestions.pairs.iter();
    let pairs: Vec<String> = pairs
        .map(|(first, seconds)| std::iter::once(first).chain(seconds).collect())
        .collect();
    json!({ "readings": readings, "pairs": pairs.join(BETWEEN) })
}

/// The texts of all pages, some pages a file; and the number of the first page of each.
fn texts_files(workshop: &Workshop, search: &SearchIndex) -> (Vec<usize>, Vec<(String, Vec<u8>)>) {
    let (mut starts, mut bytes) = (Vec::new(), usize::MAX);
    for (page, length) in search.lengths.iter().enumerate() {
        if bytes >= TEXTS_FILE {
            starts.push(page);
            bytes = 0;
        }
        // A Han character has three bytes; the rest is what else is said of a page.
        bytes += length * 3 + 120;
    }
    let ends = starts.iter().skip(1).copied().chain([search.pages.len()]);
    let ranges: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let files = ranges
        .par_iter()
        .map(|(start, end)| {
            let pages = search.pages[*start..*end].iter();
            let pages = pages.map(|id| page_text(workshop, workshop.library.entry(*id)));
            let texts = TextsFile {
                start: *start,
                pages: pages.collect(),
            };
            file("texts", &texts)
        })
        .collect();
    (starts, files)
}

/// The texts of some pages.
#[derive(Serialize)]
struct TextsFile<'a> {
    start: usize,
    pages: Vec<PageText<'a>>,
}

/// A page: where it is, its title, its day, and its passages.
#[derive(Serialize)]
struct PageText<'a>(&'a str, &'a str, Option<String>, Vec<PassageText>);

/// A passage: its class, its text, and the heading to go to.
#[derive(Serialize)]
#[serde(untagged)]
enum PassageText {
    UnderHeading(u8, String, String),
    BeforeHeadings(u8, String),
}

fn page_text<'a>(workshop: &Workshop, entry: &'a Entry) -> PageText<'a> {
    let passages = visible_text::passages(&workshop.library, &workshop.index, entry);
    let passages = passages.into_iter().map(|passage| match passage.anchor {
        Some(anchor) => PassageText::UnderHeading(passage.class, passage.text, anchor),
        None => PassageText::BeforeHeadings(passage.class, passage.text),
    });
    let day = entry.common.date.map(|date| date.day_only().to_string());
    PageText(&entry.path, &entry.common.title, day, passages.collect())
}

/// What pages can be filtered by, and what ranks them beside their words.
fn facets(workshop: &Workshop, search: &SearchIndex) -> Value {
    let library = &workshop.library;
    let entries: Vec<&Entry> = search.pages.iter().map(|id| library.entry(*id)).collect();
    let columns = library
        .columns
        .iter()
        .map(|column| json!({ "title": column.title, "path": column.path() }));
    let park_of = |entry: &Entry| workshop.index.relations.park[entry.id.index()];
    let mut parks: Vec<EntryId> = entries.iter().filter_map(|entry| park_of(entry)).collect();
    parks.sort_unstable();
    parks.dedup();
    let park = |entry: &Entry| {
        park_of(entry)
            .and_then(|park| parks.binary_search(&park).ok())
            .map_or(0, |at| at + 1)
    };
    json!({
        "columns": columns.collect::<Vec<_>>(),
        "column": digits(entries.iter().map(|entry| entry.column)),
        "parks": parks.iter().map(|park| library.entry(*park).common.title.clone()).collect::<Vec<_>>(),
        "park": digits(entries.iter().map(|entry| park(entry))),
        "years": years(&entries),
        "length": digits(search.lengths.iter().map(|length| length_class(*length))),
    })
}

/// Runs of pages of one year, 0 for none: the pages stand in the order of their days.
fn years(entries: &[&Entry]) -> Vec<(i32, usize)> {
    let mut runs: Vec<(i32, usize)> = Vec::new();
    for entry in entries {
        let year = entry.common.date.map_or(0, |date| i32::from(date.year));
        match runs.last_mut() {
            Some((last, count)) if *last == year => *count += 1,
            _ => runs.push((year, 1)),
        }
    }
    runs
}

/// How long a text is, in steps of a quarter of a doubling.
fn length_class(letters: usize) -> usize {
    let doublings = letters.max(1).ilog2() as usize;
    let rest = letters.max(1) * 4 / (1 << doublings) - 4;
    (doublings * 4 + rest).min(63)
}

/// Small numbers as digits of base 64, as many for each as the greatest needs: `"2:AAAB…"`.
fn digits(numbers: impl Iterator<Item = usize>) -> String {
    let numbers: Vec<usize> = numbers.collect();
    let greatest = numbers.iter().copied().max().unwrap_or(0);
    let width = (1..=5).find(|width| greatest < 1 << (6 * width)).unwrap_or(5);
    let mut text = format!("{width}:");
    for number in numbers {
        for place in (0..width).rev() {
            text.push(char::from(DIGITS[number >> (6 * place) & 63]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{DIGITS, LONGEST_GRAM, keys};
    use crate::derive::search::grams::Gram;

    #[test]
    fn keys_leave_out_what_the_one_before_has() {
        let gram = |text: &str| Gram {
            text: text.into(),
            list: String::new(),
        };
        assert_eq!(
            keys(&["在", "在园", "在园区", "园", "园区办"].map(gram)),
            "A在I园Q区A园J区办"
        );
        // The greatest number that a digit holds.
        assert!((LONGEST_GRAM - 1) * 8 + LONGEST_GRAM - 1 < DIGITS.len());
    }
}
