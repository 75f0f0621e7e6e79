//! Learning curves: what a firm learns about each customer, and what across customers.
//!
//! `experience` draws the first, with what Bayesian learning predicts, `newcomers` the second; both are charts of lines
//! ([`TimeChart`](super::time::TimeChart)), over transactions in place of periods.

pub mod experience;
pub mod newcomers;

use super::view::View;
use crate::analysis::Estimate;

/// The estimates up to the last that at least half of the replicates have; of the others too little is known to draw them.
fn common(view: &View<'_>, series: &[Estimate]) -> usize {
    let enough = |estimate: &Estimate| 2 * estimate.count >= view.results.replicates;
    series
        .iter()
        .rposition(|estimate| estimate.mean.is_finite() && enough(estimate))
        .map_or(0, |last| last + 1)
}
