//! Provinces and cities: from a division code, and from the beginning of a postal address.
//!
//! Codes are those of GB/T 2260 (six digits: two for the province, two for the city, two for the
//! county) or of the statistics bureau (nine digits: three more for the township). Only provinces
//! and cities have names here; lists are grouped by them and the map writes them.

use crate::region_names::{CITIES, COUNTIES_UNDER_PROVINCES, PROVINCES};

/// Provinces that are one city each, or have no level of cities below them: 北京, 天津, 上海, 重庆,
/// 香港, 澳门. There the city is the province itself.
const PROVINCES_THAT_ARE_CITIES: &[u16] = &[11, 12, 31, 50, 81, 82];

/// What a full name adds to the short one, the longer ones first.
const SUFFIXES: &[&str] = &[
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "地区",
    "林区",
    "省",
    "市",
    "盟",
    "县",
];

/// The peoples in the names of autonomous areas; short names go without them.
const PEOPLES: &[&str] = &[
    "维吾尔",
    "柯尔克孜",
    "哈萨克",
    "蒙古族",
    "蒙古",
    "土家族",
    "傈僳族",
    "朝鲜族",
    "布依族",
    "景颇族",
    "哈尼族",
    "壮族",
    "回族",
    "苗族",
    "侗族",
    "藏族",
    "羌族",
    "彝族",
    "傣族",
    "白族",
    "黎族",
];

/// Short names of cities that are as often something else (中山公园, 朝阳区, 阿里巴巴, 甘南县): without
/// their province and without a suffix they say nothing about where an address is.
const DOUBTFUL_ALONE: &[&str] = &[
    "中山", "朝阳", "阿里", "北海", "海东", "海北", "海西", "黄南", "山南", "兴安", "安康", "大同", "玉树", "红河",
    "来宾", "日照", "甘南",
];

/// What follows a short name where it names a street or a district elsewhere: 南京路, 大同区.
const ELSEWHERE: &[&str] = &["路", "街", "道", "大道", "大街", "巷", "弄", "胡同", "区"];

/// Names that begin like a street and are counties or districts: 哈尔滨道里区, 台州路桥区.
const COUNTIES_LIKE_STREETS: &[&str] = &["路南区", "路北区", "路桥", "道里", "道外", "道县", "道真", "道孚"];

/// The province, and where it is known the city, in full names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Region {
    /// Such as 浙江省, 北京市, 广西壮族自治区.
    pub province: &'static str,
    /// Such as 湖州市, 延边朝鲜族自治州; in 北京 and its like the province once more; for a county that
    /// stands directly under its province the county, such as 仙桃市.
    pub city: Option<&'static str>,
}

/// The full name of the province that a code of six or nine digits lies in.
#[must_use]
pub fn province(code: &str) -> Option<&'static str> {
    province_of(county_code(code)? / 10_000)
}

/// The short name of the province that a code of six or nine digits lies in: 浙江, 内蒙古.
#[must_use]
pub fn province_short(code: &str) -> Option<&'static str> {
    province(code).map(short_name)
}

/// The full name of the city that a code of six or nine digits lies in.
///
/// In 北京, 天津, 上海, 重庆, 香港 and 澳门 that is the province itself, for a county directly under its
/// province the county. A code that names only a province has no city.
#[must_use]
pub fn city(code: &str) -> Option<&'static str> {
    let county = county_code(code)?;
    let province = number(county / 10_000)?;
    if PROVINCES_THAT_ARE_CITIES.contains(&province) {
        return province_of(county / 10_000);
    }
    named(CITIES, number(county / 100)?).or_else(|| named(COUNTIES_UNDER_PROVINCES, county))
}

/// The short name of the city that a code of six or nine digits lies in: 湖州, 延边.
#[must_use]
pub fn city_short(code: &str) -> Option<&'static str> {
    city(code).map(short_name)
}

/// A full name without 省, 市, 自治区 and their like, and without the peoples of autonomous areas:
/// 恩施土家族苗族自治州 becomes 恩施. A short name stays as it is.
#[must_use]
pub fn short_name(name: &str) -> &str {
    let Some((mut short, suffix)) = SUFFIXES
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix).map(|short| (short, *suffix)))
    else {
        return name;
    };
    while suffix.starts_with("自治") {
        let stripped = PEOPLES.iter().find_map(|people| short.strip_suffix(people));
        // 内蒙古自治区 would lose half of its name.
        match stripped.filter(|rest| rest.chars().count() > 1) {
            Some(rest) => short = rest,
            None => break,
        }
    }
    short
}

/// The place of a province in lists, by its code: 北京 11, 天津 12, …, 澳门 82. Full and short names
/// are understood; whatever is no province comes last.
#[must_use]
pub fn province_order(name: &str) -> u16 {
    PROVINCES
        .iter()
        .find(|(_, full)| *full == name || short_name(full) == name)
        .map_or(u16::MAX, |(code, _)| *code)
}

/// The region that an address begins with: province, province and city, or city alone, each with
/// or without its suffix.
///
/// It would rather know nothing than guess: 南京路1号 lies in no region, nor does 中山公园.
#[must_use]
pub fn from_address(address: &str) -> Option<Region> {
    let address = after_separators(address);
    let address = after_separators(address.strip_prefix("中国").unwrap_or(address));

    // A city with its suffix comes before a province without: 吉林市 is not 吉林 and 市.
    let cities = || city_entries(None);
    if let Some((code, name)) = cities().find(|(_, name)| after_full_name(address, name).is_some()) {
        return region(code, Some(name));
    }
    let in_province = PROVINCES.iter().find_map(|&(code, name)| {
        let rest = after_full_name(address, name).or_else(|| after_bare_province(address, name))?;
        Some((code, name, rest))
    });
    if let Some((code, name, rest)) = in_province {
        if PROVINCES_THAT_ARE_CITIES.contains(&code) {
            return region(code, Some(name));
        }
        let rest = after_separators(rest);
        let city = city_entries(Some(code))
            .find(|(_, city)| after_full_name(rest, city).is_some() || after_bare_name(rest, city).is_some());
        return region(code, city.map(|(_, city)| city));
    }
    CITIES
        .iter()
        .find(|(_, name)| !DOUBTFUL_ALONE.contains(&short_name(name)) && after_bare_name(address, name).is_some())
        .and_then(|&(code, name)| region(code / 100, Some(name)))
}

/// The cities, and the counties directly under provinces, of one province or of all, with the
/// province's code.
fn city_entries(province: Option<u16>) -> impl Iterator<Item = (u16, &'static str)> {
    let cities = CITIES.iter().map(|&(code, name)| (code / 100, name));
    let counties = COUNTIES_UNDER_PROVINCES
        .iter()
        .filter_map(|&(code, name)| Some((number(code / 10_000)?, name)));
    cities
        .chain(counties)
        .filter(move |(code, _)| province.is_none_or(|wanted| *code == wanted))
}

fn region(province: u16, city: Option<&'static str>) -> Option<Region> {
    let province = province_of(u32::from(province))?;
    Some(Region { province, city })
}

/// What follows a full name at the beginning of the text, or the customary 延边州 for 延边朝鲜族自治州.
fn after_full_name<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let rest = match text.strip_prefix(name) {
        Some(rest) => rest,
        None if name.ends_with("自治州") => text.strip_prefix(short_name(name))?.strip_prefix('州')?,
        None => return None,
    };
    // 东方市场 and 北京市场 are markets.
    (!(name.ends_with('市') && rest.starts_with('场'))).then_some(rest)
}

/// What follows a short name at the beginning of the text, if the name stands for the place.
fn after_bare_name<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(short_name(name))?;
    let county = starts_with_any(rest, COUNTIES_LIKE_STREETS);
    (county || !lies_elsewhere(rest)).then_some(rest)
}

/// Like [`after_bare_name`], and knows the loose forms 广西自治区 and 香港特区, and 河南县 in 青海.
fn after_bare_province<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let rest = after_bare_name(text, name)?;
    if starts_with_any(rest, &["县", "蒙古族"]) {
        return None;
    }
    let loose = ["自治区", "特区"];
    let stripped = loose.iter().find_map(|suffix| rest.strip_prefix(suffix));
    Some(stripped.unwrap_or(rest))
}

/// Whether what follows a place name makes it the name of a street or district: 路, 东路, 中山一路.
fn lies_elsewhere(rest: &str) -> bool {
    let after_direction = rest.trim_start_matches(|character| "东南西北中一二三四五六七八九十".contains(character));
    starts_with_any(rest, ELSEWHERE) || after_direction.starts_with('路')
}

fn starts_with_any(text: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| text.starts_with(beginning))
}

fn after_separators(text: &str) -> &str {
    text.trim_start_matches(|character: char| character.is_whitespace() || "·-—,，、/>".contains(character))
}

/// The first six digits of a code of six or nine digits.
fn county_code(code: &str) -> Option<u32> {
    let complete = matches!(code.len(), 6 | 9) && code.bytes().all(|byte| byte.is_ascii_digit());
    code.get(..6).filter(|_| complete)?.parse().ok()
}

fn province_of(code: u32) -> Option<&'static str> {
    named(PROVINCES, number(code)?)
}

fn named<Code: Ord + Copy>(table: &[(Code, &'static str)], code: Code) -> Option<&'static str> {
    let place = table.binary_search_by_key(&code, |(code, _)| *code).ok()?;
    table.get(place).map(|(_, name)| *name)
}

fn number(code: u32) -> Option<u16> {
    u16::try_from(code).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str) -> Option<(&'static str, Option<&'static str>)> {
        from_address(address).map(|region| (region.province, region.city))
    }

    #[test]
    fn tables_are_sorted_complete_and_agree() {
        assert_eq!(PROVINCES.len(), 34);
        assert_eq!(CITIES.len(), 333);
        assert!(PROVINCES.is_sorted_by(|one, next| one.0 < next.0));
        assert!(CITIES.is_sorted_by(|one, next| one.0 < next.0));
        assert!(COUNTIES_UNDER_PROVINCES.is_sorted_by(|one, next| one.0 < next.0));
        for (code, _) in CITIES {
            assert!(province_of(u32::from(code / 100)).is_some(), "{code}");
        }
        for (code, name) in COUNTIES_UNDER_PROVINCES {
            assert_eq!(code / 100 % 100, 90, "{name}");
            assert!(province_of(code / 10_000).is_some(), "{code}");
        }
    }

    #[test]
    fn codes_have_names() {
        assert_eq!(province("330522"), Some("浙江省"));
        assert_eq!(city("330522"), Some("湖州市"));
        assert_eq!(province_short("330522"), Some("浙江"));
        assert_eq!(city_short("330522"), Some("湖州"));
        // 无锡高新技术产业开发区, in the nine digits of the statistics bureau.
        assert_eq!(city("320214451"), Some("无锡市"));
        assert_eq!(city("222401"), Some("延边朝鲜族自治州"));
        assert_eq!(province_short("150100"), Some("内蒙古"));
        assert_eq!(province_short("810000"), Some("香港"));
    }

    #[test]
    fn a_municipality_is_its_own_city() {
        for code in ["500107", "500000", "500229", "500107400"] {
            assert_eq!(city(code), Some("重庆市"), "{code}");
        }
        assert_eq!(city("810000"), Some("香港特别行政区"));
        assert_eq!(city("710000"), None);
    }

    #[test]
    fn a_county_under_its_province_is_its_own_city() {
        assert_eq!(city("429004"), Some("仙桃市"));
        assert_eq!(city("419001001"), Some("济源市"));
        assert_eq!(city("429000"), None);
        assert_eq!(province("429000"), Some("湖北省"));
    }

    #[test]
    fn malformed_codes_have_no_names() {
        for code in [
            "",
            "33",
            "3305",
            "33052",
            "3305221",
            "33O522",
            "990000",
            "三三〇五二二",
            "+30522",
        ] {
            assert_eq!(province(code), None, "{code}");
            assert_eq!(city(code), None, "{code}");
        }
        assert_eq!(city("330000"), None);
        assert_eq!(city("339900"), None);
    }

    #[test]
    fn short_names_go_without_suffix_and_peoples() {
        for (full, short) in [
            ("新疆维吾尔自治区", "新疆"),
            ("内蒙古自治区", "内蒙古"),
            ("广西壮族自治区", "广西"),
            ("恩施土家族苗族自治州", "恩施"),
            ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
            ("巴音郭楞蒙古自治州", "巴音郭楞"),
            ("海西蒙古族藏族自治州", "海西"),
            ("大兴安岭地区", "大兴安岭"),
            ("锡林郭勒盟", "锡林郭勒"),
            ("神农架林区", "神农架"),
            ("琼中黎族苗族自治县", "琼中"),
            ("呼和浩特市", "呼和浩特"),
            ("无锡", "无锡"),
        ] {
            assert_eq!(short_name(full), short);
        }
        for (_, name) in PROVINCES {
            assert!((2..=3).contains(&short_name(name).chars().count()), "{name}");
        }
        for name in city_entries(None).map(|(_, name)| name) {
            let short = short_name(name);
            assert!((2..=5).contains(&short.chars().count()), "{name}");
            assert!(!short.contains('族') && !short.ends_with('市'), "{name}");
        }
    }

    #[test]
    fn provinces_are_ordered_by_code() {
        let mut names = vec!["某地", "澳门", "浙江", "北京市", "江苏省"];
        names.sort_by_key(|name| province_order(name));
        assert_eq!(names, ["北京市", "江苏省", "浙江", "澳门", "某地"]);
    }

    #[test]
    fn addresses_are_read_with_and_without_suffixes() {
        for (address, province, city) in [
            ("浙江省湖州市长兴县明珠路1278号", "浙江省", Some("湖州市")),
            ("浙江湖州长兴县", "浙江省", Some("湖州市")),
            ("浙江省长兴县", "浙江省", None),
            ("中国·江苏 无锡 新吴区", "江苏省", Some("无锡市")),
            ("无锡市新吴区", "江苏省", Some("无锡市")),
            ("无锡新吴区", "江苏省", Some("无锡市")),
            ("北京市海淀区", "北京市", Some("北京市")),
            ("北京朝阳区", "北京市", Some("北京市")),
            ("上海南京西路1号", "上海市", Some("上海市")),
            ("重庆高新区金凤镇", "重庆市", Some("重庆市")),
            ("重庆南岸区", "重庆市", Some("重庆市")),
            ("吉林省吉林市昌邑区", "吉林省", Some("吉林市")),
            ("吉林市昌邑区", "吉林省", Some("吉林市")),
            ("吉林长春", "吉林省", Some("长春市")),
            ("海南省海口市", "海南省", Some("海口市")),
            ("海南州共和县", "青海省", Some("海南藏族自治州")),
            ("青海海南州共和县", "青海省", Some("海南藏族自治州")),
            ("湖北恩施州恩施市", "湖北省", Some("恩施土家族苗族自治州")),
            ("湖北省仙桃市", "湖北省", Some("仙桃市")),
            ("湖北仙桃", "湖北省", Some("仙桃市")),
            ("仙桃市", "湖北省", Some("仙桃市")),
            ("广西壮族自治区南宁市", "广西壮族自治区", Some("南宁市")),
            ("广西自治区南宁", "广西壮族自治区", Some("南宁市")),
            ("内蒙古包头市", "内蒙古自治区", Some("包头市")),
            ("辽宁朝阳双塔区", "辽宁省", Some("朝阳市")),
            ("广东中山火炬开发区", "广东省", Some("中山市")),
            ("江苏镇江", "江苏省", Some("镇江市")),
            ("哈尔滨道里区", "黑龙江省", Some("哈尔滨市")),
            ("河北唐山路北区", "河北省", Some("唐山市")),
            ("台州路桥区", "浙江省", Some("台州市")),
            ("长沙县星沙街道", "湖南省", Some("长沙市")),
            ("台湾省台北市", "台湾省", None),
            ("香港九龙", "香港特别行政区", Some("香港特别行政区")),
        ] {
            assert_eq!(read(address), Some((province, city)), "{address}");
        }
    }

    #[test]
    fn every_city_is_recognised_in_every_form() {
        for (code, name) in city_entries(None) {
            let full = province_of(u32::from(code)).expect("a province");
            let expected = Some((full, Some(name)));
            let (province, city) = (short_name(full), short_name(name));
            for address in [
                name.to_owned(),
                format!("{name}某某区1号"),
                format!("{full}{name}某某区1号"),
                format!("{province}{name}"),
                format!("{province} {city} 某某区1号"),
                format!("{full}{city}"),
            ] {
                assert_eq!(read(&address), expected, "{address}");
            }
            // The two whose short names are those of provinces are read as the provinces.
            let alone = read(city);
            assert!(
                alone.is_none() || alone == expected || city == "吉林" || city == "海南",
                "{city} is read as {alone:?}"
            );
        }
    }

    #[test]
    fn what_only_looks_like_a_place_is_none() {
        for address in [
            "",
            "  ",
            "中国",
            "高新区创业路1号",
            "长兴县明珠路",
            "南京路1号",
            "北京东路2号",
            "四川北路",
            "中山公园",
            "中山一路",
            "朝阳区建国路",
            "海南区",
            "大同区",
            "河北区",
            "鞍山道",
            "阿里巴巴西溪园区",
            "东方市场",
            "河南蒙古族自治县",
            "甘南县",
            "Wuxi",
        ] {
            assert_eq!(read(address), None, "{address}");
        }
    }
}
