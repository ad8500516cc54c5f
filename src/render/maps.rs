//! The map: a page for each sheet, with its data, and the small sheets on other pages.

mod data;
mod drawing;
mod facets;
mod list;
mod small_sheets;
mod survey;

use rayon::prelude::*;

pub use list::{cities_of, parks_of};
pub use small_sheets::{
    locator_of_park, locator_of_point, overview_of, printed_locator_of, route_sheet, teaser,
};

use super::exports::downloads;
use super::print_places;
use super::frame::{Frame, Made, Workshop, home_link};
use super::view::LinkView;
use super::view::map::{MapSheetView, MapView, SheetLinkView};
use crate::derive::map_layout::levels::{Ground, LevelledMap, Subject, cluster_label, lay_out_levels};
use crate::derive::map_layout::{DrawnPoint, SheetSize};
use crate::derive::map_sheets::{LONGEST_LIST, SheetPlan, Whose};
use crate::kind::Kind;
use crate::read::Entry;
use drawing::{DotWords, view};
use facets::Facets;
use survey::{Survey, place_names};

/// A sheet of the map, in pixels.
const MAP_SIZE: SheetSize = SheetSize {
    width: 1200.0,
    height: 900.0,
    margin: 70.0,
};

/// The pages of all sheets with their data files; none without points.
pub fn pages(workshop: &Workshop<'_>) -> Vec<Made> {
    let sheets = &workshop.index.map_sheets;
    sheets.par_iter().flat_map_iter(|sheet| page(workshop, sheet)).collect()
}

/// All shown points, in the order of their column.
pub fn points<'a>(workshop: &Workshop<'a>) -> Vec<&'a Entry> {
    let shown = workshop.library.shown();
    shown.filter(|entry| entry.kind() == Kind::Point).collect()
}

/// One sheet, laid out, with all that its page and its data say.
struct Atlas<'a> {
    workshop: &'a Workshop<'a>,
    plan: &'a SheetPlan,
    survey: Survey<'a>,
    facets: Facets,
    layout: LevelledMap,
}

fn page(workshop: &Workshop<'_>, plan: &SheetPlan) -> Vec<Made> {
    let entries: Vec<&Entry> = plan.points.iter().map(|id| workshop.library.entry(*id)).collect();
    let survey = Survey::of(workshop, entries.iter().copied());
    let facets = Facets::of(workshop, &survey.entries);
    let places = place_names(workshop, &survey, MAP_SIZE);
    let subject = Subject {
        points: &survey.points,
        belongings: &facets.belongings,
        group_names: &facets.groups,
        places: &places,
    };
    let layout = lay_out_levels(subject, &Ground::Fitted(MAP_SIZE));
    let atlas = Atlas {
        workshop,
        plan,
        survey,
        facets,
        layout,
    };
    let (data, files) = data::files(&atlas);
    let mut made = vec![atlas.page(&entries, data)];
    made.extend(files.into_iter().map(Ok));
    made
}

impl Atlas<'_> {
    fn page(&self, entries: &[&Entry], data: String) -> Made {
        let workshop = self.workshop;
        let config = &workshop.library.config.map;
        let whole_title = config.title.clone().unwrap_or_else(|| "红色打卡地地图".into());
        let (title, description) = match self.plan.whose {
            Whose::Everyone => (whole_title.clone(), config.description.clone()),
            Whose::City(_) => (format!("{}·红色打卡地", self.plan.title), None),
        };
        let path = self.plan.path();
        let view = MapView {
            title: title.clone(),
            description: description.clone(),
            data,
            sheet: (!self.survey.entries.is_empty()).then(|| self.drawing()),
            sheets: self.sheet_links(),
            provinces: list::provinces(workshop, entries),
            total: entries.len(),
            park_count: parks_of(workshop, entries),
            city_count: cities_of(workshop, entries),
            routes: workshop.cards.of(&self.routes()),
            downloads: downloads(),
            prints: print_places::links(),
        };
        let mut frame = Frame::new(path, "map", title);
        frame.description = description.unwrap_or_else(|| {
            format!(
                "{}{} 处红色打卡地的示意图和名录，离线可用",
                self.whose_points(),
                entries.len()
            )
        });
        frame.breadcrumbs = vec![home_link()];
        if self.plan.whose != Whose::Everyone {
            frame.section = Some(whole_title.clone());
            frame.breadcrumbs.push(LinkView {
                title: whole_title,
                path: "map.html".into(),
            });
        }
        workshop.page("map.html", frame, &[("map", &view)])
    }

    /// 无锡的 4 处……; nothing for the whole map.
    fn whose_points(&self) -> String {
        match self.plan.whose {
            Whose::Everyone => String::new(),
            Whose::City(_) => format!("{}的 ", self.plan.title),
        }
    }

    /// The writers' routes that have a stop on the sheet; all of them on the whole map.
    fn routes(&self) -> Vec<crate::read::EntryId> {
        let stops = &self.workshop.index.relations.stops;
        let is_here = |route: &crate::read::EntryId| {
            let mut stops = stops.get(route).into_iter().flatten().flatten();
            stops.any(|stop| self.plan.points.contains(stop))
        };
        let shown = self.workshop.library.shown();
        shown
            .filter(|entry| entry.kind() == Kind::Route)
            .map(|entry| entry.id)
            .filter(|route| self.plan.whose == Whose::Everyone || is_here(route))
            .collect()
    }

    fn sheet_links(&self) -> Vec<SheetLinkView> {
        let sheets = &self.workshop.index.map_sheets;
        let link = |sheet: &SheetPlan| SheetLinkView {
            title: sheet.title.clone(),
            path: sheet.path(),
            count: sheet.points.len(),
            current: sheet.name == self.plan.name,
        };
        sheets.iter().map(link).collect()
    }

    fn drawing(&self) -> MapSheetView {
        view(&self.layout.sheet, |drawn| self.words(drawn))
    }

    /// What a dot says: its name; or how many there are, and of what.
    fn words(&self, drawn: &DrawnPoint) -> DotWords {
        let members: Vec<&Entry> = drawn.members.iter().map(|&index| self.survey.entries[index]).collect();
        let is_long = self.survey.entries.len() > LONGEST_LIST;
        let slugs: Vec<_> = members.iter().map(|entry| entry.slug.as_str()).collect();
        let (path, title) = match members.as_slice() {
            [one] => (one.path.clone(), one.common.title.clone()),
            several => {
                let first = several.first().map_or("", |entry| entry.slug.as_str());
                let label = cluster_label(self.facets.shared_group(&drawn.members), several.len());
                let title = format!("{label}：{}", self.facets.composition(&drawn.members));
                (self.list_path(several, first), title)
            }
        };
        DotWords {
            // Thousands of names in one attribute would make a page of megabytes.
            slugs: if is_long && members.len() > 1 {
                String::new()
            } else {
                slugs.join(" ")
            },
            path,
            title,
            number: None,
            current: false,
        }
    }

    /// Where the points of a cluster are listed: on this page, or on that of their city.
    fn list_path(&self, members: &[&Entry], first: &str) -> String {
        let index = self.workshop.index;
        let here = self.plan.path();
        if self.plan.points.len() <= LONGEST_LIST {
            return format!("{here}#point-{first}");
        }
        let city = members.first().and_then(|entry| index.regions[entry.id.index()]);
        city.and_then(|city| list::sheet_of_city(index, city)).unwrap_or(here)
    }
}
