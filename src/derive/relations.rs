//! Who belongs to whom: references, followed in both directions.

use std::collections::{BTreeMap, BTreeSet};

use crate::kind::{Facts, Kind};
use crate::read::link_target::LinkTarget;
use crate::read::outline::LinkKind;
use crate::read::{Entry, EntryId, Library};

/// References between shown entries.
#[derive(Debug, Default)]
pub struct Relations {
    /// By entry: the park that it names.
    pub park: Vec<Option<EntryId>>,
    /// By bulletin: its alliance.
    pub alliance: BTreeMap<EntryId, EntryId>,
    /// By park: what belongs to it, by kind; by weight, then the newest first.
    pub of_park: BTreeMap<EntryId, BTreeMap<Kind, Vec<EntryId>>>,
    /// By alliance: its bulletins, the highest issue first.
    pub bulletins: BTreeMap<EntryId, Vec<EntryId>>,
    /// By alliance and index of the member: the park that the member is.
    pub member_parks: BTreeMap<(EntryId, usize), EntryId>,
    /// By route: its stops, `None` for one that leads nowhere.
    pub stops: BTreeMap<EntryId, Vec<Option<EntryId>>>,
    /// By point: the routes that stop there.
    pub routes: BTreeMap<EntryId, Vec<EntryId>>,
    /// By entry: those whose text links to it.
    pub backlinks: BTreeMap<EntryId, Vec<EntryId>>,
}

/// Follows all references.
pub fn relations(library: &Library) -> Relations {
    let mut relations = Relations {
        park: vec![None; library.entries.len()],
        ..Relations::default()
    };
    for entry in library.shown() {
        if let Some(park) = find(library, Kind::Park, entry.common.park.as_deref()).filter(|park| *park != entry.id) {
            relations.park[entry.id.index()] = Some(park);
            relations.belongs_to_park(park, entry);
        }
        match &entry.facts {
            Facts::Alliance(alliance) => {
                for (index, member) in alliance.members.iter().enumerate() {
                    if let Some(park) = find(library, Kind::Park, member.park.as_deref()) {
                        relations.member_parks.insert((entry.id, index), park);
                        relations.belongs_to_park(park, entry);
                    }
                }
            }
            Facts::Bulletin(bulletin) => {
                if let Some(alliance) = find(library, Kind::Alliance, Some(&bulletin.alliance)) {
                    relations.alliance.insert(entry.id, alliance);
                    relations.bulletins.entry(alliance).or_default().push(entry.id);
                }
            }
            Facts::Route(route) => {
                let stops: Vec<_> = route
                    .stops
                    .iter()
                    .map(|stop| find(library, Kind::Point, Some(&stop.point)))
                    .collect();
                for point in stops.iter().flatten().collect::<BTreeSet<_>>() {
                    relations.routes.entry(*point).or_default().push(entry.id);
                }
                relations.stops.insert(entry.id, stops);
            }
            _ => {}
        }
        for target in linked_entries(library, entry) {
            relations.backlinks.entry(target).or_default().push(entry.id);
        }
    }
    for bulletins in relations.bulletins.values_mut() {
        bulletins.sort_by_key(|id| std::cmp::Reverse((issue(library.entry(*id)), *id)));
    }
    relations.add_bulletins_to_parks();
    relations.add_routes_to_parks();
    let order = |id: &EntryId| {
        let common = &library.entry(*id).common;
        (std::cmp::Reverse(common.weight), std::cmp::Reverse(common.date), *id)
    };
    for entries in relations.of_park.values_mut().flat_map(BTreeMap::values_mut) {
        entries.sort_by_cached_key(order);
    }
    relations
}

impl Relations {
    fn belongs_to_park(&mut self, park: EntryId, entry: &Entry) {
        let list = self.of_park.entry(park).or_default().entry(entry.kind()).or_default();
        if list.last() != Some(&entry.id) {
            list.push(entry.id);
        }
    }

    /// The bulletins of its alliances concern a park too.
    fn add_bulletins_to_parks(&mut self) {
        let of_park = std::mem::take(&mut self.of_park);
        self.of_park = of_park
            .into_iter()
            .map(|(park, mut kinds)| {
                let alliances = kinds.get(&Kind::Alliance).cloned().unwrap_or_default();
                let of_alliances = alliances
                    .iter()
                    .filter_map(|alliance| self.bulletins.get(alliance))
                    .flatten();
                let own = kinds.get(&Kind::Bulletin).cloned().unwrap_or_default();
                let all: BTreeSet<_> = own.into_iter().chain(of_alliances.copied()).collect();
                if !all.is_empty() {
                    kinds.insert(Kind::Bulletin, all.into_iter().collect());
                }
                (park, kinds)
            })
            .collect();
    }

    /// A route that stops at one of its points leads through a park.
    fn add_routes_to_parks(&mut self) {
        for (route, stops) in &self.stops {
            let parks: BTreeSet<_> = stops
                .iter()
                .flatten()
                .filter_map(|point| self.park[point.index()])
                .collect();
            for park in parks {
                let list = self.of_park.entry(park).or_default().entry(Kind::Route).or_default();
                if !list.contains(route) {
                    list.push(*route);
                }
            }
        }
    }

    /// What of a kind belongs to a park.
    pub fn of_park(&self, park: EntryId, kind: Kind) -> &[EntryId] {
        self.of_park
            .get(&park)
            .and_then(|kinds| kinds.get(&kind))
            .map_or(&[], Vec::as_slice)
    }
}

/// The shown entry that a reference names.
fn find(library: &Library, kind: Kind, reference: Option<&str>) -> Option<EntryId> {
    library
        .names
        .find(kind, reference?)
        .id()
        .filter(|id| library.entry(*id).is_shown())
}

fn issue(entry: &Entry) -> u32 {
    match &entry.facts {
        Facts::Bulletin(bulletin) => bulletin.issue,
        _ => 0,
    }
}

fn linked_entries(library: &Library, entry: &Entry) -> BTreeSet<EntryId> {
    let links = entry.outline.links.iter().filter(|link| link.kind == LinkKind::Link);
    links
        .filter_map(|link| match library.link_target(entry, &link.destination) {
            LinkTarget::Entry(id, _) if id != entry.id => Some(id),
            _ => None,
        })
        .collect()
}
