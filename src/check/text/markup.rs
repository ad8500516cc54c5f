//! Signs of Markdown that readers see as they are.

use super::letters::MARKUP;
use super::words::{Origin, Page, Words};
use crate::diagnostic::{Diagnostic, rule};
use crate::read::outline::prose::BlockKind;

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for words in page.words.iter().filter(|words| words.signs.has(MARKUP)) {
        emphasis(page, words, found);
        if words.origin == Origin::Body && words.block.kind == BlockKind::Paragraph {
            heading(page, words, found);
        }
    }
}

/// Stars in pairs that became no bold text: the one half is missing, or a space stands inside.
fn emphasis(page: &Page<'_>, words: &Words, found: &mut Vec<Diagnostic>) {
    let text = words.text();
    let mut from = 0;
    while let Some(at) = text[from..].find("**").map(|at| from + at) {
        let end = at + text[at..].find(|letter| letter != '*').unwrap_or(text.len() - at);
        from = end;
        let is_calculation = |side: Option<char>| side.is_some_and(|side| side.is_ascii_digit());
        let is_meant = page.is_escaped(words, at)
            || (is_calculation(text[..at].trim_end().chars().next_back())
                && is_calculation(text[end..].trim_start().chars().next()))
            // A row of stars hides a number or divides parts.
            || end - at > 3
            || text[..at].ends_with(|letter: char| letter.is_ascii_digit());
        if is_meant {
            continue;
        }
        let message = if words.origin == Origin::Body {
            "读者会看到这里的星号，加粗没有起作用"
        } else {
            "抬头里不能加粗，读者会看到星号"
        };
        let help = "前后各要两个星号，星号和被加粗的字之间不留空格；不要加粗就删掉";
        let diagnostic = words.problem(rule::LITERAL_MARKUP, at..end, message).help(help);
        found.push(words.propose(diagnostic, (at..end, [""])));
    }
}

/// `##标题` without the space is no heading.
fn heading(page: &Page<'_>, words: &Words, found: &mut Vec<Diagnostic>) {
    let text = words.text();
    let signs = text.len() - text.trim_start_matches('#').len();
    let rest = &text[signs..];
    let is_heading = (2..=6).contains(&signs)
        && rest.starts_with(|letter: char| letter.is_alphanumeric())
        && !rest.lines().next().unwrap_or_default().contains('#')
        && !page.is_escaped(words, 0);
    if is_heading {
        let diagnostic = words
            .problem(rule::LITERAL_MARKUP, 0..signs, "井号后面少一个空格，这一行没有成为标题")
            .help("在井号和标题之间加一个空格");
        found.push(words.propose(diagnostic, (0..signs, [format!("{} ", &text[..signs])])));
    }
}
