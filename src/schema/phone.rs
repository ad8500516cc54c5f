//! Telephone numbers as people write them: 0510-8521 1234, （021）68880000转8012, 400-810-8888.

use std::ops::Range;

use super::half_width;

/// The extension or a second number begins behind these.
const EXTENSIONS: &[&str] = &["转", "分机", "ext"];
/// Signs that stand between the figures of one number.
const BETWEEN: &[char] = &[' ', '-', '‐', '‑', '–', '—', '－', '.', '(', ')'];

/// Whether a text names a number that can be dialled: a landline, a mobile, 400 or 800, or a
/// service number. Words may stand around it.
#[must_use]
pub fn names_a_number(text: &str) -> bool {
    let folded: String = text.chars().map(half_width).collect::<String>().to_lowercase();
    let is_part = |c: char| c.is_ascii_digit() || c == '*' || c == '+' || BETWEEN.contains(&c);
    let mut numbers = folded.split(|c: char| !is_part(c));
    EXTENSIONS.iter().any(|word| {
        folded
            .split(word)
            .next()
            .is_some_and(|main| main.len() < folded.len() && names_a_number(main))
    }) || numbers.any(has_number)
}

/// Whether a run of figures and the signs between them is a number, or several with spaces between.
fn has_number(run: &str) -> bool {
    let pieces: Vec<String> = run
        .split(' ')
        .map(|piece| piece.chars().filter(|c| c.is_ascii_digit() || *c == '*').collect())
        .filter(|piece: &String| !piece.is_empty())
        .collect();
    // A run as long as a whole article is no number, and its pieces are many.
    (0..pieces.len())
        .any(|start| (start + 1..=pieces.len().min(start + 4)).any(|end| is_number(&pieces[start..end].concat())))
        || without_extension(run)
}

/// 0510-85211234-801: the extension behind the last hyphen.
fn without_extension(run: &str) -> bool {
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    run.trim().rsplit_once('-').is_some_and(|(main, extension)| {
        (1..=6).contains(&figures(extension).len()) && figures(main).len() >= 7 && is_number(&figures(main))
    })
}

/// Figures alone, `*` for masked ones.
fn is_number(figures: &str) -> bool {
    let national = ["0086", "86"].iter().find_map(|code| {
        let rest = figures.strip_prefix(code)?;
        (rest.len() >= 9).then_some(rest)
    });
    let figures = national.unwrap_or(figures);
    let abroad = national.is_some();
    match figures.as_bytes() {
        [b'0', b'1' | b'2', ..] => (10..=11).contains(&figures.len()),
        [b'0', b'3'..=b'9', ..] => (11..=12).contains(&figures.len()),
        [b'1', b'3'..=b'9' | b'*', ..] if figures.len() == 11 => true,
        [b'4' | b'8', b'0', b'0', ..] if figures.len() == 10 => true,
        [b'1', b'0', ..] if abroad => figures.len() == 10,
        // Behind the country's code the area code goes without its zero.
        [b'2'..=b'9', ..] if abroad => (9..=11).contains(&figures.len()),
        [b'2'..=b'9', ..] if (7..=8).contains(&figures.len()) => true,
        // 110, 12345, 95598, 123456: services.
        [b'1' | b'9', ..] => matches!(figures.len(), 3 | 5 | 6),
        _ => false,
    }
}

/// The first number of a private mobile in a text, in bytes; masked ones (138****1234) are none.
///
/// 139 1234 5678, 139-1234-5678 and +86 139… count as well. What is part of a longer row of figures is
/// none, such as the middle of an identity number.
#[must_use]
pub fn mobile(text: &str) -> Option<Range<usize>> {
    let letters: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, half_width(c))).collect();
    (0..letters.len()).find_map(|start| {
        if start > 0 && letters[start - 1].1.is_ascii_digit() && !follows_country_code(&letters[..start]) {
            return None;
        }
        let end = mobile_end(&letters, start)?;
        let last = letters.get(end).map_or(text.len(), |(at, _)| *at);
        Some(letters[start].0..last)
    })
}

/// Where the eleven figures end that begin here, each group of them perhaps behind one sign.
fn mobile_end(letters: &[(usize, char)], start: usize) -> Option<usize> {
    let mut figures = 0;
    let mut at = start;
    while figures < 11 {
        let (_, letter) = letters.get(at)?;
        let is_right = match figures {
            0 => *letter == '1',
            1 => ('3'..='9').contains(letter),
            _ => letter.is_ascii_digit(),
        };
        if is_right {
            figures += 1;
        } else if figures < 2 || !BETWEEN.contains(letter) || !letters[at - 1].1.is_ascii_digit() {
            return None;
        }
        at += 1;
    }
    let goes_on = letters.get(at).is_some_and(|(_, letter)| letter.is_ascii_digit());
    (!goes_on).then_some(at)
}

/// Whether 86 or 0086 and nothing else stands directly before.
fn follows_country_code(before: &[(usize, char)]) -> bool {
    let figures: String = before
        .iter()
        .rev()
        .map(|(_, letter)| *letter)
        .take_while(char::is_ascii_digit)
        .take(5)
        .collect();
    matches!(figures.as_str(), "68" | "6800")
}

/// A mobile number as it may be shown: 138****1234.
#[must_use]
pub fn masked(number: &str) -> String {
    let figures: Vec<char> = number.chars().map(half_width).filter(char::is_ascii_digit).collect();
    let first: String = figures.iter().take(3).collect();
    let last: String = figures.iter().skip(7).collect();
    format!("{first}****{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_known_in_their_many_forms() {
        for text in [
            "0510-0000 0012",
            "0510-85211234",
            "（0510）8521 1234",
            "０５１０－８５２１１２３４",
            "010-12345678",
            "021 6888 0000",
            "0510-85211234转801",
            "0510-85211234-801",
            "0510-85211234/85215678",
            "0510-85211234 85215678",
            "办公室 0510-85211234（工作日）",
            "+86-510-85211234",
            "+86 10 12345678",
            "86 139 1234 5678",
            "400-810-8888",
            "4008108888",
            "800-810-8888",
            "12345",
            "95598",
            "110",
            "85211234",
            "13912345678",
            "139****5678",
        ] {
            assert!(names_a_number(text), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_dialled_is_no_number() {
        for text in [
            "",
            "无",
            "暂无",
            "见官网",
            "请洽前台",
            "0510-123",
            "0510-0000 00012",
            "0510-852112345678",
            "1234",
            "00000000",
            "office@example.cn",
            "转801",
        ] {
            assert!(!names_a_number(text), "{text}");
        }
    }

    #[test]
    fn private_mobiles_are_found_where_they_stand() {
        for (text, number) in [
            ("13912345678", "13912345678"),
            ("张老师139 1234 5678（微信同号）", "139 1234 5678"),
            ("139-1234-5678", "139-1234-5678"),
            ("+8613912345678", "13912345678"),
            ("0086-139-1234-5678", "139-1234-5678"),
            ("１３９１２３４５６７８", "１３９１２３４５６７８"),
            ("0510-85211234 18812345678", "18812345678"),
            ("0510-85211234、19912345678", "19912345678"),
        ] {
            let found = mobile(text).map(|range| &text[range]);
            assert_eq!(found, Some(number), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_mobiles() {
        for text in [
            "139****5678",
            "0510-85211234",
            "0510-0000 0012",
            "021-1391 2345",
            "12345678901",
            "320200199001011234",
            "139123456789",
            "400-139-1234",
            "139 1234",
            "",
        ] {
            assert_eq!(mobile(text), None, "{text}");
        }
    }

    #[test]
    fn a_masked_number_keeps_its_ends() {
        assert_eq!(masked("139 1234 5678"), "139****5678");
        assert_eq!(masked("１３９１２３４５６７８"), "139****5678");
        assert_eq!(mobile(&masked("13912345678")), None);
    }
}
