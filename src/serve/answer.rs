//! The answer to a request: pure, from what is shown. The addresses are those of a plain web server with the
//! outputs in a folder, so that what works here works there.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use headers::{ETag, Header, HeaderMapExt, IfNoneMatch, IfRange};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};
use percent_encoding::percent_decode_str;

use super::hosts::Hosts;
use super::preview::{self, Editors};
use super::range::{Part, part};
use super::shown::{Good, Shown};

/// Where what is added to pages is found.
pub const OWN: &str = "/hongtu-preview/";

/// What stands at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// An output.
    Output(&'a str, &'a Arc<[u8]>),
    /// A folder that was written without the slash at its end, on which its relative links rely.
    Folder,
    /// Nothing.
    Missing,
}

/// What stands at the path of an address.
pub fn place<'a>(good: &'a Good, address: &str) -> Place<'a> {
    let Some(path) = path_of(address) else {
        return Place::Missing;
    };
    if let Some((path, bytes)) = good.outputs.get_key_value(&*path) {
        return Place::Output(path, bytes);
    }
    if good.outputs.contains_key(&format!("{path}/index.html")) {
        return Place::Folder;
    }
    Place::Missing
}

/// The path of the output that an address means, if it can be one.
fn path_of(address: &str) -> Option<String> {
    let below = address.strip_prefix('/')?;
    let decoded: Cow<'_, str> = percent_decode_str(below).decode_utf8().ok()?;
    let is_folder = decoded.is_empty() || decoded.ends_with('/');
    Some(format!("{decoded}{}", if is_folder { "index.html" } else { "" }))
}

/// What tells one page from another at the same address: made of the bytes of the output.
pub fn seen(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..20].to_owned()
}

/// The page of addresses that lead nowhere.
pub fn missing_page(good: &Good) -> &[u8] {
    good.output("404.html").map_or(&[], |bytes| bytes)
}

/// Refuses what must not be answered.
pub fn refusal(request: &Parts, hosts: &Hosts) -> Option<Response<Bytes>> {
    let named = request.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let in_address = request.uri.authority().map(hyper::http::uri::Authority::as_str);
    if !named.is_some_and(|host| hosts.answer_to(host)) || in_address.is_some_and(|host| !hosts.answer_to(host)) {
        let words = "这是本机的预览，只回答用 localhost 或本机地址打开的请求。\n";
        return Some(plain(StatusCode::FORBIDDEN, words));
    }
    if request.method != Method::GET && request.method != Method::HEAD {
        let mut refusal = plain(StatusCode::METHOD_NOT_ALLOWED, "预览只能看，不能写。\n");
        let allowed = HeaderValue::from_static("GET, HEAD");
        refusal.headers_mut().insert(header::ALLOW, allowed);
        return Some(refusal);
    }
    None
}

/// Answers a request that is not refused.
pub fn answer(request: &Parts, shown: &Shown, editors: &Editors) -> Response<Bytes> {
    let address = request.uri.path();
    if let Some(name) = address.strip_prefix(OWN) {
        return match preview::file(name) {
            Some(text) => file(request, name, Bytes::from_static(text.as_bytes())),
            None => plain(StatusCode::NOT_FOUND, "没有这个文件。\n"),
        };
    }
    let Some(good) = &shown.good else {
        let page = preview::waiting_page(&shown.found, editors);
        return page_with(StatusCode::SERVICE_UNAVAILABLE, page.into());
    };
    match place(good, address) {
        Place::Output(path, bytes) if is_page(path) => {
            let page = preview::with_script(bytes, &seen(bytes));
            file(request, path, page.into())
        }
        Place::Output(path, bytes) => file(request, path, Bytes::from_owner(Arc::clone(bytes))),
        Place::Folder => {
            let mut redirect = plain(StatusCode::TEMPORARY_REDIRECT, "");
            if let Ok(target) = HeaderValue::from_str(&format!("{address}/")) {
                redirect.headers_mut().insert(header::LOCATION, target);
            }
            redirect
        }
        Place::Missing => {
            let page = missing_page(good);
            let rooted = preview::rooted(page);
            page_with(StatusCode::NOT_FOUND, preview::with_script(&rooted, &seen(page)).into())
        }
    }
}

fn is_page(path: &str) -> bool {
    media_type(path).starts_with("text/html")
}

/// A file, or the part of it that is asked for, or that it is the one that is known.
fn file(request: &Parts, path: &str, bytes: Bytes) -> Response<Bytes> {
    let tag = tag(&bytes);
    let asked = &request.headers;
    let is_known = asked.typed_get::<IfNoneMatch>();
    if tag
        .as_ref()
        .is_some_and(|tag| is_known.is_some_and(|known| !known.precondition_passes(tag)))
    {
        let mut response = response(StatusCode::NOT_MODIFIED, Bytes::new());
        if let Some(tag) = tag {
            response.headers_mut().typed_insert(tag);
        }
        return response;
    }
    let length = bytes.len();
    let mut response = match wanted(asked, tag.as_ref(), length) {
        Part::Whole => response(StatusCode::OK, bytes),
        Part::Bytes { first, last } => {
            let mut response = response(StatusCode::PARTIAL_CONTENT, bytes.slice(first..=last));
            set_range(response.headers_mut(), &format!("bytes {first}-{last}/{length}"));
            response
        }
        Part::Nothing => {
            let mut response = response(StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new());
            set_range(response.headers_mut(), &format!("bytes */{length}"));
            return response;
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(tag) = tag {
        headers.typed_insert(tag);
    }
    response
}

/// What is asked for; the whole, if the rest of something else is meant.
fn wanted(asked: &HeaderMap, tag: Option<&ETag>, length: usize) -> Part {
    let range = asked.get(header::RANGE).and_then(|range| range.to_str().ok());
    let is_of_another = asked.contains_key(IfRange::name())
        && asked
            .typed_get::<IfRange>()
            .is_none_or(|condition| condition.is_modified(tag, None));
    range
        .filter(|_| !is_of_another)
        .map_or(Part::Whole, |range| part(range, length))
}

/// Made from the bytes: what is the same has the same, over all builds.
fn tag(bytes: &[u8]) -> Option<ETag> {
    format!("\"{}\"", seen(bytes)).parse().ok()
}

fn set_range(headers: &mut HeaderMap, range: &str) {
    if let Ok(range) = HeaderValue::from_str(range) {
        headers.insert(header::CONTENT_RANGE, range);
    }
}

fn page_with(status: StatusCode, page: Bytes) -> Response<Bytes> {
    let mut response = response(status, page);
    let html = HeaderValue::from_static(media_type("page.html"));
    response.headers_mut().insert(header::CONTENT_TYPE, html);
    response
}

fn plain(status: StatusCode, words: &'static str) -> Response<Bytes> {
    let mut response = response(status, Bytes::from_static(words.as_bytes()));
    let text = HeaderValue::from_static(media_type("words.txt"));
    response.headers_mut().insert(header::CONTENT_TYPE, text);
    response
}

/// What every answer says: ask again each time, for it may be another one by then; and it is for pages of this
/// server only, or a page of another site could run our data as a script and read the drafts in it.
fn response(status: StatusCode, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

/// The type of a file, by its extension. Everything that hongtu writes is UTF-8.
fn media_type(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "geojson" => "application/geo+json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "kml" => "application/vnd.google-earth.kml+xml; charset=utf-8",
        "gpx" => "application/gpx+xml; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "txt" | "md" | "yaml" | "yml" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "doc" => "application/msword",
        "xls" => "application/vnd.ms-excel",
        "ppt" => "application/vnd.ms-powerpoint",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn good() -> Good {
        let paths = ["index.html", "cases/index.html", "cases/a.html", "a b.txt", "404.html"];
        Good {
            outputs: paths
                .iter()
                .map(|path| ((*path).to_owned(), path.as_bytes().into()))
                .collect(),
            pages: BTreeMap::new(),
            sources: Arc::default(),
        }
    }

    #[test]
    fn addresses_are_those_of_a_folder_of_files() {
        let good = good();
        let output = |address| match place(&good, address) {
            Place::Output(path, _) => path.to_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(output("/"), "index.html");
        assert_eq!(output("/cases/"), "cases/index.html");
        assert_eq!(output("/cases/a.html"), "cases/a.html");
        assert_eq!(output("/a%20b.txt"), "a b.txt");
        assert_eq!(output("/cases"), "Folder");
        // What no web server makes of a folder of files, this one does not either.
        for address in [
            "/cases/a",
            "/cases/a.html/",
            "//cases/a.html",
            "/cases/../index.html",
            "/%2e%2e/index.html",
            "/%ff",
            "",
            "/cases/b.html",
        ] {
            assert_eq!(output(address), "Missing", "{address}");
        }
    }
}
