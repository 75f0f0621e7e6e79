//! What a head start comes to: whether it grows, lasts or fades, how fast, and how sure that is.

use std::f64::consts::LN_2;

use super::{Gain, Question, REFERENCE, growth};
use crate::analysis::{Estimate, Moments, jackknife};

/// Part of the time after the reference, at its end, in which the head start is looked at again: a fifth.
const LATE: usize = 5;
/// As many late periods at least, if there are that many.
const LEAST: usize = 10;
/// A head start keeps if it is surely worth between this and its inverse of what it was.
const SAME: f64 = 0.8;
/// Answers to half a head start that are no further from half the answer are taken as linear.
const LINEAR: f64 = 0.05;

/// What becomes of a head start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is worth more per period than at first: the loop amplifies it.
    Compounds,
    /// It is worth as much as at first.
    Keeps,
    /// It is worth less than at first.
    Dissipates,
    /// The interval leaves more than one of these open.
    Undecided,
    /// At first it is worth nothing that can be told from zero, so there is nothing to amplify.
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

    /// Its name in the table.
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
}

/// What a head start comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding {
    /// The verdict.
    pub verdict: Verdict,
    /// First and last of the early periods.
    pub early: (u32, u32),
    /// First and last of the late periods.
    pub late: (u32, u32),
    /// What the head start adds per late period, over what it adds per early period: the interval that the verdict
    /// rests on. Empty where the latter cannot be told from zero.
    pub ratio: Estimate,
    /// Periods in which what it adds halves (if it dissipates) or doubles (if it compounds), of the exponential that comes
    /// nearest to its course. Empty otherwise; an end of the interval is empty where there is no bound.
    pub time: Estimate,
    /// Twice what half of the head start adds in all, over what the whole adds: 1 if the answer is linear.
    pub half_size: Estimate,
    /// Whether the answer is linear: this interval holds 1, or it is next to 1; none with fewer than two replicates.
    pub is_linear: Option<bool>,
}

impl Finding {
    /// The finding from what the head start adds in each replicate.
    pub(super) fn of(question: &Question, gains: &[Gain]) -> Self {
        let periods = (question.periods - question.period) as usize;
        let reference = (REFERENCE as usize + 1).min(periods);
        let after = periods - reference;
        let late = (after.div_ceil(LATE)).max(LEAST).min(after).max(1);
        let late_from = periods - late;
        let pairs: Vec<(f64, f64)> = (gains.iter())
            .map(|gain| (mean(&gain.full[late_from..]), mean(&gain.full[..reference])))
            .collect();
        let ratio = jackknife::ratio(&pairs).unwrap_or(Estimate::EMPTY);
        let verdict = verdict(ratio, gains.len());
        let half_size = half_size(gains);
        let at = |after: usize| question.period + u32::try_from(after).unwrap_or(u32::MAX);
        Self {
            verdict,
            early: (question.period, at(reference - 1)),
            late: (at(late_from), at(periods - 1)),
            ratio,
            time: time(verdict, gains),
            half_size,
            is_linear: (gains.len() > 1 && half_size.mean.is_finite()).then(|| {
                half_size.low <= 1.0 && half_size.high >= 1.0
                    || (half_size.mean - 1.0).abs() <= LINEAR
            }),
        }
    }
}

fn mean(gains: &[f64]) -> f64 {
    Moments::of(gains.iter().copied()).mean()
}

fn verdict(ratio: Estimate, replicates: usize) -> Verdict {
    if replicates < 2 {
        // a single market tells nothing about others
        Verdict::Undecided
    } else if !ratio.low.is_finite() {
        Verdict::NoEffect
    } else if ratio.low > 1.0 {
        Verdict::Compounds
    } else if ratio.high < 1.0 {
        Verdict::Dissipates
    } else if ratio.low >= SAME && ratio.high <= 1.0 / SAME {
        Verdict::Keeps
    } else {
        Verdict::Undecided
    }
}

/// Half-life or doubling time, whichever the verdict asks for.
fn time(verdict: Verdict, gains: &[Gain]) -> Estimate {
    let sign = match verdict {
        Verdict::Compounds => 1.0,
        Verdict::Dissipates => -1.0,
        _ => return Estimate::EMPTY,
    };
    let courses: Vec<Vec<f64>> = gains.iter().map(|gain| gain.full.clone()).collect();
    let rate = jackknife::of_means(&courses, growth::rate);
    // a rate of the other sign means that the course is no exponential
    let periods = |rate: f64| {
        let rate = sign * rate;
        if rate > 0.0 { LN_2 / rate } else { f64::NAN }
    };
    let (slow, fast) = if sign > 0.0 {
        (rate.low, rate.high)
    } else {
        (rate.high, rate.low)
    };
    let value = periods(rate.mean);
    if value.is_nan() {
        return Estimate::EMPTY;
    }
    Estimate {
        mean: value,
        // by the delta method
        standard_deviation: value / rate.mean.abs() * rate.standard_deviation,
        low: periods(fast),
        high: periods(slow),
        count: rate.count,
    }
}

/// Twice the answer to half the head start over the answer to the whole.
fn half_size(gains: &[Gain]) -> Estimate {
    let total = |gains: &[f64]| gains.iter().sum::<f64>();
    let pairs: Vec<(f64, f64)> = (gains.iter())
        .map(|gain| (2.0 * total(&gain.half), total(&gain.full)))
        .collect();
    jackknife::ratio(&pairs).unwrap_or_else(|| {
        // without a ratio there is still the mean of both
        let mut moments = [Moments::default(); 2];
        for (half, full) in &pairs {
            moments[0].add(*half);
            moments[1].add(*full);
        }
        Estimate {
            mean: moments[0].mean() / moments[1].mean(),
            ..Estimate::EMPTY
        }
    })
}
