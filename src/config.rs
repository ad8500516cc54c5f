//! `site.yaml`: the portal's name, owner, columns, map, footer.
//!
//! It needs nothing but `title`; all defaults are here and nowhere else.

#![expect(missing_docs, reason = "the table of keys above says what each field is")]

pub mod terms;

use serde::Deserialize;
use serde_yaml::Value;

use crate::diagnostic::{Diagnostic, Profile, rule};
use crate::kind::{BaseMap, Figure, KIND_NAMES, Kind, base_map, figure};
use crate::schema::conform::conform;
use crate::schema::spans::Step;
use crate::schema::yaml::{self, Snippet};
use crate::schema::{Key, Shape};
use crate::source::{FileId, Sources, Span};

/// The file's name, below `content/`.
pub const FILE_NAME: &str = "site.yaml";

/// All keys of `site.yaml`.
pub static KEYS: [Key; 20] = [
    Key::required("title", "网站名称", Shape::Text, "门户的名称"),
    Key::new("subtitle", "副标题", Shape::Text, "名称下面的一行字"),
    Key::new("description", "描述", Shape::Text, "给搜索引擎看的一段话"),
    Key::new("keywords", "关键词", Shape::List(&Shape::Text), "几个词"),
    Key::new("language", "语言", Shape::Text, "不写就是 zh-CN"),
    Key::new(
        "base_url",
        "网址",
        Shape::Text,
        "正式网址，例如 https://www.example.gov.cn/dj/；不写也能用",
    ),
    Key::new("domain", "域名", Shape::Text, "网站域名"),
    Key::new("site_id_code", "标识码", Shape::Text, "政府网站标识码，十位"),
    Key::new("demonstration", "演示说明", Shape::Text, "每一页都显示的一行说明"),
    Key::new("mourning", "哀悼模式", Shape::Boolean, "写“是”，全站改为灰色"),
    Key::new("theme", "主题", Shape::Text, "themes 下面的文件夹名，不写就是 hong"),
    Key::new(
        "theme_options",
        "主题选项",
        Shape::Anything,
        "主题自己的选项，见 theme.yaml",
    ),
    Key::new(
        "per_page",
        "每页篇数",
        Shape::Integer { least: 1, most: 1000 },
        "列表每页几篇，不写就是 20",
    ),
    Key::new(
        "columns",
        "栏目",
        Shape::List(&const { Shape::Record(&COLUMN_KEYS) }),
        "各个栏目",
    ),
    Key::new("footer", "页脚", Shape::Record(&FOOTER_KEYS), "主办单位、备案号等"),
    Key::new("map", "地图", Shape::Record(&MAP_KEYS), "地图页"),
    Key::new("home", "首页", Shape::Record(&HOME_KEYS), "首页"),
    Key::new(
        "profile",
        "类型",
        Shape::Choice(&["gov", "party", "internal"]),
        "gov 政府网站，party 党组织网站，internal 内部网站",
    ),
    Key::new(
        "intranet",
        "内网",
        Shape::Boolean,
        "写“是”，示范点不放打开地图服务的链接；内部网站不写也是",
    ),
    Key::new("checks", "检查", Shape::Record(&CHECKS_KEYS), "发布体检的设置"),
];

static COLUMN_KEYS: [Key; 10] = [
    Key::required("folder", "文件夹", Shape::Text, "content 下面的文件夹名"),
    Key::new("title", "名称", Shape::Text, "栏目名称"),
    Key::new("kind", "体裁", Shape::Choice(KIND_NAMES), "栏目里的文章是哪一种"),
    Key::new("description", "描述", Shape::Text, "栏目描述，不要与名称相同"),
    Key::new("keywords", "关键词", Shape::List(&Shape::Text), "几个词"),
    Key::new(
        "order",
        "顺序",
        Shape::Integer {
            least: -1000,
            most: 1000,
        },
        "数小的在前",
    ),
    Key::new(
        "cycle_days",
        "更新周期",
        Shape::Integer { least: 1, most: 3650 },
        "至少多少天更新一次；不写就按栏目类型：动态要闻 14，通知公告和政策文件 180，机构、人事、规划 365，其他不查",
    ),
    Key::new("column_type", "栏目类型", Shape::Text, "工作动态、概况信息……"),
    Key::new("navigation", "导航", Shape::Boolean, "写“否”就不放进导航"),
    Key::new(
        "parts",
        "各部分",
        Shape::List(&Shape::Text),
        "案例要写的几部分，例如 [背景, 做法, 成效, 思考/体会]；写 [] 就不查",
    ),
];

static FOOTER_KEYS: [Key; 9] = [
    Key::new("owner", "主办单位", Shape::Text, "主办单位"),
    Key::new("organizer", "承办单位", Shape::Text, "承办单位"),
    Key::new("contact", "联系人", Shape::Text, "联系部门"),
    Key::new("address", "地址", Shape::Text, "地址"),
    Key::new("phone", "电话", Shape::Text, "办公电话"),
    Key::new("email", "邮箱", Shape::Text, "办公邮箱"),
    Key::new("icp", "备案号", Shape::Text, "例如 苏ICP备00000000号-1"),
    Key::new("police", "公安备案号", Shape::Text, "例如 苏公网安备 32000000000000号"),
    Key::new("site_id_code", "标识码", Shape::Text, "网站标识码"),
];

static MAP_KEYS: [Key; 3] = [
    Key::new("title", "标题", Shape::Text, "地图页的标题"),
    Key::new("description", "描述", Shape::Text, "地图页的一段说明"),
    Key::new(
        "base",
        "底图",
        Shape::Record(&base_map::KEYS),
        "自己提供的底图；必须有审图号",
    ),
];

static HOME_KEYS: [Key; 3] = [
    Key::new("lead", "头条", Shape::Text, "头条文章的短名或标题；不写就是最新的一篇"),
    Key::new(
        "figures",
        "数说",
        Shape::List(&const { Shape::Record(&figure::KEYS) }),
        "首页的几个数",
    ),
    Key::new(
        "cycle_days",
        "更新周期",
        Shape::Integer { least: 1, most: 3650 },
        "首页至少多少天有一条新信息；不写，有动态要闻栏目的和政府网站是 14",
    ),
];

static CHECKS_KEYS: [Key; 5] = [
    Key::new(
        "levels",
        "级别",
        Shape::List(&const { Shape::Record(&LEVEL_KEYS) }),
        "改变规则的级别",
    ),
    Key::new(
        "exceptions",
        "例外",
        Shape::List(&const { Shape::Record(&EXCEPTION_KEYS) }),
        "哪些地方不算问题",
    ),
    Key::new(
        "longest_paragraph",
        "段落字数",
        Shape::Integer { least: 100, most: 5000 },
        "一段最多多少字，不写就是 600",
    ),
    Key::new(
        "largest_attachment",
        "附件大小",
        Shape::Integer { least: 1, most: 2000 },
        "一个附件最多多少兆（MB），不写就是 20",
    ),
    Key::new(
        "hosts",
        "站外网站",
        Shape::List(&Shape::Text),
        "可以链接的网站，例如 gov.cn；不写就都可以",
    ),
];

static LEVEL_KEYS: [Key; 2] = [
    Key::required(
        "rule",
        "规则",
        Shape::Text,
        "规则的名字，例如 text/half-width；只写 text 就是整组",
    ),
    Key::required(
        "level",
        "级别",
        Shape::Choice(&["error", "warning", "off"]),
        "error 错误，warning 警告，off 不查",
    ),
];

static EXCEPTION_KEYS: [Key; 4] = [
    Key::required(
        "rule",
        "规则",
        Shape::Text,
        "规则的名字，例如 text/half-width；只写 text 就是整组",
    ),
    Key::new("path", "路径", Shape::Text, "哪个文件，或者哪个文件夹；不写就是全部"),
    Key::new("words", "文字", Shape::Text, "只放过画线处写着这些字的；不写就是全部"),
    Key::required("reason", "理由", Shape::Text, "为什么不算问题，给以后的人看"),
];

/// All of `site.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct Config {
    pub title: String,
    pub subtitle: Option<String>,
    pub description: Option<String>,
    pub keywords: Vec<String>,
    pub language: String,
    /// Ends in `/` when present.
    pub base_url: Option<String>,
    pub domain: Option<String>,
    pub site_id_code: Option<String>,
    pub demonstration: Option<String>,
    pub mourning: bool,
    pub theme: String,
    pub theme_options: Value,
    pub per_page: usize,
    pub columns: Vec<ColumnConfig>,
    pub footer: FooterConfig,
    pub map: MapConfig,
    pub home: HomeConfig,
    pub profile: Option<String>,
    pub intranet: Option<bool>,
    pub checks: ChecksConfig,
    /// The file and where its text stands, for diagnostics of later phases.
    #[serde(skip)]
    pub file: Option<FileId>,
}

/// A column as the site sets it up.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ColumnConfig {
    pub folder: String,
    pub title: Option<String>,
    pub kind: Option<String>,
    pub description: Option<String>,
    pub keywords: Vec<String>,
    pub order: Option<i64>,
    pub cycle_days: Option<u32>,
    pub column_type: Option<String>,
    pub navigation: Option<bool>,
    /// What the column's cases consist of, each part perhaps with several names, `思考/体会`.
    pub parts: Option<Vec<String>>,
}

impl ColumnConfig {
    /// The kind of the column's entries: what is set, else what the folder's name says.
    pub fn kind(&self) -> Kind {
        self.kind
            .as_deref()
            .and_then(Kind::parse)
            .unwrap_or_else(|| kind_of_folder(&self.folder))
    }
}

/// The kind that a folder's name says; pages for any other.
pub fn kind_of_folder(folder: &str) -> Kind {
    Kind::ALL
        .into_iter()
        .find(|kind| kind.default_folder() == folder || kind.chinese() == folder)
        .unwrap_or(Kind::Page)
}

/// The imprint.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FooterConfig {
    pub owner: Option<String>,
    pub organizer: Option<String>,
    pub contact: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub icp: Option<String>,
    pub police: Option<String>,
    pub site_id_code: Option<String>,
}

/// The map's page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MapConfig {
    pub title: Option<String>,
    pub description: Option<String>,
    pub base: Option<BaseMap>,
}

/// The front page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct HomeConfig {
    pub lead: Option<String>,
    pub figures: Vec<Figure>,
    pub cycle_days: Option<u32>,
}

/// How the rules are set up.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct ChecksConfig {
    pub levels: Vec<LevelConfig>,
    pub exceptions: Vec<ExceptionConfig>,
    /// In characters.
    pub longest_paragraph: usize,
    /// In megabytes.
    pub largest_attachment: usize,
    /// The hosts that may be linked to; all where there are none.
    pub hosts: Vec<String>,
}

impl Default for ChecksConfig {
    fn default() -> Self {
        Self {
            levels: Vec::new(),
            exceptions: Vec::new(),
            longest_paragraph: 600,
            largest_attachment: 20,
            hosts: Vec::new(),
        }
    }
}

/// Another level for a rule or for a group of rules.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LevelConfig {
    pub rule: String,
    pub level: String,
}

/// What a rule finds and what is no problem for a reason.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ExceptionConfig {
    pub rule: String,
    /// A file or a folder; everywhere without.
    pub path: Option<String>,
    /// What the marked words must contain.
    pub words: Option<String>,
    pub reason: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: String::new(),
            subtitle: None,
            description: None,
            keywords: Vec::new(),
            language: "zh-CN".into(),
            base_url: None,
            domain: None,
            site_id_code: None,
            demonstration: None,
            mourning: false,
            theme: "hong".into(),
            theme_options: Value::Null,
            per_page: 20,
            columns: Vec::new(),
            footer: FooterConfig::default(),
            map: MapConfig::default(),
            home: HomeConfig::default(),
            profile: None,
            intranet: None,
            checks: ChecksConfig::default(),
            file: None,
        }
    }
}

impl Config {
    /// Reads `site.yaml` from its text; problems are added to `diagnostics`.
    pub fn parse(sources: &Sources, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let snippet = snippet(sources, file);
        let value = match yaml::parse(snippet) {
            Ok(value) => value,
            Err(found) => {
                diagnostics.extend(found);
                return Self {
                    file: Some(file),
                    ..Self::default()
                };
            }
        };
        if !value.is_mapping() {
            diagnostics.push(
                Diagnostic::new(rule::SITE_FILE, snippet.first_line(), "site.yaml 里要写“键: 值”")
                    .help("至少写一行 title: 门户的名称"),
            );
            return Self {
                file: Some(file),
                ..Self::default()
            };
        }
        let conformed = conform(snippet, &value, &KEYS);
        diagnostics.extend(conformed.diagnostics);
        let mut config: Self = match serde_yaml::from_value(Value::Mapping(conformed.value)) {
            Ok(config) => config,
            Err(error) => {
                diagnostics.push(
                    Diagnostic::new(
                        rule::SITE_FILE,
                        snippet.first_line(),
                        format!("site.yaml 读不出来：{error}"),
                    )
                    .help("这是程序没有料到的写法；请把这个文件发给维护程序的人"),
                );
                Self::default()
            }
        };
        config.file = Some(file);
        if let Some(url) = &mut config.base_url
            && !url.ends_with('/')
        {
            url.push('/');
        }
        config
    }

    /// Where the value of a way of English keys stands, such as `footer.icp`.
    pub fn span(&self, sources: &Sources, way: &str) -> Option<Span> {
        let snippet = snippet(sources, self.file?);
        let root = snippet.scan()?;
        Some(snippet.span(root.follow_english(&KEYS, way).range.clone()))
    }

    /// Where an option of the theme is named.
    pub fn theme_option_span(&self, sources: &Sources, name: &str) -> Option<Span> {
        let snippet = snippet(sources, self.file?);
        let root = snippet.scan()?;
        let options = root.follow_english(&KEYS, "theme_options");
        let range = options.key_range(&[Step::Key(name.to_owned())])?;
        Some(snippet.span(range))
    }

    /// Whether its readers are without the internet, so that links to map services lead nowhere: as
    /// it says itself, else as its profile says.
    pub fn is_intranet(&self) -> bool {
        self.intranet.unwrap_or(self.profile() == Profile::Internal)
    }

    /// Whose portal it is: without a word about it, a party organisation's.
    pub fn profile(&self) -> Profile {
        match self.profile.as_deref() {
            Some("gov") => Profile::Government,
            Some("internal") => Profile::Internal,
            _ => Profile::Party,
        }
    }

    /// The settings of a column by its folder.
    pub fn column(&self, folder: &str) -> Option<&ColumnConfig> {
        self.columns.iter().find(|column| column.folder == folder)
    }
}

fn snippet(sources: &Sources, file: FileId) -> Snippet<'_> {
    Snippet {
        file,
        start: 0,
        text: sources.get(file).map_or("", |source| &source.text),
    }
}
