//! What every page shares, and the small files in the root of the portal.

use std::collections::BTreeMap;

use serde::Serialize;

use super::frame::{Frame, Workshop, home_link};
use super::key::Key;
use super::meta;
use super::portal::{Made, Output};
use super::view::{DateView, FooterView, NavigationItem, SiteView};
use crate::derive::Index;
use crate::kind::Kind;
use crate::read::Library;

/// The view of the site.
pub fn view(library: &Library, index: &Index, assets: BTreeMap<String, String>) -> SiteView {
    let config = &library.config;
    let newest = index.newest.first().and_then(|id| library.entry(*id).common.date);
    SiteView {
        title: config.title.clone(),
        subtitle: config.subtitle.clone(),
        description: config.description.clone(),
        keywords: config.keywords.clone(),
        language: config.language.clone(),
        base_url: config
            .base_url
            .as_deref()
            .map(|url| url.trim_end_matches('/').to_owned()),
        domain: config.domain.clone(),
        site_id_code: config.site_id_code.clone(),
        demonstration: config.demonstration.clone(),
        mourning: config.mourning,
        navigation: navigation(library, index),
        footer: footer(library, index),
        newest: newest.map(DateView::of),
        assets,
        options: serde_json::to_value(&library.theme.options).unwrap_or_default(),
        has_map: library.shown().any(|entry| entry.kind() == Kind::Point),
        has_tags: !index.tags.is_empty(),
        has_search: !index.search.pages.is_empty(),
        generator: format!("hongtu {}", env!("CARGO_PKG_VERSION")),
    }
}

fn navigation(library: &Library, index: &Index) -> Vec<NavigationItem> {
    let columns = library.columns.iter().zip(&index.columns);
    columns
        .filter(|(column, entries)| column.is_in_navigation() && (!entries.is_empty() || column.introduction.is_some()))
        .map(|(column, _)| NavigationItem {
            title: column.title.clone(),
            path: column.path(),
            key: column.folder.clone(),
        })
        .collect()
}

fn footer(library: &Library, index: &Index) -> FooterView {
    let footer = &library.config.footer;
    let pages = library
        .columns
        .iter()
        .zip(&index.columns)
        .filter(|(column, _)| column.kind == Kind::Page);
    let police_digits: Option<String> = footer
        .police
        .as_ref()
        .map(|number| number.chars().filter(char::is_ascii_digit).collect());
    FooterView {
        owner: footer.owner.clone(),
        organizer: footer.organizer.clone(),
        contact: footer.contact.clone(),
        address: footer.address.clone(),
        phone: footer.phone.clone(),
        email: footer.email.clone(),
        icp: footer.icp.clone(),
        // 非经营性互联网信息服务备案管理办法, article 13: the number links to the record system.
        icp_link: footer.icp.as_ref().map(|_| "https://beian.miit.gov.cn/".to_owned()),
        police: footer.police.clone(),
        police_link: police_digits.map(|digits| format!("https://beian.mps.gov.cn/#/query/webSearch?code={digits}")),
        site_id_code: library
            .config
            .site_id_code
            .clone()
            .or_else(|| footer.site_id_code.clone()),
        pages: pages
            .flat_map(|(_, entries)| entries)
            .map(|id| super::entries::link_to(library.entry(*id)))
            .collect(),
    }
}

/// The page for addresses that lead nowhere.
///
/// # Errors
/// The template's mistake.
pub fn missing_page(workshop: &Workshop, known: Option<Key>) -> Made {
    let mut frame = Frame::new("404.html", "missing", "没有找到这一页");
    frame.description = "这一页可能已经下线，或者地址写错了".into();
    frame.breadcrumbs = vec![home_link()];
    workshop.page(("404.html", known), frame, &[])
}

/// One address of the site map for search engines.
#[derive(Serialize)]
struct UrlView {
    location: String,
    modified: Option<String>,
}

/// `robots.txt`, and `sitemap.xml` where the portal's address is known.
pub fn for_search_engines(library: &Library) -> Vec<(String, Output)> {
    let mut robots = String::from("User-agent: *\nAllow: /\n");
    let sitemap = meta::address(library, "sitemap.xml");
    if let Some(sitemap) = &sitemap {
        robots.push_str("Sitemap: ");
        robots.push_str(sitemap);
        robots.push('\n');
    }
    let robots = ("robots.txt".to_owned(), Output::Bytes(robots.into_bytes().into()));
    let sitemap = sitemap.map(|_| ("sitemap.xml".to_owned(), Output::page(sitemap_xml)));
    std::iter::once(robots).chain(sitemap).collect()
}

fn sitemap_xml(workshop: &Workshop, known: Option<Key>) -> Made {
    let library = &workshop.library;
    let pages = library.columns.iter().zip(&workshop.index.columns);
    let columns = pages
        .filter(|(column, entries)| !column.folder.is_empty() && !entries.is_empty())
        .map(|(column, _)| (column.path(), None));
    let entries = library
        .shown()
        .map(|entry| (entry.path.clone(), entry.common.updated.or(entry.common.date)));
    let tags = workshop
        .index
        .tags
        .iter()
        .map(|tag| (super::lists::tag_path(&tag.slug), None));
    let own = [("index.html".to_owned(), None), ("sitemap.html".to_owned(), None)].into_iter();
    let map = workshop
        .library
        .shown()
        .any(|entry| entry.kind() == Kind::Point)
        .then(|| ("map.html".to_owned(), None));
    let urls: Vec<_> = own
        .chain(map)
        .chain(columns)
        .chain(entries)
        .chain(tags)
        .filter_map(|(path, modified)| {
            let modified = modified.map(|date| DateView::of(date.day_only()).short);
            Some(UrlView {
                location: meta::address(library, &path)?,
                modified,
            })
        })
        .collect();
    workshop.file(("sitemap.xml", known), "sitemap.xml", &[("urls", &urls)])
}
