//! The Chrome `DevTools` Protocol, as much as the tests need: commands and their answers, and the
//! events that come in between, over one WebSocket.

use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// Longer than any answer takes on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(90);

/// Something that happened in the browser.
pub(crate) struct Event {
    /// Such as `Page.loadEventFired`.
    pub(crate) method: String,
    /// What is said about it.
    pub(crate) about: Value,
}

/// A connection to a browser, attached to one tab.
pub(crate) struct Connection {
    socket: WebSocket<TcpStream>,
    session: Option<String>,
    last_id: u64,
    events: Vec<Event>,
}

impl Connection {
    /// Connects to a browser that listens on this machine, and opens a tab.
    pub(crate) fn open(port: u16, path: &str) -> Self {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("Chromium listens");
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let address = format!("ws://127.0.0.1:{port}{path}");
        let (socket, _) = tungstenite::client(address, stream).expect("Chromium speaks WebSocket");
        let mut connection = Self {
            socket,
            session: None,
            last_id: 0,
            events: Vec::new(),
        };
        let tab = connection.call("Target.createTarget", json!({ "url": "about:blank" }));
        let tab = json!({ "targetId": tab["targetId"], "flatten": true });
        let session = connection.call("Target.attachToTarget", tab);
        connection.session = session["sessionId"].as_str().map(str::to_owned);
        connection
    }

    /// Sends a command to the tab and waits for its answer, which is no error.
    pub(crate) fn call(&mut self, method: &str, parameters: Value) -> Value {
        let answer = self.try_call(method, parameters);
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Sends a command to the tab and waits for its answer.
    pub(crate) fn try_call(&mut self, method: &str, parameters: Value) -> Result<Value, Value> {
        self.last_id += 1;
        let mut command = json!({ "id": self.last_id, "method": method });
        command["params"] = parameters;
        if let Some(session) = &self.session {
            command["sessionId"] = json!(session);
        }
        let command = Message::text(command.to_string());
        self.socket.send(command).expect("Chromium is still there");
        loop {
            let mut message = self.receive();
            if message["id"] == self.last_id {
                return match message["error"].take() {
                    Value::Null => Ok(message["result"].take()),
                    error => Err(error),
                };
            }
            self.keep(message);
        }
    }

    /// Waits until something has happened since the events were last taken.
    pub(crate) fn wait_for(&mut self, method: &str) {
        while !self.events.iter().any(|event| event.method == method) {
            let message = self.receive();
            self.keep(message);
        }
    }

    /// All that happened since the last time.
    pub(crate) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    fn keep(&mut self, mut message: Value) {
        if let Some(method) = message["method"].as_str() {
            let method = method.to_owned();
            let about = message["params"].take();
            self.events.push(Event { method, about });
        }
    }

    fn receive(&mut self) -> Value {
        loop {
            let message = self.socket.read().expect("Chromium answers in time");
            if let Message::Text(text) = message {
                return serde_json::from_str(&text).expect("the protocol is JSON");
            }
        }
    }
}
