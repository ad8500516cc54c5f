//! One name for two places, and one place written twice.

use std::collections::BTreeMap;

use super::located::{Located, normal};
use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::kind::Kind;
use crate::read::Library;

/// What is nearer together is one place, whatever the positions say (metres).
const ONE_PLACE: f64 = 200.0;
/// So many of one name are compared with each; more names alike are no slip.
const MOST_COMPARED: usize = 32;

/// Each place whose name an earlier one has.
pub(super) fn check(library: &Library, places: &[Located<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let mut names: BTreeMap<(Kind, String), Vec<&Located<'_>>> = BTreeMap::new();
    for place in places {
        let name = normal(&place.entry.common.title);
        if !name.is_empty() {
            names.entry((place.entry.kind(), name)).or_default().push(place);
        }
    }
    for alike in names.values() {
        for (index, place) in alike.iter().enumerate() {
            let earlier = alike[..index].iter().take(MOST_COMPARED);
            let nearest = earlier
                .map(|other| (place.distance(other), other))
                .filter(|(metres, other)| *metres <= ONE_PLACE || !are_of_different_parks(place, other))
                .min_by(|(one, _), (other, _)| one.total_cmp(other));
            if let Some((metres, other)) = nearest {
                diagnostics.push(problem(library, place, other, metres));
            }
        }
    }
}

/// Each park has its 党群服务中心, and the park is named beside it.
fn are_of_different_parks(one: &Located<'_>, other: &Located<'_>) -> bool {
    matches!((one.park, other.park), (Some(own), Some(theirs)) if own != theirs)
}

fn problem(library: &Library, place: &Located<'_>, other: &Located<'_>, metres: f64) -> Diagnostic {
    let title = quotable(&place.entry.common.title);
    let (message, help) = if metres <= ONE_PLACE {
        (
            format!("“{title}”写了两遍，两篇说的是同一处"),
            "留下一篇，删去另一篇；真是两处，就把名称写得能分清".to_owned(),
        )
    } else {
        (
            format!("有两处都叫“{title}”，相距 {:.1} 公里，读者分不清", metres / 1000.0),
            "在名称前面加上园区或街道；其实是同一处的，核对坐标，只留一篇".to_owned(),
        )
    };
    Diagnostic::new(rule::SAME_NAME, library.field_span(place.entry, "title"), message)
        .related(library.field_span(other.entry, "title"), "另一处")
        .help(help)
}
