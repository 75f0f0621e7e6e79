//! What a run found: in code as it was computed, or from the tables of its folder.

use std::path::Path;

use thiserror::Error;

use super::kind::Answers;
use super::{Collector, Results, SweepResults};
use crate::experiment::{Design, Summary};
use crate::scenario::{Diagnostics, RecordedTable, Scenario, Variant};
use crate::table::{
    Batch, Definition, FIRMS, KINDS, LEARNING, MAP, MARKET, Numbering, PERIODS, TableError,
    read_world,
};

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
    /// The results of one market from the tables of its folder; of one with variants, the scenario itself.
    ///
    /// # Errors
    /// A table cannot be read.
    pub fn read(folder: &Path, scenario: &Scenario) -> Result<Self, TableError> {
        let variants = Variant::with_base(&scenario.variants).into_iter();
        let numbering = Numbering::new(false, variants.map(|variant| variant.name).collect());
        Self::read_world(folder, scenario, &numbering, 0)
    }

    /// The results of one of the worlds whose rows the tables of a folder hold, of which this is the scenario.
    ///
    /// # Errors
    /// A table cannot be read.
    pub(super) fn read_world(
        folder: &Path,
        scenario: &Scenario,
        numbering: &Numbering,
        world: u32,
    ) -> Result<Self, TableError> {
        let mut collector = Collector::new(scenario);
        let mut read = |table: &'static Definition, take: fn(&mut Collector, &Batch)| {
            read_world(folder, table, numbering, world, |batch| {
                take(&mut collector, batch);
            })
        };
        read(&FIRMS, Collector::take_firms)?;
        read(&MARKET, Collector::take_market)?;
        if scenario.has_kinds() {
            read(&KINDS, Collector::take_kinds)?;
        }
        read(&PERIODS, Collector::take_periods)?;
        let record = &scenario.simulation.record;
        if record.keeps_table(RecordedTable::Learning) {
            read(&LEARNING, Collector::take_learning)?;
        }
        if record.keeps_table(RecordedTable::Map) {
            read(&MAP, Collector::take_map)?;
        }
        Ok(collector.finish())
    }
}
