//! What belongs to the page that a text was copied from, and not to the text.

use super::words::{Page, Words};
use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::read::outline::prose::BlockKind;

/// Headings of lists that were not copied along.
const EMPTY_HEADINGS: &[&str] = &[
    "相关稿件",
    "相关新闻",
    "相关阅读",
    "相关链接",
    "相关文章",
    "推荐阅读",
    "热门推荐",
    "延伸阅读",
    "相關稿件",
    "相關新聞",
    "相關閱讀",
    "相關連結",
];

/// Words of buttons and prompts. A short line with one of them is no sentence.
const PROMPTS: &[&str] = &[
    "扫一扫",
    "扫码关注",
    "长按识别",
    "扫描二维码",
    "关注我们",
    "关注公众号",
    "分享到",
    "打印本页",
    "关闭窗口",
    "返回顶部",
    "我要评论",
    "点赞",
    "字体：大中小",
    "字号：大中小",
    "手机看",
    "客户端下载",
    "掃一掃",
    "分享到朋友圈",
    "阅读原文",
    "点击上方蓝字",
    "加载更多",
    "浏览次数",
    "责任编辑：",
    "責任編輯：",
    "责编：",
    "責編：",
    "编辑：",
];

/// What a prompt has at the most.
const LONGEST_PROMPT: usize = 26;

const PLACES: &[&str] = &[
    "您的位置",
    "您当前的位置",
    "当前位置",
    "您现在的位置",
    "你的位置",
    "所在位置",
    "您的當前位置",
    "當前位置",
];

/// How files of cameras, messengers and screenshots are called.
const FILE_NAMES: &[&str] = &[
    "微信图片",
    "微信截图",
    "QQ图片",
    "QQ截图",
    "屏幕截图",
    "IMG_",
    "DSC_",
    "DSC0",
    "Screenshot",
    "mmexport",
    "image00",
];
const EXTENSIONS: &[&str] = &[".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".mp4"];

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let blocks: Vec<&Words> = page.body().collect();
    for (number, words) in blocks.iter().enumerate() {
        let text = words.text().trim();
        let is_text = matches!(
            words.block.kind,
            BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Item
        );
        if !is_text || text.len() > 400 {
            continue;
        }
        let next = blocks.get(number + 1);
        let what = breadcrumbs(text)
            .or_else(|| empty_heading(words, next.copied()))
            .or_else(|| prompt(text))
            .or_else(|| file_name(text));
        let Some((what, help)) = what else { continue };
        // The text may have spaces before it.
        let start = words.text().len() - words.text().trim_start().len();
        let range = start..start + text.len();
        let message = format!("这是{what}，不是正文：“{}”", quotable(text));
        let diagnostic = words
            .problem(rule::NAVIGATION_RESIDUE, range.clone(), message)
            .help(help);
        found.push(words.propose(diagnostic, (range, [""])));
    }
}

/// What it is, and what to do.
type Found = (&'static str, &'static str);

fn breadcrumbs(text: &str) -> Option<Found> {
    const WHAT: Found = (
        "原网页的位置导航",
        "整行删掉；栏目由文件所在的文件夹决定，不用写在正文里",
    );
    if PLACES.iter().any(|place| text.starts_with(place)) {
        return Some(WHAT);
    }
    let parts: Vec<&str> = text
        .split(['>', '＞', '»'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let is_short = |part: &&str| part.chars().count() <= 14 && !part.contains(['。', '，', '；']);
    let signs = text.matches(['>', '＞', '»']).count();
    let is_home = parts
        .first()
        .is_some_and(|first| first.ends_with("首页") || first.ends_with("首頁"));
    let is_row = parts.len() >= 2 && parts[..parts.len() - 1].iter().all(is_short) && signs + 1 >= parts.len();
    (is_row && (is_home || text.contains(">>") || text.contains('»')) && !text.contains("=>")).then_some(WHAT)
}

fn empty_heading(words: &Words, next: Option<&Words>) -> Option<Found> {
    let text = words.text().trim().trim_end_matches(['：', ':']);
    let is_heading = matches!(words.block.kind, BlockKind::Heading(_));
    let is_short = !is_heading && words.text().trim().len() <= text.len() + 3;
    let is_followed = next.is_some_and(|next| match next.block.kind {
        BlockKind::Heading(_) => false,
        BlockKind::Item | BlockKind::Cell | BlockKind::HeadCell | BlockKind::Description => true,
        BlockKind::Paragraph => is_heading,
    });
    let is_alone = (is_heading || is_short) && EMPTY_HEADINGS.contains(&text) && !is_followed;
    is_alone.then_some(("空着的小标题", "下面没有内容，删掉这一行"))
}

fn prompt(text: &str) -> Option<Found> {
    let plain: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let count = plain.chars().count();
    let is_sentence = plain.contains(['。', '，', '；']) || plain.ends_with(['？', '！']);
    let prompt = PROMPTS.iter().find(|prompt| plain.contains(*prompt))?;
    if prompt.ends_with('：') {
        let inside = plain.trim_matches(['(', '（', ')', '）', '【', '】', '[', ']']);
        let is_editor = inside.starts_with(prompt) && count <= LONGEST_PROMPT;
        return is_editor.then_some(("原网页的编辑署名", "写到抬头里：责编: 姓名；正文里的这一行删掉"));
    }
    let is_prompt = count <= LONGEST_PROMPT && !is_sentence && count <= prompt.chars().count() + 12;
    is_prompt.then_some(("原网页上的按钮或提示", "整行删掉"))
}

fn file_name(text: &str) -> Option<Found> {
    let is_one_word = !text.contains(|letter: char| letter.is_whitespace() || "。，；".contains(letter));
    let lower = text.to_lowercase();
    let has_extension = EXTENSIONS.iter().any(|extension| lower.ends_with(extension));
    let is_named = FILE_NAMES.iter().any(|name| text.starts_with(name));
    let has_digits = text.chars().filter(char::is_ascii_digit).count() >= 6;
    (is_one_word && text.chars().count() <= 60 && has_extension && (is_named || has_digits))
        .then_some(("图片的文件名", "删掉；要放图片就写 ![图上有什么](图片的路径)"))
}
