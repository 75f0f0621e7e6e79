//! What a run found: in code as it was computed, or from the tables of its folder.

use std::path::Path;

use thiserror::Error;

use super::kind::Answers;
use super::{Collector, Results, SweepResults};
use crate::experiment::{Design, Summary};
use crate::scenario::{Diagnostics, RecordedTable, Scenario};
use crate::table::{self, FIRMS, KINDS, LEARNING, MAP, MARKET, PERIODS, TableError};

/// What a run found, as far as its tables hold it.
#[derive(Debug, Clone, PartialEq)]
pub enum Findings {
    /// Series over periods: one point, with all rows of its tables.
    Series(Box<Results>),
    /// The figures of `summary`: of the points of a sweep, or of one point whose tables were thinned.
    Points(SweepResults),
}

/// Why a folder does not tell what its run found.
#[derive(Debug, Error)]
pub enum FindingsError {
    /// Its scenario is not valid.
    #[error(transparent)]
    Scenario(#[from] Diagnostics),
    /// A table could not be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The tables do not hold what charts show.
    #[error("its charts cannot be drawn, for simulation.record left rows out of the tables")]
    Thinned,
}

impl Findings {
    /// Whether the tables of a scenario hold what series over periods need: one point, and all rows.
    #[must_use]
    pub fn are_series(scenario: &Scenario) -> bool {
        scenario.sweep.is_none() && scenario.simulation.record.keeps_all_periods()
    }

    /// What was computed: by a collector, where there are series, or else in the summaries by point.
    #[must_use]
    pub fn of(collector: Option<Collector>, design: &Design, summaries: &[Summary]) -> Self {
        match collector {
            Some(collector) => Self::Series(Box::new(collector.finish())),
            None => Self::Points(SweepResults::of(design, summaries)),
        }
    }

    /// What the tables in the folder of a run hold.
    ///
    /// # Errors
    /// They cannot be read, or were thinned.
    pub fn read(folder: &Path, scenario: &Scenario) -> Result<Self, FindingsError> {
        if Self::are_series(scenario) {
            Ok(Self::Series(Box::new(Results::read(folder, scenario)?)))
        } else if scenario.sweep.is_some() {
            let design = Design::new(scenario)?;
            Ok(Self::Points(SweepResults::read(folder, &design)?))
        } else {
            Err(FindingsError::Thinned)
        }
    }

    /// Takes in what analyses found at the points of a sweep, for its charts.
    pub fn take(&mut self, answers: &Answers) {
        if let Self::Points(results) = self {
            results.take(&answers.all);
        }
    }

    /// Replicates that the findings rest on.
    #[must_use]
    pub fn replicates(&self) -> u32 {
        match self {
            Self::Series(results) => results.replicates,
            Self::Points(results) => results.replicates,
        }
    }
}

impl Results {
    /// The results of one market from the tables of its folder.
    ///
    /// # Errors
    /// A table cannot be read.
    pub fn read(folder: &Path, scenario: &Scenario) -> Result<Self, TableError> {
        let mut collector = Collector::new(scenario);
        table::read(folder, &FIRMS, |batch, _| collector.take_firms(batch))?;
        table::read(folder, &MARKET, |batch, _| collector.take_market(batch))?;
        if scenario.has_kinds() {
            table::read(folder, &KINDS, |batch, _| collector.take_kinds(batch))?;
        }
        table::read(folder, &PERIODS, |batch, _| collector.take_periods(batch))?;
        let record = &scenario.simulation.record;
        if record.keeps_table(RecordedTable::Learning) {
            table::read(folder, &LEARNING, |batch, _| collector.take_learning(batch))?;
        }
        if record.keeps_table(RecordedTable::Map) {
            table::read(folder, &MAP, |batch, _| collector.take_map(batch))?;
        }
        Ok(collector.finish())
    }
}
