//! `flywheel schema`, `completions` and `man`: the program describes itself.

use clap::CommandFactory;
use clap_complete::Shell;
use flywheel::scenario::json_schema;

use super::status::Status;
use super::{Cli, terminal};

/// Prints the JSON Schema of scenario files.
pub fn schema() -> Status {
    print(&format!("{:#}\n", json_schema()))
}

/// Prints the completions for a shell.
pub fn completions(shell: Shell) -> Status {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "flywheel", &mut text);
    print(&String::from_utf8_lossy(&text))
}

/// Prints the man page.
pub fn man() -> Status {
    let mut text = Vec::new();
    match clap_mangen::Man::new(Cli::command()).render(&mut text) {
        Ok(()) => print(&String::from_utf8_lossy(&text)),
        Err(error) => {
            terminal::error(format_args!("cannot make the man page: {error}"));
            Status::Failed
        }
    }
}

fn print(text: &str) -> Status {
    terminal::result(text.trim_end())
}
