//! Learning curves: what a firm learns about each customer, and what across customers.
//!
//! `experience` draws the first, with what Bayesian learning predicts, `newcomers` the second; both are charts of lines
//! ([`TimeChart`](super::time::TimeChart)), over transactions in place of periods.

pub mod experience;
pub mod newcomers;

use crate::analysis::Estimate;

/// How many estimates come before a series is left to some of its replicates: those in which a firm had most transactions are
/// those in which it did well, and a line would turn up at its end for them.
fn common(series: &[Estimate]) -> usize {
    let most = series.iter().map(|estimate| estimate.count).max();
    let most = f64::from(most.unwrap_or(0));
    let holds =
        |estimate: &Estimate| estimate.mean.is_finite() && f64::from(estimate.count) >= 0.9 * most;
    series.iter().rposition(holds).map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_where_some_replicates_do() {
        let of = |count| Estimate {
            mean: 0.5,
            count,
            ..Estimate::EMPTY
        };
        let series = [20, 15, 20, 18, 17, 3].map(of);
        assert_eq!(common(&series), 4);
        assert_eq!(common(&[Estimate::EMPTY; 3]), 0);
        assert_eq!(common(&[]), 0);
    }
}
