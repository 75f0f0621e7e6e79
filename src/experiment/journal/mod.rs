//! The journal of finished cells, kept beside the results: what survives an interruption, and what a larger
//! experiment takes over from a smaller one.
//!
//! # Format
//!
//! A line for whoever looks into the file, then one record per cell in the order in which they finished: a mark,
//! length and CRC-32 of the body as little-endian 32-bit numbers, and the body: the cell's [`MarketKey`] and
//! replicate, then its tables, compressed with Snappy.
//!
//! A record that is damaged, or was cut off by a power failure or `kill -9`, does not match its checksum. It costs
//! its own cell and no other: the next mark is where the next record begins.
//!
//! Cells are known by what was simulated, not by a number in a design, so they are found again when points,
//! samples or analyses are added. A journal in which a run found nothing of use is tidied up when that run's
//! results are in place.

mod index;
mod key;
mod record;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use self::index::Index;
pub(crate) use self::key::{CellKey, MarketKey};
pub(super) use self::record::RecordWriter;
use super::names::JOURNAL;
use super::{Finished, plain};

/// The line before the records.
const FIRST_LINE: &[u8] = b"flywheel cells 6\n";

/// The most that a journal without cells takes.
pub(super) const HEADER_BYTES: u64 = 128;

/// How much work a power failure may cost.
const SYNC_INTERVAL: Duration = Duration::from_secs(2);

/// Finished cells of a folder's runs, on disk; threads may share it.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    found: Found,
    /// Whether it belongs to somebody else, and is only read.
    read_only: bool,
    state: Mutex<State>,
}

/// What was there when a journal was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// Finished cells, of whatever runs.
    pub cells: usize,
    /// Places that were damaged or cut off; the cells that stood there are lost.
    pub damaged: usize,
    /// Whether there was a journal of which this version of the program knows nothing.
    pub foreign: bool,
}

#[derive(Debug)]
struct State {
    /// None of a journal of nothing.
    file: Option<File>,
    index: Index,
    /// Cells that somebody asked for, of those that are there.
    asked: BTreeSet<CellKey>,
    /// Whether a cell of an earlier run was among them.
    used: bool,
    /// When the disk last had all cells; a journal of nothing has no clock.
    synced: Option<Instant>,
}

impl Journal {
    /// Opens the journal of a folder; `fresh` drops what is there.
    ///
    /// # Errors
    /// If the file cannot be read or written, or is no plain file.
    pub(crate) fn open(folder: &Path, fresh: bool) -> io::Result<Self> {
        let path = folder.join(JOURNAL);
        let mut state = State::of(Some(plain::open_to_write(&path)?));
        if fresh {
            state.start_over()?;
        } else {
            state.read()?;
        }
        let (cells, damaged) = (state.index.places.len(), state.index.damaged.len());
        let sound = state.begins_as_it_should()?;
        // what was cut off at the end is cut away; other damage would be told at every run
        let inside = (state.index.damaged.iter()).any(|place| place.start < state.index.end);
        if cells == 0 {
            state.start_over()?;
        } else if inside || !sound {
            // without room for a copy, it stays as it is, and is told again
            let _ = state.rewrite(&path, |_| true);
        }
        let end = state.index.end;
        state.file()?.set_len(end)?;
        let foreign = cells == 0 && damaged > 0 && !sound;
        Ok(Self {
            path,
            found: Found {
                cells,
                damaged: if foreign { 0 } else { damaged },
                foreign,
            },
            read_only: false,
            state: Mutex::new(state),
        })
    }

    /// Opens the journal of a folder that nobody may write to, or that is not to be changed: cells are found in it, and
    /// none is added.
    ///
    /// # Errors
    /// If the file is not there, cannot be read, or is no plain file.
    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        let path = folder.join(JOURNAL);
        let mut state = State::of(Some(plain::open(&path)?));
        state.read()?;
        Ok(Self {
            path,
            found: Found {
                cells: state.index.places.len(),
                damaged: state.index.damaged.len(),
                foreign: false,
            },
            read_only: true,
            state: Mutex::new(state),
        })
    }

    /// A journal of nothing, to which nothing is added.
    #[must_use]
    pub(crate) fn without_cells() -> Self {
        Self {
            path: PathBuf::from(JOURNAL),
            found: Found::default(),
            read_only: true,
            state: Mutex::new(State::of(None)),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a cell is finished.
    #[must_use]
    pub(crate) fn contains(&self, key: CellKey) -> bool {
        self.state().ask(key)
    }

    /// The finished cells, in order.
    #[must_use]
    pub(crate) fn keys(&self) -> Vec<CellKey> {
        self.state().index.places.keys().copied().collect()
    }

    /// What was there when it was opened.
    #[must_use]
    pub(crate) fn found(&self) -> Found {
        self.found
    }

    /// Where the file is.
    #[must_use]
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Appends a finished cell; only the writing itself keeps other threads waiting.
    ///
    /// # Errors
    /// If the file cannot be written; the cells before it are intact.
    pub(super) fn append(
        &self,
        writer: &mut RecordWriter,
        key: CellKey,
        finished: &Finished,
    ) -> io::Result<()> {
        if self.read_only {
            return Ok(());
        }
        let record = writer.record(key, finished)?;
        self.state().append(key, record)
    }

    /// What was kept of a finished cell; none if it is not finished, or its record can no longer be read.
    #[must_use]
    pub(crate) fn get(&self, key: CellKey) -> Option<Finished> {
        let body = {
            let mut state = self.state();
            state.ask(key);
            state.body(key)?
        };
        record::finished(&body)
    }

    /// Takes over those cells of another journal that are not kept here yet.
    ///
    /// # Errors
    /// If the one cannot be read, or the other cannot be written.
    pub(crate) fn take_over(&self, other: &Self) -> io::Result<()> {
        for key in other.keys() {
            if self.contains(key) {
                continue;
            }
            let body = other.state().body(key);
            let body = body.ok_or(io::ErrorKind::UnexpectedEof)?;
            self.state().append(key, &record::framed(&body)?)?;
        }
        Ok(())
    }

    /// Drops the cells of earlier runs if this one asked for none of them: they belong to something else.
    ///
    /// # Errors
    /// If the file cannot be written anew; then it is as it was.
    pub(crate) fn tidy(&self) -> io::Result<()> {
        let mut state = self.state();
        if state.used || self.found.cells == 0 || self.read_only {
            return Ok(());
        }
        let asked = std::mem::take(&mut state.asked);
        state.rewrite(&self.path, |key| asked.contains(key))
    }

    /// Waits until the disk has all cells.
    ///
    /// # Errors
    /// If it cannot.
    pub(crate) fn sync(&self) -> io::Result<()> {
        match &self.state().file {
            Some(file) if !self.read_only => file.sync_data(),
            _ => Ok(()),
        }
    }
}

impl State {
    /// A journal whose records are not read yet.
    #[expect(
        clippy::disallowed_methods,
        reason = "how often finished work goes to the disk"
    )]
    fn of(file: Option<File>) -> Self {
        Self {
            index: Index::default(),
            synced: file.as_ref().map(|_| Instant::now()),
            file,
            asked: BTreeSet::new(),
            used: false,
        }
    }

    fn file(&mut self) -> io::Result<&mut File> {
        self.file.as_mut().ok_or(io::ErrorKind::NotFound.into())
    }

    fn read(&mut self) -> io::Result<()> {
        let start = if self.begins_as_it_should()? {
            FIRST_LINE.len() as u64
        } else {
            0
        };
        self.index = Index::read(self.file()?, start)?;
        Ok(())
    }

    fn begins_as_it_should(&mut self) -> io::Result<bool> {
        let mut start = Vec::new();
        let file = self.file()?;
        file.seek(SeekFrom::Start(0))?;
        file.take(FIRST_LINE.len() as u64).read_to_end(&mut start)?;
        Ok(start == FIRST_LINE)
    }

    /// Whether a cell is there, which somebody wants to know.
    fn ask(&mut self, key: CellKey) -> bool {
        let there = self.index.places.contains_key(&key);
        self.used |= there && self.asked.insert(key);
        there
    }

    /// Drops all cells.
    fn start_over(&mut self) -> io::Result<()> {
        let file = self.file()?;
        file.set_len(0)?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(FIRST_LINE)?;
        file.sync_data()?;
        self.index = Index {
            end: FIRST_LINE.len() as u64,
            ..Index::default()
        };
        Ok(())
    }

    /// Writes the file anew with some of its cells.
    fn rewrite(&mut self, path: &Path, keep: impl Fn(&CellKey) -> bool) -> io::Result<()> {
        let aside = path.with_extension("partial");
        let written = self.copy(&aside, keep).and_then(|state| {
            fs::rename(&aside, path)?;
            Ok(state)
        });
        match written {
            Ok((file, index)) => {
                (self.file, self.index) = (Some(file), index);
                Ok(())
            }
            Err(error) => {
                // half a file is of no use to anybody
                let _ = fs::remove_file(&aside);
                Err(error)
            }
        }
    }

    fn copy(&mut self, aside: &Path, keep: impl Fn(&CellKey) -> bool) -> io::Result<(File, Index)> {
        let mut file = plain::create(aside)?;
        file.write_all(FIRST_LINE)?;
        let keys: Vec<CellKey> = self.index.places.keys().copied().filter(keep).collect();
        for key in keys {
            let body = self.body(key).ok_or(io::ErrorKind::UnexpectedEof)?;
            file.write_all(&record::framed(&body)?)?;
        }
        file.sync_data()?;
        let index = Index::read(&mut file, FIRST_LINE.len() as u64)?;
        Ok((file, index))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "how often finished work goes to the disk"
    )]
    fn append(&mut self, key: CellKey, record: &[u8]) -> io::Result<()> {
        let due = (self.synced).is_some_and(|synced| synced.elapsed() >= SYNC_INTERVAL);
        let end = self.index.end;
        let file = self.file()?;
        file.seek(SeekFrom::Start(end))?;
        if let Err(error) = file.write_all(record) {
            // what there was no room for is no damage
            let _ = file.set_len(end);
            return Err(error);
        }
        if due {
            file.sync_data()?;
            self.synced = Some(Instant::now());
        }
        let body = record.len() - record::HEADER;
        let length = u32::try_from(body).map_err(io::Error::other)?;
        let start = self.index.end + record::HEADER as u64;
        self.index.places.insert(key, (start, length));
        self.index.end += record.len() as u64;
        self.asked.insert(key);
        Ok(())
    }

    /// The body of a cell's record.
    fn body(&mut self, key: CellKey) -> Option<Vec<u8>> {
        let &(start, length) = self.index.places.get(&key)?;
        let mut body = vec![0; length as usize];
        let file = self.file().ok()?;
        file.seek(SeekFrom::Start(start)).ok()?;
        file.read_exact(&mut body).ok()?;
        Some(body)
    }
}

#[cfg(test)]
mod tests;
