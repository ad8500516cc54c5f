//! What every character is, in one table: the rules look a character up instead of asking for it.
//!
//! Which characters exist in one script only is not a matter of a conversion table alone: 后 and 台 are
//! simplified and traditional at once. So a traditional one counts only if it has a simplified form and
//! GB 2312 does not have it, and the other way round with the usual part of Big5. The forms are those of `OpenCC`
//! (Apache-2.0), which come with the crate `hanconv`.

use std::collections::BTreeMap;

use encoding_rs::{BIG5, GBK};
use hanconv::RawDictionary;

/// A Chinese character.
pub const HAN: u16 = 1;
/// One of the 3,755 usual characters of GB 2312, or the traditional form of one.
pub const COMMON: u16 = 1 << 1;
/// Traditional only.
pub const TRADITIONAL: u16 = 1 << 2;
/// Simplified only.
pub const SIMPLIFIED: u16 = 1 << 3;
/// Half of a pair: brackets, quotation marks.
pub const PAIR: u16 = 1 << 4;
/// Not seen, or a double of another character that looks the same.
pub const INVISIBLE: u16 = 1 << 5;
/// A form of a mark for small or vertical type.
pub const SMALL_FORM: u16 = 1 << 6;
/// `, : ; ? ! ( )`
pub const HALF_MARK: u16 = 1 << 7;
/// A sign that Chinese text hardly has: private use, Greek, Cyrillic, kana, frames.
pub const ODD: u16 = 1 << 8;
/// `* < > & / \ #`
pub const MARKUP: u16 = 1 << 9;
/// A digit.
pub const DIGIT: u16 = 1 << 10;
/// A letter or figure of full width.
pub const FULL_WIDTH: u16 = 1 << 12;
/// U+00A0 to U+00FF and what Windows puts below.
pub const LATIN_1: u16 = 1 << 11;

/// Traditional, although GB 2312 has it.
const TRADITIONAL_ALL_THE_SAME: &str = "後";

/// Simplified forms that traditional texts have as characters of their own.
const BOTH: &str = "于后里干斗台余准游范征筑辟云愿群并么峰咨采注周复制只系";

/// Characters of names that have a simplified form and are official again since 2013, or that are written
/// in brand names on purpose.
const NAMES: &str = "昇陞甯甦龢邨堃喆淼犇鑫喆祇頫";

/// The table.
#[derive(Debug)]
pub struct Letters {
    classes: Vec<u16>,
    simplified: BTreeMap<char, char>,
}

impl Letters {
    /// Makes the table.
    pub fn new() -> Self {
        let mut letters = Self {
            classes: vec![0; 0x1_0000],
            simplified: BTreeMap::new(),
        };
        letters.mark_ranges();
        letters.mark_gb_2312();
        letters.mark_scripts();
        letters
    }

    /// The classes of a character.
    pub fn of(&self, letter: char) -> u16 {
        let number = letter as usize;
        match self.classes.get(number) {
            Some(class) => *class,
            None if (0x2_0000..0x3_3480).contains(&number) => HAN,
            None if number >= 0xf_0000 => ODD,
            None => 0,
        }
    }

    /// Whether it is a Chinese character.
    pub fn is_han(&self, letter: char) -> bool {
        self.of(letter) & HAN != 0
    }

    /// The simplified form of a character that is traditional only.
    pub fn simplified(&self, letter: char) -> char {
        self.simplified.get(&letter).copied().unwrap_or(letter)
    }

    fn mark(&mut self, letter: char, class: u16) {
        if let Some(own) = self.classes.get_mut(letter as usize) {
            *own |= class;
        }
    }

    fn mark_ranges(&mut self) {
        let ranges: &[(char, char, u16)] = &[
            ('\u{3400}', '\u{4dbf}', HAN),
            ('\u{4e00}', '\u{9fff}', HAN),
            ('〇', '〇', HAN | COMMON),
            ('\u{f900}', '\u{faff}', HAN | INVISIBLE),
            ('\u{2e80}', '\u{2fdf}', INVISIBLE),
            ('\u{e000}', '\u{f8ff}', ODD | INVISIBLE),
            ('\u{fffd}', '\u{fffd}', ODD | INVISIBLE),
            ('\u{370}', '\u{52f}', ODD),
            ('\u{2500}', '\u{257f}', ODD),
            ('\u{3041}', '\u{312f}', ODD),
            ('\u{ff61}', '\u{ff9f}', ODD),
            ('\u{2200}', '\u{22ff}', ODD),
            ('\u{0}', '\u{8}', INVISIBLE),
            ('\u{b}', '\u{c}', INVISIBLE),
            ('\u{e}', '\u{1f}', INVISIBLE),
            ('\u{7f}', '\u{a0}', INVISIBLE),
            ('\u{a0}', '\u{ff}', LATIN_1),
            ('\u{ad}', '\u{ad}', INVISIBLE),
            ('\u{61c}', '\u{61c}', INVISIBLE),
            ('\u{180e}', '\u{180e}', INVISIBLE),
            ('\u{200b}', '\u{200f}', INVISIBLE),
            ('\u{2028}', '\u{202e}', INVISIBLE),
            ('\u{2060}', '\u{2069}', INVISIBLE),
            ('\u{feff}', '\u{feff}', INVISIBLE),
            ('\u{fe10}', '\u{fe19}', SMALL_FORM),
            ('\u{fe30}', '\u{fe6b}', SMALL_FORM),
            ('0', '9', DIGIT),
            ('０', '９', DIGIT | FULL_WIDTH),
            ('Ａ', 'Ｚ', FULL_WIDTH),
            ('ａ', 'ｚ', FULL_WIDTH),
        ];
        for (first, last, class) in ranges {
            (*first..=*last).for_each(|letter| self.mark(letter, *class));
        }
        for (letters, class) in [
            ("“”‘’《》〈〉（）()【】〔〕「」『』", PAIR),
            (",:;?!()", HALF_MARK),
            ("*<>&/\\#|＞»", MARKUP),
            ("•・･", SMALL_FORM),
            ("ƒŠŒŽšœžŸˆ˜–—‘’“”„†‡…‰‹›€™", LATIN_1),
        ] {
            letters.chars().for_each(|letter| self.mark(letter, class));
        }
    }

    fn mark_gb_2312(&mut self) {
        for lead in 0xb0_u8..=0xd7 {
            for trail in 0xa1_u8..=0xfe {
                let pair = [lead, trail];
                let (text, had_errors) = GBK.decode_without_bom_handling(&pair);
                // The last five places of the last row are empty.
                let letter = text.chars().next().filter(|letter| !had_errors && self.is_han(*letter));
                if let Some(letter) = letter {
                    self.mark(letter, COMMON);
                }
            }
        }
    }

    fn mark_scripts(&mut self) {
        for (from, to) in RawDictionary::TSCharacters.var_iter() {
            let (Some(from), false) = (only_letter(from), to.contains(&from)) else {
                continue;
            };
            let is_shared = is_in_gb_2312(from) && !TRADITIONAL_ALL_THE_SAME.contains(from);
            if is_shared || NAMES.contains(from) {
                continue;
            }
            let Some(to) = to.first().and_then(|to| only_letter(to)) else {
                continue;
            };
            let usual = self.of(to) & COMMON;
            self.mark(from, TRADITIONAL | usual);
            self.simplified.insert(from, to);
        }
        for (from, to) in RawDictionary::STCharacters.var_iter() {
            let Some(letter) = only_letter(from).filter(|_| !to.contains(&from)) else {
                continue;
            };
            if !is_usual_in_big5(from) && !BOTH.contains(letter) {
                self.mark(letter, SIMPLIFIED);
            }
        }
    }
}

/// The character of a text that is one character long.
pub fn only_letter(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.next().filter(|_| letters.next().is_none())
}

fn is_in_gb_2312(letter: char) -> bool {
    let mut buffer = [0; 4];
    let text: &str = letter.encode_utf8(&mut buffer);
    let (bytes, _, had_errors) = GBK.encode(text);
    !had_errors && matches!(*bytes, [0xb0..=0xf7, 0xa1..=0xfe])
}

/// The first part of Big5 has the usual traditional characters; the second has 党 and 体 too, as rare ones.
fn is_usual_in_big5(text: &str) -> bool {
    let (bytes, _, had_errors) = BIG5.encode(text);
    !had_errors && matches!(*bytes, [0xa4..=0xc6, _])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_has_its_script_only_if_the_other_does_not_have_it() {
        let letters = Letters::new();
        for letter in "黨體後裡隻採証閆鍾與長".chars() {
            assert!(letters.of(letter) & TRADITIONAL != 0, "{letter}");
        }
        for letter in "证长业务们这产农".chars() {
            assert!(letters.of(letter) & SIMPLIFIED != 0, "{letter}");
        }
        for letter in "后里干斗台余准游范征筑辟云愿群并么峰咨采注周复制只系于乾著昇甯".chars()
        {
            assert_eq!(letters.of(letter) & TRADITIONAL, 0, "{letter}");
        }
        for letter in "后里干斗台余准游范征筑群峰咨采注周只系于".chars() {
            assert_eq!(letters.of(letter) & SIMPLIFIED, 0, "{letter}");
        }
        assert_eq!(letters.simplified('黨'), '党');
    }

    #[test]
    fn usual_characters_are_usual_in_both_scripts() {
        let letters = Letters::new();
        for letter in "的党建園區聯盟〇".chars() {
            assert!(letters.of(letter) & COMMON != 0, "{letter}");
        }
        for letter in "鄠顒轶耙粍椒痢楂樻柊"
            .chars()
            .filter(|letter| !"耙椒痢".contains(*letter))
        {
            assert_eq!(letters.of(letter) & COMMON, 0, "{letter}");
        }
        let usual = (0x4e00..0xa000_u32).filter_map(char::from_u32);
        let usual = usual.filter(|letter| letters.of(*letter) & (COMMON | TRADITIONAL) == COMMON);
        assert_eq!(usual.count(), 3755);
    }
}
