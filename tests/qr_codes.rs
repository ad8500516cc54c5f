//! Every QR code of a whole build, drawn from its SVG path into a picture and read by a decoder that
//! hongtu has no part in (`rqrr`), then compared with the address that it has to carry.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use hongtu::kind::Kind;
use hongtu::read::walk::has_extension;
use hongtu::read::{Drafts, Library, Options};
use hongtu::render::Outputs;
use hongtu::schema::date::Date;
use rayon::prelude::*;
use support::DAY;

/// Pixels of the picture for one module.
const SCALE: usize = 4;
/// How the decoder names the level of least correction (ISO/IEC 18004, table 12: `01` is L).
const LOW: u16 = 1;

fn build(content: &Path, base_url: Option<&str>) -> (Outputs, Library) {
    let options = Options {
        content: content.into(),
        themes: content.join("no-themes"),
        cache: None,
        drafts: Drafts::Hidden,
        as_of: Date::parse(DAY).unwrap(),
        base_url: base_url.map(str::to_owned),
    };
    let built = hongtu::build(&options).unwrap();
    assert!(!built.has_errors(), "{:#?}", built.diagnostics);
    (
        built.rendered.portal.outputs().unwrap(),
        hongtu::read::read(&options).unwrap().0,
    )
}

/// One code on a page, and the slug of the point that it stands with.
struct Code<'a> {
    page: &'a str,
    slug: String,
    svg: &'a str,
}

/// All codes of all pages. On an entry's page the slug is that of the page; on printed pages that
/// of the last element before the code whose id names a point.
fn codes(outputs: &Outputs) -> Vec<Code<'_>> {
    let mut codes = Vec::new();
    for (path, bytes) in outputs.iter().filter(|(path, _)| has_extension(path, "html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        for (label, _) in html.match_indices("aria-label=\"二维码\"") {
            let start = html[..label].rfind("<svg").unwrap();
            let end = label + html[label..].find("</svg>").unwrap();
            let ids = ["point", "plaque", "sticker"].map(|kind| format!("id=\"{kind}-"));
            let id = ids
                .iter()
                .filter_map(|id| Some(html[..start].rfind(id)? + id.len()))
                .max();
            let slug = match id {
                Some(at) => html[at..].split('"').next().unwrap(),
                None => path.rsplit('/').next().unwrap().trim_end_matches(".html"),
            };
            codes.push(Code {
                page: path,
                slug: slug.to_owned(),
                svg: &html[start..end],
            });
        }
    }
    codes
}

/// The value of an attribute of the first element that has it.
fn attribute<'a>(svg: &'a str, name: &str) -> &'a str {
    let (_, rest) = svg.split_once(&format!(" {name}=\"")).unwrap();
    rest.split('"').next().unwrap()
}

/// The modules of a drawn code, dark ones true. Its path is made of rectangles: `M x y h w v h h -w z`.
fn modules(svg: &str) -> (usize, Vec<bool>) {
    let size: usize = attribute(svg, "viewBox").rsplit(' ').next().unwrap().parse().unwrap();
    let (_, dark) = svg
        .split_once("/><path d=\"")
        .expect("light ground, then the dark modules");
    let mut grid = vec![false; size * size];
    for rectangle in dark.split('"').next().unwrap().split_terminator('z') {
        let rectangle = rectangle.strip_prefix('M').expect("begins with M");
        let numbers: Vec<i64> = rectangle
            .split(|c: char| "hv ".contains(c))
            .map(|number| number.parse().unwrap())
            .collect();
        let [x, y, width, height, back] = numbers[..] else {
            panic!("no rectangle: {rectangle}")
        };
        assert_eq!(back, -width, "{rectangle}");
        for row in y..y + height {
            for column in x..x + width {
                grid[usize::try_from(row).unwrap() * size + usize::try_from(column).unwrap()] = true;
            }
        }
    }
    (size, grid)
}

/// What a code says, and its level of correction.
fn decoded(svg: &str) -> Result<(String, u16), String> {
    let (size, grid) = modules(svg);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(size * SCALE, size * SCALE, |x, y| {
        if grid[y / SCALE * size + x / SCALE] { 0 } else { 255 }
    });
    let grids = picture.detect_grids();
    let [grid] = grids.as_slice() else {
        return Err(format!("{} codes in one picture", grids.len()));
    };
    let (facts, text) = grid.decode().map_err(|error| error.to_string())?;
    Ok((text, facts.ecc_level))
}

#[test]
fn every_code_of_the_demonstration_leads_to_its_page() {
    let (outputs, library) = build(&support::demonstration(), Some("https://yuanqu.example/dangjian/"));
    let points: BTreeMap<&str, String> = library
        .shown()
        .filter(|entry| entry.kind() == Kind::Point)
        .map(|entry| {
            (
                entry.slug.as_str(),
                format!("https://yuanqu.example/dangjian/{}", entry.path),
            )
        })
        .collect();
    let codes = codes(&outputs);
    let problems: Vec<String> = codes
        .par_iter()
        .filter_map(|code| {
            let place = format!("{} · {}", code.page, code.slug);
            let wanted = points.get(code.slug.as_str());
            match decoded(code.svg) {
                Err(problem) => Some(format!("{place}: {problem}")),
                Ok((text, _)) if Some(&text) != wanted => Some(format!("{place}: {text} for {wanted:?}")),
                // What hangs outside gets dirty.
                Ok((_, LOW)) if !code.page.starts_with("points/") && code.page != "handbook.html" => {
                    Some(format!("{place}: too little correction"))
                }
                Ok(_) => None,
            }
        })
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
    // Each point has its five: on its page, in the handbook, two plaques and a sticker.
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for code in &codes {
        let page = if code.page.starts_with("points/") {
            "points"
        } else {
            code.page
        };
        *counts.entry(page).or_default() += 1;
    }
    let wanted = [
        "handbook.html",
        "plaques-a4.html",
        "plaques-a5.html",
        "points",
        "stickers.html",
    ];
    let wanted: BTreeMap<&str, usize> = wanted.into_iter().map(|page| (page, points.len())).collect();
    assert_eq!(counts, wanted);
}

#[test]
fn without_an_address_no_plaque_has_a_code_and_all_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let point = "---\n标题: 会客厅\n类别: 党群服务中心\n地址: 江苏省无锡市新吴区1号\n位置: {lng: 120.36, lat: 31.49, crs: wgs84}\n---\n文\n";
    let files = [("site.yaml", "title: 门户\n"), ("points/hall.md", point)];
    support::write_files(folder.path(), files.map(|(path, text)| (path, text.as_bytes())));
    let (outputs, _) = build(folder.path(), None);
    let found: Vec<_> = codes(&outputs).iter().map(|code| code.page.to_owned()).collect();
    assert_eq!(found, ["handbook.html", "points/hall.html"]);
    for code in codes(&outputs) {
        let (text, _) = decoded(code.svg).unwrap();
        assert!(text.starts_with("https://uri.amap.com/marker?"), "{text}");
        let html = std::str::from_utf8(&outputs[code.page]).unwrap();
        assert!(html.contains("网址还没有定"), "{}", code.page);
    }
    for page in ["plaques-a4.html", "plaques-a5.html", "stickers.html"] {
        let html = std::str::from_utf8(&outputs[page]).unwrap();
        let plaque = html
            .split_once("class=\"plaque-missing\"")
            .expect("a message in the code's place")
            .1;
        assert!(plaque.contains("base_url"), "{page}");
    }
}

#[test]
fn many_points_are_printed_by_city_and_park() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = vec![(
        "site.yaml".to_owned(),
        "title: 门户\nbase_url: https://example.cn/\n".to_owned(),
    )];
    for (park, title) in [("one", "甲园区"), ("two", "乙园区")] {
        files.push((format!("parks/{park}.md"), format!("---\n标题: {title}\n---\n文\n")));
    }
    let mut add = |number: u32, address: &str, park: &str| {
        let text = format!(
            "---\n标题: 第{number}处\n类别: 职工之家\n地址: {address}{number}号\n位置: {{经度: 120.{number:03}, 纬度: 31.49, 坐标系: wgs84}}\n{park}---\n文\n"
        );
        files.push((format!("points/p{number}.md"), text));
    };
    (0..3).for_each(|number| add(number, "安徽省宿州市某路", ""));
    (3..5).for_each(|number| add(number, "江苏省苏州市某路", ""));
    (5..8).for_each(|number| add(number, "江苏省无锡市某路", "园区: one\n"));
    (8..218).for_each(|number| add(number, "江苏省无锡市某路", "园区: two\n"));
    (218..220).for_each(|number| add(number, "江苏省无锡市某路", ""));
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
    support::write_files(folder.path(), files);
    let (outputs, library) = build(folder.path(), None);
    let books: Vec<&str> = outputs
        .keys()
        .filter_map(|path| path.strip_prefix("handbook/"))
        .collect();
    assert_eq!(
        books,
        [
            "anhui-suzhou.html",
            "one.html",
            "suzhou.html",
            "two-part-1.html",
            "two-part-2.html",
            "wuxi-qi-ta.html"
        ]
    );
    let shelf = std::str::from_utf8(&outputs["handbook.html"]).unwrap();
    for book in books {
        assert!(shelf.contains(&format!("href=\"handbook/{book}\"")), "{book}");
    }
    // Each point stands once in each form, and its page leads to where that is.
    let codes = codes(&outputs);
    for entry in library.shown().filter(|entry| entry.kind() == Kind::Point) {
        let page = std::str::from_utf8(&outputs[&entry.path]).unwrap();
        let printed: Vec<_> = codes
            .iter()
            .filter(|code| code.slug == entry.slug && code.page != entry.path)
            .collect();
        assert_eq!(printed.len(), 4, "{}", entry.path);
        for code in printed {
            assert!(
                page.contains(&format!("href=\"../{}#", code.page)),
                "{}: no link to {}",
                entry.path,
                code.page
            );
        }
    }
}
