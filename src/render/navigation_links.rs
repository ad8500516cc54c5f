//! Links that open a place in the map services that people in China use.
//!
//! Each service wants the coordinates in its own order and its own system, and some demand
//! parameters that others don't know. The coordinates are converted here and the system is said in
//! the link wherever a service has a parameter for it, so that nothing rests on a default.

use crate::coordinates::{CoordinateSystem, Position, convert};

/// Services cut or refuse longer titles.
const TITLE_CHARACTERS: usize = 20;
/// A tenth of a metre, and the most that Baidu accepts.
const COORDINATE_DECIMALS: usize = 6;
/// Stands for the site where it has given itself no name, because services demand one.
const FALLBACK_APPLICATION: &str = "hongtu";

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

/// The links for a place, Tencent's first: it is the one that `WeChat` opens best.
///
/// `application` is the name under which the site presents itself to the services, best in a few
/// Latin letters. `geo:` comes last, because `WeChat` and desktop browsers do not follow it.
#[must_use]
pub fn navigation_links(place: &Place, application: &str) -> Vec<NavigationLink> {
    let title = encode(&shortened(place.name.trim()));
    let address = match place.address.trim() {
        "" => title.clone(),
        address => encode(address),
    };
    let application = match application.trim() {
        "" => FALLBACK_APPLICATION.to_owned(),
        application => encode(application),
    };

    let wgs84 = place.position;
    let gcj02 = convert(wgs84, CoordinateSystem::Wgs84, CoordinateSystem::Gcj02);
    let bd09 = convert(wgs84, CoordinateSystem::Wgs84, CoordinateSystem::Bd09);

    let link = |service, id, href| NavigationLink { service, id, href };
    vec![
        link(
            "腾讯地图",
            "tencent",
            format!(
                "https://apis.map.qq.com/uri/v1/marker?marker=coord:{};title:{title};addr:{address}&coord_type=2&referer={application}",
                latitude_first(gcj02)
            ),
        ),
        link(
            "高德地图",
            "amap",
            format!(
                "https://uri.amap.com/marker?position={}&name={title}&src={application}&coordinate=gaode&callnative=1",
                longitude_first(gcj02)
            ),
        ),
        link(
            "百度地图",
            "baidu",
            format!(
                "https://api.map.baidu.com/marker?location={}&title={title}&content={address}&output=html&coord_type=bd09ll&src=webapp.{application}.hongtu",
                latitude_first(bd09)
            ),
        ),
        link(
            "花瓣地图",
            "petal",
            format!(
                "https://www.petalmaps.com/place/?z=16&marker={}&utm_source={application}",
                latitude_first(gcj02)
            ),
        ),
        link(
            "苹果地图",
            "apple",
            format!("https://maps.apple.com/?ll={}&q={title}", latitude_first(gcj02)),
        ),
        link(
            "其他地图应用",
            "geo",
            // Fifty metres of uncertainty: a position that somebody typed is no survey.
            format!("geo:{};u=50", latitude_first(wgs84)),
        ),
    ]
}

fn longitude_first(position: Position) -> String {
    let (longitude, latitude) = (degrees(position.longitude), degrees(position.latitude));
    format!("{longitude},{latitude}")
}

fn latitude_first(position: Position) -> String {
    let (longitude, latitude) = (degrees(position.longitude), degrees(position.latitude));
    format!("{latitude},{longitude}")
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
