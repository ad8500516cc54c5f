//! What search covers of an entry: the text of its page that is its own. On the page the elements
//! marked `data-searchable` hold exactly this text, in this order; what the theme's templates mark
//! and what stands here must be changed together, and a test compares them on every page.
//!
//! Labels, counts, other entries' cards and navigation are not covered: they are the same on many
//! pages, or the text of other pages.

mod blocks;
mod facts;

use std::borrow::Cow;

use crate::derive::Index;
use crate::derive::summary::summary;
use crate::kind::{Facts, Kind};
use crate::read::outline::passages::{Passage, PassageKind, Place};
use crate::read::{Entry, Library};

/// The class of a passage of the title.
pub const IN_TITLE: u8 = 0;
/// The class of headings, tags, parks, persons, organisations and categories.
pub const IN_NAMES: u8 = 1;
/// The class of all other text.
pub const IN_TEXT: u8 = 3;

/// Text that stands by itself on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPassage {
    /// What it is: [`IN_TITLE`], [`IN_NAMES`] or [`IN_TEXT`].
    pub class: u8,
    /// The id of the heading or footnote that it stands under.
    pub anchor: Option<String>,
    /// The text; white space of any kind is one space.
    pub text: String,
}

/// A passage as it is written: with white space of any kind, and maybe nothing else.
#[derive(Debug, Clone, Copy)]
pub struct WrittenPassage<'a> {
    /// As in [`SearchPassage`].
    pub class: u8,
    /// As in [`SearchPassage`].
    pub anchor: Option<&'a str>,
    /// The text.
    pub text: &'a str,
}

/// Everything on an entry's page that search covers, in the order of the page.
pub fn passages(library: &Library, index: &Index, entry: &Entry) -> Vec<SearchPassage> {
    let mut passages = Vec::new();
    tell(library, index, entry, &mut |passage| {
        let text = single_spaced(passage.text);
        if !text.is_empty() {
            passages.push(SearchPassage {
                class: passage.class,
                anchor: passage.anchor.map(str::to_owned),
                text,
            });
        }
    });
    passages
}

/// Tells what [`passages`] are made of, one after the other, for those who need no texts of their own.
pub fn tell(library: &Library, index: &Index, entry: &Entry, hear: &mut dyn FnMut(WrittenPassage<'_>)) {
    let mut page = Page {
        library,
        index,
        entry,
        anchor: None,
        hear,
    };
    page.head();
    page.body();
    page.anchor = None;
    page.after_body();
    page.foot();
}

/// A text with its white space as single spaces.
fn single_spaced(text: &str) -> String {
    if is_single_spaced(text) {
        return text.to_owned();
    }
    let mut single = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !single.is_empty() {
            single.push(' ');
        }
        single.push_str(word);
    }
    // A browser drops the character of number zero.
    if single.contains('\0') {
        single.retain(|c| c != '\0');
    }
    single
}

/// Whether a text is already as it is to be, as nearly all are.
fn is_single_spaced(text: &str) -> bool {
    let mut follows_space = true;
    let is_fine = text.chars().all(|letter| {
        let is_space = letter == ' ';
        let is_fine = if is_space {
            !follows_space
        } else {
            letter != '\0' && !letter.is_whitespace()
        };
        follows_space = is_space;
        is_fine
    });
    is_fine && !follows_space
}

/// A page that is being told.
struct Page<'a> {
    library: &'a Library,
    index: &'a Index,
    entry: &'a Entry,
    anchor: Option<Cow<'a, str>>,
    hear: &'a mut dyn FnMut(WrittenPassage<'_>),
}

impl<'a> Page<'a> {
    fn add(&mut self, class: u8, text: &str) {
        let anchor = self.anchor.as_deref();
        (self.hear)(WrittenPassage { class, anchor, text });
    }

    fn add_if(&mut self, class: u8, text: Option<&str>) {
        if let Some(text) = text {
            self.add(class, text);
        }
    }

    /// The sign ␟ only tells the theme where a headline may break.
    fn title(&mut self) {
        self.add(IN_TITLE, &self.entry.common.title.replace('␟', ""));
    }

    fn summary(&mut self) {
        self.add_if(IN_TEXT, summary(self.entry).as_deref());
    }

    /// The line below the title of articles.
    fn byline(&mut self) {
        let common = &self.entry.common;
        self.add_if(IN_NAMES, common.org.as_deref());
        self.add(IN_NAMES, &common.author.join("、"));
        self.add_if(IN_NAMES, common.editor.as_deref());
    }

    /// The words below the picture at the head; drawn covers have none.
    fn cover_caption(&mut self) {
        let photo = match &self.entry.facts {
            Facts::Point(point) => point.photos.first(),
            _ => None,
        };
        let cover = self.entry.common.cover.as_ref().or(photo);
        self.add_if(IN_TEXT, cover.and_then(|cover| cover.caption.as_deref()));
    }

    fn body(&mut self) {
        for passage in self.entry.outline.passages.iter() {
            self.anchor = self.anchor_of(passage);
            match passage.kind {
                PassageKind::Text => self.add(IN_TEXT, passage.text),
                PassageKind::Heading | PassageKind::Speaker => self.add(IN_NAMES, passage.text),
                PassageKind::Fence(number) => self.fence(number as usize, passage.text),
            }
        }
    }

    fn anchor_of(&self, passage: Passage<'_>) -> Option<Cow<'a, str>> {
        match passage.place {
            Place::Top => None,
            Place::Heading(number) => {
                let heading = self.entry.outline.headings.get(number as usize);
                heading.map(|heading| Cow::Borrowed(heading.id.as_str()))
            }
            Place::Footnote(number) => Some(Cow::Owned(format!("fn-{number}"))),
        }
    }

    /// Where the text comes from, its park where the page has not named it yet, its tags.
    fn foot(&mut self) {
        let source = self.entry.common.source.as_ref();
        self.add_if(IN_NAMES, source.and_then(|source| source.name.as_deref()));
        if !matches!(self.entry.facts, Facts::Point(_) | Facts::Route(_)) {
            self.park();
        }
        for tag in &self.entry.common.tags {
            self.add_if(IN_NAMES, self.index.tag(tag).map(|tag| tag.title.as_str()));
        }
    }

    fn park(&mut self) {
        let Some(reference) = &self.entry.common.park else {
            return;
        };
        let park = self.library.names.find(Kind::Park, reference).id();
        let title = park.map_or(reference, |park| &self.library.entry(park).common.title);
        self.add(IN_NAMES, title);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_single_spaced, single_spaced};

    proptest! {
        #[test]
        fn white_space_is_one_space_between_words(text in "[a党 \u{3000}\n\t\u{a0}\u{2028}\0]{0,12}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            let expected = words.join(" ").replace('\0', "");
            prop_assert_eq!(single_spaced(&text), expected.clone());
            prop_assert_eq!(is_single_spaced(&text), text == expected && !text.is_empty());
        }
    }
}
