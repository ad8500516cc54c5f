//! 组织网络: a tree of organisations such as “1+5+X”.

#![expect(missing_docs, reason = "the table of keys above says what each field is")]

use serde::Deserialize;

use crate::schema::{Key, Shape};

/// The keys of a node, which holds nodes of the same keys.
pub static KEYS: [Key; 5] = [
    Key::required("name", "名称", Shape::Text, "这一级叫什么"),
    Key::new("count", "数量", Shape::Text, "有几个，例如 5 或 X"),
    Key::new("note", "说明", Shape::Text, "一句说明"),
    Key::new("children", "下级", Shape::List(&CHILD), "下一级"),
    Key::new("pattern", "样式", Shape::Text, "整张网的名字，例如 1+5+X"),
];

/// A child may be its name alone.
static CHILD: Shape = Shape::RecordOr(&KEYS, "name");

/// A node with what is below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct NetworkNode {
    pub name: String,
    pub count: Option<String>,
    pub note: Option<String>,
    pub children: Vec<NetworkNode>,
    /// Of the root only.
    pub pattern: Option<String>,
}
