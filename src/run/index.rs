//! The page that leads to all reports in a folder of results.

use std::path::{Path, PathBuf};

use super::RunError;
use crate::experiment::{Manifest, REPORT, SCENARIO, Status, write_whole};
use crate::report::{Listed, ListedKind, index};
use crate::scenario::Language;

/// The page that leads to the reports of a folder.
pub const INDEX: &str = "index.html";

/// By what it is known that a page was written by the program.
const GENERATOR: &str = "<meta name=\"generator\" content=\"flywheel";

/// Writes the page that leads to all reports in a folder of results, if there is more than one; where it is, or none if there are fewer, or the folder holds
/// a page of that name that somebody else wrote.
///
/// # Errors
/// The folder cannot be read, or the page not be written.
pub fn write_index(output: &Path, language: Language) -> Result<Option<PathBuf>, RunError> {
    let path = output.join(INDEX);
    let own = match std::fs::read_to_string(&path) {
        Ok(page) => page.contains(GENERATOR),
        Err(_) => !path.exists(),
    };
    if !own {
        return Ok(None);
    }
    let reports = listed(output);
    if reports.len() < 2 {
        return Ok(None);
    }
    write_whole(&path, index(&reports, REPORT, language).as_bytes())?;
    Ok(Some(path))
}

/// All reports in the folders of a folder, by name; what cannot be read is none.
#[expect(
    clippy::disallowed_methods,
    reason = "what it gives is sorted before anything is made of it"
)]
fn listed(output: &Path) -> Vec<Listed> {
    let Ok(entries) = std::fs::read_dir(output) else {
        return Vec::new();
    };
    let folders = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut all: Vec<Listed> = folders.filter_map(|folder| list(&folder)).collect();
    all.sort_by(|a, b| a.folder.cmp(&b.folder));
    all
}

/// What is said of the run in a folder; none where there is no report of one.
fn list(folder: &Path) -> Option<Listed> {
    if !folder.join(REPORT).is_file() {
        return None;
    }
    let manifest = Manifest::read(folder).ok()?;
    let text = std::fs::read_to_string(folder.join(SCENARIO)).ok()?;
    let scenario: toml::Table = text.parse().ok()?;
    let word = |key: &str| scenario.get(key).and_then(toml::Value::as_str);
    let has = |key: &str| scenario.contains_key(key);
    let kind = match () {
        () if has("lesson") => ListedKind::Lesson,
        () if has("sweep") => ListedKind::Sweep,
        () if has("hypotheses") => ListedKind::Claim,
        () => ListedKind::Scenario,
    };
    let title = word("title")
        .map(str::trim)
        .filter(|title| !title.is_empty());
    let firms = scenario.get("firms").and_then(toml::Value::as_array);
    let periods = scenario
        .get("simulation")
        .and_then(|table| table.get("periods"));
    let periods = periods.and_then(toml::Value::as_integer);
    Some(Listed {
        folder: folder.file_name()?.to_str()?.to_owned(),
        title: title.unwrap_or(&manifest.scenario).to_owned(),
        description: word("description").unwrap_or_default().to_owned(),
        kind,
        counts: [
            firms.map_or(0, |firms| firms.len() as u64),
            periods
                .and_then(|periods| u64::try_from(periods).ok())
                .unwrap_or(0),
            manifest.replicates.into(),
        ],
        is_complete: manifest.status == Status::Complete,
    })
}
