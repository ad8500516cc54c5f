//! A place far from all that it belongs to: the other points of its park, or of the city that its
//! address names. No boundary is needed for it, only the company.
//!
//! The middle of a group is the median of its longitudes and of its latitudes, its spread the
//! median of the distances from there; both stay where they are when a few positions are wrong.

use std::collections::BTreeMap;

use super::located::{Located, named, problem};
use crate::coordinates::{self, Position};
use crate::diagnostic::{Diagnostic, rule};
use crate::read::{EntryId, Library};

/// Fewer than this, the place itself included, are no company.
const LEAST: usize = 4;
/// What is this many times as far as the median is far.
const TIMES: f64 = 5.0;
/// Within a park nothing nearer than this is far (metres).
const FAR_IN_A_PARK: f64 = 30_000.0;
/// Within a city: no prefecture of the east and the middle reaches much farther from its middle.
const FAR_IN_A_CITY: f64 = 160_000.0;
/// Where cities are as large as provinces elsewhere.
const FAR_IN_A_WIDE_CITY: f64 = 500_000.0;
/// Where they are.
const WIDE: &[&str] = &[
    "内蒙古自治区",
    "黑龙江省",
    "重庆市",
    "四川省",
    "云南省",
    "西藏自治区",
    "甘肃省",
    "青海省",
    "新疆维吾尔自治区",
];
/// Far places with another one so near are a site of their own (metres).
const ANOTHER_SITE: f64 = 5_000.0;

/// Each place that is far from its company.
pub(super) fn check(library: &Library, places: &[Located<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let mut parks: BTreeMap<EntryId, Vec<&Located<'_>>> = BTreeMap::new();
    let mut cities: BTreeMap<&str, Vec<&Located<'_>>> = BTreeMap::new();
    for place in places {
        if let Some(park) = place.park {
            parks.entry(park).or_default().push(place);
        }
        if let Some(city) = place.region.and_then(|region| region.city).filter(|_| place.is_point()) {
            cities.entry(city).or_default().push(place);
        }
    }
    let mut reported = Vec::new();
    for (park, group) in &parks {
        let name = &library.entry(*park).common.title;
        for far in far_places(group, FAR_IN_A_PARK).filter(|far| !is_elsewhere(far.place, group)) {
            reported.push(far.place.entry.id);
            let message = format!(
                "离“{name}”的其他 {} 处有 {:.0} 公里，多半是坐标写错了",
                group.len() - 1,
                far.metres / 1000.0
            );
            diagnostics.push(
                far.problem(library, message)
                    .help("在地图上重新取一次坐标；这一处真的在外地，就把地址从省市写起"),
            );
        }
    }
    reported.sort_unstable();
    for (city, group) in &cities {
        let is_wide = group[0].region.is_some_and(|region| WIDE.contains(&region.province));
        let least = if is_wide { FAR_IN_A_WIDE_CITY } else { FAR_IN_A_CITY };
        for far in far_places(group, least).filter(|far| reported.binary_search(&far.place.entry.id).is_err()) {
            let message = format!(
                "地址在{city}，位置却离{city}的其他 {} 处有 {:.0} 公里",
                group.len() - 1,
                far.metres / 1000.0
            );
            diagnostics.push(far.problem(library, message).help("核对地址和坐标，改正写错的那一个"));
        }
    }
}

/// A place that is far from its company.
struct Far<'a, 'b> {
    place: &'b Located<'a>,
    /// From the middle.
    metres: f64,
    /// Who is nearest to the middle.
    middle: &'b Located<'a>,
}

impl Far<'_, '_> {
    fn problem(&self, library: &Library, message: String) -> Diagnostic {
        let (span, name) = named(library, self.middle);
        problem(library, self.place, rule::FAR_AWAY, message).related(span, name)
    }
}

/// The far places of a group: at most a quarter of it, and each alone. More than that, and the
/// group has another site.
fn far_places<'a, 'b>(group: &'b [&'b Located<'a>], least: f64) -> impl Iterator<Item = Far<'a, 'b>> {
    let mut far = Vec::new();
    if group.len() >= LEAST {
        let middle = Position::new(
            median(group.iter().map(|place| place.position.longitude).collect()),
            median(group.iter().map(|place| place.position.latitude).collect()),
        );
        let distances: Vec<f64> = group
            .iter()
            .map(|place| coordinates::distance(place.position, middle))
            .collect();
        let limit = least.max(TIMES * median(distances.clone()));
        let nearest = (0..group.len()).min_by(|one, other| distances[*one].total_cmp(&distances[*other]));
        let beyond: Vec<usize> = (0..group.len()).filter(|at| distances[*at] > limit).collect();
        if let Some(nearest) = nearest.filter(|_| beyond.len() * 4 <= group.len()) {
            let is_alone = |at: usize| {
                let others = beyond.iter().filter(|other| **other != at);
                let mut near = others.filter(|other| group[**other].distance(group[at]) < ANOTHER_SITE);
                near.all(|other| group[*other].building() == group[at].building())
            };
            far.extend(beyond.iter().filter(|at| is_alone(**at)).map(|at| Far {
                place: group[*at],
                metres: distances[*at],
                middle: group[nearest],
            }));
        }
    }
    far.into_iter()
}

/// Whether the address of a place names another city than those of its company do.
fn is_elsewhere(place: &Located<'_>, group: &[&Located<'_>]) -> bool {
    let city = |place: &Located<'_>| place.region.and_then(|region| region.city);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for city in group.iter().filter_map(|place| city(place)) {
        *counts.entry(city).or_default() += 1;
    }
    let most = counts.iter().max_by_key(|(_, count)| **count).map(|(city, _)| *city);
    city(place).is_some_and(|own| most.is_some_and(|most| most != own))
}

/// The median; the mean of the two in the middle of an even number.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match (values.get(half), values.len().is_multiple_of(2)) {
        (Some(upper), true) => f64::midpoint(values[half - 1], *upper),
        (Some(middle), false) => *middle,
        (None, _) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn one_wrong_value_does_not_move_the_median_far() {
        let close = |one: f64, other: f64| (one - other).abs() < 1e-12;
        assert!(close(median(vec![3.0, 1.0, 2.0]), 2.0));
        assert!(close(median(vec![1.0, 2.0, 3.0, 1e9]), 2.5));
        assert!(close(median(vec![]), 0.0));
    }
}
