//! What people begin with: a small portal that is complete, and new entries.
//!
//! All texts are embedded in the program. The guides for writers are those of the demonstration portal, so
//! that there is one truth; what they say of its entries is said of the samples instead.

pub mod editor;
pub mod entry;
pub mod language;

use std::collections::BTreeMap;

/// The folder of the texts; whoever has one already gets no samples.
pub const CONTENT: &str = "content/";

/// The files of a new portal: their text by their path.
pub fn portal() -> BTreeMap<String, String> {
    let written = FILES
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let guides = GUIDES.iter().map(|guide| (guide.path(), guide.text()));
    written.chain(guides).chain(editor::files()).collect()
}

macro_rules! files {
    ($($path:literal = $file:literal;)*) => {
        &[$(($path, include_str!(concat!("starter/", $file)))),*]
    };
}

/// Files of the starter: where each goes, and where it lies below `src/starter/`.
static FILES: &[(&str, &str)] = files! {
    "README.md" = "README.md";
    ".gitignore" = "gitignore";
    "ci/hongtu.sh" = "ci/hongtu.sh";
    ".github/workflows/hongtu.yml" = "ci/github.yml";
    ".gitlab-ci.yml" = "ci/gitlab.yml";
    ".workflow/hongtu.yml" = "ci/gitee.yml";
    "content/site.yaml" = "content/site.yaml";
    "content/terms.yaml" = "content/terms.yaml";
    "content/parks/sample-park.md" = "content/parks/sample-park.md";
    "content/points/service-center.md" = "content/points/service-center.md";
    "content/points/night-classroom.md" = "content/points/night-classroom.md";
    "content/routes/half-day.md" = "content/routes/half-day.md";
    "content/cases/shared-canteen.md" = "content/cases/shared-canteen.md";
    "content/alliances/sample-alliance.md" = "content/alliances/sample-alliance.md";
    "content/bulletins/sample-alliance-01.md" = "content/bulletins/sample-alliance-01.md";
    "content/roundtables/short-meetings.md" = "content/roundtables/short-meetings.md";
    "content/pages/about.md" = "content/pages/about.md";
    "content/assets/plans/sample-park.svg" = "content/assets/plans/sample-park.svg";
};

/// A page of the demonstration portal that every portal can use.
struct Guide {
    name: &'static str,
    text: &'static str,
    /// Words of the demonstration portal and what stands here instead.
    adapted: &'static [(&'static str, &'static str)],
}

static GUIDES: &[Guide] = &[
    Guide {
        name: "writing-guide.md",
        text: include_str!("../content/pages/writing-guide.md"),
        adapted: &[
            (
                "[长三角国家高新区党建联盟](../alliances/yrd-htz.md)可以照着抄。",
                "[示例产业链党建联盟](../alliances/sample-alliance.md)可以照着抄。",
            ),
            ("园区: wuxi-htz\n", "园区: sample-park\n"),
            (
                "经过见[第1期简报](../bulletins/yrd-htz-01.md)，\n园区情况见[无锡高新区](../parks/wuxi-htz.md)。",
                "经过见[第1期简报](../bulletins/sample-alliance-01.md)，\n园区情况见[示例产业园](../parks/sample-park.md)。",
            ),
        ],
    },
    Guide {
        name: "writing-guide-map.md",
        text: include_str!("../content/pages/writing-guide-map.md"),
        adapted: &[
            (
                "[苏州创业园](../parks/suzhou-cyy.md)有一张",
                "[示例产业园](../parks/sample-park.md)有一张",
            ),
            (
                "[无锡高新区](../parks/wuxi-htz.md)的底图是编出来演示的，号也是编的；写了“演示说明”的网站才允许这样。\n",
                "编出来的审图号，只有写了“演示说明”的网站才允许用。\n",
            ),
        ],
    },
    Guide {
        name: "check-up-guide.md",
        text: include_str!("../content/pages/check-up-guide.md"),
        adapted: &[],
    },
    Guide {
        name: "privacy.md",
        text: include_str!("../content/pages/privacy.md"),
        adapted: &[],
    },
    Guide {
        name: "accessibility.md",
        text: include_str!("../content/pages/accessibility.md"),
        adapted: &[],
    },
];

impl Guide {
    fn path(&self) -> String {
        format!("{CONTENT}pages/{}", self.name)
    }

    fn text(&self) -> String {
        let adapted = self.adapted.iter();
        adapted.fold(self.text.to_owned(), |text, (from, to)| text.replace(from, to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use crate::schema::keys_of;

    #[test]
    fn what_is_adapted_is_still_said_in_the_guides() {
        for guide in GUIDES {
            for (from, _) in guide.adapted {
                assert_eq!(guide.text.matches(from).count(), 1, "{}: {from}", guide.name);
            }
        }
    }

    #[test]
    fn every_setting_is_explained_in_the_site_file() {
        let portal = portal();
        let site = &portal["content/site.yaml"];
        let is_named = |name: &str| {
            let key = format!("{name}:");
            let mut places = site.match_indices(&key);
            places.any(|(at, _)| at == 0 || site[..at].ends_with([' ', '{', '\n']))
        };
        for key in &config::KEYS {
            assert!(is_named(key.chinese), "{}", key.chinese);
            for below in keys_of(&key.shape) {
                assert!(is_named(below.chinese), "{} of {}", below.chinese, key.chinese);
                for below_that in keys_of(&below.shape) {
                    assert!(
                        is_named(below_that.chinese),
                        "{} of {}",
                        below_that.chinese,
                        below.chinese
                    );
                }
            }
        }
    }

    #[test]
    fn samples_are_of_every_kind() {
        let portal = portal();
        for kind in crate::kind::Kind::ALL {
            let folder = format!("{CONTENT}{}/", kind.default_folder());
            assert!(portal.keys().any(|path| path.starts_with(&folder)), "{folder}");
        }
    }
}
