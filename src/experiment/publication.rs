//! New results on their way into a folder: written aside, then put in place as one, or not at all.
//!
//! # Usual flow
//!
//! 1. [`Publication::begin`] makes a hidden folder for new files inside that of the run.
//! 2. [`Publication::file`] says where to write a file, [`Publication::write`] writes one.
//! 3. [`Publication::finish`] moves all of them in place, with a manifest that lists them.
//!
//! # How nothing is lost
//!
//! Until the new manifest is in place, every file that a new one replaces, or that is not made any more, stands in
//! a second hidden folder, beside a list of what is moved. Whatever goes wrong is undone from there, at once, or by
//! the next process that opens the folder if this one was killed. What the program did not write is not touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::folder::Folder;
use super::manifest::{FileEntry, FileKind, Manifest};
use super::moves::{Change, remove_all, restore, settle};
use super::names::{JOURNAL, MANIFEST, NEW, OLD, POINTS, POINTS_EXCEL, REPORT, SCENARIO};
use super::{ExperimentError, plain};
use crate::scenario::{SCHEMA_FILE, Scenario, schema_text};
use crate::table::{self, COMPARISON, Format, STATISTICS};

/// Which of a run's files are made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewed {
    /// All of them.
    All,
    /// Charts and report; tables and scenario stay as they are.
    Pictures,
}

/// New results of a folder, not in place yet.
#[derive(Debug)]
pub struct Publication<'a> {
    folder: &'a Folder,
    files: Mutex<BTreeMap<String, FileKind>>,
}

impl<'a> Publication<'a> {
    /// Makes room for new files; what is in the folder stays until [`Publication::finish`].
    ///
    /// # Errors
    /// If the folder cannot be written to.
    pub fn begin(folder: &'a Folder) -> Result<Self, ExperimentError> {
        let new = folder.path().join(NEW);
        let made = remove_all(&new).and_then(|()| fs::create_dir(&new));
        made.map_err(ExperimentError::writing(&new))?;
        Ok(Self {
            folder,
            files: Mutex::default(),
        })
    }

    /// Where to write a file of the results; `name` is its path in the folder, with `/` between its parts.
    ///
    /// # Errors
    /// If a folder for it cannot be made.
    pub fn file(&self, kind: FileKind, name: &str) -> Result<PathBuf, ExperimentError> {
        let path = self.folder.path().join(NEW).join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(ExperimentError::writing(parent))?;
        }
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(name.to_owned(), kind);
        Ok(path)
    }

    /// Writes a file of the results.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, kind: FileKind, name: &str, bytes: &[u8]) -> Result<(), ExperimentError> {
        plain::write_synced(&self.file(kind, name)?, bytes).map_err(self.writing(name))
    }

    /// Writes the resolved scenario, and the schema beside it by which editors complete and check it.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn write_scenario(&self, scenario: &Scenario) -> Result<(), ExperimentError> {
        self.write(FileKind::Schema, SCHEMA_FILE, schema_text().as_bytes())?;
        self.write(FileKind::Scenario, SCENARIO, scenario.to_file().as_bytes())
    }

    /// Names a file in an error, at the place where it will be: that is what its reader knows.
    pub(super) fn writing(&self, name: &str) -> impl FnOnce(io::Error) -> ExperimentError + use<> {
        ExperimentError::writing(&self.folder.path().join(name))
    }

    /// Lists the new files in a manifest, and puts all in place; gives the manifest as it was written.
    ///
    /// Files of earlier runs that are not made any more go, if they are as that run wrote them.
    ///
    /// # Errors
    /// If anything cannot be written or moved. Then the folder holds what it held before, all of it.
    pub fn finish(
        self,
        mut manifest: Manifest,
        renewed: Renewed,
    ) -> Result<Manifest, ExperimentError> {
        let change = self.prepare(&mut manifest, renewed)?;
        let moved = self.put_in_place(&change);
        if moved.is_err() {
            // what cannot be undone now is undone by the next process that opens the folder
            let _ = restore(self.folder.path());
        }
        moved.map(|()| manifest)
    }

    /// Completes the manifest, writes it aside, and decides what is moved.
    fn prepare(
        &self,
        manifest: &mut Manifest,
        renewed: Renewed,
    ) -> Result<Change, ExperimentError> {
        let path = self.folder.path();
        let new = path.join(NEW);
        let files = std::mem::take(&mut *self.files.lock().unwrap_or_else(PoisonError::into_inner));
        let before = Manifest::read(path).ok();
        let before = before.map(|before| before.files).unwrap_or_default();
        let (stay, go): (Vec<FileEntry>, Vec<FileEntry>) = (before.into_iter())
            .partition(|entry| renewed == Renewed::Pictures && !entry.kind.is_picture());
        let mut entries: BTreeMap<String, FileEntry> = BTreeMap::new();
        entries.extend(stay.into_iter().map(|entry| (entry.path.clone(), entry)));
        for (name, kind) in &files {
            let entry = FileEntry::of(&new, name.clone(), *kind);
            let entry = entry.map_err(ExperimentError::reading(&new.join(name)))?;
            entries.insert(name.clone(), entry);
        }
        // the cells of a part are its result, but stand where they are
        if manifest.shard.is_some() {
            let cells = FileEntry::of(path, JOURNAL.to_owned(), FileKind::Cells);
            let cells = cells.map_err(ExperimentError::reading(&path.join(JOURNAL)))?;
            entries.insert(JOURNAL.to_owned(), cells);
        }
        manifest.files = entries.into_values().collect();
        self.write(FileKind::Manifest, MANIFEST, manifest.to_json().as_bytes())?;

        // manifests of earlier versions did not tell results from what else was there
        let unknown = go.iter().any(|entry| entry.kind == FileKind::Unknown) || go.is_empty();
        let mut away: BTreeSet<String> = (go.into_iter())
            .filter(|entry| entry.kind.is_own() && is_as_written(path, entry))
            .map(|entry| entry.path)
            .collect();
        if unknown && renewed == Renewed::All {
            away.extend(reserved_names());
        }
        away.extend(files.keys().cloned());
        Ok(Change {
            away,
            new: files.into_keys().collect(),
        })
    }

    /// Notes what is new, then moves the old files away and the new ones in place.
    fn put_in_place(&self, change: &Change) -> Result<(), ExperimentError> {
        let path = self.folder.path();
        let begun = change.begin(path);
        begun.map_err(ExperimentError::writing(&path.join(OLD)))?;
        for step in change.steps() {
            let done = step.take(path);
            done.map_err(ExperimentError::writing(&path.join(step.name())))?;
        }
        // from here on the new results are those of the folder
        settle(path);
        Ok(())
    }
}

impl Drop for Publication<'_> {
    /// Whatever ends a run before its results are in place, nothing half done stays.
    fn drop(&mut self) {
        let path = self.folder.path();
        // unless something could not be undone
        if !path.join(OLD).exists() {
            let _ = remove_all(&path.join(NEW));
        }
    }
}

/// The names of results without a manifest that says which there are: those that every version would write.
fn reserved_names() -> impl Iterator<Item = String> {
    let tables = table::ALL
        .iter()
        .filter(|table| ![COMPARISON.name, STATISTICS.name].contains(&table.name));
    let tables = tables.flat_map(|table| Format::ALL.map(|format| format.file(table)));
    tables.chain([POINTS, POINTS_EXCEL, SCENARIO, SCHEMA_FILE, REPORT].map(str::to_owned))
}

/// Whether a file of an earlier run is as that run wrote it; what somebody changed since is theirs.
fn is_as_written(path: &Path, entry: &FileEntry) -> bool {
    let now = FileEntry::of(path, entry.path.clone(), entry.kind);
    now.is_ok_and(|now| now == *entry)
}

#[cfg(test)]
mod tests {
    use super::super::names::LOCK;
    use super::plain::files_below;
    use super::*;

    fn publication<'a>(folder: &'a Folder, files: &[&str]) -> Publication<'a> {
        let new = Publication::begin(folder).expect("space");
        for name in files {
            let bytes = format!("{name} of {files:?}");
            new.write(FileKind::Chart, name, bytes.as_bytes())
                .expect("space");
        }
        new
    }

    fn holds(path: &Path) -> BTreeMap<String, Vec<u8>> {
        let names = files_below(path).expect("readable").into_iter();
        let files = names.filter(|name| name != LOCK);
        files
            .map(|name| (name.clone(), fs::read(path.join(name)).expect("readable")))
            .collect()
    }

    #[test]
    fn a_process_that_is_killed_at_any_step_leaves_the_old_or_the_new() {
        let parent = tempfile::tempdir().expect("a folder");
        let path = parent.path().join("run");
        let open = || Folder::at(path.clone()).expect("a folder");
        let manifest = || Manifest::start(&Scenario::new("small"), 1);
        let old = ["a.csv", "charts/b.svg", "charts/c.svg"];
        let first = open();
        let published = publication(&first, &old).finish(manifest(), Renewed::All);
        published.expect("space");
        fs::write(path.join("charts/mine.svg"), "mine").expect("space");
        let before = holds(&path);
        assert_eq!(before.len(), 5);
        drop(first);
        let mut ended = Vec::new();
        for killed in 0.. {
            let folder = open();
            let new = publication(&folder, &["a.csv", "charts/c.svg", "d.csv"]);
            let change = new.prepare(&mut manifest(), Renewed::All).expect("space");
            change.begin(&path).expect("space");
            let steps: Vec<_> = change.steps().collect();
            for step in &steps[..killed] {
                step.take(&path).expect("moved");
            }
            std::mem::forget(new);
            drop(folder);
            drop(open());
            let after = holds(&path);
            if killed < steps.len() {
                assert!(after == before, "{killed}: {:?}", after.keys());
                continue;
            }
            ended.extend(after.into_keys());
            break;
        }
        assert_eq!(
            ended,
            [
                "a.csv",
                "charts/c.svg",
                "charts/mine.svg",
                "d.csv",
                MANIFEST
            ]
        );
    }

    #[test]
    fn what_cannot_be_moved_leaves_all_as_it_was() {
        let parent = tempfile::tempdir().expect("a folder");
        let path = parent.path().join("run");
        let folder = Folder::at(path.clone()).expect("a folder");
        let manifest = || Manifest::start(&Scenario::new("small"), 1);
        let first = publication(&folder, &["a.csv", "z.csv"]);
        first.finish(manifest(), Renewed::All).expect("space");
        fs::remove_file(path.join("z.csv")).expect("there");
        fs::create_dir_all(path.join("z.csv/mine")).expect("space");
        let before = holds(&path);
        let again = publication(&folder, &["a.csv", "z.csv"]).finish(manifest(), Renewed::All);
        let error = again.expect_err("a folder in the way").to_string();
        assert!(
            error.contains("z.csv") && error.contains("move it away"),
            "{error}"
        );
        assert!(before == holds(&path) && path.join("z.csv/mine").is_dir());
        assert!(!path.join(NEW).exists() && !path.join(OLD).exists());
    }
}
