//! `hongtu new`: a new entry in the right column, with all keys of its kind.

use std::io::{self, Write};
use std::path::PathBuf;

use super::build::{could_not_run, say};
use super::report::ignore_closed_pipe;
use super::{COULD_NOT_RUN, DONE, today};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::quotable;
use crate::kind::{KIND_NAMES, Kind};
use crate::pinyin_slug;
use crate::read::{self, Column, Drafts, Library, Options};
use crate::schema::date::Date;
use crate::starter::entry::NewEntry;
use crate::starter::language;
use crate::write::fresh::{Fresh, create_new};

#[derive(Debug, clap::Args)]
pub(super) struct NewArguments {
    /// 哪一种：园区、示范点、路线、案例、联盟、简报、圆桌、页面，或者它的英文名
    #[arg(value_name = "种类", value_parser = kind)]
    kind: Kind,
    /// 标题，有空格的用引号括起来
    #[arg(value_name = "标题", value_parser = title)]
    title: String,
    /// 文稿所在的文件夹
    #[arg(long, default_value = "content", value_name = "文件夹")]
    content: PathBuf,
    /// 放进哪个栏目，写文件夹名或栏目名；不写就是放这一种的第一个栏目
    #[arg(long, value_name = "栏目")]
    column: Option<String>,
    /// 文件名，不带 .md；不写就是标题的拼音
    #[arg(long, value_name = "文件名", value_parser = name)]
    name: Option<String>,
}

/// The name that a column's introduction has.
const INTRODUCTION: &str = "index";

fn kind(written: &str) -> Result<Kind, String> {
    Kind::parse(written).ok_or_else(|| {
        let near = nearest(written, KIND_NAMES.iter().copied());
        let near = near.map(|near| format!("是不是想写“{near}”？")).unwrap_or_default();
        let all = Kind::ALL.map(Kind::chinese).join("、");
        format!("没有“{}”这一种。{near}可以写：{all}", quotable(written))
    })
}

fn title(written: &str) -> Result<String, String> {
    let title = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if pinyin_slug::slug(&title).is_empty() {
        return Err("标题里要有字".to_owned());
    }
    Ok(title)
}

fn name(written: &str) -> Result<String, String> {
    let stem = written.trim_end_matches(".md");
    let slug = pinyin_slug::slug(stem);
    if slug.is_empty() || stem.contains(['/', '\\']) {
        return Err("写一个名字，用小写字母、数字和短横线，例如 shared-canteen".to_owned());
    }
    if slug == INTRODUCTION {
        return Err("index 是栏目开场白的名字，换一个".to_owned());
    }
    Ok(slug)
}

/// Where a new entry goes.
struct Place<'a> {
    /// The folder below the content folder.
    folder: String,
    /// The column, where there is one already.
    column: Option<&'a Column>,
}

/// The path of the new file goes to standard output, what is to be done with it to standard error.
pub(super) fn new(arguments: &NewArguments) -> u8 {
    let mut stderr = io::stderr().lock();
    let today = today();
    let library = match read::read(&options(arguments, today)) {
        Ok((library, _)) => library,
        Err(problem) => {
            let code = could_not_run(&mut stderr, &problem);
            say(
                &mut stderr,
                "要在放着 content 的文件夹里运行；还没有门户的，先运行 hongtu init 文件夹名",
            );
            return code;
        }
    };
    let place = match place(arguments, &library) {
        Ok(place) => place,
        Err(message) => {
            say(&mut stderr, &message);
            return COULD_NOT_RUN;
        }
    };
    let stem = arguments
        .name
        .clone()
        .unwrap_or_else(|| pinyin_slug::slug(&arguments.title));
    if let Some(taken) = taken(&library, &place, &stem) {
        say(
            &mut stderr,
            &already_there(arguments, &taken, &free_name(&library, &place, &stem)),
        );
        return COULD_NOT_RUN;
    }
    let column = place
        .column
        .and_then(|column| library.columns.iter().position(|other| other.folder == column.folder));
    let text = NewEntry {
        kind: arguments.kind,
        column_kind: place.column.map_or(arguments.kind, |column| column.kind),
        parts: place.column.and_then(|column| column.config.parts.as_deref()),
        title: &arguments.title,
        date: today,
        language: language::of_column(&library, column),
    }
    .text();
    let path = arguments.content.join(&place.folder).join(format!("{stem}.md"));
    match create_new(&path, &text) {
        Ok(Fresh::Written) => {}
        Ok(Fresh::LeftAlone) => {
            let free = free_name(&library, &place, &stem);
            say(
                &mut stderr,
                &already_there(arguments, &path.display().to_string(), &free),
            );
            return COULD_NOT_RUN;
        }
        Err(problem) => return could_not_run(&mut stderr, &problem),
    }
    let shown = writeln!(io::stdout().lock(), "{}", path.display());
    if let Err(error) = ignore_closed_pipe(shown) {
        return could_not_run(&mut stderr, &error);
    }
    say(
        &mut stderr,
        "建好了，现在是草稿。打开它，填上空着的必填项，写正文；hongtu check 会说还缺什么。写完、审过以后删去“草稿”一行，才会发布。",
    );
    DONE
}

fn options(arguments: &NewArguments, today: Date) -> Options {
    Options {
        content: arguments.content.clone(),
        themes: PathBuf::from("themes"),
        cache: None,
        drafts: Drafts::Shown,
        as_of: today,
        base_url: None,
    }
}

/// The column that was named, else the first one of the kind, else the folder that the kind has by default.
fn place<'a>(arguments: &NewArguments, library: &'a Library) -> Result<Place<'a>, String> {
    let mut folders = library.columns.iter().filter(|column| !column.folder.is_empty());
    let found = match &arguments.column {
        Some(named) => {
            let found = folders.find(|column| column.folder == *named || column.title == *named);
            Some(found.ok_or_else(|| no_such_column(named, library))?)
        }
        None => folders.find(|column| column.kind == arguments.kind),
    };
    Ok(Place {
        folder: found
            .map_or(arguments.kind.default_folder(), |column| &column.folder)
            .to_owned(),
        column: found,
    })
}

fn no_such_column(named: &str, library: &Library) -> String {
    let columns = library.columns.iter().filter(|column| !column.folder.is_empty());
    let all: Vec<String> = columns
        .map(|column| format!("{}（{}）", column.folder, column.title))
        .collect();
    format!("没有“{}”这个栏目。现有的：{}", quotable(named), all.join("、"))
}

/// The entry that has the address already, whatever its file is called.
fn taken(library: &Library, place: &Place<'_>, stem: &str) -> Option<String> {
    let beginning = format!("{}/", place.folder);
    if stem == INTRODUCTION {
        return Some(format!("content/{beginning}{INTRODUCTION}.md"));
    }
    let mut entries = library.entries.iter();
    let entry = entries.find(|entry| entry.slug == stem && entry.content_path.starts_with(&beginning))?;
    Some(format!("content/{}", entry.content_path))
}

fn free_name(library: &Library, place: &Place<'_>, stem: &str) -> String {
    let mut numbered = (2_u32..).map(|number| format!("{stem}-{number}"));
    // Numbers do not end before the entries do.
    numbered
        .find(|name| taken(library, place, name).is_none())
        .unwrap_or_else(|| stem.to_owned())
}

fn already_there(arguments: &NewArguments, path: &str, free: &str) -> String {
    format!(
        "已经有 {path}，没有动它。另起一个文件名：\nhongtu new {} \"{}\" --name {free}",
        arguments.kind.chinese(),
        arguments.title
    )
}
