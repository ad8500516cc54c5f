//! The sheets of the map: one with everything, one for each city where there is enough to see, one
//! for each park that has a base map of its own, and one for each plan.

use std::collections::{BTreeMap, BTreeSet};

use super::Relations;
use super::map::RegionName;
use super::plans::PlanSheet;
use crate::coordinates::Position;
use crate::kind::Kind;
use crate::pinyin_slug::slug;
use crate::read::base_maps::Owner;
use crate::read::{EntryId, Library};
use crate::region;

/// A city with so many points has a sheet of its own.
const ENOUGH_FOR_A_CITY: usize = 3;
/// With more points than this the list beside the whole map only leads to those of the cities,
/// which then all have sheets: one page with everything would be megabytes.
pub const LONGEST_LIST: usize = 1_000;

/// A sheet of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetPlan {
    /// The name of its data, and of its page: `national`, `wuxi`.
    pub name: String,
    /// What readers call it: 全图, 无锡.
    pub title: String,
    /// What it shows.
    pub whose: Whose,
    /// The points on it, in the order of their column.
    pub points: Vec<EntryId>,
}

/// What a sheet shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// All points.
    Everyone,
    /// The points of a city.
    City(RegionName),
    /// The points of a park, on the park's own base map.
    Park(EntryId),
    /// The points on a plan, as a number into the plans.
    Plan(usize),
}

impl SheetPlan {
    /// Where its page is published.
    pub fn path(&self) -> String {
        match self.whose {
            Whose::Everyone => "map.html".into(),
            _ => format!("maps/{}.html", self.name),
        }
    }
}

/// What sheets are made of.
pub struct Places<'a> {
    /// All that was read.
    pub library: &'a Library,
    /// Who belongs to whom.
    pub relations: &'a Relations,
    /// By entry: the province and city.
    pub regions: &'a [Option<RegionName>],
    /// By entry: the position.
    pub positions: &'a [Option<Position>],
    /// All plans with points.
    pub plans: &'a [PlanSheet],
}

/// All sheets: the one with everything first, then the cities in the order of their codes, then the
/// parks' own; none without points.
pub fn sheets(places: &Places<'_>) -> Vec<SheetPlan> {
    let shown = places.library.shown();
    let points: Vec<EntryId> = shown
        .filter(|entry| entry.kind() == Kind::Point)
        .map(|entry| entry.id)
        .collect();
    if points.is_empty() {
        return Vec::new();
    }
    let mut sheets = vec![SheetPlan {
        name: "national".into(),
        title: "全图".into(),
        whose: Whose::Everyone,
        points: points.clone(),
    }];
    sheets.extend(of_cities(places, &points));
    sheets.extend(of_parks(places));
    give_own_names(&mut sheets);
    sheets
}

fn of_cities(places: &Places<'_>, points: &[EntryId]) -> Vec<SheetPlan> {
    let mut cities: BTreeMap<(u16, RegionName), Vec<EntryId>> = BTreeMap::new();
    for &id in points {
        if let Some(found) = places.regions[id.index()] {
            let order = region::province_order(found.province);
            cities.entry((order, found)).or_default().push(id);
        }
    }
    let is_long = points.len() > LONGEST_LIST;
    let several = cities.len() > 1;
    let shared = shared_names(cities.keys().map(|(_, city)| city));
    let on_earth = |points: &[EntryId]| {
        points
            .iter()
            .filter(|id| places.positions[id.index()].is_some())
            .count()
    };
    cities
        .into_iter()
        .filter(|(_, points)| is_long || (several && on_earth(points) >= ENOUGH_FOR_A_CITY))
        .map(|((_, city), points)| SheetPlan {
            name: page_name(&city, &shared),
            title: city.short().to_owned(),
            whose: Whose::City(city),
            points,
        })
        .collect()
}

/// The sheets that parks bring: on a base map, and on plans.
fn of_parks(places: &Places<'_>) -> Vec<SheetPlan> {
    let library = places.library;
    let parks = library.shown().filter(|entry| entry.kind() == Kind::Park);
    let with_base = parks.filter(|park| library.base_map(Owner::Park(park.id)).is_some());
    let based = with_base.filter_map(|park| {
        let points = places.relations.of_park(park.id, Kind::Point).to_vec();
        (!points.is_empty()).then(|| SheetPlan {
            name: park.slug.clone(),
            title: park.common.title.clone(),
            whose: Whose::Park(park.id),
            points,
        })
    });
    let planned = places.plans.iter().enumerate().map(|(number, plan)| {
        let park = library.entry(plan.park);
        SheetPlan {
            name: format!("{}-plan", park.slug),
            title: format!("{}·{}", park.common.title, plan.name),
            whose: Whose::Plan(number),
            points: plan.points.iter().map(|(id, _, _)| *id).collect(),
        }
    });
    based.chain(planned).collect()
}

/// A city and a park may have one name, and a park several plans: the later ones get numbers.
fn give_own_names(sheets: &mut [SheetPlan]) {
    let mut taken = BTreeSet::new();
    for sheet in sheets {
        let wanted = sheet.name.clone();
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let free = std::iter::once(wanted.clone())
            .chain(numbered)
            .find(|name| !taken.contains(name));
        sheet.name = free.unwrap_or(wanted);
        taken.insert(sheet.name.clone());
    }
}

/// The names in pinyin that several cities share: 苏州 and 宿州 are both suzhou.
fn shared_names<'a>(cities: impl Iterator<Item = &'a RegionName>) -> BTreeSet<String> {
    let (mut seen, mut shared) = (BTreeSet::new(), BTreeSet::new());
    for city in cities {
        let name = slug(city.short());
        if !seen.insert(name.clone()) {
            shared.insert(name);
        }
    }
    shared
}

fn page_name(city: &RegionName, shared: &BTreeSet<String>) -> String {
    let name = slug(city.short());
    if shared.contains(&name) {
        format!("{name}-{}", slug(region::short_name(city.province)))
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::{RegionName, page_name, shared_names};

    #[test]
    fn cities_of_one_pinyin_are_told_apart_by_their_province() {
        let city = |province, city| RegionName {
            province,
            city: Some(city),
        };
        let cities = [
            city("江苏省", "苏州市"),
            city("安徽省", "宿州市"),
            city("江苏省", "无锡市"),
        ];
        let shared = shared_names(cities.iter());
        let names: Vec<_> = cities.iter().map(|city| page_name(city, &shared)).collect();
        assert_eq!(names, ["suzhou-jiangsu", "suzhou-anhui", "wuxi"]);
    }
}
