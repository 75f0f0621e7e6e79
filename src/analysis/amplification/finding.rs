//! What a head start comes to: its trend, and whether the answer is linear.

use super::{AmplificationQuestion, Gain};
use crate::analysis::trend::{Trend, Verdict};
use crate::analysis::{Estimate, Moments, jackknife};

/// Answers to half a head start that are no further from half the answer are taken as linear.
const LINEAR: f64 = 0.05;

/// What a head start comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding {
    /// The verdict.
    pub verdict: Verdict,
    /// First and last of the early periods.
    pub early: (u32, u32),
    /// First and last of the late periods.
    pub late: (u32, u32),
    /// What the head start adds per late period, over what it adds per early period: the interval that the verdict
    /// rests on. Empty where the latter cannot be told from zero.
    pub ratio: Estimate,
    /// Periods in which what it adds halves (if it dissipates) or doubles (if it compounds), of the exponential that comes
    /// nearest to its course. Empty otherwise; an end of the interval is empty where there is no bound.
    pub time: Estimate,
    /// Twice what half of the head start adds in all, over what the whole adds: 1 if the answer is linear.
    pub half_size: Estimate,
    /// Whether the answer is linear: this interval holds 1, or it is next to 1; none with fewer than two replicates.
    pub is_linear: Option<bool>,
}

impl Finding {
    /// The finding from what the head start adds in each replicate.
    pub(super) fn of(question: &AmplificationQuestion, gains: &[Gain]) -> Self {
        let courses: Vec<Vec<f64>> = gains.iter().map(|gain| gain.full.clone()).collect();
        let Trend {
            verdict,
            early,
            late,
            ratio,
            time,
            ..
        } = Trend::of(question.period, &courses);
        let half_size = half_size(gains);
        Self {
            verdict,
            early,
            late,
            ratio,
            time,
            half_size,
            is_linear: (gains.len() > 1 && half_size.mean.is_finite()).then(|| {
                half_size.low <= 1.0 && half_size.high >= 1.0
                    || (half_size.mean - 1.0).abs() <= LINEAR
            }),
        }
    }
}

/// Twice the answer to half the head start over the answer to the whole.
fn half_size(gains: &[Gain]) -> Estimate {
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
