//! The chain of reviews: three steps in their order, by three persons, on days that do not go backwards, the
//! last not after the publication.

use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::kind::common::ReviewStep;
use crate::read::{Entry, Library};
use crate::schema::date::Date;

/// The three steps.
const STEPS: [&str; 3] = ["一审", "二审", "三审"];

/// Which of the three steps it is, from 0; `None` for others, such as proof-reading.
fn step_number(step: &str) -> Option<usize> {
    let is = |words: &[&str]| words.iter().any(|word| step.contains(word));
    if is(&["校"]) && !is(&["审"]) {
        None
    } else if is(&["一审", "初审", "第一"]) {
        Some(0)
    } else if is(&["二审", "复审", "第二"]) {
        Some(1)
    } else if is(&["三审", "终审", "审签", "签发", "第三"]) {
        Some(2)
    } else {
        None
    }
}

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    let steps = &entry.common.review;
    if steps.is_empty() {
        return;
    }
    let places = entry.places(&library.sources);
    let span = |number: usize, key: &str| places.span(&format!("review[{number}].{key}"));
    missing(steps, &places, diagnostics);
    for (number, pair) in steps.windows(2).enumerate() {
        let [earlier, later] = pair else { continue };
        let order = step_number(&earlier.step).zip(step_number(&later.step));
        if order.is_some_and(|(earlier, later)| earlier > later) {
            diagnostics.push(
                Diagnostic::new(
                    rule::REVIEW_ORDER,
                    span(number + 1, "step"),
                    format!("“{}”写在“{}”后面", quotable(&later.step), quotable(&earlier.step)),
                )
                .related(span(number, "step"), "前一环节")
                .help("按一审、二审、三审的先后写"),
            );
        }
        if let (Some(before), Some(after)) = (earlier.date, later.date)
            && goes_backwards(before, after)
        {
            diagnostics.push(
                Diagnostic::new(
                    rule::REVIEW_ORDER,
                    span(number + 1, "date"),
                    format!(
                        "“{}”的日期 {after} 早于“{}”的 {before}",
                        quotable(&later.step),
                        quotable(&earlier.step)
                    ),
                )
                .related(span(number, "date"), "前一环节的日期")
                .help("对着审核单核对这两个日期"),
            );
        }
    }
    late(entry, &span, diagnostics);
    same_person(steps, &span, diagnostics);
}

/// Days that go backwards; where both have a time, the time counts as well.
fn goes_backwards(before: Date, after: Date) -> bool {
    let both = before.time.is_some() && after.time.is_some();
    if both {
        after < before
    } else {
        after.day_only() < before.day_only()
    }
}

/// Steps that are not there, and steps without their person or day.
fn missing(steps: &[ReviewStep], places: &crate::read::entry::Places<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let known: Vec<_> = steps.iter().filter_map(|step| step_number(&step.step)).collect();
    let names = STEPS.iter().enumerate().filter(|(number, _)| !known.contains(number));
    let names: Vec<&str> = names.map(|(_, name)| *name).collect();
    if !names.is_empty() {
        diagnostics.push(
            Diagnostic::new(
                rule::MISSING_STEP,
                places.span("review"),
                format!("审核记录里没有{}", names.join("和")),
            )
            .help("补上这一环节的审核人和日期；还没有审的，先写 草稿: 是"),
        );
    }
    for (number, step) in steps.iter().enumerate() {
        let lacking = match (&step.by, step.date) {
            (None, None) => "审核人和日期",
            (None, Some(_)) => "审核人",
            (Some(_), None) => "日期",
            (Some(_), Some(_)) => continue,
        };
        diagnostics.push(
            Diagnostic::new(
                rule::MISSING_STEP,
                places.span(&format!("review[{number}].step")),
                format!("“{}”没有写{lacking}", quotable(&step.step)),
            )
            .help("对着审核单补上；审核人可以只写岗位"),
        );
    }
}

/// The last review after the entry was published, or after it was changed.
fn late(entry: &Entry, span: &impl Fn(usize, &str) -> crate::source::Span, diagnostics: &mut Vec<Diagnostic>) {
    let common = &entry.common;
    let dated = common.review.iter().enumerate();
    let last = dated
        .filter_map(|(number, step)| Some((number, step, step.date?)))
        .max_by_key(|(_, _, date)| *date);
    let published = common.date.max(common.publish).max(common.updated);
    if let (Some((number, step, reviewed)), Some(published)) = (last, published)
        && goes_backwards(reviewed, published)
    {
        diagnostics.push(
            Diagnostic::new(
                rule::LATE_REVIEW,
                span(number, "date"),
                format!(
                    "“{}”在 {reviewed}，晚于发布的 {published}，成了先发后审",
                    quotable(&step.step)
                ),
            )
            .help("核对日期；审核真的在后，就把发布日期改到审完以后"),
        );
    }
}

fn same_person(
    steps: &[ReviewStep],
    span: &impl Fn(usize, &str) -> crate::source::Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let person = |step: &ReviewStep| -> Option<String> {
        step_number(&step.step)?;
        let by: String = step
            .by
            .as_ref()?
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect();
        Some(by).filter(|by| !by.is_empty())
    };
    for (number, step) in steps.iter().enumerate() {
        let Some(by) = person(step) else { continue };
        let is_other = |earlier: &ReviewStep| step_number(&earlier.step) != step_number(&step.step);
        let earlier = steps[..number]
            .iter()
            .position(|earlier| is_other(earlier) && person(earlier).as_deref() == Some(&*by));
        if let Some(earlier) = earlier {
            diagnostics.push(
                Diagnostic::new(
                    rule::SAME_REVIEWER,
                    span(number, "by"),
                    format!(
                        "“{}”和“{}”是同一个人：{}",
                        quotable(&steps[earlier].step),
                        quotable(&step.step),
                        quotable(&by)
                    ),
                )
                .related(span(earlier, "by"), "前一次")
                .help("三审由三个人分别做；岗位名称相同的，写得能分清，例如科员、科长"),
            );
        }
    }
}
