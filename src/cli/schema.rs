//! `hongtu schema`: what editors need to complete keys and to mark mistakes.

use std::io::{self, Write};
use std::path::PathBuf;

use super::DONE;
use super::build::could_not_run;
use super::report::ignore_closed_pipe;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::quotable;
use crate::starter::editor::{Subject, shown};
use crate::write;

#[derive(Debug, clap::Args)]
pub(super) struct SchemaArguments {
    /// 稿子的种类（案例 case……）；site 是 site.yaml，terms 是 terms.yaml
    #[arg(value_name = "种类", value_parser = subject)]
    subject: Subject,
    /// 写进文件，不显示在屏幕上
    #[arg(long, value_name = "文件")]
    out: Option<PathBuf>,
}

fn subject(written: &str) -> Result<Subject, String> {
    Subject::parse(written).ok_or_else(|| {
        let names = Subject::all().flat_map(|subject| [subject.name(), subject.chinese()]);
        let near = nearest(written, names).map(|near| format!("是不是想写“{near}”？"));
        let all: Vec<_> = Subject::all()
            .map(|subject| format!("{}（{}）", subject.chinese(), subject.name()))
            .collect();
        let near = near.unwrap_or_default();
        format!("没有“{}”这一种。{near}可以写：{}", quotable(written), all.join("、"))
    })
}

/// Writes the schema to standard output or into a file.
pub(super) fn schema(arguments: &SchemaArguments) -> u8 {
    let mut stderr = io::stderr().lock();
    let text = shown(&arguments.subject.schema());
    if let Some(out) = &arguments.out {
        return match write::report(out, &text) {
            Ok(()) => DONE,
            Err(problem) => could_not_run(&mut stderr, &problem),
        };
    }
    match ignore_closed_pipe(io::stdout().lock().write_all(text.as_bytes())) {
        Ok(()) => DONE,
        Err(error) => could_not_run(&mut stderr, &error),
    }
}
