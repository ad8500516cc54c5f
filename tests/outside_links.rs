//! `hongtu check --external` and `--hosts`, run as people run them, against a small server on this machine.

#![expect(
    clippy::unwrap_used,
    reason = "a test may end where something that has to be there is not"
)]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::thread;

/// A server that knows a few pages: its address, and what it is asked for.
fn server() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = Arc::clone(&asked);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let Some(Ok(first)) = lines.next() else { continue };
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
            noted.lock().unwrap().push(path.clone());
            let answer = match path.as_str() {
                "/there" => "200 OK",
                "/old" => "301 Moved Permanently\r\nLocation: /there",
                "/busy" => "503 Service Unavailable",
                _ => "404 Not Found",
            };
            let _ = stream
                .write_all(format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes());
        }
    });
    (address, asked)
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn hongtu(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hongtu"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

fn words(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn links_to_other_sites_are_visited_when_it_is_asked_for() {
    let (server, asked) = server();
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "content/site.yaml", "title: 门户\n");
    let body = format!(
        "---\ntitle: 甲\n---\n\n[在]({server}/there)、[搬了]({server}/old)、[没了]({server}/gone)、[忙]({server}/busy)。\n"
    );
    put(folder.path(), "content/pages/a.md", &body);
    put(
        folder.path(),
        "content/pages/b.md",
        &format!("---\ntitle: 乙\n---\n\n[没了]({server}/gone#节)\n"),
    );

    let without = hongtu(folder.path(), &["check"]);
    assert_eq!(without.status.code(), Some(0), "{}", words(&without.stdout));
    assert!(asked.lock().unwrap().is_empty(), "without the option no one is asked");

    let first = hongtu(folder.path(), &["check", "--external"]);
    let said = words(&first.stdout);
    assert_eq!(first.status.code(), Some(1), "{said}");
    assert!(
        said.contains("错误[links/outside-broken]: 那一页已经没有了（404）") && said.contains("（共 2 处）"),
        "{said}"
    );
    assert!(
        said.contains("警告[links/outside-moved]") && said.contains(&format!("改成 {server}/there")),
        "{said}"
    );
    assert!(said.contains("暂不可发布：有 1 处错误，1 处警告。"), "{said}");
    let aside = words(&first.stderr);
    assert!(
        aside.contains(&format!("{server}/busy  那边出了故障（503）")),
        "{aside}"
    );

    let kept = std::fs::read_to_string(folder.path().join(".hongtu/outside-links.json")).unwrap();
    assert!(kept.contains("/there") && !kept.contains("/gone"), "{kept}");
    asked.lock().unwrap().clear();
    let second = hongtu(folder.path(), &["check", "--external"]);
    assert_eq!(words(&second.stdout), said, "the same again");
    let again = asked.lock().unwrap().clone();
    assert!(again.iter().all(|path| path == "/gone" || path == "/busy"), "{again:?}");

    std::fs::remove_dir_all(folder.path().join(".hongtu")).unwrap();
    let third = hongtu(folder.path(), &["check", "--external"]);
    assert_eq!(words(&third.stdout), said, "what is kept may be deleted");
}

#[test]
fn what_is_uncertain_counts_where_the_site_wants_it() {
    let (server, _) = server();
    let folder = tempfile::tempdir().unwrap();
    let settings = "title: 门户\nchecks:\n  levels: [{rule: links/outside-uncertain, level: warning}]\n";
    put(folder.path(), "content/site.yaml", settings);
    put(
        folder.path(),
        "content/pages/a.md",
        &format!("---\ntitle: 甲\n---\n\n[忙]({server}/busy)\n"),
    );
    let checked = hongtu(folder.path(), &["check", "--external", "--deny", "warnings"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(words(&checked.stdout).contains("警告[links/outside-uncertain]"));
}

#[test]
fn hosts_are_listed_without_a_visit() {
    let (server, asked) = server();
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "content/site.yaml",
        "title: 门户\nchecks: {hosts: [example.org]}\nfooter: {icp: 苏ICP备00000000号-1}\n",
    );
    let body =
        format!("---\ntitle: 甲\n---\n\n[一]({server}/there)和[二]({server}/gone)，[三](https://www.example.org/)。\n");
    put(folder.path(), "content/pages/a.md", &body);
    let listed = hongtu(folder.path(), &["check", "--hosts"]);
    let said = words(&listed.stdout);
    assert_eq!(listed.status.code(), Some(0));
    assert!(said.starts_with("文稿里链接了 2 个站外的网站，共 3 处。\n"), "{said}");
    assert!(
        said.contains("127.0.0.1  2 处，不在名单里\n  content/pages/a.md  2 处\n"),
        "{said}"
    );
    assert!(said.contains("www.example.org  1 处\n"), "{said}");
    assert!(
        said.contains("  beian.miit.gov.cn  "),
        "what the theme adds is listed too: {said}"
    );
    assert!(asked.lock().unwrap().is_empty());
    let both = hongtu(folder.path(), &["check", "--hosts", "--external"]);
    assert_eq!(both.status.code(), Some(2));
}
