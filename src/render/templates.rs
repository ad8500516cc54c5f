//! The only file that knows Tera: templates are loaded, rendered, and their errors located.

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use super::view::SiteView;
use crate::diagnostic::{Diagnostic, rule};
use crate::read::{Library, Theme};
use crate::source::{FileId, Sources, Span};

/// All templates of a theme, with what every page shares.
pub struct Templates<'a> {
    tera: Tera,
    theme: &'a Theme,
    sources: &'a Sources,
}

impl<'a> Templates<'a> {
    /// Loads the templates of the library's theme.
    ///
    /// # Errors
    /// Templates that are not well formed, or that include or call what does not exist.
    pub fn load(library: &'a Library, site: &SiteView) -> Result<Self, Diagnostic> {
        let mut templates = Self {
            tera: Tera::new(),
            theme: &library.theme,
            sources: &library.sources,
        };
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
        templates.tera.autoescape_on(vec![".html", ".xml"]);
        if let Err(error) = templates.tera.add_raw_templates(texts) {
            return Err(templates.problem(&error, "读取主题的模板"));
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
            .map_err(|error| self.problem(&error, &format!("生成 {page} 时")))
    }

    /// Whether there is a template of a name.
    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    fn problem(&self, error: &tera::Error, doing: &str) -> Diagnostic {
        let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
            return Diagnostic::without_place(rule::TEMPLATE, format!("{doing}模板出错：{error}"));
        };
        let span = self
            .theme
            .templates
            .get(report.filename())
            .map(|file| located(*file, self.sources, report.span()));
        let mut diagnostic =
            Diagnostic::without_place(rule::TEMPLATE, format!("{doing}模板出错：{}", report.message()));
        diagnostic.span = span;
        diagnostic.label = Some("出错的地方".into());
        diagnostic.help("改正主题里的这个模板；字段名见 theme.yaml 和 README")
    }
}

/// Tera's span as ours; it lies inside the template's text.
fn located(file: FileId, sources: &Sources, span: &tera::Span) -> Span {
    let length = sources.get(file).map_or(0, |source| source.text.len());
    Span::new(file, span.range.start.min(length), span.range.end.min(length))
}

/// Any serialisable view, without naming its type.
pub trait ErasedView {
    /// Puts the view into a context.
    fn insert_into(&self, context: &mut Context, name: &'static str);
}

impl<View: Serialize> ErasedView for View {
    fn insert_into(&self, context: &mut Context, name: &'static str) {
        context.insert(name, self);
    }
}
