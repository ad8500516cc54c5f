//! What each kind adds to the view of an entry, one file a kind.

pub mod alliance;
pub mod bulletin;
pub mod case;
pub mod park;
pub mod point;
pub mod roundtable;
pub mod route;

use super::frame::Workshop;
use super::view::NameView;
use crate::kind::Kind;
pub use crate::kind::figure::number_text;

/// Metres as people say them: `850 米`, `12.4 公里`.
fn distance_text(metres: f64) -> String {
    if metres < 995.0 {
        format!("{:.0} 米", (metres / 10.0).round() * 10.0)
    } else {
        format!("{:.1} 公里", metres / 1000.0)
    }
}

/// An organisation's name, with a path where it is a park of the portal.
fn organisation(workshop: &Workshop, name: &str) -> NameView {
    let park = workshop
        .library
        .names
        .find(Kind::Park, name)
        .id()
        .map(|id| workshop.library.entry(id));
    let park = park.filter(|park| park.is_shown() && park.common.title == name);
    NameView {
        title: name.to_owned(),
        path: park.map(|park| park.path.clone()),
    }
}
