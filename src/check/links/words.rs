//! The words of links: someone who hears only them, one after the other, has to know where each leads
//! (WCAG 2.2, 2.4.4).

use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::read::outline::{Link, LinkKind};
use crate::read::{Entry, Library};
use crate::source::Span;

/// Words that say nothing of where they lead.
const VAGUE: &[&str] = &[
    "点击",
    "点击这里",
    "点击此处",
    "点击查看",
    "点击进入",
    "点击下载",
    "点这里",
    "点此",
    "点我",
    "请点击",
    "请点击这里",
    "这里",
    "此处",
    "这儿",
    "查看",
    "查看更多",
    "更多",
    "详情",
    "查看详情",
    "详细",
    "阅读全文",
    "全文",
    "原文链接",
    "链接",
    "下载",
    "进入",
    "打开",
    "戳这里",
    "here",
    "clickhere",
    "click",
    "more",
    "readmore",
    "link",
    "download",
];

pub(in crate::check) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    for link in entry.outline.links.iter().filter(|link| link.kind == LinkKind::Link) {
        let Some(words) = link.words.as_deref() else { continue };
        if is_address(words) {
            diagnostics.push(
                Diagnostic::new(
                    rule::VAGUE_WORDS,
                    place(library, link, words),
                    format!("链接的文字就是网址：{}", quotable(words)),
                )
                .help("写成 [那一页的名称](网址)，读屏软件才不会一个字母一个字母地念"),
            );
        } else if is_vague(words) {
            diagnostics.push(
                Diagnostic::new(
                    rule::VAGUE_WORDS,
                    place(library, link, words),
                    format!("链接的文字“{}”没有说去哪里", quotable(words.trim())),
                )
                .help("写上那一页或那个文件的名称，例如 [2026年积分办法](…)"),
            );
        }
    }
}

fn is_address(words: &str) -> bool {
    let words = words.trim();
    ["http://", "https://", "www."]
        .iter()
        .any(|start| words.starts_with(start))
        && !words.contains(char::is_whitespace)
}

fn is_vague(words: &str) -> bool {
    // Longer words than any of the list say more.
    if words.len() > 60 {
        return false;
    }
    let letters: String = words.chars().filter(|c| c.is_alphanumeric()).collect();
    VAGUE.contains(&letters.to_lowercase().as_str())
}

/// Where the words stand; the whole link where they are written otherwise.
fn place(library: &Library, link: &Link, words: &str) -> Span {
    crate::check::words_in(library, link.whole, words.trim())
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{Found, found_in};

    fn vague(body: &str) -> Vec<Found> {
        found_in(body, "links/vague-words")
    }

    #[test]
    fn words_that_say_nothing() {
        for (body, words) in [
            ("见[点击这里](a.md)。", "点击这里"),
            ("[ 查看>> ](a.md)", "查看>>"),
            ("[**详情**](a.md)", "详情"),
            ("[Click here!](a.md)", "Click here!"),
            ("[https://a.cn/b](https://a.cn/b)", "https://a.cn/b"),
            ("<https://a.cn/b>", "https://a.cn/b"),
        ] {
            let found = vague(body);
            assert_eq!(found.len(), 1, "{body}");
            assert_eq!(found[0].words, words, "{body}");
        }
    }

    #[test]
    fn words_that_say_something() {
        for body in [
            "[查看积分办法](a.md)",
            "[更多案例](a.md)",
            "[下载报名表](a.docx)",
            "[人民网](https://a.cn/b)",
            "<a@b.cn>",
            "点击这里",
            "[网址 https://a.cn 的首页](https://a.cn)",
        ] {
            assert!(vague(body).is_empty(), "{body}");
        }
    }
}
