//! Forms of the list of words, slips of names, and names in two ways: what is found, at which words, what it
//! would be mended to; and beside it what must not be found.

use super::super::tests::small_library::library;
use crate::diagnostic::Certainty;

const TERMS: &str = "- {正确写法: 党建联盟, 错误写法: [党建连盟, 联蒙]}\n- {正确写法: 大联蒙古包}\n- {正确写法: 联席会议, 错误写法: [联系会议], 逐处核对: 是}\n";

/// The rule, the marked words, and what they would become, on a site of these files.
fn found(files: &[(&str, &str)]) -> Vec<(&'static str, String, String)> {
    let mut all = vec![("site.yaml", "title: 甲\n")];
    all.extend_from_slice(files);
    let library = library(&all);
    let mut found = Vec::new();
    super::check(&library, &mut found);
    crate::diagnostic::sort(&mut found, &library.sources);
    let shown = found.iter().map(|one| {
        let words = one.span.map_or("", |span| library.sources.text(span));
        let fix = one.fixes.first();
        let sign = fix.map_or("", |fix| match fix.certainty {
            Certainty::Certain => "",
            Certainty::Proposal => "?",
        });
        let mended = fix.map_or(String::new(), |fix| format!("{}{sign}", fix.replacement));
        (one.rule.id, words.to_owned(), mended)
    });
    shown.collect()
}

#[track_caller]
fn check(terms: &str, body: &str, expected: &[(&str, &str, &str)]) {
    let page = format!("---\ntitle: 页面\n---\n{body}\n");
    let found = found(&[("terms.yaml", terms), ("pages/a.md", &page)]);
    let found: Vec<_> = found
        .iter()
        .map(|(rule, words, mended)| (*rule, &**words, &**mended))
        .collect();
    assert_eq!(found, expected, "{body}");
}

#[test]
fn wrong_forms_are_mended_and_those_that_may_be_right_are_asked_about() {
    let rule = "wording/wrong-form";
    check(TERMS, "开了党建连盟的会。", &[(rule, "党建连盟", "党建联盟")]);
    check(TERMS, "开了联系会议。", &[(rule, "联系会议", "联席会议?")]);
    check(TERMS, "党建**连盟**的会。", &[(rule, "党建**连盟", "")]);
    check(TERMS, "| 联蒙 |\n|---|\n| 甲 |", &[(rule, "联蒙", "党建联盟")]);
}

#[test]
fn a_wrong_form_within_a_right_one_is_none() {
    check(TERMS, "大联蒙古包和`联蒙`，党建联盟的联席会议。", &[]);
    check(TERMS, "大联蒙古包，联蒙", &[("wording/wrong-form", "联蒙", "党建联盟")]);
    check("[]\n", "党建连盟", &[]);
}

#[test]
fn titles_and_other_keys_are_words_and_references_are_none() {
    let page = "---\ntitle: 党建连盟\nsummary: '联蒙'\npark: 联蒙园区\n---\n";
    let found = found(&[("terms.yaml", TERMS), ("pages/a.md", page)]);
    let words: Vec<_> = found.iter().map(|one| &*one.1).collect();
    assert_eq!(words, ["党建连盟", "联蒙"]);
}

const NAMES: &str = "- {正确写法: 长三角国家高新区, 也可以写: [长三角国际高新区]}\n- {正确写法: 党建联盟}\n";

#[test]
fn slips_of_a_name_are_found() {
    let rule = "wording/near-name";
    for (written, right) in [
        ("长三脚国家高新区", "长三角国家高新区"),
        ("长三角国家高芯区", "长三角国家高新区"),
        ("长三角国宋高新区", "长三角国家高新区"),
        ("长三角国家新高区", "长三角国家高新区"),
        ("长三角国家高高新区", "长三角国家高新区"),
        ("长三角国家高区", ""),
        ("党建连盟", "党建联盟"),
        ("党健联盟", "党建联盟"),
        ("党建建联盟", "党建联盟"),
    ] {
        let expected = format!("{right}?");
        let body = format!("到了{written}，看了看。");
        if right.is_empty() {
            // 新 tells names apart, as in 新区 and 老区.
            check(NAMES, &body, &[]);
        } else {
            check(NAMES, &body, &[(rule, written, &expected)]);
        }
    }
}

#[test]
fn what_only_looks_like_a_slip_is_let_pass() {
    for honest in [
        // Other words of four characters.
        "党建联建和党建联合都在，党建联系人也在。",
        // Cut off at its end.
        "长三角国家高新技术多。",
        // A known other name.
        "长三角国际高新区也来了。",
        // A word that stands elsewhere too.
        "国策很好，国策很多，家国策略。长三角国策高新区。",
        // It stands there often.
        "长三角国宋高新区、长三角国宋高新区、长三角国宋高新区。",
        // The name itself, and over a line's end.
        "长三角国家高新区党建联盟。长三角国家\n高新区。",
    ] {
        check(NAMES, honest, &[]);
    }
    check("- 正确写法: 城东第一工业园\n", "城东第二工业园", &[]);
    check("- 正确写法: 城东街道党工委\n", "城西街道党工委", &[]);
}

#[test]
fn titles_and_organisations_are_names_as_well() {
    let alliance = "---\ntitle: 运河两岸党建联盟\nfounded: 2020\n---\n";
    let case = |org: &str, body: &str| format!("---\ntitle: 案例\norg: {org}\n---\n{body}\n");
    let usual = case("运河新城党群工作部", "正文。");
    let files = [
        ("alliances/a.md", alliance.to_owned()),
        ("cases/a.md", usual.clone()),
        ("cases/b.md", usual.clone()),
        ("cases/c.md", usual),
        ("cases/d.md", case("运河新城党群工作布", "运河梁岸党建联盟。")),
    ];
    let files: Vec<_> = files.iter().map(|(path, text)| (*path, &**text)).collect();
    let found = found(&files);
    let rules: Vec<_> = found
        .iter()
        .map(|(rule, words, mended)| (*rule, &**words, &**mended))
        .collect();
    assert_eq!(
        rules,
        [
            ("wording/near-name", "运河新城党群工作布", "运河新城党群工作部?"),
            ("wording/two-ways", "运河新城党群工作布", "运河新城党群工作部?"),
            ("wording/near-name", "运河梁岸党建联盟", "运河两岸党建联盟?"),
        ]
    );
}

#[test]
fn one_organisation_in_two_ways_is_told_where_it_is_the_rarer() {
    let alliance = |members: &[&str]| {
        let members: Vec<_> = members
            .iter()
            .map(|unit| format!("  - {{unit: \"{unit}\"}}\n"))
            .collect();
        format!("---\ntitle: 联盟\nfounded: 2020\nmembers:\n{}---\n", members.concat())
    };
    for (usual, other) in [
        ("某某（无锡）电机有限公司", "某某(无锡)电机有限公司"),
        ("某某（无锡）电机有限公司", "某某（无锡）电机有限责任公司"),
        ("某某电机厂", "某某 电机厂"),
        ("某某电机厂", "某某電機廠"),
        ("ABC电机厂", "ＡＢＣ电机厂"),
        ("阿里·甲电机厂", "阿里•甲电机厂"),
    ] {
        let found = found(&[("alliances/a.md", &alliance(&[usual, other, usual]))]);
        let expected = ("wording/two-ways", other.to_owned(), format!("{usual}?"));
        assert_eq!(found, [expected], "{other}");
    }
    for (one, other) in [
        ("东风阀门厂", "东方阀门厂"),
        ("某某股份有限公司", "某某有限公司"),
        ("恒远电机公司", "衡远电机公司"),
    ] {
        assert_eq!(found(&[("alliances/a.md", &alliance(&[one, other]))]), [], "{other}");
    }
}

#[test]
fn a_person_of_one_organisation_has_one_name() {
    let table = |guests: &str| format!("---\ntitle: 圆桌\nguests:\n{guests}---\n");
    let first = table("  - {name: 沈砚舟, org: 阀门厂}\n  - {name: 李明, org: 泵业}\n");
    let second = table("  - {name: 沈砚洲, org: 阀门厂}\n  - {name: 黎明, org: 电机厂}\n");
    let found = found(&[("roundtables/a.md", &first), ("roundtables/b.md", &second)]);
    assert_eq!(found, [("wording/two-ways", "沈砚洲".to_owned(), "沈砚舟?".to_owned())]);
}
