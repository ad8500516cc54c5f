//! `hongtu completions`: a script with which a shell completes commands and options.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;

use super::build::could_not_run;
use super::report::ignore_closed_pipe;
use super::{Arguments, DONE};

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArguments {
    /// 哪一种命令行
    #[arg(value_name = "命令行")]
    shell: Shell,
}

/// Writes the script to standard output.
pub(super) fn completions(arguments: &CompletionsArguments) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "hongtu", &mut script);
    match ignore_closed_pipe(io::stdout().lock().write_all(&script)) {
        Ok(()) => DONE,
        Err(error) => could_not_run(&mut io::stderr().lock(), &error),
    }
}
