//! `flywheel new`: writes a commented scenario to start from.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};

use clap::Args;
use flywheel::scenario::{
    MARKETS, SCHEMA_FILE, lesson_template, market_in_words, market_like, schema_text, template,
};

use super::status::Status;
use super::terminal;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Name of the scenario: letters, digits, - and _; the file is NAME.toml
    name: String,
    /// Start from a well-known kind of market, each of whose values says why: drugstore, insulin-pump, printer-ink, streaming or wedding-dresses
    #[arg(long, value_name = "KIND")]
    like: Option<String>,
    /// Start from a lesson for a class
    #[arg(long, conflicts_with = "like")]
    lesson: bool,
}

/// Writes the file, unless there is one, and the schema beside it.
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
    let text = match (&arguments.like, arguments.lesson) {
        (Some(kind), _) => match market_like(kind) {
            Some(text) => text,
            None => return unknown_kind(kind),
        },
        (None, true) => lesson_template(name),
        (None, false) => template(name),
    };
    let file = format!("{name}.toml");
    match write_new(&file, &text) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            terminal::error(format_args!(
                "{file} exists already and was left as it is: choose another name"
            ));
            return Status::Unusable;
        }
        Err(error) => return failed(&file, &error),
    }
    // one is enough for all scenarios of a folder
    let beside = match write_new(SCHEMA_FILE, &schema_text()) {
        Ok(()) => format!(", and {SCHEMA_FILE} by which editors check it"),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => String::new(),
        Err(error) => return failed(SCHEMA_FILE, &error),
    };
    let command = if arguments.lesson { "course" } else { "run" };
    terminal::result(&format!(
        "wrote {file}{beside}; run it with: flywheel {command} {file}"
    ))
}

/// Says which kinds of market there are.
fn unknown_kind(kind: &str) -> Status {
    let known = MARKETS.into_iter();
    let known = known.map(|(name, text)| format!("\n  {name:<16} {}", market_in_words(text)));
    terminal::error(format_args!(
        "there is no kind of market named `{kind}`; --like takes one of these:{}",
        known.collect::<String>()
    ));
    Status::Unusable
}

/// Writes a file unless something of that name is there.
fn write_new(name: &str, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(name)?;
    file.write_all(text.as_bytes())
}

fn failed(file: &str, error: &io::Error) -> Status {
    terminal::error(format_args!("cannot write {file}: {error}"));
    Status::Unusable
}
