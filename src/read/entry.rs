//! One content file as a typed entry, and the columns that entries stand in.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_yaml::{Mapping, Value};

use super::front_matter::{self, Split};
use super::outline::{self, Outline};
use super::walk::Walked;
use super::{Drafts, Options};
use crate::config::{ColumnConfig, Config, kind_of_folder};
use crate::diagnostic::{Diagnostic, rule};
use crate::kind::{Common, Facts, Kind};
use crate::pinyin_slug;
use crate::schema::Key;
use crate::schema::conform::conform;
use crate::schema::slips;
use crate::schema::spans::{Inner, Node};
use crate::schema::yaml::{self, Snippet};
use crate::source::{FileId, Sources, Span};

/// Where a title is looked for in a file whose front matter cannot be read.
const MOST_LINES_OF_KEYS: usize = 40;

/// Names an entry of a library; an index into its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(u32);

impl EntryId {
    /// The id of a place in the list of entries.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The place in the list of entries.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Why an entry is or is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Published.
    Published,
    /// Not published, but shown in this preview.
    Preview,
    /// `draft`.
    Draft,
    /// Before its `publish`.
    NotYet,
    /// From its `expires` on.
    Expired,
}

impl Visibility {
    /// Why an entry has no page, for people; that it has one, else.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Published | Self::Preview => "已经发布",
            Self::Draft => "还是草稿",
            Self::NotYet => "还没到发布的日期",
            Self::Expired => "已经下线",
        }
    }

    /// What brings an entry of this path back, for people.
    pub fn remedy(self, path: &str) -> String {
        match self {
            Self::Expired => format!("推后 {path} 的下线日期"),
            _ => format!("等 {path} 发布"),
        }
    }
}

/// One content file.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its place among the entries.
    pub id: EntryId,
    /// Its text.
    pub file: FileId,
    /// Its path below `content/`, with `/`.
    pub content_path: String,
    /// The index of its column.
    pub column: usize,
    /// Where it is published, `cases/x.html`.
    pub path: String,
    /// Its name within its column.
    pub slug: String,
    /// The keys that all kinds have.
    pub common: Common,
    /// The keys of its kind.
    pub facts: Facts,
    /// Where its front matter stands.
    pub front_matter: Span,
    /// Where its body stands.
    pub body: Span,
    /// Headings, links, and what else follows from the body.
    pub outline: Outline,
    /// Whether it is shown.
    pub visibility: Visibility,
    /// Whether it is a column's `index.md`.
    pub is_introduction: bool,
}

impl Entry {
    /// What it is.
    pub fn kind(&self) -> Kind {
        match self.facts {
            Facts::Park(_) => Kind::Park,
            Facts::Point(_) => Kind::Point,
            Facts::Route(_) => Kind::Route,
            Facts::Case(_) => Kind::Case,
            Facts::Alliance(_) => Kind::Alliance,
            Facts::Bulletin(_) => Kind::Bulletin,
            Facts::Roundtable(_) => Kind::Roundtable,
            Facts::Page => Kind::Page,
        }
    }

    /// Whether it has a page in this build.
    pub fn is_shown(&self) -> bool {
        matches!(self.visibility, Visibility::Published | Visibility::Preview)
    }

    /// The file's name without its extension.
    pub fn stem(&self) -> &str {
        stem(&self.content_path)
    }

    /// Where its by-guest page is published; of roundtables only.
    pub fn guests_path(&self) -> String {
        format!("{}-guests.html", self.path.trim_end_matches(".html"))
    }

    /// Where its old addresses lead from: `cases/old.html`, whether written with or without
    /// extension, with or without a leading slash; a name alone stands in the entry's folder.
    /// Each with its number in the list.
    pub fn alias_paths(&self) -> Vec<(usize, String)> {
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let aliases = self.common.aliases.iter().enumerate().filter_map(|(index, alias)| {
            let has_folder = alias.contains('/');
            let clean: Vec<_> = alias
                .split('/')
                .filter(|part| !matches!(*part, "" | "." | ".."))
                .collect();
            let clean = clean
                .join("/")
                .trim_end_matches(".html")
                .trim_end_matches(".htm")
                .replace('\\', "-");
            let clean = if has_folder || folder.is_empty() {
                clean
            } else {
                format!("{folder}/{clean}")
            };
            (!clean.is_empty()).then(|| (index, format!("{clean}.html")))
        });
        aliases.collect()
    }

    /// Whether its front matter is there and closed. Where it is not, nobody knows yet which lines are text.
    pub fn has_front_matter(&self) -> bool {
        !self.front_matter.range().is_empty()
    }

    /// Its front matter as a piece of YAML.
    pub fn snippet<'a>(&self, sources: &'a Sources) -> Snippet<'a> {
        Snippet {
            file: self.file,
            start: self.front_matter.range().start,
            text: sources.text(self.front_matter),
        }
    }

    /// Whether a key was written, even if its value was no good and is not there.
    pub fn field_is_written(&self, sources: &Sources, name: &str) -> bool {
        let Some(Node {
            inner: Inner::Mapping(written),
            ..
        }) = self.snippet(sources).scan()
        else {
            // What cannot be read may well be there.
            return true;
        };
        let key = self.kind().keys().iter().find(|key| key.name == name);
        key.is_some_and(|key| written.iter().any(|entry| key.is_written(&entry.key)))
    }

    /// Where the value of a way of English keys stands, such as `members[2].park`.
    pub fn field_span(&self, sources: &Sources, way: &str) -> Span {
        self.places(sources).span(way)
    }

    /// For asking where many keys stand; see [`Entry::field_span`].
    pub fn places<'a>(&self, sources: &'a Sources) -> Places<'a> {
        Places {
            snippet: self.snippet(sources),
            keys: self.kind().keys(),
            root: OnceCell::new(),
        }
    }
}

/// Where the keys of one entry stand. The front matter is scanned when the first is asked for, once.
#[derive(Debug)]
pub struct Places<'a> {
    snippet: Snippet<'a>,
    keys: &'static [Key],
    root: OnceCell<Option<Node>>,
}

impl Places<'_> {
    /// Where the value of a way of English keys stands; the front matter's first line when it
    /// cannot be found.
    pub fn span(&self, way: &str) -> Span {
        let root = self.root.get_or_init(|| self.snippet.scan());
        root.as_ref()
            .filter(|_| !way.is_empty())
            .map(|root| root.follow_english(self.keys, way).range.clone())
            .filter(|range| !range.is_empty())
            .map_or_else(|| self.snippet.first_line(), |range| self.snippet.span(range))
    }
}

/// A folder of entries.
#[derive(Debug, Clone)]
pub struct Column {
    /// The folder below `content/`; empty for the root itself.
    pub folder: String,
    /// The folder below `public/`.
    pub output_folder: String,
    /// As `site.yaml` says, else the introduction's title, else the kind's name.
    pub title: String,
    /// The kind of its entries.
    pub kind: Kind,
    /// What `site.yaml` says of it.
    pub config: ColumnConfig,
    /// Its `index.md`.
    pub introduction: Option<Box<Entry>>,
}

impl Column {
    /// Where its list is published. Entries in the root of `content/` belong to the front page.
    pub fn path(&self) -> String {
        if self.output_folder.is_empty() {
            "index.html".into()
        } else {
            format!("{}/index.html", self.output_folder)
        }
    }

    /// Whether it stands in the navigation.
    pub fn is_in_navigation(&self) -> bool {
        self.config.navigation.unwrap_or(self.kind != Kind::Page) && !self.folder.is_empty()
    }
}

/// The columns of a site: what `site.yaml` sets up, and every folder with entries besides, in
/// their order.
pub fn columns(config: &Config, walked: &Walked) -> Vec<Column> {
    let mut folders: BTreeMap<String, Option<&ColumnConfig>> = BTreeMap::new();
    for file in &walked.texts {
        folders.entry(top_folder(&file.path).to_owned()).or_default();
    }
    for column in &config.columns {
        folders.insert(column.folder.clone(), Some(column));
    }
    let mut columns: Vec<_> = folders
        .into_iter()
        .map(|(folder, config)| column(folder, config))
        .collect();
    columns.sort_by_key(|column| {
        let kind_order =
            i64::try_from(Kind::ALL.iter().position(|kind| *kind == column.kind).unwrap_or(0)).unwrap_or(0);
        (column.config.order.unwrap_or(100 + kind_order), column.folder.clone())
    });
    columns
}

fn column(folder: String, config: Option<&ColumnConfig>) -> Column {
    let config = config.cloned().unwrap_or_else(|| ColumnConfig {
        folder: folder.clone(),
        ..ColumnConfig::default()
    });
    let kind = if config.kind.is_some() {
        config.kind()
    } else {
        kind_of_folder(&folder)
    };
    let title = config.title.clone().unwrap_or_else(|| {
        if Kind::ALL.iter().any(|kind| kind.default_folder() == folder) || folder.is_empty() {
            kind.chinese().to_owned()
        } else {
            folder.clone()
        }
    });
    let output_folder = if folder.is_empty() {
        String::new()
    } else {
        pinyin_slug::slug(&folder)
    };
    Column {
        folder,
        output_folder,
        title,
        kind,
        config,
        introduction: None,
    }
}

/// Gives columns their introductions, whose titles count where `site.yaml` gives none.
/// A column without entries and without settings is left out.
pub fn with_introductions(
    columns: Vec<Column>,
    mut introductions: BTreeMap<usize, Entry>,
    entries: &[Entry],
) -> Vec<Column> {
    // Entries hold indices into the columns, so that none may be taken out.
    debug_assert!(entries.iter().all(|entry| entry.column < columns.len()));
    columns
        .into_iter()
        .enumerate()
        .map(|(index, mut column)| {
            if let Some(introduction) = introductions.remove(&index) {
                if column.config.title.is_none() && !introduction.common.title.is_empty() {
                    column.title.clone_from(&introduction.common.title);
                }
                column.introduction = Some(Box::new(introduction));
            }
            column
        })
        .collect()
}

/// The first folder of a path; empty for a file in the root.
fn top_folder(path: &str) -> &str {
    path.split_once('/').map_or("", |(folder, _)| folder)
}

fn stem(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Reads one file. An entry whose front matter cannot be read has a title at the most; it is
/// there so that links and references to it are not reported as well.
pub fn read_entry(
    sources: &Sources,
    file: FileId,
    path: &str,
    columns: &[Column],
    options: &Options,
) -> (Entry, Vec<Diagnostic>) {
    let text = sources.get(file).map_or("", |source| &*source.text);
    let (split, problem) = front_matter::split(file, text);
    let mut diagnostics: Vec<_> = problem.into_iter().collect();
    let column = columns
        .iter()
        .position(|column| column.folder == top_folder(path))
        .unwrap_or(0);
    let mapping = read_mapping(&split, text, &mut diagnostics);
    let is_introduction = stem(path) == "index" && path.matches('/').count() <= 1;
    let kind = kind_of(mapping.as_ref(), &columns[column], is_introduction);
    let snippet = front_matter::snippet(&split, text);
    let keys = match mapping {
        Some(mapping) => {
            let conformed = conform(snippet, &Value::Mapping(mapping), kind.keys());
            diagnostics.extend(conformed.diagnostics);
            conformed.value
        }
        None => title_alone(text),
    };
    let common: Common = typed(&keys, snippet, &mut diagnostics);
    let facts = facts(kind, &keys, snippet, &mut diagnostics);
    let body = text.get(split.body.range()).unwrap_or("");
    let start = split.body.range().start;
    let (outline, found) = match &facts {
        Facts::Roundtable(roundtable) => outline::read_conversation(file, start, body, &roundtable.speakers()),
        _ => outline::read(file, start, body),
    };
    diagnostics.extend(found);
    let slug = slug(&common, path);
    let visibility = visibility(&common, options);
    let output_path = output_path(&columns[column], path, &slug);
    let entry = Entry {
        id: EntryId::new(0),
        file,
        content_path: path.to_owned(),
        column,
        path: output_path,
        slug,
        common,
        facts,
        front_matter: split.front_matter,
        body: split.body,
        outline,
        visibility,
        is_introduction,
    };
    (entry, diagnostics)
}

/// The title of an entry whose front matter cannot be read, as far as a line says it.
fn title_alone(text: &str) -> Mapping {
    let title = text.lines().take(MOST_LINES_OF_KEYS).find_map(|line| {
        let rest = ["标题", "title"].iter().find_map(|key| line.trim().strip_prefix(key))?;
        let title = rest.trim_start().strip_prefix([':', '：'])?;
        Some(title.trim().trim_matches(['"', '\'', '“', '”']).to_owned())
    });
    let title = title.filter(|title| !title.is_empty());
    title
        .map(|title| (Value::from("title"), Value::from(title)))
        .into_iter()
        .collect()
}

fn read_mapping(split: &Split, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Mapping> {
    if !diagnostics.is_empty() && split.front_matter.range().is_empty() {
        return None;
    }
    let snippet = front_matter::snippet(split, text);
    match yaml::parse(snippet) {
        Ok(Value::Mapping(mapping)) => Some(mapping),
        Ok(Value::Null) => Some(Mapping::new()),
        Ok(_) => {
            diagnostics.extend(not_a_mapping(snippet));
            None
        }
        // Where the front matter ends is a guess then, and that it is not closed says enough.
        Err(_) if !diagnostics.is_empty() => None,
        Err(found) => {
            diagnostics.extend(found);
            None
        }
    }
}

/// A text instead of keys mostly comes from a slip behind each of them.
fn not_a_mapping(snippet: Snippet<'_>) -> Vec<Diagnostic> {
    let found = slips::find(snippet);
    if !found.is_empty() {
        return found;
    }
    let message = "抬头里要写“键: 值”，每行一个";
    vec![
        Diagnostic::new(rule::NOT_A_MAPPING, snippet.first_line(), message)
            .help("例如 标题: 某某。冒号是半角的，后面有一个空格；行首不要有减号"),
    ]
}

/// `kind:` of the entry, else the column's. An introduction is a page.
fn kind_of(mapping: Option<&Mapping>, column: &Column, is_introduction: bool) -> Kind {
    if is_introduction {
        return Kind::Page;
    }
    let written = ["kind", "体裁"]
        .iter()
        .find_map(|key| mapping?.get(*key))
        .and_then(Value::as_str);
    written.and_then(Kind::parse).unwrap_or(column.kind)
}

/// A typed struct from a conforming mapping. It cannot fail where the table of keys and the
/// struct agree; should they ever not, that is said and not hidden.
fn typed<T: DeserializeOwned + Default>(
    mapping: &Mapping,
    snippet: Snippet<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> T {
    match serde_yaml::from_value(Value::Mapping(mapping.clone())) {
        Ok(value) => value,
        Err(error) => {
            diagnostics.push(
                Diagnostic::new(rule::WRONG_TYPE, snippet.first_line(), format!("抬头读不出来：{error}"))
                    .help("这是程序没有料到的写法；请把这一篇发给维护程序的人"),
            );
            T::default()
        }
    }
}

fn facts(kind: Kind, mapping: &Mapping, snippet: Snippet<'_>, diagnostics: &mut Vec<Diagnostic>) -> Facts {
    match kind {
        Kind::Park => Facts::Park(typed(mapping, snippet, diagnostics)),
        Kind::Point => Facts::Point(typed(mapping, snippet, diagnostics)),
        Kind::Route => Facts::Route(typed(mapping, snippet, diagnostics)),
        Kind::Case => Facts::Case(typed(mapping, snippet, diagnostics)),
        Kind::Alliance => Facts::Alliance(typed(mapping, snippet, diagnostics)),
        Kind::Bulletin => Facts::Bulletin(typed(mapping, snippet, diagnostics)),
        Kind::Roundtable => Facts::Roundtable(typed(mapping, snippet, diagnostics)),
        Kind::Page => Facts::Page,
    }
}

/// `slug`, else the file's stem; both brought into the form of names on the web.
fn slug(common: &Common, path: &str) -> String {
    let wanted = common.slug.as_deref().unwrap_or_else(|| stem(path));
    let slug = pinyin_slug::slug(wanted);
    // A name of signs alone still needs a place; two of them are a collision that is reported.
    if slug.is_empty() { "entry".to_owned() } else { slug }
}

fn output_path(column: &Column, path: &str, slug: &str) -> String {
    let mut folders: Vec<String> = Vec::new();
    if !column.output_folder.is_empty() {
        folders.push(column.output_folder.clone());
    }
    let below = path.split('/').skip(1).collect::<Vec<_>>();
    if let Some((_, inner)) = below.split_last() {
        folders.extend(inner.iter().map(|folder| pinyin_slug::slug(folder)));
    }
    folders.push(format!("{slug}.html"));
    folders.join("/")
}

fn visibility(common: &Common, options: &Options) -> Visibility {
    let today = options.as_of.day_only();
    let hidden = if common.draft {
        Visibility::Draft
    } else if common.publish.is_some_and(|day| day.day_only() > today) {
        Visibility::NotYet
    } else if common.expires.is_some_and(|day| day.day_only() <= today) {
        Visibility::Expired
    } else {
        return Visibility::Published;
    };
    match options.drafts {
        Drafts::Shown => Visibility::Preview,
        Drafts::Hidden => hidden,
    }
}
