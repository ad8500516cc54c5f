//! What the server shows: the last outputs that were good, and what is wrong since. A value; the loop
//! replaces it as a whole, and whoever answers a request holds one for as long as it takes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Built;
use crate::diagnostic::Diagnostic;
use crate::render::Outputs;
use crate::render::page_sources::{self, PageSource};
use crate::source::Sources;

/// What is shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What was made when nothing was wrong, if ever.
    pub good: Option<Arc<Good>>,
    /// What the newest build found.
    pub found: Arc<Found>,
}

/// The outputs of a build without errors.
#[derive(Debug)]
pub struct Good {
    /// By their paths.
    pub outputs: Outputs,
    /// Which text each page is made from.
    pub pages: BTreeMap<String, PageSource>,
    /// The texts.
    pub sources: Arc<Sources>,
}

/// What a build found.
#[derive(Debug, Default)]
pub struct Found {
    /// What is wrong in texts, in its one order.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts.
    pub sources: Arc<Sources>,
    /// Why there was no build, in words.
    pub failure: Option<String>,
}

impl Found {
    /// What stops the portal from being made anew.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error())
    }

    /// Whether the outputs that are shown are not those of the texts as they are.
    pub fn is_bad(&self) -> bool {
        self.failure.is_some() || self.errors().next().is_some()
    }
}

impl Shown {
    /// What is shown after a build; what was shown before stays where that has errors.
    pub fn after(before: Option<&Self>, built: Built) -> Self {
        let has_errors = built.has_errors();
        let sources = Arc::new(built.sources().clone());
        let mut diagnostics = built.diagnostics;
        let made = if has_errors {
            None
        } else {
            let made = built.rendered.portal.outputs();
            made.map_err(|problems| diagnostics.extend(problems)).ok()
        };
        let good = match made {
            Some(outputs) => Some(Arc::new(Good {
                outputs,
                pages: page_sources::of(&built.library),
                sources: Arc::clone(&sources),
            })),
            None => before.and_then(|shown| shown.good.clone()),
        };
        let found = Found {
            diagnostics,
            sources,
            failure: None,
        };
        Self {
            good,
            found: Arc::new(found),
        }
    }

    /// What is shown when there was no build.
    pub fn after_failure(before: Option<&Self>, failure: String) -> Self {
        let found = Found {
            failure: Some(failure),
            ..Found::default()
        };
        Self {
            good: before.and_then(|shown| shown.good.clone()),
            found: Arc::new(found),
        }
    }
}

impl Good {
    /// The bytes of a path.
    pub fn output(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.outputs.get(path)
    }

    /// The paths of the outputs that are not the same in another build. Outputs that were kept are the
    /// same place in memory, and need not be compared.
    pub fn differing<'a>(&'a self, other: &'a Self) -> Vec<&'a str> {
        let mut differing = Vec::new();
        let mut own = self.outputs.iter().peekable();
        let mut others = other.outputs.iter().peekable();
        loop {
            let order = match (own.peek(), others.peek()) {
                (None, None) => return differing,
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some((path, _)), Some((other, _))) => path.cmp(other),
            };
            let one = if order.is_le() { own.next() } else { None };
            let another = if order.is_ge() { others.next() } else { None };
            match (one, another) {
                (Some((_, bytes)), Some((_, others))) if Arc::ptr_eq(bytes, others) || bytes == others => {}
                (Some((path, _)), _) | (None, Some((path, _))) => differing.push(path),
                (None, None) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good(outputs: &[(&str, &str)]) -> Good {
        let outputs = outputs
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().into()));
        Good {
            outputs: outputs.collect(),
            pages: BTreeMap::new(),
            sources: Arc::default(),
        }
    }

    #[test]
    fn what_differs_is_what_is_new_gone_or_other() {
        let before = good(&[("a", "1"), ("b", "2"), ("c", "3"), ("e", "5")]);
        let after = good(&[("a", "1"), ("b", "二"), ("d", "4"), ("e", "5"), ("f", "6")]);
        assert_eq!(before.differing(&after), ["b", "c", "d", "f"]);
        assert_eq!(after.differing(&before), ["b", "c", "d", "f"]);
        assert!(before.differing(&before).is_empty());
    }

    #[test]
    fn what_was_good_stays_when_nothing_can_be_made() {
        let first = Shown {
            good: Some(Arc::new(good(&[("index.html", "甲")]))),
            found: Arc::default(),
        };
        let failed = Shown::after_failure(Some(&first), "没有文件夹".to_owned());
        assert!(failed.found.is_bad());
        assert!(Arc::ptr_eq(failed.good.as_ref().unwrap(), first.good.as_ref().unwrap()));
        assert!(Shown::after_failure(None, String::new()).good.is_none());
    }
}
