//! Which parameters could have made a log of purchases, how sure that is, and whether any could (section 8 of the model).
//!
//! `kind` simulates the points and asks them the statistics of the log, `regression` and [`inference`] make a posterior of them,
//! `files` writes it down as scenarios that can be run.

mod files;
pub mod inference;
mod kind;
mod regression;
mod table;
mod tell;
#[cfg(test)]
mod tests;

pub use kind::CalibrationPoints;

use crate::log::StatisticKind;

/// Correlation of two parameters from which on they cannot be told apart.
const TOGETHER: f64 = 0.7;
/// Predictivity from which on a parameter is identified, and from which on weakly.
const TOLD: (f64, f64) = (0.5, 0.2);

/// What a log says of the parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibrated {
    /// Place of the analysis in the scenario, from 1.
    pub number: u32,
    /// Points that were simulated.
    pub samples: u32,
    /// Whether the model can make these data: false where the posterior is no answer.
    pub is_possible: bool,
    /// The parameters, in the order of the scenario.
    pub parameters: Vec<CalibratedParameter>,
    /// What was observed against what the posterior makes.
    pub fit: Vec<FittedStatistic>,
    /// Pairs of parameters.
    pub pairs: Vec<Pair>,
    /// Posteriors of points whose parameters are known.
    pub recoveries: Vec<Recovered>,
    /// Weighted draws, and the scenario at the median, as files; none of what was read from tables.
    pub files: Vec<(String, String)>,
}

/// A quantity with the median and the intervals that hold it with 50 and with 90 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The 5, 25, 50, 75 and 95 % quantiles.
    pub quantiles: [f64; 5],
}

impl Interval {
    /// The median.
    #[must_use]
    pub const fn median(&self) -> f64 {
        self.quantiles[2]
    }

    /// The ends of the 50 % interval.
    #[must_use]
    pub const fn half(&self) -> (f64, f64) {
        (self.quantiles[1], self.quantiles[3])
    }

    /// The ends of the 90 % interval.
    #[must_use]
    pub const fn wide(&self) -> (f64, f64) {
        (self.quantiles[0], self.quantiles[4])
    }
}

/// A parameter and its posterior.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibratedParameter {
    /// Its path.
    pub path: String,
    /// The range that it was searched in.
    pub prior: (f64, f64),
    /// Whether values spread over the range by ratios.
    pub is_log: bool,
    /// Its posterior.
    pub posterior: Interval,
    /// 1 less the error of its prediction over that of guessing the mean of the range.
    pub predictivity: f64,
    /// Part of the recoveries whose 90 % interval holds the true value.
    pub coverage: f64,
}

/// What a log says of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The statistics predict it.
    Identified,
    /// They say something.
    Weak,
    /// They hardly say anything: what is told of it is what its range says.
    NotIdentified,
}

impl CalibratedParameter {
    /// What the log says of it.
    #[must_use]
    pub fn told(&self) -> Told {
        match self.predictivity {
            much if much >= TOLD.0 => Told::Identified,
            some if some >= TOLD.1 => Told::Weak,
            _ => Told::NotIdentified,
        }
    }
}

impl Told {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identified => "identified",
            Self::Weak => "weak",
            Self::NotIdentified => "not_identified",
        }
    }
}

/// A statistic: what was observed, and what the posterior makes.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedStatistic {
    /// Which.
    pub kind: StatisticKind,
    /// Firm, as tables name it.
    pub firm: String,
    /// First period or least number, and period or number before which it ends.
    pub over: (u32, u32),
    /// What was observed, and its standard error.
    pub observed: (f64, f64),
    /// The posterior predictive.
    pub predictive: Interval,
    /// Least and greatest value at any point.
    pub range: (f64, f64),
}

impl FittedStatistic {
    /// Whether any point gives what was observed, or nearly: within a twentieth of the range beyond its ends.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        let (least, greatest) = self.range;
        let beyond = (greatest - least) / 20.0;
        (least - beyond..=greatest + beyond).contains(&self.observed.0)
    }
}

/// Two parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Their paths.
    pub paths: (String, String),
    /// Correlation of their draws; NaN where one does not vary.
    pub correlation: f64,
}

impl Pair {
    /// Whether they cannot be told apart.
    #[must_use]
    pub fn is_together(&self) -> bool {
        self.correlation.abs() >= TOGETHER
    }
}

/// The posterior of a parameter at a point where it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Recovered {
    /// The point.
    pub point: u32,
    /// The parameter's path.
    pub path: String,
    /// Its value.
    pub truth: f64,
    /// Its posterior.
    pub posterior: Interval,
}

impl Recovered {
    /// Whether the 90 % interval holds the value.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        let (low, high) = self.posterior.wide();
        (low..=high).contains(&self.truth)
    }
}
