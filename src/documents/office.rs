//! docx, xlsx and pptx: packages of XML.

use std::io::{Cursor, Read};

use roxmltree::{Document as Xml, Node};
use zip::ZipArchive;

use super::{Document, Leftover, Text};

/// A part that is longer, unpacked, is not read: no list that somebody typed is.
const LONGEST_PART: u64 = 16 * 1024 * 1024;
/// More sheets than this no workbook has.
const MOST_SHEETS: usize = 64;

type Package<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Reads a package; `None` if it is none of an office program.
pub(super) fn read(bytes: &[u8]) -> Option<Document> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).ok()?;
    package.index_for_name("[Content_Types].xml")?;
    let mut document = Document::default();
    if let Some(core) = part(&mut package, "docProps/core.xml") {
        names(&core, &mut document);
    }
    let names: Vec<String> = package
        .file_names()
        .filter_map(Result::ok)
        .map(std::borrow::Cow::into_owned)
        .collect();
    let has = |prefix: &str| names.iter().any(|name| name.starts_with(prefix));
    if let Some(text) = part(&mut package, "word/document.xml") {
        word(&text, &mut document);
    }
    let comments = part(&mut package, "word/comments.xml");
    if comments.is_some_and(|text| text.contains("<w:comment "))
        || has("xl/comments")
        || has("xl/threadedComments/")
        || has("ppt/comments/")
    {
        document.leftovers.insert(0, Leftover::Comments);
    }
    if let Some(workbook) = part(&mut package, "xl/workbook.xml") {
        sheets(&mut package, &workbook, &mut document);
    }
    Some(document)
}

/// One part of a package as text.
fn part(package: &mut Package<'_>, name: &str) -> Option<String> {
    let file = package.by_name(name).ok()?;
    let mut text = String::new();
    file.take(LONGEST_PART).read_to_string(&mut text).ok()?;
    Some(text)
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn names(core: &str, document: &mut Document) {
    let Ok(xml) = Xml::parse(core) else { return };
    for node in xml.descendants() {
        if is(&node, "creator") || is(&node, "lastModifiedBy") {
            document.add_name(node.text().unwrap_or_default());
        }
    }
}

fn word(text: &str, document: &mut Document) {
    let Ok(xml) = Xml::parse(text) else { return };
    if xml.descendants().any(|node| is(&node, "ins") || is(&node, "del")) {
        document.leftovers.push(Leftover::Changes);
    }
    let paragraphs = xml.descendants().filter(|node| is(node, "p"));
    for (number, paragraph) in paragraphs.enumerate() {
        let words: String = paragraph
            .descendants()
            .filter(|node| is(node, "t"))
            .filter_map(|node| node.text())
            .collect();
        if !words.is_empty() {
            let place = format!("第 {} 段", number + 1);
            let head = String::new();
            document.texts.push(Text { place, head, words });
        }
    }
}

fn sheets(package: &mut Package<'_>, workbook: &str, document: &mut Document) {
    let Ok(xml) = Xml::parse(workbook) else { return };
    let sheets: Vec<_> = xml
        .descendants()
        .filter(|node| is(node, "sheet"))
        .take(MOST_SHEETS)
        .collect();
    if sheets
        .iter()
        .any(|sheet| matches!(sheet.attribute("state"), Some("hidden" | "veryHidden")))
    {
        document.leftovers.push(Leftover::HiddenSheets);
    }
    let shared = part(package, "xl/sharedStrings.xml").map_or_else(Vec::new, |text| shared_strings(&text));
    for (number, sheet) in sheets.iter().enumerate() {
        // Programs number the parts in the order of the sheets.
        let Some(text) = part(package, &format!("xl/worksheets/sheet{}.xml", number + 1)) else {
            continue;
        };
        cells(&text, (sheet.attribute("name").unwrap_or_default(), &shared), document);
    }
}

fn shared_strings(text: &str) -> Vec<String> {
    let Ok(xml) = Xml::parse(text) else { return Vec::new() };
    let items = xml.descendants().filter(|node| is(node, "si"));
    items.map(|item| words_of(&item)).collect()
}

fn words_of(node: &Node<'_, '_>) -> String {
    let texts = node.descendants().filter(|node| is(node, "t"));
    texts.filter_map(|text| text.text()).collect()
}

fn cells(text: &str, (sheet, shared): (&str, &[String]), document: &mut Document) {
    let Ok(xml) = Xml::parse(text) else { return };
    let mut heads: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for cell in xml.descendants().filter(|node| is(node, "c")) {
        let value = cell.children().find(|node| is(node, "v")).and_then(|node| node.text());
        let words = match cell.attribute("t") {
            Some("s") => value
                .and_then(|value| shared.get(value.parse::<usize>().ok()?))
                .cloned()
                .unwrap_or_default(),
            Some("inlineStr") => words_of(&cell),
            _ => value.unwrap_or_default().to_owned(),
        };
        let name = cell.attribute("r").unwrap_or_default();
        let column = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        if words.is_empty() {
            continue;
        }
        // The first words of a column that are no number are its head.
        let is_head = !heads.contains_key(column) && words.parse::<f64>().is_err();
        let head = heads.get(column).cloned().unwrap_or_default();
        if is_head {
            heads.insert(column.to_owned(), words.clone());
        }
        let place = format!("表“{sheet}”的 {name} 格");
        document.texts.push(Text { place, head, words });
    }
}
