//! 组织网络 as a picture shows it: which nodes, and as much of their names as there is room for.

use unicode_width::UnicodeWidthStr;

use crate::kind::NetworkNode;

/// The widest that a name may be (in columns); longer ones are cut in the picture, not in the list.
const WIDEST_NAME: usize = 34;
/// The widest that a note may be.
const WIDEST_NOTE: usize = WIDEST_NAME + 6;
/// Deeper levels are in the list only.
pub const DEEPEST: usize = 6;

/// A node as the picture shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How many nodes are above it.
    pub level: usize,
    /// The line of the node above it.
    pub parent: Option<usize>,
    /// How many it is, and its name.
    pub text: String,
    /// Below the name.
    pub note: Option<String>,
}

/// The nodes of the picture, each before what is below it.
pub fn lines(root: &NetworkNode) -> Vec<Line> {
    let mut lines = Vec::new();
    add(root, 0, None, &mut lines);
    lines
}

fn add(node: &NetworkNode, level: usize, parent: Option<usize>, lines: &mut Vec<Line>) {
    let index = lines.len();
    lines.push(Line {
        level,
        parent,
        text: shown(node),
        note: node.note.as_deref().map(|note| cut(note, WIDEST_NOTE)),
    });
    if level < DEEPEST {
        for child in &node.children {
            add(child, level + 1, Some(index), lines);
        }
    }
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

/// A node as the list shows it: `综合党委（2）：两个园区`.
pub fn item(node: &NetworkNode) -> String {
    let count = node.count.as_ref().map(|count| format!("（{count}）"));
    let words = node.note.as_ref().map(|words| format!("：{words}"));
    [node.name.clone(), count.unwrap_or_default(), words.unwrap_or_default()].concat()
}
