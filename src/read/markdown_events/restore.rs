//! Taking the sentinels and stand-ins out of what the parser says.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::LocatedEvent;
use super::marked_body::MarkedBody;

/// Turns the events of a marked text, in their order, into those of its body.
#[derive(Debug)]
pub(super) struct Restorer<'marked, 'body> {
    marked: &'marked MarkedBody<'body>,
    /// How many sentinels begin before the offset that was looked up last.
    passed: usize,
}

impl<'marked, 'body> Restorer<'marked, 'body> {
    pub(super) fn new(marked: &'marked MarkedBody<'body>) -> Self {
        Self { marked, passed: 0 }
    }

    /// An event of the marked text as it would have come from the body.
    pub(super) fn restore(&mut self, event: Event<'marked>, range: Range<usize>) -> LocatedEvent<'body> {
        let original_range = self.restore_range(&range);
        let event = match event {
            Event::Start(tag) => Event::Start(self.restore_tag(tag)),
            // Most texts are what stands at their range.
            Event::Text(CowStr::Borrowed(text)) if self.offset_of(text) == Some(range) => {
                Event::Text(CowStr::Borrowed(&self.marked.body[original_range.clone()]))
            }
            Event::Text(text) => Event::Text(self.restore_string(text)),
            Event::Code(code) => Event::Code(self.restore_string(code)),
            Event::InlineMath(math) => Event::InlineMath(self.restore_string(math)),
            Event::DisplayMath(math) => Event::DisplayMath(self.restore_string(math)),
            Event::Html(html) => Event::Html(self.restore_string(html)),
            Event::InlineHtml(html) => Event::InlineHtml(self.restore_string(html)),
            Event::FootnoteReference(label) => Event::FootnoteReference(self.restore_string(label)),
            Event::End(tag) => Event::End(tag),
            Event::SoftBreak => Event::SoftBreak,
            Event::HardBreak => Event::HardBreak,
            Event::Rule => Event::Rule,
            Event::TaskListMarker(checked) => Event::TaskListMarker(checked),
        };
        (event, original_range)
    }

    fn restore_tag(&mut self, tag: Tag<'marked>) -> Tag<'body> {
        match tag {
            Tag::Heading {
                level,
                id,
                classes,
                attrs,
            } => Tag::Heading {
                level,
                id: id.map(|id| self.restore_string(id)),
                classes: classes.into_iter().map(|class| self.restore_string(class)).collect(),
                attrs: attrs
                    .into_iter()
                    .map(|(name, value)| {
                        let value = value.map(|value| self.restore_string(value));
                        (self.restore_string(name), value)
                    })
                    .collect(),
            },
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Tag::CodeBlock(CodeBlockKind::Fenced(self.restore_string(info)))
            }
            Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(self.restore_string(label)),
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => Tag::Link {
                link_type,
                dest_url: self.restore_string(dest_url),
                title: self.restore_string(title),
                id: self.restore_string(id),
            },
            Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => Tag::Image {
                link_type,
                dest_url: self.restore_string(dest_url),
                title: self.restore_string(title),
                id: self.restore_string(id),
            },
            // The others carry no strings.
            tag => tag.into_static(),
        }
    }

    /// The parser lends most strings as slices of the text it reads. The same slice of the body holds
    /// the same string without its sentinels, so that nothing need be copied.
    fn restore_string(&mut self, string: CowStr<'marked>) -> CowStr<'body> {
        if let CowStr::Borrowed(slice) = string
            && let Some(range) = self.offset_of(slice)
        {
            let original_range = self.restore_range(&range);
            return CowStr::Borrowed(&self.marked.body[original_range]);
        }
        match self.marked.restored(&string) {
            Some(restored) => CowStr::from(restored),
            None => string.into_static(),
        }
    }

    /// Where a slice lies in the marked text, which its address tells. A string from elsewhere, such
    /// as the value of `&amp;`, lies outside.
    fn offset_of(&self, slice: &str) -> Option<Range<usize>> {
        let text = &self.marked.text;
        let start = slice.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
        let end = start.checked_add(slice.len())?;
        (end <= text.len()).then_some(start..end)
    }

    /// A range of the marked text as the range of the body that it comes from.
    fn restore_range(&mut self, range: &Range<usize>) -> Range<usize> {
        self.passed = self.sentinels_before(range.start);
        let before_end = self.sentinels_before(range.end);
        let width = self.marked.sentinel.len_utf8();
        range.start - self.passed * width..range.end - before_end * width
    }

    /// How many sentinels begin before an offset of the marked text.
    fn sentinels_before(&self, offset: usize) -> usize {
        let starts = &self.marked.sentinel_starts;
        let is_before = |index: usize| starts.get(index).is_some_and(|&start| start < offset);
        // Events follow one another, so mostly it is the same number as last time, or one more.
        if self.passed == 0 || is_before(self.passed - 1) {
            if !is_before(self.passed) {
                return self.passed;
            }
            if !is_before(self.passed + 1) {
                return self.passed + 1;
            }
        }
        starts.partition_point(|&start| start < offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_on_either_side_of_a_sentinel_are_one_in_the_body() {
        let body = "党*《建》*党";
        let Some(marked) = MarkedBody::new(body) else {
            panic!("needs sentinels");
        };
        let mut restorer = Restorer::new(&marked);
        let offsets: Vec<usize> = marked.text.char_indices().map(|(offset, _)| offset).collect();
        let mut expected = Vec::new();
        let mut original = 0;
        for character in marked.text.chars() {
            expected.push(original);
            original += if character == marked.sentinel {
                0
            } else {
                character.len_utf8()
            };
        }
        let mut in_body = |offset: usize| restorer.restore_range(&(offset..offset)).start;
        let forwards: Vec<usize> = offsets.iter().map(|&offset| in_body(offset)).collect();
        assert_eq!(forwards, expected);
        // And in any other order.
        let mut backwards: Vec<usize> = offsets.iter().rev().map(|&offset| in_body(offset)).collect();
        backwards.reverse();
        assert_eq!(backwards, expected);
        assert_eq!(restorer.restore_range(&(0..marked.text.len())), 0..body.len());
    }

    #[test]
    fn strings_from_elsewhere_are_copied() {
        let Some(marked) = MarkedBody::new("党*《建》*党") else {
            panic!("needs sentinels");
        };
        let mut restorer = Restorer::new(&marked);
        let joined = format!("a{}b", marked.sentinel);
        assert_eq!(&*restorer.restore_string(CowStr::from(joined)), "ab");
        assert_eq!(&*restorer.restore_string(CowStr::Borrowed("&")), "&");
        assert_eq!(&*restorer.restore_string(CowStr::Borrowed("")), "");
    }
}
