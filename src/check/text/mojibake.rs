//! Text that was read in another encoding than it was written in. Where no byte was lost on the way,
//! it can be read back exactly.

use std::ops::Range;

use encoding_rs::{GBK, WINDOWS_1252};

use super::letters::{COMMON, HAN, LATIN_1, Letters};
use super::signs::{LATIN_RUN, UNUSUAL_PAIR};
use super::words::{Page, Words};
use crate::diagnostic::{Diagnostic, quotable, rule};

/// What was read back has at least so many characters.
const LEAST: usize = 2;
/// What is left where nothing can be read back: signs for unreadable text, read in GBK; memory that was never
/// written.
const HOPELESS: &[&str] = &["锟斤拷", "烫烫烫", "屯屯屯"];

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for words in &page.words {
        let text = words.text();
        for hopeless in HOPELESS {
            if let Some(at) = text.find(hopeless) {
                let end = at
                    + text[at..]
                        .find(|letter| !hopeless.contains(letter))
                        .unwrap_or(text.len() - at);
                let message = format!("“{}”是读不出来的字留下的，原来的字已经没有了", quotable(&text[at..end]));
                let help = "找原稿重新复制；从数据库或表格导出时，编码选 UTF-8";
                found.push(words.problem(rule::MOJIBAKE, at..end, message).help(help));
            }
        }
        if words.signs.shows(UNUSUAL_PAIR) {
            utf_8_as_gbk(page, words, found);
        }
        if words.signs.shows(LATIN_RUN) {
            anything_as_latin_1(page, words, found);
        }
    }
}

fn report(words: &Words, (range, read): (Range<usize>, &str)) -> Diagnostic {
    let shown = quotable(&words.text()[range.clone()]);
    let message = format!("“{shown}”是乱码，本来是“{}”：编码读错了", quotable(read));
    words
        .problem(rule::MOJIBAKE, range, message)
        .help("没有丢字，可以完全还原：hongtu fix 会换好")
}

/// 党建 as 鍏氬缓.
fn utf_8_as_gbk(page: &Page<'_>, words: &Words, found: &mut Vec<Diagnostic>) {
    let text = words.text();
    let mut at = 0;
    while at < text.len() {
        let Some(letter) = text[at..].chars().next() else { break };
        match read_back(page.letters, &text[at..]) {
            Some((length, read, rest)) => {
                let range = at..at + length;
                at = range.end;
                if rest.is_empty() {
                    let diagnostic = report(words, (range.clone(), &read));
                    found.push(words.mend(diagnostic, range, read));
                } else {
                    found.push(with_guess(page, words, (range, &read, &rest)));
                }
            }
            None => at += letter.len_utf8(),
        }
    }
}

/// The last character lost its end: what it may have been is ranked.
fn with_guess(page: &Page<'_>, words: &Words, (range, read, rest): (Range<usize>, &str, &[u8])) -> Diagnostic {
    let mut before = read.chars().rev();
    let [newer, older] = [before.next().unwrap_or('\n'), before.next().unwrap_or('\n')];
    let mut ranked: Vec<(f32, char)> = Vec::new();
    for last in 0x80..=0xbf_u8 {
        let seconds = if rest.len() == 2 { last..=last } else { 0x80..=0xbf };
        for second in seconds {
            let mut bytes = rest.to_vec();
            bytes.push(second);
            if rest.len() == 1 {
                bytes.push(last);
            }
            let letter = std::str::from_utf8(&bytes).ok().and_then(super::letters::only_letter);
            ranked.extend(letter.map(|letter| (page.language.follows([older, newer, letter]), letter)));
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let shown = quotable(&words.text()[range.clone()]);
    let message = format!(
        "“{shown}”是乱码，本来是“{}”，最后一个字残缺：编码读错了",
        quotable(read)
    );
    let diagnostic = words
        .problem(rule::MOJIBAKE, range.clone(), message)
        .help("对照原稿补上最后一个字；最好从原文件重新复制一次，编码选 UTF-8");
    let proposals = ranked.into_iter().take(3).map(|(_, letter)| format!("{read}{letter}"));
    words.propose(diagnostic, (range, proposals))
}

/// How much of the beginning of a text was UTF-8, what it says, and the bytes of a last character that lost
/// its end.
fn read_back(letters: &Letters, text: &str) -> Option<(usize, String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut ends = Vec::new();
    for (at, letter) in text.char_indices().take(4000) {
        let mut buffer = [0; 4];
        let one: &str = letter.encode_utf8(&mut buffer);
        let (pair, _, had_errors) = GBK.encode(one);
        if letter.is_ascii() || had_errors || pair.len() != 2 {
            break;
        }
        // Most text ends here: the first byte of a Chinese character in UTF-8 is one of these.
        if bytes.is_empty() && !(0xe2..=0xef).contains(&pair[0]) {
            return None;
        }
        bytes.extend_from_slice(&pair);
        ends.push(at + letter.len_utf8());
    }
    let valid = match std::str::from_utf8(&bytes) {
        Ok(_) => bytes.len(),
        Err(error) => error.valid_up_to(),
    };
    let read = std::str::from_utf8(bytes.get(..valid)?).ok()?;
    let is_read = |letter: char| letters.of(letter) & (HAN | COMMON) == HAN | COMMON;
    let han = read.chars().filter(|letter| is_read(*letter)).count();
    if han < LEAST || han * 2 < read.chars().count() {
        return None;
    }
    let mut covered = valid / 2;
    let mut rest = Vec::new();
    if valid < bytes.len() && (valid % 2 == 1 || is_beginning(&bytes[valid..])) {
        rest = bytes[valid..(covered + 1) * 2].to_vec();
        covered += 1;
    }
    let mut length = *ends.get(covered.checked_sub(1)?)?;
    // The end of what was lost is often a question mark.
    let mark = text[length..]
        .chars()
        .next()
        .filter(|mark| matches!(mark, '?' | '\u{fffd}'));
    if let (Some(mark), true) = (mark, !rest.is_empty()) {
        length += mark.len_utf8();
    } else if valid % 2 == 1 && valid < bytes.len() && std::str::from_utf8(&rest).is_err() && !is_beginning(&rest) {
        return None;
    }
    Some((length, read.to_owned(), rest))
}

/// Whether bytes are the beginning of a character of three bytes.
fn is_beginning(bytes: &[u8]) -> bool {
    match bytes {
        [lead] => (0xe2..=0xef).contains(lead),
        [lead, second, ..] => (0xe2..=0xef).contains(lead) && (0x80..=0xbf).contains(second),
        [] => false,
    }
}

/// 党建 as µ³½¨ (GBK) or as å…šå»º (UTF-8).
fn anything_as_latin_1(page: &Page<'_>, words: &Words, found: &mut Vec<Diagnostic>) {
    let text = words.text();
    let is_latin = |letter: char| page.letters.of(letter) & LATIN_1 != 0 || matches!(letter, '\u{80}'..='\u{9f}');
    let mut at = 0;
    while let Some(start) = text[at..].find(is_latin).map(|place| at + place) {
        let end = text[start..]
            .find(|letter| !is_latin(letter))
            .map_or(text.len(), |place| start + place);
        at = end;
        let (bytes, _, had_errors) = WINDOWS_1252.encode(&text[start..end]);
        if had_errors || bytes.len() < 4 {
            continue;
        }
        let as_utf_8 = std::str::from_utf8(&bytes).ok().map(ToOwned::to_owned);
        let as_gbk = || {
            let (read, had_errors) = GBK.decode_without_bom_handling(&bytes);
            (!had_errors).then(|| read.into_owned())
        };
        let is_chinese = |read: &String| {
            let is_usual = |letter| page.letters.of(letter) & COMMON != 0 || "，。、；：“”（）《》".contains(letter);
            read.chars().all(is_usual) && read.chars().count() >= LEAST
        };
        if let Some(read) = as_utf_8.or_else(as_gbk).filter(is_chinese) {
            let diagnostic = report(words, (start..end, &read));
            found.push(words.mend(diagnostic, start..end, read));
        }
    }
}
