//! What texts would be if what was found were mended: `hongtu fix`.
//!
//! A change replaces exactly the bytes of its place. Everything else in a file stays as it is, byte for byte:
//! comments, the order of keys, line ends. Pure: `write` does it.

use std::collections::BTreeMap;

use similar::TextDiff;

use crate::diagnostic::{Certainty, Diagnostic, Fix, Rule};
use crate::source::{FileId, Sources};

/// So many lines are shown around a change.
const CONTEXT: usize = 3;

/// Which problems are to be mended.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// All that can be mended without a second look.
    Certain,
    /// Those of some rules, also by the first proposal where nothing is certain.
    Rules(Vec<Rule>),
}

/// A file that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub file: FileId,
    /// What it would hold.
    pub text: String,
    /// By rule: how many problems would be mended.
    pub mended: BTreeMap<&'static str, usize>,
}

impl Wanted {
    /// What is to be done about a problem; nothing if that is empty.
    fn fixes<'a>(&self, diagnostic: &'a Diagnostic) -> Vec<&'a Fix> {
        let certain: Vec<&Fix> = diagnostic
            .fixes
            .iter()
            .filter(|fix| fix.certainty == Certainty::Certain)
            .collect();
        match self {
            Self::Rules(rules) if !rules.contains(&diagnostic.rule) => Vec::new(),
            Self::Rules(_) if certain.is_empty() => diagnostic.fixes.first().into_iter().collect(),
            Self::Certain | Self::Rules(_) => certain,
        }
    }
}

/// The files that would change. Where two problems want to change the same words, the first one does.
pub fn changes(diagnostics: &[Diagnostic], sources: &Sources, wanted: &Wanted) -> Vec<Change> {
    let mut by_file: BTreeMap<FileId, FileFixes<'_>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let fixes = wanted.fixes(diagnostic);
        let Some(first) = fixes.first() else { continue };
        // What mends one problem is done whole or not at all, and stands in one file.
        if fixes.iter().all(|fix| fix.span.file == first.span.file) {
            by_file
                .entry(first.span.file)
                .or_default()
                .take(&fixes, diagnostic.rule);
        }
    }
    by_file
        .into_iter()
        .filter_map(|(file, fixes)| {
            let text = fixes.applied(&sources.get(file)?.text)?;
            Some(Change {
                file,
                text,
                mended: fixes.mended,
            })
        })
        .collect()
}

/// What is to be done in one file.
#[derive(Default)]
struct FileFixes<'a> {
    /// By the first byte; none overlaps another.
    fixes: BTreeMap<u32, &'a Fix>,
    mended: BTreeMap<&'static str, usize>,
}

impl<'a> FileFixes<'a> {
    fn take(&mut self, fixes: &[&'a Fix], rule: Rule) {
        // Two rules may want the same.
        let new: Vec<&Fix> = fixes
            .iter()
            .copied()
            .filter(|fix| self.fixes.get(&fix.span.start) != Some(fix))
            .collect();
        if new.iter().any(|fix| self.is_taken(fix)) {
            return;
        }
        for fix in new {
            self.fixes.insert(fix.span.start, fix);
        }
        *self.mended.entry(rule.id).or_default() += 1;
    }

    fn is_taken(&self, fix: &Fix) -> bool {
        let before = self.fixes.range(..=fix.span.start).next_back();
        let after = self.fixes.range(fix.span.start..).next();
        before.is_some_and(|(_, other)| other.span.end > fix.span.start || other.span.start == fix.span.start)
            || after.is_some_and(|(start, _)| *start < fix.span.end)
    }

    /// The text with everything done; none if it is what it was.
    fn applied(&self, text: &str) -> Option<String> {
        let mut new = String::with_capacity(text.len());
        let mut at = 0;
        for fix in self.fixes.values() {
            let range = fix.span.range();
            new.push_str(text.get(at..range.start)?);
            new.push_str(&fix.replacement);
            at = range.end;
        }
        new.push_str(text.get(at..)?);
        (new != text).then_some(new)
    }
}

/// How a file changes, as `diff -u` says it: `patch -p1` does it, `patch -R -p1` takes it back.
pub fn unified_diff(path: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(CONTEXT)
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}

#[cfg(test)]
mod tests;
