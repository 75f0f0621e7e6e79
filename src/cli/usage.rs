//! What the command line says of itself: help goes out whole or the program fails, and a misspelt word is told the nearest.

use std::io::{ErrorKind, Write};

use clap::error::{ContextKind, ContextValue, Error, ErrorKind as Kind};
use clap::{ColorChoice, CommandFactory, FromArgMatches};

use super::{Cli, FIRST, Status, terminal};

/// Reads the command line; where nothing is left to do, how the program ends.
pub fn parse() -> Result<Cli, Status> {
    // clap asks whether it runs in continuous integration before it asks what the terminal can do
    let colour = if terminal::is_dumb() {
        ColorChoice::Never
    } else {
        ColorChoice::Auto
    };
    let given = Cli::command().color(colour).try_get_matches();
    given
        .and_then(|given| Cli::from_arg_matches(&given))
        .map_err(|mut error| {
            if std::env::args_os().len() <= 1 {
                terminal::note(FIRST.trim_end());
                return Status::Unusable;
            }
            suggest(&mut error);
            let printed = error.print().and_then(|()| std::io::stdout().flush());
            match printed {
                _ if error.use_stderr() => Status::Unusable,
                Err(problem) if problem.kind() != ErrorKind::BrokenPipe => {
                    terminal::unprintable(&problem)
                }
                _ => Status::Done,
            }
        })
}

/// Adds the nearest word where clap, which is wary of short ones, has none.
fn suggest(error: &mut Error) {
    let text = |error: &Error, kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    };
    match error.kind() {
        Kind::InvalidSubcommand if error.get(ContextKind::SuggestedSubcommand).is_none() => {
            let word = text(error, ContextKind::InvalidSubcommand);
            let cli = Cli::command();
            let names = cli.get_subcommands().map(clap::Command::get_name);
            if let Some(near) = nearest(&word, names) {
                let value = ContextValue::Strings(vec![near]);
                error.insert(ContextKind::SuggestedSubcommand, value);
            }
        }
        Kind::InvalidValue if error.get(ContextKind::SuggestedValue).is_none() => {
            let word = text(error, ContextKind::InvalidValue);
            let Some(ContextValue::Strings(valid)) = error.get(ContextKind::ValidValue) else {
                return;
            };
            if let Some(near) = nearest(&word, valid.iter().map(String::as_str)) {
                error.insert(ContextKind::SuggestedValue, ContextValue::String(near));
            }
        }
        _ => {}
    }
}

/// The word that takes the fewest changes to come from another, if these are few for its length.
pub fn nearest<'a>(word: &str, words: impl Iterator<Item = &'a str>) -> Option<String> {
    let distance = |other: &str| strsim::damerau_levenshtein(word, other);
    let near = words.min_by_key(|other| distance(other))?;
    (distance(near) <= (near.len() / 3).max(1)).then(|| near.to_owned())
}
