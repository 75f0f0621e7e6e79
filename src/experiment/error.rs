//! Why an experiment could not be done.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Cell;
use super::difference::Difference;
use super::names::MANIFEST;
use crate::scenario::Diagnostics;
use crate::table::TableError;

/// Why an experiment could not be done.
#[derive(Debug, Error)]
pub enum ExperimentError {
    /// A file or folder could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file or folder could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder that is not one of a finished run.
    #[error("{} is not the folder of a finished run, for it holds no {MANIFEST}: name one such as output/four-experiences", .0.display())]
    NoRun(PathBuf),
    /// The results in a folder are not those that its run wrote, so nothing is made of them.
    #[error("{0}: run its scenario again; `flywheel verify` tells all that has changed")]
    NotAsWritten(Difference),
    /// A cell of which all depends could not be simulated.
    #[error("variant {}, replicate {}: {cause}", cell.point, cell.replicate)]
    Cell {
        /// Which.
        cell: Cell,
        /// Why.
        cause: CellError,
    },
    /// A scenario that is stored in a folder has a problem.
    #[error(transparent)]
    Scenario(#[from] Diagnostics),
    /// A table in a folder cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
}

impl ExperimentError {
    /// Names what could not be written.
    pub(super) fn writing(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Write { path, source }
    }

    /// Names what could not be read.
    pub(super) fn reading(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Read { path, source }
    }
}

/// Why a cell could not be simulated.
#[derive(Debug, Error)]
pub enum CellError {
    /// Its point has a problem.
    #[error(transparent)]
    Scenario(#[from] Diagnostics),
    /// The program has one.
    #[error("an internal error, which should be reported: {0}")]
    Internal(String),
}
