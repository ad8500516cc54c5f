//! What holds for every body: true ranges, an unchanged document around emphasis, no copies, no panic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

use std::ops::Range;

use hongtu::read::markdown_events::{LocatedEvent, events, events_with, join_chinese_lines, options};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// Everything Markdown is made of, in bits that make sense and nonsense together.
const WORDS: &[&str] = &[
    "*",
    "*",
    "**",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "~",
    "党",
    "党",
    "建",
    "。",
    "《",
    "》",
    "“",
    "a",
    "1",
    " ",
    " ",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "\t",
    "> ",
    ">",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "# ",
    "---\n",
    "===\n",
    "|",
    "|",
    "\n|-|-|\n",
    "\n|:-:|\n",
    "\n: ",
    ":",
    "```",
    "~~~",
    "`",
    "``",
    "\\",
    "[",
    "]",
    "](",
    ")",
    "(",
    "!",
    "<b>",
    "</b>",
    "<b 党=*。>",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<http://党*。>",
    "{#党*。}",
    "{.a*。 b=*。}",
    "[^党*。]",
    "\n[^党*。]: ",
    "\n[党*。]: ",
    "[党*。]",
    "'党*。'",
    "\"",
    "[x] ",
    "> [!NOTE]\n",
    "&amp;",
    "&#x10A7F;",
    "&#68223;",
    "\u{10A7F}",
    "\u{10A50}",
    "\0",
    "\u{FE00}",
    "\u{FE01}",
    "\u{E0100}",
    "\u{A0}",
    "\u{3000}",
    "\u{200B}",
    "𠮷",
    "😀",
    "{",
    "}",
    "$",
    "^",
    "[[",
    "]]",
];

fn bodies() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(WORDS);
    proptest::collection::vec(word, 0..24).prop_map(|words| words.concat())
}

/// The same strings in every run, so that a failure is one for everybody. `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 2500,
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn plain(body: &str, options: Options) -> Vec<LocatedEvent<'_>> {
    Parser::new_ext(body, options).into_offset_iter().collect()
}

/// The document without its emphasis: the characters of delimiters are left out of texts, and the
/// texts that they separated are put together. Blanks after them are left out as well, because the
/// parser keeps a tab at the end of a heading if it follows text and drops it if it follows emphasis.
fn without_emphasis(events: Vec<LocatedEvent<'_>>) -> Vec<(Event<'static>, Option<Range<usize>>)> {
    let mut rest: Vec<(Event<'static>, Option<Range<usize>>)> = Vec::new();
    for (event, range) in events {
        match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript)
            | Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript,
            ) => {}
            Event::Text(text) => {
                let text = text.replace(['*', '_', '~', '^'], "");
                if let Some((Event::Text(before), _)) = rest.last_mut() {
                    *before = CowStr::from(format!("{before}{text}"));
                } else if !text.is_empty() {
                    rest.push((Event::Text(text.into()), None));
                }
            }
            event => rest.push((event.into_static(), Some(range))),
        }
    }
    for (event, _) in &mut rest {
        if let Event::Text(text) = event {
            *text = CowStr::from(text.trim_end_matches([' ', '\t']).to_owned());
        }
    }
    rest.retain(|(event, _)| !matches!(event, Event::Text(text) if text.is_empty()));
    rest
}

/// Whether a text is what stands at its range, or what that means.
fn is_true(body: &str, text: &str, range: &Range<usize>) -> bool {
    // The range of the last text of a heading can include blanks after it; and a tab that indents code
    // comes back as spaces with an empty range.
    let slice = body[range.clone()].trim_end_matches([' ', '\t']);
    let text = text.trim_end_matches([' ', '\t']);
    let is_reference = slice.starts_with('&') && slice.ends_with(';');
    // A backslash at the end of a block is no line break after all.
    let is_final_backslash = text == "\\" && slice.starts_with('\\');
    slice == text || is_reference || is_final_backslash
}

fn is_inside(body: &str, slice: &str) -> bool {
    let body = body.as_bytes().as_ptr_range();
    let slice = slice.as_bytes().as_ptr_range();
    body.start <= slice.start && slice.end <= body.end
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_text_stands_at_its_range(body in bodies()) {
        for (event, range) in events(&body) {
            prop_assert!(body.get(range.clone()).is_some(), "{:?} {:?}", event, range);
            if let Event::Text(text) = event {
                prop_assert!(is_true(&body, &text, &range), "{:?} {:?}", text, range);
            }
        }
    }

    /// Blocks, tables, links, code, HTML, names and attributes are those of the plain parser, to the
    /// byte, and so is all text.
    #[test]
    fn all_but_emphasis_is_as_without_the_amendments(body in bodies()) {
        for options in [options(), Options::empty(), Options::all()] {
            prop_assert_eq!(
                without_emphasis(events_with(&body, options)),
                without_emphasis(plain(&body, options))
            );
        }
    }

    #[test]
    fn without_chinese_everything_is_as_without_the_amendments(body in bodies()) {
        let is_latin = |character: &char| *character < '\u{1100}';
        let body: String = body.chars().filter(is_latin).collect();
        // Masked numbers have a test of their own.
        let body = body.replace("1*", "b*");
        for options in [options(), Options::empty(), Options::all()] {
            prop_assert_eq!(events_with(&body, options), plain(&body, options));
        }
    }

    #[test]
    fn any_characters_can_be_read(body in any::<String>()) {
        let joined = join_chinese_lines(events(&body)).count();
        prop_assert!(joined <= events(&body).len());
    }

    /// A body may hold the very character that would have been the sentinel, and references to it.
    #[test]
    fn sentinels_of_the_body_itself_survive(body in bodies()) {
        let names = [("\u{10A7F}", "\u{10A58}"), ("#68223;", "#68184;"), ("#x10A7F;", "#x10A58;"),
            ("%F0%90%A9%BF", "%F0%90%A9%98")];
        let exchange = |body: &str| {
            names.iter().fold(body.to_owned(), |body, (name, other)| body.replace(name, other))
        };
        let html_of = |body: &str| {
            let mut output = String::new();
            html::push_html(&mut output, events(body).into_iter().map(|(event, _)| event));
            output
        };
        let body = body.replace('a', "\u{10A7F}");
        prop_assert_eq!(exchange(&html_of(&body)), html_of(&exchange(&body)));
    }

    #[test]
    fn joining_lines_only_takes_soft_breaks_away(body in bodies()) {
        let all = events(&body);
        let mut joined = join_chinese_lines(all.clone()).peekable();
        for event in all {
            if joined.peek() == Some(&event) {
                joined.next();
            } else {
                prop_assert_eq!(event.0, Event::SoftBreak);
            }
        }
        prop_assert_eq!(joined.next(), None);
    }
}

/// `CommonMark` would make the numbers bold and the stars disappear.
#[test]
fn stars_of_masked_numbers_stay() {
    let texts = [
        "电话：138****1234，139****5678。",
        "**电话138****1234**，*139****5678*",
        "| 证件 |\n|---|\n| 35*************123 |\n| 35**************12X |",
        "`138****1234`、<b>138****1234</b>，[138****1234](a.md)",
        "党**《建》**138****1234、139****5678 &#1;",
    ];
    for body in texts {
        let texts = events(body)
            .into_iter()
            .map(|(event, range)| match event {
                Event::Text(text) | Event::Code(text) => {
                    assert!(
                        is_true(body, &text, &range) || &*text == body[range.clone()].trim_matches('`'),
                        "{text}"
                    );
                    text.into_string()
                }
                _ => String::new(),
            })
            .collect::<String>();
        let numbers = body.matches("138****1234").count() + body.matches("35*").count() + body.matches("139").count();
        let kept = texts.matches("138****1234").count()
            + texts.matches("35*************").count()
            + texts.matches("139****5678").count();
        assert_eq!(kept, numbers, "{texts}");
    }
    let html = |body: &str| {
        let mut output = String::new();
        html::push_html(&mut output, events(body).into_iter().map(|(event, _)| event));
        output
    };
    assert_eq!(
        html("**电话138****1234、139****5678**"),
        "<p><strong>电话138****1234、139****5678</strong></p>\n"
    );
}

#[test]
fn ranges_count_no_sentinels() {
    let body = "发布**《方案》**并*授牌。*党";
    let texts: Vec<(String, &str)> = events(body)
        .into_iter()
        .filter_map(|(event, range)| match event {
            Event::Text(text) => Some((text.to_string(), &body[range])),
            Event::Start(Tag::Strong) => Some(("strong".to_owned(), &body[range])),
            Event::Start(Tag::Emphasis) => Some(("emphasis".to_owned(), &body[range])),
            _ => None,
        })
        .collect();
    let expected = [
        ("发布", "发布"),
        ("strong", "**《方案》**"),
        ("《方案》", "《方案》"),
        ("并", "并"),
        ("emphasis", "*授牌。*"),
        ("授牌。", "授牌。"),
        ("党", "党"),
    ];
    let expected: Vec<(String, &str)> = expected.iter().map(|&(text, slice)| (text.to_owned(), slice)).collect();
    assert_eq!(texts, expected);
}

#[test]
fn strings_are_lent_from_the_body() {
    let marked = "发布**《方案》**并[授牌](党*。.md) <b 党*。> `码*。`\n\n> 引**“用”**党\n";
    let unmarked = "发布**方案**并[授牌](x.md) <b> `码`\n";
    for body in [marked, unmarked] {
        for (event, _) in events(body) {
            match event {
                Event::Text(CowStr::Borrowed(text))
                | Event::Code(CowStr::Borrowed(text))
                | Event::InlineHtml(CowStr::Borrowed(text))
                | Event::Start(Tag::Link {
                    dest_url: CowStr::Borrowed(text),
                    ..
                }) => {
                    assert!(is_inside(body, text), "{text}");
                }
                event @ (Event::Text(_) | Event::Code(_) | Event::InlineHtml(_)) => {
                    panic!("copied: {event:?}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_body_that_uses_every_sentinel_is_read_plainly() {
    let every_sentinel: String = [
        '\u{10A7F}'..='\u{10A7F}',
        '\u{10A50}'..='\u{10A58}',
        '\u{10AF0}'..='\u{10AF6}',
        '\u{10B39}'..='\u{10B3F}',
        '\u{10B99}'..='\u{10B9C}',
        '\u{12470}'..='\u{12474}',
    ]
    .into_iter()
    .flatten()
    .collect();
    let body = format!("党**《甲》**党\n\n{every_sentinel}");
    assert_eq!(events(&body), plain(&body, options()));
}

#[test]
fn time_grows_with_length() {
    // Each would take minutes if its time grew with the square of its length.
    let bodies = [
        "*。党".repeat(200_000),
        "**《党》**党 ".repeat(50_000),
        "\\".repeat(400_000) + "*。党",
        "\\*。".repeat(200_000),
        "*".repeat(400_000) + "。党",
        "&#".repeat(200_000) + "党*。",
        "!\u{FE00}_a_ ".repeat(50_000),
        "中\n".repeat(200_000),
        "中\n<b>".repeat(100_000),
    ];
    for body in bodies {
        assert!(join_chinese_lines(events(&body)).count() > 2);
    }
}
