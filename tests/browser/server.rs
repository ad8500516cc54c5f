//! The portal over HTTP, below a sub-path, as a park's portal often has to lie.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use percent_encoding::percent_decode_str;

use crate::portal::Portal;

/// Below this path the portal lies; everything else is not found.
const PREFIX: &str = "/some/sub-path/";

/// A server that runs until it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves a portal at a free port of this machine.
    pub(crate) fn of(portal: &'static Portal) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let ended = Arc::new(AtomicBool::new(false));
        let seen_by_thread = Arc::clone(&ended);
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if seen_by_thread.load(Ordering::SeqCst) {
                    break;
                }
                // A browser that goes away in the middle of an answer is no problem of the portal.
                let Ok(stream) = stream else { continue };
                thread::spawn(move || answer(portal, &stream));
            }
        });
        Self {
            address,
            ended,
            thread: Some(thread),
        }
    }

    /// The address of the portal; ends in `/`.
    pub(crate) fn base(&self) -> String {
        format!("http://{}{PREFIX}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the thread up, which waits for a connection.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Answers one request and closes the connection.
fn answer(portal: &Portal, mut stream: &TcpStream) {
    let mut request = BufReader::new(stream);
    let mut first = String::new();
    if request.read_line(&mut first).is_err() {
        return;
    }
    let mut header = String::new();
    while request.read_line(&mut header).is_ok_and(|length| length > 2) {
        header.clear();
    }
    let asked = first.split(' ').nth(1).unwrap_or_default();
    let path = asked.split('?').next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8_lossy();
    let file = path
        .strip_prefix(PREFIX)
        .and_then(|path| Some((path, portal.file(path)?)));
    let (status, kind, body) = match file {
        Some((path, bytes)) => ("200 OK", content_type(path), &**bytes),
        None => ("404 Not Found", "text/plain", b"404".as_slice()),
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css",
        "js" => "text/javascript",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "webp" => "image/webp",
        "json" => "application/json",
        "geojson" => "application/geo+json",
        "csv" => "text/csv",
        "xml" | "kml" | "gpx" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
