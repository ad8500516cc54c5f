//! `hongtu check --hosts`: which other sites the portal links to.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::could_not_run;
use crate::OutsideHosts;
use crate::cli::report::ignore_closed_pipe;
use crate::cli::{COULD_NOT_RUN, DONE};
use crate::read::Options;
use crate::read::outside_links::is_listed;

/// So many files are named with each host.
const FILES: usize = 3;

/// Writes the list to standard output.
pub(super) fn list(options: &Options, stderr: &mut impl Write) -> u8 {
    let hosts = match crate::outside_hosts(options) {
        Ok(hosts) => hosts,
        Err(problem) => return could_not_run(stderr, &problem),
    };
    match ignore_closed_pipe(io::stdout().lock().write_all(text(&hosts).as_bytes())) {
        Ok(()) => DONE,
        Err(error) => {
            could_not_run(stderr, &error);
            COULD_NOT_RUN
        }
    }
}

/// The list, the hosts with the most links first.
fn text(hosts: &OutsideHosts) -> String {
    let mut text = String::new();
    let links: usize = hosts.linked.values().map(|uses| uses.links).sum();
    let _ = writeln!(
        text,
        "文稿里链接了 {} 个站外的网站，共 {links} 处。",
        hosts.linked.len()
    );
    let mut linked: Vec<_> = hosts.linked.iter().collect();
    linked.sort_by_key(|(host, uses)| (std::cmp::Reverse(uses.links), *host));
    for (host, uses) in linked {
        let is_unlisted = !hosts.listed.is_empty() && !is_listed(&hosts.listed, host);
        let note = if is_unlisted { "，不在名单里" } else { "" };
        let _ = writeln!(text, "\n{host}  {} 处{note}", uses.links);
        let mut files: Vec<_> = uses.files.iter().collect();
        files.sort_by_key(|(path, links)| (std::cmp::Reverse(**links), *path));
        for (path, links) in files.iter().take(FILES) {
            let _ = writeln!(text, "  {path}  {links} 处");
        }
        if files.len() > FILES {
            let _ = writeln!(text, "  还有 {} 个文件", files.len() - FILES);
        }
    }
    match &hosts.added {
        None => text.push_str("\n文稿里还有错误，页面生成不出来；改好以后，这里会列出地图、备案号等程序加的网站。\n"),
        Some(added) if added.is_empty() => {}
        Some(added) => {
            text.push_str("\n程序和主题加的（地图、备案号等）：\n");
            for (host, pages) in added {
                let _ = writeln!(text, "  {host}  {pages} 页");
            }
        }
    }
    if hosts.listed.is_empty() {
        text.push_str("\nsite.yaml 里没有写可以链接的网站；想管起来，在“检查”里写 站外网站: [gov.cn, …]。\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::read::outside_links::HostUse;

    #[test]
    fn the_list_says_how_often_and_from_where() {
        let files = ["a", "b", "c", "d"].map(|name| (format!("content/pages/{name}.md"), 1));
        let linked = BTreeMap::from([
            (
                "a.cn".to_owned(),
                HostUse {
                    links: 1,
                    files: BTreeMap::from([files[0].clone()]),
                },
            ),
            (
                "www.b.gov.cn".to_owned(),
                HostUse {
                    links: 4,
                    files: files.into(),
                },
            ),
        ]);
        let hosts = OutsideHosts {
            linked,
            added: Some(BTreeMap::from([("beian.miit.gov.cn".to_owned(), 12)])),
            listed: vec!["gov.cn".to_owned()],
        };
        let expected = "文稿里链接了 2 个站外的网站，共 5 处。\n\n\
            www.b.gov.cn  4 处\n  content/pages/a.md  1 处\n  content/pages/b.md  1 处\n  content/pages/c.md  1 处\n  还有 1 个文件\n\n\
            a.cn  1 处，不在名单里\n  content/pages/a.md  1 处\n\n\
            程序和主题加的（地图、备案号等）：\n  beian.miit.gov.cn  12 页\n";
        assert_eq!(text(&hosts), expected);
    }
}
