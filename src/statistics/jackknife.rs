//! Intervals of what is computed from means over replicates: ratios, elasticities, rates of growth.

use super::estimate::t_quantile;
use super::{Estimate, Moments};

/// A smooth function of means over replicates, with its 95 % interval by the jackknife: that of the mean of what
/// each replicate contributes, which shows in how much the function changes when it is left out.
///
/// `rows` has the values of each replicate; `of` gets their means. Standard deviation and interval are
/// NaN with fewer than two replicates, and where leaving one out leaves no value.
///
/// Source: J. W. Tukey (1958), Annals of Mathematical Statistics 29, 614; B. Efron (1982), The Jackknife, chapter 3.
#[must_use]
pub fn of_means(rows: &[Vec<f64>], of: impl Fn(&[f64]) -> f64) -> Estimate {
    let count = rows.len();
    let Some(first) = rows.first() else {
        return Estimate::EMPTY;
    };
    let mut sums = vec![0.0; first.len()];
    for row in rows {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += value;
        }
    }
    let n = count as f64;
    let means: Vec<f64> = sums.iter().map(|sum| sum / n).collect();
    let value = of(&means);
    let without = |row: &Vec<f64>| {
        let rest = sums
            .iter()
            .zip(row)
            .map(|(sum, own)| (sum - own) / (n - 1.0));
        of(&rest.collect::<Vec<f64>>())
    };
    // what each replicate contributes, as if the function were a mean (pseudo-values)
    let others: Vec<f64> = rows.iter().map(without).collect();
    let mut moments = Moments::default();
    if count > 1 && others.iter().all(|other| !other.is_nan()) {
        (others.iter()).for_each(|other| moments.add(n * value - (n - 1.0) * other));
    }
    let around = moments.estimate();
    Estimate {
        mean: value,
        standard_deviation: around.standard_deviation,
        low: value - (around.mean - around.low),
        high: value + (around.high - around.mean),
        count: u32::try_from(count).unwrap_or(u32::MAX),
    }
}

/// The ratio of two means over the same replicates, with its 95 % interval by Fieller's theorem; none where the interval
/// of the denominator holds zero, since then there is no bound to the ratio.
///
/// Source: E. C. Fieller (1954), Journal of the Royal Statistical Society B 16, 175-185.
#[must_use]
pub fn ratio(pairs: &[(f64, f64)]) -> Option<Estimate> {
    let n = pairs.len() as f64;
    let count = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (above, below) = (mean(&|pair| pair.0), mean(&|pair| pair.1));
    // of the means
    let covariance = |of: &dyn Fn(&(f64, f64)) -> f64| mean(of) / (n - 1.0);
    let var_above = covariance(&|pair| (pair.0 - above).powi(2));
    let var_below = covariance(&|pair| (pair.1 - below).powi(2));
    let both = covariance(&|pair| (pair.0 - above) * (pair.1 - below));
    let t = t_quantile(count);
    let g = t * t * var_below / (below * below);
    // with a single replicate g is not a number
    if g.is_nan() || g >= 1.0 {
        return None;
    }
    let value = above / below;
    let slope = if var_below > 0.0 {
        both / var_below
    } else {
        0.0
    };
    let spread =
        var_above - 2.0 * value * both + value * value * var_below - g * (var_above - slope * both);
    let half_width = t / below.abs() * spread.max(0.0).sqrt() / (1.0 - g);
    let middle = (value - g * slope) / (1.0 - g);
    Some(Estimate {
        mean: value,
        standard_deviation: half_width / t * n.sqrt(),
        low: middle - half_width,
        high: middle + half_width,
        count,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 6] = [1.0, 2.5, 0.5, 3.0, 2.0, 1.5];

    #[test]
    fn of_a_mean_it_is_the_interval_of_the_mean() {
        let rows: Vec<Vec<f64>> = VALUES.iter().map(|&value| vec![value]).collect();
        let estimate = of_means(&rows, |means| 3.0 * means[0] - 1.0);
        let mut moments = Moments::default();
        VALUES
            .iter()
            .for_each(|value| moments.add(3.0 * value - 1.0));
        let expected = moments.estimate();
        for (actual, expected) in [
            (estimate.mean, expected.mean),
            (estimate.standard_deviation, expected.standard_deviation),
            (estimate.low, expected.low),
            (estimate.high, expected.high),
        ] {
            assert!((actual - expected).abs() < 1e-12, "{actual} {expected}");
        }
    }

    #[test]
    fn few_replicates_have_no_interval() {
        assert!(of_means(&[], |_| 1.0).mean.is_nan());
        let one = of_means(&[vec![2.0]], |means| means[0]);
        assert!(one.mean == 2.0 && one.low.is_nan());
        assert_eq!(ratio(&[(1.0, 2.0)]), None);
    }

    #[test]
    fn a_constant_denominator_only_scales() {
        let pairs: Vec<(f64, f64)> = VALUES.iter().map(|&value| (value, 4.0)).collect();
        let estimate = ratio(&pairs).expect("no doubt about the denominator");
        let mut moments = Moments::default();
        VALUES.iter().for_each(|value| moments.add(value / 4.0));
        let expected = moments.estimate();
        assert!((estimate.low - expected.low).abs() < 1e-12);
        assert!((estimate.high - expected.high).abs() < 1e-12);
    }

    #[test]
    fn a_ratio_of_equals_is_known_exactly() {
        let pairs: Vec<(f64, f64)> = VALUES.iter().map(|&value| (2.0 * value, value)).collect();
        let estimate = ratio(&pairs).expect("well away from zero");
        for value in [estimate.mean, estimate.low, estimate.high] {
            assert!((value - 2.0).abs() < 1e-7, "{value}");
        }
    }

    #[test]
    fn a_denominator_that_may_be_zero_gives_no_ratio() {
        let pairs = [(1.0, -1.0), (2.0, 2.0), (1.5, 0.1), (0.5, -0.4)];
        assert_eq!(ratio(&pairs), None);
    }

    /// Both ends solve (a - x b)^2 = t^2 Var(a - x b): the theorem itself, not the formula again.
    #[test]
    fn ends_of_a_ratio_are_those_of_fieller() {
        let below = [2.0, 3.0, 2.2, 2.9, 2.4, 2.6];
        let pairs: Vec<(f64, f64)> = VALUES.into_iter().zip(below).collect();
        let estimate = ratio(&pairs).expect("well away from zero");
        for end in [estimate.low, estimate.high] {
            let mut moments = Moments::default();
            pairs.iter().for_each(|(a, b)| moments.add(a - end * b));
            let half = t_quantile(6) * moments.standard_deviation() / 6_f64.sqrt();
            let reach = moments.mean().abs() - half;
            assert!(reach.abs() < 1e-12, "{end}: {reach}");
        }
    }
}
