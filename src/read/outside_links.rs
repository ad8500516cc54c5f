//! The links to other sites: which addresses, and where each stands. Nothing here touches the network;
//! that is [`super::visits`].

use std::collections::BTreeMap;

use url::Url;

use super::link_target::LinkTarget;
use super::outline::LinkKind;
use super::{Entry, Library};
use crate::source::Span;

/// The schemes of addresses that can be visited.
const SCHEMES: [&str; 2] = ["http", "https"];

/// An address of another site where it stands.
#[derive(Debug, Clone)]
pub struct Mention {
    /// As written.
    pub written: String,
    /// Taken apart, without the part behind `#`, which no server is told.
    pub address: Url,
    /// Where it stands.
    pub span: Span,
}

impl Mention {
    /// The host, lower-cased.
    pub fn host(&self) -> &str {
        self.address.host_str().unwrap_or_default()
    }
}

/// All addresses of other sites that shown entries link to, in the order of their places.
pub fn mentions(library: &Library) -> Vec<Mention> {
    library
        .shown()
        .chain(library.introductions())
        .flat_map(|entry| mentions_of(library, entry))
        .collect()
}

/// Those of one entry: in its text, and where its text comes from.
pub fn mentions_of(library: &Library, entry: &Entry) -> Vec<Mention> {
    let source = entry.common.source.as_ref().and_then(|source| source.url.as_deref());
    let source = source
        .filter(|written| written.contains("//"))
        .and_then(|written| mention(written, library.field_span(entry, "source.url")));
    let links = entry.outline.links.iter().filter(|link| link.kind == LinkKind::Link);
    let outside = links.filter(|link| link.destination.contains("//"));
    let linked = outside.filter_map(|link| match library.link_target(entry, &link.destination) {
        LinkTarget::Outside(written) => mention(&written, link.span),
        _ => None,
    });
    source.into_iter().chain(linked).collect()
}

fn mention(written: &str, span: Span) -> Option<Mention> {
    let written = written.trim();
    let whole = if written.starts_with("//") {
        format!("https:{written}")
    } else {
        written.to_owned()
    };
    let mut address = Url::parse(&whole).ok()?;
    address.set_fragment(None);
    (SCHEMES.contains(&address.scheme()) && address.has_host()).then(|| Mention {
        written: written.to_owned(),
        address,
        span,
    })
}

/// Whether a list of hosts has a host: itself, or what it is a part of. `gov.cn` has `www.wuxi.gov.cn`.
pub fn is_listed(hosts: &[String], host: &str) -> bool {
    hosts.iter().any(|listed| {
        let listed = listed
            .trim()
            .trim_start_matches("*.")
            .trim_matches(['.', '/'])
            .to_lowercase();
        let listed = listed.split_once("://").map_or(&*listed, |(_, host)| host);
        host.strip_suffix(listed)
            .is_some_and(|rest| !listed.is_empty() && (rest.is_empty() || rest.ends_with('.')))
    })
}

/// How a site uses another one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostUse {
    /// How often it is linked to.
    pub links: usize,
    /// From which files, each with its number of links.
    pub files: BTreeMap<String, usize>,
}

/// All hosts that are linked to from texts, by name.
pub fn hosts(library: &Library) -> BTreeMap<String, HostUse> {
    let mut hosts: BTreeMap<String, HostUse> = BTreeMap::new();
    for mention in mentions(library) {
        let uses = hosts.entry(mention.host().to_owned()).or_default();
        uses.links += 1;
        if let Some(source) = library.sources.get(mention.span.file) {
            *uses.files.entry(source.path.to_string()).or_default() += 1;
        }
    }
    hosts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn a_listed_host_has_those_below_it() {
        let hosts: Vec<String> = ["gov.cn", "*.people.com.cn", "https://a.cn/"].map(str::to_owned).into();
        for host in [
            "gov.cn",
            "www.wuxi.gov.cn",
            "theory.people.com.cn",
            "people.com.cn",
            "a.cn",
        ] {
            assert!(is_listed(&hosts, host), "{host}");
        }
        for host in ["xgov.cn", "gov.cn.example", "cn", ""] {
            assert!(!is_listed(&hosts, host), "{host}");
        }
        assert!(!is_listed(&[String::new()], "a.cn"));
    }

    #[test]
    fn addresses_are_taken_apart() {
        let of = |written: &str| mention(written, Span::file_start(FileId(0))).map(|found| found.address.to_string());
        assert_eq!(of("HTTP://Www.A.cn/x?y=1#节").as_deref(), Some("http://www.a.cn/x?y=1"));
        assert_eq!(of("//a.cn/x").as_deref(), Some("https://a.cn/x"));
        assert_eq!(of("mailto:a@b.cn"), None);
        assert_eq!(of("https://"), None);
    }
}
