//! What becomes of something over time: whether it grows, lasts or fades, how fast, and how sure that is.

mod growth;

use std::f64::consts::LN_2;

use super::{Estimate, Moments, jackknife};

pub use crate::scenario::schema::REFERENCE;

/// Part of the time after the reference, at its end, that is looked at again: a fifth.
const LATE: usize = 5;
/// As many late periods at least, if there are that many.
const LEAST: usize = 10;
/// Something keeps if it is surely worth between this and its inverse of what it was.
pub(super) const SAME: f64 = 0.8;

/// How many replicates would tell what an interval leaves open: whether the truth is this number.
#[must_use]
pub fn to_tell(estimate: &Estimate, from: f64) -> String {
    match estimate.replicates_to_tell_from(from) {
        Some(replicates) => {
            format!("some {replicates} replicates would tell it from {from} if it stays as it is")
        }
        None => "more replicates would tell".to_owned(),
    }
}

/// What becomes of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is worth more per period than at first.
    Compounds,
    /// It is worth as much as at first.
    Keeps,
    /// It is worth less than at first.
    Dissipates,
    /// The interval leaves more than one of these open, or there is one replicate only.
    Undecided,
    /// At first it is worth nothing that can be told from zero, so there is nothing to follow.
    NoEffect,
}

impl Verdict {
    const ALL: [Self; 5] = [
        Self::Compounds,
        Self::Keeps,
        Self::Dissipates,
        Self::Undecided,
        Self::NoEffect,
    ];

    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compounds => "compounds",
            Self::Keeps => "keeps",
            Self::Dissipates => "dissipates",
            Self::Undecided => "undecided",
            Self::NoEffect => "no_effect",
        }
    }

    /// The verdict of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// From the interval of late over early; undecided with fewer than two replicates.
    fn of(ratio: Estimate, replicates: usize) -> Self {
        if replicates < 2 {
            Self::Undecided
        } else if !ratio.low.is_finite() {
            Self::NoEffect
        } else if ratio.low > 1.0 {
            Self::Compounds
        } else if ratio.high < 1.0 {
            Self::Dissipates
        } else if ratio.low >= SAME && ratio.high <= 1.0 / SAME {
            Self::Keeps
        } else {
            Self::Undecided
        }
    }
}

/// How something goes on, over replicates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// The verdict.
    pub verdict: Verdict,
    /// First and last of the early periods: the first eleven.
    pub early: (u32, u32),
    /// First and last of the late periods: the last fifth of the others, ten at least.
    pub late: (u32, u32),
    /// Mean per late period over mean per early period: the interval that the verdict rests on (Fieller). Empty where the
    /// latter cannot be told from zero.
    pub ratio: Estimate,
    /// Rate per period of the exponential that comes nearest to the mean course (jackknife); empty where there is no effect.
    pub growth: Estimate,
    /// Periods in which it halves (if it dissipates) or doubles (if it compounds), by that rate. Empty otherwise; an
    /// end of the interval is empty where there is no bound.
    pub time: Estimate,
}

impl Trend {
    /// The trend of courses that begin in period `from`, one for each replicate.
    #[must_use]
    pub fn of(from: u32, courses: &[Vec<f64>]) -> Self {
        let periods = courses.first().map_or(0, Vec::len);
        let (reference, late_from) = windows(periods);
        let pairs = late_and_early(courses);
        let ratio = jackknife::ratio(&pairs).unwrap_or(Estimate::EMPTY);
        let verdict = Verdict::of(ratio, courses.len());
        let growth = if ratio.low.is_finite() {
            jackknife::of_means(courses, growth::rate)
        } else {
            Estimate::EMPTY
        };
        let at = |after: usize| from + u32::try_from(after).unwrap_or(u32::MAX);
        Self {
            verdict,
            early: (from, at(reference.saturating_sub(1))),
            late: (at(late_from), at(periods.saturating_sub(1))),
            ratio,
            growth,
            time: time(verdict, growth),
        }
    }
}

/// Where the early periods end and the late ones begin, of so many.
fn windows(periods: usize) -> (usize, usize) {
    let reference = (REFERENCE as usize + 1).min(periods);
    let after = periods - reference;
    let late = after.div_ceil(LATE).max(LEAST).min(after).max(1);
    (reference, periods.saturating_sub(late))
}

/// Mean per late and per early period of each course.
pub(super) fn late_and_early(courses: &[Vec<f64>]) -> Vec<(f64, f64)> {
    let (reference, late_from) = windows(courses.first().map_or(0, Vec::len));
    let mean = |values: &[f64]| Moments::of(values.iter().copied()).mean();
    let pair = |course: &Vec<f64>| (mean(&course[late_from..]), mean(&course[..reference]));
    courses.iter().map(pair).collect()
}

/// Half-life or doubling time, whichever the verdict asks for.
fn time(verdict: Verdict, growth: Estimate) -> Estimate {
    let sign = match verdict {
        Verdict::Compounds => 1.0,
        Verdict::Dissipates => -1.0,
        _ => return Estimate::EMPTY,
    };
    // a rate of the other sign means that the course is no exponential
    let periods = |rate: f64| {
        let rate = sign * rate;
        if rate > 0.0 { LN_2 / rate } else { f64::NAN }
    };
    let (slow, fast) = if sign > 0.0 {
        (growth.low, growth.high)
    } else {
        (growth.high, growth.low)
    };
    let value = periods(growth.mean);
    if value.is_nan() {
        return Estimate::EMPTY;
    }
    Estimate {
        mean: value,
        // by the delta method
        standard_deviation: value / growth.mean.abs() * growth.standard_deviation,
        low: periods(fast),
        high: periods(slow),
        count: growth.count,
    }
}
