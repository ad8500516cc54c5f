//! `hongtu serve`: the preview.

use std::io;
use std::path::{Path, PathBuf};

use super::build::{could_not_run, say};
use super::report::{colour_of, write_each};
use super::{COULD_NOT_RUN, DONE, cache_folder, day, today};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::hidden::texts_to_quote;
use crate::read::changed::Changed;
use crate::read::{Drafts, Options};
use crate::schema::date::Date;
use crate::serve::watch::{Watching, WhyPolling};
use crate::serve::{self, Folder, IpAddr, Rebuilt, ServeProblem, Settings, Told};
use crate::write::kept_pictures;

#[derive(Debug, clap::Args)]
pub(super) struct ServeArguments {
    /// 文稿所在的文件夹
    #[arg(long, default_value = "content", value_name = "文件夹")]
    content: PathBuf,
    /// 主题所在的文件夹
    #[arg(long, default_value = "themes", value_name = "文件夹")]
    themes: PathBuf,
    /// 只看会发布的；不写就连草稿、未到发布日和已下线的文章也看得到
    #[arg(long)]
    published: bool,
    /// 以哪一天为准判断发布和下线，例如 2026-07-01；不写就是今天
    #[arg(long, value_name = "日期", value_parser = day)]
    as_of: Option<Date>,
    /// 端口；0 是随便哪个空着的
    #[arg(long, default_value_t = 8000, value_name = "端口")]
    port: u16,
    /// 在哪个地址上提供；写 0.0.0.0，同一个网里的人都能看
    #[arg(long, default_value = "127.0.0.1", value_name = "地址", value_parser = host)]
    host: IpAddr,
    /// 顺便打开浏览器
    #[arg(long)]
    open: bool,
    /// 隔一会儿看一遍文件改了没有；网络盘上会自动这样做
    #[arg(long)]
    poll: bool,
}

fn host(written: &str) -> Result<IpAddr, String> {
    match written {
        "localhost" => Ok(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST)),
        _ => written
            .parse()
            .map_err(|_| format!("“{written}”不是地址，写成 127.0.0.1 或 0.0.0.0")),
    }
}

impl ServeArguments {
    /// What a build is asked for. A preview may run for days, and today is another day then.
    fn options(&self) -> Options {
        Options {
            content: self.content.clone(),
            themes: self.themes.clone(),
            cache: Some(cache_folder(&self.content)),
            drafts: if self.published { Drafts::Hidden } else { Drafts::Shown },
            as_of: self.as_of.unwrap_or_else(today),
            base_url: None,
        }
    }

    fn settings(&self) -> io::Result<Settings> {
        let folder = |given: &Path| {
            let absolute = std::path::absolute(given)?;
            let given = given.to_owned();
            Ok::<_, io::Error>(Folder { given, absolute })
        };
        Ok(Settings {
            content: folder(&self.content)?,
            themes: folder(&self.themes)?,
            host: self.host,
            port: self.port,
            watching: if self.poll { Watching::Polling } else { Watching::AsTold },
        })
    }
}

/// Serves until Ctrl-C. All that is said goes to standard error.
pub(super) fn serve(arguments: &ServeArguments) -> u8 {
    let mut stderr = io::stderr();
    let settings = match arguments.settings() {
        Ok(settings) => settings,
        Err(error) => return could_not_run(&mut stderr, &error),
    };
    let rebuild = |_: &Changed| crate::build(&arguments.options());
    let mut terminal = Terminal {
        arguments,
        stream: io::stderr(),
        last: None,
    };
    match serve::serve(&settings, rebuild, |told| terminal.tell(&told)) {
        Ok(()) => {
            say(&mut stderr, "预览结束了。");
            DONE
        }
        Err(problem @ ServeProblem::PortInUse { .. }) => {
            say(&mut stderr, &format!("{problem}。"));
            COULD_NOT_RUN
        }
        Err(problem) => could_not_run(&mut stderr, &problem),
    }
}

/// Where everything is said.
struct Terminal<'a> {
    arguments: &'a ServeArguments,
    stream: io::Stderr,
    /// What was wrong when something was said last.
    last: Option<Wrong>,
}

/// Why the pages are not those of the texts.
#[derive(PartialEq)]
struct Wrong {
    failure: Option<String>,
    errors: Vec<Diagnostic>,
}

impl Terminal<'_> {
    fn tell(&mut self, told: &Told<'_>) {
        match told {
            Told::Listening(address) => self.listening(address),
            Told::Polling(why) => self.say(polling(why)),
            Told::Rebuilt(rebuilt) => self.rebuilt(rebuilt),
        }
    }

    fn say(&mut self, line: impl AsRef<str>) {
        say(&mut self.stream, line.as_ref());
    }

    fn listening(&mut self, address: &str) {
        self.say(format!("预览：{address}"));
        self.say("改了文稿，页面会自己更新。按 Ctrl + C 结束。");
        if !self.arguments.host.is_loopback() {
            self.say("提醒：同一个网里的人都能打开这个预览，草稿也看得到。");
        }
        if self.arguments.open {
            // A machine without a browser, or without a screen, is told of as well as any.
            if let Err(error) = open::that_detached(address) {
                self.say(format!("提醒：没能打开浏览器（{error}），请自己打开上面的地址。"));
            }
        }
    }

    fn rebuilt(&mut self, rebuilt: &Rebuilt<'_>) {
        let found = &rebuilt.shown.found;
        let wrong = Wrong {
            failure: found.failure.clone(),
            errors: found.errors().cloned().collect(),
        };
        // A second look at everything that finds nothing else is not worth a line.
        let is_known = self.last.as_ref() == Some(&wrong);
        self.last = Some(wrong);
        if is_known && *rebuilt.changed == Changed::Anything && rebuilt.updated == Some(0) {
            return;
        }
        self.say(line(rebuilt));
        let quoted = texts_to_quote(&found.sources, &found.diagnostics);
        let colour = colour_of(&self.stream);
        // A closed standard error leaves no one to tell.
        let _ = write_each(&mut self.stream, found.errors(), &quoted, colour);
        let cache = cache_folder(&self.arguments.content);
        if let Err(problem) = kept_pictures::keep(&cache, rebuilt.made_pictures) {
            self.say(format!("提醒：{problem}。不影响预览，只是下次要重新缩图。"));
        }
    }
}

fn polling(why: &WhyPolling) -> String {
    match why {
        WhyPolling::Wanted => "隔一会儿看一遍文件改了没有。".to_owned(),
        WhyPolling::Drive => "文稿在网络盘或共享文件夹上，系统不会通知改动，改为隔一会儿看一遍。".to_owned(),
        WhyPolling::Refused(reason) => format!("系统不能通知文件的改动（{reason}），改为隔一会儿看一遍。"),
    }
}

/// What happened, on one line: `14:02:31 改了 content/cases/a.md，更新 3 个文件，用时 0.04 秒`.
fn line(rebuilt: &Rebuilt<'_>) -> String {
    let found = &rebuilt.shown.found;
    let took = format!("用时 {:.2} 秒", rebuilt.took.as_secs_f64());
    let errors = found.errors().count();
    let outputs = rebuilt.shown.good.as_ref().map_or(0, |good| good.outputs.len());
    let result = match (&found.failure, errors, rebuilt.updated) {
        (Some(failure), ..) => format!("页面没有更新：{failure}"),
        (None, 1.., _) => format!("有 {errors} 处错误，页面没有更新："),
        (None, 0, Some(updated)) => format!("更新 {updated} 个文件，{took}"),
        (None, 0, None) => format!("生成 {outputs} 个文件，{took}"),
    };
    let changed = match rebuilt.changed {
        Changed::Files(files) => format!("改了 {}，", some_of(files.iter())),
        Changed::Anything if rebuilt.updated.is_some() => "重新看了所有文件，".to_owned(),
        Changed::Anything => String::new(),
    };
    format!("{} {changed}{result}", clock())
}

/// Some files by name, and how many there are where they are more.
fn some_of<'a>(files: impl ExactSizeIterator<Item = &'a PathBuf>) -> String {
    const NAMED: usize = 3;
    let count = files.len();
    let named: Vec<String> = files
        .take(NAMED)
        .map(|file| file.to_string_lossy().replace('\\', "/"))
        .collect();
    let more = if count > NAMED {
        format!("等 {count} 个文件")
    } else {
        String::new()
    };
    format!("{}{more}", named.join("、"))
}

/// The time of day in China.
fn clock() -> String {
    let now = jiff::tz::Offset::constant(8).to_datetime(jiff::Timestamp::now());
    format!("{:02}:{:02}:{:02}", now.hour(), now.minute(), now.second())
}
