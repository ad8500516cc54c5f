//! Points and clusters with their labels, as columns.

use serde::Serialize;
use serde_json::{Value, json};

use crate::derive::map_layout::TextAnchor;
use crate::derive::map_layout::levels::{LevelLabel, LevelledMap};
use crate::derive::map_layout::tree::Node;

/// Places are whole numbers of this part of the sheet's pixel, which is a fifth of a pixel on the
/// nearest level.
const PARTS_A_PIXEL: f64 = 10_000.0;

/// Nodes, the most important first.
#[derive(Default, Serialize)]
pub(super) struct NodeColumns {
    start: Vec<usize>,
    count: Vec<usize>,
    x: Vec<i64>,
    y: Vec<i64>,
    from: Vec<i32>,
    to: Vec<i32>,
    group: Vec<i64>,
    /// Node, levels from and to, place, anchor, lines, and the leader's end where there is one.
    labels: Vec<Value>,
}

impl NodeColumns {
    /// The nodes that are wanted; where their points begin is counted from `origin`.
    pub(super) fn of(layout: &LevelledMap, wanted: impl Fn(&Node) -> bool, origin: usize) -> Self {
        let mut columns = Self::default();
        let rows = layout.nodes.iter().zip(&layout.labels).zip(&layout.group_of);
        for ((node, labels), group) in rows.filter(|((node, _), _)| wanted(node)) {
            let number = columns.start.len();
            columns
                .labels
                .extend(labels.iter().map(|label| label_row(number, label)));
            columns.start.push(node.start - origin);
            columns.count.push(node.count);
            columns.x.push(parts(node.x));
            columns.y.push(parts(node.y));
            columns.from.push(node.from);
            columns.to.push(node.to);
            columns
                .group
                .push(group.and_then(|group| i64::try_from(group).ok()).unwrap_or(-1));
        }
        columns
    }
}

/// West, north, east and south of all points, in the unit of the columns: a reader may bring each
/// of them to the middle. Clusters alone would not do, since they stand between their points.
pub(super) fn extent(layout: &LevelledMap) -> Option<[i64; 4]> {
    layout.nodes.iter().fold(None, |extent, node| {
        let (x, y) = (parts(node.x), parts(node.y));
        let [west, north, east, south] = extent.unwrap_or([x, y, x, y]);
        Some([west.min(x), north.min(y), east.max(x), south.max(y)])
    })
}

#[expect(clippy::cast_possible_truncation, reason = "a place on a sheet fits easily")]
fn parts(pixels: f64) -> i64 {
    (pixels * PARTS_A_PIXEL).round() as i64
}

fn label_row(number: usize, label: &LevelLabel) -> Value {
    let anchor = match label.anchor {
        TextAnchor::Start => 0,
        TextAnchor::Middle => 1,
        TextAnchor::End => 2,
    };
    let LevelLabel {
        from,
        to,
        dx,
        dy,
        lines,
        leader,
        ..
    } = label;
    match leader {
        Some((x, y)) => json!([number, from, to, dx, dy, anchor, lines, x, y]),
        None => json!([number, from, to, dx, dy, anchor, lines]),
    }
}
