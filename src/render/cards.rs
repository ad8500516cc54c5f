//! Entries as lists show them, made once for a build.

use std::sync::Arc;

use super::published::Published;
use super::view::{Card, DateView, FigureView, LinkView, NameView, PictureView};
use crate::derive::summary::summary;
use crate::derive::{Index, alliances};
use crate::kind::{Facts, Kind};
use crate::read::link_target::{joined, split_destination};
use crate::read::{Entry, EntryId, Library};
use crate::schema::date::{Date, PartialDate};

/// The cards of all shown entries, by entry.
pub struct Cards {
    cards: Vec<Option<Arc<Card>>>,
}

impl Cards {
    /// Makes all of them.
    pub fn new(library: &Library, index: &Index, published: &Published) -> Self {
        use rayon::prelude::*;
        let maker = CardMaker {
            library,
            index,
            published,
        };
        let cards = library
            .entries
            .par_iter()
            .map(|entry| entry.is_shown().then(|| Arc::new(maker.card(entry))))
            .collect();
        Self { cards }
    }

    /// The cards of some entries; those that are not shown are left out.
    pub fn of<'a>(&self, ids: impl IntoIterator<Item = &'a EntryId>) -> Vec<Arc<Card>> {
        ids.into_iter().filter_map(|id| self.get(*id)).cloned().collect()
    }

    /// The card of an entry.
    pub fn get(&self, id: EntryId) -> Option<&Arc<Card>> {
        self.cards.get(id.index())?.as_ref()
    }
}

struct CardMaker<'a> {
    library: &'a Library,
    index: &'a Index,
    published: &'a Published,
}

impl CardMaker<'_> {
    fn card(&self, entry: &Entry) -> Card {
        let common = &entry.common;
        let column = self.library.column_of(entry);
        let mut card = Card {
            kind: entry.kind().name(),
            slug: entry.slug.clone(),
            path: entry.path.clone(),
            title: common.title.clone(),
            summary: summary(entry),
            date: common.date.map(DateView::of),
            column: LinkView {
                title: column.title.clone(),
                path: column.path(),
            },
            park: self.park(entry),
            tags: self.tags(entry),
            cover: self.cover(entry),
            org: common.org.clone(),
            figure: None,
            draft: entry.visibility == crate::read::Visibility::Preview,
            category: None,
            tier: None,
            address: None,
            hours: None,
            issue: None,
            alliance: None,
            activity: None,
            eight_co: Vec::new(),
            alliance_type: None,
            member_count: None,
            newest_bulletin: None,
            region: None,
            level: None,
            point_count: None,
            stop_count: None,
            duration: None,
            theme: None,
            guests: Vec::new(),
            series: None,
            award: None,
        };
        self.add_facts(entry, &mut card);
        card
    }

    fn add_facts(&self, entry: &Entry, card: &mut Card) {
        match &entry.facts {
            Facts::Park(park) => {
                card.region = self.index.regions[entry.id.index()]
                    .as_ref()
                    .map(crate::derive::RegionName::full);
                card.level.clone_from(&park.level);
                card.figure = park.metrics.first().map(FigureView::of);
                card.address.clone_from(&park.address);
                card.point_count = Some(self.index.relations.of_park(entry.id, Kind::Point).len());
            }
            Facts::Point(point) => {
                card.category = Some(point.category.clone());
                card.tier.clone_from(&point.tier);
                card.address = Some(point.address.clone());
                card.hours.clone_from(&point.hours);
            }
            Facts::Route(route) => {
                card.stop_count = Some(route.stops.len());
                card.duration.clone_from(&route.duration);
                card.theme.clone_from(&route.theme);
            }
            Facts::Case(case) => {
                card.figure = case.metrics.first().map(FigureView::of);
                card.series.clone_from(&case.series);
                card.award.clone_from(&case.award);
            }
            Facts::Alliance(alliance) => {
                card.alliance_type.clone_from(&alliance.alliance_type);
                card.member_count = Some(alliances::membership(alliance, self.library.as_of).count);
                card.newest_bulletin = self.newest_bulletin(entry.id);
                card.date = alliance.founded.map(DateView::of_partial).or(card.date.take());
            }
            Facts::Bulletin(bulletin) => {
                card.issue = Some(bulletin.issue);
                card.alliance = Some(self.name(Kind::Alliance, &bulletin.alliance));
                if let Some(activity) = &bulletin.activity {
                    card.activity.clone_from(&activity.activity_type);
                    card.eight_co.clone_from(&activity.eight_co);
                }
            }
            Facts::Roundtable(roundtable) => {
                card.guests = roundtable.guests.iter().map(|guest| guest.name.clone()).collect();
            }
            Facts::Page => {}
        }
    }

    fn park(&self, entry: &Entry) -> Option<NameView> {
        entry.common.park.as_deref().map(|park| self.name(Kind::Park, park))
    }

    /// A reference as a name, with a path where it leads somewhere.
    fn name(&self, kind: Kind, reference: &str) -> NameView {
        let found = self
            .library
            .names
            .find(kind, reference)
            .id()
            .map(|id| self.library.entry(id));
        match found {
            Some(entry) => NameView {
                title: entry.common.title.clone(),
                path: entry.is_shown().then(|| entry.path.clone()),
            },
            None => NameView {
                title: reference.to_owned(),
                path: None,
            },
        }
    }

    fn tags(&self, entry: &Entry) -> Vec<LinkView> {
        let tags = entry.common.tags.iter().filter_map(|tag| self.index.tag(tag));
        tags.map(|tag| LinkView {
            title: tag.title.clone(),
            path: super::lists::tag_path(&tag.slug),
        })
        .collect()
    }

    /// The entry's own cover, else its first photo, else a drawn one where the kind has covers.
    fn cover(&self, entry: &Entry) -> Option<PictureView> {
        let own = entry.common.cover.as_ref().or(match &entry.facts {
            Facts::Point(point) => point.photos.first(),
            _ => None,
        });
        let own = own.and_then(|picture| {
            let path = joined(&entry.content_path, &split_destination(&picture.src).path)?;
            let mut view = self.published.picture(&path, &picture.alt)?;
            view.caption.clone_from(&picture.caption);
            Some(view)
        });
        own.or_else(|| super::covers::generated(entry))
    }

    fn newest_bulletin(&self, alliance: EntryId) -> Option<LinkView> {
        let newest = self.index.relations.bulletins.get(&alliance)?.first()?;
        let entry = self.library.entry(*newest);
        Some(LinkView {
            title: entry.common.title.clone(),
            path: entry.path.clone(),
        })
    }
}

impl DateView {
    /// A day as templates see it.
    pub fn of(date: Date) -> Self {
        let day = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
        let time = date.time.map(|(hour, minute)| format!("{hour:02}:{minute:02}"));
        let iso = match &time {
            Some(time) => format!("{day}T{time}+08:00"),
            None => day.clone(),
        };
        Self {
            iso,
            text: format!("{}年{}月{}日", date.year, date.month, date.day),
            short: day,
            time,
            year: date.year,
            month: date.month,
            day: date.day,
        }
    }

    /// A year, month or day; `month` and `day` are 0 where they are not known.
    pub fn of_partial(date: PartialDate) -> Self {
        Self {
            iso: date.to_string(),
            text: date.in_words(),
            short: date.to_string(),
            time: None,
            year: date.year,
            month: date.month.unwrap_or(0),
            day: date.day.unwrap_or(0),
        }
    }
}

impl FigureView {
    /// A figure as templates see it.
    pub fn of(figure: &crate::kind::Figure) -> Self {
        Self {
            name: figure.name.clone(),
            value: figure.shown_value(),
            unit: figure.unit.clone(),
            as_of: figure.as_of.clone(),
            before: figure.before().map(str::to_owned),
            after: figure.after().map(str::to_owned),
            note: figure.note.clone(),
            source: figure.source.clone(),
        }
    }
}
