//! Which characters count as Chinese, Japanese or Korean.
//!
//! The names are those of the "`CommonMark` CJK-friendly Amendments", section 2.1. The ranges were
//! computed from Unicode 18's East Asian Width, Script and Emoji Presentation properties; characters
//! that are not assigned yet lie inside some of them, which the amendments allow.

use pulldown_cmark::{Event, Parser, Tag};

/// A CJK character of the amendments: East Asian Width is wide, fullwidth or halfwidth and it is not
/// shown as an emoji by default, or its script is Hangul. This includes CJK punctuation.
pub(super) fn is_cjk(character: char) -> bool {
    is_common_ideograph(character)
        || matches!(character,
            '\u{1100}'..='\u{11FF}' // Hangul
            | '\u{20A9}' // won sign
            | '\u{2329}'..='\u{232A}' // angle brackets
            | '\u{2630}'..='\u{2637}' // trigrams
            | '\u{268A}'..='\u{268F}' // monograms, digrams
            | '\u{2E80}'..='\u{303E}' // radicals, CJK punctuation
            | '\u{3041}'..='\u{3247}' // kana, bopomofo, Hangul, strokes, numbers in parentheses
            | '\u{3250}'..='\u{A4C6}' // numbers in circles, ideographs, hexagrams, Yi
            | '\u{A960}'..='\u{A97C}' // Hangul
            | '\u{AC00}'..='\u{D7FB}' // Hangul
            | '\u{F900}'..='\u{FAFF}' // compatibility ideographs
            | '\u{FE10}'..='\u{FE19}' // vertical punctuation
            | '\u{FE30}'..='\u{FE6B}' // vertical and small punctuation
            | '\u{FF01}'..='\u{FFEE}' // fullwidth and halfwidth forms
            | '\u{16FE0}'..='\u{18D20}' // Tangut, Khitan
            | '\u{18D80}'..='\u{191D2}' // Tangut
            | '\u{1AFF0}'..='\u{1B2FB}' // kana, Nüshu
            | '\u{1D300}'..='\u{1D376}' // Tai Xuan Jing, counting rods
            | '\u{1F1AE}'
            | '\u{1F200}'
            | '\u{1F202}'..='\u{1F219}'
            | '\u{1F21B}'..='\u{1F22E}'
            | '\u{1F230}'..='\u{1F231}'
            | '\u{1F237}'
            | '\u{1F23B}'..='\u{1F248}'
            | '\u{1F260}'..='\u{1F265}'
            | '\u{1F7DA}'
            | '\u{20000}'..='\u{3FFFD}' // ideographs of the supplementary planes
        )
}

/// The ideographs that nearly all Chinese text consists of; asking for them first saves time.
fn is_common_ideograph(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}')
}

/// A CJK character of a script that writes no spaces between words: Chinese and Japanese, not Korean.
pub(super) fn is_written_without_spaces(character: char) -> bool {
    is_cjk(character) && !is_korean(character)
}

/// Hangul in all its forms, and the won sign.
fn is_korean(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{11FF}'
        | '\u{20A9}'
        | '\u{302E}'..='\u{302F}'
        | '\u{3131}'..='\u{318E}'
        | '\u{3200}'..='\u{321E}'
        | '\u{3260}'..='\u{327E}'
        | '\u{A960}'..='\u{A97C}'
        | '\u{AC00}'..='\u{D7FB}'
        | '\u{FFA0}'..='\u{FFDC}'
        | '\u{FFE6}'
    )
}

/// Punctuation that Chinese shares with Latin scripts: quotation marks, dashes, the ellipsis and the
/// middle dot. Unicode calls their width ambiguous: it is that of the text around them.
pub(super) fn is_shared_punctuation(character: char) -> bool {
    matches!(
        character,
        '“' | '”' | '‘' | '’' | '—' | '―' | '…' | '·' | '\u{2E3A}' | '\u{2E3B}'
    )
}

/// An ideographic variation selector: it chooses a glyph for the ideograph before it.
pub(super) fn is_ideographic_variation_selector(character: char) -> bool {
    matches!(character, '\u{E0100}'..='\u{E01EF}')
}

/// A non-emoji general-use variation selector: any of U+FE00–U+FE0F but the last, which asks for an
/// emoji.
pub(super) fn is_general_variation_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0E}')
}

/// Any variation selector.
pub(super) fn is_variation_selector(character: char) -> bool {
    is_general_variation_selector(character) || is_ideographic_variation_selector(character) || character == '\u{FE0F}'
}

/// One of the four quotation marks that U+FE01 makes fullwidth, and so CJK punctuation.
pub(super) fn has_fullwidth_form(character: char) -> bool {
    matches!(character, '‘' | '’' | '“' | '”')
}

/// Punctuation or a symbol, by the parser's own table.
///
/// That table is not public, so the parser is asked: `_` opens emphasis after punctuation, but not
/// inside a word. This takes a microsecond and is meant for the rare case.
pub(super) fn is_punctuation(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_punctuation();
    }
    let probe = format!("x{character}_x_");
    let may_open = |event| matches!(event, Event::Start(Tag::Emphasis));
    !character.is_whitespace() && Parser::new(&probe).any(may_open)
}

/// A letter or a number of any script, which is to say: certainly no punctuation.
pub(super) fn is_word_character(character: char) -> bool {
    is_common_ideograph(character) || (character.is_alphanumeric() && !is_enclosed_letter(character))
}

/// Latin letters in circles and squares: Unicode calls them alphabetic, but symbols as well, and
/// symbols are punctuation to `CommonMark`.
fn is_enclosed_letter(character: char) -> bool {
    matches!(character,
        '\u{24B6}'..='\u{24E9}'
        | '\u{1F130}'..='\u{1F149}'
        | '\u{1F150}'..='\u{1F169}'
        | '\u{1F170}'..='\u{1F189}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_characters_are_no_punctuation_to_the_parser() {
        let surprising: Vec<char> = ('\u{80}'..=char::MAX)
            .filter(|&character| is_word_character(character))
            .filter(|&character| is_punctuation(character))
            .collect();
        assert!(surprising.is_empty(), "{surprising:?}");
    }

    #[test]
    fn enclosed_letters_are_punctuation_to_the_parser() {
        for character in ['Ⓐ', 'ⓩ', '🄰', '🅐', '🅰'] {
            assert!(character.is_alphanumeric());
            assert!(is_punctuation(character), "{character}");
            assert!(!is_word_character(character), "{character}");
        }
    }

    #[test]
    fn punctuation_is_what_the_parser_takes_for_it() {
        for character in "!_~。《“—￥€©∩😀".chars() {
            assert!(is_punctuation(character), "{character}");
        }
        for character in "a1党カ　 \u{A0}\u{301}\u{200B}\u{FE00}".chars() {
            assert!(!is_punctuation(character), "{character:?}");
        }
    }

    #[test]
    fn cjk_characters() {
        for character in "党，。《》（）〇々ーカ한①㊗～￥𠮷〰㈠Ａ".chars() {
            let expected = character != '①';
            assert_eq!(is_cjk(character), expected, "{character}");
        }
        for character in "aé“”…—·€★😀⚽𝕏\u{FE00}\u{E0100}".chars() {
            assert!(!is_cjk(character), "{character}");
        }
    }

    #[test]
    fn korean_is_written_with_spaces() {
        for character in "党。カ（".chars() {
            assert!(is_written_without_spaces(character), "{character}");
        }
        for character in "한ㄱ㈀a—".chars() {
            assert!(!is_written_without_spaces(character), "{character}");
        }
    }
}
