//! The preview over HTTP: the real `hongtu serve`, whose site is changed while it runs.
//!
//! Nothing here waits for a fixed time: what is expected is looked for until it is there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

#[path = "support/preview.rs"]
#[allow(dead_code, reason = "each test binary uses its own part")]
mod preview;

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use hongtu::read::changed::Changed;
use hongtu::read::{Drafts, Options};
use hongtu::schema::date::Date;
use hongtu::serve;
use preview::Preview;

const SITE: (&str, &str) = ("content/site.yaml", "title: 测试门户\n");
const A: (&str, &str) = (
    "content/cases/a.md",
    "---\n标题: 甲事\n报送单位: 园区党委\n---\n\n第一稿。\n",
);
const B: (&str, &str) = (
    "content/cases/b.md",
    "---\n标题: 乙事\n报送单位: 园区党委\n---\n\n第二篇。\n",
);
const BROKEN: &str = "---\n标题: 甲事\n日期: 2026-02-30\n---\n\n第一稿。\n";

fn case(title: &str, text: &str) -> String {
    format!("---\n标题: {title}\n报送单位: 园区党委\n---\n\n{text}\n")
}

fn preview() -> Preview {
    Preview::start(&[SITE, A, B], &[])
}

/// The paths of the assets that a page links to, by the beginning of their name.
fn asset(page: &str, name: &str) -> String {
    let start = page.find(&format!("assets/{name}.")).unwrap();
    page[start..].split('"').next().unwrap().to_owned()
}

/// Opens a page as a browser does: what it is told, once it was greeted as the page that is shown.
fn opened(preview: &Preview, address: &str) -> Arc<Mutex<String>> {
    let page = preview.get(address);
    let seen = page.text().split("data-seen=\"").nth(1).unwrap();
    let told = preview.listen(address, seen.split('"').next().unwrap());
    preview.wait("the page is greeted", |_| {
        told.lock().unwrap().contains("\"deed\":\"keep\"")
    });
    told
}

#[test]
fn files_have_their_types_and_pages_the_script() {
    let preview = preview();
    let page = preview.get("/cases/a.html");
    assert_eq!(page.status, 200);
    assert_eq!(page.header("Content-Type"), "text/html; charset=utf-8");
    assert_eq!(page.header("Cache-Control"), "no-cache");
    assert_eq!(page.header("Cross-Origin-Resource-Policy"), "same-origin");
    assert!(page.text().contains("第一稿。"));
    assert_eq!(page.text().matches("/hongtu-preview/preview.js").count(), 1);
    let types = [
        (format!("/{}", asset(page.text(), "hong")), "text/css; charset=utf-8"),
        ("/feed.xml".to_owned(), "application/xml; charset=utf-8"),
        ("/robots.txt".to_owned(), "text/plain; charset=utf-8"),
        (
            "/hongtu-preview/preview.js".to_owned(),
            "text/javascript; charset=utf-8",
        ),
        ("/hongtu-preview/preview.css".to_owned(), "text/css; charset=utf-8"),
    ];
    for (path, media_type) in types {
        let answer = preview.get(&path);
        assert_eq!(
            (answer.status, answer.header("Content-Type")),
            (200, media_type),
            "{path}"
        );
        assert!(!answer.text().contains("<script src=\"/hongtu-preview"), "{path}");
    }
    assert!(!preview.place("public").exists(), "nothing is written");
    assert_eq!(preview.get("/").text(), preview.get("/index.html").text());
    assert_eq!(preview.get("/cases/").text(), preview.get("/cases/index.html").text());
    let folder = preview.get("/cases");
    assert_eq!((folder.status, folder.header("Location")), (307, "/cases/"));
    assert_eq!(preview.get("/cases/a").status, 404);
}

#[test]
fn parts_of_files_are_given() {
    let preview = preview();
    let whole = preview.get("/cases/a.html");
    let length = whole.body.len();
    let part = preview.get_with("/cases/a.html", &[("Range", "bytes=2-8")]);
    assert_eq!((part.status, &*part.body), (206, &whole.body[2..=8]));
    assert_eq!(part.header("Content-Range"), format!("bytes 2-8/{length}"));
    let end = preview.get_with("/cases/a.html", &[("Range", "bytes=-5")]);
    assert_eq!((end.status, &*end.body), (206, &whole.body[length - 5..]));
    let beyond = preview.get_with("/cases/a.html", &[("Range", "bytes=99999999-")]);
    assert_eq!(
        (beyond.status, beyond.header("Content-Range")),
        (416, &*format!("bytes */{length}"))
    );
    let several = preview.get_with("/cases/a.html", &[("Range", "bytes=0-1,4-5")]);
    assert_eq!((several.status, several.body.len()), (200, length));
    let other = preview.get_with("/cases/a.html", &[("Range", "bytes=2-8"), ("If-Range", "\"other\"")]);
    assert_eq!(other.status, 200);
    let same = preview.get_with(
        "/cases/a.html",
        &[("Range", "bytes=2-8"), ("If-Range", whole.header("ETag"))],
    );
    assert_eq!(same.status, 206);
}

#[test]
fn what_is_known_is_not_sent_again_until_it_changes() {
    let preview = preview();
    let first = preview.get("/cases/a.html");
    let tag = first.header("ETag").to_owned();
    let known = preview.get_with("/cases/a.html", &[("If-None-Match", &tag)]);
    assert_eq!((known.status, known.body.len(), known.header("ETag")), (304, 0, &*tag));
    preview.put("content/cases/a.md", &case("甲事", "第二稿。"));
    preview.wait_for("/cases/a.html", "第二稿。");
    let changed = preview.get_with("/cases/a.html", &[("If-None-Match", &tag)]);
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("ETag"), tag);
}

#[test]
fn a_request_can_only_look() {
    let preview = preview();
    let head = preview.ask("HEAD", "/cases/a.html", &[]);
    let length = preview.get("/cases/a.html").body.len().to_string();
    assert_eq!(
        (head.status, head.body.len(), head.header("Content-Length")),
        (200, 0, &*length)
    );
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let refused = preview.ask(method, "/cases/a.html", &[("Content-Length", "0")]);
        assert_eq!(
            (refused.status, refused.header("Allow")),
            (405, "GET, HEAD"),
            "{method}"
        );
    }
}

#[test]
fn only_who_asks_for_this_machine_is_answered() {
    let preview = preview();
    let port = preview.port().to_owned();
    for host in [
        format!("localhost:{port}"),
        format!("127.0.0.1:{port}"),
        format!("[::1]:{port}"),
    ] {
        assert_eq!(preview.get_with("/", &[("Host", &host)]).status, 200, "{host}");
    }
    for host in ["evil.example", "192.168.1.5:8000", "localhost.evil.example"] {
        for path in ["/", "/hongtu-preview/events?page=/&seen=", "/hongtu-preview/preview.js"] {
            let refused = preview.get_with(path, &[("Host", host)]);
            assert_eq!(refused.status, 403, "{host} {path}");
            assert!(!refused.text().contains("测试门户"), "{host} {path}");
        }
    }
    assert_eq!(preview.get("http://evil.example/").status, 403);
}

#[test]
fn addresses_that_lead_nowhere_have_the_portals_own_page() {
    let preview = preview();
    let page = preview.get("/cases/deep/nowhere.html");
    assert_eq!(
        (page.status, page.header("Content-Type")),
        (404, "text/html; charset=utf-8")
    );
    assert!(page.text().contains("没有找到这一页"));
    assert!(
        page.text()
            .contains(&format!("href=\"/{}\"", asset(page.text(), "hong")))
    );
    assert!(page.text().contains("href=\"/index.html\""));
    assert!(page.text().contains("href=\"#content\""));
    for path in [
        "/../content/site.yaml",
        "/%2e%2e/content/site.yaml",
        "/..%2fcontent%2fsite.yaml",
        "/content/site.yaml",
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("title: 测试门户"), "{path}");
    }
}

#[test]
fn a_save_is_served_and_said() {
    let preview = preview();
    preview.wait_for("/cases/a.html", "第一稿。");
    preview.put("content/cases/a.md", &case("甲事", "改过的一稿。"));
    preview.wait_for("/cases/a.html", "改过的一稿。");
    preview.wait("it is said", |preview| {
        preview.said().contains("改了 content/cases/a.md，更新 ")
    });
    assert!(preview.said().contains(" 个文件，用时 "), "{}", preview.said());
}

#[test]
fn editors_that_write_another_file_and_rename_it_are_understood() {
    let preview = preview();
    preview.wait_for("/cases/a.html", "第一稿。");
    // As vim does: the old file goes aside, a new one is written, the old one is deleted.
    preview.rename("content/cases/a.md", "content/cases/a.md~");
    preview.put("content/cases/a.md", &case("甲事", "新的一稿。"));
    fs::remove_file(preview.place("content/cases/a.md~")).unwrap();
    preview.wait_for("/cases/a.html", "新的一稿。");
    // As many others do: a new one is written and takes the place of the old one.
    preview.put("content/cases/.a.md.tmp", &case("甲事", "再新的一稿。"));
    preview.rename("content/cases/.a.md.tmp", "content/cases/a.md");
    preview.wait_for("/cases/a.html", "再新的一稿。");
}

#[test]
fn a_file_that_is_written_in_pieces_is_complete_in_the_end() {
    let preview = preview();
    preview.wait_for("/cases/a.html", "第一稿。");
    let mut file = fs::File::create(preview.place("content/cases/a.md")).unwrap();
    for piece in [
        "---\n标题: 甲",
        "事\n报送单位",
        ": 园区党委\n---\n",
        "\n前半，",
        "后半。\n",
    ] {
        file.write_all(piece.as_bytes()).unwrap();
        file.flush().unwrap();
        thread::sleep(Duration::from_millis(25));
    }
    drop(file);
    preview.wait_for("/cases/a.html", "前半，后半。");
}

#[test]
fn files_come_go_and_change_their_names() {
    let preview = preview();
    preview.wait_for_status("/cases/a.html", 200);
    preview.put("content/cases/c.md", &case("丙事", "新写的。"));
    preview.wait_for("/cases/c.html", "新写的。");
    preview.wait_for("/cases/index.html", "丙事");
    preview.rename("content/cases/c.md", "content/cases/d.md");
    preview.wait_for("/cases/d.html", "新写的。");
    preview.wait_for_status("/cases/c.html", 404);
    fs::remove_file(preview.place("content/cases/d.md")).unwrap();
    preview.wait_for_status("/cases/d.html", 404);
    assert_eq!(preview.get("/cases/a.html").status, 200);
}

#[test]
fn folders_come_go_and_change_their_names() {
    let preview = preview();
    preview.wait_for_status("/cases/a.html", 200);
    preview.rename("content/cases", "content/stories");
    preview.wait_for_status("/stories/a.html", 200);
    preview.wait_for_status("/cases/a.html", 404);
    // It is watched under its new name, too.
    preview.put("content/stories/a.md", &case("甲事", "搬过家的一稿。"));
    preview.wait_for("/stories/a.html", "搬过家的一稿。");
    fs::remove_dir_all(preview.place("content/stories")).unwrap();
    preview.wait_for_status("/stories/a.html", 404);
    preview.put("content/points-of-view/deep/e.md", &case("戊事", "深处的一篇。"));
    preview.wait("the page in the new folder is there", |preview| {
        preview.get("/points-of-view/").text().contains("戊事")
    });
}

#[test]
fn the_content_folder_itself_may_go_and_come_back() {
    let preview = preview();
    preview.wait_for_status("/cases/a.html", 200);
    preview.rename("content", "elsewhere");
    preview.wait("it is said", |preview| {
        preview.said().contains("页面没有更新：读取文件夹失败")
    });
    assert!(
        preview.get("/cases/a.html").text().contains("第一稿。"),
        "what was good stays"
    );
    preview.put("elsewhere/cases/a.md", &case("甲事", "在别处改的。"));
    preview.rename("elsewhere", "content");
    preview.wait_for("/cases/a.html", "在别处改的。");
    preview.put("content/cases/a.md", &case("甲事", "回来再改的。"));
    preview.wait_for("/cases/a.html", "回来再改的。");
}

#[test]
fn what_is_broken_leaves_what_was_good_until_it_is_mended() {
    let preview = preview();
    let told = opened(&preview, "/cases/a.html");
    let has_told = |words: &str| told.lock().unwrap().contains(words);
    preview.put("content/cases/a.md", BROKEN);
    preview.wait("the error is said", |preview| {
        preview.said().contains("--> content/cases/a.md:3:5")
    });
    preview.wait("the error is told", |_| {
        has_told("content/cases/a.md:3:5") && has_told("<mark>2026-02-30</mark>")
    });
    let page = preview.get("/cases/a.html");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("第一稿。"));
    preview.put("content/cases/a.md", &case("甲事", "改好了。"));
    preview.wait_for("/cases/a.html", "改好了。");
    preview.wait("the page is told", |_| has_told("\"deed\":\"reload\""));
    assert!(
        told.lock()
            .unwrap()
            .lines()
            .last()
            .is_some_and(|line| !line.contains("2026-02-30"))
    );
}

#[test]
fn the_settings_may_be_broken_and_mended() {
    let preview = preview();
    preview.wait_for("/cases/a.html", "测试门户");
    preview.put("content/site.yaml", "title: [\n");
    preview.wait("the error is said", |preview| {
        preview.said().contains("content/site.yaml:")
    });
    assert!(preview.get("/cases/a.html").text().contains("测试门户"));
    preview.put("content/site.yaml", "title: 改名的门户\n");
    preview.wait_for("/cases/a.html", "改名的门户");
}

#[test]
fn a_portal_that_was_never_good_shows_why_everywhere() {
    let preview = Preview::start(&[SITE, ("content/cases/a.md", BROKEN)], &[]);
    for path in ["/", "/cases/a.html", "/anything"] {
        let page = preview.get(path);
        assert_eq!(
            (page.status, page.header("Content-Type")),
            (503, "text/html; charset=utf-8")
        );
        assert!(page.text().contains("content/cases/a.md:3:5"), "{}", page.text());
        assert!(page.text().contains("<mark>2026-02-30</mark>"), "{}", page.text());
    }
    assert_eq!(preview.get("/hongtu-preview/preview.css").status, 200);
    preview.put("content/cases/a.md", A.1);
    preview.wait_for("/cases/a.html", "第一稿。");
    let nothing = Preview::start(&[], &[]);
    nothing.wait_for("/", "读取文件夹失败");
    nothing.put(SITE.0, SITE.1);
    nothing.wait_for("/", "测试门户");
}

#[test]
fn the_theme_may_come_and_be_edited() {
    let preview = preview();
    let embedded = asset(preview.get("/cases/a.html").text(), "hong");
    preview.put("themes/hong/assets/hong.css", "body { color: #101010; }\n");
    preview.wait("the sheet is another", |preview| {
        asset(preview.get("/cases/a.html").text(), "hong") != embedded
    });
    let own = asset(preview.get("/cases/a.html").text(), "hong");
    assert!(preview.get(&format!("/{own}")).text().contains("#101010"));
    let told = opened(&preview, "/cases/a.html");
    preview.put("themes/hong/assets/hong.css", "body { color: #202020; }\n");
    preview.wait("style sheets are swapped", |_| {
        told.lock()
            .unwrap()
            .contains(&format!("\"deed\":\"styles\",\"styles\":[[\"{own}\",\"assets/hong."))
    });
    preview.put(
        "themes/hong/templates/404.html",
        "<!doctype html><title>{{ page.title }}</title><body>自己的没有找到</body>",
    );
    preview.wait_for("/nowhere", "自己的没有找到");
    preview.put("themes/hong/templates/404.html", "{% if %}");
    preview.wait("the mistake is said", |preview| {
        preview.said().contains("themes/hong/templates/404.html:1:")
    });
    assert!(preview.get("/nowhere").text().contains("自己的没有找到"));
}

#[test]
fn drafts_are_shown_unless_only_what_is_published_is_wanted() {
    let draft = (
        "content/cases/c.md",
        "---\n标题: 丙事\n报送单位: 园区党委\n草稿: 是\n---\n\n还在写。\n",
    );
    let with_drafts = Preview::start(&[SITE, A, draft], &[]);
    assert!(with_drafts.get("/cases/c.html").text().contains("还在写。"));
    let told = with_drafts.listen("/cases/c.html", "");
    with_drafts.wait("the page is told", |_| {
        let told = told.lock().unwrap();
        told.contains("\"tab\":\"预览 · 草稿") && told.contains("\"unpublished\":{\"cases/c.html\":\"草稿\"}")
    });
    let published = Preview::start(&[SITE, A, draft], &["--published"]);
    assert_eq!(published.get("/cases/a.html").status, 200);
    assert_eq!(published.get("/cases/c.html").status, 404);
}

#[test]
fn an_open_page_is_told_where_its_text_went() {
    let preview = preview();
    let told = opened(&preview, "/cases/a.html");
    preview.rename("content/cases/a.md", "content/cases/z.md");
    preview.wait("the page is sent there", |_| {
        told.lock()
            .unwrap()
            .contains("\"deed\":\"go\",\"styles\":null,\"target\":\"/cases/z.html\"")
    });
    // Who comes back after a while is told that it is another page now.
    let late = preview.listen("/cases/b.html", "0123456789");
    preview.wait("it has to load again", |_| {
        late.lock().unwrap().contains("\"deed\":\"reload\"")
    });
}

#[test]
fn files_are_looked_at_again_and_again_where_nothing_is_told() {
    let preview = Preview::start(&[SITE, A, B], &["--poll"]);
    preview.wait("it is said", |preview| preview.said().contains("隔一会儿看一遍"));
    preview.wait_for("/cases/a.html", "第一稿。");
    preview.put("content/cases/a.md", &case("甲事", "第二稿。"));
    preview.wait_for("/cases/a.html", "第二稿。");
    preview.put("content/cases/a.md", &case("甲事", "第三稿。"));
    preview.wait_for("/cases/a.html", "第三稿。");
    preview.rename("content/cases", "content/stories");
    preview.wait_for_status("/stories/a.html", 200);
    preview.wait_for_status("/cases/a.html", 404);
    preview.put("themes/hong/assets/hong.css", "body { color: #101010; }\n");
    preview.wait("the theme is looked at", |preview| {
        let page = preview.get("/stories/a.html");
        preview
            .get(&format!("/{}", asset(page.text(), "hong")))
            .text()
            .contains("#101010")
    });
}

/// A build that ends in the middle is one that the real program must not have; so the loop gets one here.
#[test]
fn a_mistake_of_the_program_is_shown_and_ends_nothing() {
    let site = tempfile::tempdir().unwrap();
    let place = |name: &str| site.path().join(name);
    fs::create_dir_all(place("content/cases")).unwrap();
    fs::write(place(SITE.0), SITE.1).unwrap();
    fs::write(place(A.0), A.1).unwrap();
    let folder = |name: &str| serve::Folder {
        given: place(name),
        absolute: place(name),
    };
    let settings = serve::Settings {
        content: folder("content"),
        themes: folder("themes"),
        host: serve::IpAddr::from([127, 0, 0, 1]),
        port: 0,
        watching: serve::watch::Watching::AsTold,
    };
    let options = Options {
        content: place("content"),
        themes: place("themes"),
        cache: None,
        drafts: Drafts::Shown,
        as_of: Date::parse("2026-07-01").unwrap(),
        base_url: None,
    };
    let (sender, told) = mpsc::channel();
    let stumbling = place("content/cases/stumble.md");
    fs::write(&stumbling, A.1).unwrap();
    // What each build was for, and whether it ended in the middle.
    let builds = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&builds);
    let stone = stumbling.clone();
    thread::spawn(move || {
        let rebuild = |changed: &Changed| {
            let stumbles = stone.exists();
            noted.lock().unwrap().push((changed.clone(), stumbles));
            assert!(!stumbles, "nothing is as it was");
            hongtu::build(&options)
        };
        let tell = |what: serve::Told<'_>| {
            if let serve::Told::Listening(address) = what {
                sender
                    .send(address.trim_start_matches("http://").trim_end_matches('/').to_owned())
                    .unwrap();
            }
        };
        serve::serve(&settings, rebuild, tell)
    });
    let address = told.recv().unwrap();
    let page = preview::ask(&address, "GET /cases/a.html", &[]);
    assert_eq!(page.status, 503);
    assert!(
        page.text().contains("程序自己出了错：nothing is as it was"),
        "{}",
        page.text()
    );
    let status = || preview::ask(&address, "GET /cases/a.html", &[]).status;
    let number_of_builds = || builds.lock().unwrap().len();
    fs::remove_file(&stumbling).unwrap();
    preview::wait_until("the page is there", || status() == 200);
    let before = number_of_builds();
    fs::write(&stumbling, A.1).unwrap();
    preview::wait_until("it stumbles again", || number_of_builds() > before);
    assert_eq!(status(), 200, "what was good stays");
    let before = number_of_builds();
    fs::remove_file(&stumbling).unwrap();
    preview::wait_until("it goes on", || number_of_builds() > before);
    for pair in builds.lock().unwrap().windows(2) {
        let ((_, stumbled), (changed, _)) = (&pair[0], &pair[1]);
        assert!(
            !stumbled || *changed == Changed::Anything,
            "nothing is left of a build that ended in the middle"
        );
    }
}

#[test]
fn a_port_that_is_in_use_names_one_that_is_free() {
    let first = preview();
    let output = Command::new(env!("CARGO_BIN_EXE_hongtu"))
        .current_dir(first.place(""))
        .args(["serve", "--port", first.port()])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains(&format!("端口 {} 已经有别的程序在用", first.port())),
        "{said}"
    );
    let free = said.split("--port ").nth(1).unwrap().trim_end_matches("。\n");
    assert_ne!(free, first.port());
    let second = std::net::TcpListener::bind(("127.0.0.1", free.parse().unwrap()));
    assert!(second.is_ok(), "{said}");
}

#[test]
fn who_lets_others_look_is_told_so() {
    let open = Preview::start(&[SITE, A], &["--host", "0.0.0.0"]);
    open.wait("it is said", |preview| {
        preview.said().contains("同一个网里的人都能打开")
    });
    assert_eq!(open.get_with("/", &[("Host", "10.1.2.3:8000")]).status, 200);
    assert_eq!(open.get_with("/", &[("Host", "evil.example:8000")]).status, 403);
    let own = preview();
    own.wait_for_status("/", 200);
    assert!(!own.said().contains("同一个网"), "{}", own.said());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_well() {
    let mut preview = preview();
    preview.wait_for_status("/", 200);
    assert_eq!(preview.interrupt(), Some(0));
    preview.wait("it says so", |preview| preview.said().contains("预览结束了。"));
}

/// The browser is opened by the program that the desktop has for it; here one that notes what it is to open.
#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_when_asked_for() {
    use std::os::unix::fs::PermissionsExt;
    let tools = tempfile::tempdir().unwrap();
    let noted = tools.path().join("noted");
    let script = tools.path().join("xdg-open");
    fs::write(&script, format!("#!/bin/sh\necho \"$1\" > '{}'\n", noted.display())).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    let site = tempfile::tempdir().unwrap();
    fs::create_dir(site.path().join("content")).unwrap();
    fs::write(site.path().join(SITE.0), SITE.1).unwrap();
    let path = format!("{}:{path}", tools.path().display());
    let preview = Preview::with_environment(site, &["--open"], &[("PATH", &path)]);
    preview.wait("the address is noted", |preview| {
        fs::read_to_string(&noted).is_ok_and(|noted| noted.trim_end() == format!("{}/", preview.base()))
    });
}
