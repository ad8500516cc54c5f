//! A point: the facts of the place, how to get there, what is near.

use super::distance_text;
use crate::coordinates::{CoordinateSystem, Position};
use crate::kind::Point;
use crate::kind::point::TIERS;
use crate::read::Entry;
use crate::render::exports::degrees;
use crate::render::frame::Workshop;
use crate::render::key::Prepared;
use crate::render::maps::PreparedSheet;
use crate::render::navigation_links::{Pairs, Place, navigation_links};
use crate::render::view::DateView;
use crate::render::view::entry::{NavigationView, NearbyView, PointView};
use crate::render::{maps, meta, qr_code};

/// A point as its page shows it.
pub fn view(workshop: &Workshop, entry: &Entry, point: &Point) -> PointView {
    PointView {
        routes: workshop
            .cards
            .of(workshop.index.relations.routes.get(&entry.id).into_iter().flatten()),
        nearby: workshop.index.near[entry.id.index()]
            .iter()
            .filter_map(|(id, metres)| {
                Some(NearbyView {
                    card: workshop.cards.get(*id)?.clone(),
                    distance: distance_text(*metres),
                })
            })
            .collect(),
        ..alone(workshop, (entry, point), maps::locator_of_point(workshop, entry))
    }
}

/// A point as a handbook prints it: with a smaller sheet, and without what leads on to others.
pub fn printed(workshop: &Workshop, entry: &Entry, point: &Point) -> PointView {
    alone(workshop, (entry, point), maps::printed_locator_of(workshop, entry))
}

/// Makes what is dear to make of a point's view: its code and its sheet.
pub fn complete(view: &mut PointView) {
    maps::draw(&mut view.locator);
    if let Some(code) = &mut view.qr {
        code.made = qr_code::svg(&code.from);
    }
    view.qr.take_if(|code| code.made.is_none());
}

fn alone(workshop: &Workshop, (entry, point): (&Entry, &Point), locator: Option<PreparedSheet>) -> PointView {
    debug_assert!(point.tier.as_deref().is_none_or(|tier| TIERS.contains(&tier)));
    let position = workshop.index.positions[entry.id.index()];
    let reachable = position.filter(|_| !workshop.library.config.is_intranet());
    let links = reachable.map_or_else(Vec::new, |position| {
        let place = Place {
            name: &entry.common.title,
            address: &point.address,
            position,
        };
        navigation_links(&place, &crate::pinyin_slug::slug(&workshop.library.config.title))
    });
    let qr_target = qr_target(workshop, entry);
    let photos = point.photos.iter().filter_map(|photo| {
        let path = crate::read::link_target::joined(
            &entry.content_path,
            &crate::read::link_target::split_destination(&photo.src).path,
        )?;
        let mut view = workshop.published.picture(&path, &photo.alt)?;
        view.caption.clone_from(&photo.caption);
        Some(view)
    });
    PointView {
        category: point.category.clone(),
        tier: point.tier.clone(),
        address: point.address.clone(),
        area: point.area_in_words(),
        opened: point.opened.map(DateView::of_partial),
        hours: point.hours.clone(),
        phone: point.phone.clone(),
        booking: point.booking.clone(),
        services: point.services.clone(),
        accessibility: point.accessibility.clone(),
        photos: photos.collect(),
        longitude: position.map(|position| degrees(position.longitude)),
        latitude: position.map(|position| degrees(position.latitude)),
        written_position: written_position(point),
        wgs84_position: position
            .filter(|_| point.location.is_some_and(|location| is_shifted(location.crs)))
            .map(|position| position_in_words(position, CoordinateSystem::Wgs84)),
        qr: qr_target.as_ref().map(|(address, _)| Prepared::new(address.clone())),
        qr_label: qr_target.map(|(_, label)| label.to_owned()),
        prints: workshop.print_places.links_of(entry),
        navigation: links
            .into_iter()
            .map(|link| NavigationView {
                id: link.id.to_owned(),
                service: link.service.to_owned(),
                href: link.href,
            })
            .collect(),
        locator,
        routes: Vec::new(),
        nearby: Vec::new(),
    }
}

/// The position as its writer gave it, with the name of its system; none on a plan.
pub fn written_position(point: &Point) -> Option<String> {
    let location = point.location?;
    let written = Position::new(location.lng, location.lat);
    Some(position_in_words(written, location.crs))
}

/// A position with the name of its system: `经度 120.360000，纬度 31.490000（GCJ-02 坐标系）`.
pub fn position_in_words(position: Position, system: CoordinateSystem) -> String {
    format!(
        "经度 {}，纬度 {}（{system} 坐标系）",
        degrees(position.longitude),
        degrees(position.latitude)
    )
}

/// Whether a system's numbers differ from those of WGS-84.
fn is_shifted(system: CoordinateSystem) -> bool {
    matches!(system, CoordinateSystem::Gcj02 | CoordinateSystem::Bd09)
}

/// What the QR code leads to, with the words below it: the page where the portal's address is
/// known, else the position in a map service, which an intranet cannot reach. The shorter the address, the larger the modules.
pub fn qr_target(workshop: &Workshop, entry: &Entry) -> Option<(String, &'static str)> {
    if let Some(address) = meta::address(&workshop.library, &entry.path) {
        return Some((address, "扫码打开这一页"));
    }
    if workshop.library.config.is_intranet() {
        return None;
    }
    let shifted = Pairs::of(workshop.index.positions[entry.id.index()]?).gcj02;
    let place = format!("{},{}", degrees(shifted.longitude), degrees(shifted.latitude));
    Some((
        format!("https://uri.amap.com/marker?position={place}&coordinate=gaode"),
        "本站的网址还没有定，这个码先打开高德地图上的位置",
    ))
}
