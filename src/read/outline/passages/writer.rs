//! Passages, written down as they are heard.

use super::walk::{Listener, Piece};
use super::{End, PassageKind, Passages, Place};
use crate::kind::block;
use crate::read::outline::Outline;

/// Writes passages down.
#[derive(Debug)]
pub(super) struct Writer<'o> {
    outline: &'o Outline,
    passages: Passages,
    place: Place,
    /// What the text that comes next is.
    kind: PassageKind,
    /// How many passages there were before the footnote that is being written.
    before_footnote: usize,
}

impl<'o> Writer<'o> {
    pub(super) fn new(outline: &'o Outline) -> Self {
        Self {
            outline,
            passages: Passages::default(),
            place: Place::Top,
            kind: PassageKind::Text,
            before_footnote: 0,
        }
    }

    pub(super) fn under_heading(&mut self, index: usize) {
        self.cut();
        self.place = Place::Heading(number(index));
    }

    pub(super) fn in_footnote(&mut self, footnote: usize) {
        self.cut();
        self.place = Place::Footnote(number(footnote));
        self.before_footnote = self.passages.ends.len();
    }

    /// What the text that comes next is.
    pub(super) fn set_kind(&mut self, kind: PassageKind) {
        self.cut();
        self.kind = kind;
    }

    /// A passage that is known whole.
    pub(super) fn whole(&mut self, kind: PassageKind, text: &str) {
        let after = self.kind;
        self.set_kind(kind);
        self.say(text);
        self.set_kind(after);
    }

    /// Ends the passage that is being written, if there is any.
    pub(super) fn cut(&mut self) {
        if !self.has_begun() {
            return;
        }
        if self.passages.text.ends_with(' ') {
            self.passages.text.pop();
        }
        self.end(self.kind);
    }

    /// The signs that lead back from a footnote stand behind its last words.
    pub(super) fn back_signs(&mut self, mentions: usize) {
        self.cut();
        let of_footnote = self.passages.ends.len() > self.before_footnote;
        let last = self.passages.ends.last().filter(|_| of_footnote);
        if last.is_some_and(|last| last.kind == PassageKind::Text) {
            self.passages.ends.pop();
        }
        self.say(&" ↩".repeat(mentions));
        self.cut();
    }

    pub(super) fn finish(mut self) -> Passages {
        self.cut();
        self.passages.text.shrink_to_fit();
        self.passages.ends.shrink_to_fit();
        self.passages
    }

    /// Adds to the passage that is being written: white space of any kind is one space.
    fn say(&mut self, text: &str) {
        for (at, word) in text.split(char::is_whitespace).enumerate() {
            if at > 0 && self.has_begun() && !self.passages.text.ends_with(' ') {
                self.passages.text.push(' ');
            }
            // A browser drops the character of number zero.
            if word.contains('\0') {
                self.passages.text.extend(word.chars().filter(|c| *c != '\0'));
            } else {
                self.passages.text.push_str(word);
            }
        }
    }

    /// What stands in a piece.
    pub(super) fn write_piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Captions(captions) => {
                for caption in captions {
                    self.whole(PassageKind::Text, caption);
                }
            }
            Piece::Code(text) => self.whole(PassageKind::Text, text),
            Piece::Fence(index, text) => {
                self.cut();
                let fence = self.outline.fences.get(*index);
                if fence.is_none_or(|fence| block::shape(&fence.name).is_none()) {
                    self.passages.text.push_str(text);
                }
                self.end(PassageKind::Fence(number(*index)));
            }
        }
    }

    fn has_begun(&self) -> bool {
        let start = self.passages.ends.last().map_or(0, |end| end.at as usize);
        self.passages.text.len() > start
    }

    fn end(&mut self, kind: PassageKind) {
        self.passages.ends.push(End {
            at: number(self.passages.text.len()),
            kind,
            place: self.place,
        });
    }
}

impl Listener for Writer<'_> {
    fn edge(&mut self, _: &str) {
        self.cut();
    }

    fn inline(&mut self, _: &str) {}

    fn text(&mut self, text: &str) {
        self.say(text);
    }

    fn line_end(&mut self) {
        self.say(" ");
    }

    fn picture(&mut self) {}

    fn heading(&mut self, index: Option<usize>) {
        if let Some(index) = index {
            self.under_heading(index);
        }
        self.set_kind(PassageKind::Heading);
    }

    fn heading_end(&mut self) {
        self.set_kind(PassageKind::Text);
    }

    fn raw(&mut self, _: &str) {}

    fn piece(&mut self, piece: Piece) {
        self.write_piece(&piece);
    }
}

/// Numbers fit: no file of four gigabytes is read.
fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
