//! Documents that are published as they are: what their files tell besides what readers are meant to see.
//!
//! Bytes in, facts out; nothing in the bytes is believed, and every size has an end.
//!
//! | file | what it knows |
//! |---|---|
//! | `office` | docx, xlsx, pptx: packages of XML |
//! | `pdf` | the author of a PDF, from its information and its XMP |
//!
//! Of a PDF the words are not read, nor is the information of one that is locked; the old formats (doc, xls, wps)
//! are not read at all.

mod office;
mod pdf;

#[cfg(test)]
pub(crate) mod tests;

/// What a document tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Who made it, and who saved it last.
    pub names: Vec<String>,
    /// What should not be there any more when it is published.
    pub leftovers: Vec<Leftover>,
    /// Its words.
    pub texts: Vec<Text>,
}

/// What readers can bring to light in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leftover {
    /// Notes at the margin.
    Comments,
    /// Changes that nobody has accepted or refused.
    Changes,
    /// Sheets that are hidden.
    HiddenSheets,
}

/// Some words of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Where they stand, for people: 第 3 段, 表“名单”的 C5 格.
    pub place: String,
    /// What the first row says of their column; empty where there is none.
    pub head: String,
    /// The words.
    pub words: String,
}

impl Document {
    fn add_name(&mut self, name: &str) {
        let name = name.trim();
        if !name.is_empty() && !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
    }
}

/// Reads a document by what its bytes are, whatever its name says; `None` for what is no document that is known here.
pub fn read(bytes: &[u8]) -> Option<Document> {
    if bytes.starts_with(b"PK\x03\x04") {
        office::read(bytes)
    } else if bytes
        .get(..1024.min(bytes.len()))?
        .windows(5)
        .any(|window| window == b"%PDF-")
    {
        Some(pdf::read(bytes))
    } else {
        None
    }
}
