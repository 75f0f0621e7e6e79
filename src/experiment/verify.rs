//! Whether a folder still holds what its manifest says, and whether the manifest says what the scenario does.

use std::collections::BTreeSet;
use std::io;
use std::path::{Component, Path};

use super::difference::{Claims, Difference};
use super::manifest::{FileEntry, FileKind, Manifest};
use super::names::{JOURNAL, LOCK, MANIFEST, NEW, OLD, POINTS, POINTS_EXCEL, SCENARIO};
use super::plain::files_below;
use super::tables::points_file;
use super::{Design, ExperimentError, Journal};
use crate::scenario::Scenario;
use crate::table::Dialect;

/// Which of a folder's files are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All, and whether there are others.
    Everything,
    /// Those that hold results: tables, scenario, points, and the cells of a part.
    Results,
}

/// What in a folder differs from its manifest, in order of the kind, then of the path.
///
/// # Errors
/// If the folder or a file in it cannot be read.
pub fn differences(
    folder: &Path,
    manifest: &Manifest,
    scope: Scope,
) -> Result<Vec<Difference>, ExperimentError> {
    let mut found = BTreeSet::new();
    let results = |entry: &&FileEntry| scope == Scope::Everything || entry.kind.is_result();
    for entry in manifest.files.iter().filter(results) {
        found.extend(difference(folder, entry)?);
    }
    let at = folder.join(MANIFEST);
    let text = std::fs::read_to_string(&at).map_err(ExperimentError::reading(&at))?;
    if text != manifest.to_json() {
        found.insert(Difference::Changed(MANIFEST.to_owned()));
    }
    if scope == Scope::Everything {
        found.extend(extra(folder, manifest).map_err(ExperimentError::reading(folder))?);
        found.extend(damaged_cells(folder));
    }
    let unchanged = manifest.files.iter().find(|entry| {
        entry.path == SCENARIO && !found.contains(&Difference::Changed(entry.path.clone()))
    });
    if unchanged.is_none_or(|entry| entry.sha256 != manifest.scenario_hash) && found.is_empty() {
        found.insert(Difference::OtherScenario);
    }
    Ok(found.into_iter().collect())
}

/// The manifest of a folder whose tables, as far as they are there, are those that its run wrote, so that something
/// can be made of them.
///
/// # Errors
/// If the folder is not one of a finished run, cannot be read, or holds other results.
pub fn sound_manifest(folder: &Path) -> Result<Manifest, ExperimentError> {
    let manifest = Manifest::of(folder)?;
    // a table that is not there is nobody's: there may be another format of it, or its reader says what is missing
    let other = |difference: &Difference| !matches!(difference, Difference::Missing(_));
    let found = differences(folder, &manifest, Scope::Results)?;
    match found.into_iter().find(other) {
        Some(difference) => Err(ExperimentError::NotAsWritten(difference)),
        None => Ok(manifest),
    }
}

/// What is not right about one file.
fn difference(folder: &Path, entry: &FileEntry) -> Result<Option<Difference>, ExperimentError> {
    let path = entry.path.clone();
    let inside = |part: Component<'_>| matches!(part, Component::Normal(_));
    if path.is_empty() || !Path::new(&path).components().all(inside) {
        return Ok(Some(Difference::Outside(path)));
    }
    // a file behind a link to a folder is not in this one
    let parents = Path::new(&path).ancestors().skip(1);
    let mut links = parents.filter(|parent| folder.join(parent).is_symlink());
    if let Some(link) = links.find(|link| !link.as_os_str().is_empty()) {
        let words = format!("{} is a link to another place", link.display());
        return Ok(Some(Difference::NotAFile(path, words)));
    }
    match FileEntry::of(folder, path.clone(), entry.kind) {
        Ok(now) => Ok((now != *entry).then_some(Difference::Changed(path))),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                Ok(Some(Difference::Missing(path)))
            }
            io::ErrorKind::InvalidInput => Ok(Some(Difference::NotAFile(path, error.to_string()))),
            _ => Err(ExperimentError::reading(&folder.join(path))(error)),
        },
    }
}

/// Files that the manifest does not name, wherever in the folder they are.
fn extra(folder: &Path, manifest: &Manifest) -> io::Result<Vec<Difference>> {
    let listed: BTreeSet<&str> = manifest.files.iter().map(|entry| &*entry.path).collect();
    // what the program keeps for itself is no result; of a part, the cells are
    let own = |path: &str| {
        [MANIFEST, LOCK].contains(&path)
            || path == JOURNAL && manifest.shard.is_none()
            || [NEW, OLD].contains(&path.split('/').next().unwrap_or_default())
    };
    let all = files_below(folder)?.into_iter();
    let extra = all.filter(|path| !listed.contains(&**path) && !own(path));
    Ok(extra.map(Difference::Extra).collect())
}

/// What is wrong with the finished cells, if there are any.
fn damaged_cells(folder: &Path) -> Option<Difference> {
    match Journal::read(folder) {
        Ok(journal) => match journal.found().damaged {
            0 => None,
            places => Some(Difference::DamagedCells(places)),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => Some(Difference::NotAFile(JOURNAL.to_owned(), error.to_string())),
    }
}

/// What a manifest says that does not follow from the scenario of its folder; `points.csv` is held against it too.
///
/// # Errors
/// If the scenario has a problem, or a file cannot be read.
pub fn unfounded_claims(
    folder: &Path,
    manifest: &Manifest,
    scenario: &Scenario,
) -> Result<Vec<Difference>, ExperimentError> {
    const BY: &str = SCENARIO;
    let design = Design::new(scenario)?;
    let mut claims = Claims(Vec::new());
    claims.hold("program", &manifest.program, &"flywheel".to_owned(), BY);
    claims.hold("scenario", &manifest.scenario, &scenario.name, BY);
    claims.hold("seed", &manifest.seed, &scenario.simulation.seed, BY);
    claims.hold("points", &manifest.points, &design.len(), BY);
    let variants = u32::try_from(design.variants().len()).unwrap_or(u32::MAX);
    claims.hold("variants", &manifest.variants, &variants, BY);
    let asked = scenario.simulation.replicates;
    let simulation = &scenario.simulation;
    let precision = simulation.precision.as_ref().map(|one| one.at_most);
    let at_most = precision.or(simulation.until_decided.as_ref().map(|one| one.at_most));
    match at_most {
        None => claims.hold("replicates", &manifest.replicates, &asked, BY),
        Some(at_most) => {
            let most = at_most.max(asked);
            let within = manifest.replicates.clamp(asked, most);
            claims.hold("replicates", &manifest.replicates, &within, BY);
        }
    }
    let Claims(mut found) = claims;
    // counts make sense only where these hold
    if !found.is_empty() {
        return Ok(found);
    }
    let failed = manifest.failed.len() as u64;
    let most = manifest.cells_to_do().saturating_sub(failed);
    if manifest.cells_done > most {
        found.push(Claims::differ(
            "cells_done",
            &manifest.cells_done,
            &most,
            BY,
        ));
    }
    if manifest.shard.is_none() && design.is_sweep() {
        let of_points = |entry: &&FileEntry| entry.kind == FileKind::Points;
        let files: Vec<&str> = (manifest.files.iter().filter(of_points))
            .map(|entry| &*entry.path)
            .collect();
        if !files.contains(&POINTS) {
            found.push(Difference::Missing(POINTS.to_owned()));
        }
        for file in files {
            let at = folder.join(file);
            let stored = std::fs::read(&at).map_err(ExperimentError::reading(&at))?;
            let dialect = match file {
                POINTS_EXCEL => Dialect::Spreadsheet,
                _ => Dialect::Plain,
            };
            if stored != points_file(&design, dialect) {
                found.push(Difference::Claim {
                    field: "files",
                    says: file.to_owned(),
                    is: "another list of points".to_owned(),
                    by: BY,
                });
            }
        }
    }
    Ok(found)
}
