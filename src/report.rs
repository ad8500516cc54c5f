//! What a check-up found, told in the forms that people and machines want: groups with their counts, the
//! worst first, and whether the portal can be published.
//!
//! Pure: a form is a text. `cli` prints it.

pub mod forecast;
pub mod github;
pub mod json;
pub mod page;
pub mod sarif;
pub mod terminal;

use crate::diagnostic::{Diagnostic, Profile, Severity, rule};
use crate::schema::date::Date;
use crate::source::{Source, Sources, Span};

/// What was checked and what was found.
#[derive(Debug)]
pub struct Report<'a> {
    /// The portal's title.
    pub title: &'a str,
    /// Whose portal it is.
    pub profile: Profile,
    /// The day that the check-up speaks of.
    pub as_of: Date,
    /// How many entries were checked.
    pub entries: usize,
    /// Everything that was found, in its one order.
    pub diagnostics: &'a [Diagnostic],
    /// The texts that the diagnostics point into.
    pub sources: &'a Sources,
    /// By when each column needs something new, the most urgent first.
    pub forecast: &'a [Forecast],
    /// What stops publishing.
    pub demand: Demand,
    /// Where the folders are.
    pub folders: Folders,
}

/// What stops publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// Errors.
    NoErrors,
    /// Warnings too.
    NoWarnings,
}

/// Where the folders are that diagnostics call `content` and `themes`, as seen from where the command runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// The folder of the entries.
    pub content: String,
    /// The folder of the themes.
    pub themes: String,
}

/// By when a column needs something new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The column's title.
    pub column: String,
    /// The day of its newest entry; none if it has no entry with a date.
    pub newest: Option<Date>,
    /// How many days may pass between two entries.
    pub cycle: u32,
    /// The last day on which it is still all right; none for a column without an entry, which is not.
    pub due: Option<Date>,
    /// How many days are left from the day of the check-up on; negative when it is late.
    pub days_left: Option<i64>,
    /// How it stands.
    pub light: Light,
}

/// How something stands, as traffic lights say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    /// It stops publishing, or would be counted at an inspection.
    Red,
    /// It should be looked at soon.
    Yellow,
    /// It is all right.
    Green,
}

impl Light {
    /// Of what was found.
    pub fn of(counts: Counts) -> Self {
        match counts {
            Counts { errors: 0, warnings: 0 } => Self::Green,
            Counts { errors: 0, .. } => Self::Yellow,
            Counts { .. } => Self::Red,
        }
    }

    /// What people are told.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Red => "红",
            Self::Yellow => "黄",
            Self::Green => "绿",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Yellow => "yellow",
            Self::Green => "green",
        }
    }
}

/// How many problems there are, of both kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

/// A group of rules with what was found by them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSum {
    /// The first half of the rules' ids.
    pub id: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// What was found.
    pub counts: Counts,
}

impl Counts {
    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
    }

    /// `2 处错误，1 处警告`; what is none is left out.
    pub fn words(self) -> String {
        match (self.errors, self.warnings) {
            (0, 0) => "没有问题".to_owned(),
            (errors, 0) => format!("{errors} 处错误"),
            (0, warnings) => format!("{warnings} 处警告"),
            (errors, warnings) => format!("{errors} 处错误，{warnings} 处警告"),
        }
    }
}

impl<'a> Report<'a> {
    /// Everything that was found.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for diagnostic in self.diagnostics {
            counts.add(diagnostic.severity);
        }
        counts
    }

    /// All groups of rules in the order in which they are shown, also those without a problem.
    pub fn groups(&self) -> Vec<GroupSum> {
        let mut groups: Vec<GroupSum> = rule::GROUPS
            .iter()
            .map(|(id, name)| GroupSum {
                id,
                name,
                counts: Counts::default(),
            })
            .collect();
        for diagnostic in self.diagnostics {
            if let Some(group) = groups.iter_mut().find(|group| group.id == diagnostic.rule.group()) {
                group.counts.add(diagnostic.severity);
            }
        }
        groups
    }

    /// What was found, errors first.
    pub fn worst_first(&self) -> impl Iterator<Item = &'a Diagnostic> {
        let of = |severity| self.diagnostics.iter().filter(move |one| one.severity == severity);
        of(Severity::Error).chain(of(Severity::Warning))
    }

    /// Whether the portal can be published as it is.
    pub fn can_be_published(&self) -> bool {
        let counts = self.counts();
        counts.errors == 0 && (self.demand == Demand::NoErrors || counts.warnings == 0)
    }

    /// The last word, with its reason.
    pub fn verdict(&self) -> String {
        let counts = self.counts();
        match (self.can_be_published(), counts) {
            (true, Counts { warnings: 0, .. }) => "可以发布：没有发现问题。".to_owned(),
            (true, Counts { warnings, .. }) => format!("可以发布：没有错误；有 {warnings} 处警告，请看一看。"),
            (false, Counts { errors: 0, warnings }) => {
                format!("暂不可发布：有 {warnings} 处警告，而这次要求连警告也没有。")
            }
            (false, counts) => format!("暂不可发布：有 {}。先改错误。", counts.words()),
        }
    }

    /// Where a diagnostic's place is: the path as seen from where the command runs, and the text.
    fn place(&self, span: Span) -> Option<(String, &'a Source)> {
        let source = self.sources.get(span.file)?;
        Some((self.folders.path(&source.path), source))
    }
}

impl Folders {
    /// The path of a file as seen from where the command runs, with `/`.
    pub fn path(&self, shown: &str) -> String {
        let (folder, rest) = shown.split_once('/').unwrap_or(("", shown));
        let folder = match folder {
            "content" => &self.content,
            "themes" => &self.themes,
            _ => return shown.to_owned(),
        };
        let folder = folder.replace('\\', "/");
        let folder = folder.trim_start_matches("./").trim_end_matches('/');
        match folder {
            "" | "." => rest.to_owned(),
            folder => format!("{folder}/{rest}"),
        }
    }
}

#[cfg(test)]
mod tests;
