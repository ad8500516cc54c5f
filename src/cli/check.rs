//! `hongtu check`: the check-up before publishing.

mod hosts;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::build::{could_not_run, say};
use super::report::{colour_of, ignore_closed_pipe, write_each};
use super::{CONTENT_PROBLEMS, DONE, SiteArguments, cache_folder, today};
use crate::Checked;
use crate::diagnostic::hidden::texts_to_quote;
use crate::diagnostic::human::Colour;
use crate::read::visits::Visits;
use crate::read::{Instead, ReadProblem};
use crate::report::{Demand, Folders, Report, github, json, page, sarif, terminal};
use crate::write;

#[derive(Debug, clap::Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    site: SiteArguments,
    /// 把哪一级也当作错误
    #[arg(long, value_name = "级别", value_parser = ["warnings"])]
    deny: Option<String>,
    /// 也上网查站外的链接；不写就一点也不上网
    #[arg(long)]
    external: bool,
    /// 只列出链接了哪些站外的网站，不检查，也不上网
    #[arg(long, conflicts_with = "external")]
    hosts: bool,
    /// 报告给谁：human 屏幕前的人，html 签字的领导（一页，可打印），json 程序，sarif 代码平台，github 改动旁边的标注
    #[arg(long, value_name = "格式", default_value = "human")]
    format: Format,
    /// 把报告写进文件，不显示在屏幕上
    #[arg(long, value_name = "文件")]
    out: Option<PathBuf>,
}

/// Who the report is for. The variants have no doc comments: clap would show a screenful for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Html,
    Json,
    Sarif,
    Github,
}

/// Reads and checks; the report goes to standard output or into a file.
pub(super) fn check(arguments: &CheckArguments) -> u8 {
    let mut stderr = io::stderr().lock();
    if arguments.hosts {
        return hosts::list(&arguments.site.options(), &mut stderr);
    }
    let checked = if arguments.external {
        check_and_visit(&arguments.site, &mut stderr)
    } else {
        crate::check(&arguments.site.options(), &Instead::new()).map(|checked| (checked, Vec::new()))
    };
    let (mut checked, doubts) = match checked {
        Ok(checked) => checked,
        Err(problem) => return could_not_run(&mut stderr, &problem),
    };
    checked.sources = texts_to_quote(&checked.sources, &checked.diagnostics);
    let report = report_of(&checked, arguments);
    let text = match arguments.format {
        Format::Human => None,
        Format::Json => Some(json::render(&report)),
        Format::Sarif => Some(sarif::render(&report)),
        Format::Github => Some(github::render(&report)),
        Format::Html => match page::render(&report) {
            Ok(page) => Some(page),
            Err(error) => return could_not_run(&mut stderr, &error),
        },
    };
    let shown = match &arguments.out {
        None => show(&report, text.as_deref()).map_err(|error| error.to_string()),
        Some(place) => {
            let text = text.unwrap_or_else(|| human(&report));
            write::report(place, &text).map_err(|problem| problem.to_string())
        }
    };
    if let Err(problem) = shown {
        return could_not_run(&mut stderr, &problem);
    }
    if !doubts.is_empty() {
        let lines = doubts.join("\n  ");
        say(
            &mut stderr,
            &format!("说不准的站外链接，不算问题，有空用浏览器看看：\n  {lines}"),
        );
    }
    if let Some(place) = &arguments.out {
        say(&mut stderr, &format!("{}报告在 {}", report.verdict(), place.display()));
    }
    if report.can_be_published() {
        DONE
    } else {
        CONTENT_PROBLEMS
    }
}

/// Checks with visits to other sites, and keeps what they found. Also gives what could not be told.
fn check_and_visit(site: &SiteArguments, stderr: &mut impl Write) -> Result<(Checked, Vec<String>), ReadProblem> {
    say(stderr, "正在上网查站外的链接，网站多的要等几分钟……");
    // Answers grow old by the real day, whatever day the portal is checked for.
    let visits = Visits::on(today());
    let (checked, visited) = crate::check_and_visit(&site.options(), &visits)?;
    say(stderr, &format!("站外的网址共 {} 个，查完了。", visited.addresses));
    if visited.addresses > 0
        && let Err(problem) = write::kept_answers::keep(&cache_folder(&site.content), &visited.kept)
    {
        say(stderr, &format!("提醒：{problem}。不影响结果，只是下次要重新查。"));
    }
    Ok((checked, visited.doubts))
}

fn report_of<'a>(checked: &'a Checked, arguments: &CheckArguments) -> Report<'a> {
    let options = arguments.site.options();
    let folder = |path: &std::path::Path| path.to_string_lossy().into_owned();
    Report {
        title: &checked.config.title,
        profile: checked.config.profile(),
        as_of: options.as_of,
        entries: checked.entries,
        diagnostics: &checked.diagnostics,
        sources: &checked.sources,
        forecast: &checked.forecast,
        demand: if arguments.deny.is_some() {
            Demand::NoWarnings
        } else {
            Demand::NoErrors
        },
        folders: Folders {
            content: folder(&options.content),
            themes: folder(&options.themes),
        },
    }
}

/// On standard output, in colours where the terminal has them.
fn show(report: &Report<'_>, text: Option<&str>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let colour = colour_of(&stdout);
    let shown = match text {
        Some(text) => writeln!(stdout, "{}", text.trim_end()),
        None => write_human(&mut stdout, report, colour),
    };
    ignore_closed_pipe(shown)
}

/// As on a terminal without colours.
fn human(report: &Report<'_>) -> String {
    let mut text = Vec::new();
    // Writing to memory can't fail.
    let _ = write_human(&mut text, report, Colour::Off);
    String::from_utf8_lossy(&text).into_owned()
}

fn write_human(stream: &mut impl Write, report: &Report<'_>, colour: Colour) -> io::Result<()> {
    write_each(stream, report.worst_first(), report.sources, colour)?;
    writeln!(stream, "{}", terminal::end(report))
}
