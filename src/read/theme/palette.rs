//! Which colours of a theme are used together: the key `contrast` of `theme.yaml`.

use serde::Deserialize;
use serde_yaml::Value;

use super::{Assets, decode};
use crate::diagnostic::{Diagnostic, rule};
use crate::source::{FileId, Sources, Span};

/// The colours that are used together, in all modes of the theme.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    /// `theme.yaml`.
    pub file: Option<FileId>,
    /// The style sheets that say what the colours are.
    pub styles: Vec<FileId>,
    /// How the pages may look.
    pub modes: Vec<Mode>,
    /// The colours that are seen on one another.
    pub pairs: Vec<Pair>,
}

/// A way the pages may look.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Mode {
    /// What people call it.
    pub name: String,
    /// The selectors whose colours hold, the last before the first.
    pub selectors: Vec<String>,
}

/// A colour on another one; both are names of custom properties without the hyphens.
#[derive(Debug, Clone, Deserialize)]
pub struct Pair {
    /// What is seen.
    pub ink: String,
    /// What it is seen on.
    pub ground: String,
    /// The least contrast: 4.5 for text, 3 for large text and signs.
    pub least: f64,
    /// What it is used for.
    #[serde(rename = "use")]
    pub used_for: String,
}

/// As it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Written {
    styles: Vec<String>,
    modes: Vec<Mode>,
    pairs: Vec<Pair>,
}

/// Takes the palette from what `theme.yaml` says, and its style sheets from the theme's assets.
pub(super) fn read(
    (file, written): (FileId, Value),
    (folder, assets): (&str, &Assets),
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Palette {
    let mut wrong = |message: String, help: &str| {
        let place = Span::file_start(file);
        diagnostics.push(Diagnostic::new(rule::THEME_FILE, place, message).help(help));
    };
    let written = serde_yaml::from_value::<Option<Written>>(written).unwrap_or_else(|_| {
        wrong(
            "theme.yaml 里的 contrast 写法不对".to_owned(),
            "写 styles（样式文件）、modes（name、selectors）和 pairs（ink、ground、least、use）三个列表",
        );
        None
    });
    let written = written.unwrap_or_default();
    let mut styles = Vec::new();
    for style in &written.styles {
        match assets.get(style) {
            Some(bytes) => {
                let text = decode::decode(bytes.to_vec()).text;
                styles.push(sources.add(format!("{folder}/assets/{style}"), text));
            }
            None => wrong(
                format!("theme.yaml 的 contrast 里写的样式 {style} 不存在"),
                "写 assets 里样式文件的名字",
            ),
        }
    }
    // Without all of the style sheets half of the colours would seem to be missing.
    let is_complete = styles.len() == written.styles.len();
    Palette {
        file: Some(file),
        styles,
        modes: written.modes,
        pairs: if is_complete { written.pairs } else { Vec::new() },
    }
}
