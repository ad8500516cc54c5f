//! Properties that hold for every input, tried on inputs that a machine makes up.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

#[path = "../fuzz/harness.rs"]
mod harness;

use hongtu::pinyin_slug;
use hongtu::read::decode::decode;
use hongtu::read::front_matter;
use hongtu::read::link_target::{joined, split_destination};
use hongtu::read::outline;
use hongtu::schema::date::{Date, PartialDate};
use hongtu::schema::spans::{self, Inner, Node};
use hongtu::source::FileId;
use proptest::prelude::*;
use serde_yaml::Value;
use unicode_normalization::UnicodeNormalization;

/// Pieces, put together at random. Made of what the formats give a meaning to, they reach further
/// than random characters.
fn text_of(pieces: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(pieces).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
    ];
    proptest::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

const FRONT_MATTER: &[&str] = &[
    "---",
    "---\n",
    "---\r\n",
    "--- \n",
    "\n",
    "\r",
    " ",
    "\u{3000}",
    "\t",
    "title: 甲\n",
    "标题：乙\n",
    "# 题\n",
    "—",
    "正文",
];

const YAML: &[&str] = &[
    "a: ", "b: ", "标题: ", "- ", "  ", "    ", "\n", "\r\n", "[", "]", "{", "}", ", ", "'", "\"", "甲", "乙 丙",
    "1.10", "0510", "true", "~", "|\n", ">-\n", "# 注\n", "&x ", "*x", "? ", ": ", "!t ", "𠀀", "\\n", "---\n",
    "...\n", "%",
];

const MARKDOWN: &[&str] = &[
    "甲",
    "《",
    "》",
    "，",
    "。",
    "“",
    "”",
    "a",
    " ",
    "\n",
    "\n\n",
    "  \n",
    "    ",
    "\t",
    "**",
    "*",
    "***",
    "_",
    "__",
    "~~",
    "`",
    "``",
    "```\n",
    "```指标\n",
    "```rust\n",
    "- name: 数\n  value: 1\n",
    "# ",
    "## ",
    "###### ",
    "{#甲}",
    "{.a}",
    "===\n",
    "> ",
    "> [!NOTE]\n",
    "- ",
    "- [x] ",
    "1. ",
    "| a | b |\n|-|:-:|\n",
    "| ",
    "[^1]",
    "[^1]: ",
    "\n: ",
    "[",
    "](",
    "](a.md)",
    "](../parks/wuxi.md#x)",
    "![",
    ")",
    "](javascript:alert(1))",
    "](//a.b)",
    "](https://a.b/?\"'<>)",
    "](mailto:a@b)",
    "](<",
    "[a]: x\n",
    "<a@b.c>",
    "<https://a.b>",
    "<a href=\"",
    "<a href=a.md onclick=x>",
    "\">",
    "</a>",
    "<p style='x'>",
    "</p>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<img src=x onerror=y>",
    "<table><td>",
    "<details open>",
    "<svg/onload=x>",
    "<hongtu-piece data-piece=\"0\"></hongtu-piece>",
    "<math>",
    "<b",
    "&amp;",
    "&#x6a;",
    "&lt;",
    "\\",
    "<",
    ">",
    "\"",
    "'",
    "&",
    "李某：",
    "**李某**：",
    "\u{200d}",
    "\u{301}",
    "\u{feff}",
    "\u{202e}",
];

const SLUG: &[&str] = &[
    "重庆", "厦门", "长兴", "行业", "调研", "会计", "党的", "a", "B", "é", "Ⅷ", "１", "-", "_", " ", "《", "》", ".",
    "/", "con", "NUL", "9", "ж", "🙂", "ǆ", "ﬁ", "\u{301}", "㎡", "〇", "𠀀", "가", "ß", "İ",
];

/// The leaves of a scanned piece beside the values that `serde_yaml` read from it.
fn compare(text: &str, node: &Node, value: &Value) -> Result<(), TestCaseError> {
    match (&node.inner, value) {
        (_, Value::Tagged(tagged)) => compare(text, node, &tagged.value)?,
        (Inner::Sequence(items), Value::Sequence(values)) => {
            prop_assert_eq!(items.len(), values.len());
            for (item, value) in items.iter().zip(values) {
                compare(text, item, value)?;
            }
        }
        (Inner::Mapping(entries), Value::Mapping(values)) => {
            prop_assert_eq!(entries.len(), values.len());
            for (entry, (key, value)) in entries.iter().zip(values) {
                let written = &text[entry.key_range.clone()];
                prop_assert_eq!(
                    &serde_yaml::from_str::<Value>(written).unwrap(),
                    key,
                    "the key {:?}",
                    written
                );
                compare(text, &entry.value, value)?;
            }
        }
        (Inner::Leaf, value) => {
            let written = &text[node.range.clone()];
            prop_assert_eq!(
                &serde_yaml::from_str::<Value>(written).unwrap(),
                value,
                "the value {:?}",
                written
            );
        }
        _ => prop_assert!(false, "{:?} is not {:?}", node.inner, value),
    }
    Ok(())
}

/// All ranges lie in the text, and each in that of what it belongs to.
fn ranges_fit(text: &str, node: &Node, within: &std::ops::Range<usize>) -> Result<(), TestCaseError> {
    prop_assert!(text.get(node.range.clone()).is_some(), "{:?} in {:?}", node.range, text);
    let _ = within;
    match &node.inner {
        Inner::Leaf => {}
        Inner::Sequence(items) => {
            for item in items {
                ranges_fit(text, item, &node.range)?;
            }
        }
        Inner::Mapping(entries) => {
            for entry in entries {
                prop_assert!(
                    text.get(entry.key_range.clone()).is_some(),
                    "{:?} in {:?}",
                    entry.key_range,
                    text
                );
                ranges_fit(text, &entry.value, &node.range)?;
            }
        }
    }
    Ok(())
}

/// A tree of values, to be written as YAML in any of its styles.
#[derive(Debug, Clone)]
enum Tree {
    Scalar(&'static str),
    List(Vec<Tree>, bool),
    Record(Vec<(&'static str, Tree)>, bool),
}

fn any_tree() -> impl Strategy<Value = Tree> {
    let scalar = proptest::sample::select(
        &[
            "甲",
            "无锡 高新区",
            "1.10",
            "0510",
            "2026-07-01",
            "true",
            "'引号''里'",
            "\"双引号：\\\" 里\"",
            "a#b",
            "~",
            "𠀀字",
            "-1",
            "a:b",
        ][..],
    );
    let leaf = scalar.prop_map(Tree::Scalar);
    leaf.prop_recursive(4, 24, 4, |inner| {
        let key = proptest::sample::subsequence(vec!["title", "标题", "成员", "a-b", "\"引 号\"", "'x'", "5"], 1..4);
        prop_oneof![
            (proptest::collection::vec(inner.clone(), 1..4), any::<bool>())
                .prop_map(|(items, flow)| Tree::List(items, flow)),
            (key, proptest::collection::vec(inner, 4), any::<bool>())
                .prop_map(|(keys, values, flow)| Tree::Record(keys.into_iter().zip(values).collect(), flow)),
        ]
    })
}

impl Tree {
    fn flow(&self) -> String {
        match self {
            Self::Scalar(text) => (*text).to_owned(),
            Self::List(items, _) => format!("[{}]", items.iter().map(Self::flow).collect::<Vec<_>>().join(", ")),
            Self::Record(entries, _) => {
                let parts: Vec<_> = entries
                    .iter()
                    .map(|(key, value)| format!("{key}: {}", value.flow()))
                    .collect();
                format!("{{{}}}", parts.join(", "))
            }
        }
    }

    /// As lines at an indentation; what stands behind `- ` or `key:` begins with its own line end.
    fn block(&self, indent: usize, line_end: &str) -> String {
        let margin = " ".repeat(indent);
        match self {
            Self::List(items, false) => items
                .iter()
                .map(|item| format!("{line_end}{margin}-{}", item.behind(indent + 2, line_end)))
                .collect(),
            Self::Record(entries, false) => entries
                .iter()
                .map(|(key, value)| format!("{line_end}{margin}{key}:{}", value.behind(indent + 2, line_end)))
                .collect(),
            tree => format!(" {}", tree.flow()),
        }
    }

    fn behind(&self, indent: usize, line_end: &str) -> String {
        match self {
            Self::List(_, false) | Self::Record(_, false) => {
                format!(" # 注：“{indent}”{}", self.block(indent, line_end))
            }
            tree => tree.block(indent, line_end),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_day_is_the_same_in_every_form(year in 1000_i16..=9999, month in 1_i8..=12, day in 1_i8..=28, form in 0_usize..8) {
        let written = match form {
            0 => format!("{year}-{month:02}-{day:02}"),
            1 => format!("{year}-{month}-{day}"),
            2 => format!("{year}/{month}/{day}"),
            3 => format!("{year}.{month}.{day}"),
            4 => format!("{year}年{month}月{day}日"),
            5 => format!(" {year}年{month:02}月{day:02}日 "),
            6 => format!("{year}-{month:02}-{day:02}T00:00:00+08:00"),
            _ => format!("{year}-{month:02}-{day:02}").chars().map(|c| {
                char::from_u32(u32::from(c)).filter(|c| !c.is_ascii_digit()).unwrap_or_else(|| {
                    char::from_u32(u32::from(c) - u32::from('0') + u32::from('０')).unwrap()
                })
            }).collect(),
        };
        let date = Date::parse(&written).unwrap();
        prop_assert_eq!((date.year, date.month, date.day), (year, month, day));
        prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
        let partial = PartialDate::parse(&written).unwrap();
        prop_assert_eq!(PartialDate::parse(&partial.to_string()), Ok(partial));
    }

    #[test]
    fn what_is_read_as_a_day_is_written_as_that_day(text in "[0-9０-９年月日号/.: ：T+-]{0,22}") {
        if let Ok(date) = Date::parse(&text) {
            prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
        }
        if let Ok(date) = PartialDate::parse(&text) {
            prop_assert_eq!(PartialDate::parse(&date.to_string()), Ok(date));
        }
    }

    #[test]
    fn any_text_is_a_day_or_not(text in "\\PC*") {
        let _ = (Date::parse(&text), PartialDate::parse(&text));
    }

    #[test]
    fn places_in_yaml_are_those_of_the_values(tree in any_tree(), windows in any::<bool>()) {
        let text = tree.block(0, if windows { "\r\n" } else { "\n" });
        let value: Value = serde_yaml::from_str(&text).unwrap();
        let root = spans::scan(&text).expect("well formed");
        compare(&text, &root, &value)?;
        ranges_fit(&text, &root, &(0..text.len()))?;
    }

    #[test]
    fn places_in_any_yaml_lie_in_it(text in text_of(YAML, 24)) {
        if let Some(root) = spans::scan(&text) {
            ranges_fit(&text, &root, &(0..text.len()))?;
        }
    }

    #[test]
    fn a_file_is_split_into_two_parts_of_itself(text in text_of(FRONT_MATTER, 20)) {
        let (split, problem) = front_matter::split(FileId(0), &text);
        let (front, body) = (split.front_matter.range(), split.body.range());
        prop_assert!(text.get(front.clone()).is_some());
        prop_assert!(text.get(body.clone()).is_some());
        prop_assert_eq!(body.end, text.len(), "the body is the rest of the file");
        prop_assert!(front.end <= body.start);
        if let Some(span) = problem.and_then(|problem| problem.span) {
            prop_assert!(text.get(span.range()).is_some());
        }
    }

    #[test]
    fn joined_paths_never_leave_the_content(from in "([a-z甲]{1,3}/){0,3}[a-z甲]{1,3}\\.md", path in text_of(&["..", ".", "/", "a", "甲", "//", "%2e%2e", "\\", "...", " ", "\0"], 12)) {
        let decoded = split_destination(&path).path;
        for path in [path.as_str(), decoded.as_str()] {
            if let Some(found) = joined(&from, path) {
                prop_assert!(!found.starts_with('/'));
                if !found.is_empty() {
                    prop_assert!(found.split('/').all(|part| !matches!(part, "" | "." | "..")), "{:?}", found);
                }
            }
        }
    }

    #[test]
    fn slugs_have_one_form(text in text_of(SLUG, 40)) {
        let slug = pinyin_slug::slug(&text);
        prop_assert!(slug.len() <= 80);
        prop_assert!(slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", slug);
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"), "{}", slug);
        prop_assert_eq!(&pinyin_slug::slug(&slug), &slug, "a slug is its own slug");
        prop_assert_eq!(&pinyin_slug::slug(&text.nfd().collect::<String>()), &slug);
        prop_assert_eq!(&pinyin_slug::slug(&text.nfc().collect::<String>()), &slug);
        prop_assert!(!matches!(slug.as_str(), "con" | "nul" | "aux" | "prn" | "com1" | "lpt1"));
        let _ = pinyin_slug::sort_key(&text);
    }

    #[test]
    fn any_bytes_become_text(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let decoded = decode(bytes.clone());
        if let Ok(text) = String::from_utf8(bytes) {
            prop_assert_eq!(decoded.text, text.strip_prefix('\u{feff}').unwrap_or(&text));
        }
    }

    #[test]
    fn places_in_markdown_lie_in_it(body in text_of(MARKDOWN, 40)) {
        let whole = format!("前面{body}");
        let start = "前面".len();
        let (outline, diagnostics) = outline::read(FileId(0), start, &body);
        let places = outline.headings.iter().map(|heading| heading.span)
            .chain(outline.links.iter().map(|link| link.span))
            .chain(outline.fences.iter().map(|fence| fence.span))
            .chain(outline.html.iter().copied())
            .chain(diagnostics.iter().filter_map(|diagnostic| diagnostic.span));
        for place in places {
            prop_assert!(place.range().start >= start && whole.get(place.range()).is_some(), "{:?} in {:?}", place, body);
        }
        let ids: std::collections::BTreeSet<_> = outline.headings.iter().filter(|heading| !heading.id.is_empty()).map(|heading| &heading.id).collect();
        let written = body.contains("{#");
        prop_assert!(written || ids.len() == outline.headings.len(), "ids are unique");
    }

    // The harness of the fuzz target looks at every tag and every address.
    #[test]
    fn any_markdown_becomes_harmless_html(body in text_of(MARKDOWN, 40)) {
        harness::run(format!("g---\ntitle: 试\n---\n{body}").as_bytes());
    }

    #[test]
    fn any_conversation_becomes_harmless_html(body in text_of(MARKDOWN, 40)) {
        harness::run(format!("t---\ntitle: 试\nguests: [李某]\n---\n## 问\n\n{body}").as_bytes());
    }

    #[test]
    fn any_front_matter_is_answered(text in text_of(YAML, 24), kind in proptest::sample::select(&b"porcabtgis"[..])) {
        let input = if kind == b's' { text } else { format!("---\n{text}\n---\n正文") };
        harness::run(&[&[kind], input.as_bytes()].concat());
    }
}
