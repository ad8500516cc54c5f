//! Pieces of HTML that stand in the text as words.

use super::letters::MARKUP;
use super::words::{Page, Words};
use crate::diagnostic::{Diagnostic, quotable, rule};

/// Elements whose names turn up in debris.
const ELEMENTS: &[&str] = &[
    "p", "div", "span", "br", "td", "tr", "th", "table", "tbody", "strong", "font", "li", "ul", "ol", "img", "h1",
    "h2", "h3", "b", "a", "em", "section", "o:p", "st1",
];

/// Names of characters, and the characters.
const ENTITIES: &[(&str, &str)] = &[
    ("nbsp", " "),
    ("ensp", " "),
    ("emsp", " "),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("hellip", "…"),
    ("middot", "·"),
    ("quot", "\""),
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("times", "×"),
    ("bull", "•"),
    ("zwnj", ""),
    ("zwj", ""),
];

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for words in page.words.iter().filter(|words| words.signs.has(MARKUP)) {
        tags(words, found);
        entities(page, words, found);
    }
}

fn tags(words: &Words, found: &mut Vec<Diagnostic>) {
    let text = words.text();
    let mut from = 0;
    while let Some(at) = text[from..].find(['<', '/']).map(|at| from + at) {
        from = at + 1;
        let Some(length) = tag_length(text, at) else { continue };
        let range = at..at + length;
        from = range.end;
        let shown = quotable(&text[range.clone()]);
        let diagnostic = words
            .problem(
                rule::HTML_DEBRIS,
                range.clone(),
                format!("“{shown}”是网页代码的残片，读者会看到"),
            )
            .help("删掉；它前面的标点要是也没了，对照原稿补上");
        found.push(words.propose(diagnostic, (range, [""])));
    }
}

/// The length of what looks like a tag, or like the end of one whose beginning is lost.
fn tag_length(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let is_whole = rest.starts_with('<');
    let inside = rest.trim_start_matches('<');
    let name_at = rest.len() - inside.trim_start_matches('/').len();
    let name: String = rest[name_at..]
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == ':')
        .collect();
    if !ELEMENTS.contains(&name.to_ascii_lowercase().as_str()) {
        return None;
    }
    let behind = &rest[name_at + name.len()..];
    let end = behind
        .find('>')
        .filter(|end| !behind[..*end].contains(['<', '。', '，', '\n']));
    if !is_whole {
        // Without `<` only a whole end says enough: `/p>`.
        return (end == Some(0) && !text[..at].ends_with(|letter: char| letter.is_ascii_alphanumeric()))
            .then(|| name_at + name.len() + 1);
    }
    match end {
        Some(end) => Some(name_at + name.len() + end + 1),
        None => behind.starts_with([' ', '/']).then_some(name_at + name.len()),
    }
}

/// `&lt;/span&gt;`
fn escaped_tag(text: &str, at: usize) -> Option<std::ops::Range<usize>> {
    let inside = text[at..].strip_prefix("&lt;")?;
    let name = inside.trim_start_matches('/');
    let length = name
        .find(|letter: char| !letter.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let end = inside.find("&gt;")?;
    let is_tag = ELEMENTS.contains(&name[..length].to_ascii_lowercase().as_str()) && inside[..end].is_ascii();
    is_tag.then_some(at..at + "&lt;".len() + end + "&gt;".len())
}

fn entities(page: &Page<'_>, words: &Words, found: &mut Vec<Diagnostic>) {
    let text = words.text();
    for (at, _) in text.match_indices('&') {
        let rest = &text[at + 1..];
        // `&amp;nbsp;` was escaped once too often.
        let doubled = rest.strip_prefix("amp;").unwrap_or(rest);
        let entity = ENTITIES.iter().find(|(name, _)| {
            let behind = doubled.strip_prefix(name).unwrap_or("&");
            !behind.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '&' || letter == '=')
        });
        let Some((name, character)) = entity else { continue };
        if let Some(range) = escaped_tag(text, at) {
            let shown = quotable(&text[range.clone()]);
            let diagnostic = words
                .problem(
                    rule::HTML_DEBRIS,
                    range.clone(),
                    format!("“{shown}”是网页代码的残片，读者会看到"),
                )
                .help("删掉；要把代码写给人看，用反引号括起来");
            found.push(words.propose(diagnostic, (range, [""])));
            continue;
        }
        let mut end = text.len() - doubled.len() + name.len();
        end += text[end..]
            .chars()
            .next()
            .filter(|it| matches!(it, ';' | '；'))
            .map_or(0, char::len_utf8);
        let range = at..end;
        let shown = &text[range.clone()];
        // In a body this is read as the character, and only the one who writes ever sees it.
        if words.origin == super::words::Origin::Body && shown.ends_with(';') && doubled.len() == rest.len() {
            if !matches!(*name, "lt" | "gt" | "amp" | "quot") && !page.is_escaped(words, at) {
                let diagnostic = words
                    .problem(rule::ENTITY, range.clone(), format!("“{shown}”是网页里的写法"))
                    .help("直接写这个字符；hongtu fix 可以一次换好");
                found.push(words.mend(diagnostic, range, *character));
            }
            continue;
        }
        let diagnostic = words
            .problem(
                rule::HTML_DEBRIS,
                range.clone(),
                format!("“{shown}”是网页代码的残片，读者会看到"),
            )
            .help("换成它代表的字符；只是空格的话就删掉");
        found.push(words.propose(diagnostic, (range, [*character])));
    }
}
