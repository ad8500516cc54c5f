//! Characters that are not seen, and such as only look like others.

use std::ops::Range;

use super::letters::{HAN, INVISIBLE, SMALL_FORM};
use super::words::{Origin, Page, Words, and_more, mend_together};
use crate::diagnostic::{Diagnostic, Rule, rule};
use unicode_normalization::UnicodeNormalization;

/// Marks for small or vertical type, and what usual text has instead.
const SMALL_FORMS: &[(&str, &str)] = &[
    ("︐︑︒︓︔︕︖︗︘︙", "，、。：；！？〖〗…"),
    (
        "︰︱︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
        "：—（）｛｝〔〕【】《》〈〉「」『』［］",
    ),
    ("﹐﹑﹒﹔﹕﹖﹗﹘﹙﹚﹛﹜﹝﹞", "，、．；：？！—（）｛｝〔〕"),
    ("﹟﹠﹡﹢﹣﹤﹥﹦﹨﹩﹪﹫", "＃＆＊＋－＜＞＝＼＄％＠"),
];

/// What may stand for the middle dot in names.
const DOTS: &str = "•・･";

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for words in &page.words {
        if words.signs.has(INVISIBLE) {
            invisible(page, words, found);
        }
        if words.signs.has(SMALL_FORM) {
            small_forms(page, words, found);
        }
    }
}

/// What is done about one character.
enum Remedy {
    /// It is replaced, which changes nothing that is seen.
    Replace(Rule, String),
    /// It is pointed at.
    Point(Rule),
}

fn invisible(page: &Page<'_>, words: &Words, found: &mut Vec<Diagnostic>) {
    let mut quiet: Vec<(Range<usize>, String)> = Vec::new();
    let mut doubles: Vec<(Range<usize>, String)> = Vec::new();
    let text = words.text();
    for (at, letter) in text
        .char_indices()
        .filter(|(_, letter)| page.letters.of(*letter) & INVISIBLE != 0)
    {
        let range = at..at + letter.len_utf8();
        // Front matter with control characters cannot be read, which is said there.
        if letter.is_ascii_control() && words.origin != Origin::Body {
            continue;
        }
        match remedy(page, text, (at, letter)) {
            Some(Remedy::Replace(rule, replacement)) if rule == rule::LOOK_ALIKE => doubles.push((range, replacement)),
            Some(Remedy::Replace(rule, replacement)) if rule == rule::BIDI_CONTROL => {
                let diagnostic = bidi(words, range.clone(), letter);
                found.push(words.mend(diagnostic, range, replacement));
            }
            Some(Remedy::Replace(_, replacement)) => quiet.push((range, replacement)),
            Some(Remedy::Point(rule)) if rule == rule::BIDI_CONTROL => {
                let diagnostic = bidi(words, range.clone(), letter);
                found.push(words.propose(diagnostic, (range, [""])));
            }
            Some(Remedy::Point(rule)) if rule == rule::REPLACEMENT_CHARACTER => {
                let end = text[at..]
                    .find(|next| next != letter)
                    .map_or(text.len(), |length| at + length);
                // Of several in a row the first speaks for all.
                if !text[..at].ends_with(letter) {
                    let diagnostic = words.problem(rule, at..end, "这里的字已经坏了，只剩下“\u{fffd}”");
                    found.push(diagnostic.help("对照原稿把字补上；整篇都有的话，是保存时编码选错了，重新导出一份"));
                }
            }
            Some(Remedy::Point(rule)) => {
                let message = format!(
                    "这个字（U+{:04X}）只在一种字库里有，别人看到的是方框",
                    u32::from(letter)
                );
                found.push(
                    words
                        .problem(rule, range, message)
                        .help("换成通用的字；生僻字请选用国家标准里有的写法"),
                );
            }
            None => {}
        }
    }
    report(page, words, (rule::INVISIBLE_CHARACTER, &quiet), found);
    report(page, words, (rule::LOOK_ALIKE, &doubles), found);
}

fn bidi(words: &Words, range: Range<usize>, letter: char) -> Diagnostic {
    let message = format!(
        "这里藏着一个改变文字方向的控制符（U+{:04X}），显示的和实际的可以不一样",
        u32::from(letter)
    );
    words
        .problem(rule::BIDI_CONTROL, range, message)
        .help("删掉它，再看看前后的文字和链接是不是原来的")
}

fn remedy(page: &Page<'_>, text: &str, (at, letter): (usize, char)) -> Option<Remedy> {
    let before = text[..at].chars().next_back().unwrap_or('\n');
    let after = text[at + letter.len_utf8()..].chars().next().unwrap_or('\n');
    let is_plain = |side: char| side.is_ascii() && !side.is_whitespace();
    let is_han = |side: char| page.letters.of(side) & HAN != 0;
    let quiet = |text: &str| Some(Remedy::Replace(rule::INVISIBLE_CHARACTER, text.to_owned()));
    match letter {
        // Between a number and its unit it keeps them on one line.
        '\u{a0}' if is_plain(before) && is_plain(after) => None,
        '\u{a0}' => quiet(" "),
        // Joins the parts of one picture sign, or letters of scripts that need it.
        '\u{200c}' | '\u{200d}' if !is_han(before) && !is_han(after) && !is_plain(before) => None,
        '\u{200e}' | '\u{200f}' | '\u{61c}' => Some(Remedy::Replace(rule::BIDI_CONTROL, String::new())),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(Remedy::Point(rule::BIDI_CONTROL)),
        '\u{2028}' | '\u{2029}' => quiet(if is_han(before) || is_han(after) { "" } else { " " }),
        '\u{fffd}' => Some(Remedy::Point(rule::REPLACEMENT_CHARACTER)),
        '\u{e000}'..='\u{f8ff}' => Some(Remedy::Point(rule::PRIVATE_USE)),
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => {
            let mut forms = letter.nfkc();
            let usual = forms.next().filter(|form| *form != letter)?;
            Some(Remedy::Replace(rule::LOOK_ALIKE, usual.to_string()))
        }
        _ => quiet(""),
    }
}

fn report(
    page: &Page<'_>,
    words: &Words,
    (rule, parts): (Rule, &[(Range<usize>, String)]),
    found: &mut Vec<Diagnostic>,
) {
    let Some((first, replacement)) = parts.first() else {
        return;
    };
    let shown = words.text()[first.clone()].chars().next().unwrap_or(' ');
    let and_more = and_more("这一段", parts.len());
    let message = if rule == rule::LOOK_ALIKE {
        format!(
            "“{shown}”（U+{:04X}）是“{replacement}”的替身，搜不到{and_more}",
            u32::from(shown)
        )
    } else {
        format!("这里有看不见的字符（U+{:04X}）{and_more}", u32::from(shown))
    };
    let help = if rule == rule::LOOK_ALIKE {
        "换成通用的字；多半是从 PDF 里复制来的，hongtu fix 可以一次换好"
    } else {
        "删掉，或者换成普通的空格；hongtu fix 可以一次改好"
    };
    let diagnostic = words.problem(rule, first.clone(), message).help(help);
    found.push(mend_together(page, words, diagnostic, parts));
}

fn small_forms(page: &Page<'_>, words: &Words, found: &mut Vec<Diagnostic>) {
    let text = words.text();
    let mut parts = Vec::new();
    for (at, letter) in text
        .char_indices()
        .filter(|(_, letter)| page.letters.of(*letter) & SMALL_FORM != 0)
    {
        if let Some(usual) = usual_form(page, text, (at, letter)) {
            parts.push((at..at + letter.len_utf8(), usual.to_string()));
        }
    }
    let Some((first, usual)) = parts.first() else { return };
    let shown = &text[first.clone()];
    let and_more = and_more("这一段", parts.len());
    let message = format!("“{shown}”不是通用的写法，应当写“{usual}”{and_more}");
    let diagnostic = words
        .problem(rule::SMALL_FORM, first.clone(), message)
        .help("换成通用的标点；hongtu fix 可以一次换好");
    found.push(mend_together(page, words, diagnostic, &parts));
}

fn usual_form(page: &Page<'_>, text: &str, (at, letter): (usize, char)) -> Option<char> {
    if DOTS.contains(letter) {
        // At the beginning of a line it is the sign of an item.
        let is_letter = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
        let before = text[..at].chars().next_back();
        let after = text[at + letter.len_utf8()..].chars().next();
        let is_kana = |side: Option<char>| side.is_some_and(|side| matches!(side, '\u{3041}'..='\u{30fe}'));
        let is_name = is_letter(before) && is_letter(after) && !is_kana(before) && !is_kana(after);
        return (is_name && before.is_some_and(|side| page.letters.is_han(side) || side.is_alphabetic()))
            .then_some('·');
    }
    SMALL_FORMS.iter().find_map(|(small, usual)| {
        let number = small.chars().position(|form| form == letter)?;
        usual.chars().nth(number)
    })
}
