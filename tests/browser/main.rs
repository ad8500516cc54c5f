//! The demonstration portal, judged from outside: as files first, then in a real browser.
//!
//! | module | owns |
//! |---|---|
//! | [`page`] | an HTML page as a flat list of elements |
//! | [`portal`] | the portal, built once, in memory and on a disk |
//! | [`addresses`] | where every address leads; needs no browser |
//! | [`contract`] | what every file of the output keeps besides; needs no browser |
//! | [`server`] | the portal over HTTP, below a sub-path |
//! | [`preview`] | a running `hongtu serve` |
//! | [`protocol`] | the Chrome `DevTools` Protocol over one WebSocket |
//! | [`chromium`] | a Chromium of our own, with one tab; ended whatever happens |
//! | [`prints`] | what is printed: pages of PDF, the size of codes |
//! | [`views`] | what readers see: widths, switches, keyboard, touch, map, paper |
//! | [`map_page`] | the page of a map: opened, waited for, taken hold of |
//! | [`map`] | its points: found, opened, chosen, remembered in the address |
//! | [`map_hands`] | mouse, fingers, keys; the device's position; routes; full screen |
//! | [`map_looks`] | what is seen of it: names, places, widths, large type, paper, no scripts |
//! | [`serve`] | the preview: pages that load themselves again, errors over the page, the panel |
//! | [`search`] | the search: exactness, order, typing, filters, history; from a disk |
//!
//! Chromium is looked for in `CHROMIUM`, then under its usual names on the `PATH`. Where there is
//! none, the tests of [`prints`], [`views`], [`serve`], the search and the map say so and pass; with `HONGTU_REQUIRE_BROWSER=1` they fail instead.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may end where something that has to be there is not"
)]

mod addresses;
mod chromium;
mod contract;
mod map;
mod map_hands;
mod map_looks;
mod map_page;
mod page;
mod portal;
#[path = "../support/preview.rs"]
#[expect(dead_code, reason = "each test binary uses its own part")]
mod preview;
mod prints;
mod protocol;
mod search;
mod serve;
mod server;
mod views;

/// How many problems of one kind a failing test shows.
const SHOWN: usize = 20;

/// Fails with the problems, if there are any.
fn none_of(what: &str, problems: &[String]) {
    let more = problems.len().saturating_sub(SHOWN);
    let shown = problems[..problems.len() - more].join("\n  ");
    let rest = if more > 0 {
        format!("\n  … and {more} more")
    } else {
        String::new()
    };
    assert!(problems.is_empty(), "{what}: {}\n  {shown}{rest}", problems.len());
}
