//! How much of the damage to entries the check-up finds, and how often it is wrong: recall and precision by rule.
//!
//! ```text
//! cargo bench --bench damage [-- pages of each kind] [folder to leave the entries in]
//! ```
//!
//! Pages are made of paragraphs of the demonstration portal. Into each goes one piece of damage of one kind, at
//! a place that the seed decides; as many pages as there are kinds stay as they are. A page counts as found if
//! its rule is reported on it. A report counts as right if its page has damage that the rule is for, or damage
//! of which it is an honest consequence.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_push_string,
    clippy::assigning_clones,
    reason = "a program that measures stops when it cannot go on, and its texts may be made the short way"
)]
#![allow(clippy::print_stdout, reason = "printing the table is what this program is for")]

mod entries;
mod kinds;
mod persons;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use hongtu::check::{self, settings::Settings};
use hongtu::read::{self, Drafts, Options};
use hongtu::schema::date::Date;
use kinds::{Dice, Kind, Page};

fn main() {
    let pages: usize = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(40);
    let paragraphs = paragraphs();
    let temporary = tempfile::tempdir().unwrap();
    let folder = std::env::args()
        .skip(1)
        .find(|word| word.contains('/'))
        .map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let content = folder.join("content");
    let kinds: Vec<Kind> = kinds::KINDS.iter().chain(entries::KINDS).copied().collect();
    for column in ["pages", "points", "parks", "assets"] {
        std::fs::create_dir_all(content.join(column)).unwrap();
    }
    std::fs::write(content.join("site.yaml"), "title: 量一量\n").unwrap();
    for (path, text) in entries::surroundings() {
        std::fs::write(content.join(path), text).unwrap();
    }
    let mut dice = Dice::new(20_261_122);
    for (number, kind) in kinds.iter().enumerate() {
        for page in 0..pages {
            let folder = content.join(kind.folder);
            let mut damaged = sound_page(&paragraphs, &mut dice, kind.folder);
            (kind.plant)(&mut damaged, &mut dice);
            std::fs::write(folder.join(format!("{number:02}-{page:03}.md")), damaged.text()).unwrap();
            let sound = sound_page(&paragraphs, &mut dice, kind.folder);
            std::fs::write(folder.join(format!("clean-{number:02}-{page:03}.md")), sound.text()).unwrap();
        }
    }
    let options = Options {
        content,
        themes: folder.join("themes"),
        cache: None,
        drafts: Drafts::Hidden,
        as_of: Date {
            year: 2026,
            month: 11,
            day: 22,
            time: None,
        },
        base_url: None,
    };
    // Before breaches of one cause are joined into one report.
    let (library, mut found) = read::read(&options).unwrap();
    found.extend(check::run(&library));
    let found = Settings::new(&library.config, &library.sources).judge(found);
    // By rule: pages reported on that have its damage, and reports on others.
    let mut reports: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for diagnostic in &found {
        let Some(source) = diagnostic.span.and_then(|span| library.sources.get(span.file)) else {
            continue;
        };
        let name = source.path.rsplit('/').next().unwrap().to_owned();
        *reports.entry(diagnostic.rule.id).or_default().entry(name).or_default() += 1;
    }
    print_table(&kinds, &reports, pages);
}

fn print_table(kinds: &[Kind], reports: &BTreeMap<&str, BTreeMap<String, usize>>, pages: usize) {
    println!("| 损坏 | 规则 | 种下 | 找到 | 查全 | 报告 | 误报 | 查准 |");
    println!("|---|---|--:|--:|--:|--:|--:|--:|");
    let none = BTreeMap::new();
    let kind_of = |page: &str| page.split('-').next().and_then(|number| number.parse::<usize>().ok());
    for (number, kind) in kinds.iter().enumerate() {
        let of_rule = reports.get(kind.rule).unwrap_or(&none);
        let found = of_rule.keys().filter(|page| kind_of(page) == Some(number)).count();
        let is_right = |page: &str| {
            kind_of(page).is_some_and(|at| {
                let planted: &Kind = &kinds[at];
                planted.rule == kind.rule || planted.also.contains(&kind.rule)
            })
        };
        let all: usize = of_rule.values().sum();
        let wrong: usize = of_rule
            .iter()
            .filter(|(page, _)| !is_right(page))
            .map(|(_, count)| count)
            .sum();
        let share = |part: usize, whole: usize| match whole {
            0 => "—".to_owned(),
            whole => format!("{}.{} %", part * 100 / whole, part * 1000 / whole % 10),
        };
        println!(
            "| {} | {} | {pages} | {found} | {} | {all} | {wrong} | {} |",
            kind.name,
            kind.rule,
            share(found, pages),
            share(all - wrong, all)
        );
    }
    let mut wrong = String::new();
    for (number, kind) in kinds.iter().enumerate() {
        let of_rule = reports.get(kind.rule).unwrap_or(&none);
        let missed = (0..pages)
            .map(|page| format!("{number:02}-{page:03}.md"))
            .filter(|page| kind.rule != persons::NOTHING && !of_rule.contains_key(page));
        for page in missed {
            writeln!(wrong, "{} missed on {page} ({})", kind.rule, kind.name).unwrap();
        }
    }
    for (rule, pages) in reports {
        for (page, count) in pages {
            let is_right = kind_of(page).is_some_and(|at| kinds[at].rule == *rule || kinds[at].also.contains(rule));
            if !is_right {
                writeln!(
                    wrong,
                    "{rule} ×{count} on {page} ({})",
                    kind_of(page).map_or("clean", |at| kinds[at].name)
                )
                .unwrap();
            }
        }
    }
    println!("\n{wrong}");
}

/// Paragraphs of the demonstration portal that are plain text.
fn paragraphs() -> Vec<String> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut files: Vec<_> = walkdir::WalkDir::new(content)
        .into_iter()
        .map(|item| item.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let mut in_front_matter = 0;
        for line in text.lines() {
            in_front_matter += usize::from(line == "---");
            let is_plain = !line.contains(['|', '[', '*', '`', '<', '>', '#', ':', '-', '!', '_', '\\', '~', '^']);
            let is_sentence = line.ends_with('。') && (40..400).contains(&line.chars().count());
            let is_timeless = !["今年", "去年", "明年", "近日", "日前"]
                .iter()
                .any(|word| line.contains(word));
            if in_front_matter >= 2 && is_plain && is_sentence && is_timeless {
                found.push(line.to_owned());
            }
        }
    }
    assert!(found.len() > 200, "{} paragraphs", found.len());
    found
}

/// A page of some paragraphs that is as it should be.
fn sound_page(paragraphs: &[String], dice: &mut Dice, folder: &str) -> Page {
    let mut chosen: Vec<String> = Vec::new();
    while chosen.len() < 5 {
        let paragraph = &paragraphs[dice.below(paragraphs.len())];
        if !chosen.contains(paragraph) {
            chosen.push(paragraph.clone());
        }
    }
    let number = dice.below(1_000_000);
    let front = if folder == "points" {
        let park = dice.below(entries::PARKS);
        let (east, north) = entries::middle(park);
        vec![
            format!("title: 第{number}号活动室"),
            format!("address: 某某路{number}号"),
            format!("category: 党群服务中心\npark: park-{park}"),
            format!(
                "location: {{lng: {}.{:05}, lat: {}.{:05}, crs: wgs84}}",
                east / 1000,
                east % 1000 * 100 + dice.below(4000),
                north / 1000,
                north % 1000 * 100 + dice.below(4000)
            ),
            "hours: 周一至周五 9:00-17:00".to_owned(),
        ]
    } else {
        let title = ["园区党建一年间", "联盟的账本", "楼里的支部", "一张清单"][dice.below(4)];
        vec![format!("title: {title}"), "date: 2025-03-01".to_owned()]
    };
    Page {
        front,
        paragraphs: chosen,
    }
}

impl Page {
    fn text(&self) -> String {
        format!(
            "---\n{}\n---\n{}\n",
            self.front.join("\n"),
            self.paragraphs.join("\n\n")
        )
    }
}
