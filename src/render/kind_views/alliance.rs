//! An alliance: who is in it, what its charter asks for, its bulletins.

use super::organisation;
use crate::derive::alliances::{held_by_year, membership};
use crate::kind::Alliance;
use crate::kind::alliance::Member;
use crate::read::Entry;
use crate::render::frame::Workshop;
use crate::render::view::DateView;
use crate::render::view::entry::{AllianceView, DutyView, MemberView, RoleView};
use crate::schema::date::PartialDate;

/// An alliance as its page shows it.
pub fn view(workshop: &Workshop<'_>, entry: &Entry, alliance: &Alliance) -> AllianceView {
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
        charter: duties(workshop, alliance, bulletins),
        contact: alliance.contact.clone(),
        bulletins: workshop.cards.of(bulletins),
    }
}

fn member_view(workshop: &Workshop<'_>, entry: &Entry, (index, member): (usize, &Member)) -> MemberView {
    let park = workshop.index.relations.member_parks.get(&(entry.id, index));
    MemberView {
        unit: member.unit.clone(),
        path: park.map(|park| workshop.library.entry(*park).path.clone()),
        since: member.since.map(|date| date.to_string()),
        until: member.until.map(|date| date.to_string()),
        role: member.role.clone().unwrap_or_else(|| "成员单位".to_owned()),
    }
}

fn duties(workshop: &Workshop<'_>, alliance: &Alliance, bulletins: &[crate::read::EntryId]) -> Vec<DutyView> {
    let held = |activity: &str| {
        held_by_year(
            workshop.library,
            bulletins.iter().map(|id| workshop.library.entry(*id)),
            activity,
        )
    };
    let charter = &alliance.charter;
    let mut duties = Vec::new();
    if let Some(times) = charter.joint_meetings_per_year {
        duties.push(DutyView {
            name: "联席会议".into(),
            requirement: format!("每年不少于 {times} 次"),
            held: held("联席会议"),
        });
    }
    if let Some(times) = charter.exec_meetings_per_year {
        duties.push(DutyView {
            name: "执委会".into(),
            requirement: format!("每年不少于 {times} 次"),
            held: held("执委会"),
        });
    }
    if let Some(years) = charter.term_years {
        duties.push(DutyView {
            name: "任期".into(),
            requirement: format!("每届 {years} 年"),
            held: Vec::new(),
        });
    }
    duties
}
