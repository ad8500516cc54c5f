//! What people write, as it is read.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

/// A short form to compare with: `1-5 9:00-17:00; 67 closed`, days from 1 for Monday, `h` holidays,
/// `*` where no days are named.
fn shown(hours: &OpeningHours) -> String {
    let periods: Vec<_> = hours.periods.iter().map(period_shown).collect();
    let mut text = periods.join("; ");
    for note in &hours.notes {
        text.push_str(" | ");
        text.push_str(note);
    }
    text
}

fn period_shown(period: &Period) -> String {
    let mut text = period.days.map_or_else(
        || "*".to_owned(),
        |days| {
            let mut text: String = days.of_week().map(|day| (day + 1).to_string()).collect();
            text.push_str(if days.holidays { "h" } else { "" });
            text
        },
    );
    let clock = |minutes: u16| format!("{}:{:02}", minutes / 60, minutes % 60);
    match &period.times {
        Times::Spans(spans) => {
            for span in spans {
                write!(text, " {}-{}", clock(span.from), clock(span.to)).unwrap();
            }
        }
        Times::AllDay => text.push_str(" all day"),
        Times::ByAppointment => text.push_str(" by appointment"),
        Times::Closed => text.push_str(" closed"),
    }
    if let Some(note) = &period.note {
        write!(text, " ({note})").unwrap();
    }
    text
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let read = OpeningHours::parse(text).map(|hours| shown(&hours));
    assert_eq!(read.as_deref(), Ok(expected), "{text}");
}

#[test]
fn days_with_times() {
    check("周一至周五 9:00—17:00", "12345 9:00-17:00");
    check("周一到周五9:00~17:00", "12345 9:00-17:00");
    check("周一至五 9:00-17:00", "12345 9:00-17:00");
    check("星期一——星期五 09:00——17:00", "12345 9:00-17:00");
    check("工作日 9:00-17:00", "12345 9:00-17:00");
    check("周一、三、五 9:00-17:00", "135 9:00-17:00");
    check("周二、周五 14:30—17:30", "25 14:30-17:30");
    check("周六日 10:00-16:00", "67 10:00-16:00");
    check("周末及节假日 10:00-16:00", "67h 10:00-16:00");
    check("每周二 14:00—17:00", "2 14:00-17:00");
    check("周五至周一 9:00-17:00", "1567 9:00-17:00");
    check("每天 8:30—21:00", "1234567 8:30-21:00");
    check("9:00-17:00", "* 9:00-17:00");
    check("9:00-17:00（周一至周五）", "12345 9:00-17:00");
    check("开放时间：周一至周日 10:00—21:30", "1234567 10:00-21:30");
}

#[test]
fn several_periods_and_several_spans() {
    check(
        "周一至周五 9:00—17:00；周六、周日 10:00-16:00",
        "12345 9:00-17:00; 67 10:00-16:00",
    );
    check(
        "周一至周五 8:30—17:00，周六 9:00—16:00",
        "12345 8:30-17:00; 6 9:00-16:00",
    );
    check("8:30—11:30，14:00—17:30", "* 8:30-11:30 14:00-17:30");
    check("周一至周五 9:00—11:30，14:00—17:00", "12345 9:00-11:30 14:00-17:00");
    check(
        "周一至周五 上午8:30-11:30；下午2:00-5:00",
        "12345 8:30-11:30 14:00-17:00",
    );
    check("周三至周日 9:00-12:00 13:00-17:00", "34567 9:00-12:00 13:00-17:00");
    check(
        "周六、周日 8:30—16:30，周三 18:00—21:00",
        "67 8:30-16:30; 3 18:00-21:00",
    );
}

#[test]
fn closed_days() {
    check("周二至周日 9:30—16:30，周一闭馆", "234567 9:30-16:30; 1 closed");
    check("周二至周日 9:30—16:30（周一闭馆）", "234567 9:30-16:30; 1 closed");
    check("每天 9:00-17:00（周一除外）", "1234567 9:00-17:00; 1 closed");
    check("每日9:00-17:00，节假日除外", "1234567 9:00-17:00; h closed");
    check("除周一外，每天9:00-17:00", "1 closed; 1234567 9:00-17:00");
    check("工作日9:00-17:00，法定节假日休息", "12345 9:00-17:00; h closed");
    check(
        "周一至周五 9:00—17:00，周末及法定节假日不开放",
        "12345 9:00-17:00; 67h closed",
    );
    check("闭馆日：周一", "1 closed");
    check("周一全天闭馆", "1 closed");
    check("周二至周日（周一闭馆）9:00—17:00", "1 closed; 234567 9:00-17:00");
    check("暂停开放", "* closed");
}

#[test]
fn all_day_and_by_appointment() {
    check("全天", "* all day");
    check("每天24小时", "1234567 all day");
    check("24小时开放", "* all day");
    check("全年无休 8:00-20:00", "1234567 8:00-20:00");
    check("0:00-24:00", "* 0:00-24:00");
    check("需预约", "* by appointment (需)");
    check("周三 预约参观", "3 by appointment");
    check("周一至周五 9:00—17:00，需预约", "12345 9:00-17:00 | 需预约");
    check("周一至周五 9:00—17:00（需提前预约）", "12345 9:00-17:00 | 需提前预约");
}

#[test]
fn words_for_times() {
    check("上午九点到下午五点", "* 9:00-17:00");
    check("工作日上午九点半至下午五点三十分", "12345 9:30-17:30");
    check("每天早上8点到晚上10点", "1234567 8:00-22:00");
    check("早九晚五", "* 9:00-17:00");
    check("周一至周五 9时至17时30分", "12345 9:00-17:30");
    check("下午2点至5点", "* 14:00-17:00");
    check("9至17点", "* 9:00-17:00");
    check("上午十点一刻—中午十二点", "* 10:15-12:00");
    check("周一至周五0830-1730", "12345 8:30-17:30");
    check("8.30-17.00", "* 8:30-17:00");
    check("18:00-次日2:00", "* 18:00-26:00");
    check("20:00-6:00", "* 20:00-30:00");
    check("晚上8点到12点", "* 20:00-24:00");
    check("周一到周五 9 点到 17 点", "12345 9:00-17:00");
    check("9:00AM-5:30PM", "* 9:00-17:30");
}

#[test]
fn full_width_forms() {
    check("周一至周五　９：００－１７：００", "12345 9:00-17:00");
    check("周一～周五，８∶３０～１７∶３０", "12345 8:30-17:30");
    check("（周一至周五）９：００—１７：００", "12345 9:00-17:00");
}

#[test]
fn what_is_said_besides() {
    check(
        "全天（职工）；访客周六 9:00—11:30",
        "* all day (职工); 6 9:00-11:30 (访客)",
    );
    check(
        "职工全天；访客周一至周六 10:30—14:00",
        "* all day (职工); 123456 10:30-14:00 (访客)",
    );
    check("全天；夜间路灯亮至22:30", "* all day | 夜间路灯亮至22:30");
    check("每月第二、第四个周五 15:00—17:00", "5 15:00-17:00 (每月第二第四个)");
    check(
        "周一至周日 8:30—18:00，综治中心全天有人",
        "1234567 8:30-18:00; * all day (综治中心有人)",
    );
    check("9:00-17:00，16:30停止入场", "* 9:00-17:00 | 16:30停止入场");
    check(
        "周二至周日9:00-17:00（16:30后停止入馆）",
        "234567 9:00-17:00 | 16:30后停止入馆",
    );
    check(
        "周一至周五9:00-17:00（12:00-13:00休息）",
        "12345 9:00-17:00 | 12:00-13:00休息",
    );
    check(
        "夏季（5月至9月）8:00-18:00；冬季8:30-17:30",
        "* 8:00-18:00 (夏季5月至9月); * 8:30-17:30 (冬季)",
    );
    check("5月1日至9月30日 8:00—18:00", "* 8:00-18:00 (5月1日9月30日)");
    check(
        "周二至周日9:00-17:00，16:30停止入馆，周一闭馆",
        "234567 9:00-17:00; 1 closed | 16:30停止入馆",
    );
    check("4-10月 每天8:00—18:00", "1234567 8:00-18:00 (4-10月)");
}

#[test]
fn what_cannot_be_read_is_said_with_its_place() {
    use HoursProblemKind::{NoSuchTime, NoTimes, OneTimeOnly, Reversed};
    for (text, kind, words) in [
        ("", NoTimes, ""),
        ("工作时间", NoTimes, "工作时间"),
        ("正常上班时间", NoTimes, "正常上班时间"),
        ("详见公告", NoTimes, "详见公告"),
        ("周一至周五", NoTimes, "周一至周五"),
        ("周一至周五 9:00—25:00", NoSuchTime, "25:00"),
        ("周一至周五 9：75—17:00", NoSuchTime, "9：75"),
        ("每天 12:00—9:00", Reversed, "12:00—9:00"),
        ("周一至周五 9:00", OneTimeOnly, "9:00"),
        ("周一至周五 9:00—", OneTimeOnly, "9:00"),
        ("周三下午", NoTimes, "周三下午"),
        ("9:00，17:00", OneTimeOnly, "9:00"),
        ("9:00-11:30，14:00", OneTimeOnly, "14:00"),
    ] {
        let problem = OpeningHours::parse(text).unwrap_err();
        assert_eq!((problem.kind, &text[problem.range]), (kind, words), "{text}");
    }
}

#[test]
fn machines_get_what_holds_for_everybody() {
    let regular = |text: &str| -> Vec<(Vec<u8>, usize)> {
        let hours = OpeningHours::parse(text).unwrap();
        let regular = hours.regular().into_iter();
        regular
            .map(|(days, spans)| (days.of_week().collect(), spans.len()))
            .collect()
    };
    assert_eq!(
        regular("每天 9:00-11:30，13:00-17:00（周一除外）"),
        [(vec![1, 2, 3, 4, 5, 6], 2)]
    );
    assert_eq!(regular("职工全天；访客周六 10:30—14:00"), []);
    assert_eq!(regular("9:00-17:00"), []);
    assert_eq!(regular("每月第二个周五 15:00—17:00"), []);
}

/// What hours are made of.
const PIECES: &[&str] = &[
    "周一",
    "周",
    "星期",
    "日",
    "至",
    "到",
    "—",
    "-",
    "、",
    "，",
    "；",
    "（",
    "）",
    " ",
    "9",
    "９",
    "17",
    ":",
    "：",
    "00",
    "30",
    "点",
    "时",
    "半",
    "一刻",
    "十",
    "二",
    "两",
    "上午",
    "下午",
    "晚",
    "中午",
    "次日",
    "全天",
    "24小时",
    "闭馆",
    "除",
    "外",
    "除外",
    "节假日",
    "工作日",
    "预约",
    "每月",
    "第二个",
    "月",
    "夏季",
    "职工",
    "开放",
    ".",
    "24:00",
    "0830",
    "𠀀",
    "é",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_is_read_or_refused(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..16)) {
        let text = pieces.concat();
        match OpeningHours::parse(&text) {
            Err(problem) => prop_assert!(text.get(problem.range.clone()).is_some(), "{text}: {problem:?}"),
            Ok(hours) => {
                prop_assert!(!hours.periods.is_empty());
                for period in &hours.periods {
                    let Times::Spans(spans) = &period.times else { continue };
                    prop_assert!(!spans.is_empty() && spans.is_sorted(), "{text}");
                    for span in spans {
                        prop_assert!(span.from < 24 * 60 && span.from < span.to && span.to <= 48 * 60, "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
        let _ = OpeningHours::parse(&text);
    }

    #[test]
    fn a_clean_form_is_read_back(first in 0_u8..7, last in 0_u8..7, from in 0_u16..1438, length in 1_u16..1440) {
        let names = ["一", "二", "三", "四", "五", "六", "日"];
        let to = (from + length).min(1440);
        let text = format!(
            "周{}至周{} {}:{:02}—{}:{:02}",
            names[usize::from(first)], names[usize::from(last)], from / 60, from % 60, to / 60, to % 60
        );
        let hours = OpeningHours::parse(&text).unwrap();
        prop_assert_eq!(hours.periods.len(), 1);
        prop_assert_eq!(hours.periods[0].days, Some(Days::from_to(first, last)));
        prop_assert_eq!(&hours.periods[0].times, &Times::Spans(vec![TimeSpan { from, to }]));
    }
}
