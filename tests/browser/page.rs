//! An HTML page, parsed as browsers parse it, as a flat list of elements in the order of the text.
//!
//! The parser's tree is full of reference counts and cannot leave its thread; this list can.

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// One element.
pub(crate) struct Element {
    /// The tag's name, lower case (SVG: as written).
    pub(crate) name: String,
    /// Local names and values.
    pub(crate) attributes: Vec<(String, String)>,
    /// The index of the element around it.
    pub(crate) parent: Option<usize>,
    /// All text inside, of all depths.
    pub(crate) text: String,
}

impl Element {
    /// The value of an attribute, if it is there.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(attribute, _)| attribute == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// One page.
pub(crate) struct Page {
    /// Its path below the output folder.
    pub(crate) path: String,
    /// All elements.
    pub(crate) elements: Vec<Element>,
    /// What the HTML standard calls parse errors.
    pub(crate) parse_errors: Vec<String>,
}

impl Page {
    /// Parses a page.
    pub(crate) fn parse(path: &str, text: &str) -> Self {
        let options = ParseOpts {
            tree_builder: TreeBuilderOpts {
                exact_errors: true,
                ..TreeBuilderOpts::default()
            },
            ..ParseOpts::default()
        };
        let tree = parse_document(RcDom::default(), options).one(text);
        let mut elements = Vec::new();
        collect(&tree.document, None, &mut elements);
        let parse_errors = tree.errors.borrow().iter().map(ToString::to_string).collect();
        Self {
            path: path.to_owned(),
            elements,
            parse_errors,
        }
    }

    /// All elements of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    /// The contents of the `<meta>` elements of a name.
    pub(crate) fn meta<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.all("meta")
            .filter(move |element| element.attribute("name") == Some(name))
            .filter_map(|element| element.attribute("content"))
    }

    /// The text of the `<title>` in the head; SVG has titles too.
    pub(crate) fn title(&self) -> &str {
        let title = self.all("title").find(|title| self.is_inside(title, "head"));
        title.map_or("", |title| title.text.as_str())
    }

    /// Whether an element lies inside one of a name.
    pub(crate) fn is_inside(&self, element: &Element, name: &str) -> bool {
        let mut around = element.parent;
        while let Some(index) = around {
            if self.elements[index].name == name {
                return true;
            }
            around = self.elements[index].parent;
        }
        false
    }

    /// The kind that the theme writes on `<html>`, such as `point`.
    pub(crate) fn kind(&self) -> &str {
        let classes = self.all("html").next().and_then(|html| html.attribute("class"));
        let mut classes = classes.unwrap_or_default().split_ascii_whitespace();
        classes
            .find_map(|class| class.strip_prefix("kind-"))
            .unwrap_or_default()
    }

    /// Whether this is the small page that stands at an old address.
    pub(crate) fn is_redirect(&self) -> bool {
        self.all("meta")
            .any(|meta| meta.attribute("http-equiv") == Some("refresh"))
    }
}

fn collect(node: &Handle, parent: Option<usize>, elements: &mut Vec<Element>) {
    let mut inside = parent;
    match &node.data {
        NodeData::Element { name, attrs, .. } => {
            let attributes = attrs.borrow();
            let attributes = attributes
                .iter()
                .map(|one| (one.name.local.to_string(), one.value.to_string()));
            inside = Some(elements.len());
            elements.push(Element {
                name: name.local.to_string(),
                attributes: attributes.collect(),
                parent,
                text: String::new(),
            });
        }
        NodeData::Text { contents } => {
            let mut around = parent;
            while let Some(index) = around {
                elements[index].text.push_str(&contents.borrow());
                around = elements[index].parent;
            }
        }
        _ => {}
    }
    for child in node.children.borrow().iter() {
        collect(child, inside, elements);
    }
}
