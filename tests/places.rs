//! What a point's page says of its place: the position as it was declared, and the ways there, or
//! none where the readers have no internet.

#![allow(clippy::expect_used, reason = "a test that cannot go on stops")]

mod support;

use support::{build, write_files};

const POINT: &str = "---\n标题: 芯光里\n类别: 楼宇驿站\n地址: 江苏省无锡市新吴区新洲路128号\n\
    位置: {经度: 120.37949, 纬度: 31.49692, 坐标系: gcj02}\n开放时间: 周一至周五 9:00—17:00，周一除外\n---\n正文。\n";

/// The page of the point, in a site with these settings.
fn page(settings: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site_file = format!("title: 门户\n{settings}");
    write_files(
        folder.path(),
        [
            ("content/site.yaml", site_file.as_bytes()),
            ("content/points/hall.md", POINT.as_bytes()),
        ],
    );
    let tree = build(folder.path(), &folder.path().join("public"));
    let page = String::from_utf8(tree["points/hall.html"].clone()).expect("a page is text");
    // Spaces and hyphens that don't break are for the eye.
    page.replace('\u{a0}', " ").replace('\u{2011}', "-")
}

/// The addresses outside of the portal that a page links to.
fn outside_links(page: &str) -> Vec<&str> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links
        .filter(|link| link.starts_with("http") || link.starts_with("geo:"))
        .collect()
}

#[test]
fn the_position_stands_in_its_own_system_and_in_wgs84() {
    let page = page("");
    assert!(page.contains("经度 120.379490，纬度 31.496920（GCJ-02 坐标系）"));
    assert!(page.contains("经度 120.374797，纬度 31.498701（WGS-84 坐标系）"));
}

#[test]
fn tencent_comes_first_and_geo_last() {
    let page = page("");
    let services: Vec<_> = outside_links(&page)
        .into_iter()
        .map(|link| link.split(['/', ':']).find(|part| part.contains('.') || *part == "geo"))
        .collect();
    assert_eq!(
        services,
        [
            "apis.map.qq.com",
            "uri.amap.com",
            "api.map.baidu.com",
            "www.petalmaps.com",
            "maps.apple.com",
            "geo"
        ]
        .map(Some)
    );
    assert!(page.contains("data-way=\"geo\""), "the script finds it by its name");
}

#[test]
fn an_intranet_has_the_address_and_the_position_and_no_links() {
    for settings in ["intranet: 是\n", "内网: true\n", "profile: internal\n"] {
        let page = page(settings);
        assert_eq!(outside_links(&page), [""; 0], "{settings}");
        assert!(!page.contains("amap"), "{settings}: nor in the code for phones");
        for words in ["新洲路128号", "data-copy=\"address\"", "（GCJ-02"] {
            assert!(page.contains(words), "{settings}: {words}");
        }
    }
    assert_eq!(outside_links(&page("profile: internal\nintranet: 否\n")).len(), 6);
}

#[test]
fn machines_are_told_the_regular_hours() {
    let page = page("");
    let days = "\"dayOfWeek\":[\"Tuesday\",\"Wednesday\",\"Thursday\",\"Friday\"]";
    assert!(page.contains(days) && page.contains("\"opens\":\"09:00\",\"closes\":\"17:00\""));
}
