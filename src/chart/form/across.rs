//! What runs from left to right on a chart of lines.

use crate::chart::kit::{Axis, Style, fill, words};

/// Steps of an axis over transactions of a firm.
const STEPS: usize = 6;

/// What runs from left to right.
#[derive(Debug, Clone, PartialEq)]
pub enum Across {
    /// Periods: the one with which every series begins, and how many are shown.
    Periods { first: u32, count: u32 },
    /// So many transactions of a customer with a firm, from the first on.
    Experience(u32),
    /// All transactions of a firm so far, from none to `most`, with as much room for those up to `usual` as for a doubling later.
    Volume { usual: f64, most: f64 },
    /// What has an axis of its own, and how that is called.
    Own { axis: Axis, title: String },
}

impl Across {
    /// The axis.
    #[must_use]
    pub fn axis(&self, pixels: (f64, f64)) -> Axis {
        match self {
            Self::Periods { first, count } => Axis::of_periods(*first, *count, pixels),
            Self::Experience(count) => Axis::of_periods(1, *count, pixels),
            Self::Volume { usual, most } => {
                Axis::logarithmic_from_zero(*most, *usual, STEPS, pixels)
            }
            Self::Own { axis, .. } => axis.between(pixels),
        }
    }

    /// Where an entry of a series stands that has no place of its own.
    #[must_use]
    pub fn step(&self, entry: usize) -> f64 {
        let first = match self {
            Self::Periods { first, .. } => *first,
            Self::Experience(_) => 1,
            Self::Volume { .. } | Self::Own { .. } => 0,
        };
        f64::from(first) + entry as f64
    }

    /// The text below the axis.
    #[must_use]
    pub fn title<'a>(&'a self, style: &Style) -> &'a str {
        match self {
            Self::Periods { .. } => style.say("words.period"),
            Self::Experience(_) => style.say("learning.transaction"),
            Self::Volume { .. } => style.say("newcomers.transactions"),
            Self::Own { title, .. } => title,
        }
    }

    /// The column of the chart's numbers.
    #[must_use]
    pub fn column(&self) -> &'static str {
        match self {
            Self::Periods { .. } => "period",
            Self::Experience(_) => "n",
            Self::Volume { .. } => "transactions",
            Self::Own { .. } => "value",
        }
    }

    /// What stands behind the last value of a line that ends there, before others do.
    #[must_use]
    pub fn ended(&self, style: &Style, place: f64) -> String {
        match self {
            Self::Periods { .. } => fill!(style, "words.in_period_bracketed", period = place),
            // what few customers reach, and where firms end, is seen
            Self::Experience(_) | Self::Volume { .. } => String::new(),
            Self::Own { .. } => {
                fill!(
                    style,
                    "sweep.at_bracketed",
                    place = words::number(style, place, 4)
                )
            }
        }
    }
}
