//! Paired statistics: what differs between variants of a market that share all random draws.
//!
//! A replicate gives one value per variant. Since the variants face the same customers with the same needs
//! and shocks, much of what varies from replicate to replicate cancels in a difference taken within the
//! replicate, so the interval of the mean difference is narrower than that of independent runs.

use super::{Estimate, Moments};

/// A weighted sum of the values of `N` variants, replicate by replicate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast<const N: usize> {
    weights: [f64; N],
    variants: [Moments; N],
    sum: Moments,
}

/// The difference of the second variant from the first.
pub type Paired = Contrast<2>;

impl Paired {
    /// The second variant's value less the first one's.
    #[must_use]
    pub fn difference() -> Self {
        Self::new([-1.0, 1.0])
    }
}

impl<const N: usize> Contrast<N> {
    /// A contrast with these weights, without replicates yet.
    #[must_use]
    pub fn new(weights: [f64; N]) -> Self {
        Self {
            weights,
            variants: [Moments::default(); N],
            sum: Moments::default(),
        }
    }

    /// Takes in a replicate; one in which a variant has no value (NaN) is passed over as a whole.
    pub fn add(&mut self, values: [f64; N]) {
        if values.iter().any(|value| value.is_nan()) {
            return;
        }
        for (moments, value) in self.variants.iter_mut().zip(values) {
            moments.add(value);
        }
        self.sum.add(weighted(self.weights, values));
    }

    /// Mean of the contrast with its 95 % interval (see [`Moments::estimate`]).
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        self.sum.estimate()
    }

    /// The same of a quantity that cannot be less than `least` nor more than `most`: the interval does not leave what the
    /// contrast can be then.
    #[must_use]
    pub fn estimate_of(&self, (least, most): (f64, f64)) -> Estimate {
        let weights = || self.weights.iter().filter(|weight| **weight != 0.0);
        let end = |worst: f64, best: f64| -> f64 {
            let terms = weights().map(|weight| weight * if *weight > 0.0 { worst } else { best });
            terms.sum()
        };
        self.estimate().within((end(least, most), end(most, least)))
    }

    /// The variants themselves, over the same replicates.
    #[must_use]
    pub fn variants(&self) -> [Estimate; N] {
        self.variants.map(|moments| moments.estimate())
    }

    /// The variance that the contrast would have if the variants' draws were independent, over the one that it
    /// has: how many times as many replicates independent runs would take. NaN with fewer than two
    /// replicates, or where the contrast does not vary.
    #[must_use]
    pub fn variance_reduction(&self) -> f64 {
        let squared = |number: f64| number * number;
        let independent: f64 = self
            .weights
            .iter()
            .zip(&self.variants)
            .map(|(weight, moments)| squared(weight * moments.standard_deviation()))
            .sum();
        reduction(independent, squared(self.sum.standard_deviation()))
    }
}

/// The variance with independent draws over that with shared ones; NaN where nothing varies with these.
pub(crate) fn reduction(independent: f64, paired: f64) -> f64 {
    // what is left of equal values is rounding
    if paired > 1e-24 * independent {
        independent / paired
    } else {
        f64::NAN
    }
}

/// The sum of values with weights.
#[must_use]
pub fn weighted<const N: usize>(weights: [f64; N], values: [f64; N]) -> f64 {
    weights
        .iter()
        .zip(values)
        .map(|(weight, value)| weight * value)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(pairs: &[(f64, f64)]) -> Paired {
        let mut paired = Paired::difference();
        pairs
            .iter()
            .for_each(|&(base, other)| paired.add([base, other]));
        paired
    }

    #[test]
    fn the_interval_is_that_of_the_differences() {
        let found = paired(&[(10.0, 11.0), (20.0, 22.0), (30.0, 33.0)]);
        let estimate = found.estimate();
        // differences 1, 2, 3: standard deviation 1, t(2) = 4.302652730
        let half = 4.302_652_730 / 3f64.sqrt();
        assert_eq!((estimate.mean, estimate.count), (2.0, 3));
        assert!((estimate.low - (2.0 - half)).abs() < 1e-8);
        assert!((estimate.high - (2.0 + half)).abs() < 1e-8);
        assert_eq!(found.variants().map(|variant| variant.mean), [20.0, 22.0]);
    }

    #[test]
    fn a_difference_of_parts_is_at_most_one() {
        let found = paired(&[(0.0, 1.0), (0.1, 1.0), (0.0, 0.9), (0.9, 0.8)]);
        assert!(found.estimate().high > 1.0);
        let within = found.estimate_of((0.0, 1.0));
        assert_eq!((within.low, within.high), (-1.0, 1.0));
        // without bounds nothing is changed
        assert_eq!(
            found.estimate_of((f64::NEG_INFINITY, f64::INFINITY)),
            found.estimate()
        );
        assert_eq!(found.estimate_of((0.0, f64::INFINITY)), found.estimate());
        // differences of differences reach twice as far
        let mut crossed = Contrast::new([1.0, -1.0, -1.0, 1.0]);
        for value in [0.9, 1.0, 0.2] {
            crossed.add([value, 0.0, 0.0, 1.0]);
        }
        assert_eq!(crossed.estimate_of((0.0, 1.0)).high, 2.0);
    }

    #[test]
    fn the_reduction_is_the_ratio_of_variances() {
        // variances 100 and 121 against 1
        let found = paired(&[(10.0, 11.0), (20.0, 22.0), (30.0, 33.0)]);
        assert!((found.variance_reduction() - 221.0).abs() < 1e-9);
        // where pairs move against each other, pairing costs
        let against = paired(&[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)]);
        assert!((against.variance_reduction() - 0.5).abs() < 1e-12);
        let same = paired(&[(0.1, 0.3), (0.2, 0.4), (0.3, 0.5)]);
        assert!(
            same.variance_reduction().is_nan(),
            "constant up to rounding"
        );
        assert!(paired(&[(1.0, 2.0)]).variance_reduction().is_nan());
    }

    #[test]
    fn a_replicate_without_a_value_counts_for_no_variant() {
        let found = paired(&[(1.0, 2.0), (f64::NAN, 9.0), (9.0, f64::NAN), (3.0, 5.0)]);
        assert_eq!(found.estimate().count, 2);
        assert_eq!(found.variants().map(|variant| variant.mean), [2.0, 3.5]);
    }
}
