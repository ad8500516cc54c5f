//! One content file of arbitrary bytes, taken through everything that hongtu does with one: decode,
//! front matter, typed entry, outline, checks, the report for people, the body as HTML, and, where no
//! check objects, the pages.
//!
//! The file joins a small portal that is read once, so that references have something to lead to and
//! a run takes about a millisecond. The fuzz target and `tests/museum.rs` share this file: what the
//! one finds, the other keeps.

use std::cell::RefCell;
use std::sync::Arc;

use hongtu::check;
use hongtu::config::Config;
use hongtu::derive;
use hongtu::diagnostic::human::{self, Colour};
use hongtu::diagnostic::{self, Diagnostic};
use hongtu::kind::Kind;
use hongtu::read::decode::decode;
use hongtu::read::names::NameIndex;
use hongtu::read::walk::Walked;
use hongtu::read::{self, Drafts, EntryId, Library, Options, entry};
use hongtu::render::cards::Cards;
use hongtu::render::frame::Workshop;
use hongtu::render::markdown::highlight::Highlighter;
use hongtu::render::portal::{File, Made, Output};
use hongtu::render::print_places::PrintPlaces;
use hongtu::render::templates::Templates;
use hongtu::render::{entries, exports, feeds, handbook, home, lists, maps, meta, plaques, publish, site};
use hongtu::schema::date::Date;
use hongtu::source::{FileId, Sources};

/// What an input is taken for; its first byte says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An entry of a kind, in the kind's own folder.
    Entry(Kind),
    /// A column's `index.md`.
    Introduction,
    /// `site.yaml`.
    Site,
    /// The content of a data fence on a page.
    Block(&'static str),
}

/// The first byte of an input, and what it stands for. Other bytes count through the table.
pub const FORMS: [(u8, Form); 16] = [
    (b'p', Form::Entry(Kind::Park)),
    (b'o', Form::Entry(Kind::Point)),
    (b'r', Form::Entry(Kind::Route)),
    (b'c', Form::Entry(Kind::Case)),
    (b'a', Form::Entry(Kind::Alliance)),
    (b'b', Form::Entry(Kind::Bulletin)),
    (b't', Form::Entry(Kind::Roundtable)),
    (b'g', Form::Entry(Kind::Page)),
    (b'i', Form::Introduction),
    (b's', Form::Site),
    (b'F', Form::Block("指标")),
    (b'T', Form::Block("时间线")),
    (b'G', Form::Block("图集")),
    (b'N', Form::Block("组织网络")),
    (b'Q', Form::Block("引言")),
    (b'H', Form::Block("提示")),
];

/// What a first byte stands for.
pub fn form_of(byte: u8) -> Form {
    let known = FORMS.iter().find(|(letter, _)| *letter == byte);
    known.map_or(FORMS[usize::from(byte) % FORMS.len()].1, |(_, form)| *form)
}

/// The portal that the input joins.
const SITE: [(&str, &str); 13] = [
    ("site.yaml", "title: 试验门户\nper_page: 2\n"),
    (
        "parks/wuxi.md",
        "---\ntitle: 无锡高新区\nregion: 320214\nlocation: {lng: 120.35, lat: 31.55, crs: wgs84}\n---\n甲。\n",
    ),
    ("parks/xian.md", "---\ntitle: 西安高新区\nregion: 610113\n---\n乙。\n"),
    (
        "points/hall.md",
        "---\ntitle: 会客厅\npark: wuxi\ncategory: 党群服务中心\naddress: 某路1号\nlocation: {lng: 120.36, lat: 31.56, crs: gcj02}\ntags: [两新]\n---\n## 看什么\n\n丙。\n",
    ),
    (
        "points/room.md",
        "---\ntitle: 书屋\npark: wuxi\ncategory: 红色书屋\naddress: 某路2号\nlocation: {lng: 120.37, lat: 31.57, crs: bd09}\n---\n",
    ),
    ("routes/day.md", "---\ntitle: 半日线\nstops: [hall, 书屋]\n---\n丁。\n"),
    (
        "cases/list.md",
        "---\ntitle: 三张清单\norg: 无锡高新区党工委\npark: wuxi\ndate: 2026-03-01\ntags: [两新]\n---\n## 背景\n\n戊[^1]。\n\n[^1]: 注。\n",
    ),
    (
        "alliances/yrd.md",
        "---\ntitle: 长三角联盟\nfounded: 2019-10\nmembers:\n  - {unit: 甲, park: wuxi, role: 主任单位, since: 2020, until: 2021}\n  - {unit: 乙, park: xian, role: 成员单位}\ncharter: {joint_meetings_per_year: 2, exec_meetings_per_year: 4, term_years: 1}\n---\n",
    ),
    (
        "bulletins/one.md",
        "---\ntitle: 第一期\nalliance: yrd\nissue: 1\ndate: 2026-02-01\n---\n己。\n",
    ),
    (
        "roundtables/talk.md",
        "---\ntitle: 圆桌\nguests: [{name: 李某, title: 主任, org: 甲}]\n---\n## 怎么办？\n\n李某：庚。\n",
    ),
    ("pages/index.md", "---\ntitle: 关于\n---\n辛。\n"),
    (
        "pages/about.md",
        "---\ntitle: 关于本站\n---\n```rust\nfn main() {}\n```\n\n![图](../assets/p.svg)[件](../assets/a.txt)\n",
    ),
    (
        "assets/p.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"><rect width=\"4\" height=\"3\"/></svg>",
    ),
];

struct Prepared {
    options: Options,
    library: Arc<Library>,
    /// What an input may change of the portal, as it was.
    sources: Sources,
    config: Config,
    entries: usize,
    /// Loaded once: they are most of the time that a build of so small a portal takes.
    templates: Arc<Templates>,
    highlighter: Option<Arc<Highlighter>>,
}

impl Prepared {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the portal");
        let content = folder.path().join("content");
        for (path, text) in SITE.iter().chain(&[("assets/a.txt", "附件")]) {
            let path = content.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            std::fs::write(path, text).expect("a file is written");
        }
        let options = Options {
            content,
            themes: folder.path().join("themes"),
            cache: None,
            drafts: Drafts::Shown,
            as_of: Date::parse("2026-07-01").expect("a day"),
            base_url: None,
        };
        let (library, found) = read::read(&options).expect("the portal is read");
        assert!(found.is_empty(), "the portal is sound: {found:?}");
        let (for_templates, _) = read::read(&options).expect("the portal is read");
        let view = site_view(&for_templates);
        let templates = Templates::load(&Arc::new(for_templates), &view).expect("the theme is sound");
        Self {
            options,
            sources: library.sources.clone(),
            config: library.config.clone(),
            entries: library.entries.len(),
            highlighter: Highlighter::if_needed(&library).map(Arc::new),
            library: Arc::new(library),
            templates: Arc::new(templates),
        }
    }
}

fn site_view(library: &Library) -> hongtu::render::view::SiteView {
    let (assets, _) = publish::assets(library);
    site::view(library, &derive::index(library), assets)
}

thread_local! {
    static PREPARED: RefCell<Prepared> = RefCell::new(Prepared::new());
}

/// Takes an input through all of it.
///
/// # Panics
/// When hongtu does, and when what it makes breaks a rule: a place outside of its file, HTML that is
/// not well formed or could do harm.
pub fn run(input: &[u8]) {
    let Some((first, bytes)) = input.split_first() else {
        return;
    };
    PREPARED.with_borrow_mut(|prepared| match form_of(*first) {
        Form::Entry(kind) => prepared.entry(&format!("{}/试 稿.md", kind.default_folder()), bytes),
        Form::Introduction => prepared.entry("cases/index.md", bytes),
        Form::Block(name) => {
            let mut text = format!("---\ntitle: 试稿\n---\n甲。\n\n```{name}\n").into_bytes();
            text.extend_from_slice(bytes);
            text.extend_from_slice("\n```\n乙。\n".as_bytes());
            prepared.entry("pages/试 稿.md", &text);
        }
        Form::Site => prepared.site_file(bytes),
    });
}

impl Prepared {
    fn entry(&mut self, path: &str, bytes: &[u8]) {
        let (file, mut diagnostics) = self.add(path, bytes);
        let before = self.entries;
        let library = changeable(&mut self.library);
        let (mut entry, found) = entry::read_entry(&library.sources, file, path, &library.columns, &self.options);
        diagnostics.extend(found);
        if entry.is_introduction {
            let column = entry.column;
            library.columns[column].introduction = Some(Box::new(entry));
        } else {
            entry.id = EntryId::new(before);
            library.by_file.insert(path.to_owned(), entry.id);
            library.entries.push(entry);
            library.names = NameIndex::of(&library.entries);
        }
        diagnostics.extend(check::run(&self.library));
        let has_errors = self.report(&mut diagnostics);
        self.render(before, has_errors, bytes.len().is_multiple_of(8));
    }

    fn site_file(&mut self, bytes: &[u8]) {
        let (file, mut diagnostics) = self.add("site.yaml", bytes);
        let config = Config::parse(&self.library.sources, file, &mut diagnostics);
        // Entries hold indices into the columns, so that a portal with other columns has to be read anew.
        let columns = entry::columns(&config, &Walked::default());
        assert!(columns.iter().all(|column| !column.path().starts_with('/')));
        changeable(&mut self.library).config = config;
        diagnostics.extend(check::run(&self.library));
        if !self.report(&mut diagnostics) {
            let view = site_view(&self.library);
            let templates = Templates::load(&self.library, &view).expect("the theme is sound");
            let workshop = self.workshop(Arc::new(templates));
            for (path, made) in pages(&workshop, None, true) {
                look_at(&path, made);
            }
        }
    }

    /// Adds a file to the portal as it was before the last input.
    fn add(&mut self, path: &str, bytes: &[u8]) -> (FileId, Vec<Diagnostic>) {
        let library = changeable(&mut self.library);
        library.sources = self.sources.clone();
        library.config = self.config.clone();
        library.entries.truncate(self.entries);
        library.by_file.retain(|_, id| id.index() < self.entries);
        library.names = NameIndex::of(&library.entries);
        for column in library.columns.iter_mut().filter(|column| column.folder == "cases") {
            column.introduction = None;
        }
        let decoded = decode(bytes.to_vec());
        let file = library.sources.add(format!("content/{path}"), decoded.text);
        let found = decoded.problem.map(|problem| problem.diagnostic(file));
        (file, found.into_iter().collect())
    }

    /// Shows all problems as the program would; whether one of them is an error.
    fn report(&self, diagnostics: &mut Vec<Diagnostic>) -> bool {
        let sources = &self.library.sources;
        diagnostic::sort(diagnostics, sources);
        for diagnostic in diagnostics.iter() {
            let places = diagnostic
                .span
                .iter()
                .chain(diagnostic.related.iter().map(|(span, _)| span));
            for span in places {
                let text = &sources.get(span.file).expect("a known file").text;
                assert!(
                    text.get(span.range()).is_some(),
                    "a place outside of its file: {diagnostic:?}"
                );
            }
        }
        // A file can have thousands of equal mistakes, and showing one is slow beside finding it.
        for diagnostic in diagnostics.iter().take(20) {
            assert!(!human::render(diagnostic, sources, Colour::Off).is_empty());
        }
        diagnostics.iter().any(Diagnostic::is_error)
    }

    fn render(&self, new: usize, has_errors: bool, with_lists: bool) {
        let library = &self.library;
        let files = publish::files(library, publish::Pictures::Made);
        let renderer = hongtu::render::markdown::Renderer {
            library,
            published: &files.published,
            templates: &self.templates,
            highlighter: self.highlighter.as_deref(),
        };
        // A build with errors renders nothing; bodies must be harmless all the same.
        for entry in library.entries.iter().skip(new).chain(library.introductions()) {
            let html = renderer.body(entry, &mut Vec::new());
            assert_harmless(&html, Part::Body);
        }
        if !has_errors {
            let workshop = self.workshop(self.templates.clone());
            for (path, made) in pages(&workshop, library.entries.get(new), with_lists) {
                look_at(&path, made);
            }
        }
    }

    fn workshop(&self, templates: Arc<Templates>) -> Workshop {
        let library = &self.library;
        let index = derive::index(library);
        let published = publish::files(library, publish::Pictures::Made).published;
        Workshop {
            library: library.clone(),
            site: site_view(library),
            cards: Cards::new(library, &index, &published),
            published,
            templates,
            highlighter: self.highlighter.clone(),
            site_tags: meta::site_tags(library),
            print_places: PrintPlaces::new(library, &index),
            index,
        }
    }
}

/// Nothing holds the library between two inputs.
fn changeable(library: &mut Arc<Library>) -> &mut Library {
    Arc::get_mut(library).expect("a library of its own")
}

/// The pages of an entry, and those that show many.
fn pages(workshop: &Workshop, entry: Option<&read::Entry>, with_lists: bool) -> Vec<(String, Made)> {
    let (library, index) = (&workshop.library, &workshop.index);
    let mut outputs: Vec<(String, Output)> = entry
        .into_iter()
        .flat_map(|entry| entries::outputs(workshop, entry))
        .collect();
    let mut made = Vec::new();
    if with_lists {
        outputs.extend(lists::columns(library, index));
        outputs.extend(lists::tags(library, index));
        outputs.push(("index.html".to_owned(), Output::page(home::page)));
        outputs.extend(handbook::pages(&workshop.print_places));
        outputs.extend(plaques::pages(&workshop.print_places));
        outputs.push(("sitemap.html".to_owned(), Output::page(lists::sitemap)));
        outputs.push(("404.html".to_owned(), Output::page(site::missing_page)));
        outputs.extend(feeds::feeds(library, index));
        outputs.extend(site::for_search_engines(library));
        outputs.extend(exports::exports(library, index));
        made.extend(maps::outputs(workshop));
    }
    made.extend(outputs.into_iter().map(|(path, output)| {
        let made = match output {
            Output::Bytes(bytes) => Ok(File::of_bytes(bytes.to_vec())),
            Output::Page(maker) => maker(workshop, None),
        };
        (path, made)
    }));
    made
}

fn look_at(path: &str, made: Made) {
    let bytes = match made {
        Ok(File::New { bytes, .. }) => bytes,
        Ok(File::AsKnown) => panic!("nothing is known: {path}"),
        // A block whose own content is wrong is said so; a template's mistake would be ours.
        Err(problems) => {
            for problem in problems {
                assert_ne!(problem.rule.id, "theme/template", "{problem:?}");
            }
            return;
        }
    };
    let clean = |part: &str| !part.is_empty() && part != "." && part != "..";
    assert!(path.split('/').all(clean), "an odd path: {path}");
    let text = String::from_utf8(bytes).expect("an output is text");
    let has_extension = |extension: &str| path.rsplit_once('.').is_some_and(|(_, found)| found == extension);
    if has_extension("html") {
        assert_harmless(&text, Part::Page);
    } else if has_extension("svg") || has_extension("xml") || has_extension("kml") {
        assert_harmless(&text, Part::Drawing);
    } else if has_extension("geojson") {
        serde_json::from_str::<serde_json::Value>(&text).expect("the points are JSON");
    }
}

/// What a piece of HTML is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What a writer's Markdown became.
    Body,
    /// A whole page: the theme's own scripts are on it.
    Page,
    /// XML.
    Drawing,
}

/// Elements that have no end tag.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];

/// Elements that a body can never have.
const FORBIDDEN: [&str; 16] = [
    "script", "style", "iframe", "object", "embed", "base", "form", "link", "meta", "template", "noscript", "math",
    "textarea", "select", "frame", "html",
];

/// Looks through HTML tag by tag, strictly: hongtu writes all of it, so anything unusual is a mistake.
///
/// # Panics
/// When a tag is not well formed, is not closed, or could do harm.
pub fn assert_harmless(html: &str, part: Part) {
    let mut open: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start + 1..];
        let shown = || rest.chars().take(80).collect::<String>();
        if rest.starts_with("!--") {
            at = start + rest.find("-->").expect("a comment ends");
            continue;
        }
        if part != Part::Body && rest.starts_with(['!', '?']) {
            at = start + 1;
            continue;
        }
        if let Some(name) = rest.strip_prefix('/') {
            let end = name.find('>').expect("an end tag ends");
            assert_eq!(
                open.pop().as_deref(),
                Some(&name[..end]),
                "an end tag without its start: </{}",
                shown()
            );
            at = start + 2 + end;
            continue;
        }
        let (tag, length) = tag(rest).unwrap_or_else(|| panic!("a tag that is none: <{}", shown()));
        at = start + 1 + length;
        check_tag(&tag, part);
        if tag.name == "script" {
            let end = html[at..].find("</script>").expect("a script ends");
            check_script(&tag, &html[at..at + end]);
            at += end + "</script>".len();
        } else if !tag.closed && (part == Part::Drawing || !VOID.contains(&tag.name.as_str())) {
            open.push(tag.name);
        }
    }
    assert!(open.is_empty(), "{part:?}: never closed: {open:?}");
}

struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    closed: bool,
}

/// The tag that `text` begins with, after its `<`, and its length with the `>`.
fn tag(text: &str) -> Option<(Tag, usize)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_');
    let end = text.find(|c| !is_name(c))?;
    let name = text[..end].to_owned();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes: Vec<(String, String)> = Vec::new();
    let mut rest = &text[end..];
    loop {
        let trimmed = rest.trim_start_matches([' ', '\n', '\t', '\r']);
        let length = |rest: &str, taken: usize| text.len() - rest.len() + taken;
        if trimmed.starts_with('>') {
            let closed = false;
            return Some((
                Tag {
                    name,
                    attributes,
                    closed,
                },
                length(trimmed, 1),
            ));
        }
        if trimmed.starts_with("/>") {
            let closed = true;
            return Some((
                Tag {
                    name,
                    attributes,
                    closed,
                },
                length(trimmed, 2),
            ));
        }
        // Two attributes must stand apart.
        if trimmed.len() == rest.len() {
            return None;
        }
        let end = trimmed.find(|c| !is_name(c)).filter(|end| *end > 0)?;
        let attribute = trimmed[..end].to_owned();
        let mut value = "";
        rest = &trimmed[end..];
        if let Some(after) = rest.strip_prefix("=\"") {
            let end = after.find('"')?;
            (value, rest) = (&after[..end], &after[end + 1..]);
        } else if rest.starts_with('=') {
            return None;
        }
        let is_new = attributes.iter().all(|(known, _)| *known != attribute);
        assert!(is_new, "<{name}> has {attribute} twice");
        attributes.push((attribute, value.to_owned()));
    }
}

fn check_tag(tag: &Tag, part: Part) {
    let name = tag.name.as_str();
    if part == Part::Body {
        assert!(!FORBIDDEN.contains(&name), "<{name}> in a body");
    }
    assert!(
        !matches!(name, "style" | "iframe" | "object" | "embed" | "base"),
        "<{name}>"
    );
    for (attribute, value) in &tag.attributes {
        let lower = attribute.to_ascii_lowercase();
        assert!(!lower.starts_with("on"), "<{name} {attribute}>");
        assert!(
            !matches!(
                lower.as_str(),
                "style" | "srcdoc" | "formaction" | "ping" | "background"
            ),
            "<{name} {attribute}>"
        );
        if matches!(
            lower.as_str(),
            "href" | "src" | "srcset" | "cite" | "action" | "poster" | "xlink:href"
        ) {
            check_address(name, &lower, value, part);
        }
    }
}

/// An address as a browser reads it: entities resolved, without white space and control characters.
fn check_address(element: &str, attribute: &str, value: &str, part: Part) {
    let text = value
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let scheme = text
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase())
        .filter(|scheme| {
            // RFC 3986, 3.1: a letter, then letters, digits and three signs.
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        });
    let Some(scheme) = scheme else {
        let outside = text.starts_with("//") || text.starts_with("\\\\") || text.starts_with("/\\");
        assert!(
            !outside || attribute == "href" && element == "a",
            "<{element} {attribute}={value:?}>"
        );
        return;
    };
    assert!(
        !matches!(scheme.as_str(), "javascript" | "vbscript" | "data" | "file" | "blob"),
        "{attribute}={value:?}"
    );
    if part == Part::Body {
        let allowed = ["http", "https", "mailto", "tel", "sms", "geo"];
        assert!(allowed.contains(&scheme.as_str()), "<{element} {attribute}={value:?}>");
    }
    if part != Part::Drawing {
        assert!(
            matches!(attribute, "href" | "cite"),
            "<{element} {attribute}={value:?}> loads from elsewhere"
        );
    }
}

fn check_script(tag: &Tag, text: &str) {
    let value = |wanted: &str| {
        tag.attributes
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    };
    if value("type") == Some("application/ld+json") {
        serde_json::from_str::<serde_json::Value>(text).expect("JSON-LD is JSON");
    } else {
        assert!(
            value("src").is_some() && text.trim().is_empty(),
            "a script in the page: {text}"
        );
    }
}
