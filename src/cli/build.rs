//! `hongtu build`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::report::{colour_of, ignore_closed_pipe, write_problems};
use super::timings::Timings;
use super::{CONTENT_PROBLEMS, COULD_NOT_RUN, DONE, SiteArguments, cache_folder};
use crate::diagnostic::hidden::texts_to_quote;
use crate::diagnostic::{Diagnostic, Severity};
use crate::write;

#[derive(Debug, clap::Args)]
pub(super) struct BuildArguments {
    #[command(flatten)]
    site: SiteArguments,
    /// 生成到哪个文件夹
    #[arg(long, default_value = "public", value_name = "文件夹")]
    out: PathBuf,
    /// 把哪一级也当作错误
    #[arg(long, value_name = "级别", value_parser = ["warnings"])]
    deny: Option<String>,
    /// 说出每个写下的文件
    #[arg(short, long)]
    verbose: bool,
    /// 说出每一步用了多久，并写一个能用 Chrome 的性能分析器打开的记录
    #[arg(long, value_name = "文件", num_args = 0..=1, default_missing_value = "hongtu-timings.json")]
    timings: Option<PathBuf>,
}

/// Builds and writes. Progress and problems go to standard error.
pub(super) fn build(arguments: &BuildArguments) -> u8 {
    let timings = arguments.timings.as_ref().map(|_| Timings::record());
    let code = build_and_write(arguments);
    match timings.zip(arguments.timings.as_ref()) {
        Some((timings, place)) => tell_timings(&timings, place).unwrap_or(code),
        None => code,
    }
}

/// Tells how long all took; the exit code if the record could not be written.
fn tell_timings(timings: &Timings, place: &Path) -> Option<u8> {
    let mut stderr = io::stderr().lock();
    for line in timings.table().lines() {
        say(&mut stderr, line);
    }
    match write::report(place, &timings.trace().to_string()) {
        Ok(()) => {
            let place = place.display();
            say(
                &mut stderr,
                &format!("记录在 {place}，在 Chrome 里打开 chrome://tracing，点 Load 选它"),
            );
            None
        }
        Err(problem) => Some(could_not_run(&mut stderr, &problem)),
    }
}

fn build_and_write(arguments: &BuildArguments) -> u8 {
    let start = Instant::now();
    let mut stderr = io::stderr().lock();
    let built = match crate::build(&arguments.site.options()) {
        Ok(built) => built,
        Err(problem) => return could_not_run(&mut stderr, &problem),
    };
    let colour = colour_of(&stderr);
    let quoted = texts_to_quote(built.sources(), &built.diagnostics);
    let shown = write_problems(&mut stderr, &built.diagnostics, &quoted, colour);
    if let Err(error) = ignore_closed_pipe(shown) {
        return could_not_run(&mut stderr, &error);
    }
    if built.has_errors() {
        say(&mut stderr, "没有写任何文件，原来的页面保持不变。改好以后再运行一次。");
        return CONTENT_PROBLEMS;
    }
    let cache = cache_folder(&arguments.site.content);
    let changes = match write::bring_up_to_date(&arguments.out, &built.rendered.portal, Some(&cache)) {
        Ok(changes) => changes,
        Err(problem) => return could_not_run(&mut stderr, &problem),
    };
    if let Err(problem) = write::kept_pictures::keep(&cache, &built.rendered.made_pictures) {
        say(
            &mut stderr,
            &format!("提醒：{problem}。不影响页面，只是下次要重新缩图。"),
        );
    }
    if let Some(problem) = &changes.forgotten {
        say(
            &mut stderr,
            &format!("提醒：{problem}。不影响页面，只是下次要从头生成。"),
        );
    }
    if arguments.verbose {
        for path in &changes.written {
            say(&mut stderr, &format!("写 {path}"));
        }
        for path in &changes.removed {
            say(&mut stderr, &format!("删 {path}"));
        }
    }
    say(
        &mut stderr,
        &format!(
            "生成 {} 个文件：写 {}，未变 {}，删 {}。用时 {:.2} 秒。打开 {}",
            built.rendered.portal.len(),
            changes.written.len(),
            changes.kept,
            changes.removed.len(),
            start.elapsed().as_secs_f64(),
            arguments.out.join("index.html").display(),
        ),
    );
    exit_code(&built.diagnostics, arguments.deny.as_deref())
}

fn exit_code(diagnostics: &[Diagnostic], deny: Option<&str>) -> u8 {
    let worst = diagnostics.iter().map(|diagnostic| diagnostic.severity).min();
    match worst {
        Some(Severity::Error) => CONTENT_PROBLEMS,
        Some(Severity::Warning) if deny == Some("warnings") => CONTENT_PROBLEMS,
        _ => DONE,
    }
}

pub(super) fn could_not_run(stream: &mut impl Write, problem: &impl std::fmt::Display) -> u8 {
    say(stream, &format!("无法完成：{problem}"));
    COULD_NOT_RUN
}

/// A line for people. When even standard error is closed there is no one left to tell.
pub(super) fn say(stream: &mut impl Write, line: &str) {
    let _ = writeln!(stream, "{line}");
}
