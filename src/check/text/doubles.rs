//! Paragraphs and lines that stand in a page twice.

use std::collections::HashMap;

use super::words::{Page, Words};
use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::read::outline::prose::BlockKind;

/// From this length on (in characters) the same words twice on one page are a slip.
const PARAGRAPH: usize = 30;
/// Shorter ones only if they follow one another.
const LINE: usize = 6;

pub(super) fn check(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, &Words> = HashMap::new();
    let mut previous: Option<&Words> = None;
    for words in page.body() {
        let is_text = matches!(
            words.block.kind,
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Heading(_)
        );
        let text = words.text().trim();
        // Bytes are looked at first: a short text is of no interest.
        if !is_text || text.len() < LINE * 3 {
            previous = is_text.then_some(words);
            continue;
        }
        let follows = previous.filter(|previous| {
            previous.text().trim() == text && previous.block.kind == words.block.kind && text.chars().count() >= LINE
        });
        let earlier = seen.get(text).copied().filter(|_| text.chars().count() >= PARAGRAPH);
        if let Some(first) = follows.or(earlier) {
            let start = words.text().len() - words.text().trim_start().len();
            let range = start..start + text.len();
            let message = format!("这一段在本页写了两遍：“{}”", quotable(text));
            let diagnostic = words
                .problem(rule::DOUBLED_TEXT, range.clone(), message)
                .label("又写了一遍")
                .related(first.block.span(0..first.text().trim_end().len()), "第一遍在这里")
                .help("留下一处，删去另一处");
            found.push(words.propose(diagnostic, (range, [""])));
        }
        seen.entry(text).or_insert(words);
        previous = Some(words);
    }
}
