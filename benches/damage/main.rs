//! How much of the damage to words, and of the data of persons in them, the check-up finds, and how often it is
//! wrong: recall and precision by rule.
//!
//! ```text
//! cargo bench --bench damage [-- pages of each kind]
//! ```
//!
//! Pages are made of paragraphs of the demonstration portal. Into each goes one piece of damage of one kind, at
//! a place that the seed decides; as many pages as there are kinds stay as they are. A page counts as found if
//! its rule is reported on it. A report counts as right if its page has damage that the rule is for, or damage
//! of which it is an honest consequence.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a program that measures stops when it cannot go on"
)]
#![allow(clippy::print_stdout, reason = "printing the table is what this program is for")]

mod kinds;
mod persons;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use hongtu::read::{Drafts, Options};
use hongtu::schema::date::Date;
use kinds::{Dice, KINDS, Kind};

fn main() {
    let pages: usize = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(40);
    let paragraphs = paragraphs();
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    std::fs::create_dir_all(content.join("pages")).unwrap();
    std::fs::write(content.join("site.yaml"), "title: 量一量\n").unwrap();
    let mut dice = Dice::new(20_261_122);
    for (number, kind) in KINDS.iter().enumerate() {
        for page in 0..pages {
            let text = page_text(&paragraphs, &mut dice, Some(kind));
            std::fs::write(content.join(format!("pages/{number:02}-{page:03}.md")), text).unwrap();
            let clean = page_text(&paragraphs, &mut dice, None);
            std::fs::write(content.join(format!("pages/clean-{number:02}-{page:03}.md")), clean).unwrap();
        }
    }
    let options = Options {
        content,
        themes: folder.path().join("themes"),
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
    let built = hongtu::build(&options).unwrap();
    // By rule: pages reported on that have its damage, and reports on others.
    let mut reports: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for diagnostic in &built.diagnostics {
        let source = built.sources.get(diagnostic.span.unwrap().file).unwrap();
        let name = source.path.rsplit('/').next().unwrap().to_owned();
        *reports.entry(diagnostic.rule.id).or_default().entry(name).or_default() += 1;
    }
    print_table(&reports, pages);
}

fn print_table(reports: &BTreeMap<&str, BTreeMap<String, usize>>, pages: usize) {
    println!("| 损坏 | 规则 | 种下 | 找到 | 查全 | 报告 | 误报 | 查准 |");
    println!("|---|---|--:|--:|--:|--:|--:|--:|");
    let none = BTreeMap::new();
    let kind_of = |page: &str| page.split('-').next().and_then(|number| number.parse::<usize>().ok());
    for (number, kind) in KINDS.iter().enumerate() {
        let of_rule = reports.get(kind.rule).unwrap_or(&none);
        let found = of_rule.keys().filter(|page| kind_of(page) == Some(number)).count();
        let is_right = |page: &str| {
            kind_of(page).is_some_and(|at| {
                let planted: &Kind = &KINDS[at];
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
    for (rule, pages) in reports {
        for (page, count) in pages {
            let is_right = kind_of(page).is_some_and(|at| KINDS[at].rule == *rule || KINDS[at].also.contains(rule));
            if !is_right {
                writeln!(
                    wrong,
                    "{rule} ×{count} on {page} ({})",
                    kind_of(page).map_or("clean", |at| KINDS[at].name)
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

/// A page of some paragraphs, with damage in one of them.
fn page_text(paragraphs: &[String], dice: &mut Dice, kind: Option<&Kind>) -> String {
    let mut chosen: Vec<String> = Vec::new();
    while chosen.len() < 5 {
        let paragraph = &paragraphs[dice.below(paragraphs.len())];
        if !chosen.contains(paragraph) {
            chosen.push(paragraph.clone());
        }
    }
    if let Some(kind) = kind {
        (kind.plant)(&mut chosen, dice);
    }
    let title = ["园区党建一年间", "联盟的账本", "楼里的支部", "一张清单"][dice.below(4)];
    format!("---\ntitle: {title}\ndate: 2025-03-01\n---\n{}\n", chosen.join("\n\n"))
}
