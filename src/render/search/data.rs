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

use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;
use serde::Serialize;
use serde_json::{Value, json};

use crate::derive::Index;
use crate::derive::search::cutting::{self, Bounds, Item};
use crate::derive::search::gram_parts::Part;
use crate::derive::search::grams::{LONGEST_GRAM, TO_VERIFY};
use crate::derive::search::key::KeyMaker;
use crate::derive::search::suggestions::Suggestions;
use crate::derive::search::visible_text;
use crate::read::{Entry, EntryId, Library};

/// Says how the files are to be read, and is in their names: it grows when anything is written in another
/// way, so that no old file of the same name is taken for a new one.
const FORMAT: u32 = 1;
/// A file of texts has about 10 KB: a query needs those of the pages that it shows.
const TEXTS_FILE: Bounds = Bounds {
    least: 5 * 1024,
    greatest: 15 * 1024,
};
const BETWEEN: &str = "\u{7f}";
/// Base 64 as in RFC 4648.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A file of the search that can be made. Its path tells what is in it: files of the same path are the same,
/// also those of another build, and who has one need not make it again.
pub struct SearchFile {
    /// Where it is published.
    pub path: String,
    content: Content,
}

enum Content {
    /// As text of a script.
    Made(String),
    Grams(Arc<Part>),
    /// Of these pages.
    Texts(Range<usize>),
}

/// All files; the first leads to the others.
pub fn files(library: &Library, index: &Index) -> Vec<SearchFile> {
    let search = &index.search;
    let total = search.pages.len();
    let grams = search.grams.iter().map(|part| {
        let mut key = KeyMaker::default();
        key.add_key(part.key());
        SearchFile::known_by("grams", key, Content::Grams(part.clone()))
    });
    let grams: Vec<SearchFile> = grams.collect();
    let texts: Vec<SearchFile> = texts_ranges(index)
        .into_iter()
        .map(|pages| {
            let mut key = KeyMaker::default();
            key.add_number(u32::try_from(pages.start).unwrap_or(u32::MAX));
            search.pages[pages.clone()]
                .iter()
                .for_each(|page| key.add_key(page.key));
            SearchFile::known_by("texts", key, Content::Texts(pages))
        })
        .collect();
    let starts = texts.iter().filter_map(|file| match &file.content {
        Content::Texts(pages) => Some(pages.start),
        _ => None,
    });
    let suggest = SearchFile::made("suggest", script_text(&suggestions(&search.suggestions)));
    let firsts: Vec<&str> = search.grams.iter().map(|part| part.first()).collect();
    let leading = json!({
        "format": FORMAT,
        "total": total,
        "toVerify": TO_VERIFY,
        "longest": LONGEST_GRAM,
        "grams": { "first": firsts.join(BETWEEN), "file": names(&grams) },
        "texts": { "start": starts.collect::<Vec<_>>(), "file": names(&texts) },
        "folds": search.folds.iter().flat_map(|(from, to)| [*from, *to]).collect::<String>(),
        "suggest": suggest.path,
        "facets": facets(library, index),
    });
    let leading = SearchFile::made("index", script_text(&leading));
    [leading, suggest].into_iter().chain(grams).chain(texts).collect()
}

impl SearchFile {
    /// A file that is made already.
    fn made(kind: &str, text: String) -> Self {
        let mut key = KeyMaker::default();
        key.add(text.as_bytes());
        Self::known_by(kind, key, Content::Made(text))
    }

    /// A file whose name says what it is made from.
    fn known_by(kind: &str, mut key: KeyMaker, content: Content) -> Self {
        key.add(kind.as_bytes());
        key.add_number(FORMAT);
        let name = &format!("{:016x}", key.finish().0)[..10];
        Self {
            path: format!("data/search/{kind}-{name}.js"),
            content,
        }
    }

    /// What is in it, made from what the files were listed from.
    pub fn bytes(&self, library: &Library, index: &Index) -> Vec<u8> {
        self.written(|pages| texts(library, index, pages))
    }

    fn written<'a>(&self, texts: impl FnOnce(Range<usize>) -> TextsFile<'a>) -> Vec<u8> {
        let mut bytes = ["hongtuSearch.receive(\"", &self.path, "\","].concat().into_bytes();
        match &self.content {
            Content::Made(text) => bytes.extend(text.as_bytes()),
            Content::Grams(part) => {
                let (keys, lists) = (keys(part), part.lists());
                write_script(&mut bytes, &GramsFile { keys, lists });
            }
            Content::Texts(pages) => write_script(&mut bytes, &texts(pages.clone())),
        }
        bytes.extend(b");\n");
        bytes
    }
}

/// A value as a script has it.
fn script_text(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    write_script(&mut bytes, value);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Writes a value as a script has it.
fn write_script(bytes: &mut Vec<u8>, value: &impl Serialize) {
    let start = bytes.len();
    // What is written here has texts as keys, and so nothing that can't be written.
    serde_json::to_writer(&mut *bytes, value).unwrap_or_default();
    // Old browsers end a line of script at these two characters, which JSON allows in texts.
    for (letter, escaped) in [("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029")] {
        if memmem::find(&bytes[start..], letter.as_bytes()).is_some() {
            let text = String::from_utf8_lossy(&bytes[start..]).replace(letter, escaped);
            bytes.truncate(start);
            bytes.extend(text.as_bytes());
        }
    }
}

/// The changing part of the files' names, joined: thousands of whole paths would outweigh the rest.
fn names(files: &[SearchFile]) -> String {
    let name = |file: &SearchFile| {
        let end = file.path.rsplit_once('-').map_or("", |(_, end)| end);
        end.trim_end_matches(".js").to_owned()
    };
    files.iter().map(name).collect::<Vec<_>>().join(",")
}

/// Some grams with their pages.
#[derive(Serialize)]
struct GramsFile<'a> {
    keys: String,
    lists: &'a str,
}

/// The texts of grams in their order, each without what it shares with the one before.
fn keys(part: &Part) -> String {
    let mut keys = String::new();
    let mut before: Vec<char> = Vec::new();
    for gram in part.grams() {
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

/// The pages whose texts are in one file.
fn texts_ranges(index: &Index) -> Vec<Range<usize>> {
    let pages = &index.search.pages;
    let mut ranges = Vec::new();
    let mut start = 0;
    while start < pages.len() {
        // A Han character has three bytes; the rest is what else is said of a page.
        let items = pages[start..].iter().map(|page| Item {
            size: page.length * 3 + 120,
            hash: cutting::hash(&page.path),
        });
        let end = start + cutting::first_file(items, TEXTS_FILE);
        ranges.push(start..end);
        start = end;
    }
    ranges
}

/// The texts of these pages.
fn texts<'a>(library: &'a Library, index: &Index, pages: Range<usize>) -> TextsFile<'a> {
    let start = pages.start;
    let pages = index.search.pages[pages].iter();
    TextsFile {
        start,
        pages: pages
            .map(|page| page_text(library, index, library.entry(page.id)))
            .collect(),
    }
}

fn page_text<'a>(library: &Library, index: &Index, entry: &'a Entry) -> PageText<'a> {
    let passages = visible_text::passages(library, index, entry);
    let passages = passages.into_iter().map(|passage| match passage.anchor {
        Some(anchor) => PassageText::UnderHeading(passage.class, passage.text, anchor),
        None => PassageText::BeforeHeadings(passage.class, passage.text),
    });
    let day = entry.common.date.map(|date| date.day_only().to_string());
    PageText(&entry.path, &entry.common.title, day, passages.collect())
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

/// What pages can be filtered by, and what ranks them beside their words.
fn facets(library: &Library, index: &Index) -> Value {
    let pages = &index.search.pages;
    let entries: Vec<&Entry> = pages.iter().map(|page| library.entry(page.id)).collect();
    let columns = library
        .columns
        .iter()
        .map(|column| json!({ "title": column.title, "path": column.path() }));
    let park_of = |entry: &Entry| index.relations.park[entry.id.index()];
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
        "length": digits(pages.iter().map(|page| length_class(page.length))),
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
    use crate::derive::search::folding::Folding;
    use crate::derive::search::grams::{IN_TEXT, stored};
    use crate::derive::search::letters::{Numbering, joined};

    use super::{
        Content, DIGITS, FORMAT, KeyMaker, LONGEST_GRAM, PageText, PassageText, SearchFile, TextsFile, script_text,
    };

    /// The names of files say what they are made from. Who writes anything in another way has to raise
    /// [`FORMAT`], here and in the script, before this test is changed.
    #[test]
    fn files_of_this_format_are_written_so() {
        assert_eq!(FORMAT, 1);
        let folding = Folding::new();
        let mut numbering = Numbering::new(&folding);
        numbering.add(0, IN_TEXT, "在园区办");
        numbering.add(1, IN_TEXT, "在园");
        let parts = stored(&joined(vec![numbering.finish()]), 2);
        let file = SearchFile::known_by("grams", KeyMaker::default(), Content::Grams(parts[0].clone()));
        let text = String::from_utf8(file.written(|_| panic!("a file of grams"))).unwrap();
        let (start, rest) = text.split_once(',').unwrap();
        assert_eq!(start, format!("hongtuSearch.receive(\"{}\"", file.path));
        assert_eq!(
            rest,
            "{\"keys\":\"A办A区I办A园I区A在I园\",\"lists\":\"4,4,4,AW,4,AW,AW\"});\n"
        );
        let page = PageText(
            "cases/a.html",
            "题",
            Some("2026-07-01".into()),
            vec![
                PassageText::BeforeHeadings(0, "题".into()),
                PassageText::UnderHeading(3, "话\u{2028}".into(), "一".into()),
            ],
        );
        let texts = TextsFile {
            start: 7,
            pages: vec![page],
        };
        assert_eq!(
            script_text(&texts),
            "{\"start\":7,\"pages\":[[\"cases/a.html\",\"题\",\"2026-07-01\",[[0,\"题\"],[3,\"话\\u2028\",\"一\"]]]]}"
        );
        // The greatest number that a digit holds.
        assert!((LONGEST_GRAM - 1) * 8 + LONGEST_GRAM - 1 < DIGITS.len());
    }
}
