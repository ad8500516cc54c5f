//! The kinds of content: their keys, and the typed form that the rest works with.

pub mod alliance;
pub mod base_map;
pub mod block;
pub mod bulletin;
pub mod case;
pub mod common;
pub mod figure;
pub mod network;
pub mod park;
pub mod point;
pub mod roundtable;
pub mod route;

use serde::{Deserialize, Serialize};

pub use alliance::Alliance;
pub use base_map::{BaseMap, Plan};
pub use bulletin::Bulletin;
pub use case::Case;
pub use common::Common;
pub use figure::Figure;
pub use network::NetworkNode;
pub use park::Park;
pub use point::Point;
pub use roundtable::Roundtable;
pub use route::Route;

use crate::schema::Key;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 园区: one park.
    Park,
    /// 示范点: a place worth a visit.
    Point,
    /// 路线: an ordered visit.
    Route,
    /// 案例: a case report.
    Case,
    /// 联盟: a named group of organisations.
    Alliance,
    /// 简报: one issue of an alliance's bulletin.
    Bulletin,
    /// 圆桌: hosts and guests.
    Roundtable,
    /// 页面: anything else.
    Page,
}

impl Kind {
    /// All kinds, in the order in which columns stand by default.
    pub const ALL: [Self; 8] = [
        Self::Park,
        Self::Point,
        Self::Route,
        Self::Case,
        Self::Alliance,
        Self::Bulletin,
        Self::Roundtable,
        Self::Page,
    ];

    /// The English name, as in `kind:` and in template names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Park => "park",
            Self::Point => "point",
            Self::Route => "route",
            Self::Case => "case",
            Self::Alliance => "alliance",
            Self::Bulletin => "bulletin",
            Self::Roundtable => "roundtable",
            Self::Page => "page",
        }
    }

    /// The Chinese name, as in messages and as a column's default title.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Park => "园区",
            Self::Point => "示范点",
            Self::Route => "路线",
            Self::Case => "案例",
            Self::Alliance => "联盟",
            Self::Bulletin => "简报",
            Self::Roundtable => "圆桌",
            Self::Page => "页面",
        }
    }

    /// The folder whose entries are of this kind where `site.yaml` says nothing.
    pub fn default_folder(self) -> &'static str {
        match self {
            Self::Park => "parks",
            Self::Point => "points",
            Self::Route => "routes",
            Self::Case => "cases",
            Self::Alliance => "alliances",
            Self::Bulletin => "bulletins",
            Self::Roundtable => "roundtables",
            Self::Page => "pages",
        }
    }

    /// The kind of an English or Chinese name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name || kind.chinese() == name)
    }

    /// All keys of the kind: the common ones and its own.
    pub fn keys(self) -> &'static [Key] {
        match self {
            Self::Park => &park::KEYS,
            Self::Point => &point::KEYS,
            Self::Route => &route::KEYS,
            Self::Case => &case::KEYS,
            Self::Alliance => &alliance::KEYS,
            Self::Bulletin => &bulletin::KEYS,
            Self::Roundtable => &roundtable::KEYS,
            Self::Page => &common::KEYS,
        }
    }
}

/// What an entry of each kind says besides the common keys.
#[derive(Debug, Clone)]
pub enum Facts {
    /// Of a park.
    Park(Box<Park>),
    /// Of a point.
    Point(Box<Point>),
    /// Of a route.
    Route(Box<Route>),
    /// Of a case.
    Case(Box<Case>),
    /// Of an alliance.
    Alliance(Box<Alliance>),
    /// Of a bulletin.
    Bulletin(Box<Bulletin>),
    /// Of a roundtable.
    Roundtable(Box<Roundtable>),
    /// A page has none.
    Page,
}

/// The words that `kind:` takes.
pub const KIND_NAMES: &[&str] = &[
    "park",
    "point",
    "route",
    "case",
    "alliance",
    "bulletin",
    "roundtable",
    "page",
    "园区",
    "示范点",
    "路线",
    "案例",
    "联盟",
    "简报",
    "圆桌",
    "页面",
];

/// Puts the common keys before a kind's own; `ALL` must be the number of both.
const fn with_common<const OWN: usize, const ALL: usize>(own: [Key; OWN]) -> [Key; ALL] {
    let mut all = [common::KEYS_IN_ORDER[0]; ALL];
    let mut at = 0;
    while at < ALL {
        all[at] = if at < common::COUNT {
            common::KEYS_IN_ORDER[at]
        } else {
            own[at - common::COUNT]
        };
        at += 1;
    }
    all
}
