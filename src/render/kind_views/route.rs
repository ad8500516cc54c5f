//! A route: its stops in their order, the way between them.

use super::distance_text;
use crate::coordinates;
use crate::kind::Route;
use crate::read::Entry;
use crate::render::frame::Workshop;
use crate::render::maps;
use crate::render::view::entry::{RouteView, StopView};

/// A route as its page shows it. Stops that lead nowhere were reported and are left out.
pub fn view(workshop: &Workshop, entry: &Entry, route: &Route) -> RouteView {
    let ids = workshop
        .index
        .relations
        .stops
        .get(&entry.id)
        .cloned()
        .unwrap_or_default();
    let mut stops = Vec::new();
    let mut entries = Vec::new();
    let mut length = 0.0;
    let mut last_position = None;
    for (stop, id) in route.stops.iter().zip(ids) {
        let Some(id) = id else { continue };
        let Some(card) = workshop.cards.get(id) else { continue };
        let position = workshop.index.positions[id.index()];
        let metres = last_position
            .zip(position)
            .map(|(from, to)| coordinates::distance(from, to));
        length += metres.unwrap_or(0.0);
        last_position = position.or(last_position);
        stops.push(StopView {
            number: stops.len() + 1,
            card: card.clone(),
            note: stop.note.clone(),
            minutes: stop.minutes,
            distance: metres.map(distance_text),
        });
        entries.push(workshop.library.entry(id));
    }
    RouteView {
        theme: route.theme.clone(),
        duration: route.duration.clone(),
        length: (length > 0.0).then(|| distance_text(length)),
        map: maps::route_sheet(workshop, &entries),
        stops,
    }
}
