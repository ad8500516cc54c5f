//! Data fences: the blocks whose content hongtu knows and checks.
//!
//! A theme may bring more blocks as templates; their content is passed on as it is written.

use crate::schema::{Key, Shape};

use super::{common, figure, network};

/// The shape of a known block's content; `None` for the theme's own blocks.
pub fn shape(name: &str) -> Option<&'static Shape> {
    BLOCKS.iter().find(|(known, _)| *known == name).map(|(_, shape)| shape)
}

/// The names of the known blocks.
pub fn names() -> impl Iterator<Item = &'static str> {
    BLOCKS.iter().map(|(name, _)| *name)
}

static BLOCKS: [(&str, Shape); 6] = [
    ("指标", Shape::RecordOrList(&FIGURES_KEYS, "items")),
    ("时间线", Shape::RecordOrList(&TIMELINE_KEYS, "items")),
    ("图集", Shape::RecordOrList(&GALLERY_KEYS, "items")),
    ("组织网络", Shape::Record(&network::KEYS)),
    ("引言", Shape::RecordOr(&QUOTE_KEYS, "text")),
    ("提示", Shape::RecordOr(&NOTE_KEYS, "text")),
];

static FIGURES_KEYS: [Key; 4] = [
    Key::new("title", "标题", Shape::Text, "这组数的题目"),
    Key::new("as_of", "截至", Shape::Text, "哪一年或哪一天的数"),
    Key::new("source", "来源", Shape::Text, "数从哪里来"),
    Key::required(
        "items",
        "项目",
        Shape::List(&const { Shape::Record(&figure::KEYS) }),
        "一项一个数",
    ),
];

static TIMELINE_KEYS: [Key; 2] = [
    Key::new("title", "标题", Shape::Text, "题目"),
    Key::required(
        "items",
        "项目",
        Shape::List(&const { Shape::Record(&EVENT_KEYS) }),
        "一项一件事",
    ),
];

static EVENT_KEYS: [Key; 3] = [
    Key::required("time", "时间", Shape::Text, "什么时候"),
    Key::new("title", "标题", Shape::Text, "小标题"),
    Key::required("text", "内容", Shape::Text, "什么事"),
];

static GALLERY_KEYS: [Key; 2] = [
    Key::new("title", "标题", Shape::Text, "题目"),
    Key::required(
        "items",
        "项目",
        Shape::List(&const { Shape::Record(&GALLERY_PICTURE_KEYS) }),
        "一项一张图",
    ),
];

static GALLERY_PICTURE_KEYS: [Key; 3] = {
    let mut keys = common::PICTURE_KEYS_IN_ORDER;
    keys[1].required = true;
    keys
};

static QUOTE_KEYS: [Key; 2] = [
    Key::required("text", "文字", Shape::Text, "引用的话"),
    Key::new("by", "出自", Shape::Text, "谁说的，出自哪里"),
];

static NOTE_KEYS: [Key; 3] = [
    Key::new(
        "kind",
        "种类",
        Shape::Choice(&["提示", "注意", "重要"]),
        "提示、注意、重要",
    ),
    Key::new("title", "标题", Shape::Text, "小标题"),
    Key::required("text", "文字", Shape::Text, "要提醒的话"),
];
