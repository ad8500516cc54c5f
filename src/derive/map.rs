//! The province and city of each place: by the division code of its park, else by its address.

use crate::derive::Relations;
use crate::kind::Facts;
use crate::read::{Entry, Library};
use crate::region;

/// Where something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RegionName {
    /// The full name of the province.
    pub province: &'static str,
    /// The full name of the city; in the province-level cities the same.
    pub city: Option<&'static str>,
}

impl RegionName {
    /// 江苏省无锡市; 上海市.
    pub fn full(&self) -> String {
        match self.city {
            Some(city) if city != self.province => format!("{}{city}", self.province),
            _ => self.province.to_owned(),
        }
    }

    /// The city without its suffix, else the province: 无锡, 上海.
    pub fn short(&self) -> &'static str {
        region::short_name(self.city.unwrap_or(self.province))
    }
}

/// By entry: the province and city.
pub fn regions(library: &Library, relations: &Relations) -> Vec<Option<RegionName>> {
    let own: Vec<_> = library.entries.iter().map(own_region).collect();
    library
        .entries
        .iter()
        .map(|entry| {
            let park = relations.park[entry.id.index()];
            own[entry.id.index()].or_else(|| park.and_then(|park| own[park.index()]))
        })
        .collect()
}

fn own_region(entry: &Entry) -> Option<RegionName> {
    match &entry.facts {
        Facts::Park(park) => park
            .region
            .as_deref()
            .and_then(from_code)
            .or_else(|| park.address.as_deref().and_then(from_address)),
        Facts::Point(point) => from_address(&point.address),
        _ => None,
    }
}

fn from_code(code: &str) -> Option<RegionName> {
    Some(RegionName {
        province: region::province(code)?,
        city: region::city(code),
    })
}

fn from_address(address: &str) -> Option<RegionName> {
    let found = region::from_address(address)?;
    Some(RegionName {
        province: found.province,
        city: found.city,
    })
}
