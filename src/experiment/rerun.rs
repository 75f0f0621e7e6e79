//! Stored rows held against the same cells, computed anew.
//!
//! Rows of CSV are compared byte by byte as they stand in the file; those of other formats as the CSV that says the
//! same, which no two different numbers share.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Cell, Finished};
use crate::table::{self, Batch, Definition, Format, Numbering, TableError};

/// Chooses cells: those at the first `number` different positions among SHA-256(`SEED:k`) modulo their number, for
/// k = 0, 1, 2, ..., with the first eight bytes as a big-endian number. All if there are no more.
#[must_use]
pub fn choose(cells: &[Cell], number: usize, seed: u64) -> BTreeSet<Cell> {
    if number >= cells.len() {
        return cells.iter().copied().collect();
    }
    let mut chosen = BTreeSet::new();
    let mut tries = 0_u64..;
    while let (true, Some(k)) = (chosen.len() < number, tries.next()) {
        let hash = Sha256::digest(format!("{seed}:{k}"));
        let word = hash
            .iter()
            .take(8)
            .fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        chosen.insert(cells[(word % cells.len() as u64) as usize]);
    }
    chosen
}

/// The cells of which a table in a folder has rows.
///
/// # Errors
/// If a table cannot be read.
pub fn cells_in_table(
    folder: &Path,
    table: &'static Definition,
    numbering: &Numbering,
) -> Result<Vec<Cell>, TableError> {
    let mut cells = BTreeSet::new();
    table::read(folder, table, numbering, |batch, points| {
        cells.extend(cells_of(batch, points).into_iter().flatten());
    })?;
    Ok(cells.into_iter().collect())
}

/// The cell of each row; none where there cannot be one.
fn cells_of(batch: &Batch, points: &[i64]) -> Vec<Option<Cell>> {
    let number = |value: i64| u32::try_from(value).ok();
    let replicates = batch.integers("replicate").iter().enumerate();
    let cell = |(row, &replicate): (usize, &i64)| {
        let point = points.get(row).map_or(Some(0), |&point| number(point))?;
        let replicate = number(replicate)?;
        Some(Cell { replicate, point })
    };
    replicates.map(cell).collect()
}

/// The rows of some cells, as lines of CSV.
pub type Rows = BTreeMap<Cell, String>;

/// What a table in a folder holds of some cells.
///
/// # Errors
/// If the file is not there, or cannot be read.
pub fn stored_rows(
    folder: &Path,
    format: Format,
    definition: &'static Definition,
    numbering: &Numbering,
    cells: &BTreeSet<Cell>,
) -> Result<Rows, TableError> {
    match format {
        Format::Csv => stored_lines(folder, definition, numbering, cells),
        Format::Excel | Format::Parquet => {
            let mut rows = Rows::new();
            table::read_format(folder, format, definition, numbering, |batch, worlds| {
                take_rows(batch, worlds, numbering, cells, &mut rows);
            })?;
            Ok(rows)
        }
    }
}

/// The lines of some cells in a CSV file.
fn stored_lines(
    folder: &Path,
    definition: &'static Definition,
    numbering: &Numbering,
    cells: &BTreeSet<Cell>,
) -> Result<Rows, TableError> {
    let path = Format::Csv.path(folder, definition);
    let fail = |problem: String| TableError::Unreadable {
        path: path.clone(),
        problem,
    };
    let file = File::open(&path).map_err(|error| fail(error.to_string()))?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut line = String::new();
    let mut rows = Rows::new();
    let mut is_header = true;
    loop {
        line.clear();
        let read = reader.read_line(&mut line);
        if read.map_err(|error| fail(error.to_string()))? == 0 {
            return Ok(rows);
        }
        if std::mem::take(&mut is_header) {
            continue;
        }
        if let Some(cell) = cell_of(&line, numbering).filter(|cell| cells.contains(cell)) {
            rows.entry(cell).or_default().push_str(&line);
        }
    }
}

/// The cell to which a line belongs; none if it says none.
fn cell_of(line: &str, numbering: &Numbering) -> Option<Cell> {
    let mut fields = line.split(',');
    let points = numbering.of(0).0.is_some();
    let point = match points {
        true => Some(fields.next()?.parse().ok()?),
        false => None,
    };
    // names of variants have no comma
    let named = !numbering.variants().is_empty();
    let variant = if named { Some(fields.next()?) } else { None };
    let replicate = fields.next()?.parse().ok()?;
    let world = u32::try_from(numbering.world(point, variant)?).ok()?;
    Some(Cell {
        replicate,
        point: world,
    })
}

/// Adds those rows of a batch that belong to some cells.
fn take_rows(
    batch: &Batch,
    points: &[i64],
    numbering: &Numbering,
    cells: &BTreeSet<Cell>,
    rows: &mut Rows,
) {
    let of = cells_of(batch, points);
    let there: BTreeSet<Cell> = of.iter().flatten().copied().collect();
    for &cell in there.intersection(cells) {
        let mut own = batch.clone();
        own.retain(|row| of[row] == Some(cell));
        rows.entry(cell)
            .or_default()
            .push_str(&table::csv_rows(&own, numbering, cell.point));
    }
}

/// The rows that a computed cell has in each table.
#[must_use]
pub fn computed_rows(
    cell: Cell,
    finished: &Finished,
    numbering: &Numbering,
) -> Vec<(&'static Definition, String)> {
    let batches = finished.records.batches().into_iter();
    batches
        .map(|batch| {
            (
                batch.definition(),
                table::csv_rows(batch, numbering, cell.point),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_cells_are_different_and_depend_on_the_seed_alone() {
        let cell = |replicate| Cell {
            replicate,
            point: 0,
        };
        let cells: Vec<Cell> = (0..50).map(cell).collect();
        let chosen = choose(&cells, 10, 7);
        assert_eq!(chosen.len(), 10);
        assert_eq!(chosen, choose(&cells, 10, 7));
        assert_ne!(chosen, choose(&cells, 10, 8));
        assert!(chosen.is_superset(&choose(&cells, 4, 7)));
        assert_eq!(choose(&cells, 60, 7).len(), 50);
        assert!(choose(&[], 3, 7).is_empty());
    }
}
