//! From a file to a checked scenario.
//!
//! 1. The text becomes a tree that knows its places ([`super::tree`]).
//! 2. Overrides are applied to it ([`Override`]).
//! 3. It is held against the schema ([`super::structure`]).
//! 4. What is left out is filled in ([`super::merge`]).
//! 5. What no schema can say is checked: names, lengths, interventions ([`super::check`]).
//! 6. serde builds the types.
//! 7. What is seen only in those, or only at other points, is checked ([`super::points`], [`super::game`]).
//!
//! Each step reports all it finds; only broken TOML ends the work at once. The tree of step 5 stays with the scenario
//! ([`super::Checked`]): points, variants and phases are made from it.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use super::checked::Kept;
use super::diagnostics::{Diagnostics, Problem, Source, Span};
use super::merge::Groups;
use super::overrides::Override;
use super::tree::{self, Node};
use super::{Scenario, check, design_file, files, log_file, points, structure};

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
        let source = Arc::new(Source::new(origin, text));
        let root = tree::parse(&source).and_then(|root| {
            if root.table().is_some_and(tree::Table::is_empty) && overrides.is_empty() {
                return Err(vec![empty(origin)]);
            }
            Ok(root)
        });
        root.and_then(|root| from_tree(root, &Groups::new(), default_name, overrides))
            .map(|kept| kept.scenario())
            .map_err(|problems| Diagnostics::new(origin, problems))
    }
}

/// The scenario that a tree holds, once parameters have other values. The firms of `groups` stand in the tree already.
pub(super) fn from_tree(
    mut root: Node,
    groups: &Groups,
    default_name: &str,
    overrides: &[Override],
) -> Result<Arc<Kept>, Vec<Problem>> {
    let mut problems = Vec::new();
    for change in overrides {
        change.apply(&mut root, groups, &mut problems);
    }
    design_file::read(&mut root, &mut problems);
    log_file::read(&mut root, &mut problems);
    structure::check(&mut root, structure::schema(), "", &mut problems);
    if let Some(table) = root.table_mut() {
        table.shift_remove("$schema");
    }
    let (groups, varied) = points::complete(&mut root, groups, default_name, &mut problems);
    // what is wrong anyway would be wrong at every point again
    if problems.is_empty() {
        points::check(&root, &groups, &varied, &mut problems);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let kept = Kept::new(root, groups).map_err(|problem| vec![problem])?;
    check::games(&kept, &mut problems);
    if problems.is_empty() {
        Ok(kept)
    } else {
        Err(problems)
    }
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
        source: Arc::new(Source::new(origin, &String::from_utf8_lossy(bytes))),
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
