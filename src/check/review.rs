//! What has to be settled before an entry is published: the three reviews (三审三校), where a text comes
//! from, who answers for it, and days that are still to come.

mod chain;
mod source;

#[cfg(test)]
mod tests;

use crate::check::freshness::forecast::{Standard, standard};
use crate::check::settings::level;
use crate::diagnostic::{Diagnostic, Level, Rule, rule};
use crate::kind::Kind;
use crate::read::{Entry, Library, Visibility};
use crate::schema::date::Date;

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    if !entry.has_front_matter() {
        return;
    }
    chain::check(library, entry, diagnostics);
    source::check(library, entry, diagnostics);
    what_an_article_needs(library, entry, diagnostics);
    days_to_come(library, entry, diagnostics);
}

/// Whether it is an article: something that was published on a day, and not a description that is kept up
/// to date. A page is one where its column is for news or notices.
fn is_article(library: &Library, entry: &Entry) -> bool {
    let in_news = || {
        matches!(
            standard(&library.column_of(entry).config),
            Standard::News | Standard::Notices
        )
    };
    match entry.kind() {
        Kind::Case | Kind::Bulletin | Kind::Roundtable => true,
        Kind::Page => !entry.is_introduction && in_news(),
        _ => false,
    }
}

fn what_an_article_needs(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    if !is_article(library, entry) {
        return;
    }
    let common = &entry.common;
    let title = || library.field_span(entry, "title");
    // On most portals these are not looked for, and every entry would be one.
    let is_wanted = |rule: &Rule| level(&library.config, rule) != Level::Off;
    if common.date.is_none() && is_wanted(&rule::NO_DATE) && !library.field_is_written(entry, "date") {
        diagnostics.push(
            Diagnostic::new(rule::NO_DATE, title(), "这一篇没有写日期，检查时算没有更新")
                .help("加一行 日期: 发布的那一天，例如 2026-07-01"),
        );
    }
    if common.editor.is_none() && common.author.is_empty() && is_wanted(&rule::NO_EDITOR) {
        diagnostics.push(
            Diagnostic::new(rule::NO_EDITOR, title(), "这一篇没有写责任编辑，也没有写作者")
                .help("加一行 责编: 岗位或姓名"),
        );
    }
    if common.review.is_empty() && is_wanted(&rule::NO_REVIEW) && !library.field_is_written(entry, "review") {
        diagnostics.push(
            Diagnostic::new(rule::NO_REVIEW, title(), "这一篇没有三审的记录")
                .help("在抬头里加上 审核，一审、二审、三审各写审核人和日期；没有审过的先写 草稿: 是"),
        );
    }
}

/// Days after the day of the build, in what readers see now.
fn days_to_come(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    if !matches!(entry.visibility, Visibility::Published) {
        return;
    }
    let today = library.as_of.day_only();
    let is_to_come = |date: &Date| date.day_only() > today;
    let common = &entry.common;
    let reviews = common.review.iter().enumerate();
    let source = common.source.as_ref().and_then(|source| source.date);
    let days = [
        ("date".to_owned(), "发布日期", common.date),
        ("updated".to_owned(), "更新日期", common.updated),
        ("source.date".to_owned(), "原文的日期", source),
    ];
    let days = days
        .into_iter()
        .chain(reviews.map(|(number, step)| (format!("review[{number}].date"), "审核的日期", step.date)));
    for (way, what, date) in days {
        let Some(date) = date.filter(is_to_come) else { continue };
        let help = if way == "date" {
            "写真实的日期；想到那一天才发布的，另加一行 发布: 那一天"
        } else {
            "核对原稿，写真实的日期"
        };
        diagnostics.push(
            Diagnostic::new(
                rule::FUTURE_DATE,
                library.field_span(entry, &way),
                format!("{what} {date} 还没有到，今天是 {today}"),
            )
            .help(help),
        );
    }
}
