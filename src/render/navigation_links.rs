//! Links that open a place in the map services that people in China use.
//!
//! One table of templates is the source of all of them: it fills the links of a page here, and is
//! handed to the map's script, which fills the same templates in the same way. Each service wants
//! the coordinates in its own order and its own system, and some demand parameters that others
//! don't know. The system is said in the link wherever a service has a parameter for it, so that
//! nothing rests on a default.
//!
//! | placeholder | stands for |
//! |---|---|
//! | `{wgs84_lng}` `{wgs84_lat}` | degrees in WGS-84, at most six decimals |
//! | `{gcj02_lng}` `{gcj02_lat}` | degrees in GCJ-02; in Taiwan the same as WGS-84, see [`Pairs`] |
//! | `{bd09_lng}` `{bd09_lat}` | degrees in BD-09, likewise |
//! | `{title}` | the name, cut to twenty characters, percent-encoded |
//! | `{address}` | the address, percent-encoded; the title where there is none |

use crate::coordinates::{CoordinateSystem, Position, convert};

/// Services cut or refuse longer titles.
const TITLE_CHARACTERS: usize = 20;
/// A tenth of a metre, and the most that Baidu accepts.
const COORDINATE_DECIMALS: usize = 6;
/// Stands for the site where it has given itself no name, because services demand one.
const FALLBACK_APPLICATION: &str = "hongtu";

/// The services: Tencent's first, which `WeChat` opens best; `geo:` last, because `WeChat` and
/// desktop browsers do not follow it. The forms are those that the services publish for links from other sites.
const SERVICES: &[(&str, &str, &str)] = &[
    (
        "tencent",
        "腾讯地图",
        "https://apis.map.qq.com/uri/v1/marker?marker=coord:{gcj02_lat},{gcj02_lng};title:{title};addr:{address}&coord_type=2&referer={application}",
    ),
    (
        "amap",
        "高德地图",
        "https://uri.amap.com/marker?position={gcj02_lng},{gcj02_lat}&name={title}&src={application}&coordinate=gaode&callnative=1",
    ),
    (
        "baidu",
        "百度地图",
        "https://api.map.baidu.com/marker?location={bd09_lat},{bd09_lng}&title={title}&content={address}&output=html&coord_type=bd09ll&src=webapp.{application}.hongtu",
    ),
    (
        "petal",
        "花瓣地图",
        "https://www.petalmaps.com/place/?z=16&marker={gcj02_lat},{gcj02_lng}&utm_source={application}",
    ),
    (
        "apple",
        "苹果地图",
        "https://maps.apple.com/?ll={gcj02_lat},{gcj02_lng}&q={title}",
    ),
    // Fifty metres of uncertainty: a position that somebody typed is no survey.
    ("geo", "其他地图应用", "geo:{wgs84_lat},{wgs84_lng};u=50"),
];

/// Rectangles around the island of Taiwan and around Penghu, in degrees: west, south, east, north.
/// They are rectangles and not outlines, because an outline would be map data; the mainland's coast
/// lies outside of both. Kinmen and Matsu lie between points of Fujian and are treated like those.
const TAIWAN: &[(f64, f64, f64, f64)] = &[(119.95, 21.8, 122.1, 25.4), (119.2, 21.8, 119.95, 24.9)];

/// A place to be shown by a navigation service.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<'a> {
    /// What the marker is called; links carry at most its first twenty characters.
    pub name: &'a str,
    /// The postal address; where it is empty the name stands in for it.
    pub address: &'a str,
    /// Where it is, in WGS-84.
    pub position: Position,
}

/// One link to one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavigationLink {
    /// The service's name as readers know it.
    pub service: &'static str,
    /// A stable name for style sheets and scripts.
    pub id: &'static str,
    /// The address, percent-encoded but not yet escaped for HTML.
    pub href: String,
}

/// The link of one service with placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavigationTemplate {
    /// A stable name for style sheets and scripts.
    pub id: &'static str,
    /// The service's name as readers know it.
    pub service: &'static str,
    /// The address with the placeholders of the table above.
    pub template: String,
}

/// A position in the three systems that the templates ask for.
///
/// The services' maps of Taiwan are not shifted: Petal's own documentation says that it uses
/// WGS-84 there and GCJ-02 in the mainland, Hong Kong and Macau. So there the pair for GCJ-02 is that
/// of WGS-84, and that for BD-09 is bent from it. Whoever fills templates from these pairs, here or
/// in the map's script, need not know where a place is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pairs {
    /// In WGS-84.
    pub wgs84: Position,
    /// In the system of Tencent, Amap, Petal and Apple.
    pub gcj02: Position,
    /// In Baidu's system.
    pub bd09: Position,
}

impl Pairs {
    /// The pairs of a position in WGS-84.
    #[must_use]
    pub fn of(wgs84: Position) -> Self {
        let is_in_taiwan = TAIWAN.iter().any(|(west, south, east, north)| {
            (*west..=*east).contains(&wgs84.longitude) && (*south..=*north).contains(&wgs84.latitude)
        });
        let gcj02 = if is_in_taiwan {
            wgs84
        } else {
            convert(wgs84, CoordinateSystem::Wgs84, CoordinateSystem::Gcj02)
        };
        let bd09 = convert(gcj02, CoordinateSystem::Gcj02, CoordinateSystem::Bd09);
        Self { wgs84, gcj02, bd09 }
    }
}

/// The templates of all services, in the order in which they are offered.
///
/// `application` is the name under which the site presents itself to the services, best in a few
/// Latin letters; it is filled in already.
#[must_use]
pub fn navigation_templates(application: &str) -> Vec<NavigationTemplate> {
    let application = match application.trim() {
        "" => FALLBACK_APPLICATION.to_owned(),
        application => encode(application),
    };
    let templates = SERVICES.iter().map(|(id, service, template)| NavigationTemplate {
        id,
        service,
        template: template.replace("{application}", &application),
    });
    templates.collect()
}

/// The links for a place, in the order in which they are offered.
#[must_use]
pub fn navigation_links(place: &Place, application: &str) -> Vec<NavigationLink> {
    let values = values(place);
    let links = navigation_templates(application)
        .into_iter()
        .map(|template| NavigationLink {
            service: template.service,
            id: template.id,
            href: filled(&template.template, &values),
        });
    links.collect()
}

/// What the placeholders stand for at a place.
fn values(place: &Place) -> [(&'static str, String); 8] {
    let pairs = Pairs::of(place.position);
    let title = encode(&shortened(place.name.trim()));
    let address = match place.address.trim() {
        "" => title.clone(),
        address => encode(address),
    };
    [
        ("wgs84_lng", degrees(pairs.wgs84.longitude)),
        ("wgs84_lat", degrees(pairs.wgs84.latitude)),
        ("gcj02_lng", degrees(pairs.gcj02.longitude)),
        ("gcj02_lat", degrees(pairs.gcj02.latitude)),
        ("bd09_lng", degrees(pairs.bd09.longitude)),
        ("bd09_lat", degrees(pairs.bd09.latitude)),
        ("title", title),
        ("address", address),
    ]
}

/// A template with its placeholders replaced, each once: a value is never looked at again, and
/// holds no braces anyway, since it is encoded.
fn filled(template: &str, values: &[(&'static str, String)]) -> String {
    let mut parts = template.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        filled.push_str(rest);
    }
    filled
}

/// A number with at most six decimals and no trailing zeros.
fn degrees(value: f64) -> String {
    let fixed = format!("{value:.COORDINATE_DECIMALS$}");
    let short = fixed.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" {
        return "0".to_owned();
    }
    short.to_owned()
}

/// The text cut to what services accept, with an ellipsis as the last character where it was cut.
fn shortened(text: &str) -> String {
    if text.chars().count() <= TITLE_CHARACTERS {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(TITLE_CHARACTERS - 1).collect();
    short.push('…');
    short
}

/// Percent-encodes everything but the unreserved characters of RFC 3986. The separators of
/// Tencent's marker (`:` and `;`) are encoded too, so a value can never end its own field.
fn encode(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(DIGITS[usize::from(byte >> 4)]));
            encoded.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIANANMEN: Position = Position::new(116.3975, 39.9087);

    fn href(place: &Place, id: &str) -> String {
        navigation_links(place, "hongqu")
            .into_iter()
            .find(|link| link.id == id)
            .map(|link| link.href)
            .expect("the service has a link")
    }

    #[test]
    fn each_service_gets_its_own_order_and_system() {
        let place = Place {
            name: "天安门",
            address: "北京市",
            position: TIANANMEN,
        };
        let links = navigation_links(&place, "hongqu");
        let expected = [
            (
                "腾讯地图",
                "tencent",
                "https://apis.map.qq.com/uri/v1/marker?marker=coord:39.910103,116.403744;title:%E5%A4%A9%E5%AE%89%E9%97%A8;addr:%E5%8C%97%E4%BA%AC%E5%B8%82&coord_type=2&referer=hongqu",
            ),
            (
                "高德地图",
                "amap",
                "https://uri.amap.com/marker?position=116.403744,39.910103&name=%E5%A4%A9%E5%AE%89%E9%97%A8&src=hongqu&coordinate=gaode&callnative=1",
            ),
            (
                "百度地图",
                "baidu",
                "https://api.map.baidu.com/marker?location=39.916443,116.410117&title=%E5%A4%A9%E5%AE%89%E9%97%A8&content=%E5%8C%97%E4%BA%AC%E5%B8%82&output=html&coord_type=bd09ll&src=webapp.hongqu.hongtu",
            ),
            (
                "花瓣地图",
                "petal",
                "https://www.petalmaps.com/place/?z=16&marker=39.910103,116.403744&utm_source=hongqu",
            ),
            (
                "苹果地图",
                "apple",
                "https://maps.apple.com/?ll=39.910103,116.403744&q=%E5%A4%A9%E5%AE%89%E9%97%A8",
            ),
            ("其他地图应用", "geo", "geo:39.9087,116.3975;u=50"),
        ];
        assert_eq!(links.len(), expected.len());
        for (link, (service, id, href)) in links.iter().zip(expected) {
            assert_eq!((link.service, link.id, link.href.as_str()), (service, id, href));
        }
    }

    #[test]
    fn templates_hold_known_placeholders_only_and_fill_completely() {
        let place = Place {
            name: "天安门",
            address: "北京市",
            position: TIANANMEN,
        };
        let values = values(&place);
        for template in navigation_templates("hongqu") {
            let names = template.template.split('{').skip(1).map(|part| part.split('}').next());
            for name in names {
                assert!(values.iter().any(|(known, _)| name == Some(*known)), "{name:?}");
            }
            assert!(!template.template.contains("{application}"), "{}", template.id);
            assert!(!href(&place, template.id).contains(['{', '}']), "{}", template.id);
        }
    }

    #[test]
    fn a_value_is_not_taken_for_a_placeholder() {
        let place = Place {
            name: "{address}",
            address: "{title}",
            position: TIANANMEN,
        };
        assert!(href(&place, "tencent").contains(";title:%7Baddress%7D;addr:%7Btitle%7D&"));
    }

    #[test]
    fn nothing_is_shifted_in_taiwan() {
        let taipei = Position::new(121.5645, 25.0340);
        let penghu = Position::new(119.5660, 23.5690);
        for position in [taipei, penghu] {
            assert_eq!(Pairs::of(position).gcj02, position);
        }
        let place = Place {
            name: "甲",
            address: "乙",
            position: taipei,
        };
        assert!(href(&place, "petal").contains("&marker=25.034,121.5645&"));
        // 平潭, 莆田, 厦门, 香港, 澳门 are shifted.
        for (longitude, latitude) in [
            (119.79, 25.50),
            (119.02, 25.44),
            (118.10, 24.46),
            (114.17, 22.28),
            (113.54, 22.19),
        ] {
            let position = Position::new(longitude, latitude);
            assert_ne!(Pairs::of(position).gcj02, position, "{position:?}");
        }
    }

    #[test]
    fn values_cannot_break_out_of_their_field() {
        let place = Place {
            name: "A;B:C&D=#1 100%",
            address: "路/1号,\"二\"",
            position: TIANANMEN,
        };
        assert_eq!(
            href(&place, "tencent"),
            "https://apis.map.qq.com/uri/v1/marker?marker=coord:39.910103,116.403744;title:A%3BB%3AC%26D%3D%231%20100%25;addr:%E8%B7%AF%2F1%E5%8F%B7%2C%22%E4%BA%8C%22&coord_type=2&referer=hongqu"
        );
    }

    #[test]
    fn mandatory_values_are_never_empty() {
        let place = Place {
            name: "红井",
            address: " ",
            position: TIANANMEN,
        };
        let links = navigation_links(&place, "");
        assert!(links[0].href.contains(";addr:%E7%BA%A2%E4%BA%95&"));
        assert!(links[0].href.ends_with("&referer=hongtu"));
        assert!(links[2].href.contains("&content=%E7%BA%A2%E4%BA%95&"));
    }

    #[test]
    fn long_names_are_cut_to_twenty_characters() {
        let twenty = "一二三四五六七八九十一二三四五六七八九十";
        assert_eq!(shortened(twenty), twenty);
        assert_eq!(
            shortened(&format!("{twenty}一")),
            "一二三四五六七八九十一二三四五六七八九…"
        );
    }

    #[test]
    fn coordinates_have_at_most_six_decimals() {
        assert_eq!(degrees(120.123_456_789), "120.123457");
        assert_eq!(degrees(120.5), "120.5");
        assert_eq!(degrees(120.0), "120");
        assert_eq!(degrees(-0.000_000_01), "0");
    }
}
