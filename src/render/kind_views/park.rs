//! A park: its figures, its network, and all that belongs to it.

use crate::kind::{Kind, Park};
use crate::read::Entry;
use crate::render::frame::Workshop;
use crate::render::view::entry::ParkView;
use crate::render::view::{DateView, FigureView};
use crate::render::{maps, organisation_network};

/// A park as its page shows it.
pub fn view(workshop: &Workshop, entry: &Entry, park: &Park) -> ParkView {
    let of_kind = |kind| workshop.cards.of(workshop.index.relations.of_park(entry.id, kind));
    ParkView {
        region: workshop.index.regions[entry.id.index()].map(|region| region.full()),
        region_code: park.region.clone(),
        level: park.level.clone(),
        address: park.address.clone(),
        area: park.area_in_words(),
        founded: park.founded.map(DateView::of_partial),
        metrics: park.metrics.iter().map(FigureView::of).collect(),
        network: park.network.as_ref().map(|network| {
            format!(
                "<div class=\"network-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"组织网络图\">{}</div><details class=\"network-list\"><summary>文字版</summary><div data-searchable>{}</div></details>",
                organisation_network::drawing(network),
                organisation_network::list(network)
            )
        }),
        points: of_kind(Kind::Point),
        cases: of_kind(Kind::Case),
        alliances: of_kind(Kind::Alliance),
        bulletins: of_kind(Kind::Bulletin),
        routes: of_kind(Kind::Route),
        locator: maps::locator_of_park(workshop, entry),
    }
}
