//! Learning curves: what a firm learns about each customer, and what across customers.
//!
//! # Architecture
//!
//! - [`Learning`] is what a run says; [`LearningTables`] takes the rows of its tables and gives it.
//! - `experience` is individual learning: knowledge and fit by the customer's number of transactions with the firm (table `learning`).
//! - `prediction` is the same as Bayesian learning has it, from the scenario and what the firm knew of newcomers.
//! - `newcomers` is population learning: the fit of first transactions by the firm's transactions so far (table `periods`).

mod experience;
mod newcomers;
mod prediction;

#[cfg(test)]
mod tests;

pub use experience::ExperienceCurve;
pub use newcomers::Newcomers;
pub use prediction::Predicted;

use super::Series;
use crate::scenario::{RecordedTable, Scenario};
use crate::table::Batch;
use experience::ExperienceTable;
use newcomers::NewcomersTable;
use prediction::PredictionTable;

/// Transactions of a customer with a firm that are told apart; rows of the table `learning` beyond it hold all later ones.
pub const LONGEST: usize = 60;

/// What a run says about learning.
#[derive(Debug, Clone, PartialEq)]
pub struct Learning {
    /// Needs of all customers in a period, as expected, over the number of firms: a measure for transactions, at least 1.
    pub usual: f64,
    /// The firms in the order of the scenario.
    pub firms: Vec<FirmLearning>,
}

/// What a firm learned.
#[derive(Debug, Clone, PartialEq)]
pub struct FirmLearning {
    /// About each customer; none where the table `learning` is not kept.
    pub curve: Option<ExperienceCurve>,
    /// Across customers.
    pub newcomers: Newcomers,
}

impl Learning {
    /// Whether the table `learning` was kept.
    #[must_use]
    pub fn has_curves(&self) -> bool {
        self.firms.iter().any(|firm| firm.curve.is_some())
    }
}

/// Takes in tables and gives [`Learning`].
#[derive(Debug, Clone)]
pub struct LearningTables {
    usual: f64,
    /// With predictions, if the table `learning` is kept.
    curves: Option<(ExperienceTable, PredictionTable)>,
    newcomers: NewcomersTable,
}

impl LearningTables {
    /// Tables for the rows of a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let firms = scenario.firms.len();
        let needs: f64 = scenario
            .populations
            .iter()
            .map(|population| f64::from(population.customers) * population.need.rate)
            .sum();
        let usual = (needs / firms.max(1) as f64).max(1.0);
        let keeps = scenario
            .simulation
            .record
            .keeps_table(RecordedTable::Learning);
        Self {
            usual,
            curves: keeps.then(|| (ExperienceTable::new(firms), PredictionTable::new(scenario))),
            newcomers: NewcomersTable::new(firms, usual),
        }
    }

    /// Takes in rows of the table `learning`; `firms` are the positions of the rows' firms.
    pub fn take_learning(&mut self, batch: &Batch, firms: &[Option<usize>]) {
        if let Some((experience, _)) = &mut self.curves {
            experience.take(batch, firms);
        }
    }

    /// Takes in rows of the table `periods`; `firms` are the positions of the rows' firms.
    pub fn take_periods(&mut self, batch: &Batch, firms: &[Option<usize>]) {
        self.newcomers.take(batch, firms);
        if let Some((_, prediction)) = &mut self.curves {
            prediction.take(batch, firms);
        }
    }

    /// What all replicates so far amount to.
    #[must_use]
    pub fn finish(self) -> Learning {
        let newcomers = self.newcomers.finish();
        let mut curves: Vec<Option<ExperienceCurve>> = match self.curves {
            None => vec![None; newcomers.len()],
            Some((experience, prediction)) => {
                let found = experience.finish().into_iter();
                let with = |((knowledge, fit), predicted)| {
                    Some(ExperienceCurve {
                        knowledge,
                        fit,
                        predicted,
                    })
                };
                found.zip(prediction.finish()).map(with).collect()
            }
        };
        Learning {
            usual: self.usual,
            firms: newcomers
                .into_iter()
                .zip(curves.drain(..))
                .map(|(newcomers, curve)| FirmLearning { curve, newcomers })
                .collect(),
        }
    }
}
