//! What an axis of values spans.

use super::axis::Axis;
use crate::analysis::Estimate;

/// The least and the greatest of the finite values; none without any.
#[must_use]
pub fn bounds(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    let known = values.into_iter().filter(|value| value.is_finite());
    known.fold(None, |found, value| {
        let (low, high) = found.unwrap_or((value, value));
        Some((f64::min(low, value), f64::max(high, value)))
    })
}

/// The values that a quantity can take, and whether an axis of it begins at zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Least and greatest value that can be.
    pub limits: (f64, f64),
    /// Whether an axis includes zero in any case.
    pub from_zero: bool,
}

impl Range {
    /// Of what can be anything.
    pub const ANY: Self = Self::new(f64::NEG_INFINITY, f64::INFINITY);
    /// Of what is a part of a whole.
    pub const PART: Self = Self::new(0.0, 1.0);
    /// Of what is not negative.
    pub const POSITIVE: Self = Self::new(0.0, f64::INFINITY);

    const fn new(least: f64, greatest: f64) -> Self {
        Self {
            limits: (least, greatest),
            from_zero: false,
        }
    }

    /// The same, with zero on every axis.
    #[must_use]
    pub const fn with_zero(self) -> Self {
        Self {
            from_zero: true,
            ..self
        }
    }

    /// The axis that spans all means, and of the intervals of some as much as leaves the means legible.
    #[must_use]
    pub fn axis(
        &self,
        means: impl IntoIterator<Item = f64>,
        intervals: impl IntoIterator<Item = Estimate>,
        count: usize,
        pixels: (f64, f64),
    ) -> Axis {
        let (mut low, mut high) = bounds(means).unwrap_or((0.0, 1.0));
        if self.from_zero || (low > 0.0 && low < 0.4 * high) {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        let reach = (high - low).max(0.25 * low.abs().max(high.abs()));
        let ends = intervals
            .into_iter()
            .flat_map(|estimate| [estimate.low, estimate.high]);
        let (lowest, highest) = bounds(ends).unwrap_or((low, high));
        low = low.min(lowest.max(low - reach)).max(self.limits.0);
        high = high.max(highest.min(high + reach)).min(self.limits.1);
        let mut axis = Axis::rounded(low, high, count, pixels);
        axis.clip(self.limits.0, self.limits.1);
        axis
    }
}
