//! Links to other sites: whether their hosts are on the site's own list, and what visits to them found.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::read::Library;
use crate::read::outside_links::{Mention, is_listed, mentions};
use crate::read::visits::answers::{Answer, Answers, Doubt};

/// So many further places of one address are shown.
const SHOWN: usize = 3;

/// Hosts that are not on the list of `site.yaml`, if there is one; each is reported once.
pub(super) fn check_hosts(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let listed = &library.config.checks.hosts;
    if listed.is_empty() {
        return;
    }
    let mut unlisted: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
    for mention in mentions(library) {
        if !is_listed(listed, mention.host()) {
            unlisted.entry(mention.host().to_owned()).or_default().push(mention);
        }
    }
    for (host, places) in unlisted {
        let message = format!("{host} 不在可以链接的网站里{}", number_of(&places));
        let help = format!("确认要链接它，就在 site.yaml 的“检查 → 站外网站”里加上 {host}；不要的，删去链接");
        diagnostics.extend(at(&places, |span| {
            Diagnostic::new(rule::UNLISTED_HOST, span, &message).help(&help)
        }));
    }
}

/// What visits found: pages that are gone or have moved, and what could not be told.
pub fn problems(library: &Library, answers: &Answers) -> Vec<Diagnostic> {
    if is_offline(answers) {
        let message = "站外的链接一个也没有连上，没有查成";
        return vec![
            Diagnostic::without_place(rule::OUTSIDE_UNCERTAIN, message).help("看看这台电脑能不能上网，再运行一次"),
        ];
    }
    let mut found = Vec::new();
    for (address, places) in by_address(library) {
        match answers.get(&address) {
            None | Some(Answer::Found) => {}
            Some(Answer::Gone(status)) => {
                let message = format!(
                    "那一页已经没有了（{status}）：{}{}",
                    quotable(&address),
                    number_of(&places)
                );
                found.extend(at(&places, |span| {
                    Diagnostic::new(rule::OUTSIDE_BROKEN, span, &message).help("换成还在的网址，或者去掉这个链接")
                }));
            }
            Some(Answer::UnknownHost) => {
                let host = places.first().map(Mention::host).unwrap_or_default();
                let message = format!("没有 {} 这个网站{}", quotable(host), number_of(&places));
                found.extend(at(&places, |span| {
                    Diagnostic::new(rule::OUTSIDE_BROKEN, span, &message)
                        .help("检查网址有没有写错；网站关了的，去掉这个链接")
                }));
            }
            Some(Answer::Moved { to }) => found.extend(places.iter().map(|place| moved(library, place, to))),
            Some(Answer::Uncertain(doubt)) => {
                let message = format!("{}：{}{}", doubt.in_words(), quotable(&address), number_of(&places));
                found.extend(at(&places, |span| {
                    Diagnostic::new(rule::OUTSIDE_UNCERTAIN, span, &message).help("用浏览器打开看看；能打开就不用改")
                }));
            }
        }
    }
    found
}

/// What could not be told, for people: an address, why, and in how many places it stands.
pub fn doubts(library: &Library, answers: &Answers) -> Vec<String> {
    if is_offline(answers) {
        return Vec::new();
    }
    let uncertain = |(address, places): (String, Vec<Mention>)| {
        let doubt: Doubt = match answers.get(&address)? {
            Answer::Uncertain(doubt) => *doubt,
            _ => return None,
        };
        Some(format!("{address}  {}{}", doubt.in_words(), number_of(&places)))
    };
    by_address(library).into_iter().filter_map(uncertain).collect()
}

/// Whether no visit at all met a server: then it is this machine that has no network.
fn is_offline(answers: &Answers) -> bool {
    !answers.is_empty() && !answers.values().any(Answer::came_from_a_server)
}

fn by_address(library: &Library) -> BTreeMap<String, Vec<Mention>> {
    let mut by_address: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
    for mention in mentions(library) {
        by_address.entry(mention.address.to_string()).or_default().push(mention);
    }
    by_address
}

/// One problem for all places of an address: at the first, with some of the others.
fn at(places: &[Mention], problem: impl Fn(crate::source::Span) -> Diagnostic) -> Option<Diagnostic> {
    let mut diagnostic = problem(places.first()?.span);
    for place in places.iter().skip(1).take(SHOWN) {
        diagnostic = diagnostic.related(place.span, "这里也是");
    }
    Some(diagnostic)
}

fn number_of(places: &[Mention]) -> String {
    match places.len() {
        0 | 1 => String::new(),
        number => format!("（共 {number} 处）"),
    }
}

/// At each place by itself, since each can be mended.
fn moved(library: &Library, place: &Mention, to: &str) -> Diagnostic {
    // Whoever is sent from a page to the front page was looking for something that is not there any more.
    let is_front = |path: &str| path.trim_matches('/').is_empty();
    let leads_to_front = url::Url::parse(to).is_ok_and(|to| is_front(to.path()) && to.query().is_none());
    if leads_to_front && !is_front(place.address.path()) {
        let message = format!("那一页改为转到首页，多半已经没有了：{}", quotable(&place.written));
        return Diagnostic::new(rule::OUTSIDE_MOVED, place.span, message)
            .help("打开看看；原来那一页不在了，就换一个网址，或者去掉这个链接");
    }
    // The heading on the page stays the one that was meant.
    let fragment = place.written.split_once('#').filter(|_| !to.contains('#'));
    let new = fragment.map_or_else(|| to.to_owned(), |(_, fragment)| format!("{to}#{fragment}"));
    let diagnostic = Diagnostic::new(
        rule::OUTSIDE_MOVED,
        place.span,
        format!("那一页搬到了新网址：{}", quotable(&place.written)),
    )
    .help(format!("改成 {new}"));
    // Only where the place holds the address and nothing else.
    if library.sources.text(place.span) == place.written {
        diagnostic.proposal(place.span, new)
    } else {
        diagnostic
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::Site;

    fn site(body: &str) -> Site {
        let page = format!("---\ntitle: 甲\nsource: {{name: 乙, url: https://d.cn/x}}\n---\n{body}\n");
        let hidden = "---\ntitle: 乙\ndraft: true\n---\n[乙](https://hidden.cn/)\n";
        Site::new(&[
            ("site.yaml", "title: 甲\nchecks: {hosts: [gov.cn, d.cn]}\n"),
            ("pages/a.md", &page),
            ("pages/b.md", hidden),
        ])
    }

    fn said(site: &Site, answers: &[(&str, Answer)]) -> Vec<(String, String, String)> {
        let answers: Answers = answers
            .iter()
            .map(|(address, answer)| ((*address).to_owned(), answer.clone()))
            .collect();
        let library = site.library();
        let found = problems(library, &answers).into_iter().map(|diagnostic| {
            let words = diagnostic.span.map_or("", |span| library.sources.text(span)).to_owned();
            let fix = diagnostic
                .fixes
                .first()
                .map(|fix| fix.replacement.clone())
                .unwrap_or_default();
            (words, diagnostic.message, fix)
        });
        found.collect()
    }

    #[test]
    fn hosts_that_are_not_listed_are_reported_once() {
        let found = site("[一](https://x.cn/1) [二](https://x.cn/2) [三](https://www.wuxi.gov.cn/)")
            .found("links/unlisted-host");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "https://x.cn/1");
        assert_eq!(found[0].message, "x.cn 不在可以链接的网站里（共 2 处）");
    }

    #[test]
    fn pages_that_are_gone_are_reported_once_with_their_places() {
        let site = site("[一](https://x.cn/1) [二](https://x.cn/1#节) [三](https://y.cn)");
        let found = said(
            &site,
            &[
                ("https://x.cn/1", Answer::Gone(404)),
                ("https://y.cn/", Answer::UnknownHost),
                ("https://d.cn/x", Answer::Gone(410)),
            ],
        );
        let expected = [
            ("https://d.cn/x", "那一页已经没有了（410）：https://d.cn/x"),
            ("https://x.cn/1", "那一页已经没有了（404）：https://x.cn/1（共 2 处）"),
            ("https://y.cn", "没有 y.cn 这个网站"),
        ];
        let words: Vec<_> = found
            .iter()
            .map(|(words, message, _)| (words.as_str(), message.as_str()))
            .collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn what_has_moved_gets_its_new_address() {
        let site = site("[一](http://x.cn/1#节) [二](https://x.cn/old)");
        let to = |to: &str| Answer::Moved { to: to.to_owned() };
        let found = said(
            &site,
            &[
                ("http://x.cn/1", to("https://x.cn/1.html")),
                ("https://x.cn/old", to("https://x.cn/")),
            ],
        );
        assert_eq!(found[0].2, "https://x.cn/1.html#节");
        assert_eq!(found[1].1, "那一页改为转到首页，多半已经没有了：https://x.cn/old");
        assert_eq!(found[1].2, "");
    }

    #[test]
    fn without_a_network_no_link_is_to_blame() {
        let site = site("[一](https://x.cn/1) [二](https://y.cn/1)");
        let offline = [
            ("https://x.cn/1", Answer::UnknownHost),
            ("https://y.cn/1", Answer::Uncertain(Doubt::Connection)),
        ];
        let found = said(&site, &offline);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1, "站外的链接一个也没有连上，没有查成");
        let answers = Answers::from([
            ("https://x.cn/1".to_owned(), Answer::Found),
            ("https://y.cn/1".to_owned(), Answer::Uncertain(Doubt::Status(503))),
        ]);
        assert_eq!(
            doubts(site.library(), &answers),
            ["https://y.cn/1  那边出了故障（503）"]
        );
    }
}
