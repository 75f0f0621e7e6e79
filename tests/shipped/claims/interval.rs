//! The mean of paired differences with its interval, and what the pairing is worth.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Confidence of every interval of the claims.
const CONFIDENCE: f64 = 0.99;

/// A mean over replicates with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub mean: f64,
    pub low: f64,
    pub high: f64,
}

/// Which side of zero an interval is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Above,
    Below,
    /// It holds zero, or a replicate has no value.
    Neither,
}

impl Interval {
    /// Student's t interval of the mean of a sample of two or more.
    pub fn of(values: &[f64]) -> Self {
        let (mean, variance) = moments(values);
        let count = values.len() as f64;
        let half = quantile(count, CONFIDENCE) * (variance / count).sqrt();
        Self {
            mean,
            low: mean - half,
            high: mean + half,
        }
    }

    pub fn side(&self) -> Side {
        if self.low > 0.0 {
            Side::Above
        } else if self.high < 0.0 {
            Side::Below
        } else {
            Side::Neither
        }
    }
}

/// What it is worth that markets share their random draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pairing {
    /// Variance of the effect if the markets had draws of their own, over its variance as it is.
    pub reduction: f64,
    /// Replicates for a 95 % interval of ± 5 % of the effect if the markets had draws of their own.
    pub own_draws: u64,
}

impl Pairing {
    /// Of an effect that is the sum of these parts, one sample of replicates for each market.
    pub fn of(effect: &[f64], parts: &[Vec<f64>]) -> Self {
        let independent: f64 = parts.iter().map(|part| moments(part).1).sum();
        let reduction = independent / moments(effect).1;
        Self {
            reduction,
            own_draws: replicates_needed(effect, reduction),
        }
    }
}

/// The least replicates with which the half width of a 95 % interval is 5 % of the mean, for an effect
/// of which this is a sample, but with a variance that many times as large.
pub fn replicates_needed(sample: &[f64], times: f64) -> u64 {
    let (mean, variance) = moments(sample);
    let deviations = (times * variance).sqrt() / (0.05 * mean.abs());
    // at least as many as the normal quantile asks for; Student's asks for a few more, up to a point
    let mut count = (1.96 * deviations).powi(2).floor().max(2.0);
    while count < 1e9 && quantile(count, 0.95) * deviations > count.sqrt() {
        count += 1.0;
    }
    count as u64
}

/// Mean and variance (n - 1) of a sample.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, squares / (n - 1.0))
}

/// Student's quantile for the two-sided interval of a sample of this size.
fn quantile(count: f64, confidence: f64) -> f64 {
    let student = StudentsT::new(0.0, 1.0, count - 1.0).expect("two values or more");
    student.inverse_cdf(0.5 + confidence / 2.0)
}

#[test]
fn interval_is_that_of_student() {
    // mean 3, standard deviation sqrt(2.5), t(4) = 4.604094871 at 99 %
    let interval = Interval::of(&[1.0, 2.0, 3.0, 4.0, 5.0]);
    let half = 4.604_094_871 * (2.5_f64 / 5.0).sqrt();
    assert!((interval.high - 3.0 - half).abs() < 1e-7 && (3.0 - interval.low - half).abs() < 1e-7);
    assert_eq!(interval.side(), Side::Neither);
    assert_eq!(Interval::of(&[3.0, 3.1, 2.9, 3.0]).side(), Side::Above);
    assert_eq!(Interval::of(&[-3.0, -3.1, -2.9, -3.0]).side(), Side::Below);
    assert_eq!(Interval::of(&[3.0, 3.1, f64::NAN]).side(), Side::Neither);
}

#[test]
fn replicates_needed_are_the_least() {
    // mean 1, variance 1; 1.96^2 / 0.05^2 = 1537 by the normal quantile, a little more by Student's
    let sample = [0.0, 1.0, 2.0];
    assert_eq!(replicates_needed(&sample, 1.0), 1540);
    assert_eq!(replicates_needed(&sample.map(|value| -value), 1.0), 1540);
    // a half width of 2 standard deviations: t(n - 1) / sqrt(n) is 2.48 with 3 and 1.59 with 4 replicates
    assert_eq!(replicates_needed(&sample, (0.05_f64 / 2.0).powi(2)), 4);
    assert_eq!(replicates_needed(&[1.0, 1.0], 1.0), 2);
}

#[test]
fn pairing_counts_what_the_markets_share() {
    let one = vec![1.0, 2.0, 3.0, 4.0];
    let other = vec![-0.9, -2.1, -2.9, -4.1];
    let effect: Vec<f64> = one.iter().zip(&other).map(|(a, b)| a + b).collect();
    let pairing = Pairing::of(&effect, &[one, other]);
    // variances: 5/3 and 5.44/3 of the parts, 0.04/3 of their sum
    assert!((pairing.reduction - (5.0 / 3.0 + 5.44 / 3.0) / (0.04 / 3.0)).abs() < 1e-9);
}
