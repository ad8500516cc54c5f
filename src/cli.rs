//! The command line: what was typed, what it means, one file a command; the only printing.
//!
//! Exit codes: 0 done; 1 problems in the content; 2 the command itself could not run.

mod build;
mod check;
mod completions;
mod explain;
mod fix;
mod init;
mod manual;
mod new;
mod report;
mod schema;
mod serve;
mod timings;
mod usage;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::read::{Drafts, Options};
use crate::schema::date::Date;

/// The command did what it was asked.
const DONE: u8 = 0;
/// There are problems in the content.
const CONTENT_PROBLEMS: u8 = 1;
/// The command could not run.
const COULD_NOT_RUN: u8 = 2;

/// 红图：把园区党建的 Markdown 文稿变成一个能离线打开的门户
#[derive(Debug, Parser)]
#[command(name = "hongtu", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 新建一个门户：设置、每种稿子一篇示例、写作指南、自动发布的文件
    Init(init::InitArguments),
    /// 新写一篇：建好文件，所有的键都在里面，各有说明
    New(new::NewArguments),
    /// 边写边看：在浏览器里预览，改了文稿页面自己更新
    Serve(serve::ServeArguments),
    /// 生成整个门户
    Build(build::BuildArguments),
    /// 发布体检：只检查，不写页面
    Check(check::CheckArguments),
    /// 改好体检查出的、能自动改的问题；先给看，加 --apply 才改
    Fix(fix::FixArguments),
    /// 说明体检的规则：为什么查，怎么改
    Explain(explain::ExplainArguments),
    /// 抬头或设置的 JSON Schema，给编辑器用
    Schema(schema::SchemaArguments),
    /// 命令行的自动补全
    Completions(completions::CompletionsArguments),
    /// 手册页，用 man 看
    Manual,
}

/// Where the site is and how it is to be built.
#[derive(Debug, clap::Args)]
struct SiteArguments {
    /// 文稿所在的文件夹
    #[arg(long, default_value = "content", value_name = "文件夹")]
    content: PathBuf,
    /// 主题所在的文件夹
    #[arg(long, default_value = "themes", value_name = "文件夹")]
    themes: PathBuf,
    /// 草稿、未到发布日和已下线的文章也生成
    #[arg(long)]
    drafts: bool,
    /// 以哪一天为准判断发布和下线，例如 2026-07-01；不写就是今天
    #[arg(long, value_name = "日期", value_parser = day)]
    as_of: Option<Date>,
    /// 正式网址，代替 site.yaml 里写的
    #[arg(long, value_name = "网址")]
    base_url: Option<String>,
}

impl SiteArguments {
    /// What was typed, as what it means.
    fn options(&self) -> Options {
        Options {
            content: self.content.clone(),
            themes: self.themes.clone(),
            cache: Some(cache_folder(&self.content)),
            drafts: if self.drafts { Drafts::Shown } else { Drafts::Hidden },
            as_of: self.as_of.unwrap_or_else(today),
            base_url: self.base_url.clone(),
        }
    }
}

/// The folder of kept results: `.hongtu` beside the content.
fn cache_folder(content: &std::path::Path) -> PathBuf {
    let site = content.parent().filter(|parent| !parent.as_os_str().is_empty());
    site.map_or_else(|| PathBuf::from(".hongtu"), |site| site.join(".hongtu"))
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text)
        .map(Date::day_only)
        .map_err(|_| format!("“{text}”不是日期，写成 2026-07-01"))
}

/// Today in China, which has one time zone without summer time.
fn today() -> Date {
    let china = jiff::tz::Offset::constant(8);
    let now = china.to_datetime(jiff::Timestamp::now());
    Date {
        year: now.year(),
        month: now.month(),
        day: now.day(),
        time: None,
    }
}

/// Runs a command and returns its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are what was asked for; anything else is a mistake in the arguments.
            let code = if error.use_stderr() { COULD_NOT_RUN } else { DONE };
            // A closed pipe is no error.
            let _ = match usage::explain(&error) {
                Some(message) => writeln!(std::io::stderr(), "{message}"),
                None => error.print(),
            };
            return ExitCode::from(code);
        }
    };
    let code = match arguments.command {
        Command::Init(arguments) => init::init(&arguments),
        Command::New(arguments) => new::new(&arguments),
        Command::Serve(arguments) => serve::serve(&arguments),
        Command::Build(arguments) => build::build(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Fix(arguments) => fix::fix(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Schema(arguments) => schema::schema(&arguments),
        Command::Completions(arguments) => completions::completions(&arguments),
        Command::Manual => manual::manual(),
    };
    ExitCode::from(code)
}
