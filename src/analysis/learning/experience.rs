//! Individual learning: knowledge and fit by the customer's number of transactions with the firm.

use super::prediction::Predicted;
use super::{LONGEST, Series};
use crate::analysis::Moments;
use crate::table::Batch;

/// A firm's curves; entry n - 1 is the n-th transaction of a customer with the firm, from 1 to [`LONGEST`].
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
#[derive(Debug)]
pub(super) struct ExperienceTable {
    firms: Vec<[Vec<Moments>; 2]>,
}

impl ExperienceTable {
    pub fn new(firms: usize) -> Self {
        let empty = || std::array::from_fn(|_| vec![Moments::default(); LONGEST]);
        Self {
            firms: (0..firms).map(|_| empty()).collect(),
        }
    }

    /// Takes in rows; those of all transactions beyond [`LONGEST`] together are no point of the curve.
    pub fn take(&mut self, batch: &Batch, firms: &[Option<usize>]) {
        let columns = ["knowledge", "fit"].map(|name| batch.numbers(name));
        for (row, &n) in batch.integers("n").iter().enumerate() {
            let place = usize::try_from(n - 1).ok().filter(|&place| place < LONGEST);
            let firm = firms[row].and_then(|firm| self.firms.get_mut(firm));
            if let (Some(place), Some(firm)) = (place, firm) {
                for (moments, column) in firm.iter_mut().zip(columns) {
                    moments[place].add(column[row]);
                }
            }
        }
    }

    /// Knowledge and fit of every firm.
    pub fn finish(self) -> Vec<(Series, Series)> {
        let series = |moments: &Vec<Moments>| moments.iter().map(Moments::estimate).collect();
        let firm = |[knowledge, fit]: &[Vec<Moments>; 2]| (series(knowledge), series(fit));
        self.firms.iter().map(firm).collect()
    }
}
