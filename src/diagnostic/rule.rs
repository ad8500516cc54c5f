//! The rules that reading and building keep. Each has an id that stays the same for good, since
//! settings, scripts and editors name it.

use super::Severity;

/// A rule: its id and how bad a breach is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// `group/name`, English.
    pub id: &'static str,
    /// What a breach counts as where the site says nothing else.
    pub severity: Severity,
}

const fn error(id: &'static str) -> Rule {
    Rule {
        id,
        severity: Severity::Error,
    }
}

const fn warning(id: &'static str) -> Rule {
    Rule {
        id,
        severity: Severity::Warning,
    }
}

/// A file is not UTF-8 and was decoded as another encoding.
pub const OTHER_ENCODING: Rule = warning("file/encoding");
/// A file's bytes are text in no known encoding.
pub const UNREADABLE_TEXT: Rule = error("file/unreadable-text");
/// A symbolic link leaves the site, or leads round in a circle.
pub const LINK_REFUSED: Rule = error("file/symlink");
/// A file or folder name cannot be used.
pub const BAD_NAME: Rule = error("file/name");
/// A content file is empty.
pub const EMPTY_FILE: Rule = error("file/empty");

/// A content file has no front matter.
pub const MISSING_FRONT_MATTER: Rule = error("front-matter/missing");
/// The front matter is not closed.
pub const UNCLOSED_FRONT_MATTER: Rule = error("front-matter/unclosed");
/// The front matter is not a list of keys and values.
pub const NOT_A_MAPPING: Rule = error("front-matter/not-a-mapping");
/// The front matter is not YAML.
pub const YAML_SYNTAX: Rule = error("front-matter/syntax");
/// A tab, a full-width colon or a full-width space where YAML wants the half-width form.
pub const YAML_CHARACTER: Rule = error("front-matter/character");
/// The front matter is larger or deeper than any honest one.
pub const YAML_LIMIT: Rule = error("front-matter/limit");
/// A key is written twice.
pub const DUPLICATE_KEY: Rule = error("front-matter/duplicate-key");
/// A key that the kind does not know.
pub const UNKNOWN_KEY: Rule = warning("front-matter/unknown-key");
/// Words that a `#` makes a comment.
pub const LOST_COMMENT: Rule = warning("front-matter/comment");
/// A key that the kind needs.
pub const MISSING_KEY: Rule = error("front-matter/missing-key");
/// A value of the wrong type.
pub const WRONG_TYPE: Rule = error("front-matter/type");
/// A value that is no date, or a day that the calendar does not have.
pub const BAD_DATE: Rule = error("front-matter/date");
/// A number out of its range.
pub const OUT_OF_RANGE: Rule = error("front-matter/range");
/// A value that is none of the possible ones.
pub const UNKNOWN_CHOICE: Rule = error("front-matter/choice");
/// A list was written as one text.
pub const LIST_AS_TEXT: Rule = error("front-matter/list-as-text");

/// `site.yaml` is missing or has no title.
pub const SITE_FILE: Rule = error("site/file");
/// A column of `site.yaml` names a folder that does not exist.
pub const COLUMN_WITHOUT_FOLDER: Rule = warning("site/column-folder");
/// A number in `site.yaml` that does not have its official form.
pub const OFFICIAL_NUMBER: Rule = warning("site/official-number");
/// A theme that does not exist, or one of its files that is broken.
pub const THEME_FILE: Rule = error("theme/file");
/// An option that the theme does not know.
pub const THEME_OPTION: Rule = warning("theme/option");
/// A template that is not well formed, or fails on a page.
pub const TEMPLATE: Rule = error("theme/template");

/// A reference to an entry that does not exist.
pub const UNKNOWN_REFERENCE: Rule = error("reference/unknown");
/// A reference to an entry that is not published.
pub const HIDDEN_REFERENCE: Rule = warning("reference/not-published");
/// A title that several entries have, used as a reference.
pub const AMBIGUOUS_REFERENCE: Rule = warning("reference/ambiguous");
/// A link to a file or page that does not exist.
pub const BROKEN_LINK: Rule = error("links/broken");
/// A link to a heading that does not exist.
pub const BROKEN_ANCHOR: Rule = error("links/anchor");
/// A link whose letter case differs from the file's.
pub const LINK_CASE: Rule = error("links/letter-case");
/// A link with a scheme that is not allowed.
pub const LINK_SCHEME: Rule = error("links/scheme");
/// An image that does not exist.
pub const MISSING_IMAGE: Rule = error("images/missing");
/// An image that cannot be read.
pub const BROKEN_IMAGE: Rule = error("images/broken");
/// An image on another host.
pub const OUTSIDE_IMAGE: Rule = error("images/outside");
/// Two outputs on one path.
pub const PATH_COLLISION: Rule = error("output/collision");
/// Two names that differ in letter case only, which some disks cannot keep apart.
pub const PATH_CASE: Rule = error("output/letter-case");

/// Coordinates outside of China's range, or not on the earth.
pub const COORDINATE_RANGE: Rule = error("point/coordinate-range");
/// Longitude and latitude the wrong way round.
pub const COORDINATE_SWAPPED: Rule = error("point/coordinate-swapped");
/// A point without a position and without a place on a plan.
pub const NO_POSITION: Rule = error("point/no-position");
/// More decimals than a position can have.
pub const COORDINATE_DECIMALS: Rule = warning("point/coordinate-decimals");
/// A declared coordinate system in which a point does not go with its address, and another in which it does.
pub const DOUBTFUL_SYSTEM: Rule = warning("point/coordinate-system");
/// A place far from all others of its park or of its city.
pub const FAR_AWAY: Rule = warning("point/far-away");
/// Two points on one spot with different addresses.
pub const SAME_POSITION: Rule = warning("point/same-position");
/// One name for two places, or one place written twice.
pub const SAME_NAME: Rule = warning("point/same-name");
/// Opening hours that say nothing, or what no clock shows.
pub const HOURS: Rule = warning("point/hours");
/// A telephone number that cannot be dialled.
pub const PHONE: Rule = warning("point/phone");
/// A private mobile's number where an office's belongs.
pub const PRIVATE_MOBILE: Rule = warning("point/private-mobile");
/// A point on a plan that its park does not have.
pub const UNKNOWN_PLAN: Rule = error("point/unknown-plan");
/// A point beside the picture of its plan.
pub const OUTSIDE_PLAN: Rule = error("point/outside-plan");
/// A plan that no point stands on.
pub const UNUSED_PLAN: Rule = warning("park/unused-plan");
/// Two plans of one park that have the same name.
pub const DOUBLED_PLAN: Rule = error("park/plan-name");
/// `updated` before `date`, `expires` before `publish`, `until` before `since`.
pub const DATE_ORDER: Rule = error("date/order");
/// A speech whose speaker is neither guest nor host.
pub const UNKNOWN_SPEAKER: Rule = warning("roundtable/unknown-speaker");
/// A base map or boundary without its official number.
pub const MAP_APPROVAL: Rule = error("map/approval");
/// An official number of a base map that does not have its form.
pub const MAP_APPROVAL_FORM: Rule = warning("map/approval-form");
/// A base map of which nothing says that it is as it was when it got its number.
pub const MAP_MODIFIED: Rule = warning("map/modified");
/// A base map that is not there, or cannot be read.
pub const MAP_FILE: Rule = error("map/file");
/// A base map whose coordinates are no degrees, swapped, or elsewhere.
pub const MAP_COORDINATES: Rule = error("map/coordinates");
/// A picture as base map without the degrees of its edges, or with wrong ones.
pub const MAP_BOUNDS: Rule = error("map/bounds");
/// A picture as base map whose shape does not fit its edges and its projection.
pub const MAP_PROPORTIONS: Rule = warning("map/proportions");
/// A point that lies outside of the picture on which it should be shown.
pub const MAP_OUTSIDE: Rule = warning("map/outside");
/// Something in or about a base map that is not drawn, or has no effect.
pub const MAP_IGNORED: Rule = warning("map/ignored");

/// Raw HTML that is not on the allow-list was taken out.
pub const HTML_REMOVED: Rule = warning("markdown/html-removed");
/// A data fence whose content is wrong.
pub const BLOCK_CONTENT: Rule = error("markdown/block");
/// A fence whose name is close to that of a data block, but is none.
pub const UNKNOWN_BLOCK: Rule = warning("markdown/unknown-block");
