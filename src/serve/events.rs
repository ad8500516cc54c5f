//! Telling open pages what to do, by server-sent events. Each page says once where it is and what it has
//! seen; from then on it gets one message for each thing that is shown.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::Response;
use hyper::body::{Body, Frame};
use hyper::header::{self, HeaderValue};
use hyper::http::request::Parts;
use serde_json::json;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::timeout;

use super::http::Site;
use super::page_changes::{Deed, deed, seen_at};
use super::preview;
use super::shown::Shown;

/// A line that says nothing is sent after this time, so that a page that has left is noticed.
const ALIVE: Duration = Duration::from_secs(10);
/// So many messages wait for a page that is slow; then it has to.
const WAITING: usize = 4;

/// A page that listens.
struct Listener {
    site: Site,
    /// The path of its address.
    address: String,
    /// What the page was made of.
    seen: String,
}

/// The messages to a page, as the body of an answer that does not end.
pub struct EventStream(Receiver<Bytes>);

impl Body for EventStream {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let next = self.0.poll_recv(context);
        next.map(|message| message.map(|message| Ok(Frame::data(message))))
    }
}

/// Begins to tell a page. Its request names its address and what it has seen.
pub fn answer(request: &Parts, site: Site) -> Response<EventStream> {
    let query = request.uri.query().unwrap_or_default();
    let parameter = |name: &str| {
        let mut parameters = url::form_urlencoded::parse(query.as_bytes());
        let found = parameters.find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let listener = Listener {
        site,
        address: parameter("page"),
        seen: parameter("seen"),
    };
    let (sender, receiver) = mpsc::channel(WAITING);
    // Ends when the page has left or the program ends.
    tokio::spawn(tell(listener, sender));
    let mut response = Response::new(EventStream(receiver));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/event-stream; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn tell(mut listener: Listener, sender: Sender<Bytes>) -> Option<()> {
    let first = listener.site.shown.wait_for(Option::is_some).await.ok()?.clone();
    let mut known = first?;
    let is_seen = seen_at(&known, &listener.address) == listener.seen;
    let deed = if is_seen { Deed::Keep } else { Deed::Reload };
    sender.send(message(&listener, &known, &deed)).await.ok()?;
    loop {
        let Ok(changed) = timeout(ALIVE, listener.site.shown.changed()).await else {
            sender.send(Bytes::from_static(b":\n\n")).await.ok()?;
            continue;
        };
        changed.ok()?;
        let shown = listener.site.shown.borrow_and_update().clone()?;
        let deed = deed_after(&known, &shown, &listener.address);
        sender.send(message(&listener, &shown, &deed)).await.ok()?;
        known = shown;
    }
}

fn deed_after(before: &Shown, after: &Shown, address: &str) -> Deed {
    match (&before.good, &after.good) {
        (Some(before), Some(after)) if Arc::ptr_eq(before, after) => Deed::Keep,
        (Some(before), Some(after)) => deed(before, after, address),
        (None, None) => Deed::Keep,
        _ => Deed::Reload,
    }
}

/// All that a page has to know, as one message.
fn message(listener: &Listener, shown: &Shown, deed: &Deed) -> Bytes {
    let (name, styles, target) = match deed {
        Deed::Keep => ("keep", None, None),
        Deed::Reload => ("reload", None, None),
        Deed::Styles(styles) => ("styles", Some(styles), None),
        Deed::Go(target) => ("go", None, Some(target)),
    };
    let editors = &listener.site.editors;
    let data = json!({
        "deed": name,
        "styles": styles,
        "target": target,
        "seen": seen_at(shown, &listener.address),
        "errors": preview::errors(&shown.found, editors),
        "panel": preview::panel(shown, &listener.address, editors),
        "unpublished": preview::unpublished(shown),
    });
    // JSON has no line ends of its own, which would end the message.
    Bytes::from(format!("data: {data}\n\n"))
}
