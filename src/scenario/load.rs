//! From a file to a checked scenario.
//!
//! 1. The text becomes a tree that knows its places ([`super::tree`]).
//! 2. Overrides are applied to it ([`Override`]).
//! 3. It is held against the schema ([`super::structure`]).
//! 4. What is left out is filled in ([`super::merge`]).
//! 5. What no schema can say is checked: names, lengths, interventions ([`super::check`]).
//! 6. serde builds the types.
//!
//! Each step reports all it finds; only broken TOML ends the work at once.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use super::diagnostics::{Diagnostics, Problem, Source, Span};
use super::overrides::Override;
use super::tree::{self, Node};
use super::{Scenario, check, files, merge, structure};

impl Scenario {
    /// Reads and checks a scenario file. Without `name` in it, the scenario is named like the file.
    ///
    /// # Errors
    /// The file cannot be read, or is no valid scenario: all problems of the file at once.
    pub fn load(path: &Path, overrides: &[Override]) -> Result<Self, Diagnostics> {
        let origin = path.display().to_string();
        let text = read(path, &origin)?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        Self::from_toml_with(&text, &origin, &stem, overrides)
    }

    /// Reads and checks a scenario from a text.
    ///
    /// # Errors
    /// All problems of the text.
    pub fn from_toml(text: &str) -> Result<Self, Diagnostics> {
        Self::from_toml_with(text, "scenario", "scenario", &[])
    }

    /// Reads and checks a scenario from a text that `origin` names in messages.
    ///
    /// # Errors
    /// All problems of the text and of the overrides.
    pub fn from_toml_with(
        text: &str,
        origin: &str,
        default_name: &str,
        overrides: &[Override],
    ) -> Result<Self, Diagnostics> {
        // some editors on Windows put a mark in front, which is no column
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let source = Arc::new(Source {
            name: origin.to_owned(),
            text: text.to_owned(),
        });
        build(&source, default_name, overrides)
            .map_err(|problems| Diagnostics::new(origin, problems))
    }
}

fn build(
    source: &Arc<Source>,
    default_name: &str,
    overrides: &[Override],
) -> Result<Scenario, Vec<Problem>> {
    let mut root = tree::parse(source)?;
    if root.table().is_some_and(tree::Table::is_empty) && overrides.is_empty() {
        return Err(vec![empty(&source.name)]);
    }
    let mut problems = Vec::new();
    for change in overrides {
        change.apply(&mut root, &mut problems);
    }
    structure::check(&mut root, structure::schema(), "", &mut problems);
    if let Some(table) = root.table_mut() {
        table.shift_remove("$schema");
    }
    let groups = merge::merge(&mut root, default_name, &mut problems);
    check::check(&mut root, &groups, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    deserialize(&root).map_err(|problem| vec![problem])
}

/// The last step, which the checks before have made safe; what they missed still names its key.
pub(super) fn deserialize<T: serde::de::DeserializeOwned>(node: &Node) -> Result<T, Problem> {
    serde_path_to_error::deserialize(node.to_json())
        .map_err(|error| Problem::new(format!("`{}`: {}", error.path(), error.inner())))
}

fn empty(origin: &str) -> Problem {
    Problem::new(format!("{origin} holds no scenario"))
        .help("a scenario needs at least one [[populations]] and one [[firms]]")
        .help("`flywheel new NAME` writes a commented scenario to start from")
}

fn read(path: &Path, origin: &str) -> Result<String, Diagnostics> {
    let bytes = std::fs::read(path).map_err(|error| {
        let problem = match error.kind() {
            ErrorKind::NotFound => files::missing(path),
            ErrorKind::PermissionDenied => {
                Problem::new(format!("{origin} cannot be read: permission denied"))
                    .help("ask its owner, or change its permissions")
            }
            _ if path.is_dir() => {
                Problem::new(format!("{origin} is a folder, not a scenario file"))
                    .help("name a file in it")
            }
            _ => Problem::new(format!("{origin} cannot be read: {error}")),
        };
        Diagnostics::one(origin, problem)
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        Diagnostics::one(origin, not_utf8(error.as_bytes(), valid, origin))
    })
}

/// Shows the line up to the first byte that is no UTF-8.
fn not_utf8(bytes: &[u8], at: usize, origin: &str) -> Problem {
    let span = Span {
        source: Arc::new(Source {
            name: origin.to_owned(),
            text: String::from_utf8_lossy(bytes).into_owned(),
        }),
        // the replacement character takes three bytes
        range: at..at + 3,
    };
    Problem::new("this file is not UTF-8 text")
        .at(Some(&span), "")
        .label(format!(
            "byte {:#04x}, number {} of the file",
            bytes[at],
            at + 1
        ))
        .help("save it as UTF-8 (in most editors: \"Save with encoding\")")
}
