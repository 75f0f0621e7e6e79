//! Amplification: what becomes of a head start in knowledge (section 8 of the model).
//!
//! # Usual flow
//!
//! 1. [`AmplificationQuestion`] says whose head start, when, and what it is to be measured by.
//! 2. [`AmplifiedMarkets`] takes the course of the outcome in each replicate of three markets with the same draws: without
//!    the head start, with it, and with half of it.
//! 3. [`Amplification`] is what follows: the course of the difference, and its [`Trend`].

mod kind;
mod linear;
mod table;

#[cfg(test)]
mod tests;

pub use super::trend::{REFERENCE, Verdict};

use super::trend::Trend;
use super::{Estimate, Moments, jackknife};
use crate::scenario::AmplifiedOutcome;
use crate::statistics::DIFFERENCE;
use crate::statistics::paired::reduction;
use crate::table::Batch;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct AmplificationQuestion {
    /// Place among the analyses of the scenario, from 1.
    pub analysis: u32,
    /// The firm that has the head start.
    pub firm: String,
    /// What the head start is measured by.
    pub outcome: AmplifiedOutcome,
    /// Period `t0` of the head start.
    pub period: u32,
    /// Precision `dP`; none: that of one observation.
    pub precision: Option<f64>,
    /// Periods of the market: the course goes from `t0` to the last.
    pub periods: u32,
}

/// The markets that are compared, in the order of [`AmplifiedMarkets::add`]'s variants.
pub const VARIANTS: u32 = 3;

/// What a variant of the market has of the head start.
#[must_use]
pub fn size(variant: u32) -> f64 {
    [0.0, 1.0, 0.5][variant as usize % 3]
}

/// Takes in the outcomes of the three markets.
#[derive(Debug)]
pub struct AmplifiedMarkets {
    question: AmplificationQuestion,
    /// By replicate: for each variant the outcome by period, from `t0` on.
    outcomes: Vec<[Vec<f64>; 3]>,
}

impl AmplifiedMarkets {
    /// Waits for outcomes.
    #[must_use]
    pub fn new(question: AmplificationQuestion) -> Self {
        Self {
            question,
            outcomes: Vec::new(),
        }
    }

    /// Takes in the table `firms` of a variant in a replicate; replicates come one after the other.
    pub fn add(&mut self, replicate: u32, variant: u32, firms: &Batch) {
        let course = self.course(firms);
        let replicate = replicate as usize;
        if self.outcomes.len() <= replicate {
            self.outcomes.resize(replicate + 1, Default::default());
        }
        self.outcomes[replicate][variant as usize] = course;
    }

    /// The outcome by period; 0 where the firm has none.
    fn course(&self, firms: &Batch) -> Vec<f64> {
        let AmplificationQuestion {
            firm,
            period: from,
            periods,
            outcome,
            ..
        } = &self.question;
        let mut course = vec![0.0; (periods - from) as usize];
        let values = outcome_column(*outcome, firms);
        let labels = firms.labels("firm").iter();
        for ((label, &period), value) in labels.zip(firms.integers("period")).zip(values) {
            let after = usize::try_from(period - i64::from(*from)).ok();
            let place = after.and_then(|after| course.get_mut(after));
            if let Some(place) = place
                && firms.vocabulary().name(*label) == firm
                && value.is_finite()
            {
                *place = value;
            }
        }
        course
    }

    /// By replicate, what the head start adds, by period.
    fn courses(&self) -> Vec<Vec<f64>> {
        self.outcomes.iter().map(|one| Gain::of(one).full).collect()
    }

    /// What all replicates so far amount to.
    #[must_use]
    pub fn finish(self) -> Amplification {
        let gains: Vec<Gain> = self.outcomes.iter().map(Gain::of).collect();
        let courses = self.courses();
        let half_size = linear::half_size(&gains);
        Amplification {
            course: course(&self.question, &self.outcomes, &gains),
            trend: Trend::of(self.question.period, &courses),
            half_size,
            is_linear: linear::is_linear(half_size, gains.len()),
            question: self.question,
        }
    }
}

/// The outcome in each row of `firms`; value created is that of all transactions of a period together.
fn outcome_column(outcome: AmplifiedOutcome, firms: &Batch) -> Vec<f64> {
    match outcome {
        AmplifiedOutcome::ValueCreated => {
            let each = firms.numbers("value_created").iter();
            let counts = firms.integers("transactions");
            each.zip(counts).map(|(each, &n)| each * n as f64).collect()
        }
        other => firms.column_as_numbers(other.name()),
    }
}

/// What the head start, and half of it, add to the outcome in one replicate, by period from `t0` on.
#[derive(Debug, Clone, PartialEq)]
struct Gain {
    full: Vec<f64>,
    half: Vec<f64>,
}

impl Gain {
    fn of([without, with, with_half]: &[Vec<f64>; 3]) -> Self {
        let less = |more: &[f64]| more.iter().zip(without).map(|(a, b)| a - b).collect();
        Self {
            full: less(with),
            half: less(with_half),
        }
    }
}

/// What becomes of a head start.
#[derive(Debug, Clone, PartialEq)]
pub struct Amplification {
    /// What was asked.
    pub question: AmplificationQuestion,
    /// Period by period, from `t0` on.
    pub course: Vec<AmplificationStep>,
    /// What becomes of what the head start adds; its growth is not in the tables.
    pub trend: Trend,
    /// Twice what half of the head start adds in all, over what the whole adds: 1 if the answer is linear.
    pub half_size: Estimate,
    /// Whether the answer is linear: this interval holds 1, or it is next to 1; none with fewer than two replicates.
    pub is_linear: Option<bool>,
}

/// The head start in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AmplificationStep {
    /// Period.
    pub period: u32,
    /// What the head start adds to the outcome in the period.
    pub gain: Estimate,
    /// What it has added by the end of the period.
    pub cumulative: Estimate,
    /// The latter over what it had added by [`REFERENCE`] periods after `t0`; empty where that cannot be told from zero.
    pub amplification: Estimate,
    /// What half of the head start has added, twice.
    pub half_size: f64,
    /// Variance of the cumulative difference if the markets had other draws, over that with the same draws.
    pub variance_reduction: f64,
}

fn course(
    question: &AmplificationQuestion,
    outcomes: &[[Vec<f64>; 3]],
    gains: &[Gain],
) -> Vec<AmplificationStep> {
    let mut totals = vec![Totals::default(); gains.len()];
    let periods = (question.periods - question.period) as usize;
    let reference = (REFERENCE as usize + 1).min(periods);
    let early = |gain: &Gain| gain.full[..reference].iter().sum::<f64>();
    let early: Vec<f64> = gains.iter().map(early).collect();
    let range = match question.outcome {
        AmplifiedOutcome::Share => DIFFERENCE,
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    };
    let step = |(after, period): (usize, u32)| {
        let mut gain = Moments::default();
        for ((totals, own), outcome) in totals.iter_mut().zip(gains).zip(outcomes) {
            gain.add(own.full[after]);
            totals.add(after, own, outcome);
        }
        let cumulative = totals.iter().map(|totals| totals.full);
        let pairs: Vec<(f64, f64)> = cumulative.zip(early.iter().copied()).collect();
        AmplificationStep {
            period,
            gain: gain.estimate().within(range),
            cumulative: Moments::of(totals.iter().map(|totals| totals.full)).estimate(),
            amplification: jackknife::ratio(&pairs).unwrap_or(Estimate::EMPTY),
            half_size: 2.0 * Moments::of(totals.iter().map(|totals| totals.half)).mean(),
            variance_reduction: variance_reduction(&totals),
        }
    };
    (0..periods).zip(question.period..).map(step).collect()
}

/// Sums since the head start in one replicate.
#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    full: f64,
    half: f64,
    without: f64,
    with: f64,
}

impl Totals {
    fn add(&mut self, after: usize, gain: &Gain, [without, with, _]: &[Vec<f64>; 3]) {
        self.full += gain.full[after];
        self.half += gain.half[after];
        self.without += without[after];
        self.with += with[after];
    }
}

/// How many times as many replicates it would take without common random numbers.
fn variance_reduction(totals: &[Totals]) -> f64 {
    let variance = |of: fn(&Totals) -> f64| {
        let deviation = Moments::of(totals.iter().map(of)).standard_deviation();
        deviation * deviation
    };
    let apart = variance(|totals| totals.without) + variance(|totals| totals.with);
    reduction(apart, variance(|totals| totals.full))
}
