//! Chi-square and Kolmogorov-Smirnov statistics with their critical values.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// The probability with which a true random source would fail a test.
const SIGNIFICANCE: f64 = 1e-5;

/// Whether a probability is one that a true random source would hardly ever give: too small, or too near to 1.
pub fn is_suspect(p: f64) -> bool {
    !(SIGNIFICANCE..=1.0 - SIGNIFICANCE).contains(&p)
}

/// The chi-square distribution function at the statistic of counts, given the probability of each cell.
pub fn chi_square(counts: &[u64], probabilities: &[f64]) -> f64 {
    let total = counts.iter().sum::<u64>() as f64;
    let statistic: f64 = std::iter::zip(counts, probabilities)
        .map(|(&count, p)| {
            assert!(p * total >= 10.0, "too few draws for a chi-square");
            (count as f64 - p * total).powi(2) / (p * total)
        })
        .sum();
    let degrees = counts.len() as f64 - 1.0;
    ChiSquared::new(degrees)
        .expect("more than one cell")
        .cdf(statistic)
}

/// The same for equally likely cells.
pub fn evenness(counts: &[u64]) -> f64 {
    chi_square(counts, &vec![1.0 / counts.len() as f64; counts.len()])
}

/// Holds counts of equally likely cells against the chi-square distribution: neither too far from even, nor too even.
pub fn assert_even(counts: &[u64], what: &str) {
    let p = evenness(counts);
    let cells = counts.len();
    assert!(
        !is_suspect(p),
        "{what}: chi-square of {cells} cells, probability {p}"
    );
}

/// The largest distance between the distribution function of a sample and the one that it should have.
pub fn distance(mut sample: Vec<f64>, cdf: impl Fn(f64) -> f64) -> f64 {
    sample.sort_by(f64::total_cmp);
    let n = sample.len() as f64;
    let distances = sample.iter().enumerate().map(|(i, &x)| {
        let p = cdf(x);
        (p - i as f64 / n).max((i + 1) as f64 / n - p)
    });
    distances.fold(0.0, f64::max)
}

/// The probability of a smaller distance of a sample of size n: Kolmogorov's distribution, with M. A. Stephens's
/// correction for finite n (1970).
pub fn kolmogorov(distance: f64, n: usize) -> f64 {
    let root = (n as f64).sqrt();
    let x = distance * (root + 0.12 + 0.11 / root);
    let term = |k: i32| {
        let sign = if k % 2 == 0 { 2.0 } else { -2.0 };
        sign * (-2.0 * f64::from(k * k) * x * x).exp()
    };
    // below 0.2 the sum is under 1e-12, and would need more terms to show it
    if x < 0.2 {
        return 0.0;
    }
    1.0 + (1..=30).map(term).sum::<f64>()
}

/// Holds a sample against a distribution: the largest distance of the two distribution functions.
///
/// The critical value is Kolmogorov's: P(sqrt(n) D > c) = 2 exp(-2 c^2).
pub fn assert_distributed(sample: Vec<f64>, cdf: impl Fn(f64) -> f64, what: &str) {
    let n = sample.len() as f64;
    let distance = distance(sample, cdf);
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
