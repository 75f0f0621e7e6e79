//! Individual learning: knowledge and fit by the customer's number of transactions with the firm.

use super::prediction::Predicted;
use super::{LONGEST, Series};
use crate::analysis::{Estimate, Moments};
use crate::statistics::UNIT;
use crate::table::Batch;

/// Fewest transactions per replicate, on average, from which a value is known well enough to be shown.
const LEAST: f64 = 20.0;

/// A firm's curves; entry n - 1 is the n-th transaction of a customer with the firm, from 1 to [`LONGEST`]. Entries of
/// fewer than 20 transactions per replicate are empty.
///
/// Late entries are those of customers who come often and stay, and these are the customers whom the firm fits well.
#[derive(Debug, Clone, PartialEq)]
pub struct ExperienceCurve {
    /// Mean knowledge index before the transaction, 0 to 1.
    pub knowledge: Series,
    /// Mean fit, 0 to 1.
    pub fit: Series,
    /// What Bayesian learning predicts of both.
    pub predicted: Predicted,
}

/// By firm, knowledge and fit by number of the transaction.
#[derive(Debug, Clone)]
pub(super) struct ExperienceTable {
    firms: Vec<Curve>,
}

/// Of a firm, by number of the transaction.
#[derive(Debug, Clone)]
struct Curve {
    knowledge: Vec<Moments>,
    fit: Vec<Moments>,
    /// Transactions, in the mean over replicates.
    transactions: Vec<Moments>,
}

impl ExperienceTable {
    pub fn new(firms: usize) -> Self {
        let empty = || vec![Moments::default(); LONGEST];
        let curve = |_| Curve {
            knowledge: empty(),
            fit: empty(),
            transactions: empty(),
        };
        Self {
            firms: (0..firms).map(curve).collect(),
        }
    }

    /// Takes in rows; those of all transactions beyond [`LONGEST`] together are no point of the curve.
    pub fn take(&mut self, batch: &Batch, firms: &[Option<usize>]) {
        let [knowledge, fit] = ["knowledge", "fit"].map(|name| batch.numbers(name));
        let transactions = batch.integers("transactions");
        for (row, &n) in batch.integers("n").iter().enumerate() {
            let place = usize::try_from(n - 1).ok().filter(|&place| place < LONGEST);
            let firm = firms[row].and_then(|firm| self.firms.get_mut(firm));
            if let (Some(place), Some(firm)) = (place, firm) {
                firm.knowledge[place].add(knowledge[row]);
                firm.fit[place].add(fit[row]);
                firm.transactions[place].add(transactions[row] as f64);
            }
        }
    }

    /// Knowledge and fit of every firm.
    pub fn finish(self) -> Vec<(Series, Series)> {
        let firm = |curve: &Curve| (curve.series(&curve.knowledge), curve.series(&curve.fit));
        self.firms.iter().map(firm).collect()
    }
}

impl Curve {
    /// Estimates as far as they rest on enough transactions.
    fn series(&self, values: &[Moments]) -> Series {
        let estimate = |(value, transactions): (&Moments, &Moments)| {
            if transactions.mean() >= LEAST {
                value.estimate().within(UNIT)
            } else {
                Estimate::EMPTY
            }
        };
        values
            .iter()
            .zip(&self.transactions)
            .map(estimate)
            .collect()
    }
}
