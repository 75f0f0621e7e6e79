//! `flywheel man`: a manual page for the program, and one for each command.

use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::{Cli, Status, terminal, usage};

/// When commands or options last changed.
const DATE: &str = "2026-11-29";

#[derive(Debug, Args)]
pub struct Arguments {
    /// Print the page of this command, not that of the whole program
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
    /// Write all pages to this folder, where `man` finds them: DIR/flywheel.1, DIR/flywheel-run.1 and so on
    #[arg(short, long, value_name = "DIR", conflicts_with = "command")]
    output: Option<PathBuf>,
}

/// Prints one page, or writes all.
pub fn execute(arguments: &Arguments) -> Status {
    let mut cli = Cli::command().disable_help_subcommand(true);
    cli.build();
    if let Some(folder) = &arguments.output {
        return write(&cli, folder);
    }
    let Some(name) = &arguments.command else {
        return terminal::result(page(cli).trim_end());
    };
    if let Some(command) = cli.find_subcommand(name) {
        return terminal::result(page(command.clone()).trim_end());
    }
    let names = cli.get_subcommands().map(clap::Command::get_name);
    let advice = match usage::nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`flywheel --help` lists all".to_owned(),
    };
    terminal::error(format_args!("there is no command `{name}`: {advice}"));
    Status::Unusable
}

/// Writes the page of the program and those of its commands.
fn write(cli: &clap::Command, folder: &Path) -> Status {
    for command in std::iter::once(cli).chain(cli.get_subcommands()) {
        let name = command.get_display_name().unwrap_or(command.get_name());
        let path = folder.join(format!("{name}.1"));
        let written = std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, page(command.clone())));
        if let Err(problem) = written {
            terminal::error(format_args!("cannot write {}: {problem}", path.display()));
            return Status::Failed;
        }
    }
    Status::Done
}

/// The page of a command whose parents are built.
fn page(command: clap::Command) -> String {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let title = name.to_uppercase();
    let mut text = Vec::new();
    let page = Man::new(command)
        .title(title)
        .date(DATE)
        .source(concat!("flywheel ", env!("CARGO_PKG_VERSION")))
        .manual("Flywheel");
    page.render(&mut text).expect("memory takes all");
    tidy(&String::from_utf8_lossy(&text))
}

/// The same page without lines that are too long for those who read its source, blanks at ends of lines, and line breaks
/// beside empty lines, which are one break too many.
fn tidy(page: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = page.lines().map(str::trim_end).peekable();
    let mut last = "";
    while let Some(line) = rest.next() {
        let beside_empty = last.is_empty() || rest.peek().is_some_and(|next| next.is_empty());
        match line {
            "" => lines.push(".sp".to_owned()),
            ".br" if beside_empty => {}
            // requests are one line each, and so is what a tag shows
            _ if line.starts_with(['.', '\'']) || last == ".TP" => lines.push(line.to_owned()),
            _ => lines.extend(wrapped(line)),
        }
        last = line;
    }
    lines.join("\n") + "\n"
}

/// A line of text in lines of up to 80 bytes, broken at blanks.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().expect("there is a line");
        if last.is_empty() {
            last.push_str(word);
        } else if last.len() + 1 + word.len() <= 80 {
            last.push(' ');
            last.push_str(word);
        } else {
            // a word that begins as requests do is told to be none
            let mark = if word.starts_with(['.', '\'']) {
                "\\&"
            } else {
                ""
            };
            lines.push(format!("{mark}{word}"));
        }
    }
    lines
}
