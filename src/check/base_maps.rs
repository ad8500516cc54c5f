//! Base maps: their official number, their file, and the degrees of a picture's edges.
//!
//! The law (地图管理条例, article 15; 地图审核管理规定, article 6) asks for the number; a map that was changed has to be reviewed anew.

use crate::coordinates::in_china_box;
use crate::diagnostic::{Diagnostic, Rule, quotable, rule};
use crate::kind::base_map::{Bounds, ImageProjection};
use crate::pictures::{self, Format};
use crate::read::Library;
use crate::read::base_maps::{OwnedBaseMap, is_geojson};
use crate::read::link_target::{nearest_path, scheme};

/// The provinces' one-character names, which official numbers begin with.
const PROVINCES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";
/// What an invented number begins with.
const INVENTED: &str = "演示";
/// A picture may be so much longer or shorter than its edges say; they are often rounded.
const TOLERANCE: f64 = 0.05;

pub(super) fn check(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    for owned in library.base_maps() {
        let mut pass = Pass {
            library,
            owned,
            diagnostics,
        };
        if owned.base_map.approval.trim().is_empty() {
            pass.no_approval();
        } else {
            pass.approval();
            pass.changes();
        }
        // A file that was not written was reported when it was read.
        if !owned.base_map.file.is_empty() {
            pass.file();
        }
    }
}

struct Pass<'a, 'd> {
    library: &'a Library,
    owned: OwnedBaseMap<'a>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Pass<'_, '_> {
    fn report(&mut self, rule: Rule, key: &str, words: (String, String)) {
        let (message, help) = words;
        let mut diagnostic = Diagnostic::without_place(rule, message).help(help);
        diagnostic.span = self.owned.span(self.library, key);
        self.diagnostics.push(diagnostic);
    }

    fn no_approval(&mut self) {
        let message = "底图没有审图号，不能公开".to_owned();
        let help = "在 底图 里加一行 审图号: GS(年份)号码，或者删去底图".to_owned();
        self.report(rule::MAP_APPROVAL, "", (message, help));
    }

    fn approval(&mut self) {
        let number = self.owned.base_map.approval.trim();
        let quoted = quotable(number);
        if number.starts_with(INVENTED) {
            if self.library.config.demonstration.is_none() {
                let message = format!("“{quoted}”是编出来演示的审图号，不能公开");
                let help = "换成真的审图号，或者删去底图；只有写了 演示说明 的网站才能用".to_owned();
                self.report(rule::MAP_APPROVAL, "approval", (message, help));
            }
        } else if !is_approval_number(number) {
            let message = format!("“{quoted}”不像审图号");
            let help = "照批文抄，例如 GS(2023)2767号、GS京(2022)0123号、苏S(2024)12号；前面不写“审图号”三个字";
            self.report(rule::MAP_APPROVAL_FORM, "approval", (message, help.to_owned()));
        }
    }

    fn changes(&mut self) {
        let words = match self.owned.base_map.unmodified {
            Some(true) => return,
            Some(false) => (
                "改动过的底图要重新送审，原来的审图号不能再用",
                "换成没有改动过的底图；改动后重新送审过的，写新的审图号和 未改动: 是",
            ),
            None if self.owned.is_written(self.library, "unmodified") => return,
            None => (
                "没有写明底图与送审时是否一样",
                "没有改动过，就在 底图 里加一行 未改动: 是；改动过的要重新送审",
            ),
        };
        self.report(
            rule::MAP_MODIFIED,
            "unmodified",
            (words.0.to_owned(), words.1.to_owned()),
        );
    }

    fn file(&mut self) {
        let written = quotable(&self.owned.base_map.file);
        let files = &self.library.files;
        if scheme(&self.owned.base_map.file).is_some() {
            let message = "底图在别的网站上，离线、内网都打不开".to_owned();
            return self.report(
                rule::MAP_FILE,
                "file",
                (message, "把文件下载下来，放进 content/assets".to_owned()),
            );
        }
        let Some(path) = self.owned.path().filter(|path| files.all.contains(path)) else {
            let path = self.owned.path().unwrap_or_default();
            let near = files.other_case(&path).map(str::to_owned).or_else(|| {
                let known = files.all.iter().map(String::as_str);
                nearest_path(&path, known)
            });
            let help = near.map_or_else(
                || "把文件放进 content/assets，写成 /assets/文件名".to_owned(),
                |near| format!("是不是想写 /{near}？"),
            );
            return self.report(rule::MAP_FILE, "file", (format!("底图文件不存在：{written}"), help));
        };
        if is_geojson(&path) {
            self.no_edges();
        } else {
            self.picture(&path, &written);
        }
    }

    /// `GeoJSON` has its degrees in itself.
    fn no_edges(&mut self) {
        for (key, name) in [("bounds", "范围"), ("projection", "投影")] {
            if self.owned.is_written(self.library, key) {
                let message = format!("GeoJSON 自带经纬度，“{name}”不起作用");
                self.report(
                    rule::MAP_IGNORED,
                    key,
                    (message, "删去这一项；它是给图片用的".to_owned()),
                );
            }
        }
    }

    fn picture(&mut self, path: &str, written: &str) {
        let Some(file) = self.library.files.get(path) else {
            let message = format!("这不是能用的底图：{written}");
            let help = "用 GeoJSON，或者 PNG、JPG、WebP、SVG 图片；别的格式先用制图软件转换".to_owned();
            return self.report(rule::MAP_FILE, "file", (message, help));
        };
        // A picture that cannot be read is reported where pictures are published.
        let Ok(facts) = pictures::inspect(&file.bytes) else {
            return;
        };
        if matches!(facts.format, Format::Gif | Format::Avif) {
            let message = format!("底图不能用这种图片：{written}");
            return self.report(
                rule::MAP_FILE,
                "file",
                (message, "转成 PNG、JPG、WebP 或 SVG".to_owned()),
            );
        }
        let Some(bounds) = self.owned.base_map.bounds else {
            if !self.owned.is_written(self.library, "bounds") {
                let message = "底图是图片，没有写四边的经纬度".to_owned();
                let help = "在 底图 里加一行 范围: {西: 120.30, 南: 31.45, 东: 120.42, 北: 31.53}".to_owned();
                self.report(rule::MAP_BOUNDS, "", (message, help));
            }
            return;
        };
        if let Some(words) = bounds_problem(&bounds) {
            return self.report(rule::MAP_BOUNDS, "bounds", words);
        }
        let (width, height) = (f64::from(facts.width), f64::from(facts.height));
        if !fits(&bounds, self.owned.base_map.projection, width / height) {
            let message = format!("底图宽 {width}、高 {height} 像素，与写的范围和投影对不上，点位会偏");
            let help = "核对四边的经纬度；网络地图的截图，投影写 墨卡托".to_owned();
            self.report(rule::MAP_PROPORTIONS, "bounds", (message, help));
        }
    }
}

fn bounds_problem(bounds: &Bounds) -> Option<(String, String)> {
    if !bounds.is_in_order() {
        let message = "底图的范围写反了".to_owned();
        return Some((message, "西边的经度要比东边的小，南边的纬度要比北边的小".to_owned()));
    }
    let middle = bounds.middle();
    if !in_china_box(middle.longitude, middle.latitude) {
        let message = "底图的范围不在中国".to_owned();
        let help = "经度应当在 73 到 136 度之间，纬度在 3 到 54 度之间；看看经度和纬度是不是写反了".to_owned();
        return Some((message, help));
    }
    None
}

/// Whether a picture is as wide for its height as its edges say. One whose degrees are as long
/// from west to east as they are on the ground at its middle is right as well.
fn fits(bounds: &Bounds, projection: ImageProjection, proportion: f64) -> bool {
    let wide = (bounds.east - bounds.west).to_radians();
    let is_near = |expected: f64| (proportion / expected - 1.0).abs() <= TOLERANCE;
    match projection {
        ImageProjection::PlateCarree => {
            let tall = (bounds.north - bounds.south).to_radians();
            let narrowed = bounds.middle().latitude.to_radians().cos();
            is_near(wide / tall) || is_near(wide * narrowed / tall)
        }
        ImageProjection::Mercator => {
            // Snyder 1987, equation 7-2a, as `derive` has it without the platform's logarithm.
            let height = |latitude: f64| latitude.to_radians().sin().atanh();
            is_near(wide / (height(bounds.north) - height(bounds.south)))
        }
    }
}

/// `GS(2023)2767号`, `GS京(2022)0123号`, `苏S(2024)12号`; brackets of either width.
fn is_approval_number(number: &str) -> bool {
    let number: String = number
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '（' | '〔' | '[' | '［' => '(',
            '）' | '〕' | ']' | '］' => ')',
            c => c,
        })
        .collect();
    let Some((authority, rest)) = number.split_once('(') else {
        return false;
    };
    let Some((year, rest)) = rest.split_once(')') else {
        return false;
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_authority = match authority.strip_prefix("GS") {
        // The ministry's own number, or one that it delegated to a province.
        Some(delegated) => delegated.is_empty() || (delegated.chars().count() == 1 && PROVINCES.contains(delegated)),
        // A province's number, or one that it delegated to a city: 苏S, 粤AS, 浙杭S.
        None => {
            authority.starts_with(|c| PROVINCES.contains(c))
                && authority.ends_with('S')
                && authority.chars().count() <= 4
        }
    };
    let serial = rest.strip_suffix('号');
    is_authority
        && year.len() == 4
        && is_digits(year)
        && (year.starts_with("19") || year.starts_with("20"))
        && serial.is_some_and(|serial| is_digits(serial) && serial.len() <= 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_numbers_of_maps() {
        for number in [
            "GS(2023)2767号",
            "GS（2023）2767号",
            "GS京(2022)0123号",
            "苏S(2024)12号",
            "粤AS（2022）001号",
            "GS (2019) 1822号",
        ] {
            assert!(is_approval_number(number), "{number}");
        }
        for number in [
            "",
            "2023",
            "GS2767号",
            "GS(2023)2767",
            "GS(23)2767号",
            "GS(2023)号",
            "审图号：GS(2023)2767号",
            "演示S(2026)000号",
            "S(2024)12号",
            "GS美(2024)12号",
            "苏S(3024)12号",
        ] {
            assert!(!is_approval_number(number), "{number}");
        }
    }

    #[test]
    fn a_picture_fits_its_edges_or_does_not() {
        let bounds = Bounds {
            west: 120.30,
            south: 31.45,
            east: 120.42,
            north: 31.53,
        };
        assert!(fits(&bounds, ImageProjection::PlateCarree, 1.5));
        assert!(fits(&bounds, ImageProjection::PlateCarree, 1.28), "as on the ground");
        assert!(!fits(&bounds, ImageProjection::PlateCarree, 1.0));
        assert!(fits(&bounds, ImageProjection::Mercator, 1.28));
        assert!(!fits(&bounds, ImageProjection::Mercator, 1.5));
    }
}
