//! Whether the answer to a head start is linear: half of it, twice, against the whole.

use super::Gain;
use crate::analysis::{Estimate, Moments, jackknife};

/// Answers to half a head start that are no further from half the answer are taken as linear.
const LINEAR: f64 = 0.05;

/// Whether an answer is linear; none with fewer than two replicates.
pub(super) fn is_linear(half_size: Estimate, replicates: usize) -> Option<bool> {
    let holds_one = half_size.low <= 1.0 && half_size.high >= 1.0;
    (replicates > 1 && half_size.mean.is_finite())
        .then_some(holds_one || (half_size.mean - 1.0).abs() <= LINEAR)
}

/// Twice the answer to half the head start over the answer to the whole.
pub(super) fn half_size(gains: &[Gain]) -> Estimate {
    let total = |gains: &[f64]| gains.iter().sum::<f64>();
    let pairs: Vec<(f64, f64)> = (gains.iter())
        .map(|gain| (2.0 * total(&gain.half), total(&gain.full)))
        .collect();
    jackknife::ratio(&pairs).unwrap_or_else(|| {
        // without a ratio there is still the mean of both
        let mut moments = [Moments::default(); 2];
        for (half, full) in &pairs {
            moments[0].add(*half);
            moments[1].add(*full);
        }
        Estimate {
            mean: moments[0].mean() / moments[1].mean(),
            ..Estimate::EMPTY
        }
    })
}
