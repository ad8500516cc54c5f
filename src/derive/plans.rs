//! The plans of parks, with the points that stand on them at pixel positions.

use std::collections::BTreeMap;

use super::Relations;
use crate::kind::{Facts, Kind};
use crate::pictures;
use crate::read::link_target::{joined, split_destination};
use crate::read::{EntryId, Library};

/// A plan that is a sheet of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanSheet {
    /// The park whose plan it is.
    pub park: EntryId,
    /// As points name it; no two of a park have the same.
    pub name: String,
    /// The path of its picture below `content/`.
    pub picture: String,
    /// What the picture shows, for those who can't see it.
    pub alt: String,
    /// The width of the picture in its own pixels, in which places are given.
    pub width: f64,
    /// The height of the picture in its own pixels.
    pub height: f64,
    /// How many metres a pixel is, where that is known.
    pub metres_per_pixel: Option<f64>,
    /// Where north is, in degrees clockwise from up, where that is known.
    pub north: Option<f64>,
    /// Points in the order of the park's, each with the pixels from the left and from above.
    pub points: Vec<(EntryId, f64, f64)>,
}

/// The plans that have points, in the order of the parks' files and then as they are written.
/// A plan whose picture can't be read was reported, and is none.
pub fn plan_sheets(library: &Library, relations: &Relations) -> Vec<PlanSheet> {
    let parks = library.shown().filter(|entry| entry.kind() == Kind::Park);
    parks
        .flat_map(|park| sheets_of_park(library, relations, park.id))
        .collect()
}

fn sheets_of_park(library: &Library, relations: &Relations, id: EntryId) -> Vec<PlanSheet> {
    let entry = library.entry(id);
    let Facts::Park(park) = &entry.facts else {
        return Vec::new();
    };
    let mut points = points_by_plan(library, relations, id);
    let sheets = park.plans.iter().filter_map(|plan| {
        // Of two plans with one name the first has the points.
        let points = points.remove(plan.name.as_str())?;
        let picture = joined(&entry.content_path, &split_destination(&plan.picture.src).path)?;
        let facts = pictures::inspect(&library.files.get(&picture)?.bytes).ok()?;
        let alt = if plan.picture.alt.is_empty() {
            format!("{}{}", entry.common.title, plan.name)
        } else {
            plan.picture.alt.clone()
        };
        Some(PlanSheet {
            park: id,
            name: plan.name.clone(),
            picture,
            alt,
            width: f64::from(facts.width),
            height: f64::from(facts.height),
            metres_per_pixel: plan.metres_per_pixel,
            north: plan.north,
            points,
        })
    });
    sheets.collect()
}

type Places = Vec<(EntryId, f64, f64)>;

fn points_by_plan<'a>(library: &'a Library, relations: &Relations, park: EntryId) -> BTreeMap<&'a str, Places> {
    let mut plans: BTreeMap<&str, Places> = BTreeMap::new();
    for id in relations.of_park(park, Kind::Point) {
        let Facts::Point(point) = &library.entry(*id).facts else {
            continue;
        };
        if let Some(place) = &point.plan {
            plans.entry(&place.name).or_default().push((*id, place.x, place.y));
        }
    }
    plans
}
