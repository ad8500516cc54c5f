//! What every file of the output keeps (DESIGN section 5): one folder that works everywhere, pages
//! that need nothing from elsewhere, the tags that the guidance for government sites asks for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::addresses::target;
use crate::none_of;
use crate::page::Page;
use crate::portal::{PORTAL, PORTAL_WITH_ADDRESS, extension};

/// Kinds of entries, whose pages are articles.
const ARTICLES: [&str; 8] = [
    "park",
    "point",
    "route",
    "case",
    "alliance",
    "bulletin",
    "roundtable",
    "page",
];

/// An article page needs no more than this many bytes besides its pictures.
const LARGEST_ARTICLE: usize = 60 * 1024;

/// Pages that are more than an article: a park's lists all that it has, a point's has a map, which
/// brings a style sheet of its own, and the writing guide is a manual.
const LONGER: [(&str, usize); 3] = [
    ("parks/", 70 * 1024),
    ("points/", 66 * 1024),
    ("pages/writing-guide", 64 * 1024),
];

/// Collects what a check finds wrong on each page for people.
fn on_every_page(check: impl Fn(&Page, &mut Vec<String>)) -> Vec<String> {
    let mut problems = Vec::new();
    for page in PORTAL.shown() {
        let mut found = Vec::new();
        check(page, &mut found);
        problems.extend(found.into_iter().map(|problem| format!("{}: {problem}", page.path)));
    }
    problems
}

// ---- What a page is made of

#[test]
fn pages_are_html_without_parse_errors() {
    let problems: Vec<_> = PORTAL
        .pages
        .iter()
        .flat_map(|page| page.parse_errors.iter().map(|error| format!("{}: {error}", page.path)))
        .collect();
    none_of("parse errors", &problems);
}

#[test]
fn nothing_in_a_page_acts_or_looks_by_itself() {
    let problems = on_every_page(|page, found| {
        let policy = page
            .all("meta")
            .find(|meta| meta.attribute("http-equiv") == Some("Content-Security-Policy"));
        let policy = policy.and_then(|meta| meta.attribute("content")).unwrap_or_default();
        if !policy.contains("default-src 'self'") {
            found.push("no Content-Security-Policy".into());
        }
        if policy.contains("unsafe") || policy.contains("http") || policy.contains('*') {
            found.push(format!("a policy with holes: {policy}"));
        }
        for element in &page.elements {
            let tag = &element.name;
            let is_data = element.attribute("type") == Some("application/ld+json");
            match tag.as_str() {
                "style" => found.push("<style>".into()),
                "script" if element.attribute("src").is_none() && !is_data => found.push("<script> with text".into()),
                "script" if element.attribute("type") == Some("module") => {
                    found.push("a module, which browsers refuse from a disk".into());
                }
                "iframe" | "embed" | "object" | "base" => found.push(format!("<{tag}>")),
                _ => {}
            }
            for (name, _) in &element.attributes {
                if name == "style" || name.starts_with("on") {
                    found.push(format!("<{tag} {name}=…>"));
                }
            }
        }
    });
    none_of("inline code or style", &problems);
}

#[test]
fn pages_can_be_read_by_everyone() {
    let problems = on_every_page(|page, found| {
        let language = page.all("html").next().and_then(|html| html.attribute("lang"));
        if language != Some("zh-CN") {
            found.push(format!("language {language:?}"));
        }
        let viewport: Vec<_> = page.meta("viewport").collect();
        if viewport.len() != 1 || viewport[0].contains("maximum-scale") || viewport[0].contains("user-scalable") {
            found.push(format!("viewport {viewport:?}"));
        }
        if page.all("main").count() != 1 {
            found.push("not one <main>".into());
        }
        headings(page, found);
        duplicate_ids(page, found);
        for picture in page.all("img") {
            if picture.attribute("alt").is_none() {
                found.push(format!("a picture without alt: {:?}", picture.attribute("src")));
            }
            if picture.attribute("width").is_none() || picture.attribute("height").is_none() {
                found.push(format!("a picture without a size: {:?}", picture.attribute("src")));
            }
        }
        for cell in page.all("th") {
            if cell.attribute("scope").is_none() {
                found.push(format!("<th> without scope: {}", cell.text.trim()));
            }
        }
        for named in page
            .elements
            .iter()
            .filter(|element| matches!(element.name.as_str(), "a" | "button"))
        {
            let picture_text = page.all("img").any(|picture| {
                let is_inside = picture
                    .parent
                    .is_some_and(|parent| std::ptr::eq(&raw const page.elements[parent], named));
                is_inside && picture.attribute("alt").is_some_and(|alt| !alt.is_empty())
            });
            if named.text.trim().is_empty() && named.attribute("aria-label").is_none() && !picture_text {
                found.push(format!(
                    "<{}> without a name: {:?}",
                    named.name,
                    named.attribute("href")
                ));
            }
        }
    });
    none_of("accessibility", &problems);
}

/// One first heading, and no level left out on the way down.
fn headings(page: &Page, found: &mut Vec<String>) {
    let mut last = 0;
    let mut firsts = 0;
    for element in &page.elements {
        let level = match element.name.as_str() {
            "h1" => 1,
            "h2" => 2,
            "h3" => 3,
            "h4" => 4,
            "h5" => 5,
            "h6" => 6,
            _ => continue,
        };
        firsts += usize::from(level == 1);
        if level > last + 1 {
            found.push(format!("from h{last} to h{level}: {}", element.text.trim()));
        }
        last = level;
    }
    if firsts != 1 {
        found.push(format!("{firsts} × h1"));
    }
}

fn duplicate_ids(page: &Page, found: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for id in page.elements.iter().filter_map(|element| element.attribute("id")) {
        if !seen.insert(id) {
            found.push(format!("two elements with the id “{id}”"));
        }
    }
    for element in &page.elements {
        for name in ["aria-labelledby", "aria-describedby", "aria-controls", "for"] {
            let wanted = element.attribute(name).unwrap_or_default();
            for id in wanted.split_ascii_whitespace().filter(|id| !seen.contains(id)) {
                found.push(format!("{name} names no element: “{id}”"));
            }
        }
    }
}

#[test]
fn every_page_has_a_title_of_its_own() {
    let mut pages_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for page in PORTAL.shown() {
        pages_of.entry(page.title()).or_default().push(&page.path);
    }
    let same = pages_of
        .iter()
        .filter(|(title, pages)| title.is_empty() || pages.len() > 1);
    let problems: Vec<_> = same.map(|(title, pages)| format!("“{title}”: {pages:?}")).collect();
    none_of("titles", &problems);
}

#[test]
fn every_page_says_that_it_is_a_demonstration_and_who_publishes() {
    let problems = on_every_page(|page, found| {
        let body = page.all("body").next().map_or("", |body| body.text.as_str());
        for words in ["演示内容", "苏ICP备00000000号-1", "苏公网安备 32000000000000号"] {
            if !body.contains(words) {
                found.push(format!("does not say “{words}”"));
            }
        }
        let leads_to = |address: &str| {
            page.all("a")
                .filter_map(|link| link.attribute("href"))
                .any(|href| href.contains(address))
        };
        for address in ["beian.miit.gov.cn", "sitemap.html"] {
            if !leads_to(address) {
                found.push(format!("does not lead to {address}"));
            }
        }
    });
    none_of("footers", &problems);
}

// ---- What a page says of itself

#[test]
fn pages_carry_the_tags_of_government_sites() {
    let problems = on_every_page(|page, found| {
        let is_article = ARTICLES.contains(&page.kind());
        let mut wanted = vec!["SiteName", "SiteDomain", "SiteIDCode"];
        if is_article || page.kind() == "column" {
            wanted.extend(["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]);
        }
        if is_article {
            wanted.extend(["ArticleTitle", "PubDate", "ContentSource"]);
        }
        wanted.push("description");
        for name in wanted {
            let values: Vec<_> = page.meta(name).collect();
            if values.len() != 1 || values[0].trim().is_empty() {
                found.push(format!("{name}: {values:?}"));
            }
        }
        if let (Some(name), Some(description)) = (page.meta("ColumnName").next(), page.meta("ColumnDescription").next())
            && name == description
        {
            found.push(format!("a column described by its own name: {name}"));
        }
        for date in page.meta("PubDate") {
            let form: String = date
                .chars()
                .map(|each| if each.is_ascii_digit() { '0' } else { each })
                .collect();
            if form != "0000-00-00 00:00" {
                found.push(format!("PubDate {date}"));
            }
        }
    });
    none_of("meta tags", &problems);
}

#[test]
fn data_for_search_engines_is_json() {
    let mut articles = 0;
    let problems = on_every_page(|page, found| {
        let data = page
            .all("script")
            .filter(|script| script.attribute("type") == Some("application/ld+json"));
        let mut count = 0;
        for script in data {
            count += 1;
            match serde_json::from_str::<Value>(&script.text) {
                Ok(value) if value["@context"] == "https://schema.org" && value["@type"].is_string() => {}
                Ok(value) => found.push(format!("JSON-LD without a type: {value}")),
                Err(error) => found.push(format!("JSON-LD: {error}")),
            }
        }
        if ARTICLES.contains(&page.kind()) && count != 1 {
            found.push(format!("{count} × JSON-LD"));
        }
    });
    for page in PORTAL.shown() {
        articles += usize::from(ARTICLES.contains(&page.kind()));
    }
    none_of("JSON-LD", &problems);
    assert!(
        articles > 100,
        "the kinds of pages are no longer known by their class: {articles} articles"
    );
}

#[test]
fn pages_name_their_full_address_where_it_is_known() {
    let base = "https://yuanqu.example/dangjian/";
    let mut problems = Vec::new();
    for page in PORTAL_WITH_ADDRESS.shown().filter(|page| page.path != "404.html") {
        let canonical = page.all("link").find(|link| link.attribute("rel") == Some("canonical"));
        let expected = format!("{base}{}", page.path.strip_suffix("index.html").unwrap_or(&page.path));
        let found = canonical.and_then(|link| link.attribute("href"));
        if found != Some(expected.as_str()) {
            problems.push(format!("{}: {found:?}", page.path));
        }
    }
    none_of("canonical addresses", &problems);
}

// ---- The other files

#[test]
fn feeds_and_maps_are_xml_of_their_kinds() {
    let mut count = 0;
    for portal in [&*PORTAL, &*PORTAL_WITH_ADDRESS] {
        let mut ids = BTreeSet::new();
        for path in portal
            .outputs
            .keys()
            .filter(|path| matches!(extension(path), "xml" | "kml" | "gpx"))
        {
            let document = roxmltree::Document::parse(portal.text(path));
            let document = document.unwrap_or_else(|error| panic!("{path}: {error}"));
            let root = document.root_element().tag_name();
            let expected = match path.rsplit('/').next().unwrap() {
                "feed.xml" => ("feed", "http://www.w3.org/2005/Atom"),
                "sitemap.xml" => ("urlset", "http://www.sitemaps.org/schemas/sitemap/0.9"),
                "points.gpx" => ("gpx", "http://www.topografix.com/GPX/1/1"),
                _ => ("kml", "http://www.opengis.net/kml/2.2"),
            };
            assert_eq!((root.name(), root.namespace().unwrap_or_default()), expected, "{path}");
            if expected.0 == "feed" {
                let text_of = |name: &str| {
                    let found = document
                        .root_element()
                        .children()
                        .find(|node| node.has_tag_name((expected.1, name)));
                    found.and_then(|node| node.text()).unwrap_or_default()
                };
                assert!(
                    ids.insert(text_of("id").to_owned()),
                    "{path}: an id that another feed has"
                );
                for name in ["id", "title", "updated"] {
                    assert!(!text_of(name).is_empty(), "{path}: no {name}");
                }
            }
            count += 1;
        }
    }
    assert!(
        count >= 19,
        "the portal, seven columns, the points, twice, and the sitemap: {count} files"
    );
}

#[test]
fn the_sitemap_lists_every_page_once() {
    let base = "https://yuanqu.example/dangjian/";
    let document = roxmltree::Document::parse(PORTAL_WITH_ADDRESS.text("sitemap.xml")).unwrap();
    let listed: Vec<_> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "loc")
        .filter_map(|node| node.text())
        .collect();
    let unique: BTreeSet<_> = listed.iter().copied().collect();
    assert_eq!(unique.len(), listed.len(), "an address stands there twice");
    let missing: Vec<_> = PORTAL_WITH_ADDRESS
        .shown()
        // The view by guest shows the same conversation once more.
        .filter(|page| ARTICLES.contains(&page.kind()) && !page.path.ends_with("-guests.html"))
        .map(|page| format!("{base}{}", page.path.strip_suffix("index.html").unwrap_or(&page.path)))
        .filter(|address| !unique.contains(address.as_str()))
        .collect();
    none_of("pages that the sitemap lacks", &missing);
    assert!(
        PORTAL_WITH_ADDRESS
            .text("robots.txt")
            .contains(&format!("{base}sitemap.xml"))
    );
}

#[test]
fn points_are_the_same_on_the_map_and_in_the_data() {
    let data: Value = serde_json::from_str(PORTAL.text("data/points.geojson")).unwrap();
    let features = data["features"].as_array().unwrap();
    let on_the_map: BTreeMap<String, String> = PORTAL
        .page("map.html")
        .all("li")
        .filter_map(|item| {
            let place = format!("{},{}", item.attribute("data-lng")?, item.attribute("data-lat")?);
            Some((format!("points/{}.html", item.attribute("data-point")?), place))
        })
        .collect();
    // A point of which nobody has written the coordinates stands in the list without any.
    let in_the_list: BTreeSet<_> = PORTAL
        .page("map.html")
        .all("li")
        .filter_map(|item| Some(format!("points/{}.html", item.attribute("data-point")?)))
        .collect();
    let published: BTreeSet<_> = PORTAL
        .shown()
        .filter(|page| page.kind() == "point")
        .map(|page| page.path.clone())
        .collect();
    assert_eq!(
        features.len(),
        on_the_map.len(),
        "as many features as items with coordinates"
    );
    assert_eq!(in_the_list, published, "every point is in the list");
    assert!(on_the_map.len() + 3 > published.len(), "nearly all have coordinates");
    let places: BTreeSet<_> = features
        .iter()
        .map(|feature| {
            let place = &feature["geometry"]["coordinates"];
            (number(&place[0]), number(&place[1]))
        })
        .collect();
    for (path, place) in &on_the_map {
        let (longitude, latitude) = place.split_once(',').unwrap();
        let place = (number(&longitude.parse().unwrap()), number(&latitude.parse().unwrap()));
        assert!(places.contains(&place), "{path} lies elsewhere in the data: {place:?}");
    }
    let rows = PORTAL.text("data/points.csv").lines().count();
    assert_eq!(rows, features.len() + 1, "one line of the table a point, and the head");
}

/// A coordinate to five places, which is one metre.
fn number(value: &Value) -> String {
    format!("{:.5}", value.as_f64().expect("a number"))
}

#[test]
fn an_article_needs_less_than_sixty_kilobytes() {
    let problems = on_every_page(|page, found| {
        if !ARTICLES.contains(&page.kind()) {
            return;
        }
        let text = PORTAL.text(&page.path);
        let words = text.len() - drawings(text);
        let parts = page.elements.iter().filter_map(|element| match element.name.as_str() {
            // Paper has its own style sheet, which a screen does not wait for.
            "link" if element.attribute("rel") == Some("stylesheet") && element.attribute("media").is_none() => {
                element.attribute("href")
            }
            "script" => element.attribute("src"),
            _ => None,
        });
        let parts = parts.filter_map(|address| target(&page.path, address));
        let parts: usize = parts
            .map(|path| PORTAL.file(&path).map_or(0, |bytes| bytes.len()))
            .sum();
        let most = LONGER
            .iter()
            .find(|(longer, _)| page.path.starts_with(longer))
            .map_or(LARGEST_ARTICLE, |(_, most)| *most);
        if words + parts > most {
            found.push(format!("{words} bytes of text, {parts} of style and script"));
        }
    });
    none_of("heavy pages", &problems);
}

/// How many bytes of a page are drawings, which count as pictures.
fn drawings(text: &str) -> usize {
    let starts = text.split("<svg").skip(1);
    starts
        .map(|rest| "<svg".len() + rest.find("</svg>").unwrap_or(rest.len()))
        .sum()
}
