//! The only file that knows Tera: templates are loaded, rendered, and their errors located.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use super::key::{Key, KeyPart, PROGRAM};
use super::view::SiteView;
use crate::diagnostic::{Diagnostic, rule};
use crate::read::Library;
use crate::source::{FileId, Sources, Span};

/// All templates of a theme, with what every page shares.
pub struct Templates {
    tera: Tera,
    library: Arc<Library>,
    /// Of all templates, the view of the site, and the program.
    key: Key,
}

impl Templates {
    /// Loads the templates of the library's theme.
    ///
    /// # Errors
    /// Templates that are not well formed, or that include or call what does not exist.
    pub fn load(library: &Arc<Library>, site: &SiteView) -> Result<Self, Diagnostic> {
        let texts: Vec<_> = library
            .theme
            .templates
            .iter()
            .map(|(name, file)| {
                (
                    name.as_str(),
                    library.sources.get(*file).map_or("", |source| &*source.text),
                )
            })
            .collect();
        let mut templates = Self {
            tera: Tera::new(),
            library: library.clone(),
            key: Key::of(&[&texts, site, &PROGRAM]),
        };
        templates.tera.autoescape_on(vec![".html", ".xml"]);
        if let Err(error) = templates.tera.add_raw_templates(texts) {
            return Err(templates.problem(&error, "读取主题时，"));
        }
        templates.tera.global_context().insert("site", site);
        Ok(templates)
    }

    /// Renders a template with a view under its name.
    ///
    /// # Errors
    /// The template's mistake, at its place, with the page that was being made.
    pub fn render(
        &self,
        template: &str,
        page: &str,
        views: &[(&'static str, &dyn ErasedView)],
    ) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        for (name, view) in views {
            view.insert_into(&mut context, name);
        }
        self.tera
            .render(template, &context)
            .map_err(|error| self.problem(&error, &format!("生成 {page} 时，")))
    }

    /// Of all that every page is made with.
    pub fn key(&self) -> Key {
        self.key
    }

    /// Whether there is a template of a name.
    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    fn problem(&self, error: &tera::Error, doing: &str) -> Diagnostic {
        let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
            return self.problem_without_report(error, doing);
        };
        let span = self
            .library
            .theme
            .templates
            .get(report.filename())
            .map(|file| located(*file, &self.library.sources, report.span()));
        let mut diagnostic = Diagnostic::without_place(
            rule::TEMPLATE,
            format!("{doing}模板出错：{}", in_chinese(report.message())),
        );
        diagnostic.span = span;
        diagnostic.label = Some("出错的地方".into());
        diagnostic.help(HELP)
    }

    /// Some errors have no place as data; then it is that of the name in the template that is
    /// known to hold it, or the one that Tera wrote into its text.
    fn problem_without_report(&self, error: &tera::Error, doing: &str) -> Diagnostic {
        let text = error.to_string();
        let (place, message) = if let ErrorKind::MissingParent { current, parent } = error.kind() {
            let message = format!("没有模板 `{parent}`，不能以它为底");
            (self.place_of(current, &format!("\"{parent}\"")), message)
        } else {
            let first_line = text.lines().next().unwrap_or("").trim_start_matches("error: ");
            (self.written_place(&text), in_chinese(first_line))
        };
        let message = format!("{doing}模板出错：{message}");
        let mut diagnostic = Diagnostic::without_place(rule::TEMPLATE, message);
        diagnostic.span = place;
        diagnostic.help(HELP)
    }

    fn place_of(&self, template: &str, words: &str) -> Option<Span> {
        let file = *self.library.theme.templates.get(template)?;
        let at = self.library.sources.get(file)?.text.find(words)?;
        Some(Span::new(file, at, at + words.len()))
    }

    /// The place in a text such as ` --> case.html:3:12`, up to the end of its line.
    fn written_place(&self, text: &str) -> Option<Span> {
        let (_, place) = text.split_once("--> ")?;
        let mut parts = place.lines().next()?.rsplitn(3, ':');
        let (column, line) = (parts.next()?.trim().parse().ok()?, parts.next()?.parse().ok()?);
        let file = *self.library.theme.templates.get(parts.next()?)?;
        let source = self.library.sources.get(file)?;
        let start = source.offset_of(line, usize::saturating_sub(column, 1));
        let length = source.text[start..].lines().next().map_or(0, str::len);
        Some(Span::new(file, start, start + length))
    }
}

const HELP: &str = "改正主题里的这个模板；字段名见 theme.yaml 和 README";

/// The errors of Tera that people who write templates meet most.
fn in_chinese(message: &str) -> String {
    if let Some(rest) = message.strip_prefix("Unknown template ") {
        return format!("没有模板 {rest}");
    }
    if let Some((name, fields)) = message
        .strip_prefix("Field ")
        .and_then(|rest| rest.split_once(" is not defined. Available fields: "))
    {
        return format!("没有字段 {name}，这里有的是：{fields}");
    }
    if let Some((found, expected)) = message
        .strip_prefix("Found ")
        .and_then(|rest| rest.trim_end_matches('.').split_once(" but expected "))
    {
        return format!("这里写的是 {found}，应当是 {expected}");
    }
    match message {
        "Unexpected character" => "这里不能有这个字符；中文的键写成 block[\"名单\"]".to_owned(),
        other => other.to_owned(),
    }
}

/// One mistake in a template shows on every page that it makes: it is said once, with the first
/// page and the number of the others.
pub fn merged(problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<Span, usize> = BTreeMap::new();
    for span in problems.iter().filter_map(template_span) {
        *counts.entry(span).or_default() += 1;
    }
    let mut merged = Vec::with_capacity(counts.len());
    for mut problem in problems {
        let count = template_span(&problem).map(|span| counts.insert(span, 0).unwrap_or(0));
        match count {
            Some(0) => continue,
            Some(count) if count > 1 => {
                let doing = format!(" 等 {count} 页时，模板出错");
                problem.message = problem.message.replacen(" 时，模板出错", &doing, 1);
            }
            _ => {}
        }
        merged.push(problem);
    }
    merged
}

fn template_span(problem: &Diagnostic) -> Option<Span> {
    problem.span.filter(|_| problem.rule == rule::TEMPLATE)
}

/// Tera's span as ours; it lies inside the template's text.
fn located(file: FileId, sources: &Sources, span: &tera::Span) -> Span {
    let length = sources.get(file).map_or(0, |source| source.text.len());
    Span::new(file, span.range.start.min(length), span.range.end.min(length))
}

/// Any serialisable view, without naming its type.
pub trait ErasedView: KeyPart {
    /// Puts the view into a context.
    fn insert_into(&self, context: &mut Context, name: &'static str);
}

impl<View: Serialize> ErasedView for View {
    fn insert_into(&self, context: &mut Context, name: &'static str) {
        context.insert(name, self);
    }
}
