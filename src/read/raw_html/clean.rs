//! HTML with raw HTML in it, through an allow-list. Only bodies that have raw HTML come here; what
//! hongtu itself made stands aside as placeholders meanwhile.

use std::collections::{BTreeMap, HashMap, HashSet};

use ammonia::{Builder, UrlRelative};

use super::ALLOWED_ELEMENTS;

/// The element of a placeholder. Writers gain nothing by writing it: it can only show once more
/// what is on their page already.
pub const PLACEHOLDER: &str = "hongtu-piece";

/// The elements that stand by themselves: text before and after them is not one.
const BLOCKS: [&str; 31] = [
    "aside",
    "blockquote",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Whether an element stands by itself.
pub fn is_block(element: &str) -> bool {
    BLOCKS.contains(&element)
}

/// What stands for a piece that cleaning must not see.
pub fn placeholder(index: usize) -> String {
    format!("<{PLACEHOLDER} data-piece=\"{index}\"></{PLACEHOLDER}>")
}

/// Cleans a body's HTML and puts the pieces back. Addresses that lead nowhere lose their attribute;
/// images from elsewhere go.
pub fn clean(html: &str, pieces: &[String], addresses: &BTreeMap<String, String>) -> String {
    let mut tags: HashSet<&str> = ALLOWED_ELEMENTS.iter().copied().collect();
    tags.extend([PLACEHOLDER, "aside", "section", "h1"]);
    let generic: HashSet<&str> = [
        "class",
        "id",
        "title",
        "lang",
        "dir",
        "role",
        "tabindex",
        "aria-label",
        "aria-hidden",
    ]
    .into_iter()
    .collect();
    let by_tag: HashMap<&str, HashSet<&str>> = [
        ("a", HashSet::from(["href", "rel"])),
        ("img", HashSet::from(["src", "alt", "width", "height"])),
        ("td", HashSet::from(["colspan", "rowspan"])),
        ("th", HashSet::from(["colspan", "rowspan", "scope"])),
        ("ol", HashSet::from(["start", "reversed"])),
        ("li", HashSet::from(["value"])),
        ("time", HashSet::from(["datetime"])),
        ("blockquote", HashSet::from(["cite"])),
        ("details", HashSet::from(["open"])),
        (PLACEHOLDER, HashSet::from(["data-piece"])),
    ]
    .into();
    let addresses = addresses.clone();
    let cleaned = Builder::default()
        .tags(tags)
        .generic_attributes(generic)
        .tag_attributes(by_tag)
        .link_rel(None)
        .url_relative(UrlRelative::PassThrough)
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "sms", "geo"]))
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("img", "src") => addresses
                .get(value)
                .filter(|address| !address.contains("//"))
                .cloned()
                .map(Into::into),
            (_, "href") => Some(addresses.get(value).cloned().map_or_else(|| value.into(), Into::into)),
            _ => Some(value.into()),
        })
        .clean(html)
        .to_string();
    set_apart(&put_back(&cleaned, pieces))
}

/// Puts line ends where a block stands directly beside text or another block, so that what reads the
/// text alone keeps them apart. A browser shows none of them.
fn set_apart(html: &str) -> String {
    let mut result = String::with_capacity(html.len() + html.len() / 16);
    let mut in_pre = 0_usize;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        result.push_str(&rest[..at]);
        let (tag, after) = rest.split_at(at + super::tag_end(&rest[at..]));
        let tag = &tag[at..];
        let name = tag.trim_start_matches(['<', '/']);
        let name = &name[..name
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(name.len())];
        let is_closing = tag.starts_with("</");
        if name == "pre" {
            in_pre = if is_closing {
                in_pre.saturating_sub(1)
            } else {
                in_pre + 1
            };
        }
        if is_block(name) && !is_closing && result.ends_with(|c: char| !c.is_whitespace()) {
            result.push('\n');
        }
        if name == "br" && in_pre > 0 {
            result.push('\n');
            rest = after;
            continue;
        }
        result.push_str(tag);
        let ends_line = name == "br" || is_block(name) && is_closing;
        if ends_line && after.starts_with(|c: char| !c.is_whitespace()) {
            result.push('\n');
        }
        rest = after;
    }
    result + rest
}

fn put_back(html: &str, pieces: &[String]) -> String {
    let mut result = String::with_capacity(html.len() + pieces.iter().map(String::len).sum::<usize>());
    let mut rest = html;
    let opening = format!("<{PLACEHOLDER} data-piece=\"");
    let closing = format!("</{PLACEHOLDER}>");
    while let Some(at) = rest.find(&opening) {
        result.push_str(&rest[..at]);
        let after = &rest[at + opening.len()..];
        let number = after.split('"').next().unwrap_or("");
        if let Some(piece) = number.parse().ok().and_then(|index: usize| pieces.get(index)) {
            result.push_str(piece);
        }
        rest = after.find(&closing).map_or("", |end| &after[end + closing.len()..]);
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let addresses = BTreeMap::from([("a.md".to_owned(), "../cases/a.html".to_owned())]);
        assert_eq!(clean(html, &["<svg></svg>".to_owned()], &addresses), expected);
    }

    #[test]
    fn only_what_is_allowed_stays() {
        check(
            "<p onclick=\"x()\" style=\"display:none\">甲<script>alert(1)</script></p>",
            "<p>甲</p>",
        );
        check("<a href=\"javascript:alert(1)\">甲</a>", "<a>甲</a>");
        check("<img src=\"https://example.com/a.png\" alt=\"甲\">", "<img alt=\"甲\">");
        check("<iframe src=\"//example.com\"></iframe><marquee>甲</marquee>", "甲");
        check("<a href=\"a.md\">甲</a>", "<a href=\"../cases/a.html\">甲</a>");
    }

    #[test]
    fn blocks_stand_apart() {
        check("甲<div>乙</div>丙<br>丁", "甲\n<div>乙</div>\n丙<br>\n丁");
        check(
            "<table><tr><td>甲</td><td>a<b>b</b></td></tr></table>",
            "<table>\n<tbody>\n<tr>\n<td>甲</td>\n<td>a<b>b</b></td>\n</tr>\n</tbody>\n</table>",
        );
        check("<pre>甲<br>乙\n丙</pre>", "<pre>甲\n乙\n丙</pre>");
    }

    #[test]
    fn pieces_come_back() {
        check(&format!("<div>{}</div>", placeholder(0)), "<div><svg></svg></div>");
        check(&placeholder(7), "");
    }
}
