//! The front page.

use std::sync::Arc;

use super::frame::{Frame, Workshop};
use super::key::Key;
use super::portal::Made;
use super::view::{Card, ColumnTeaser, FigureView, HomeView};
use super::{maps, meta};
use crate::kind::Kind;
use crate::read::{EntryId, Library};

/// The front page.
///
/// # Errors
/// The template's mistake.
pub fn page(workshop: &Workshop, known: Option<Key>) -> Made {
    let library = &workshop.library;
    let lead = lead(workshop);
    let points = maps::points(workshop);
    let newest = |kind: Kind, most: usize| -> Vec<Arc<Card>> {
        let ids = of_kind(workshop, kind)
            .into_iter()
            .filter(|id| Some(*id) != lead)
            .take(most);
        workshop.cards.of(&ids.collect::<Vec<_>>())
    };
    let home = HomeView {
        lead: lead.and_then(|id| workshop.cards.get(id).cloned()),
        bulletins: newest(Kind::Bulletin, 6),
        cases: newest(Kind::Case, 8),
        alliances: newest(Kind::Alliance, usize::MAX),
        roundtables: newest(Kind::Roundtable, 3),
        routes: newest(Kind::Route, 4),
        figures: library.config.home.figures.iter().map(FigureView::of).collect(),
        map: maps::teaser(workshop),
        point_count: points.len(),
        park_count: maps::parks_of(workshop, &points),
        city_count: maps::cities_of(workshop, &points),
        columns: columns(workshop),
    };
    let mut frame = Frame::new("index.html", "home", library.config.title.clone());
    frame.json_ld = Some(meta::site_json_ld(&workshop.site));
    frame.picture = home
        .lead
        .as_ref()
        .and_then(|lead| lead.cover.as_ref())
        .map(|cover| cover.src.clone());
    workshop.prepared_page(("home.html", known), frame, ("home", home), |home, _| {
        maps::draw(&mut home.map);
    })
}

/// What the site chose, else the newest case, else the newest entry.
fn lead(workshop: &Workshop) -> Option<EntryId> {
    let library: &Library = &workshop.library;
    let chosen = library.config.home.lead.as_ref().and_then(|wanted| {
        library
            .shown()
            .find(|entry| entry.slug == *wanted || entry.common.title == *wanted || entry.stem() == wanted)
    });
    let newest = || {
        workshop
            .index
            .newest
            .iter()
            .map(|id| library.entry(*id))
            .find(|entry| entry.kind() == Kind::Case)
    };
    let any = || workshop.index.newest.first().map(|id| library.entry(*id));
    chosen.or_else(newest).or_else(any).map(|entry| entry.id)
}

/// The entries of a kind from all columns, in the order of their lists.
fn of_kind(workshop: &Workshop, kind: Kind) -> Vec<EntryId> {
    let all = workshop.index.columns.iter().flatten().copied();
    all.filter(|id| workshop.library.entry(*id).kind() == kind).collect()
}

fn columns(workshop: &Workshop) -> Vec<ColumnTeaser> {
    let columns = workshop.library.columns.iter().zip(&workshop.index.columns);
    columns
        .filter(|(column, entries)| column.is_in_navigation() && !entries.is_empty())
        .map(|(column, entries)| ColumnTeaser {
            title: column.title.clone(),
            path: column.path(),
            key: column.folder.clone(),
            kind: column.kind.name(),
            count: entries.len(),
            newest: workshop.cards.of(entries.iter().take(4)),
        })
        .collect()
}
