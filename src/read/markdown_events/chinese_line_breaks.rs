//! Line breaks between Chinese characters leave no space.
//!
//! A browser shows a line break inside a paragraph as a space. Chinese has no spaces between words,
//! and writers break long lines anywhere; so a break between two characters of a script that is
//! written without spaces disappears. Beside anything else it stays.
//!
//! What is invisible is looked through: the ends of bold, of links and of inline HTML, and footnote
//! marks. Quotation marks, dashes and ellipses, which Chinese shares with Latin scripts, go with the
//! character next to them: the break goes in `他说：“好。”` + `她笑了`, and stays in `“yes”` + `“no”`.

use std::collections::VecDeque;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::LocatedEvent;
use super::chinese_characters::{is_shared_punctuation, is_variation_selector, is_written_without_spaces};

/// Leaves out the soft breaks that stand between two Chinese (or Japanese, but not Korean)
/// characters. All other events pass as they are.
pub fn join_chinese_lines<'body, Events>(events: Events) -> JoinedLines<'body, Events::IntoIter>
where
    Events: IntoIterator<Item = LocatedEvent<'body>>,
{
    JoinedLines {
        events: events.into_iter(),
        held: VecDeque::new(),
        behind: Side::Other,
    }
}

/// The iterator that [`join_chinese_lines`] returns.
#[derive(Debug)]
pub struct JoinedLines<'body, Events> {
    events: Events,
    /// Events that were read ahead, to see what follows a break.
    held: VecDeque<LocatedEvent<'body>>,
    /// The last visible character that was read.
    behind: Side,
}

impl<'body, Events> Iterator for JoinedLines<'body, Events>
where
    Events: Iterator<Item = LocatedEvent<'body>>,
{
    type Item = LocatedEvent<'body>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(held) = self.held.pop_front() {
                return Some(held);
            }
            let (event, range) = self.events.next()?;
            if matches!(event, Event::SoftBreak) && self.behind == Side::Chinese {
                self.held.push_back((event, range));
                self.read_ahead();
            } else {
                self.behind = last_side(&event).unwrap_or(self.behind);
                return Some((event, range));
            }
        }
    }
}

impl<'body, Events> JoinedLines<'body, Events>
where
    Events: Iterator<Item = LocatedEvent<'body>>,
{
    /// Reads on from a break that follows a Chinese character, up to the next visible character.
    /// If that is Chinese too, the break goes, and so do breaks that only something invisible, such
    /// as an empty tag, stands between.
    fn read_ahead(&mut self) {
        for (event, range) in self.events.by_ref() {
            let ahead = side(&event, |text| first_side(text.chars()));
            if ahead == Some(Side::Chinese) {
                self.held.retain(|(event, _)| !matches!(event, Event::SoftBreak));
            }
            self.behind = last_side(&event).unwrap_or(self.behind);
            self.held.push_back((event, range));
            if ahead.is_some() {
                return;
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Chinese,
    Other,
}

/// What an event ends with, if it shows anything.
fn last_side(event: &Event<'_>) -> Option<Side> {
    side(event, |text| first_side(text.chars().rev()))
}

/// What an event shows at the edge that is looked at, if it shows anything.
fn side(event: &Event<'_>, side_of_text: impl FnOnce(&str) -> Option<Side>) -> Option<Side> {
    match event {
        Event::Text(text) | Event::Code(text) => side_of_text(text),
        // A soft break is looked through because it is what is being decided about.
        Event::SoftBreak
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::Start(
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript | Tag::Link { .. },
        )
        | Event::End(
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link,
        ) => None,
        // Blocks, images, formulas, hard breaks: nothing that a Chinese line would run on from.
        _ => Some(Side::Other),
    }
}

/// The side of the first character that has one.
fn first_side(mut characters: impl Iterator<Item = char>) -> Option<Side> {
    let takes_side = |&character: &char| !is_shared_punctuation(character) && !is_variation_selector(character);
    characters.find(takes_side).map(|character| {
        if is_written_without_spaces(character) {
            Side::Chinese
        } else {
            Side::Other
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::markdown_events::events;

    /// The text of a body, with `/` for a soft break and `[…]` around what is not text.
    fn lines(body: &str) -> String {
        let shown = join_chinese_lines(events(body)).map(|(event, _)| match event {
            Event::Text(text) | Event::Code(text) => text.to_string(),
            Event::SoftBreak => "/".to_owned(),
            Event::HardBreak => "//".to_owned(),
            _ => String::new(),
        });
        shown.collect()
    }

    fn check(cases: &[(&str, &str)]) {
        for (body, expected) in cases {
            assert_eq!(lines(body), *expected, "{body:?}");
        }
    }

    #[test]
    fn a_break_between_chinese_characters_goes() {
        check(&[
            ("党建\n联盟", "党建联盟"),
            ("党建，\n联盟", "党建，联盟"),
            ("党建\r\n联盟", "党建联盟"),
            ("党建\n《章程》\n全文", "党建《章程》全文"),
            ("カナ\nかな", "カナかな"),
            ("𠮷\n𰻞", "𠮷𰻞"),
            ("葛\u{E0100}\n城", "葛\u{E0100}城"),
            ("> 党建\n> 联盟", "党建联盟"),
            ("- 党建\n  联盟", "党建联盟"),
            ("# 党\n\n党建\n联盟\n===", "党党建联盟"),
        ]);
    }

    #[test]
    fn a_break_beside_anything_else_stays() {
        check(&[
            ("党建\nalliance", "党建/alliance"),
            ("alliance\n党建", "alliance/党建"),
            ("one\ntwo", "one/two"),
            ("2026\n年", "2026/年"),
            ("한국\n한국", "한국/한국"),
            ("한국\n中国", "한국/中国"),
            ("😀\n党", "😀/党"),
            ("党建  \n联盟", "党建//联盟"),
            ("党建\\\n联盟", "党建//联盟"),
            ("党![图](x)\n建", "党图/建"),
            ("党\n![图](x)建", "党/图建"),
            ("党&nbsp;\n建", "党\u{A0}/建"),
        ]);
    }

    #[test]
    fn markup_is_looked_through() {
        check(&[
            ("**党建**\n**联盟**", "党建联盟"),
            ("**党建\n联盟**", "党建联盟"),
            ("党~~建~~\n*联盟*", "党建联盟"),
            ("[党建](x)\n[联盟](y)", "党建联盟"),
            ("[**党建**](x)\nalliance", "党建/alliance"),
            ("`党建`\n`联盟`", "党建联盟"),
            ("`x`\n联盟", "x/联盟"),
            ("<b>党建</b>\n<b>联盟</b>", "党建联盟"),
            ("党建<!-- 注 -->\n联盟", "党建联盟"),
            ("党建\n<b></b>\n联盟", "党建联盟"),
            ("党建\n<b></b>\nalliance", "党建//alliance"),
            ("党建[^1]\n联盟\n\n[^1]: 注\n解", "党建联盟注解"),
            ("**党建。**\n**《章程》**", "党建。《章程》"),
        ]);
    }

    #[test]
    fn shared_punctuation_goes_with_its_neighbour() {
        check(&[
            ("他说：“好。”\n她笑", "他说：“好。”她笑"),
            ("他说\n“好”", "他说“好”"),
            ("“好”\n“好”", "“好”“好”"),
            ("未完……\n待续", "未完……待续"),
            ("党——\n建", "党——建"),
            ("“**党**”\n“**建**”", "“党”“建”"),
            ("“yes”\n“no”", "“yes”/“no”"),
            ("“yes”\n好", "“yes”/好"),
            ("好\n“yes”", "好/“yes”"),
            ("……\n党", "……/党"),
        ]);
    }

    #[test]
    fn blocks_do_not_see_one_another() {
        check(&[
            ("党\n\nx\n建", "党x/建"),
            ("```\n党\n建\n```", "党\n建\n"),
            ("| 党 |\n|---|\n| 建 |", "党建"),
        ]);
    }
}
