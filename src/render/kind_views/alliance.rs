//! An alliance: who is in it, what its charter asks for, its bulletins.

use super::organisation;
use crate::derive::alliances::{duties, held_by_year, membership};
use crate::kind::Alliance;
use crate::kind::alliance::Member;
use crate::read::{Entry, EntryId};
use crate::render::frame::Workshop;
use crate::render::view::DateView;
use crate::render::view::entry::{AllianceView, DutyView, MemberView, RoleView};
use crate::schema::date::PartialDate;

/// An alliance as its page shows it.
pub fn view(workshop: &Workshop, entry: &Entry, alliance: &Alliance) -> AllianceView {
    let membership = membership(alliance, workshop.library.as_of);
    let member = |index: usize| member_view(workshop, entry, (index, &alliance.members[index]));
    // Its date was reported where it is missing, and then nothing is published.
    let founded = alliance.founded.unwrap_or(PartialDate {
        year: 0,
        month: None,
        day: None,
    });
    let bulletins = workshop
        .index
        .relations
        .bulletins
        .get(&entry.id)
        .map_or(&[][..], Vec::as_slice);
    AllianceView {
        alliance_type: alliance.alliance_type.clone(),
        founded: DateView::of_partial(founded),
        initiators: alliance
            .initiators
            .iter()
            .map(|name| organisation(workshop, name))
            .collect(),
        roles: membership
            .roles
            .iter()
            .map(|(role, members)| RoleView {
                role: role.clone(),
                members: members.iter().copied().map(member).collect(),
            })
            .collect(),
        former: membership.former.iter().copied().map(member).collect(),
        member_count: membership.count,
        charter: duty_views(workshop, alliance, bulletins),
        contact: alliance.contact.clone(),
        bulletins: workshop.cards.of(bulletins),
    }
}

fn member_view(workshop: &Workshop, entry: &Entry, (index, member): (usize, &Member)) -> MemberView {
    let park = workshop.index.relations.member_parks.get(&(entry.id, index));
    MemberView {
        unit: member.unit.clone(),
        path: park.map(|park| workshop.library.entry(*park).path.clone()),
        since: member.since.map(|date| date.to_string()),
        until: member.until.map(|date| date.to_string()),
        role: member.role.clone().unwrap_or_else(|| "成员单位".to_owned()),
    }
}

fn duty_views(workshop: &Workshop, alliance: &Alliance, bulletins: &[EntryId]) -> Vec<DutyView> {
    let held = |activity: &str| {
        held_by_year(
            &workshop.library,
            bulletins.iter().map(|id| workshop.library.entry(*id)),
            activity,
        )
    };
    let views = duties(&alliance.charter).into_iter().map(|duty| DutyView {
        name: duty.name.to_owned(),
        requirement: duty.requirement,
        held: if duty.is_held { held(duty.name) } else { Vec::new() },
    });
    views.collect()
}
