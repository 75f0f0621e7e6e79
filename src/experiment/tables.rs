//! The tables of a run on their way into its folder: filled cell by cell, in their order.

use std::fs;
use std::io;
use std::path::Path;

use super::manifest::FileKind;
use super::names::{POINTS, POINTS_EXCEL};
use super::{Cell, Design, Done, ExperimentError, Filled, Publication, Summary, plain};
use crate::model::Records;
use crate::scenario::{RecordedTable, Scenario};
use crate::table::{
    self, Definition, Dialect, FIRMS, Format, INTERACTIONS, KINDS, LEARNING, MAP, MARKET, Metadata,
    Numbering, PERIODS, SUMMARY, TableWriter,
};

/// The tables of one run, not in place yet.
pub struct Output<'a> {
    new: &'a Publication<'a>,
    formats: Vec<Format>,
    metadata: Metadata,
    numbering: Numbering,
    /// By table, then by format; none of a table that the scenario does not ask for.
    writers: Vec<Vec<Box<dyn TableWriter>>>,
}

impl<'a> Output<'a> {
    /// Starts the tables of a run.
    ///
    /// # Errors
    /// If the files cannot be made.
    pub fn start(
        new: &'a Publication<'a>,
        scenario: &Scenario,
        numbering: Numbering,
        formats: &[Format],
    ) -> Result<Self, ExperimentError> {
        let mut output = Self {
            new,
            formats: formats.to_vec(),
            metadata: metadata(scenario),
            numbering,
            writers: Vec::new(),
        };
        for table in Records::TABLES {
            let writers = if is_asked_for(scenario, table) {
                output.create(table, &output.numbering)?
            } else {
                Vec::new()
            };
            output.writers.push(writers);
        }
        Ok(output)
    }

    /// One writer per format for a table.
    fn create(
        &self,
        table: &'static Definition,
        numbering: &Numbering,
    ) -> Result<Vec<Box<dyn TableWriter>>, ExperimentError> {
        let open = |&format: &Format| {
            let path = self.new.file(FileKind::Table, &format.file(table))?;
            table::create(format, &path, table, numbering, &self.metadata)
                .map_err(ExperimentError::writing(&path))
        };
        self.formats.iter().map(open).collect()
    }

    /// Whether rows as CSV help [`Output::write`].
    #[must_use]
    pub fn wants_csv(&self) -> Option<Numbering> {
        let csv = self.formats.contains(&Format::Csv);
        csv.then(|| self.numbering.clone())
    }

    /// Appends the tables of a cell.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn write(&mut self, cell: Cell, done: &Done) -> Result<(), ExperimentError> {
        let batches = done.finished.records.batches();
        let new = self.new;
        for (place, (writers, batch)) in self.writers.iter_mut().zip(batches).enumerate() {
            let csv = done.csv.as_ref().map(|rows| rows[place].as_str());
            for (writer, format) in writers.iter_mut().zip(&self.formats) {
                let written = writer.write_made(batch, cell.point, csv);
                written.map_err(new.writing(&format.file(batch.definition())))?;
            }
        }
        Ok(())
    }

    /// Completes the tables, and adds the summary by point, the points of a sweep, tables that are whole already, and
    /// the resolved scenario.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn complete(
        mut self,
        scenario: &Scenario,
        design: &Design,
        summaries: &[Summary],
        whole: &[Filled],
    ) -> Result<(), ExperimentError> {
        for (writers, table) in std::mem::take(&mut self.writers)
            .into_iter()
            .zip(Records::TABLES)
        {
            self.finish(table, writers)?;
        }
        let mut summary = self.create(&SUMMARY, &self.numbering)?;
        for (world, one) in (0..).zip(summaries).filter(|(_, one)| one.replicates() > 0) {
            let batch = one.table();
            for (writer, format) in summary.iter_mut().zip(&self.formats) {
                let written = writer.write(&batch, world);
                written.map_err(self.at(*format, &SUMMARY))?;
            }
        }
        self.finish(&SUMMARY, summary)?;
        for filled in whole {
            let table = filled.table;
            let mut writers = self.create(table, &filled.numbering)?;
            for (writer, format) in writers.iter_mut().zip(&self.formats) {
                let written = filled.write(&mut **writer);
                written.map_err(self.at(*format, table))?;
            }
            self.finish(table, writers)?;
        }
        if design.is_sweep() {
            for (name, dialect) in points_files(&self.formats) {
                let rows = points_file(design, dialect);
                self.new.write(FileKind::Points, name, &rows)?;
            }
        }
        self.new.write_scenario(scenario)
    }

    /// Names the table in an error, at the place where it will be.
    fn at(&self, format: Format, table: &Definition) -> impl FnOnce(io::Error) -> ExperimentError {
        self.new.writing(&format.file(table))
    }

    fn finish(
        &self,
        table: &Definition,
        writers: Vec<Box<dyn TableWriter>>,
    ) -> Result<(), ExperimentError> {
        for (writer, format) in writers.into_iter().zip(&self.formats) {
            writer.finish().map_err(self.at(*format, table))?;
        }
        Ok(())
    }
}

/// Whether a whole run of a scenario has a table, whatever its analyses: those over periods are there even without
/// rows.
#[must_use]
pub fn is_asked_for(scenario: &Scenario, table: &Definition) -> bool {
    let record = &scenario.simulation.record;
    match () {
        () if *table == KINDS => scenario.has_kinds(),
        () if *table == LEARNING => record.keeps_table(RecordedTable::Learning),
        () if *table == MAP => record.keeps_table(RecordedTable::Map),
        () if *table == INTERACTIONS => record.keeps_table(RecordedTable::Interactions),
        () => [&PERIODS, &FIRMS, &MARKET, &SUMMARY].contains(&table),
    }
}

/// What a table says about itself: version, seed and complete scenario.
fn metadata(scenario: &Scenario) -> Metadata {
    let own = [
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("seed", scenario.simulation.seed.to_string()),
        ("scenario", scenario.to_file()),
    ];
    own.map(|(key, value)| (format!("flywheel.{key}"), value))
        .to_vec()
}

/// The files of a sweep's points: `points.csv` whatever the formats, and one for spreadsheets if they are asked for.
fn points_files(formats: &[Format]) -> impl Iterator<Item = (&'static str, Dialect)> {
    let excel = formats.contains(&Format::Excel);
    let excel = excel.then_some((POINTS_EXCEL, Dialect::Spreadsheet));
    std::iter::once((POINTS, Dialect::Plain)).chain(excel)
}

/// The bytes of `points.csv`: every point of a sweep with its values.
#[must_use]
pub fn points_file(design: &Design, dialect: Dialect) -> Vec<u8> {
    let rows = (0..design.len()).map(|point| design.row(point));
    dialect.text(std::iter::once(design.header()).chain(rows))
}

/// Writes a table that is whole already into a folder that is not of a run.
///
/// # Errors
/// If a file cannot be written.
pub fn write_parts(
    folder: &Path,
    metadata: &Metadata,
    formats: &[Format],
    filled: &Filled,
) -> Result<(), ExperimentError> {
    for &format in formats {
        let path = format.path(folder, filled.table);
        let written = plain::replace(&path, |aside| {
            let mut writer =
                table::create(format, aside, filled.table, &filled.numbering, metadata)?;
            filled.write(&mut *writer)?;
            writer.finish()
        });
        written.map_err(ExperimentError::writing(&path))?;
    }
    Ok(())
}

/// Writes a file aside, then puts it in place.
///
/// # Errors
/// If it cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), ExperimentError> {
    let written = plain::replace(path, |aside| fs::write(aside, bytes));
    written.map_err(ExperimentError::writing(path))
}
