//! Emphasis beside Chinese characters, as the "CJK-friendly Amendments" to `CommonMark` want it.
//!
//! The first half is a table of sentences. The second half compares with comrak, which implements the
//! amendments inside its own parser, on random strings.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

use hongtu::read::markdown_events::{events, events_with};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use pulldown_cmark::{Options, Parser, html};

fn ours(markdown: &str, options: Options) -> String {
    let mut output = String::new();
    let events = events_with(markdown, options).into_iter();
    html::push_html(&mut output, events.map(|(event, _)| event));
    output
}

fn plain(markdown: &str, options: Options) -> String {
    let mut output = String::new();
    html::push_html(&mut output, Parser::new_ext(markdown, options));
    output
}

/// Each Markdown is one paragraph; the expected HTML goes without its `<p>`.
fn check(cases: &[(&str, &str)]) {
    for (markdown, expected) in cases {
        let mut output = String::new();
        let events = events(markdown).into_iter();
        html::push_html(&mut output, events.map(|(event, _)| event));
        assert_eq!(output, format!("<p>{expected}</p>\n"), "{markdown}");
    }
}

#[test]
fn chinese_punctuation_at_the_edges_of_bold() {
    check(&[
        (
            "发布了**《行动方案》**并授牌",
            "发布了<strong>《行动方案》</strong>并授牌",
        ),
        (
            "**一是组织共建。**各支部结对",
            "<strong>一是组织共建。</strong>各支部结对",
        ),
        ("**背景：**园区现有企业", "<strong>背景：</strong>园区现有企业"),
        ("建成**“红色驿站”**十处", "建成<strong>“红色驿站”</strong>十处"),
        ("书记**（兼）**出席", "书记<strong>（兼）</strong>出席"),
        ("落实**【三张清单】**制度", "落实<strong>【三张清单】</strong>制度"),
        ("做到**快、准、实，**不拖延", "做到<strong>快、准、实，</strong>不拖延"),
        ("他问**为什么？**她答", "他问<strong>为什么？</strong>她答"),
        ("**要闻！**今日", "<strong>要闻！</strong>今日"),
        ("**见下——**另附", "<strong>见下——</strong>另附"),
        ("**未完……**待续", "<strong>未完……</strong>待续"),
        ("**第一·**第二", "<strong>第一·</strong>第二"),
        ("真**（她**", "真<strong>（她</strong>"),
        ("**真：** 她", "<strong>真：</strong> 她"),
        ("**真**：她", "<strong>真</strong>：她"),
        ("*《简报》*第三期", "<em>《简报》</em>第三期"),
        ("***《章程》***全文", "<em><strong>《章程》</strong></em>全文"),
    ]);
}

#[test]
fn latin_punctuation_and_symbols_beside_chinese() {
    check(&[
        ("入驻**\"双创\"**企业", "入驻<strong>\"双创\"</strong>企业"),
        ("面积**(约)**三亩", "面积<strong>(约)</strong>三亩"),
        ("投入**¥10,000**元", "投入<strong>¥10,000</strong>元"),
        ("**C#**与**.NET**并用", "<strong>C#</strong>与<strong>.NET</strong>并用"),
        ("增长**+5%**以上", "增长<strong>+5%</strong>以上"),
        ("党**-**建", "党<strong>-</strong>建"),
        ("得票**①**最多", "得票<strong>①</strong>最多"),
        ("级别**Ⓐ**企业", "级别<strong>Ⓐ</strong>企业"),
        ("获**★**企业", "获<strong>★</strong>企业"),
        ("获**🏆**企业", "获<strong>🏆</strong>企业"),
    ]);
}

#[test]
fn chinese_punctuation_beside_latin_letters() {
    check(&[
        ("Git**（分布式）**hub", "Git<strong>（分布式）</strong>hub"),
        ("**工具：**React等", "<strong>工具：</strong>React等"),
        ("App**《学习》**V2", "App<strong>《学习》</strong>V2"),
        (
            "a**〰**a a**〽**a a**㊗**a",
            "a<strong>〰</strong>a a<strong>〽</strong>a a<strong>㊗</strong>a",
        ),
    ]);
}

#[test]
fn without_chinese_beside_it_a_run_is_what_it_was() {
    check(&[
        ("a**\"b\"**a", "a**\"b\"**a"),
        ("a**(b)**c 党", "a**(b)**c 党"),
        ("a**a«**a", "a**a«**a"),
        ("党 ** 建 ** 党", "党 ** 建 ** 党"),
        ("**党 **建", "**党 **建"),
        ("党** 建**", "党** 建**"),
        ("**党建\u{3000}**联盟", "**党建\u{3000}**联盟"),
        ("长3*5米，宽2*3米", "长3<em>5米，宽2</em>3米"),
    ]);
}

#[test]
fn other_scripts_of_the_amendments() {
    check(&[
        ("これは**「重要」**です", "これは<strong>「重要」</strong>です"),
        ("これは**ｶﾅ｡**です", "これは<strong>ｶﾅ｡</strong>です"),
        ("**안내(案內)**를 보다", "<strong>안내(案內)</strong>를 보다"),
        ("ᅡ**(a)**", "ᅡ<strong>(a)</strong>"),
        ("**(k)**ᄏ", "<strong>(k)</strong>ᄏ"),
    ]);
}

#[test]
fn characters_of_the_supplementary_planes() {
    check(&[
        ("𠮷**(吉)**家", "𠮷<strong>(吉)</strong>家"),
        ("𰻞**（biáng）**面", "𰻞<strong>（biáng）</strong>面"),
        ("鄠邑**(𬮿)**区", "鄠邑<strong>(𬮿)</strong>区"),
        ("**(U+317DB)**𱟛", "<strong>(U+317DB)</strong>𱟛"),
        ("a**a𐬻**a", "a**a𐬻**a"),
    ]);
}

#[test]
fn variation_selectors() {
    check(&[
        // An ideographic one belongs to the ideograph before it.
        ("葛\u{E0100}**(异体)**城", "葛\u{E0100}<strong>(异体)</strong>城"),
        (
            "大塚\u{FE00}**(U+585A)** 站",
            "大塚\u{FE00}<strong>(U+585A)</strong> 站",
        ),
        // Fullwidth quotation marks are CJK punctuation.
        (
            "**“\u{FE01}Git”\u{FE01}**Hub",
            "<strong>“\u{FE01}Git”\u{FE01}</strong>Hub",
        ),
        // Punctuation with a selector is still punctuation: not before a letter, but to an underscore.
        ("**a∩\u{FE00}**b", "**a∩\u{FE00}**b"),
        ("见。\u{FE00}_甲_", "见。\u{FE00}<em>甲</em>"),
        ("见。\u{FE00}__甲__", "见。\u{FE00}<strong>甲</strong>"),
        (
            "“\u{FE01}Git”\u{FE01}__Hub__",
            "“\u{FE01}Git”\u{FE01}<strong>Hub</strong>",
        ),
        ("塚\u{FE00}_甲_", "塚\u{FE00}_甲_"),
    ]);
}

#[test]
fn underscores_stay_outside_of_words() {
    check(&[
        ("__注意__：事项", "<strong>注意</strong>：事项"),
        ("注意：__事项__", "注意：<strong>事项</strong>"),
        ("党_建_联盟", "党_建_联盟"),
        ("党_《章程》_建", "党_《章程》_建"),
        ("见_《章程》_。", "见_《章程》_。"),
        ("snake_case_名", "snake_case_名"),
    ]);
}

#[test]
fn strikethrough() {
    check(&[
        ("原价~~（十元）~~现价", "原价<del>（十元）</del>现价"),
        ("~~作废。~~更正", "<del>作废。</del>更正"),
        ("**~~作废。~~**更正", "<strong><del>作废。</del></strong>更正"),
        // A single tilde writes a range.
        ("周一~周五，周六~周日", "周一~周五，周六~周日"),
        ("（3~5人），（6~8人）", "（3~5人），（6~8人）"),
    ]);
}

#[test]
fn nested_runs() {
    check(&[
        ("**要*《紧》*事。**办", "<strong>要<em>《紧》</em>事。</strong>办"),
        ("*甲**“乙”**丙。*丁", "<em>甲<strong>“乙”</strong>丙。</em>丁"),
        ("***甲。**乙。*丙", "<em><strong>甲。</strong>乙。</em>丙"),
        ("**甲。**乙**丙。**丁", "<strong>甲。</strong>乙<strong>丙。</strong>丁"),
        ("****甲。****乙", "<strong><strong>甲。</strong></strong>乙"),
    ]);
}

#[test]
fn code_links_and_html_keep_their_strings() {
    check(&[
        (
            "**[链接](a*“*党.html)**也",
            "<strong><a href=\"a*%E2%80%9C*%E5%85%9A.html\">链接</a></strong>也",
        ),
        (
            "见**[《案例》](x \"党*。*“题”\")**文",
            "见<strong><a href=\"x\" title=\"党*。*“题”\">《案例》</a></strong>文",
        ),
        ("**`代码*。党*`。**见", "<strong><code>代码*。党*</code>。</strong>见"),
        ("先**`码`**后", "先<strong><code>码</code></strong>后"),
        ("![党*。*“图”](x)", "<img src=\"x\" alt=\"党。“图”\" />"),
        (
            "<http://x/党*。>",
            "<a href=\"http://x/%E5%85%9A*%E3%80%82\">http://x/党*。</a>",
        ),
        ("党<b title=\"*党*。*\">文</b>", "党<b title=\"*党*。*\">文</b>"),
        ("**&ldquo;党&rdquo;**建", "<strong>“党”</strong>建"),
        ("**党，**&ZeroWidthSpace;建", "<strong>党，</strong>\u{200B}建"),
    ]);
}

#[test]
fn escapes() {
    check(&[
        ("~~甲。\\~~~乙", "<del>甲。~</del>乙"),
        ("甲\\~\\~《乙》\\~\\~丙", "甲~~《乙》~~丙"),
        ("党\\*。*“*建", "党*。<em>“</em>建"),
        ("党\\**《甲》*乙", "党*<em>《甲》</em>乙"),
        ("党\\\\*《甲》*乙", "党\\<em>《甲》</em>乙"),
        ("**党\\*。**建", "<strong>党*。</strong>建"),
        ("党\\*\\*《甲》\\*\\*乙", "党**《甲》**乙"),
    ]);
}

#[test]
fn whole_documents() {
    let markdown = "\
# **《章程》**解读 {#zhang .党*。建 data-x=党*。}

[党*。建]: 党*。.md '党*“题”*'

见[文][党*。建]与[党*。建]，注[^党*。]。

> [!NOTE]
>**《通知》**见附件

| **《甲》**党 | 党**《乙》** |
|---|:-:|
| 党**《甲》**|**《乙》**党 |
|党\\|**“丙”**丁|`党*。\\|*`|

- [x] **《办结》**党
- **一、**党
  ~~（二）~~党

术语**“甲”**党
: **《释义》**党

```党*。
代码*。党
```

    缩进*。党

<div title=党*。>
党*。党
</div>

[^党*。]: 党**（注）**党
";
    let expected = "\
<h1 id=\"zhang\" class=\"党*。建\" data-x=\"党*。\"><strong>《章程》</strong>解读</h1>
<p>见<a href=\"%E5%85%9A*%E3%80%82.md\" title=\"党*“题”*\">文</a>与\
<a href=\"%E5%85%9A*%E3%80%82.md\" title=\"党*“题”*\">党*。建</a>，注\
<sup class=\"footnote-reference\"><a href=\"#党*。\">1</a></sup>。</p>
<blockquote class=\"markdown-alert-note\">
<p><strong>《通知》</strong>见附件</p>
</blockquote>
<table><thead><tr><th><strong>《甲》</strong>党</th><th style=\"text-align: center\">党<strong>《乙》</strong></th></tr></thead><tbody>
<tr><td>党<strong>《甲》</strong></td><td style=\"text-align: center\"><strong>《乙》</strong>党</td></tr>
<tr><td>党|<strong>“丙”</strong>丁</td><td style=\"text-align: center\"><code>党*。|*</code></td></tr>
</tbody></table>
<ul>
<li><input disabled=\"\" type=\"checkbox\" checked=\"\"/>
<strong>《办结》</strong>党</li>
<li><strong>一、</strong>党
<del>（二）</del>党</li>
</ul>
<dl>
<dt>术语<strong>“甲”</strong>党</dt>
<dd><strong>《释义》</strong>党</dd>
</dl>
<pre><code class=\"language-党*。\">代码*。党
</code></pre>
<pre><code>缩进*。党
</code></pre>
<div title=党*。>
党*。党
</div>
<div class=\"footnote-definition\" id=\"党*。\"><sup class=\"footnote-definition-label\">1</sup>
<p>党<strong>（注）</strong>党</p>
</div>
";
    assert_eq!(ours(markdown, hongtu::read::markdown_events::options()), expected);
}

/// Words for random strings. Repeated ones come up more often.
fn strings_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    let word = proptest::sample::select(words);
    proptest::collection::vec(word, 1..14).prop_map(|words| words.concat())
}

fn comrak(markdown: &str, friendly: bool) -> String {
    let mut options = comrak::Options::default();
    options.extension.strikethrough = true;
    options.extension.cjk_friendly_emphasis = friendly;
    options.render.r#unsafe = true;
    comrak::markdown_to_html(markdown, &options)
}

/// Without what the two renderers write differently: quotation marks and the end of `<br />`.
fn comparable(html: &str) -> String {
    html.replace("&quot;", "\"").replace('\n', "")
}

/// The same strings in every run, so that a failure is one for everybody. `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 2000,
        max_global_rejects: u32::MAX,
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    /// Emphasis alone: no exceptions.
    #[test]
    fn emphasis_is_that_of_comrak(markdown in strings_of(&[
        "*", "**", "***", "_", "__", "党", "建", "ア", "한", "。", "《", "》", "（", "，", "a", "b", ".",
        "\"", "-", "“", "”", " ", "\n",
    ])) {
        // A line of text comes first, so that a list or a rule is not made by accident.
        let markdown = format!("x{markdown}");
        let ours = ours(&markdown, Options::ENABLE_STRIKETHROUGH);
        prop_assert_eq!(comparable(&ours), comparable(&comrak(&markdown, true)));
    }

    #[test]
    fn emphasis_beside_variation_selectors_is_that_of_comrak(markdown in strings_of(&[
        "*", "**", "_", "__", "党", "。", "\u{FE00}", "\u{FE01}", "\u{FE0E}", "\u{FE0F}", "\u{E0100}",
        "“", "’", "a", "!", "∩", "𠮷", "㊗", "😀", " ",
    ])) {
        let markdown = format!("x{markdown}");
        let ours = ours(&markdown, Options::ENABLE_STRIKETHROUGH);
        prop_assert_eq!(comparable(&ours), comparable(&comrak(&markdown, true)));
    }

    /// With everything that binds tighter than emphasis.
    ///
    /// The two parsers differ in other things as well: what a line break inside of code leaves, whether
    /// a reference in a code block's info word is read twice, when an unclosed run of backticks is
    /// given up. Where they do so without any amendment, they are not compared.
    #[test]
    fn emphasis_among_other_inlines_is_that_of_comrak(markdown in strings_of(&[
        "*", "**", "_", "党", "建", "。", "《", "》", "a", ".", "`", "``", "[", "]", "](x)", "(", ")",
        "\\", "!", "<b>", "</b>", "&amp;", "&#x4E00;", "<http://党*。>", "[甲*。]", " ", "\n",
    ])) {
        let markdown = format!("x{markdown}\n\n[甲*。]: /党*。 '党*“'\n");
        let options = Options::ENABLE_STRIKETHROUGH;
        prop_assume!(comparable(&plain(&markdown, options)) == comparable(&comrak(&markdown, false)));
        prop_assert_eq!(
            comparable(&ours(&markdown, options)),
            comparable(&comrak(&markdown, true))
        );
    }

    /// Strikethrough by `~~`, but for what pulldown-cmark does in its own way everywhere:
    ///
    /// - `~~` may open between a letter and punctuation (`a~~.b~~`), also in plain Latin text, where
    ///   comrak applies the rule for `*`;
    /// - comrak looks through tildes when it asks for the neighbours of another delimiter (`*~~a`);
    /// - four and more tildes are text, or the fence of a code block.
    ///
    /// A single `~` is not compared: comrak strikes out `周一~周五，周六~周日`.
    #[test]
    fn strikethrough_is_that_of_comrak(markdown in strings_of(&[
        "~~", "~~", "*", "**", "党", "建", "。", "《", "》", "a", ".", "-", " ", "\n",
    ])) {
        let markdown = format!("x{markdown}");
        let own_way = ["~~~", "~*", "*~", "a~~.", "a~~-", "x~~.", "x~~-"];
        prop_assume!(!own_way.iter().any(|way| markdown.contains(way)));
        let ours = ours(&markdown, Options::ENABLE_STRIKETHROUGH);
        prop_assert_eq!(comparable(&ours), comparable(&comrak(&markdown, true)));
    }
}

/// One paragraph that shows on which side of a run the character counts as Chinese.
fn probe(character: char) -> String {
    format!("ab**(x)**{character}b {character}**(x)**b {character}**(x)\n\n")
}

fn compare_characters(characters: &[char]) {
    let markdown: String = characters.iter().copied().map(probe).collect();
    if ours(&markdown, Options::empty()) == comrak(&markdown, true) {
        return;
    }
    if let [character] = characters {
        // The parsers' tables of punctuation differ in symbols newer than Unicode 15. Characters that
        // are not assigned are neither letters nor punctuation; the amendments leave them open.
        let agreed = plain(&markdown, Options::empty()) == comrak(&markdown, false);
        let punctuation = plain(&format!("x{character}_x_"), Options::empty()).contains("<em>");
        let assigned = character.is_alphanumeric() || punctuation;
        assert!(!(agreed && assigned), "U+{:04X}", u32::from(*character));
    } else {
        let (front, back) = characters.split_at(characters.len() / 2);
        compare_characters(front);
        compare_characters(back);
    }
}

#[test]
fn the_characters_that_count_as_chinese_are_those_of_comrak() {
    let basic_and_supplementary = '\u{80}'..='\u{20100}';
    let end_of_ideographs = '\u{3FF00}'..='\u{40100}';
    let characters: Vec<char> = basic_and_supplementary.chain(end_of_ideographs).collect();
    for block in characters.chunks(256) {
        compare_characters(block);
    }
}
