//! Bytes to text: UTF-8 with or without a mark, UTF-16, and GB18030 as old Windows programs save.

use std::path::Path;

use super::ReadProblem;
use crate::diagnostic::{Diagnostic, rule};
use crate::source::{FileId, Span};

/// A file as text, with what was odd about its bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text without a byte order mark; line ends as in the file.
    pub text: String,
    /// What was odd.
    pub problem: Option<EncodingProblem>,
}

/// What was odd about a file's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EncodingProblem {
    /// It was decoded from another encoding than UTF-8.
    Other(&'static str),
    /// It is text in no known encoding; the line (from 1) where the first bad bytes stand.
    Unreadable {
        /// From 1.
        line: usize,
    },
}

impl EncodingProblem {
    /// The problem as people read it.
    pub fn diagnostic(&self, file: FileId) -> Diagnostic {
        match self {
            Self::Other(name) => Diagnostic::new(
                rule::OTHER_ENCODING,
                Span::file_start(file),
                format!("文件是 {name} 编码，已按 {name} 读取"),
            )
            .help("在编辑器里选“另存为”，编码选 UTF-8"),
            Self::Unreadable { line } => Diagnostic::new(
                rule::UNREADABLE_TEXT,
                Span::file_start(file),
                format!("文件不是文本，或者编码已经损坏（第 {line} 行起）"),
            )
            .help("用编辑器打开，确认内容完好后另存为 UTF-8；图片和附件不要用 .md 作后缀"),
        }
    }
}

/// Reads a file and decodes it.
///
/// # Errors
/// When the machine cannot read the file.
pub fn read_text(path: &Path) -> Result<Decoded, ReadProblem> {
    let bytes = std::fs::read(path).map_err(|error| ReadProblem {
        doing: "读取文件",
        path: path.to_owned(),
        error,
    })?;
    Ok(decode(bytes))
}

/// Decodes bytes: the mark decides if there is one; then UTF-8; then GB18030, which has no marks
/// but rules that random bytes break.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let problem = if broken {
            Some(EncodingProblem::Unreadable {
                line: replaced_line(&text),
            })
        } else if encoding == encoding_rs::UTF_8 {
            None
        } else {
            Some(EncodingProblem::Other(encoding.name()))
        };
        return without_control_characters(Decoded {
            text: text.into_owned(),
            problem,
        });
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return without_control_characters(Decoded { text, problem: None }),
        Err(error) => error.into_bytes(),
    };
    let (text, broken) = encoding_rs::GB18030.decode_without_bom_handling(&bytes);
    if broken {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let line = replaced_line(&text);
        return Decoded {
            text,
            problem: Some(EncodingProblem::Unreadable { line }),
        };
    }
    without_control_characters(Decoded {
        text: text.into_owned(),
        problem: Some(EncodingProblem::Other("GB18030")),
    })
}

/// NUL and its like do not occur in text; a picture that was named `.md` is full of them.
fn without_control_characters(decoded: Decoded) -> Decoded {
    let Some(at) = decoded.text.find(|c: char| c == '\0') else {
        return decoded;
    };
    let line = decoded.text[..at].matches('\n').count() + 1;
    Decoded {
        problem: Some(EncodingProblem::Unreadable { line }),
        ..decoded
    }
}

fn replaced_line(text: &str) -> usize {
    let at = text.find('\u{fffd}').unwrap_or(text.len());
    text[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\ntitle: 园区党建\n---\n正文：“引号”，㎡。\n";

    #[test]
    fn utf_8_with_and_without_a_mark() {
        assert_eq!(
            decode(TEXT.into()),
            Decoded {
                text: TEXT.into(),
                problem: None
            }
        );
        let marked = [b"\xef\xbb\xbf", TEXT.as_bytes()].concat();
        assert_eq!(
            decode(marked),
            Decoded {
                text: TEXT.into(),
                problem: None
            }
        );
    }

    #[test]
    fn utf_16_in_both_orders() {
        for (mark, big) in [([0xff, 0xfe], false), ([0xfe, 0xff], true)] {
            let mut bytes = mark.to_vec();
            for unit in TEXT.encode_utf16() {
                bytes.extend(if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
            }
            let decoded = decode(bytes);
            assert_eq!(decoded.text, TEXT);
            assert!(matches!(decoded.problem, Some(EncodingProblem::Other(name)) if name.starts_with("UTF-16")));
        }
    }

    #[test]
    fn gb18030_is_decoded_and_named() {
        let (bytes, ..) = encoding_rs::GB18030.encode(TEXT);
        let decoded = decode(bytes.into_owned());
        assert_eq!(decoded.text, TEXT);
        assert_eq!(decoded.problem, Some(EncodingProblem::Other("GB18030")));
    }

    #[test]
    fn a_picture_is_no_text() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\xff\xff\xff".to_vec();
        assert!(matches!(decode(png).problem, Some(EncodingProblem::Unreadable { .. })));
    }
}
