//! Reports on the terminal.

use std::io::{self, IsTerminal, Write};

use crate::diagnostic::human::{self, Colour};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// Colour only on a terminal, and not under `NO_COLOR` (<https://no-color.org>).
pub(super) fn colour_of(stream: &impl IsTerminal) -> Colour {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if stream.is_terminal() && !unwanted {
        Colour::On
    } else {
        Colour::Off
    }
}

/// Writes all problems and their sum.
pub(super) fn write_problems(
    stream: &mut impl Write,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    colour: Colour,
) -> io::Result<()> {
    write_each(stream, diagnostics.iter(), sources, colour)?;
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        writeln!(stream, "共 {errors} 处错误，{warnings} 处警告。")?;
    }
    Ok(())
}

/// Writes problems, an empty line after each.
pub(super) fn write_each<'a>(
    stream: &mut impl Write,
    diagnostics: impl Iterator<Item = &'a Diagnostic>,
    sources: &Sources,
    colour: Colour,
) -> io::Result<()> {
    for diagnostic in diagnostics {
        writeln!(stream, "{}\n", human::render(diagnostic, sources, colour))?;
    }
    Ok(())
}

/// A closed pipe, as of `hongtu check | head`, is no error of ours.
pub(super) fn ignore_closed_pipe(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
