//! Which other sites the pages link to, for those who keep a list of them.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::Outputs;
use crate::read::walk::has_extension;

/// The hosts that pages link to, each with the number of pages.
pub fn on_pages(outputs: &Outputs) -> BTreeMap<String, usize> {
    let mut hosts: BTreeMap<String, usize> = BTreeMap::new();
    for (path, bytes) in outputs {
        if has_extension(path, "html") {
            for host in hosts_of(&String::from_utf8_lossy(bytes)) {
                *hosts.entry(host).or_default() += 1;
            }
        }
    }
    hosts
}

fn hosts_of(html: &str) -> BTreeSet<String> {
    let tags = html.split("<a ").skip(1);
    let addresses = tags.filter_map(|rest| {
        let tag = rest.split('>').next()?;
        let (_, value) = tag.split_once("href=\"")?;
        value.split('"').next()
    });
    addresses
        .filter(|address| address.starts_with("http"))
        .filter_map(|address| Url::parse(address).ok()?.host_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_counted_by_page_and_nothing_else_is() {
        let page = |body: &str| std::sync::Arc::from(body.as_bytes());
        let outputs = Outputs::from([
            (
                "a.html".to_owned(),
                page(
                    "<link href=\"https://own.cn/\"><a class=x href=\"https://a.cn/1\">一</a><a href=\"https://a.cn/2\">",
                ),
            ),
            (
                "b.html".to_owned(),
                page("<a href=\"https://A.cn/3\" rel=\"nofollow\">三</a> <a href=\"c.html\">"),
            ),
            ("c.js".to_owned(), page("<a href=\"https://b.cn/\">")),
        ]);
        assert_eq!(on_pages(&outputs), BTreeMap::from([("a.cn".to_owned(), 2)]));
    }
}
