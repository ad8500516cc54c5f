//! A layout as the view of a drawing.

use crate::derive::map_layout::{DrawnPoint, GraticuleLine, MapSheet, NameRank, TextAnchor};
use crate::render::view::map::{GraticuleView, MapLabelView, MapNameView, MapPointView, MapSheetView, ScaleView};

/// What a dot says and where it leads.
pub(super) struct DotWords {
    /// Slugs, separated by spaces.
    pub(super) slugs: String,
    /// Where it leads.
    pub(super) path: String,
    /// What it is.
    pub(super) title: String,
    /// The number of the stop on a route.
    pub(super) number: Option<String>,
    /// Whether it is the entry whose page it is.
    pub(super) current: bool,
}

/// The drawing of a layout.
pub(super) fn view(layout: &MapSheet, words: impl Fn(&DrawnPoint) -> DotWords) -> MapSheetView {
    let scale = layout.scale_bar.as_ref().zip(layout.north);
    MapSheetView {
        width: measure(layout.width),
        height: measure(layout.height),
        points: layout
            .points
            .iter()
            .map(|drawn| point_view(drawn, words(drawn)))
            .collect(),
        names: layout
            .names
            .iter()
            .map(|name| MapNameView {
                text: name.text.clone(),
                x: measure(name.x),
                y: measure(name.y),
                size: measure(name.font_size),
                spacing: measure(name.letter_spacing),
                rank: match name.rank {
                    NameRank::Province => "province",
                    NameRank::City => "city",
                },
            })
            .collect(),
        meridians: layout.meridians.iter().map(graticule_view).collect(),
        parallels: layout.parallels.iter().map(graticule_view).collect(),
        scale: scale.map(|(bar, north)| ScaleView {
            x: measure(bar.x),
            y: measure(bar.y),
            pixels: measure(bar.pixels),
            text: bar.text.clone(),
            north: (
                measure(north.foot.0),
                measure(north.foot.1),
                measure(north.tip.0),
                measure(north.tip.1),
            ),
        }),
        route: None,
        base: None,
        plan: None,
    }
}

fn point_view(drawn: &DrawnPoint, words: DotWords) -> MapPointView {
    let dot = &drawn.dot;
    MapPointView {
        slugs: words.slugs,
        path: words.path,
        title: words.title,
        x: measure(dot.x),
        y: measure(dot.y),
        radius: measure(dot.radius),
        count: dot.count,
        number: words.number,
        current: words.current,
        label: dot.label.as_ref().map(|label| MapLabelView {
            text: label.lines.join(""),
            lines: label.lines.clone(),
            x: measure(label.x),
            y: measure(label.y),
            anchor: match label.anchor {
                TextAnchor::Start => "start",
                TextAnchor::Middle => "middle",
                TextAnchor::End => "end",
            },
            leader: label
                .leader
                .map(|(x1, y1, x2, y2)| (measure(x1), measure(y1), measure(x2), measure(y2))),
        }),
    }
}

fn graticule_view(line: &GraticuleLine) -> GraticuleView {
    let points: Vec<_> = line
        .path
        .iter()
        .map(|(x, y)| format!("{},{}", measure(*x), measure(*y)))
        .collect();
    GraticuleView {
        line: points.join(" "),
        label: line.label.clone(),
        x: measure(line.label_x),
        y: measure(line.label_y),
    }
}

/// A measure with one decimal at most.
pub(super) fn measure(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
