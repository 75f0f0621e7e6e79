//! From the windows of paired markets to elasticities with their intervals.

use super::{Level, Link, LinkAnswer, VARIANTS};
use crate::analysis::{Estimate, Moments, jackknife};
use crate::statistics::paired::reduction;

/// Answers to both sizes that are no further apart than this part are taken as linear.
const LINEAR: f64 = 0.05;

/// The windows of all variants, by replicate.
pub(super) struct PairedWindows<'a> {
    rows: &'a [Vec<f64>],
}

/// The window of the unperturbed market.
fn before(row: &[f64]) -> &[f64] {
    &row[..row.len() / VARIANTS as usize]
}

/// The window in which a link is pushed, by the number of the push; `half` of it or all of it.
fn after(row: &[f64], push: usize, half: bool) -> &[f64] {
    let variant = 1 + 2 * push + usize::from(half);
    let length = row.len() / VARIANTS as usize;
    &row[length * variant..length * (variant + 1)]
}

/// Percent of the effect per percent of the cause; NaN where there is no cause.
fn elasticity(row: &[f64], link: Link, half: bool) -> f64 {
    let Some(push) = link.push_number() else {
        // the product of all links
        let links = Link::PUSHED.into_iter();
        return links.map(|link| elasticity(row, link, half)).product();
    };
    let (before, after) = (before(row), after(row, push, half));
    let size = if half { 0.5 } else { 1.0 };
    let cause = link.cause(before, after, size);
    if cause == 0.0 {
        return f64::NAN;
    }
    link.effect(before, after) / cause
}

impl<'a> PairedWindows<'a> {
    pub fn new(rows: &'a [Vec<f64>]) -> Self {
        Self { rows }
    }

    /// A level without a push; interactions are per period.
    pub fn level(&self, level: Level, periods: u32) -> Estimate {
        let per = match level {
            Level::Interactions => f64::from(periods),
            _ => 1.0,
        };
        jackknife::of_means(self.rows, |row| level.of(before(row)) / per)
    }

    /// The answer to the push of a link, or the product of the four.
    pub fn answer(&self, link: Link) -> LinkAnswer {
        let both = |half| jackknife::of_means(self.rows, |row| elasticity(row, link, half));
        let (whole, half) = (both(false), both(true));
        let apart = jackknife::of_means(self.rows, |row| {
            elasticity(row, link, true) - elasticity(row, link, false)
        });
        let (cause, effect) = self.changes(link);
        LinkAnswer {
            elasticity: whole,
            half_size: half.mean,
            // one replicate tells nothing, and neither does a push that failed
            is_linear: apart.low.is_finite().then(|| {
                apart.low <= 0.0 && apart.high >= 0.0
                    || apart.mean.abs() <= LINEAR * whole.mean.abs()
            }),
            cause,
            effect,
            variance_reduction: self.variance_reduction(link),
        }
    }

    /// By how much the whole push changes cause and effect.
    fn changes(&self, link: Link) -> (f64, f64) {
        let Some(push) = link.push_number() else {
            return (f64::NAN, f64::NAN);
        };
        let change = |of: &dyn Fn(&[f64], &[f64]) -> f64| {
            jackknife::of_means(self.rows, |row| of(before(row), after(row, push, false))).mean
        };
        (
            change(&|before, after| link.cause(before, after, 1.0)),
            change(&|before, after| link.effect(before, after)),
        )
    }

    /// How many times as many replicates the effect would need without common random numbers.
    fn variance_reduction(&self, link: Link) -> f64 {
        let (Some(push), Some(level)) = (link.push_number(), effect_level(link)) else {
            return f64::NAN;
        };
        let variance = |of: &dyn Fn(&[f64]) -> f64| {
            let mut moments = Moments::default();
            self.rows.iter().for_each(|row| moments.add(of(row)));
            moments.standard_deviation().powi(2)
        };
        let without = |row: &[f64]| level.of(before(row));
        let with = |row: &[f64]| level.of(after(row, push, false));
        let apart = variance(&without) + variance(&with);
        reduction(apart, variance(&|row| with(row) - without(row)))
    }
}

/// The level that a link acts on.
fn effect_level(link: Link) -> Option<Level> {
    match link {
        Link::KnowledgeToFit => Some(Level::Fit),
        Link::FitToValue => Some(Level::Value),
        Link::ValueToInteractions => Some(Level::Interactions),
        Link::InteractionsToKnowledge => Some(Level::Knowledge),
        _ => None,
    }
}
