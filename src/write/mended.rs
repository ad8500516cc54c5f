//! Puts mended texts in place of the files that people wrote.
//!
//! Nothing is lost: a file is replaced only if it still holds, byte for byte, what was read from it; the new
//! one appears whole, by a rename, and is on the disk before it does.

use std::fs;
use std::path::Path;

use super::WriteProblem;
use super::change::replace;
use super::paths::TEMPORARY_PREFIX;
use super::problem::{could_not, refused};

/// The mark that some editors put before UTF-8; it is no part of the text and stays.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Replaces the text of a file in UTF-8.
///
/// # Errors
/// When the file holds something else than `old` by now, and when it can't be read or written.
pub fn replace_text(place: &Path, old: &str, new: &str) -> Result<(), WriteProblem> {
    let present = fs::read(place).map_err(could_not("读取文件", place))?;
    let mark = if present.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK
    } else {
        &[]
    };
    if &present[mark.len()..] != old.as_bytes() {
        return Err(refused("修改文件", place, "检查以后文件又变了，请再运行一次"));
    }
    let permissions = fs::metadata(place).map_err(could_not("读取文件", place))?.permissions();
    let temporary = place.with_file_name(format!("{TEMPORARY_PREFIX}{}", std::process::id()));
    let bytes = [mark, new.as_bytes()].concat();
    replace(place, &temporary, &bytes).map_err(could_not("修改文件", place))?;
    fs::set_permissions(place, permissions).map_err(could_not("修改文件", place))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::replace_text;

    fn in_a_file(bytes: &[u8], check: impl FnOnce(&std::path::Path)) {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.md");
        fs::write(&place, bytes).unwrap();
        check(&place);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing else is left");
    }

    #[test]
    fn a_text_is_replaced_and_the_mark_before_it_stays() {
        in_a_file("\u{feff}党建\r\n联盟".as_bytes(), |place| {
            replace_text(place, "党建\r\n联盟", "党建\r\n").unwrap();
            assert_eq!(fs::read(place).unwrap(), "\u{feff}党建\r\n".as_bytes());
        });
    }

    #[test]
    fn what_changed_since_is_left_alone() {
        in_a_file("新的".as_bytes(), |place| {
            let problem = replace_text(place, "旧的", "改的").unwrap_err().to_string();
            assert!(problem.contains("文件又变了"), "{problem}");
            assert_eq!(fs::read(place).unwrap(), "新的".as_bytes());
        });
    }

    #[test]
    fn another_encoding_is_left_alone() {
        let gbk = [0xb5, 0xb3, 0xbd, 0xa8];
        in_a_file(&gbk, |place| {
            assert!(replace_text(place, "党建", "党").is_err());
            assert_eq!(fs::read(place).unwrap(), gbk);
        });
    }
}
