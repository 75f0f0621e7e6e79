//! How an outcome is spread over replicates: its median and its standard deviation, each with a 95 % interval.
//!
//! Both intervals hold whatever the distribution is, since markets that tip end near 0 or near 1: that of the median is made of order
//! statistics, that of the standard deviation is a jackknife of its logarithm, with what the error of the mean adds.
//!
//! Source: R. G. Miller (1974), Biometrika 61, 1-15, for the jackknife of log variances.

use super::estimate::t_quantile;
use super::{Estimate, Moments, quantile};

/// How an outcome of a firm is spread over replicates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Its median.
    pub median: Estimate,
    /// Its standard deviation.
    pub standard_deviation: Estimate,
    /// The part of the replicates in which the firm has more of it than any other; ties are divided.
    pub leads: Estimate,
}

impl Spread {
    /// Of nothing.
    pub const EMPTY: Self = Self {
        median: Estimate::EMPTY,
        standard_deviation: Estimate::EMPTY,
        leads: Estimate::EMPTY,
    };
}

/// The values that are none of NaN, ascending.
fn ascending(values: &[f64]) -> Vec<f64> {
    let known = values.iter().copied().filter(|value| !value.is_nan());
    let mut sorted: Vec<f64> = known.collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// The median (type 7). Its interval reaches from the k-th least to the k-th greatest value, k as large as leaves a chance of
/// 5 % at most that the median is outside; of fewer than six values there is none.
#[must_use]
pub fn median(values: &[f64]) -> Estimate {
    let sorted = ascending(values);
    let count = sorted.len();
    let mut estimate = Estimate {
        mean: quantile(&sorted, 0.5),
        count: u32::try_from(count).unwrap_or(u32::MAX),
        ..Estimate::EMPTY
    };
    // the chance that so many values or fewer lie below the median, in logarithms since halves of thousands underflow
    let n = count as f64;
    let mut below = 0.0;
    for few in 0..count / 2 {
        let k = few as f64;
        let ways = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
        below += libm::exp(ways - n * std::f64::consts::LN_2);
        if below > 0.025 {
            break;
        }
        (estimate.low, estimate.high) = (sorted[few], sorted[count - 1 - few]);
    }
    estimate
}

/// The standard deviation. Without an interval where leaving one value out leaves nothing that varies.
#[must_use]
pub fn standard_deviation(values: &[f64]) -> Estimate {
    let all = Moments::of(values.iter().copied());
    let (count, n) = (all.count(), f64::from(all.count()));
    let mut estimate = Estimate {
        mean: all.standard_deviation(),
        count,
        ..Estimate::EMPTY
    };
    if estimate.mean == 0.0 {
        (estimate.low, estimate.high) = (0.0, 0.0);
    }
    if count < 3 || estimate.mean == 0.0 {
        return estimate;
    }
    let squares = (n - 1.0) * estimate.mean * estimate.mean;
    // the logarithm of the variance without a value, by what its distance from the mean adds to the squares
    let without = |value: &f64| {
        let distance = value - all.mean();
        libm::log((squares - distance * distance * n / (n - 1.0)) / (n - 2.0))
    };
    let whole = 2.0 * libm::log(estimate.mean);
    let known = values.iter().filter(|value| !value.is_nan());
    let pseudo = Moments::of(known.map(|value| n * whole - (n - 1.0) * without(value)));
    let t = t_quantile(count);
    // the mean, from which squares are taken, errs too: what tips evenly to two sides has no other error
    let half = libm::hypot(t * pseudo.standard_deviation() / n.sqrt(), t * t / n);
    if half.is_finite() && pseudo.count() == count {
        estimate.low = libm::exp((pseudo.mean() - half) / 2.0).min(estimate.mean);
        estimate.high = libm::exp((pseudo.mean() + half) / 2.0).max(estimate.mean);
    }
    estimate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_median_is_that_of_order_statistics() {
        let values: Vec<f64> = (1..=20).rev().map(f64::from).collect();
        let found = median(&values);
        // R: qbinom(.025, 20, .5) is 6, so from the sixth to the fifteenth
        assert_eq!((found.mean, found.low, found.high), (10.5, 6.0, 15.0));
        let found = median(&values[..10]);
        assert_eq!((found.low, found.high), (12.0, 19.0));
        assert!(
            median(&values[..5]).low.is_nan(),
            "no five values are enough"
        );
        assert_eq!(median(&values[..6]).low, 15.0);
        assert_eq!(median(&[1.0, f64::NAN]).count, 1);
        assert!(median(&[]).mean.is_nan());
    }

    #[test]
    fn the_interval_of_a_standard_deviation_is_that_of_the_jackknife() {
        let values = [0.2, 0.9, 0.4, 0.7, 0.1, 0.8];
        let found = standard_deviation(&values);
        // leaving each out by hand
        let log = |values: &[f64]| {
            2.0 * libm::log(Moments::of(values.iter().copied()).standard_deviation())
        };
        let without = |place: usize| {
            let mut rest = values.to_vec();
            rest.remove(place);
            6.0 * log(&values) - 5.0 * log(&rest)
        };
        let pseudo = Moments::of((0..6).map(without));
        let t = 2.570_581_836;
        let half = (t * pseudo.standard_deviation() / 6_f64.sqrt()).hypot(t * t / 6.0);
        assert!((found.low - libm::exp((pseudo.mean() - half) / 2.0)).abs() < 1e-8);
        assert!((found.high - libm::exp((pseudo.mean() + half) / 2.0)).abs() < 1e-8);
        assert!(found.low < found.mean && found.mean < found.high);
    }

    #[test]
    fn what_does_not_vary_has_no_spread_and_few_values_have_no_interval() {
        let same = standard_deviation(&[0.5; 9]);
        assert_eq!((same.mean, same.low, same.high), (0.0, 0.0, 0.0));
        assert!(standard_deviation(&[0.1, 0.4]).low.is_nan());
        assert!(standard_deviation(&[0.1]).mean.is_nan());
        // one that alone differs decides everything
        assert!(standard_deviation(&[0.5, 0.5, 0.5, 0.9]).low.is_nan());
    }

    /// Of markets that tip, evenly spread ones and skewed ones, 20 replicates each.
    #[test]
    fn intervals_cover_what_they_should() {
        type Drawn = fn(&mut dyn FnMut() -> f64) -> f64;
        let mut state = 1_u64;
        let mut uniform = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let tips: Drawn = |u| {
            if u() < 0.4 {
                0.1 + 0.1 * u()
            } else {
                0.8 + 0.1 * u()
            }
        };
        let even: Drawn = |u| u();
        let skewed: Drawn = |u| -libm::log(u() + 1e-300);
        // standard deviation and median: by calculus
        let tipping = (0.01 / 12.0 + 0.24 * 0.49_f64, 0.8 + 0.1 / 6.0);
        for (draw, (variance, middle)) in [
            (tips, tipping),
            (even, (1.0 / 12.0, 0.5)),
            (skewed, (1.0, std::f64::consts::LN_2)),
        ] {
            let (mut covered, mut widths) = ([0; 2], Vec::new());
            for _ in 0..1000 {
                let values: Vec<f64> = (0..20).map(|_| draw(&mut uniform)).collect();
                let holds = |found: Estimate, truth: f64| found.low <= truth && truth <= found.high;
                let found = standard_deviation(&values);
                widths.push(found.high / found.low);
                covered[0] += u32::from(holds(found, variance.sqrt()));
                covered[1] += u32::from(holds(median(&values), middle));
            }
            assert!(covered[0] >= 870, "{covered:?}");
            assert!((930..=999).contains(&covered[1]), "{covered:?}");
            // and half of them at least are not too wide to tell anything
            let half = median(&widths).mean;
            assert!(half < 3.5, "{half}");
        }
    }
}
