//! What the head of a page says of it: the meta tags that the guidance for government sites asks
//! for (国办发〔2017〕47号, annex), Open Graph, JSON-LD.

use serde_json::{Value, json};

use super::view::{MetaView, SiteView};
use crate::read::walk::has_extension;
use crate::read::{Column, Entry, Library};
use crate::schema::date::Date;
use crate::schema::hours::OpeningHours;

/// The group that every page carries.
pub fn site_tags(library: &Library) -> Vec<MetaView> {
    let config = &library.config;
    let mut tags = vec![meta("SiteName", &config.title)];
    let domain = config
        .domain
        .clone()
        .or_else(|| config.base_url.as_deref().map(host_of));
    tags.extend(domain.map(|domain| meta("SiteDomain", &domain)));
    let code = config.site_id_code.as_ref().or(config.footer.site_id_code.as_ref());
    tags.extend(code.map(|code| meta("SiteIDCode", code)));
    tags
}

/// The group of a column's pages.
pub fn column_tags(column: &Column, description: &str) -> Vec<MetaView> {
    let keywords = if column.config.keywords.is_empty() {
        vec![column.title.clone()]
    } else {
        column.config.keywords.clone()
    };
    let column_type = column
        .config
        .column_type
        .clone()
        .unwrap_or_else(|| "工作动态".to_owned());
    vec![
        meta("ColumnName", &column.title),
        meta("ColumnDescription", description),
        meta("ColumnKeywords", &keywords.join(",")),
        meta("ColumnType", &column_type),
    ]
}

/// The group of an article's page.
pub fn article_tags(library: &Library, entry: &Entry) -> Vec<MetaView> {
    let common = &entry.common;
    let mut tags = vec![meta("ArticleTitle", &common.title)];
    tags.extend(common.date.map(|date| meta("PubDate", &publication_date(date))));
    tags.extend(content_source(library, entry).map(|source| meta("ContentSource", &source)));
    if !common.tags.is_empty() {
        tags.push(meta("Keywords", &common.tags.join(",")));
    }
    let author = if common.author.is_empty() {
        common.editor.clone()
    } else {
        Some(common.author.join("、"))
    };
    tags.extend(author.map(|author| meta("Author", &author)));
    tags.extend(crate::derive::summary::summary(entry).map(|summary| meta("Description", &summary)));
    tags.extend(address(library, &entry.path).map(|url| meta("Url", &url)));
    tags
}

/// `YYYY-MM-DD HH:MM`; a day without a time begins at midnight.
fn publication_date(date: Date) -> String {
    let (hour, minute) = date.time.unwrap_or((0, 0));
    format!("{} {hour:02}:{minute:02}", date.day_only())
}

/// Who publishes, or where a reprint comes from.
pub fn content_source(library: &Library, entry: &Entry) -> Option<String> {
    let source = entry.common.source.as_ref().and_then(|source| source.name.clone());
    source
        .or_else(|| entry.common.org.clone())
        .or_else(|| library.config.footer.owner.clone())
        .or_else(|| Some(library.config.title.clone()))
}

/// The full address of a path, where the portal's is known.
pub fn address(library: &Library, path: &str) -> Option<String> {
    let base = library.config.base_url.as_deref()?;
    Some(format!("{base}{}", path.strip_suffix("index.html").unwrap_or(path)))
}

/// Open Graph for any page.
pub fn open_graph(library: &Library, page: &OpenGraphPage<'_>) -> Vec<MetaView> {
    let mut tags = vec![
        meta("og:type", if page.entry.is_some() { "article" } else { "website" }),
        meta("og:title", page.title),
        meta("og:site_name", &library.config.title),
        meta("og:locale", "zh_CN"),
    ];
    if !page.description.is_empty() {
        tags.push(meta("og:description", page.description));
    }
    tags.extend(address(library, page.path).map(|url| meta("og:url", &url)));
    // A picture must be named by its full address, and drawn covers are SVG, which nobody shows.
    let picture = page.picture.filter(|picture| !has_extension(picture, "svg"));
    tags.extend(
        picture
            .and_then(|picture| address(library, picture))
            .map(|url| meta("og:image", &url)),
    );
    if let Some(date) = page.entry.and_then(|entry| entry.common.date) {
        tags.push(meta("article:published_time", &super::view::DateView::of(date).iso));
    }
    tags
}

/// What Open Graph says of a page.
pub struct OpenGraphPage<'a> {
    /// The page's own title.
    pub title: &'a str,
    /// A sentence about it.
    pub description: &'a str,
    /// Where it is published.
    pub path: &'a str,
    /// The published path of its picture.
    pub picture: Option<&'a str>,
    /// The entry, if it is one's page.
    pub entry: Option<&'a Entry>,
}

/// JSON-LD of the front page.
pub fn site_json_ld(site: &SiteView) -> String {
    let mut data = json!({ "@context": "https://schema.org", "@type": "WebSite", "name": site.title, "inLanguage": site.language });
    set(&mut data, "description", site.description.clone());
    set(&mut data, "url", site.base_url.clone());
    if let Some(owner) = &site.footer.owner {
        data["publisher"] = json!({ "@type": "Organization", "name": owner });
    }
    in_script(&data)
}

/// JSON-LD of an entry's page.
pub fn entry_json_ld(library: &Library, entry: &Entry, facts: Value) -> String {
    let common = &entry.common;
    let mut data = json!({ "@context": "https://schema.org", "inLanguage": library.config.language });
    if let (Value::Object(target), Value::Object(facts)) = (&mut data, facts) {
        target.extend(facts);
    }
    set(&mut data, "description", crate::derive::summary::summary(entry));
    set(
        &mut data,
        "datePublished",
        common.date.map(|date| super::view::DateView::of(date).iso),
    );
    set(
        &mut data,
        "dateModified",
        common.updated.map(|date| super::view::DateView::of(date).iso),
    );
    set(&mut data, "url", address(library, &entry.path));
    if !common.author.is_empty() {
        data["author"] = common
            .author
            .iter()
            .map(|author| json!({ "@type": "Person", "name": author }))
            .collect();
    }
    if let Some(owner) = &library.config.footer.owner {
        data["publisher"] = json!({ "@type": "Organization", "name": owner });
    }
    if !common.tags.is_empty() {
        data["keywords"] = json!(common.tags.join(","));
    }
    in_script(&data)
}

/// The names of the days of the week as schema.org has them.
const WEEK: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// The regular hours of a place for JSON-LD; none where they cannot be read or hold for some only.
///
/// schema.org knows the short `openingHours` for shops and public buildings only; for any place it
/// has `openingHoursSpecification`. A closing time before the opening one is of the next day.
pub fn opening_hours(text: &str) -> Vec<Value> {
    let Ok(hours) = OpeningHours::parse(text) else {
        return Vec::new();
    };
    let clock = |minutes: u16| match minutes {
        // 24:00 is no time in XML Schema, and 0:00 would be the morning.
        1440 => "23:59".to_owned(),
        minutes => format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60),
    };
    let mut specifications = Vec::new();
    for (days, spans) in hours.regular() {
        let days: Vec<_> = days.of_week().map(|day| WEEK[usize::from(day)]).collect();
        specifications.extend(spans.iter().map(|span| {
            json!({
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": days,
                "opens": clock(span.from),
                "closes": clock(span.to),
            })
        }));
    }
    specifications
}

fn set(data: &mut Value, key: &str, value: Option<String>) {
    if let Some(value) = value {
        data[key] = value.into();
    }
}

/// JSON that may stand in a script element: nothing in it can end the element or a line.
pub fn in_script(data: &Value) -> String {
    data.to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn meta(name: &str, content: &str) -> MetaView {
    MetaView {
        name: name.to_owned(),
        content: content.to_owned(),
    }
}

fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_hours_are_told_to_machines() {
        let shown = |text: &str| Value::from(opening_hours(text)).to_string();
        assert_eq!(
            shown("周二、周四 9:00—24:00（周四除外）"),
            r#"[{"@type":"OpeningHoursSpecification","dayOfWeek":["Tuesday"],"opens":"09:00","closes":"23:59"}]"#
        );
        assert_eq!(
            shown("周五 20:00—次日2:00"),
            r#"[{"@type":"OpeningHoursSpecification","dayOfWeek":["Friday"],"opens":"20:00","closes":"02:00"}]"#
        );
        assert_eq!(shown("职工全天；访客来电"), "[]");
        assert_eq!(shown("工作时间"), "[]");
    }
}
