//! The four parts of a case report: 背景, 做法, 成效, 思考 (as collections of cases have
//! them). A column of `site.yaml`
//! may name others.

use crate::diagnostic::{Diagnostic, rule};
use crate::kind::Kind;
use crate::read::{Entry, Library};

/// The parts, each by the words of which its heading has one; the first is its name.
const PARTS: [&[&str]; 4] = [
    &[
        "背景",
        "缘起",
        "起因",
        "由来",
        "现状",
        "概况",
        "基本情况",
        "问题",
        "难题",
        "为什么",
    ],
    &[
        "做法",
        "举措",
        "措施",
        "实践",
        "路径",
        "探索",
        "经过",
        "怎么做",
        "机制",
        "创新",
    ],
    &["成效", "成果", "效果", "成绩", "变化", "结果", "实效", "收获"],
    &[
        "思考",
        "体会",
        "启示",
        "经验",
        "反思",
        "心得",
        "展望",
        "建议",
        "下一步",
        "打算",
    ],
];

/// A shorter text (in characters) is a notice rather than a report.
const SHORTEST: usize = 200;

pub(in crate::check) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    if entry.kind() != Kind::Case || !entry.is_shown() || entry.outline.characters < SHORTEST {
        return;
    }
    let own = library.column_of(entry).config.parts.as_deref();
    let missing: Vec<&str> = match own {
        Some(parts) => missing(entry, parts.iter().map(|part| part.split(['/', '、']).collect())),
        None => missing(entry, PARTS.iter().map(|part| part.to_vec())),
    };
    if missing.is_empty() {
        return;
    }
    let message = format!("案例里缺{}这{}部分", quoted(&missing), count(missing.len()));
    let headings: Vec<String> = missing.iter().map(|part| format!("## {part}")).collect();
    diagnostics.push(
        Diagnostic::new(rule::CASE_PARTS, library.field_span(entry, "title"), message)
            .help(format!("各写一个二级标题：{}；标题里有这个词就行", headings.join("，"))),
    );
}

/// The names of the parts that no heading has a word of.
fn missing<'a>(entry: &Entry, parts: impl Iterator<Item = Vec<&'a str>>) -> Vec<&'a str> {
    let headings = &entry.outline.headings;
    // The parts are the uppermost headings of a body.
    let Some(uppermost) = headings.iter().map(|heading| heading.level).min() else {
        return parts.filter_map(|words| words.first().copied()).collect();
    };
    let has = |word: &&str| {
        let word = word.trim();
        headings
            .iter()
            .any(|heading| heading.level == uppermost && heading.text.contains(word))
    };
    parts
        .filter(|words| !words.iter().any(has))
        .filter_map(|words| words.first().copied())
        .collect()
}

fn quoted(parts: &[&str]) -> String {
    format!("“{}”", parts.join("”“"))
}

fn count(number: usize) -> &'static str {
    ["", "一", "两", "三", "四", "五", "六"]
        .get(number)
        .copied()
        .unwrap_or("几")
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{Found, Site};

    fn case(headings: &[&str], settings: &str) -> Vec<Found> {
        let text = "党支部把食堂的事情办成了，三家厂的职工都说好。".repeat(4);
        let body = headings.join(&format!("\n\n{text}\n\n"));
        let page = format!("---\ntitle: 共享食堂\norg: 园区党委\n---\n{body}\n\n{text}\n");
        let site = Site::new(&[("site.yaml", &format!("title: 甲\n{settings}")), ("cases/a.md", &page)]);
        site.found("structure/case-parts")
    }

    #[test]
    fn the_missing_parts_are_named_at_the_title() {
        let found = case(
            &["## 一、案例背景", "## 二、主要做法", "### 成效", "## 四、体会与思考"],
            "",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "共享食堂");
        assert_eq!(found[0].message, "案例里缺“成效”这一部分");
        let none = case(&["开头。", "又。", "尾。"], "");
        assert_eq!(none[0].message, "案例里缺“背景”“做法”“成效”“思考”这四部分");
    }

    #[test]
    fn other_words_for_the_parts_will_do() {
        for headings in [
            ["## 背景", "## 做法", "## 成效", "## 思考"],
            [
                "## 一、基本情况",
                "## 二、具体举措",
                "## 三、工作成果",
                "## 四、经验启示",
            ],
            ["# 缘起", "# 怎么做的", "# 带来的变化", "# 下一步打算"],
        ] {
            assert!(case(&headings, "").is_empty(), "{headings:?}");
        }
    }

    #[test]
    fn a_column_has_parts_of_its_own() {
        let own = "columns: [{folder: cases, parts: [来龙去脉, 办法/招数]}]\n";
        assert!(case(&["## 来龙去脉", "## 三个招数", "## 尾声"], own).is_empty());
        let found = case(&["## 背景", "## 三个招数", "## 尾声"], own);
        assert_eq!(found[0].message, "案例里缺“来龙去脉”这一部分");
        assert!(case(&["## 甲", "## 乙", "## 丙"], "columns: [{folder: cases, parts: []}]\n").is_empty());
    }

    #[test]
    fn a_short_notice_is_no_report() {
        assert!(case(&["短讯"], "").is_empty());
    }
}
