//! What is added to pages: script, errors, panel.

use std::sync::Arc;

use super::*;
use crate::diagnostic::rule;
use crate::serve::shown::Good;

const TEXT: &str = "---\n标题: 甲\n园区: <无锡>高新去\n---\n";

fn editors() -> Editors {
    let folder = |name: &str| Folder {
        given: PathBuf::from(name),
        absolute: Path::new("/我的 门户").join(name),
    };
    Editors::of(&folder("content"), &folder("themes"))
}

/// A page of a draft, and what is found in its text.
fn shown(level: Severity) -> Shown {
    let mut sources = Sources::default();
    let file = sources.add("content/cases/a.md", TEXT);
    let start = TEXT.find("<无锡>").unwrap();
    let mut diagnostic = Diagnostic::new(
        rule::UNKNOWN_REFERENCE,
        Span::new(file, start, start + "<无锡>高新去".len()),
        "没有名为“<无锡>高新去”的园区",
    )
    .help("是不是想写“无锡高新区”？");
    diagnostic.severity = level;
    let sources = Arc::new(sources);
    let page = PageSource {
        file,
        characters: 1200,
        reading_minutes: 3,
        unpublished: Some(Unpublished::Draft),
    };
    let outputs = ["cases/a.html", "cases/index.html", "404.html"].map(|path| (path.to_owned(), Arc::from(*b"<p>")));
    let good = Good {
        outputs: outputs
            .into_iter()
            .map(|(path, bytes): (String, Arc<[u8; 3]>)| (path, bytes as Arc<[u8]>))
            .collect(),
        pages: BTreeMap::from([("cases/a.html".to_owned(), page)]),
        sources: Arc::clone(&sources),
    };
    Shown {
        good: Some(Arc::new(good)),
        found: Arc::new(Found {
            diagnostics: vec![diagnostic],
            sources,
            failure: None,
        }),
    }
}

#[test]
fn the_script_stands_at_the_end_of_the_body() {
    let page = with_script(b"<body><pre>&lt;/body></pre></body></html>", "1f");
    let expected = "<body><pre>&lt;/body></pre><script src=\"/hongtu-preview/preview.js\" data-seen=\"1f\"></script>\n</body></html>";
    assert_eq!(String::from_utf8(page).unwrap(), expected);
    assert!(with_script(b"<p>", "1f").starts_with(b"<p><script"));
}

#[test]
fn links_of_a_page_at_any_address_begin_at_the_root() {
    let page = "<a href=\"#content\"><a class=\"b\" href=\"map.html\"><script src=\"assets/a.js\"><a href=\"https://a.example/\"><a href=\"/x\"> href=\"";
    let expected = "<a href=\"#content\"><a class=\"b\" href=\"/map.html\"><script src=\"/assets/a.js\"><a href=\"https://a.example/\"><a href=\"/x\"> href=\"/";
    assert_eq!(String::from_utf8(rooted(page.as_bytes())).unwrap(), expected);
}

#[test]
fn errors_quote_the_words_and_lead_to_the_line() {
    let errors = errors(&shown(Severity::Error).found, &editors()).unwrap();
    assert_eq!(errors.count, 1);
    for part in [
        "content/cases/a.md:3:5",
        "<span class=\"number\">3</span>园区: <mark>&lt;无锡&gt;高新去</mark>",
        "没有名为“&lt;无锡&gt;高新去”的园区",
        "是不是想写“无锡高新区”？",
        "reference/unknown",
        ":3:5\" title=",
    ] {
        assert!(errors.html.contains(part), "{part}: {}", errors.html);
    }
    assert!(errors.html.contains("vscode:"), "{}", errors.html);
    assert!(super::errors(&shown(Severity::Warning).found, &editors()).is_none());
}

#[test]
fn a_machine_that_cannot_read_is_said_everywhere() {
    let failed = Shown::after_failure(None, "读取文件夹失败：content".to_owned());
    let errors = errors(&failed.found, &editors()).unwrap();
    assert!(errors.html.contains("读取文件夹失败：content"), "{}", errors.html);
    let page = waiting_page(&failed.found, &editors());
    assert!(page.contains("<h2 id=\"hongtu-errors\">页面没有更新</h2>"), "{page}");
}

#[test]
fn the_panel_tells_of_the_page_and_its_file() {
    let shown = shown(Severity::Warning);
    let panel = panel(&shown, "/cases/a.html", &editors()).unwrap();
    assert_eq!((&*panel.tab, panel.state), ("预览 · 草稿 · 1 处警告", "draft"));
    for part in [
        "1200 字，读一遍约 3 分钟",
        ">content/cases/a.md</span>",
        "这一页是草稿",
        "<mark>&lt;无锡&gt;高新去</mark>",
        "整个门户：0 处错误，1 处警告",
    ] {
        assert!(panel.html.contains(part), "{part}: {}", panel.html);
    }
    assert_eq!(unpublished(&shown), BTreeMap::from([("cases/a.html", "草稿")]));
}

#[test]
fn pages_without_a_text_say_so() {
    let shown = shown(Severity::Warning);
    let list = panel(&shown, "/cases/", &editors()).unwrap();
    assert_eq!((&*list.tab, list.state), ("预览", "good"));
    assert!(list.html.contains("没有自己的文件"), "{}", list.html);
    let missing = panel(&shown, "/cases/b.html", &editors()).unwrap();
    assert!(missing.html.contains("这个地址没有页面"), "{}", missing.html);
}

#[test]
fn an_error_in_the_text_of_a_page_is_in_its_panel() {
    let panel = panel(&shown(Severity::Error), "/cases/a.html", &editors()).unwrap();
    assert_eq!((&*panel.tab, panel.state), ("预览 · 草稿 · 1 处错误", "error"));
    assert!(panel.html.contains("data-errors"), "{}", panel.html);
}

#[test]
fn addresses_for_editors_hold_any_path() {
    let place = LineColumn { line: 3, column: 5 };
    let link = editors().link("content/cases/a b#1.md", place).unwrap();
    assert!(link.starts_with("vscode://file/"), "{link}");
    assert!(link.ends_with("/content/cases/a%20b%231.md:3:5"), "{link}");
    assert!(!link.contains('门'), "{link}");
    assert_eq!(editors().link("somewhere/else.md", place), None);
}
