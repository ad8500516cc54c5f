//! Opening hours that nobody can read.

use super::words_of_value;
use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::kind::Facts;
use crate::read::{Entry, Library};
use crate::schema::hours::{Days, HoursProblemKind, OpeningHours, Times};

const EXAMPLE: &str = "例如 周一至周五 9:00—17:00；周六 9:00—12:00，节假日闭馆";

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    let Facts::Point(point) = &entry.facts else { return };
    let Some(hours) = &point.hours else { return };
    let problem = match OpeningHours::parse(hours) {
        Ok(read) => {
            if says_only_when_it_is_closed(&read) {
                let message = format!("开放时间“{}”只说了哪天不开，没有说哪天开", quotable(hours));
                let span = words_of_value(library, entry, "hours", hours);
                diagnostics.push(
                    Diagnostic::new(rule::HOURS, span, message).help(format!("{EXAMPLE}；整个不开放的，写“暂停开放”")),
                );
            }
            return;
        }
        Err(problem) => problem,
    };
    let words = &hours[problem.range];
    let quoted = quotable(words);
    let (message, help) = match problem.kind {
        HoursProblemKind::NoTimes => (
            format!("开放时间“{quoted}”里读不出周几、几点到几点"),
            format!("{EXAMPLE}；全天开放写“全天”，要约的写“需预约”"),
        ),
        HoursProblemKind::NoSuchTime => (
            format!("没有“{quoted}”这个钟点"),
            "钟点在 0:00 到 24:00 之间，分钟不到 60".to_owned(),
        ),
        HoursProblemKind::Reversed => (
            format!("“{quoted}”的结束早于开始"),
            "核对上午、下午，用二十四小时制写；到第二天的写“次日”，例如 18:00—次日2:00".to_owned(),
        ),
        HoursProblemKind::OneTimeOnly => (
            format!("开放时间里只有“{quoted}”，没有写到几点"),
            format!("补上结束的时间，{EXAMPLE}"),
        ),
    };
    let span = words_of_value(library, entry, "hours", words);
    diagnostics.push(Diagnostic::new(rule::HOURS, span, message).help(help));
}

/// 节假日除外, 周一闭馆: the other days are left to guessing. 暂停开放 names no days.
fn says_only_when_it_is_closed(hours: &OpeningHours) -> bool {
    hours
        .periods
        .iter()
        .all(|period| period.times == Times::Closed && period.days.is_some_and(|days| days != Days::ALL))
}
