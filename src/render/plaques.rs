//! Plaques and stickers: a sheet to hang up or stick on at each point, with a code that leads to
//! its page. A code is made only where the portal's address is known: one that leads elsewhere
//! would hang on a wall for years.

use rayon::prelude::*;

use super::frame::{Frame, Made, Workshop};
use super::meta;
use super::print_places::{self, Print, PrintGroup};
use super::qr_code::{self, Correction};
use super::view::LinkView;
use super::view::print::{PlaqueView, PlaquesView};
use crate::derive::RegionName;
use crate::kind::Facts;
use crate::read::{Entry, EntryId};

/// Labels on one sheet, two by five: 99.1 by 57 millimetres, a size that every stationer has.
const STICKERS_ON_SHEET: usize = 10;
/// A title of so many characters stands in one line of the largest type.
const SHORT_TITLE: usize = 7;
/// A title of so many characters stands in one or two lines of the next.
const MIDDLE_TITLE: usize = 21;

/// The pages of plaques and stickers; none without points.
pub fn pages(workshop: &Workshop<'_>) -> Vec<Made> {
    let groups = workshop.print_places.groups.par_iter();
    groups
        .flat_map_iter(|group| {
            // Both sizes of a plaque have the same face.
            let plaques = faces(workshop, group, Print::PlaqueA4);
            let stickers = faces(workshop, group, Print::Sticker);
            [
                page(workshop, (group, Print::PlaqueA4), &plaques),
                page(workshop, (group, Print::PlaqueA5), &plaques),
                page(workshop, (group, Print::Sticker), &stickers),
            ]
        })
        .collect()
}

fn faces(workshop: &Workshop<'_>, group: &PrintGroup, print: Print) -> Vec<PlaqueView> {
    let points = group.points.par_iter();
    points.filter_map(|id| plaque(workshop, *id, print)).collect()
}

fn page(workshop: &Workshop<'_>, (group, print): (&PrintGroup, Print), faces: &[PlaqueView]) -> Made {
    let (form, kind, on_sheet) = match print {
        Print::PlaqueA5 => ("a5", "plaque-a5", 1),
        Print::Sticker => ("sticker", "sticker", STICKERS_ON_SHEET),
        Print::PlaqueA4 | Print::Handbook => ("a4", "plaque-a4", 1),
    };
    let view = PlaquesView {
        form,
        shelf: group.name.as_ref().map(|_| LinkView {
            title: "全部分册".into(),
            path: print.path(),
        }),
        total: faces.len(),
        sheets: faces.chunks(on_sheet).map(<[PlaqueView]>::to_vec).collect(),
        others: Print::ALL
            .into_iter()
            .filter(|other| *other != print)
            .map(|other| LinkView {
                title: other.title().into(),
                path: other.path_of(group),
            })
            .collect(),
    };
    let mut frame = Frame::new(print.path_of(group), kind, print_places::heading(print, group));
    frame.description = format!(
        "{} 处示范点的{}，可以整本打印，也可以只打印一处",
        view.total,
        print.title()
    );
    frame.breadcrumbs = print_places::breadcrumbs();
    frame.breadcrumbs.extend(view.shelf.clone());
    workshop.page("plaques.html", frame, &[("plaques", &view)])
}

fn plaque(workshop: &Workshop<'_>, id: EntryId, form: Print) -> Option<PlaqueView> {
    let entry = workshop.library.entry(id);
    let Facts::Point(point) = &entry.facts else { return None };
    let park = workshop.index.relations.park[id.index()].map(|park| workshop.library.entry(park));
    let page_address = meta::address(workshop.library, &entry.path);
    // A sticker is small: its modules must be large rather than many.
    let (anchor, correction) = match form {
        Print::Sticker => ("sticker", Correction::Medium),
        _ => ("plaque", Correction::Quartile),
    };
    Some(PlaqueView {
        id: format!("{anchor}-{}", entry.slug),
        title: entry.common.title.clone(),
        length: length(entry),
        path: entry.path.clone(),
        category: point.category.clone(),
        park: park.map(|park| park.common.title.clone()),
        address: short_address(&point.address, workshop.index.regions[id.index()]),
        qr: page_address
            .as_deref()
            .and_then(|address| qr_code::sturdy_svg(address, correction)),
        page_address,
    })
}

fn length(entry: &Entry) -> &'static str {
    match entry.common.title.chars().count() {
        length if length <= SHORT_TITLE => "short",
        length if length <= MIDDLE_TITLE => "middle",
        _ => "long",
    }
}

/// An address without its province and city: who stands before the plaque is there already.
fn short_address(address: &str, region: Option<RegionName>) -> String {
    let Some(region) = region else {
        return address.to_owned();
    };
    let without_province = address.strip_prefix(region.province).unwrap_or(address);
    let city = region.city.unwrap_or(region.province);
    let rest = without_province.strip_prefix(city).unwrap_or(without_province).trim();
    if rest.is_empty() {
        address.to_owned()
    } else {
        rest.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::short_address;
    use crate::derive::RegionName;

    #[test]
    fn addresses_lose_their_province_and_city_only() {
        let wuxi = Some(RegionName {
            province: "江苏省",
            city: Some("无锡市"),
        });
        let shanghai = Some(RegionName {
            province: "上海市",
            city: Some("上海市"),
        });
        for (written, region, short) in [
            ("江苏省无锡市新吴区和风大道102号", wuxi, "新吴区和风大道102号"),
            ("无锡市新吴区", wuxi, "新吴区"),
            ("新吴区和风大道", wuxi, "新吴区和风大道"),
            ("江苏省无锡市", wuxi, "江苏省无锡市"),
            ("上海市浦东新区科苑路88号", shanghai, "浦东新区科苑路88号"),
            ("科苑路88号", None, "科苑路88号"),
        ] {
            assert_eq!(short_address(written, region), short);
        }
    }
}
