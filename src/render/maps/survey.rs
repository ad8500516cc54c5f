//! What stands on a sheet: the points with their claims to room, and the names that orient.

use std::collections::{BTreeMap, BTreeSet};

use crate::derive::map_layout::{LonLat, MapPoint, NameRank, PlaceName, SheetSize};
use crate::kind::Facts;
use crate::kind::point::{Point, TIERS};
use crate::read::Entry;
use crate::region;
use crate::render::frame::Workshop;

/// The points that stand on a sheet, in one order.
pub(super) struct Survey<'a> {
    pub(super) entries: Vec<&'a Entry>,
    pub(super) points: Vec<MapPoint>,
}

impl<'a> Survey<'a> {
    /// The entries that are points, each once; those without a position on earth are nowhere, which
    /// the layout says of them.
    pub(super) fn listed(workshop: &Workshop, entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let nowhere = LonLat {
            longitude: f64::NAN,
            latitude: f64::NAN,
        };
        let positions = &workshop.index.positions;
        let points = entries.into_iter().filter_map(|entry| match &entry.facts {
            Facts::Point(point) => {
                let position = positions[entry.id.index()].map_or(nowhere, |position| LonLat {
                    longitude: position.longitude,
                    latitude: position.latitude,
                });
                Some((entry, map_point(entry, point, position)))
            }
            _ => None,
        });
        let (entries, points) = points.unzip();
        Self { entries, points }
    }

    /// The entries that are points with a position, each once.
    pub(super) fn of(workshop: &'a Workshop, entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut seen = BTreeSet::new();
        let mut survey = Self {
            entries: Vec::new(),
            points: Vec::new(),
        };
        for entry in entries {
            let Some(position) = workshop.index.positions[entry.id.index()] else {
                continue;
            };
            let Facts::Point(point) = &entry.facts else { continue };
            if !seen.insert(entry.id) {
                continue;
            }
            let position = LonLat {
                longitude: position.longitude,
                latitude: position.latitude,
            };
            survey.points.push(map_point(entry, point, position));
            survey.entries.push(entry);
        }
        survey
    }
}

/// A point with its claim to room.
fn map_point(entry: &Entry, point: &Point, position: LonLat) -> MapPoint {
    let tier = point.tier.as_deref();
    let rank = tier.and_then(|tier| TIERS.iter().position(|known| *known == tier));
    MapPoint {
        slug: entry.slug.clone(),
        title: entry.common.title.clone(),
        tier_rank: u8::try_from(rank.unwrap_or(TIERS.len())).unwrap_or(u8::MAX),
        weight: entry.common.weight,
        position,
    }
}

/// The names of provinces and cities, each at the middle of its points.
pub(super) fn place_names(workshop: &Workshop, survey: &Survey<'_>, size: SheetSize) -> Vec<PlaceName> {
    let mut middles: BTreeMap<(NameRank, &'static str), (f64, f64, f64)> = BTreeMap::new();
    let mut add = |rank: NameRank, name: &'static str, position: LonLat| {
        let middle = middles.entry((rank, name)).or_default();
        *middle = (
            middle.0 + position.longitude,
            middle.1 + position.latitude,
            middle.2 + 1.0,
        );
    };
    let placed = survey.entries.iter().zip(&survey.points);
    for (entry, point) in placed.filter(|(_, point)| point.position.is_on_earth()) {
        let Some(found) = workshop.index.regions[entry.id.index()] else {
            continue;
        };
        add(NameRank::Province, region::short_name(found.province), point.position);
        if let Some(city) = found.city.filter(|city| *city != found.province) {
            add(NameRank::City, region::short_name(city), point.position);
        }
    }
    // A name that all points share orients nobody, and stands in their way.
    let count = |wanted: NameRank| middles.keys().filter(|(rank, _)| *rank == wanted).count();
    let (provinces, cities) = (count(NameRank::Province), count(NameRank::City));
    let is_small = size.width < 600.0;
    middles
        .into_iter()
        .filter(|((rank, _), _)| match rank {
            NameRank::Province => provinces > 1 && !is_small,
            NameRank::City => cities > 1 || provinces > 1,
        })
        .map(|((rank, name), (longitude, latitude, count))| PlaceName {
            name: name.to_owned(),
            rank,
            position: LonLat {
                longitude: longitude / count,
                latitude: latitude / count,
            },
        })
        .collect()
}
