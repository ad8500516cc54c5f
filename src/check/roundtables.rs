//! Roundtables: a question in which nobody speaks, and speakers who are not at the table.

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, rule};
use crate::kind::Facts;
use crate::read::{Entry, Library};
use crate::source::Span;

/// The longest that what stands before a colon may be to look like a name (in characters).
const LONGEST_NAME: usize = 12;

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    let Facts::Roundtable(roundtable) = &entry.facts else {
        return;
    };
    let known = roundtable.speakers();
    let body = library.body(entry);
    let body_start = entry.body.range().start;
    let mut after_blank = true;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if after_blank
            && let Some((before, name)) = speaker_like(line)
            && !known.contains(&name)
        {
            let near = nearest(name, known.iter().copied()).filter(|near| near.chars().count() == name.chars().count());
            // Only a slip of a known name is reported: “背景：” also begins many a paragraph.
            if let Some(near) = near {
                let start = body_start + at + before;
                diagnostics.push(
                    Diagnostic::new(
                        rule::UNKNOWN_SPEAKER,
                        Span::new(entry.file, start, start + name.len()),
                        format!("嘉宾名单里没有“{name}”"),
                    )
                    .help(format!("是不是想写“{near}”？")),
                );
            }
        }
        after_blank = line.trim().is_empty();
        at += line.len();
    }
}

/// What stands before the colon of a paragraph's first line, in bold or not, if it could be a
/// name; with the number of bytes before it.
fn speaker_like(line: &str) -> Option<(usize, &str)> {
    let before = if line.starts_with("**") { 2 } else { 0 };
    let at = line.find(['：', ':'])?;
    let name = line.get(before..at)?.trim_end_matches("**");
    let is_name =
        (2..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(|c| c.is_alphabetic() || c == '·');
    is_name.then_some((before, name))
}
