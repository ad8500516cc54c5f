//! The rules. Each has an id that stays the same for good, since settings, scripts and editors name it.
//!
//! A rule without its page of explanation does not compile: the page is the file of the rule's id below
//! `explanations/`.

use super::Severity;

/// A rule: its id, how bad a breach is, and what there is to say about it.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// `group/name`, English.
    pub id: &'static str,
    /// What a breach counts as where the site says nothing else.
    pub level: Level,
    /// Where a profile of the site takes it otherwise.
    pub in_profiles: &'static [(Profile, Level)],
    /// A page in Markdown: a title, where the rule comes from, why it matters, what to do.
    pub explanation: &'static str,
}

/// What a breach of a rule counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It stops a build.
    Error,
    /// It is said, and the portal is built.
    Warning,
    /// It is not looked for.
    Off,
}

impl Level {
    /// What people are told.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "警告",
            Self::Off => "不查",
        }
    }

    /// What `site.yaml` takes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Off => "off",
        }
    }
}

/// Whose portal it is: the key `profile` of `site.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// A government's site, which inspections count.
    Government,
    /// A party organisation's site.
    Party,
    /// A site that is read in the house alone.
    Internal,
}

impl Profile {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Government, Self::Party, Self::Internal];

    /// What people are told.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Government => "政府网站",
            Self::Party => "党组织网站",
            Self::Internal => "内部网站",
        }
    }

    /// What `site.yaml` takes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Government => "gov",
            Self::Party => "party",
            Self::Internal => "internal",
        }
    }
}

/// What could not be read or published if it were let pass: these errors stay errors.
const NEEDED: &[&str] = &["file", "front-matter", "site", "theme", "output", "markdown", "map"];

/// The group of the rules about the settings of rules: settings are no help against these.
const SETTINGS: &str = "checks";

/// What the groups are called, in the order in which they are shown.
pub static GROUPS: &[(&str, &str)] = &[
    ("file", "文件"),
    ("front-matter", "抬头"),
    ("site", "网站设置"),
    ("theme", "主题"),
    ("reference", "引用"),
    ("links", "链接"),
    ("images", "图片"),
    ("assets", "附件"),
    ("structure", "结构"),
    ("output", "网址"),
    ("point", "示范点"),
    ("park", "园区"),
    ("date", "日期"),
    ("roundtable", "圆桌"),
    ("map", "底图"),
    ("markdown", "正文写法"),
    ("text", "文字"),
    ("wording", "用词"),
    ("review", "审核与来源"),
    ("freshness", "更新"),
    ("privacy", "个人信息"),
    ("checks", "体检设置"),
];

impl Rule {
    /// The first half of the id.
    pub fn group(&self) -> &'static str {
        self.id.split_once('/').map_or(self.id, |(group, _)| group)
    }

    /// What a breach counts as in a profile, if the site says nothing else.
    pub fn level_in(&self, profile: Profile) -> Level {
        let own = self.in_profiles.iter().find(|(own, _)| *own == profile);
        own.map_or(self.level, |(_, level)| *level)
    }

    /// Whether a site may set another level.
    pub fn can_be_changed(&self) -> bool {
        let is_needed = self.level == Level::Error && NEEDED.contains(&self.group());
        !is_needed && !self.is_about_settings()
    }

    /// Whether it finds mistakes in what a site says of the rules.
    pub fn is_about_settings(&self) -> bool {
        self.group() == SETTINGS
    }

    /// The severity of a breach where the site says nothing else; warnings for what is off.
    pub fn severity(&self) -> Severity {
        match self.level {
            Level::Error => Severity::Error,
            Level::Warning | Level::Off => Severity::Warning,
        }
    }

    /// The title of its explanation: what is wrong, in a few words.
    pub fn title(&self) -> &'static str {
        let first = self.explanation.lines().next().unwrap_or_default();
        first.trim_start_matches('#').trim()
    }

    /// The rule of an id.
    pub fn find(id: &str) -> Option<&'static Self> {
        ALL.iter().find(|rule| rule.id == id)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

/// What people call a group of rules; its id if it has no name.
pub fn group_name(id: &str) -> &str {
    let group = GROUPS.iter().find(|(known, _)| *known == id);
    group.map_or(id, |(_, chinese)| chinese)
}

/// Declares the rules: what it is, its name in the program, its level, its id, and in braces the
/// profiles that take it otherwise.
macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $level:ident $id:literal $({ $($profile:ident: $own:ident),+ })?;)*) => {
        $($(#[$doc])* pub const $name: Rule = Rule {
            id: $id,
            level: Level::$level,
            in_profiles: &[$($((Profile::$profile, Level::$own)),+)?],
            explanation: include_str!(concat!("explanations/", $id, ".md")),
        };)*

        /// All rules, group by group.
        pub static ALL: &[Rule] = &[$($name),*];
    };
}

rules! {
    /// A file is not UTF-8 and was decoded as another encoding.
    OTHER_ENCODING = Warning "file/encoding";
    /// A file's bytes are text in no known encoding.
    UNREADABLE_TEXT = Error "file/unreadable-text";
    /// A symbolic link leaves the site, or leads round in a circle.
    LINK_REFUSED = Error "file/symlink";
    /// A file or folder name cannot be used.
    BAD_NAME = Error "file/name";
    /// A content file is empty.
    EMPTY_FILE = Error "file/empty";

    /// A content file has no front matter.
    MISSING_FRONT_MATTER = Error "front-matter/missing";
    /// The front matter is not closed.
    UNCLOSED_FRONT_MATTER = Error "front-matter/unclosed";
    /// The front matter is not a list of keys and values.
    NOT_A_MAPPING = Error "front-matter/not-a-mapping";
    /// The front matter is not YAML.
    YAML_SYNTAX = Error "front-matter/syntax";
    /// A tab, a full-width colon or a full-width space where YAML wants the half-width form.
    YAML_CHARACTER = Error "front-matter/character";
    /// The front matter is larger or deeper than any honest one.
    YAML_LIMIT = Error "front-matter/limit";
    /// A key is written twice.
    DUPLICATE_KEY = Error "front-matter/duplicate-key";
    /// A key that the kind does not know.
    UNKNOWN_KEY = Warning "front-matter/unknown-key";
    /// Words that a `#` makes a comment.
    LOST_COMMENT = Warning "front-matter/comment";
    /// A key that the kind needs.
    MISSING_KEY = Error "front-matter/missing-key";
    /// A value of the wrong type.
    WRONG_TYPE = Error "front-matter/type";
    /// A value that is no date, or a day that the calendar does not have.
    BAD_DATE = Error "front-matter/date";
    /// A number out of its range.
    OUT_OF_RANGE = Error "front-matter/range";
    /// A value that is none of the possible ones.
    UNKNOWN_CHOICE = Error "front-matter/choice";
    /// A list was written as one text.
    LIST_AS_TEXT = Error "front-matter/list-as-text";

    /// `site.yaml` is missing or has no title.
    SITE_FILE = Error "site/file";
    /// A column of `site.yaml` names a folder that does not exist.
    COLUMN_WITHOUT_FOLDER = Warning "site/column-folder";
    /// A number in `site.yaml` that does not have its official form.
    OFFICIAL_NUMBER = Warning "site/official-number";
    /// A theme that does not exist, or one of its files that is broken.
    THEME_FILE = Error "theme/file";
    /// An option that the theme does not know.
    THEME_OPTION = Warning "theme/option";
    /// Colours of the theme that cannot be told apart well enough.
    CONTRAST = Warning "theme/contrast";
    /// A template that is not well formed, or fails on a page.
    TEMPLATE = Error "theme/template";

    /// A reference to an entry that does not exist.
    UNKNOWN_REFERENCE = Error "reference/unknown";
    /// A reference to an entry that is not published.
    HIDDEN_REFERENCE = Warning "reference/not-published";
    /// A title that several entries have, used as a reference.
    AMBIGUOUS_REFERENCE = Warning "reference/ambiguous";
    /// A link to a file or page that does not exist.
    BROKEN_LINK = Error "links/broken";
    /// A link to a heading that does not exist.
    BROKEN_ANCHOR = Error "links/anchor";
    /// A link whose letter case differs from the file's.
    LINK_CASE = Error "links/letter-case";
    /// A link with a scheme that is not allowed.
    LINK_SCHEME = Error "links/scheme";
    /// An image that does not exist.
    MISSING_IMAGE = Error "images/missing";
    /// An image that cannot be read.
    BROKEN_IMAGE = Error "images/broken";
    /// An image on another host.
    OUTSIDE_IMAGE = Error "images/outside";
    /// A link whose words do not say where it leads.
    VAGUE_WORDS = Warning "links/vague-words";
    /// A link to a host that is not on the site's own list.
    UNLISTED_HOST = Warning "links/unlisted-host";
    /// A link to a page of another site that is not there any more, as a visit has shown.
    OUTSIDE_BROKEN = Error "links/outside-broken";
    /// A link to a page of another site that has moved for good.
    OUTSIDE_MOVED = Warning "links/outside-moved";
    /// A link to another site of which a visit could not tell whether it leads anywhere.
    OUTSIDE_UNCERTAIN = Off "links/outside-uncertain";
    /// An image without words for those who do not see it.
    UNDESCRIBED_IMAGE = Warning "images/no-description";
    /// An image that is described by the name of its file.
    FILE_NAME_AS_DESCRIPTION = Warning "images/file-name";
    /// A file that nothing refers to.
    UNUSED_FILE = Warning "assets/unused";

    /// A heading more than one level below the one above it.
    HEADING_JUMP = Warning "structure/heading-jump";
    /// A heading with nothing below it.
    EMPTY_SECTION = Warning "structure/empty-section";
    /// A case without one of its parts.
    CASE_PARTS = Warning "structure/case-parts";
    /// A paragraph that is too long to be read.
    LONG_PARAGRAPH = Warning "structure/long-paragraph";
    /// A table whose head is empty.
    TABLE_HEAD = Warning "structure/table-head";
    /// An attachment that is too large to be loaded.
    LARGE_ATTACHMENT = Warning "structure/large-attachment";

    /// Two outputs on one path.
    PATH_COLLISION = Error "output/collision";
    /// Two names that differ in letter case only, which some disks cannot keep apart.
    PATH_CASE = Error "output/letter-case";

    /// Coordinates outside of China's range, or not on the earth.
    COORDINATE_RANGE = Error "point/coordinate-range";
    /// Longitude and latitude the wrong way round.
    COORDINATE_SWAPPED = Error "point/coordinate-swapped";
    /// A point without a position and without a place on a plan.
    NO_POSITION = Error "point/no-position";
    /// More decimals than a position can have.
    COORDINATE_DECIMALS = Warning "point/coordinate-decimals";
    /// A declared coordinate system in which a point does not go with its address, and another in which it does.
    DOUBTFUL_SYSTEM = Warning "point/coordinate-system";
    /// A place far from all others of its park or of its city.
    FAR_AWAY = Warning "point/far-away";
    /// Two points on one spot with different addresses.
    SAME_POSITION = Warning "point/same-position";
    /// One name for two places, or one place written twice.
    SAME_NAME = Warning "point/same-name";
    /// Opening hours that say nothing, or what no clock shows.
    HOURS = Warning "point/hours";
    /// A telephone number that cannot be dialled.
    PHONE = Warning "point/phone";
    /// A private mobile's number where an office's belongs.
    PRIVATE_MOBILE = Warning "point/private-mobile";
    /// A point on a plan that its park does not have.
    UNKNOWN_PLAN = Error "point/unknown-plan";
    /// A point beside the picture of its plan.
    OUTSIDE_PLAN = Error "point/outside-plan";
    /// A plan that no point stands on.
    UNUSED_PLAN = Warning "park/unused-plan";
    /// Two plans of one park that have the same name.
    DOUBLED_PLAN = Error "park/plan-name";
    /// `updated` before `date`, `expires` before `publish`, `until` before `since`.
    DATE_ORDER = Error "date/order";
    /// A speech whose speaker is neither guest nor host.
    UNKNOWN_SPEAKER = Warning "roundtable/unknown-speaker";
    /// A base map or boundary without its official number.
    MAP_APPROVAL = Error "map/approval";
    /// An official number of a base map that does not have its form.
    MAP_APPROVAL_FORM = Warning "map/approval-form";
    /// A base map of which nothing says that it is as it was when it got its number.
    MAP_MODIFIED = Warning "map/modified";
    /// A base map that is not there, or cannot be read.
    MAP_FILE = Error "map/file";
    /// A base map whose coordinates are no degrees, swapped, or elsewhere.
    MAP_COORDINATES = Error "map/coordinates";
    /// A picture as base map without the degrees of its edges, or with wrong ones.
    MAP_BOUNDS = Error "map/bounds";
    /// A picture as base map whose shape does not fit its edges and its projection.
    MAP_PROPORTIONS = Warning "map/proportions";
    /// A point that lies outside of the picture on which it should be shown.
    MAP_OUTSIDE = Warning "map/outside";
    /// Something in or about a base map that is not drawn, or has no effect.
    MAP_IGNORED = Warning "map/ignored";

    /// Raw HTML that is not on the allow-list was taken out.
    HTML_REMOVED = Warning "markdown/html-removed";
    /// A data fence whose content is wrong.
    BLOCK_CONTENT = Error "markdown/block";
    /// A fence whose name is close to that of a data block, but is none.
    UNKNOWN_BLOCK = Warning "markdown/unknown-block";

    /// Pinyin in brackets behind characters, all over a page.
    PINYIN_RESIDUE = Error "text/pinyin-residue";
    /// Pinyin in brackets behind a usual character.
    PINYIN_GLOSS = Warning "text/pinyin-gloss";
    /// The end of pinyin in brackets.
    PINYIN_TAIL = Error "text/pinyin-tail";
    /// Text in GBK that lost a byte.
    LOST_BYTE = Error "text/lost-byte";
    /// Text that was read in a wrong encoding.
    MOJIBAKE = Error "text/mojibake";
    /// The sign for what could not be read.
    REPLACEMENT_CHARACTER = Error "text/replacement-character";
    /// Brackets or quotation marks without their other half.
    UNBALANCED_PAIR = Warning "text/unbalanced-pair";
    /// Title marks or year brackets without their other half.
    UNBALANCED_TITLE = Error "text/unbalanced-title";
    /// Pieces of HTML that readers see.
    HTML_DEBRIS = Error "text/html-debris";
    /// A character written by its name in HTML.
    ENTITY = Warning "text/entity";
    /// Half-width marks in Chinese text.
    HALF_WIDTH = Warning "text/half-width";
    /// Letters and figures of full width.
    FULL_WIDTH = Warning "text/full-width";
    /// Spaces of full width before a paragraph.
    INDENT = Warning "text/indent";
    /// Marks in forms for small or vertical type.
    SMALL_FORM = Warning "text/small-form";
    /// Characters that are not seen.
    INVISIBLE_CHARACTER = Warning "text/invisible";
    /// Characters that change the direction of text.
    BIDI_CONTROL = Error "text/bidi-control";
    /// Characters that only look like others.
    LOOK_ALIKE = Warning "text/look-alike";
    /// Characters that only one font has.
    PRIVATE_USE = Warning "text/private-use";
    /// A page in traditional characters.
    TRADITIONAL_PAGE = Error "text/traditional-page";
    /// Traditional characters in a simplified page.
    TRADITIONAL = Error "text/traditional";
    /// A paragraph in another script than its page.
    SCRIPT_OUTLIER = Error "text/script-outlier";
    /// A character that a conversion between the scripts got wrong.
    WRONG_CONVERSION = Warning "text/wrong-conversion";
    /// A line that has the shape of inserted advertising.
    INJECTED_LINE = Error "text/injected-line";
    /// Raw HTML that hides something.
    HIDDEN_HTML = Error "text/hidden-html";
    /// What belonged to the page that a text was copied from.
    NAVIGATION_RESIDUE = Warning "text/navigation-residue";
    /// Words for a time that only its own day understands.
    RELATIVE_TIME = Warning "text/relative-time";
    /// A paragraph or line that stands on a page twice.
    DOUBLED_TEXT = Warning "text/doubled";
    /// Parts that are not the whole.
    FIGURES_SUM = Warning "text/figures-sum";
    /// More than a hundred of a hundred.
    PERCENTAGE = Warning "text/percentage";
    /// A measure word for persons with what is none.
    MEASURE_WORD = Warning "text/measure-word";
    /// A word that was taken apart.
    SPLIT_TERM = Error "text/split-term";
    /// Signs of Markdown that readers see.
    LITERAL_MARKUP = Error "text/literal-markup";

    /// A list of words that contradicts itself, or that cannot be read.
    TERMS_FILE = Warning "wording/terms-file";
    /// A wrong form that the site's list of words names.
    WRONG_FORM = Warning "wording/wrong-form" { Government: Error };
    /// Words that are nearly a name of the site.
    NEAR_NAME = Warning "wording/near-name";
    /// One name written in two ways.
    TWO_WAYS = Warning "wording/two-ways";

    /// An article without any step of review.
    NO_REVIEW = Off "review/none" { Government: Warning };
    /// A chain of review in which something is missing.
    MISSING_STEP = Warning "review/missing-step" { Government: Error };
    /// Steps of review whose order or dates go backwards.
    REVIEW_ORDER = Warning "review/order" { Government: Error };
    /// A review that ended after the publication.
    LATE_REVIEW = Warning "review/late" { Government: Error };
    /// One person in two steps of review.
    SAME_REVIEWER = Warning "review/same-person" { Government: Error };
    /// Words of a reprint in an entry that names no source.
    REPRINT_WITHOUT_SOURCE = Warning "review/reprint-source" { Government: Error };
    /// The address of a source without its name.
    SOURCE_WITHOUT_NAME = Warning "review/source-name" { Government: Error };
    /// A source without the address of the original.
    SOURCE_WITHOUT_LINK = Warning "review/source-link" { Internal: Off };
    /// An article without a responsible editor.
    NO_EDITOR = Off "review/editor" { Government: Warning };
    /// An article without a date.
    NO_DATE = Off "review/no-date" { Government: Warning };
    /// A date that is still to come.
    FUTURE_DATE = Warning "review/future-date" { Government: Error };

    /// A column that was not renewed within its cycle.
    STALE_COLUMN = Warning "freshness/stale-column";
    /// A column or front page in the last days of its cycle.
    DUE_SOON = Warning "freshness/due-soon";
    /// A column without published entries.
    EMPTY_COLUMN = Warning "freshness/empty-column";
    /// A front page without anything new.
    FRONT_PAGE = Warning "freshness/front-page";
    /// A cycle that is longer than inspections allow.
    LAX_CYCLE = Off "freshness/lax-cycle" { Government: Warning };
    /// As many stale or empty columns as fail an inspection.
    VETO = Warning "freshness/veto" { Internal: Off };

    /// A citizen's identity number.
    ID_NUMBER = Error "privacy/id-number";
    /// The number of a bank card.
    BANK_CARD = Error "privacy/bank-card";
    /// A person's mobile.
    MOBILE = Error "privacy/mobile" { Internal: Warning };
    /// Where somebody lives, down to the house.
    HOME_ADDRESS = Error "privacy/home-address" { Internal: Warning };
    /// A mailbox that is a person's.
    EMAIL = Warning "privacy/email" { Internal: Off };
    /// A picture that tells where it was taken, or by whom.
    PICTURE_METADATA = Warning "privacy/picture-metadata" { Internal: Off };
    /// A document that tells who wrote it.
    DOCUMENT_METADATA = Warning "privacy/document-metadata" { Internal: Off };
    /// A document with comments, changes, or hidden sheets.
    DOCUMENT_LEFTOVERS = Warning "privacy/document-leftovers";

    /// A rule that `site.yaml` names and that does not exist, or that cannot be changed.
    UNKNOWN_RULE = Error "checks/unknown-rule";
    /// An exception that nothing was found for.
    UNUSED_EXCEPTION = Warning "checks/unused-exception";
}

#[cfg(test)]
mod tests;
