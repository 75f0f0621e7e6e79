//! The exponential that comes nearest to a course: at which rate it grows or decays.

use libm::exp;

/// Rates that are tried first; the best is refined between its neighbours.
const RATES: i32 = 120;

/// The rate `g` per period with which `A exp(g u)` comes nearest to the course, u = 0, 1, … (least squares, `A` free);
/// between -ln 2 and ln 2: doubling or halving takes a period at least. NaN for a course of less than three periods.
pub(super) fn rate(course: &[f64]) -> f64 {
    if course.len() < 3 {
        return f64::NAN;
    }
    let fastest = std::f64::consts::LN_2;
    // denser about zero, where a course of hundreds of periods is told from a constant
    let tried = |step: i32| fastest * (f64::from(step) / f64::from(RATES)).powi(3);
    let mut best = (f64::NEG_INFINITY, 0);
    for step in -RATES..=RATES {
        let explained = explained(course, tried(step));
        if explained > best.0 {
            best = (explained, step);
        }
    }
    let ends = (
        tried(best.1 - 1).max(-fastest),
        tried(best.1 + 1).min(fastest),
    );
    refine(ends, |rate| explained(course, rate))
}

/// The part of the course's sum of squares that an exponential of this rate explains.
fn explained(course: &[f64], rate: f64) -> f64 {
    // the largest value is 1, so that nothing overflows
    let last = course.len() as f64 - 1.0;
    let mut value = if rate > 0.0 { exp(-rate * last) } else { 1.0 };
    let factor = exp(rate);
    let (mut product, mut square) = (0.0, 0.0);
    for gain in course {
        product += gain * value;
        square += value * value;
        value *= factor;
    }
    product * product / square
}

/// Where a function with one top between two ends is highest (golden section).
fn refine((mut low, mut high): (f64, f64), of: impl Fn(f64) -> f64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let (mut left, mut right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut at_left, mut at_right) = (of(left), of(right));
    for _ in 0..40 {
        if at_left > at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - GOLDEN * (high - low);
            at_left = of(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + GOLDEN * (high - low);
            at_right = of(right);
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exponential(rate: f64, periods: u32) -> Vec<f64> {
        (0..periods)
            .map(|u| 3.0 * exp(rate * f64::from(u)))
            .collect()
    }

    #[test]
    fn the_rate_of_an_exponential_is_found() {
        for periods in [5, 50, 2_000] {
            for expected in [-0.4, -0.05, -0.001, 0.0, 0.002, 0.1, 0.3] {
                if expected * f64::from(periods) > 300.0 {
                    continue; // its squares would not be finite
                }
                let found = rate(&exponential(expected, periods));
                assert!((found - expected).abs() < 1e-5, "{found}, not {expected}");
                let loss: Vec<f64> = exponential(expected, periods).iter().map(|x| -x).collect();
                assert!((rate(&loss) - expected).abs() < 1e-5, "also of a loss");
            }
        }
    }

    #[test]
    fn noise_about_it_hardly_matters() {
        let mut course = exponential(-0.03, 200);
        for (u, gain) in course.iter_mut().enumerate() {
            *gain += if u % 2 == 0 { 0.3 } else { -0.3 };
        }
        assert!((rate(&course) + 0.03).abs() < 0.003, "{}", rate(&course));
    }

    #[test]
    fn what_is_too_short_or_too_fast_has_its_limit() {
        assert!(rate(&[1.0, 2.0]).is_nan());
        let fast = rate(&exponential(2.0, 10));
        assert!((fast - std::f64::consts::LN_2).abs() < 1e-9);
    }
}
