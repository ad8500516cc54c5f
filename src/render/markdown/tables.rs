//! Tables: cells are aligned by classes, since the page's policy forbids style attributes; the
//! cells of the head say that they head columns; a wide table scrolls in a box of its own.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use crate::read::markdown_events::LocatedEvent;

/// Replaces the events of tables by their HTML; what is in the cells stays. `tables` counts them,
/// so that each scrolling box has a name of its own.
pub fn with_scopes<'a>(events: Vec<LocatedEvent<'a>>, tables: &mut usize) -> Vec<LocatedEvent<'a>> {
    let mut result: Vec<LocatedEvent<'a>> = Vec::with_capacity(events.len());
    let mut alignments: Vec<Alignment> = Vec::new();
    let mut in_head = false;
    let mut column = 0;
    for (event, range) in events {
        let event = match event {
            Event::Start(Tag::Table(columns)) => {
                alignments = columns;
                *tables += 1;
                let before = result.last().map(|(event, _)| event);
                let line_end = super::line_end(before).map(|event| (event, range.clone()));
                result.extend(line_end);
                let open = format!(
                    "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"表格 {tables}\">\n<table>\n"
                );
                Event::Html(open.into())
            }
            Event::End(TagEnd::Table) => Event::Html("</tbody>\n</table>\n</div>\n".into()),
            Event::Start(Tag::TableHead) => {
                (in_head, column) = (true, 0);
                Event::Html("<thead>\n<tr>".into())
            }
            Event::End(TagEnd::TableHead) => {
                in_head = false;
                Event::Html("</tr>\n</thead>\n<tbody>\n".into())
            }
            Event::Start(Tag::TableRow) => {
                column = 0;
                Event::Html("<tr>".into())
            }
            Event::End(TagEnd::TableRow) => Event::Html("</tr>\n".into()),
            Event::Start(Tag::TableCell) => {
                let class = class(alignments.get(column));
                column += 1;
                let open = if in_head {
                    format!("<th scope=\"col\"{class}>")
                } else {
                    format!("<td{class}>")
                };
                Event::InlineHtml(open.into())
            }
            Event::End(TagEnd::TableCell) => Event::InlineHtml(if in_head { "</th>\n" } else { "</td>\n" }.into()),
            event => event,
        };
        result.push((event, range));
    }
    result
}

fn class(alignment: Option<&Alignment>) -> &'static str {
    match alignment {
        Some(Alignment::Left) => " class=\"align-left\"",
        Some(Alignment::Center) => " class=\"align-center\"",
        Some(Alignment::Right) => " class=\"align-right\"",
        _ => "",
    }
}
