//! Whether a folder still holds what its manifest says.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::Path;

use super::output::SCENARIO;
use super::{FileEntry, Manifest};

/// Something that is not as the manifest says; paths are from the folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// A file is not there.
    Missing(String),
    /// A file has other bytes.
    Changed(String),
    /// A file is there that the run did not write.
    Extra(String),
    /// The scenario is not the one that the manifest is of.
    OtherScenario,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "{path} is missing"),
            Self::Changed(path) => write!(f, "{path} has changed since it was written"),
            Self::OtherScenario => {
                write!(
                    f,
                    "{SCENARIO} is not the scenario of which the manifest has the hash"
                )
            }
            Self::Extra(path) => write!(f, "{path} is there, but the manifest does not name it"),
        }
    }
}

/// What in a folder differs from its manifest, in order of the kind, then of the path.
///
/// # Errors
/// If the folder or a file in it cannot be read.
pub fn differences(folder: &Path, manifest: &Manifest) -> io::Result<Vec<Difference>> {
    let mut found = BTreeSet::new();
    for entry in &manifest.files {
        let path = entry.path.clone();
        match FileEntry::of(folder, path.clone()) {
            Ok(now) if now == *entry => {}
            Ok(_) => drop(found.insert(Difference::Changed(path))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                found.insert(Difference::Missing(path));
            }
            Err(error) => return Err(io::Error::new(error.kind(), format!("{path}: {error}"))),
        }
    }
    for path in manifest.paths(folder)? {
        if !manifest.files.iter().any(|entry| entry.path == path) {
            found.insert(Difference::Extra(path));
        }
    }
    let unchanged = manifest.files.iter().find(|entry| {
        entry.path == SCENARIO && !found.contains(&Difference::Changed(entry.path.clone()))
    });
    if unchanged.is_some_and(|entry| entry.sha256 != manifest.scenario_hash) {
        found.insert(Difference::OtherScenario);
    }
    Ok(found.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn what_is_missing_changed_or_extra_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        let write = |name: &str, text: &str| std::fs::write(path.join(name), text).expect("space");
        std::fs::create_dir(path.join("charts")).expect("space");
        for name in ["a.csv", "b.csv", "charts/c.svg", ".cells"] {
            write(name, "as it was");
        }
        let mut manifest = Manifest::start(&Scenario::new("small"), 1);
        manifest.list_files(path).expect("readable");
        assert_eq!(manifest.files.len(), 3);
        assert_eq!(differences(path, &manifest).expect("readable"), []);
        write("a.csv", "as it wasn");
        std::fs::remove_file(path.join("b.csv")).expect("there");
        write("charts/d.svg", "more");
        // what the program keeps for itself is no result
        write(".cells", "more");
        let all = [
            Difference::Missing("b.csv".to_owned()),
            Difference::Changed("a.csv".to_owned()),
            Difference::Extra("charts/d.svg".to_owned()),
        ];
        assert_eq!(differences(path, &manifest).expect("readable"), all);
    }
}
