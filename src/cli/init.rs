//! `hongtu init`: a small portal that is complete. It asks nothing and overwrites nothing.

use std::io;
use std::path::{Path, PathBuf};

use super::DONE;
use super::build::{could_not_run, say};
use crate::read::folder::{Folder, look_at};
use crate::starter::{self, CONTENT};
use crate::write::WriteProblem;
use crate::write::fresh::{Fresh, create_new};

#[derive(Debug, clap::Args)]
pub(super) struct InitArguments {
    /// 建在哪个文件夹里；没有就新建，“.”是现在的文件夹
    #[arg(value_name = "文件夹")]
    folder: PathBuf,
}

/// Writes the files that are not there yet. Says what was done on standard error.
pub(super) fn init(arguments: &InitArguments) -> u8 {
    let mut stderr = io::stderr().lock();
    let folder = &arguments.folder;
    // Samples among the texts of a portal that is in use would be published with them.
    let content = match look_at(&folder.join(CONTENT)) {
        Ok(content) => content,
        Err(problem) => return could_not_run(&mut stderr, &problem),
    };
    let done = match write_portal(folder, content) {
        Ok(done) => done,
        Err(problem) => return could_not_run(&mut stderr, &problem),
    };
    for path in &done.left_alone {
        say(&mut stderr, &format!("已经有了，没有动：{path}"));
    }
    if content == Folder::InUse {
        say(
            &mut stderr,
            "content 里已经有东西，没有放示例。新写一篇：hongtu new 案例 \"标题\"",
        );
    }
    if done.written == 0 {
        say(&mut stderr, "什么也不缺，一个文件也没有写。");
        return DONE;
    }
    say(&mut stderr, &format!("写好 {} 个文件。", done.written));
    for line in next_steps(folder, content) {
        say(&mut stderr, &line);
    }
    DONE
}

#[derive(Default)]
struct Done {
    written: usize,
    left_alone: Vec<String>,
}

fn write_portal(folder: &Path, content: Folder) -> Result<Done, WriteProblem> {
    let mut done = Done::default();
    for (path, text) in starter::portal() {
        if content == Folder::InUse && path.starts_with(CONTENT) {
            continue;
        }
        match create_new(&folder.join(&path), &text)? {
            Fresh::Written => done.written += 1,
            Fresh::LeftAlone => done.left_alone.push(path),
        }
    }
    Ok(done)
}

fn next_steps(folder: &Path, content: Folder) -> Vec<String> {
    let mut steps = Vec::new();
    if folder != Path::new(".") {
        steps.push(format!("  cd {}", folder.display()));
    }
    steps.push("  hongtu serve --open    边写边看".to_owned());
    steps.push("  hongtu check    检查".to_owned());
    steps.push("  hongtu build    生成，再双击 public 里的 index.html".to_owned());
    let mut lines = vec!["接下来：".to_owned()];
    lines.append(&mut steps);
    if content == Folder::Free {
        lines.push("先改 content/site.yaml 里的名称；别的说明在 README.md 里。".to_owned());
    }
    lines
}
