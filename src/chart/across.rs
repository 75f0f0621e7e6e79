//! What runs from left to right on a chart of lines.

use super::axis::Axis;
use super::style::Style;

/// Steps of an axis over transactions of a firm.
const STEPS: usize = 6;

/// What runs from left to right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Across {
    /// Periods: the one with which every series begins, and how many are shown.
    Periods { first: u32, count: u32 },
    /// So many transactions of a customer with a firm, from the first on.
    Experience(u32),
    /// All transactions of a firm so far, from none to `most`, with as much room for those up to `usual` as for a doubling later.
    Volume { usual: f64, most: f64 },
}

impl Across {
    /// The axis.
    #[must_use]
    pub fn axis(&self, pixels: (f64, f64)) -> Axis {
        match *self {
            Self::Periods { first, count } => Axis::of_periods(first, count, pixels),
            Self::Experience(count) => Axis::of_periods(1, count, pixels),
            Self::Volume { usual, most } => Axis::logarithmic_from_zero(most, usual, STEPS, pixels),
        }
    }

    /// Where an entry of a series stands that has no place of its own.
    #[must_use]
    pub fn step(&self, entry: usize) -> f64 {
        let first = match *self {
            Self::Periods { first, .. } => first,
            Self::Experience(_) => 1,
            Self::Volume { .. } => 0,
        };
        f64::from(first) + entry as f64
    }

    /// The text below the axis.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Periods { .. } => "words.period",
            Self::Experience(_) => "learning.transaction",
            Self::Volume { .. } => "newcomers.transactions",
        }
    }

    /// The column of the chart's numbers.
    #[must_use]
    pub fn column(&self) -> &'static str {
        match self {
            Self::Periods { .. } => "period",
            Self::Experience(_) => "n",
            Self::Volume { .. } => "transactions",
        }
    }

    /// What stands behind the last value of a line that ends before others do.
    #[must_use]
    pub fn ended(&self, style: &Style, entry: usize) -> String {
        match self {
            Self::Periods { .. } => style.fill(
                "words.in_period_bracketed",
                &[("period", &self.step(entry))],
            ),
            // what few customers reach, and where firms end, is seen
            Self::Experience(_) | Self::Volume { .. } => String::new(),
        }
    }
}
