//! The points in the order of a journey, by province, city and park, and how they are shared out
//! among printed pages when one page would be too many.
//!
//! What is printed comes in four forms, each a page in the root of the portal. With many points
//! that page becomes a shelf, which leads to one page a city; a city with many points has one a
//! park, and a park with many has several.

use std::collections::{BTreeMap, BTreeSet};

use super::frame::{Frame, Workshop, home_link};
use super::key::Key;
use super::portal::{Made, Output};
use super::view::LinkView;
use super::view::print::{ShelfItemView, ShelfView};
use crate::derive::{Index, RegionName};
use crate::kind::Kind;
use crate::kind::point::MOST_ON_ONE_PRINT;
use crate::pinyin_slug;
use crate::read::{Entry, EntryId, Library};
use crate::region;

/// What the points of places outside all known provinces stand under.
const ELSEWHERE: &str = "其他地区";

/// A form in which points are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Print {
    /// The booklet.
    Handbook,
    /// One plaque a sheet of A4.
    PlaqueA4,
    /// One plaque a sheet of A5.
    PlaqueA5,
    /// Ten to a sheet of labels.
    Sticker,
}

impl Print {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Handbook, Self::PlaqueA4, Self::PlaqueA5, Self::Sticker];

    /// The name of its page or shelf, and of the folder of its parts.
    fn name(self) -> &'static str {
        match self {
            Self::Handbook => "handbook",
            Self::PlaqueA4 => "plaques-a4",
            Self::PlaqueA5 => "plaques-a5",
            Self::Sticker => "stickers",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Handbook => "红色打卡地手册",
            Self::PlaqueA4 => "标牌（A4）",
            Self::PlaqueA5 => "标牌（A5）",
            Self::Sticker => "不干胶贴纸",
        }
    }

    /// What the place of one point is called on its page.
    fn anchor(self) -> &'static str {
        match self {
            Self::Handbook => "point",
            Self::PlaqueA4 | Self::PlaqueA5 => "plaque",
            Self::Sticker => "sticker",
        }
    }

    /// Its page in the root: the whole, or the shelf of its parts.
    pub fn path(self) -> String {
        format!("{}.html", self.name())
    }

    /// Where a group is printed.
    pub fn path_of(self, group: &PrintGroup) -> String {
        match &group.name {
            Some(name) => format!("{}/{name}.html", self.name()),
            None => self.path(),
        }
    }
}

/// Links to all forms, for the pages that list the points.
pub fn links() -> Vec<LinkView> {
    let links = Print::ALL.map(|print| LinkView {
        title: print.title().into(),
        path: print.path(),
    });
    links.into()
}

/// Points that are printed together.
#[derive(Debug, Clone)]
pub struct PrintGroup {
    /// What they share: `无锡`; nothing where they are all points.
    pub title: Option<String>,
    /// The name of the file; nothing where they are all points.
    pub name: Option<String>,
    /// In the order of a journey.
    pub points: Vec<EntryId>,
}

/// All points in the order of a journey, in groups.
#[derive(Debug, Clone, Default)]
pub struct PrintPlaces {
    /// In their order; none without points.
    pub groups: Vec<PrintGroup>,
    group_of: BTreeMap<EntryId, usize>,
}

/// Where a point is, from the largest down; also the order of a journey.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    province_order: u16,
    province: &'static str,
    city: &'static str,
    /// Points without a park come behind those of the parks.
    park: (bool, String, Option<EntryId>),
}

impl Place {
    fn of(library: &Library, index: &Index, point: EntryId) -> Self {
        let found = index.regions[point.index()];
        let park = index.relations.park[point.index()];
        let title = park.map_or_else(String::new, |park| library.entry(park).common.title.clone());
        Self {
            province_order: found.map_or(u16::MAX, |found| region::province_order(found.province)),
            province: found.map_or(ELSEWHERE, |found| region::short_name(found.province)),
            city: found.map_or(ELSEWHERE, |found| RegionName::short(&found)),
            park: (park.is_none(), title, park),
        }
    }

    fn is_in_city_of(&self, other: &Self) -> bool {
        (self.province, self.city) == (other.province, other.city)
    }
}

/// Where a point is, in words: `江苏 · 无锡 · 无锡高新区`. A city that is a province is said once.
pub fn place_in_words(workshop: &Workshop, point: EntryId) -> String {
    let place = Place::of(&workshop.library, &workshop.index, point);
    let mut words = vec![place.province.to_owned()];
    if place.city != place.province {
        words.push(place.city.to_owned());
    }
    words.extend(place.park.2.map(|_| place.park.1));
    words.join(" · ")
}

impl PrintPlaces {
    /// Orders and groups all shown points.
    pub fn new(library: &Library, index: &Index) -> Self {
        let points = library.shown().filter(|entry| entry.kind() == Kind::Point);
        let mut ordered: Vec<(Place, EntryId)> = points
            .map(|entry| (Place::of(library, index, entry.id), entry.id))
            .collect();
        ordered.sort_by(|a, b| a.0.cmp(&b.0));
        let mut places = Self::default();
        if ordered.len() <= MOST_ON_ONE_PRINT {
            places.add(None, None, &ordered);
            return places;
        }
        let mut taken = BTreeSet::new();
        for city in ordered.chunk_by(|a, b| a.0.is_in_city_of(&b.0)) {
            let Some((place, _)) = city.first() else { continue };
            if city.len() <= MOST_ON_ONE_PRINT {
                let name = unused(&mut taken, place.city, place.province);
                places.add(Some(place.city.to_owned()), Some(name), city);
                continue;
            }
            for park in city.chunk_by(|a, b| a.0.park == b.0.park) {
                let Some((first, _)) = park.first() else { continue };
                let is_whole_city = park.len() == city.len();
                let (title, wanted) = match first.park.2.map(|park| library.entry(park)) {
                    Some(park) => (park.common.title.clone(), park.slug.clone()),
                    None if is_whole_city => (place.city.to_owned(), place.city.to_owned()),
                    None => (format!("{}其他示范点", place.city), format!("{}其他", place.city)),
                };
                let name = unused(&mut taken, &wanted, place.city);
                places.add_parts((&title, &name), &mut taken, park);
            }
        }
        places
    }

    /// Points that share a title and a name, in several parts where they are many.
    fn add_parts(&mut self, (title, name): (&str, &str), taken: &mut BTreeSet<String>, points: &[(Place, EntryId)]) {
        if points.len() <= MOST_ON_ONE_PRINT {
            self.add(Some(title.to_owned()), Some(name.to_owned()), points);
            return;
        }
        for (at, part) in points.chunks(MOST_ON_ONE_PRINT).enumerate() {
            let number = at + 1;
            let part_name = unused(taken, &format!("{name}-part-{number}"), name);
            self.add(Some(format!("{title}（{number}）")), Some(part_name), part);
        }
    }

    fn add(&mut self, title: Option<String>, name: Option<String>, points: &[(Place, EntryId)]) {
        if points.is_empty() {
            return;
        }
        let points: Vec<EntryId> = points.iter().map(|(_, id)| *id).collect();
        self.group_of
            .extend(points.iter().map(|point| (*point, self.groups.len())));
        self.groups.push(PrintGroup { title, name, points });
    }

    /// Whether the pages in the root are shelves.
    fn has_shelves(&self) -> bool {
        self.groups.iter().any(|group| group.name.is_some())
    }

    /// Where a point is printed, in each form.
    pub fn links_of(&self, point: &Entry) -> Vec<LinkView> {
        let Some(group) = self.group_of.get(&point.id).and_then(|at| self.groups.get(*at)) else {
            return Vec::new();
        };
        let links = Print::ALL.map(|print| LinkView {
            title: print.title().into(),
            path: format!("{}#{}-{}", print.path_of(group), print.anchor(), point.slug),
        });
        links.into()
    }
}

/// A file's name that is not taken: the wanted one, else with the name around it (苏州 and 宿州 are
/// both `suzhou`), else with a number.
fn unused(taken: &mut BTreeSet<String>, wanted: &str, around: &str) -> String {
    let short = pinyin_slug::slug(wanted);
    let long = pinyin_slug::slug(&format!("{around} {wanted}"));
    let numbered = (2..).map(|number| format!("{long}-{number}"));
    let mut names = [short, long.clone()].into_iter().chain(numbered);
    let name = names.find(|name| !taken.contains(name)).unwrap_or(long);
    taken.insert(name.clone());
    name
}

/// The shelves; none where one page a form holds all points.
pub fn shelves(places: &PrintPlaces) -> Vec<(String, Output)> {
    if !places.has_shelves() {
        return Vec::new();
    }
    let shelves = Print::ALL.map(|print| {
        let output = Output::page(move |workshop, known| shelf(workshop, print, known));
        (print.path(), output)
    });
    shelves.into()
}

fn shelf(workshop: &Workshop, print: Print, known: Option<Key>) -> Made {
    let groups = &workshop.print_places.groups;
    let view = ShelfView {
        total: groups.iter().map(|group| group.points.len()).sum(),
        items: groups
            .iter()
            .map(|group| ShelfItemView {
                title: group.title.clone().unwrap_or_else(|| print.title().into()),
                path: print.path_of(group),
                count: group.points.len(),
            })
            .collect(),
    };
    let mut frame = Frame::new(print.path(), "shelf", print.title());
    frame.description = format!("{} 处示范点，分 {} 册打印", view.total, view.items.len());
    frame.breadcrumbs = breadcrumbs();
    workshop.page(("print_shelf.html", known), frame, &[("shelf", &view)])
}

/// Where all printed pages stand: below the map.
pub fn breadcrumbs() -> Vec<LinkView> {
    vec![
        home_link(),
        LinkView {
            title: "地图".into(),
            path: "map.html".into(),
        },
    ]
}

/// The heading of a printed page: the form, and what its group shares.
pub fn heading(print: Print, group: &PrintGroup) -> String {
    match &group.title {
        Some(title) => format!("{} · {title}", print.title()),
        None => print.title().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::unused;

    #[test]
    fn names_of_one_reading_do_not_meet() {
        let mut taken = BTreeSet::new();
        assert_eq!(unused(&mut taken, "苏州", "江苏"), "suzhou");
        assert_eq!(unused(&mut taken, "宿州", "安徽"), "anhui-suzhou");
        assert_eq!(unused(&mut taken, "宿州", "安徽"), "anhui-suzhou-2");
        assert_eq!(unused(&mut taken, "宿州", "安徽"), "anhui-suzhou-3");
    }
}
