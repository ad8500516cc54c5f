//! What the page of each kind shows besides the body.

use super::{IN_NAMES, IN_TEXT, Page};
use crate::derive::RegionName;
use crate::derive::alliances::{duties, membership};
use crate::kind::{Alliance, Bulletin, Facts, Park, Point, Roundtable, Route};
use crate::schema::date::PartialDate;

impl Page<'_> {
    /// What stands before the body.
    pub(super) fn head(&mut self) {
        let entry = self.entry;
        match &entry.facts {
            Facts::Park(park) => self.park_head(park),
            Facts::Point(point) => self.point_head(point),
            Facts::Route(route) => self.route_head(route),
            Facts::Case(case) => {
                self.title();
                self.byline();
                self.add_if(IN_NAMES, case.series.as_deref());
                self.add_if(IN_NAMES, case.award.as_deref());
                self.summary();
                self.ledger(&case.metrics);
                self.cover_caption();
            }
            Facts::Alliance(alliance) => {
                let alliance_type = alliance.alliance_type.as_ref().filter(|name| !name.is_empty());
                self.add_if(IN_NAMES, alliance_type.map(|name| format!("{name}联盟")).as_deref());
                let founded = alliance.founded.map(|date| format!("{}成立", date.in_words()));
                self.add_if(IN_TEXT, founded.as_deref());
                self.title();
                self.summary();
            }
            Facts::Bulletin(bulletin) => self.bulletin_head(bulletin),
            Facts::Roundtable(roundtable) => self.roundtable_head(roundtable),
            Facts::Page => {
                self.title();
                self.byline();
                self.summary();
                self.cover_caption();
            }
        }
    }

    /// What stands after the body.
    pub(super) fn after_body(&mut self) {
        let entry = self.entry;
        match &entry.facts {
            Facts::Park(park) => {
                if let Some(network) = &park.network {
                    self.network_list(network);
                }
            }
            Facts::Point(point) => {
                for photo in &point.photos {
                    self.add_if(IN_TEXT, photo.caption.as_deref());
                }
            }
            Facts::Alliance(alliance) => self.alliance_facts(alliance),
            Facts::Bulletin(bulletin) => {
                for resolution in &bulletin.resolutions {
                    self.add(IN_TEXT, resolution);
                }
                for project in &bulletin.projects {
                    self.add(IN_TEXT, &project.name);
                    self.add_if(IN_NAMES, project.owner.as_deref());
                    self.add_if(IN_TEXT, project.status.as_deref());
                }
            }
            Facts::Route(_) | Facts::Case(_) | Facts::Roundtable(_) | Facts::Page => {}
        }
    }

    fn park_head(&mut self, park: &Park) {
        self.title();
        self.summary();
        let region = self.index.regions[self.entry.id.index()].as_ref();
        self.add_if(IN_NAMES, region.map(RegionName::full).as_deref());
        self.add_if(IN_NAMES, park.level.as_deref());
        self.add_if(IN_TEXT, park.address.as_deref());
        self.add_if(IN_TEXT, park.area_in_words().as_deref());
        self.add_if(IN_TEXT, park.founded.map(PartialDate::in_words).as_deref());
        self.add_if(IN_TEXT, park.region.as_deref());
        self.ledger(&park.metrics);
    }

    fn point_head(&mut self, point: &Point) {
        self.add(IN_NAMES, &point.category);
        let tier = point.tier.as_ref().map(|tier| format!("{tier}示范点"));
        self.add_if(IN_NAMES, tier.as_deref());
        self.title();
        self.summary();
        self.cover_caption();
        self.add(IN_TEXT, &point.address);
        self.add_if(IN_TEXT, point.hours.as_deref());
        self.add_if(IN_TEXT, point.booking.as_deref());
        self.add_if(IN_TEXT, point.phone.as_deref());
        self.add(IN_TEXT, &point.services.join("、"));
        self.add(IN_TEXT, &point.accessibility.join("、"));
        self.park();
        self.add_if(IN_TEXT, point.area_in_words().as_deref());
        self.add_if(IN_TEXT, point.opened.map(PartialDate::in_words).as_deref());
    }

    /// Stops that lead nowhere have no place on the page.
    fn route_head(&mut self, route: &Route) {
        self.add_if(IN_NAMES, route.theme.as_deref());
        self.park();
        self.title();
        self.summary();
        self.add_if(IN_TEXT, route.duration.as_deref());
        let points = self.index.relations.stops.get(&self.entry.id);
        let points = points.map_or(&[][..], Vec::as_slice);
        for (stop, point) in route.stops.iter().zip(points) {
            let Some(point) = point else { continue };
            self.add(IN_NAMES, &self.library.entry(*point).common.title);
            let minutes = stop.minutes.map(|minutes| format!("停留 {minutes} 分钟"));
            self.add_if(IN_TEXT, minutes.as_deref());
            self.add_if(IN_TEXT, stop.note.as_deref());
        }
    }

    fn bulletin_head(&mut self, bulletin: &Bulletin) {
        self.add(IN_TEXT, &format!("第 {} 期", bulletin.issue));
        self.add_if(IN_NAMES, self.entry.common.org.as_deref());
        self.title();
        self.summary();
        let alliance = self.index.relations.alliance.get(&self.entry.id);
        let alliance = alliance.map(|alliance| self.library.entry(*alliance).common.title.as_str());
        self.add(IN_NAMES, alliance.unwrap_or(&bulletin.alliance));
        if let Some(activity) = &bulletin.activity {
            if let Some(activity_type) = activity.activity_type.as_ref().filter(|name| !name.is_empty()) {
                let eight_co = match activity.eight_co.join("、") {
                    none if none.is_empty() => none,
                    some => format!("（{some}）"),
                };
                self.add(IN_NAMES, &format!("{activity_type}{eight_co}"));
            }
            self.add_if(IN_TEXT, activity.place.as_deref());
            self.add(IN_NAMES, &activity.participants.join("、"));
        }
        self.cover_caption();
    }

    fn roundtable_head(&mut self, roundtable: &Roundtable) {
        self.title();
        self.byline();
        self.add(IN_NAMES, &roundtable.hosts.join("、"));
        for guest in &roundtable.guests {
            self.add(IN_NAMES, &guest.name);
            let org = guest.org.as_deref().unwrap_or("");
            let title = guest.title.as_deref().unwrap_or("");
            self.add(IN_NAMES, &[org, title].concat());
        }
        self.summary();
    }

    fn alliance_facts(&mut self, alliance: &Alliance) {
        self.add(IN_NAMES, &alliance.initiators.join("、"));
        self.add_if(IN_TEXT, alliance.contact.as_deref());
        let membership = membership(alliance, self.library.as_of);
        for (role, members) in &membership.roles {
            self.add(IN_NAMES, role);
            for index in members {
                self.add(IN_NAMES, &alliance.members[*index].unit);
            }
        }
        for index in &membership.former {
            let member = &alliance.members[*index];
            let role = member.role.as_deref().unwrap_or("成员单位");
            let until = member.until.map(|until| format!(" 至 {until}")).unwrap_or_default();
            let since = member.since.filter(|_| member.until.is_some());
            let since = since.map(|since| format!(" {since}")).unwrap_or_default();
            self.add(IN_NAMES, &format!("{} {role}{since}{until}", member.unit));
        }
        for duty in duties(&alliance.charter) {
            self.add(IN_TEXT, duty.name);
            self.add(IN_TEXT, &duty.requirement);
        }
    }
}
