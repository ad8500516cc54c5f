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
    PreparedSheet, draw, locator_of_park, locator_of_point, overview_of, printed_locator_of, route_sheet, teaser,
};

use super::base_layers;
use super::exports::downloads;
use super::frame::{Frame, Workshop, home_link};
use super::portal::{File, Made};
use super::print_places;
use super::view::LinkView;
use super::view::base_layer::BaseLayerView;
use super::view::map::{MapSheetView, MapView, PlanImageView, SheetLinkView};
use crate::derive::base_layer::{Canvas, base_layer, picture_frame};
use crate::derive::map_layout::levels::{Ground, LevelledMap, Subject, cluster_label, lay_out_levels};
use crate::derive::map_layout::{DrawnPoint, SheetSize};
use crate::derive::map_sheets::{LONGEST_LIST, SheetPlan, Whose};
use crate::derive::plans::PlanSheet;
use crate::kind::Kind;
use crate::read::Entry;
use crate::read::base_maps::Owner;
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
pub fn outputs(workshop: &Workshop) -> Vec<(String, Made)> {
    let sheets = &workshop.index.map_sheets;
    sheets.par_iter().flat_map_iter(|sheet| page(workshop, sheet)).collect()
}

/// All shown points, in the order of their column.
pub fn points(workshop: &Workshop) -> Vec<&Entry> {
    let shown = workshop.library.shown();
    shown.filter(|entry| entry.kind() == Kind::Point).collect()
}

/// One sheet, laid out, with all that its page and its data say.
struct Atlas<'a> {
    workshop: &'a Workshop,
    plan: &'a SheetPlan,
    survey: Survey<'a>,
    facets: Facets,
    layout: LevelledMap,
}

fn page(workshop: &Workshop, plan: &SheetPlan) -> Vec<(String, Made)> {
    let entries: Vec<&Entry> = plan.points.iter().map(|id| workshop.library.entry(*id)).collect();
    let survey = Survey::listed(workshop, entries.iter().copied());
    let facets = Facets::of(workshop, &survey.entries);
    let ground = ground(workshop, plan, &survey);
    let places = match plan.whose {
        Whose::Plan(_) => Vec::new(),
        _ => place_names(workshop, &survey, MAP_SIZE),
    };
    let subject = Subject {
        points: &survey.points,
        belongings: &facets.belongings,
        group_names: &facets.groups,
        places: &places,
    };
    let layout = lay_out_levels(subject, &ground);
    let atlas = Atlas {
        workshop,
        plan,
        survey,
        facets,
        layout,
    };
    let (data, files) = data::files(&atlas);
    let page = (plan.path(), atlas.page(&entries, data));
    let files = files.into_iter().map(|(path, bytes)| (path, Ok(File::of_bytes(bytes))));
    std::iter::once(page).chain(files).collect()
}

/// What a sheet's points stand on: a plan; a base map's own picture, which asks for its
/// projection; else the earth as it fits.
fn ground(workshop: &Workshop, plan: &SheetPlan, survey: &Survey<'_>) -> Ground {
    if let Whose::Plan(number) = plan.whose {
        let plan = &workshop.index.plans[number];
        let scale = plan_scale(plan);
        let place = |entry: &Entry| plan.points.iter().find(|(id, _, _)| *id == entry.id);
        let places = survey
            .entries
            .iter()
            .map(|entry| place(entry).map(|(_, x, y)| (x * scale, y * scale)));
        let size = SheetSize {
            width: plan.width * scale,
            height: plan.height * scale,
            margin: 0.0,
        };
        return Ground::Plan(places.collect(), size);
    }
    let frame =
        owner(plan).and_then(|owner| picture_frame(&workshop.library, owner, (MAP_SIZE.width, MAP_SIZE.height)));
    match frame {
        Some(frame) => {
            let size = SheetSize {
                width: frame.width,
                height: frame.height,
                margin: 0.0,
            };
            Ground::Projected(frame.projection, size)
        }
        None => Ground::Fitted(MAP_SIZE),
    }
}

/// How many pixels of the sheet a pixel of a plan takes: plans are shown as wide as other sheets.
fn plan_scale(plan: &PlanSheet) -> f64 {
    MAP_SIZE.width / plan.width.max(1.0)
}

/// Whose base map a sheet may have.
fn owner(plan: &SheetPlan) -> Option<Owner> {
    match plan.whose {
        Whose::Everyone => Some(Owner::Site),
        Whose::Park(park) => Some(Owner::Park(park)),
        Whose::City(_) | Whose::Plan(_) => None,
    }
}

impl Atlas<'_> {
    fn page(&self, entries: &[&Entry], data: String) -> Made {
        let workshop = self.workshop;
        let config = &workshop.library.config.map;
        let whole_title = config.title.clone().unwrap_or_else(|| "红色打卡地地图".into());
        let (title, description) = match self.plan.whose {
            Whose::Everyone => (whole_title.clone(), config.description.clone()),
            Whose::City(_) | Whose::Park(_) => (format!("{}·红色打卡地", self.plan.title), None),
            Whose::Plan(_) => (self.plan.title.clone(), None),
        };
        let path = self.plan.path();
        let view = MapView {
            title: title.clone(),
            description: description.clone(),
            data,
            sheet: (!self.layout.sheet.points.is_empty()).then(|| self.drawing()),
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
        workshop.page(("map.html", None), frame, &[("map", &view)])
    }

    /// 无锡的 4 处……; nothing for the whole map.
    fn whose_points(&self) -> String {
        match self.plan.whose {
            Whose::Everyone => String::new(),
            _ => format!("{}的 ", self.plan.title),
        }
    }

    /// The points in the order of the data: those of every cluster together, and last those that
    /// have no place on the sheet but stand in its list.
    fn order(&self) -> impl Iterator<Item = usize> {
        let layout = &self.layout;
        layout.order.iter().chain(&layout.sheet.unplaced).copied()
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
        let mut drawing = view(&self.layout.sheet, |drawn| self.words(drawn));
        drawing.base = self.base();
        if let Whose::Plan(number) = self.plan.whose {
            drawing.plan = self.workshop.index.plans.get(number).and_then(|plan| {
                let image = base_layers::plan_image(plan, plan_scale(plan), &self.workshop.published)?;
                Some(PlanImageView {
                    image,
                    alt: plan.alt.clone(),
                })
            });
        }
        drawing
    }

    /// The base map below the points, in the detail that zooming in shows.
    fn base(&self) -> Option<BaseLayerView> {
        let projection = self.layout.sheet.projection?;
        let (width, height) = (self.layout.sheet.width, self.layout.sheet.height);
        let place = move |position| projection.place(position);
        let canvas = Canvas {
            place: &place,
            width,
            height,
        };
        let layer = base_layer(&self.workshop.library, owner(self.plan)?, &canvas)?;
        let far = base_layers::view(&layer, &self.workshop.published);
        Some(BaseLayerView {
            image: far.image,
            ..base_layers::near_view(&layer)
        })
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
        let index = &self.workshop.index;
        let here = self.plan.path();
        if self.plan.points.len() <= LONGEST_LIST {
            return format!("{here}#point-{first}");
        }
        let city = members.first().and_then(|entry| index.regions[entry.id.index()]);
        city.and_then(|city| list::sheet_of_city(index, city)).unwrap_or(here)
    }
}
