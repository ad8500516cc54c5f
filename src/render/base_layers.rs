//! Base maps and the pictures of plans, as views for a sheet.

use super::published::Published;
use super::view::base_layer::{BaseLayerView, KindPathView, SheetImageView};
use crate::derive::base_layer::{BaseImage, BaseLayer, Drawing, KindPath};
use crate::derive::plans::PlanSheet;

/// A base map at the sheet's own size. A picture that is not published, which was reported, is none.
pub fn view(layer: &BaseLayer, published: &Published) -> BaseLayerView {
    BaseLayerView {
        image: layer.image.as_ref().and_then(|image| image_view(image, published)),
        ..drawing_view(layer, &layer.drawing)
    }
}

/// A base map as it is seen from nearer; a picture is as sharp as it is, and stands in [`view`].
pub fn near_view(layer: &BaseLayer) -> BaseLayerView {
    drawing_view(layer, &layer.near)
}

/// The picture of a plan that fills a sheet so many times its own pixels large.
pub fn plan_image(plan: &PlanSheet, scale: f64, published: &Published) -> Option<SheetImageView> {
    let image = BaseImage {
        path: plan.picture.clone(),
        x: 0.0,
        y: 0.0,
        width: plan.width * scale,
        height: plan.height * scale,
    };
    image_view(&image, published)
}

fn drawing_view(layer: &BaseLayer, drawing: &Drawing) -> BaseLayerView {
    BaseLayerView {
        areas: paths(&drawing.areas),
        lines: paths(&drawing.lines),
        scale: format!("{}", 1.0 / drawing.factor),
        image: None,
        approval: layer.approval.clone(),
        source: layer.source.clone(),
    }
}

fn paths(paths: &[KindPath]) -> Vec<KindPathView> {
    let views = paths.iter().map(|path| KindPathView {
        kind: path.kind.name(),
        path: path.path.clone(),
    });
    views.collect()
}

fn image_view(image: &BaseImage, published: &Published) -> Option<SheetImageView> {
    let measure = |value: f64| format!("{value:.1}");
    Some(SheetImageView {
        src: published.original(&image.path, "")?.src,
        x: measure(image.x),
        y: measure(image.y),
        width: measure(image.width),
        height: measure(image.height),
    })
}
