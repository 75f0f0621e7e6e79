//! Words to the user: errors, warnings and notes on stderr, results on stdout.

use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write};

use flywheel::scenario::{Diagnostics, Warning};

use super::status::Status;

/// Prints a problem on stderr.
pub fn error(problem: impl Display) {
    line(&format!("error: {problem}"));
}

/// Prints something on stderr that is perhaps not meant.
pub fn warning(scenario: &str, warning: &Warning) {
    line(&format!("warning: {scenario}: {warning}"));
}

/// Prints a note on stderr.
pub fn note(text: impl Display) {
    line(&text.to_string());
}

/// Prints the problems of a scenario on stderr, in colour on a terminal.
pub fn problems(diagnostics: &Diagnostics) {
    line(diagnostics.render(colourful()).trim_end());
}

/// Prints results on stdout. A reader that has gone away (`| head`) is no error; a full disk is.
#[must_use]
pub fn result(text: &str) -> Status {
    let mut stdout = std::io::stdout().lock();
    match writeln!(stdout, "{text}").and_then(|()| stdout.flush()) {
        Err(problem) if problem.kind() != ErrorKind::BrokenPipe => {
            error(format_args!(
                "cannot write to the standard output: {problem}"
            ));
            Status::Failed
        }
        _ => Status::Done,
    }
}

/// Whether stderr is a terminal.
pub fn is_interactive() -> bool {
    std::io::stderr().is_terminal()
}

fn colourful() -> bool {
    is_interactive() && std::env::var_os("NO_COLOR").is_none()
}

fn line(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
