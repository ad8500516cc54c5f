//! Visits to a small server on this machine: what it answers, and how often it is asked.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use super::*;

const TODAY: Date = Date {
    year: 2026,
    month: 11,
    day: 22,
    time: None,
};

/// What a server says to a method and a path; nothing, to say nothing for a while.
type Says = fn(&str, &str) -> Option<String>;

struct Server {
    port: u16,
    /// `HEAD /path`, in their order.
    asked: Arc<Mutex<Vec<String>>>,
    /// The most requests that were open at one time.
    at_once: Arc<AtomicUsize>,
}

impl Server {
    fn new(says: Says) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            asked: Arc::default(),
            at_once: Arc::default(),
        };
        let (asked, most) = (Arc::clone(&server.asked), Arc::clone(&server.at_once));
        let open = Arc::new(AtomicUsize::new(0));
        // It stands until the tests are over.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (asked, most, open) = (Arc::clone(&asked), Arc::clone(&most), Arc::clone(&open));
                thread::spawn(move || {
                    answer_one(stream, &asked, |method, path| {
                        most.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        let answer = says(method, path);
                        open.fetch_sub(1, Ordering::SeqCst);
                        answer
                    });
                });
            }
        });
        server
    }

    fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://127.0.0.1:{}{path}", self.port)).unwrap()
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn answer(&self, path: &str) -> Answer {
        let address = self.url(path);
        let answers = visit([address.clone()], &Kept::default(), &visits());
        answers[address.as_str()].clone()
    }
}

/// Answers one request and closes.
fn answer_one(mut stream: TcpStream, asked: &Mutex<Vec<String>>, says: impl Fn(&str, &str) -> Option<String>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    let headers: Vec<String> = lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
        .collect();
    assert!(
        headers
            .iter()
            .any(|line| line.to_lowercase().starts_with("user-agent: hongtu/")),
        "{headers:?}"
    );
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    asked.lock().unwrap().push(format!("{method} {path}"));
    match says(method, path) {
        Some(answer) => {
            let text = format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            // The visitor may have gone.
            let _ = stream.write_all(text.as_bytes());
        }
        None => thread::sleep(Duration::from_secs(3)),
    }
}

fn visits() -> Visits {
    Visits {
        at_once: 8,
        patience: Duration::from_secs(1),
        today: TODAY,
    }
}

fn usual(method: &str, path: &str) -> Option<String> {
    let answer = match (method, path) {
        (_, "/there") | ("GET", "/head-refused") => "200 OK",
        ("HEAD", "/head-refused") => "405 Method Not Allowed",
        (_, "/gone") => "404 Not Found",
        (_, "/removed") => "410 Gone",
        (_, "/old") => "301 Moved\r\nLocation: /older",
        (_, "/older") => "308 Moved\r\nLocation: there",
        (_, "/old-then-today") => "301 Moved\r\nLocation: /today",
        (_, "/today") => "302 Found\r\nLocation: /there",
        (_, "/old-and-gone") => "301 Moved\r\nLocation: /gone",
        (_, "/round") => "302 Found\r\nLocation: /and-round",
        (_, "/and-round") => "302 Found\r\nLocation: /round",
        (_, "/nowhere") => "302 Found",
        (_, "/out") => "302 Found\r\nLocation: file:///etc/passwd",
        (_, "/forbidden") => "403 Forbidden",
        (_, "/broken") => "503 Service Unavailable",
        (_, path) if path.starts_with("/silent") => return None,
        (_, path) => {
            let number: usize = path
                .strip_prefix("/on/")
                .and_then(|number| number.parse().ok())
                .unwrap();
            return Some(format!("302 Found\r\nLocation: /on/{}", number + 1));
        }
    };
    Some(answer.to_owned())
}

#[test]
fn what_a_server_says_is_what_is_told() {
    let server = Server::new(usual);
    let moved = |to: &str| Answer::Moved {
        to: server.url(to).to_string(),
    };
    for (path, expected) in [
        ("/there", Answer::Found),
        ("/head-refused", Answer::Found),
        ("/gone", Answer::Gone(404)),
        ("/removed", Answer::Gone(410)),
        ("/old", moved("/there")),
        ("/old-then-today", moved("/today")),
        ("/today", Answer::Found),
        ("/old-and-gone", Answer::Gone(404)),
        ("/round", Answer::Uncertain(Doubt::Circle)),
        ("/on/1", Answer::Uncertain(Doubt::Circle)),
        ("/nowhere", Answer::Uncertain(Doubt::Status(302))),
        ("/out", Answer::Uncertain(Doubt::Status(302))),
        ("/forbidden", Answer::Uncertain(Doubt::Status(403))),
        ("/broken", Answer::Uncertain(Doubt::Status(503))),
        ("/silent", Answer::Uncertain(Doubt::Silence)),
    ] {
        assert_eq!(server.answer(path), expected, "{path}");
    }
}

#[test]
fn the_head_will_do_where_it_says_that_the_page_is_there() {
    let server = Server::new(usual);
    server.answer("/there");
    assert_eq!(server.asked(), ["HEAD /there"]);
    server.answer("/head-refused");
    server.answer("/gone");
    assert_eq!(
        server.asked()[1..],
        ["HEAD /head-refused", "GET /head-refused", "HEAD /gone", "GET /gone"]
    );
}

#[test]
fn each_address_is_asked_for_once_and_what_is_kept_not_at_all() {
    let server = Server::new(usual);
    let addresses = || ["/there", "/there", "/old", "/gone"].map(|path| server.url(path));
    let answers = visit(addresses(), &Kept::default(), &visits());
    assert_eq!(answers.len(), 3);
    assert_eq!(
        server.asked().iter().filter(|asked| *asked == "HEAD /there").count(),
        2,
        "itself, and behind /old"
    );
    let kept = Kept::default().with(&answers, TODAY);
    let before = server.asked().len();
    assert_eq!(visit(addresses(), &kept, &visits()), answers);
    assert_eq!(
        server.asked()[before..],
        ["HEAD /gone", "GET /gone"],
        "what was not good is asked again"
    );
}

#[test]
fn one_host_is_asked_one_thing_at_a_time_and_left_alone_when_it_is_silent() {
    let server = Server::new(|_, _| {
        thread::sleep(Duration::from_millis(20));
        Some("200 OK".to_owned())
    });
    let addresses: Vec<Url> = (0..10).map(|number| server.url(&format!("/{number}"))).collect();
    let answers = visit(addresses, &Kept::default(), &visits());
    assert!(answers.values().all(|answer| *answer == Answer::Found) && answers.len() == 10);
    assert_eq!(server.at_once.load(Ordering::SeqCst), 1);

    let silent = Server::new(usual);
    let addresses: Vec<Url> = (0..20).map(|number| silent.url(&format!("/silent/{number}"))).collect();
    let start = Instant::now();
    let answers = visit(addresses, &Kept::default(), &visits());
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert_eq!(silent.asked().len(), GIVEN_UP_AFTER);
    let given_up = answers
        .values()
        .filter(|answer| **answer == Answer::Uncertain(Doubt::GivenUp));
    assert_eq!(given_up.count(), 20 - GIVEN_UP_AFTER);
}

#[test]
fn hosts_are_visited_side_by_side_but_not_all_at_once() {
    static OPEN: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);
    let says: Says = |_, _| {
        MOST.fetch_max(OPEN.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        thread::sleep(Duration::from_millis(200));
        OPEN.fetch_sub(1, Ordering::SeqCst);
        Some("200 OK".to_owned())
    };
    // All of 127.0.0.0/8 is this machine, but not everywhere is it listened to.
    let server = Server::new(says);
    let addresses: Vec<Url> = ["127.0.0.1", "localhost"]
        .into_iter()
        .map(|host| Url::parse(&format!("http://{host}:{}/", server.port)).unwrap())
        .collect();
    visit(addresses.clone(), &Kept::default(), &visits());
    assert_eq!(MOST.swap(0, Ordering::SeqCst), 2);
    let one_by_one = Visits { at_once: 1, ..visits() };
    visit(addresses, &Kept::default(), &one_by_one);
    assert_eq!(MOST.load(Ordering::SeqCst), 1);
}

#[test]
fn what_resolvers_say() {
    let of = |words: &str| answer_of_system(&io::Error::other(words.to_owned()));
    let linux = "failed to lookup address information: Name or service not known";
    assert_eq!(of(linux), Answer::UnknownHost);
    assert_eq!(of("不知道这样的主机。 (os error 11001)"), Answer::UnknownHost);
    let for_now = "failed to lookup address information: Temporary failure in name resolution";
    assert_eq!(of(for_now), Answer::Uncertain(Doubt::Connection));
    // No one listens there.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let address = Url::parse(&format!("http://{closed}/")).unwrap();
    let answers = visit([address], &Kept::default(), &visits());
    assert!(
        answers
            .values()
            .all(|answer| *answer == Answer::Uncertain(Doubt::Connection)),
        "{answers:?}"
    );
}
