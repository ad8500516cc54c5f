//! A bulletin: its masthead, what it reports, the issues before and after.

use super::organisation;
use crate::kind::Bulletin;
use crate::read::Entry;
use crate::render::entries::link_to;
use crate::render::frame::Workshop;
use crate::render::view::NameView;
use crate::render::view::entry::{ActivityView, BulletinView, ProjectView};

/// A bulletin as its page shows it.
pub fn view(workshop: &Workshop, entry: &Entry, bulletin: &Bulletin) -> BulletinView {
    let library = &workshop.library;
    let alliance = workshop
        .index
        .relations
        .alliance
        .get(&entry.id)
        .map(|id| library.entry(*id));
    let issues = alliance.and_then(|alliance| workshop.index.relations.bulletins.get(&alliance.id));
    let at = issues.and_then(|issues| issues.iter().position(|id| *id == entry.id));
    // The highest issue stands first.
    let neighbour = |at: Option<usize>| {
        let id = issues?.get(at?)?;
        Some(link_to(library.entry(*id)))
    };
    BulletinView {
        alliance: match alliance {
            Some(alliance) => NameView {
                title: alliance.common.title.clone(),
                path: Some(alliance.path.clone()),
            },
            None => NameView {
                title: bulletin.alliance.clone(),
                path: None,
            },
        },
        issue: bulletin.issue,
        activity: bulletin.activity.as_ref().map(|activity| ActivityView {
            activity_type: activity.activity_type.clone(),
            eight_co: activity.eight_co.clone(),
            place: activity.place.clone(),
            participants: activity
                .participants
                .iter()
                .map(|name| organisation(workshop, name))
                .collect(),
        }),
        resolutions: bulletin.resolutions.clone(),
        projects: bulletin
            .projects
            .iter()
            .map(|project| ProjectView {
                name: project.name.clone(),
                owner: project.owner.clone(),
                status: project.status.clone(),
            })
            .collect(),
        previous_issue: neighbour(at.map(|at| at + 1)),
        next_issue: neighbour(at.and_then(|at| at.checked_sub(1))),
    }
}
