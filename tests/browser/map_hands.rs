//! Hands on a map: mouse, fingers and keys; the device's position; the reader's route; full screen.

use serde_json::json;

use crate::map_page::MapPage;

#[test]
fn the_wheel_nears_the_map_where_the_pointer_is() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    let (x, y) = page.middle_of("#map-scroll");
    let place = format!(
        "(() => {{ const box = document.getElementById('map-scroll').getBoundingClientRect(); \
         return hongtuMap.view.toSheet({} - box.x, {} - box.y); }})()",
        x + 90.0,
        y - 60.0
    );
    let (before, zoom) = (page.ask(&place), page.number("seen.state().zoom"));
    page.mouse("mouseMoved", (x + 90.0, y - 60.0));
    for _ in 0..4 {
        let turn = json!({ "type": "mouseWheel", "x": x + 90.0, "y": y - 60.0, "deltaX": 0, "deltaY": -60 });
        page.chromium.call("Input.dispatchMouseEvent", turn);
    }
    page.wait("hongtuMap.view.moving");
    page.rest();
    let (after, nearer) = (page.ask(&place), page.number("seen.state().zoom"));
    assert!(nearer > zoom && nearer.fract() == 0.0, "{zoom} → {nearer}");
    for axis in 0..2 {
        let moved = before[axis].as_f64().unwrap() - after[axis].as_f64().unwrap();
        assert!(
            moved.abs() < 1.0,
            "what was under the pointer is there still: {before} {after}"
        );
    }
}

#[test]
fn a_drag_moves_the_map_and_opens_nothing() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    let (x, y) = page.dot("dot.isCluster");
    let before = page.number("seen.state().x");
    page.mouse("mouseMoved", (x, y));
    page.mouse("mousePressed", (x, y));
    for step in 1..=8 {
        let event =
            json!({ "type": "mouseMoved", "x": x - 12.0 * f64::from(step), "y": y, "button": "left", "buttons": 1 });
        page.chromium.call("Input.dispatchMouseEvent", event);
    }
    page.mouse("mouseReleased", (x - 96.0, y));
    page.rest();
    assert!(page.number("seen.state().x") > before + 20.0);
    assert_eq!(page.ask("seen.state().chosen"), json!(null));
}

#[test]
fn keys_move_the_map_and_show_it_whole_again() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    page.ask("document.getElementById('map-scroll').focus()");
    let start = page.ask("seen.state()");
    page.press("+");
    page.rest();
    let nearer = page.number("seen.state().zoom") - start["zoom"].as_f64().unwrap();
    assert!((nearer - 1.0).abs() < 1e-9, "{nearer}");
    for (key, axis, direction) in [
        ("ArrowRight", "x", 1.0),
        ("ArrowLeft", "x", -1.0),
        ("ArrowDown", "y", 1.0),
        ("ArrowUp", "y", -1.0),
    ] {
        let before = page.number(&format!("seen.state().{axis}"));
        page.press(key);
        page.rest();
        let moved = page.number(&format!("seen.state().{axis}")) - before;
        assert!(moved * direction > 10.0, "{key} moves by {moved}");
    }
    page.press("-");
    page.rest();
    assert_eq!(page.ask("seen.state().zoom"), start["zoom"]);
    page.press("+");
    page.press("+");
    page.rest();
    page.press("0");
    page.wait(&format!(
        "!hongtuMap.view.moving && seen.state().zoom === {}",
        start["zoom"]
    ));
    assert_eq!(page.words("seen.drawn()"), page.words("seen.listed()"));
}

#[test]
fn the_keyboard_alone_opens_a_cluster_and_a_card_and_leaves_the_map() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    page.ask("document.getElementById('map-scroll').focus()");
    page.press("Tab");
    assert_eq!(
        page.ask("document.activeElement.classList.contains('map-cluster')"),
        true
    );
    let zoom = page.number("seen.state().zoom");
    page.press("Enter");
    page.rest();
    assert!(page.number("seen.state().zoom") > zoom);
    assert_eq!(
        page.ask("document.activeElement.id"),
        "map-scroll",
        "the map keeps the focus"
    );
    for _ in 0..30 {
        page.press("Tab");
        if page.ask("document.activeElement.matches('a.sheet-point')") == true {
            break;
        }
    }
    let name = page.ask("seen.focused()");
    page.press("Enter");
    page.wait("document.activeElement.id === 'map-card-title'");
    page.press("Escape");
    page.wait("hongtuMap.card.element.hidden");
    assert_eq!(page.ask("seen.focused()"), name, "the focus returns to the dot");
    for _ in 0..60 {
        page.press("Tab");
        if page.ask("!document.querySelector('.atlas-sheet').contains(document.activeElement)") == true {
            return;
        }
    }
    panic!("the keyboard does not get out of the map");
}

#[test]
fn two_fingers_near_the_map_and_one_scrolls_the_page_past_it() {
    let Some(mut page) = MapPage::start() else { return };
    page.make_phone();
    page.open("map.html");
    page.ask("document.querySelector('.map-ground').scrollIntoView({ block: 'center', behavior: 'instant' })");
    page.rest();
    let (x, y) = page.middle_of("#map-scroll");
    let (x, start) = (x - 30.0, page.ask("seen.state()"));
    page.touch("touchStart", &[(x - 30.0, y), (x + 30.0, y)]);
    for step in 1..=10 {
        let apart = 30.0 + 6.0 * f64::from(step);
        page.touch("touchMove", &[(x - apart, y), (x + apart, y)]);
    }
    page.touch("touchEnd", &[]);
    page.rest();
    let pinched = page.number("seen.state().zoom");
    assert!(
        pinched >= start["zoom"].as_f64().unwrap() + 2.0 && pinched.fract() == 0.0,
        "{start} → {pinched}"
    );
    // Near enough to look around, one finger moves the map and not the page.
    let (scrolled, before) = (page.number("scrollY"), page.number("seen.state().y"));
    page.touch("touchStart", &[(x, y)]);
    for step in 1..=10 {
        page.touch("touchMove", &[(x, y - 8.0 * f64::from(step))]);
    }
    page.touch("touchEnd", &[]);
    page.rest();
    assert!(page.number("seen.state().y") > before + 20.0);
    assert!((page.number("scrollY") - scrolled).abs() < 1.0);
    // Where all of it is in view, the finger has the page.
    page.ask("hongtuMap.showAll()");
    page.wait(&format!(
        "!hongtuMap.view.moving && seen.state().zoom === {}",
        start["zoom"]
    ));
    page.touch("touchStart", &[(x, y)]);
    for step in 1..=10 {
        page.touch("touchMove", &[(x, y - 14.0 * f64::from(step))]);
    }
    page.touch("touchEnd", &[]);
    page.wait(&format!("scrollY > {}", scrolled + 20.0));
}

/// Lets pages know where the device is, or not.
fn permit(page: &mut MapPage, setting: &str) {
    let origin = page.ask("location.origin");
    let permission = json!({ "permission": { "name": "geolocation" }, "setting": setting, "origin": origin });
    page.chromium.call("Browser.setPermission", permission);
}

#[test]
fn near_me_on_the_map_without_permission_offers_a_place_instead() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    permit(&mut page, "denied");
    page.ask("[...document.querySelectorAll('.map-bar button')].find(one => one.textContent === '离我最近').click()");
    page.wait("document.querySelector('.map-near-message').textContent.includes('没有得到定位的许可')");
    page.ask(
        "(() => { const place = document.getElementById('map-near-place'); place.value = 'park:无锡高新区'; \
         place.dispatchEvent(new Event('change')); })()",
    );
    page.wait("document.querySelector('.map-distance') && seen.address().includes('near=park:无锡高新区')");
    page.rest();
    let nearest = page.words("seen.shownInList().slice(0, 5)");
    assert!(nearest.iter().all(|slug| slug.starts_with("wuxi-")), "{nearest:?}");
}

#[test]
fn near_me_on_the_map_sorts_by_distance_and_keeps_the_position_to_itself() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    permit(&mut page, "granted");
    let position = json!({ "latitude": 31.4868, "longitude": 120.3655, "accuracy": 30 });
    page.chromium.call("Emulation.setGeolocationOverride", position);
    page.ask("[...document.querySelectorAll('.map-bar button')].find(one => one.textContent === '离我最近').click()");
    page.wait("document.querySelector('.map-distance')");
    page.rest();
    assert_eq!(page.words("seen.shownInList()")[0], "wuxi-lianmeng");
    let metres = page.words("[...document.querySelectorAll('.map-distance')].map(one => one.textContent)");
    let metres: Vec<f64> = metres
        .iter()
        .map(|words| {
            let (number, unit) = words.split_once(' ').unwrap();
            number.parse::<f64>().unwrap() * if unit == "公里" { 1000.0 } else { 1.0 }
        })
        .collect();
    assert!(metres.is_sorted() && metres.len() == 43, "{metres:?}");
    page.wait("seen.address().includes('near=me') && document.querySelector('.map-here')");
    let kept = page.ask("seen.address() + JSON.stringify({ ...localStorage })");
    assert!(!kept.as_str().unwrap().contains("31.4868"), "{kept}");
}

#[test]
fn a_route_on_the_map_is_collected_ordered_shared_kept_and_cleared() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    let wanted = ["wuxi-yexiao", "suzhou-hongke", "wuxi-ganzhi", "suzhou-dangqun"];
    for slug in wanted {
        page.ask(&format!("document.querySelector('li[data-point={slug}] > a').click()"));
        page.wait(&format!(
            "document.querySelector('.map-card').getAttribute('data-point') === '{slug}'"
        ));
        page.ask("document.querySelector('.map-card .map-strong').click()");
    }
    page.click("#map-tab-route");
    page.wait("document.querySelectorAll('.map-stop').length === 4");
    let stops = "hongtuMap.route.stops.map(index => hongtuMap.data.point(index).slug)";
    let length = "hongtuMap.route.lengthOf(hongtuMap.route.stops)";
    assert_eq!(page.words(stops), wanted);
    let before = page.number(length);
    page.ask(
        "[...document.querySelectorAll('.map-actions button')].find(one => one.textContent === '自动排序').click()",
    );
    assert_eq!(
        page.words(stops),
        ["wuxi-yexiao", "wuxi-ganzhi", "suzhou-dangqun", "suzhou-hongke"]
    );
    assert!(page.number(length) < before / 1.5);
    let said = page.ask("document.querySelector('.map-length').textContent");
    assert!(said.as_str().unwrap().contains("直线距离"), "{said}");
    // By hand: the focus stays with the stop that was moved.
    page.ask("document.querySelector('.map-down').focus()");
    page.press("Enter");
    assert_eq!(page.words(stops)[..2], ["wuxi-ganzhi", "wuxi-yexiao"]);
    assert_eq!(page.ask("seen.focused()"), "新吴职工夜校：下移");
    let shared = "#route=wuxi-ganzhi,wuxi-yexiao,suzhou-dangqun,suzhou-hongke";
    page.wait(&format!("seen.address().includes('{}')", &shared[1..]));
    let stored = page.ask("localStorage.getItem('hongtu.route')");
    assert_eq!(
        stored,
        r#"["wuxi-ganzhi","wuxi-yexiao","suzhou-dangqun","suzhou-hongke"]"#
    );
    // It is there again another day, and from a link it does not touch the reader's own.
    page.open("map.html");
    page.wait("hongtuMap.route.stops.length === 4");
    page.open("map.html#route=wuxi-lianmeng,wuxi-dangqun");
    page.wait("document.querySelectorAll('.map-stop').length === 2 && document.querySelector('.map-note-line')");
    assert_eq!(page.ask("localStorage.getItem('hongtu.route')"), stored);
    page.ask("document.querySelector('.map-note-line button').click()");
    page.wait("document.querySelectorAll('.map-stop').length === 4");
    page.ask("[...document.querySelectorAll('.map-actions button')].find(one => one.textContent === '清空').click()");
    page.wait("document.querySelector('.map-empty')");
    assert_eq!(page.ask("JSON.stringify({ ...localStorage }).includes('wuxi')"), false);
    assert_eq!(page.ask("document.cookie"), "");
}

#[test]
fn a_writers_route_is_numbered_on_the_map() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("maps/wuxi-htz.html#line=wuxi-day");
    page.wait("document.querySelectorAll('.map-stops text').length === 5");
    page.rest();
    let stops = page.words("hongtuMap.route.line.stops.map(index => hongtuMap.data.point(index).slug)");
    for (number, slug) in stops.iter().enumerate() {
        // Each number stands where the point does.
        let far = page.number(&format!(
            "(() => {{ const mark = document.querySelectorAll('.map-stops > g')[{at}].getBoundingClientRect(); \
             const dot = seen.dots().find(dot => dot.slugs.includes('{slug}')); \
             return Math.hypot(mark.x + mark.width / 2 - dot.x, mark.y + mark.height / 2 - dot.y); }})()",
            at = stops.len() - 1 - number
        ));
        assert!(far < 1.5, "{slug}: {far} pixels");
    }
    let leads = page.ask("document.querySelector('.map-lines .map-page-link').getAttribute('href')");
    assert_eq!(leads, "../routes/wuxi-day.html");
}

#[test]
fn the_map_fills_the_screen_and_gives_it_back() {
    let Some(mut page) = MapPage::start() else { return };
    page.open("map.html");
    let height = page.number("document.querySelector('.map-ground').clientHeight");
    page.click("#map-full");
    page.wait("document.fullscreenElement || document.querySelector('.map-window')");
    page.wait(&format!(
        "document.querySelector('.map-ground').clientHeight > {}",
        height + 50.0
    ));
    page.rest();
    assert_eq!(page.words("seen.drawn()"), page.words("seen.listed()"));
    page.click("#map-full");
    page.wait("!document.fullscreenElement && !document.querySelector('.map-full')");
    page.wait(&format!(
        "document.querySelector('.map-ground').clientHeight === {height}"
    ));
}
