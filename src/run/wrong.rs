//! What can be wrong with a finished run.

use thiserror::Error;

use super::RunError;
use crate::experiment::{Cell, Difference, VERSION};

/// Something that is wrong with a run.
#[derive(Debug, Error)]
pub enum Wrong {
    /// A file or the manifest.
    #[error(transparent)]
    Difference(#[from] Difference),
    /// Another version may compute other numbers.
    #[error(
        "it was made by version {0}, and this program is version {VERSION}, whose numbers may be others: verify it with that version"
    )]
    Version(String),
    /// A row of a cell.
    #[error("{file}, point {}, replicate {}: {rows}", cell.point, cell.replicate)]
    Cell {
        /// Name of the table's file.
        file: String,
        /// Whose row it is.
        cell: Cell,
        /// What differs.
        rows: UnequalRows,
    },
    /// What a part keeps of a cell.
    #[error(".cells, point {}, replicate {}: what is kept is not what is computed", .0.point, .0.replicate)]
    Kept(Cell),
    /// A row of a table that follows from cells.
    #[error("{file}: {rows}")]
    Derived {
        /// Name of the table's file.
        file: String,
        /// What differs.
        rows: UnequalRows,
    },
    /// It could not be verified.
    #[error(transparent)]
    Unreadable(#[from] RunError),
}

/// How stored rows differ from computed ones.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnequalRows {
    /// The first that differs.
    #[error("row {row} of the {of}\n  stored:   {stored}\n  computed: {computed}")]
    Row {
        /// Its number, from 1.
        row: usize,
        /// Of what.
        of: &'static str,
        /// As it stands in the file, or would as CSV.
        stored: String,
        /// As it should be.
        computed: String,
    },
    /// There are more or fewer.
    #[error("{stored} rows are stored, and {computed} computed")]
    Number {
        /// In the file.
        stored: usize,
        /// As there should be.
        computed: usize,
    },
}

impl UnequalRows {
    /// Holds lines of CSV against each other.
    pub(super) fn of(of: &'static str, stored: &str, computed: &str) -> Option<Self> {
        if stored == computed {
            return None;
        }
        let mut rows = (1..).zip(stored.lines().zip(computed.lines()));
        Some(
            match rows.find(|(_, (stored, computed))| stored != computed) {
                Some((row, (stored, computed))) => Self::Row {
                    row,
                    of,
                    stored: stored.to_owned(),
                    computed: computed.to_owned(),
                },
                None => Self::Number {
                    stored: stored.lines().count(),
                    computed: computed.lines().count(),
                },
            },
        )
    }
}
