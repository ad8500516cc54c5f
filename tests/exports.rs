//! The points as data, read back by readers that hongtu has no part in (`geojson`, `csv`, `kml`,
//! `gpx`) and compared with the content; KML and GPX besides against the order that their schemas
//! give to elements.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use hongtu::coordinates::{self, CoordinateSystem, Position};
use hongtu::kind::{Facts, Point};
use hongtu::read::{Drafts, Entry, Library, Options};
use hongtu::render::Outputs;
use hongtu::schema::date::Date;
use support::DAY;

/// A site whose words have all that XML, CSV and spreadsheets take for something else.
const AWKWARD: [(&str, &str); 9] = [
    (
        "site.yaml",
        "title: 甲 & 乙 <门户>\n检查: {级别: [{规则: text/html-debris, 级别: off}]}\n",
    ),
    (
        "parks/park.md",
        "---\n标题: \"园区 \\\"A&B\\\"\"\n区划代码: \"320214\"\n---\n文\n",
    ),
    (
        "parks/plan-park.md",
        "---\n标题: 有平面图的园区\n平面图:\n  - {名称: 一层, 文件: plan.svg, 说明: 一层}\n---\n文\n",
    ),
    (
        "parks/plan.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"80\"><path d=\"M0 0h100v80H0z\"/></svg>",
    ),
    (
        "points/3-hao.md",
        "---\n标题: \"=1+1，<b>“三号”</b> & 'C'\"\n园区: park\n类别: 党群服务中心\n地址: |-\n  江苏省无锡市, 1号\n  二楼\n\
         位置: {lng: 120.36468, lat: 31.4882, crs: gcj02}\n开放时间: \"-9:00\"\n电话: \"+86 510 0000\"\n预约: \"@前台\"\n---\n文\n",
    ),
    (
        "points/far.md",
        "---\n标题: 远处\n类别: 红色教育基地\n地址: 云南省昆明市某路1号\n位置: {lng: 102.5, lat: 24.9, crs: wgs84}\n---\n文\n",
    ),
    (
        "points/plan.md",
        "---\n标题: 只在平面图上\n类别: 企业党建示范点\n地址: 江苏省无锡市2号\n园区: plan-park\n平面图: {名称: 一层, x: 10, y: 20}\n---\n文\n",
    ),
    (
        "routes/way.md",
        "---\n标题: 甲 & 乙 <两站>\n摘要: 先远后近 & 再看\n站点: [far, plan, 3-hao, far]\n---\n文\n",
    ),
    ("routes/other.md", "---\n标题: 一站\n站点: [far]\n---\n文\n"),
];

/// A built portal and what was read for it.
struct Portal {
    outputs: Outputs,
    library: Library,
}

impl Portal {
    fn build(content: PathBuf, base_url: Option<&str>) -> Self {
        let options = Options {
            themes: content.join("no-themes"),
            content,
            cache: None,
            drafts: Drafts::Hidden,
            as_of: Date::parse(DAY).unwrap(),
            base_url: base_url.map(str::to_owned),
        };
        let built = hongtu::build(&options).unwrap();
        assert!(!built.has_errors(), "{:#?}", built.diagnostics);
        Self {
            outputs: built.rendered.portal.outputs().unwrap(),
            library: hongtu::read::read(&options).unwrap().0,
        }
    }

    /// The demonstration, and the awkward site with an address and without.
    fn all() -> Vec<Self> {
        let folder = tempfile::tempdir().unwrap();
        let files = AWKWARD.map(|(path, text)| (path, text.as_bytes()));
        support::write_files(folder.path(), files);
        vec![
            Self::build(support::demonstration(), None),
            Self::build(folder.path().into(), None),
            Self::build(folder.path().into(), Some("https://example.cn/a&b/")),
        ]
    }

    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.outputs[path]).unwrap()
    }

    /// The points that have a position, in the order of their paths, with it in WGS-84.
    fn points(&self) -> Vec<(&Entry, &Point, Position)> {
        let points = self.library.shown().filter_map(|entry| {
            let Facts::Point(point) = &entry.facts else { return None };
            Some((entry, point.as_ref(), position(point)?))
        });
        let points: Vec<_> = points.collect();
        assert!(!points.is_empty());
        points
    }

    fn address(&self, entry: &Entry) -> Option<String> {
        let base = self.library.config.base_url.as_deref()?;
        Some(format!("{base}{}", entry.path))
    }

    /// The routes with the points that they stop at.
    fn routes(&self) -> Vec<(&Entry, Vec<&Entry>)> {
        let routes = self.library.shown().filter_map(|entry| {
            let Facts::Route(route) = &entry.facts else { return None };
            let stops = route.stops.iter().map(|stop| self.point(&stop.point)).collect();
            Some((entry, stops))
        });
        routes.collect()
    }

    fn point(&self, name: &str) -> &Entry {
        let mut entries = self.library.shown();
        let found = entries.find(|entry| {
            matches!(entry.facts, Facts::Point(_))
                && (entry.slug == name || entry.stem() == name || entry.common.title == name)
        });
        found.unwrap_or_else(|| panic!("no point {name}"))
    }
}

fn position(point: &Point) -> Option<Position> {
    let location = point.location?;
    let written = Position {
        longitude: location.lng,
        latitude: location.lat,
    };
    Some(coordinates::convert(written, location.crs, CoordinateSystem::Wgs84))
}

#[track_caller]
fn assert_near(title: &str, wanted: Position, longitude: f64, latitude: f64) {
    let off = (wanted.longitude - longitude)
        .abs()
        .max((wanted.latitude - latitude).abs());
    assert!(off < 1e-6, "{title}: {longitude}, {latitude} for {wanted:?}");
}

#[test]
fn geojson_holds_the_points() {
    for portal in Portal::all() {
        let data: geojson::GeoJson = portal.text("data/points.geojson").parse().unwrap();
        let features = geojson::FeatureCollection::try_from(data).unwrap().features;
        let points = portal.points();
        assert_eq!(features.len(), points.len());
        for (feature, (entry, point, wanted)) in features.iter().zip(points) {
            let title = entry.common.title.as_str();
            let geometry = feature.geometry.as_ref().unwrap();
            let geojson::GeometryValue::Point { coordinates } = &geometry.value else {
                panic!("{title}: no point")
            };
            assert_near(title, wanted, coordinates[0], coordinates[1]);
            let text = |name: &str| {
                feature
                    .property(name)
                    .and_then(|value| value.as_str().map(str::to_owned))
            };
            assert_eq!(text("name").as_deref(), Some(title));
            assert_eq!(text("category").as_deref(), Some(point.category.as_str()));
            assert_eq!(text("address").as_deref(), Some(point.address.as_str()));
            assert_eq!(
                (text("hours"), text("phone")),
                (point.hours.clone(), point.phone.clone())
            );
            let page = portal.address(entry).unwrap_or_else(|| format!("../{}", entry.path));
            assert_eq!(text("page"), Some(page));
        }
    }
}

#[test]
fn csv_holds_the_points_and_opens_in_a_spreadsheet() {
    for portal in Portal::all() {
        let bytes = portal.outputs["data/points.csv"].as_ref();
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark");
        let mut reader = csv::ReaderBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_reader(bytes);
        let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let column = |name: &str| head.iter().position(|cell| cell.starts_with(name)).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let points = portal.points();
        assert_eq!(rows.len(), points.len());
        for (row, (entry, point, wanted)) in rows.iter().zip(points) {
            let title = entry.common.title.as_str();
            assert_eq!(row.len(), head.len(), "{title}");
            assert_eq!(&row[column("名称")], shown_by_spreadsheets(title));
            assert_eq!(&row[column("地址")], shown_by_spreadsheets(&point.address));
            for (name, value) in [
                ("开放时间", &point.hours),
                ("电话", &point.phone),
                ("预约", &point.booking),
            ] {
                assert_eq!(
                    &row[column(name)],
                    shown_by_spreadsheets(value.as_deref().unwrap_or_default())
                );
            }
            let number = |name: &str| row[column(name)].parse::<f64>().unwrap();
            assert_near(title, wanted, number("经度"), number("纬度"));
            assert_eq!(&row[column("页面")], entry.path);
            for cell in row {
                assert!(!cell.starts_with(['=', '+', '@']), "{title}: a formula: {cell}");
            }
        }
        // Lines end as RFC 4180 says, also the last one.
        assert!(bytes.ends_with(b"\r\n"));
        let ends = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
        assert_eq!(ends, rows.len() + 1);
    }
}

/// A cell that begins like a formula is led by a quotation mark.
fn shown_by_spreadsheets(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '@', '-']);
    format!("{}{cell}", if is_formula { "'" } else { "" })
}

#[test]
fn kml_holds_the_points() {
    for portal in Portal::all() {
        let data: kml::Kml = portal.text("data/points.kml").parse().unwrap();
        let kml::Kml::KmlDocument(document) = data else {
            panic!("no document")
        };
        let [kml::Kml::Document { elements, .. }] = document.elements.as_slice() else {
            panic!("not one document")
        };
        let places: Vec<_> = elements
            .iter()
            .filter_map(|element| match element {
                kml::Kml::Placemark(place) => Some(place),
                _ => None,
            })
            .collect();
        let points = portal.points();
        assert_eq!(places.len(), points.len());
        for (place, (entry, point, wanted)) in places.iter().zip(points) {
            let title = entry.common.title.as_str();
            assert_eq!(place.name.as_deref(), Some(title));
            let description = place.description.as_deref().unwrap();
            assert!(description.contains(&point.address), "{title}: {description}");
            let Some(kml::types::Geometry::Point(found)) = &place.geometry else {
                panic!("{title}: no point")
            };
            assert_near(title, wanted, found.coord.x, found.coord.y);
        }
    }
}

#[test]
fn gpx_holds_the_points_and_the_routes() {
    for portal in Portal::all() {
        let data = gpx::read(portal.outputs["data/points.gpx"].as_ref()).unwrap();
        assert_eq!(data.version, gpx::GpxVersion::Gpx11);
        let name = data.metadata.and_then(|metadata| metadata.name);
        assert_eq!(name.as_ref(), Some(&portal.library.config.title));
        let points = portal.points();
        assert_eq!(data.waypoints.len(), points.len());
        for (found, (entry, point, wanted)) in data.waypoints.iter().zip(points) {
            let title = entry.common.title.as_str();
            assert_eq!(found.name.as_deref(), Some(title));
            assert_eq!(found.type_.as_ref(), Some(&point.category));
            assert!(found.description.as_ref().unwrap().contains(&point.address), "{title}");
            assert_near(title, wanted, found.point().x(), found.point().y());
            let links: Vec<&String> = found.links.iter().map(|link| &link.href).collect();
            assert_eq!(links, portal.address(entry).iter().collect::<Vec<_>>());
        }
        let routes = portal.routes();
        assert!(routes.len() >= 2);
        assert_eq!(data.routes.len(), routes.len());
        for (found, (entry, stops)) in data.routes.iter().zip(routes) {
            assert_eq!(found.name.as_ref(), Some(&entry.common.title));
            let names: Vec<_> = found.points.iter().map(|stop| stop.name.clone().unwrap()).collect();
            let has_position = |stop: &&&Entry| matches!(&stop.facts, Facts::Point(point) if point.location.is_some());
            let wanted: Vec<_> = stops
                .iter()
                .filter(has_position)
                .map(|stop| stop.common.title.clone())
                .collect();
            assert_eq!(names, wanted, "{}", entry.common.title);
        }
    }
}

// ---- The schemas

/// What may stand in an element: its children in the order of the schema, those with `*` as often
/// as one likes, the others once; and its required attributes.
type Rules = BTreeMap<&'static str, (&'static [&'static str], &'static [&'static str])>;

/// <https://www.topografix.com/GPX/1/1/gpx.xsd>, the types `gpxType`, `metadataType`, `wptType`,
/// `rteType`, `linkType`.
fn gpx_rules() -> Rules {
    const POINT: &[&str] = &[
        "ele",
        "time",
        "magvar",
        "geoidheight",
        "name",
        "cmt",
        "desc",
        "src",
        "link*",
        "sym",
        "type",
        "fix",
        "sat",
        "hdop",
        "vdop",
        "pdop",
        "ageofdgpsdata",
        "dgpsid",
        "extensions",
    ];
    const METADATA: &[&str] = &[
        "name",
        "desc",
        "author",
        "copyright",
        "link*",
        "time",
        "keywords",
        "bounds",
        "extensions",
    ];
    const ROUTE: &[&str] = &[
        "name",
        "cmt",
        "desc",
        "src",
        "link*",
        "number",
        "type",
        "extensions",
        "rtept*",
    ];
    Rules::from([
        (
            "gpx",
            (
                &["metadata", "wpt*", "rte*", "trk*", "extensions"][..],
                &["version", "creator"][..],
            ),
        ),
        ("metadata", (METADATA, &[])),
        ("wpt", (POINT, &["lat", "lon"])),
        ("rte", (ROUTE, &[])),
        ("rtept", (POINT, &["lat", "lon"])),
        ("link", (&["text", "type"], &["href"])),
    ])
}

/// <http://schemas.opengis.net/kml/2.2.0/ogckml22.xsd>, the types `KmlType`, `DocumentType` and
/// `PlacemarkType` (both after `AbstractFeatureType`), `PointType`, as far as hongtu writes them.
fn kml_rules() -> Rules {
    const PLACEMARK: &[&str] = &[
        "name",
        "visibility",
        "open",
        "address",
        "phoneNumber",
        "Snippet",
        "description",
        "styleUrl",
        "Style",
        "ExtendedData",
        "Point",
    ];
    const DOCUMENT: &[&str] = &[
        "name",
        "visibility",
        "open",
        "address",
        "phoneNumber",
        "Snippet",
        "description",
        "styleUrl",
        "Style*",
        "ExtendedData",
        "Schema*",
        "Placemark*",
    ];
    Rules::from([
        ("kml", (&["NetworkLinkControl", "Document"][..], &[][..])),
        ("Document", (DOCUMENT, &[])),
        ("Placemark", (PLACEMARK, &["id"])),
        ("Point", (&["extrude", "altitudeMode", "coordinates"], &[])),
    ])
}

/// What breaks the rules in a text.
fn breaches(text: &str, namespace: &str, rules: &Rules) -> Vec<String> {
    let document = roxmltree::Document::parse(text).unwrap();
    let mut found = Vec::new();
    let mut ids = BTreeSet::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        if node.tag_name().namespace() != Some(namespace) {
            found.push(format!("{name}: of another schema"));
        }
        // Elements without rules of their own hold text.
        let (children, attributes) = rules.get(name).copied().unwrap_or_default();
        let mut at = 0;
        for child in node.children().filter(roxmltree::Node::is_element) {
            let child = child.tag_name().name();
            let place = children
                .iter()
                .skip(at)
                .position(|allowed| allowed.trim_end_matches('*') == child);
            match place {
                Some(further) => {
                    at += further;
                    at += usize::from(!children[at].ends_with('*'));
                }
                None => found.push(format!("{name}: {child} is not allowed here")),
            }
        }
        for attribute in attributes {
            if node.attribute(*attribute).is_none_or(str::is_empty) {
                found.push(format!("{name}: no {attribute}"));
            }
        }
        for (attribute, limit) in [("lat", 90.0), ("lon", 180.0)] {
            let number = node
                .attribute(attribute)
                .map(|text| text.parse::<f64>().unwrap_or(f64::NAN));
            if number.is_some_and(|number| number.is_nan() || number.abs() > limit) {
                found.push(format!("{name}: {attribute} is no number of degrees"));
            }
        }
        // The form of xs:ID, as far as slugs could break it.
        if let Some(id) = node.attribute("id") {
            let begins_well = id.starts_with(|first: char| first.is_alphabetic() || first == '_');
            let goes_on = id.chars().all(|each| each.is_alphanumeric() || "-_.".contains(each));
            if !begins_well || !goes_on || !ids.insert(id.to_owned()) {
                found.push(format!("{name}: id “{id}”"));
            }
        }
    }
    found
}

const GPX: &str = "http://www.topografix.com/GPX/1/1";
const KML: &str = "http://www.opengis.net/kml/2.2";

#[test]
fn kml_and_gpx_keep_to_their_schemas() {
    for portal in Portal::all() {
        assert_eq!(breaches(portal.text("data/points.gpx"), GPX, &gpx_rules()), [""; 0]);
        assert_eq!(breaches(portal.text("data/points.kml"), KML, &kml_rules()), [""; 0]);
    }
}

#[test]
fn the_rules_of_the_schemas_see_what_they_should() {
    let gpx = |inside: &str| {
        let text = format!("<gpx xmlns=\"{GPX}\" version=\"1.1\" creator=\"x\">{inside}</gpx>");
        breaches(&text, GPX, &gpx_rules()).len()
    };
    assert_eq!(
        gpx("<wpt lat=\"1\" lon=\"2\"><name>a</name><link href=\"b\"/><link href=\"c\"/></wpt>"),
        0
    );
    assert_eq!(gpx("<wpt lat=\"1\" lon=\"2\"><desc>a</desc><name>a</name></wpt>"), 1);
    assert_eq!(gpx("<wpt lat=\"1\" lon=\"2\"><name>a</name><name>b</name></wpt>"), 1);
    assert_eq!(gpx("<rte/><wpt lat=\"91\" lon=\"2\"/>"), 2);
    assert_eq!(gpx("<wpt lat=\"1\"><place/></wpt>"), 2);
    let kml = format!(
        "<kml xmlns=\"{KML}\"><Document><Placemark id=\"3\"><Point><coordinates>1,2</coordinates></Point><name>a</name></Placemark></Document></kml>"
    );
    assert_eq!(breaches(&kml, KML, &kml_rules()).len(), 2);
}
