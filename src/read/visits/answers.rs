//! What visits found, and how it is kept between them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::read::ReadProblem;
use crate::schema::date::Date;

/// The file of kept answers, below the cache folder.
pub const FILE: &str = "outside-links.json";

/// The form of that file; another form counts as nothing kept.
const VERSION: u32 = 1;

/// For so many days a good answer is believed. What was not good is asked again each time.
pub const DAYS: i32 = 7;

/// What the visits found, by address.
pub type Answers = BTreeMap<String, Answer>;

/// What a visit found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The page is there.
    Found,
    /// The page is there, and everyone is sent to another address for good.
    Moved {
        /// The new address.
        to: String,
    },
    /// There is no such page, by this status.
    Gone(u16),
    /// There is no such host.
    UnknownHost,
    /// It cannot be told.
    Uncertain(Doubt),
}

/// Why it cannot be told whether an address leads somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// No answer in time.
    Silence,
    /// A status that says neither yes nor no.
    Status(u16),
    /// A certificate that is not accepted.
    Certificate,
    /// No connection.
    Connection,
    /// Redirects that lead round in a circle, or on and on.
    Circle,
    /// Not visited, since its host did not answer.
    GivenUp,
}

impl Answer {
    /// Whether a server said it, so that there is a network at all.
    pub fn came_from_a_server(&self) -> bool {
        match self {
            Self::Found | Self::Moved { .. } | Self::Gone(_) => true,
            Self::UnknownHost => false,
            Self::Uncertain(doubt) => matches!(doubt, Doubt::Status(_) | Doubt::Certificate | Doubt::Circle),
        }
    }

    fn is_good(&self) -> bool {
        matches!(self, Self::Found | Self::Moved { .. })
    }
}

impl Doubt {
    /// What happened, for people.
    pub fn in_words(self) -> String {
        match self {
            Self::Silence => "等了很久没有回应".to_owned(),
            Self::Status(401 | 403) => "那边不让程序看".to_owned(),
            Self::Status(429) => "那边嫌问得太多".to_owned(),
            Self::Status(status @ 500..) => format!("那边出了故障（{status}）"),
            Self::Status(status) => format!("回答看不明白（{status}）"),
            Self::Certificate => "证书有问题".to_owned(),
            Self::Connection => "连不上".to_owned(),
            Self::Circle => "跳转来跳转去，到不了".to_owned(),
            Self::GivenUp => "同一个网站前几个都没有回应，没有再试".to_owned(),
        }
    }
}

/// Kept answers, each with its day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    version: u32,
    answers: BTreeMap<String, (String, Answer)>,
}

impl Kept {
    /// What is worth keeping of earlier answers and of new ones.
    #[must_use]
    pub fn with(&self, answers: &Answers, today: Date) -> Self {
        let is_fresh = |day: &str| is_fresh(day, today);
        let mut kept = self.answers.clone();
        kept.retain(|_, (day, _)| is_fresh(day));
        for (address, answer) in answers {
            if !answer.is_good() {
                kept.remove(address);
            } else if kept.get(address).is_none_or(|(_, known)| known != answer) {
                kept.insert(address.clone(), (written(today), answer.clone()));
            }
        }
        Self {
            version: VERSION,
            answers: kept,
        }
    }

    /// A good answer that is still believed.
    pub fn fresh(&self, address: &str, today: Date) -> Option<&Answer> {
        let (day, answer) = self.answers.get(address)?;
        (answer.is_good() && is_fresh(day, today)).then_some(answer)
    }

    /// As the text of the file.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which no text of addresses is.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }

    /// From the text of the file: nothing, if it is of another form. Anyone may delete it or spoil it.
    pub fn from_json(text: &str) -> Self {
        serde_json::from_str::<Self>(text)
            .ok()
            .filter(|kept| kept.version == VERSION)
            .unwrap_or_default()
    }
}

fn written(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

/// Whether a day is one of the last few.
fn is_fresh(day: &str, today: Date) -> bool {
    let (Ok(day), Ok(today)) = (
        day.parse::<jiff::civil::Date>(),
        written(today).parse::<jiff::civil::Date>(),
    ) else {
        return false;
    };
    day.until(today)
        .is_ok_and(|passed| (0..DAYS).contains(&passed.get_days()))
}

/// Reads what is kept. A missing file is none.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn read_kept(cache: Option<&Path>) -> Result<Kept, ReadProblem> {
    let Some(path) = cache.map(|cache| cache.join(FILE)) else {
        return Ok(Kept::default());
    };
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Kept::from_json(&text)),
        Err(error)
            if matches!(
                error.kind(),
                std::io::ErrorKind::NotFound | std::io::ErrorKind::InvalidData
            ) =>
        {
            Ok(Kept::default())
        }
        Err(error) => Err(ReadProblem {
            doing: "读取缓存",
            path,
            error,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn moved() -> Answer {
        Answer::Moved {
            to: "https://b.cn/".to_owned(),
        }
    }

    #[test]
    fn good_answers_are_believed_for_a_week_and_bad_ones_never() {
        let answers = Answers::from([
            ("https://a.cn/".to_owned(), Answer::Found),
            ("https://b.cn/".to_owned(), moved()),
            ("https://c.cn/".to_owned(), Answer::Gone(404)),
        ]);
        let kept = Kept::default().with(&answers, day("2026-02-27"));
        let kept = Kept::from_json(&kept.to_json().unwrap());
        let fresh = |address: &str, today: &str| kept.fresh(address, day(today)).cloned();
        assert_eq!(fresh("https://a.cn/", "2026-02-27"), Some(Answer::Found));
        assert_eq!(fresh("https://b.cn/", "2026-03-05"), Some(moved()));
        assert_eq!(fresh("https://a.cn/", "2026-03-06"), None);
        assert_eq!(fresh("https://a.cn/", "2026-02-26"), None, "a clock went back");
        assert_eq!(fresh("https://c.cn/", "2026-02-27"), None);
    }

    #[test]
    fn a_kept_answer_does_not_grow_younger() {
        let answers = Answers::from([("https://a.cn/".to_owned(), Answer::Found)]);
        let kept = Kept::default().with(&answers, day("2026-02-27"));
        let kept = kept.with(&answers, day("2026-03-04"));
        assert!(kept.fresh("https://a.cn/", day("2026-03-06")).is_none());
        let later = kept.with(&Answers::new(), day("2026-04-01"));
        assert_eq!(later.answers.len(), 0, "what is old is not kept for good");
        let gone = Answers::from([("https://a.cn/".to_owned(), Answer::Gone(404))]);
        assert!(kept.with(&gone, day("2026-02-28")).answers.is_empty());
    }

    #[test]
    fn a_spoilt_file_is_no_file() {
        assert_eq!(Kept::from_json("{\"version\": 1, \"answers\": {"), Kept::default());
        let other = "{\"version\": 2, \"answers\": {\"https://a.cn/\": [\"2026-02-27\", \"found\"]}}";
        assert_eq!(Kept::from_json(other), Kept::default());
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read_kept(Some(folder.path())).unwrap(), Kept::default());
        std::fs::write(folder.path().join(FILE), [0xff, 0xfe, 0x00]).unwrap();
        assert_eq!(read_kept(Some(folder.path())).unwrap(), Kept::default());
    }
}
