//! The thread of the server: takes connections, and answers each request from what is shown at that moment.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{Either, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::runtime;
use tokio::sync::watch::Receiver;

use super::Event;
use super::answer::{self, OWN};
use super::events::{self, EventStream};
use super::hosts::Hosts;
use super::preview::Editors;
use super::shown::Shown;

/// What requests are answered from.
#[derive(Debug, Clone)]
pub struct Site {
    /// The names of this server.
    pub hosts: Hosts,
    /// Where files are opened.
    pub editors: Editors,
    /// What is shown; nothing before the first build is done.
    pub shown: Receiver<Option<Arc<Shown>>>,
}

type Body = Either<Full<Bytes>, EventStream>;

/// When the machine has no more connections to give, it is asked again after this time.
const BREATH: Duration = Duration::from_millis(50);

/// Starts the thread of the server. It also is who is told that someone pressed Ctrl-C.
///
/// # Errors
/// When the machine gives no thread to it.
pub fn start(listener: TcpListener, site: Site, events: Sender<Event>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    thread::Builder::new().name("serve".to_owned()).spawn(move || {
        let failed = runtime.block_on(answer_all(listener, site, events.clone()));
        if let Err(error) = failed {
            // Nobody listens any more when the program is about to end.
            let _ = events.send(Event::ServerFailed(error));
        }
    })?;
    Ok(())
}

async fn answer_all(listener: TcpListener, site: Site, events: Sender<Event>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            let _ = events.send(Event::Stopped);
        }
    });
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(converse(stream, site.clone()));
            }
            // A connection that was given up before it was taken is no failure of the server; too many
            // open ones pass.
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
}

async fn converse(stream: TcpStream, site: Site) {
    // What is to be sent is small and complete: nothing is gained by waiting for more of it.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request: Request<Incoming>| {
        let site = site.clone();
        async move { Ok::<_, std::convert::Infallible>(respond(request, site).await) }
    });
    // Browsers end connections whenever they like.
    let _ = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn respond(request: Request<Incoming>, mut site: Site) -> Response<Body> {
    let (request, _) = request.into_parts();
    if let Some(refusal) = answer::refusal(&request, &site.hosts) {
        return refusal.map(|bytes| Either::Left(Full::new(bytes)));
    }
    if request.uri.path().strip_prefix(OWN) == Some("events") {
        return events::answer(&request, site).map(Either::Right);
    }
    let first = site.shown.wait_for(Option::is_some).await;
    let shown = first.ok().and_then(|shown| shown.clone());
    let shown = shown.unwrap_or_else(|| Arc::new(Shown::after_failure(None, "预览正在停止".to_owned())));
    answer::answer(&request, &shown, &site.editors).map(|bytes| Either::Left(Full::new(bytes)))
}
