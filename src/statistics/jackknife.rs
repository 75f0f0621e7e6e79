//! Intervals of what is computed from means over replicates: ratios, elasticities, rates of growth.

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

/// The ratio of two means over the same replicates, with its 95 % interval by Fieller's theorem: the ratios x for which the
/// interval of the mean of `above - x below` holds zero, as [`Moments::estimate`] has it, so that skewness is allowed for. None
/// where the interval of the denominator holds zero, since then there is no bound to the ratio.
///
/// Source: E. C. Fieller (1954), Journal of the Royal Statistical Society B 16, 175-185.
#[must_use]
pub fn ratio(pairs: &[(f64, f64)]) -> Option<Estimate> {
    let below = Moments::of(pairs.iter().map(|pair| pair.1));
    let around = below.estimate();
    // with a single replicate there is no interval
    if !(around.low > 0.0 || around.high < 0.0) {
        return None;
    }
    let value = Moments::of(pairs.iter().map(|pair| pair.0)).mean() / below.mean();
    let rest = |x: f64| Moments::of(pairs.iter().map(|(above, below)| above - x * below));
    let holds = |x: f64| {
        let rest = rest(x).estimate();
        rest.low <= 0.0 && 0.0 <= rest.high
    };
    let deviation = rest(value).standard_deviation() / below.mean().abs();
    Some(Estimate {
        mean: value,
        standard_deviation: deviation,
        low: end(value, -deviation, holds),
        high: end(value, deviation, holds),
        count: below.count(),
    })
}

/// What each replicate contributes to the ratio of two means, as if the ratio were a mean (pseudo-values): their mean is that ratio with less bias, and
/// they vary as it does. NaN where [`ratio`] has no value.
///
/// Source: J. W. Tukey (1958), Annals of Mathematical Statistics 29, 614.
#[must_use]
pub fn contributions(pairs: &[(f64, f64)]) -> Vec<f64> {
    if ratio(pairs).is_none() {
        return vec![f64::NAN; pairs.len()];
    }
    let n = pairs.len() as f64;
    let (above, below) = (pairs.iter()).fold((0.0, 0.0), |(above, below), pair| {
        (above + pair.0, below + pair.1)
    });
    let without = |pair: &(f64, f64)| (above - pair.0) / (below - pair.1);
    let one = |pair: &(f64, f64)| n * above / below - (n - 1.0) * without(pair);
    pairs.iter().map(one).collect()
}

/// How often a step is halved: to the last digit of a number.
const HALVINGS: u32 = 64;

/// The end of the stretch around a value in which something holds, in the direction of a step.
fn end(value: f64, step: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let mut reach = step;
    // there is an end, since it does not hold for all ratios; rounding must not go on for ever
    while holds(value + reach) && reach != 0.0 && reach.is_finite() {
        reach *= 2.0;
    }
    let (mut inside, mut outside) = (0.0, reach);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(inside, outside);
        if holds(value + middle) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    value + inside
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
    fn contributions_vary_as_the_ratio_does() {
        let pairs: Vec<(f64, f64)> = (VALUES.iter().zip([2.0, 2.2, 1.9, 2.1, 2.0, 1.8]))
            .map(|(&above, below)| (above, below))
            .collect();
        let moments = Moments::of(contributions(&pairs));
        let rows: Vec<Vec<f64>> = pairs.iter().map(|pair| vec![pair.0, pair.1]).collect();
        let expected = of_means(&rows, |means| means[0] / means[1]);
        assert!((moments.mean() - expected.mean).abs() < 0.02);
        let apart = moments.standard_deviation() - expected.standard_deviation;
        assert!(apart.abs() < 1e-12);
        let none = contributions(&[(1.0, -1.0), (2.0, 2.0), (1.5, 0.1)]);
        assert!(none.iter().all(|one| one.is_nan()) && none.len() == 3);
    }

    #[test]
    fn a_denominator_that_may_be_zero_gives_no_ratio() {
        let pairs = [(1.0, -1.0), (2.0, 2.0), (1.5, 0.1), (0.5, -0.4)];
        assert_eq!(ratio(&pairs), None);
    }

    /// Of values that are symmetric about their means, the formula as it is in the literature.
    #[test]
    fn ends_of_a_ratio_are_those_of_fieller() {
        // every pair has one that is as far on the other side of both means
        let near = [(0.6, 0.1), (-0.2, 0.3), (0.9, -0.2)];
        let pairs: Vec<(f64, f64)> = (near.iter())
            .flat_map(|(a, b)| [(2.0 + a, 2.5 + b), (2.0 - a, 2.5 - b)])
            .collect();
        let estimate = ratio(&pairs).expect("well away from zero");
        let sum =
            |of: &dyn Fn(f64, f64) -> f64| near.iter().map(|&(a, b)| 2.0 * of(a, b)).sum::<f64>();
        // variances of the means of six
        let [var_above, var_below, both] =
            [sum(&|a, _| a * a), sum(&|_, b| b * b), sum(&|a, b| a * b)].map(|sum| sum / 30.0);
        let t = 2.570_581_835_636_314; // R: qt(.975, 5)
        let g = t * t * var_below / 6.25;
        let (value, slope) = (0.8, both / var_below);
        let spread = var_above - 2.0 * value * both + value * value * var_below
            - g * (var_above - slope * both);
        let half = t / 2.5 * spread.sqrt() / (1.0 - g);
        let middle = (value - g * slope) / (1.0 - g);
        assert!((estimate.mean - value).abs() < 1e-12);
        assert!(
            (estimate.low - (middle - half)).abs() < 1e-9,
            "{estimate:?}"
        );
        assert!(
            (estimate.high - (middle + half)).abs() < 1e-9,
            "{estimate:?}"
        );
    }

    /// Where one replicate is far from the others, a ratio is known less well on its side.
    #[test]
    fn a_ratio_reaches_farther_on_the_side_of_the_tail() {
        let above = [1.0, 1.1, 0.9, 1.05, 0.95, 4.0];
        let pairs: Vec<(f64, f64)> = above
            .into_iter()
            .zip([2.0, 2.1, 1.9, 2.0, 2.1, 1.9])
            .collect();
        let estimate = ratio(&pairs).expect("well away from zero");
        assert!(estimate.high - estimate.mean > 1.5 * (estimate.mean - estimate.low));
        for (end, outward) in [(estimate.low, -1e-6), (estimate.high, 1e-6)] {
            let rest = |x: f64| Moments::of(pairs.iter().map(|(a, b)| a - x * b)).estimate();
            let holds = |x: f64| rest(x).low <= 0.0 && rest(x).high >= 0.0;
            assert!(holds(end) && !holds(end + outward), "{end}");
        }
    }
}
