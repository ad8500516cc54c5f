//! In which language the keys of a site's entries are written.

use super::entry::Language;
use crate::kind::common;
use crate::read::{Entry, Library};

/// The language of most entries of a column, else of the site, else Chinese.
pub fn of_column(library: &Library, column: Option<usize>) -> Language {
    let beside = library.entries.iter().filter(|entry| Some(entry.column) == column);
    prevailing(library, beside)
        .or_else(|| prevailing(library, library.entries.iter()))
        .unwrap_or(Language::Chinese)
}

/// The language of most of some entries; none where there are as many of either.
fn prevailing<'a>(library: &Library, entries: impl Iterator<Item = &'a Entry>) -> Option<Language> {
    let (mut chinese, mut english) = (0_usize, 0_usize);
    for entry in entries {
        match written(library.sources.text(entry.front_matter)) {
            Some(Language::Chinese) => chinese += 1,
            Some(Language::English) => english += 1,
            None => {}
        }
    }
    match chinese.cmp(&english) {
        std::cmp::Ordering::Greater => Some(Language::Chinese),
        std::cmp::Ordering::Less => Some(Language::English),
        std::cmp::Ordering::Equal => None,
    }
}

/// The language of the first key that all kinds have.
fn written(front_matter: &str) -> Option<Language> {
    front_matter.lines().find_map(|line| {
        let (name, _) = line.split_once(':')?;
        let key = common::KEYS.iter().find(|key| key.is_written(name))?;
        Some(if key.chinese == name {
            Language::Chinese
        } else {
            Language::English
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_key_tells() {
        assert_eq!(
            written("# 说明: 甲\n标题: 甲\ndate: 2026-07-01\n"),
            Some(Language::Chinese)
        );
        assert_eq!(written("title: 甲\n"), Some(Language::English));
        assert_eq!(written("别的: 甲\n"), None);
    }
}
