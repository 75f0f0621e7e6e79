//! `manifest.json`: what a folder of results holds and how it was made.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Cells, Order};
use crate::scenario::{ChartStyle, Scenario};

/// What a folder of results holds and how it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name of the program.
    pub program: String,
    /// Its version. Equal scenario, seed and version give equal tables.
    pub version: String,
    /// Name of the scenario.
    pub scenario: String,
    /// SHA-256 of the resolved scenario as in `scenario.toml`, in hexadecimal.
    pub scenario_hash: String,
    /// Seed of all random draws.
    pub seed: u64,
    /// Points of the sweep; 1 without one.
    pub points: u32,
    /// Replicates of each point that the scenario asks for, or that its precision took.
    pub replicates: u32,
    /// Cells, that is replicates of points, in the tables.
    pub cells_done: u64,
    /// Cells that failed, with their causes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<FailedCell>,
    /// Whether the run came to its end.
    pub status: Status,
    /// Start of the run, in UTC (RFC 3339).
    pub started: String,
    /// Time from the start to the last table, in seconds.
    pub duration_seconds: f64,
    /// Threads that simulated.
    pub threads: usize,
    /// The files of the folder, this one left out.
    pub files: Vec<FileEntry>,
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

/// A cell that could not be simulated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedCell {
    /// Point of the design; 0 without a sweep.
    pub point: u32,
    /// Replicate.
    pub replicate: u32,
    /// Why.
    pub cause: String,
}

/// One file of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Path from the folder, with `/` between its parts.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// A manifest without files for a run that starts now.
    #[must_use]
    pub fn start(scenario: &Scenario, threads: usize) -> Self {
        Self {
            program: "flywheel".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: scenario.name.clone(),
            scenario_hash: Self::hash(scenario),
            seed: scenario.simulation.seed,
            replicates: scenario.simulation.replicates,
            points: 1,
            cells_done: 0,
            failed: Vec::new(),
            status: Status::Interrupted,
            started: humantime::format_rfc3339_seconds(SystemTime::now()).to_string(),
            duration_seconds: 0.0,
            threads,
            files: Vec::new(),
        }
    }

    /// SHA-256 of a resolved scenario as in `scenario.toml`, in hexadecimal.
    #[must_use]
    pub fn hash(scenario: &Scenario) -> String {
        hex(&Sha256::digest(scenario.to_toml()))
    }

    /// What the finished cells of a run belong to, in one line: cells of runs with the same line can be
    /// put together. Not part of it are the number of replicates, so that more can be added, the words
    /// for readers, and what is computed from the cells afterwards.
    #[must_use]
    pub fn identity(scenario: &Scenario) -> String {
        let mut scenario = scenario.clone();
        scenario.simulation.replicates = 1;
        scenario.simulation.precision = None;
        scenario.title = String::new();
        scenario.description = String::new();
        scenario.analyses = Vec::new();
        scenario.lesson = None;
        scenario.chart_style = ChartStyle::default();
        scenario.charts = Vec::new();
        format!(
            "{} {}",
            env!("CARGO_PKG_VERSION"),
            hex(&Sha256::digest(scenario.to_toml()))
        )
    }

    /// Notes how many of its cells a run did.
    pub fn finish(&mut self, cells: Cells, done: u64) {
        self.points = cells.points;
        self.replicates = cells.replicates;
        self.cells_done = done;
        self.status = if !self.failed.is_empty() {
            Status::Failed
        } else if done == cells.len() {
            Status::Complete
        } else {
            Status::Interrupted
        };
    }

    /// Notes how long a run took.
    pub fn took(&mut self, duration: Duration) {
        self.duration_seconds = (duration.as_secs_f64() * 1000.0).round() / 1000.0;
    }

    /// Lists the files of a folder and of its folder `charts`, in order of their names.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn list_files(&mut self, folder: &Path) -> io::Result<()> {
        let mut paths = Vec::new();
        for (below, prefix) in [(folder.to_owned(), ""), (folder.join("charts"), "charts/")] {
            if !below.is_dir() {
                continue;
            }
            for entry in std::fs::read_dir(&below)? {
                let name = entry?.file_name().to_string_lossy().into_owned();
                if below.join(&name).is_file() && !name.starts_with('.') && name != "manifest.json"
                {
                    paths.push(format!("{prefix}{name}"));
                }
            }
        }
        paths.sort();
        self.files = paths
            .into_iter()
            .map(|path| FileEntry::of(folder, path))
            .collect::<io::Result<_>>()?;
        Ok(())
    }

    /// The file's text.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

impl FileEntry {
    fn of(folder: &Path, path: String) -> io::Result<Self> {
        let mut file = File::open(folder.join(&path))?;
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
            bytes,
            sha256: hex(&hash.finalize()),
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
