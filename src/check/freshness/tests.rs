//! Columns and the front page before, on and after their last day.

use super::super::tests::small_library::library;
use super::forecast::{Standard, State, forecast};
use crate::diagnostic::Diagnostic;
use crate::read::Library;
use crate::schema::date::Date;

const SITE: &str = "title: 甲\ncolumns:\n  - {folder: news, title: 动态, kind: page, column_type: 工作动态, navigation: true}\n  - {folder: about, title: 概况, kind: page, column_type: 概况信息, cycle_days: 365}\n";

fn page(day: &str) -> String {
    format!("---\ntitle: 页面\ndate: {day}\n---\n正文。\n")
}

fn site(news: &str, about: &str) -> Library {
    library(&[
        ("site.yaml", SITE),
        ("news/a.md", &page(news)),
        ("news/旧.md", &page("2026-01-01")),
        ("about/a.md", about),
    ])
}

/// Each problem with its rule, its words and its message.
fn problems(library: &Library) -> Vec<(&'static str, String, String)> {
    let mut found = Vec::new();
    super::check(library, &mut found);
    crate::diagnostic::sort(&mut found, &library.sources);
    let shown = |one: Diagnostic| {
        let words = one.span.map_or("", |span| library.sources.text(span));
        (one.rule.id, words.to_owned(), one.message)
    };
    found.into_iter().map(shown).collect()
}

#[test]
fn a_column_is_fresh_up_to_and_with_its_last_day() {
    // The day of the tests is 2026-11-22, and a news column has 14 days.
    for (newest, state, days_left, due) in [
        ("2026-11-12", State::Fresh, 4, "2026-11-26"),
        ("2026-11-10", State::Fresh, 2, "2026-11-24"),
        ("2026-11-09", State::DueSoon, 1, "2026-11-23"),
        ("2026-11-08", State::DueSoon, 0, "2026-11-22"),
        ("2026-11-07", State::Overdue, -1, "2026-11-21"),
    ] {
        let library = site(newest, &page("2026-06-01"));
        let forecast = forecast(&library);
        let news = &forecast.columns[library.columns.iter().position(|one| one.folder == "news").unwrap()];
        assert_eq!((news.state, news.days_left), (state, Some(days_left)), "{newest}");
        assert_eq!(news.due, Some(Date::parse(due).unwrap()), "{newest}");
        assert_eq!(forecast.front_page.unwrap().state(), state, "{newest}");
    }
}

#[test]
fn a_stale_column_is_told_with_its_place_and_its_day() {
    let library = site("2026-11-07", &page("2026-06-01"));
    let found = problems(&library);
    let stale = found.iter().find(|one| one.0 == "freshness/stale-column").unwrap();
    assert_eq!(stale.1, "news");
    assert_eq!(
        stale.2,
        "栏目“动态”已经 15 天没有更新，约定 14 天，从 2026-11-22 起就算超期"
    );
    assert!(found.iter().any(|one| one.0 == "freshness/front-page" && one.1 == "甲"));
    let rules: Vec<_> = problems(&site("2026-11-20", &page("2026-06-01")))
        .into_iter()
        .map(|one| one.0)
        .collect();
    assert_eq!(rules, [""; 0]);
}

#[test]
fn an_update_renews_a_description_and_no_news() {
    let updated = "---\ntitle: 页面\ndate: 2020-01-01\nupdated: 2026-11-20\n---\n正文。\n";
    let library = library(&[("site.yaml", SITE), ("news/a.md", updated), ("about/a.md", updated)]);
    let states: Vec<_> = forecast(&library)
        .columns
        .iter()
        .map(|column| (library.columns[column.column].folder.clone(), column.state))
        .collect();
    assert!(states.contains(&("news".to_owned(), State::Overdue)));
    assert!(states.contains(&("about".to_owned(), State::Fresh)));
}

#[test]
fn a_day_to_come_and_a_draft_renew_nothing() {
    let library = library(&[
        ("site.yaml", SITE),
        ("news/a.md", &page("2027-01-01")),
        ("news/b.md", "---\ntitle: 页面\ndate: 2026-11-21\ndraft: true\n---\n"),
        ("news/c.md", "---\ntitle: 页面\n---\n"),
    ]);
    let found = problems(&library);
    assert_eq!(found[1].2, "栏目“动态”里没有一篇写着日期，检查时算没有更新");
    assert_eq!(found[0].2, "首页上没有一条写着日期的信息");
}

#[test]
fn a_site_that_says_nothing_is_not_watched() {
    let library = library(&[("site.yaml", "title: 甲\n"), ("cases/a.md", &page("2019-01-01"))]);
    assert_eq!(problems(&library), []);
    assert_eq!(forecast(&library).front_page, None);
}

#[test]
fn empty_columns_are_those_that_readers_can_open() {
    let introduction = "---\ntitle: 栏目\n---\n";
    let library = library(&[
        (
            "site.yaml",
            "title: 甲\ncolumns:\n  - {folder: cases, title: 案例}\n  - {folder: points, title: 示范点}\n",
        ),
        ("cases/index.md", introduction),
        ("about/index.md", "---\ntitle: 关于\n---\n这一页就是全部。\n"),
        (
            "points/a.md",
            "---\ntitle: 点\ncategory: 书屋\naddress: 路\nlocation: {lng: 120, lat: 31, crs: wgs84}\ndraft: true\n---\n",
        ),
    ]);
    let found = problems(&library);
    let words: Vec<_> = found.iter().map(|one| (one.0, &*one.1)).collect();
    assert_eq!(
        words,
        [
            ("freshness/empty-column", "cases"),
            ("freshness/empty-column", "points")
        ]
    );
    assert_eq!(forecast(&library).counts.empty.len(), 1);
}

#[test]
fn five_stale_columns_of_news_are_a_veto_and_four_are_none() {
    for (count, is_veto) in [(4, false), (5, true)] {
        let mut site = "title: 甲\nprofile: gov\ncolumns:\n".to_owned();
        let mut files = Vec::new();
        for number in 0..count {
            let names = format!("folder: c{number}, title: 栏{number}");
            site.extend([
                "  - {",
                &names,
                ", kind: page, column_type: 通知公告, cycle_days: 3650, navigation: true}\n",
            ]);
            files.push((format!("c{number}/a.md"), page("2026-05-01")));
        }
        let mut files: Vec<_> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
        files.push(("site.yaml", &site));
        let library = library(&files);
        let found = problems(&library);
        assert_eq!(found.iter().any(|one| one.0 == "freshness/veto"), is_veto, "{count}");
        let lax = found.iter().filter(|one| one.0 == "freshness/lax-cycle");
        assert_eq!(lax.map(|one| &*one.1).collect::<Vec<_>>(), vec!["3650"; count]);
        assert!(found.iter().all(|one| one.0 != "freshness/stale-column"));
    }
}

#[test]
fn standards_are_those_of_the_types() {
    for (column_type, standard, days) in [
        ("工作动态", Standard::News, Some(14)),
        ("要闻", Standard::News, Some(14)),
        ("通知公告", Standard::Notices, Some(180)),
        ("政策文件", Standard::Notices, Some(180)),
        ("机构职能", Standard::Yearly, Some(365)),
        ("负责人信息", Standard::Yearly, Some(365)),
        ("在线访谈", Standard::Other, None),
        ("政策解读", Standard::Other, None),
    ] {
        assert_eq!(Standard::of(column_type), standard, "{column_type}");
        assert_eq!(standard.days(), days, "{column_type}");
    }
}
