//! Each rule on the words of a page: what is found, at which words, and what the page says once it is mended;
//! and beside it what must not be found.

use std::collections::BTreeMap;

use super::super::tests::small_library;
use crate::diagnostic::{Certainty, Diagnostic};
use crate::read::Library;

/// The words that a portal says besides, so that it has a language of its own.
const OTHERS: &str = "园区的党建联盟办了三年，社会组织的活动经常开展，双培双带的做法传开了，体制机制也顺了。\n";

/// A library with these bodies as pages, in their order.
fn library(bodies: &[&str]) -> Library {
    let pages = bodies.iter().enumerate().map(|(number, body)| {
        let text = format!("---\ntitle: 页面\ndate: 2025-01-02\n---\n{body}");
        (format!("pages/{number:03}.md"), text)
    });
    let pages: Vec<_> = pages.collect();
    let others = format!("---\ntitle: 其他\n---\n{OTHERS}");
    let mut files = vec![("site.yaml", "title: 甲\n"), ("pages/其他.md", &others)];
    files.extend(pages.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    small_library::library(&files)
}

/// The problems of each page, by its number.
fn problems(library: &Library) -> BTreeMap<usize, Vec<Diagnostic>> {
    let mut found = Vec::new();
    super::check(library, &mut found);
    crate::diagnostic::sort(&mut found, &library.sources);
    let mut by_page: BTreeMap<usize, Vec<Diagnostic>> = BTreeMap::new();
    for diagnostic in found {
        let span = diagnostic.span.unwrap();
        let path = &library.sources.get(span.file).unwrap().path;
        let number = path
            .rsplit('/')
            .next()
            .unwrap()
            .trim_end_matches(".md")
            .parse()
            .unwrap();
        by_page.entry(number).or_default().push(diagnostic);
    }
    by_page
}

/// A body, the rule and the words that it is reported at, and the body with the best fix.
type Case = (&'static str, &'static str, &'static str, &'static str);

const FOUND: &[Case] = &[
    ("发(fā)展党建", "text/pinyin-gloss", "(fā)", "发展党建"),
    ("促?jìn)会办了", "text/pinyin-tail", "?jìn)", ""),
    ("这是?驗轶w制好", "text/lost-byte", "", ""),
    ("棣栭〉上有", "text/mojibake", "棣栭〉", "首页上有"),
    ("缃戠珯和", "text/mojibake", "缃戠珯", "网站和"),
    ("两字µ³½¨在", "text/mojibake", "µ³½¨", "两字党建在"),
    ("两字å…šå»º在", "text/mojibake", "å…šå»º", "两字党建在"),
    ("他说“好。", "text/unbalanced-pair", "“", ""),
    ("印发〔2026号", "text/unbalanced-title", "〔", ""),
    ("推进/p>", "text/html-debris", "/p>", "推进"),
    ("甲&lt;/p&gt;乙", "text/html-debris", "&lt;/p&gt;", "甲乙"),
    ("甲&emsp;乙", "text/entity", "&emsp;", "甲 乙"),
    ("党建,**联盟**:好!", "text/half-width", ",", "党建，**联盟**：好！"),
    ("党建(联盟)好, 真好", "text/half-width", "(", "党建（联盟）好，真好"),
    (
        "２０２６年Ａ座完成９８．５％，其中１．",
        "text/full-width",
        "２０２６",
        "2026年A座完成98.5%，其中1．",
    ),
    ("　　会议开了。", "text/indent", "　　", "会议开了。"),
    ("一是﹔卡尔•马克思", "text/small-form", "﹔", "一是；卡尔·马克思"),
    ("党\u{200b}建", "text/invisible", "\u{200b}", "党建"),
    ("作者\u{a0}\u{a0}某某", "text/invisible", "\u{a0}", "作者  某某"),
    ("网\u{202e}址", "text/bidi-control", "\u{202e}", "网址"),
    ("⼯作⽅法", "text/look-alike", "⼯", "工作方法"),
    ("字\u{e000}坏", "text/private-use", "\u{e000}", ""),
    (
        "字\u{fffd}\u{fffd}坏",
        "text/replacement-character",
        "\u{fffd}\u{fffd}",
        "",
    ),
    ("党建聯盟办会", "text/traditional", "聯", "党建联盟办会"),
    ("至於业务", "text/wrong-conversion", "於", "至于业务"),
    (
        "棋牌大全|麻将技巧\n\n园区办会。",
        "text/injected-line",
        "棋牌大全|麻将技巧",
        "\n\n园区办会。",
    ),
    (
        "办会。\n\n官方✿下载✿安装✿注册",
        "text/injected-line",
        "官方✿下载✿安装✿注册",
        "办会。\n\n",
    ),
    ("<marquee>链</marquee>", "text/hidden-html", "<marquee>", ""),
    (
        "<i style=\"text-indent: -9999px\">链</i>",
        "text/hidden-html",
        "<i style=\"text-indent: -9999px\">",
        "",
    ),
    (
        "首页>>观点>>圆桌\n\n办会。",
        "text/navigation-residue",
        "首页>>观点>>圆桌",
        "\n\n办会。",
    ),
    ("（责编：某某）", "text/navigation-residue", "（责编：某某）", ""),
    ("今年办了三期", "text/relative-time", "今年", ""),
    (
        "联盟的例会放在月初。\n\n联盟的例会放在月初。",
        "text/doubled",
        "联盟的例会放在月初。",
        "联盟的例会放在月初。\n\n",
    ),
    (
        "园区12家，其中甲类1家、乙类3家、丙类11家。",
        "text/figures-sum",
        "12",
        "",
    ),
    (
        "共100个，其中甲类30个、乙类30个、丙类35个。",
        "text/figures-sum",
        "100",
        "",
    ),
    (
        "|项|数|\n|-|-|\n|一|3|\n|二|4|\n|合计|8|\n",
        "text/figures-sum",
        "8",
        "",
    ),
    ("覆盖率达到104.5%", "text/percentage", "104.5", ""),
    ("三类分别占45%、38%和27%。", "text/percentage", "45%、38%和27", ""),
    ("走访46位科研院所。", "text/measure-word", "位", "走访46家科研院所。"),
    ("党的组.织", "text/split-term", ".", "党的组织"),
    ("党 的 组 织 好", "text/split-term", "党 的 组 织 好", "党的组织好"),
    ("甲** 乙**", "text/literal-markup", "**", ""),
    ("##标题", "text/literal-markup", "##", "## 标题"),
];

#[test]
fn each_kind_of_damage_is_found_and_mended() {
    let bodies: Vec<&str> = FOUND.iter().map(|case| case.0).collect();
    let library = library(&bodies);
    let problems = problems(&library);
    for (number, (body, rule, words, mended)) in FOUND.iter().enumerate() {
        let of_page = problems.get(&number).map_or(&[][..], Vec::as_slice);
        let Some(diagnostic) = of_page.iter().find(|diagnostic| diagnostic.rule.id == *rule) else {
            panic!("{body}: {rule} is missing, there is {of_page:?}");
        };
        let span = diagnostic.span.unwrap();
        if !words.is_empty() {
            assert_eq!(library.sources.text(span), *words, "{body}");
        }
        if mended.is_empty() {
            continue;
        }
        let Some(fix) = diagnostic.fixes.first() else {
            panic!("{body}: nothing mends it");
        };
        let source = &library.sources.get(span.file).unwrap().text;
        let range = fix.span.range();
        let whole = format!("{}{}{}", &source[..range.start], fix.replacement, &source[range.end..]);
        assert_eq!(whole.split("---\n").last().unwrap(), *mended, "{body}");
        let certain = [
            "text/half-width",
            "text/small-form",
            "text/invisible",
            "text/look-alike",
            "text/entity",
        ];
        if certain.contains(rule) {
            assert_eq!(fix.certainty, Certainty::Certain, "{body}");
        }
    }
}

#[test]
fn damage_all_over_a_page_is_told_as_such() {
    let traditional = "黨建聯盟辦了三年，企業越來越多，業務也見長，讀者請聯繫。";
    let simplified = "这个网站的读者请联系经济业务部门，图书馆里也有联络员，车间里也有。";
    let pages = [
        "长(zhǎng)三(sān)角的党(dǎng)建(jiàn)办了三年".to_owned(),
        traditional.to_owned(),
        format!("{simplified}\n\n{simplified}另一段。\n\n這個網站的讀者\n"),
        format!("{traditional}\n\n{traditional}又\n\n这个网站的读者请联系\n"),
        "办会。\n\n彩票走势图 棋牌游戏网 真人视讯台 足球比分网 网上投注站 老虎机破解 六合资料网 时时彩计划 捕鱼赢钱版 私服一条龙 外挂辅助器".to_owned(),
        format!("{traditional}以后的事，余杭、范某、群众，"),
    ];
    let bodies: Vec<&str> = pages.iter().map(String::as_str).collect();
    let library = library(&bodies);
    let problems = problems(&library);
    let rules = |page: usize| -> Vec<&str> { problems[&page].iter().map(|one| one.rule.id).collect() };
    assert_eq!(rules(0), ["text/pinyin-residue"; 4]);
    assert_eq!(rules(1), ["text/traditional-page"]);
    assert_eq!(rules(2), ["text/script-outlier"]);
    assert_eq!(rules(3), ["text/traditional-page", "text/script-outlier"]);
    assert_eq!(rules(4), ["text/injected-line"]);
    assert_eq!(rules(5), ["text/traditional-page", "text/wrong-conversion"]);
}

/// Honest texts that look a little like damage.
const HONEST: &[&str] = &[
    "鄠(hù)邑区的系统（App）、方案(beta)和<ruby>鄠<rt>hù</rt></ruby>。",
    "为什么办？谁来办？1）先报名；2）再参加。",
    "盱眙县、亳州、濮阳市、衢州、嵊泗，都有联络员。",
    "时间是9:00，比例1:50，共1,316个，见https://a.example/x?y=1:2和(branch)一词。",
    "“第一段话。\n\n“第二段话。”",
    "他叫欧阳·甲，产品是iPhone 15，约10\u{a0}km。",
    "家人👨‍👩‍👧一起来，℃、㎡、①都在。",
    "乾隆年间，乾坤湾，喆、昇、甯都是人名。",
    "评分★★★★☆，五星★★★★★。",
    "**重点**：2 ** 3 不算，\\*\\*星号\\*\\*也不算。",
    "一.总则\n\n姓 名：某某，主 任：某某",
    "党员1316名，其中女党员200名。增长率240%，女性占45%、本科以上占78%。",
    "约120家，其中甲类60余家、乙类80家。走访46位企业负责人，联系46家企业。",
    "2024年办了六期，去年也是。他说：“今年再办。”写明年份就好。",
    "扫一扫墙上的二维码，就能看到这一处的来历；相关稿件见后。",
    "- 联盟的例会放在月初。\n- 别处也有\n- 联盟的例会放在月初。\n",
    "|项|数|\n|-|-|\n|一|3|\n|二|4|\n|合计|7|\n",
    "<div class=\"note\">可见</div>，`</p>`，a/p、km/h。",
    "园区党建（见《章程》〔2026〕1号）“一‘核’多元”。",
];

#[test]
fn honest_text_is_let_pass() {
    let library = library(HONEST);
    let problems = problems(&library);
    let found: Vec<_> = problems
        .iter()
        .flat_map(|(number, found)| found.iter().map(|one| (HONEST[*number], one.rule.id, &one.message)))
        .collect();
    assert_eq!(found, []);
}
