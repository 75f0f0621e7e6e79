//! The folder of one run: tables written aside and put in place whole.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::journal;
use super::manifest::MANIFEST;
use super::{Cell, Design, Done, Shard, Summary, WithPoint};
use crate::scenario::{Quantity, RecordedTable, Scenario};
use crate::table::{
    self, AMPLIFICATION, AMPLIFICATION_VERDICT, Batch, Definition, FIRMS, Format, GAME,
    GAME_CYCLES, GAME_EQUILIBRIA, LEARNING, LOOP, MAP, MARKET, Metadata, PERIODS, SENSITIVITY,
    SOURCES, SOURCES_SUMMARY, SUMMARY, SummaryRow, TableWriter, Vocabulary,
};

/// The ending of files that are not complete yet.
const PARTIAL: &str = "partial";

/// The tables of a run, in the order in which [`Output`] keeps their writers.
const TABLES: [&Definition; 5] = [&PERIODS, &FIRMS, &MARKET, &LEARNING, &MAP];

/// The same, and the one that is made of them.
const ALL_TABLES: [&Definition; 6] = [&PERIODS, &FIRMS, &MARKET, &LEARNING, &MAP, &SUMMARY];

/// The tables that analyses make anew.
const ANALYSES: [&Definition; 9] = [
    &SENSITIVITY,
    &GAME,
    &GAME_EQUILIBRIA,
    &GAME_CYCLES,
    &AMPLIFICATION,
    &AMPLIFICATION_VERDICT,
    &LOOP,
    &SOURCES,
    &SOURCES_SUMMARY,
];

/// The file whose lock says that somebody is writing to the folder.
const LOCK: &str = ".lock";

/// The file that maps the points of a sweep to the swept values.
const POINTS: &str = "points.csv";

/// The file of the resolved scenario.
pub(super) const SCENARIO: &str = "scenario.toml";

/// A folder for the results of one run, which no other process may write to while this exists.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// The system lifts the lock when the file is closed, however the program ends.
    _lock: File,
}

impl Folder {
    /// Makes sure that a folder for the results of a scenario exists below `parent`, can be written to,
    /// and is nobody else's.
    ///
    /// # Errors
    /// If it cannot be written to, or another process is writing to it.
    pub fn prepare(parent: &Path, scenario: &Scenario) -> Result<Self, OutputError> {
        Self::named(parent, &scenario.name)
    }

    /// The same for a part of the scenario's cells, which has a folder of its own.
    ///
    /// # Errors
    /// As [`Folder::prepare`].
    pub fn prepare_part(
        parent: &Path,
        scenario: &Scenario,
        shard: Shard,
    ) -> Result<Self, OutputError> {
        Self::named(parent, &shard.folder_name(&scenario.name))
    }

    fn named(parent: &Path, name: &str) -> Result<Self, OutputError> {
        let path = parent.join(name);
        at(&path, fs::create_dir_all(&path))?;
        let lock = at(&path, lock(&path.join(LOCK)))?;
        // the lock file may be older than a change of permissions
        let probe = path.join(".probe.partial");
        at(&path, fs::write(&probe, b""))?;
        at(&path, fs::remove_file(&probe))?;
        Ok(Self { path, _lock: lock })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Says that what the folder holds is not complete, until a manifest is written again.
    ///
    /// # Errors
    /// If the manifest of an earlier run cannot be removed.
    pub fn remove_manifest(&self) -> Result<(), OutputError> {
        let manifest = self.path.join(MANIFEST);
        at(&manifest, remove_if_there(&manifest))
    }

    /// Writes the resolved scenario into the folder.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write_scenario(&self, scenario: &Scenario) -> Result<(), OutputError> {
        write_whole(&self.path.join(SCENARIO), scenario.to_toml().as_bytes())
    }
}

impl Drop for Folder {
    /// Removes a folder to which nothing was written.
    fn drop(&mut self) {
        let hidden = [self.path.join(LOCK), self.path.join(journal::JOURNAL)];
        let unused = |entry: io::Result<fs::DirEntry>| {
            entry.is_ok_and(|entry| {
                let empty = |file: fs::Metadata| file.len() <= journal::HEADER_BYTES;
                hidden.contains(&entry.path()) && entry.metadata().is_ok_and(empty)
            })
        };
        if fs::read_dir(&self.path).is_ok_and(|mut entries| entries.all(unused)) {
            // whatever cannot be removed is empty, and in nobody's way
            hidden.iter().for_each(|path| drop(fs::remove_file(path)));
            let _ = fs::remove_dir(&self.path);
        }
    }
}

/// How long to wait for another process to let go of a folder: one that was killed takes a moment.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Opens a file that only one process can have open in this way.
fn lock(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(50));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::new(
                    io::ErrorKind::ResourceBusy,
                    "another flywheel is writing to this folder; wait for it, or stop it",
                ));
            }
            // a file system without locks: go on without the protection
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(file);
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// The tables of one run on their way into its folder.
pub struct Output {
    folder: PathBuf,
    formats: Vec<Format>,
    metadata: Metadata,
    /// Whether tables have a column for the point.
    points: bool,
    /// Tables that the scenario does not ask for.
    left_out: Vec<&'static Definition>,
    /// By table, then by format.
    writers: Vec<Vec<Box<dyn TableWriter>>>,
}

/// Why results could not be written.
#[derive(Debug)]
pub struct OutputError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write {}: {}", self.path.display(), self.source)
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Names the path at which something went wrong.
fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, OutputError> {
    result.map_err(|source| OutputError {
        path: path.to_owned(),
        source,
    })
}

impl Output {
    /// Starts the tables of a run in a folder that was prepared; what is there stays until [`Output::publish`].
    ///
    /// # Errors
    /// If the files cannot be made.
    pub fn start(
        folder: &Folder,
        scenario: &Scenario,
        formats: &[Format],
    ) -> Result<Self, OutputError> {
        let metadata = metadata(scenario);
        remove_partial(folder.path());
        let mut output = Self {
            folder: folder.path().to_owned(),
            formats: formats.to_vec(),
            metadata,
            points: scenario.sweep.is_some(),
            left_out: left_out(scenario),
            writers: Vec::new(),
        };
        for table in TABLES {
            let writers = if output.holds(table) {
                output.create(table)?
            } else {
                Vec::new()
            };
            output.writers.push(writers);
        }
        Ok(output)
    }

    /// Whether the folder has a file for a table.
    fn holds(&self, table: &Definition) -> bool {
        !self.left_out.contains(&table)
    }

    /// One writer per format for a table.
    fn create(&self, table: &'static Definition) -> Result<Vec<Box<dyn TableWriter>>, OutputError> {
        let open = |&format: &Format| {
            let path = partial(&format.path(&self.folder, table));
            at(
                &path,
                table::create(format, &path, table, self.points, &self.metadata),
            )
        };
        self.formats.iter().map(open).collect()
    }

    /// Whether rows as CSV help [`Output::write`].
    #[must_use]
    pub fn wants_csv(&self) -> Option<WithPoint> {
        let csv = self.formats.contains(&Format::Csv);
        csv.then_some(WithPoint(self.points))
    }

    /// Appends the tables of a cell.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn write(&mut self, cell: Cell, done: &Done) -> Result<(), OutputError> {
        let point = self.points.then_some(cell.point);
        let batches = done.finished.records.batches();
        for (place, (writers, batch)) in self.writers.iter_mut().zip(batches).enumerate() {
            let csv = done.csv.as_ref().map(|rows| rows[place].as_str());
            for (writer, format) in writers.iter_mut().zip(&self.formats) {
                at(
                    &format.path(&self.folder, batch.definition()),
                    writer.write_made(batch, point, csv),
                )?;
            }
        }
        Ok(())
    }

    /// Completes the tables, adds the summary by point, the points of a sweep and the resolved scenario, and
    /// puts all of them in place.
    ///
    /// What an earlier run left goes: tables in other formats and the manifest would contradict the new tables. The manifest comes last, from the caller; a folder without one is not complete.
    ///
    /// # Errors
    /// If a file cannot be written. Until all are on the disk, what was in place before stays.
    pub fn publish(
        mut self,
        scenario: &Scenario,
        design: &Design,
        summaries: &[Summary],
    ) -> Result<(), OutputError> {
        self.complete(summaries)?;
        let points = self.folder.join(POINTS);
        if self.points {
            at(&points, write_points(&partial(&points), design))?;
        }
        let scenario_file = self.folder.join(SCENARIO);
        let aside = partial(&scenario_file);
        at(&scenario_file, fs::write(&aside, scenario.to_toml()))?;
        let manifest = self.folder.join(MANIFEST);
        at(&manifest, remove_if_there(&manifest))?;
        for table in ANALYSES {
            for format in Format::ALL {
                let path = format.path(&self.folder, table);
                at(&path, remove_if_there(&path))?;
            }
        }
        for table in ALL_TABLES {
            for format in Format::ALL {
                let path = format.path(&self.folder, table);
                if self.formats.contains(&format) && self.holds(table) {
                    at(&path, fs::rename(partial(&path), &path))?;
                } else {
                    at(&path, remove_if_there(&path))?;
                }
            }
        }
        if self.points {
            at(&points, fs::rename(partial(&points), &points))?;
        } else {
            at(&points, remove_if_there(&points))?;
        }
        at(&scenario_file, fs::rename(&aside, &scenario_file))
    }

    /// Adds the summary and completes all tables, still aside.
    fn complete(&mut self, summaries: &[Summary]) -> Result<(), OutputError> {
        let mut summary = self.create(&SUMMARY)?;
        for (point, one) in (0..).zip(summaries).filter(|(_, one)| one.replicates() > 0) {
            let batch = summary_table(one);
            for (writer, format) in summary.iter_mut().zip(&self.formats) {
                let path = format.path(&self.folder, &SUMMARY);
                at(&path, writer.write(&batch, self.points.then_some(point)))?;
            }
        }
        self.writers.push(summary);
        for (writers, table) in std::mem::take(&mut self.writers)
            .into_iter()
            .zip(ALL_TABLES)
        {
            for (writer, format) in writers.into_iter().zip(&self.formats) {
                at(&format.path(&self.folder, table), writer.finish())?;
            }
        }
        Ok(())
    }
}

/// The tables that are there only if the scenario asks for them, and that this one does not ask for.
fn left_out(scenario: &Scenario) -> Vec<&'static Definition> {
    let record = &scenario.simulation.record;
    [
        (RecordedTable::Learning, &LEARNING),
        (RecordedTable::Map, &MAP),
    ]
    .into_iter()
    .filter(|(asked, _)| !record.keeps_table(*asked))
    .map(|(_, table)| table)
    .collect()
}

/// Whatever ends a run before its tables are in place, nothing half done stays.
impl Drop for Output {
    fn drop(&mut self) {
        self.writers.clear();
        remove_partial(&self.folder);
    }
}

/// Removes the files of a run that did not come to its end.
fn remove_partial(folder: &Path) {
    let tables = ALL_TABLES
        .iter()
        .flat_map(|table| Format::ALL.map(|format| format.path(folder, table)));
    for path in tables.chain([folder.join(SCENARIO), folder.join(POINTS)]) {
        // what cannot be removed is only in the way of nothing: the next run replaces it
        let _ = fs::remove_file(partial(&path));
    }
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Writes a table of a scenario that is whole already, in each of the formats.
///
/// # Errors
/// If a file cannot be written.
pub fn write_table(
    folder: &Folder,
    scenario: &Scenario,
    formats: &[Format],
    table: &'static Definition,
    batch: &Batch,
) -> Result<(), OutputError> {
    let parts = [(None, batch.clone())];
    write_parts(folder.path(), &metadata(scenario), formats, table, &parts)
}

/// Writes a table that is whole already into a folder, in each of the formats; its parts belong to the points
/// of a sweep, or there is one without a point.
///
/// # Errors
/// If a file cannot be written.
pub fn write_parts(
    folder: &Path,
    metadata: &Metadata,
    formats: &[Format],
    table: &'static Definition,
    parts: &[(Option<u32>, Batch)],
) -> Result<(), OutputError> {
    let points = parts.iter().any(|(point, _)| point.is_some());
    for &format in formats {
        let path = format.path(folder, table);
        let aside = partial(&path);
        let written = table::create(format, &aside, table, points, metadata)
            .and_then(|mut writer| {
                for (point, batch) in parts {
                    writer.write(batch, *point)?;
                }
                writer.finish()
            })
            .and_then(|()| fs::rename(&aside, &path));
        if written.is_err() {
            let _ = fs::remove_file(&aside);
        }
        at(&path, written)?;
    }
    Ok(())
}

/// What a table says about itself: version, seed and complete scenario.
fn metadata(scenario: &Scenario) -> Metadata {
    vec![
        (
            "flywheel.version".to_owned(),
            env!("CARGO_PKG_VERSION").to_owned(),
        ),
        (
            "flywheel.seed".to_owned(),
            scenario.simulation.seed.to_string(),
        ),
        ("flywheel.scenario".to_owned(), scenario.to_toml()),
    ]
}

/// Writes a file aside, then puts it in place.
///
/// # Errors
/// If it cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let aside = partial(path);
    let written = fs::write(&aside, bytes).and_then(|()| fs::rename(&aside, path));
    if written.is_err() {
        // half a file is of no use to anybody
        let _ = fs::remove_file(&aside);
    }
    at(path, written)
}

/// Where a file is written until it is complete.
fn partial(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".");
    name.push(PARTIAL);
    path.with_file_name(name)
}

/// The rows of the table `summary` of one point.
fn summary_table(summary: &Summary) -> Batch {
    let mut vocabulary = Vocabulary::default();
    let mut rows = Vec::new();
    for (firm, estimates) in summary.firms() {
        for (quantity, estimate) in Quantity::SUMMARY.iter().zip(estimates) {
            rows.push(SummaryRow {
                firm: vocabulary.label(firm),
                quantity: vocabulary.label(quantity.column()),
                mean: estimate.mean,
                standard_deviation: estimate.standard_deviation,
                low: estimate.low,
                high: estimate.high,
                replicates: i64::from(estimate.count),
            });
        }
    }
    let mut batch = Batch::new(&SUMMARY, vocabulary.into());
    rows.into_iter().for_each(|row| row.push(&mut batch));
    batch
}

/// Writes `points.csv`: every point of a sweep with its values.
fn write_points(path: &Path, design: &Design) -> io::Result<()> {
    let mut out = csv::Writer::from_path(path)?;
    out.write_record(design.header())?;
    for point in 0..design.len() {
        out.write_record(design.row(point))?;
    }
    out.into_inner()
        .map_err(|error| error.into_error())?
        .sync_all()
}
