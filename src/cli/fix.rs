//! `hongtu fix`: shows how files would change, and changes them when told to.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use super::build::{could_not_run, say};
use super::report::ignore_closed_pipe;
use super::{COULD_NOT_RUN, DONE, SiteArguments};
use crate::diagnostic::Rule;
use crate::fix::{Wanted, changes, unified_diff};
use crate::read::{Instead, Options, ReadProblem};
use crate::report::Folders;
use crate::write::mended::replace_text;

/// What mends one thing may show another; after so many rounds the rest waits for the next run.
const MOST_ROUNDS: usize = 8;

#[derive(Debug, clap::Args)]
pub(super) struct FixArguments {
    #[command(flatten)]
    site: SiteArguments,
    /// 真的改文件；不写就只给看
    #[arg(long)]
    apply: bool,
    /// 只改这些规则查出的问题，没有把握的也按第一条建议改，例如 text/lost-byte
    #[arg(value_name = "规则", value_parser = rule)]
    rules: Vec<Rule>,
}

fn rule(id: &str) -> Result<Rule, String> {
    Rule::find(id)
        .copied()
        .ok_or_else(|| format!("没有 {id} 这条规则；运行 hongtu explain 看所有的规则"))
}

/// The files that would change: what they hold, and what they would hold.
#[derive(Default)]
struct Plan {
    files: BTreeMap<String, (String, String)>,
    mended: BTreeMap<&'static str, usize>,
    /// Files with something to mend whose bytes are not those of their texts.
    left_alone: BTreeSet<String>,
}

/// The diff goes to standard output, what was done to standard error.
pub(super) fn fix(arguments: &FixArguments) -> u8 {
    let mut stderr = io::stderr().lock();
    let options = arguments.site.options();
    let wanted = match arguments.rules.as_slice() {
        [] => Wanted::Certain,
        rules => Wanted::Rules(rules.to_vec()),
    };
    let plan = match plan(&options, &wanted) {
        Ok(plan) => plan,
        Err(problem) => return could_not_run(&mut stderr, &problem),
    };
    let folders = Folders {
        content: options.content.to_string_lossy().into_owned(),
        themes: options.themes.to_string_lossy().into_owned(),
    };
    let mut stdout = io::stdout().lock();
    let shown = plan
        .files
        .iter()
        .try_for_each(|(shown, (old, new))| write!(stdout, "{}", unified_diff(&folders.path(shown), old, new)));
    if let Err(error) = ignore_closed_pipe(shown) {
        return could_not_run(&mut stderr, &error);
    }
    for (rule, count) in &plan.mended {
        let title = Rule::find(rule).map_or("", Rule::title);
        say(&mut stderr, &format!("{rule}（{title}）：{count} 处"));
    }
    for path in &plan.left_alone {
        say(
            &mut stderr,
            &format!(
                "{} 不是 UTF-8 编码，没有动它：先在编辑器里另存为 UTF-8，再运行一次。",
                folders.path(path)
            ),
        );
    }
    let sum: usize = plan.mended.values().sum();
    match (sum, arguments.apply) {
        (0, _) => {
            say(&mut stderr, "没有能自动改的。");
            DONE
        }
        (_, false) => {
            say(
                &mut stderr,
                &format!(
                    "共 {sum} 处，在 {} 个文件里，还没有改。看过以后加上 --apply 再运行一次。",
                    plan.files.len()
                ),
            );
            DONE
        }
        (_, true) => apply(&plan, &folders, &mut stderr),
    }
}

fn apply(plan: &Plan, folders: &Folders, stderr: &mut impl Write) -> u8 {
    for (shown, (old, new)) in &plan.files {
        let path = folders.path(shown);
        match replace_text(Path::new(&path), old, new) {
            Ok(()) => {}
            Err(problem) => {
                say(stderr, &format!("无法完成：{problem}"));
                return COULD_NOT_RUN;
            }
        }
    }
    say(
        stderr,
        &format!(
            "改好 {} 个文件。把上面的内容存成 a.diff，用 patch -R -p1 < a.diff 可以改回去。",
            plan.files.len()
        ),
    );
    DONE
}

/// Mends in memory until nothing more changes, so that a second run finds nothing to do.
fn plan(options: &Options, wanted: &Wanted) -> Result<Plan, ReadProblem> {
    let mut plan = Plan::default();
    let mut instead = Instead::new();
    for _ in 0..MOST_ROUNDS {
        let checked = crate::check(options, &instead)?;
        let round = changes(&checked.diagnostics, &checked.sources, wanted);
        let mut is_done = true;
        for change in round {
            // A change is of a file that is there.
            let Some(source) = checked.sources.get(change.file) else {
                continue;
            };
            let path = source.path.to_string();
            if source.has_other_encoding {
                plan.left_alone.insert(path);
                continue;
            }
            is_done = false;
            let file = plan
                .files
                .entry(path.clone())
                .or_insert_with(|| (source.text.to_string(), String::new()));
            file.1.clone_from(&change.text);
            instead.insert(path, change.text);
            for (rule, count) in change.mended {
                *plan.mended.entry(rule).or_default() += count;
            }
        }
        if is_done {
            break;
        }
    }
    // What was changed and changed back is as it was.
    plan.files.retain(|_, (old, new)| old != new);
    Ok(plan)
}
