//! Plans of parks: points that stand on one that there is, within its picture, and plans that some
//! point stands on.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::kind::point::PlanPlace;
use crate::kind::{Facts, Kind, Plan};
use crate::pictures;
use crate::read::link_target::{joined, split_destination};
use crate::read::{Entry, EntryId, Library};

pub(super) fn check(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let sizes = picture_sizes(library);
    let mut used: BTreeSet<(EntryId, usize)> = BTreeSet::new();
    for entry in &library.entries {
        let Facts::Point(point) = &entry.facts else { continue };
        let Some(place) = point.plan.as_ref().filter(|place| !place.name.is_empty()) else {
            continue;
        };
        match plan_of(library, entry, place) {
            Ok(Some(plan)) => {
                used.insert(plan);
                let size = sizes.get(&plan);
                diagnostics.extend(size.and_then(|size| outside(library, entry, (place, *size))));
            }
            Ok(None) => {}
            Err(found) => diagnostics.push(*found),
        }
    }
    for park in library.shown() {
        for (index, plan) in plans(park).iter().enumerate() {
            diagnostics.extend(doubled(library, park, index));
            if !plan.name.is_empty() && !used.contains(&(park.id, index)) && is_first(park, index) {
                diagnostics.push(
                    Diagnostic::new(
                        rule::UNUSED_PLAN,
                        library.field_span(park, &format!("plans[{index}].name")),
                        format!("没有示范点标在平面图“{}”上，读者看不到它", quotable(&plan.name)),
                    )
                    .help("在示范点里写 平面图: {名称: …, x: …, y: …}，或者删去这张平面图"),
                );
            }
        }
    }
}

fn plans(park: &Entry) -> &[Plan] {
    match &park.facts {
        Facts::Park(park) => &park.plans,
        _ => &[],
    }
}

/// The sizes of all plans' pictures that can be read, each read once.
fn picture_sizes(library: &Library) -> BTreeMap<(EntryId, usize), (u32, u32)> {
    let mut sizes = BTreeMap::new();
    for park in library.shown() {
        for (index, plan) in plans(park).iter().enumerate() {
            let path = joined(&park.content_path, &split_destination(&plan.picture.src).path);
            let file = path.and_then(|path| library.files.get(&path));
            if let Some(facts) = file.and_then(|file| pictures::inspect(&file.bytes).ok()) {
                sizes.insert((park.id, index), (facts.width, facts.height));
            }
        }
    }
    sizes
}

/// The plan that a point names; none where the park itself was reported.
fn plan_of(library: &Library, entry: &Entry, place: &PlanPlace) -> Result<Option<(EntryId, usize)>, Box<Diagnostic>> {
    let quoted = quotable(&place.name);
    let unknown = |message: String, help: String| {
        let span = library.field_span(entry, "plan.name");
        Box::new(Diagnostic::new(rule::UNKNOWN_PLAN, span, message).help(help))
    };
    let Some(reference) = &entry.common.park else {
        if library.field_is_written(entry, "park") {
            return Ok(None);
        }
        let help = "加一行 园区: …，平面图写在那个园区里".to_owned();
        return Err(unknown(format!("没有写园区，找不到平面图“{quoted}”"), help));
    };
    let Some(park) = library.names.find(Kind::Park, reference).id() else {
        return Ok(None);
    };
    let plans = plans(library.entry(park));
    if let Some(index) = plans.iter().position(|plan| plan.name == place.name) {
        return Ok(Some((park, index)));
    }
    let park = library.entry(park);
    // What was wrong with a park's plans was reported there.
    let is_reported = plans
        .iter()
        .any(|plan| plan.name.is_empty() || plan.picture.src.is_empty())
        || (plans.is_empty() && library.field_is_written(park, "plans"));
    if is_reported {
        return Ok(None);
    }
    let names: Vec<&str> = plans.iter().map(|plan| plan.name.as_str()).collect();
    let help = match (nearest(&place.name, names.iter().copied()), names.as_slice()) {
        (Some(near), _) => format!("是不是想写“{near}”？"),
        (None, []) => format!("先在 {} 里写 平面图", park.content_path),
        (None, names) => format!("这个园区有：{}", names.join("、")),
    };
    Err(unknown(
        format!("园区“{}”没有名为“{quoted}”的平面图", quotable(&park.common.title)),
        help,
    ))
}

fn outside(library: &Library, entry: &Entry, place: (&PlanPlace, (u32, u32))) -> Option<Diagnostic> {
    let (PlanPlace { name, x, y }, (width, height)) = place;
    let (way, written, edge, size) = if *x > f64::from(width) {
        ("plan.x", x, "宽", width)
    } else if *y > f64::from(height) {
        ("plan.y", y, "高", height)
    } else {
        return None;
    };
    Some(
        Diagnostic::new(
            rule::OUTSIDE_PLAN,
            library.field_span(entry, way),
            format!("{written} 在平面图“{}”外面，图{edge}只有 {size} 像素", quotable(name)),
        )
        .help("用画图软件打开平面图，把鼠标放在门口，抄下显示的 x 和 y"),
    )
}

/// Whether a plan is the first of its name.
fn is_first(park: &Entry, index: usize) -> bool {
    let plans = plans(park);
    let first = plans.iter().position(|plan| plan.name == plans[index].name);
    first == Some(index)
}

fn doubled(library: &Library, park: &Entry, index: usize) -> Option<Diagnostic> {
    let name = &plans(park)[index].name;
    if name.is_empty() || is_first(park, index) {
        return None;
    }
    let place = |index: usize| library.field_span(park, &format!("plans[{index}].name"));
    let first = plans(park).iter().position(|plan| plan.name == *name)?;
    Some(
        Diagnostic::new(
            rule::DOUBLED_PLAN,
            place(index),
            format!("两张平面图都叫“{}”", quotable(name)),
        )
        .related(place(first), "第一张在这里")
        .help("给其中一张换个名称，例如 一层、二层"),
    )
}
