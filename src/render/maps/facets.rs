//! What the points of a sheet can be told apart and filtered by: categories, tiers, parks, cities, tags.

use std::collections::BTreeMap;

use crate::derive::RegionName;
use crate::derive::map_layout::tree::Belonging;
use crate::kind::Facts;
use crate::kind::point::TIERS;
use crate::read::{Entry, EntryId};
use crate::region;
use crate::render::frame::Workshop;

/// The facets of a sheet's points. All lists are by point, in the survey's order; the numbers lead
/// into the lists of names.
#[derive(Debug, Default)]
pub(super) struct Facets {
    /// Categories, the most frequent first.
    pub(super) categories: Vec<String>,
    pub(super) category: Vec<usize>,
    pub(super) tier: Vec<Option<usize>>,
    /// Parks in the order of their titles.
    pub(super) parks: Vec<EntryId>,
    pub(super) park: Vec<Option<usize>>,
    /// Cities in the order of their provinces.
    pub(super) cities: Vec<RegionName>,
    pub(super) city: Vec<Option<usize>>,
    /// Tags, the most frequent first.
    pub(super) tags: Vec<String>,
    pub(super) tags_of: Vec<Vec<usize>>,
    /// The names of parks, cities and provinces, for the labels of clusters.
    pub(super) groups: Vec<String>,
    /// By point: its park, its city, its province in `groups`.
    pub(super) belongings: Vec<Belonging>,
}

impl Facets {
    pub(super) fn of(workshop: &Workshop, entries: &[&Entry]) -> Self {
        let index = &workshop.index;
        let park_of = |entry: &&Entry| index.relations.park[entry.id.index()];
        let region_of = |entry: &&Entry| index.regions[entry.id.index()];
        let (categories, category) = by_frequency(entries.iter().map(|entry| vec![category(entry)]));
        let (tags, tags_of) = by_frequency(entries.iter().map(|entry| entry.common.tags.clone()));
        let parks = numbered(entries.iter().filter_map(park_of), |park| {
            workshop.library.entry(*park).common.title.clone()
        });
        let cities = numbered(entries.iter().filter_map(region_of), |city| {
            (region::province_order(city.province), city.city)
        });
        let mut facets = Self {
            categories,
            category: category.into_iter().filter_map(|of| of.first().copied()).collect(),
            tier: entries.iter().map(|entry| tier(entry)).collect(),
            park: entries.iter().map(|entry| place_of(park_of(entry), &parks)).collect(),
            city: entries
                .iter()
                .map(|entry| place_of(region_of(entry), &cities))
                .collect(),
            parks,
            cities,
            tags,
            tags_of,
            groups: Vec::new(),
            belongings: Vec::new(),
        };
        facets.name_groups(workshop);
        facets
    }

    /// Gives every park, city and province its name and each point its numbers.
    fn name_groups(&mut self, workshop: &Workshop) {
        let parks = self.parks.iter();
        self.groups = parks
            .map(|park| workshop.library.entry(*park).common.title.clone())
            .collect();
        let first_city = self.groups.len();
        self.groups
            .extend(self.cities.iter().map(|city| city.short().to_owned()));
        let mut provinces: BTreeMap<&str, usize> = BTreeMap::new();
        for city in &self.cities {
            provinces.entry(city.province).or_insert_with(|| {
                self.groups.push(region::short_name(city.province).to_owned());
                self.groups.len() - 1
            });
        }
        self.belongings = self
            .park
            .iter()
            .zip(&self.city)
            .map(|(park, city)| {
                let province = city.and_then(|city| provinces.get(self.cities[city].province).copied());
                [*park, city.map(|city| first_city + city), province]
            })
            .collect();
    }

    /// The narrowest name that some points share.
    pub(super) fn shared_group(&self, members: &[usize]) -> Option<&str> {
        let (first, rest) = members.split_first()?;
        let shared = |of: &usize| {
            let group = self.belongings[*first][*of];
            group.is_some() && rest.iter().all(|member| self.belongings[*member][*of] == group)
        };
        let narrowest = (0..3).find(|of| shared(of))?;
        let group = self.belongings[*first][narrowest]?;
        self.groups.get(group).map(String::as_str)
    }

    /// What some points are: 党群服务中心 4、企业党建示范点 3.
    pub(super) fn composition(&self, members: &[usize]) -> String {
        let mut counts = vec![0_usize; self.categories.len()];
        for &member in members {
            counts[self.category[member]] += 1;
        }
        let mut present: Vec<(usize, usize)> = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
        present.sort_by_key(|&(category, count)| (std::cmp::Reverse(count), category));
        let words: Vec<String> = present
            .into_iter()
            .map(|(category, count)| format!("{} {count}", self.categories[category]))
            .collect();
        words.join("、")
    }
}

fn category(entry: &Entry) -> String {
    match &entry.facts {
        Facts::Point(point) => point.category.clone(),
        _ => String::new(),
    }
}

fn tier(entry: &Entry) -> Option<usize> {
    let Facts::Point(point) = &entry.facts else { return None };
    let tier = point.tier.as_deref()?;
    TIERS.iter().position(|known| *known == tier)
}

/// The words of all points, the most frequent first, and by point their numbers.
fn by_frequency(words: impl Iterator<Item = Vec<String>>) -> (Vec<String>, Vec<Vec<usize>>) {
    let words: Vec<Vec<String>> = words.collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words.iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let mut order: Vec<(&str, usize)> = counts.into_iter().collect();
    order.sort_by(|one, two| two.1.cmp(&one.1).then(one.0.cmp(two.0)));
    let place: BTreeMap<&str, usize> = order.iter().enumerate().map(|(at, (word, _))| (*word, at)).collect();
    let numbers = words
        .iter()
        .map(|of| of.iter().filter_map(|word| place.get(word.as_str()).copied()).collect())
        .collect();
    (order.into_iter().map(|(word, _)| word.to_owned()).collect(), numbers)
}

/// Each thing once, in the order of its key.
fn numbered<T: Ord + Copy, K: Ord>(things: impl Iterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut things: Vec<T> = things.collect();
    things.sort_unstable();
    things.dedup();
    things.sort_by_cached_key(|thing| key(thing));
    things
}

fn place_of<T: PartialEq>(thing: Option<T>, things: &[T]) -> Option<usize> {
    let thing = thing?;
    things.iter().position(|other| *other == thing)
}
