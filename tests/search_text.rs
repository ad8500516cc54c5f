//! What search covers, beside what the pages show: on an entry's page the elements marked
//! `data-searchable` hold exactly the text of [`passages`], in the same order, and between two
//! passages there is white space. An HTML parser reads the pages as a browser does and knows nothing
//! of hongtu.
//!
//! The sites: the demonstration, the golden ones, one that was made for this
//! (`tests/search_text/site.txt`), and one whose pages a machine makes up.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

#[allow(dead_code, reason = "the fixtures of problems need more")]
mod fixture;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use fixture::Fixture;
use hongtu::check::{self, settings::Settings};
use hongtu::derive::search::visible_text::{IN_NAMES, IN_TEXT, IN_TITLE, SearchPassage, passages};
use hongtu::kind::Kind;
use hongtu::read::{self, Drafts, Entry, Library, Options};
use hongtu::render::{self, Outputs};
use hongtu::schema::date::Date;
use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use support::DAY;

/// A site that was read and rendered. Other than in a build, entries with errors are rendered too.
struct Site {
    library: Arc<Library>,
    index: hongtu::derive::Index,
    outputs: Outputs,
    /// Paths below `content/` of files with errors.
    with_errors: BTreeSet<String>,
}

impl Site {
    fn new(content: &Path, themes: &Path) -> Self {
        let options = Options {
            content: content.to_owned(),
            themes: themes.to_owned(),
            cache: None,
            drafts: Drafts::Hidden,
            as_of: Date::parse(DAY).unwrap(),
            base_url: None,
        };
        let (library, mut diagnostics) = read::read(&options).unwrap();
        diagnostics.extend(check::run(&library));
        let library = Arc::new(library);
        let mut rendered = render::render(&library, hongtu::derive::index(&library));
        diagnostics.append(&mut rendered.diagnostics);
        let diagnostics = Settings::new(&library.config, &library.sources).judge(diagnostics);
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        let with_errors = errors
            .filter_map(|error| Some(library.sources.get(error.span?.file)?.path.to_string()))
            .collect();
        Self {
            outputs: rendered.portal.outputs().unwrap(),
            index: hongtu::derive::index(&library),
            library,
            with_errors,
        }
    }

    fn has_errors(&self, entry: &Entry) -> bool {
        self.with_errors.contains(&format!("content/{}", entry.content_path))
    }

    fn page(&self, path: &str) -> Page {
        Page::parse(&String::from_utf8_lossy(&self.outputs[path]))
    }

    /// Compares the pages of all entries; how many, and what differs.
    fn compare(&self) -> (usize, Vec<String>) {
        let entries: Vec<_> = self.library.shown().filter(|entry| !self.has_errors(entry)).collect();
        let problems = entries.iter().filter_map(|entry| {
            let covered = passages(&self.library, &self.index, entry);
            let problem = difference(&self.page(&entry.path), &covered)?;
            Some(format!("{}: {problem}", entry.content_path))
        });
        (entries.len(), problems.collect())
    }
}

/// What a page shows.
#[derive(Default)]
struct Page {
    /// The text of each outermost element that is marked.
    marked: Vec<String>,
    ids: BTreeSet<String>,
}

impl Page {
    fn parse(html: &str) -> Self {
        let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
        let mut page = Self::default();
        page.collect(&dom.document);
        page
    }

    fn collect(&mut self, node: &Handle) {
        let mut is_marked = false;
        if let NodeData::Element { attrs, .. } = &node.data {
            for attribute in attrs.borrow().iter() {
                is_marked |= &*attribute.name.local == "data-searchable";
                if &*attribute.name.local == "id" {
                    self.ids.insert(attribute.value.to_string());
                }
            }
        }
        let marked_before = self.marked.len();
        for child in node.children.borrow().iter() {
            self.collect(child);
        }
        if is_marked {
            self.marked.truncate(marked_before);
            let mut text = String::new();
            text_content(node, &mut text);
            self.marked.push(text);
        }
    }

    /// All of it, parted by white space.
    fn words(&self) -> Vec<&str> {
        self.marked.iter().flat_map(|text| text.split_whitespace()).collect()
    }
}

fn text_content(node: &Handle, text: &mut String) {
    if let NodeData::Text { contents } = &node.data {
        text.push_str(&contents.borrow());
    }
    for child in node.children.borrow().iter() {
        text_content(child, text);
    }
}

/// Where a page and the passages part ways. Words are what white space parts: equal words mean the
/// same text without white space, no two passages run together, and none cut.
fn difference(page: &Page, covered: &[SearchPassage]) -> Option<String> {
    let shown = page.words();
    let mut at = 0;
    for (number, passage) in covered.iter().enumerate() {
        let words: Vec<_> = passage.text.split(' ').collect();
        let there = shown.get(at..(at + words.len()).min(shown.len())).unwrap_or(&[]);
        if words != there {
            let around = &shown[at.saturating_sub(4).min(shown.len())..(at + words.len() + 4).min(shown.len())];
            return Some(format!(
                "passage {number} is {:?}, the page says {:?}",
                passage.text,
                around.join(" ")
            ));
        }
        if !matches!(passage.class, IN_TITLE | IN_NAMES | IN_TEXT) {
            return Some(format!("passage {number} has the class {}", passage.class));
        }
        if let Some(anchor) = passage.anchor.as_ref().filter(|anchor| !page.ids.contains(*anchor)) {
            return Some(format!(
                "passage {number}, {:?}, stands at #{anchor}, which is not there",
                passage.text
            ));
        }
        at += words.len();
    }
    (at < shown.len()).then(|| format!("the page goes on: {:?}", shown[at..shown.len().min(at + 12)].join(" ")))
}

#[test]
fn differences_are_seen() {
    let passage = |text: &str| SearchPassage {
        class: IN_TEXT,
        anchor: None,
        text: text.into(),
    };
    let covered = [passage("党建联盟"), passage("第 一 期")];
    let differs = |html: &str| difference(&Page::parse(html), &covered).is_some();
    assert!(!differs("<p data-searchable>党<b>建</b>联盟 <i>第 一\n期</i></p>"));
    assert!(!differs(
        "<p data-searchable>党建联盟</p>签<p data-searchable>第 一 <b data-searchable>期</b></p>"
    ));
    assert!(
        differs("<div data-searchable><p>党建联盟</p><p>第 一 期</p></div>"),
        "run together"
    );
    assert!(differs("<p data-searchable>党建 联盟 第 一 期</p>"), "cut");
    assert!(differs("<p data-searchable>党建联盟 第 一</p>"), "missing");
    assert!(differs("<p data-searchable>党建联盟 第 一 期 签</p>"), "more");
    assert!(differs("<p data-searchable>第 一 期 党建联盟</p>"), "out of order");
}

#[track_caller]
fn none(problems: &[String]) {
    assert!(
        problems.is_empty(),
        "{} pages show other text than search covers:\n{}",
        problems.len(),
        problems[..problems.len().min(12)].join("\n")
    );
}

#[test]
fn the_demonstration_shows_what_search_covers() {
    let site = Site::new(&support::demonstration(), Path::new("no themes of its own"));
    let (count, problems) = site.compare();
    none(&problems);
    assert!(count > 20, "{count} entries");
    assert!(site.with_errors.is_empty());
    let kinds: BTreeSet<_> = site.library.shown().map(Entry::kind).collect();
    assert_eq!(kinds.len(), Kind::ALL.len(), "only {kinds:?}");
}

/// With the theme that is in the program: what a site's own templates mark is the site's affair.
#[test]
fn the_golden_sites_show_what_search_covers() {
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    for item in fs::read_dir(sites).unwrap() {
        let content = item.unwrap().path().join("content");
        let site = Site::new(&content, Path::new("no themes of its own"));
        let (count, problems) = site.compare();
        none(&problems);
        assert!(count > 0, "{}", content.display());
    }
}

fn everything() -> (Site, tempfile::TempDir) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search_text/site.txt");
    let fixture = Fixture::parse(&fs::read_to_string(path).unwrap());
    let folder = tempfile::tempdir().unwrap();
    fixture.write(folder.path());
    let site = Site::new(&folder.path().join("content"), &folder.path().join("themes"));
    assert!(site.with_errors.is_empty(), "{:?}", site.with_errors);
    (site, folder)
}

#[test]
fn a_site_with_everything_shows_what_search_covers() {
    let (site, _folder) = everything();
    let (_, problems) = site.compare();
    none(&problems);
}

/// Text that the fixture marks must be found, text that it marks otherwise must not be: «…» and ‹…›.
#[test]
fn what_belongs_to_a_page_is_covered_and_nothing_else() {
    let (site, _folder) = everything();
    for entry in site.library.shown() {
        let covered = passages(&site.library, &site.index, entry);
        let all: String = covered.iter().map(|passage| format!("{}\n", passage.text)).collect();
        let source = &site.library.sources.get(entry.file).unwrap().text;
        for (open, close, is_covered) in [('«', '»', true), ('‹', '›', false)] {
            for marked in source.split(open).skip(1).filter_map(|rest| rest.split_once(close)) {
                let marked = format!("{open}{}{close}", marked.0);
                assert_eq!(
                    all.contains(&marked),
                    is_covered,
                    "{}: {marked}\n{all}",
                    entry.content_path
                );
            }
        }
    }
}

#[test]
fn only_the_pages_of_entries_are_marked() {
    let (site, _folder) = everything();
    let entries: BTreeSet<&str> = site.library.shown().map(|entry| entry.path.as_str()).collect();
    let is_page = |path: &str| path.rsplit_once('.').is_some_and(|(_, extension)| extension == "html");
    for path in site
        .outputs
        .keys()
        .filter(|path| is_page(path) && !entries.contains(path.as_str()))
    {
        assert!(site.page(path).marked.is_empty(), "{path}");
    }
}

/// Pieces of Markdown, of raw HTML, of text. Those that only an HTML parser can make sense of are in
/// a list of their own, so that most pages do without them.
const MARKDOWN: &[&str] = &[
    "甲",
    "党建",
    "联盟",
    "《",
    "》",
    "，",
    "“",
    "”",
    "a",
    "5G",
    " ",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\n\n",
    "  \n",
    "\\\n",
    "\u{3000}",
    "    ",
    "\t",
    "**",
    "**",
    "*",
    "_",
    "~~",
    "`",
    "``",
    "```\n",
    "```rust\n",
    "```新词\n",
    "\n```指标\n- {名称: 数, 数值: 12345, 单位: 个}\n```\n",
    "\n```提示\n记住\n```\n",
    "\n```时间线\n- {时间: 昨天, 标题: 题, 内容: 事}\n```\n",
    "\n```组织网络\nname: 党工委\nchildren: [甲, {name: 乙, note: 注}]\n```\n",
    "# ",
    "\n## ",
    "\n### ",
    "{#own}",
    "===\n",
    "---\n",
    "\n> ",
    "\n> [!NOTE]\n> ",
    "\n- ",
    "\n- ",
    "\n  - ",
    "\n- [x] ",
    "\n- [ ] ",
    "\n1. ",
    "\n| a | b |\n|-|:-:|\n",
    "| ",
    "[^1]",
    "[^二]",
    "\n\n[^1]: ",
    "\n\n[^二]: ",
    "\n: ",
    "[",
    "](https://a.b)",
    "![图](/assets/p.svg)",
    "![图](/assets/p.svg \"图注\")",
    "\n\n![图](/assets/p.svg \"图注\")\n\n",
    "<https://a.b>",
    "&amp;",
    "&nbsp;",
    "&lt;",
    "&#13;",
    "\\",
    ">",
    "\"",
    "&",
    "李某：",
    "\n\n李某：",
    "\n\n**李某**：",
    "\n\n王某:",
    "\u{200d}",
    "\u{301}",
    "\u{feff}",
    "𠀀",
    "\u{85}",
    "\u{2028}",
];

const RAW_HTML: &[&str] = &[
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "\n<div>\n",
    "\n</div>\n",
    "<br>",
    "<table><td>",
    "</td></table>",
    "<table>",
    "<tr>",
    "<caption>",
    "<td>丙",
    "</table>",
    "<details><summary>",
    "</summary>",
    "</details>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<svg>",
    "</svg>",
    "<math>",
    "<mi>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "</title>",
    "<select>",
    "<option>",
    "<template>",
    "</template>",
    "<a href=\"https://a.b\">",
    "</a>",
    "<h2 id=\"own\">",
    "</h2>",
    "<li>",
    "<ul>",
    "</ul>",
    "<pre>",
    "</pre>",
    "<ruby>党<rt>dang</rt></ruby>",
    "<span class=\"a>b\">",
    "</span>",
    "<hr>",
    "<iframe>",
    "</iframe>",
    "<noscript>",
    "<plaintext>",
    "<xmp>",
    "</xmp>",
    "<button>",
    "<form>",
    "<body>",
    "<frameset>",
    "<em>",
    "</em>",
    "<hongtu-piece data-piece=\"0\"></hongtu-piece>",
    "<hongtu-piece>",
    "<object>",
    "<p/>",
    "</p >",
    "<B>",
    "<img src=\"/assets/p.svg\" alt=\"x\">",
    "<input>",
    "<nobr>",
    "<dd>",
    "<dt>",
    "<figure>",
    "<figcaption>",
    "<marquee>",
    "</br>",
    "<image>",
    "<font color=a>",
    "<desc>",
    "<foreignObject>",
];

fn body() -> impl Strategy<Value = String> {
    let markdown = || proptest::sample::select(MARKDOWN).prop_map(str::to_owned);
    let raw = proptest::sample::select(RAW_HTML).prop_map(str::to_owned);
    let plain = proptest::collection::vec(prop_oneof![12 => markdown(), 1 => "\\PC{0,3}"], 1..40);
    let mixed = proptest::collection::vec(prop_oneof![3 => markdown(), 1 => raw], 1..30);
    prop_oneof![plain, mixed].prop_map(|pieces| pieces.concat())
}

#[test]
fn made_up_pages_show_what_search_covers() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    let drawing =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"><rect width=\"4\" height=\"3\"/></svg>";
    let mut files = vec![
        ("site.yaml".to_owned(), "title: 试验\n".to_owned()),
        ("assets/p.svg".to_owned(), drawing.to_owned()),
    ];
    let mut runner = TestRunner::default();
    let bodies = body();
    let many = std::env::var("HONGTU_PAGES")
        .ok()
        .and_then(|many| many.parse().ok())
        .unwrap_or(600);
    for number in 0..many {
        let body = bodies.new_tree(&mut runner).unwrap().current();
        files.push(if number % 4 == 0 {
            let head = "title: 试\nhosts: [王某]\nguests: [李某]\nsummary: 摘要\n";
            (format!("roundtables/{number}.md"), format!("---\n{head}---\n{body}"))
        } else {
            (format!("pages/{number}.md"), format!("---\ntitle: 试\n---\n{body}"))
        });
    }
    let written = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
    support::write_files(&content, written);
    let site = Site::new(&content, &folder.path().join("themes"));
    let (count, mut problems) = site.compare();
    assert!(count > many / 2, "only {count} of {many} pages could be compared");
    for problem in &mut problems {
        let path = problem.split(": ").next().unwrap().to_owned();
        let source = fs::read_to_string(content.join(&path)).unwrap();
        let (_, body) = source.rsplit_once("---\n").unwrap();
        *problem = format!("{problem}\n  {body:?}");
    }
    problems.sort_by_key(String::len);
    none(&problems);
}
