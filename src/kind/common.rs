//! What every entry may say, of whatever kind it is.

#![expect(missing_docs, reason = "the table of keys above says what each field is")]

use serde::Deserialize;

use crate::schema::date::Date;
use crate::schema::{Key, Shape};

/// How many common keys there are.
pub(super) const COUNT: usize = 20;

/// The common keys, in the order in which `hongtu new` writes them.
pub(super) const KEYS_IN_ORDER: [Key; COUNT] = [
    Key::required("title", "标题", Shape::Text, "一句话说清这一篇讲什么"),
    Key::new(
        "date",
        "日期",
        Shape::Date,
        "发布的日期，例如 2026-07-01 或 2026-07-01 09:30",
    ),
    Key::new("updated", "更新", Shape::Date, "最近一次修改的日期"),
    Key::new("summary", "摘要", Shape::Text, "六十到一百二十字，列表和首页会显示"),
    Key::new("park", "园区", Shape::Text, "所属园区的标题或短名"),
    Key::new("tags", "标签", Shape::List(&Shape::Text), "几个词，写成 [甲, 乙]"),
    Key::new("author", "作者", Shape::List(&Shape::Text), "作者"),
    Key::new("org", "报送单位", Shape::Text, "报送这一篇的单位全称"),
    Key::new(
        "source",
        "来源",
        Shape::RecordOr(&SOURCE_KEYS, "name"),
        "转载时写明来源",
    ),
    Key::new("editor", "责编", Shape::Text, "责任编辑"),
    Key::new(
        "review",
        "审核",
        Shape::List(&const { Shape::Record(&REVIEW_KEYS) }),
        "三审三校的每一步",
    ),
    Key::new(
        "cover",
        "封面",
        Shape::RecordOr(&PICTURE_KEYS, "src"),
        "封面图片和它的文字说明",
    ),
    Key::new("draft", "草稿", Shape::Boolean, "写“是”就不发布"),
    Key::new("publish", "发布", Shape::Date, "到这一天才发布"),
    Key::new("expires", "下线", Shape::Date, "从这一天起不再发布"),
    Key::new("slug", "短名", Shape::Text, "网址里的名字，用小写字母、数字和连字符"),
    Key::new(
        "aliases",
        "旧址",
        Shape::List(&Shape::Text),
        "以前的网址，会自动转到现在这一页",
    ),
    Key::new(
        "weight",
        "排序",
        Shape::Integer {
            least: -1_000_000,
            most: 1_000_000,
        },
        "数大的排在前面，不写算 0",
    ),
    Key::new("kind", "体裁", Shape::Choice(super::KIND_NAMES), "与栏目不同时才写"),
    Key::new("description", "描述", Shape::Text, "给搜索引擎看的一句话；不写就用摘要"),
];

/// The common keys; also all keys of a page.
pub static KEYS: [Key; COUNT] = KEYS_IN_ORDER;

static SOURCE_KEYS: [Key; 3] = [
    Key::new("name", "名称", Shape::Text, "来源的名称"),
    Key::new("url", "网址", Shape::Text, "原文的网址"),
    Key::new("date", "日期", Shape::Date, "原文的日期"),
];

static REVIEW_KEYS: [Key; 3] = [
    Key::required("step", "环节", Shape::Text, "一审、二审、三审……"),
    Key::new("by", "审核人", Shape::Text, "岗位或姓名"),
    Key::new("date", "日期", Shape::Date, "审核的日期"),
];

/// The keys of a picture.
pub static PICTURE_KEYS: [Key; 3] = PICTURE_KEYS_IN_ORDER;

pub(super) const PICTURE_KEYS_IN_ORDER: [Key; 3] = [
    Key::required("src", "图片", Shape::Image, "图片文件的路径"),
    Key::new("alt", "说明", Shape::Text, "给看不见图的人：图上有什么"),
    Key::new("caption", "图注", Shape::Text, "显示在图下面的一句话"),
];

/// What every entry may say.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Common {
    /// Empty only when the entry's own was missing and reported.
    pub title: String,
    pub date: Option<Date>,
    pub updated: Option<Date>,
    pub summary: Option<String>,
    /// A reference to a park, as written.
    pub park: Option<String>,
    pub tags: Vec<String>,
    pub author: Vec<String>,
    pub org: Option<String>,
    pub source: Option<TextSource>,
    pub editor: Option<String>,
    pub review: Vec<ReviewStep>,
    pub cover: Option<Picture>,
    pub draft: bool,
    pub publish: Option<Date>,
    pub expires: Option<Date>,
    pub slug: Option<String>,
    pub aliases: Vec<String>,
    pub weight: i64,
    pub kind: Option<String>,
    pub description: Option<String>,
}

/// Where a text comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct TextSource {
    pub name: Option<String>,
    pub url: Option<String>,
    pub date: Option<Date>,
}

/// One step of 三审三校.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ReviewStep {
    pub step: String,
    pub by: Option<String>,
    pub date: Option<Date>,
}

/// A picture that a writer names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Picture {
    /// The path as written.
    pub src: String,
    pub alt: String,
    pub caption: Option<String>,
}
