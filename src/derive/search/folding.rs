//! Letters that readers take for the same: full-width and half-width, upper and lower case,
//! traditional and simplified characters. Each letter has one form in the index, so that places in
//! a text and in its folded form are the same.
//!
//! Which simplified character a traditional one became is taken from the table of `OpenCC`
//! (`TSCharacters`, Apache-2.0), which comes with the crate `hanconv`. Where it knows several, the
//! first is the usual one; the others are words of their own, which a reader types as such.

use std::collections::BTreeMap;

use hanconv::RawDictionary;

/// The one form of each letter.
#[derive(Debug)]
pub struct Folding {
    simplified: BTreeMap<char, char>,
}

impl Folding {
    /// With the table of traditional characters.
    pub fn new() -> Self {
        let pairs = RawDictionary::TSCharacters.iter();
        let pairs = pairs.filter_map(|(from, to)| Some((only_letter(from)?, only_letter(to)?)));
        let table: BTreeMap<char, char> = pairs.filter(|(from, to)| from != to).collect();
        // 薴 became 苧, which itself stands for 苎 elsewhere: such a chain is followed to its end.
        let end = |letter: char| {
            let step = |letter: &char| table.get(letter).copied();
            std::iter::successors(Some(letter), step)
                .take(4)
                .last()
                .unwrap_or(letter)
        };
        Self {
            simplified: table.keys().map(|letter| (*letter, end(*letter))).collect(),
        }
    }

    /// The form of a letter in the index. All white space is a space, and so is what is not seen.
    pub fn fold(&self, letter: char) -> char {
        let narrow = narrow(letter);
        // The files join texts by a control character, so none may be a letter.
        if narrow.is_whitespace() || narrow.is_control() {
            return ' ';
        }
        if let Some(simplified) = self.simplified.get(&narrow) {
            return *simplified;
        }
        let mut lower = narrow.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(lower), None) => lower,
            _ => narrow,
        }
    }

    /// The traditional characters that become one of the given letters, each with it: what a script
    /// must know to fold a query that can find something.
    pub fn needed_for(&self, letters: &std::collections::BTreeSet<char>) -> Vec<(char, char)> {
        let pairs = self.simplified.iter().map(|(from, to)| (*from, *to));
        pairs.filter(|(_, to)| letters.contains(to)).collect()
    }
}

impl Default for Folding {
    fn default() -> Self {
        Self::new()
    }
}

fn only_letter(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.next().filter(|_| letters.next().is_none())
}

/// Full-width forms of ASCII letters and signs stand in Unicode in the same order as these.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Folding;

    #[test]
    fn what_readers_take_for_the_same_is_the_same() {
        let folding = Folding::new();
        let fold = |text: &str| text.chars().map(|letter| folding.fold(letter)).collect::<String>();
        assert_eq!(fold("黨建聯盟"), "党建联盟");
        assert_eq!(fold("５Ｇ基站"), "5g基站");
        assert_eq!(fold("Ｒ＆Ｄ　2019年"), "r&d 2019年");
        assert_eq!(fold("裡後於臺"), "里后于台");
        assert_eq!(fold("党建联盟，92.4%"), "党建联盟,92.4%");
        assert_eq!(fold("𠮷\u{a0}ß"), "𠮷 ß");
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        let folding = Folding::new();
        for letter in ('\u{0}'..='\u{2ffff}').filter(|letter| !letter.is_control()) {
            let once = folding.fold(letter);
            assert_eq!(folding.fold(once), once, "{letter}");
        }
    }

    #[test]
    fn a_site_ships_only_what_its_letters_need() {
        let pairs = Folding::new().needed_for(&BTreeSet::from(['党', '里']));
        assert!(
            pairs.contains(&('黨', '党')) && pairs.contains(&('裡', '里')) && pairs.len() < 6,
            "{pairs:?}"
        );
    }
}
