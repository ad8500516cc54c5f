//! The theme: its templates as sources, its assets as bytes, its options.
//!
//! The theme `hong` is in the program. Files of the same path below the site's own `themes/`
//! folder take their place, one by one.

pub mod palette;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use serde_yaml::Value;
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

use super::{Options, ReadProblem, decode};
use crate::config::Config;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, rule};
use crate::schema::yaml::{self, Snippet};
use crate::source::{FileId, Sources};
use palette::Palette;

/// The theme that is in the program: (path below the theme's folder, bytes).
static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded_theme.rs"));

/// The name of the theme that is in the program.
const EMBEDDED_NAME: &str = "hong";

/// Files of a theme by their path below `assets/`.
type Assets = BTreeMap<String, Arc<[u8]>>;

/// A theme, complete.
#[derive(Debug, Default)]
pub struct Theme {
    /// Templates by their path below `templates/`.
    pub templates: BTreeMap<String, FileId>,
    /// Assets by their path below `assets/`.
    pub assets: Assets,
    /// The options' values: the theme's defaults, changed by the site.
    pub options: BTreeMap<String, Value>,
    /// The colours that are used together.
    pub palette: Palette,
    /// Whether a template is another one than in the program.
    pub has_own_templates: bool,
}

impl Theme {
    /// Whether the theme has a template for a data fence.
    pub fn has_block(&self, name: &str) -> bool {
        self.templates.contains_key(&format!("blocks/{name}.html"))
    }

    /// The names of the data fences that the theme has templates for.
    pub fn block_names(&self) -> impl Iterator<Item = &str> {
        self.templates
            .keys()
            .filter_map(|path| path.strip_prefix("blocks/")?.strip_suffix(".html"))
    }
}

/// `theme.yaml`, as far as hongtu itself uses it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ThemeFile {
    options: BTreeMap<String, ThemeOption>,
    contrast: Value,
}

/// One option of a theme.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ThemeOption {
    default: Value,
}

/// Reads the theme that the site asks for.
///
/// # Errors
/// When the machine cannot read one of its files.
pub fn read_theme(
    options: &Options,
    config: &Config,
    sources: &mut Sources,
) -> Result<(Theme, Vec<Diagnostic>), ReadProblem> {
    let mut diagnostics = Vec::new();
    let mut files: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
    if config.theme == EMBEDDED_NAME {
        files.extend(
            EMBEDDED
                .iter()
                .map(|(path, bytes)| ((*path).to_owned(), Arc::from(*bytes))),
        );
    }
    let folder = options.themes.join(&config.theme);
    if folder.is_dir() {
        files.extend(read_folder(&folder)?);
    } else if config.theme != EMBEDDED_NAME {
        let message = format!("没有名为“{}”的主题", config.theme);
        let help = format!("在 {} 下面放这个主题，或者删去 theme 这一行", options.themes.display());
        diagnostics.push(at_config(config, sources, "theme", message).help(help));
    }
    let mut theme = Theme::default();
    let mut theme_file = None;
    for (path, bytes) in files {
        if let Some(asset) = path.strip_prefix("assets/") {
            theme.assets.insert(asset.to_owned(), bytes);
            continue;
        }
        let decoded = decode::decode(bytes.to_vec());
        let (file, problem) = decoded.into_source(format!("themes/{}/{path}", config.theme), sources);
        diagnostics.extend(problem.map(|problem| problem.diagnostic(file)));
        if let Some(template) = path.strip_prefix("templates/") {
            theme.has_own_templates |= !EMBEDDED.contains(&(path.as_str(), &bytes));
            theme.templates.insert(template.to_owned(), file);
        } else if path == "theme.yaml" {
            theme_file = Some(file);
        }
    }
    let mut declared = theme_file.map_or_else(ThemeFile::default, |file| {
        let text = sources.get(file).map_or("", |source| &*source.text);
        declared(file, text, &mut diagnostics)
    });
    let contrast = std::mem::take(&mut declared.contrast);
    theme.options = merged_options(config, sources, declared, &mut diagnostics);
    if let Some(file) = theme_file {
        let folder = format!("themes/{}", config.theme);
        let assets = (folder.as_str(), &theme.assets);
        theme.palette = palette::read((file, contrast), assets, sources, &mut diagnostics);
    }
    Ok((theme, diagnostics))
}

fn read_folder(folder: &Path) -> Result<BTreeMap<String, Arc<[u8]>>, ReadProblem> {
    let mut files = BTreeMap::new();
    for item in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let item = item.map_err(|error| ReadProblem {
            doing: "读取主题文件夹",
            path: folder.to_owned(),
            error: error.into_io_error().unwrap_or_else(|| std::io::Error::other("walk")),
        })?;
        let name = item.file_name().to_string_lossy();
        if !item.file_type().is_file() || name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        let below = item.path().strip_prefix(folder).unwrap_or(item.path());
        let path: Vec<String> = below
            .components()
            .map(|part| part.as_os_str().to_string_lossy().nfc().collect())
            .collect();
        let bytes = std::fs::read(item.path()).map_err(|error| ReadProblem {
            doing: "读取主题文件",
            path: item.path().to_owned(),
            error,
        })?;
        files.insert(path.join("/"), bytes.into());
    }
    Ok(files)
}

fn merged_options(
    config: &Config,
    sources: &Sources,
    declared: ThemeFile,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Value> {
    let mut merged: BTreeMap<String, Value> = declared
        .options
        .into_iter()
        .map(|(name, option)| (name, option.default))
        .collect();
    let Value::Mapping(wanted) = &config.theme_options else {
        return merged;
    };
    for (name, value) in wanted {
        let Some(name) = name.as_str() else { continue };
        match merged.get_mut(name) {
            Some(option) if same_type(option, value) => *option = value.clone(),
            Some(option) => {
                let help = format!(
                    "默认值是 {}，写同一类的值",
                    serde_yaml::to_string(option).unwrap_or_default().trim()
                );
                let way = format!("theme_options.{name}");
                let message = format!("主题选项“{name}”的值写法不对，没有起作用");
                let mut diagnostic = at_config(config, sources, &way, message);
                diagnostic.rule = rule::THEME_OPTION;
                diagnostic.severity = rule::THEME_OPTION.severity();
                diagnostics.push(diagnostic.help(help));
            }
            None => {
                let near = nearest(name, merged.keys().map(String::as_str));
                let help = near.map_or_else(
                    || {
                        format!(
                            "这个主题的选项：{}",
                            merged.keys().cloned().collect::<Vec<_>>().join("、")
                        )
                    },
                    |near| format!("是不是想写“{near}”？"),
                );
                let mut diagnostic = at_config(config, sources, "theme_options", format!("主题没有“{name}”这个选项"));
                diagnostic.span = config.theme_option_span(sources, name).or(diagnostic.span);
                diagnostic.rule = rule::THEME_OPTION;
                diagnostic.severity = rule::THEME_OPTION.severity();
                diagnostics.push(diagnostic.help(help));
            }
        }
    }
    merged
}

/// What `theme.yaml` says; what is wrong with it is added to `diagnostics`.
fn declared(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> ThemeFile {
    let snippet = Snippet { file, start: 0, text };
    let value = match yaml::parse(snippet) {
        Ok(value) => value,
        Err(found) => {
            diagnostics.extend(found.into_iter().map(|problem| Diagnostic {
                rule: rule::THEME_FILE,
                ..problem
            }));
            return ThemeFile::default();
        }
    };
    let declared: Result<Option<ThemeFile>, _> = serde_yaml::from_value(value);
    declared.map_or_else(
        |_| {
            let place = snippet.first_line();
            let diagnostic = Diagnostic::new(rule::THEME_FILE, place, "theme.yaml 里的 options 写法不对");
            diagnostics.push(diagnostic.help("每个选项一个名字，下面写 default 和 description"));
            ThemeFile::default()
        },
        Option::unwrap_or_default,
    )
}

fn same_type(a: &Value, b: &Value) -> bool {
    matches!(a, Value::Null) || std::mem::discriminant(a) == std::mem::discriminant(b)
}

fn at_config(config: &Config, sources: &Sources, way: &str, message: String) -> Diagnostic {
    let mut diagnostic = Diagnostic::without_place(rule::THEME_FILE, message);
    diagnostic.span = config.span(sources, way);
    diagnostic
}
