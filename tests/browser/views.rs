//! What readers see and can do, in Chromium: on phones, tablets and large screens, from a server
//! and from a disk, without scripts, with the keyboard, on paper.

use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::none_of;
use crate::portal::PORTAL;
use crate::server::Server;

/// The sizes that pages are looked at in: a phone, a tablet, a desk.
const SIZES: [(u32, u32); 3] = [(360, 740), (768, 1024), (1280, 900)];

/// How far the page can be scrolled sideways, in pixels.
const SIDEWAYS: &str = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/// One page of each kind, and those that are no entry's.
fn one_of_each() -> Vec<&'static str> {
    let kinds = [
        "home",
        "column",
        "park",
        "point",
        "route",
        "case",
        "alliance",
        "bulletin",
        "roundtable",
        "page",
    ];
    let mut pages: Vec<_> = kinds.iter().map(|kind| PORTAL.first(kind).path.as_str()).collect();
    pages.push("map.html");
    pages
}

/// The address of a path, of which some are Chinese.
fn address(base: &str, path: &str) -> String {
    let parts: Vec<_> = path
        .split('/')
        .map(|part| percent_encoding::utf8_percent_encode(part, percent_encoding::NON_ALPHANUMERIC).to_string())
        .collect();
    format!("{base}{}", parts.join("/"))
}

#[test]
fn pages_open_below_a_sub_path_at_three_widths() {
    let Some(mut chromium) = Chromium::start() else { return };
    let server = Server::of(&PORTAL);
    let base = server.base();
    let mut problems = Vec::new();
    for (width, height) in SIZES {
        chromium.resize(width, height);
        for path in PORTAL.sample() {
            let found = chromium.open(&address(&base, path), &base);
            problems.extend(found.into_iter().map(|problem| format!("{path} at {width}: {problem}")));
            let sideways = chromium.evaluate(SIDEWAYS);
            if sideways.as_i64() > Some(1) {
                problems.push(format!(
                    "{path} at {width}: can be scrolled sideways by {sideways} pixels"
                ));
            }
        }
    }
    none_of("pages over HTTP", &problems);
}

#[test]
fn pages_open_from_a_disk_and_without_scripts() {
    let Some(mut chromium) = Chromium::start() else { return };
    let disk = PORTAL.on_disk();
    let base = format!("file://{}/public/", disk.path().display());
    let mut problems = Vec::new();
    chromium.resize(1280, 900);
    for with_scripts in [true, false] {
        chromium.allow_scripts(with_scripts);
        for path in PORTAL.sample() {
            let place = if with_scripts {
                path.to_owned()
            } else {
                format!("{path} without scripts")
            };
            let found = chromium.open(&address(&base, path), &base);
            problems.extend(found.into_iter().map(|problem| format!("{place}: {problem}")));
            let text = chromium.evaluate("document.querySelector('main').innerText.trim().length");
            if text.as_u64() < Some(20) {
                problems.push(format!("{place}: the text is only {text} characters long"));
            }
        }
    }
    none_of("pages from a disk", &problems);
}

#[test]
fn the_reader_chooses_type_and_contrast_and_is_remembered() {
    let Some(mut chromium) = Chromium::start() else { return };
    let server = Server::of(&PORTAL);
    let disk = PORTAL.on_disk();
    let on_disk = format!("file://{}/public/", disk.path().display());
    let size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)";
    let colours = "(() => { const style = getComputedStyle(document.body); return style.color + style.backgroundColor + \
                   getComputedStyle(document.documentElement).backgroundColor; })()";
    for base in [server.base(), on_disk] {
        chromium.resize(1280, 900);
        let case = address(&base, &PORTAL.first("case").path);
        chromium.open(&case, &base);
        let (small, quiet) = (chromium.evaluate(size), chromium.evaluate(colours));
        chromium.click("#display [data-size='3']");
        chromium.click("#display [data-contrast]");
        let pressed = "[...document.querySelectorAll('#display [aria-pressed=true]')].map(one => one.textContent)";
        assert_eq!(chromium.evaluate(pressed), json!(["特大", "高对比"]), "{base}");
        let (large, strong) = (chromium.evaluate(size), chromium.evaluate(colours));
        let growth = large.as_f64().unwrap() / small.as_f64().unwrap();
        assert!(growth >= 1.3, "{base}: the large type is only {growth} times as large");
        assert_ne!(quiet, strong, "{base}: high contrast changes the colours");

        let mut problems = Vec::new();
        for (width, height) in [(360, 740), (1280, 900)] {
            chromium.resize(width, height);
            for path in one_of_each() {
                problems.extend(chromium.open(&address(&base, path), &base));
                let classes = chromium.evaluate("document.documentElement.className");
                let classes = classes.as_str().unwrap();
                if !classes.contains("size-3") || !classes.contains("contrast") {
                    problems.push(format!("{path}: the choice is forgotten: {classes}"));
                }
                let sideways = chromium.evaluate(SIDEWAYS);
                if sideways.as_i64() > Some(1) {
                    problems.push(format!("{path} at {width}: large type is {sideways} pixels too wide"));
                }
            }
        }
        none_of("large type", &problems);
    }
}

#[test]
fn the_keyboard_comes_first_to_a_way_past_the_navigation() {
    let Some(mut chromium) = Chromium::start() else { return };
    let server = Server::of(&PORTAL);
    let base = server.base();
    chromium.resize(1280, 900);
    for path in one_of_each() {
        chromium.open(&address(&base, path), &base);
        chromium.press("Tab", 9);
        let focus = "(() => { const one = document.activeElement, box = one.getBoundingClientRect(); \
                     return [one.getAttribute('href'), box.top >= 0 && box.left >= 0 && box.height > 0]; })()";
        assert_eq!(
            chromium.evaluate(focus),
            json!(["#content", true]),
            "{path}: the first stop of the keyboard"
        );
        chromium.press("Enter", 13);
        let inside = "document.activeElement.closest('main') !== null || location.hash === '#content'";
        assert_eq!(
            chromium.evaluate(inside),
            true,
            "{path}: Enter leads past the navigation"
        );
        // Everything that the keyboard comes to afterwards can be seen to have the focus.
        for _ in 0..4 {
            chromium.press("Tab", 9);
            let ring = "(() => { const one = document.activeElement; if (one === document.body) return true; \
                        const style = getComputedStyle(one); \
                        return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; })()";
            let name = chromium.evaluate("document.activeElement.outerHTML.slice(0, 120)");
            assert_eq!(chromium.evaluate(ring), true, "{path}: no sign of the focus on {name}");
        }
    }
}

#[test]
fn buttons_are_large_enough_for_a_finger() {
    let Some(mut chromium) = Chromium::start() else { return };
    let server = Server::of(&PORTAL);
    let base = server.base();
    chromium.resize(360, 740);
    let mut problems = Vec::new();
    for path in one_of_each() {
        chromium.open(&address(&base, path), &base);
        let small = chromium.evaluate(
            "[...document.querySelectorAll('button, summary, [role=button], input, select')] \
             .filter(one => one.checkVisibility()).map(one => [one, one.getBoundingClientRect()]) \
             .filter(([, box]) => box.width < 43.9 || box.height < 43.9) \
             .map(([one, box]) => `${one.textContent.trim().slice(0, 20)}: ${box.width} × ${box.height}`)",
        );
        problems.extend(words(&small).map(|button| format!("{path}: {button}")));
    }
    none_of("small targets", &problems);
}

#[test]
fn the_drawn_map_and_its_list_hold_the_same_and_no_name_covers_another() {
    let Some(mut chromium) = Chromium::start() else { return };
    // As it is drawn at build time; `map_looks` sees what the script makes of it.
    chromium.allow_scripts(false);
    let server = Server::of(&PORTAL);
    let base = server.base();
    for (width, height) in SIZES {
        chromium.resize(width, height);
        chromium.open(&address(&base, "map.html"), &base);
        let slugs = |place: &str| {
            format!(
                "[...document.querySelectorAll('{place} [data-point]')] \
                 .flatMap(one => one.getAttribute('data-point').trim().split(/\\s+/)).sort()"
            )
        };
        // Points of which no coordinates are known stand in the list only.
        let (drawn, listed) = (
            chromium.evaluate(&slugs("#map")),
            chromium.evaluate(&slugs("#points").replace("[data-point]", "[data-lng]")),
        );
        assert!(drawn.as_array().is_some_and(|drawn| drawn.len() >= 30), "{drawn}");
        assert_eq!(drawn, listed, "the same points on the map and in the list, each once");
        // A line box is taller than the characters in it: what they fill is about the type's size.
        let overlaps = chromium.evaluate(
            "(() => { const boxes = [...document.querySelectorAll('#map .sheet-label')].map(label => { \
               const box = label.getBoundingClientRect(), size = parseFloat(getComputedStyle(label).fontSize); \
               const lines = Math.max(1, label.querySelectorAll('tspan').length + (label.firstChild.nodeType === 3)); \
               const leading = Math.max(0, box.height / lines - size) / 2; \
               return { text: label.textContent, left: box.left, right: box.right, \
                        top: box.top + leading, bottom: box.bottom - leading }; }); \
             const found = []; \
             boxes.forEach((a, at) => { \
               boxes.slice(at + 1).forEach(b => { \
                 const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left); \
                 const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top); \
                 if (wide > 1 && high > 1) found.push(`${a.text} × ${b.text}: ${wide.toFixed(1)} by ${high.toFixed(1)}`); }); }); \
             return found; })()",
        );
        none_of(
            "names on the map",
            &words(&overlaps).map(str::to_owned).collect::<Vec<_>>(),
        );
    }
}

#[test]
fn paper_shows_the_text_and_no_navigation() {
    let Some(mut chromium) = Chromium::start() else { return };
    let server = Server::of(&PORTAL);
    let base = server.base();
    // The width of A4 paper without its margins, in CSS pixels.
    chromium.resize(660, 930);
    chromium.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let mut problems = Vec::new();
    for path in one_of_each() {
        chromium.open(&address(&base, path), &base);
        let shown = chromium.evaluate(
            "[...document.querySelectorAll('header nav, button, .skip-link, .menu, .pager, .breadcrumbs')] \
             .filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 80))",
        );
        problems.extend(words(&shown).map(|element| format!("{path}: {element}")));
        let text = chromium.evaluate("document.querySelector('main').innerText.trim().length");
        if text.as_u64() < Some(20) {
            problems.push(format!("{path}: the text is only {text} characters long on paper"));
        }
        let sideways = chromium.evaluate(SIDEWAYS);
        if sideways.as_i64() > Some(1) {
            problems.push(format!("{path}: wider than the paper by {sideways} pixels"));
        }
    }
    none_of("on paper", &problems);
}

/// A list of texts.
fn words(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}
