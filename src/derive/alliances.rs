//! What follows from an alliance's entry and its bulletins: members now and before, and how often
//! the bodies of the charter met, by year.

use std::collections::BTreeMap;

use crate::kind::alliance::{Charter, ROLES};
use crate::kind::{Alliance, Facts};
use crate::read::{Entry, Library};
use crate::schema::date::{Date, PartialDate};

/// Indices of members, by what they are on the day of the build.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Membership {
    /// Members by role, in the order of [`ROLES`]; members without a role are ordinary ones.
    pub roles: Vec<(String, Vec<usize>)>,
    /// Units that have left, or roles that have ended, newest end first.
    pub former: Vec<usize>,
    /// Units that are members now, each counted once.
    pub count: usize,
}

/// Who is a member on a day. `until` is the first day on which a member no longer is one, as in
/// rows that end with the day on which the next one begins.
pub fn membership(alliance: &Alliance, as_of: Date) -> Membership {
    let mut by_role: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut membership = Membership::default();
    let mut units = std::collections::BTreeSet::new();
    for (index, member) in alliance.members.iter().enumerate() {
        let has_ended = member.until.is_some_and(|until| has_come(until, as_of));
        if has_ended {
            membership.former.push(index);
            continue;
        }
        let role = member.role.as_deref().unwrap_or("成员单位");
        let rank = ROLES.iter().position(|known| *known == role).unwrap_or(ROLES.len());
        by_role.entry(rank).or_default().push(index);
        units.insert(member.unit.as_str());
    }
    membership
        .former
        .sort_by(|a, b| alliance.members[*b].until.cmp(&alliance.members[*a].until));
    membership.count = units.len();
    membership.roles = by_role
        .into_iter()
        .map(|(rank, members)| (ROLES.get(rank).map_or("其他", |role| role).to_owned(), members))
        .collect();
    membership
}

/// Whether a year, month or day has come on a day; a year or a month comes with its last day.
fn has_come(date: PartialDate, as_of: Date) -> bool {
    let month = date.month.unwrap_or(12);
    let day = date.day.unwrap_or(31);
    (date.year, month, day) <= (as_of.year, as_of.month, as_of.day)
}

/// How often the bulletins report an activity of a type, by year, newest first.
pub fn held_by_year<'a>(
    library: &Library,
    bulletins: impl Iterator<Item = &'a Entry>,
    activity_type: &str,
) -> Vec<(i16, usize)> {
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    for entry in bulletins {
        let Facts::Bulletin(bulletin) = &entry.facts else {
            continue;
        };
        let is_of_type = bulletin
            .activity
            .as_ref()
            .and_then(|activity| activity.activity_type.as_deref())
            .is_some_and(|found| found.contains(activity_type));
        if let Some(date) = entry
            .common
            .date
            .filter(|date| is_of_type && *date <= end_of(library.as_of))
        {
            *years.entry(date.year).or_default() += 1;
        }
    }
    years.into_iter().rev().collect()
}

/// What a charter asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// 联席会议 · 执委会 · 任期.
    pub name: &'static str,
    /// 每年不少于 1 次 · 每届 2 年.
    pub requirement: String,
    /// Whether it is something that is held and that bulletins report under this name.
    pub is_held: bool,
}

/// What a charter asks for, in its order.
pub fn duties(charter: &Charter) -> Vec<Duty> {
    let meeting = |name: &'static str, times: Option<u16>| {
        times.map(|times| Duty {
            name,
            requirement: format!("每年不少于 {times} 次"),
            is_held: true,
        })
    };
    let term = charter.term_years.map(|years| Duty {
        name: "任期",
        requirement: format!("每届 {years} 年"),
        is_held: false,
    });
    let meetings = [
        meeting("联席会议", charter.joint_meetings_per_year),
        meeting("执委会", charter.exec_meetings_per_year),
    ];
    meetings.into_iter().chain([term]).flatten().collect()
}

fn end_of(day: Date) -> Date {
    Date {
        time: Some((23, 59)),
        ..day
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::alliance::Member;

    fn member(unit: &str, role: &str, until: Option<&str>) -> Member {
        Member {
            unit: unit.into(),
            role: Some(role.into()),
            until: until.map(|until| PartialDate::parse(until).unwrap()),
            ..Member::default()
        }
    }

    #[test]
    fn a_term_that_has_ended_is_history_and_a_unit_counts_once() {
        let alliance = Alliance {
            members: vec![
                member("甲", "成员单位", None),
                member("乙", "主任单位", Some("2024-09-18")),
                member("乙", "副主任单位", None),
                member("丙", "主任单位", None),
                member("丁", "成员单位", Some("2026")),
            ],
            ..Alliance::default()
        };
        let membership = membership(&alliance, Date::parse("2026-11-21").unwrap());
        let roles: Vec<_> = membership
            .roles
            .iter()
            .map(|(role, members)| (role.as_str(), members.as_slice()))
            .collect();
        assert_eq!(
            roles,
            [("主任单位", &[3][..]), ("副主任单位", &[2]), ("成员单位", &[0, 4])]
        );
        assert_eq!((membership.former, membership.count), (vec![1], 4));
    }
}
