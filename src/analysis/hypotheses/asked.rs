//! A hypothesis with its statement, ready to be held against figures.

use super::figure::{Sought, World};
use super::judged::Verdict;
use crate::analysis::{Estimate, Moments};
use crate::experiment::{Design, Finished};
use crate::scenario::expression::Statement;
use crate::scenario::{Diagnostics, Hypothesis, Limit, Problem, Scenario};

/// A hypothesis that is looked at.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub hypothesis: Hypothesis,
    pub statement: Statement,
    /// The figures of the statement, in its order.
    pub figures: Vec<Sought>,
}

/// What replicates say of a statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// The left side, or where the right side is no number, left less right, with the interval that decides.
    pub estimate: Estimate,
    pub verdict: Verdict,
    /// About how many more replicates would decide; NaN where it is decided, or nothing says.
    pub more: f64,
}

impl Asked {
    /// The hypotheses of a scenario.
    ///
    /// # Errors
    /// A statement cannot be read, of a scenario that was built in code.
    pub fn all(scenario: &Scenario, design: &Design) -> Result<Vec<Self>, Diagnostics> {
        Self::at_pace(scenario, design, 1)
    }

    /// The same, of statements that mean periods of which each is so many of the scenario's.
    ///
    /// # Errors
    /// As [`Asked::all`].
    pub fn at_pace(
        scenario: &Scenario,
        design: &Design,
        pace: u32,
    ) -> Result<Vec<Self>, Diagnostics> {
        let of = |hypothesis: &Hypothesis| -> Result<Self, String> {
            let statement = Statement::parse(&hypothesis.holds_if)?;
            let sought = statement.figures.iter();
            let sought =
                sought.map(|figure| Sought::new(figure, hypothesis, (scenario, pace), design));
            Ok(Self {
                hypothesis: hypothesis.clone(),
                figures: sought.collect::<Result<_, String>>()?,
                statement,
            })
        };
        let wrong = |what| Diagnostics::one(&scenario.name, Problem::new(what));
        let all = scenario.hypotheses.iter();
        all.map(|one| of(one).map_err(wrong)).collect()
    }

    /// The parameters along which it is looked for where it stops holding.
    pub fn limits(&self) -> impl Iterator<Item = &Limit> {
        self.hypothesis.all_limits()
    }

    /// The variants whose figures it takes, each once, in their order.
    pub fn variants(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.figures.iter().map(|sought| sought.variant).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Puts the figures that are of a variant into their places.
    pub fn take(&self, variant: usize, finished: &Finished, world: &World, row: &mut [f64]) {
        for (sought, value) in self.figures.iter().zip(row) {
            if sought.variant == variant
                && let Some(found) = sought.value(finished, world)
            {
                *value = found;
            }
        }
    }

    /// How far the left side is above the right one, over the replicates in which it has a value.
    pub fn moments<'a>(&self, rows: impl IntoIterator<Item = &'a Vec<f64>>) -> Moments {
        let differences = rows.into_iter().map(|row| self.statement.difference(row));
        Moments::of(differences.filter(|value| value.is_finite()))
    }

    /// What these differences say, where an interval may be wrong with this probability.
    pub fn judged(&self, moments: &Moments, error: f64) -> Found {
        let difference = moments.estimate_at(1.0 - error);
        let sides = [difference.low > 0.0, difference.high < 0.0];
        let verdict = match (sides, self.statement.greater) {
            ([true, _], true) | ([_, true], false) => Verdict::Supported,
            ([true, _], false) | ([_, true], true) => Verdict::Refuted,
            _ => Verdict::Undecided,
        };
        let threshold = self.statement.threshold();
        Found {
            estimate: Estimate {
                mean: difference.mean + threshold,
                low: difference.low + threshold,
                high: difference.high + threshold,
                ..difference
            },
            verdict,
            more: match verdict {
                Verdict::Undecided => more(&difference),
                _ => f64::NAN,
            },
        }
    }
}

/// About how many more replicates would tell a difference from zero.
fn more(difference: &Estimate) -> f64 {
    // the interval shrinks with the root of the number
    let count = f64::from(difference.count);
    let needed = count * (difference.reach() / difference.mean).powi(2);
    // nothing tells where all replicates are equal
    match needed.is_finite() {
        true => (needed - count).ceil().max(1.0),
        false => f64::NAN,
    }
}
