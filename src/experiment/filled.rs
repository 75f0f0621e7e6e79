//! A table that is whole.

use std::io;

use crate::table::{self, Batch, Definition, Numbering, TableWriter};

/// A table with its rows, world by world.
#[derive(Debug, Clone)]
pub struct Filled {
    /// Which it is.
    pub table: &'static Definition,
    /// How its rows say to which world they belong.
    pub numbering: Numbering,
    /// The rows of each world.
    pub parts: Vec<(u32, Batch)>,
}

impl Filled {
    /// A table whose rows belong to all worlds together.
    #[must_use]
    pub fn plain(batch: Batch) -> Self {
        Self {
            table: batch.definition(),
            numbering: Numbering::default(),
            parts: vec![(0, batch)],
        }
    }

    /// Its rows as CSV, without a header.
    #[must_use]
    pub fn csv(&self) -> String {
        let rows = |(world, batch): &(u32, Batch)| table::csv_rows(batch, &self.numbering, *world);
        self.parts.iter().map(rows).collect()
    }

    /// Appends all rows to a file.
    pub(super) fn write(&self, writer: &mut dyn TableWriter) -> io::Result<()> {
        (self.parts.iter()).try_for_each(|(world, batch)| writer.write(batch, *world))
    }
}
