//! The examples of the `CommonMark` specification, read through `events_with`.
//!
//! Emphasis for Chinese is an amendment: what the specification says about text without Chinese must
//! stay as it is.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test that cannot go on stops, and its small texts may be made the short way"
)]

use hongtu::read::markdown_events::{LocatedEvent, events_with, options};
use pulldown_cmark::{Event, Options, Parser, html};
use serde_json::Value;

struct Example {
    number: u64,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let json = include_str!("data/commonmark-0.31.json");
    let values: Vec<Value> = serde_json::from_str(json).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let examples = values.iter().map(|value| Example {
        number: value["example"].as_u64().unwrap_or_default(),
        markdown: text(&value["markdown"]),
        html: text(&value["html"]),
    });
    let examples: Vec<Example> = examples.collect();
    // The specification numbers its examples from 1 on, so none is missing or unread.
    assert!(examples.iter().map(|example| example.number).eq(1..=652));
    examples
}

fn plain_events(markdown: &str, options: Options) -> Vec<LocatedEvent<'_>> {
    Parser::new_ext(markdown, options).into_offset_iter().collect()
}

fn html_of<'body>(events: impl IntoIterator<Item = LocatedEvent<'body>>) -> String {
    let mut output = String::new();
    let events = events.into_iter().map(|(event, _): (Event, _)| event);
    html::push_html(&mut output, events);
    output
}

/// Whether a quotation mark in text is escaped is a matter of taste; pulldown-cmark does not.
fn quotes_as_they_stand(html: &str) -> String {
    html.replace("&quot;", "\"")
}

#[test]
fn every_example_is_read_as_the_specification_says() {
    let mut wrong = Vec::new();
    for Example { number, markdown, html } in examples() {
        let ours = html_of(events_with(&markdown, Options::empty()));
        assert_eq!(
            ours,
            html_of(plain_events(&markdown, Options::empty())),
            "example {number}"
        );
        if quotes_as_they_stand(&ours) != quotes_as_they_stand(&html) {
            wrong.push(number);
        }
    }
    // pulldown-cmark writes `<li><div>` where the specification has a line break between the two,
    // which nobody can see.
    assert_eq!(wrong, [175]);
}

#[test]
fn every_example_gives_the_events_of_the_plain_parser() {
    for Example { number, markdown, .. } in examples() {
        for options in [Options::empty(), options()] {
            assert_eq!(
                events_with(&markdown, options),
                plain_events(&markdown, options),
                "example {number}"
            );
        }
    }
}
