//! Rows of figures in a text: groups of them with one sign between each, as numbers of persons are written.
//!
//! Most texts have no row that is long enough, so that looking for one has to cost next to nothing: bytes are
//! compared, and nothing is kept before eleven figures stand together.

use std::ops::Range;

/// The fewest figures of any number that is looked for: those of a mobile.
const FEWEST: usize = 11;

/// What stands between two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A space of any kind.
    Space,
    /// A hyphen or dash.
    Hyphen,
}

/// One figure, or the X at the end of an identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// `0` to `9` or `X`.
    pub letter: u8,
    /// Its bytes in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// Groups of figures, one sign between each.
#[derive(Debug, Default)]
pub struct Row {
    /// All figures of all groups.
    pub figures: Vec<Figure>,
    /// The groups: numbers of figures.
    pub groups: Vec<Range<usize>>,
    /// What stands behind each group but the last.
    pub signs: Vec<Sign>,
}

impl Row {
    /// The figures of some groups as text.
    pub fn letters(&self, groups: Range<usize>) -> String {
        let figures = self.figures_of(groups);
        figures.iter().map(|figure| char::from(figure.letter)).collect()
    }

    /// The bytes of some groups in the text.
    pub fn range(&self, groups: Range<usize>) -> Range<usize> {
        let figures = self.figures_of(groups);
        let start = figures.first().map_or(0, |figure| figure.start);
        start..figures.last().map_or(start, |figure| figure.end)
    }

    /// The bytes of the last figures of a group.
    pub fn end_of(&self, group: usize, count: usize) -> Range<usize> {
        let figures = self.figures_of(group..group + 1);
        let first = figures.get(figures.len().saturating_sub(count));
        let whole = self.range(group..group + 1);
        first.map_or(whole.start, |figure| figure.start)..whole.end
    }

    fn figures_of(&self, groups: Range<usize>) -> &[Figure] {
        let first = self.groups.get(groups.start).map_or(0, |group| group.start);
        let end = groups
            .end
            .checked_sub(1)
            .and_then(|last| self.groups.get(last))
            .map_or(first, |group| group.end);
        self.figures.get(first..end).unwrap_or_default()
    }
}

/// Calls back for each row of eleven figures or more.
pub fn each_row(text: &str, mut visit: impl FnMut(&Row)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(begin) = next_figure(bytes, at) {
        let (end, count) = extent(bytes, begin);
        if count >= FEWEST {
            visit(&read(bytes, begin..end));
        }
        at = end;
    }
}

/// Where the next figure begins.
fn next_figure(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|byte| byte.is_ascii_digit() || *byte == 0xEF)?;
        if figure(bytes, at).is_some() {
            return Some(at);
        }
        at += 1;
    }
}

/// Where a row ends, and how many figures it has.
fn extent(bytes: &[u8], begin: usize) -> (usize, usize) {
    let (mut at, mut count) = (begin, 0);
    loop {
        while let Some((_, length)) = figure(bytes, at) {
            at += length;
            count += 1;
        }
        match sign(bytes, at) {
            Some((_, length)) if figure(bytes, at + length).is_some() => at += length,
            _ => return (at, count),
        }
    }
}

fn read(bytes: &[u8], range: Range<usize>) -> Row {
    let mut row = Row::default();
    let mut at = range.start;
    while at < range.end {
        let first = row.figures.len();
        while let Some((letter, length)) = figure(bytes, at) {
            row.figures.push(Figure {
                letter,
                start: at,
                end: at + length,
            });
            at += length;
        }
        if let Some(length) = check_letter(bytes, at) {
            row.figures.push(Figure {
                letter: b'X',
                start: at,
                end: at + length,
            });
        }
        row.groups.push(first..row.figures.len());
        if let Some((found, length)) = sign(bytes, at).filter(|_| at < range.end) {
            row.signs.push(found);
            at += length;
        }
    }
    row
}

/// A half-width or full-width figure, and how many bytes it has.
fn figure(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    match bytes.get(at..)? {
        [digit @ b'0'..=b'9', ..] => Some((*digit, 1)),
        [0xEF, 0xBC, digit @ 0x90..=0x99, ..] => Some((digit - 0x90 + b'0', 3)),
        _ => None,
    }
}

/// The X behind figures, if nothing that belongs to a word follows.
fn check_letter(bytes: &[u8], at: usize) -> Option<usize> {
    let length = match bytes.get(at..)? {
        [b'X' | b'x', ..] => 1,
        [0xEF, 0xBC, 0xB8, ..] | [0xEF, 0xBD, 0x98, ..] => 3,
        _ => return None,
    };
    let goes_on = bytes
        .get(at + length)
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    (!goes_on).then_some(length)
}

fn sign(bytes: &[u8], at: usize) -> Option<(Sign, usize)> {
    match bytes.get(at..)? {
        [b' ', ..] => Some((Sign::Space, 1)),
        [b'-', ..] => Some((Sign::Hyphen, 1)),
        // No-break space, ideographic space.
        [0xC2, 0xA0, ..] => Some((Sign::Space, 2)),
        [0xE3, 0x80, 0x80, ..] => Some((Sign::Space, 3)),
        // U+2010 to U+2015, and the full-width hyphen.
        [0xE2, 0x80, 0x90..=0x95, ..] | [0xEF, 0xBC, 0x8D, ..] => Some((Sign::Hyphen, 3)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_row(text, |row| {
            let groups: Vec<String> = (0..row.groups.len()).map(|at| row.letters(at..at + 1)).collect();
            found.push(groups.join("|"));
        });
        found
    }

    #[test]
    fn rows_are_read_in_all_their_forms() {
        assert_eq!(rows("电话13800000001。"), ["13800000001"]);
        assert_eq!(rows("１３８－００００　０００１"), ["138|0000|0001"]);
        assert_eq!(rows("110105 19491231 002x，"), ["110105|19491231|002X"]);
        assert_eq!(rows("11010519491231002Ｘ"), ["11010519491231002X"]);
        assert_eq!(rows("138  0000  0001"), [""; 0], "two spaces part");
        assert_eq!(rows("2026-07-01 09:26"), [""; 0]);
        assert_eq!(rows("1234567890xyz，全角：，。"), [""; 0]);
        assert_eq!(rows("123456789012xyz"), ["123456789012"]);
    }

    #[test]
    fn groups_have_their_places() {
        let text = "号１３８ 0000-0001。";
        each_row(text, |row| {
            assert_eq!(&text[row.range(0..1)], "１３８");
            assert_eq!(&text[row.range(1..3)], "0000-0001");
            assert_eq!(row.letters(1..3), "00000001");
            assert_eq!(row.signs, [Sign::Space, Sign::Hyphen]);
            assert_eq!(&text[row.end_of(2, 2)], "01");
        });
        assert_eq!(rows(text).len(), 1);
    }
}
