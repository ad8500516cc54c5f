//! The page of a map in a browser: opened, waited for, taken hold of with mouse, finger and keys.

use std::fs;
use std::sync::LazyLock;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::chromium::Chromium;
use crate::none_of;
use crate::portal::{PORTAL, Portal};
use crate::server::Server;

/// What is asked of the page, in the page.
const SEEN: &str = include_str!("map_seen.js");

/// A browser that shows the map of a portal.
pub(crate) struct MapPage {
    /// The browser.
    pub(crate) chromium: Chromium,
    /// The portal's address; ends in `/`.
    pub(crate) base: String,
    _server: Option<Server>,
    _disk: Option<TempDir>,
}

impl MapPage {
    /// The demonstration portal over HTTP, on a desk; nothing if this machine has no browser.
    pub(crate) fn start() -> Option<Self> {
        Self::of(&PORTAL)
    }

    /// A portal over HTTP.
    pub(crate) fn of(portal: &'static Portal) -> Option<Self> {
        let server = Server::of(portal);
        Some(Self {
            chromium: desk()?,
            base: server.base(),
            _server: Some(server),
            _disk: None,
        })
    }

    /// The demonstration portal from a disk.
    pub(crate) fn from_disk() -> Option<Self> {
        let disk = PORTAL.on_disk();
        Some(Self {
            chromium: desk()?,
            base: format!("file://{}/public/", disk.path().display()),
            _server: None,
            _disk: Some(disk),
        })
    }

    /// Opens a sheet of the map, with what its address says behind `#`, and waits until it is at rest.
    pub(crate) fn open(&mut self, path: &str) {
        // Another fragment alone would not load the page again.
        self.chromium.open("about:blank", "about:blank");
        let problems = self.chromium.open(&format!("{}{path}", self.base), &self.base);
        none_of(path, &problems);
        self.rest();
    }

    /// Waits until the map is set up, all its points are known, and nothing moves.
    pub(crate) fn rest(&mut self) {
        self.wait("seen.isAtRest()");
    }

    /// Waits until a condition holds in the page.
    pub(crate) fn wait(&mut self, condition: &str) {
        let holds = self.ask(&format!("seen.until(() => {condition})"));
        assert!(
            holds == true,
            "waited in vain for {condition}; the address is {}",
            self.ask("seen.address()")
        );
    }

    /// The value of an expression.
    pub(crate) fn ask(&mut self, expression: &str) -> Value {
        self.chromium.evaluate(expression)
    }

    /// The value of an expression that is a number.
    pub(crate) fn number(&mut self, expression: &str) -> f64 {
        let value = self.ask(expression);
        value.as_f64().unwrap_or_else(|| panic!("{expression} is {value}"))
    }

    /// The value of an expression that is a list of texts.
    pub(crate) fn words(&mut self, expression: &str) -> Vec<String> {
        let value = self.ask(expression);
        let words = value.as_array().into_iter().flatten();
        words.filter_map(|word| word.as_str().map(str::to_owned)).collect()
    }

    /// Where a dot is that a condition (of `dot`) holds for.
    pub(crate) fn dot(&mut self, condition: &str) -> (f64, f64) {
        let place = self.ask(&format!("seen.dotOf((dot) => {condition})"));
        point_of(&place).unwrap_or_else(|| panic!("no dot with {condition} can be clicked"))
    }

    /// The middle of an element that is in the window.
    pub(crate) fn middle_of(&mut self, selector: &str) -> (f64, f64) {
        let place = self.ask(&format!(
            "(() => {{ const box = document.querySelector({selector:?}).getBoundingClientRect(); \
             return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        ));
        point_of(&place).unwrap_or_else(|| panic!("{selector} is in the page"))
    }

    /// Clicks at a place of the window.
    pub(crate) fn click_at(&mut self, (x, y): (f64, f64)) {
        self.mouse("mouseMoved", (x, y));
        self.mouse("mousePressed", (x, y));
        self.mouse("mouseReleased", (x, y));
    }

    /// Clicks an element.
    pub(crate) fn click(&mut self, selector: &str) {
        self.chromium.click(selector);
    }

    /// One event of the mouse with its left button.
    pub(crate) fn mouse(&mut self, kind: &str, (x, y): (f64, f64)) {
        let buttons = u8::from(kind != "mouseReleased");
        let button = if kind == "mouseMoved" { "none" } else { "left" };
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1 });
        self.chromium.call("Input.dispatchMouseEvent", event);
    }

    /// Fingers go down, move or leave; none are left at `touchEnd`.
    pub(crate) fn touch(&mut self, kind: &str, fingers: &[(f64, f64)]) {
        let points = fingers.iter().enumerate();
        let points: Vec<_> = points.map(|(id, (x, y))| json!({ "x": x, "y": y, "id": id })).collect();
        self.chromium.call(
            "Input.dispatchTouchEvent",
            json!({ "type": kind, "touchPoints": points }),
        );
    }

    /// Presses a key; one that types something types it.
    pub(crate) fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            "ArrowLeft" => (37, ""),
            "ArrowUp" => (38, ""),
            "ArrowRight" => (39, ""),
            "ArrowDown" => (40, ""),
            other => (0, other),
        };
        let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        let mut event = json!({ "type": kind, "key": key, "windowsVirtualKeyCode": code });
        if !text.is_empty() {
            event["text"] = json!(text);
        }
        self.chromium.call("Input.dispatchKeyEvent", event.clone());
        event["type"] = json!("keyUp");
        self.chromium.call("Input.dispatchKeyEvent", event);
    }

    /// Writes into the field of the free text, in place of what stood there, and waits for the answer.
    pub(crate) fn search(&mut self, words: &str) {
        self.ask("document.getElementById('map-text').focus()");
        self.ask("document.getElementById('map-text').select()");
        if words.is_empty() {
            self.ask("document.execCommand('delete')");
        } else {
            self.chromium.call("Input.insertText", json!({ "text": words }));
        }
        self.wait(&format!("hongtuMap.filters.text === {words:?}"));
        self.rest();
    }

    /// Asks pages to move nothing by themselves: then each view is there at once.
    pub(crate) fn be_still(&mut self) {
        let still = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        self.chromium.call("Emulation.setEmulatedMedia", still);
    }

    /// A phone with a touch screen for two fingers.
    pub(crate) fn make_phone(&mut self) {
        self.chromium.resize(360, 740);
        let touch = json!({ "enabled": true, "maxTouchPoints": 5 });
        self.chromium.call("Emulation.setTouchEmulationEnabled", touch);
    }

    /// The pages of the map, the whole map first.
    pub(crate) fn sheets() -> Vec<&'static str> {
        let paths = PORTAL.outputs.keys().map(String::as_str);
        let sheets: Vec<_> = paths
            .filter(|path| *path == "map.html" || path.starts_with("maps/"))
            .collect();
        assert!(
            sheets.contains(&"maps/suzhou-cyy-plan.html") && sheets.contains(&"maps/wuxi-htz.html"),
            "{sheets:?}"
        );
        sheets
    }
}

/// A browser with the window of a desk, whose pages can be asked.
fn desk() -> Option<Chromium> {
    let mut chromium = Chromium::start()?;
    chromium.resize(1280, 900);
    chromium.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": SEEN }));
    Some(chromium)
}

fn point_of(place: &Value) -> Option<(f64, f64)> {
    Some((place[0].as_f64()?, place[1].as_f64()?))
}

/// A portal with many points close together: two cities of 60, eight points on one spot, three on
/// another.
pub(crate) static CROWDED: LazyLock<Portal> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    fs::create_dir_all(content.join("points")).unwrap();
    fs::write(
        content.join("site.yaml"),
        "title: 许多点\nbase_url: https://map.example/\n",
    )
    .unwrap();
    let categories = ["党群服务中心", "楼宇驿站", "职工之家"];
    let write = |number: usize, city: &str, (longitude, latitude): (f64, f64)| {
        let category = categories[number % categories.len()];
        let title = ["红星楼", "先锋生物科技园第三孵化器党群服务中心", "同心馆"][number % 7 % 3];
        let text = format!(
            "---\n标题: {title}{number}号\n类别: {category}\n地址: 江苏省{city}示范路{number}号\n\
             位置: {{lng: {longitude:.6}, lat: {latitude:.6}, crs: wgs84}}\n---\n"
        );
        fs::write(content.join(format!("points/p{number:03}.md")), text).unwrap();
    };
    for number in 0..120 {
        // Steps of two primes spread evenly and look like chance.
        #[expect(clippy::cast_precision_loss, reason = "far below what a float counts exactly")]
        let step = |prime: usize| (number * prime % 1009) as f64 / 1009.0 * 0.2;
        let (city, longitude, latitude) = if number % 2 == 0 {
            ("无锡市", 120.2, 31.4)
        } else {
            ("南京市", 118.7, 31.9)
        };
        write(number, city, (longitude + step(811), latitude + step(577)));
    }
    for number in 120..128 {
        write(number, "无锡市", (120.36, 31.49));
    }
    for number in 128..131 {
        write(number, "南京市", (118.78, 32.04));
    }
    Portal::build(&content, None)
});

/// A park's portal: two points on the earth, one of them on the plan too, and one on the plan alone.
pub(crate) static PLANNED: LazyLock<Portal> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    let write = |path: &str, text: &str| {
        let file = content.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    write("site.yaml", "title: 一个园区\nbase_url: https://map.example/\n");
    write(
        "assets/plan.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='800' height='600'><path fill='#eee' d='M0 0h800v600H0z'/></svg>",
    );
    write(
        "parks/park.md",
        "---\n标题: 试验园\n行政区划: \"320214\"\n位置: {lng: 120.36, lat: 31.49, crs: wgs84}\nplans:\n  \
         - {name: 院子, src: /assets/plan.svg, alt: 一个空院子, metres_per_pixel: 0.5}\n---\n",
    );
    let point = |slug: &str, title: &str, keys: &str| {
        let text = format!(
            "---\n标题: {title}\n类别: 党群服务中心\n园区: 试验园\n地址: 江苏省无锡市新吴区示范路1号\n{keys}---\n"
        );
        write(&format!("points/{slug}.md"), &text);
    };
    point("east", "东楼", "位置: {lng: 120.3612, lat: 31.4903, crs: wgs84}\n");
    point(
        "west",
        "西楼",
        "位置: {lng: 120.3571, lat: 31.4901, crs: wgs84}\n平面图: {名称: 院子, x: 120, y: 300}\n",
    );
    point("yard", "院里的亭子", "平面图: {名称: 院子, x: 400, y: 200}\n");
    Portal::build(&content, None)
});
