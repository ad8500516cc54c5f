//! `hongtu manual`: all commands with their options as one manual page, in the form that `man` reads.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::build::could_not_run;
use super::report::ignore_closed_pipe;
use super::{Arguments, DONE};

/// How a page says what an apostrophe is.
const BEGINNING: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// Writes the page to standard output.
pub(super) fn manual() -> u8 {
    let written = page().and_then(|page| ignore_closed_pipe(io::stdout().lock().write_all(page.as_bytes())));
    match written {
        Ok(()) => DONE,
        Err(error) => could_not_run(&mut io::stderr().lock(), &error),
    }
}

fn page() -> io::Result<String> {
    let mut command = Arguments::command();
    command.build();
    let whole = Man::new(command.clone()).manual("红图");
    let mut page = Vec::new();
    whole.render_title(&mut page)?;
    whole.render_name_section(&mut page)?;
    whole.render_synopsis_section(&mut page)?;
    for part in command.get_subcommands() {
        part_of_page(part, &mut page)?;
    }
    let mut end = Roff::default();
    end.control("SH", ["退出码"]);
    for (code, meaning) in [
        ("0", "做完了。"),
        ("1", "文稿里有问题：有错误，或者写了 --deny warnings 而有警告。"),
        ("2", "命令没有运行成：参数不对，文件夹读不了，磁盘满了。"),
    ] {
        end.control("TP", []).text([roman(code)]).text([roman(meaning)]);
    }
    end.control("SH", ["文件"]);
    for (path, meaning) in [
        ("content/site.yaml", "门户的设置。"),
        ("content/terms.yaml", "词表。"),
        ("public/", "生成的网站。"),
        (".hongtu/", "缩小的图片等中间结果，可以删去。"),
    ] {
        end.control("TP", []).text([roman(path)]).text([roman(meaning)]);
    }
    end.to_writer(&mut page)?;
    // Each part begins with what need be said only once.
    let page = String::from_utf8_lossy(&page).replace(BEGINNING, "");
    Ok([("NAME", "名称"), ("SYNOPSIS", "用法")]
        .into_iter()
        .fold(format!("{BEGINNING}{page}"), |page, (english, chinese)| {
            page.replace(&format!(".SH {english}\n"), &format!(".SH {chinese}\n"))
        }))
}

/// A command with its arguments and options, below a heading of its own.
fn part_of_page(command: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    let mut head = Roff::default();
    let name = format!("hongtu {}", command.get_name());
    head.control("SH", [name.as_str()]);
    if let Some(about) = command.get_about() {
        head.text([roman(about.to_string())]);
    }
    head.to_writer(page)?;
    let part = Man::new(command.clone());
    let mut rest = Vec::new();
    part.render_synopsis_section(&mut rest)?;
    part.render_options_section(&mut rest)?;
    let rest = String::from_utf8_lossy(&rest).into_owned();
    page.write_all(
        rest.replace(".SH SYNOPSIS\n", ".PP\n")
            .replace(".SH OPTIONS\n", "")
            .as_bytes(),
    )
}
