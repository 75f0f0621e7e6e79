//! Words to the user: errors, warnings and notes on stderr, results on stdout.

use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write};

use flywheel::scenario::Diagnostics;

use super::status::Status;

/// Prints a problem on stderr.
pub fn error(problem: impl Display) {
    line(&format!("error: {problem}"));
}

/// Prints something on stderr that is perhaps not meant.
pub fn warning(scenario: &str, warning: impl Display) {
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
        Err(problem) if problem.kind() != ErrorKind::BrokenPipe => unprintable(&problem),
        _ => Status::Done,
    }
}

/// What to do where stdout takes nothing.
pub fn unprintable(problem: &std::io::Error) -> Status {
    error(format_args!(
        "cannot write to the standard output: {problem}"
    ));
    Status::Failed
}

/// A line of a list of what was found.
pub fn found(what: &str, words: &str) -> String {
    format!("{what:<13} {words}")
}

/// Whether stderr is a terminal on which lines can be drawn again.
pub fn is_interactive() -> bool {
    std::io::stderr().is_terminal() && !is_dumb()
}

/// Whether the terminal says that it cannot do more than write lines.
pub fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

fn colourful() -> bool {
    // set to nothing, it asks for nothing (no-color.org)
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    is_interactive() && !plain
}

fn line(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
