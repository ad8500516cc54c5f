//! Base maps and plans through a whole library: what sheets are made of them, and how long hostile
//! files take.

#![expect(
    clippy::unwrap_used,
    reason = "a test may end where something that has to be there is not"
)]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use hongtu::derive::base_layer::{Canvas, base_layer, picture_frame};
use hongtu::derive::map_layout::LonLat;
use hongtu::derive::map_layout::projection::Projection;
use hongtu::derive::{index, plans};
use hongtu::diagnostic::Diagnostic;
use hongtu::read::base_maps::Owner;
use hongtu::read::{Drafts, Library, Options, read};
use hongtu::schema::date::Date;

const DRAWING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><path d="M0 0h9v9z"/></svg>"#;

/// No file may take longer, not even on a busy machine without optimisation.
const LONGEST: Duration = Duration::from_secs(30);

fn options(folder: &Path) -> Options {
    Options {
        content: folder.to_owned(),
        themes: folder.join("themes"),
        cache: None,
        drafts: Drafts::Hidden,
        as_of: Date::parse("2026-07-01").unwrap(),
        base_url: None,
    }
}

fn library(files: &[(&str, &str)]) -> (Library, Vec<Diagnostic>) {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("site.yaml"), "title: 门户\n").unwrap();
    for (path, text) in files {
        let path = place.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    read(&options(place.path())).unwrap()
}

fn park(base_map: &str) -> String {
    format!("---\n标题: 甲园\n底图: {base_map}\n---\n")
}

/// The owner of the only base map.
fn owner(library: &Library) -> Owner {
    library.base_maps().next().unwrap().owner
}

fn place(position: LonLat) -> (f64, f64) {
    (
        (position.longitude - 120.0) * 1000.0,
        (32.0 - position.latitude) * 1000.0,
    )
}

const CANVAS: Canvas<'static> = Canvas {
    place: &place,
    width: 1000.0,
    height: 1000.0,
};

#[test]
fn a_plan_has_the_shown_points_of_its_park() {
    let point = |title: &str, rest: &str| {
        format!("---\n标题: {title}\n类别: 党群服务中心\n地址: 江苏省无锡市\n园区: 甲园\n{rest}---\n")
    };
    let (library, found) = library(&[
        (
            "parks/a.md",
            "---\n标题: 甲园\n平面图:\n  - {名称: 一层, 文件: one.svg, 每像素米数: 0.5, 北向: 340}\n  - {名称: 二层, 文件: one.svg, 说明: 二层有三间屋}\n  - {名称: 三层, 文件: one.svg}\n---\n",
        ),
        ("parks/one.svg", DRAWING),
        ("points/a.md", &point("甲", "平面图: {名称: 一层, x: 10, y: 20.5}\n")),
        (
            "points/b.md",
            &point("乙", "平面图: {名称: 一层, x: 30, y: 40}\n排序: 5\n"),
        ),
        ("points/c.md", &point("丙", "平面图: {名称: 二层, x: 600, y: 400}\n")),
        (
            "points/d.md",
            &point("丁", "平面图: {名称: 三层, x: 1, y: 1}\n草稿: 是\n"),
        ),
    ]);
    assert_eq!(found, []);
    let sheets = plans::plan_sheets(&library, &index(&library).relations);
    let names: Vec<_> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["一层", "二层"], "a plan that nobody is shown on is none");
    let first = &sheets[0];
    assert_eq!(
        (first.picture.as_str(), first.alt.as_str()),
        ("parks/one.svg", "甲园一层")
    );
    assert_eq!((first.width, first.height), (600.0, 400.0));
    assert_eq!((first.metres_per_pixel, first.north), (Some(0.5), Some(340.0)));
    let places: Vec<_> = first
        .points
        .iter()
        .map(|(id, x, y)| (library.entry(*id).common.title.as_str(), *x, *y))
        .collect();
    assert_eq!(
        places,
        [("乙", 30.0, 40.0), ("甲", 10.0, 20.5)],
        "in the order of the park"
    );
    assert_eq!(sheets[1].alt, "二层有三间屋");
}

#[test]
fn vector_data_is_drawn_and_not_published() {
    let (library, found) = library(&[
        (
            "parks/a.md",
            &park("{文件: map.geojson, 审图号: 苏S(2024)12号, 来源: 测绘院, 未改动: 是}"),
        ),
        (
            "parks/map.geojson",
            r#"{"type": "Feature", "properties": {"类别": "水面"}, "geometry": {"type": "Polygon",
                "coordinates": [[[120.1, 31.5], [120.3, 31.5], [120.3, 31.7], [120.1, 31.5]]]}}"#,
        ),
    ]);
    assert_eq!(found, []);
    let layer = base_layer(&library, owner(&library), &CANVAS).unwrap();
    assert_eq!(
        (layer.approval.as_str(), layer.source.as_str()),
        ("苏S(2024)12号", "测绘院")
    );
    assert_eq!(layer.drawing.areas[0].path, "M100 500l200 0 0-200z");
    assert_eq!(layer.image, None);
    assert_eq!(picture_frame(&library, owner(&library), (1200.0, 900.0)), None);
    assert!(library.files.used.is_empty());
    assert_eq!(base_layer(&library, Owner::Site, &CANVAS), None);
}

#[test]
fn a_picture_gives_the_sheet_its_projection() {
    for (written, width, wanted) in [
        ("墨卡托", 515.0, "Mercator"),
        ("等距圆柱", 600.0, "PlateCarree"),
        ("等距圆柱", 514.0, "Local"),
    ] {
        let drawing = DRAWING.replace("600", &format!("{width}"));
        let (library, found) = library(&[
            (
                "parks/a.md",
                &park(&format!(
                    "{{文件: map.svg, 审图号: 苏S(2024)12号, 来源: 测绘院, 未改动: 是, 投影: {written}, 范围: {{西: 120, 南: 31, 东: 120.15, 北: 31.1}}}}"
                )),
            ),
            ("parks/map.svg", &drawing),
        ]);
        assert_eq!(found, []);
        let frame = picture_frame(&library, owner(&library), (1200.0, 900.0)).unwrap();
        let seen = format!("{:?}", frame.projection.projection);
        assert!(seen.starts_with(wanted), "{written}: {seen}");
        assert!(frame.width <= 1200.0 + 1e-6 && frame.height <= 900.0 + 1e-6);
        assert!((frame.width - 1200.0).abs() < 1e-6 || (frame.height - 900.0).abs() < 1e-6);
        let proportion = frame.width / frame.height;
        assert!(
            (proportion / (width / 400.0) - 1.0).abs() < 0.01,
            "{written}: {proportion}"
        );
        let place = |position| frame.projection.place(position);
        let canvas = Canvas {
            place: &place,
            width: frame.width,
            height: frame.height,
        };
        let image = base_layer(&library, owner(&library), &canvas).unwrap().image.unwrap();
        assert_eq!(image.path, "parks/map.svg");
        assert!(
            image.x.abs() < 1e-6 && image.y.abs() < 1e-6,
            "the picture fills the sheet"
        );
        assert!((image.width - frame.width).abs() < 1e-6 && (image.height - frame.height).abs() < 1e-6);
        if let Projection::Local(local) = frame.projection.projection {
            assert!((local.centre.latitude - 31.05).abs() < 1e-9);
        }
    }
}

#[test]
fn a_picture_in_a_shifted_system_is_placed_where_it_is() {
    let (library, _) = library(&[
        (
            "parks/a.md",
            &park(
                "{文件: map.svg, 审图号: 苏S(2024)12号, 来源: 测绘院, 坐标系: gcj02, 投影: 墨卡托, 范围: {西: 120.36468, 南: 31.48820, 东: 120.46, 北: 31.55}}",
            ),
        ),
        ("parks/map.svg", DRAWING),
    ]);
    let frame = picture_frame(&library, owner(&library), (1000.0, 1000.0)).unwrap();
    let corner = LonLat {
        longitude: 120.36,
        latitude: 31.49,
    };
    let (x, y) = frame.projection.place(corner);
    assert!(x.abs() < 2.0 && (y - frame.height).abs() < 2.0, "{x} {y}");
}

#[test]
fn files_made_to_be_bad_take_no_longer_than_their_length() {
    let spiral: Vec<String> = (0..200_000)
        .map(|at| {
            format!(
                "[{},{}]",
                120.0 + f64::from(at) * 5e-6,
                if at % 2 == 0 { 31.0 } else { 31.0 + f64::from(at) * 5e-6 }
            )
        })
        .collect();
    let spiral = format!("{{\"type\": \"LineString\", \"coordinates\": [{}]}}", spiral.join(","));
    let nested = format!(
        "{}{}",
        "{\"type\": \"GeometryCollection\", \"geometries\": [".repeat(60_000),
        "]}".repeat(60_000)
    );
    let properties = format!(
        "{{\"type\": \"Feature\", \"properties\": {}1{}, \"geometry\": null}}",
        "{\"a\": ".repeat(200_000),
        "}".repeat(200_000)
    );
    let empty = format!(
        "{{\"type\": \"FeatureCollection\", \"features\": [{}{{}}]}}",
        "{},".repeat(300_000)
    );
    for (text, problems) in [(spiral, 0), (nested, 1), (properties, 1), (empty, 1)] {
        let start = Instant::now();
        let (library, found) = library(&[
            (
                "parks/a.md",
                &park("{文件: map.geojson, 审图号: 苏S(2024)12号, 来源: 测绘院, 未改动: 是}"),
            ),
            ("parks/map.geojson", &text),
        ]);
        assert_eq!(found.len(), problems, "{found:?}");
        assert!(base_layer(&library, owner(&library), &CANVAS).is_some());
        assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    }
}

#[test]
fn a_file_of_a_hundred_megabytes_is_not_read() {
    let place = tempfile::tempdir().unwrap();
    let parks = place.path().join("parks");
    fs::create_dir(&parks).unwrap();
    fs::write(place.path().join("site.yaml"), "title: 门户\n").unwrap();
    fs::write(
        parks.join("a.md"),
        park("{文件: map.geojson, 审图号: 苏S(2024)12号, 来源: 测绘院, 未改动: 是}"),
    )
    .unwrap();
    // A file with a hole takes no room on the disk.
    let file = fs::File::create(parks.join("map.geojson")).unwrap();
    file.set_len(100 * 1024 * 1024).unwrap();
    let (_, found) = read(&options(place.path())).unwrap();
    let messages: Vec<_> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(messages, ["底图有 100 MB，太大了，没有读取"]);
}

/// The demonstration's own base map: its number is invented, and it is quickly drawn.
#[test]
fn the_demonstration_has_a_plan_and_a_base_map() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let (library, found) = read(&options(&content)).unwrap();
    assert_eq!(found, []);
    let layer = base_layer(&library, owner(&library), &CANVAS).unwrap();
    assert!(layer.approval.starts_with("演示"));
    assert!(layer.drawing.areas.len() >= 4 && layer.drawing.lines.len() >= 2);
    let sheets = plans::plan_sheets(&library, &index(&library).relations);
    assert_eq!(sheets.len(), 1);
    assert!((4..=6).contains(&sheets[0].points.len()));
}
