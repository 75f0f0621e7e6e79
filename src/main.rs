//! The program `flywheel`: parses the command line, dispatches, and turns the outcome into an exit status.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    cli::Cli::parse().execute().into()
}
