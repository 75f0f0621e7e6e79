//! A value with its 95 % interval by bootstrap.

use crate::statistics::quantile;

/// How often samples are drawn anew: the ends of the intervals vary by a few percent of their width.
pub const RESAMPLES: u32 = 1000;

/// A value with its 95 % interval (percentiles of a bootstrap over the base samples or trajectories).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounded {
    /// The value from all samples; NaN where it is not defined.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Bounded {
    /// No value.
    pub const UNDEFINED: Self = Self {
        value: f64::NAN,
        low: f64::NAN,
        high: f64::NAN,
    };

    /// Half the width of the interval.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// A value with the interval that the values of the resamples give; sorts these.
    pub(super) fn new(value: f64, resampled: &mut [f64]) -> Self {
        resampled.sort_unstable_by(f64::total_cmp);
        Self {
            value,
            low: quantile(resampled, 0.025),
            high: quantile(resampled, 0.975),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbours() {
        let mut values: Vec<f64> = (0..=40).rev().map(f64::from).collect();
        let bounded = Bounded::new(17.0, &mut values);
        assert_eq!(
            (bounded.value, bounded.low, bounded.high),
            (17.0, 1.0, 39.0)
        );
        assert_eq!(bounded.half_width(), 19.0);
        assert!(Bounded::new(1.0, &mut []).low.is_nan());
    }
}
