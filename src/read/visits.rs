//! Visits to the addresses of other sites: **the only code that touches the network**, and only when
//! someone asked for it (`hongtu check --external`). A test keeps it so.
//!
//! Politely: a few hosts at once and never two visits to one host, the head of a page where it will do,
//! no visit where a kept answer is fresh, and none any more to a host that does not answer.

pub mod answers;

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::Mutex;
use std::time::Duration;

use ureq::http::Response;
use ureq::{Agent, Body};
use url::{Host, Url};

use answers::{Answer, Answers, Doubt, Kept};

use crate::schema::date::Date;

/// How visits are made.
#[derive(Debug, Clone)]
pub struct Visits {
    /// How many hosts are visited at once.
    pub at_once: usize,
    /// How long an answer is waited for.
    pub patience: Duration,
    /// The day of the visits.
    pub today: Date,
}

impl Visits {
    /// Visits on a day, as they are usually made.
    pub fn on(today: Date) -> Self {
        Self {
            at_once: 8,
            patience: Duration::from_secs(10),
            today,
        }
    }
}

/// Says who is asking, as a server's log shows it.
const USER_AGENT: &str = concat!("hongtu/", env!("CARGO_PKG_VERSION"), " (link check)");

/// A chain of redirects that is longer leads nowhere.
const MOST_REDIRECTS: usize = 10;

/// After so many addresses in a row that gave no answer, a host is left alone.
const GIVEN_UP_AFTER: usize = 3;

/// What resolvers of several systems say of a name that does not exist. Other failures to resolve one are
/// those of a moment, or of the network here.
const NO_SUCH_HOST: &[&str] = &[
    "Name or service not known",
    "Name does not resolve",
    "No address associated",
    "nodename nor servname",
    "No such host is known",
    "os error 11001",
];

/// Visits addresses, as far as no kept answer is fresh.
pub fn visit(addresses: impl IntoIterator<Item = Url>, kept: &Kept, visits: &Visits) -> Answers {
    let mut answers = Answers::new();
    let mut by_host: BTreeMap<String, Vec<Url>> = BTreeMap::new();
    for address in addresses {
        let key = address.to_string();
        if answers.contains_key(&key) {
            continue;
        }
        if let Some(answer) = kept.fresh(&key, visits.today) {
            answers.insert(key, answer.clone());
            continue;
        }
        let host = address.host_str().unwrap_or_default().to_owned();
        let of_host = by_host.entry(host).or_default();
        if !of_host.contains(&address) {
            of_host.push(address);
        }
    }
    // The hosts with the most addresses first, so that none is left alone at the end.
    let mut hosts: Vec<_> = by_host.into_values().collect();
    hosts.sort_by_key(|addresses| std::cmp::Reverse(addresses.len()));
    let waiting = Mutex::new(VecDeque::from(hosts));
    let given = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..visits.at_once.max(1) {
            scope.spawn(|| {
                let visitor = Visitor::new(visits.patience);
                while let Some(addresses) = next(&waiting) {
                    let found = visitor.visit_host(addresses);
                    given
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner)
                        .extend(found);
                }
            });
        }
    });
    answers.extend(given.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner));
    answers
}

fn next(waiting: &Mutex<VecDeque<Vec<Url>>>) -> Option<Vec<Url>> {
    waiting
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .pop_front()
}

/// One that goes from host to host.
struct Visitor {
    agent: Agent,
    /// For this machine itself, which no proxy leads to.
    near: Agent,
}

/// How an address is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Head,
    Get,
}

impl Visitor {
    fn new(patience: Duration) -> Self {
        // Redirects are followed here, one by one, since it matters of which kind each is.
        let config = || {
            Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .user_agent(USER_AGENT)
                .timeout_global(Some(patience))
        };
        Self {
            agent: config().build().new_agent(),
            near: config().proxy(None).build().new_agent(),
        }
    }

    fn visit_host(&self, addresses: Vec<Url>) -> Vec<(String, Answer)> {
        let mut silent = 0;
        let mut found = Vec::with_capacity(addresses.len());
        for address in addresses {
            let answer = if silent >= GIVEN_UP_AFTER {
                Answer::Uncertain(Doubt::GivenUp)
            } else {
                self.visit(&address)
            };
            silent = if answer.came_from_a_server() { 0 } else { silent + 1 };
            found.push((address.to_string(), answer));
        }
        found
    }

    fn visit(&self, address: &Url) -> Answer {
        let answer = self.follow(Method::Head, address);
        // Many servers refuse to give the head alone, or answer at random: only the page itself counts
        // against an address.
        let is_proof = match answer {
            Answer::Found | Answer::Moved { .. } | Answer::UnknownHost => true,
            Answer::Gone(_) => false,
            Answer::Uncertain(doubt) => matches!(doubt, Doubt::Silence | Doubt::Certificate | Doubt::GivenUp),
        };
        if is_proof {
            answer
        } else {
            self.follow(Method::Get, address)
        }
    }

    /// Goes from redirect to redirect.
    fn follow(&self, method: Method, start: &Url) -> Answer {
        let mut passed = vec![start.clone()];
        // The address up to which everyone is sent for good.
        let mut moved: Option<Url> = None;
        let mut for_good = true;
        loop {
            let Some(at) = passed.last() else {
                return Answer::Uncertain(Doubt::Circle);
            };
            let response = match self.ask(method, at) {
                Ok(response) => response,
                Err(error) => return answer_of(&error),
            };
            let status = response.status().as_u16();
            match status {
                200..=299 => {
                    return moved.map_or(Answer::Found, |to| Answer::Moved { to: to.to_string() });
                }
                301 | 302 | 303 | 307 | 308 => {
                    let Some(next) = location(at, &response) else {
                        return Answer::Uncertain(Doubt::Status(status));
                    };
                    for_good &= matches!(status, 301 | 308);
                    if for_good {
                        moved = Some(next.clone());
                    }
                    if passed.contains(&next) || passed.len() > MOST_REDIRECTS {
                        return Answer::Uncertain(Doubt::Circle);
                    }
                    passed.push(next);
                }
                404 | 410 => return Answer::Gone(status),
                _ => return Answer::Uncertain(Doubt::Status(status)),
            }
        }
    }

    fn ask(&self, method: Method, address: &Url) -> Result<Response<Body>, ureq::Error> {
        let is_near = match address.host() {
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        };
        let agent = if is_near { &self.near } else { &self.agent };
        // The page itself is never read; the connection is closed when the response is dropped.
        match method {
            Method::Head => agent.head(address.as_str()).call(),
            Method::Get => agent.get(address.as_str()).call(),
        }
    }
}

/// Where a redirect leads; nothing if to no page.
fn location(from: &Url, response: &Response<Body>) -> Option<Url> {
    let written = response.headers().get("location")?.as_bytes();
    // Chinese addresses are sent as they are by some servers, which the standard does not allow.
    let next = from.join(&String::from_utf8_lossy(written)).ok()?;
    matches!(next.scheme(), "http" | "https").then_some(next)
}

fn answer_of(error: &ureq::Error) -> Answer {
    match error {
        ureq::Error::HostNotFound => Answer::UnknownHost,
        ureq::Error::Timeout(_) => Answer::Uncertain(Doubt::Silence),
        ureq::Error::Io(error) => answer_of_system(error),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => Answer::Uncertain(Doubt::Certificate),
        _ => Answer::Uncertain(Doubt::Connection),
    }
}

fn answer_of_system(error: &io::Error) -> Answer {
    let words = error.to_string();
    if NO_SUCH_HOST.iter().any(|said| words.contains(said)) {
        return Answer::UnknownHost;
    }
    Answer::Uncertain(match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Doubt::Silence,
        // Rustls says what is wrong with a certificate as invalid data.
        io::ErrorKind::InvalidData => Doubt::Certificate,
        _ => Doubt::Connection,
    })
}

#[cfg(test)]
mod tests;
