//! Mailboxes whose name is a number: a QQ number or a mobile's. Other names don't tell a person's mailbox from
//! that of an office, and many offices have theirs at the large providers.

use std::ops::Range;

use super::forms;

/// A mailbox that is a person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What its name is.
    pub mailbox: Mailbox,
}

/// What the name of a mailbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailbox {
    /// A mobile's number.
    Mobile,
    /// Another number, as QQ gives to persons.
    Number,
}

/// Where mailboxes with numbers are those of persons.
const PROVIDERS: &[&str] = &[
    "qq.com",
    "vip.qq.com",
    "foxmail.com",
    "163.com",
    "126.com",
    "139.com",
    "189.cn",
    "wo.cn",
    "yeah.net",
    "sina.com",
    "sina.cn",
    "sohu.com",
    "aliyun.com",
    "21cn.com",
];

/// All of them in a text.
pub fn find(text: &str) -> Vec<Email> {
    text.match_indices('@').filter_map(|(at, _)| email(text, at)).collect()
}

fn email(text: &str, at: usize) -> Option<Email> {
    let before = &text[..at];
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-' | '+');
    let start = before.trim_end_matches(is_of_name).len();
    let name = &before[start..];
    let after = &text[at + 1..];
    let is_of_host = |letter: char| letter.is_ascii_alphanumeric() || letter == '.' || letter == '-';
    let host = &after[..after.len() - after.trim_start_matches(is_of_host).len()];
    let host = host.trim_end_matches('.');
    let is_number = (5..=11).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_digit());
    let is_known = PROVIDERS.iter().any(|known| known.eq_ignore_ascii_case(host));
    if !is_number || !is_known {
        return None;
    }
    let mailbox = if forms::is_mobile(name) {
        Mailbox::Mobile
    } else {
        Mailbox::Number
    };
    let range = start..at + 1 + host.len();
    Some(Email { range, mailbox })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_mailboxes_of_persons() {
        let found = |text: &str| -> Vec<(String, Mailbox)> {
            let found = find(text).into_iter();
            found
                .map(|email| (text[email.range].to_owned(), email.mailbox))
                .collect()
        };
        assert_eq!(
            found("请发到123456789@qq.com，或13900001234@139.com."),
            [
                ("123456789@qq.com".to_owned(), Mailbox::Number),
                ("13900001234@139.com".to_owned(), Mailbox::Mobile),
            ]
        );
        for text in [
            "dangban@163.com",
            "123456@wuxi.gov.cn",
            "a123456@qq.com",
            "1234@qq.com",
            "@qq.com",
            "12345@",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
