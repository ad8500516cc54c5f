//! 组织网络 as a picture: a tree from left to right, and the same as a nested list.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::markdown::escape;
use crate::derive::organisation_network::{DEEPEST, Line, item, lines};
use crate::kind::NetworkNode;

/// Half an em of the 15-pixel type, the width of one column of text.
const COLUMN_WIDTH: usize = 8;
/// From one row to the next, in pixels.
const ROW: usize = 46;
/// Between the end of a name and the names of the next level.
const GAP: usize = 56;
/// A node that has its place.
struct Placed {
    line: Line,
    /// The middle of its row, in pixels.
    y: usize,
}

/// The tree as SVG. Colours and type come from the page's style sheet.
pub fn drawing(root: &NetworkNode) -> String {
    let (placed, height) = placed(lines(root));
    let mut widths = vec![0; DEEPEST + 1];
    for node in placed.iter().map(|node| &node.line) {
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
    let mut svg = format!(
        "<svg class=\"network\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">",
        escape(&label(root))
    );
    for node in &placed {
        if let Some(parent) = node.line.parent.and_then(|parent| placed.get(parent)) {
            svg.push_str(&connector(parent, node, (&lefts, &widths)));
        }
    }
    for node in &placed {
        let line = &node.line;
        let x = lefts[line.level] + 12;
        let class = if line.level == 0 {
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
            "\n<text class=\"{class}\" x=\"{x}\" y=\"{}\">{}</text>",
            node.y + 5,
            escape(&line.text)
        );
        if let Some(note) = &line.note {
            let _ = write!(
                svg,
                "\n<text class=\"network-note\" x=\"{x}\" y=\"{}\">{}</text>",
                node.y + 21,
                escape(note)
            );
        }
    }
    svg.push_str("\n</svg>");
    svg
}

/// Gives the nodes their rows: a leaf takes the next one, any other stands in the middle of those
/// below it. With the height of the picture.
fn placed(lines: Vec<Line>) -> (Vec<Placed>, usize) {
    let mut next_row = ROW / 2 + 4;
    let mut spans: Vec<Option<(usize, usize)>> = vec![None; lines.len()];
    let mut heights = vec![0; lines.len()];
    // Leaves first, from above to below; then what is above them, from the deepest on.
    for (index, line) in lines.iter().enumerate() {
        let is_leaf = lines.get(index + 1).is_none_or(|next| next.parent != Some(index));
        if is_leaf {
            heights[index] = next_row;
            next_row += ROW;
        }
        debug_assert!(line.parent.is_none_or(|parent| parent < index));
    }
    for (index, line) in lines.iter().enumerate().rev() {
        if let Some((first, last)) = spans[index] {
            heights[index] = usize::midpoint(first, last);
        }
        if let Some(parent) = line.parent {
            let y = heights[index];
            // The last child comes first here.
            spans[parent] = Some((y, spans[parent].map_or(y, |(_, last)| last)));
        }
    }
    let placed = lines.into_iter().zip(heights).map(|(line, y)| Placed { line, y });
    (placed.collect(), next_row - ROW / 2 + 8)
}

fn connector(parent: &Placed, child: &Placed, (lefts, widths): (&[usize], &[usize])) -> String {
    let from =
        lefts[parent.line.level] + 12 + parent.line.text.width().min(widths[parent.line.level]) * COLUMN_WIDTH + 6;
    let to = lefts[child.line.level] - 2;
    let bend = to.saturating_sub(GAP / 2);
    format!(
        "<path class=\"network-line\" d=\"M{from} {}H{bend}V{}H{to}\"/>",
        parent.y, child.y
    )
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
    add_item(root, &mut html);
    html.push_str("</ul>");
    html
}

fn add_item(node: &NetworkNode, html: &mut String) {
    let _ = write!(html, "\n<li>{}", escape(&item(node)));
    if !node.children.is_empty() {
        html.push_str("\n<ul>");
        for child in &node.children {
            add_item(child, html);
        }
        html.push_str("\n</ul>");
    }
    html.push_str("</li>");
}
