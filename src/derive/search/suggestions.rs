//! What a script needs to guess which word was meant, from how it sounds: readings of characters, and
//! which characters stand side by side in names.
//!
//! Whoever types `zhangjiang`, `zj` or 章江 means 张江. Runs of characters with the wanted sounds are
//! found along the pairs; whether and where such a run occurs, the index itself says exactly. So there is
//! no list of names, whose size would grow with the site, and no spelling that leads nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use encoding_rs::GBK;
use pinyin::ToPinyinMulti;

use super::gram_parts::Part;
use super::grams::IN_NAMES;
use super::letters::is_han;
use super::page_lists;

/// What suggestions are made of.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Suggestions {
    /// By syllable, in plain letters with `v` for `ü`: the characters that may be read so.
    pub readings: BTreeMap<String, BTreeSet<char>>,
    /// By character: those that follow it in a title or a name somewhere on the site.
    pub pairs: BTreeMap<char, BTreeSet<char>>,
}

/// From the grams of a site: the list of a pair says whether it stands in a title or a name somewhere.
/// The readings are those of another site's suggestions if that has the same pairs.
pub fn suggestions(parts: &[Arc<Part>], known: Option<&Suggestions>) -> Suggestions {
    let pairs = pairs(parts);
    if let Some(known) = known.filter(|known| known.pairs == pairs) {
        return known.clone();
    }
    let own = pairs.iter().flat_map(|(first, seconds)| seconds.iter().chain([first]));
    Suggestions {
        readings: readings(common_characters().chain(own.copied())),
        pairs,
    }
}

/// Whether suggestions may be others when this gram is.
pub fn may_touch(text: &str) -> bool {
    pair(text).is_some()
}

/// A gram that is two Han characters.
fn pair(text: &str) -> Option<(char, char)> {
    let mut letters = text.chars();
    let pair = (letters.next()?, letters.next()?);
    (letters.next().is_none() && is_han(pair.0) && is_han(pair.1)).then_some(pair)
}

fn pairs(parts: &[Arc<Part>]) -> BTreeMap<char, BTreeSet<char>> {
    let mut pairs: BTreeMap<char, BTreeSet<char>> = BTreeMap::new();
    for part in parts {
        for (place, text) in part.texts().enumerate() {
            if let Some((first, second)) = pair(text)
                && page_lists::best_class(part.list(place)) <= IN_NAMES
            {
                pairs.entry(first).or_default().insert(second);
            }
        }
    }
    pairs
}

fn readings(characters: impl Iterator<Item = char>) -> BTreeMap<String, BTreeSet<char>> {
    let mut readings: BTreeMap<String, BTreeSet<char>> = BTreeMap::new();
    for character in characters {
        for reading in character.to_pinyin_multi().into_iter().flatten() {
            let syllable = reading.plain().replace('ü', "v").replace('ê', "e");
            // A few exclamations are read as a consonant alone, with a tone mark on it.
            if syllable.bytes().all(|byte| byte.is_ascii_lowercase()) {
                readings.entry(syllable).or_default().insert(character);
            }
        }
    }
    readings
}

/// The 6763 characters of GB 2312, the rows 16 to 87 of its table: a reader who mishears a name types
/// one of them, whether or not the site has it.
fn common_characters() -> impl Iterator<Item = char> {
    let cells = (0xb0..=0xf7_u8).flat_map(|row| (0xa1..=0xfe_u8).map(move |cell| [row, cell]));
    cells.filter_map(|bytes| {
        let (text, _, failed) = GBK.decode(&bytes);
        // Five cells at the end of the first level are empty there and private in what followed.
        text.chars().next().filter(|letter| !failed && is_han(*letter))
    })
}

#[cfg(test)]
mod tests {
    use super::super::folding::Folding;
    use super::super::grams::{self, IN_TEXT, IN_TITLE};
    use super::super::letters::{Numbering, joined};
    use super::{common_characters, suggestions};

    #[test]
    fn common_characters_are_those_of_the_standard() {
        let all: Vec<char> = common_characters().collect();
        // GB 2312-80: 3755 characters in the first level, in the order of their pinyin, 3008 in the second.
        assert_eq!(all.len(), 3755 + 3008);
        assert_eq!((all[0], all[3754], all[3755], all[6762]), ('啊', '座', '亍', '齄'));
    }

    #[test]
    fn names_lead_from_character_to_character_and_text_does_not() {
        let folding = Folding::new();
        let mut numbering = Numbering::new(&folding);
        numbering.add(0, IN_TITLE, "張江AI");
        numbering.add(0, IN_TEXT, "江边");
        let found = suggestions(&grams::stored(&joined(vec![numbering.finish()]), 1), None);
        assert_eq!(
            suggestions(&grams::stored(&joined(Vec::new()), 0), Some(&found))
                .pairs
                .len(),
            0
        );
        let pairs: Vec<_> = found.pairs.iter().collect();
        assert_eq!(pairs, [(&'张', &['江'].into())]);
        let reads = |syllable: &str, letter: char| found.readings[syllable].contains(&letter);
        assert!(reads("zhang", '张') && reads("zhang", '章') && reads("jiang", '江'));
        assert!(reads("lv", '吕') && reads("nv", '女'));
        assert!(reads("zhong", '重') && reads("chong", '重'), "several readings");
        assert!(
            found.readings.keys().all(|syllable| syllable.len() <= 6),
            "{:?}",
            found.readings.keys()
        );
        assert!((380..=430).contains(&found.readings.len()), "{}", found.readings.len());
    }
}
