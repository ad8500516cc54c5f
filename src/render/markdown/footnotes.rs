//! Footnotes as HTML: marks in the text, and a list at the end of the page.

use std::fmt::Write as _;

use super::escape;
use crate::read::footnotes::{Footnotes, Mention};

/// The mark of a footnote in the text.
pub fn reference(footnotes: &mut Footnotes<'_>, label: &str) -> String {
    let Some(Mention { number, mention }) = footnotes.mention(label) else {
        return escape(&format!("[^{label}]"));
    };
    let id = mention_id(number, mention);
    format!(
        "<sup class=\"footnote-reference\"><a href=\"#fn-{number}\" id=\"{id}\" aria-label=\"注释 {number}\">{number}</a></sup>"
    )
}

/// A footnote as an item of the list, with links back to its mentions.
pub fn item(number: usize, mentions: usize, html: &str) -> String {
    let mut back = String::new();
    for mention in 1..=mentions {
        let id = mention_id(number, mention);
        // A write to a string cannot fail.
        let _ = write!(
            back,
            " <a class=\"footnote-back\" href=\"#{id}\" aria-label=\"回到正文\">↩</a>"
        );
    }
    let inner = match html.strip_suffix("</p>") {
        Some(open) => format!("{open}{back}</p>"),
        None => format!("{html}{back}"),
    };
    format!("<li id=\"fn-{number}\">{inner}</li>\n")
}

fn mention_id(number: usize, mention: usize) -> String {
    if mention == 1 {
        format!("fnref-{number}")
    } else {
        format!("fnref-{number}-{mention}")
    }
}
