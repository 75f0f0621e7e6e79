//! A finished run whose files are as they were written.

use std::collections::BTreeSet;
use std::path::Path;

use super::RunError;
use crate::experiment::{
    Cell, Design, ExperimentError, JOURNAL, Journal, Manifest, Order, Status, cells_in_table,
};
use crate::model::Plan;
use crate::scenario::{RecordedTable, Scenario, Simulation};
use crate::table::{FIRMS, MARKET, PERIODS};

/// A run whose files are as they were written.
pub struct Stored<'a> {
    pub folder: &'a Path,
    pub manifest: &'a Manifest,
    pub scenario: Scenario,
    pub design: Design,
}

impl Stored<'_> {
    /// What is kept of its cells, which may be nothing.
    pub fn journal(&self) -> Result<Journal, RunError> {
        let path = self.folder.join(JOURNAL);
        let opened = if path.exists() {
            Journal::read(self.folder)
        } else {
            Ok(Journal::without_cells())
        };
        opened.map_err(|source| ExperimentError::Read { path, source }.into())
    }

    pub fn plan(&self, world: u32) -> Result<Plan, RunError> {
        Ok(self.design.plan(world)?)
    }

    /// The cells that the folder has results of.
    pub fn cells(&self) -> Result<Vec<Cell>, RunError> {
        let all = self.manifest.cells();
        let list = |cells: &dyn Order| -> Vec<Cell> {
            (0..cells.len())
                .map(|position| cells.cell(position))
                .collect()
        };
        let own = match self.manifest.shard {
            Some(shard) => list(&shard.of(&all)),
            None if self.manifest.status == Status::Interrupted => {
                return Ok(self.cells_in_tables()?.unwrap_or_default());
            }
            None => list(&all),
        };
        let failed: BTreeSet<Cell> =
            (self.manifest.failed.iter().map(|cell| cell.cell())).collect();
        Ok(own
            .into_iter()
            .filter(|cell| !failed.contains(cell))
            .collect())
    }

    /// The cells of which there are rows; none where the scenario asks for no rows over periods.
    pub fn cells_in_tables(&self) -> Result<Option<Vec<Cell>>, RunError> {
        let Simulation {
            record, periods, ..
        } = &self.scenario.simulation;
        if !(0..*periods).any(|period| record.keeps_period(period)) {
            return Ok(None);
        }
        // the smallest first
        let tables = [
            (RecordedTable::Market, &MARKET),
            (RecordedTable::Firms, &FIRMS),
            (RecordedTable::Periods, &PERIODS),
        ];
        let kept = tables
            .into_iter()
            .find(|(table, _)| record.keeps_table(*table));
        let cells =
            kept.map(|(_, table)| cells_in_table(self.folder, table, &self.design.numbering()));
        Ok(cells.transpose()?)
    }
}
