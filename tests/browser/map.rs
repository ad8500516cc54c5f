//! The points of a map in a browser: found, opened, chosen, and remembered in the address.

use std::collections::BTreeSet;

use serde_json::json;

use crate::map_page::{CROWDED, MapPage, PLANNED};
use crate::none_of;

#[test]
fn map_sheets_start_without_errors_and_ask_nobody_over_http() {
    let Some(page) = MapPage::start() else { return };
    start_all_sheets(page);
}

#[test]
fn map_sheets_start_without_errors_and_ask_nobody_from_a_disk() {
    let Some(page) = MapPage::from_disk() else { return };
    start_all_sheets(page);
}

/// Opens each sheet, uses it a little, and looks at what the console and the network say.
fn start_all_sheets(mut page: MapPage) {
    let mut problems = Vec::new();
    for sheet in MapPage::sheets() {
        page.open(sheet);
        let item = page.ask("document.querySelector('#points li[data-point] > a').click()");
        assert!(item.is_null());
        page.wait("document.querySelector('.map-card-body .facts') && !hongtuMap.card.element.hidden");
        page.press("Escape");
        page.rest();
        let base = page.base.clone();
        let found = page.chromium.problems(&base);
        problems.extend(found.into_iter().map(|problem| format!("{sheet}: {problem}")));
        let strange =
            page.words("document.documentElement.outerHTML.match(/[^>]*(NaN|Infinity|undefined)[^<]*/g) || []");
        problems.extend(strange.into_iter().map(|words| format!("{sheet}: {words}")));
    }
    none_of("sheets of the map", &problems);
}

#[test]
fn map_and_list_hold_the_same_points_on_every_sheet() {
    let Some(mut page) = MapPage::start() else { return };
    for sheet in MapPage::sheets() {
        page.open(sheet);
        let (drawn, listed) = (page.words("seen.drawn()"), page.words("seen.listed()"));
        assert!(drawn.len() >= 3, "{sheet}: {drawn:?}");
        assert_eq!(drawn, listed, "{sheet}: each point is on the map and in the list, once");
    }
}

#[test]
fn a_category_acts_on_map_and_list_and_says_how_many() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    let total = page.number("hongtuMap.data.total");
    page.click("[aria-controls=map-filters]");
    // What the control promises is what remains.
    let promised = page.number("Number(document.querySelector('.map-chip .map-count').textContent)");
    page.ask("document.querySelector('.map-chip input').click()");
    page.wait(&format!("seen.status() === '{total} 处中的 {promised} 处'"));
    page.rest();
    let listed: BTreeSet<_> = page.words("seen.shownInList()").into_iter().collect();
    let drawn: BTreeSet<_> = page.words("seen.drawn()").into_iter().collect();
    assert!(promised > 1.0 && promised < total, "{promised} of {total}");
    assert_eq!(format!("{}", listed.len()), format!("{promised:.0}"));
    assert!(
        drawn.is_subset(&listed) && drawn.len() + 1 >= listed.len(),
        "{drawn:?} {listed:?}"
    );
    let kinds = page.words(
        "[...new Set([...document.querySelectorAll('.map-results .meta')].map(one => one.children[0].textContent))]",
    );
    let chosen = page.words("[document.querySelector('.map-chip :checked + span').textContent]");
    assert_eq!(kinds, chosen, "only the chosen category remains");
    page.ask("document.querySelector('.map-line .map-quiet').click()");
    page.wait(&format!("seen.status() === '共 {total} 处'"));
    assert_eq!(page.words("seen.drawn()"), page.words("seen.listed()"));
}

#[test]
fn free_text_on_the_map_finds_words_in_any_form() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    page.search("江苏 楼宇");
    let found = page.words("seen.shownInList()");
    assert!(found.len() > 1, "{found:?}");
    let texts = page.words("[...document.querySelectorAll('.map-results li')].map(one => one.textContent)");
    none_of(
        "results",
        &texts
            .into_iter()
            .filter(|text| !text.contains("江苏"))
            .collect::<Vec<_>>(),
    );
    page.search("９号");
    let wide = page.words("seen.shownInList()");
    page.search("9号");
    assert_eq!(wide, page.words("seen.shownInList()"), "full-width digits are digits");
    page.search("没有这样的地方");
    page.wait("document.querySelector('.map-result-list .nothing').checkVisibility()");
    assert_eq!(page.words("seen.drawn()"), Vec::<String>::new());
    page.search("");
    assert_eq!(page.words("seen.drawn()"), page.words("seen.listed()"));
}

#[test]
fn a_cluster_of_the_map_opens_to_its_points() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    for _ in 0..20 {
        let before = page.ask("seen.state()");
        let at = page.dot("dot.isCluster");
        let inside = page.words(&format!(
            "seen.slugsOf(document.elementFromPoint({}, {}).closest('.sheet-point'))",
            at.0, at.1
        ));
        page.click_at(at);
        page.rest();
        let after = page.ask("seen.state()");
        assert!(after["zoom"].as_f64() > before["zoom"].as_f64(), "{before} {after}");
        // All that it held is in view, in more dots than one.
        let seen = page.ask(&format!(
            "(() => {{ const inside = {inside:?}, dots = seen.dots().filter(dot => dot.slugs.some(slug => inside.includes(slug))); \
             return [dots.length, inside.every(slug => dots.some(dot => dot.slugs.includes(slug)))]; }})()"
        ));
        assert!(seen[0].as_u64() > Some(1) && seen[1] == true, "{inside:?}: {seen}");
        if page.ask("seen.dots().some(dot => dot.isCluster)") == false {
            return;
        }
    }
    panic!("clusters open to clusters without end");
}

#[test]
fn points_of_the_map_on_one_spot_fan_out() {
    let Some(mut page) = MapPage::of(&CROWDED) else { return };
    for (first, count) in [("p128", 3), ("p120", 8)] {
        page.open("map.html");
        page.ask(&format!("seen.look(hongtuMap.view.greatest, ['{first}'])"));
        page.rest();
        let at = page.dot(&format!("dot.slugs.includes('{first}')"));
        page.click_at(at);
        page.wait("document.querySelector('.map-fan')");
        let seats = page.ask(
            "[...document.querySelectorAll('.map-fan .sheet-dot')].map(one => one.getBoundingClientRect()) \
             .map(box => [Math.round(box.x), Math.round(box.y)])",
        );
        let seats: BTreeSet<_> = seats.as_array().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(seats.len(), count, "no two points on one pixel");
        let near = page.ask(
            "(() => { const boxes = [...document.querySelectorAll('.map-fan .sheet-dot')].map(one => one.getBoundingClientRect()); \
             return Math.min(...boxes.flatMap((a, at) => boxes.slice(at + 1).map(b => Math.hypot(a.x - b.x, a.y - b.y)))); })()",
        );
        assert!(near.as_f64() > Some(43.0), "each has a target of its own: {near}");
        // One of them can be chosen where it stands; Escape folds the rest again.
        let seat = page.middle_of(".map-fan a:nth-of-type(2) .sheet-dot");
        page.click_at(seat);
        page.wait("!hongtuMap.card.element.hidden && seen.state().chosen");
        assert!(page.ask("seen.state().chosen").as_str() >= Some(first));
        page.press("Escape");
        page.press("Escape");
        page.wait("!document.querySelector('.map-fan')");
    }
}

#[test]
fn no_two_dots_of_a_map_lie_on_one_another_at_any_level() {
    let Some(mut page) = MapPage::of(&CROWDED) else { return };
    page.be_still();
    page.open("map.html");
    let crowded = page.words(
        "(() => { const found = []; \
         for (let level = hongtuMap.view.least; level <= hongtuMap.view.greatest; level++) { \
           for (const place of ['p000', 'p061', 'p120']) { \
             seen.look(level, [place]); \
             if (!seen.dots().some(dot => dot.slugs.includes(place))) found.push(`level ${level}: ${place} is lost`); \
             found.push(...seen.crowdedDots(43.5).map(pair => `level ${level}: ${pair}`)); } } \
         return found; })()",
    );
    none_of("dots too close together", &crowded);
}

/// What a card of the map has to say of a point that has everything.
fn assert_card(page: &mut MapPage) {
    page.wait("document.querySelector('.map-card-links')");
    let card = page.ask("document.querySelector('.map-card').innerText");
    let card = card.as_str().unwrap();
    for words in [
        "无锡高新区党群服务中心",
        "和风大道66号",
        "周一至周六",
        "0510-0000 0012",
        "经度",
    ] {
        assert!(card.contains(words), "the card says {words}: {card}");
    }
    let photo = page.ask("document.querySelector('.map-card-photo').alt.length > 4");
    assert_eq!(photo, true, "the photo says what it shows");
}

#[test]
fn a_card_opens_from_the_map_and_from_the_list() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("maps/wuxi-htz.html");
    let at = page.dot("dot.slugs[0] === 'wuxi-dangqun'");
    page.click_at(at);
    assert_card(&mut page);
    page.click(".map-card-close");
    page.wait("hongtuMap.card.element.hidden");
    page.click("#points li[data-point=wuxi-dangqun] > a");
    assert_card(&mut page);
    page.rest();
    let marked = page.words("seen.slugsOf(document.querySelector('#points [aria-current=true]'))");
    assert_eq!(marked, ["wuxi-dangqun"]);
    // The map has come to the point, and its dot is not under the card.
    let (x, y) = page.dot("dot.slugs.includes('wuxi-dangqun')");
    let is_free = page.ask(&format!("!document.elementFromPoint({x}, {y}).closest('.map-card')"));
    assert_eq!(is_free, true);
}

#[test]
fn the_map_and_the_page_of_a_point_lead_to_it_by_the_same_services() {
    let Some(mut page) = MapPage::start() else { return };
    // The build writes coordinates without zeros at their end.
    let links = |place: &str| {
        format!(
            "[...document.querySelectorAll('{place}')].map(one => one.textContent.trim() + ' ' + \
             one.getAttribute('href').replace(/(\\.\\d*?)0+(?=[,;&]|$)/g, '$1'))"
        )
    };
    page.open("map.html#point=wuxi-dangqun");
    page.wait("document.querySelector('.map-card-links')");
    let on_card = page.words(&links(".map-card-links a"));
    let names: Vec<_> = on_card.iter().filter_map(|link| link.split(' ').next()).collect();
    assert_eq!(names[..4], ["腾讯地图", "高德地图", "百度地图", "花瓣地图"]);
    assert!(
        on_card[0].contains("coord:31.4907,120.36588;"),
        "latitude first: {}",
        on_card[0]
    );
    assert!(
        on_card[1].contains("position=120.36588,31.4907&"),
        "longitude first: {}",
        on_card[1]
    );
    let base = page.base.clone();
    page.chromium.open(&format!("{base}points/wuxi-dangqun.html"), &base);
    let on_page = page.words(&links(".way-links a"));
    let addresses = |links: &[String]| -> Vec<String> {
        links
            .iter()
            .filter_map(|link| Some(link.split_once(' ')?.1.to_owned()))
            .collect()
    };
    assert_eq!(addresses(&on_card), addresses(&on_page));
}

#[test]
fn inside_wechat_the_map_names_tencent_first_and_no_address_that_it_blocks() {
    let Some(mut page) = MapPage::start() else { return };
    let agent = json!({ "userAgent": "Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8.0.49" });
    page.chromium.call("Network.setUserAgentOverride", agent);
    page.open("map.html#point=wuxi-dangqun");
    page.wait("document.querySelector('.map-card-links')");
    let links = page.words("[...document.querySelectorAll('.map-card-links a')].map(one => one.getAttribute('href'))");
    assert!(links[0].starts_with("https://apis.map.qq.com/"), "{links:?}");
    assert!(links.iter().all(|link| link.starts_with("https://")), "{links:?}");
}

#[test]
fn the_focus_goes_into_the_card_of_the_map_and_returns() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    page.ask("document.querySelector('#points li[data-point=wuxi-yexiao] > a').focus()");
    page.press("Enter");
    page.wait("document.activeElement.id === 'map-card-title'");
    // The details come later and don't take it away.
    page.wait("document.querySelector('.map-card-links')");
    assert_eq!(page.ask("document.activeElement.id"), "map-card-title");
    page.press("Tab");
    assert_eq!(
        page.ask("document.querySelector('.map-card').contains(document.activeElement)"),
        true
    );
    page.press("Escape");
    page.wait("hongtuMap.card.element.hidden");
    let back = page.words("seen.slugsOf(document.activeElement.closest('li'))");
    assert_eq!(back, ["wuxi-yexiao"]);
}

#[test]
fn back_and_forward_undo_and_redo_what_was_chosen_on_the_map() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    page.click("#points li[data-point=jinan-jizhan] > a, #points li[data-point] > a");
    page.wait("seen.address().includes('point=')");
    page.rest();
    page.search("江苏");
    page.wait("seen.address().includes('q=江苏')");
    page.rest();
    // Where the map has come to rest is written a little later.
    page.wait("seen.address().includes(`z=${seen.state().zoom}&`)");
    let last = page.ask("[seen.state(), seen.status()]");
    page.ask("history.back()");
    page.wait("!seen.address().includes('q=') && document.getElementById('map-text').value === ''");
    page.wait("seen.state().chosen");
    page.ask("history.back()");
    page.wait("!seen.address().includes('point=') && hongtuMap.card.element.hidden && !seen.state().chosen");
    page.ask("history.forward()");
    page.wait("seen.state().chosen && !hongtuMap.card.element.hidden");
    page.ask("history.forward()");
    page.wait("document.getElementById('map-text').value === '江苏'");
    page.rest();
    let again = page.ask("[seen.state(), seen.status()]");
    assert_eq!(last[1], again[1]);
    assert_eq!(last[0]["chosen"], again[0]["chosen"]);
    assert_eq!(last[0]["zoom"], again[0]["zoom"], "{last} {again}");
}

#[test]
fn a_point_on_a_plan_alone_opens_its_card_and_leaves_the_map_alone() {
    let Some(mut page) = MapPage::of(&PLANNED) else { return };
    page.open("map.html#point=west");
    page.wait("document.querySelector('#map .sheet-current')");
    page.rest();
    let before = page.ask("seen.state()");
    page.click("li[data-point=yard] > a");
    page.wait("seen.state().chosen === 'yard' && document.querySelector('.map-card h2').textContent === '院里的亭子'");
    page.rest();
    let after = page.ask("seen.state()");
    assert_eq!(
        (&before["zoom"], &before["x"], &before["y"]),
        (&after["zoom"], &after["x"], &after["y"])
    );
    assert_eq!(page.ask("document.querySelectorAll('#map .sheet-current').length"), 0);
    // It counts where it is looked for, comes last by distance, and a route passes over it.
    page.search("亭子");
    assert_eq!(page.ask("seen.status()"), "3 处中的 1 处");
    assert_eq!(page.words("seen.shownInList()"), ["yard"]);
    page.open("map.html#near=park:试验园");
    page.wait("document.querySelector('.map-distance')");
    assert_eq!(page.words("seen.shownInList()"), ["east", "west", "yard"]);
    page.open("map.html#route=west,yard,east");
    page.wait("document.querySelectorAll('.map-stop').length === 3");
    page.wait("document.querySelector('.map-stops text')");
    let numbers = page
        .words("[...document.querySelectorAll('.map-stops text')].flatMap(one => one.textContent.split('·')).sort()");
    assert_eq!(numbers, ["1", "3"], "the others keep their numbers");
    let length = page.ask("document.querySelector('.map-length').textContent");
    assert!(length.as_str().unwrap().contains("另有 1 站没有坐标"), "{length}");
    assert_eq!(page.ask("document.documentElement.outerHTML.includes('NaN')"), false);
    // On the plan it is a dot like any other.
    page.open("maps/park-plan.html#point=yard");
    page.wait("document.querySelector('#map .sheet-current')");
    assert_eq!(page.words("seen.drawn()"), ["west", "yard"]);
}

#[test]
fn a_shared_link_to_the_map_restores_view_filter_and_choice() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html#z=9&c=120.4,31.4&q=%E6%B1%9F%E8%8B%8F&category=%E5%85%9A%E7%BE%A4%E6%9C%8D%E5%8A%A1%E4%B8%AD%E5%BF%83&point=wuxi-yexiao");
    page.wait("seen.state().chosen === 'wuxi-yexiao'");
    page.rest();
    assert_eq!(page.ask("seen.state().zoom"), 9);
    let place = page.ask("hongtuMap.projection.inverse(hongtuMap.view.x, hongtuMap.view.y)");
    let (longitude, latitude) = (place[0].as_f64().unwrap(), place[1].as_f64().unwrap());
    assert!(
        (longitude - 120.4).abs() < 1e-3 && (latitude - 31.4).abs() < 1e-3,
        "{place}"
    );
    assert_eq!(page.ask("document.getElementById('map-text').value"), "江苏");
    let chosen = page.words("[...document.querySelectorAll('.map-chip :checked + span')].map(one => one.textContent)");
    assert_eq!(chosen, ["党群服务中心"]);
    let remaining = page.number("hongtuMap.filters.remaining()");
    assert!((1.0..43.0).contains(&remaining), "{remaining}");
    // The same link is still the page's address.
    page.wait(
        "['q=江苏', 'category=党群服务中心', 'point=wuxi-yexiao', 'z=9'].every(part => seen.address().includes(part))",
    );
    // Nonsense in an address is no error.
    page.open("map.html#z=99&c=abc&point=nobody&category=nothing&%E0%A4%A");
    assert_eq!(page.ask("seen.status()"), "共 43 处");
}
