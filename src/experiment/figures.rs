//! The figures of the table `summary`: per replicate, and over replicates.

use crate::scenario::Quantity;
use crate::statistics::{Estimate, Moments};
use crate::table::Batch;

/// One firm's figures in one replicate, in the order of [`Quantity::SUMMARY`]; NaN is empty.
pub type Figures = [f64; Quantity::SUMMARY.len()];

/// Each firm's figures, from the complete table `firms` of one replicate with this many firms: means over
/// the last tenth of the periods, and the cumulative profit at the end.
#[must_use]
pub fn figures(firms: &Batch, count: usize) -> Vec<Figures> {
    let periods = u32::try_from(firms.rows() / count.max(1)).unwrap_or(u32::MAX);
    let mut figures = vec![Figures::default(); count];
    for (position, quantity) in Quantity::SUMMARY.into_iter().enumerate() {
        let column = firms.column_as_numbers(quantity.column());
        // rows are in the order of periods, then firms
        for (firm, figures) in figures.iter_mut().enumerate() {
            let window = quantity.window(periods).map(|period| period as usize);
            figures[position] =
                Moments::of(window.map(|period| column[period * count + firm])).mean();
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
        let moments = |own: &[Moments; Quantity::SUMMARY.len()]| Some(own[quantity.in_summary()?]);
        let held = self.moments.iter().filter_map(moments);
        held.map(|moments| moments.estimate())
            .map(|estimate| (estimate.high - estimate.low) / 2.0)
            .filter(|half_width| !half_width.is_nan())
            .fold(0.0, f64::max)
    }
}
