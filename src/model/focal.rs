//! One of the firms, watched: what worlds are compared by (section 8 of the model).

use super::cohort::{Cohort, CohortTally};
use super::engine::{Engine, firm_number};
use super::perturbation::Perturbed;
use super::replay::Replay;

/// One of the firms in a period: what worlds are compared by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Focal {
    /// Willingness to pay less cost, of all transactions.
    pub value_created: f64,
    /// The part of it with the customers who are watched.
    pub value_created_at_home: f64,
    /// After fixed cost.
    pub profit: f64,
    /// The part of it, before fixed cost, with the customers who are watched.
    pub profit_at_home: f64,
    /// Part of all firms' transactions; 0 where there are none.
    pub share: f64,
}

impl<const K: usize> Engine<K> {
    /// Has a perturbation done to the market from now on.
    pub fn perturb(&mut self, perturbed: Perturbed) {
        self.perturbed = Some(perturbed);
    }

    /// Watches those who are at home with firm `j` now.
    pub fn watch(&mut self, j: usize) {
        for block in &mut self.blocks {
            block.cohort = Cohort::at_home(firm_number(j), &block.home);
        }
    }

    /// Remembers, from now on, what happens in a period, so that another world can follow.
    pub fn remember(&mut self) {
        for block in &mut self.blocks {
            block.replay = Some(Replay::default());
        }
    }

    /// Firm `j` in the last period.
    pub fn focal(&self, j: usize) -> Focal {
        let firm = &self.firms[j];
        let mut cohort = CohortTally::default();
        let (mut value_created, mut transactions, mut all) = (0.0, 0, 0);
        for tally in &self.tallies {
            cohort.add(&tally.cohort());
            let own = tally.firm(j);
            value_created += own.wtp - own.cost;
            transactions += own.transactions;
            all += tally.fulfilled();
        }
        Focal {
            value_created,
            value_created_at_home: cohort.value_created(),
            profit: firm.profit,
            profit_at_home: if firm.acting {
                cohort.profit(firm.price)
            } else {
                0.0
            },
            share: if all > 0 {
                transactions as f64 / all as f64
            } else {
                0.0
            },
        }
    }
}
