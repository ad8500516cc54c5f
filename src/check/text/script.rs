//! Traditional characters in a simplified portal, and lines in another script than their page.

use super::letters::TRADITIONAL;
use super::words::{Origin, Page, Words};
use crate::diagnostic::{Diagnostic, quotable, rule};

/// So many characters of one script make a line that belongs to it.
const LINE: usize = 4;
/// A page with more traditional characters than this, and more of them than simplified ones, is traditional.
const PAGE: usize = 8;

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let traditional = page.traditional();
    if traditional == 0 {
        return;
    }
    let simplified = page.simplified();
    let is_for_traditional = page.library.config.language.to_lowercase();
    let is_for_traditional = ["hant", "tw", "hk", "mo"]
        .iter()
        .any(|part| is_for_traditional.contains(part));
    if traditional > simplified && traditional >= PAGE {
        if !is_for_traditional {
            whole_page(page, traditional, found);
        }
        page.body()
            .filter(|words| words.signs.traditional == 0 && words.signs.simplified >= LINE)
            .for_each(|words| found.push(outlier(words, "简体", "繁体")));
        return;
    }
    if is_for_traditional {
        return;
    }
    for words in page.words.iter().filter(|words| words.signs.traditional > 0) {
        let is_line = words.origin == Origin::Body
            && words.signs.traditional >= LINE
            && words.signs.simplified == 0
            && simplified > traditional;
        if is_line {
            found.push(with_conversion(words, outlier(words, "繁体", "简体")));
        } else {
            characters(page, words, found);
        }
    }
}

fn whole_page(page: &Page<'_>, count: usize, found: &mut Vec<Diagnostic>) {
    let first = page.words.iter().find(|words| words.signs.traditional > 0);
    let Some(words) = first else { return };
    let at = first_traditional(page, words);
    let message = format!("这一页是繁体字（{count} 个字只有繁体才有），门户用的是简体");
    let help = "整篇转成简体再发布；确实要发繁体的，在 site.yaml 里给这一页写一条例外";
    let mut diagnostic = words.problem(rule::TRADITIONAL_PAGE, at, message).help(help);
    for words in &page.words {
        if words.signs.traditional > 0 {
            diagnostic = with_conversion(words, diagnostic);
        }
    }
    found.push(diagnostic);
}

fn first_traditional(page: &Page<'_>, words: &Words) -> std::ops::Range<usize> {
    let mut letters = words.text().char_indices();
    let first = letters.find(|(_, letter)| page.letters.of(*letter) & TRADITIONAL != 0);
    first.map_or(0..0, |(at, letter)| at..at + letter.len_utf8())
}

fn outlier(words: &Words, own: &str, others: &str) -> Diagnostic {
    let range = 0..words.text().trim_end().len();
    let shown = quotable(words.text());
    words
        .problem(
            rule::SCRIPT_OUTLIER,
            range,
            format!("这一段是{own}，全篇是{others}：“{shown}”"),
        )
        .help("看看是不是从别处混进来的：被人插入的广告常常这样露出来；是引文就转成同样的字")
}

/// The simplified form as a proposal.
fn with_conversion(words: &Words, diagnostic: Diagnostic) -> Diagnostic {
    let range = 0..words.text().len();
    let converted = hanconv::t2s(words.text());
    if converted == words.text() {
        return diagnostic;
    }
    words.propose(diagnostic, (range, [converted]))
}

/// Single traditional characters: each run of them by itself, the same one once in a block.
fn characters(page: &Page<'_>, words: &Words, found: &mut Vec<Diagnostic>) {
    let text = words.text();
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices() {
        if page.letters.of(letter) & TRADITIONAL == 0 {
            continue;
        }
        match runs.last_mut() {
            Some(last) if last.end == at => last.end = at + letter.len_utf8(),
            _ => runs.push(at..at + letter.len_utf8()),
        }
    }
    let mut told: Vec<&str> = Vec::new();
    for range in runs {
        let shown = &text[range.clone()];
        if told.contains(&shown) {
            continue;
        }
        told.push(shown);
        let simplified: String = shown.chars().map(|letter| page.letters.simplified(letter)).collect();
        let diagnostic = words
            .problem(rule::TRADITIONAL, range.clone(), format!("简体文章里有繁体字“{shown}”"))
            .help(format!(
                "写“{simplified}”；人名、店名里本来就这样写的，在 site.yaml 里写一条例外"
            ));
        found.push(words.propose(diagnostic, (range, [simplified])));
    }
}
