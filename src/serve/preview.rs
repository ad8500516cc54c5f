//! What the preview adds to pages, on their way to the browser and nowhere else: a script, which shows over the
//! page what is wrong, and below it a panel with what there is to know of the page's text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;
use tera::{Context, Tera};

use super::Folder;
use super::answer::{Place, place};
use super::shown::{Found, Shown};
use crate::diagnostic::hidden::texts_to_quote;
use crate::diagnostic::quotation::Quotation;
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::page_sources::{PageSource, Unpublished};
use crate::source::{LineColumn, Sources, Span};

/// The script of all pages.
const SCRIPT: &str = include_str!("preview/preview.js");
/// The looks of errors and panel; it holds for nothing else.
const STYLE: &str = include_str!("preview/preview.css");
/// The looks of the marks on links to what is not published.
const MARKS: &str = include_str!("preview/marks.css");
/// The forms.
const FORMS: [(&str, &str); 4] = [
    ("problem.html", include_str!("preview/problem.html")),
    ("errors.html", include_str!("preview/errors.html")),
    ("panel.html", include_str!("preview/panel.html")),
    ("waiting.html", include_str!("preview/waiting.html")),
];
/// So many characters of a line are shown on either side of the words.
const AROUND: usize = 60;
/// So many problems are shown; whoever has more begins with these.
const MOST: usize = 20;

/// A file of the preview by its name.
pub fn file(name: &str) -> Option<&'static str> {
    match name {
        "preview.js" => Some(SCRIPT),
        "preview.css" => Some(STYLE),
        "marks.css" => Some(MARKS),
        _ => None,
    }
}

/// A page with the script at its end. The script is told what it is part of, to know whether that is still so.
pub fn with_script(page: &[u8], seen: &str) -> Vec<u8> {
    let script = format!("<script src=\"/hongtu-preview/preview.js\" data-seen=\"{seen}\"></script>\n");
    let end = memchr::memmem::rfind(page, b"</body>").unwrap_or(page.len());
    [&page[..end], script.as_bytes(), &page[end..]].concat()
}

/// A page of the root as it has to be to stand at any address: its links begin at the root.
pub fn rooted(page: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(page);
    let mut rooted = String::with_capacity(text.len() + 64);
    let mut rest = &*text;
    while let Some(at) = [" href=\"", " src=\""]
        .iter()
        .filter_map(|attribute| Some(rest.find(attribute)? + attribute.len()))
        .min()
    {
        let (before, after) = rest.split_at(at);
        rooted.push_str(before);
        let value = after.split('"').next().unwrap_or_default();
        let is_relative = !value.starts_with(['/', '#']) && !value.contains(':');
        if is_relative {
            rooted.push('/');
        }
        rest = after;
    }
    rooted.push_str(rest);
    rooted.into_bytes()
}

/// Where the files that people are shown lie, so that an editor can open them.
#[derive(Debug, Clone)]
pub struct Editors {
    /// The beginning of the shown path, and the folder that it stands for.
    folders: [(&'static str, PathBuf); 2],
}

/// What addresses of files cannot hold as it is.
const NOT_IN_ADDRESSES: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

impl Editors {
    /// For the files of these folders.
    pub fn of(content: &Folder, themes: &Folder) -> Self {
        Self {
            folders: [
                ("content/", content.absolute.clone()),
                ("themes/", themes.absolute.clone()),
            ],
        }
    }

    /// Where a file lies that people are shown by this path.
    fn file(&self, shown: &str) -> Option<PathBuf> {
        let mut files = self.folders.iter();
        files.find_map(|(beginning, folder)| Some(below(folder, shown.strip_prefix(beginning)?)))
    }

    /// The address that opens a file in an editor.
    fn link(&self, shown: &str, place: LineColumn) -> Option<String> {
        let file = self.file(shown)?.to_string_lossy().replace('\\', "/");
        let path = utf8_percent_encode(file.trim_start_matches('/'), NOT_IN_ADDRESSES);
        Some(format!("vscode://file/{path}:{}:{}", place.line, place.column))
    }
}

fn below(folder: &Path, path: &str) -> PathBuf {
    path.split('/')
        .fold(folder.to_owned(), |folder, part| folder.join(part))
}

/// A problem, as it is shown.
#[derive(Debug, Serialize)]
struct ProblemView {
    is_error: bool,
    rule: &'static str,
    /// File, line and column, where there is a place.
    place: Option<String>,
    line: usize,
    link: Option<String>,
    message: String,
    quotation: Option<Quotation>,
    label: Option<String>,
    help: Option<String>,
    related: Vec<String>,
}

/// Errors, as they are shown over a page.
#[derive(Debug, Serialize)]
pub struct ErrorsView {
    /// How many there are.
    count: usize,
    /// HTML.
    html: String,
}

/// What stands over every page while the outputs are not those of the texts; nothing if they are.
pub fn errors(found: &Found, editors: &Editors) -> Option<ErrorsView> {
    if !found.is_bad() {
        return None;
    }
    let errors: Vec<&Diagnostic> = found.errors().collect();
    let mut context = Context::new();
    context.insert("failure", &found.failure);
    context.insert("count", &errors.len());
    context.insert("more", &errors.len().saturating_sub(MOST));
    context.insert("problems", &views(&errors, found, editors));
    Some(ErrorsView {
        count: errors.len().max(1),
        html: filled("errors.html", &context),
    })
}

/// The page that stands everywhere as long as nothing could be made.
pub fn waiting_page(found: &Found, editors: &Editors) -> String {
    let mut context = Context::new();
    let errors = errors(found, editors).map(|errors| errors.html);
    context.insert("errors", &errors);
    filled("waiting.html", &context)
}

/// What stands below a page.
#[derive(Debug, Serialize)]
pub struct PanelView {
    /// What is seen of it while it is folded.
    tab: String,
    /// `good`, `warning`, `error`, `draft`: how the tab looks.
    state: &'static str,
    /// HTML.
    html: String,
}

/// The panel of the page at an address.
pub fn panel(shown: &Shown, address: &str, editors: &Editors) -> Option<PanelView> {
    let good = shown.good.as_deref()?;
    let source = match place(good, address) {
        Place::Output(path, _) => good.pages.get(path),
        Place::Folder | Place::Missing => None,
    };
    let file = source.and_then(|source| good.sources.get(source.file));
    let found = &shown.found;
    let is_about_file = |diagnostic: &&Diagnostic| {
        let place = diagnostic.span.and_then(|span| found.sources.get(span.file));
        file.is_some_and(|file| place.is_some_and(|place| place.path == file.path))
    };
    let own: Vec<&Diagnostic> = found.diagnostics.iter().filter(is_about_file).collect();
    let start = LineColumn { line: 1, column: 1 };
    let shown_file = file.map(|file| &*file.path);
    let mut context = Context::new();
    context.insert("file", &shown_file);
    context.insert(
        "absolute",
        &shown_file
            .and_then(|file| editors.file(file))
            .map(|file| file.display().to_string()),
    );
    context.insert("link", &shown_file.and_then(|file| editors.link(file, start)));
    context.insert("characters", &source.map(|source| source.characters));
    context.insert("minutes", &source.map(|source| source.reading_minutes));
    context.insert("unpublished", &source.and_then(|source| source.unpublished).map(why));
    context.insert("is_missing", &(place(good, address) == Place::Missing));
    context.insert("problems", &views(&own, found, editors));
    context.insert("more", &own.len().saturating_sub(MOST));
    context.insert("errors", &count(found.diagnostics.iter(), Severity::Error));
    context.insert("warnings", &count(found.diagnostics.iter(), Severity::Warning));
    context.insert("is_bad", &found.is_bad());
    let (tab, state) = tab(source, &own);
    Some(PanelView {
        tab,
        state,
        html: filled("panel.html", &context),
    })
}

/// What is not published, by the paths of its pages, with a word that says why.
pub fn unpublished(shown: &Shown) -> BTreeMap<&str, &'static str> {
    let pages = shown.good.iter().flat_map(|good| &good.pages);
    pages
        .filter_map(|(path, source)| Some((path.as_str(), word(source.unpublished?))))
        .collect()
}

fn word(unpublished: Unpublished) -> &'static str {
    match unpublished {
        Unpublished::Draft => "草稿",
        Unpublished::NotYet => "未到发布日",
        Unpublished::Expired => "已下线",
    }
}

fn why(unpublished: Unpublished) -> &'static str {
    match unpublished {
        Unpublished::Draft => "这一页是草稿，只在预览里看得到，不会发布。写完、审过以后删去“草稿”一行",
        Unpublished::NotYet => "这一页还没到“发布”的日期，现在只在预览里看得到",
        Unpublished::Expired => "这一页已经过了“下线”的日期，现在只在预览里看得到",
    }
}

fn tab(source: Option<&PageSource>, own: &[&Diagnostic]) -> (String, &'static str) {
    let (errors, warnings) = (
        count(own.iter().copied(), Severity::Error),
        count(own.iter().copied(), Severity::Warning),
    );
    let unpublished = source.and_then(|source| source.unpublished).map(word);
    let mut parts = vec!["预览".to_owned()];
    parts.extend(unpublished.map(str::to_owned));
    if errors > 0 {
        parts.push(format!("{errors} 处错误"));
    }
    if warnings > 0 {
        parts.push(format!("{warnings} 处警告"));
    }
    let state = match (errors, warnings, unpublished) {
        (1.., _, _) => "error",
        (_, _, Some(_)) => "draft",
        (_, 1.., _) => "warning",
        _ => "good",
    };
    (parts.join(" · "), state)
}

fn count<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>, severity: Severity) -> usize {
    diagnostics.filter(|diagnostic| diagnostic.severity == severity).count()
}

/// The first of some problems. Numbers of persons have stars, as in every report: someone may look over the
/// writer's shoulder.
fn views(diagnostics: &[&Diagnostic], found: &Found, editors: &Editors) -> Vec<ProblemView> {
    let shown = &diagnostics[..diagnostics.len().min(MOST)];
    let files: Vec<_> = shown.iter().filter_map(|one| one.span).map(|span| span.file).collect();
    let in_files = found
        .diagnostics
        .iter()
        .filter(|one| one.span.is_some_and(|span| files.contains(&span.file)));
    let of_files: Vec<Diagnostic> = in_files.cloned().collect();
    let quoted = texts_to_quote(&found.sources, &of_files);
    shown.iter().map(|one| view(one, &quoted, editors)).collect()
}

fn view(diagnostic: &Diagnostic, sources: &Sources, editors: &Editors) -> ProblemView {
    let source = diagnostic.span.and_then(|span| Some((span, sources.get(span.file)?)));
    let at = source.map(|(span, source)| source.line_column(span.range().start));
    let quotation = source.map(|(span, source)| Quotation::of(source, span, AROUND));
    ProblemView {
        is_error: diagnostic.is_error(),
        rule: diagnostic.rule.id,
        place: diagnostic.span.and_then(|span| words_of_place(span, sources)),
        line: at.map_or(0, |at| at.line),
        link: source
            .zip(at)
            .and_then(|((_, source), at)| editors.link(&source.path, at)),
        message: diagnostic.message.clone(),
        quotation: quotation.filter(|quotation| !quotation.words.is_empty()),
        label: diagnostic.label.clone(),
        help: diagnostic.help.clone(),
        related: diagnostic
            .related
            .iter()
            .filter_map(|(span, label)| Some(format!("{}：{label}", words_of_place(*span, sources)?)))
            .collect(),
    }
}

/// `content/cases/a.md:3:5`
fn words_of_place(span: Span, sources: &Sources) -> Option<String> {
    let source = sources.get(span.file)?;
    let at = source.line_column(span.range().start);
    Some(format!("{}:{}:{}", source.path, at.line, at.column))
}

/// A form with what it is given. The forms are part of the program, and a test fills them all; should one have a
/// mistake, it says so instead.
fn filled(form: &str, context: &Context) -> String {
    let fill = || {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        tera.add_raw_templates(FORMS)?;
        tera.render(form, context)
    };
    fill().unwrap_or_else(|error: tera::Error| {
        let mut words = String::new();
        // Nothing in the words of a mistake may become a tag.
        for sign in error.to_string().chars() {
            match sign {
                '<' => words.push_str("&lt;"),
                '&' => words.push_str("&amp;"),
                sign => words.push(sign),
            }
        }
        format!("<p>{words}</p>")
    })
}

#[cfg(test)]
mod tests;
