//! Lines that someone else put into a page, told by their shape, never by a list of bad words; and what is
//! hidden in raw HTML.

use std::collections::HashSet;

use super::words::{Origin, Page, Words};
use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::read::outline::prose::BlockKind;
use crate::read::raw_html;
use crate::source::Span;

/// A line of keywords has at least so many of them, of so many characters on average.
const KEYWORDS: usize = 10;
const SHORTEST_KEYWORD: usize = 4;
/// A line of two phrases at the top has at most so many characters.
const LONGEST_PAIR: usize = 20;
/// So many tenths of a line's pairs of characters must not be on the page otherwise.
const STRANGE_TENTHS: usize = 8;

/// How raw HTML hides a text from readers and leaves it to search engines.
const HIDING: &[&str] = &[
    "display:none",
    "visibility:hidden",
    "font-size:0",
    "opacity:0",
    "text-indent:-",
    "left:-9",
    "top:-9",
    "height:0",
    "width:0",
];

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let blocks: Vec<&Words> = page.body().collect();
    let last = blocks.len().saturating_sub(1);
    for (number, words) in blocks.iter().enumerate() {
        if !matches!(words.block.kind, BlockKind::Paragraph | BlockKind::Heading(_)) {
            continue;
        }
        let is_edge = number <= 1 || number + 1 >= last;
        let shape = decorated(words.text()).or_else(|| {
            if !is_edge {
                return None;
            }
            pair_of_phrases(page, words, number).or_else(|| keywords(words.text()).filter(|_| is_strange(page, words)))
        });
        if let Some(shape) = shape {
            let range = 0..words.text().trim_end().len();
            let message = format!("这一段像是被人插进来的广告（{shape}）：“{}”", quotable(words.text()));
            let diagnostic = words
                .problem(rule::INJECTED_LINE, range.clone(), message)
                .help("不是本文的就整段删掉，再查一查后台账号和发稿的电脑；是本文的就改写成完整的句子");
            found.push(words.propose(diagnostic, (range, [""])));
        }
    }
    for span in &page.entry.outline.html {
        hidden(page, *span, found);
    }
}

/// Two short phrases with a bar between them, before everything else.
fn pair_of_phrases(page: &Page<'_>, words: &Words, number: usize) -> Option<&'static str> {
    let text = words.text().trim();
    let parts: Vec<&str> = text.split(['|', '｜']).map(str::trim).collect();
    let is_pair = parts.len() == 2 && parts.iter().all(|part| part.chars().count() >= 2);
    let is_sentence = text.contains(['。', '，', '；', '：', '！', '？', '、', '《']);
    let is_short = text.chars().count() <= LONGEST_PAIR;
    let is_first = number == 0 && page.body().count() > 1;
    (is_first && is_pair && is_short && !is_sentence && is_strange(page, words)).then_some("开头两个短语，中间一道竖线")
}

/// Many phrases without any mark of a sentence.
fn keywords(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.contains(['。', '，', '；', '：', '、', '！', '？', '\u{fffc}', '\n']) {
        return None;
    }
    let of = |separators: &[char]| -> Option<()> {
        let parts: Vec<&str> = text
            .split(separators)
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        let length: usize = parts.iter().map(|part| part.chars().count()).sum();
        let is_list = parts.len() >= KEYWORDS && length >= parts.len() * SHORTEST_KEYWORD;
        is_list.then_some(())
    };
    if of(&[' ', '\u{3000}']).is_some() {
        return Some("一长串用空格隔开的词，没有标点");
    }
    of(&['_', '|', '/', '｜', '-', '—']).map(|()| "一长串用符号隔开的词，没有标点")
}

/// Flowers and stars between words.
fn decorated(text: &str) -> Option<&'static str> {
    let is_sign = |letter: char| {
        matches!(
            letter,
            '\u{2720}'..='\u{2767}' | 'ღ' | '★' | '☆' | '◈' | '♛' | '♠' | '♣' | '♥'
        )
    };
    let signs = text.chars().filter(|letter| is_sign(*letter)).count();
    let is_rated = text.contains("★★") || text.contains("☆☆");
    let letters: Vec<char> = text.chars().collect();
    let between = letters
        .windows(3)
        .filter(|three| is_sign(three[1]) && three[0].is_alphanumeric() && three[2].is_alphanumeric())
        .count();
    (signs >= 3 && between >= 2 && !is_rated).then_some("字之间夹着花样符号")
}

/// Whether hardly anything of a block is on the page otherwise.
fn is_strange(page: &Page<'_>, words: &Words) -> bool {
    let pairs = |text: &str| -> Vec<(char, char)> {
        let letters: Vec<char> = text.chars().map(|letter| page.letters.simplified(letter)).collect();
        let han = |pair: &[char]| pair.iter().all(|letter| page.letters.is_han(*letter));
        letters
            .windows(2)
            .filter(|pair| han(pair))
            .map(|pair| (pair[0], pair[1]))
            .collect()
    };
    let own = pairs(words.text());
    // Sentences, headings and keys: of other inserted lines nothing is learnt.
    let is_own = |other: &&Words| {
        let is_sentence = other.text().contains(['。', '，', '；']) || other.origin != Origin::Body;
        !std::ptr::eq(*other, words) && (is_sentence || matches!(other.block.kind, BlockKind::Heading(_)))
    };
    let others = page.words.iter().filter(is_own);
    let known: HashSet<(char, char)> = others.flat_map(|other| pairs(other.text())).collect();
    let strange = own.iter().filter(|pair| !known.contains(pair)).count();
    !own.is_empty() && strange * 10 >= own.len() * STRANGE_TENTHS
}

fn hidden(page: &Page<'_>, span: Span, found: &mut Vec<Diagnostic>) {
    let html = page.library.sources.text(span);
    let start = span.range().start;
    let mut report = |range: std::ops::Range<usize>, how: &str| {
        let place = Span::new(span.file, start + range.start, start + range.end);
        found.push(
            Diagnostic::new(
                rule::HIDDEN_HTML,
                place,
                format!("这段网页代码里藏着读者看不见的内容（{how}）"),
            )
            .help("这是暗链的写法：连同里面的文字和链接一起删掉，再查一查是谁加进来的"),
        );
    };
    for tag in raw_html::tags(html) {
        let attribute = |name: &str| tag.attributes.iter().find(|attribute| attribute.name == name);
        if tag.element == "marquee" {
            report(tag.range.clone(), "marquee");
            continue;
        }
        let style = attribute("style").map(|style| style.value.to_lowercase().replace(' ', ""));
        let hiding = style.and_then(|style| HIDING.iter().find(|hiding| hides(&style, hiding)));
        if let Some(hiding) = hiding {
            report(tag.range.clone(), hiding);
        } else if attribute("hidden").is_some() {
            report(tag.range.clone(), "hidden");
        }
    }
    if let Some(at) = html.find("document.write") {
        report(at..at + "document.write".len(), "document.write");
    }
}

/// `width:0` hides, `width:05em` and `width:0.5em` do not.
fn hides(style: &str, hiding: &str) -> bool {
    style.match_indices(hiding).any(|(at, _)| {
        let rest = &style[at + hiding.len()..];
        let is_whole_word = at == 0 || style[..at].ends_with([';', '"', '\'']);
        let goes_on = hiding.ends_with('0') && rest.starts_with(|next: char| next == '.' || next.is_ascii_digit());
        (is_whole_word || hiding.starts_with("left") || hiding.starts_with("top")) && !goes_on
    })
}
