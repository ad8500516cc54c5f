//! Places with a position, as the rules that compare them need them.

use rayon::prelude::*;

use crate::coordinates::{self, CoordinateSystem, Position};
use crate::diagnostic::{Diagnostic, Rule};
use crate::kind::point::Location;
use crate::kind::{Facts, Kind};
use crate::read::{Entry, EntryId, Library};
use crate::region::{self, Region};
use crate::schema::half_width;
use crate::source::Span;

/// A shown point or park with a position that can be right.
pub(super) struct Located<'a> {
    pub(super) entry: &'a Entry,
    /// As written.
    pub(super) location: Location,
    /// The same in WGS-84.
    pub(super) position: Position,
    /// The park that a point names; of a park itself.
    pub(super) park: Option<EntryId>,
    /// Letters and figures of the address; empty where there is none.
    pub(super) address: String,
    /// Where the address lies.
    pub(super) region: Option<Region>,
}

impl Located<'_> {
    pub(super) fn is_point(&self) -> bool {
        self.entry.kind() == Kind::Point
    }

    /// Where the position would be if its numbers were in another system.
    pub(super) fn position_in(&self, system: CoordinateSystem) -> Position {
        let written = Position::new(self.location.lng, self.location.lat);
        coordinates::convert(written, system, CoordinateSystem::Wgs84)
    }

    pub(super) fn distance(&self, other: &Self) -> f64 {
        coordinates::distance(self.position, other.position)
    }

    /// The address as far as the building: 创业园路1号 of 创业园路1号3号楼2层.
    pub(super) fn building(&self) -> &str {
        building(&self.address)
    }

    /// Whether two addresses name one building, or one of them none; one may leave out the province.
    pub(super) fn shares_building(&self, other: &Self) -> bool {
        let (own, theirs) = (self.building(), other.building());
        own.ends_with(theirs) || theirs.ends_with(own)
    }
}

/// All of them, in the order of their files. A position outside of China was reported by itself.
pub(super) fn located(library: &Library) -> Vec<Located<'_>> {
    let entries: Vec<_> = library.shown().collect();
    entries
        .par_iter()
        .filter_map(|entry| {
            let (location, address, park) = match &entry.facts {
                Facts::Point(point) => {
                    let park = entry.common.park.as_deref();
                    let park = park.and_then(|park| library.names.find(Kind::Park, park).id());
                    (point.location?, Some(point.address.as_str()), park)
                }
                Facts::Park(park) => (park.location?, park.address.as_deref(), Some(entry.id)),
                _ => return None,
            };
            if !coordinates::in_china_box(location.lng, location.lat) {
                return None;
            }
            let written = Position::new(location.lng, location.lat);
            Some(Located {
                entry,
                location,
                position: coordinates::convert(written, location.crs, CoordinateSystem::Wgs84),
                park,
                address: normal(address.unwrap_or_default()),
                region: address.and_then(region::from_address),
            })
        })
        .collect()
}

/// A problem with the position of a place.
pub(super) fn problem(library: &Library, place: &Located<'_>, rule: Rule, message: String) -> Diagnostic {
    Diagnostic::new(rule, library.field_span(place.entry, "location"), message)
}

/// Where a place says its position, and what it is called, for pointing at it from elsewhere.
pub(super) fn named(library: &Library, place: &Located<'_>) -> (Span, String) {
    let span = library.field_span(place.entry, "location");
    (span, format!("“{}”的位置", place.entry.common.title))
}

/// Letters and figures alone, so that spaces, signs and full-width forms make no difference.
pub(super) fn normal(text: &str) -> String {
    let letters = text.chars().map(half_width).filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// What a house's number, or a building's, ends with.
const NUMBER_SIGNS: &[char] = &['号', '弄'];
/// What makes 号 one of a building: 3号楼.
const BUILDINGS: &[char] = &['楼', '栋', '幢', '馆', '座'];
/// What says only where in a building.
const FLOORS: &[char] = &['层', '楼', '室', '房', 'f'];

/// A normal address as far as the first house number; without one, without the floor at its end.
fn building(address: &str) -> &str {
    let mut previous = ' ';
    for (at, letter) in address.char_indices() {
        let end = at + letter.len_utf8();
        if letter == '号' && previous.is_alphanumeric() {
            let mark = address[end..].chars().next().filter(|next| BUILDINGS.contains(next));
            return &address[..end + mark.map_or(0, char::len_utf8)];
        }
        previous = letter;
    }
    let mut rest = address;
    while let Some(shorter) = rest.strip_suffix(FLOORS) {
        let shorter =
            shorter.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c));
        if shorter.is_empty() || shorter.len() + 3 >= rest.len() {
            break;
        }
        rest = shorter;
    }
    rest
}

/// A normal address as far as the street before the first house number.
pub(super) fn street(address: &str) -> Option<&str> {
    let number = address.find(|c: char| c.is_ascii_digit())?;
    let street = &address[..number];
    street.ends_with(['路', '街', '道', '巷', '弄', '里']).then_some(street)
}

/// Whether an address names one house, and not just a town.
pub(super) fn is_exact(address: &str) -> bool {
    let number = address.find(|c: char| c.is_ascii_digit());
    number.is_some_and(|at| address[at..].contains(NUMBER_SIGNS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_cut_at_the_building() {
        for (address, expected) in [
            ("江苏省苏州市虎丘区创业园路1号3号楼2层", "江苏省苏州市虎丘区创业园路1号"),
            ("创业园路 １号", "创业园路1号"),
            ("川杨河路88弄6号楼4层", "川杨河路88弄6号楼"),
            ("鳌江路恒丰大厦5层", "鳌江路恒丰大厦"),
            ("鳌江路恒丰大厦A座12层1203室", "鳌江路恒丰大厦a座"),
            ("江苏省无锡市", "江苏省无锡市"),
            ("", ""),
        ] {
            assert_eq!(building(&normal(address)), expected, "{address}");
        }
    }

    #[test]
    fn streets_end_before_the_number() {
        assert_eq!(street("上海市浦东新区科苑支路55号"), Some("上海市浦东新区科苑支路"));
        assert_eq!(street("鳌江路恒丰大厦5层"), None);
        assert_eq!(street("江苏省无锡市"), None);
    }

    #[test]
    fn a_town_is_no_exact_address() {
        assert!(is_exact("和风大道66号"));
        assert!(!is_exact("江苏省无锡市"));
        assert!(!is_exact("恒丰大厦5层"));
    }
}
