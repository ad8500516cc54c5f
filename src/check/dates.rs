//! Dates that contradict one another.

use crate::diagnostic::{Diagnostic, rule};
use crate::kind::Facts;
use crate::read::{Entry, Library};

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    let common = &entry.common;
    let places = entry.places(&library.sources);
    let mut report = |way: String, message: String, help: &str| {
        diagnostics.push(Diagnostic::new(rule::DATE_ORDER, places.span(&way), message).help(help));
    };
    if let (Some(date), Some(updated)) = (common.date, common.updated)
        && updated.day_only() < date.day_only()
    {
        report(
            "updated".into(),
            format!("更新日期 {updated} 早于发布日期 {date}"),
            "核对这两个日期",
        );
    }
    if let (Some(publish), Some(expires)) = (common.publish, common.expires)
        && expires <= publish
    {
        report(
            "expires".into(),
            format!("下线日期 {expires} 不晚于发布日期 {publish}"),
            "核对这两个日期，否则这一篇永远不会出现",
        );
    }
    if let Facts::Alliance(alliance) = &entry.facts {
        for (index, member) in alliance.members.iter().enumerate() {
            if let (Some(since), Some(until)) = (member.since, member.until)
                && until < since
            {
                report(
                    format!("members[{index}].until"),
                    format!("“{}”的止 {until} 早于起 {since}", member.unit),
                    "核对这两个日期",
                );
            }
        }
    }
}
