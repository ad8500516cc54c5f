//! What the destination of a link or an image leads to.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use super::Library;
use super::entry::{Entry, EntryId};
use crate::diagnostic::nearest::nearest;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// An entry's page, perhaps a heading on it.
    Entry(EntryId, Option<String>),
    /// A column's list.
    Column(usize),
    /// A heading of the same page.
    Here(String),
    /// An image or attachment, by its path below `content/`.
    File(String),
    /// Another site, an address for mail, a telephone number.
    Outside(String),
    /// An entry that has no page in this build.
    Hidden(EntryId),
    /// Nothing.
    Broken(Breach),
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Breach {
    /// No such file; perhaps another path was meant.
    Missing {
        /// A path that is near.
        nearest: Option<String>,
    },
    /// There is a file whose path differs in letter case only.
    LetterCase {
        /// The path as it is.
        real: String,
    },
    /// The page has no heading with this id; perhaps another was meant.
    NoHeading {
        /// An id that is near.
        nearest: Option<String>,
    },
    /// The path leaves `content/`.
    LeavesContent,
    /// A scheme such as `javascript:` or `file:`.
    Scheme(String),
    /// Nothing was written.
    Empty,
}

/// A destination taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Percent-decoded, composed; without query and fragment.
    pub path: String,
    /// Percent-decoded; without `#`.
    pub fragment: Option<String>,
}

/// Takes a destination apart.
pub fn split_destination(destination: &str) -> Destination {
    let (path, fragment) = destination
        .split_once('#')
        .map_or((destination, None), |(path, fragment)| (path, Some(fragment)));
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    Destination {
        path: decoded(path),
        fragment: fragment.map(decoded),
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text)
        .decode_utf8_lossy()
        .replace('\\', "/")
        .nfc()
        .collect()
}

/// The path below `content/` that a relative path leads to from a file, or that a path which
/// begins with `/` names; `None` when it leaves `content/`.
pub fn joined(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = if path.starts_with('/') {
        Vec::new()
    } else {
        from.split('/').collect()
    };
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The scheme of a destination such as `https:`, lower-cased.
pub fn scheme(destination: &str) -> Option<String> {
    let (scheme, _) = destination.split_once(':')?;
    let mut characters = scheme.chars();
    let is_scheme = characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// The schemes that a link may have.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "sms", "geo"];

impl Library {
    /// Where a destination in an entry leads.
    pub fn link_target(&self, from: &Entry, destination: &str) -> LinkTarget {
        let destination = destination.trim();
        if destination.is_empty() {
            return LinkTarget::Broken(Breach::Empty);
        }
        if destination.starts_with("//") {
            return LinkTarget::Outside(destination.to_owned());
        }
        if let Some(scheme) = scheme(destination) {
            let allowed = SCHEMES.contains(&scheme.as_str());
            return if allowed {
                LinkTarget::Outside(destination.to_owned())
            } else {
                LinkTarget::Broken(Breach::Scheme(scheme))
            };
        }
        let Destination { path, fragment } = split_destination(destination);
        let fragment = fragment.filter(|fragment| !fragment.is_empty());
        if path.is_empty() {
            return match fragment {
                None => LinkTarget::Here(String::new()),
                Some(fragment) => match missing_heading(from, &fragment) {
                    Some(breach) => LinkTarget::Broken(breach),
                    None => LinkTarget::Here(fragment),
                },
            };
        }
        match joined(&from.content_path, &path) {
            Some(path) => self.target_of_path(&path, fragment),
            None => LinkTarget::Broken(Breach::LeavesContent),
        }
    }

    fn target_of_path(&self, path: &str, fragment: Option<String>) -> LinkTarget {
        if let Some(id) = self.by_file.get(path) {
            return self.target_of_entry(*id, fragment);
        }
        let folder = path
            .strip_suffix("index.md")
            .map_or(path, |folder| folder.trim_end_matches('/'));
        if let Some(column) = self
            .columns
            .iter()
            .position(|column| !folder.is_empty() && column.folder == folder)
            .filter(|column| self.has_list(*column))
        {
            return LinkTarget::Column(column);
        }
        if self.files.all.contains(path) {
            return LinkTarget::File(path.to_owned());
        }
        let other_case = self.files.other_case(path).map(str::to_owned).or_else(|| {
            let lower = path.to_lowercase();
            self.by_file.keys().find(|known| known.to_lowercase() == lower).cloned()
        });
        if let Some(real) = other_case {
            return LinkTarget::Broken(Breach::LetterCase { real });
        }
        let with_extension = format!("{path}.md");
        if self.by_file.contains_key(&with_extension) {
            return LinkTarget::Broken(Breach::Missing {
                nearest: Some(with_extension),
            });
        }
        let known = self.by_file.keys().chain(self.files.all.iter()).map(String::as_str);
        LinkTarget::Broken(Breach::Missing {
            nearest: nearest_path(path, known),
        })
    }

    fn target_of_entry(&self, id: EntryId, fragment: Option<String>) -> LinkTarget {
        let entry = self.entry(id);
        if !entry.is_shown() {
            return LinkTarget::Hidden(id);
        }
        match fragment
            .as_deref()
            .and_then(|fragment| missing_heading(entry, fragment))
        {
            Some(breach) => LinkTarget::Broken(breach),
            None => LinkTarget::Entry(id, fragment),
        }
    }
}

/// A path with the same name in another folder is the likeliest slip; then one that is near.
pub fn nearest_path<'a>(path: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let same_name = known
        .clone()
        .find(|known| known.rsplit_once('/').map_or(*known, |(_, name)| name) == name);
    // In a long path two names that have nothing in common would count as near.
    let stem = |path: &'a str| {
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    };
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    same_name
        .or_else(|| nearest(path, known.filter(|known| nearest(name, [stem(known)]).is_some())))
        .map(str::to_owned)
}

fn missing_heading(entry: &Entry, fragment: &str) -> Option<Breach> {
    let has = entry.outline.headings.iter().any(|heading| heading.id == fragment);
    let is_footnote = fragment.starts_with("fn-") || fragment.starts_with("fnref-");
    (!has && !is_footnote).then(|| {
        let ids = entry.outline.headings.iter().map(|heading| heading.id.as_str());
        Breach::NoHeading {
            nearest: nearest(fragment, ids).map(str::to_owned),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_and_never_leave_the_content() {
        assert_eq!(joined("cases/a.md", "../points/b.md").as_deref(), Some("points/b.md"));
        assert_eq!(joined("cases/a.md", "b.jpg").as_deref(), Some("cases/b.jpg"));
        assert_eq!(joined("cases/a.md", "/assets/b.jpg").as_deref(), Some("assets/b.jpg"));
        assert_eq!(
            joined("cases/a.md", "./x//y/../b.jpg").as_deref(),
            Some("cases/x/b.jpg")
        );
        assert_eq!(joined("cases/a.md", "../../b.jpg"), None);
    }

    #[test]
    fn destinations_are_decoded() {
        let destination = split_destination("%E6%97%A0%E9%94%A1.md?x=1#%E8%83%8C%E6%99%AF");
        assert_eq!(
            (destination.path.as_str(), destination.fragment.as_deref()),
            ("无锡.md", Some("背景"))
        );
    }

    #[test]
    fn schemes() {
        assert_eq!(scheme("JavaScript:alert(1)").as_deref(), Some("javascript"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(scheme("标题:甲"), None);
    }
}
