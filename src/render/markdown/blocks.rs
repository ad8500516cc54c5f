//! Data fences: YAML becomes the block whose template has the fence's name.

use serde::Serialize;
use serde_yaml::Value;

use super::Renderer;
use crate::diagnostic::{Diagnostic, rule};
use crate::kind::common::Picture;
use crate::kind::{Figure, NetworkNode, block};
use crate::read::Entry;
use crate::read::link_target::{joined, split_destination};
use crate::read::outline::Fence;
use crate::render::organisation_network;
use crate::render::view::{FigureView, PictureView};
use crate::schema::yaml::{self, Snippet};

/// Renders the data fences of one entry.
#[derive(Clone, Copy)]
pub struct BlockRenderer<'a> {
    /// What the body is rendered with.
    pub renderer: Renderer<'a>,
    /// The entry that the fence stands in.
    pub entry: &'a Entry,
    /// From the page to the root of the portal.
    pub root: &'a str,
}

/// 指标 as its template sees it.
#[derive(Serialize)]
struct FiguresBlock {
    title: Option<String>,
    as_of: Option<String>,
    source: Option<String>,
    items: Vec<FigureView>,
}

/// 图集 as its template sees it.
#[derive(Serialize)]
struct GalleryBlock {
    title: Option<String>,
    items: Vec<PictureView>,
}

/// 组织网络 as its template sees it.
#[derive(Serialize)]
struct NetworkBlock {
    title: Option<String>,
    drawing: String,
    list: String,
}

impl BlockRenderer<'_> {
    /// The HTML of a fence; `None` when it is no data block, so that it is shown as code.
    pub fn render(&self, fence: &Fence, text: &str) -> Option<Result<String, Diagnostic>> {
        let template = format!("blocks/{}.html", fence.name);
        if !self.renderer.templates.has(&template) {
            return None;
        }
        let view = match &fence.value {
            Some(value) => self.view(&fence.name, value),
            // The content was wrong, which was reported when it was read.
            None if block::shape(&fence.name).is_some() => return Some(Ok(String::new())),
            None => match self.own_content(fence, text) {
                Ok(value) => value,
                Err(problem) => return Some(Err(problem)),
            },
        };
        let rendered =
            self.renderer
                .templates
                .render(&template, &self.entry.path, &[("block", &view), ("root", &self.root)]);
        Some(rendered.map(|html| html.trim().to_owned()).map_err(|problem| {
            let label = format!("数据块“{}”写在这里", fence.name);
            problem.related(fence.span, label)
        }))
    }

    /// The content of a fence of the theme's own, of which only the theme knows the form.
    fn own_content(&self, fence: &Fence, text: &str) -> Result<serde_json::Value, Diagnostic> {
        let snippet = Snippet {
            file: self.entry.file,
            start: 0,
            text,
        };
        let value = yaml::parse(snippet).map_err(|mut found| {
            let mut problem = found.swap_remove(0);
            fence.text.locate(&mut problem, self.entry.file, fence.span);
            problem.rule = rule::BLOCK_CONTENT;
            problem.message = format!("数据块“{}”的内容读不出来：{}", fence.name, problem.message);
            problem
        })?;
        serde_json::to_value(value).map_err(|_| {
            let message = format!("数据块“{}”的内容读不出来：键只能是文字", fence.name);
            Diagnostic::new(rule::BLOCK_CONTENT, fence.span, message).help("检查每一行开头的键")
        })
    }

    fn view(&self, name: &str, value: &Value) -> serde_json::Value {
        let view = match name {
            "指标" => {
                let items: Vec<Figure> = field(value, "items");
                let block = FiguresBlock {
                    title: field(value, "title"),
                    as_of: field(value, "as_of"),
                    source: field(value, "source"),
                    items: items.iter().map(FigureView::of).collect(),
                };
                serde_json::to_value(block)
            }
            "图集" => {
                let items: Vec<Picture> = field(value, "items");
                let items = items.iter().filter_map(|picture| self.picture(picture)).collect();
                serde_json::to_value(GalleryBlock {
                    title: field(value, "title"),
                    items,
                })
            }
            "组织网络" => {
                let node: NetworkNode = serde_yaml::from_value(value.clone()).unwrap_or_default();
                serde_json::to_value(NetworkBlock {
                    title: node.pattern.clone(),
                    drawing: organisation_network::drawing(&node),
                    list: organisation_network::list(&node),
                })
            }
            // Templates may ask for any key of the shape, written or not.
            "时间线" => return with_keys(value, &["title"], "items", &["time", "title", "text"]),
            "引言" => return with_keys(value, &["text", "by"], "", &[]),
            "提示" => return with_keys(value, &["kind", "title", "text"], "", &[]),
            _ => serde_json::to_value(value),
        };
        view.unwrap_or_default()
    }

    fn picture(&self, picture: &Picture) -> Option<PictureView> {
        let path = joined(&self.entry.content_path, &split_destination(&picture.src).path)?;
        let mut view = self.renderer.published.picture(&path, &picture.alt)?;
        view.caption.clone_from(&picture.caption);
        Some(view)
    }
}

/// A field of a conforming value; its default when it is not there.
fn field<T: serde::de::DeserializeOwned + Default>(value: &Value, name: &str) -> T {
    value
        .get(name)
        .and_then(|value| serde_yaml::from_value(value.clone()).ok())
        .unwrap_or_default()
}

/// A record with all of `keys`, null where not written, and the same for the items of a list.
fn with_keys(value: &Value, keys: &[&str], list: &str, item_keys: &[&str]) -> serde_json::Value {
    let mut record = serde_json::Map::new();
    for key in keys {
        let found = value.get(*key).and_then(Value::as_str).map(str::to_owned);
        record.insert((*key).to_owned(), found.into());
    }
    if let Some(items) = value.get(list).and_then(Value::as_sequence) {
        let items: Vec<_> = items.iter().map(|item| with_keys(item, item_keys, "", &[])).collect();
        record.insert(list.to_owned(), items.into());
    }
    record.into()
}
