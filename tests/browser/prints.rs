//! What is printed, as PDF: as many pages as the page itself counts, each number where it is said
//! to be, codes as large as they have to be.

use std::fs;

use hongtu::read::{Drafts, Options};
use hongtu::schema::date::Date;
use serde_json::json;
use tempfile::TempDir;

use crate::chromium::Chromium;
use crate::none_of;
use crate::portal::PORTAL_WITH_ADDRESS;
use crate::server::Server;

/// Millimetres of one CSS pixel.
const MILLIMETRES: f64 = 25.4 / 96.0;

/// The bytes of a text in base 64.
fn bytes_of(text: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits = 0_u32;
    let mut count = 0;
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = alphabet.iter().position(|known| *known == letter).expect("base 64");
        bits = bits << 6 | u32::try_from(value).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    bytes
}

/// How many pages the open page fills on the paper that it asks for.
pub(crate) fn printed_pages(chromium: &mut Chromium) -> usize {
    let answer = chromium.call("Page.printToPDF", json!({ "preferCSSPageSize": true }));
    let pdf = bytes_of(answer["data"].as_str().expect("a PDF"));
    let mark = b"/Type /Page\n";
    pdf.windows(mark.len()).filter(|window| window == mark).count()
}

#[test]
fn prints_have_the_pages_that_they_say() {
    let Some(mut chromium) = Chromium::start() else { return };
    let server = Server::of(&PORTAL_WITH_ADDRESS);
    let base = server.base();
    chromium.resize(1280, 900);
    let points = PORTAL_WITH_ADDRESS
        .shown()
        .filter(|page| page.kind() == "point")
        .count();

    chromium.open(&format!("{base}handbook.html"), &base);
    let count = "document.querySelectorAll('.leaf').length";
    let leaves = usize::try_from(chromium.evaluate(count).as_u64().unwrap()).unwrap();
    assert_eq!(
        printed_pages(&mut chromium),
        leaves,
        "a page of the handbook is one leaf"
    );
    // The numbers on the leaves count them, and the contents name the leaf that they lead to.
    let wrong = chromium.evaluate(
        "(() => { const leaves = [...document.querySelectorAll('.leaf')], wrong = []; \
         leaves.forEach((leaf, at) => { const number = leaf.querySelector('.folio b'); \
           if (at > 0 && Number(number.textContent) !== at + 1) wrong.push(`leaf ${at + 1} says ${number.textContent}`); }); \
         document.querySelectorAll('.line a').forEach(line => { \
           const leaf = document.getElementById(line.hash.slice(1)).closest('.leaf'); \
           const said = Number(line.querySelector('.line-page').childNodes[1].textContent); \
           if (leaves.indexOf(leaf) + 1 !== said) wrong.push(`${line.textContent} is leaf ${leaves.indexOf(leaf) + 1}`); }); \
         return wrong; })()",
    );
    let wrong: Vec<String> = wrong.as_array().unwrap().iter().map(ToString::to_string).collect();
    none_of("numbers of pages", &wrong);

    for (page, wanted) in [
        ("plaques-a4.html", points),
        ("plaques-a5.html", points),
        ("stickers.html", points.div_ceil(10)),
    ] {
        chromium.open(&format!("{base}{page}"), &base);
        assert_eq!(printed_pages(&mut chromium), wanted, "{page}");
    }
    // One alone; the address has to be opened anew, or Chromium only scrolls.
    for page in [
        "plaques-a4.html#plaque-wuxi-yexiao",
        "stickers.html#sticker-wuxi-yexiao",
    ] {
        chromium.open("about:blank", &base);
        chromium.open(&format!("{base}{page}"), &base);
        assert_eq!(printed_pages(&mut chromium), 1, "{page}");
        let shown = "[...document.querySelectorAll('.plaque')].filter(one => one.checkVisibility()).map(one => one.id)";
        assert_eq!(chromium.evaluate(shown), json!([page.split_once('#').unwrap().1]));
    }
}

/// A site of one point and one route whose every word is far too long, and another point with none.
fn long_site() -> TempDir {
    let long = "这是一段很长的文字，一页放不下。".repeat(30);
    let list = vec!["很长的一项"; 80].join(", ");
    let point = format!(
        "---\n标题: {long}\n摘要: {long}\n类别: {long}\n地址: 江苏省无锡市{long}\n\
         位置: {{lng: 120.36, lat: 31.49, crs: wgs84}}\n开放时间: {long}\n电话: {long}\n预约: {long}\n功能: [{list}]\n\
         无障碍: [{list}]\n面积: 99999999\n启用: 2019-07-01\n---\n\n{long}\n\n```指标\n- {{名称: {long}, 数值: 123456789, 单位: {long}, 截至: {long}}}\n```\n"
    );
    let few =
        "---\n标题: 短\n类别: 职工之家\n地址: 江苏省无锡市1号\n位置: {经度: 120.37, 纬度: 31.49, 坐标系: wgs84}\n---\n";
    let stops = format!("  - {{示范点: long, 说明: {long}, 停留: 60}}\n").repeat(16);
    let route = format!("---\n标题: {long}\n摘要: {long}\n主题: {long}\n时长: {long}\n站点:\n{stops}---\n{long}\n");
    let site = format!("title: {long}\nsubtitle: {long}\ndemonstration: {long}\nfooter: {{owner: {long}}}\n");
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("site.yaml", site.as_str()),
        ("points/long.md", &point),
        ("points/few.md", few),
        ("routes/way.md", &route),
    ] {
        let path = folder.path().join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn words_without_end_stay_on_their_page() {
    let Some(mut chromium) = Chromium::start() else { return };
    let folder = long_site();
    let options = Options {
        content: folder.path().join("content"),
        themes: folder.path().join("themes"),
        cache: None,
        drafts: Drafts::Hidden,
        as_of: Date::parse("2026-07-01").unwrap(),
        base_url: None,
    };
    let built = hongtu::build(&options).unwrap();
    assert!(!built.has_errors(), "{:#?}", built.diagnostics);
    let public = folder.path().join("public");
    hongtu::write::bring_up_to_date(&public, &built.rendered.portal, None).unwrap();
    let base = format!("file://{}/", public.display());
    chromium.resize(1280, 900);
    // Cover, map, contents, two points, a route of sixteen stops on three pages; two plaques; a sheet.
    for (page, wanted) in [
        ("handbook.html", 8),
        ("plaques-a4.html", 2),
        ("plaques-a5.html", 2),
        ("stickers.html", 1),
    ] {
        chromium.open(&format!("{base}{page}"), &base);
        assert_eq!(printed_pages(&mut chromium), wanted, "{page}");
    }
    // Nothing is pushed out of a leaf but what may be: its number stands at its foot.
    chromium.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    chromium.resize(469, 900);
    chromium.open(&format!("{base}handbook.html"), &base);
    let hidden = chromium.evaluate(
        "[...document.querySelectorAll('.folio')].filter(one => \
         one.getBoundingClientRect().bottom > one.closest('.leaf').getBoundingClientRect().bottom + 1).map(one => one.textContent)",
    );
    assert_eq!(hidden, json!([]));
}

#[test]
fn codes_are_large_enough_on_paper() {
    let Some(mut chromium) = Chromium::start() else { return };
    let server = Server::of(&PORTAL_WITH_ADDRESS);
    let base = server.base();
    chromium.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    // The width of the paper without its margins, in millimetres, and the least size of a code.
    for (page, paper, least) in [
        ("handbook.html", 124.0, 20.0),
        ("plaques-a4.html", 273.0, 25.0),
        ("plaques-a5.html", 193.0, 25.0),
        ("stickers.html", 210.0, 18.0),
    ] {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a width in pixels, far from any limit"
        )]
        chromium.resize((paper / MILLIMETRES) as u32, 900);
        chromium.open(&format!("{base}{page}"), &base);
        // The quiet zone, four modules on each side, belongs to the picture and not to the code.
        let sizes = chromium.evaluate(
            "[...document.querySelectorAll('svg[aria-label=二维码]')].map(code => { \
             const modules = code.viewBox.baseVal.width; \
             return code.getBoundingClientRect().width * (modules - 8) / modules; })",
        );
        let sizes: Vec<f64> = sizes
            .as_array()
            .unwrap()
            .iter()
            .filter_map(serde_json::Value::as_f64)
            .collect();
        assert!(sizes.len() > 30, "{page}: {} codes", sizes.len());
        let smallest = sizes.into_iter().fold(f64::INFINITY, f64::min) * MILLIMETRES;
        assert!(smallest >= least, "{page}: a code of {smallest:.1} mm");
    }
}
