//! The colours of the theme: which are used together, and whether they can be told apart (WCAG 2.2, 1.4.3 and
//! 1.4.11). The theme says which in `theme.yaml`; its values are those of its style sheets.

mod tokens;

use csscolorparser::Color;

use crate::diagnostic::{Diagnostic, rule};
use crate::read::Library;
use crate::read::theme::palette::{Mode, Pair};
use crate::source::Span;
use tokens::{Token, Tokens};

pub(super) fn check(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let palette = &library.theme.palette;
    if palette.pairs.is_empty() {
        return;
    }
    let tokens = Tokens::read(&library.sources, &palette.styles);
    // A mode that changes neither colour of a pair says nothing new of it.
    let mut seen: Vec<(Span, Span)> = Vec::new();
    for mode in &palette.modes {
        for pair in &palette.pairs {
            let colours = (
                tokens.find(&pair.ink, &mode.selectors),
                tokens.find(&pair.ground, &mode.selectors),
            );
            let (ink, ground) = match colours {
                (Some(ink), Some(ground)) => (ink, ground),
                (ink, _) => {
                    let name = if ink.is_none() { &pair.ink } else { &pair.ground };
                    diagnostics.push(unknown(library, name));
                    return;
                }
            };
            if !seen.contains(&(ink.span, ground.span)) {
                seen.push((ink.span, ground.span));
                diagnostics.extend(problem((pair, mode), &ink, &ground));
            }
        }
    }
}

fn unknown(library: &Library, name: &str) -> Diagnostic {
    let message = format!("theme.yaml 的 contrast 里写的颜色 --{name}，样式里没有");
    let mut diagnostic =
        Diagnostic::without_place(rule::CONTRAST, message).help("在样式里写上这个颜色，或者改正 theme.yaml 里的名字");
    diagnostic.span = library.theme.palette.file.map(Span::file_start);
    diagnostic
}

fn problem((pair, mode): (&Pair, &Mode), ink: &Token, ground: &Token) -> Option<Diagnostic> {
    let colours = [ink, ground].map(|token| csscolorparser::parse(&token.value).ok());
    let [Some(ink_colour), Some(ground_colour)] = colours else {
        let token = if colours[0].is_none() { ink } else { ground };
        let message = format!(
            "颜色“{}”看不懂，没有算它的对比度",
            crate::diagnostic::quotable(&token.value)
        );
        return Some(
            Diagnostic::new(rule::CONTRAST, token.span, message).help("写成 #b0161d 或 rgb(176 22 29) 这样的颜色"),
        );
    };
    let ratio = contrast(&ink_colour, &ground_colour);
    if ratio >= pair.least {
        return None;
    }
    let message = format!(
        "{}：{}（{}）在 {} 上的对比度只有 {}，要 {}",
        mode.name,
        pair.ink,
        pair.used_for,
        pair.ground,
        // Cut off and not rounded: 4.499 is not 4.50.
        (ratio * 100.0).floor() / 100.0,
        pair.least
    );
    Some(
        Diagnostic::new(rule::CONTRAST, ink.span, message)
            .related(ground.span, "底色在这里")
            .help("加深或调浅其中一个，直到够数；只做装饰的，从 theme.yaml 的 contrast 里删去"),
    )
}

/// The contrast of a colour on a ground, 1 to 21. What shines through is the ground.
fn contrast(ink: &Color, ground: &Color) -> f64 {
    let over = |above: &Color, below: &Color| {
        let mixed = |above_part: f32, below_part: f32| above_part * above.a + below_part * (1.0 - above.a);
        Color::new(
            mixed(above.r, below.r),
            mixed(above.g, below.g),
            mixed(above.b, below.b),
            1.0,
        )
    };
    let ground = over(ground, &Color::new(1.0, 1.0, 1.0, 1.0));
    let (a, b) = (luminance(&over(ink, &ground)), luminance(&ground));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The relative luminance of an opaque colour, as WCAG 2.2 defines it.
fn luminance(colour: &Color) -> f64 {
    let linear = |part: f32| {
        let part = f64::from(part);
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::Site;

    fn ratio(ink: &str, ground: &str) -> f64 {
        let parsed = |text: &str| csscolorparser::parse(text).unwrap();
        contrast(&parsed(ink), &parsed(ground))
    }

    /// Published values: those of WCAG's own examples and of its commentaries.
    #[test]
    fn published_ratios() {
        for (ink, ground, published) in [
            ("#000", "#fff", 21.0),
            ("#fff", "#fff", 1.0),
            ("#767676", "#fff", 4.54),
            ("#777", "#fff", 4.47),
            ("#999", "#fff", 2.84),
            ("#C8161D", "#fff", 5.85),
            ("#DE2910", "#fff", 4.74),
            ("#FFD700", "#C8161D", 4.17),
            ("#FFD700", "#A61B1B", 5.36),
            ("#FFD700", "#fff", 1.40),
            ("#0000ff", "#fff", 8.59),
            ("#ff0000", "#fff", 3.99),
        ] {
            let computed = ratio(ink, ground);
            assert!((computed - published).abs() < 0.011, "{ink} on {ground}: {computed}");
            assert!((computed - ratio(ground, ink)).abs() < 1e-9, "both ways round");
        }
    }

    #[test]
    fn what_is_transparent_shows_its_ground() {
        assert!((ratio("rgb(0 0 0 / 0)", "#888") - 1.0).abs() < 1e-6);
        let half = ratio("rgb(0 0 0 / 50%)", "#fff");
        assert!((half - ratio("#808080", "#fff")).abs() < 0.05, "{half}");
    }

    /// The theme in the program, with one of its lines changed by the site.
    fn with_style(change: (&str, &str)) -> Site {
        let style = include_str!("../../themes/hong/assets/hong.css").replace(change.0, change.1);
        Site::with_theme(&[("site.yaml", "title: 甲\n")], &[("hong/assets/hong.css", &style)])
    }

    #[test]
    fn the_theme_in_the_program_is_sound_in_all_modes() {
        let site = Site::new(&[("site.yaml", "title: 甲\n")]);
        assert!(site.found("theme/contrast").is_empty());
        let palette = &site.library().theme.palette;
        assert!(
            palette.pairs.len() >= 10 && palette.modes.len() >= 4,
            "there is something to check"
        );
    }

    #[test]
    fn a_colour_that_the_site_changed_is_measured() {
        let found = with_style(("--ink-2: #5d554a;", "--ink-2: #999;")).found("theme/contrast");
        assert_eq!(found[0].words, "#999");
        assert_eq!(
            found[0].message,
            "平时：ink-2（次要的文字）在 paper 上的对比度只有 2.68，要 4.5"
        );
        let modes = |found: &[crate::check::tests::Found]| -> Vec<String> {
            found
                .iter()
                .map(|one| one.message.chars().take_while(|c| *c != '：').collect())
                .collect()
        };
        assert!(
            modes(&found).iter().all(|mode| mode == "平时"),
            "the other modes have their own"
        );
        let mourning = with_style(("--ink-2: #555;", "--ink-2: #888;")).found("theme/contrast");
        assert!(!mourning.is_empty() && modes(&mourning).iter().all(|mode| mode == "哀悼"));
    }

    #[test]
    fn colours_that_are_missing_or_no_colours() {
        let found = with_style(("--deep-ink: #f6f1e7;", "")).found("theme/contrast");
        assert_eq!(
            found[0].message,
            "theme.yaml 的 contrast 里写的颜色 --deep-ink，样式里没有"
        );
        let found = with_style(("--ink: #1f1b16;", "--ink: nachtblau;")).found("theme/contrast");
        assert_eq!(
            (found[0].words.as_str(), found[0].message.as_str()),
            ("nachtblau", "颜色“nachtblau”看不懂，没有算它的对比度")
        );
    }
}
