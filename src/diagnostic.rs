//! What was found wrong, as data.
//!
//! A [`Diagnostic`] is made far from any terminal. It names its [`Rule`], points at the narrowest
//! place, says in one plain Chinese sentence what is wrong, and in another what to do. How it is
//! shown is decided in the sub-modules and printed by `cli`.

pub mod human;
pub mod nearest;
pub mod rule;

pub use rule::{Level, Profile, Rule};

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
