//! Plaques and stickers: a sheet to hang up or stick on at each point, with a code that leads to
//! its page. A code is made only where the portal's address is known: one that leads elsewhere
//! would hang on a wall for years.

use super::frame::{Frame, Workshop};
use super::key::{Key, Prepared};
use super::meta;
use super::portal::{Made, Output};
use super::print_places::{self, Print, PrintPlaces};
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
pub fn pages(places: &PrintPlaces) -> Vec<(String, Output)> {
    let mut outputs = Vec::new();
    for (number, group) in places.groups.iter().enumerate() {
        outputs.extend([Print::PlaqueA4, Print::PlaqueA5, Print::Sticker].map(|print| {
            let output = Output::page(move |workshop, known| page(workshop, (number, print), known));
            (print.path_of(group), output)
        }));
    }
    outputs
}

fn page(workshop: &Workshop, (number, print): (usize, Print), known: Option<Key>) -> Made {
    let group = &workshop.print_places.groups[number];
    let points = group.points.iter();
    let faces: Vec<PlaqueView> = points.filter_map(|id| plaque(workshop, *id, print)).collect();
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
    workshop.prepared_page(("plaques.html", known), frame, ("plaques", view), |view, _| {
        for face in view.sheets.iter_mut().flatten() {
            if let Some(code) = &mut face.qr {
                code.made = qr_code::sturdy_svg(&code.from, correction(print));
            }
            face.qr.take_if(|code| code.made.is_none());
        }
    })
}

fn plaque(workshop: &Workshop, id: EntryId, form: Print) -> Option<PlaqueView> {
    let entry = workshop.library.entry(id);
    let Facts::Point(point) = &entry.facts else { return None };
    let park = workshop.index.relations.park[id.index()].map(|park| workshop.library.entry(park));
    let page_address = meta::address(&workshop.library, &entry.path);
    let anchor = match form {
        Print::Sticker => "sticker",
        _ => "plaque",
    };
    Some(PlaqueView {
        id: format!("{anchor}-{}", entry.slug),
        title: entry.common.title.clone(),
        length: length(entry),
        path: entry.path.clone(),
        category: point.category.clone(),
        park: park.map(|park| park.common.title.clone()),
        address: short_address(&point.address, workshop.index.regions[id.index()]),
        qr: page_address.clone().map(Prepared::new),
        page_address,
    })
}

fn correction(print: Print) -> Correction {
    match print {
        // It is small: its modules must be large rather than many.
        Print::Sticker => Correction::Medium,
        _ => Correction::Quartile,
    }
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
