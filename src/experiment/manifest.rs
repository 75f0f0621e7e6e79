//! `manifest.json`: what a folder of results holds and how it was made.

use std::fmt;
use std::io::{self, Read};
use std::num::NonZero;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::hash::{hex, scenario_hash};
use super::names::{MANIFEST, VERSION};
use super::{Cell, CellError, Cells, ExperimentError, Order, Shard, Stopwatch, plain};
use crate::scenario::{Scenario, Variant};

/// What a folder of results holds and how it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name of the program.
    pub program: String,
    /// Its version. Equal scenario, seed and version give equal tables.
    pub version: String,
    /// Commit of the sources, with `+` behind it where they were changed; none if it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// Optional features that the program was built with.
    #[serde(default)]
    pub features: Vec<String>,
    /// The platform that it was built for, as a target triple.
    #[serde(default)]
    pub target: String,
    /// Name of the scenario.
    pub scenario: String,
    /// SHA-256 of the resolved scenario as in `scenario.toml`, in hexadecimal.
    pub scenario_hash: String,
    /// Seed of all random draws.
    pub seed: u64,
    /// Which part of the cells was done here; none if it is all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// Points of the sweep; 1 without one.
    pub points: u32,
    /// Variants of each point, the scenario itself among them; 0 without.
    #[serde(default, skip_serializing_if = "is_none")]
    pub variants: u32,
    /// Replicates of each point that the scenario asks for, or that its precision took.
    pub replicates: u32,
    /// Cells, that is replicates of points, in the tables; of a part, in its journal.
    pub cells_done: u64,
    /// Cells that failed, with their causes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<FailedCell>,
    /// Whether the run came to its end.
    pub status: Status,
    /// Start of the run, in UTC (RFC 3339).
    pub started: String,
    /// Time from the start to the end on the clock, in seconds.
    pub duration_seconds: f64,
    /// Time of all cores together in between, in seconds, with the system's work for the program.
    #[serde(default)]
    pub cpu_seconds: f64,
    /// Threads that simulated.
    pub threads: usize,
    /// Cores that the machine offered.
    #[serde(default)]
    pub cores: usize,
    /// The files that the run wrote, this one left out, in order of their paths.
    pub files: Vec<FileEntry>,
    /// SHA-256 of this manifest with an empty text in this place, in hexadecimal: a changed one is told.
    #[serde(default)]
    pub checksum: String,
}

/// What a file of a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// The resolved scenario.
    Scenario,
    /// What editors know of scenarios by.
    Schema,
    /// The points of a sweep with their values.
    Points,
    /// What an analysis writes beside its tables: the draws and the scenario of a calibration.
    Answer,
    /// A table.
    Table,
    /// A chart, in one of its formats.
    Chart,
    /// The numbers that a chart shows.
    ChartData,
    /// The page.
    Report,
    /// Finished cells, the result of a part.
    Cells,
    /// The manifest, which does not list itself.
    Manifest,
    /// Listed by a version of the program that did not say; perhaps not its own.
    #[default]
    Unknown,
}

impl FileKind {
    /// Whether it holds results, or what they are results of.
    #[must_use]
    pub fn is_result(self) -> bool {
        !self.is_picture() && self != Self::Schema
    }

    /// Whether it shows what tables hold, and is made anew when charts are drawn again.
    #[must_use]
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Chart | Self::ChartData | Self::Report)
    }

    /// Whether a later run may remove it.
    #[must_use]
    pub fn is_own(self) -> bool {
        !matches!(self, Self::Cells | Self::Unknown)
    }
}

/// Whether a run came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// All replicates are in the tables.
    Complete,
    /// The run was stopped; the tables hold the replicates that had finished.
    Interrupted,
    /// Some replicates failed; the tables hold the others.
    Failed,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Complete => "complete",
            Self::Interrupted => "interrupted",
            Self::Failed => "failed",
        })
    }
}

/// A cell that could not be simulated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedCell {
    /// Point of the design, or with variants its world: variants of a point follow each other. 0 without either.
    pub point: u32,
    /// Replicate.
    pub replicate: u32,
    /// Why.
    pub cause: String,
}

impl FailedCell {
    /// A cell with the cause of its failure.
    #[must_use]
    pub fn new(cell: Cell, cause: &CellError) -> Self {
        let Cell { replicate, point } = cell;
        Self {
            point,
            replicate,
            cause: cause.to_string(),
        }
    }

    /// Which cell it is.
    #[must_use]
    pub fn cell(&self) -> Cell {
        Cell {
            replicate: self.replicate,
            point: self.point,
        }
    }
}

/// One file of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Path from the folder, with `/` between its parts.
    pub path: String,
    /// What it is.
    #[serde(default)]
    pub kind: FileKind,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// A manifest without files for a run that starts now.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "when and on what a run began is recorded, and is no part of it"
    )]
    pub fn start(scenario: &Scenario, threads: usize) -> Self {
        Self {
            program: "flywheel".to_owned(),
            version: VERSION.to_owned(),
            commit: option_env!("FLYWHEEL_COMMIT")
                .filter(|commit| !commit.is_empty())
                .map(str::to_owned),
            features: features().map(str::to_owned).collect(),
            target: env!("FLYWHEEL_TARGET").to_owned(),
            scenario: scenario.name.clone(),
            scenario_hash: scenario_hash(scenario),
            seed: scenario.simulation.seed,
            shard: None,
            replicates: scenario.simulation.replicates,
            points: 1,
            variants: u32::try_from(Variant::with_base(&scenario.variants).len())
                .unwrap_or(u32::MAX),
            cells_done: 0,
            failed: Vec::new(),
            status: Status::Interrupted,
            started: in_words(SystemTime::now()),
            duration_seconds: 0.0,
            cpu_seconds: 0.0,
            threads,
            cores: std::thread::available_parallelism().map_or(1, NonZero::get),
            files: Vec::new(),
            checksum: String::new(),
        }
    }

    /// The manifest of a folder.
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut text = String::new();
        plain::open(&folder.join(MANIFEST))?.read_to_string(&mut text)?;
        Ok(serde_json::from_str(&text)?)
    }

    /// The manifest of the folder of a run.
    ///
    /// # Errors
    /// If there is none, so that the folder is not one of a finished run, or it cannot be read.
    pub fn of(folder: &Path) -> Result<Self, ExperimentError> {
        Self::read(folder).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => ExperimentError::NoRun(folder.to_owned()),
            _ => ExperimentError::reading(&folder.join(MANIFEST))(error),
        })
    }

    /// All cells of the run, whether done or not; a part has only its own of them.
    #[must_use]
    pub fn cells(&self) -> Cells {
        Cells {
            points: self.points.saturating_mul(self.variants.max(1)),
            replicates: self.replicates,
        }
    }

    /// How many cells there are to do.
    #[must_use]
    pub fn cells_to_do(&self) -> u64 {
        let all = self.cells();
        self.shard.map_or(all.len(), |shard| shard.of(&all).len())
    }

    /// Notes how many of its cells a run did.
    pub fn finish(&mut self, cells: Cells, done: u64) {
        self.points = cells.points / self.variants.max(1);
        self.replicates = cells.replicates;
        self.cells_done = done;
        self.status = if !self.failed.is_empty() {
            Status::Failed
        } else if done == self.cells_to_do() {
            Status::Complete
        } else {
            Status::Interrupted
        };
    }

    /// Notes what a run took.
    pub fn took(&mut self, stopwatch: &Stopwatch) {
        let seconds = |time: Duration| (time.as_secs_f64() * 1000.0).round() / 1000.0;
        self.duration_seconds = seconds(stopwatch.elapsed());
        self.cpu_seconds = seconds(stopwatch.cpu());
    }

    /// The file's text, with its checksum.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut own = self.clone();
        own.checksum = String::new();
        own.checksum = hex(&Sha256::digest(own.text()));
        own.text()
    }

    fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

impl FileEntry {
    /// Size and hash of a file of a folder.
    ///
    /// # Errors
    /// If it is not there, is no plain file, or cannot be read.
    pub fn of(folder: &Path, path: String, kind: FileKind) -> io::Result<Self> {
        let mut file = plain::open(&folder.join(&path))?;
        let mut hash = Sha256::new();
        let mut bytes = 0;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hash.update(&buffer[..read]);
            bytes += read as u64;
        }
        Ok(Self {
            path,
            kind,
            bytes,
            sha256: hex(&hash.finalize()),
        })
    }
}

/// The optional features that the program was built with.
fn features() -> impl Iterator<Item = &'static str> {
    env!("FLYWHEEL_FEATURES")
        .split(',')
        .filter(|name| !name.is_empty())
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands the field over by reference"
)]
fn is_none(number: &u32) -> bool {
    *number == 0
}

/// A time in UTC (RFC 3339). A clock that is out of the years that can be written, 1970 to 9999, is at their end: what it says
/// is wrong anyway, and no reason for a run to fail.
fn in_words(time: SystemTime) -> String {
    let last = UNIX_EPOCH + Duration::from_secs(253_402_300_799);
    humantime::format_rfc3339_seconds(time.clamp(UNIX_EPOCH, last)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_that_are_wrong_do_no_harm() {
        let years = |years: u64| Duration::from_secs(years * 31_556_952);
        for (time, words) in [
            (UNIX_EPOCH - years(30), "1970-01-01T00:00:00Z"),
            (UNIX_EPOCH + years(30), "2000-01-01"),
            (UNIX_EPOCH + years(9_000), "9999-12-31T23:59:59Z"),
        ] {
            assert!(in_words(time).starts_with(words), "{}", in_words(time));
        }
    }
}
