//! References between entries: each must name one entry that has a page.

use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::kind::{Facts, Kind};
use crate::read::entry::Places;
use crate::read::names::Found;
use crate::read::{Entry, Library};

pub(super) fn check(library: &Library, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) {
    let places = entry.places(&library.sources);
    let mut report = |kind: Kind, reference: &str, way: String| {
        // What is not there was reported when it was read.
        if reference.is_empty() {
            return;
        }
        diagnostics.extend(problem(
            library,
            &places,
            &Reference {
                kind,
                written: reference,
                way,
            },
        ));
    };
    if let Some(park) = &entry.common.park {
        report(Kind::Park, park, "park".into());
    }
    match &entry.facts {
        Facts::Route(route) => {
            for (index, stop) in route.stops.iter().enumerate() {
                report(Kind::Point, &stop.point, format!("stops[{index}].point"));
            }
        }
        Facts::Alliance(alliance) => {
            for (index, member) in alliance.members.iter().enumerate() {
                if let Some(park) = &member.park {
                    report(Kind::Park, park, format!("members[{index}].park"));
                }
            }
        }
        Facts::Bulletin(bulletin) => {
            report(Kind::Alliance, &bulletin.alliance, "alliance".into());
        }
        _ => {}
    }
}

/// A reference as written, with the way to its key.
struct Reference<'a> {
    kind: Kind,
    written: &'a str,
    way: String,
}

fn problem(library: &Library, places: &Places<'_>, reference: &Reference<'_>) -> Option<Diagnostic> {
    let Reference { kind, written, way } = reference;
    let quoted = quotable(written);
    let span = || places.span(way);
    let kind_name = kind.chinese();
    match library.names.find(*kind, written) {
        Found::One(id) if library.entry(id).is_shown() => None,
        Found::One(id) => Some(hidden(
            library,
            id,
            Diagnostic::new(
                rule::HIDDEN_REFERENCE,
                span(),
                format!(
                    "{kind_name}“{quoted}”{}，这里不会有链接",
                    library.entry(id).visibility.reason()
                ),
            ),
        )),
        Found::Several(id) => Some(
            Diagnostic::new(
                rule::AMBIGUOUS_REFERENCE,
                span(),
                format!("有几个{kind_name}都叫“{quoted}”"),
            )
            .help(format!("改写短名，例如 {}", library.entry(id).slug)),
        ),
        Found::Nothing => {
            let help = match library.names.nearest(*kind, written) {
                Some(near) => format!("是不是想写“{near}”？"),
                None => format!("先在栏目里建一篇{kind_name}，或者改成已有的标题、短名"),
            };
            Some(
                Diagnostic::new(
                    rule::UNKNOWN_REFERENCE,
                    span(),
                    format!("没有名为“{quoted}”的{kind_name}"),
                )
                .help(help),
            )
        }
    }
}

fn hidden(library: &Library, id: crate::read::EntryId, diagnostic: Diagnostic) -> Diagnostic {
    let target = library.entry(id);
    let remedy = target.visibility.remedy(&target.content_path);
    diagnostic.help(format!("{remedy}，或者改写别的{}", target.kind().chinese()))
}
