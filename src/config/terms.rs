//! `terms.yaml`: the words that a site has settled, each with its right form and its usual wrong ones.

#![expect(missing_docs, reason = "the table of keys above says what each field is")]

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::schema::conform::conform_to;
use crate::schema::spans::{Inner, Node};
use crate::schema::yaml::{self, Snippet};
use crate::schema::{Key, Shape};
use crate::source::{FileId, Sources, Span};

/// The file's name, below `content/`.
pub const FILE_NAME: &str = "terms.yaml";

/// A wrong form of one character would be found everywhere (characters).
const SHORTEST_WRONG_FORM: usize = 2;

/// The file: a list of terms, alone or below its key.
pub static SHAPE: Shape = Shape::RecordOrList(&KEYS, "terms");

/// The keys of the file.
pub static KEYS: [Key; 1] = [Key::new(
    "terms",
    "词表",
    Shape::List(&const { Shape::Record(&TERM_KEYS) }),
    "一条一个词",
)];

/// The keys of a term.
pub static TERM_KEYS: [Key; 5] = [
    Key::required("right", "正确写法", Shape::Text, "正式的写法"),
    Key::new("wrong", "错误写法", Shape::List(&Shape::Text), "常见的错法，见到就报"),
    Key::new(
        "also",
        "也可以写",
        Shape::List(&Shape::Text),
        "不算错的别的写法，例如简称",
    ),
    Key::new("ask", "逐处核对", Shape::Boolean, "写“是”，只提建议，不直接改"),
    Key::new("note", "说明", Shape::Text, "理由和出处，报错时显示"),
];

/// What the site has settled; empty where there is no file.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    pub file: Option<FileId>,
    pub terms: Vec<Term>,
}

/// One term.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Term {
    pub right: String,
    pub wrong: Vec<String>,
    pub also: Vec<String>,
    pub ask: bool,
    pub note: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TermsFile {
    terms: Vec<Term>,
}

impl Terms {
    /// Reads the file from its text; problems are added to `diagnostics`. Wrong forms that contradict
    /// the rest are reported and emptied.
    pub fn parse(sources: &Sources, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let snippet = snippet(sources, file);
        let mut terms = Self {
            file: Some(file),
            terms: Vec::new(),
        };
        let value = match yaml::parse(snippet) {
            Ok(value) => value,
            Err(found) => {
                diagnostics.extend(found);
                return terms;
            }
        };
        // A file in which everything is commented out.
        if value.is_null() {
            return terms;
        }
        if !value.is_mapping() && !value.is_sequence() {
            diagnostics.push(
                Diagnostic::new(rule::TERMS_FILE, snippet.first_line(), "terms.yaml 里要写一条一条的词")
                    .help("每条以减号开头，例如 - {正确写法: 党建联盟, 错误写法: [党建连盟]}"),
            );
            return terms;
        }
        let (value, found) = conform_to(snippet, &value, &SHAPE);
        diagnostics.extend(found);
        match value.map(serde_yaml::from_value::<TermsFile>) {
            Some(Ok(read)) => terms.terms = read.terms,
            Some(Err(error)) => diagnostics.push(
                Diagnostic::new(
                    rule::TERMS_FILE,
                    snippet.first_line(),
                    format!("terms.yaml 读不出来：{error}"),
                )
                .help("这是程序没有料到的写法；请把这个文件发给维护程序的人"),
            ),
            None => {}
        }
        diagnostics.extend(terms.drop_contradictions(sources));
        terms
    }

    /// Where the right form of a term stands, or one of its wrong ones, such as `wrong[1]`.
    pub fn span(&self, sources: &Sources, number: usize, way: &str) -> Option<Span> {
        let snippet = snippet(sources, self.file?);
        let root = snippet.scan()?;
        let list = match &root.inner {
            Inner::Mapping(_) => root.follow_english(&KEYS, "terms"),
            _ => &root,
        };
        let Inner::Sequence(items) = &list.inner else {
            return None;
        };
        // A term without its right form was reported and left out.
        let right = &TERM_KEYS[0];
        let is_whole = |item: &&Node| match &item.inner {
            Inner::Mapping(keys) => keys.iter().any(|key| right.is_written(&key.key)),
            _ => false,
        };
        let term = items.iter().filter(is_whole).nth(number)?;
        Some(snippet.span(term.follow_english(&TERM_KEYS, way).range.clone()))
    }

    fn drop_contradictions(&mut self, sources: &Sources) -> Vec<Diagnostic> {
        let right: BTreeSet<&str> = self
            .terms
            .iter()
            .flat_map(|term| term.also.iter().chain([&term.right]))
            .map(String::as_str)
            .collect();
        let mut first_term: BTreeMap<&str, usize> = BTreeMap::new();
        let mut dropped = BTreeSet::new();
        let mut diagnostics = Vec::new();
        for (number, term) in self.terms.iter().enumerate() {
            for (at, wrong) in term.wrong.iter().enumerate() {
                let first = *first_term.entry(wrong).or_insert(number);
                let (message, help) = if right.contains(wrong.as_str()) {
                    let message = format!("“{}”既是错误写法，又是正确写法", quotable(wrong));
                    (message, "留下一处，删去另一处")
                } else if wrong.chars().count() < SHORTEST_WRONG_FORM {
                    let message = format!("错误写法“{}”只有一个字，到处都会报", quotable(wrong));
                    (message, "连着前后的字一起写")
                } else if self.terms[first].right != term.right {
                    let other = quotable(&self.terms[first].right);
                    let message = format!("“{}”已经是“{other}”的错误写法", quotable(wrong));
                    (message, "留下一条，删去另一条")
                } else {
                    continue;
                };
                dropped.insert((number, at));
                let mut diagnostic = Diagnostic::without_place(rule::TERMS_FILE, message).help(help);
                diagnostic.span = self.span(sources, number, &format!("wrong[{at}]"));
                diagnostics.push(diagnostic);
            }
        }
        // Emptied and not taken out, so that the others keep their numbers, and with these their places.
        for (number, at) in dropped {
            self.terms[number].wrong[at].clear();
        }
        diagnostics
    }
}

fn snippet(sources: &Sources, file: FileId) -> Snippet<'_> {
    Snippet {
        file,
        start: 0,
        text: sources.get(file).map_or("", |source| &source.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Terms, Vec<(String, String)>) {
        let mut sources = Sources::default();
        let file = sources.add("content/terms.yaml", text);
        let mut diagnostics = Vec::new();
        let terms = Terms::parse(&sources, file, &mut diagnostics);
        let found = diagnostics.iter().map(|one| {
            (
                one.rule.id.to_owned(),
                one.span.map_or("", |span| sources.text(span)).to_owned(),
            )
        });
        (terms, found.collect())
    }

    #[test]
    fn a_list_alone_or_below_its_key_in_both_languages() {
        let expected = vec![Term {
            right: "党建联盟".into(),
            wrong: vec!["党建连盟".into()],
            also: vec!["联盟".into()],
            ask: true,
            note: Some("章程".into()),
        }];
        for text in [
            "- {正确写法: 党建联盟, 错误写法: 党建连盟, 也可以写: [联盟], 逐处核对: 是, 说明: 章程}\n",
            "terms:\n  - right: 党建联盟\n    wrong: [党建连盟]\n    also: [联盟]\n    ask: true\n    note: 章程\n",
            "词表:\n- 正确写法: 党建联盟\n  错误写法:\n  - 党建连盟\n  也可以写: 联盟\n  逐处核对: 是\n  说明: 章程\n",
        ] {
            let (terms, found) = read(text);
            assert_eq!(terms.terms, expected, "{text}");
            assert_eq!(found, [], "{text}");
        }
        assert_eq!(read("# 都注释掉了\n").1, []);
    }

    #[test]
    fn contradictions_are_told_at_their_place_and_left_out() {
        let (terms, found) = read(
            "- {正确写法: 两新组织, 错误写法: [两新, 新, 二新组织]}\n- {正确写法: 两新, 错误写法: [二新组织, 双新]}\n",
        );
        let rule = || "wording/terms-file".to_owned();
        assert_eq!(
            found,
            [
                (rule(), "两新".to_owned()),
                (rule(), "新".to_owned()),
                (rule(), "二新组织".to_owned())
            ]
        );
        assert_eq!(terms.terms[0].wrong, ["", "", "二新组织"]);
        assert_eq!(terms.terms[1].wrong, ["", "双新"]);
    }

    #[test]
    fn a_term_without_its_right_form_does_not_move_the_places_of_others() {
        let mut sources = Sources::default();
        let file = sources.add(
            "content/terms.yaml",
            "- {错误写法: 甲乙}\n- {正确写法: 丙丁, 错误写法: [丙乙, 丙甲]}\n",
        );
        let mut found = Vec::new();
        let terms = Terms::parse(&sources, file, &mut found);
        assert_eq!(found[0].rule.id, "front-matter/missing-key");
        let place = terms.span(&sources, 0, "wrong[1]").unwrap();
        assert_eq!(sources.text(place), "丙甲");
    }

    #[test]
    fn what_is_no_list_is_told() {
        assert_eq!(read("党建联盟\n").1[0].0, "wording/terms-file");
        assert_eq!(read("- {正确: 党建联盟}\n").1[0].0, "front-matter/unknown-key");
        assert_eq!(read("- [党建联盟\n").1[0].0, "front-matter/syntax");
    }
}
