//! What an entry is about, in a few sentences.

use crate::read::Entry;

/// A summary made from the first paragraph is cut after so many characters, at the end of a
/// sentence where there is one.
const LONGEST_SUMMARY: usize = 120;

/// The summary that the writer gave, else the beginning of the text.
pub fn summary(entry: &Entry) -> Option<String> {
    if let Some(summary) = &entry.common.summary {
        return Some(summary.clone());
    }
    shortened(&entry.outline.first_paragraph, LONGEST_SUMMARY)
}

/// The beginning of a text on one line, cut at the end of a sentence where there is one.
pub fn shortened(text: &str, longest: usize) -> Option<String> {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return None;
    }
    if text.chars().count() <= longest {
        return Some(text);
    }
    let cut: String = text.chars().take(longest).collect();
    let sentence_end = cut
        .char_indices()
        .filter(|(_, c)| matches!(c, '。' | '！' | '？' | '；'))
        .map(|(at, c)| at + c.len_utf8())
        .next_back();
    match sentence_end {
        Some(end) if end > cut.len() / 3 => Some(cut[..end].to_owned()),
        _ => Some(format!("{cut}……")),
    }
}
