//! Chi-square and Kolmogorov-Smirnov statistics with their critical values.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// The probability with which a true random source would fail a test.
const SIGNIFICANCE: f64 = 1e-5;

/// Holds counts of equally likely cells against the chi-square distribution: neither too far from even, nor too even.
pub fn assert_even(counts: &[u64], what: &str) {
    let total: u64 = counts.iter().sum();
    let expected = total as f64 / counts.len() as f64;
    assert!(expected >= 10.0, "{what}: too few draws for a chi-square");
    let statistic: f64 = counts
        .iter()
        .map(|&count| (count as f64 - expected).powi(2) / expected)
        .sum();
    let p = ChiSquared::new(counts.len() as f64 - 1.0)
        .expect("more than one cell")
        .cdf(statistic);
    assert!(
        (SIGNIFICANCE..=1.0 - SIGNIFICANCE).contains(&p),
        "{what}: chi-square {statistic} of {} cells, probability {p}",
        counts.len()
    );
}

/// Holds a sample against a distribution: the largest distance of the two distribution functions.
///
/// The critical value is Kolmogorov's: P(sqrt(n) D > c) = 2 exp(-2 c^2).
pub fn assert_distributed(mut sample: Vec<f64>, cdf: impl Fn(f64) -> f64, what: &str) {
    sample.sort_by(f64::total_cmp);
    let n = sample.len() as f64;
    let distance = sample
        .iter()
        .enumerate()
        .map(|(i, &x)| {
            let p = cdf(x);
            (p - i as f64 / n).max((i + 1) as f64 / n - p)
        })
        .fold(0.0, f64::max);
    let critical = (-(SIGNIFICANCE / 2.0).ln() / 2.0 / n).sqrt();
    assert!(
        distance < critical,
        "{what}: distance {distance}, critical {critical}"
    );
}

/// Holds two samples against each other (Smirnov's test, both of size n).
pub fn assert_same_distribution(mut one: Vec<f64>, mut other: Vec<f64>, what: &str) {
    assert_eq!(one.len(), other.len());
    one.sort_by(f64::total_cmp);
    other.sort_by(f64::total_cmp);
    let n = one.len() as f64;
    let (mut i, mut j, mut distance) = (0, 0, 0.0_f64);
    while i < one.len() && j < other.len() {
        if one[i] <= other[j] {
            i += 1;
        } else {
            j += 1;
        }
        distance = distance.max((i as f64 - j as f64).abs() / n);
    }
    let critical = (-(SIGNIFICANCE / 2.0).ln() / n).sqrt();
    assert!(
        distance < critical,
        "{what}: distance {distance}, critical {critical}"
    );
}

/// Holds a mean against its expectation, given the standard deviation of one value.
pub fn assert_mean(values: impl Iterator<Item = f64>, expected: f64, deviation: f64, what: &str) {
    let (sum, n) = values.fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
    let mean = sum / n;
    let error = 4.5 * deviation / f64::sqrt(n);
    assert!(
        (mean - expected).abs() < error,
        "{what}: mean {mean}, expected {expected} within {error}"
    );
}
