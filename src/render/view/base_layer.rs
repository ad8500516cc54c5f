//! Views of what a sheet is drawn on: a base map, or the picture of a plan.

#![expect(
    missing_docs,
    reason = "the field's name is the word that templates write; what needs saying is said"
)]

use serde::Serialize;

/// A base map below the points of a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct BaseLayerView {
    /// Areas by kind, the lowest first, each filled by the rule `nonzero`.
    pub areas: Vec<KindPathView>,
    /// Lines by kind, above the areas.
    pub lines: Vec<KindPathView>,
    /// What the paths' units have to be multiplied with; `1` where they are those of the sheet.
    pub scale: String,
    pub image: Option<SheetImageView>,
    /// 审图号, as it was written.
    pub approval: String,
    pub source: String,
}

/// All areas or all lines of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct KindPathView {
    /// `water`, `green`, `building`, `road`, `rail`, `boundary`, `other`.
    pub kind: &'static str,
    /// The value of `d`.
    pub path: String,
}

/// A picture on a sheet, stretched to its place.
#[derive(Debug, Clone, Serialize)]
pub struct SheetImageView {
    /// Where the picture is published, from the portal's root.
    pub src: String,
    pub x: String,
    pub y: String,
    pub width: String,
    pub height: String,
}
