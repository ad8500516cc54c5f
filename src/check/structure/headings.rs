//! Headings: one level after the other, and something below each.

use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::read::outline::Heading;
use crate::read::{Entry, Library};
use crate::source::Span;

/// What the levels are called.
const LEVELS: [&str; 7] = ["零", "一", "二", "三", "四", "五", "六"];

pub(in crate::check) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    if !entry.has_front_matter() {
        return;
    }
    let headings = &entry.outline.headings;
    jumps(library, headings, diagnostics);
    // A draft may well be a skeleton.
    if entry.is_shown() {
        empty_sections(library, entry, diagnostics);
    }
}

/// Reports each heading that is lower than one below its parent. The headings beside the first one of them
/// have jumped as well, so that all proposals together give back the order that was meant.
fn jumps(library: &Library, headings: &[Heading], diagnostics: &mut Vec<Diagnostic>) {
    // The title is the one heading of the first level; a body that has such ones itself is lowered.
    let lift = u8::from(headings.iter().any(|heading| heading.level == 1));
    // The headings that the next may stand below: the level as written, and as it should be.
    let mut above: Vec<(u8, u8)> = Vec::new();
    for heading in headings {
        let written = heading.level + lift;
        while above.last().is_some_and(|(level, _)| *level >= written) {
            above.pop();
        }
        let wanted = above.last().map_or(2, |(_, level)| level + 1);
        above.push((written, wanted));
        if written > wanted {
            diagnostics.push(jump(library, heading, wanted - lift));
        }
    }
}

fn jump(library: &Library, heading: &Heading, wanted: u8) -> Diagnostic {
    let name = |level: u8| LEVELS.get(usize::from(level)).copied().unwrap_or_default();
    let message = format!(
        "标题“{}”是{}级，它上面缺一级标题",
        quotable(&heading.text),
        name(heading.level)
    );
    let signs = usize::from(heading.level);
    let text = library.sources.text(heading.span);
    let diagnostic = Diagnostic::new(rule::HEADING_JUMP, heading.span, message);
    if text.bytes().take_while(|byte| *byte == b'#').count() != signs {
        return diagnostic.help(format!("改成{}级标题", name(wanted)));
    }
    let right = "#".repeat(usize::from(wanted));
    let start = heading.span.range().start;
    let place = Span::new(heading.span.file, start, start + signs);
    diagnostic
        .help(format!("改成{}级标题，开头写 {right}", name(wanted)))
        .proposal(place, right)
}

fn empty_sections(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    let headings = &entry.outline.headings;
    for (number, heading) in headings.iter().enumerate() {
        let next = headings.get(number + 1);
        if next.is_some_and(|next| next.level > heading.level) {
            continue;
        }
        let end = next.map_or(entry.body.range().end, |next| next.span.range().start);
        let below = Span::new(entry.file, heading.span.range().end, end);
        if !library.sources.text(below).trim().is_empty() {
            continue;
        }
        let message = format!("标题“{}”下面没有内容", quotable(&heading.text));
        diagnostics.push(
            Diagnostic::new(rule::EMPTY_SECTION, heading.span, message).help("写上内容；还没有内容的，先删去这个标题"),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{Found, found_in};

    fn jumps(body: &str) -> Vec<Found> {
        found_in(body, "structure/heading-jump")
    }

    #[test]
    fn a_missing_level_is_found_at_each_heading_below_it() {
        let body = "## 做法\n\n#### 一\n\n文\n\n#### 二\n\n文\n\n## 成效\n\n文\n";
        let found = jumps(body);
        let words: Vec<_> = found.iter().map(|one| one.words.as_str()).collect();
        assert_eq!(words, ["#### 一", "#### 二"]);
        assert_eq!(found[0].message, "标题“一”是四级，它上面缺一级标题");
        assert_eq!(
            found[0].mended,
            "## 做法\n\n### 一\n\n文\n\n#### 二\n\n文\n\n## 成效\n\n文\n"
        );
        assert_eq!(jumps("### 一\n\n文\n")[0].mended, "## 一\n\n文\n");
    }

    #[test]
    fn the_right_levels_are_let_pass() {
        for body in [
            "## 一\n\n### 二\n\n#### 三\n\n文\n\n## 四\n\n文\n",
            "# 一\n\n## 二\n\n### 三\n\n文\n\n# 四\n\n文\n",
            "## 一\n\n### 二\n\n文\n\n## 三\n\n### 四\n\n文\n",
            "没有标题\n",
            "```md\n#### 一\n```\n",
        ] {
            assert!(jumps(body).is_empty(), "{body}");
        }
    }

    #[test]
    fn an_underlined_heading_has_no_signs_to_change() {
        let found = jumps("### 甲\n\n#### 乙\n\n文\n");
        assert_eq!(found.len(), 2, "what stands below a mended heading comes up with it");
        assert_eq!(found[1].mended, "### 甲\n\n### 乙\n\n文\n");
        assert!(jumps("一\n===\n\n文\n\n### 二\n\n文\n")[0].mended.contains("\n## 二\n"));
    }

    #[test]
    fn sections_without_anything_below_them() {
        let empty = |body: &str| -> Vec<String> {
            let found = found_in(body, "structure/empty-section");
            found.into_iter().map(|one| one.words).collect()
        };
        assert_eq!(
            empty("## 一\n\n## 二\n\n文\n\n### 三\n\n## 四\n"),
            ["## 一", "### 三", "## 四"]
        );
        assert!(empty("## 一\n\n### 二\n\n文\n\n## 三\n\n![图](a.jpg)\n").is_empty());
        assert!(empty("## 一\n\n```图集\n- 图片: a.jpg\n  说明: 厅\n```\n").is_empty());
        assert!(empty("> ## 一\n>\n> 文\n").is_empty());
    }
}
