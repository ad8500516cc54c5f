//! Raw HTML in Markdown: what is not on the allow-list is taken out of the output, and that is said.

use crate::diagnostic::{Diagnostic, rule};
use crate::read::{Entry, Library, raw_html};
use crate::source::Span;

const ALLOWED_ATTRIBUTES: &[&str] = &[
    "href", "src", "alt", "title", "class", "id", "colspan", "rowspan", "scope", "lang", "datetime", "cite", "open",
    "width", "height", "start", "reversed", "value", "dir",
];

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    for span in &entry.outline.html {
        for tag in raw_html::tags(library.sources.text(*span)) {
            let start = span.start as usize;
            let place = Span::new(span.file, start + tag.range.start, start + tag.range.end);
            let names = tag.attributes.iter().map(|attribute| attribute.name.as_str());
            let unwanted: Vec<_> = names.filter(|name| !ALLOWED_ATTRIBUTES.contains(name)).collect();
            let message = if !raw_html::ALLOWED_ELEMENTS.contains(&tag.element.as_str()) {
                format!("不能用 <{}>，已经去掉", tag.element)
            } else if !unwanted.is_empty() {
                format!("<{}> 上不能用 {}，已经去掉", tag.element, unwanted.join("、"))
            } else {
                continue;
            };
            diagnostics.push(
                Diagnostic::new(rule::HTML_REMOVED, place, message)
                    .help("用 Markdown 的写法；脚本、样式、隐藏文字和站外资源都不会发布"),
            );
        }
    }
}
