//! Hands the arguments to [`hongtu::cli`] and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    hongtu::cli::run(std::env::args_os())
}
