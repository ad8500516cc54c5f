//! How much room a text takes, and where it may be broken. No font is at hand when the sheet is
//! laid out, and readers have different ones, so the widths are estimates on the safe side.

use unicode_width::UnicodeWidthChar;

/// The size of a label's letters.
pub const FONT_SIZE: f64 = 13.0;
/// From one line of a label to the next.
pub const LINE_HEIGHT: f64 = 17.0;
/// From the upper edge of a line to its base line.
pub const ASCENT: f64 = 13.0;
/// The longest line of a label, in widths of a Han character.
const LONGEST_LINE: f64 = 11.0;

/// The width of a text in widths of a Han character: 1 for what East Asian fonts set full-width,
/// 0.55 for the rest.
#[must_use]
pub fn width_in_em(text: &str) -> f64 {
    text.chars().map(letter_width).sum()
}

fn letter_width(letter: char) -> f64 {
    match letter.width_cjk() {
        None | Some(0) => 0.0,
        Some(1) => 0.55,
        Some(_) => 1.0,
    }
}

/// A title in one or two lines. One line is left alone if it is short enough; a longer title is
/// broken where its halves are most alike, at a natural gap if there is one near; what is too
/// long even for two lines ends in an ellipsis, since the whole title stands in the list.
#[must_use]
pub fn label_lines(title: &str) -> Vec<String> {
    let title = title.trim();
    if title.is_empty() {
        return Vec::new();
    }
    if width_in_em(title) <= LONGEST_LINE {
        return vec![title.to_owned()];
    }
    let mut best: Option<(f64, usize)> = None;
    for (place, _) in title.char_indices().skip(1) {
        let (head, tail) = title.split_at(place);
        let Some(fault) = break_fault(head, tail) else {
            continue;
        };
        let longer = width_in_em(head.trim_end()).max(width_in_em(tail.trim_start()));
        let cost = longer + fault;
        if longer <= LONGEST_LINE && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, place));
        }
    }
    match best {
        Some((_, place)) => {
            let (head, tail) = title.split_at(place);
            vec![head.trim_end().to_owned(), tail.trim_start().to_owned()]
        }
        None => shortened(title),
    }
}

/// Two full lines and an ellipsis.
fn shortened(title: &str) -> Vec<String> {
    let place = longest_head(title, LONGEST_LINE);
    let (head, tail) = title.split_at(place);
    let tail = tail.trim_start();
    let rest = tail.get(..longest_head(tail, LONGEST_LINE - 1.0));
    let last = format!("{}…", rest.unwrap_or_default().trim_end());
    let head = head.trim_end();
    if head.is_empty() {
        vec![last]
    } else {
        vec![head.to_owned(), last]
    }
}

/// The end of the longest beginning that fits and may end there.
fn longest_head(text: &str, most: f64) -> usize {
    let mut width = 0.0;
    let (mut fitting, mut breaking) = (0, 0);
    for (place, letter) in text.char_indices() {
        let (head, tail) = text.split_at(place);
        if break_fault(head, tail).is_some() {
            breaking = place;
        }
        width += letter_width(letter);
        if width > most {
            break;
        }
        fitting = place + letter.len_utf8();
    }
    if breaking > 0 { breaking } else { fitting }
}

/// How bad it is to break between two parts of a text: nothing at a natural gap, something within
/// a run of Han characters, and none where it is not allowed at all.
fn break_fault(head: &str, tail: &str) -> Option<f64> {
    const NOT_AT_THE_START: &str = "，。、；：！？）》」』】〉”’…—·～%％";
    const NOT_AT_THE_END: &str = "（《「『【〈“‘";
    const GAP_AFTER: &str = "·—）》」』】〉”，、：";
    let before = head.chars().next_back()?;
    let after = tail.chars().next()?;
    if NOT_AT_THE_START.contains(after) || NOT_AT_THE_END.contains(before) {
        return None;
    }
    if before.is_whitespace() || after.is_whitespace() {
        return Some(0.0);
    }
    if GAP_AFTER.contains(before) || NOT_AT_THE_END.contains(after) {
        return Some(0.0);
    }
    let joined = |letter: char| letter_width(letter) < 1.0;
    (!(joined(before) && joined(after))).then_some(2.6)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LINE, label_lines, width_in_em};

    #[test]
    fn han_are_wide_and_latin_is_not() {
        assert!((width_in_em("无锡") - 2.0).abs() < 1e-9);
        assert!((width_in_em("5G") - 1.1).abs() < 1e-9);
        assert!((width_in_em("（一）") - 3.0).abs() < 1e-9);
    }

    #[test]
    fn titles_break_where_they_may() {
        let lines = |title| label_lines(title).join("|");
        assert_eq!(lines("先锋驿站"), "先锋驿站");
        assert_eq!(
            lines("无锡高新区党群服务中心（太湖湾馆）"),
            "无锡高新区党群服务中心|（太湖湾馆）"
        );
        assert_eq!(lines("苏州创业园·红色合伙人工作站"), "苏州创业园·|红色合伙人工作站");
        assert_eq!(lines(""), "");
        assert_eq!(lines("   "), "");
    }

    #[test]
    fn no_line_is_too_long_and_no_word_is_cut() {
        for title in [
            "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十",
            "a-very-long-word-that-nobody-would-break-anywhere-at-all-really",
            "（（（（（（（（（（（（（（（（（（（（（（（（",
            "Party Building Service Centre of the High-tech Zone",
        ] {
            let lines = label_lines(title);
            assert!((1..=2).contains(&lines.len()), "{lines:?}");
            for line in &lines {
                assert!(width_in_em(line) <= LONGEST_LINE + 1e-9, "{line}");
            }
        }
        assert_eq!(label_lines("Tech Zone Service Centre"), ["Tech Zone", "Service Centre"]);
    }
}
