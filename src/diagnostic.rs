//! What was found wrong, as data.
//!
//! A [`Diagnostic`] is made far from any terminal. It names its [`Rule`], points at the narrowest
//! place, says in one plain Chinese sentence what is wrong, and in another what to do. How it is
//! shown is decided in the sub-modules and printed by `cli`.

pub mod hidden;
pub mod human;
pub mod nearest;
pub mod quotation;
pub mod rule;

pub use rule::{Level, Profile, Rule};

use std::collections::HashMap;

use crate::source::{Sources, Span};

/// How bad it is. Errors stop a build before anything is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The portal is built; `--deny warnings` makes the exit code 1.
    Warning,
}

/// What someone wrote, fit for being quoted in a sentence: on one line, and not long.
pub fn quotable(written: &str) -> String {
    const LONGEST: usize = 40;
    let mut words = written.split_whitespace();
    let mut quoted = String::new();
    while let Some(word) = words.next().filter(|_| quoted.chars().count() <= LONGEST) {
        if !quoted.is_empty() {
            quoted.push(' ');
        }
        quoted.extend(word.chars().take(LONGEST + 1));
    }
    if let Some((end, _)) = quoted.char_indices().nth(LONGEST) {
        quoted.truncate(end);
        quoted.push('…');
    }
    quoted
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: Rule,
    /// Usually the rule's own.
    pub severity: Severity,
    /// The narrowest place; `None` where no file is to blame.
    pub span: Option<Span>,
    /// What is wrong, one sentence in Chinese.
    pub message: String,
    /// What the marked words are, a few words.
    pub label: Option<String>,
    /// Other places that belong to it, each with a few words.
    pub related: Vec<(Span, String)>,
    /// What to do, in Chinese.
    pub help: Option<String>,
    /// What the places could be replaced by. A certain one stands alone; of proposals the best is first.
    pub fixes: Vec<Fix>,
}

/// A text that would mend a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub replacement: String,
    /// Whether it can be done without a second look.
    pub certainty: Certainty,
}

/// How sure a [`Fix`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It loses nothing and changes no meaning: `hongtu fix` does it.
    Certain,
    /// A person has to choose: done only when asked for by the rule's id.
    Proposal,
}

impl Diagnostic {
    /// A problem at a place.
    pub fn new(rule: Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity(),
            fixes: Vec::new(),
            span: Some(span),
            message: message.into(),
            label: None,
            related: Vec::new(),
            help: None,
        }
    }

    /// A problem that no file is to blame for.
    pub fn without_place(rule: Rule, message: impl Into<String>) -> Self {
        Self {
            span: None,
            ..Self::new(rule, Span::file_start(crate::source::FileId(0)), message)
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what the marked words are.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Points at another place that belongs to it.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Says what mends it for certain.
    #[must_use]
    pub fn fix(self, span: Span, replacement: impl Into<String>) -> Self {
        self.with_fix(span, replacement.into(), Certainty::Certain)
    }

    /// Says what may mend it; better proposals come first.
    #[must_use]
    pub fn proposal(self, span: Span, replacement: impl Into<String>) -> Self {
        self.with_fix(span, replacement.into(), Certainty::Proposal)
    }

    fn with_fix(mut self, span: Span, replacement: String, certainty: Certainty) -> Self {
        self.fixes.push(Fix {
            span,
            replacement,
            certainty,
        });
        self
    }

    /// Whether it stops a build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The one order in which problems are shown: file, place, severity, rule, message.
/// Equal ones are kept once.
pub fn sort(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    let path = |diagnostic: &Diagnostic| {
        diagnostic
            .span
            .and_then(|span| sources.get(span.file))
            .map(|source| source.path.clone())
    };
    diagnostics.sort_by(|a, b| {
        path(a)
            .cmp(&path(b))
            .then_with(|| a.span.cmp(&b.span))
            .then_with(|| a.severity.cmp(&b.severity))
            .then_with(|| a.rule.id.cmp(b.rule.id))
            .then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup();
}

/// The groups in which one cause may be behind many breaches: a name that was changed, a picture that was
/// moved, a text that was copied from entry to entry.
const ONE_CAUSE: &[&str] = &["links", "images", "reference"];

/// From so many equal breaches on they are one.
const TOGETHER: usize = 4;

/// So many of their further places are shown.
const SHOWN: usize = 3;

/// Puts equal breaches together: the first stands for all, with their number and some of the other places.
/// Breaches that can be mended one by one stay by themselves. The order must be that of [`sort`].
pub fn together(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_one_of_many = |diagnostic: &Diagnostic| {
        ONE_CAUSE.contains(&diagnostic.rule.group()) && diagnostic.fixes.is_empty() && diagnostic.span.is_some()
    };
    let cause = |diagnostic: &Diagnostic| {
        let Diagnostic {
            rule, message, help, ..
        } = diagnostic;
        (rule.id, message.clone(), help.clone())
    };
    let mut places: HashMap<_, Vec<Span>> = HashMap::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| is_one_of_many(diagnostic)) {
        places.entry(cause(diagnostic)).or_default().extend(diagnostic.span);
    }
    let joined = diagnostics.into_iter().filter_map(|mut diagnostic| {
        if !is_one_of_many(&diagnostic) {
            return Some(diagnostic);
        }
        let all = places.get(&cause(&diagnostic)).filter(|all| all.len() >= TOGETHER);
        let Some(all) = all else { return Some(diagnostic) };
        if all.first() != diagnostic.span.as_ref() {
            return None;
        }
        diagnostic.message = format!("{}（共 {} 处）", diagnostic.message, all.len());
        let others = all.iter().skip(1).take(SHOWN);
        diagnostic
            .related
            .extend(others.map(|span| (*span, "这里也是".to_owned())));
        Some(diagnostic)
    });
    joined.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn broken(file: u32, message: &str) -> Diagnostic {
        Diagnostic::new(rule::BROKEN_LINK, Span::new(FileId(file), 10, 20), message)
    }

    #[test]
    fn one_cause_in_many_places_is_said_once() {
        let mut found: Vec<_> = (0..40).map(|file| broken(file, "没有 a.md")).collect();
        found.insert(7, broken(7, "没有 b.md"));
        let joined = together(found);
        assert_eq!(joined.len(), 2);
        assert_eq!(joined[0].message, "没有 a.md（共 40 处）");
        let others: Vec<_> = joined[0].related.iter().map(|(span, _)| span.file.0).collect();
        assert_eq!((joined[0].span.unwrap().file.0, others), (0, vec![1, 2, 3]));
        assert_eq!(joined[1].message, "没有 b.md");
    }

    #[test]
    fn a_few_and_what_can_be_mended_stay_by_themselves() {
        assert_eq!(together((0..3).map(|file| broken(file, "甲")).collect()).len(), 3);
        let mendable = (0..9).map(|file| broken(file, "甲").fix(Span::new(FileId(file), 10, 20), "乙"));
        assert_eq!(together(mendable.collect()).len(), 9);
        let of_text = (0..9).map(|file| Diagnostic {
            rule: rule::PINYIN_TAIL,
            ..broken(file, "甲")
        });
        assert_eq!(together(of_text.collect()).len(), 9);
    }
}
