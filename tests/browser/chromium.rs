//! A Chromium of our own: found, started with an empty profile, ended and cleaned away whatever
//! happens to the test.

use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::protocol::{Connection, Event};

/// Where to look when `CHROMIUM` says nothing.
const NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// Chromium starts within this time on the slowest machine that runs the tests.
const START: Duration = Duration::from_secs(90);

/// What a page wants or does that is no business of its portal, and what goes wrong in it.
pub(crate) type Problems = Vec<String>;

/// A running browser with one tab.
pub(crate) struct Chromium {
    process: Child,
    _profile: TempDir,
    connection: Connection,
    has_scripts: bool,
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Where Chromium is on this machine.
fn find() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM").filter(|named| !named.is_empty()) {
        return Some(named.into());
    }
    let folders = env::var_os("PATH").unwrap_or_default();
    let mut places = env::split_paths(&folders).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    places.find(|place| place.is_file())
}

impl Chromium {
    /// Starts the browser; nothing if this machine has none and need not have one.
    pub(crate) fn start() -> Option<Self> {
        static SAID: Once = Once::new();
        let Some(program) = find() else {
            let required = env::var_os("HONGTU_REQUIRE_BROWSER").is_some_and(|value| value == "1");
            assert!(
                !required,
                "HONGTU_REQUIRE_BROWSER=1, and no Chromium is on this machine"
            );
            SAID.call_once(|| {
                // Written past the test runner, which keeps back what passing tests print.
                let words = "\nSKIPPED: no Chromium on this machine; the tests in a browser did not run.\n";
                let _ = std::io::stderr().write_all(words.as_bytes());
            });
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let process = Command::new(&program)
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--force-color-profile=srgb",
                "--lang=zh-CN",
                "--remote-debugging-port=0",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        let process = EndedIfForgotten(Some(process));
        let (port, path) = listening_at(profile.path());
        let mut chromium = Self {
            connection: Connection::open(port, &path),
            process: process.keep(),
            _profile: profile,
            has_scripts: true,
        };
        for area in ["Page", "Runtime", "Log", "Network"] {
            chromium.connection.call(&format!("{area}.enable"), json!({}));
        }
        Some(chromium)
    }

    /// Sends a command of the protocol.
    pub(crate) fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.connection.call(method, parameters)
    }

    /// Makes the window of this size, in CSS pixels; below 600 it is a phone's with a touch screen.
    pub(crate) fn resize(&mut self, width: u32, height: u32) {
        let is_phone = width < 600;
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone });
        self.call("Emulation.setDeviceMetricsOverride", size);
        let touch = json!({ "enabled": is_phone, "maxTouchPoints": 1 });
        self.call("Emulation.setTouchEmulationEnabled", touch);
    }

    /// Lets pages run their scripts, or not.
    pub(crate) fn allow_scripts(&mut self, allowed: bool) {
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": !allowed }));
        self.has_scripts = allowed;
    }

    /// Opens an address and returns what went wrong until the page stood still. Requests may go to
    /// addresses that begin with `base`.
    pub(crate) fn open(&mut self, address: &str, base: &str) -> Problems {
        self.connection.take_events();
        let answer = self.call("Page.navigate", json!({ "url": address }));
        let mut problems = Vec::new();
        if let Some(error) = answer["errorText"].as_str() {
            problems.push(format!("{address}: {error}"));
            return problems;
        }
        self.connection.wait_for("Page.loadEventFired");
        if self.has_scripts {
            // What scripts put off until the next picture has happened after two of them.
            self.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))");
        }
        problems.extend(self.problems(base));
        problems
    }

    /// What went wrong since the last time that this was asked.
    pub(crate) fn problems(&mut self, base: &str) -> Problems {
        let events = self.connection.take_events();
        events.iter().filter_map(|event| problem(event, base)).collect()
    }

    /// The value of an expression in the page; promises are waited for.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let parameters = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.call("Runtime.evaluate", parameters);
        let exception = &answer["exceptionDetails"];
        assert!(exception.is_null(), "{expression}: {exception}");
        answer["result"]["value"].take()
    }

    /// Whether an expression is true in whatever page there is; not while one page makes way for another.
    pub(crate) fn is_so(&mut self, expression: &str) -> bool {
        let parameters = json!({ "expression": expression, "returnByValue": true });
        let answer = self.connection.try_call("Runtime.evaluate", parameters);
        answer.is_ok_and(|answer| answer["result"]["value"] == true)
    }

    /// Presses a key and lets it go.
    pub(crate) fn press(&mut self, key: &str, code: u32) {
        let mut event = json!({ "type": "rawKeyDown", "key": key, "code": key, "windowsVirtualKeyCode": code });
        if key == "Enter" {
            // Only a key that types something activates what has the focus.
            event["type"] = json!("keyDown");
            event["text"] = json!("\r");
        }
        self.call("Input.dispatchKeyEvent", event.clone());
        event["type"] = json!("keyUp");
        self.call("Input.dispatchKeyEvent", event);
    }

    /// Clicks with the mouse in the middle of the first element of a selector.
    pub(crate) fn click(&mut self, selector: &str) {
        let place = self.evaluate(&format!(
            "(() => {{ const element = document.querySelector({selector:?}); element.scrollIntoView({{ block: 'center' }}); \
             const box = element.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", event);
        }
    }
}

/// A process that ends when the test fails before the browser is complete.
struct EndedIfForgotten(Option<Child>);

impl EndedIfForgotten {
    fn keep(mut self) -> Child {
        self.0.take().expect("it is kept once")
    }
}

impl Drop for EndedIfForgotten {
    fn drop(&mut self) {
        if let Some(process) = &mut self.0 {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// The port and the path that Chromium writes into its profile as soon as it listens.
fn listening_at(profile: &Path) -> (u16, String) {
    let start = Instant::now();
    loop {
        let text = fs::read_to_string(profile.join("DevToolsActivePort")).unwrap_or_default();
        if let Some((port, path)) = text.split_once('\n')
            && path.starts_with("/devtools/browser/")
        {
            return (port.parse().expect("a port"), path.trim().to_owned());
        }
        assert!(start.elapsed() < START, "Chromium does not start to listen");
        thread::sleep(Duration::from_millis(30));
    }
}

/// What is wrong about an event, if anything.
fn problem(event: &Event, base: &str) -> Option<String> {
    let about = &event.about;
    match event.method.as_str() {
        "Runtime.consoleAPICalled" if about["type"] == "error" || about["type"] == "assert" => {
            Some(format!("console: {}", about["args"]))
        }
        "Runtime.exceptionThrown" => Some(format!("exception: {}", about["exceptionDetails"])),
        "Log.entryAdded" if about["entry"]["level"] == "error" => {
            Some(format!("log: {} {}", about["entry"]["text"], about["entry"]["url"]))
        }
        "Network.loadingFailed" => Some(format!("failed request: {} {}", about["errorText"], about["requestId"])),
        "Network.responseReceived" if about["response"]["status"].as_u64() >= Some(400) => {
            Some(format!("{}: {}", about["response"]["status"], about["response"]["url"]))
        }
        "Network.requestWillBeSent" => {
            let address = about["request"]["url"].as_str().unwrap_or_default();
            let is_ours = address.starts_with(base) || address.starts_with("data:") || address.starts_with("blob:");
            (!is_ours).then(|| format!("request to elsewhere: {address}"))
        }
        _ => None,
    }
}
