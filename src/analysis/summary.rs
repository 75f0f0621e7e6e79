//! The figures of the table `summary`: per replicate, and over replicates.

use super::{Estimate, Moments, Quantity};
use crate::table::Batch;

/// One firm's figures in one replicate, in the order of [`Quantity::SUMMARY`]; NaN is empty.
pub type Figures = [f64; Quantity::SUMMARY.len()];

/// Each firm's figures, from the complete table `firms` of one replicate with this many firms: means over
/// the last tenth of the periods, and the cumulative profit at the end.
#[must_use]
pub fn figures(firms: &Batch, count: usize) -> Vec<Figures> {
    let periods = firms.rows() / count.max(1);
    let closing = periods - periods.div_ceil(10);
    let mut figures = vec![[f64::NAN; Quantity::SUMMARY.len()]; count];
    for (position, quantity) in Quantity::SUMMARY.into_iter().enumerate() {
        let column = firms.column_as_numbers(quantity.column());
        // rows are in the order of periods, then firms
        for (firm, figures) in figures.iter_mut().enumerate() {
            let first = match quantity {
                Quantity::CumulativeProfit => periods.saturating_sub(1),
                _ => closing,
            };
            let mut moments = Moments::default();
            (first..periods).for_each(|period| moments.add(column[period * count + firm]));
            figures[position] = moments.mean();
        }
    }
    figures
}

/// The summary of one point: every firm's figures over the replicates so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    firms: Vec<String>,
    moments: Vec<[Moments; Quantity::SUMMARY.len()]>,
    replicates: u32,
}

impl Summary {
    /// A summary of firms with these names, without a replicate yet.
    #[must_use]
    pub fn new(firms: Vec<String>) -> Self {
        let moments = vec![Default::default(); firms.len()];
        Self {
            firms,
            moments,
            replicates: 0,
        }
    }

    /// Takes in a replicate.
    pub fn add(&mut self, figures: &[Figures]) {
        self.replicates += 1;
        for (moments, figures) in self.moments.iter_mut().zip(figures) {
            for (moments, figure) in moments.iter_mut().zip(figures) {
                moments.add(*figure);
            }
        }
    }

    /// Replicates so far.
    #[must_use]
    pub fn replicates(&self) -> u32 {
        self.replicates
    }

    /// The firms with their estimates, in the order of [`Quantity::SUMMARY`].
    pub fn firms(&self) -> impl Iterator<Item = (&str, Vec<Estimate>)> {
        let estimates = self
            .moments
            .iter()
            .map(|all| all.iter().map(Moments::estimate).collect());
        self.firms.iter().map(String::as_str).zip(estimates)
    }

    /// The widest half-width of a firm's 95 % interval of a quantity; infinite with fewer than two replicates,
    /// 0 where no firm has the quantity.
    #[must_use]
    pub fn widest(&self, quantity: Quantity) -> f64 {
        if self.replicates < 2 {
            return f64::INFINITY;
        }
        let position = Quantity::SUMMARY
            .iter()
            .position(|known| *known == quantity)
            .unwrap_or(0);
        let estimates = self
            .moments
            .iter()
            .map(|moments| moments[position].estimate());
        estimates
            .map(|estimate| (estimate.high - estimate.low) / 2.0)
            .filter(|half_width| !half_width.is_nan())
            .fold(0.0, f64::max)
    }
}
