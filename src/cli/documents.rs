//! A test that every command shown in the documents is one that the program takes.

#![expect(clippy::disallowed_methods, reason = "in whatever order")]

use std::path::{Path, PathBuf};

use clap::Parser;
use clap::error::ErrorKind;

use super::Cli;

/// The README and every document in `docs/`.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = std::fs::read_dir(root.join("docs")).expect("the documents");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry of docs/").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    assert!(!files.is_empty(), "docs/ holds documents");
    files.push(root.join("README.md"));
    files
}

/// The commands in a document: lines of its code blocks, fenced or further in, and code within its text that call the program.
fn commands(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if in_block || line.starts_with("    ") {
            found.extend(command(line.split(" #").next().unwrap_or_default()));
        } else {
            let code = line.split('`').skip(1).step_by(2);
            found.extend(code.filter_map(command));
        }
    }
    found
}

/// The arguments in a piece of code, if it calls the program.
fn command(code: &str) -> Option<String> {
    let code = code.trim().trim_start_matches("$ ");
    let arguments = code
        .strip_prefix("flywheel ")
        .or_else(|| code.strip_prefix("cargo run --release -- "))?;
    Some(arguments.trim().to_owned())
}

/// What a user puts in the place of a word in capitals.
fn filled_in(argument: &str) -> &str {
    match argument {
        "SHELL" => "bash",
        "N" => "2",
        "PATH=VALUE" => "market.value=1",
        "COMMAND" => "run",
        // a task number that a scheduler sets
        part if part.contains('$') && part.trim_matches('"').ends_with("/40") => "1/40",
        other => other.trim_matches('\''),
    }
}

#[test]
fn every_command_in_the_documents_is_one() {
    let mut seen = 0;
    for path in documents() {
        let document = path.display();
        let text = std::fs::read_to_string(&path);
        let text = text.unwrap_or_else(|error| panic!("{document}: {error}"));
        for arguments in commands(&text) {
            seen += 1;
            let line =
                std::iter::once("flywheel").chain(arguments.split_whitespace().map(filled_in));
            // a command named alone, as `flywheel run` in a sentence, lacks only its paths
            let bare = arguments.split_whitespace().count() == 1;
            if let Err(error) = Cli::try_parse_from(line) {
                let is_fine = match error.kind() {
                    ErrorKind::MissingRequiredArgument => bare,
                    kind => matches!(kind, ErrorKind::DisplayHelp | ErrorKind::DisplayVersion),
                };
                assert!(is_fine, "{document}: flywheel {arguments}\n{error}");
            }
        }
    }
    // the README alone lists seven commands
    assert!(seen >= 10, "only {seen} commands were found");
}

#[test]
fn the_command_line_is_consistent() {
    use clap::CommandFactory;
    Cli::command().debug_assert();
}
