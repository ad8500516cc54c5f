//! Views of single entries: what all kinds share, and what each kind adds.

#![expect(
    missing_docs,
    reason = "the field's name is the word that templates write; what needs saying is said"
)]

use std::sync::Arc;

use serde::Serialize;

use super::{Card, DateView, FigureView, LinkView, NameView, PictureView};
use crate::render::key::Prepared;
use crate::render::maps::PreparedSheet;
use crate::render::markdown::BodySources;

/// One entry on its own page; in templates `entry`. Exactly one of the kind's fields is present.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    pub card: Arc<Card>,
    /// The body as HTML, clean and complete; of a roundtable the footnotes only, since its text
    /// stands in `roundtable`.
    pub body: Prepared<BodySources, String>,
    /// Headings of level 2 and 3 of the body.
    pub contents: Vec<HeadingView>,
    pub updated: Option<DateView>,
    pub author: Option<String>,
    pub source: Option<SourceView>,
    pub editor: Option<String>,
    pub review: Vec<ReviewView>,
    /// Han characters and words of the body.
    pub characters: usize,
    pub reading_minutes: usize,
    pub previous: Option<LinkView>,
    pub next: Option<LinkView>,
    pub related: Vec<Arc<Card>>,
    /// Entries whose text links here.
    pub backlinks: Vec<LinkView>,
    pub park: Option<ParkView>,
    pub point: Option<PointView>,
    pub route: Option<RouteView>,
    pub case: Option<CaseView>,
    pub alliance: Option<AllianceView>,
    pub bulletin: Option<BulletinView>,
    pub roundtable: Option<Prepared<BodySources, RoundtableView>>,
}

/// A heading in the table of contents.
#[derive(Debug, Clone, Serialize)]
pub struct HeadingView {
    pub level: u8,
    pub id: String,
    pub text: String,
}

/// Where a text comes from.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    pub name: Option<String>,
    pub url: Option<String>,
    pub date: Option<DateView>,
}

/// One step of 三审三校.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewView {
    pub step: String,
    pub by: Option<String>,
    pub date: Option<DateView>,
}

/// One park.
#[derive(Debug, Clone, Serialize)]
pub struct ParkView {
    pub region: Option<String>,
    pub region_code: Option<String>,
    pub level: Option<String>,
    pub address: Option<String>,
    pub area: Option<String>,
    pub founded: Option<DateView>,
    pub metrics: Vec<FigureView>,
    /// The organisation network as a picture (SVG) with its list, as HTML.
    pub network: Option<String>,
    pub points: Vec<Arc<Card>>,
    pub cases: Vec<Arc<Card>>,
    pub alliances: Vec<Arc<Card>>,
    pub bulletins: Vec<Arc<Card>>,
    pub routes: Vec<Arc<Card>>,
    pub locator: Option<PreparedSheet>,
}

/// A place worth a visit.
#[derive(Debug, Clone, Serialize)]
pub struct PointView {
    pub category: String,
    pub tier: Option<String>,
    pub address: String,
    pub area: Option<String>,
    pub opened: Option<DateView>,
    pub hours: Option<String>,
    pub phone: Option<String>,
    pub booking: Option<String>,
    pub services: Vec<String>,
    pub accessibility: Vec<String>,
    pub photos: Vec<PictureView>,
    /// Degrees in WGS-84, six decimals, as text: `120.360000`.
    pub longitude: Option<String>,
    pub latitude: Option<String>,
    /// The position as the writer declared it: `经度 120.360000，纬度 31.490000（GCJ-02 坐标系）`.
    pub written_position: Option<String>,
    /// The same in WGS-84, where its numbers differ.
    pub wgs84_position: Option<String>,
    /// One link a map service, Tencent first; empty without a position, and on an intranet.
    pub navigation: Vec<NavigationView>,
    /// A QR code (inline SVG) of the page, or of the place in a map service.
    pub qr: Option<Prepared<String, String>>,
    /// What the code leads to: 扫码打开这一页.
    pub qr_label: Option<String>,
    /// Where the point stands in the handbook, its plaques, its sticker.
    pub prints: Vec<LinkView>,
    pub locator: Option<PreparedSheet>,
    pub routes: Vec<Arc<Card>>,
    pub nearby: Vec<NearbyView>,
}

/// A link into a map service.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationView {
    /// `tencent`, `amap`, `baidu`, `petal`, `apple`, `geo`.
    pub id: String,
    /// The service's name: 腾讯地图 …
    pub service: String,
    pub href: String,
}

/// A point near another.
#[derive(Debug, Clone, Serialize)]
pub struct NearbyView {
    pub card: Arc<Card>,
    /// `850 米`, `12.4 公里`; along the straight line.
    pub distance: String,
}

/// An ordered visit.
#[derive(Debug, Clone, Serialize)]
pub struct RouteView {
    pub theme: Option<String>,
    pub duration: Option<String>,
    pub stops: Vec<StopView>,
    /// The sum of the straight lines between the stops, `3.2 公里`.
    pub length: Option<String>,
    pub map: Option<PreparedSheet>,
}

/// One stop of a route.
#[derive(Debug, Clone, Serialize)]
pub struct StopView {
    pub number: usize,
    pub card: Arc<Card>,
    pub note: Option<String>,
    pub minutes: Option<u32>,
    /// From the stop before, along the straight line.
    pub distance: Option<String>,
}

/// A case report.
#[derive(Debug, Clone, Serialize)]
pub struct CaseView {
    pub series: Option<String>,
    pub award: Option<String>,
    pub metrics: Vec<FigureView>,
    /// Other cases of the same park.
    pub same_park: Vec<Arc<Card>>,
}

/// A named group of organisations.
#[derive(Debug, Clone, Serialize)]
pub struct AllianceView {
    pub alliance_type: Option<String>,
    pub founded: DateView,
    pub initiators: Vec<NameView>,
    /// Members who are in the alliance now, by role: 主任单位, 副主任单位, 成员单位, then other roles.
    pub roles: Vec<RoleView>,
    pub former: Vec<MemberView>,
    pub member_count: usize,
    pub charter: Vec<DutyView>,
    pub contact: Option<String>,
    /// Newest first.
    pub bulletins: Vec<Arc<Card>>,
}

/// The members of one role.
#[derive(Debug, Clone, Serialize)]
pub struct RoleView {
    pub role: String,
    pub members: Vec<MemberView>,
}

/// A member of an alliance.
#[derive(Debug, Clone, Serialize)]
pub struct MemberView {
    pub unit: String,
    /// The park's page, where the member is a park.
    pub path: Option<String>,
    pub since: Option<String>,
    pub until: Option<String>,
    pub role: String,
}

/// What the charter asks for.
#[derive(Debug, Clone, Serialize)]
pub struct DutyView {
    /// 联席会议 · 执委会 · 任期.
    pub name: String,
    /// 每年不少于 1 次 · 2 年.
    pub requirement: String,
    /// How many of them the bulletins report, by year, newest first: (year, count).
    pub held: Vec<(i16, usize)>,
}

/// One issue of an alliance's bulletin.
#[derive(Debug, Clone, Serialize)]
pub struct BulletinView {
    pub alliance: NameView,
    pub issue: u32,
    pub activity: Option<ActivityView>,
    pub resolutions: Vec<String>,
    pub projects: Vec<ProjectView>,
    pub previous_issue: Option<LinkView>,
    pub next_issue: Option<LinkView>,
}

/// What a bulletin reports.
#[derive(Debug, Clone, Serialize)]
pub struct ActivityView {
    pub activity_type: Option<String>,
    pub eight_co: Vec<String>,
    pub place: Option<String>,
    pub participants: Vec<NameView>,
}

/// A project that a bulletin lists.
#[derive(Debug, Clone, Serialize)]
pub struct ProjectView {
    pub name: String,
    pub owner: Option<String>,
    pub status: Option<String>,
}

/// A roundtable, read by question; the by-guest page has the same view.
#[derive(Debug, Clone, Serialize)]
pub struct RoundtableView {
    pub hosts: Vec<String>,
    pub guests: Vec<GuestView>,
    /// What stands before the first question, as HTML.
    pub opening: String,
    pub questions: Vec<QuestionView>,
    pub path_by_question: String,
    pub path_by_guest: String,
}

/// A guest, with what he or she said.
#[derive(Debug, Clone, Serialize)]
pub struct GuestView {
    /// `guest-1` …, the anchor on the by-guest page.
    pub id: String,
    pub name: String,
    pub title: Option<String>,
    pub org: Option<String>,
    pub region: Option<String>,
    /// Speeches in the order of the questions: (question number, question id, question, html).
    pub speeches: Vec<GuestSpeechView>,
}

/// One speech on the by-guest page.
#[derive(Debug, Clone, Serialize)]
pub struct GuestSpeechView {
    pub number: usize,
    pub question_id: String,
    pub question: String,
    pub html: String,
}

/// One question with its speeches.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionView {
    pub number: usize,
    pub id: String,
    pub text: String,
    /// What the section says before the first speech, as HTML.
    pub opening: String,
    pub speeches: Vec<SpeechView>,
}

/// One speech under a question.
#[derive(Debug, Clone, Serialize)]
pub struct SpeechView {
    pub speaker: String,
    /// The anchor on the by-guest page; absent for hosts.
    pub guest_id: Option<String>,
    /// The speaker's title, at his or her first speech only.
    pub title: Option<String>,
    pub html: String,
}
