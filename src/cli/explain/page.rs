//! A page of explanation as a terminal shows it: headings in bold, lists with dots, lines that are
//! folded as Chinese is, code without its marks.
//!
//! The pages use little of Markdown, which a test of the rules keeps so.

use unicode_width::UnicodeWidthChar;

use crate::diagnostic::Level;
use crate::diagnostic::human::Colour;

/// What a terminal shows in a line (in columns).
pub(super) const WIDEST: usize = 78;
/// What no line begins with.
const NEVER_FIRST: &str = "，。、；：？！）》」』】〕”’…—～·,.;:?!)]}%";
/// What no line ends with.
const NEVER_LAST: &str = "（《「『【〔“‘([{";

const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[1;91m";
const YELLOW: &str = "\u{1b}[33m";
const PLAIN: &str = "\u{1b}[0m";

/// How text is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink {
    colour: Colour,
    /// The columns left free at the left.
    margin: usize,
}

impl Ink {
    pub(super) fn of(colour: Colour) -> Self {
        Self { colour, margin: 0 }
    }

    pub(super) fn indented(self) -> Self {
        Self { margin: 4, ..self }
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.painted(BOLD, text)
    }

    /// A text in the colour of a level.
    pub(super) fn level(self, level: Level, text: &str) -> String {
        match level {
            Level::Error => self.painted(RED, text),
            Level::Warning => self.painted(YELLOW, text),
            Level::Off => text.to_owned(),
        }
    }

    fn painted(self, paint: &str, text: &str) -> String {
        match self.colour {
            Colour::On => format!("{paint}{text}{PLAIN}"),
            Colour::Off => text.to_owned(),
        }
    }
}

/// The lines of a page, each with its line end.
pub(super) fn shown(markdown: &str, ink: Ink) -> String {
    let mut text = String::new();
    for line in markdown.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            text.push_str(&ink.bold(heading));
            text.push('\n');
        } else if let Some(item) = line.strip_prefix("- ") {
            push_folded(&mut text, item, ("  • ", ink));
        } else {
            push_folded(&mut text, line, ("", ink));
        }
    }
    text
}

/// A letter, and whether it is code.
#[derive(Clone, Copy)]
struct Letter {
    sign: char,
    is_code: bool,
}

impl Letter {
    fn width(self) -> usize {
        self.sign.width().unwrap_or(0)
    }
}

/// A paragraph in as many lines as it needs; what leads the first is as much space before the others.
fn push_folded(text: &mut String, paragraph: &str, (lead, ink): (&str, Ink)) {
    let letters = letters(paragraph);
    let lead_width: usize = lead.chars().filter_map(UnicodeWidthChar::width).sum();
    for (number, line) in lines(&letters, WIDEST - ink.margin - lead_width)
        .into_iter()
        .enumerate()
    {
        let mut shown = " ".repeat(ink.margin);
        if number == 0 {
            shown.push_str(lead);
        } else {
            shown.push_str(&" ".repeat(lead_width));
        }
        for run in line.chunk_by(|one, other| one.is_code == other.is_code) {
            let words: String = run.iter().map(|letter| letter.sign).collect();
            if run[0].is_code {
                shown.push_str(&ink.bold(&words));
            } else {
                shown.push_str(&words);
            }
        }
        text.push_str(shown.trim_end());
        text.push('\n');
    }
}

fn letters(paragraph: &str) -> Vec<Letter> {
    let mut is_code = false;
    let mut letters = Vec::new();
    for sign in paragraph.chars() {
        if sign == '`' {
            is_code = !is_code;
        } else {
            letters.push(Letter { sign, is_code });
        }
    }
    letters
}

/// Letters in lines that are no wider, where they can be; one line if there are none.
fn lines(letters: &[Letter], widest: usize) -> Vec<&[Letter]> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut fitting = 0;
    for at in 0..letters.len() {
        if at > start && may_begin(letters, at) {
            fitting = at;
        }
        let width: usize = letters[start..=at].iter().map(|letter| letter.width()).sum();
        if width > widest && letters[at].sign != ' ' && fitting > start {
            lines.push(&letters[start..fitting]);
            start = fitting;
        }
    }
    lines.push(&letters[start..]);
    lines
}

/// Whether a line may begin with a letter: after a space, and beside any wide letter that the usual
/// prohibitions (标点避头尾) let go.
fn may_begin(letters: &[Letter], at: usize) -> bool {
    let (before, after) = (letters[at - 1], letters[at]);
    let is_forbidden = after.sign == ' ' || NEVER_FIRST.contains(after.sign) || NEVER_LAST.contains(before.sign);
    !is_forbidden && (before.sign == ' ' || before.width() == 2 || after.width() == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_lists_and_code_are_shown_plainly() {
        let page = "甲乙。\n\n## 怎么改\n- 写成 `[甲](a.md)`。\n";
        assert_eq!(
            shown(page, Ink::of(Colour::Off)),
            "甲乙。\n\n怎么改\n  • 写成 [甲](a.md)。\n"
        );
        assert_eq!(
            shown(page, Ink::of(Colour::On)),
            "甲乙。\n\n\u{1b}[1m怎么改\u{1b}[0m\n  • 写成 \u{1b}[1m[甲](a.md)\u{1b}[0m。\n"
        );
    }

    #[test]
    fn lines_are_folded_between_characters_and_not_before_a_full_stop() {
        // Thirty-nine characters fill a line; the full stop takes the last of them along.
        let full = format!("{}。", "甲".repeat(39));
        let expected = format!("{}\n甲。\n", "甲".repeat(38));
        assert_eq!(shown(&full, Ink::of(Colour::Off)), expected);
        let item = format!("- {}", "甲".repeat(40));
        let expected = format!("  • {}\n    {}\n", "甲".repeat(37), "甲".repeat(3));
        assert_eq!(shown(&item, Ink::of(Colour::Off)), expected);
    }

    #[test]
    fn words_stay_whole() {
        let words = "front-matter/list-as-text ".repeat(4);
        let shown = shown(&words, Ink::of(Colour::Off));
        assert_eq!(
            shown.lines().map(|line| line.split(' ').count()).collect::<Vec<_>>(),
            [3, 1]
        );
        let endless = "a".repeat(200);
        assert_eq!(super::shown(&endless, Ink::of(Colour::Off)), format!("{endless}\n"));
    }
}
