//! `flywheel new`: writes a commented scenario to start from.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use clap::Args;
use flywheel::scenario::template;

use super::status::Status;
use super::terminal;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Name of the scenario: letters, digits, - and _; the file is NAME.toml
    name: String,
}

/// Writes the file, unless there is one.
pub fn execute(arguments: &Arguments) -> Status {
    let name = arguments
        .name
        .strip_suffix(".toml")
        .unwrap_or(&arguments.name);
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || !name.chars().all(allowed) {
        terminal::error(format_args!(
            "`{name}` is no name for a scenario: use letters, digits, - and _, as in `my-market`"
        ));
        return Status::Unusable;
    }
    let path = PathBuf::from(format!("{name}.toml"));
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .and_then(|mut file| file.write_all(template(name).as_bytes()));
    match written {
        Ok(()) => terminal::result(&format!(
            "wrote {0}; run it with: flywheel run {0}",
            path.display()
        )),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            terminal::error(format_args!(
                "{} exists already and was left as it is: choose another name",
                path.display()
            ));
            Status::Unusable
        }
        Err(error) => {
            terminal::error(format_args!("cannot write {}: {error}", path.display()));
            Status::Unusable
        }
    }
}
