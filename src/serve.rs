//! The preview: the portal over HTTP from memory, made anew whenever a file changes.
//!
//! ```text
//! disk ─► watch ─► Event ─┐
//!                         ├─► the loop ─► rebuild ─► Shown ─┬─► answers   ─┐
//! Ctrl-C ─────────► Event ┘                                 └─► events    ─┴─► browser
//! ```
//!
//! The loop is [`serve`]; it takes one event after the other and replaces [`shown::Shown`] as a whole. The
//! server has a thread of its own and holds what is shown while it answers, so that a request never waits
//! for a build but for the first. What is said goes to who called; nothing is printed here.
//!
//! | module | owns |
//! |---|---|
//! | [`watch`] | being told of changes, or looking for them |
//! | [`touched`] | what an event of the disk means |
//! | [`debounce`] | when to begin |
//! | [`shown`] | what is shown |
//! | [`http`] | the thread of the server, connections |
//! | [`hosts`] | which requests are answered at all |
//! | [`answer`], [`range`] | a request's answer: types, ranges, conditions |
//! | [`page_changes`] | what an open page has to do when the outputs change |
//! | [`events`] | telling open pages |
//! | [`preview`] | what is added to pages: errors over the page, the panel |

pub mod answer;
pub mod debounce;
pub mod events;
pub mod hosts;
pub mod http;
pub mod page_changes;
pub mod preview;
pub mod range;
pub mod shown;
pub mod touched;
pub mod watch;

use std::any::Any;
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use tokio::sync::watch as latest;

pub use std::net::IpAddr;

use crate::Built;
use crate::read::ReadProblem;
use crate::read::changed::Changed;
use crate::render::publish::MadePictures;
use debounce::Pending;
use hosts::Hosts;
use preview::Editors;
use shown::Shown;
use touched::Touched;
use watch::{Watch, Watching, WhyPolling};

/// Mistakes are shown only when nothing more happened for so long: many editors delete a file before they
/// write it, or write it in pieces.
const PATIENCE: Duration = Duration::from_millis(150);
/// When the texts cannot be read at all, they are tried again after this time.
const AGAIN: Duration = Duration::from_millis(500);
/// So many ports are tried in search of a free one.
const TRIED_PORTS: u16 = 100;

/// What is served, and to whom.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder of the content.
    pub content: Folder,
    /// The folder of the themes; need not exist.
    pub themes: Folder,
    /// The address of this machine that is listened to.
    pub host: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// How changes are found.
    pub watching: Watching,
}

/// A folder by two names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// As it was given, and as the build calls it.
    pub given: PathBuf,
    /// From the root of the disk.
    pub absolute: PathBuf,
}

/// All that can happen.
#[derive(Debug)]
pub enum Event {
    /// Something changed on the disk.
    Touched(Touched),
    /// The system does not tell of changes any more, for this reason.
    WatchFailed(String),
    /// Someone pressed Ctrl-C.
    Stopped,
    /// The server cannot go on, for this reason.
    ServerFailed(std::io::Error),
    /// Nothing happened, and it is time for what was put off.
    Time,
}

/// What there is to tell whoever started it.
pub enum Told<'a> {
    /// The portal is at this address.
    Listening(&'a str),
    /// Changes are looked for again and again.
    Polling(&'a WhyPolling),
    /// The portal was made anew.
    Rebuilt(Rebuilt<'a>),
}

/// A build, and what came of it.
pub struct Rebuilt<'a> {
    /// What it was for.
    pub changed: &'a Changed,
    /// What is shown now.
    pub shown: &'a Shown,
    /// How many outputs are others now; `None` for the first build.
    pub updated: Option<usize>,
    /// Smaller pictures to be kept.
    pub made_pictures: &'a MadePictures,
    /// How long it took.
    pub took: Duration,
}

/// Why there is no preview.
#[derive(Debug)]
pub enum ServeProblem {
    /// Another program listens at this port.
    PortInUse {
        /// The port.
        port: u16,
        /// One that is free.
        free: Option<u16>,
    },
    /// The machine says no.
    Machine(std::io::Error),
}

impl std::fmt::Display for ServeProblem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::PortInUse { port, free } => {
                write!(
                    formatter,
                    "端口 {port} 已经有别的程序在用，也可能是另一个窗口里的 hongtu serve"
                )?;
                match free {
                    Some(free) => write!(formatter, "。{free} 空着，可以写 --port {free}"),
                    None => write!(formatter, "。换一个端口，例如 --port 9000"),
                }
            }
            Self::Machine(error) => write!(formatter, "不能在这个地址上提供预览（{error}）"),
        }
    }
}

impl std::error::Error for ServeProblem {}

/// Serves the portal until someone presses Ctrl-C. `rebuild` makes the portal anew, each time with what changed
/// since the time before; the first time, and after a failure, that is everything.
///
/// # Errors
/// When there can be no server. What is wrong with the texts is shown in the browser and told.
pub fn serve(
    settings: &Settings,
    mut rebuild: impl FnMut(&Changed) -> Result<Built, ReadProblem>,
    mut tell: impl FnMut(Told<'_>),
) -> Result<(), ServeProblem> {
    let listener = listen(settings)?;
    let address = listener.local_addr().map_err(ServeProblem::Machine)?;
    let (sender, events) = channel();
    let (latest, shown) = latest::channel(None);
    let site = http::Site {
        hosts: Hosts::listening_at(settings.host),
        editors: Editors::of(&settings.content, &settings.themes),
        shown,
    };
    http::start(listener, site, sender.clone()).map_err(ServeProblem::Machine)?;
    tell(Told::Listening(&format!("http://{}/", hosts::in_address(address))));
    let folders = [settings.content.clone(), settings.themes.clone()];
    // Before the first build: what is written while it runs must not get lost.
    let (mut watch, why) = Watch::start(&folders, settings.watching, sender.clone());
    tell_polling(why, &mut tell);
    let mut pending = Pending::everything(Instant::now());
    let mut made: Option<Made> = None;
    loop {
        let due = [pending.due(), made.as_ref().map(|made| made.show_at)];
        match next_event(&events, due.into_iter().flatten().min()) {
            Event::Touched(Touched::Files(files)) => pending.note(Changed::Files(files), Instant::now()),
            Event::Touched(Touched::Folders) => pending.note_folders(Instant::now()),
            Event::Touched(Touched::Roots) => {
                tell_polling(watch.renew(), &mut tell);
                pending.note_folders(Instant::now());
            }
            Event::WatchFailed(reason) => {
                tell(Told::Polling(&watch.poll_instead(reason)));
                pending.note(Changed::Anything, Instant::now());
            }
            Event::Stopped => return Ok(()),
            Event::ServerFailed(error) => return Err(ServeProblem::Machine(error)),
            Event::Time => {}
        }
        if let Some(changed) = pending.take(Instant::now()) {
            let new = make(&mut rebuild, changed, &latest);
            match &new.outcome {
                Outcome::Built(_) => {}
                Outcome::Unreadable(_) => pending.everything_again(Some(Instant::now() + AGAIN)),
                Outcome::Panicked(_) => pending.everything_again(None),
            }
            made = Some(new);
        }
        let is_time = |made: &mut Made| made.show_at <= Instant::now() && !pending.is_waiting();
        if let Some(made) = made.take_if(is_time) {
            if matches!(made.outcome, Outcome::Built(_)) && was_unreadable(&latest) {
                // The folders that came back may be others than those that were watched.
                tell_polling(watch.renew(), &mut tell);
            }
            show(&latest, made, &mut tell);
        }
    }
}

fn tell_polling(why: Option<WhyPolling>, tell: &mut impl FnMut(Told<'_>)) {
    if let Some(why) = why {
        tell(Told::Polling(&why));
    }
}

/// The next event, or that it is time for what was put off.
fn next_event(events: &Receiver<Event>, due: Option<Instant>) -> Event {
    let Some(due) = due else {
        // The loop holds a sender itself, so that there is always one.
        return events.recv().unwrap_or(Event::Stopped);
    };
    match events.recv_timeout(due.saturating_duration_since(Instant::now())) {
        Ok(event) => event,
        Err(RecvTimeoutError::Timeout) => Event::Time,
        Err(RecvTimeoutError::Disconnected) => Event::Stopped,
    }
}

/// What a build made, and when it is to be shown.
struct Made {
    changed: Changed,
    outcome: Outcome,
    took: Duration,
    show_at: Instant,
}

enum Outcome {
    Built(Box<Built>),
    /// The machine cannot read the texts, in words.
    Unreadable(String),
    /// The program has a mistake, in words.
    Panicked(String),
}

fn make(
    rebuild: &mut impl FnMut(&Changed) -> Result<Built, ReadProblem>,
    changed: Changed,
    latest: &latest::Sender<Option<Arc<Shown>>>,
) -> Made {
    let start = Instant::now();
    // What a panic may leave half done is not looked at any more: everything is made anew after it.
    let outcome = match catch_unwind(AssertUnwindSafe(|| rebuild(&changed))) {
        Ok(Ok(built)) => Outcome::Built(Box::new(built)),
        Ok(Err(problem)) => Outcome::Unreadable(problem.to_string()),
        Err(panic) => Outcome::Panicked(words_of(&*panic)),
    };
    let end = Instant::now();
    let is_good = matches!(&outcome, Outcome::Built(built) if !built.has_errors());
    let is_first = latest.borrow().is_none();
    Made {
        changed,
        outcome,
        took: end - start,
        show_at: if is_good || is_first { end } else { end + PATIENCE },
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().copied();
    let words = words.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!(
        "程序自己出了错：{}。请把这句话和刚才改的文件告诉做程序的人；预览还在，改别的地方试试",
        words.unwrap_or("没有说明")
    )
}

fn was_unreadable(latest: &latest::Sender<Option<Arc<Shown>>>) -> bool {
    latest
        .borrow()
        .as_ref()
        .is_some_and(|shown| shown.found.failure.is_some())
}

/// Replaces what is shown, and tells of it.
fn show(latest: &latest::Sender<Option<Arc<Shown>>>, made: Made, tell: &mut impl FnMut(Told<'_>)) {
    let before = latest.borrow().clone();
    let mut made_pictures = MadePictures::new();
    let shown = match made.outcome {
        Outcome::Built(mut built) => {
            made_pictures = std::mem::take(&mut built.rendered.made_pictures);
            Shown::after(before.as_deref(), *built)
        }
        Outcome::Unreadable(words) | Outcome::Panicked(words) => {
            let known = before.as_ref().and_then(|shown| shown.found.failure.as_ref());
            if known == Some(&words) {
                return;
            }
            Shown::after_failure(before.as_deref(), words)
        }
    };
    let shown = Arc::new(shown);
    latest.send_replace(Some(Arc::clone(&shown)));
    let good_before = before.as_ref().and_then(|before| before.good.as_deref());
    let updated = good_before.zip(shown.good.as_deref());
    tell(Told::Rebuilt(Rebuilt {
        changed: &made.changed,
        shown: &shown,
        updated: updated.map(|(before, now)| now.differing(before).len()),
        made_pictures: &made_pictures,
        took: made.took,
    }));
}

fn listen(settings: &Settings) -> Result<TcpListener, ServeProblem> {
    let bind = |port| TcpListener::bind((settings.host, port));
    bind(settings.port).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            let mut others = (1..=TRIED_PORTS).filter_map(|step| settings.port.checked_add(step));
            ServeProblem::PortInUse {
                port: settings.port,
                free: others.find(|port| bind(*port).is_ok()),
            }
        }
        _ => ServeProblem::Machine(error),
    })
}
