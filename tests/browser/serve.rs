//! The preview in a browser: a page is open while its site is changed.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::chromium::Chromium;
use crate::none_of;
use crate::preview::Preview;

/// Whatever is waited for happens within this time on the slowest machine that runs the tests.
const PATIENCE: Duration = Duration::from_secs(60);

const SITE: (&str, &str) = ("content/site.yaml", "title: 测试门户\n");
const PAGE: &str = "/cases/a.html";
const FILE: &str = "content/cases/a.md";
/// Where errors and panel stand.
const TREE: &str = "document.querySelector('hongtu-preview').shadowRoot";

/// A text that is longer than any window.
fn long(title: &str, words: &str) -> String {
    let paragraphs = "三家厂只有一家有食堂，支部坐下来商量，把饭卡打通了。\n\n".repeat(120);
    format!("---\n标题: {title}\n报送单位: 园区党委\n---\n\n## 背景\n\n{words}\n\n{paragraphs}## 做法\n\n末尾。\n")
}

/// A preview, and a browser with one of its pages open.
struct Open {
    preview: Preview,
    chromium: Chromium,
}

impl Open {
    /// Opens a page of a site; nothing if this machine has no browser.
    fn page(files: &[(&str, &str)], path: &str) -> Option<Self> {
        let mut chromium = Chromium::start()?;
        chromium.resize(1280, 800);
        let preview = Preview::start(files, &[]);
        let base = preview.base();
        let problems = chromium.open(&format!("{base}{path}"), &base);
        let unexpected: Vec<String> = problems
            .into_iter()
            .filter(|problem| !problem.contains("503"))
            .collect();
        none_of(path, &unexpected);
        Some(Self { preview, chromium })
    }

    /// A page with a long text.
    fn long_page() -> Option<Self> {
        let mut open = Self::page(&[SITE, (FILE, &long("甲事", "第一稿"))], PAGE)?;
        open.wait_for_panel();
        Some(open)
    }

    /// Waits until a condition holds in the page.
    #[track_caller]
    fn wait(&mut self, condition: &str) {
        let start = Instant::now();
        while !self.chromium.is_so(condition) {
            if start.elapsed() > PATIENCE {
                let page = self
                    .chromium
                    .evaluate("location.href + ' ' + document.body.innerText.slice(0, 200)");
                assert!(page.is_null(), "waited in vain for {condition}; the page is {page}");
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until the server has told the page something: from then on it is told everything.
    #[track_caller]
    fn wait_for_panel(&mut self) {
        self.wait(&format!("!!{TREE}.querySelector('summary').textContent"));
    }

    /// Waits until some words stand on the page.
    #[track_caller]
    fn wait_for_words(&mut self, words: &str) {
        self.wait(&format!("document.body.innerText.includes('{words}')"));
    }

    /// Leaves a mark that does not survive when the page is loaded again.
    fn mark(&mut self) {
        self.chromium.evaluate("window.marked = true");
    }

    fn is_marked(&mut self) -> bool {
        self.chromium.is_so("window.marked === true")
    }

    fn text_of(&mut self, selector: &str) -> String {
        let text = self
            .chromium
            .evaluate(&format!("{TREE}.querySelector('{selector}').innerText"));
        text.as_str().unwrap_or_default().to_owned()
    }
}

#[test]
fn a_save_loads_the_page_again_where_it_was() {
    let Some(mut open) = Open::long_page() else { return };
    open.chromium.evaluate("scrollTo({ top: 1500, behavior: 'instant' })");
    open.mark();
    open.preview.put(FILE, &long("甲事", "第二稿"));
    open.wait_for_words("第二稿");
    assert!(!open.is_marked(), "it was loaded again");
    open.wait("scrollY === 1500");
    // A page that has nothing to do with what changed stays as it is.
    open.wait_for_panel();
    open.mark();
    open.preview
        .put("content/pages/b.md", "---\n标题: 别的\n---\n\n别的。\n");
    open.preview.wait_for_status("/pages/b.html", 200);
    open.preview
        .put("content/pages/b.md", "---\n标题: 别的\n---\n\n别的，改了。\n");
    open.preview.wait_for("/pages/b.html", "别的，改了。");
    open.preview.put(FILE, &long("甲事", "第三稿"));
    open.wait_for_words("第三稿");
}

#[test]
fn folded_parts_that_were_open_stay_open() {
    let Some(mut open) = Open::long_page() else { return };
    let details = "document.querySelector('main details')";
    open.chromium.resize(390, 800);
    open.wait(&format!("!!{details}"));
    let was_open = open.chromium.is_so(&format!("{details}.open"));
    open.chromium.evaluate(&format!("{details}.open = {}", !was_open));
    open.preview.put(FILE, &long("甲事", "第二稿"));
    open.wait_for_words("第二稿");
    open.wait(&format!("{details}.open === {}", !was_open));
}

#[test]
fn an_error_stands_over_the_page_until_it_is_mended() {
    let Some(mut open) = Open::long_page() else { return };
    open.mark();
    let broken = long("甲事", "第二稿").replace("报送单位: 园区党委\n", "报送单位: 园区党委\n日期: 2026-02-30\n");
    open.preview.put(FILE, &broken);
    let dialog = format!("{TREE}.querySelector('dialog')");
    open.wait(&format!("{dialog}.open"));
    let shown = open.text_of("dialog");
    for words in ["有 1 处错误", "content/cases/a.md:4:5", "办法"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert_eq!(open.text_of("dialog mark"), "2026-02-30");
    assert_eq!(open.text_of("dialog .number"), "4");
    let link = open
        .chromium
        .evaluate(&format!("{TREE}.querySelector('dialog .place a').href"));
    let link = link.as_str().unwrap().to_owned();
    assert!(
        link.starts_with("vscode://file/") && link.ends_with("/content/cases/a.md:4:5"),
        "{link}"
    );
    // The page below is still the good one, and cannot be reached with the keyboard.
    assert!(open.is_marked());
    assert!(open.chromium.is_so("document.body.innerText.includes('第一稿')"));
    assert!(
        open.chromium
            .is_so(&format!("{TREE}.activeElement.className === 'fold'"))
    );
    // It can be folded away, and called back.
    open.chromium.press("Escape", 27);
    open.wait(&format!("!{dialog}.open"));
    assert!(open.text_of("summary").contains("1 处错误"));
    open.chromium.evaluate(&format!(
        "{TREE}.querySelector('details').open = true, {TREE}.querySelector('[data-errors]').click()"
    ));
    open.wait(&format!("{dialog}.open"));
    open.preview.put(FILE, &long("甲事", "第三稿"));
    open.wait_for_words("第三稿");
    open.wait_for_panel();
    assert!(open.chromium.is_so(&format!("!{dialog}.open")));
}

#[test]
fn an_error_elsewhere_goes_away_without_loading_the_page() {
    let Some(mut open) = Open::long_page() else { return };
    open.mark();
    let dialog = format!("{TREE}.querySelector('dialog')");
    open.preview.put("content/site.yaml", "title: [\n");
    open.wait(&format!("{dialog}.open"));
    assert!(
        open.text_of("dialog").contains("content/site.yaml:"),
        "{}",
        open.text_of("dialog")
    );
    open.preview.put(SITE.0, SITE.1);
    open.wait(&format!("!{dialog}.open"));
    assert!(open.is_marked());
}

#[test]
fn a_deleted_page_is_missing_and_a_renamed_one_is_followed() {
    let Some(mut open) = Open::long_page() else { return };
    open.chromium.evaluate("scrollTo({ top: 1500, behavior: 'instant' })");
    open.preview.rename(FILE, "content/cases/z.md");
    open.wait("location.pathname === '/cases/z.html'");
    open.wait_for_words("第一稿");
    open.wait("scrollY === 1500");
    open.wait_for_panel();
    fs::remove_file(open.preview.place("content/cases/z.md")).unwrap();
    open.wait_for_words("没有找到这一页");
    assert!(open.chromium.is_so("location.pathname === '/cases/z.html'"));
    open.wait_for_panel();
    open.preview.put("content/cases/z.md", &long("甲事", "又写了一稿"));
    open.wait_for_words("又写了一稿");
}

#[test]
fn a_style_sheet_is_swapped_without_loading_the_page() {
    let Some(mut open) = Open::long_page() else { return };
    open.mark();
    open.chromium.evaluate("scrollTo({ top: 700, behavior: 'instant' })");
    for colour in ["rgb(1, 2, 3)", "rgb(4, 5, 6)"] {
        let sheet = format!("body {{ background-color: {colour}; min-height: 400vh; }}\n");
        open.preview.put("themes/hong/assets/hong.css", &sheet);
        open.wait(&format!(
            "getComputedStyle(document.body).backgroundColor === '{colour}'"
        ));
        assert!(open.is_marked(), "the page was not loaded again");
    }
    open.wait("document.querySelectorAll('link[href*=\"assets/hong.\"][rel=stylesheet]').length === 1");
    assert!(open.chromium.is_so("scrollY === 700"));
}

#[test]
fn the_panel_tells_of_the_text_and_drafts_are_marked() {
    let draft = long("丙事", "还在写").replace("---\n\n##", "草稿: 是\n标提: 丁\n---\n\n##");
    let files = [SITE, (FILE, &long("甲事", "第一稿")), ("content/cases/c.md", &draft)];
    let Some(mut open) = Open::page(&files, "/cases/c.html") else {
        return;
    };
    open.wait_for_panel();
    let tab = open.text_of("summary");
    assert!(tab.contains("草稿") && tab.contains("处警告"), "{tab}");
    open.chromium
        .evaluate(&format!("{TREE}.querySelector('summary').click()"));
    let panel = open.text_of(".panel-content");
    for words in [
        "content/cases/c.md",
        "字，读一遍约",
        "这一页是草稿",
        "标提",
        "在 VS Code 中打开",
        "复制路径",
    ] {
        assert!(panel.contains(words), "{words}: {panel}");
    }
    let link = open.chromium.evaluate(&format!("{TREE}.querySelector('.file a').href"));
    assert!(link.as_str().unwrap().ends_with("/content/cases/c.md:1:1"), "{link}");
    // It is not printed, and what was opened stays so on the next page.
    open.chromium
        .call("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" }));
    assert!(
        open.chromium
            .is_so("document.querySelector('hongtu-preview').getClientRects().length === 0")
    );
    open.chromium
        .call("Emulation.setEmulatedMedia", serde_json::json!({ "media": "" }));
    let base = open.preview.base();
    none_of(
        "the list",
        &open.chromium.open(&format!("{base}/cases/index.html"), &base),
    );
    open.wait_for_panel();
    let panel = open.text_of(".panel-content");
    assert!(panel.contains("没有自己的文件"), "{panel}");
    let marked = "[...document.querySelectorAll('[data-hongtu-unpublished]')]";
    open.wait(&format!("{marked}.length > 0"));
    let all = format!(
        "{marked}.every(link => link.pathname === '/cases/c.html' && link.dataset.hongtuUnpublished === '草稿')"
    );
    assert!(open.chromium.is_so(&all));
    let mark = format!("getComputedStyle({marked}[0], '::after').content");
    open.wait(&format!("{mark} !== 'none'"));
}

#[test]
fn the_panel_makes_way_for_what_the_page_has_at_the_lower_edge() {
    let Some(mut open) = Open::long_page() else { return };
    let panel = format!("{TREE}.querySelector('details')");
    let lower_edge = format!("Math.round(innerHeight - {panel}.getBoundingClientRect().bottom)");
    open.wait(&format!("{lower_edge} === 0"));
    open.chromium.evaluate(
        "window.bar = document.createElement('div'); document.body.append(bar); \
         Object.assign(bar.style, { position: 'fixed', bottom: 0, left: 0, right: 0, height: '60px' }); document.body.click()",
    );
    open.wait(&format!("{lower_edge} === 60"));
    open.chromium.evaluate("bar.remove(); document.body.click()");
    open.wait(&format!("{lower_edge} === 0"));
}

#[test]
fn a_portal_that_was_never_good_begins_by_itself() {
    let broken = "---\n标题: 甲事\n日期: 2026-02-30\n---\n";
    let Some(mut open) = Open::page(&[SITE, (FILE, broken)], PAGE) else {
        return;
    };
    open.wait_for_words("content/cases/a.md:3:5");
    open.preview.put(FILE, "---\n标题: 甲事\n日期: 2026-02-31\n---\n");
    open.wait_for_words("2026-02-31");
    open.preview.put(FILE, &long("甲事", "第一稿"));
    open.wait_for_words("第一稿");
}

#[test]
fn a_page_comes_back_when_the_preview_does() {
    let Some(mut open) = Open::long_page() else { return };
    open.mark();
    open.preview.restart(|_| {});
    open.preview.wait_for_status(PAGE, 200);
    // With the same content the page stays; that it listens again shows by what it does next.
    open.preview.put("content/site.yaml", "title: [\n");
    open.wait(&format!("{TREE}.querySelector('dialog').open"));
    assert!(open.is_marked());
    open.preview.restart(|preview| {
        preview.put(SITE.0, SITE.1);
        preview.put(FILE, &long("甲事", "停着的时候写的"));
    });
    open.wait_for_words("停着的时候写的");
}
