//! The author of a PDF.
//!
//! A PDF is not taken apart for it: the key of its information is searched for in the bytes, and in those
//! streams of objects that are compressed. The last one counts, for that is what a program added last.

use std::io::Read;

use encoding_rs::{GB18030, UTF_16BE};
use flate2::read::ZlibDecoder;
use memchr::memmem;

use super::Document;
use crate::pictures;

/// The longest name that is read.
const LONGEST_NAME: usize = 512;
/// How many compressed streams of objects are looked into, and how far.
const MOST_STREAMS: usize = 256;
const MOST_UNPACKED: u64 = 1024 * 1024;

pub(super) fn read(bytes: &[u8]) -> Document {
    let mut document = Document::default();
    // What is locked is no text, though XMP may be open.
    let is_locked = memmem::find(bytes, b"/Encrypt").is_some();
    if !is_locked && let Some(name) = author(bytes).or_else(|| author_in_streams(bytes)) {
        document.add_name(&name);
    }
    let mut told = pictures::Told::default();
    pictures::from_xmp(bytes, &mut told);
    for name in &told.names {
        document.add_name(name);
    }
    document
}

/// The last author that is named.
fn author(bytes: &[u8]) -> Option<String> {
    let names = memmem::find_iter(bytes, b"/Author").filter_map(|at| {
        let value = bytes.get(at + b"/Author".len()..)?.trim_ascii_start();
        match value {
            [b'(', rest @ ..] => Some(decoded(&literal(rest))),
            [b'<', rest @ ..] if !rest.starts_with(b"<") => Some(decoded(&hexadecimal(rest))),
            _ => None,
        }
    });
    names.filter(|name| !name.trim().is_empty()).last()
}

fn author_in_streams(bytes: &[u8]) -> Option<String> {
    let streams = memmem::find_iter(bytes, b"/ObjStm").take(MOST_STREAMS);
    streams
        .filter_map(|at| {
            let rest = bytes.get(at..)?;
            let begin = memmem::find(rest.get(..rest.len().min(512))?, b"stream")? + b"stream".len();
            let data = rest.get(begin..)?;
            let data = data
                .strip_prefix(b"\r\n")
                .or_else(|| data.strip_prefix(b"\n"))
                .unwrap_or(data);
            let mut unpacked = Vec::new();
            // What came out before something was wrong is still worth a look.
            let _ = ZlibDecoder::new(data).take(MOST_UNPACKED).read_to_end(&mut unpacked);
            author(&unpacked)
        })
        .last()
}

/// A text in brackets, with its escapes resolved.
fn literal(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut depth = 1;
    let mut at = 0;
    while let Some(byte) = bytes.get(at).filter(|_| out.len() < LONGEST_NAME) {
        at += 1;
        match byte {
            b'\\' => at += escape(bytes.get(at..).unwrap_or_default(), &mut out),
            b'(' => {
                depth += 1;
                out.push(b'(');
            }
            b')' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
                out.push(b')');
            }
            byte => out.push(*byte),
        }
    }
    out
}

/// Resolves what stands behind a backslash, and says how many bytes it was.
fn escape(rest: &[u8], out: &mut Vec<u8>) -> usize {
    let octal = rest
        .iter()
        .take(3)
        .take_while(|byte| (b'0'..=b'7').contains(*byte))
        .count();
    match rest.first() {
        Some(_) if octal > 0 => {
            let value = rest[..octal]
                .iter()
                .fold(0_u8, |value, byte| value.wrapping_mul(8).wrapping_add(byte - b'0'));
            out.push(value);
            octal
        }
        Some(byte) => {
            out.push(match byte {
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'b' => 8,
                b'f' => 12,
                byte => *byte,
            });
            1
        }
        None => 0,
    }
}

fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = bytes
        .iter()
        .take(4 * LONGEST_NAME)
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    let pairs = digits.chunks(2);
    pairs
        .map(|pair| pair[0] * 16 + pair.get(1).copied().unwrap_or(0))
        .collect()
}

/// UTF-16 or UTF-8 with their marks; else what old programs under Windows wrote.
fn decoded(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return UTF_16BE.decode_without_bom_handling(rest).0.into_owned();
    }
    let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(rest) {
        Ok(text) => text.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(rest).0.into_owned(),
    }
}
