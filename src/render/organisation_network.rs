//! 组织网络 as a picture: a tree from left to right, and the same as a nested list.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::markdown::escape;
use crate::kind::NetworkNode;

/// Half an em of the 15-pixel type, the width of one column of text.
const COLUMN_WIDTH: usize = 8;
/// From one row to the next, in pixels.
const ROW: usize = 46;
/// Between the end of a name and the names of the next level.
const GAP: usize = 56;
/// The widest that a level's names may be; longer ones are cut in the picture, not in the list.
const WIDEST_NAME: usize = 34;
/// Deeper levels are in the list only.
const DEEPEST: usize = 6;

/// A node that has its place.
struct Placed {
    text: String,
    note: Option<String>,
    level: usize,
    /// The middle of its row, in pixels.
    y: usize,
    parent: Option<usize>,
}

/// The tree as SVG. Colours and type come from the page's style sheet.
pub fn drawing(root: &NetworkNode) -> String {
    let mut placed = Vec::new();
    let mut next_row = ROW / 2 + 4;
    place(root, 0, None, (&mut placed, &mut next_row));
    let mut widths = vec![0; DEEPEST + 1];
    for node in &placed {
        let note = node.note.as_deref().map_or(0, |note| note.width() * 7 / 8);
        // A name of signs without width still has its place.
        widths[node.level] = widths[node.level].max(node.text.width()).max(note).max(1);
    }
    let mut lefts = vec![0; DEEPEST + 2];
    for level in 0..=DEEPEST {
        let gap = if widths[level] == 0 { 0 } else { GAP };
        lefts[level + 1] = lefts[level] + widths[level] * COLUMN_WIDTH + gap;
    }
    let width = lefts[DEEPEST + 1].saturating_sub(GAP) + 24;
    let height = next_row - ROW / 2 + 8;
    let mut svg = format!(
        "<svg class=\"network\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">",
        escape(&label(root))
    );
    for node in &placed {
        if let Some(parent) = node.parent.and_then(|parent| placed.get(parent)) {
            svg.push_str(&connector(parent, node, (&lefts, &widths)));
        }
    }
    for node in &placed {
        let x = lefts[node.level] + 12;
        let class = if node.level == 0 {
            "network-root"
        } else {
            "network-name"
        };
        let _ = write!(
            svg,
            "<circle class=\"network-dot\" cx=\"{}\" cy=\"{}\" r=\"3\"/>",
            x - 8,
            node.y
        );
        let _ = write!(
            svg,
            "<text class=\"{class}\" x=\"{x}\" y=\"{}\">{}</text>",
            node.y + 5,
            escape(&node.text)
        );
        if let Some(note) = &node.note {
            let _ = write!(
                svg,
                "<text class=\"network-note\" x=\"{x}\" y=\"{}\">{}</text>",
                node.y + 21,
                escape(note)
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

/// Gives a node and what is below it their rows: a leaf takes the next one, any other stands in
/// the middle of its children. Returns the node's height.
fn place(node: &NetworkNode, level: usize, parent: Option<usize>, state: (&mut Vec<Placed>, &mut usize)) -> usize {
    let (placed, next_row) = state;
    let index = placed.len();
    placed.push(Placed {
        text: shown(node),
        note: node.note.as_deref().map(|note| cut(note, WIDEST_NAME + 6)),
        level,
        y: 0,
        parent,
    });
    let mut heights = Vec::new();
    if level < DEEPEST {
        for child in &node.children {
            heights.push(place(child, level + 1, Some(index), (placed, next_row)));
        }
    }
    let y = if let (Some(first), Some(last)) = (heights.first(), heights.last()) {
        usize::midpoint(*first, *last)
    } else {
        *next_row += ROW;
        *next_row - ROW
    };
    placed[index].y = y;
    y
}

fn connector(parent: &Placed, child: &Placed, (lefts, widths): (&[usize], &[usize])) -> String {
    let from = lefts[parent.level] + 12 + parent.text.width().min(widths[parent.level]) * COLUMN_WIDTH + 6;
    let to = lefts[child.level] - 2;
    let bend = to.saturating_sub(GAP / 2);
    format!(
        "<path class=\"network-line\" d=\"M{from} {}H{bend}V{}H{to}\"/>",
        parent.y, child.y
    )
}

fn shown(node: &NetworkNode) -> String {
    let name = cut(&node.name, WIDEST_NAME);
    match &node.count {
        Some(count) => format!("{count}　{name}"),
        None => name,
    }
}

/// A text cut to a number of columns, with an ellipsis where it was.
fn cut(text: &str, widest: usize) -> String {
    if text.width() <= widest {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if cut.width() + 3 > widest {
            break;
        }
        cut.push(c);
    }
    cut.push('…');
    cut
}

fn label(root: &NetworkNode) -> String {
    match &root.pattern {
        Some(pattern) => format!("{} 组织网络图：{}", pattern, root.name),
        None => format!("组织网络图：{}", root.name),
    }
}

/// The tree as a nested list.
pub fn list(root: &NetworkNode) -> String {
    let mut html = String::from("<ul class=\"network-items\">");
    item(root, &mut html);
    html.push_str("</ul>");
    html
}

fn item(node: &NetworkNode, html: &mut String) {
    let _ = write!(html, "<li>{}", escape(&node.name));
    if let Some(count) = &node.count {
        let _ = write!(html, "（{}）", escape(count));
    }
    if let Some(note) = &node.note {
        let _ = write!(html, "：{}", escape(note));
    }
    if !node.children.is_empty() {
        html.push_str("<ul>");
        for child in &node.children {
            item(child, html);
        }
        html.push_str("</ul>");
    }
    html.push_str("</li>");
}
