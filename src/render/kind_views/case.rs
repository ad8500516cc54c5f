//! A case report: its figures, and other cases of its park.

use crate::kind::{Case, Kind};
use crate::read::{Entry, EntryId};
use crate::render::frame::Workshop;
use crate::render::view::FigureView;
use crate::render::view::entry::CaseView;

/// The most other cases of the same park.
const MOST: usize = 6;

/// A case as its page shows it.
pub fn view(workshop: &Workshop, entry: &Entry, case: &Case) -> CaseView {
    let relations = &workshop.index.relations;
    let same_park: Vec<EntryId> = relations.park[entry.id.index()]
        .map(|park| {
            relations
                .of_park(park, Kind::Case)
                .iter()
                .copied()
                .filter(|id| *id != entry.id)
                .take(MOST)
                .collect()
        })
        .unwrap_or_default();
    CaseView {
        series: case.series.clone(),
        award: case.award.clone(),
        metrics: case.metrics.iter().map(FigureView::of).collect(),
        same_park: workshop.cards.of(&same_park),
    }
}
