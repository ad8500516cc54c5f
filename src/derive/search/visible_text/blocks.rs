//! Data fences, as the theme's block templates show them.

use serde_yaml::Value;

use super::{IN_NAMES, IN_TEXT, Page};
use crate::derive::organisation_network;
use crate::kind::common::Picture;
use crate::kind::figure::as_of_text;
use crate::kind::{Figure, NetworkNode};
use crate::schema::yaml::{self, Snippet};

impl Page<'_> {
    /// A fenced block: a data block where the theme has a template of its name, else code.
    pub(super) fn fence(&mut self, number: usize, text: &str) {
        let Some(fence) = self.entry.outline.fences.get(number) else {
            return;
        };
        if !self.library.theme.has_block(&fence.name) {
            self.add(IN_TEXT, text);
            return;
        }
        let Some(value) = &fence.value else {
            self.own_block(text);
            return;
        };
        match fence.name.as_str() {
            "指标" => self.figures_block(value),
            "时间线" => self.timeline(value),
            "图集" => {
                for picture in field::<Vec<Picture>>(value, "items") {
                    self.add_if(IN_TEXT, picture.caption.as_deref());
                }
            }
            "组织网络" => {
                let root: NetworkNode = serde_yaml::from_value(value.clone()).unwrap_or_default();
                self.network_block(&root);
            }
            "引言" => {
                self.add(IN_TEXT, text_of(value, "text"));
                self.add(IN_NAMES, text_of(value, "by"));
            }
            "提示" => {
                let title = match text_of(value, "title") {
                    "" => String::new(),
                    title => format!("：{title}"),
                };
                self.add(IN_TEXT, &format!("{}{title}", text_of(value, "kind")));
                self.add(IN_TEXT, text_of(value, "text"));
            }
            _ => self.values(value),
        }
    }

    /// Figures as the lines of a ledger, which stand before a case and on a park's page too.
    pub(super) fn ledger(&mut self, figures: &[Figure]) {
        for figure in figures {
            let number = [
                figure.before().unwrap_or(""),
                &figure.shown_value(),
                figure.after().unwrap_or(""),
                figure.unit.as_deref().unwrap_or(""),
            ]
            .concat();
            let as_of = figure.as_of.as_deref().map(as_of_text).unwrap_or_default();
            let note = figure.note.as_deref().unwrap_or("");
            self.add(IN_TEXT, &[&number, &figure.name, note, &as_of].join(" "));
        }
    }

    fn figures_block(&mut self, value: &Value) {
        self.add(IN_TEXT, text_of(value, "title"));
        self.ledger(&field::<Vec<Figure>>(value, "items"));
        let as_of = match text_of(value, "as_of") {
            "" => String::new(),
            as_of => format!("截至 {}", as_of_text(as_of)),
        };
        let source = match text_of(value, "source") {
            "" => String::new(),
            source => format!("来源：{source}"),
        };
        let between = if as_of.is_empty() || source.is_empty() {
            ""
        } else {
            "。"
        };
        self.add(IN_TEXT, &[as_of.as_str(), between, source.as_str()].concat());
    }

    fn timeline(&mut self, value: &Value) {
        for item in value.get("items").and_then(Value::as_sequence).into_iter().flatten() {
            for key in ["time", "title", "text"] {
                self.add(IN_TEXT, text_of(item, key));
            }
        }
    }

    /// A network in a body: the drawing with its words, then all of it as a list.
    fn network_block(&mut self, root: &NetworkNode) {
        self.add_if(IN_TEXT, root.pattern.as_deref());
        for line in organisation_network::lines(root) {
            self.add(IN_NAMES, &line.text);
            self.add_if(IN_TEXT, line.note.as_deref());
        }
        self.add(IN_TEXT, "文字版");
        self.network_list(root);
    }

    /// A network as a list.
    pub(super) fn network_list(&mut self, node: &NetworkNode) {
        self.add(IN_NAMES, &organisation_network::item(node));
        for child in &node.children {
            self.network_list(child);
        }
    }

    /// A block that only the site's theme knows: which of its values are shown, and in which order,
    /// is in the template. All of them, as they are written, are the best guess.
    fn own_block(&mut self, text: &str) {
        let snippet = Snippet {
            file: self.entry.file,
            start: 0,
            text,
        };
        if let Ok(value) = yaml::parse(snippet) {
            self.values(&value);
        }
    }

    fn values(&mut self, value: &Value) {
        match value {
            Value::Null => {}
            Value::Bool(value) => self.add(IN_TEXT, if *value { "true" } else { "false" }),
            Value::Number(number) => self.add(IN_TEXT, &number.to_string()),
            Value::String(text) => self.add(IN_TEXT, text),
            Value::Sequence(items) => items.iter().for_each(|item| self.values(item)),
            Value::Mapping(entries) => entries.values().for_each(|value| self.values(value)),
            Value::Tagged(tagged) => self.values(&tagged.value),
        }
    }
}

/// A field of a conforming value; its default when it is not there.
fn field<T: serde::de::DeserializeOwned + Default>(value: &Value, name: &str) -> T {
    value
        .get(name)
        .and_then(|value| serde_yaml::from_value(value.clone()).ok())
        .unwrap_or_default()
}

/// A text of a conforming value; empty when it is not there.
fn text_of<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or("")
}
