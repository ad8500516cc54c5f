//! What makes VS Code help: schemas for the settings, snippets for the keys of entries, the check-up as a task.
//!
//! The extension for YAML completes and checks whole YAML files. It does not look into the front matter of
//! Markdown, so that there the keys come from snippets, and mistakes are marked by the check-up.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::config::{self, terms};
use crate::kind::Kind;
use crate::schema::{Key, Shape, json_schema};

/// What there is a schema of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The front matter of a kind.
    FrontMatter(Kind),
    /// `site.yaml`.
    Site,
    /// `terms.yaml`.
    Terms,
}

impl Subject {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let kinds = Kind::ALL.into_iter().map(Self::FrontMatter);
        kinds.chain([Self::Site, Self::Terms])
    }

    /// The subject of an English or Chinese name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::all().find(|subject| subject.name() == name || subject.chinese() == name)
    }

    /// The English name.
    pub fn name(self) -> &'static str {
        match self {
            Self::FrontMatter(kind) => kind.name(),
            Self::Site => "site",
            Self::Terms => "terms",
        }
    }

    /// The Chinese name.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::FrontMatter(kind) => kind.chinese(),
            Self::Site => "设置",
            Self::Terms => "词表",
        }
    }

    /// The schema.
    pub fn schema(self) -> Value {
        match self {
            Self::FrontMatter(kind) => json_schema::of_record(&format!("{}的抬头", kind.chinese()), kind.keys()),
            Self::Site => json_schema::of_record("网站的设置 site.yaml", &config::KEYS),
            Self::Terms => json_schema::of_shape("词表 terms.yaml", &terms::SHAPE),
        }
    }

    /// Where a new portal has it.
    fn path(self) -> String {
        format!(".vscode/hongtu/{}.schema.json", self.name())
    }
}

/// The files of the folder `.vscode`.
pub(super) fn files() -> impl Iterator<Item = (String, String)> {
    let schemas = Subject::all().map(|subject| (subject.path(), shown(&subject.schema())));
    let others = [
        (".vscode/settings.json".to_owned(), shown(&settings())),
        (
            ".vscode/extensions.json".to_owned(),
            shown(&json!({"recommendations": ["redhat.vscode-yaml"]})),
        ),
        (".vscode/tasks.json".to_owned(), shown(&tasks())),
        (".vscode/hongtu.code-snippets".to_owned(), shown(&snippets())),
    ];
    schemas.chain(others)
}

/// JSON as files have it, with an end of the last line.
pub fn shown(value: &Value) -> String {
    // A value can always be written.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn settings() -> Value {
    json!({
        "files.encoding": "utf8",
        "files.eol": "\n",
        "yaml.schemas": {
            Subject::Site.path(): "content/site.yaml",
            Subject::Terms.path(): "content/terms.yaml",
        },
        "[markdown]": {
            "editor.quickSuggestions": {"other": "on", "comments": "off", "strings": "off"},
            "editor.snippetSuggestions": "top",
            "editor.wordWrap": "on",
            "editor.unicodeHighlight.ambiguousCharacters": false,
        },
        "[yaml]": {
            "editor.unicodeHighlight.ambiguousCharacters": false,
        },
    })
}

/// The check-up and the build. What the check-up finds is marked at its place: first the line that says
/// what it is, then the one that says where.
fn tasks() -> Value {
    let matcher = |word: &str, severity: &str| {
        json!({
            "owner": format!("hongtu-{severity}"),
            "source": "hongtu",
            "severity": severity,
            "fileLocation": ["relative", "${workspaceFolder}"],
            "pattern": [
                {"regexp": format!(r"^{word}\[([^\]]+)\]: (.*)$"), "code": 1, "message": 2},
                {"regexp": r"^\s*--> (.+):(\d+):(\d+)$", "file": 1, "line": 2, "column": 3},
            ],
        })
    };
    let task = |label: &str, arguments: &[&str], kind: &str| {
        json!({
            "label": label,
            "type": "process",
            "command": "hongtu",
            "args": arguments,
            "options": {"env": {"NO_COLOR": "1"}},
            "group": {"kind": kind, "isDefault": true},
            "presentation": {"clear": true, "showReuseMessage": false},
            "problemMatcher": [matcher("错误", "error"), matcher("警告", "warning")],
        })
    };
    json!({
        "version": "2.0.0",
        "tasks": [
            task("红图：检查", &["check"], "test"),
            task("红图：生成网站", &["build"], "build"),
        ],
    })
}

/// A snippet for every key that stands at the beginning of a line in some kind of entry, offered under
/// its name in either language.
fn snippets() -> Value {
    let mut keys: BTreeMap<&str, (&Key, Vec<String>)> = BTreeMap::new();
    for kind in Kind::ALL {
        for key in kind.keys() {
            let (_, uses) = keys.entry(key.name).or_insert((key, Vec::new()));
            let use_of_it = format!("{}：{}", kind.chinese(), key.help);
            // What all kinds have is explained once.
            if !uses.iter().any(|known| known.ends_with(&format!("：{}", key.help))) {
                uses.push(use_of_it);
            }
        }
    }
    let mut snippets = Map::new();
    for (key, uses) in keys.values() {
        let help = if uses.len() == 1 {
            key.help.to_owned()
        } else {
            uses.join("\n")
        };
        for name in [key.chinese, key.name] {
            snippets.insert(
                format!("{name}:"),
                json!({
                    "scope": "markdown",
                    "prefix": name,
                    "body": format!("{name}: {}", place_for(&key.shape)),
                    "description": help,
                }),
            );
        }
    }
    snippets.into()
}

/// Where the value is typed, in the words of snippets.
fn place_for(shape: &Shape) -> String {
    match shape {
        Shape::Choice(words) => format!("${{1|{}|}}", words.join(",")),
        Shape::Boolean => "${1|是,否|}".to_owned(),
        Shape::List(Shape::Text | Shape::Choice(_)) => "[$1]".to_owned(),
        _ => "$1".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_snippet_in_both_languages() {
        let snippets = snippets();
        for kind in Kind::ALL {
            for key in kind.keys() {
                for name in [key.name, key.chinese] {
                    assert_eq!(snippets[format!("{name}:")]["prefix"], name, "{}", kind.name());
                }
            }
        }
        assert_eq!(snippets["层级:"]["body"], "层级: ${1|园区,楼宇,企业|}");
        assert_eq!(snippets["面积:"]["description"], "园区：平方公里\n示范点：平方米");
    }

    #[test]
    fn a_subject_has_two_names() {
        assert_eq!(Subject::parse("案例"), Some(Subject::FrontMatter(Kind::Case)));
        assert_eq!(Subject::parse("case"), Some(Subject::FrontMatter(Kind::Case)));
        assert_eq!(Subject::parse("词表"), Some(Subject::Terms));
        assert_eq!(Subject::parse("weather"), None);
    }
}
