//! Sentinels that let emphasis begin and end beside Chinese characters.
//!
//! `CommonMark` decides by the two neighbours of a run of `*` whether it may open emphasis
//! ("left-flanking"), close it ("right-flanking"), or both. With W for whitespace, P for punctuation,
//! L for anything else:
//!
//! - left-flanking: the next character is not W, and it is not P unless the one before is W or P;
//! - right-flanking: the same, mirrored.
//!
//! The amendments for Chinese come down to one sentence, which follows from going through their
//! clauses: **a run with a CJK character on either side and whitespace on neither may both open and
//! close.** Two letters or two punctuation marks give that by themselves. A letter and a punctuation
//! mark do not, unless a punctuation character stands between the run and the letter; so one is put
//! there, and taken out again afterwards. It is called a sentinel, and never occurs in the body.
//!
//! Where it is not known whether a neighbour is a letter or punctuation (the parser's own table is not
//! public), a sentinel goes on both sides, which gives the same answer whatever the neighbours are.
//!
//! What else the amendments change hangs on variation selectors: a punctuation character followed by
//! one is still punctuation. A sentinel behind the selector says so. This is all that `_` needs, since
//! it looks for punctuation or whitespace outside of the emphasis already.
//!
//! # Why nothing else in the document changes
//!
//! A sentinel is put only between a delimiter and a character that is neither whitespace nor ASCII
//! punctuation. Whatever gives Markdown its structure is ASCII punctuation or whitespace; so no such
//! character gets or loses a neighbour, an escape (`\*`) is never torn apart, no line begins or ends
//! differently, and a sentinel never stands alone in a string. In the places where names are
//! compared (link labels, footnotes) both names get the same sentinels, since `[` and `]` bound what
//! a decision can see. One limit is known: the parser refuses link labels of more than 1000 bytes of
//! Chinese, and sentinels count.
//!
//! A single `~` is left alone. The parser wants punctuation or whitespace outside of it as well, and
//! Chinese writes ranges with it: `周一~周五，周六~周日` must not be struck out.

use std::ops::Range;

use super::chinese_characters::{
    has_fullwidth_form, is_cjk, is_general_variation_selector, is_ideographic_variation_selector, is_punctuation,
    is_variation_selector, is_word_character,
};

/// The offsets in the body at which a sentinel belongs, ascending and each but once.
pub(super) fn sentinel_places(body: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut searched = 0;
    while let Some(run) = next_run(body.as_bytes(), searched) {
        searched = run.end;
        let sides = sides_of(body, &run);
        if sides.before {
            places.push(run.start);
        }
        if sides.after {
            places.push(run.end);
        }
    }
    places
}

/// The next run of one delimiter character at or after `from`, without a delimiter that a backslash
/// has made an ordinary character. It can be empty for that reason.
fn next_run(bytes: &[u8], from: usize) -> Option<Range<usize>> {
    let start = next_delimiter(bytes, from)?;
    let delimiter = bytes[start];
    let length = bytes[start..].iter().take_while(|&&byte| byte == delimiter).count();
    let backslashes = bytes[..start].iter().rev().take_while(|&&byte| byte == b'\\').count();
    // Backslashes escape one another in pairs; only an odd one escapes the delimiter.
    Some(start + backslashes % 2..start + length)
}

/// The first `*`, `_` or `~` at or after `from`.
fn next_delimiter(bytes: &[u8], from: usize) -> Option<usize> {
    let is_delimiter = |byte: u8| matches!(byte, b'*' | b'_' | b'~');
    let mut block_start = from;
    for block in bytes[from..].chunks(64) {
        // Looking at the whole block without leaving early lets the compiler use vector
        // instructions, and most blocks hold no delimiter.
        let found = block.iter().fold(false, |found, &byte| found | is_delimiter(byte));
        if found {
            let offset = block.iter().position(|&byte| is_delimiter(byte));
            return offset.map(|offset| block_start + offset);
        }
        block_start += block.len();
    }
    None
}

/// On which sides of a run a sentinel belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sides {
    before: bool,
    after: bool,
}

/// What stands before a run, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Preceding {
    /// A CJK character, one with a variation selector, or an ideographic variation selector.
    Cjk { punctuation_sequence: bool },
    /// Other punctuation with a variation selector, which the parser takes for a letter.
    PunctuationSequence,
    /// Anything else: the parser's view of it is the right one.
    Other,
}

fn sides_of(body: &str, run: &Range<usize>) -> Sides {
    let mut characters_before = body[..run.start].chars().rev();
    let next = body[run.end..].chars().next();
    let (Some(previous), Some(next)) = (characters_before.next(), next) else {
        return Sides::default();
    };
    let has_whitespace = previous.is_whitespace() || next.is_whitespace();
    if has_whitespace || (previous.is_ascii() && next.is_ascii()) {
        return Sides::default();
    }
    let preceding = preceding(previous, characters_before.next());
    match &body.as_bytes()[run.clone()] {
        [b'*', ..] | [b'~', b'~'] => sides_of_asterisks(preceding, previous, next),
        [b'_', ..] => sides_of_underscores(preceding),
        // No strikethrough is written with another number of tildes, but see above for a single one.
        _ => Sides::default(),
    }
}

/// What stands before a run, by the last two characters there.
fn preceding(previous: char, one_before: Option<char>) -> Preceding {
    if !is_general_variation_selector(previous) {
        return if is_cjk(previous) || is_ideographic_variation_selector(previous) {
            Preceding::Cjk {
                punctuation_sequence: false,
            }
        } else {
            Preceding::Other
        };
    }
    // What the amendments leave open, a selector after a space or after a selector, is left to the
    // parser.
    let Some(base) = one_before.filter(|&base| !base.is_whitespace() && !is_variation_selector(base)) else {
        return Preceding::Other;
    };
    let is_punctuation = is_punctuation(base);
    let is_fullwidth = previous == '\u{FE01}' && has_fullwidth_form(base);
    if is_cjk(base) || is_fullwidth {
        Preceding::Cjk {
            punctuation_sequence: is_punctuation,
        }
    } else if is_punctuation {
        Preceding::PunctuationSequence
    } else {
        Preceding::Other
    }
}

/// `_` opens emphasis only after whitespace or punctuation and closes it only before them, so that
/// `snake_case` stays whole. Here only the punctuation that a variation selector hides is missing.
fn sides_of_underscores(preceding: Preceding) -> Sides {
    let hidden_punctuation = matches!(
        preceding,
        Preceding::PunctuationSequence
            | Preceding::Cjk {
                punctuation_sequence: true
            }
    );
    Sides {
        before: hidden_punctuation,
        after: false,
    }
}

/// The same for `~~`, which the parser lets open anywhere before a character, but close by this rule.
fn sides_of_asterisks(preceding: Preceding, previous: char, next: char) -> Sides {
    let beside_cjk = is_cjk(next) || matches!(preceding, Preceding::Cjk { .. });
    if !beside_cjk {
        return Sides {
            before: preceding == Preceding::PunctuationSequence,
            after: false,
        };
    }
    if is_word_character(previous) && is_word_character(next) {
        return Sides::default();
    }
    Sides {
        before: !previous.is_ascii_punctuation(),
        after: !next.is_ascii_punctuation(),
    }
}

#[cfg(test)]
mod tests {
    use crate::read::markdown_events::marked_body::MarkedBody;

    /// The marked text, with `^` for each sentinel.
    fn marked(body: &str) -> String {
        match MarkedBody::new(body) {
            None => body.to_owned(),
            Some(marked) => marked.text.replace(marked.sentinel, "^"),
        }
    }

    #[test]
    fn sentinels_stand_where_a_letter_meets_punctuation() {
        let cases = [
            ("党**《", "党^**^《"),
            ("》**党", "》^**^党"),
            ("党**“", "党^**^“"),
            ("a*《", "a^*^《"),
            // Next to ASCII punctuation there is none, and none is needed.
            ("党**[", "党^**["),
            (")**党", ")**^党"),
            ("|**党", "|**^党"),
            ("党~~(", "党^~~("),
            ("葛\u{E0100}**(", "葛\u{E0100}^**("),
            ("“\u{FE01}**a", "“\u{FE01}^**^a"),
            ("∩\u{FE00}**a", "∩\u{FE00}^**a"),
            ("。\u{FE00}_a", "。\u{FE00}^_a"),
        ];
        for (body, expected) in cases {
            assert_eq!(marked(body), expected);
        }
    }

    #[test]
    fn no_sentinel_where_the_parser_knows_better() {
        let cases = [
            "",
            "*",
            "**党",
            "党**",
            "党**党",
            "a**党",
            "党**1",
            "a**(",
            "“**a",
            "党 **《",
            "党** 《",
            "党**\n《",
            "党\u{3000}**《",
            "党_《",
            "党~《",
            "党~~~《",
            "党\\*《",
            "党\\\\\\*《",
            "党\\~~《",
            "塚\u{FE00}_a",
            " \u{FE00}_a",
            "a\u{FE00}**b",
        ];
        for body in cases {
            assert!(MarkedBody::new(body).is_none(), "{:?}", marked(body));
        }
    }

    #[test]
    fn an_escaped_delimiter_is_punctuation_before_the_rest() {
        assert_eq!(marked("党\\**《"), "党\\**^《");
        assert_eq!(marked("党\\**建"), "党\\**^建");
        assert_eq!(marked("党\\\\**建"), "党\\\\**^建");
    }

    #[test]
    fn delimiters_are_found_across_blocks() {
        for distance in [0, 1, 62, 63, 64, 65, 127, 128, 300] {
            let body = format!("{}党*《", "a".repeat(distance));
            assert_eq!(
                MarkedBody::new(&body).map(|marked| marked.sentinel_starts),
                Some(vec![distance + 3, distance + 8])
            );
        }
    }
}
