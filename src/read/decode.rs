//! Bytes to text: UTF-8 with or without a mark, UTF-16, and GB18030 as old Windows programs save.

use std::path::Path;

use super::ReadProblem;
use crate::diagnostic::{Diagnostic, rule};
use crate::source::{FileId, Sources, Span};

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
    /// It is text in no known encoding.
    Unreadable {
        /// Where the first bad bytes stand in the text that was made of them.
        at: usize,
    },
}

impl Decoded {
    /// Takes the text in; what was odd about its bytes is a problem of its file.
    pub fn into_source(self, path: String, sources: &mut Sources) -> (FileId, Option<EncodingProblem>) {
        let id = sources.add(path, self.text);
        if self.problem.is_some() {
            sources.mark_other_encoding(id);
        }
        (id, self.problem)
    }
}

impl EncodingProblem {
    /// Whether the text is what its writer wrote.
    pub fn is_readable(&self) -> bool {
        matches!(self, Self::Other(_))
    }

    /// The problem as people read it.
    pub fn diagnostic(&self, file: FileId) -> Diagnostic {
        match self {
            Self::Other(name) => Diagnostic::new(
                rule::OTHER_ENCODING,
                Span::file_start(file),
                format!("文件是 {name} 编码，已按 {name} 读取"),
            )
            .help("在编辑器里选“另存为”，编码选 UTF-8"),
            Self::Unreadable { at } => Diagnostic::new(
                rule::UNREADABLE_TEXT,
                Span::new(file, *at, *at),
                "文件不是文本，或者从这里起已经损坏",
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
                at: first_replaced(&text),
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
    let as_utf_8 = String::from_utf8_lossy(&bytes);
    if broken || is_damaged_utf_8(&as_utf_8) {
        let text = as_utf_8.into_owned();
        let at = first_replaced(&text);
        return Decoded {
            text,
            problem: Some(EncodingProblem::Unreadable { at }),
        };
    }
    without_control_characters(Decoded {
        text: text.into_owned(),
        problem: Some(EncodingProblem::Other("GB18030")),
    })
}

/// Whether a text is UTF-8 that lost a few bytes: GB18030 would read most of such a text too, and
/// make nonsense of it. The bytes of GB18030 hardly ever form UTF-8's Han characters.
fn is_damaged_utf_8(text: &str) -> bool {
    let lost = text.matches('\u{fffd}').count();
    let sound = text
        .chars()
        .filter(|c| matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}'))
        .count();
    sound > 4 * lost
}

/// NUL and its like do not occur in text; a picture that was named `.md` is full of them.
fn without_control_characters(decoded: Decoded) -> Decoded {
    let Some(at) = decoded.text.find('\0') else {
        return decoded;
    };
    Decoded {
        problem: Some(EncodingProblem::Unreadable { at }),
        ..decoded
    }
}

fn first_replaced(text: &str) -> usize {
    text.find('\u{fffd}').unwrap_or(text.len())
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
    fn a_text_that_was_cut_off_is_not_taken_for_another_encoding() {
        let cut = TEXT.as_bytes()[..=TEXT.find('㎡').unwrap()].to_vec();
        let at = TEXT.find('㎡').unwrap();
        assert_eq!(decode(cut).problem, Some(EncodingProblem::Unreadable { at }));
    }

    #[test]
    fn a_picture_is_no_text() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\xff\xff\xff".to_vec();
        assert!(matches!(decode(png).problem, Some(EncodingProblem::Unreadable { .. })));
    }
}
