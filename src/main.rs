//! The program `flywheel`: parses the command line, dispatches, and turns the outcome into an exit status.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run().into()
}
