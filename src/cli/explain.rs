//! `hongtu explain`: which rules there are, and of each why it is there and what to do.

mod page;

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use unicode_width::UnicodeWidthStr;

use self::page::Ink;
use super::build::{could_not_run, say};
use super::report::{colour_of, ignore_closed_pipe};
use super::{COULD_NOT_RUN, DONE};
use crate::check::settings;
use crate::config;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Level, Profile, Rule, rule};
use crate::read::site_file::{SiteFile, read_site_file};

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArguments {
    /// 规则或组的名字，例如 links/broken 或 links；不写就列出所有规则
    #[arg(value_name = "规则")]
    rule: Option<String>,
    /// 文稿所在的文件夹，级别按里面的 site.yaml
    #[arg(long, default_value = "content", value_name = "文件夹")]
    content: PathBuf,
}

/// Writes what was asked for to standard output.
pub(super) fn explain(arguments: &ExplainArguments) -> u8 {
    let mut stderr = io::stderr().lock();
    let site_file = match read_site_file(&arguments.content) {
        Ok(site_file) => site_file,
        Err(problem) => return could_not_run(&mut stderr, &problem),
    };
    let mut stdout = io::stdout().lock();
    let guide = Guide {
        site_file: &site_file,
        path: &arguments.content.join(config::FILE_NAME),
        ink: Ink::of(colour_of(&stdout)),
    };
    let asked = arguments.rule.as_deref().unwrap_or_default().trim();
    let text = match Topic::named(asked) {
        Some(Topic::All) => guide.overview(),
        Some(Topic::Group(id)) => guide.group(id),
        Some(Topic::Rule(rule)) => guide.rule(rule),
        None => {
            say(&mut stderr, &no_such_rule(asked));
            return COULD_NOT_RUN;
        }
    };
    if matches!(site_file, SiteFile::Faulty(_)) {
        say(
            &mut stderr,
            "site.yaml 里有错误，写的级别可能不准；运行 hongtu check 看是哪里。",
        );
    }
    match ignore_closed_pipe(stdout.write_all(text.as_bytes())) {
        Ok(()) => DONE,
        Err(error) => could_not_run(&mut stderr, &error),
    }
}

/// What can be asked for.
#[derive(Debug, PartialEq, Eq)]
enum Topic {
    All,
    /// The English name of a group.
    Group(&'static str),
    Rule(&'static Rule),
}

impl Topic {
    /// What a word names; groups have a name in both languages.
    fn named(asked: &str) -> Option<Self> {
        let asked = asked.to_lowercase();
        if asked.is_empty() {
            return Some(Self::All);
        }
        let group = rule::GROUPS
            .iter()
            .find(|(id, chinese)| *id == asked || *chinese == asked);
        let group = group.map(|(id, _)| Self::Group(id));
        group.or_else(|| Rule::find(&asked).map(Self::Rule))
    }
}

fn no_such_rule(asked: &str) -> String {
    let names = rule::GROUPS.iter().flat_map(|(id, chinese)| [*id, *chinese]);
    let known = rule::ALL.iter().map(|rule| rule.id).chain(names);
    let near = nearest(asked, known).map(|near| format!("是不是想写 {near}？"));
    format!(
        "没有“{}”这条规则，也没有这一组。{}\n运行 hongtu explain 看所有的规则。",
        crate::diagnostic::quotable(asked),
        near.unwrap_or_default()
    )
}

/// The rules as they are taken on one site.
struct Guide<'a> {
    site_file: &'a SiteFile,
    /// Where `site.yaml` is, or would be.
    path: &'a Path,
    ink: Ink,
}

impl Guide<'_> {
    /// All rules in a line each, by group.
    fn overview(&self) -> String {
        let mut text = format!(
            "发布体检有 {} 条规则。{}\n看一条：hongtu explain links/broken  看一组：hongtu explain links\n",
            rule::ALL.len(),
            self.whose_levels()
        );
        let widest = widest(rule::ALL.iter().map(|rule| rule.id));
        for (id, chinese) in rule::GROUPS {
            writeln!(text, "\n{}", self.ink.bold(&format!("{chinese} {id}"))).ok();
            for rule in of_group(id) {
                writeln!(text, "  {}  {}", padded(rule.id, widest), self.level_and_title(rule)).ok();
            }
        }
        text
    }

    /// The rules of a group, each with the beginning of its page.
    fn group(&self, id: &str) -> String {
        let chinese = rule::group_name(id);
        let count = of_group(id).count();
        let mut text = format!(
            "{}\n{count} 条规则。{}\n",
            self.ink.bold(&format!("{chinese} {id}")),
            self.whose_levels()
        );
        for rule in of_group(id) {
            writeln!(text, "\n{}  {}", self.ink.bold(rule.id), self.level_and_title(rule)).ok();
            let lines = rule.explanation.lines().skip(1);
            let beginning: Vec<&str> = lines.take_while(|line| !line.starts_with("## ")).collect();
            text.push_str(&page::shown(beginning.join("\n").trim(), self.ink.indented()));
        }
        writeln!(text, "\n怎么改，看那一条：hongtu explain {id}/…").ok();
        text
    }

    /// The whole page of a rule, and what a site can do about its level.
    fn rule(&self, rule: &Rule) -> String {
        let level = self.level(rule);
        let consequence = match level {
            Level::Error => "错误，有一处就不生成页面",
            Level::Warning => "警告，照样生成页面",
            Level::Off => "不查",
        };
        let group = rule::group_name(rule.group());
        let mut text = format!(
            "{}\n{}（{group}）  {consequence}{}\n",
            self.ink.bold(rule.title()),
            rule.id,
            if self.is_changed(rule) {
                "（本站改过）"
            } else {
                ""
            },
        );
        let body = rule.explanation.split_once('\n').map_or("", |(_, body)| body);
        text.push_str(&page::shown(body, self.ink));
        writeln!(text, "\n{}", self.ink.bold("级别和例外")).ok();
        text.push_str(&self.how_to_change(rule, level));
        text
    }

    fn how_to_change(&self, rule: &Rule, level: Level) -> String {
        let id = rule.id;
        if rule.is_about_settings() {
            return "不能改，也没有例外：它管的就是级别和例外写得对不对。\n".to_owned();
        }
        if !rule.can_be_changed() {
            return "不能改，也没有例外：不改好，页面就生成不了。\n".to_owned();
        }
        let other = match level {
            Level::Error | Level::Off => Level::Warning,
            Level::Warning => Level::Off,
        };
        let mut text = String::new();
        if !rule.in_profiles.is_empty() {
            let levels =
                Profile::ALL.map(|profile| format!("{}{}", profile.chinese(), rule.level_in(profile).chinese()));
            writeln!(text, "不另外写，{}。", levels.join("，")).ok();
        }
        let place = self.path.display();
        let group = rule.group();
        write!(
            text,
            "在 {place} 里写要用的那几行；已经有“检查:”的，接在它下面写。
    检查:
      级别:  # 全站都改；error 错误，warning 警告，off 不查
        - 规则: {id}
          级别: {}
      例外:  # 只放过一处；路径照报告里的写，也可以写一个文件夹
        - 规则: {id}
          路径: {}
          理由: 为什么不算问题
规则只写 {group}，就是整组。
",
            other.word(),
            path_of_a_breach(group)
        )
        .ok();
        text
    }

    /// Where the levels come from.
    fn whose_levels(&self) -> String {
        let path = self.path.display();
        self.site_file.config().map_or_else(
            || format!("没有找到 {path}，级别是默认的。"),
            |config| format!("级别按 {path}（{}）。", config.profile().chinese()),
        )
    }

    /// What a breach of a rule counts as here.
    fn level(&self, rule: &Rule) -> Level {
        match self.site_file.config().filter(|_| rule.can_be_changed()) {
            Some(config) => settings::level(config, rule),
            None => rule.level,
        }
    }

    /// Whether the site set a level that would be another one.
    fn is_changed(&self, rule: &Rule) -> bool {
        let config = self.site_file.config().filter(|_| rule.can_be_changed());
        config.is_some_and(|config| settings::level(config, rule) != rule.level_in(config.profile()))
    }

    fn level_and_title(&self, rule: &Rule) -> String {
        let widest = widest([Level::Error, Level::Warning, Level::Off].map(Level::chinese));
        let level = self.level(rule);
        format!(
            "{}  {}{}",
            self.ink.level(level, &padded(level.chinese(), widest)),
            rule.title(),
            if self.is_changed(rule) {
                "（本站改过）"
            } else {
                ""
            }
        )
    }
}

fn of_group(id: &str) -> impl Iterator<Item = &'static Rule> {
    rule::ALL.iter().filter(move |rule| rule.group() == id)
}

/// A path at which rules of a group find something.
fn path_of_a_breach(group: &str) -> &'static str {
    match group {
        "site" | "theme" | "map" => config::FILE_NAME,
        "point" => "points/某一篇.md",
        "park" => "parks/某一篇.md",
        "roundtable" => "roundtables/某一篇.md",
        _ => "cases/某一篇.md",
    }
}

/// How many columns the widest of some texts takes.
fn widest<'a>(texts: impl IntoIterator<Item = &'a str>) -> usize {
    texts.into_iter().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// A text with spaces behind it, so many columns wide; Han characters take two.
fn padded(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests;
