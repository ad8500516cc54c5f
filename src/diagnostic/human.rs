//! Problems as people read them: the sentence, the file with line and column, the source line
//! with the words underlined (Han characters are two columns wide), and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};

use super::{Diagnostic, Severity};
use crate::source::{Source, Sources, Span, floor_char_boundary};

/// Whether the terminal shows colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Escape sequences are written.
    On,
    /// Plain text.
    Off,
}

/// Of a line that goes on for longer than this behind the problem (in bytes) only a part is shown:
/// pasted text may be one line of many kilobytes.
const LONGEST_SHOWN_LINE: usize = 400;

/// One problem as text, several lines, without a line end at the end.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, colour: Colour) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name("错误"),
        Severity::Warning => Level::WARNING.with_name("警告"),
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.id));
    let places = places_by_file(diagnostic, sources);
    let excerpts: Vec<_> = places
        .iter()
        .map(|(source, spans)| Excerpt::new(source, spans))
        .collect();
    for ((source, spans), excerpt) in places.iter().zip(&excerpts) {
        let mut snippet = Snippet::source(excerpt.text)
            .line_start(excerpt.first_line)
            .path(&*source.path)
            .fold(true);
        for place in spans {
            let kind = if place.primary {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let mut annotation = kind.span(excerpt.range(place.span));
            if let Some(label) = place.label {
                annotation = annotation.label(label);
            }
            snippet = snippet.annotation(annotation);
        }
        group = group.element(snippet);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.with_name("办法").message(help.as_str()));
    }
    let renderer = match colour {
        Colour::On => Renderer::styled(),
        Colour::Off => Renderer::plain(),
    };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// A span that is to be marked.
struct Place<'a> {
    span: Span,
    label: Option<&'a str>,
    primary: bool,
}

/// The places of a problem, those of the file with the main place first.
fn places_by_file<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<(&'a Source, Vec<Place<'a>>)> {
    let mut places: Vec<Place<'a>> = Vec::new();
    if let Some(span) = diagnostic.span {
        places.push(Place {
            span,
            label: diagnostic.label.as_deref(),
            primary: true,
        });
    }
    for (span, label) in &diagnostic.related {
        places.push(Place {
            span: *span,
            label: Some(label),
            primary: false,
        });
    }
    let mut by_file: Vec<(&Source, Vec<Place<'a>>)> = Vec::new();
    for place in places {
        let Some(source) = sources.get(place.span.file) else {
            continue;
        };
        match by_file.iter_mut().find(|(known, _)| std::ptr::eq(*known, source)) {
            Some((_, list)) => list.push(place),
            None => by_file.push((source, vec![place])),
        }
    }
    by_file
}

/// The part of a file that is shown: the lines of the spans, cut where they are very long.
struct Excerpt<'a> {
    text: &'a str,
    start: usize,
    first_line: usize,
}

impl<'a> Excerpt<'a> {
    fn new(source: &'a Source, places: &[Place<'_>]) -> Self {
        let text = &*source.text;
        let first = places.iter().map(|place| place.span.range().start).min().unwrap_or(0);
        let last = places.iter().map(|place| place.span.range().end).max().unwrap_or(0);
        let first = floor_char_boundary(text, first);
        let last = floor_char_boundary(text, last.max(first));
        // From the beginning of the line on, even a long one: the column is counted from there.
        let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
        let mut end = text[last..].find('\n').map_or(text.len(), |at| last + at);
        if end - last > LONGEST_SHOWN_LINE {
            end = floor_char_boundary(text, last + LONGEST_SHOWN_LINE / 2);
        }
        let first_line = text[..start].bytes().filter(|byte| *byte == b'\n').count() + 1;
        Self {
            text: text[start..end].trim_end_matches('\r'),
            start,
            first_line,
        }
    }

    /// A span as a range of the shown text, on character boundaries; one character wide at least
    /// where there is one, so that there is something to underline.
    fn range(&self, span: Span) -> std::ops::Range<usize> {
        let place = |offset: usize| floor_char_boundary(self.text, offset.saturating_sub(self.start));
        let (start, mut end) = (place(span.start as usize), place(span.end as usize));
        if end <= start {
            end = start
                + self.text[start..]
                    .chars()
                    .next()
                    .filter(|c| *c != '\n')
                    .map_or(0, char::len_utf8);
        }
        start..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::rule;

    #[test]
    fn the_underline_stands_below_chinese_words() {
        let mut sources = Sources::default();
        let text = "---\n标题: 甲\n园区: 无锡高新去\n---\n";
        let file = sources.add("content/cases/a.md", text);
        let start = text.find("无锡").unwrap();
        let diagnostic = Diagnostic::new(
            rule::UNKNOWN_REFERENCE,
            Span::new(file, start, start + "无锡高新去".len()),
            "没有名为“无锡高新去”的园区",
        )
        .help("是不是想写“无锡高新区”？");
        let shown = render(&diagnostic, &sources, Colour::Off);
        let expected = "\
错误[reference/unknown]: 没有名为“无锡高新去”的园区
 --> content/cases/a.md:3:5
  |
3 | 园区: 无锡高新去
  |       ^^^^^^^^^^
  |
  = 办法: 是不是想写“无锡高新区”？";
        assert_eq!(shown, expected);
    }

    #[test]
    fn places_outside_the_text_do_no_harm() {
        let mut sources = Sources::default();
        let file = sources.add("content/空.md", "");
        let diagnostic = Diagnostic::new(rule::MISSING_KEY, Span::new(file, 7, 9), "缺少“标题”");
        assert!(render(&diagnostic, &sources, Colour::Off).contains("content/空.md:1:1"));
    }
}
