//! The journal of finished cells, kept beside the results: what survives an interruption.
//!
//! # Format
//!
//! A line that identifies what the cells belong to (program version, scenario, seed), then one record
//! per cell in the order in which they finished: length and CRC-32 of the rest, as little-endian
//! 32-bit numbers, then the cell and its tables, compressed with Snappy. A record that was cut off by
//! a power failure or `kill -9` does not match its checksum; it and what follows is cut away when the
//! journal is opened again.

mod kept;
mod record;

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub use self::kept::Kept;
pub(super) use self::record::RecordWriter;
use super::{Cell, Finished};

/// Name of the journal of a run's own cells, in its folder.
pub const JOURNAL: &str = ".cells";

/// Name of the journal of one of a scenario's analyses; `number` is its place among them, from 1.
#[must_use]
pub fn analysis_journal(number: usize) -> String {
    format!("{JOURNAL}-analysis-{number}")
}

/// The most that a journal without cells takes.
pub(super) const HEADER_BYTES: u64 = 128;

/// How much work a power failure may cost.
const SYNC_INTERVAL: Duration = Duration::from_secs(2);

/// Finished cells of one run, on disk; threads may share it.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    file: File,
    /// Where each cell's record starts, and its length without the header.
    index: BTreeMap<Cell, (u64, u32)>,
    end: u64,
    synced: Instant,
}

/// What was there when a journal was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// Finished cells of the same run.
    Cells(usize),
    /// Cells of another version, scenario or seed; they were dropped.
    Other,
}

impl Journal {
    /// Opens the journal of that name in a folder, for the run that `identity` (one line) stands for.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn open(
        folder: &Path,
        name: &str,
        identity: &str,
        fresh: bool,
    ) -> io::Result<(Self, Found)> {
        let path = folder.join(name);
        let exists = path.is_file();
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)?;
        let header = header(identity);
        let same = exists && !fresh && starts_with(&mut file, header.as_bytes())?;
        let mut state = State::after(&header, file);
        let found = if same {
            state.scan()?;
            state.file.set_len(state.end)?;
            match state.index.len() {
                0 => Found::Nothing,
                cells => Found::Cells(cells),
            }
        } else {
            let other = state.file.metadata()?.len() > 0 && !fresh;
            state.start_over(header.as_bytes())?;
            if other { Found::Other } else { Found::Nothing }
        };
        let journal = Self {
            path,
            state: Mutex::new(state),
        };
        Ok((journal, found))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a cell is finished.
    #[must_use]
    pub fn contains(&self, cell: Cell) -> bool {
        self.state().index.contains_key(&cell)
    }

    /// The finished cells, in their order.
    #[must_use]
    pub fn cells(&self) -> Vec<Cell> {
        self.state().index.keys().copied().collect()
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends a finished cell.
    ///
    /// # Errors
    /// If the file cannot be written; the cells before it are intact.
    pub fn append(&self, cell: Cell, finished: &Finished) -> io::Result<()> {
        self.append_with(&mut RecordWriter::new(), cell, finished)
    }

    /// The same with a writer that the caller uses again; only the writing itself keeps other threads waiting.
    pub(super) fn append_with(
        &self,
        writer: &mut RecordWriter,
        cell: Cell,
        finished: &Finished,
    ) -> io::Result<()> {
        let record = writer.record(cell, finished)?;
        self.state().append(cell, record)
    }

    /// What was kept of a finished cell; none if it is not finished, or its record can no longer be read.
    #[must_use]
    pub fn get(&self, cell: Cell) -> Option<Finished> {
        finished(&self.state().body(cell)?)
    }

    /// Waits until the disk has all cells.
    ///
    /// # Errors
    /// If it cannot.
    pub fn sync(&self) -> io::Result<()> {
        self.state().file.sync_data()
    }
}

impl State {
    /// A journal whose records are not read yet.
    fn after(header: &str, file: File) -> Self {
        Self {
            file,
            index: BTreeMap::new(),
            end: header.len() as u64,
            synced: Instant::now(),
        }
    }

    /// Reads the records' places, up to the first that is not whole.
    fn scan(&mut self) -> io::Result<()> {
        let length = self.file.metadata()?.len();
        self.file.seek(SeekFrom::Start(self.end))?;
        let mut reader = BufReader::with_capacity(1 << 16, &mut self.file);
        let mut record = Vec::new();
        while let Some(header) = read_header(&mut reader)? {
            let start = self.end + 8;
            if start + u64::from(header.length) > length {
                break;
            }
            record.resize(header.length as usize, 0);
            reader.read_exact(&mut record)?;
            let Some(cell) = header.check(&record) else {
                break;
            };
            self.index.insert(cell, (start, header.length));
            self.end = start + u64::from(header.length);
        }
        Ok(())
    }

    /// Drops all cells.
    fn start_over(&mut self, header: &[u8]) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(header)?;
        self.file.sync_data()
    }

    fn append(&mut self, cell: Cell, record: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(record)?;
        if self.synced.elapsed() >= SYNC_INTERVAL {
            self.file.sync_data()?;
            self.synced = Instant::now();
        }
        let length = u32::try_from(record.len() - 8).map_err(io::Error::other)?;
        self.index.insert(cell, (self.end + 8, length));
        self.end += record.len() as u64;
        Ok(())
    }

    /// A cell's record without its header.
    fn body(&mut self, cell: Cell) -> Option<Vec<u8>> {
        let &(start, length) = self.index.get(&cell)?;
        let mut body = vec![0; length as usize];
        self.file.seek(SeekFrom::Start(start)).ok()?;
        self.file.read_exact(&mut body).ok()?;
        Some(body)
    }
}

/// The line before the records.
fn header(identity: &str) -> String {
    format!("flywheel cells 3 {identity}\n")
}

/// What a record without its header holds.
fn finished(body: &[u8]) -> Option<Finished> {
    let tables = snap::raw::Decoder::new().decompress_vec(body.get(8..)?);
    Finished::decode(&tables.ok()?)
}

/// Whether a file starts with these bytes.
fn starts_with(file: &mut File, bytes: &[u8]) -> io::Result<bool> {
    let mut start = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    Read::by_ref(file)
        .take(bytes.len() as u64)
        .read_to_end(&mut start)?;
    Ok(start == bytes)
}

/// What stands before a record.
struct Header {
    length: u32,
    checksum: u32,
}

impl Header {
    /// The cell of a whole record.
    fn check(&self, record: &[u8]) -> Option<Cell> {
        if crc32fast::hash(record) != self.checksum {
            return None;
        }
        let number = |at: usize| Some(u32::from_le_bytes(record.get(at..at + 4)?.try_into().ok()?));
        Some(Cell {
            replicate: number(0)?,
            point: number(4)?,
        })
    }
}

/// The next header; none at the end of the file, or where it is cut off.
fn read_header(reader: &mut impl Read) -> io::Result<Option<Header>> {
    let mut bytes = Vec::with_capacity(8);
    reader.take(8).read_to_end(&mut bytes)?;
    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Ok(number(0)
        .zip(number(4))
        .map(|(length, checksum)| Header { length, checksum }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Market;
    use crate::scenario::{Firm, Population, Scenario};

    pub fn finished(replicate: u32) -> Finished {
        let population = Population {
            customers: 50,
            ..Population::named("town")
        };
        let mut scenario = Scenario::new("small")
            .population(population)
            .firm(Firm::new("shop", "respond-to-desire"))
            .firm(Firm::new("late", "coach-behavior"));
        scenario.simulation.periods = 3;
        scenario.firms[1].entry = 2;
        let mut market = Market::new(&scenario, replicate).expect("a sound scenario");
        while !market.is_done() {
            market.step();
        }
        Finished::of(market.into_records(), &scenario)
    }

    pub fn cell(replicate: u32) -> Cell {
        Cell {
            replicate,
            point: 0,
        }
    }

    #[test]
    fn cells_come_back_as_they_were() {
        let folder = tempfile::tempdir().expect("a folder");
        let (journal, found) =
            Journal::open(folder.path(), JOURNAL, "a", false).expect("a journal");
        assert_eq!(found, Found::Nothing);
        for replicate in [2, 0] {
            journal
                .append(cell(replicate), &finished(replicate))
                .expect("space");
        }
        drop(journal);
        let (journal, found) =
            Journal::open(folder.path(), JOURNAL, "a", false).expect("a journal");
        assert_eq!(found, Found::Cells(2));
        assert_eq!(journal.cells(), [cell(0), cell(2)]);
        for replicate in [0, 2] {
            let back = journal.get(cell(replicate)).expect("the cell");
            assert_eq!(format!("{back:?}"), format!("{:?}", finished(replicate)));
        }
        assert!(journal.get(cell(1)).is_none());
    }

    #[test]
    fn a_journal_cut_off_anywhere_keeps_the_cells_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let (journal, _) = Journal::open(folder.path(), JOURNAL, "a", false).expect("a journal");
        let start = journal.state().end;
        let mut ends = Vec::new();
        for replicate in 0..3 {
            journal
                .append(cell(replicate), &finished(replicate))
                .expect("space");
            ends.push(journal.state().end);
        }
        let path = journal.path().to_owned();
        drop(journal);
        let whole = std::fs::read(&path).expect("the file");
        for cut in (start..=whole.len() as u64).step_by(7) {
            std::fs::write(&path, &whole[..usize::try_from(cut).expect("small")]).expect("space");
            let (journal, _) =
                Journal::open(folder.path(), JOURNAL, "a", false).expect("a journal");
            let kept = ends.iter().filter(|&&end| end <= cut).count();
            assert_eq!(journal.cells().len(), kept, "cut at {cut}");
        }
    }

    #[test]
    fn another_run_starts_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let (journal, _) = Journal::open(folder.path(), JOURNAL, "a", false).expect("a journal");
        journal.append(cell(0), &finished(0)).expect("space");
        drop(journal);
        let (journal, found) =
            Journal::open(folder.path(), JOURNAL, "b", false).expect("a journal");
        assert_eq!((journal.cells().len(), found), (0, Found::Other));
    }
}
