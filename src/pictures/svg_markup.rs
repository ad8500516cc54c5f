//! Just enough of an XML reader to see every tag, attribute and text of a drawing where it stands.
//!
//! Browsers refuse a drawing that is not well-formed, so what this reader does not understand is refused too.

use std::borrow::Cow;

/// Most attributes of one tag, so that no file can make a list of nothing but attributes.
const MOST_ATTRIBUTES: usize = 1000;

/// One piece of the file.
pub(super) enum Markup<'a> {
    /// A start tag, empty elements included.
    Open {
        offset: usize,
        name: &'a str,
        attributes: Vec<Attribute<'a>>,
    },
    /// An end tag.
    Close,
    /// Text as it stands. In a literal section references are no references.
    Text {
        offset: usize,
        raw: &'a str,
        is_literal: bool,
    },
    /// `<?target content?>`.
    Instruction {
        offset: usize,
        target: &'a str,
        content: &'a str,
    },
    /// A document type, and whether it declares anything itself.
    DocumentType { offset: usize, has_declarations: bool },
}

/// One attribute of a tag, its value as it stands.
pub(super) struct Attribute<'a> {
    pub(super) offset: usize,
    pub(super) name: &'a str,
    pub(super) raw: &'a str,
}

/// The file is not well-formed.
pub(super) struct NotWellFormed;

/// Reads a file piece by piece.
pub(super) struct MarkupReader<'a> {
    text: &'a str,
    position: usize,
}

impl<'a> MarkupReader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, position: 0 }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.position..).unwrap_or_default()
    }

    /// What stands before the next `end`, and steps over both.
    fn take_until(&mut self, end: &str) -> Result<&'a str, NotWellFormed> {
        let (taken, _) = self.rest().split_once(end).ok_or(NotWellFormed)?;
        self.position += taken.len() + end.len();
        Ok(taken)
    }

    fn skip(&mut self, prefix: &str) -> bool {
        let is_there = self.rest().starts_with(prefix);
        if is_there {
            self.position += prefix.len();
        }
        is_there
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.position += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn piece(&mut self) -> Result<Markup<'a>, NotWellFormed> {
        loop {
            let offset = self.position;
            if self.skip("<!--") {
                self.take_until("-->")?;
                if self.rest().is_empty() {
                    return Ok(Markup::Text {
                        offset,
                        raw: "",
                        is_literal: true,
                    });
                }
                continue;
            }
            return if self.skip("<![CDATA[") {
                Ok(Markup::Text {
                    offset,
                    raw: self.take_until("]]>")?,
                    is_literal: true,
                })
            } else if self.skip("<?") {
                let instruction = self.take_until("?>")?;
                let (target, content) = instruction
                    .split_once([' ', '\t', '\r', '\n'])
                    .unwrap_or((instruction, ""));
                Ok(Markup::Instruction {
                    offset,
                    target,
                    content,
                })
            } else if self.skip("<!DOCTYPE") {
                self.document_type(offset)
            } else if self.skip("</") {
                self.take_until(">")?;
                Ok(Markup::Close)
            } else if self.skip("<") {
                self.open_tag(offset)
            } else {
                let rest = self.rest();
                let raw = rest.split('<').next().unwrap_or(rest);
                self.position += raw.len();
                Ok(Markup::Text {
                    offset,
                    raw,
                    is_literal: false,
                })
            };
        }
    }

    fn document_type(&mut self, offset: usize) -> Result<Markup<'a>, NotWellFormed> {
        loop {
            let rest = self.rest();
            let stop = rest.find(['"', '\'', '[', '>']).ok_or(NotWellFormed)?;
            self.position += stop;
            if self.skip(">") {
                return Ok(Markup::DocumentType {
                    offset,
                    has_declarations: false,
                });
            }
            if self.skip("[") {
                // Such a file is refused whatever it declares, so it is enough to get past it.
                self.take_until("]")?;
                self.take_until(">")?;
                return Ok(Markup::DocumentType {
                    offset,
                    has_declarations: true,
                });
            }
            self.quoted()?;
        }
    }

    fn open_tag(&mut self, offset: usize) -> Result<Markup<'a>, NotWellFormed> {
        let name = self.name()?;
        let mut attributes = Vec::new();
        loop {
            let before = self.position;
            self.skip_space();
            if self.skip(">") || self.skip("/>") {
                return Ok(Markup::Open {
                    offset,
                    name,
                    attributes,
                });
            }
            if before == self.position {
                return Err(NotWellFormed);
            }
            let offset = self.position;
            let name = self.name()?;
            self.skip_space();
            if !self.skip("=") {
                return Err(NotWellFormed);
            }
            self.skip_space();
            if attributes.len() == MOST_ATTRIBUTES {
                return Err(NotWellFormed);
            }
            attributes.push(Attribute {
                offset,
                name,
                raw: self.quoted()?,
            });
        }
    }

    fn name(&mut self) -> Result<&'a str, NotWellFormed> {
        let rest = self.rest();
        let end = rest
            .find([' ', '\t', '\r', '\n', '=', '/', '>', '<', '"', '\'', '&'])
            .ok_or(NotWellFormed)?;
        let name = rest.get(..end).filter(|name| !name.is_empty()).ok_or(NotWellFormed)?;
        self.position += end;
        Ok(name)
    }

    fn quoted(&mut self) -> Result<&'a str, NotWellFormed> {
        if self.skip("\"") {
            self.take_until("\"")
        } else if self.skip("'") {
            self.take_until("'")
        } else {
            Err(NotWellFormed)
        }
    }
}

impl<'a> Iterator for MarkupReader<'a> {
    type Item = Result<Markup<'a>, NotWellFormed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest().is_empty() {
            return None;
        }
        let piece = self.piece();
        if piece.is_err() {
            self.position = self.text.len();
        }
        Some(piece)
    }
}

/// The name without its prefix: which prefix stands for SVG is up to the file.
pub(super) fn local_name(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The text that is meant. `None` where it uses a reference that XML does not define.
pub(super) fn without_references(raw: &str) -> Option<Cow<'_, str>> {
    if !raw.contains('&') {
        return Some(raw.into());
    }
    let mut meant = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        meant.push_str(before);
        let (reference, after) = after.split_once(';')?;
        meant.push(match reference {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => numbered_character(reference)?,
        });
        rest = after;
    }
    meant.push_str(rest);
    Some(meant.into())
}

fn numbered_character(reference: &str) -> Option<char> {
    let digits = reference.strip_prefix('#')?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => digits.parse(),
    };
    char::from_u32(number.ok()?)
}
