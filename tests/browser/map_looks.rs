//! What is seen of a map: names that cover nothing, dots at their true places, all widths, large type,
//! little movement, paper, and the page without scripts.

use serde_json::json;

use crate::map_page::{CROWDED, MapPage};
use crate::none_of;
use crate::prints::printed_pages;

/// Looks at the names of a sheet at all levels around some points.
fn covered_names(page: &mut MapPage, around: &[&str]) -> Vec<String> {
    let seen = page.ask(&format!(
        "(() => {{ const seen_names = new Set(), found = []; \
         for (let level = hongtuMap.view.least; level <= hongtuMap.view.greatest; level++) {{ \
           for (const place of {around:?}) {{ \
             seen.look(level, [place]); \
             const covered = seen.coveredNames(); \
             covered.names.forEach(name => seen_names.add(name)); \
             found.push(...covered.found.map(one => `level ${{level}} at ${{place}}: ${{one}}`)); }} }} \
         return [seen_names.size, found]; }})()"
    ));
    assert!(seen[0].as_u64() > Some(4), "only {} names were seen", seen[0]);
    let found = seen[1].as_array().unwrap();
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn names_on_the_map_cover_no_name_and_no_dot_at_any_level() {
    let Some(mut page) = MapPage::start() else { return };
    page.be_still();
    page.open("map.html");
    let mut problems = covered_names(&mut page, &["wuxi-dangqun", "taijiang-youmeng", "whu-huiketing"]);
    page.open("maps/wuxi-htz.html");
    problems.extend(covered_names(&mut page, &["wuxi-dangqun", "wuxi-ganzhi"]));
    none_of("names on the map", &problems);
}

#[test]
fn names_on_a_crowded_map_cover_nothing_either_with_a_filter_on() {
    let Some(mut page) = MapPage::of(&CROWDED) else { return };
    page.be_still();
    page.open("map.html");
    let mut problems = covered_names(&mut page, &["p000", "p120"]);
    page.open("map.html#category=楼宇驿站");
    assert_eq!(page.ask("seen.status().startsWith('131 处中的')"), true);
    problems.extend(covered_names(&mut page, &["p004", "p061"]));
    none_of("names on the map", &problems);
}

#[test]
fn dots_of_the_map_stand_where_longitude_and_latitude_say() {
    let Some(mut page) = MapPage::start() else { return };
    for (sheet, kind, least) in [("map.html", "albers", 40), ("maps/wuxi-htz.html", "local", 5)] {
        page.open(sheet);
        assert_eq!(page.ask("hongtuMap.data.sheet.projection.kind"), kind);
        let found = page.ask(
            "[...document.querySelectorAll('#points li[data-lng]')].map(item => { \
               const slug = item.getAttribute('data-point'); \
               seen.look(hongtuMap.view.greatest, [slug]); \
               const dot = seen.dots().find(one => one.slugs.length === 1 && one.slugs[0] === slug); \
               if (!dot) return [slug, null]; \
               const at = hongtuMap.projection.forward(Number(item.getAttribute('data-lng')), Number(item.getAttribute('data-lat'))); \
               const [x, y] = hongtuMap.view.toScreen(at[0], at[1]); \
               const frame = document.getElementById('map-scroll').getBoundingClientRect(); \
               return [slug, Math.hypot(frame.x + x - dot.x, frame.y + y - dot.y)]; })",
        );
        let found = found.as_array().unwrap();
        let wrong = found.iter().filter(|one| !one[1].as_f64().is_some_and(|far| far < 0.5));
        none_of(sheet, &wrong.map(ToString::to_string).collect::<Vec<_>>());
        assert!(found.len() >= least, "{sheet}: {} points", found.len());
        // And back again, in the middle of Asia and at its edge.
        let far = page.number(
            "Math.max(...[[120.36, 31.49], [75, 38], [134.7, 48.4], [109.5, 18.2]].map(([lng, lat]) => { \
             const at = hongtuMap.projection.forward(lng, lat), back = hongtuMap.projection.inverse(at[0], at[1]); \
             return Math.hypot(back[0] - lng, back[1] - lat); }))",
        );
        assert!(far < 1e-9, "{sheet}: there and back is {far} degrees off");
    }
}

#[test]
fn without_scripts_the_map_is_links_and_a_complete_list() {
    let Some(mut page) = MapPage::from_disk() else { return };
    page.chromium.allow_scripts(false);
    for sheet in MapPage::sheets() {
        let base = page.base.clone();
        let problems = page.chromium.open(&format!("{base}{sheet}"), &base);
        none_of(sheet, &problems);
        let lost = page.words(
            "[...document.querySelectorAll('#map a.sheet-point, #points li[data-point] > a')] \
             .filter(link => !link.getAttribute('href') || !link.checkVisibility()).map(link => link.outerHTML.slice(0, 80))",
        );
        none_of(sheet, &lost);
        let slugs = |place: &str| {
            format!(
                "[...document.querySelectorAll('{place}')].flatMap(one => one.getAttribute('data-point').trim().split(/\\s+/)).sort()"
            )
        };
        let (drawn, listed) = (
            page.words(&slugs("#map [data-point]")),
            page.words(&slugs("#points [data-point]")),
        );
        assert!(
            drawn.len() >= 3 && drawn.iter().all(|slug| listed.contains(slug)),
            "{sheet}: {drawn:?}"
        );
        let total = page.ask("Number(document.querySelector('.atlas-numbers b').textContent)");
        assert_eq!(json!(listed.len()), total, "{sheet}: the list is complete");
        // Nothing is offered that needs a script.
        let empty = page.ask("document.getElementById('map-tools').getBoundingClientRect().height");
        assert_eq!(empty, 0, "{sheet}");
    }
}

/// What is wrong with the layout of the open page.
const CROOKED: &str = "(() => { const found = []; \
     const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth; \
     if (wide > 1) found.push(`can be scrolled sideways by ${wide}`); \
     const ground = document.querySelector('.map-ground').getBoundingClientRect(); \
     if (ground.width < 250 || ground.height < 280) found.push(`the map is ${ground.width} × ${ground.height}`); \
     document.querySelectorAll('.atlas button, .atlas input, .atlas select, .atlas-sheets a').forEach(one => { \
       const box = one.getBoundingClientRect(); \
       if (!one.checkVisibility() || one.closest('.atlas-sheets') || one.type === 'checkbox') return; \
       if (box.left < -1 || box.right > innerWidth + 1) found.push(`${one.textContent || one.id} leaves the window`); \
       if (one.scrollWidth > one.clientWidth + 2 && one.tagName === 'BUTTON') found.push(`${one.textContent} is cut`); }); \
     return found; })()";

#[test]
fn the_map_fits_a_phone_and_large_type() {
    let Some(mut page) = MapPage::start() else { return };
    let mut problems = Vec::new();
    for (width, percent) in [(360, 100), (1280, 200), (640, 200)] {
        page.chromium.resize(width, 900);
        for sheet in ["map.html", "maps/wuxi-htz.html", "maps/suzhou-cyy-plan.html"] {
            page.open(sheet);
            page.ask(&format!("document.documentElement.style.fontSize = '{percent}%'"));
            page.rest();
            page.ask("document.querySelector('[aria-controls=map-filters]').click()");
            page.ask("document.querySelector('#points li[data-point] > a').click()");
            page.wait("document.querySelector('.map-card-body .facts') && !hongtuMap.card.element.hidden");
            page.rest();
            let found = page.words(CROOKED);
            problems.extend(
                found
                    .into_iter()
                    .map(|one| format!("{sheet} at {width}, {percent} %: {one}")),
            );
        }
    }
    none_of("layout of the map", &problems);
}

#[test]
fn names_on_the_map_grow_with_large_type() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    let height = "Math.max(...[...document.querySelectorAll('#map .sheet-number')].map(one => one.getBoundingClientRect().height))";
    let small = page.number(height);
    page.ask("document.querySelector('#display [data-size=\"3\"]').click()");
    page.wait(&format!("{height} > {}", small * 1.2));
    page.rest();
    none_of("names in large type", &page.words("seen.coveredNames().found"));
    assert_eq!(page.words("seen.drawn()"), page.words("seen.listed()"));
}

#[test]
fn the_map_does_not_move_for_those_who_asked_for_stillness() {
    let Some(mut page) = MapPage::start() else { return };
    page.be_still();
    page.open("map.html");
    let zoom = page.number("seen.state().zoom + 1");
    // Without a picture in between: the answer to the click is the end.
    let after = page.ask(
        "(() => { document.querySelector('.map-buttons button').click(); \
         return [hongtuMap.view.zoom, hongtuMap.view.moving, document.getAnimations().length]; })()",
    );
    assert_eq!(after[0].as_f64(), Some(zoom));
    assert_eq!(
        (&after[1], &after[2]),
        (&json!(false), &json!(0)),
        "nothing is on its way"
    );
    page.ask("document.querySelector('#points li[data-point] > a').click()");
    assert_eq!(page.ask("hongtuMap.view.moving"), false);
}

#[test]
fn the_number_of_a_base_layer_stands_at_the_lower_left_of_its_map() {
    let Some(mut page) = MapPage::start() else { return };
    let place = "(() => { const note = [...document.querySelectorAll('.sheet-approval')] \
         .filter(one => one.checkVisibility() && one.textContent.includes('演示S(2026)000号')).pop(); \
         if (!note) return null; const box = note.getBoundingClientRect(); \
         const drawing = note.closest('svg.sheet'), grid = drawing && drawing.getScreenCTM(); \
         const sheet = grid ? { x: grid.e, bottom: grid.f + grid.d * drawing.viewBox.baseVal.height } \
           : document.querySelector('.map-ground').getBoundingClientRect(); \
         const top = document.elementFromPoint(box.x + 4, box.y + box.height / 2); \
         return [box.x - sheet.x, sheet.bottom - box.bottom, Boolean(top && top.closest('.sheet-approval'))]; })()";
    for width in [1280, 360] {
        page.chromium.resize(width, 900);
        page.open("maps/wuxi-htz.html");
        page.ask("document.querySelector('.map-corner-left').scrollIntoView({ block: 'center', behavior: 'instant' })");
        let at = page.ask(place);
        assert!(
            at[0].as_f64() < Some(40.0) && at[1].as_f64() < Some(40.0),
            "{width}: {at}"
        );
        assert_eq!(at[2], true, "{width}: nothing covers it");
    }
    // The card beside the map moves it and does not hide it.
    page.chromium.resize(1280, 900);
    page.open("maps/wuxi-htz.html#point=wuxi-dangqun");
    page.wait("!hongtuMap.card.element.hidden");
    assert_eq!(page.ask(place)[2], true, "beside the card");
    // In print, where the drawing of the build stands, too.
    page.chromium
        .call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let at = page.ask(place);
    assert!(
        at[0].as_f64() < Some(60.0) && at[1].as_f64() < Some(60.0),
        "in print: {at}"
    );
}

#[test]
fn the_map_is_printed_as_a_poster_with_its_list() {
    let Some(mut page) = MapPage::start() else { return };
    // The whole map: the poster on one sheet of paper, its list after it. A small one: list on one page.
    for (sheet, most) in [("map.html", 4), ("maps/wuxi-htz.html", 2)] {
        page.open(sheet);
        page.chromium
            .call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        let (poster, list) = (
            page.ask("document.getElementById('map-poster').checkVisibility()"),
            page.ask("seen.shownInList().length === hongtuMap.data.total"),
        );
        assert_eq!((poster, list), (json!(true), json!(true)), "{sheet}");
        let pages = printed_pages(&mut page.chromium);
        assert!((2..=most).contains(&pages), "{sheet}: {pages} pages");
        page.chromium.call("Emulation.setEmulatedMedia", json!({ "media": "" }));
    }
}

#[test]
fn the_map_prints_a_visit_sheet_of_the_route() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("maps/wuxi-htz.html#route=wuxi-dangqun,wuxi-lianmeng,wuxi-xinguangli,wuxi-ganzhi,wuxi-yexiao");
    page.wait("document.querySelectorAll('.map-stop').length === 5");
    page.ask("window.print = () => { window.isPrinted = true; }");
    page.ask(
        "[...document.querySelectorAll('.map-actions button')].find(one => one.textContent === '打印参观单').click()",
    );
    page.wait("window.isPrinted");
    let said = page.ask("document.querySelector('.visit').textContent");
    for words in ["共 5 站", "和风大道66号", "周一至周六", "0510-0000 0012", "不是路程"] {
        assert!(said.as_str().unwrap().contains(words), "{words}: {said}");
    }
    assert_eq!(page.ask("document.querySelectorAll('.visit-map text').length"), 5);
    page.chromium
        .call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    assert_eq!(page.ask("document.querySelector('main').checkVisibility()"), false);
    assert!(printed_pages(&mut page.chromium) <= 2);
}
