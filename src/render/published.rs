//! Where things are published: attachments, pictures with their smaller forms, theme assets.

use std::collections::BTreeMap;

use super::view::{PictureVariantView, PictureView};

/// The published paths of all files in use.
#[derive(Debug, Default)]
pub struct Published {
    /// By path below `content/`: the published path.
    pub files: BTreeMap<String, String>,
    /// By path below `content/`: the picture, without a description.
    pub pictures: BTreeMap<String, PictureView>,
    /// By path below `content/`: pictures that maps are drawn on, at their own pixels, where
    /// `pictures` has them narrower.
    pub originals: BTreeMap<String, PictureView>,
}

impl Published {
    /// Where a file below `content/` is published.
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// A picture below `content/` with a description.
    pub fn picture(&self, path: &str, alt: &str) -> Option<PictureView> {
        let picture = self.pictures.get(path)?;
        Some(PictureView {
            alt: alt.to_owned(),
            ..picture.clone()
        })
    }

    /// A picture below `content/` at its own pixels, for a map to be drawn on.
    pub fn original(&self, path: &str, alt: &str) -> Option<PictureView> {
        match self.originals.get(path) {
            Some(original) => Some(PictureView {
                alt: alt.to_owned(),
                ..original.clone()
            }),
            None => self.picture(path, alt),
        }
    }

    /// A picture that has no smaller forms.
    pub fn plain_picture(src: String, width: u32, height: u32) -> PictureView {
        PictureView {
            variants: vec![PictureVariantView {
                src: src.clone(),
                width,
            }],
            src,
            alt: String::new(),
            width,
            height,
            webp: Vec::new(),
            generated: false,
            caption: None,
        }
    }
}

/// The way from a published page to the root of the portal: `""`, `"../"`.
pub fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A published name that changes with the bytes: `assets/<name>.<hash>.<ext>`.
pub fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    named_by_hash(name, &hash)
}

/// A published name from a file's name and the hash of its bytes. Letters that need escaping in
/// addresses are spelled in pinyin.
pub fn named_by_hash(name: &str, hash: &str) -> String {
    let name = name.rsplit_once('/').map_or(name, |(_, name)| name);
    let short = hash.get(..10).unwrap_or(hash);
    let (stem, extension) = name
        .rsplit_once('.')
        .map_or((name, ""), |(stem, extension)| (stem, extension));
    let stem = crate::pinyin_slug::slug(stem);
    let extension = extension.to_ascii_lowercase();
    if extension.is_empty() {
        format!("assets/{stem}.{short}")
    } else {
        format!("assets/{stem}.{short}.{extension}")
    }
}
