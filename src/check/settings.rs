//! What a site says of the rules: other levels, and exceptions with their reasons.
//!
//! Rules find what they find, whatever the settings; these decide afterwards what it counts as. So an
//! exception that nothing was found for can be told from one that is still needed.

use crate::config::{Config, ExceptionConfig};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, Level, Rule, Severity, rule};
use crate::source::Sources;

/// What a site says of the rules, and which of its exceptions were needed so far.
#[derive(Debug)]
pub struct Settings<'a> {
    config: &'a Config,
    sources: &'a Sources,
    uses: Vec<usize>,
}

impl<'a> Settings<'a> {
    /// Of a site.
    pub fn new(config: &'a Config, sources: &'a Sources) -> Self {
        Self {
            config,
            sources,
            uses: vec![0; config.checks.exceptions.len()],
        }
    }

    /// Diagnostics as the site takes them: some with another severity, some left out. Whether a build can
    /// go on is decided by what remains.
    pub fn judge(&mut self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let (config, sources) = (self.config, self.sources);
        let kept = diagnostics.into_iter().filter_map(|diagnostic| {
            let mut exceptions = config.checks.exceptions.iter();
            match exceptions.position(|exception| matches(exception, &diagnostic, sources)) {
                Some(number) => {
                    self.uses[number] += 1;
                    None
                }
                None => levelled(config, diagnostic),
            }
        });
        kept.collect()
    }

    /// When all was judged: what is wrong with the settings themselves.
    pub fn mistakes(&self) -> Vec<Diagnostic> {
        mistakes(self.config, self.sources, &self.uses)
    }
}

/// With the severity that the site wants; nothing if it is off.
fn levelled(config: &Config, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
    if !diagnostic.rule.can_be_changed() {
        return Some(diagnostic);
    }
    let wanted = match level(config, &diagnostic.rule) {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
        Level::Off => return None,
    };
    // One that was made milder or harsher than its rule by what it is about stays so.
    if diagnostic.severity == diagnostic.rule.severity() {
        diagnostic.severity = wanted;
    }
    Some(diagnostic)
}

/// What a breach counts as on this site: the rule's own setting goes before that of its group.
pub fn level(config: &Config, rule: &Rule) -> Level {
    let set = |name: &str| config.checks.levels.iter().rev().find(|setting| setting.rule == name);
    match set(rule.id)
        .or_else(|| set(rule.group()))
        .map(|setting| setting.level.as_str())
    {
        Some("error") => Level::Error,
        Some("warning") => Level::Warning,
        Some("off") => Level::Off,
        _ => rule.level_in(config.profile()),
    }
}

fn matches(exception: &ExceptionConfig, diagnostic: &Diagnostic, sources: &Sources) -> bool {
    let rule = &diagnostic.rule;
    if !rule.can_be_changed() || (exception.rule != rule.id && exception.rule != rule.group()) {
        return false;
    }
    let source = diagnostic.span.and_then(|span| sources.get(span.file));
    let is_there = exception.path.as_deref().is_none_or(|path| {
        let path = path.trim_start_matches('/').trim_end_matches('/');
        let below = |whole: &str| {
            whole
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        source.is_some_and(|source| {
            below(&source.path) || source.path.split_once('/').is_some_and(|(_, rest)| below(rest))
        })
    });
    let has_words = exception
        .words
        .as_deref()
        .is_none_or(|words| diagnostic.span.is_some_and(|span| sources.text(span).contains(words)));
    is_there && has_words
}

/// Rules that don't exist or can't be changed, and exceptions that nothing needs.
fn mistakes(config: &Config, sources: &Sources, uses: &[usize]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut report = |way: &str, rule: Rule, (message, help): (String, String)| {
        let mut diagnostic = Diagnostic::without_place(rule, message).help(help);
        diagnostic.span = config.span(sources, way);
        found.push(diagnostic);
    };
    for (number, setting) in config
        .checks
        .levels
        .iter()
        .enumerate()
        .filter(|(_, one)| !one.rule.is_empty())
    {
        if let Some(words) = name_problem(&setting.rule) {
            report(&format!("checks.levels[{number}].rule"), rule::UNKNOWN_RULE, words);
        }
    }
    for (number, exception) in config
        .checks
        .exceptions
        .iter()
        .enumerate()
        .filter(|(_, one)| !one.rule.is_empty())
    {
        if let Some(words) = name_problem(&exception.rule) {
            report(&format!("checks.exceptions[{number}].rule"), rule::UNKNOWN_RULE, words);
        } else if uses[number] == 0 {
            let message = format!("这条例外（{}）已经用不上了", exception.rule);
            let words = (message, "删去这一条；留着它，以后真有问题也会放过".to_owned());
            report(&format!("checks.exceptions[{number}]"), rule::UNUSED_EXCEPTION, words);
        }
    }
    found
}

/// What is wrong with the name of a rule or of a group.
fn name_problem(name: &str) -> Option<(String, String)> {
    if rule::ALL
        .iter()
        .any(|rule| (rule.id == name || rule.group() == name) && rule.can_be_changed())
    {
        return None;
    }
    if rule::ALL.iter().any(|rule| rule.id == name || rule.group() == name) {
        let message = format!("规则 {name} 的级别不能改，也没有例外");
        return Some((
            message,
            "删去这一条设置，照提示改好文稿；为什么不能改，运行 hongtu explain 加规则的名字".to_owned(),
        ));
    }
    let known = rule::ALL.iter().flat_map(|rule| [rule.id, rule.group()]);
    let help = nearest(name, known).map_or_else(
        || "运行 hongtu explain 看所有的规则".to_owned(),
        |near| format!("是不是想写 {near}？"),
    );
    Some((format!("没有 {name} 这条规则"), help))
}
