//! The journal of another folder: read only, so that a part can be merged from a place that nobody may write to.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Journal, State, header, starts_with};
use crate::experiment::{Cell, Finished};

/// The cells of a journal that is only read.
#[derive(Debug)]
pub struct Kept {
    state: Mutex<State>,
}

impl Kept {
    /// Opens a journal; none if its cells belong to something else than `identity` stands for.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn open(path: &Path, identity: &str) -> io::Result<Option<Self>> {
        let mut file = File::open(path)?;
        let header = header(identity);
        if !starts_with(&mut file, header.as_bytes())? {
            return Ok(None);
        }
        let mut state = State::after(&header, file);
        state.scan()?;
        let state = Mutex::new(state);
        Ok(Some(Self { state }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a cell is kept.
    #[must_use]
    pub fn contains(&self, cell: Cell) -> bool {
        self.state().index.contains_key(&cell)
    }

    /// What was kept of a cell; none if it is not there, or its record cannot be read.
    #[must_use]
    pub fn get(&self, cell: Cell) -> Option<Finished> {
        super::finished(&self.state().body(cell)?)
    }
}

impl Journal {
    /// Takes over those cells of another journal that are not kept here yet.
    ///
    /// # Errors
    /// If the one cannot be read, or the other cannot be written.
    pub fn take_over(&self, other: &Kept) -> io::Result<()> {
        let mut other = other.state();
        let cells: Vec<Cell> = other.index.keys().copied().collect();
        for cell in cells {
            if self.contains(cell) {
                continue;
            }
            let body = other.body(cell).ok_or(io::ErrorKind::UnexpectedEof)?;
            self.state().append(cell, &super::record::framed(&body)?)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{cell, finished};
    use super::*;

    #[test]
    fn cells_are_taken_over_once_and_only_from_the_same_run() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = |name, identity| Journal::open(folder.path(), name, identity, false);
        let (part, _) = open("part", "a").expect("a journal");
        for replicate in [3, 1] {
            let finished = finished(replicate);
            part.append(cell(replicate), &finished).expect("space");
        }
        let path = folder.path().join("part");
        assert!(Kept::open(&path, "b").expect("readable").is_none());
        let kept = Kept::open(&path, "a").expect("readable").expect("the same");
        assert!(kept.contains(cell(1)) && !kept.contains(cell(0)));
        // as text, for an empty value equals nothing
        let shown = |found: Option<Finished>| format!("{:?}", found.expect("the cell"));
        assert_eq!(shown(kept.get(cell(3))), shown(part.get(cell(3))));

        let (whole, _) = open("whole", "a").expect("a journal");
        whole.append(cell(1), &finished(1)).expect("space");
        whole.take_over(&kept).expect("space");
        whole.take_over(&kept).expect("space");
        let length = std::fs::metadata(whole.path()).expect("a file").len();
        assert_eq!(length, std::fs::metadata(&path).expect("a file").len());
        drop(whole);
        let (whole, _) = open("whole", "a").expect("a journal");
        assert_eq!(whole.cells(), [cell(1), cell(3)]);
        assert_eq!(shown(whole.get(cell(3))), shown(part.get(cell(3))));
    }

    #[test]
    fn reading_changes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let (part, _) = Journal::open(folder.path(), "part", "a", false).expect("a journal");
        part.append(cell(0), &finished(0)).expect("space");
        drop(part);
        let path = folder.path().join("part");
        let mut bytes = std::fs::read(&path).expect("the file");
        bytes.extend(b"half a record");
        std::fs::write(&path, &bytes).expect("space");
        let kept = Kept::open(&path, "a").expect("readable").expect("the same");
        assert!(kept.contains(cell(0)));
        assert_eq!(std::fs::read(&path).expect("the file"), bytes);
    }
}
