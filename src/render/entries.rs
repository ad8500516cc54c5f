//! The pages of entries: what all kinds share. What each kind adds is in `kind_views`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use super::covers;
use super::frame::{Frame, Workshop};
use super::key::{Key, Prepared};
use super::kind_views;
use super::maps;
use super::meta;
use super::portal::{Made, Output};
use super::view::entry::{EntryView, ReviewView, SourceView};
use super::view::{Card, DateView, LinkView};
use crate::diagnostic::Diagnostic;
use crate::kind::{Facts, Kind};
use crate::read::{Entry, EntryId};

/// The most related entries that a page shows.
const MOST_RELATED: usize = 4;
/// Of each tag so many of its newest entries are looked at, so that the cost of a page does not
/// grow with the site.
const LOOKED_AT: usize = 40;
/// Characters that people read in a minute.
const READING_SPEED: usize = 400;

/// All outputs of one entry: its own page, a roundtable's by-guest page, redirects from old addresses,
/// its drawn cover.
pub fn outputs(workshop: &Workshop, entry: &Entry) -> Vec<(String, Output)> {
    let id = entry.id;
    let page = Output::page(move |workshop, known| page(workshop, id, known));
    let mut outputs = vec![(entry.path.clone(), page)];
    if entry.kind() == Kind::Roundtable {
        let page = Output::page(move |workshop, known| by_guest(workshop, id, known));
        outputs.push((entry.guests_path(), page));
    }
    for (_, alias) in entry.alias_paths() {
        let path = alias.clone();
        let redirect = Output::page(move |workshop, known| redirect(workshop, (id, &path), known));
        outputs.push((alias, redirect));
    }
    if covers::is_drawn(workshop, entry) {
        let cover = Output::page(move |workshop, known| covers::cover(workshop.library.entry(id), known));
        outputs.push((covers::path(entry), cover));
    }
    outputs
}

fn page(workshop: &Workshop, id: EntryId, known: Option<Key>) -> Made {
    let entry = workshop.library.entry(id);
    let Some(card) = workshop.cards.get(id) else {
        return Err(Vec::new());
    };
    let view = view(workshop, entry, card);
    let frame = frame(workshop, entry, card);
    let template = template(entry.kind());
    workshop.prepared_page((template, known), frame, ("entry", view), |view, problems| {
        complete(workshop, entry, view, problems);
    })
}

fn by_guest(workshop: &Workshop, id: EntryId, known: Option<Key>) -> Made {
    let entry = workshop.library.entry(id);
    let Some(card) = workshop.cards.get(id) else {
        return Err(Vec::new());
    };
    let view = view(workshop, entry, card);
    let mut frame = frame(workshop, entry, card);
    frame.path = entry.guests_path();
    frame.heading = format!("{}（按嘉宾）", entry.common.title);
    let wanted = ("roundtable_by_guest.html", known);
    workshop.prepared_page(wanted, frame, ("entry", view), |view, problems| {
        complete(workshop, entry, view, problems);
    })
}

fn redirect(workshop: &Workshop, (id, alias): (EntryId, &str), known: Option<Key>) -> Made {
    let target = &workshop.library.entry(id).path;
    let root = super::published::root_of(alias);
    workshop.file(("redirect.html", known), alias, &[("target", target), ("root", &root)])
}

/// Makes what is dear to make of an entry's view.
fn complete(workshop: &Workshop, entry: &Entry, view: &mut EntryView, problems: &mut Vec<Diagnostic>) {
    if let Facts::Roundtable(roundtable) = &entry.facts {
        let (roundtable, footnotes) = kind_views::roundtable::view(workshop, entry, roundtable, problems);
        if let Some(view) = &mut view.roundtable {
            view.made = Some(roundtable);
        }
        view.body.made = Some(footnotes);
        return;
    }
    view.body.made = Some(workshop.renderer().body(entry, problems));
    if let Some(point) = &mut view.point {
        kind_views::point::complete(point);
    }
    if let Some(park) = &mut view.park {
        maps::draw(&mut park.locator);
    }
    if let Some(route) = &mut view.route {
        maps::draw(&mut route.map);
    }
}

fn template(kind: Kind) -> &'static str {
    match kind {
        Kind::Park => "park.html",
        Kind::Point => "point.html",
        Kind::Route => "route.html",
        Kind::Case => "case.html",
        Kind::Alliance => "alliance.html",
        Kind::Bulletin => "bulletin.html",
        Kind::Roundtable => "roundtable.html",
        Kind::Page => "page.html",
    }
}

fn frame<'a>(workshop: &'a Workshop, entry: &'a Entry, card: &Card) -> Frame<'a> {
    let library = &workshop.library;
    let mut frame = Frame::new(entry.path.clone(), entry.kind().name(), entry.common.title.clone());
    let column = library.column_of(entry);
    if !column.folder.is_empty() {
        frame = frame.in_column(column);
    }
    frame.description = entry
        .common
        .description
        .clone()
        .or_else(|| card.summary.clone())
        .unwrap_or_default();
    frame.keywords.clone_from(&entry.common.tags);
    frame.tags = meta::article_tags(library, entry);
    frame.picture = card.cover.as_ref().map(|cover| cover.src.clone());
    frame.json_ld = Some(meta::entry_json_ld(library, entry, kind_facts(workshop, entry)));
    frame.entry = Some(entry);
    frame
}

/// What JSON-LD says of each kind.
fn kind_facts(workshop: &Workshop, entry: &Entry) -> serde_json::Value {
    let title = &entry.common.title;
    let position = workshop.index.positions[entry.id.index()];
    let geo = position.map(|position| {
        json!({ "@type": "GeoCoordinates", "longitude": super::exports::degrees(position.longitude), "latitude": super::exports::degrees(position.latitude) })
    });
    match &entry.facts {
        Facts::Park(park) => {
            let mut facts = json!({ "@type": "Place", "name": title });
            if let Some(address) = &park.address {
                facts["address"] = address.as_str().into();
            }
            if let Some(geo) = geo {
                facts["geo"] = geo;
            }
            facts
        }
        Facts::Point(point) => {
            let mut facts = json!({ "@type": "Place", "name": title, "address": point.address });
            if let Some(geo) = geo {
                facts["geo"] = geo;
            }
            if let Some(phone) = &point.phone {
                facts["telephone"] = phone.as_str().into();
            }
            let hours = point.hours.as_deref().map_or_else(Vec::new, meta::opening_hours);
            if !hours.is_empty() {
                facts["openingHoursSpecification"] = hours.into();
            }
            facts
        }
        Facts::Route(_) => json!({ "@type": "TouristTrip", "name": title }),
        Facts::Alliance(alliance) => {
            let mut facts = json!({ "@type": "Organization", "name": title });
            if let Some(founded) = alliance.founded {
                facts["foundingDate"] = founded.to_string().into();
            }
            facts
        }
        Facts::Case(_) | Facts::Bulletin(_) | Facts::Roundtable(_) => json!({ "@type": "Article", "headline": title }),
        Facts::Page => json!({ "@type": "WebPage", "name": title }),
    }
}

fn view(workshop: &Workshop, entry: &Entry, card: &Arc<Card>) -> EntryView {
    let library = &workshop.library;
    let common = &entry.common;
    let (previous, next) = workshop.index.neighbours[entry.id.index()];
    let link = |id: Option<EntryId>| id.map(|id| link_to(library.entry(id)));
    let mut view = EntryView {
        card: card.clone(),
        body: Prepared::new(workshop.renderer().sources_of(entry)),
        contents: super::markdown::contents(entry),
        updated: common.updated.map(DateView::of),
        author: (!common.author.is_empty()).then(|| common.author.join("、")),
        source: common.source.as_ref().map(|source| SourceView {
            name: source.name.clone(),
            url: source
                .url
                .clone()
                .filter(|url| url.starts_with("http://") || url.starts_with("https://")),
            date: source.date.map(DateView::of),
        }),
        editor: common.editor.clone(),
        review: common
            .review
            .iter()
            .map(|step| ReviewView {
                step: step.step.clone(),
                by: step.by.clone(),
                date: step.date.map(DateView::of),
            })
            .collect(),
        characters: entry.outline.characters,
        reading_minutes: reading_minutes(entry),
        previous: link(previous),
        next: link(next),
        related: related(workshop, entry),
        backlinks: workshop
            .index
            .relations
            .backlinks
            .get(&entry.id)
            .map(|ids| ids.iter().map(|id| link_to(library.entry(*id))).collect())
            .unwrap_or_default(),
        park: None,
        point: None,
        route: None,
        case: None,
        alliance: None,
        bulletin: None,
        roundtable: None,
    };
    match &entry.facts {
        Facts::Park(park) => view.park = Some(kind_views::park::view(workshop, entry, park)),
        Facts::Point(point) => view.point = Some(kind_views::point::view(workshop, entry, point)),
        Facts::Route(route) => view.route = Some(kind_views::route::view(workshop, entry, route)),
        Facts::Case(case) => view.case = Some(kind_views::case::view(workshop, entry, case)),
        Facts::Alliance(alliance) => view.alliance = Some(kind_views::alliance::view(workshop, entry, alliance)),
        Facts::Bulletin(bulletin) => view.bulletin = Some(kind_views::bulletin::view(workshop, entry, bulletin)),
        Facts::Roundtable(_) => {
            view.contents.retain(|heading| heading.level == 2);
            view.roundtable = Some(Prepared::new(view.body.from.clone()));
        }
        Facts::Page => {}
    }
    view
}

/// How long people read an entry.
pub fn reading_minutes(entry: &Entry) -> usize {
    entry.outline.characters.div_ceil(READING_SPEED).max(1)
}

/// The link to an entry's page.
pub fn link_to(entry: &Entry) -> LinkView {
    LinkView {
        title: entry.common.title.clone(),
        path: entry.path.clone(),
    }
}

/// Entries that share tags: the more the better, then the newer.
fn related(workshop: &Workshop, entry: &Entry) -> Vec<Arc<Card>> {
    let mut shared: BTreeMap<EntryId, usize> = BTreeMap::new();
    for tag in &entry.common.tags {
        let Some(found) = workshop.index.tag(tag) else { continue };
        for id in found.entries.iter().take(LOOKED_AT).filter(|id| **id != entry.id) {
            *shared.entry(*id).or_default() += 1;
        }
    }
    let mut ranked: Vec<_> = shared.into_iter().collect();
    let date = |id: EntryId| workshop.library.entry(id).common.date;
    ranked.sort_by(|a, b| {
        b.1.cmp(&a.1)
            .then_with(|| date(b.0).cmp(&date(a.0)))
            .then(a.0.cmp(&b.0))
    });
    let ids: Vec<_> = ranked.into_iter().take(MOST_RELATED).map(|(id, _)| id).collect();
    workshop.cards.of(&ids)
}
