//! `flywheel schema` and `completions`: the program describes itself.

use clap::CommandFactory;
use clap_complete::Shell;
use flywheel::scenario::schema_text;

use super::status::Status;
use super::{Cli, terminal};

/// Prints the JSON Schema of scenario files.
pub fn schema() -> Status {
    print(&schema_text())
}

/// Prints the completions for a shell.
pub fn completions(shell: Shell) -> Status {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "flywheel", &mut text);
    print(&String::from_utf8_lossy(&text))
}

fn print(text: &str) -> Status {
    terminal::result(text.trim_end())
}
