//! The folder of one run, which one process at a time may write to.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::journal::HEADER_BYTES;
use super::names::{JOURNAL, LOCK, MANIFEST};
use super::{ExperimentError, Journal, Shard, moves, plain};
use crate::scenario::Scenario;

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
    pub fn prepare(parent: &Path, scenario: &Scenario) -> Result<Self, ExperimentError> {
        Self::at(parent.join(&scenario.name))
    }

    /// The same for a part of the scenario's cells, which has a folder of its own.
    ///
    /// # Errors
    /// As [`Folder::prepare`].
    pub fn prepare_part(
        parent: &Path,
        scenario: &Scenario,
        shard: Shard,
    ) -> Result<Self, ExperimentError> {
        Self::at(parent.join(shard.folder_name(&scenario.name)))
    }

    /// A folder at this path, made if it is not there.
    ///
    /// # Errors
    /// As [`Folder::prepare`].
    pub fn at(path: PathBuf) -> Result<Self, ExperimentError> {
        let locked = fs::create_dir_all(&path).and_then(|()| lock(&path.join(LOCK)));
        let lock = locked.map_err(ExperimentError::writing(&path))?;
        // the lock file may be older than a change of permissions
        let probe = path.join(".probe.partial");
        let ready = plain::create(&probe)
            .and_then(|_| fs::remove_file(&probe))
            .and_then(|()| moves::recover(&path));
        ready.map_err(ExperimentError::writing(&path))?;
        Ok(Self { path, _lock: lock })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The journal of finished cells in the folder; `fresh` drops what is there.
    ///
    /// # Errors
    /// If it cannot be read or written, or is no plain file.
    pub fn journal(&self, fresh: bool) -> Result<Journal, ExperimentError> {
        let path = self.path.join(JOURNAL);
        Journal::open(&self.path, fresh).map_err(ExperimentError::writing(&path))
    }

    /// Says that what the folder holds is not complete, until a manifest is written again.
    ///
    /// # Errors
    /// If the manifest of an earlier run cannot be removed.
    pub fn remove_manifest(&self) -> Result<(), ExperimentError> {
        let path = self.path.join(MANIFEST);
        plain::remove(&path).map_err(ExperimentError::writing(&path))
    }
}

impl Drop for Folder {
    /// Removes a folder to which nothing was written.
    #[expect(
        clippy::disallowed_methods,
        reason = "whether there is anything, in whatever order"
    )]
    fn drop(&mut self) {
        let hidden = [self.path.join(LOCK), self.path.join(JOURNAL)];
        let unused = |entry: io::Result<fs::DirEntry>| {
            entry.is_ok_and(|entry| {
                let empty = |file: fs::Metadata| file.len() <= HEADER_BYTES;
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
#[expect(
    clippy::disallowed_methods,
    reason = "how long another process is waited for"
)]
fn lock(path: &Path) -> io::Result<File> {
    match plain::check(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
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
